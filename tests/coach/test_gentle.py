"""Gentle days, and the way back from a flare (W-5)."""

from __future__ import annotations

import pytest

from backpain.coach.decision import Verdict
from tests.coach.stories import calm, day, planking, story

HOLD, REGRESS, PROGRESS = Verdict.HOLD, Verdict.REGRESS, Verdict.PROGRESS
RUNS = planking()
for _on in ("03-04", "03-07", "03-10"):
    RUNS = RUNS.run(f"{_on} 8000 m 0/0/0/0")
USUAL = story().pain("2026-01-20", "1 " * 56).screen("03-15")


def cap(told, on: str | None = None):
    return told.decide(on).running.cap_m


def test_gentle_days_hold_everything_and_shorten_the_next_run():
    gentle = RUNS.gentle("03-16")

    assert (RUNS.verdict(), cap(RUNS)) == (PROGRESS, 8800)
    assert gentle.rules()["W-5"] is HOLD
    assert (gentle.verdict(), cap(gentle)) == (HOLD, 6400)
    assert gentle.decide().moves == ()


def test_gentle_days_end_on_the_day_they_are_ended():
    assert "W-5" not in RUNS.gentle("03-12", "03-16").rules()
    assert "W-5" in RUNS.gentle("03-12", "03-17").rules()
    assert "W-5" not in RUNS.gentle("03-17").rules()


def test_after_gentle_days_the_cap_stays_until_a_good_run():
    ended = RUNS.gentle("03-12", "03-14")

    assert (ended.verdict(), cap(ended)) == (PROGRESS, 6400)
    assert cap(ended.run("03-14 4000 m 0/0/0/0")) == 3200  # no later than the gentle days
    assert cap(ended.run("03-15 4000 m 0/3/0/0")) == 6400
    assert cap(ended.run("03-15 4000 m 0/0/0/0")) == 8800


def test_in_assessed_chronic_mode_a_steady_run_is_a_good_one():
    steady = story().pain("01-20", "3 " * 56).screen("03-15").gentle("03-12", "03-13")
    for on in ("03-04", "03-07", "03-10", "03-14"):
        steady = steady.run(f"{on} 8000 m 3/4/3/3")
    chronic = steady.care("02-20", "assessed", "clears")

    assert steady.facts().ahead.gentle.easing_since == day("03-13")
    assert chronic.facts().ahead.gentle.easing_since is None


def test_the_way_back_is_a_month_at_most():
    told = RUNS.gentle("02-10", "02-14").pain("02-10", "1 " * 21)

    assert cap(told) == 8800  # good runs since
    bad = story().pain("02-10", "1 " * 35).gentle("02-10", "02-13")
    for on in ("03-04", "03-07", "03-10"):
        bad = bad.run(f"{on} 8000 m 0/3/0/0")
    assert cap(bad, "03-15") == 6400
    assert cap(bad, "03-16") == 8000


def test_the_cap_is_a_share_of_the_shorter_of_the_last_good_run_and_the_longest():
    told = RUNS.run("03-13 5000 m 0/0/0/0").gentle("03-15")

    assert cap(told) == 4000


def test_a_flare_caps_the_next_run_until_one_went_well():
    told = USUAL.pain("03-10", "4 4 4 2 1 1 1")
    for on in ("03-01", "03-04", "03-07"):
        told = told.run(f"{on} 8000 m 1/1/1/1")

    assert told.rules("03-12")["W-5"] is REGRESS
    assert "W-5" not in told.rules("03-16")
    assert cap(told) == 6400
    assert cap(told.run("03-14 5000 m 1/1/1/1")) == 8000
    assert cap(told.run("03-11 5000 m 1/1/1/1")) == 4000


@pytest.mark.parametrize(("ran_on", "to"), [("03-11", 6400), ("03-12", 8800)])
def test_a_good_run_in_the_middle_of_a_flare_does_not_end_its_ramp(ran_on, to):
    told = USUAL.pain("03-08", "4 4 4 4 2 1 1 1 1")
    for on in ("03-01", "03-04", "03-07"):
        told = told.run(f"{on} 8000 m 1/1/1/1")

    assert cap(told.run(f"{ran_on} 8000 m 1/1/1/1")) == to


@pytest.mark.parametrize(("on", "holds"), [("03-16", True), ("03-13", True), ("03-12", False)])
def test_a_flare_by_the_runners_word_holds_while_the_check_in_is_fresh(on, holds):
    told = calm().pain("03-13", ". . . .").pain(on, "2", flare=True)

    assert ("W-5" in told.rules()) is holds


def test_a_later_check_in_takes_the_word_back():
    told = RUNS.pain("03-14", "1", flare=True)

    assert "W-5" in told.pain("03-15", ". .").rules()
    assert "W-5" not in told.rules()
    assert cap(told) == 6400


def test_readings_that_make_a_flare_ease_beside_gentle_days():
    told = USUAL.pain("03-14", "4 4 4").gentle("03-14")

    assert told.rules()["W-5"] is REGRESS


def test_gentle_days_are_dated():
    (reason,) = (r for r in calm().gentle("03-12").decide().reasons if r.rule == "W-5")

    assert [(v.what, v.on) for v in reason.evidence.values] == [("gentle_since", day("03-12"))]


def test_of_two_check_ins_on_a_day_one_word_is_enough():
    quiet, said = calm().pain("03-16", "2").history, calm().pain("03-16", "2", flare=True).history
    both = (*quiet.check_ins, said.check_ins[-1])

    assert "W-5" in calm()._with(check_ins=both).rules()
    assert "W-5" in calm()._with(check_ins=both[::-1]).rules()
