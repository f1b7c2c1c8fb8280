"""The numbers of Progress, from rows written by hand."""

import datetime as dt
import uuid

import pytest

from backpain.coach import history
from backpain.coach.facts import facts_from
from backpain.coach.thresholds import SHIPPED
from backpain.exercises.shipped import shipped_catalogue
from backpain.insights.log import CheckInRow, Log, PlacementRow, RunRow
from backpain.insights.series import (
    Period,
    compared_of,
    guard_m,
    longest_run,
    mean_after,
    period_of,
    period_of_all,
    plan_events,
    thirds,
    weekly,
    zones_of,
)

MONDAY = dt.date(2026, 3, 16)
EMPTY = Log(runs=[], check_ins=[], placements=[], verdicts=[], running=None, sessions=(0, 0))


def run(day, km=None, after=None):
    return RunRow(
        on=MONDAY + dt.timedelta(days=day),
        uuid=uuid.uuid4(),
        distance_m=None if km is None else km * 1000,
        before=None,
        during=None,
        after=after,
        next_morning=None,
    )


def day(n):
    return MONDAY + dt.timedelta(days=n)


def guard(*runs):
    return guard_m(compared_of(runs, SHIPPED), MONDAY, SHIPPED)


def period(first, last):
    return Period(first=day(first), last=day(last))


def placed(at, *, ladder=1, exercise="Plank", rung=1, sets=2, target=20, follows=None):
    return PlacementRow(ladder, exercise, rung, sets, target, "s", day(at), None, follows)


def changes(*placements, first=-100, last=0):
    log = Log(**{**vars(EMPTY), "placements": list(placements)})
    return [(event.on, event.kind) for event in plan_events(log, period(first, last))]


def flags(*verdicts, first=-100):
    log = Log(**{**vars(EMPTY), "verdicts": [(day(at), verdict) for at, verdict in verdicts]})
    return [(event.on, event.verdict.name) for event in plan_events(log, period(first, 0))]


def test_a_period_is_this_week_and_the_ones_before():
    assert period_of(4, dt.date(2026, 3, 19)) == Period(first=dt.date(2026, 2, 23), last=dt.date(2026, 3, 19))


def test_all_begins_in_the_week_of_the_first_entry():
    log = Log(**{**vars(EMPTY), "runs": [run(-30)], "check_ins": [CheckInRow(day(-40), 2)]})

    assert period_of_all(log, MONDAY).first == dt.date(2026, 2, 2)


def test_all_of_an_empty_log_is_this_week():
    assert period_of_all(EMPTY, day(2)) == Period(first=MONDAY, last=day(2))


def test_zones_are_those_of_the_ruleset():
    assert (zones_of(SHIPPED).low, zones_of(SHIPPED).raised) == (2, 5)


def test_thirds_compare_the_first_and_the_latest_runs():
    early, late = thirds([run(n, after=score) for n, score in enumerate([4, 4, 1, 2, 2, 2, 2, 1, 0, 2, 1])])

    assert (early.first, early.last, early.runs, early.mean) == (day(0), day(2), 3, 3)
    assert (late.first, late.last, late.runs, late.mean) == (day(8), day(10), 3, 1)


@pytest.mark.parametrize("scored", [0, 1, 8])
def test_thirds_need_nine_runs_with_a_score(scored):
    runs = [run(n, after=1) for n in range(scored)] + [run(20 + n) for n in range(5)]

    assert thirds(runs) is None


def test_the_mean_leaves_out_other_days_and_runs_without_a_score():
    runs = [run(0, after=9), run(1, after=1), run(2), run(3, after=2), run(4, after=9)]

    assert mean_after(runs, day(1), day(3)) == 1.5
    assert mean_after(runs, day(2), day(2)) is None


def test_the_longest_run_is_of_the_days_asked_for():
    runs = [run(0, 20), run(1, 5), run(2), run(3, 8), run(4, 30)]

    assert longest_run(runs, day(1), day(3)) == runs[3]
    assert longest_run(runs, day(2), day(2)) is None


def test_the_guard_is_a_tenth_over_the_longest_run_of_the_30_days_before():
    runs = [run(-31, 20), run(-30, 10), run(-9, 6), run(-1, 4), run(0, 40)]

    assert guard(*runs) == pytest.approx(11_000)


GOOD = {"before": 0, "during": 1, "after": 1, "next_morning": 0}


@pytest.mark.parametrize(
    ("went", "limit"),
    [
        ({}, 6_600),
        (GOOD, 11_000),
        (GOOD | {"next_morning": 5}, 6_600),
        (GOOD | {"signs": ["limp"]}, 6_600),
        (GOOD | {"signs": ["shortened"]}, 11_000),
    ],
)
def test_a_run_over_the_guard_raises_it_only_when_it_was_good_as_the_coach_has_it(went, limit):
    runs = [run(-12, 5), run(-10, 6), run(-8, 4), run(-6, 10)._replace(**went), run(-4, 6)]

    assert guard(*runs) == pytest.approx(limit)
    assert guard(*runs) == pytest.approx(coach_longest(runs) * SHIPPED.load_small)


def coach_longest(runs):
    """Return the longest run of the month that the coach holds the next one against."""
    scores = ("before", "during", "after", "next_morning")
    pains = [history.Pain(**{name: getattr(each, name) for name in scores}) for each in runs]
    told = history.History(
        runner=history.Runner(id="", time_zone="UTC"),
        runs=tuple(
            history.Run(
                started_at=dt.datetime.combine(each.on, dt.time(8), dt.UTC),
                distance_m=each.distance_m,
                pain=pain,
                signs=frozenset(each.signs),
            )
            for each, pain in zip(runs, pains, strict=True)
        ),
    )
    return facts_from(told, MONDAY, catalogue=shipped_catalogue()).loads.longest_m


def test_there_is_no_guard_before_three_runs():
    assert guard(run(-9, 6), run(-1, 4)) is None


def test_weeks_hold_their_distance_longest_run_and_guard():
    runs = [run(-12, 5), run(-10, 6), run(-8, 4), run(0, 7), run(1, 3), run(6, 2), run(7, 50)]

    (week,) = weekly(runs, period(0, 6), metres=1000, thresholds=SHIPPED)

    assert (week.starts_on, week.distance, week.longest) == (MONDAY, 12, 7)
    assert week.guard == pytest.approx(6.6)
    assert week.is_over


def test_a_week_without_a_run_keeps_the_guard_of_its_monday():
    runs = [run(-12, 5), run(-10, 6), run(-8, 4)]

    (week,) = weekly(runs, period(0, 6), metres=1000, thresholds=SHIPPED)

    assert (week.distance, week.longest) == (0, None)
    assert week.guard == pytest.approx(6.6)


def test_weeks_can_be_counted_in_miles():
    (week,) = weekly([run(0, 16.09344)], period(0, 0), metres=1609.344, thresholds=SHIPPED)

    assert week.distance == pytest.approx(10)


def test_a_period_of_n_weeks_has_n_bars():
    assert len(weekly([], period_of(14, MONDAY), metres=1000, thresholds=SHIPPED)) == 14


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({"target": 20}, {"target": 25}, "up"),
        ({"sets": 2}, {"sets": 3}, "up"),
        ({"sets": 2, "target": 25}, {"sets": 3, "target": 20}, "up"),
        ({"rung": 1, "sets": 3, "target": 30}, {"rung": 2, "sets": 2, "target": 8}, "up"),
        ({"target": 25}, {"target": 20}, "down"),
        ({"sets": 3}, {"sets": 2}, "down"),
        ({"rung": 2, "target": 8}, {"rung": 1, "target": 30}, "down"),
    ],
)
def test_a_new_placement_goes_up_or_down(before, after, kind):
    assert changes(placed(-20, **before), placed(-5, **after)) == [(day(-5), kind)]


def test_a_first_placement_and_an_equal_one_are_no_change():
    assert changes(placed(-20), placed(-10, ladder=2), placed(-5)) == []


def test_what_follows_on_an_exercise_out_of_use_is_no_step():
    before = [placed(-20, rung=None), placed(-10, rung=None, target=25)]
    after = [placed(-5, exercise="Other", target=25, follows=7), placed(-2, exercise="Other", target=30)]

    assert changes(*before, *after) == [(day(-10), "up"), (day(-2), "up")]


def test_a_rung_the_ladder_has_lost_is_neither_above_nor_below_another():
    assert changes(placed(-20), placed(-10, exercise="Lost", rung=None), placed(-5, rung=2)) == []


def test_a_change_before_the_period_is_left_out():
    assert changes(placed(-20), placed(-10, target=25), placed(-5, target=30), first=-7) == [(day(-5), "up")]


def test_a_flag_stands_where_the_advice_became_more_serious():
    verdicts = [
        (-9, "hold"),
        (-8, "professional"),
        (-7, "professional"),
        (-6, "urgent"),
        (-5, "professional"),
        (-4, "progress"),
        (-3, "emergency"),
    ]

    assert flags(*verdicts) == [(day(-8), "PROFESSIONAL"), (day(-6), "URGENT"), (day(-3), "EMERGENCY")]


def test_a_flag_from_before_the_period_is_not_raised_again():
    assert flags((-8, "professional"), (-3, "professional"), first=-5) == []


def test_events_are_in_order():
    log = Log(
        **{
            **vars(EMPTY),
            "placements": [placed(-9), placed(-2, target=25)],
            "verdicts": [(day(-3), "urgent")],
        }
    )

    assert [event.kind for event in plan_events(log, period(-20, 0))] == ["flag", "up"]
