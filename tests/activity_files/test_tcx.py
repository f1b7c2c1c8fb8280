import datetime as dt

import pytest

from backpain.activity_files import NotReadable
from backpain.activity_files.reader import read

NAMESPACE = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"


def tcx(*activities):
    return (
        f'<TrainingCenterDatabase xmlns="{NAMESPACE}">'
        f"<Activities>{''.join(activities)}</Activities></TrainingCenterDatabase>"
    ).encode()


def activity(*laps, sport="Running"):
    return f'<Activity Sport="{sport}"><Id>2026-05-03T06:30:00Z</Id>{"".join(laps)}</Activity>'


def lap(start="2026-05-03T06:30:00Z", *, seconds="600", metres="2000", times=()):
    points = "".join(f"<Trackpoint><Time>{time}</Time></Trackpoint>" for time in times)
    return (
        f'<Lap StartTime="{start}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
        f"<DistanceMeters>{metres}</DistanceMeters><Track>{points}</Track></Lap>"
    )


def refusal_of(content, now):
    with pytest.raises(NotReadable) as refusal:
        read(content, now=now)
    return refusal.value.code


def test_adds_its_laps_up(now):
    laps = lap(times=["2026-05-03T06:30:00Z"]), lap("2026-05-03T06:45:00Z", times=["2026-05-03T06:55:00Z"])

    run = read(tcx(activity(*laps)), now=now)

    assert (run.sport, run.started_at) == ("run", dt.datetime(2026, 5, 3, 6, 30, tzinfo=dt.UTC))
    assert (run.distance_m, run.duration_s, run.elapsed_s) == (4000.0, 1200.0, 1500.0)
    assert run.warnings == ()


def test_of_several_activities_gives_the_run(now):
    content = tcx(activity(lap(metres="9000"), sport="Biking"), activity(lap()))

    run = read(content, now=now)

    assert (run.sport, run.distance_m) == ("run", 2000.0)
    assert run.warnings == ("several_activities",)


def test_with_blanks_before_its_declaration_is_read(now):
    content = b'          <?xml version="1.0" encoding="UTF-8"?>' + tcx(activity(lap()))

    assert read(content, now=now).distance_m == 2000.0


def test_without_laps_has_no_times(now):
    assert refusal_of(tcx(activity()), now) == "no_times"


def test_of_a_course_is_no_activity(now):
    content = f'<TrainingCenterDatabase xmlns="{NAMESPACE}"><Courses/></TrainingCenterDatabase>'.encode()

    assert refusal_of(content, now) == "not_an_activity"


def test_with_times_that_step_back_says_so(now):
    times = ["2026-05-03T06:40:00Z", "2026-05-03T06:35:00Z"]

    assert read(tcx(activity(lap(times=times))), now=now).warnings == ("times_unordered",)


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
        ({"times": ["2026-05-05T06:30:00Z"]}, "duration_impossible"),
    ],
)
def test_with_an_impossible_value_is_refused(changes, code, now):
    assert refusal_of(tcx(activity(lap(**changes))), now) == code
