import datetime as dt

import pytest

from backpain.activity_files import NotReadable
from backpain.activity_files.reader import read

# A thousandth of a degree of latitude is 111 m.
FIRST = ("46.000", "14.0", "2026-05-03T06:30:00Z")
SECOND = ("46.001", "14.0", "2026-05-03T06:31:00Z")
THIRD = ("46.002", "14.0", "2026-05-03T06:32:00Z")


def gpx(*segments, kind="running"):
    inside = "".join(f"<trkseg>{''.join(map(point, segment))}</trkseg>" for segment in segments)
    return (
        '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><type>{kind}</type>{inside}</trk></gpx>"
    )


def point(values):
    latitude, longitude, time = values
    return f'<trkpt lat="{latitude}" lon="{longitude}">{f"<time>{time}</time>" if time else ""}</trkpt>'


def refusal_of(text, now):
    with pytest.raises(NotReadable) as refusal:
        read(text.encode(), now=now)
    return refusal.value.code


def test_gives_distance_and_recorded_time(now):
    run = read(gpx([FIRST, SECOND, THIRD]).encode(), now=now)

    assert (run.sport, run.started_at) == ("run", dt.datetime(2026, 5, 3, 6, 30, tzinfo=dt.UTC))
    assert run.distance_m == pytest.approx(222, abs=1)
    assert (run.duration_s, run.elapsed_s) == (120.0, 120.0)
    assert run.warnings == ()


def test_leaves_the_pause_between_two_stretches_out(now):
    far_and_later = [("47.000", "14.0", "2026-05-03T07:30:00Z"), ("47.001", "14.0", "2026-05-03T07:31:00Z")]

    run = read(gpx([FIRST, SECOND], far_and_later).encode(), now=now)

    assert run.distance_m == pytest.approx(222, abs=1)
    assert (run.duration_s, run.elapsed_s) == (120.0, 3660.0)


@pytest.mark.parametrize("kind", ["9", "Running", "trail_running"])
def test_knows_the_words_for_a_run(kind, now):
    assert read(gpx([FIRST, SECOND], kind=kind).encode(), now=now).sport == "run"


def test_offers_what_it_cannot_name(now):
    activity = read(gpx([FIRST, SECOND], kind="Sunday").encode(), now=now)

    assert activity.sport == "unknown"
    assert activity.warnings == ("sport_unknown",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_is_read_in_any_encoding(encoding, now):
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>' + gpx([FIRST, SECOND], kind="Läufe")

    assert read(text.encode(encoding), now=now).duration_s == 60.0


@pytest.mark.parametrize("latitude", ["NaN", "inf", "-1e999", "91", "", "north"])
def test_leaves_impossible_positions_out(latitude, now):
    run = read(gpx([FIRST, (latitude, "14.0", "2026-05-03T06:30:30Z"), SECOND]).encode(), now=now)

    assert run.distance_m == pytest.approx(111, abs=1)
    assert run.warnings == ("points_left_out",)


def test_with_no_usable_position_has_no_track(now):
    assert refusal_of(gpx([("NaN", "NaN", "2026-05-03T06:30:00Z")]), now) == "no_track"


def test_with_mostly_untimed_points_has_no_times(now):
    assert refusal_of(gpx([FIRST, ("46.001", "14.0", None), ("46.002", "14.0", "noon")]), now) == "no_times"


def test_with_some_untimed_points_says_so(now):
    run = read(gpx([FIRST, SECOND, ("46.002", "14.0", None)]).encode(), now=now)

    assert run.distance_m == pytest.approx(222, abs=1)
    assert (run.duration_s, run.warnings) == (60.0, ("points_untimed",))


def test_with_times_that_step_back_says_so(now):
    assert read(gpx([SECOND, FIRST]).encode(), now=now).warnings == ("times_unordered",)


def test_without_a_time_zone_is_taken_as_utc_and_says_so(now):
    run = read(
        gpx([(*FIRST[:2], "2026-05-03T06:30:00"), (*SECOND[:2], "2026-05-03T06:31:00")]).encode(), now=now
    )

    assert run.started_at == dt.datetime(2026, 5, 3, 6, 30, tzinfo=dt.UTC)
    assert run.warnings == ("no_time_zone",)


@pytest.mark.parametrize(
    ("last", "code"),
    [
        (("49.0", "14.0", "2026-05-03T09:30:00Z"), "distance_impossible"),  # 333 km
        (("46.001", "14.0", "2026-05-04T06:30:01Z"), "duration_impossible"),
        (("46.001", "14.0", "1989-12-31T23:59:59Z"), "date_impossible"),
        (("46.001", "14.0", "0001-01-01T00:00:00Z"), "date_impossible"),
    ],
)
def test_with_an_impossible_value_is_refused(last, code, now):
    assert refusal_of(gpx([FIRST, last]), now) == code


def test_with_year_one_east_of_greenwich_has_no_times(now):
    before_year_one = (*FIRST[:2], "0001-01-01T00:00:00+01:00")

    assert refusal_of(gpx([before_year_one, before_year_one]), now) == "no_times"
