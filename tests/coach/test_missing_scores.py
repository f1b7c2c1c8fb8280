"""A run without pain scores, as imports bring them, is not known: it is no quiet run, and its load counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backpain.coach.bouts import Bout, Grade, grade
from backpain.coach.decision import Verdict
from backpain.coach.history import NO_PAIN_RECORDED, Run
from backpain.coach.thresholds import SHIPPED
from tests.coach.histories import ago, before, brinks, histories, local
from tests.coach.stories import calm, day, planking, sore, story
from tests.coach.test_properties import advise

NONE = "-/-/-/-"
GOOD, BAD = "0/1/1/0", "0/7/2/1"
HOLD, REGRESS, PROFESSIONAL, PROGRESS = Verdict.HOLD, Verdict.REGRESS, Verdict.PROFESSIONAL, Verdict.PROGRESS


def unscored(*texts: str, base=None):
    """ "03-04 8000": runs without any score, the day and the metres."""
    told = base or calm()
    for text in texts:
        told = told.run(f"{text} m {NONE}")
    return told


# It is never graded, so nothing is earned by it


@pytest.mark.parametrize("pain", [NONE, "0/-/0/0", "-/0/0/0", "0/0/0/-", "-/-/0/-"])
def test_m3_a_newest_run_that_is_not_known_holds_every_step_up(pain):
    assert planking().verdict() is PROGRESS
    assert planking().run(f"03-14 5000 m {GOOD}").verdict() is PROGRESS
    assert planking().run(f"03-14 5000 m {pain}").verdict() is HOLD
    assert planking().run(f"03-14 5000 m {pain}").rules()["M-3"] is HOLD
    assert planking().run(f"03-14 5000 m {pain}").move() is None


@pytest.mark.parametrize("chronic", [False, True])
def test_p4_without_before_during_or_morning_there_is_no_grade(chronic):
    known = {"before": 0, "during": 0, "next_morning": 0}
    for name in known:
        bout = Bout(on=day("03-14"), is_run=True, **(known | {name: None}))
        assert grade(bout, SHIPPED, chronic=chronic) is Grade.UNKNOWN


def test_p4_what_is_known_of_it_still_warns():
    assert unscored().run("03-14 5000 m -/-/6/-").rules()["P-4"] is REGRESS
    assert unscored().run("03-14 5000 m -/-/-/6").rules()["P-4"] is REGRESS
    assert "P-4" not in unscored("03-14 5000").rules()


def test_p4_and_l7_a_bad_run_stays_the_last_graded_one():
    told = calm().run(f"03-11 5000 m {BAD}")

    assert told.rules().keys() >= {"P-4", "L-7"}
    assert unscored("03-13 5000", "03-15 5000", base=told).rules().keys() >= {"P-4", "L-7", "M-3"}


def test_l7_two_bad_runs_are_in_a_row_over_one_that_is_not_known():
    told = unscored("03-10 5000", base=calm().run(f"03-08 5000 m {BAD}")).run(f"03-12 5000 m {BAD}")

    assert told.facts().loads.is_bad_again


def test_w9_only_bad_bouts_are_counted():
    bad = [f"03-{on:02d} 5000 m {BAD}" for on in (4, 7, 10)]
    told = calm().run(bad[0]).run(bad[1])

    assert "W-9" not in unscored("03-08 5000", "03-10 5000", "03-12 5000", base=told).rules()
    assert "W-9" in unscored("03-08 5000", "03-12 5000", base=told).run(bad[2]).rules()


def test_p5_and_w2_its_signs_count_without_a_score():
    assert calm().run(f"03-14 5000 m {NONE} stopped").rules().keys() >= {"P-5", "W-2"}


def test_p9_what_is_not_known_of_one_run_hides_no_pain_before_another():
    told = calm().run("03-16 5000 m 6/-/-/-")

    assert not told.decide().running.may_run
    assert not unscored("03-16 3000", base=told).decide().running.may_run


def test_r9_running_that_hurt_a_young_back_stays_off_after_a_run_that_is_not_known():
    young = sore(3, "03-08").runner(birth_year=2008).screen("03-16", lean_back_pain="yes")
    hurt = young.run("03-12 5000 m 3/5/3/3")

    assert not hurt.decide().running.may_run
    assert not unscored("03-15 5000", base=hurt).decide().running.may_run
    assert unscored("03-15 5000", base=young).decide().running.may_run
    assert hurt.run("03-15 5000 m 2/2/2/2").decide().running.may_run


# Nothing that waits for good runs is over


def test_w5_the_way_back_from_gentle_days_waits_for_a_good_run():
    told = unscored("03-04 8000", "03-06 8000", "03-08 8000").gentle("03-10", "03-13")

    assert told.run(f"03-14 6000 m {NONE}").decide().running.cap_m == 6400
    assert told.run(f"03-14 6000 m {GOOD}").decide().running.cap_m == 8800


def test_l6_a_stage_goes_up_after_good_runs_only():
    started = calm().chose_run_walk("03-01")

    assert started.staged(f"03-10 3 {GOOD}", f"03-12 3 {GOOD}").decide().running.stage == 4
    assert started.staged(f"03-10 3 {GOOD}", f"03-12 3 {NONE}").decide().running.stage == 3
    assert started.staged(f"03-10 3 {NONE}", f"03-12 3 {GOOD}").decide().running.stage == 3


def test_l6_the_last_stage_is_not_finished_without_good_runs():
    started = calm().chose_run_walk("03-01")

    assert started.staged(f"03-10 7 {GOOD}", f"03-12 7 {GOOD}").decide().running.stage is None
    assert started.staged(f"03-10 7 {NONE}", f"03-12 7 {NONE}").decide().running.stage == 7


def test_l5_a_walk_that_is_not_known_did_not_go_well():
    told = calm().run(f"01-20 5000 m {GOOD}").pain("01-20", "0")

    assert told.walk("03-10 0/0/0/0").walk("03-12 0/0/0/0").decide().running.may_run
    assert not told.walk("03-10 0/0/0/0").walk(f"03-12 {NONE}").decide().running.may_run


def test_l1p_the_next_run_may_be_no_longer_after_one_that_is_not_known():
    told = unscored("03-04 8000", "03-07 8000", "03-10 8000")

    assert told.decide().running.cap_m == 8000
    assert told.run(f"03-12 8000 m {GOOD}").decide().running.cap_m == 8800


def test_l1p_a_run_that_rose_raises_no_limit_until_it_is_good():
    told = unscored("03-04 8000", "03-07 8000", "03-10 8000")

    assert unscored("03-13 12000", base=told).facts().loads.longest_m == 8000
    assert told.run(f"03-13 12000 m {GOOD}").facts().loads.longest_m == 12_000


# It is no reading


def test_m1_and_m2_it_is_no_daily_value():
    told = unscored(*(f"03-{on:02d} 5000" for on in range(3, 17)), base=story().screen("03-15"))

    assert told.facts().readings == ()
    assert told.rules().keys() >= {"M-2", "M-3"}


def test_it_neither_ends_an_episode_nor_thins_out_its_pain_days():
    told = story().pain("02-01", "4 " * 16).screen("03-15")
    later = unscored(*(f"03-{on:02d} 5000" for on in range(1, 17)), base=told)

    assert later.facts().onset == told.facts().onset == day("02-01")
    assert later.facts().recovered_on is None
    assert "M-5" in told.rules()
    assert "M-5" in later.rules()


@pytest.mark.parametrize("rule", ["W-1b", "W-1d", "G-1"])
def test_pain_that_lasts_is_not_diluted_by_it(rule):
    told = sore(4, "02-15")

    assert rule in told.rules()
    assert rule in unscored(*(f"03-{on:02d} 5000" for on in range(1, 17)), base=told).rules()


# Its load counts


def test_l1_a_run_is_weighed_against_runs_that_are_not_known():
    told = unscored("03-04 10000", "03-07 10000", "03-10 10000")

    assert told.run(f"03-13 13001 m {GOOD}").rules()["L-1"] is HOLD
    assert told.run(f"03-13 11000 m {GOOD}").decide().running.warning == "none"


def test_l1_it_is_weighed_itself_and_counts_for_r8():
    told = unscored("03-04 10000", "03-07 10000", "03-10 10000", "03-13 13001")

    assert told.rules()["L-1"] is HOLD
    assert "R-8" in told.screen("03-16", one_sided_sacral="yes").rules()


def test_l2_and_l3_its_distance_and_effort_are_in_the_weeks():
    told = calm()
    for on, metres in (("02-18", 5000), ("02-25", 5000), ("03-04", 5000), ("03-11", 5000), ("03-13", 5000)):
        told = told.run(f"{on} {metres} m {NONE}")

    assert "L-2" in told.tips()


def test_l5_and_l8_the_days_since_the_last_run_end_with_it():
    told = calm().pain("01-20", "0")
    for on in ("01-20", "01-23", "01-26"):
        told = told.run(f"{on} 8000 m {GOOD}")

    assert "L-5" in told.rules()
    assert "L-5" not in unscored("03-10 8000", base=told).rules()
    assert unscored("03-05 8000", base=told).decide().running.cap_m == 7200


# Any history


@given(brinks() | histories, ago)
@settings(max_examples=40)
def test_with_every_score_of_its_runs_taken_out_no_history_progresses(history, days):
    """Walks keep theirs: a walk is no run (contract) and holds nothing, and its scores are readings."""
    runs = (Run(started_at=local(history.runner, before(days), 18), distance_m=10.0), *history.runs)
    bare = (run if run.activity == "walk" else replace(run, pain=NO_PAIN_RECORDED) for run in runs)

    assert advise(replace(history, runs=tuple(bare))).verdict is not PROGRESS


@given(histories, st.lists(st.tuples(ago, st.none() | st.integers(1, 7)), min_size=1, max_size=4))
@settings(max_examples=30)
def test_a_few_more_short_runs_without_scores_are_never_less_cautious(history, more):
    """Late on their day: of a day's bouts only the first one's pain before it can be its daily value (M-1)."""
    added = [
        Run(started_at=local(history.runner, before(days), 23, 59), distance_m=10.0, stage=stage)
        for days, stage in more
    ]

    assert advise(replace(history, runs=(*history.runs, *added))).verdict >= advise(history).verdict
