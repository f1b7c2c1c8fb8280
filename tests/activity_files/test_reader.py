import random

import pytest

from backpain.activity_files import SENTENCES, Activity, NotReadable
from backpain.activity_files.reader import read

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
        (b'<?xml version="1.0" encoding="klingon"?><gpx/>', "damaged"),
        (b'<?xml version="1.0" encoding="shift_jis"?><gpx/>', "damaged"),
        (b"<gpx/>", "no_track"),
        (BOMB.encode(), "unsafe"),
        (BOMB.encode("utf-16"), "unsafe"),
        (OUTSIDE.encode(), "unsafe"),
    ],
)
def test_refuses_what_is_no_activity(content, code, now):
    with pytest.raises(NotReadable) as refusal:
        read(content, now=now)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "name",
    [
        "garmin-fenix-5-run.fit",
        "compressed-speed-distance.fit",
        "invalid/activity-filecrc.fit",
        "gpx_timezone.gpx",
        "cerknicko-jezero.gpx",
        "no_hr.tcx",
    ],
)
def test_answers_a_broken_file_with_possible_values_or_a_known_refusal(name, real_file, now):
    content = real_file(name)
    chance = random.Random(20261121)

    for _ in range(100):
        activity = outcome_of(broken(content, chance), now)

        if activity is not None:
            assert set(activity.warnings) <= SENTENCES.keys()
            assert 0 <= activity.duration_s <= activity.elapsed_s <= 86_400
            assert activity.distance_m is None or 0 <= activity.distance_m <= 200_000
            assert 1990 <= activity.started_at.year <= 2026


def broken(content, chance):
    """Cut the content short, or overwrite up to eight of its bytes."""
    if chance.random() < 0.3:
        return content[: chance.randrange(len(content))]
    mutated = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        mutated[chance.randrange(len(mutated))] = chance.randrange(256)
    return bytes(mutated)


def outcome_of(content, now) -> Activity | None:
    try:
        return read(content, now=now)
    except NotReadable as refusal:
        assert refusal.code in SENTENCES
        return refusal.readable
