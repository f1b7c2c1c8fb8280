"""H-1 to H-4: tips about habits, each at its limit and next to it. They never change a verdict."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from backpain.coach.decide import decide
from backpain.coach.decision import Verdict
from backpain.coach.facts import Derivation, Span, facts_from, facts_from_data
from backpain.coach.habits import HARD, Habits, Pause, Worn
from backpain.coach.history import as_data, history_from
from backpain.coach.rules import TIPS
from backpain.coach.thresholds import SHIPPED
from tests.coach.conftest import CATALOGUE
from tests.coach.stories import calm, day, planking, sore

MONDAY = day("03-16")
HABITS = ["H-1", "H-2", "H-3", "H-4"]


def ago(days: int) -> str:
    return (MONDAY - dt.timedelta(days=days)).isoformat()


def running(told, *surfaces: str | None, first: int = 2, apart: int = 3, **more):
    """A run on each of these surfaces, the newest `first` days ago."""
    for place, surface in enumerate(surfaces):
        told = told.run(f"{ago(first + apart * place)} 5000 m 0/0/0/0", surface=surface, **more)
    return told


def shod(*kilometres: float, shoe: str = "Blue", since: int = 2, apart: int = 1):
    """Runs in a shoe, the newest `since` days ago."""
    told = calm()
    for place, km in enumerate(kilometres):
        told = told.run(f"{ago(since + apart * place)} {1000 * km:.0f} m 0/0/0/0", shoe=shoe)
    return told


def paused(days: int | None, *, placed: int = 60, exercise: str = "forearm-plank", unit: str = "s"):
    """A plan begun `placed` days ago, trained last so many days ago."""
    told = calm().placed("front-plank forearm-plank 3x25 s", since=ago(placed))
    if days is None:
        return told
    return told.session(f"{ago(days)} {exercise} {unit} @25 25 25 25 0/0/0/0")


def sitting(*days: int):
    told = calm()
    for days_ago in days:
        told = told.pain(ago(days_ago), "0", sat_long=True)
    return told


def shown(told, rule):
    """Return the values of a tip, as "what value unit day"."""
    (tip,) = (tip for tip in told.decide().tips if tip.rule == rule)
    return [
        (value.what, value.value, value.unit, value.on and value.on.isoformat()[5:])
        for value in tip.evidence.values
    ]


def limits(told, rule):
    return dict(next(tip for tip in told.decide().tips if tip.rule == rule).evidence.limits)


# H-1: only hard surfaces


def test_four_runs_on_the_road_in_four_weeks_bring_the_tip():
    told = running(calm(), *["road"] * 4)

    assert "H-1" in told.tips()
    assert shown(told, "H-1") == [("runs_lately", 4, "", None), ("runs_hard", 4, "", None)]
    assert limits(told, "H-1") == {"surface_days": 28, "surface_runs": 4, "surface_share": 0.8}


def test_three_runs_say_too_little():
    assert "H-1" not in running(calm(), *["road"] * 3).tips()
    assert "H-1" in running(calm(), *["road"] * 3).under(surface_runs=3).tips()


@pytest.mark.parametrize("surface", ["trail", "track", "treadmill", "mixed"])
def test_one_run_on_other_ground_ends_it(surface):
    assert "H-1" not in running(calm(), "road", "road", surface, "road", "road").tips()


def test_only_the_road_is_hard():
    assert {"road"} == HARD


@pytest.mark.parametrize(
    ("named", "unnamed", "fires"), [(4, 1, True), (3, 1, False), (8, 2, True), (7, 2, False), (7, 3, False)]
)
def test_eight_of_ten_runs_have_to_name_a_surface(named, unnamed, fires):
    told = running(calm(), *["road"] * named, *[None] * unnamed, apart=2)

    assert ("H-1" in told.tips()) is fires


def test_runs_without_any_surface_say_nothing():
    assert "H-1" not in running(calm(), *[None] * 6).tips()


def test_a_share_is_counted_in_runs_and_not_in_the_error_of_a_computer():
    told = running(calm(), *["road"] * 14, *[None] * 11, first=1, apart=1).under(surface_share=0.56)

    assert 0.56 * 25 > 14
    assert "H-1" in told.tips()


def test_looks_at_28_days():
    at_the_edge = running(calm(), *["road"] * 4, first=24, apart=1)
    over_it = running(calm(), *["road"] * 4, first=25, apart=1)

    assert "H-1" in at_the_edge.tips()  # the earliest is 27 days ago
    assert "H-1" not in over_it.tips()
    assert "H-1" not in at_the_edge.under(surface_days=27).tips()


def test_an_older_run_on_other_ground_no_longer_counts():
    assert "H-1" in running(calm(), *["road"] * 4).run(f"{ago(28)} 5000 m 0/0/0/0", surface="trail").tips()
    assert (
        "H-1" not in running(calm(), *["road"] * 4).run(f"{ago(27)} 5000 m 0/0/0/0", surface="trail").tips()
    )


def test_walks_are_no_runs():
    told = running(calm(), *["road"] * 3)
    for days in (4, 6):
        told = told.run(f"{ago(days)} 3000 m 0/0/0/0", activity="walk", surface="road")

    assert "H-1" not in told.tips()


def test_a_run_to_come_is_not_looked_at():
    told = running(calm(), *["road"] * 4).run("03-20 5000 m 0/0/0/0", surface="trail")

    assert "H-1" in told.tips()


# H-2: a shoe that has gone far


def test_a_shoe_over_700_km_brings_the_tip():
    told = shod(*[30] * 23, 10.1)

    assert shown(told, "H-2") == [("shoe", "Blue", "", "03-14"), ("shoe_distance", 700_100, "m", "03-14")]
    assert limits(told, "H-2") == {"shoe_km": 700}


def test_700_km_to_the_metre_are_not_over_it():
    assert "H-2" not in shod(*[30] * 23, 10).tips()
    assert "H-2" in shod(*[30] * 23, 10.001).tips()
    assert "H-2" in shod(*[30] * 23, 10).under(shoe_km=699).tips()


def test_counts_each_shoe_on_its_own_and_names_the_farthest_first():
    told = shod(*[60] * 12)
    for place in range(13):
        told = told.run(f"{ago(20 + place)} 60000 m 0/0/0/0", shoe="Red")
    told = told.run(f"{ago(1)} 60000 m 0/0/0/0", shoe="Green")

    assert [(what, value) for what, value, *_ in shown(told, "H-2")] == [
        ("shoe", "Red"),
        ("shoe_distance", 780_000),
        ("shoe", "Blue"),
        ("shoe_distance", 720_000),
    ]


def test_two_shoes_as_far_come_by_name():
    told = shod(*[60] * 12, shoe="Red")
    for run in shod(*[60] * 12, shoe="Blue").history.runs:
        told = told._with(runs=(*told.history.runs, run))

    assert [value for what, value, *_ in shown(told, "H-2") if what == "shoe"] == ["Blue", "Red"]


def test_a_shoe_not_worn_for_four_weeks_is_put_away():
    assert "H-2" in shod(*[60] * 12, since=27).tips()
    assert "H-2" not in shod(*[60] * 12, since=28).tips()


def test_a_run_without_a_distance_adds_nothing_and_is_no_hindrance():
    told = shod(*[60] * 12).run(f"{ago(1)} - m 0/0/0/0", shoe="Blue")

    assert shown(told, "H-2") == [("shoe", "Blue", "", "03-15"), ("shoe_distance", 720_000, "m", "03-15")]


def test_a_shoe_of_unknown_distance_says_nothing():
    told = calm().run(f"{ago(1)} - m 0/0/0/0", shoe="Blue").run(f"{ago(2)} 60000 m 0/0/0/0")

    assert told.facts().ahead.habits.worn == ()


def test_a_walk_in_a_shoe_is_not_counted():
    told = shod(*[30] * 23, 10).run(f"{ago(1)} 20000 m 0/0/0/0", shoe="Blue", activity="walk")

    assert "H-2" not in told.tips()


def test_counts_what_the_coach_looks_at():
    """Some thirteen months: what is older is gone, so a shoe has gone at least so far."""
    told = shod(*[60] * 12).run("2024-12-31 90000 m 0/0/0/0", shoe="Blue")

    assert shown(told, "H-2")[1][1] == 720_000


def test_day_after_day_comes_out_like_each_day_alone():
    told = shod(*[50] * 20, apart=2).run(f"{ago(0)} 9000 m 0/0/0/0", shoe="Blue")
    days = [MONDAY - dt.timedelta(days=days) for days in range(12, -1, -1)]
    alone = [facts_from(told.history, on, catalogue=CATALOGUE).ahead.habits for on in days]
    span = Span.of(MONDAY, last_day=None)

    derivation = Derivation(told.history, span, days[0], catalogue=CATALOGUE, thresholds=SHIPPED)

    assert [derivation.facts(on).ahead.habits for on in days] == alone
    assert len({habits.worn for habits in alone}) > 6


# H-3: no strength work


@pytest.mark.parametrize(("days", "fires"), [(9, False), (10, True), (40, True)])
def test_ten_days_without_strength_work_bring_the_tip(days, fires):
    assert ("H-3" in paused(days).tips()) is fires


def test_says_when_the_last_strength_work_was():
    assert shown(paused(12), "H-3") == [("last_strength", 12, "days", "03-04")]
    assert limits(paused(12), "H-3") == {"pause_days": 10}


@pytest.mark.parametrize(("placed", "fires"), [(9, False), (10, True)])
def test_a_plan_never_trained_counts_from_its_first_day(placed, fires):
    assert ("H-3" in paused(None, placed=placed).tips()) is fires


def test_says_how_long_a_plan_waits():
    assert shown(paused(None, placed=14), "H-3") == [("pause_days", 14, "days", None)]


def test_strength_work_before_the_plan_is_no_pause_of_it():
    told = paused(30, placed=11)

    assert shown(told, "H-3") == [("pause_days", 11, "days", None)]
    assert "H-3" not in paused(30, placed=9).tips()


def test_a_plan_counts_from_the_first_placement():
    told = paused(12, placed=60).placed("bridge glute-bridge 3x10 reps", since=ago(3))

    assert "H-3" in told.tips()


def test_without_a_plan_there_is_no_tip():
    assert "H-3" not in calm().session(f"{ago(20)} forearm-plank s @25 25 25 25 0/0/0/0").tips()
    assert "H-3" not in calm().tips()


def test_a_placement_without_a_day_does_not_say_how_long():
    told = calm().placed("front-plank forearm-plank 3x25 s")

    assert "H-3" not in told.tips()


def test_mobility_is_no_strength_work():
    told = paused(12).session(f"{ago(2)} cat-cow rounds @- 8 0/0/0/0")

    assert "H-3" in told.tips()
    assert "H-3" not in paused(12).session(f"{ago(2)} glute-bridge reps @10 10 0/0/0/0").tips()


def test_a_pause_is_never_longer_than_sets_are_kept():
    assert paused(200, placed=300).facts().ahead.habits.pause == Pause(days=69)


def test_is_silent_beside_more_than_easing_back():
    eased = paused(12).run("03-15 5000 m 0/6/1/1")
    called = paused(12).screen("03-16", periods_absent="yes")

    assert (eased.verdict(), "H-3" in eased.tips()) == (Verdict.REGRESS, True)
    assert (called.verdict(), "H-3" in called.tips()) == (Verdict.PROFESSIONAL, False)


# H-4: much sitting


@pytest.mark.parametrize(
    ("days", "fires"), [((0, 2, 6), True), ((0, 2, 7), False), ((1, 2), False), ((0, 1, 2, 3), True)]
)
def test_three_ticked_days_of_seven_bring_the_tip(days, fires):
    assert ("H-4" in sitting(*days).tips()) is fires


def test_shows_each_ticked_day():
    assert shown(sitting(5, 1, 3), "H-4") == [
        ("sat_long", "yes", "", "03-11"),
        ("sat_long", "yes", "", "03-13"),
        ("sat_long", "yes", "", "03-15"),
    ]
    assert limits(sitting(5, 1, 3), "H-4") == {"sitting_days": 3, "sitting_window": 7}


def test_a_ruleset_can_look_at_more_days_or_ask_for_more():
    assert "H-4" in sitting(0, 2, 7).under(sitting_window=8).tips()
    assert "H-4" not in sitting(0, 2, 6).under(sitting_days=4).tips()


def test_a_day_ticked_twice_is_one_day():
    told = sitting(1, 3)
    twice = replace(told.history.check_ins[-1], score=1)

    assert "H-4" not in told._with(check_ins=(*told.history.check_ins, twice)).tips()


def test_a_check_in_without_the_tick_says_nothing():
    assert calm().facts().ahead.habits.sat_on == ()
    assert "H-4" not in calm().pain(ago(6), "0 0 0 0 0 0 0", sat_long=False).tips()


def test_the_tick_is_no_part_of_a_history_file():
    told = sitting(0, 1, 2).history

    assert history_from(as_data(told)) == replace(
        told, check_ins=tuple(replace(one, sat_long=None) for one in told.check_ins)
    )


# All of them


EVERYTHING = {
    "H-1": running(calm(), *["road"] * 5),
    "H-2": shod(*[60] * 12),
    "H-3": paused(12),
    "H-4": sitting(0, 1, 2),
}


def test_each_has_a_story():
    assert [tip.id for tip in TIPS if tip.id.startswith("H-")] == ["H-3", "H-1", "H-2", "H-4"]
    assert list(EVERYTHING) == HABITS


@pytest.mark.parametrize("rule", HABITS)
def test_a_tip_leaves_verdict_moves_and_running_as_they_are(rule):
    told = EVERYTHING[rule]
    quiet = {"surface_runs": 99, "shoe_km": 9999, "pause_days": 99, "sitting_days": 99}

    with_tip, without = told.decide(), told.under(**quiet).decide()

    assert rule in [tip.rule for tip in with_tip.tips]
    assert replace(with_tip, tips=()) == replace(without, tips=())
    assert [tip for tip in with_tip.tips if tip.rule != rule] == list(without.tips)


@pytest.mark.parametrize("rule", HABITS)
def test_a_tip_is_silent_beside_a_call_for_help(rule):
    called = EVERYTHING[rule].screen("03-16", periods_absent="yes")
    urgent = EVERYTHING[rule].screen("03-16", fever="yes")

    assert (called.verdict(), urgent.verdict()) == (Verdict.PROFESSIONAL, Verdict.URGENT)
    assert rule not in called.tips()
    assert rule not in urgent.tips()


@pytest.mark.parametrize("rule", HABITS)
def test_a_tip_comes_out_again_from_stored_facts(rule):
    facts = EVERYTHING[rule].facts()

    assert facts_from_data(facts.as_data()) == facts
    assert decide(facts_from_data(facts.as_data()), thresholds=SHIPPED) == EVERYTHING[rule].decide()


def test_facts_of_an_older_engine_have_no_habits():
    data = planking().facts().as_data()
    data["ahead"].pop("habits", None)

    assert facts_from_data(data).ahead.habits == Habits()


def test_a_quiet_log_keeps_no_habits_in_its_facts():
    assert "habits" not in sore(2, "03-12").facts().as_data().get("ahead", {})


def test_a_shoe_is_kept_with_what_is_known_of_it():
    assert shod(5, 8).facts().ahead.habits.worn == (Worn(shoe="Blue", metres=13_000, on=day("03-14")),)
