"""A log and a period to what the templates of Progress show. Numbers come from series, words from wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from backpain.coach.thresholds import SHIPPED
from backpain.training.questionnaires import INSTRUMENTS

from . import series, tiles, wording
from .chart import Chart, newest
from .log import Log
from .parts import days, distance, ladders, load, mornings, pain, sides
from .series import Period

FIRST = ("pain", "distance")
PARTS: dict[str, Callable[..., Chart]] = {
    "pain": pain.chart_of,
    "distance": distance.chart_of,
    "load": load.chart_of,
    "ladders": ladders.chart_of,
    "days": days.chart_of,
    "sides": sides.chart_of,
    "mornings": mornings.chart_of,
}


@dataclass(frozen=True, kw_only=True)
class FormFigure:
    """The scores of one questionnaire, newest first, each with its change since the first, in words."""

    name: str
    scored: str
    scores: Sequence[tuple[series.Score, str]]


@dataclass(frozen=True, kw_only=True)
class Page:
    """`first` are the charts that come with the page, none where the period has no entry to draw."""

    finding: str
    basis: str
    tiles: Sequence[tiles.Tile]
    first: Sequence[Chart]
    forms: Sequence[FormFigure]


def page_of(log: Log, period: Period, *, units: str) -> Page:
    """Return the page for the weeks of a period, which ends today."""
    runs = [run for run in log.runs if run.on in period]
    compared = series.thirds(runs)
    return Page(
        finding=wording.finding(compared),
        basis=wording.basis(compared, scored=sum(run.after is not None for run in runs)),
        tiles=tiles.tiles(log, period, thresholds=SHIPPED, units=units),
        first=[chart_of(slug, log, period, units=units) for slug in FIRST if has_entries(log, period)],
        forms=_forms(log),
    )


def others_of(log: Log, period: Period, *, units: str) -> Iterable[Chart]:
    """Yield the charts that follow the first ones."""
    for slug in PARTS:
        if slug not in FIRST:
            yield chart_of(slug, log, period, units=units)


def chart_of(slug: str, log: Log, period: Period, *, units: str, ladder: str = "") -> Chart:
    """Return one of the charts; `ladder` is the slug of the ladder asked for, if any. Raise KeyError."""
    if slug == "ladders":
        return ladders.chart_of(log, period, units=units, ladder=ladder)
    return PARTS[slug](log, period, units=units)


def has_entries(log: Log, period: Period) -> bool:
    """Tell whether a period has a run, a session or a check-in."""
    return any(row.on in period for rows in (log.runs, log.session_rows, log.check_ins) for row in rows)


def _forms(log: Log) -> list[FormFigure]:
    """Return the questionnaires that were answered."""
    figures = []
    for form, instrument in INSTRUMENTS.items():
        if scores := newest(series.scores(log.forms, form, SHIPPED)):
            rows = [(each, wording.score_change(each)) for each in scores]
            figures.append(FormFigure(name=instrument.name, scored=instrument.scored, scores=rows))
    return figures
