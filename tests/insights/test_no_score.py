"""Runs without a pain score, as imports bring them, are no runs without pain: nothing about pain changes by them."""

import datetime as dt
import uuid
from dataclasses import replace

from backpain.coach.thresholds import SHIPPED
from backpain.insights.effects import effects_of
from backpain.insights.log import Log, RunRow
from backpain.insights.parts import mornings, pain
from backpain.insights.parts.load import weeks_of
from backpain.insights.series import mean_after, period_of, thirds, weekly
from backpain.insights.tiles import tiles

TODAY = dt.date(2026, 3, 16)
PERIOD = period_of(14, TODAY)
SCORES = [(1, 3, 2, 1), (2, 5, 4, 3), (1, 2, 1, 2)]


def run(days, scores=(None,) * 4):
    return RunRow(
        TODAY - dt.timedelta(days=days), uuid.UUID(int=days + 1), 6000.0, *scores, effort=days % 10, hour=8
    )


SCORED = [run(days, SCORES[days % 3]) for days in range(90, 0, -3)]
UNSCORED = [run(days) for days in range(89, 0, -3)]
LOG = Log(runs=SCORED, check_ins=[], placements=[], verdicts=[], running=None, sessions=(0, 0))
WITH_MORE = replace(LOG, runs=sorted([*SCORED, *UNSCORED], key=lambda run: run.on))


def test_means_and_tiles_stay():
    shown = [tiles(log, PERIOD, thresholds=SHIPPED, units="km")[0] for log in (LOG, WITH_MORE)]

    assert shown[0] == shown[1]
    assert shown[0].value not in {"–", "0.0"}
    assert mean_after(UNSCORED, PERIOD.first, PERIOD.last) is None
    assert thirds(LOG.runs) == thirds(WITH_MORE.runs)


def test_drawings_of_pain_stay():
    for part in (pain, mornings):
        shown = [part.chart_of(log, PERIOD, units="km") for log in (LOG, WITH_MORE)]
        assert shown[0].svg == shown[1].svg != ""


def test_comparisons_stay():
    assert effects_of(LOG, PERIOD) == effects_of(WITH_MORE, PERIOD) != []


def test_weeks_have_more_runs_and_metres_and_the_same_pain():
    few, many = weeks_of(LOG.runs, PERIOD), weeks_of(WITH_MORE.runs, PERIOD)
    metres = [
        sum(week.distance for week in weekly(log.runs, PERIOD, metres=1000, thresholds=SHIPPED))
        for log in (LOG, WITH_MORE)
    ]

    assert [(week.after, week.morning) for week in few] == [(week.after, week.morning) for week in many]
    assert sum(week.runs for week in many) == len(SCORED) + len(UNSCORED)
    assert metres == [180, 360]


def test_the_table_says_that_it_does_not_know():
    [table, *_others] = pain.chart_of(replace(LOG, runs=UNSCORED[-1:]), PERIOD, units="km").tables

    assert [cell.text for cell in table.rows[0]][2:] == ["–"] * 4
