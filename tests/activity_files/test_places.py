"""Times without zone or offset, as some trackers write them."""

import datetime as dt

import pytest

from tests.activity_files.files import activity, gpx, lap, tcx, track, trackpoint
from tests.activity_files.reading import read, refusal_of


def walked(begin, *, latitude="46.05", longitude="14.5"):
    """Return a minute recorded from a time on, in Ljubljana unless said otherwise."""
    end = dt.datetime.fromisoformat(begin) + dt.timedelta(minutes=1)
    return gpx(track([(latitude, longitude, begin), (latitude, longitude, end.isoformat())]))


@pytest.mark.parametrize(
    ("begin", "instant"),
    [
        ("2026-05-03T06:30:00", "2026-05-03T04:30:00Z"),
        ("2026-01-03T06:30:00", "2026-01-03T05:30:00Z"),
        ("2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),  # shown twice: the first one
        ("2026-03-29T02:30:00", "2026-03-29T01:30:00Z"),  # skipped: 3:30 by the new time
    ],
)
def test_are_local_where_it_began(begin, instant, now):
    run = read(walked(begin), now=now)

    assert run.started_at == dt.datetime.fromisoformat(instant)
    assert "zone_of_place" in run.warnings
    assert run.duration_s == 60.0


def test_are_local_at_sea_too(now):
    run = read(walked("2026-05-03T06:30:00", latitude="40.0", longitude="-30.0"), now=now)

    assert run.started_at == dt.datetime(2026, 5, 3, 8, 30, tzinfo=dt.UTC)


def test_are_local_where_the_first_position_of_a_tcx_is(now):
    times = "2026-05-03T06:30:00", "2026-05-03T06:40:00"
    points = [trackpoint(times[0]), trackpoint(times[1], place=(35.68, 139.69))]

    run = read(tcx(activity(lap(times[0], points=points))), now=now)

    assert run.started_at == dt.datetime(2026, 5, 2, 21, 30, tzinfo=dt.UTC)
    assert (run.warnings, run.elapsed_s) == (("zone_of_place",), 600.0)


def test_are_the_runners_own_where_there_is_no_position(now):
    run = read(tcx(activity(lap("2026-05-03T06:30:00"))), now=now)

    assert run.started_at == dt.datetime(2026, 5, 3, 10, 30, tzinfo=dt.UTC)
    assert run.warnings == ("no_time_zone",)


def test_with_an_offset_are_taken_as_they_are(now):
    run = read(walked("2026-05-03T06:30:00+05:45"), now=now)

    assert run.started_at == dt.datetime(2026, 5, 3, 0, 45, tzinfo=dt.UTC)
    assert "zone_of_place" not in run.warnings


@pytest.mark.parametrize("begin", ["0001-01-01T00:00:00", "9999-12-31T23:58:00"])
def test_on_the_first_and_last_day_there_is_are_refused(begin, now):
    far = {"longitude": "179.0"} if begin.startswith("0") else {"longitude": "-170.0"}

    assert refusal_of(walked(begin, latitude="60.0", **far), now).code == "date_impossible"
