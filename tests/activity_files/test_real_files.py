import datetime as dt

import pytest

from tests.activity_files.reading import read, refusal_of


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


READ = [
    # name, sport, start, metres, seconds without pauses, seconds with them, warnings
    ("activity-small-fenix2-run.fit", "run", utc(2015, 8, 15, 14, 45, 8), 9008.2, 2832, 2832, ()),
    ("garmin-fenix-5-run.fit", "run", utc(2017, 6, 11, 14, 34, 9), 157.6, 56.887, 56.887, ()),
    (
        "strava-android-app-201.10-b1218918.fit",
        *("run", utc(2021, 9, 27, 14, 13, 10), 11274.0, 3558, 3558, ("damaged_samples",)),
    ),
    (
        "compressed-speed-distance.fit",
        *("run", utc(1990, 7, 18, 6, 44, 24), 10248.7, 3772.75, 3883.273, ("date_implausible",)),
    ),
    (
        "garmin-fenix-5-walk.fit",
        *("walk", utc(2017, 6, 11, 14, 32, 51), 67.8, 45.379, 45.379, ("sport_walk",)),
    ),
    (
        "garmin-edge-820-bike.fit",
        *("ride", utc(2017, 6, 12, 16, 10, 15), 457.1, 64.524, 64.524, ("sport_ride",)),
    ),
    ("event_timestamp.fit", "swim", utc(2017, 6, 13, 13, 42, 30), 2606.0, 4371.56, 4567.485, ("sport_swim",)),
    ("test.tcx", "run", utc(2012, 12, 26, 21, 29, 53), 4689.2, 1992.78, 1992.78, ()),
    ("no_hr.tcx", "run", utc(2012, 12, 26, 21, 29, 53), 4689.2, 1992.78, 1992.78, ()),
    (
        "sup_activity_1.tcx",
        "other",
        utc(2022, 7, 16, 16, 8, 25),
        1157.5,
        1112.335,
        1112.335,
        ("sport_other",),
    ),
    ("cerknicko-jezero.gpx", "unknown", utc(2010, 8, 5, 14, 23, 59), 4580.1, 4239, 7190, ("sport_unknown",)),
    (
        "korita-zbevnica.gpx",
        *("unknown", utc(2010, 10, 3, 9, 36, 30), 14913.7, 13093, 13381, ("points_untimed", "sport_unknown")),
    ),
    (
        "gpx_timezone.gpx",
        *("unknown", utc(2021, 1, 7, 20, 36, 59, 179_000), 0, 0, 0, ("sport_unknown", "no_distance")),
    ),
]

REFUSED = [
    ("route.gpx", "no_track"),
    ("unicode.gpx", "no_track"),
    ("invalid/MonitoringFile.fit", "not_an_activity"),
    ("invalid/WeightScaleSingleUser.fit", "not_an_activity"),
    ("invalid/cerknicko-without-times.gpx", "no_times"),
]

DAMAGED = [
    "invalid/activity-filecrc.fit",
    "invalid/activity-unexpected-eof.fit",
    "invalid/activity-settings-corruptheader.fit",
]


@pytest.mark.parametrize("row", READ, ids=lambda row: row[0])
def test_are_read_as_their_table_says(row, real_file, now):
    name, sport, started_at, distance_m, duration_s, elapsed_s, warnings = row

    activity = read(real_file(name), now=now)

    assert activity.sport == sport
    assert activity.started_at == started_at
    assert activity.distance_m == pytest.approx(distance_m, abs=0.1)
    assert activity.duration_s == pytest.approx(duration_s, abs=0.001)
    assert activity.elapsed_s == pytest.approx(elapsed_s, abs=0.001)
    assert activity.warnings == warnings


@pytest.mark.parametrize(("name", "code"), REFUSED)
def test_without_a_timed_activity_are_refused(name, code, real_file, now):
    refusal = refusal_of(real_file(name), now)

    assert refusal.code == code
    assert refusal.readable is None


@pytest.mark.parametrize("name", DAMAGED)
def test_that_are_damaged_are_refused_with_what_could_be_read(name, real_file, now):
    refusal = refusal_of(real_file(name), now)

    assert refusal.code == "damaged"
    assert (refusal.readable.distance_m, refusal.readable.duration_s) == (5.7, 13.749)
