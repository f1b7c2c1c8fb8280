"""What cannot come in is refused with one sentence, and nothing of it is stored."""

import copy
import io
import json
import struct
import zipfile

import pytest

from backpain.exchange import restore
from tests.coach.stories import calm
from tests.exchange.archives import archive_of_a_life, both, bring_in, files_of, told, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("catalogue")]
A_HISTORY = told(calm().history)
MINIMAL = {"format": "backpain-history", "version": 1, "runner": {"id": "a", "time_zone": "UTC"}}


def whole(*files, method=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def with_password(content):
    """Mark the file in a ZIP as encrypted, in front of it and in the list."""
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(signature) + at
        content = content[:place] + struct.pack("<H", 1) + content[place + 2 :]
    return content


def larger_than_listed(content, *, most):
    """Say in the list that the file is small."""
    place = content.index(b"PK\x01\x02") + 24
    return content[:place] + struct.pack("<I", most) + content[place + 4 :]


BAD = {
    "nothing": (b"", "This is no JSON"),
    "no JSON": (b"{run: 1}", "This is no JSON"),
    "another file": (b"\x0e\x10\x00\x00.FIT", "This is no JSON"),
    "NaN": (json.dumps(MINIMAL)[:-1].encode() + b', "runs": NaN}', "NaN is no number"),
    "a number without end": (b'{"runs": [1e999]}', "1e999 is no number"),
    "deeply nested": (b'{"a":' * 100_000, "nested too deeply"),
    "deeply nested lists": (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    "half a pair": (b'{"format": "\\ud800"}', "characters that are no text"),
    "a wrong score": (
        json.dumps(MINIMAL | {"check_ins": [{"on": "2026-03-01", "score": 11}]}).encode(),
        "check_ins[0].score: This is too large.",
    ),
    "a newer history": (json.dumps(MINIMAL | {"version": 2}).encode(), "another version"),
    "a part of an archive": (b'{"format": "backpain-account", "version": 1}', "Choose the whole ZIP"),
    "half a ZIP": (whole(("history.json", A_HISTORY))[:-30], "This ZIP is damaged"),
    "a ZIP without a history": (whole(("account.json", "{}")), "There is no history.json"),
    "a ZIP of nothing": (whole(), "There is no history.json"),
    "a history two folders down": (whole(("a/b/history.json", A_HISTORY)), "There is no history.json"),
    "a password": (with_password(whole(("history.json", A_HISTORY))), "asks for a password"),
    "an odd packing": (whole(("history.json", A_HISTORY), method=zipfile.ZIP_LZMA), "This ZIP is damaged"),
    "an empty account": (whole(("history.json", A_HISTORY), ("account.json", "")), "This is no JSON"),
    "an account of nothing": (whole(("history.json", A_HISTORY), ("account.json", "{}")), "advice: This is"),
    "an account that is a list": (whole(("history.json", A_HISTORY), ("account.json", "[]")), "wrong type"),
}


def refusal(content, runner):
    with pytest.raises(restore.Refused) as refused:
        bring_in(content, runner)
    assert not runner.runs.exists() and not runner.check_ins.exists() and not runner.advice.exists()
    return str(refused.value)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused(name, bob):
    content, why = BAD[name]

    said = refusal(content, bob)

    assert why in said and len(said) < 200


def test_a_file_that_unpacks_to_too_much_is_refused(bob, monkeypatch):
    monkeypatch.setattr(restore, "MOST_HISTORY", 1000)
    bomb = whole(("history.json", b" " * 100_000))

    assert "too large" in refusal(bomb, bob)
    assert "damaged" in refusal(larger_than_listed(bomb, most=900), bob)


def test_a_file_that_would_take_far_more_memory_than_it_has_bytes_is_refused(bob, monkeypatch):
    monkeypatch.setattr(restore, "MOST_PARTS", 1000)
    many = b'{"a": [' + b"[]," * 1000 + b"[]]}"

    assert "more in it" in refusal(many, bob)
    assert "more in it" in refusal(whole(("history.json", b"{}"), ("account.json", many)), bob)


def test_a_file_that_is_too_large_as_it_is_sent_is_refused(bob):
    assert "at most 20 MB" in refusal(b"{" + b" " * restore.MOST_BYTES, bob)


@pytest.fixture
def files(alice):
    archive = both(archive_of_a_life(alice))
    return {name: json.loads(archive[f"{name}.json"]) for name in ("history", "account")}


def changed(data, *path, to):
    """Return an archive of no entries with something changed beside them."""
    at = data = copy.deepcopy(data)
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = to
    return zipped(history=MINIMAL, account=data)


def test_what_is_wrong_beside_the_history_is_named_by_its_path(files, bob):
    reason = ("advice", 0, "decision", "reasons", 0)
    cases = [
        (("version",), 2, "account.json is of another version"),
        (("format",), "other", "account.json: format: "),
        (("shoes", 0, "start_m"), -1, "account.json: shoes[0].start_m: This is too small."),
        (("shoes", 0, "colour"), "red", "account.json: shoes[0].colour: There is no such field."),
        (("entries", "runs", 3, "ms_to_save"), 3_600_001, "entries.runs[3].ms_to_save: This is too large."),
        (("entries", "runs", 3, "on"), "2026-02-30", "entries.runs[3].on: "),
        (("entries", "runs", 3, "on"), "0001-01-01", "entries.runs[3].on: This is too far away in time."),
        (("advice", 0, "given_at"), "2026-03-16T12:00:00", "advice[0].given_at: "),
        (("advice", 0, "given_at"), "9999-12-31T23:59:59-12:00", "advice[0].given_at: This is too far"),
        (("advice", 0, "on"), "9999-12-31", "advice[0].on: This is too far"),
        (("placements", 0, "advice"), 999, "placements[0].advice: There is no advice at this place."),
        (("answers", 0, "advice"), 999, "answers[0].advice: There is no advice at this place."),
        (("advice", 0, "decision"), {}, "advice[0]: This site cannot show this as advice."),
        (("advice", 1, "facts"), {}, "advice[1]: This site cannot show this as advice."),
        ((*reason, "rule"), "Z-99", "advice[0]: This site cannot show this as advice."),
        ((*reason, "evidence"), {"values": [{"what": []}]}, "advice[0]: This site cannot show"),
        (("advice", 0, "decision", "running", "warning"), "odd", "advice[0]: This site cannot show"),
    ]
    for path, to, why in cases:
        assert why in refusal(changed(files["account"], *path, to=to), bob), path


def test_ladders_and_exercises_that_are_not_known_here_are_left_out_and_named(files, bob):
    files = json.loads(json.dumps(files).replace('"hip-abductor"', '"handstands"'))

    archive = restore.read(io.BytesIO(zipped(**files)), runner=bob)
    bring_in(zipped(**files), bob)

    assert restore.look_at(archive, runner=bob, now=bob.joined_at).unknown == ["handstands"]
    assert bob.placements.exists() and not bob.placements.filter(ladder__slug="hip-abductor").exists()


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (A_HISTORY, True),
        (b"\xef\xbb\xbf\r\n " + A_HISTORY, True),
        (b'{"format": "backpain-account"}', True),
        (whole(("history.json", A_HISTORY)), True),
        (whole(("my account/history.json", A_HISTORY)), True),
        (whole(("__MACOSX/history.json", A_HISTORY)), False),
        (whole(("activities/1.fit", b"")), False),
        (whole(("a/b/history.json", A_HISTORY)), False),
        (whole(("history.json", A_HISTORY))[:-30], False),
        (b'{"type": "FeatureCollection"}', False),
        (b"<gpx/>", False),
        (b"", False),
    ],
)
def test_an_archive_is_told_from_other_files(content, is_one):
    file = io.BytesIO(content)

    assert restore.is_archive(file) is is_one
    assert file.tell() == 0


def test_an_archive_packed_anew_by_hand_comes_in(alice, bob):
    files = files_of(archive_of_a_life(alice)).items()
    again = whole(
        *((f"my account/{name}", content) for name, content in files),
        ("__MACOSX/my account/._history.json", b"\0"),
    )

    assert bring_in(again, bob)["Runs and walks"][0] == 47
