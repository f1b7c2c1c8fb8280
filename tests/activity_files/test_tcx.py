import datetime as dt

import pytest

from tests.activity_files.files import TCX_NAMESPACE, activity, lap, tcx, trackpoint
from tests.activity_files.reading import read, read_all, refusal_of

NOTHING = {"seconds": None, "metres": None}


def time(minute):
    return f"2026-05-03T06:{minute:02}:00Z"


def timed(*minutes):
    return [trackpoint(time(minute)) for minute in minutes]


def test_adds_its_laps_up(now):
    laps = lap(points=timed(30)), lap(time(45), points=timed(55))

    run = read(tcx(activity(*laps)), now=now)

    assert (run.sport, run.started_at) == ("run", dt.datetime(2026, 5, 3, 6, 30, tzinfo=dt.UTC))
    assert (run.distance_m, run.duration_s, run.elapsed_s) == (4000.0, 1200.0, 1500.0)
    assert run.warnings == ()


def test_of_several_activities_gives_all(now):
    ride, run = read_all(tcx(activity(lap(metres="9000"), sport="Biking"), activity(lap(time(45)))), now=now)

    assert (ride.sport, ride.distance_m) == ("ride", 9000.0)
    assert (run.sport, run.distance_m, run.warnings) == ("run", 2000.0, ())


def test_of_a_multisport_session_gives_every_leg(now):
    legs = (
        f"<MultiSportSession><Id>{time(30)}</Id><FirstSport>{activity(lap(), sport='Biking')}</FirstSport>"
        f"<NextSport>{activity(lap(time(45)))}</NextSport></MultiSportSession>"
    )

    assert [leg.sport for leg in read_all(tcx(legs), now=now)] == ["ride", "run"]


def test_of_a_good_and_an_impossible_activity_gives_the_good_one_and_mentions_the_other(now):
    run = read(tcx(activity(lap(metres="-5")), activity(lap())), now=now)

    assert (run.distance_m, run.warnings) == (2000.0, ("part_unreadable",))


def test_of_several_impossible_activities_is_refused_for_the_first_reason(now):
    content = tcx(activity(lap(metres="-5")), activity(lap(seconds="-5")))

    assert refusal_of(content, now).code == "distance_impossible"


def test_of_very_many_activities_is_refused(now):
    assert refusal_of(tcx(activity(lap()) * 1001), now).code == "too_complex"


@pytest.mark.parametrize("metres", [None, "0", "0.0"])
def test_whose_laps_say_no_distance_takes_what_its_points_count(metres, now):
    points = [trackpoint(time(30), metres=40_000), trackpoint(time(40), metres=42_000)]

    assert read(tcx(activity(lap(metres=metres, points=points))), now=now).distance_m == 2000.0


def test_that_counts_nothing_takes_the_way_its_points_went(now):
    points = [trackpoint(time(30), place=(46.000, 14.0)), trackpoint(time(40), place=(46.001, 14.0))]

    run = read(tcx(activity(lap(metres=None, points=points))), now=now)

    assert run.distance_m == pytest.approx(111, abs=1)


def test_of_a_treadmill_without_distance_says_so(now):
    run = read(tcx(activity(lap(metres=None, points=timed(30, 40)))), now=now)

    assert (run.distance_m, run.warnings) == (None, ("no_distance",))


@pytest.mark.parametrize("seconds", [None, "0"])
def test_whose_laps_say_no_time_takes_that_of_its_points(seconds, now):
    laps = lap(seconds=seconds, points=timed(30, 40)), lap(time(50), seconds=seconds, points=timed(51, 55))

    assert read(tcx(activity(*laps)), now=now).duration_s == 15 * 60


def test_of_laps_without_totals_and_start_begins_with_its_first_point(now):
    content = tcx(activity(lap("", **NOTHING, points=timed(33, 40)))).replace(
        b"<Id>2026-05-03T06:30:00Z</Id>", b""
    )

    run = read(content, now=now)

    assert (run.started_at, run.duration_s) == (dt.datetime(2026, 5, 3, 6, 33, tzinfo=dt.UTC), 7 * 60)


def test_without_namespace_and_with_blanks_before_its_declaration_is_read(now):
    plain = tcx(activity(lap())).replace(f' xmlns="{TCX_NAMESPACE}"'.encode(), b"")

    assert read(b'          <?xml version="1.0" encoding="UTF-8"?>' + plain, now=now).distance_m == 2000.0


def test_in_utf_16_is_read(now):
    text = '<?xml version="1.0" encoding="UTF-16"?>' + tcx(activity(lap())).decode()

    assert read(text.encode("utf-16"), now=now).distance_m == 2000.0


@pytest.mark.parametrize("laps", [[], [lap(**NOTHING)]])
def test_without_laps_or_anything_in_them_has_no_times(laps, now):
    assert refusal_of(tcx(activity(*laps)), now).code == "no_times"


def test_of_a_course_is_no_activity(now):
    content = f'<TrainingCenterDatabase xmlns="{TCX_NAMESPACE}"><Courses/></TrainingCenterDatabase>'.encode()

    assert refusal_of(content, now).code == "not_an_activity"


def test_with_times_that_step_back_says_so(now):
    assert read(tcx(activity(lap(points=timed(40, 35)))), now=now).warnings == ("times_unordered",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"metres": "300000"}, "distance_impossible"),
        ({"metres": "-1"}, "distance_impossible"),
        ({"metres": "NaN"}, "distance_impossible"),
        ({"metres": "inf"}, "distance_impossible"),
        ({"seconds": "-1"}, "duration_impossible"),
        ({"seconds": "nan"}, "duration_impossible"),
        ({"seconds": "1e999"}, "duration_impossible"),
        ({"seconds": "ten"}, "damaged"),
        ({"start": "0001-01-01T00:00:00Z"}, "date_impossible"),
        ({"start": "1989-12-31T23:59:59Z"}, "date_impossible"),
        ({"start": "2106-02-07T06:28:15Z"}, "date_impossible"),
        ({"points": [trackpoint("2026-05-05T06:30:00Z")]}, "duration_impossible"),
        ({"metres": None, "points": [trackpoint(time(30), metres="NaN")]}, "distance_impossible"),
        ({"metres": None, "points": [trackpoint(time(30), metres="far")]}, "damaged"),
    ],
)
def test_with_an_impossible_value_is_refused(changes, code, now):
    assert refusal_of(tcx(activity(lap(**changes))), now).code == code


@pytest.mark.parametrize("place", [("NaN", "14"), ("46", "400"), ("0", "0"), ("", "")])
def test_with_impossible_positions_is_read_without_them(place, now):
    points = [trackpoint(time(30), place=place), trackpoint(time(40), place=place)]

    assert read(tcx(activity(lap(metres=None, points=points))), now=now).distance_m is None
