"""The graphs of the report: pictures without links, for what they lead to is the runner's alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from backpain.charts import PainPoint, Week, distance_chart, pain_chart, thinned, trailing_mean
from backpain.coach.thresholds import SHIPPED
from backpain.insights import series, wording
from backpain.insights.log import Log, RunRow
from backpain.insights.series import Period
from backpain.ui.templatetags.ui import METRES_PER_UNIT

from . import words


def pain_svg(
    log: Log,
    points: Sequence[PainPoint],
    scored: Sequence[PainPoint],
    events: Sequence[series.PlanEvent],
    period: Period,
) -> str:
    daily = [(on, score) for on, score, *_more in log.check_ins if on in period]
    drawn = pain_chart(
        thinned(scored),
        first=period.first,
        last=period.last,
        zones=series.zones_of(SHIPPED),
        words=wording.words(words.chart_label(len(scored), len(daily))),
        trend=trailing_mean(points),
        events=wording.chart_events(events),
        daily=daily,
    )
    return _without_links(drawn)


def point_of(run: RunRow) -> PainPoint:
    scores = {name: getattr(run, name) for name in ("before", "during", "after", "next_morning")}
    return PainPoint(on=run.on, **scores, href="", label="")


def _without_links(svg: str) -> str:
    """Return a chart as a picture: what it links to is the runner's alone."""
    plain = re.sub(r'<a href="[^"]*">(?:<title></title>)?', "<g>", svg).replace("</a>", "</g>")
    return plain.replace('role="group"', 'role="img"')


def distance_svg(log: Log, period: Period, units: str) -> str:
    unit = wording.unit_name(units)
    weeks = [replace(week, label=wording.week_label(week, unit)) for week in _weeks(log, period, units)]
    return distance_chart(weeks, words=wording.words(words.distance_label(unit)))


def _weeks(log: Log, period: Period, units: str) -> list[Week]:
    """Return the weeks from their Mondays; what was run before the first day is not told, so neither is its guard."""
    monday = period.first - dt.timedelta(period.first.weekday())
    metres = METRES_PER_UNIT[units]
    weeks = series.weekly(log.runs, Period(first=monday, last=period.last), metres=metres, thresholds=SHIPPED)
    if monday == period.first:
        return weeks
    within = [run for run in log.runs if run.on in period]
    begun = series.weekly(within, Period(first=monday, last=monday), metres=metres, thresholds=SHIPPED)
    return [replace(begun[0], guard=None), *weeks[1:]]
