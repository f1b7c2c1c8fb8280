"""The way back to running: walks first, then run-walk stages."""

from __future__ import annotations

import pytest

from backpain.coach.decision import Verdict
from backpain.coach.returning import STAGES, Plan, Step, plan_of
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import calm, day, planking, sore, story

PROGRESS, HOLD, REGRESS = Verdict.PROGRESS, Verdict.HOLD, Verdict.REGRESS
GOOD, OKAY, BAD = "0/1/1/0", "0/3/1/0", "0/6/1/0"

# In the log for long, the last run on 14 February: 30 days before 16 March.
IDLE = calm().pain("02-10", "0").run("02-14 5000 m 0/0/0/0")
WALKED = IDLE.walk("03-10 0/1/0/0").walk("03-12 0/1/0/0")
STARTED = calm().chose_run_walk("03-01")


def value(told, rule: str, what: str, on: str | None = None):
    values = (v for r in told.decide(on).reasons if r.rule == rule for v in r.evidence.values)
    return next((v.value for v in values if v.what == what), None)


def stage(told, on: str | None = None):
    return told.decide(on).running.stage


# L-5


def test_a_month_without_a_run_asks_for_two_walks_first():
    running = IDLE.decide().running

    assert IDLE.rules()["L-5"] is HOLD
    assert (running.may_run, running.stage, running.cap_m) == (False, None, None)
    assert value(IDLE, "L-5", "walks_missing") == 2
    assert value(IDLE, "L-5", "last_run") == "2026-02-14"


def test_a_day_less_than_a_month_asks_for_none():
    assert "L-5" not in IDLE.run("02-15 5000 m 0/0/0/0").rules()
    assert IDLE.run("02-15 5000 m 0/0/0/0").decide().running.may_run


def test_a_walk_is_no_run():
    assert "L-5" in IDLE.walk("03-14 0/1/0/0").rules()


def test_a_log_younger_than_thirty_days_asks_for_none():
    young = calm().pain("02-15", "0")

    assert "L-5" not in young.rules()
    assert young.decide().running.may_run
    assert "L-5" in calm().pain("02-14", "0").rules()
    assert value(calm().pain("02-14", "0"), "L-5", "last_run") == "never"


def test_walks_owed_hold_no_exercise():
    told = planking().pain("02-10", "0")

    assert told.rules()["L-5"] is HOLD
    assert told.verdict() is PROGRESS


def test_two_good_walks_open_the_first_stage():
    assert WALKED.decide().running.may_run
    assert stage(WALKED) == 1
    assert "L-5" not in WALKED.rules()
    assert WALKED.rules()["L-6"] is HOLD


@pytest.mark.parametrize(
    ("walk", "minutes", "missing"),
    [
        ("03-12 0/2/0/1", 30, 0),
        ("02-15 0/1/0/0", 30, 0),
        ("03-12 0/1/0/0", 29, 1),
        ("03-12 0/1/0/-", 30, 1),  # not known to have settled
        ("03-12 -/1/0/1", 30, 1),
        ("03-12 0/-/0/0", 30, 1),
        ("03-16 0/1/0/0", 30, 1),  # its morning is still to come
        ("02-14 0/1/0/0", 30, 1),  # too long ago
        ("03-12 0/3/0/0", 30, 2),  # hurt too much
        ("03-12 0/1/0/2", 30, 2),  # had not settled
    ],
)
def test_a_walk_counts_where_it_is_long_enough_and_went_well(walk, minutes, missing):
    told = IDLE.walk("03-10 0/1/0/0").walk(walk, minutes)

    assert (value(told, "L-5", "walks_missing") or 0) == missing
    assert told.decide().running.may_run is not bool(missing)


def test_a_bad_walk_starts_the_count_again():
    told = IDLE.walk("03-08 0/1/0/0").walk("03-10 0/6/1/0").walk("03-12 0/1/0/0")

    assert value(told, "L-5", "walks_missing") == 1
    assert stage(told.walk("03-14 0/1/0/0")) == 1


# L-5 after

CLEARED = (
    calm()
    .run("03-02 5000 m 0/0/0/0")
    .screen("03-04", impact_pain_one_spot="yes")
    .care("03-08", "assessed", "clears")
    .screen("03-09")
)


def test_after_a_clearance_of_the_running_lock_walks_come_first():
    assert CLEARED.rules("03-08")["R-8"] is Verdict.PROFESSIONAL
    assert CLEARED.rules()["L-5"] is HOLD
    assert value(CLEARED, "L-5", "cleared") == "2026-03-09"
    assert not CLEARED.decide().running.may_run
    assert stage(CLEARED.walk("03-10 0/0/0/0").walk("03-12 0/0/0/0")) == 1


def test_walks_before_the_clearance_do_not_count():
    assert value(CLEARED.walk("03-07 0/0/0/0").walk("03-09 0/0/0/0"), "L-5", "walks_missing") == 1


def test_a_lock_that_does_not_stop_running_asks_for_no_walks():
    told = calm().run("03-02 5000 m 0/0/0/0").screen("03-04", fever="yes")

    assert "L-5" not in told.care("03-08", "assessed", "clears").screen("03-09").rules()


def test_one_sided_pain_alone_never_stopped_running():
    told = calm().run("03-02 5000 m 0/0/0/0").screen("03-04", one_sided_sacral="yes")

    assert "L-5" not in told.care("03-08", "assessed", "clears").screen("03-09").rules()


def test_a_young_back_cleared_to_run_walks_first():
    told = sore(2, "02-20").runner(birth_year=2008).run("03-02 5000 m 0/0/0/0")
    told = told.screen("03-10", lean_back_pain="yes").care("03-14", "assessed", "clears")

    assert "L-5" in told.screen("03-15").rules()


def test_a_limp_from_the_hip_cleared_to_run_walks_first():
    told = calm().run("03-02 5000 m 0/0/0/0 limp", sites=frozenset({"groin-left"}))

    assert "L-5" in told.care("03-08", "assessed", "clears").screen("03-09").rules()


def test_a_clearance_is_remembered_for_thirty_days():
    told = CLEARED.run("03-25 3000 m 0/0/0/0").run("04-05 3000 m 0/0/0/0")

    assert "L-5" in told.rules("04-07")
    assert "L-5" not in told.rules("04-08")


# L-6


def test_the_stages_are_those_of_the_rules():
    assert [(s.number, s.run_min, s.walk_min, s.repeats) for s in STAGES] == [
        (1, 1, 4, 6),
        (2, 2, 3, 6),
        (3, 3, 2, 6),
        (4, 4, 1, 6),
        (5, 8, 2, 3),
        (6, 13, 2, 2),
        (7, 30, 0, 1),
    ]
    assert {s.minutes for s in STAGES} == {40}


def test_without_a_plan_there_is_no_stage():
    assert stage(calm()) is None
    assert stage(calm().run("03-14 5000 m 0/0/0/0")) is None


def test_a_plan_begins_at_the_first_stage():
    plan = plan_of(
        STARTED.facts().ahead.returning,
        on=day("03-16"),
        last_run_on=None,
        cleared_on=None,
        chronic=False,
        thresholds=SHIPPED,
    )

    assert plan == Plan(step=Step.START, stage=1, stage_now=1)
    assert stage(STARTED) == 1
    assert STARTED.rules()["L-6"] is HOLD
    assert STARTED.decide().running.may_run


def test_a_plan_chosen_later_is_not_known_yet():
    assert stage(calm().chose_run_walk("03-17")) is None


def test_two_good_runs_at_a_stage_go_up_one():
    told = calm().staged(f"03-10 3 {GOOD}", f"03-12 3 {GOOD}")

    assert stage(told) == 4
    assert told.rules()["L-6"] is PROGRESS
    assert told.verdict() is PROGRESS


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ((f"03-12 3 {GOOD}",), 3),
        ((f"03-10 2 {GOOD}", f"03-12 3 {GOOD}"), 3),
        ((f"03-10 3 {OKAY}", f"03-12 3 {GOOD}"), 3),
        ((f"03-10 3 {GOOD}", f"03-12 3 {OKAY}"), 3),
        ((f"03-10 3 {GOOD}", "03-12 3 0/1/1/-"), 3),
        ((f"03-10 3 {GOOD}", f"03-12 3 {BAD}"), 2),
        ((f"03-12 1 {BAD}",), 1),
        ((f"03-09 5 {BAD}", f"03-12 5 {BAD}"), 3),
        ((f"03-06 7 {BAD}", f"03-09 6 {BAD}", f"03-12 5 {BAD}"), 3),
        ((f"03-09 2 {BAD}", f"03-12 2 {BAD}"), 1),
        ((f"03-09 4 {BAD}", f"03-12 3 {GOOD}"), 3),
    ],
)
def test_the_next_stage_follows_the_last_runs(runs, expected):
    assert stage(calm().staged(*runs)) == expected


def test_a_bad_run_goes_back_and_says_so():
    told = calm().staged(f"03-12 3 {BAD}")

    assert told.rules()["L-6"] is REGRESS
    assert (value(told, "L-6", "stage"), value(told, "L-6", "stage_done")) == (2, 3)


def test_in_assessed_chronic_mode_steady_pain_goes_up_and_ends_the_plan():
    """P-8: at most 5 during, a rise of less than 2, and no worse in the morning than 1 over before."""
    steady = "3/4/3/3"
    chronic = sore(3, "01-20").care("02-20", "assessed", "clears")
    finished = STARTED.staged(f"03-10 7 {steady}", f"03-12 7 {steady}")

    assert stage(chronic.staged(f"03-10 3 {steady}", f"03-12 3 {steady}")) == 4
    assert stage(calm().staged(f"03-10 3 {steady}", f"03-12 3 {steady}")) == 3
    assert stage(finished) == 7
    assert stage(chronic._with(runs=finished.history.runs, run_walk_since=day("03-01"))) is None


def test_a_bad_run_takes_no_day_more_off_than_a_good_one():
    told = calm().pain("03-17", "0").staged(f"03-12 5 {GOOD}", f"03-15 5 {BAD}")

    assert not told.decide("03-16").running.may_run
    assert told.decide("03-17").running.may_run


def test_runs_of_a_stage_come_every_other_day():
    told = calm().pain("03-17", "0 0").staged(f"03-14 3 {GOOD}", f"03-16 3 {GOOD}")

    assert not told.decide("03-17").running.may_run
    assert value(told, "L-6", "runs_from", "03-17") == "2026-03-18"
    assert stage(told, "03-17") == 3
    assert told.verdict("03-17") is HOLD
    assert told.decide("03-18").running.may_run
    assert (stage(told, "03-18"), told.verdict("03-18")) == (4, PROGRESS)


def test_two_bad_ones_in_a_row_take_two_days_off():
    told = calm().pain("03-17", "0 0 0").staged(f"03-14 5 {BAD}", f"03-16 4 {BAD}")

    assert not told.decide("03-18").running.may_run
    assert told.decide("03-19").running.may_run
    assert stage(told, "03-19") == 2


def test_no_more_than_two_stages_in_a_week():
    fast = calm().staged(f"03-10 3 {GOOD}", f"03-12 5 {GOOD}", f"03-14 5 {GOOD}")

    assert stage(fast) == 5
    assert fast.rules()["L-6"] is HOLD
    assert stage(calm().staged(f"03-10 4 {GOOD}", f"03-12 5 {GOOD}", f"03-14 5 {GOOD}")) == 6
    late = fast.pain("03-17", "0 0 0")
    assert (stage(late, "03-18"), stage(late, "03-19")) == (5, 6)


def test_a_stage_up_waits_for_whatever_holds():
    told = calm().staged(f"03-10 3 {GOOD}", f"03-12 3 {GOOD}").unscreened()

    assert stage(told) == 3
    assert told.verdict() is HOLD
    assert ("L-6", "A-2") in [(s.rule, s.because) for s in told.decide().suppressed]


def test_a_stage_up_is_dropped_by_a_step_down_on_a_ladder():
    told = calm().staged(f"03-10 3 {GOOD}", f"03-12 3 {GOOD}").placed("back-extension superman 3x10 reps")
    eased = told.session("02-25 superman reps @10 10 10 10 0/0/0/0")

    assert stage(eased) == 3


def test_an_exercise_that_waits_does_not_stop_a_stage():
    told = calm().staged(f"03-10 3 {GOOD}", f"03-12 3 {GOOD}").placed("back-extension superman 3x8 reps")

    assert told.rules()["E-3"] is HOLD
    assert (stage(told), told.verdict()) == (4, PROGRESS)


def test_an_urgent_verdict_names_no_stage():
    assert stage(calm().staged(f"03-12 3 {GOOD}").screen("03-16", fever="yes")) is None


def test_the_last_stage_twice_good_ends_the_plan():
    told = STARTED.staged(f"03-10 7 {GOOD}", f"03-12 7 {GOOD}")

    assert stage(told) is None
    assert "L-6" not in told.rules()
    assert stage(STARTED.staged(f"03-10 6 {GOOD}", f"03-12 7 {GOOD}")) == 7
    long_after = told.pain("03-17", "0 " * 30).run("04-10 4000 m 0/0/0/0")
    assert stage(long_after, "04-15") is None


def test_a_plan_chosen_again_begins_anew():
    told = calm().staged(f"03-08 7 {GOOD}", f"03-10 7 {GOOD}")

    assert stage(told.chose_run_walk("03-11")) == 1
    assert stage(calm().staged(f"03-08 3 {GOOD}", f"03-10 3 {GOOD}").chose_run_walk("03-10")) == 3


def test_a_stage_long_ago_is_no_plan():
    told = calm().staged(f"02-14 3 {GOOD}").run("03-10 5000 m 0/0/0/0")

    assert stage(told) is None
    assert stage(calm().staged(f"02-15 3 {GOOD}").run("03-10 5000 m 0/0/0/0")) == 3
    assert stage(told.chose_run_walk("02-01")) == 1


def test_a_long_break_ends_the_stage():
    told = story().pain("02-10", "0").staged(f"02-11 7 {GOOD}", f"02-13 7 {GOOD}")

    assert "L-5" in told.rules()
    assert stage(told.walk("03-10 0/0/0/0").walk("03-12 0/0/0/0")) == 1


def test_a_new_account_has_no_stage_and_no_cap():
    assert stage(story().run("03-15 5000 m 0/0/0/0")) is None
    assert story().run("03-15 5000 m 0/0/0/0").decide().running.cap_m is None


def test_the_day_of_the_decision_is_not_the_day_of_the_plan():
    assert stage(STARTED, "02-28") is None
    assert day("03-01") == STARTED.facts().ahead.returning.chosen_on
