"""ZIPs of all kinds: what can be read is read, and what cannot is refused in a line."""

import io
import struct
import zipfile
import zlib

import pytest

from backpain.exchange import noting, zips
from tests.exchange.imports import bring, by_file, days_before, refusals, run_fit, run_gpx, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("at_noon", "here")]


def with_flag(packed, flag):
    """Return a ZIP of one member with a flag set in its list and before its content."""
    changed = bytearray(packed)
    listed = packed.rindex(b"PK\x01\x02")
    for place in (6, listed + 8):
        changed[place : place + 2] = struct.pack("<H", flag)
    return bytes(changed)


def with_size(packed, size):
    """Return a ZIP whose list says that its last member unpacks to another size."""
    changed = bytearray(packed)
    listed = packed.rindex(b"PK\x01\x02")
    changed[listed + 24 : listed + 28] = struct.pack("<I", size)
    return bytes(changed)


def stored(members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


BAD = {
    "cut short": (lambda: zipped({"a.fit": run_fit()})[:-30], "zip_broken"),
    "list overwritten": (
        lambda: zipped({"a.fit": run_fit()}).replace(b"PK\x01\x02", b"PK\x09\x09"),
        "zip_broken",
    ),
    "begins like one": (lambda: b"PK\x03\x04" + b"\0" * 100, "zip_broken"),
    "password": (lambda: with_flag(zipped({"a.fit": run_fit()}), 1), "zip_encrypted"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_zip_that_cannot_be_taken_is_one_line_and_the_rest_goes_on(as_alice, alice, kind):
    make, refusal = BAD[kind]

    batch = bring(as_alice, alice, ("bad.zip", make()), ("good.fit", run_fit()))

    assert refusals(batch) == {"bad.zip": refusal}
    assert by_file(batch) == {"good.fit": "new"}
    assert "bad.zip" in as_alice.get(f"/import/{batch.uuid}/").text


def test_too_many_files_are_refused_before_any_is_unpacked(as_alice, alice, monkeypatch):
    monkeypatch.setattr(zips, "content_of", None)
    many = stored((f"{n}.fit", b"") for n in range(zips.MOST_FILES + 1))

    batch = bring(as_alice, alice, ("many.zip", many))

    assert refusals(batch) == {"many.zip": "zip_too_many"}


def test_more_than_five_hundred_megabytes_are_refused_by_the_list_alone(as_alice, alice, monkeypatch):
    monkeypatch.setattr(zips, "content_of", None)
    large = with_size(stored([("a.fit", b"x")]), zips.MOST_UNPACKED + 1)

    assert refusals(bring(as_alice, alice, ("large.zip", large))) == {"large.zip": "zip_too_large"}


def test_what_two_zips_hold_together_counts(as_alice, alice, monkeypatch):
    monkeypatch.setattr(noting, "MOST_FILES", 3)
    two = zipped({"a.fit": run_fit(), "b.fit": run_fit(days_before(1))})

    batch = bring(as_alice, alice, ("one.zip", two), ("two.zip", two))

    assert refusals(batch) == {"two.zip": "zip_too_many"}
    assert by_file(batch) == {"a.fit": "new", "b.fit": "new"}


def test_a_list_of_contents_without_end_is_not_read(as_alice, alice):
    packed = zipped({"a.fit": run_fit()})
    endless = bytearray(packed)
    end = packed.rindex(b"PK\x05\x06")
    endless[end + 12 : end + 16] = struct.pack("<I", 2**31)

    batch = bring(as_alice, alice, ("endless.zip", bytes(endless)))

    assert set(refusals(batch).values()) <= {"zip_too_many", "zip_broken"}


def test_a_bomb_is_not_unpacked(as_alice, alice):
    files = {"bomb.gpx": b"\0" * (19 * zips.MB), "good.fit": run_fit()}

    batch = bring(as_alice, alice, ("bomb.zip", zipped(files)))

    assert refusals(batch) == {"bomb.gpx": "zip_bomb"}
    assert by_file(batch) == {"good.fit": "new"}


def test_a_member_that_says_it_is_smaller_than_it_is_is_not_read(as_alice, alice):
    lying = with_size(zipped({"good.fit": run_fit(), "liar.gpx": run_gpx()}), 10)

    batch = bring(as_alice, alice, ("liar.zip", lying))

    assert refusals(batch) == {"liar.gpx": "damaged"}
    assert by_file(batch) == {"good.fit": "new"}


def test_a_member_of_more_than_twenty_megabytes_is_left(as_alice, alice):
    files = [("large.gpx", b"\x00" + bytes(range(256)) * (4 * 20 * 1024)), ("good.fit", run_fit())]

    batch = bring(as_alice, alice, ("a.zip", stored(files)))

    assert refusals(batch) == {"large.gpx": "too_large"}
    assert by_file(batch) == {"good.fit": "new"}


def test_a_member_with_a_wrong_checksum_is_damaged(as_alice, alice):
    content = run_fit()
    packed = stored([("a.fit", content)]).replace(struct.pack("<I", zlib.crc32(content)), b"\1\2\3\4")

    assert refusals(bring(as_alice, alice, ("a.zip", packed))) == {"a.fit": "damaged"}


def test_other_ways_to_pack_are_named(as_alice, alice):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.fit", run_fit())

    assert refusals(bring(as_alice, alice, ("a.zip", packed.getvalue()))) == {"a.fit": "zip_method"}


def test_names_lead_nowhere_and_may_come_twice(as_alice, alice):
    names = ["../../etc/passwd", "/etc/shadow", "C:\\run.fit", "same.fit", "same.fit"]
    with pytest.warns(UserWarning, match="Duplicate name"):
        packed = zipped([(name, run_fit(days_before(n))) for n, name in enumerate(names)])

    batch = bring(as_alice, alice, ("slip.zip", packed))

    assert [run.standing for run in batch.runs.all()] == ["new"] * 5
    assert set(batch.files.values_list("name", flat=True)) == set(names)


def test_names_of_any_encoding_are_shown(as_alice, alice):
    packed = stored([("Läufe/Frühling.fit", run_fit())])
    without_a_word = packed.replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")  # the flag that says UTF-8
    assert packed.count(b"\x14\x00\x00\x08") == 2

    batch = bring(as_alice, alice, ("utf8.zip", packed), ("older.zip", without_a_word))

    assert set(batch.files.values_list("name", flat=True)) == {"Läufe/Frühling.fit"}


def test_zips_in_a_zip_are_read_as_garmin_packs_them_and_no_deeper(as_alice, alice):
    deeper = zipped({"deep.fit": run_fit(days_before(2))})
    inner = zipped({"inner.fit": run_fit(), "deeper.zip": deeper})
    path = "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip"

    batch = bring(
        as_alice, alice, ("garmin.zip", zipped({path: inner, "outer.fit": run_fit(days_before(1))}))
    )

    assert by_file(batch) == {"inner.fit": "new", "outer.fit": "new"}
    assert batch.other_count == 1


def test_a_broken_zip_in_a_zip_stops_no_other(as_alice, alice):
    packed = zipped({"broken.zip": b"PK\x03\x04nothing", "outer.fit": run_fit()})

    batch = bring(as_alice, alice, ("garmin.zip", packed))

    assert refusals(batch) == {"broken.zip": "zip_broken"}
    assert by_file(batch) == {"outer.fit": "new"}


def test_an_empty_zip_says_that_there_is_nothing(as_alice, alice):
    batch = bring(as_alice, alice, ("empty.zip", zipped({})))

    assert "There is nothing in these files." in as_alice.get(f"/import/{batch.uuid}/").text
