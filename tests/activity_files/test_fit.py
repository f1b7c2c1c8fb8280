import datetime as dt

import pytest

from tests.activity_files.files import HEAD, START, fit, fit_records, fit_run, minutes, session
from tests.activity_files.reading import read, read_all, refusal_of


def with_wrong_checksum(content):
    return content[:-1] + bytes([content[-1] ^ 1])


def test_gives_the_devices_own_summary(now):
    activity = read(fit_run(), now=now)

    assert activity.sport == "run"
    assert activity.started_at == START
    assert (activity.distance_m, activity.duration_s, activity.elapsed_s) == (2000.0, 600.0, 660.0)
    assert activity.warnings == ()


def test_of_a_treadmill_without_distance_says_so(now):
    activity = read(fit(HEAD, session(total_distance=None)), now=now)

    assert activity.distance_m is None
    assert activity.warnings == ("no_distance",)


@pytest.mark.parametrize("missing", [None, 0.0])
def test_takes_from_its_samples_what_the_summary_leaves_out(missing, now):
    activity = read(fit_run(total_distance=missing, start_time=None), now=now)

    assert (activity.started_at, activity.distance_m) == (START, 2000.0)


@pytest.mark.parametrize("missing", [None, 0.0])
def test_without_a_timer_takes_the_elapsed_time(missing, now):
    assert read(fit_run(total_timer_time=missing), now=now).duration_s == 660.0


def test_without_any_duration_takes_the_time_it_ended(now):
    ended = {"total_timer_time": None, "total_elapsed_time": None, "timestamp": minutes(11)}

    assert read(fit_run(**ended), now=now).duration_s == 660.0


def test_never_has_more_time_without_pauses_than_with_them(now):
    assert read(fit_run(total_elapsed_time=599.0), now=now).elapsed_s == 600.0


@pytest.mark.parametrize(
    ("sport", "detail", "expected"),
    [
        ("running", "trail", "run"),
        ("running", "virtual_activity", "run"),
        ("generic", "treadmill", "run"),
        ("fitness_equipment", "treadmill", "run"),
        ("fitness_equipment", "elliptical", "other"),
        ("hiking", None, "walk"),
        ("e_biking", None, "ride"),
        ("swimming", None, "swim"),
        ("rowing", None, "other"),
        ("wheelchair_push_run", None, "other"),
        ("generic", None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_names_the_sport(sport, detail, expected, now):
    assert read(fit_run(sport=sport, sub_sport=detail), now=now).sport == expected


def test_looks_for_the_sport_in_its_settings_when_the_summary_has_none(now):
    settings = ("sport", {"sport": "running", "sub_sport": "street", "name": "Laufen"})

    assert read(fit(HEAD, settings, session(sport=None)), now=now).sport == "run"


def test_of_a_triathlon_gives_every_sport_and_no_change_of_clothes(now):
    legs = [
        session(start_time=minutes(0), sport="swimming", total_distance=750.0),
        session(start_time=minutes(15), sport="transition", total_distance=100.0),
        session(start_time=minutes(20), sport="cycling", total_distance=20_000.0),
        session(start_time=minutes(60), sport="transition", total_distance=100.0),
        session(start_time=minutes(62), sport="running", total_distance=5000.0),
    ]

    swim, ride, run = read_all(fit(HEAD, *legs), now=now)

    assert [swim.sport, ride.sport, run.sport] == ["swim", "ride", "run"]
    assert (run.started_at, run.distance_m, run.warnings) == (minutes(62), 5000.0, ())


def test_with_a_summary_written_twice_takes_the_later_one(now):
    content = fit(HEAD, session(total_distance=1900.0), session(total_distance=2000.0))

    assert read(content, now=now).distance_m == 2000.0


def test_of_two_in_one_gives_both(now):
    first, second = read_all(fit_run() + fit_run(start_time=minutes(90)), now=now)

    assert (first.started_at, second.started_at) == (START, minutes(90))
    assert first.warnings == second.warnings == ()


def test_of_two_in_one_gives_the_readable_one_and_mentions_the_other(now):
    activity = read(fit_run() + with_wrong_checksum(fit_run(start_time=minutes(90))), now=now)

    assert (activity.started_at, activity.warnings) == (START, ("part_unreadable",))


def test_behind_a_file_of_settings_is_read_as_if_alone(now):
    settings = fit(("file_id", {"type": "settings", "manufacturer": "development"}))

    assert read(settings + fit_run(), now=now).warnings == ()


def test_without_summary_is_read_from_its_samples(now):
    activity = read(fit(HEAD, *fit_records(11)), now=now)

    assert (activity.started_at, activity.distance_m, activity.duration_s) == (START, 2000.0, 600.0)
    assert activity.warnings == ("no_summary", "sport_unknown")


def test_without_summary_adds_its_laps_up_as_they_leave_pauses_out(now):
    laps = [
        ("lap", dict(session()[1], start_time=minutes(0), timestamp=minutes(11))),
        ("lap", dict(session()[1], start_time=minutes(30), timestamp=minutes(41))),
    ]
    samples = [("record", {"timestamp": minutes(n), "distance": 97.0 * n}) for n in range(42)]

    activity = read(fit(HEAD, *samples, *laps), now=now)

    assert (activity.sport, activity.started_at) == ("run", START)
    assert (activity.distance_m, activity.duration_s) == (4000.0, 1200.0)
    assert activity.warnings == ("no_summary",)


def test_that_stopped_in_its_second_lap_is_read_from_its_samples(now):
    first = ("lap", dict(session()[1], timestamp=minutes(5), total_distance=1000.0))

    activity = read(fit(HEAD, first, *fit_records(11)), now=now)

    assert (activity.distance_m, activity.duration_s) == (2000.0, 600.0)


def test_with_samples_that_step_back_says_so(now):
    assert "times_unordered" in read(fit(HEAD, *reversed(fit_records(11))), now=now).warnings


def test_of_a_course_is_no_activity(now):
    course = ("file_id", {"type": "course", "manufacturer": "development"})

    assert refusal_of(fit(course, *fit_records(11)), now).code == "not_an_activity"


def test_that_does_not_say_what_it_is_of_is_read(now):
    assert read(fit(("file_id", {"manufacturer": "development"}), session()), now=now).distance_m == 2000.0


def test_behind_settings_and_damaged_is_refused_for_the_damage(now):
    settings = fit(("file_id", {"type": "settings", "manufacturer": "development"}))

    assert refusal_of(settings + with_wrong_checksum(fit_run()), now).code == "damaged"


def test_with_nothing_recorded_is_no_activity(now):
    assert refusal_of(fit(HEAD), now).code == "not_an_activity"


def test_with_a_wrong_checksum_is_damaged_and_still_tells_what_it_read(now):
    refusal = refusal_of(with_wrong_checksum(fit_run()), now)

    assert refusal.code == "damaged"
    assert refusal.readable.distance_m == 2000.0


def test_with_something_else_behind_it_is_damaged(now):
    assert refusal_of(fit_run() + b"<gpx/>", now).code == "damaged"


def test_with_its_summary_ahead_of_the_damage_is_read_with_a_warning(now):
    activity = read(with_wrong_checksum(fit_run(summary_first=True)), now=now)

    assert activity.distance_m == 2000.0
    assert activity.warnings == ("damaged_samples",)


def test_that_stops_in_its_samples_is_damaged_and_tells_what_they_say(now):
    content = fit_run()

    refusal = refusal_of(content[: len(content) * 2 // 3], now)

    assert refusal.code == "damaged"
    assert 0 < refusal.readable.distance_m < 2000.0


def test_whose_length_was_never_written_is_damaged_and_tells_what_it_read(now):
    content = fit_run()

    refusal = refusal_of(content[:4] + bytes(4) + content[8:], now)

    assert refusal.code == "damaged"
    assert refusal.readable.distance_m == 2000.0


def test_that_stops_after_its_header_is_damaged(now):
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
def test_with_an_impossible_value_is_refused(changes, code, now):
    assert refusal_of(fit(HEAD, session(**changes)), now).code == code


def test_of_a_device_whose_clock_was_never_set_warns_about_the_date(now):
    activity = read(fit_run(start_time=dt.datetime(1990, 2, 1, tzinfo=dt.UTC)), now=now)

    assert activity.warnings == ("date_implausible",)
