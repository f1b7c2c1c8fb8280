"""What Progress reads of a log, from rows in the database."""

import datetime as dt

import pytest

from backpain.insights.log import CheckInRow, GentleRow, MarkRow
from backpain.insights.queries import log_of
from backpain.training.models import FlarePlan, SetDone, Shoe
from tests.conftest import NOON
from tests.factories import CheckInFactory, RunFactory, SessionFactory
from tests.insights.conftest import TODAY

DAY = dt.timedelta(days=1)
SINCE = dt.date(2026, 1, 5)


@pytest.fixture
def trained(alice):
    """Write a session of Alice's with its sets: (exercise, side, target, done)."""

    def write(days, *sets, runner=alice, **columns):
        session = SessionFactory(
            runner=runner, started_at=dt.datetime(2026, 3, 16, 18, tzinfo=dt.UTC) - days * DAY, **columns
        )
        SetDone.objects.bulk_create(
            SetDone(
                runner=runner,
                session=session,
                position=n,
                exercise=exercise,
                side=side,
                unit="s",
                target=target,
                done=done,
                trial=exercise == "trial" or None,
            )
            for n, (exercise, side, target, done) in enumerate(sets, start=1)
        )
        return session

    return write


def read(runner, since=SINCE):
    return log_of(runner, since=since, on=TODAY)


def test_a_run_has_what_is_known_of_it_with_the_hour_of_the_runners_clock(alice):
    alice.time_zone = "Pacific/Auckland"  # 13 hours ahead in March
    shoe = Shoe.objects.create(runner=alice, name="Red")
    RunFactory(
        runner=alice,
        started_at=dt.datetime(2026, 3, 14, 10, 59, tzinfo=dt.UTC),
        on=dt.date(2026, 3, 14),
        duration_s=1800.0,
        effort=4,
        surface="trail",
        shoe=shoe,
    )

    (run,) = read(alice).runs

    assert (run.on, run.hour) == (dt.date(2026, 3, 14), 23)
    assert (run.duration_s, run.effort, run.surface, run.shoe) == (1800.0, 4, "trail", "Red")


def test_what_a_run_does_not_say_is_nothing(alice):
    RunFactory(runner=alice, on=TODAY, duration_s=None, effort=None, surface="", shoe=None)

    (run,) = read(alice).runs

    assert (run.duration_s, run.effort, run.surface, run.shoe) == (None, None, "", "")


def test_a_check_in_has_its_notes(alice):
    CheckInFactory(runner=alice, on=TODAY, score=3, sat_long=True, flare=False)

    assert read(alice).check_ins == [CheckInRow(TODAY, 3, True, False)]


def test_the_share_of_a_session_counts_each_set_up_to_its_target(trained, alice):
    trained(2, ("plank", "", 20, 30), ("plank", "", 20, 10), ("bridge", "", None, 5), ("bridge", "", 0, 5))

    assert read(alice).session_rows[0].share == 0.75


def test_a_session_without_targets_or_sets_has_no_share(trained, alice):
    trained(3, ("plank", "", None, 30))
    trained(2)

    assert [row.share for row in read(alice).session_rows] == [None, None]


def test_sessions_are_counted_by_four_weeks(trained, alice):
    for days in (0, 27, 28, 55, 56):
        trained(days)

    assert read(alice).sessions == (2, 2)


def test_sides_are_means_of_the_sets_without_trials(trained, alice, catalogue):
    trained(
        2,
        ("side-plank", "left", 20, 20),
        ("side-plank", "left", 20, 10),
        ("side-plank", "right", 20, 18),
        ("trial", "left", 20, 1),
        ("trial", "right", 20, 1),
        ("modified-side-plank", "left", 20, 20),
        ("forearm-plank", "", 20, 20),
    )

    (side,) = read(alice).sides

    assert (side.exercise, side.slug, side.unit, side.left, side.right) == (
        "Side plank",
        "side-plank",
        "s",
        15,
        18,
    )


def test_an_exercise_nobody_knows_keeps_its_name(trained, alice):
    trained(2, ("plank-of-old", "left", 20, 20), ("plank-of-old", "right", 20, 10))

    assert read(alice).sides[0].exercise == "plank-of-old"


def test_sides_are_those_of_the_days_asked_for(trained, alice):
    for days in (3, 2):
        trained(days, ("plank", "left", 20, 20), ("plank", "right", 20, 10))

    assert [row.on for row in log_of(alice, since=TODAY - 2 * DAY, on=TODAY).sides] == [TODAY - 2 * DAY]
    assert [row.on for row in read(alice, None).sides] == [TODAY - 3 * DAY, TODAY - 2 * DAY]


def test_care_and_the_first_days_of_shoes_are_marks(alice):
    alice.care.create(on=dt.date(2026, 2, 3), who="GP", entered_at=NOON)
    alice.care.create(on=dt.date(2026, 2, 4), who="Gone", entered_at=NOON, deleted_at=NOON)
    Shoe.objects.create(runner=alice, name="Blue", started_on=dt.date(2026, 2, 2))
    Shoe.objects.create(runner=alice, name="Old", started_on=dt.date(2025, 2, 2))
    Shoe.objects.create(runner=alice, name="In the box")
    red = Shoe.objects.create(runner=alice, name="Red")
    for day in (8, 5):
        RunFactory(runner=alice, on=dt.date(2026, 2, day), shoe=red)
    worn, walked = (Shoe.objects.create(runner=alice, name=name) for name in ("Worn", "Walked"))
    for on in (SINCE - DAY, dt.date(2026, 2, 6)):
        RunFactory(runner=alice, on=on, shoe=worn)
        RunFactory(runner=alice, on=on, shoe=walked, activity="walk")
    RunFactory(runner=alice, on=dt.date(2026, 2, 7), shoe=walked)
    RunFactory(runner=alice, on=SINCE - DAY, shoe=red, deleted_at=NOON)

    assert read(alice).marks == [
        MarkRow(dt.date(2026, 2, 2), "shoe", "Blue"),
        MarkRow(dt.date(2026, 2, 3), "care", "GP"),
        MarkRow(dt.date(2026, 2, 5), "shoe", "Red"),
        MarkRow(dt.date(2026, 2, 7), "shoe", "Walked"),
    ]
    assert [mark.text for mark in read(alice, None).marks] == ["Old", "Worn", "Blue", "GP", "Red", "Walked"]


def test_gentle_days_are_those_that_held_within_the_days(alice, bob):
    def plan(started_on, ended_on, runner=alice):
        FlarePlan.objects.create(runner=runner, started_on=started_on, ended_on=ended_on)

    plan(SINCE - 9 * DAY, SINCE)  # the last of them is the day before
    plan(SINCE - 3 * DAY, SINCE + DAY)
    plan(dt.date(2026, 2, 2), dt.date(2026, 2, 2))
    plan(dt.date(2026, 2, 3), dt.date(2026, 2, 8))
    plan(TODAY, None)
    plan(dt.date(2026, 2, 3), None, bob)

    held = [
        GentleRow(SINCE - 3 * DAY, SINCE + DAY),
        GentleRow(dt.date(2026, 2, 3), dt.date(2026, 2, 8)),
        GentleRow(TODAY, None),
    ]
    assert read(alice).gentle == held
    assert read(alice, None).gentle == [GentleRow(SINCE - 9 * DAY, SINCE), *held]
    assert read(alice).marks == []


def test_rungs_are_those_of_the_ladders_the_runner_stood_on(alice, stood):
    stood("bridge", (20, "glute-bridge", 3, 10, "reps"))

    rungs = read(alice).rungs

    assert {rung.slug for rung in rungs} == {"bridge"}
    assert [(rung.position, rung.exercise, rung.unit, rung.start, rung.cap) for rung in rungs][:2] == [
        (1, "Glute bridge", "reps", 10, 15),
        (2, "Glute bridge", "s", 10, 30),
    ]


def test_the_newest_advice_says_how_to_run_though_it_is_older_than_the_days(alice, advised):
    running = {"may_run": True, "cap_m": 9000, "warning": "none"}
    advised((90, "hold"), running=running)

    log = read(alice)

    assert log.verdicts == []
    assert log.running == (TODAY - 90 * DAY, running)


def test_advice_of_the_days_is_listed_and_the_last_given_says_how_to_run(alice, advised):
    advised((3, "hold"), (1, "progress"))
    advised((2, "regress"), running={"may_run": False, "cap_m": None, "warning": "none"})

    log = read(alice)

    assert [verdict for _, verdict in log.verdicts] == ["hold", "regress", "progress"]
    assert log.running == (TODAY - 2 * DAY, {"may_run": False, "cap_m": None, "warning": "none"})


def test_nothing_of_a_stranger_is_read(alice, bob, trained, stood):
    trained(2, ("plank", "left", 20, 20), ("plank", "right", 20, 10))
    alice.care.create(on=TODAY, entered_at=NOON)
    FlarePlan.objects.create(runner=alice, started_on=TODAY)
    stood("bridge", (20, "glute-bridge", 3, 10, "reps"))

    log = read(bob, None)

    assert not (log.session_rows or log.sides or log.marks or log.gentle or log.rungs or log.placements)
