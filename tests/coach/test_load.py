"""Jumps of one run, the cap on the next, and when running stops."""

from __future__ import annotations

import pytest

from backpain.coach.decision import Verdict
from backpain.coach.loads import Jump, Loads
from tests.coach.stories import calm, day, planking, story


def runner(*metres: int, last: str = "0/0/0/0", base=None):
    """Runs of 4, 7, 10, 13 ... March, the last one with the given pain."""
    told = base or calm()
    for i, distance in enumerate(metres):
        pain = last if i == len(metres) - 1 else "0/0/0/0"
        told = told.run(f"03-{4 + 3 * i:02d} {distance} m {pain}")
    return told


def jogged(*minutes: float):
    """The same without distances."""
    told = calm()
    for i, duration in enumerate(minutes):
        told = told.run(f"03-{4 + 3 * i:02d} - m 0/0/0/0", duration_s=60.0 * duration)
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
    assert runner(8000, 8000, 8000, 8999).decide().running.warning == "info"
    assert runner(8000, 8000, 8000, 9000).decide().running.warning == "small"


@pytest.mark.parametrize(("metres", "fires"), [(13_001, True), (13_000, False)])
def test_a_moderate_jump_weighs_beside_a_sign_of_bone_stress(metres, fires):
    told = runner(10_000, 10_000, 10_000, metres).screen("03-16", one_sided_sacral="yes")

    assert ("R-8" in told.rules()) is fires


@pytest.mark.parametrize(("longest_on", "jumps"), [("02-11", False), ("02-10", True)])
def test_the_month_before_a_run_is_thirty_days(longest_on, jumps):
    told = runner(8000, 8000, 8000, 12_000, base=calm().run(f"{longest_on} 12000 m 0/0/0/0"))

    assert told.facts().loads.rose is jumps


def test_a_run_is_weighed_against_earlier_days_only():
    twice = runner(10_000, 10_000, 10_000, 11_000).run("03-13 12000 m 0/0/0/0")
    rough = runner(5000).run("03-13 10000 m 0/0/0/0").run("03-13 10001 m 0/0/0/0")

    assert twice.decide().running.warning == "small"
    assert rough.decide().running.warning == "info"


def test_a_jump_holds_for_seven_days():
    told = runner(8000, 8000, 8000, 12_000).pain("03-17", "0 0 0 0")

    assert "L-1" in told.rules("03-19")
    assert "L-1" not in told.rules("03-20")


def test_fewer_than_three_runs_give_information_at_most():
    assert runner(5000, 5000, 10_000).decide().running.warning == "none"
    assert runner(5000, 5000, 10_001).decide().running.warning == "info"
    assert "L-1" not in runner(5000, 5000, 10_001).rules()
    assert not runner(5000, 5000, 10_001).facts().loads.rose
    assert runner(5000).facts("03-05").loads.jump is None


def test_with_fewer_than_three_runs_in_the_month_the_longest_of_the_log_counts():
    told = runner(4000, 4000, 8001, base=calm().run("01-20 8000 m 0/0/0/0"))

    assert told.decide().running.warning == "none"
    assert runner(4000, 4000, 8001).decide().running.warning == "info"


def test_without_a_distance_the_duration_counts():
    told = jogged(30, 30, 30, 45)

    assert told.decide().running.warning == "moderate"
    assert told.decide().running.cap_m is None
    assert jogged(30, 30, 30, 36).decide().running.warning == "small"  # there is no floor for minutes
    assert jogged(30, 30, 30).run("03-13 9000 m 0/0/0/0").decide().running.warning == "none"


def test_a_walk_is_no_load():
    walk = runner(5000, 5000, 5000).run("03-14 20000 m 0/0/0/0", activity="walk")

    assert walk.decide().running.warning == "none"


def test_a_run_that_jumped_does_not_raise_the_longest_until_it_is_good():
    assert runner(8000, 8000, 8000, 12_000, last="0/3/0/0").facts().loads.longest_m == 8000
    assert runner(8000, 8000, 8000, 12_000).facts().loads.longest_m == 12_000
    assert runner(8000, 8000, 8000, 8800, last="0/3/0/0").facts().loads.longest_m == 8800


def test_the_load_as_it_stands():
    """The highest jump of the week counts, not the latest; the last good run with a distance, two grades."""
    told = runner(10_000, 10_000, 10_000, 12_000).run("03-14 15000 m 0/3/0/0").run("03-15 13300 m 0/6/0/0")

    assert told.run("03-16 - m 0/0/0/-").facts().loads == Loads(
        jump=Jump(on=day("03-14"), amount=15_000, longest=12_000, unit="m", level="small", rose=True),
        rose=True,
        longest_m=12_000,
        runs_logged=7,
        last_good_m=12_000,
        grades=("bad", "okay"),
    )
    assert story().facts().loads == Loads()


def test_in_assessed_chronic_mode_a_steady_run_is_the_last_good_one():
    """P-8 relaxes the grade; a run that rose still has to be GOOD without it (L-1p)."""
    steady = story().pain("01-20", "3 " * 56).screen("03-15")
    for on, metres in (("03-04", 8000), ("03-07", 8000), ("03-10", 8000), ("03-14", 9600)):
        steady = steady.run(f"{on} {metres} m 3/4/3/3")
    loads = steady.care("02-20", "assessed", "clears").facts().loads

    assert (loads.longest_m, loads.last_good_m, loads.grades) == (8000, 9600, ("good", "good"))
    assert (steady.facts().loads.last_good_m, steady.facts().loads.grades) == (None, ("okay", "okay"))


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


# L-7


def test_a_bad_run_makes_the_next_one_shorter_and_two_days_later():
    told = runner(9000, 8000, 7000).run("03-14 6000 m 0/6/0/0")
    values = {v.what: v.value for r in told.decide().reasons if r.rule == "L-7" for v in r.evidence.values}

    assert told.rules()["L-7"] is Verdict.REGRESS
    assert values == {"bad_run": "yes", "run_to_go_by": 7000}
    assert told.decide().running.cap_m == 5600


@pytest.mark.parametrize("pain", ["0/5/1/1", "0/0/0/0", "0/6/0/-"])
def test_only_a_bad_run_steps_the_running_down(pain):
    assert ("L-7" in runner(8000, 8000, 8000, last=pain).rules()) is (pain == "0/6/0/-")


def test_a_bad_run_takes_forty_eight_hours_off():
    told = runner(8000, 8000, 8000).run("03-14 6000 m 0/6/0/0").pain("03-14", "0 0 0")

    assert not told.decide("03-14").running.may_run
    assert not told.decide("03-15").running.may_run
    assert told.decide("03-16").running.may_run
    assert not told.under(run_off_hours=49).decide("03-16").running.may_run


def test_two_bad_runs_in_a_row_say_so():
    told = runner(8000, 8000).run("03-10 8000 m 0/6/0/0").run("03-13 6400 m 0/6/0/0")
    limits = {name for r in told.decide().reasons if r.rule == "L-7" for name, _ in r.evidence.limits}

    assert "cap_bad_again" in limits
    assert "L-7" not in told.run("03-15 4000 m 0/0/0/0").rules("03-16")


# L-2, L-3

WEEKS = ("02-20", "02-27", "03-06")  # one run in each of the three weeks before the last


def weekly(metres: int, *, before=WEEKS, usual: int = 5000, effort=5, minutes=30, last_effort=5, last_min=30):
    """A run a week, and the last one on 14 March."""
    told = calm()
    for on in before:
        told = told.run(f"{on} {usual} m 0/0/0/0", effort=effort, duration_s=60.0 * minutes)
    return told.run(f"03-14 {metres} m 0/0/0/0", effort=last_effort, duration_s=60.0 * last_min)


def test_a_week_with_clearly_more_running_is_told_and_rules_nothing():
    told = weekly(6501)

    assert "L-2" in told.tips()
    assert "L-2" not in told.rules()
    assert "L-2" not in weekly(6500).tips()


def test_a_week_lifts_no_warning_but_none():
    spread = calm()
    for on in ("02-20", "02-22", "02-27", "03-01", "03-06", "03-08", "03-11", "03-13", "03-15"):
        spread = spread.run(f"{on} 5000 m 0/0/0/0")

    assert spread.facts().loads.jump.level == "none"
    assert "L-2" in spread.tips()
    assert spread.decide().running.warning == "info"
    assert spread.verdict() is Verdict.HOLD
    assert weekly(9000).decide().running.warning == "moderate"


def test_a_week_without_a_run_counts_as_none_and_two_are_enough():
    assert "L-2" in weekly(4400, before=WEEKS[:2]).tips()  # the mean is 3333 m
    assert "L-2" not in weekly(4300, before=WEEKS[:2]).tips()
    assert "L-2" not in weekly(9000, before=WEEKS[:1]).tips()


def test_the_weeks_begin_and_end_with_days_not_calendar_weeks():
    assert weekly(5000).facts("03-20").ahead.weeks.amount == 5000
    assert weekly(5000).facts("03-21").ahead.weeks is None
    older = weekly(5000, before=("02-16", "02-27", "03-06"))
    assert older.facts("03-15").ahead.weeks.usual == 5000
    assert older.facts("03-16").ahead.weeks.usual == pytest.approx(10_000 / 3)


def test_a_run_without_a_distance_makes_minutes_count():
    told = weekly(5000).run("03-15 - m 0/0/0/0", duration_s=600.0)

    assert (told.facts().ahead.weeks.unit, told.facts().ahead.weeks.amount) == ("s", 2400)
    assert "L-2" in told.tips()
    assert told.run("03-13 - m 0/0/0/0").facts().ahead.weeks is None


def test_a_clearly_harder_week_is_told_where_it_is_hardly_longer():
    harder = weekly(5500, last_effort=8)  # 240 beside 150

    assert "L-3" in harder.tips()
    assert "L-3" not in harder.rules()
    assert "L-3" not in weekly(5501, last_effort=8).tips()
    assert "L-3" not in weekly(5500, last_effort=5, last_min=45).tips()  # one and a half times exactly
    assert "L-3" in weekly(5500, last_effort=5, last_min=46).tips()


def test_effort_that_was_not_logged_is_not_made_up():
    assert "L-3" not in weekly(5000, effort=None, last_effort=10).tips()
    assert "L-3" not in weekly(5000, minutes=0, last_effort=10).tips()


def test_walks_and_sessions_are_no_running_load():
    told = weekly(5000).walk("03-15 0/0/0/0", 300).session("03-15 superman reps @8 8 8 8 0/0/0/0", effort=10)

    assert told.facts().ahead.weeks == weekly(5000).facts().ahead.weeks


def test_no_tip_stands_beside_an_urgent_verdict():
    assert weekly(9000).screen("03-16", fever="yes").tips() == []
    assert "L-2" in weekly(9000).screen("03-16", periods_absent="yes").tips()


def test_missed_periods_and_too_little_food_let_no_load_rise():
    told = runner(8000, 8000, 8000, base=planking())
    lacking = told.screen("03-16", periods_absent="yes", low_energy_intake="yes")

    assert told.decide().running.cap_m == 8800
    assert lacking.rules()["R-8b"] is Verdict.PROFESSIONAL
    assert lacking.decide().running.cap_m == 8000
    assert not any(move.goes_up for move in lacking.decide().moves)


@pytest.mark.parametrize(("metres", "warning"), [(0.9, "none"), (1, "high")])
def test_a_distance_of_nothing_is_nothing_to_compare_with(metres, warning):
    assert runner(metres, metres, metres, 9000).decide().running.warning == warning
