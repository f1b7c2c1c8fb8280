"""Jumps of one run, the cap on the next, and when running stops."""

from __future__ import annotations

import pytest

from backpain.coach.decision import Verdict
from tests.coach.stories import calm, day, planking, story


def runner(*metres: int, last: str = "0/0/0/0", base=None):
    """Runs of 4, 7, 10, 13 ... March, the last one with the given pain."""
    told = base or calm()
    for i, distance in enumerate(metres):
        pain = last if i == len(metres) - 1 else "0/0/0/0"
        told = told.run(f"03-{4 + 3 * i:02d} {distance} m {pain}")
    return told


@pytest.mark.parametrize(
    ("metres", "warning", "holds"),
    [
        (11_000, "none", False),
        (11_001, "small", False),
        (13_000, "small", False),
        (13_001, "moderate", True),
        (20_000, "moderate", True),
        (20_001, "high", True),
    ],
)
def test_a_run_is_weighed_against_the_longest_of_its_month(metres, warning, holds):
    told = runner(10_000, 10_000, 10_000, metres)

    assert told.decide().running.warning == warning
    assert ("L-1" in told.rules()) is holds


def test_less_than_a_kilometre_more_is_information_only():
    assert runner(3000, 3000, 3000, 3900).decide().running.warning == "info"
    assert runner(3000, 3000, 3000, 3901).decide().running.warning == "moderate"


def test_a_jump_holds_for_seven_days():
    told = runner(8000, 8000, 8000, 12_000).pain("03-17", "0 0 0 0")

    assert "L-1" in told.rules("03-19")
    assert "L-1" not in told.rules("03-20")


def test_fewer_than_three_runs_give_information_at_most():
    assert runner(5000, 5000, 10_000).decide().running.warning == "none"
    assert runner(5000, 5000, 10_001).decide().running.warning == "info"
    assert "L-1" not in runner(5000, 5000, 10_001).rules()


def test_without_a_distance_the_duration_counts():
    told = calm()
    for on, minutes in (("03-04", 30), ("03-07", 30), ("03-10", 30), ("03-13", 45)):
        told = told.run(f"{on} - m 0/0/0/0", duration_s=60.0 * minutes)

    assert told.decide().running.warning == "moderate"
    assert told.decide().running.cap_m is None


def test_a_walk_is_no_load():
    walk = runner(5000, 5000, 5000).run("03-14 20000 m 0/0/0/0", activity="walk")

    assert walk.decide().running.warning == "none"


def test_a_run_that_jumped_does_not_raise_the_longest_until_it_is_good():
    assert runner(8000, 8000, 8000, 12_000, last="0/3/0/0").facts().loads.longest_m == 8000
    assert runner(8000, 8000, 8000, 12_000).facts().loads.longest_m == 12_000


@pytest.mark.parametrize(
    ("last", "cap"),
    [("0/0/0/0", 8800), ("0/3/0/0", 8000), ("0/6/0/0", 6400), ("0/0/0/-", 8000)],
)
def test_the_cap_follows_the_grade_of_the_last_run(last, cap):
    assert runner(8000, 8000, 8000, 8000, last=last).decide().running.cap_m == cap


def test_a_second_bad_run_lowers_the_cap_again():
    told = runner(8000, 8000).run("03-10 8000 m 0/6/0/0").run("03-13 6400 m 0/6/0/0")

    assert told.decide().running.cap_m == 4800


def test_there_is_no_cap_before_three_runs():
    assert runner(8000, 8000).decide().running.cap_m is None


def test_the_cap_does_not_grow_while_anything_holds():
    assert runner(8000, 8000, 8000).decide().running.cap_m == 8800
    assert runner(8000, 8000, 8000).unscreened().decide().running.cap_m == 8000


def test_a_level_up_keeps_the_cap_for_a_week():
    up = runner(8000, 8000, 8000).session("03-08 beetle reps @12 12 12 12 0/0/0/0")
    up = up.session("03-13 dead-bug reps @8 8 8 8 0/0/0/0")

    assert up.facts().level_up_on == day("03-13")
    assert up.decide().running.cap_m == 8000


def test_the_longest_run_looks_thirty_days_back():
    old = story().run("02-15 9000 m 0/0/0/0").run("03-01 5000 m 0/0/0/0").run("03-08 5000 m 0/0/0/0")

    assert old.facts("03-16").loads.longest_m == 9000
    assert old.facts("03-17").loads.longest_m == 5000


def test_a_small_jump_blocks_a_level_up_and_no_step():
    small = runner(10_000, 10_000, 10_000, 12_000, base=planking())

    assert small.verdict() is Verdict.PROGRESS
    capped = runner(10_000, 10_000, 10_000, 12_000, base=calm()).placed("anti-extension beetle 3x12 reps")
    for on in ("03-11", "03-14"):
        capped = capped.session(f"{on} beetle reps @12 12 12 12 0/0/0/0", sides=("left", "right"))
    assert capped.rules()["X-1"] is Verdict.HOLD
    assert capped.decide().moves == ()


@pytest.mark.parametrize(
    ("last", "cap"), [("03-09", 8800), ("03-08", 7200), ("03-02", 7200), ("03-01", 5600)]
)
def test_the_longer_without_a_run_the_shorter_the_next(last, cap):
    told = calm().run("02-20 8000 m 0/0/0/0").run("02-21 8000 m 0/0/0/0").run(f"{last} 8000 m 0/0/0/0")

    assert told.decide().running.cap_m == cap


def test_a_run_as_long_as_the_cap_is_no_jump():
    told = runner(8847, 8000, 8000)  # 1.10 x 8847 = 9731.7

    assert told.decide().running.cap_m == 9731
    assert told.run("03-14 9731 m 0/0/0/0").decide().running.warning == "none"
