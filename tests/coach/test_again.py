"""When each reason is looked at again."""

from __future__ import annotations

import datetime as dt

import pytest

from backpain.coach.decision import Verdict, decision_from
from tests.coach.stories import calm, day, planking, sore, story
from tests.coach.test_exercise import worked

TOMORROW = "03-17"


def again(told, rule: str, on: str | None = None):
    return next(reason.again_on for reason in told.decide(on).reasons if reason.rule == rule)


RUNS = calm().run("03-02 8000 m 0/0/0/0").run("03-05 8000 m 0/0/0/0").run("03-08 8000 m 0/0/0/0")
HIP, KNEE = frozenset({"hip-left"}), frozenset({"knee-left"})
SQUATS = worked("single-leg", "single-leg-deadlift", "reps", "3x10", sides=("left", "right"))


@pytest.mark.parametrize(
    ("told", "rule", "expected"),
    [
        (calm(), "A-3", TOMORROW),
        (planking(), "E-4", TOMORROW),
        (story(), "M-2", TOMORROW),
        (story(), "G-3", TOMORROW),
        (calm().run("03-15 5000 m 0/3/1/0"), "P-4", TOMORROW),
        (RUNS.run("03-15 12000 m 0/0/0/0"), "L-1", "03-22"),
        (RUNS.run("03-10 12000 m 0/0/0/0"), "L-1", "03-17"),
        (calm().skipped("03-05"), "W-2", "03-19"),
        (calm().skipped("03-05").skipped("03-10"), "W-2", "03-19"),
        (calm().skipped("03-05").skipped("03-10").skipped("03-12"), "W-2", "03-24"),
        (calm().pain("03-10", "1", sites=KNEE), "W-8", "03-24"),
        (calm().pain("03-05", "1", sites=HIP).pain("03-10", "1", sites=KNEE), "W-8", "03-24"),
        (story().rest("03-10", "03-12", 5, 4), "W-7", "03-27"),
        (calm().runner(pain_began_on=day("03-12")), "W-12", "03-20"),
        (calm().pain("03-15", "6"), "G-2", "03-18"),
        (calm().pain("03-12", "5 1 5 1 1"), "G-2", "03-19"),
        (RUNS.run("03-15 5000 m 0/6/0/0"), "L-7", "03-17"),
        (RUNS.run("03-12 5000 m 0/6/0/0"), "L-7", TOMORROW),
        (RUNS.run("03-16 5000 m 0/6/0/-"), "L-7", "03-18"),
        (SQUATS.run("03-10 3000 m 0/6/0/0").run("03-14 3000 m 0/0/0/0"), "E-16", "04-07"),
        (RUNS.staged("03-16 3 0/0/0/-"), "L-6", "03-18"),
        (sore(3, "03-08"), "W-1a", "03-23"),
        (sore(3, "03-01").pain("03-02", "6 6 6 6 6 6 6 6"), "W-1a", "03-29"),
    ],
)
def test_a_reason_is_looked_at_again(told, rule, expected):
    assert again(told, rule) == day(expected)


def test_bad_bouts_end_when_the_third_last_is_two_weeks_old():
    told = calm()
    for on in ("03-04", "03-08", "03-12"):
        told = told.run(f"{on} 5000 m 1/6/2/1")

    assert again(told, "W-9") == day("03-18")
    assert "W-9" in told.rules("03-17")
    assert "W-9" not in told.rules("03-18")


def test_two_bad_sessions_leave_the_exercise_off_for_three_days():
    told = worked("front-plank", "forearm-plank", "s", "3x40", pain="0/6/1/0")

    assert again(told, "E-6") == day("03-17")
    later = told.session("03-16 forearm-plank s @35 35 35 35 0/6/1/-")
    assert again(later, "E-6") == day("03-19")


def test_a_level_up_waits_a_week():
    told = worked("back-extension", "superman", "reps", "3x12")
    told = told.session("03-06 beetle reps @12 12 12 12 0/0/0/0", sides=("left", "right"))
    told = told.session("03-13 dead-bug reps @8 8 8 0/0/0/0", sides=("left", "right"))

    assert again(told, "X-1") == day("03-20")
    assert "X-1" not in told.pain("03-17", "0 0 0 0").rules("03-20")


@pytest.mark.parametrize(
    "told", [calm().screen("03-16", fever="yes"), calm().screen("03-16", saddle_numbness="yes")]
)
def test_what_only_a_visit_ends_has_no_day(told):
    urgent = [reason for reason in told.decide().reasons if reason.verdict >= Verdict.URGENT]

    assert urgent
    assert all(reason.again_on is None for reason in urgent)
    assert all(reason.again_on for reason in told.decide().reasons if reason.verdict < Verdict.URGENT)


def test_the_day_is_kept_with_the_decision():
    decision = RUNS.run("03-15 12000 m 0/0/0/0").decide()

    assert decision_from(decision.as_data()) == decision
    assert "2026-03-22" in {reason.get("again_on") for reason in decision.as_data()["reasons"]}


def test_a_day_is_never_today_or_past():
    told = RUNS.run("03-10 12000 m 0/0/0/0").skipped("03-05")
    for back in range(10):
        on = day("03-25") - dt.timedelta(days=back)
        assert all(r.again_on > on for r in told.decide(on.isoformat()).reasons if r.verdict < Verdict.URGENT)
