"""A log and a period to what the template of Progress shows. Numbers come from series, words from wording."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from backpain.charts import (
    PainPoint,
    Week,
    Zones,
    distance_chart,
    pain_chart,
    thinned,
    trailing_mean,
    weeks_per_bar,
    weeks_per_mark,
)
from backpain.coach.thresholds import SHIPPED
from backpain.training.questionnaires import INSTRUMENTS
from backpain.ui.templatetags.ui import METRES_PER_UNIT

from . import series, wording
from .log import Log, RunRow
from .series import Period, PlanEvent

MOST_ROWS = 100  # of a table; History has them all
MOST_EVENTS = 40  # more would not be seen apart above the chart


@dataclass(frozen=True, kw_only=True)
class PainFigure:
    """The chart of pain and its table twin, newest first. `weeks_per_mark`: 0 = every run has its mark."""

    svg: str
    weeks_per_mark: int
    runs: Sequence[RunRow]
    check_ins: Sequence[tuple[dt.date, int]]
    events: Sequence[tuple[PlanEvent, str]]
    is_shortened: bool


@dataclass(frozen=True, kw_only=True)
class DistanceFigure:
    """The chart of weekly distance and its table twin, newest first."""

    svg: str
    unit: str
    weeks_per_bar: int
    weeks: Sequence[Week]
    is_shortened: bool


@dataclass(frozen=True, kw_only=True)
class FormFigure:
    """The scores of one questionnaire, newest first, each with its change since the first, in words."""

    name: str
    scored: str
    scores: Sequence[tuple[series.Score, str]]


@dataclass(frozen=True, kw_only=True)
class Page:
    finding: str
    basis: str
    tiles: Sequence[wording.Tile]
    zones: Zones
    pain: PainFigure
    distance: DistanceFigure
    forms: Sequence[FormFigure]
    guard_percent: int
    guard_days: int

    @property
    def is_empty(self) -> bool:
        return not self.pain.runs and not self.pain.check_ins


def page_of(log: Log, period: Period, *, units: str) -> Page:
    """Return the page for the weeks of a period, which ends today."""
    runs = [run for run in log.runs if run.on in period]
    compared = series.thirds(runs)
    return Page(
        finding=wording.finding(compared),
        basis=wording.basis(compared, scored=sum(run.after is not None for run in runs)),
        tiles=wording.tiles(log, on=period.last, longest_days=SHIPPED.longest_days, units=units),
        zones=series.zones_of(SHIPPED),
        pain=_pain(log, runs, period, units=units),
        distance=_distance(log.runs, period, units=units),
        forms=_forms(log),
        guard_percent=round(SHIPPED.load_small * 100),
        guard_days=SHIPPED.longest_days,
    )


def _pain(log: Log, runs: Sequence[RunRow], period: Period, *, units: str) -> PainFigure:
    check_ins = [(on, score) for on, score in log.check_ins if on in period]
    all_events = series.plan_events(log, period)
    events = all_events[-MOST_EVENTS:]
    points = [_point(run) for run in runs]
    scored = [point for point in points if point.worst is not None]
    by_link = {point.href: run for point, run in zip(points, runs, strict=True)}
    svg = pain_chart(
        [_linked(point, by_link[point.href], units) for point in thinned(scored)],
        first=period.first,
        last=period.last,
        zones=series.zones_of(SHIPPED),
        words=wording.words(_("Pain over time; the table below has the same numbers")),
        trend=trailing_mean(points),
        events=wording.chart_events(events),
        daily=check_ins,
    )
    return PainFigure(
        svg=svg,
        weeks_per_mark=weeks_per_mark(scored),
        runs=_newest(runs),
        check_ins=_newest(check_ins),
        events=[(event, wording.event_label(event)) for event in reversed(events)],
        is_shortened=max(len(runs), len(check_ins)) > MOST_ROWS or len(all_events) > MOST_EVENTS,
    )


def _point(run: RunRow) -> PainPoint:
    return PainPoint(
        on=run.on,
        before=run.before,
        during=run.during,
        after=run.after,
        next_morning=run.next_morning,
        href=str(run.uuid),
        label="",
    )


def _linked(point: PainPoint, run: RunRow, units: str) -> PainPoint:
    """Return the point with its words, which only the marks that are drawn need."""
    return replace(point, href=reverse("run", args=[run.uuid]), label=wording.run_label(run, units))


def _distance(runs: Sequence[RunRow], period: Period, *, units: str) -> DistanceFigure:
    unit = wording.unit_name(units)
    weeks = [
        replace(week, label=wording.week_label(week, unit))
        for week in series.weekly(runs, period, metres=METRES_PER_UNIT[units], thresholds=SHIPPED)
    ]
    svg = distance_chart(
        weeks, words=wording.words(_("Weekly distance; the table below has the same numbers"))
    )
    return DistanceFigure(
        svg=svg,
        unit=unit,
        weeks_per_bar=weeks_per_bar(weeks),
        weeks=_newest(weeks),
        is_shortened=len(weeks) > MOST_ROWS,
    )


def _forms(log: Log) -> list[FormFigure]:
    """Return the questionnaires that were answered."""
    figures = []
    for form, instrument in INSTRUMENTS.items():
        if scores := _newest(series.scores(log.forms, form, SHIPPED)):
            rows = [(each, wording.score_change(each)) for each in scores]
            figures.append(FormFigure(name=instrument.name, scored=instrument.scored, scores=rows))
    return figures


def _newest[T](rows: Sequence[T]) -> Sequence[T]:
    return rows[: -MOST_ROWS - 1 : -1]
