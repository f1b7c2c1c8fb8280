"""A calendar of exercise days: a column for each week; of many weeks the mean number of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil

from backpain.charts.axis import FOOT, TimeAxis, Words, frame, tick_words

ROW, CELL = 17, 14  # px
DEPTH = 7 * ROW
FEWEST_COLUMNS = 14  # fewer weeks leave the rest of the width free
LINKED_COLUMNS = 20  # from here on a day is too narrow to be aimed at
MOST_COLUMNS = 53  # a year; from here on a day would be under 3 px on a phone
MOST_BARS = 80
HEIGHT = 160  # px, of the bars
WIDE = 0.84  # of a column is the day, the rest stands between two
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day with a session, a run or both. `share` is what was done of the targets, 0 to 1.

    With `trained` and no share, the sets had no targets. `href` is the page of its session.
    """

    on: dt.date
    trained: bool
    ran: bool
    share: float | None = None
    href: str = ""
    label: str = ""


def weeks_per_column(first: dt.date, last: dt.date) -> int:
    """Counts the weeks one bar stands for; 0 where every day has its own cell."""
    weeks = _weeks(first, last)
    return 0 if weeks <= MOST_COLUMNS else ceil(weeks / MOST_BARS)


def days_chart(
    days: Sequence[Day], *, first: dt.date, last: dt.date, weekdays: Sequence[str], words: Words
) -> str:
    """Draws the days from `first`, a Monday, to `last`; the empty string without an exercise day or a run."""
    shown = [day for day in days if first <= day.on <= last]
    if not shown:
        return ""
    span = weeks_per_column(first, last)
    return _bars(shown, first, last, span, words) if span else _calendar(shown, first, last, weekdays, words)


def is_full(share: float) -> bool:
    """Tells whether all targets were reached, but for rounding."""
    return share > 0.999


def _calendar(
    days: Sequence[Day], first: dt.date, last: dt.date, weekdays: Sequence[str], words: Words
) -> str:
    columns = max(FEWEST_COLUMNS, _weeks(first, last))
    grid = _Grid(first, columns)
    names = "".join(
        f'<text y="{n * ROW + 12}">{escape(name)}</text>' for n, name in enumerate(weekdays) if n % 2 == 0
    )
    parts = [
        *(grid.rect("day", on, CELL) for on in _every_day(first, last)),
        *(part for day in days for part in grid.day(day)),
        *tick_words(TimeAxis(first, first + columns * WEEK - DAY), words, y=DEPTH + FOOT - 6, until=last),
    ]
    css = "chart cal" if columns <= LINKED_COLUMNS else "chart cal long"
    return (
        f'<div class="{css}"><svg class="yax" width="34" height="{DEPTH}" aria-hidden="true">{names}</svg>'
        f'<svg class="plot" width="100%" height="{DEPTH + FOOT}" role="group"'
        f' aria-label="{escape(words.label)}">{"".join(parts)}</svg></div>'
    )


@dataclass(frozen=True)
class _Grid:
    first: dt.date
    columns: int

    @property
    def width(self) -> float:
        return 100 / self.columns

    def x(self, on: dt.date) -> float:
        return (on - self.first).days // 7 * self.width

    def rect(self, css: str, on: dt.date, height: float) -> str:
        """Fills a day from below up to a height in pixels."""
        y = on.weekday() * ROW + CELL - height
        return (
            f'<rect class="{css}" x="{self.x(on):.2f}%" width="{WIDE * self.width:.2f}%" y="{y:.1f}"'
            f' height="{height:.1f}" rx="2"/>'
        )

    def day(self, day: Day) -> Iterator[str]:
        marks = "".join(self._marks(day))
        title = f"<title>{escape(day.label)}</title>"
        if day.href and self.columns <= LINKED_COLUMNS:
            yield f'<a href="{escape(day.href)}">{title}{marks}</a>'
        else:
            yield f"<g>{title}{marks}</g>"

    def _marks(self, day: Day) -> Iterator[str]:
        if day.trained and day.share is None:
            yield self.rect("day open", day.on, CELL)
        elif day.trained:
            css = "day full" if is_full(day.share or 0) else "day part"
            yield self.rect(css, day.on, max(1, (day.share or 0) * CELL))
        if day.ran:
            x, y = self.x(day.on) + WIDE * self.width / 2, day.on.weekday() * ROW + CELL / 2
            r = 4 if self.columns <= LINKED_COLUMNS else 1.6
            yield f'<circle class="ran" cx="{x:.2f}%" cy="{y:.1f}" r="{r}"/>'


def _bars(days: Sequence[Day], first: dt.date, last: dt.date, span: int, words: Words) -> str:
    count = ceil(_weeks(first, last) / span)
    width, depth = 100 / count, HEIGHT - FOOT - 8
    trained = _per_week([day.on for day in days if day.trained], first, last, span)
    ran = _per_week([day.on for day in days if day.ran], first, last, span)
    scale = [(number, 8 + depth * (1 - number / 7)) for number in (0, 2, 4, 7)]
    parts = [
        *(f'<line class="grid-l" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>' for _, y in scale),
        *tick_words(TimeAxis(first, first + count * span * WEEK - DAY), words, y=HEIGHT - 6),
        *(
            f'<rect class="bar" x="{(n + 0.15) * width:.2f}%" width="{0.7 * width:.2f}%"'
            f' y="{8 + depth * (1 - mean / 7):.1f}" height="{depth * mean / 7:.1f}"/>'
            for n, mean in enumerate(trained)
            if mean
        ),
        *(
            f'<circle class="ran" cx="{(n + 0.5) * width:.2f}%" cy="{8 + depth * (1 - mean / 7):.1f}" r="2"/>'
            for n, mean in enumerate(ran)
            if mean
        ),
    ]
    return frame(
        parts, scale=scale, height=HEIGHT, attributes=f'role="img" aria-label="{escape(words.label)}"'
    )


def _per_week(days: Iterable[dt.date], first: dt.date, last: dt.date, span: int) -> list[float]:
    """Counts the days a week in every stretch of `span` weeks; the last may be shorter, and counts its own."""
    weeks = _weeks(first, last)
    counts = [0] * ceil(weeks / span)
    for on in days:
        counts[(on - first).days // (7 * span)] += 1
    return [count / min(span, weeks - n * span) for n, count in enumerate(counts)]


def _weeks(first: dt.date, last: dt.date) -> int:
    return (last - first).days // 7 + 1


def _every_day(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + n * DAY for n in range((last - first).days + 1))
