import datetime as dt

import pytest

from backpain.activity_files import NotReadable
from backpain.activity_files.reader import read

HEAD = ("file_id", {"type": "activity", "manufacturer": "development"})
START = dt.datetime(2026, 5, 3, 6, 30, tzinfo=dt.UTC)
RECORDS = [
    ("record", {"timestamp": START, "distance": 0.0}),
    ("record", {"timestamp": START + dt.timedelta(minutes=10), "distance": 2000.0}),
]


def refusal_of(content, now):
    with pytest.raises(NotReadable) as refusal:
        read(content, now=now)
    return refusal.value


def with_wrong_checksum(content):
    return content[:-1] + bytes([content[-1] ^ 1])


def test_gives_the_devices_own_summary(fit_run, now):
    activity = read(fit_run(), now=now)

    assert activity.sport == "run"
    assert activity.started_at == START
    assert (activity.distance_m, activity.duration_s, activity.elapsed_s) == (2000.0, 600.0, 660.0)
    assert activity.warnings == ()


def test_of_a_treadmill_without_distance_says_so(fit_run, now):
    activity = read(fit_run(total_distance=None), now=now)

    assert activity.distance_m is None
    assert activity.warnings == ("no_distance",)


def test_without_a_timer_takes_the_elapsed_time(fit_run, now):
    assert read(fit_run(total_timer_time=None), now=now).duration_s == 660.0


def test_never_has_more_time_without_pauses_than_with_them(fit_run, now):
    assert read(fit_run(total_elapsed_time=599.0), now=now).elapsed_s == 600.0


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("running", "run"),
        ("hiking", "walk"),
        ("e_biking", "ride"),
        ("swimming", "swim"),
        ("rowing", "other"),
        ("generic", "unknown"),
        (None, "unknown"),
    ],
)
def test_names_the_sport(word, sport, fit_run, now):
    assert read(fit_run(sport=word), now=now).sport == sport


def test_of_a_triathlon_gives_its_run(fit_file, now):
    ride = {"start_time": START, "sport": "cycling", "total_timer_time": 3600.0, "total_distance": 30_000.0}
    run = {"start_time": START, "sport": "running", "total_timer_time": 1500.0, "total_distance": 5000.0}

    activity = read(fit_file(HEAD, ("session", ride), ("session", run)), now=now)

    assert (activity.sport, activity.distance_m) == ("run", 5000.0)
    assert activity.warnings == ("several_activities",)


def test_without_summary_is_read_from_its_samples(fit_file, now):
    activity = read(fit_file(HEAD, *RECORDS), now=now)

    assert (activity.started_at, activity.distance_m, activity.duration_s) == (START, 2000.0, 600.0)
    assert activity.warnings == ("no_summary", "sport_unknown")


def test_with_samples_that_step_back_says_so(fit_file, now):
    assert "times_unordered" in read(fit_file(HEAD, *reversed(RECORDS)), now=now).warnings


def test_of_a_course_is_no_activity(fit_file, now):
    course = ("file_id", {"type": "course", "manufacturer": "development"})

    assert refusal_of(fit_file(course, *RECORDS), now).code == "not_an_activity"


def test_with_nothing_recorded_is_no_activity(fit_file, now):
    assert refusal_of(fit_file(HEAD), now).code == "not_an_activity"


def test_with_a_wrong_checksum_is_damaged_and_still_tells_what_it_read(fit_run, now):
    refusal = refusal_of(with_wrong_checksum(fit_run()), now)

    assert refusal.code == "damaged"
    assert refusal.readable.distance_m == 2000.0


def test_with_its_summary_ahead_of_the_damage_is_read_with_a_warning(fit_run, now):
    activity = read(with_wrong_checksum(fit_run(summary_first=True)), now=now)

    assert activity.distance_m == 2000.0
    assert activity.warnings == ("damaged_samples",)


def test_that_stops_in_its_samples_is_damaged_and_tells_what_they_say(fit_run, now):
    content = fit_run()

    refusal = refusal_of(content[: len(content) * 2 // 3], now)

    assert refusal.code == "damaged"
    assert 0 < refusal.readable.distance_m < 2000.0


def test_that_stops_after_its_header_is_damaged(fit_run, now):
    refusal = refusal_of(fit_run()[:16], now)

    assert refusal.code == "damaged"
    assert refusal.readable is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"total_distance": 300_000.0}, "distance_impossible"),
        ({"total_timer_time": 86_401.0}, "duration_impossible"),
        ({"total_elapsed_time": 86_401.0}, "duration_impossible"),
        ({"total_timer_time": None, "total_elapsed_time": None}, "no_times"),
        ({"start_time": None}, "no_times"),
        ({"start_time": dt.datetime(1989, 12, 31, 12, tzinfo=dt.UTC)}, "date_impossible"),
        ({"start_time": dt.datetime(2026, 11, 24, tzinfo=dt.UTC)}, "date_impossible"),
        ({"start_time": dt.datetime(2106, 1, 1, tzinfo=dt.UTC)}, "date_impossible"),
    ],
)
def test_with_an_impossible_value_is_refused(changes, code, fit_run, now):
    assert refusal_of(fit_run(**changes), now).code == code


def test_of_a_device_whose_clock_was_never_set_warns_about_the_date(fit_run, now):
    activity = read(fit_run(start_time=dt.datetime(1990, 2, 1, tzinfo=dt.UTC)), now=now)

    assert activity.warnings == ("date_implausible",)
