"""The numbers on top of Progress, from rows written by hand."""

import datetime as dt
import uuid

import pytest

from backpain.coach.thresholds import SHIPPED
from backpain.insights.log import Log, PlacementRow, RunRow, SessionRow
from backpain.insights.series import Period, kept, period_of, verdict_days
from backpain.insights.tiles import tiles as tiles_of

TODAY = dt.date(2026, 3, 16)  # a Monday
FOUR_WEEKS = period_of(4, TODAY)  # from 23 February
EMPTY = Log(runs=[], check_ins=[], placements=[], verdicts=[], running=None, sessions=(0, 0))


def log_with(**rows):
    return Log(**{**vars(EMPTY), **rows})


def tiles(units="km", **rows):
    return tiles_of(log_with(**rows), FOUR_WEEKS, thresholds=SHIPPED, units=units)


def placed(from_on, ended_on=None):
    return PlacementRow(1, "Forearm plank", 2, 3, 25, "s", from_on, ended_on)


def trained(*days):
    return [SessionRow(on, uuid.uuid4(), None, None, None, None) for on in days]


def february(day):
    return dt.date(2026, 2, day)


def march(day):
    return dt.date(2026, 3, day)


PLAN = [placed(dt.date(2026, 1, 1))]


def test_tiles_of_an_empty_log_have_no_numbers_made_up():
    pain, longest, plan, sessions, advice = tiles()

    assert (pain.value, pain.period, pain.note) == (
        "–",
        "no score in the last 4 weeks",
        "no score in the 4 weeks before",
    )
    assert (longest.value, longest.period, longest.note) == (
        "–",
        "last 30 days",
        "no advice yet on the next run",
    )
    assert (plan.value, plan.unit, plan.note) == ("0", "exercises", "0 up, 0 eased in the last 4 weeks")
    assert (sessions.value, sessions.unit, sessions.period) == (
        "–",
        "",
        "no whole week with a plan in these weeks",
    )
    assert (advice.value, advice.unit, advice.note) == ("0", "of 22", "no advice in these weeks")


@pytest.mark.parametrize(
    ("given_on", "running", "note"),
    [
        (TODAY, {"may_run": True, "cap_m": 9200}, "next run: up to 9.2 km"),
        (TODAY, {"may_run": True, "cap_m": None}, "no cap on the next run yet"),
        (TODAY, {"may_run": False, "cap_m": 9200}, "no running for now, see Today"),
        (march(9), {"may_run": True, "cap_m": 9200}, "next run: up to 9.2 km (advice of 9 Mar 2026)"),
    ],
)
def test_the_cap_is_what_the_newest_advice_says(given_on, running, note):
    assert tiles(running=(given_on, running))[1].note == note


def test_the_longest_run_is_in_the_runners_units():
    run = RunRow(TODAY, uuid.uuid4(), 16093.44, None, None, None, None)

    assert (tiles(runs=[run])[1].value, tiles(runs=[run])[1].unit) == ("16.09", "km")
    assert (tiles(runs=[run], units="mi")[1].value, tiles(runs=[run], units="mi")[1].unit) == ("10", "mi")


def test_planned_days_are_two_in_every_whole_week():
    rows = trained(february(23), february(25), march(4))

    tile = tiles(placements=PLAN, session_rows=rows, sessions=(3, 0))[3]

    assert (tile.value, tile.unit) == ("3", "of 6")
    assert tile.period == "2 days a week, 3 whole weeks up to 16 Mar 2026"
    assert tile.note == "sessions: 3 in the last 4 weeks, 0 in the 4 weeks before"


def test_a_week_of_many_days_makes_up_for_no_other():
    rows = trained(*(february(day) for day in range(23, 29)), march(1))

    assert kept(log_with(placements=PLAN, session_rows=rows), FOUR_WEEKS).done == 2


def test_two_sessions_on_a_day_are_one_day():
    assert kept(log_with(placements=PLAN, session_rows=trained(march(3), march(3))), FOUR_WEEKS).done == 1


def test_the_running_week_is_not_due_yet():
    week = Period(first=march(9), last=march(15))  # a Sunday, not over

    assert kept(log_with(placements=PLAN), week).due == 0
    assert kept(log_with(placements=PLAN), Period(first=march(9), last=TODAY)).due == 2


def test_a_week_that_began_or_ended_without_a_plan_is_not_due():
    began = [placed(march(3))]
    ended = [placed(dt.date(2026, 1, 1), march(4))]

    assert kept(log_with(placements=began), FOUR_WEEKS).weeks == 1
    assert kept(log_with(placements=ended), FOUR_WEEKS).weeks == 1


@pytest.mark.parametrize(("verdict", "weeks"), [("professional", 3), ("urgent", 2), ("emergency", 2)])
def test_a_week_with_advice_to_stop_training_is_not_due(verdict, weeks):
    log = log_with(placements=PLAN, verdicts=[(march(4), verdict), (march(5), "hold")])

    assert kept(log, FOUR_WEEKS).weeks == weeks


def test_days_with_advice_count_the_last_one_of_each_day():
    verdicts = [
        (february(22), "hold"),
        (march(1), "hold"),
        (march(2), "urgent"),
        (march(2), "progress"),
        (march(3), "progress"),
    ]

    tile = tiles(verdicts=verdicts)[4]

    assert (tile.value, tile.unit, tile.period) == ("3", "of 22", "since 23 Feb 2026")
    assert tile.note == "Next step 2 · Hold 1"
    assert sum(verdict_days(verdicts, FOUR_WEEKS).values()) == 3
