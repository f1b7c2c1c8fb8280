"""What the charts share: a time axis in percent of the width, its ticks, and the frame around a plot.

Widths are percent and heights pixels, so a chart is fluid without a viewBox and its text never scales.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

TickUnit = Literal["week", "month", "year"]

FOOT = 22  # px below the plot, for the ticks' words
LONGEST_WEEKLY_TICKS = 35  # days
MOST_TICKS = 7  # words that fit side by side on a phone
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)
LAST_WORD_STARTS = 88  # percent; a word further right would leave the card


@dataclass(frozen=True, kw_only=True)
class Words:
    """A chart's words in the runner's language.

    `label` names the chart for a screen reader; `tick` names a Monday ("week"), the first of a
    month ("month") or the first of January ("year").
    """

    label: str
    tick: Callable[[dt.date, TickUnit], str]


@dataclass(frozen=True)
class TimeAxis:
    """The days from `first` to `last`, both shown in full."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, on: dt.date) -> bool:
        return self.first <= on <= self.last

    def start_of(self, on: dt.date) -> float:
        return (on - self.first).days / self.days * 100

    def middle_of(self, on: dt.date) -> float:
        return self.start_of(on) + 50 / self.days

    def ticks(self) -> tuple[TickUnit, list[dt.date]]:
        if self.days <= LONGEST_WEEKLY_TICKS:
            monday = self.first + dt.timedelta(-self.first.weekday() % 7)
            return "week", [monday + dt.timedelta(n) for n in range(0, (self.last - monday).days + 1, 7)]
        from_month, to_month = _month_number(self.first), _month_number(self.last)
        fitting = (step for step in MONTH_STEPS if (to_month - from_month) / step <= MOST_TICKS)
        step = next(fitting, MONTH_STEPS[-1])
        numbers = (n for n in range(from_month, to_month + 1) if n % step == 0)
        starts = (dt.date(n // 12, n % 12 + 1, 1) for n in numbers)
        return "year" if step >= 12 else "month", [start for start in starts if start in self]


def tick_lines(axis: TimeAxis, *, top: int, bottom: int) -> Iterator[str]:
    for x in map(axis.start_of, axis.ticks()[1]):
        yield f'<line class="grid-l" x1="{x:.2f}%" x2="{x:.2f}%" y1="{top}" y2="{bottom}"/>'


def tick_words(axis: TimeAxis, words: Words, *, y: int, until: dt.date | None = None) -> Iterator[str]:
    """Draws the words of the ticks, those after `until` left out."""
    unit, starts = axis.ticks()
    for start in starts:
        x = axis.start_of(start)
        if x <= LAST_WORD_STARTS and (until is None or start <= until):
            yield f'<text x="{x:.2f}%" dx="4" y="{y}">{escape(words.tick(start, unit))}</text>'


def shape(x: float, y: float, path: str, *, css: str, title: str = "") -> str:
    """Draws a path around a point: the nested svg gives it an origin in pixels."""
    return f'<svg x="{x:.2f}%" y="{y:.1f}" overflow="visible">{title}<path class="{css}" d="{path}"/></svg>'


def line(css: str, path: str) -> str:
    """Draws a path for `stretched`."""
    return f'<path class="{css}" fill="none" vector-effect="non-scaling-stroke" d="{path}"/>' if path else ""


def stretched(paths: str, *, top: int, depth: int) -> str:
    """Lays paths of a 1000 x 1000 square over the plot; strokes keep their width."""
    return (
        f'<svg y="{top}" width="100%" height="{depth}" viewBox="0 0 1000 1000"'
        f' preserveAspectRatio="none" overflow="visible">{paths}</svg>'
    )


def frame(
    parts: Iterable[str], *, scale: Iterable[tuple[int | str, float]], height: int, attributes: str
) -> str:
    """Puts the plot beside its vertical scale of (number or word, y)."""
    numbers = "".join(
        f'<text x="22" y="{y + 4:.1f}" text-anchor="end">{escape(str(n))}</text>' for n, y in scale
    )
    return (
        f'<div class="chart"><svg class="yax" width="24" height="{height}" aria-hidden="true">{numbers}</svg>'
        f'<svg class="plot" width="100%" height="{height}" {attributes}>{"".join(parts)}</svg></div>'
    )


def _month_number(on: dt.date) -> int:
    return on.year * 12 + on.month - 1
