import gzip

import pytest

from backpain.activity_files import MAX_BYTES
from tests.activity_files.files import fit_run
from tests.activity_files.reading import read, refusal_of

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<gpx><trk><name>&b;</name></trk></gpx>"
)
OUTSIDE = '<!DOCTYPE gpx [<!ENTITY passwords SYSTEM "file:///etc/passwd">]><gpx>&passwords;</gpx>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x00", "not_an_activity"),
        (b"When,Distance\n2026-05-03,5", "not_an_activity"),
        (b"PK\x03\x04 an archive", "not_an_activity"),
        (b"<html><body>Please sign in</body></html>", "not_an_activity"),
        (b"<gpx><trk>", "damaged"),
        (b"<gpx>\xff\xfe</gpx>", "damaged"),
        (b'<?xml version="1.0" encoding="klingon"?><gpx creator="\xff"/>', "damaged"),
        (b'<?xml version="1.0" encoding="shift_jis"?><gpx creator="\xff"/>', "damaged"),
        (b"\xff\xfe<\x00g", "damaged"),
        (b" \n\t", "empty"),
        (b"<gpx/>", "no_track"),
        (BOMB.encode(), "unsafe"),
        (BOMB.encode("utf-16"), "unsafe"),
        (OUTSIDE.encode(), "unsafe"),
    ],
)
def test_refuses_what_is_no_activity(content, code, now):
    assert refusal_of(content, now).code == code


def test_unpacks_gzip(now):
    assert read(gzip.compress(fit_run()), now=now) == read(fit_run(), now=now)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(b""), "empty"),
        (gzip.compress(gzip.compress(fit_run())), "not_an_activity"),
        (gzip.compress(fit_run())[:-20], "damaged"),
        (gzip.compress(fit_run())[:2], "damaged"),
        (b"\x1f\x8b\x08 no archive", "damaged"),
        (gzip.compress(b" " * MAX_BYTES), "overpacked"),
        (gzip.compress(b"<gpx>" + b" " * MAX_BYTES, compresslevel=0), "too_large"),
    ],
    ids=["of nothing", "twice", "cut", "of two bytes", "of something else", "bomb", "of too much"],
)
def test_refuses_an_archive(content, code, now):
    assert refusal_of(content, now).code == code
