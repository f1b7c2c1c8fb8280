"""Weekly distance with the longest run of each week and the cap that guarded it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from math import ceil

from backpain.charts.axis import FOOT, TimeAxis, Words, frame, line, shape, stretched, tick_words

HEIGHT = 200  # px
TOP = 8
DEPTH = HEIGHT - FOOT - TOP
MOST_BARS = 156  # three years of weeks
MANY_BARS = 40  # from here on marks are drawn smaller
ROUNDING = 1e-6  # of a unit: a run of exactly the cap is not over it
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week from its Monday, or the mean of some `weeks`, in the runner's unit of distance.

    `longest` is None without a run, `guard` is the cap on the longest run that applied, None
    where there was none.
    """

    starts_on: dt.date
    distance: float
    longest: float | None
    guard: float | None
    label: str
    weeks: int = 1

    @property
    def is_over(self) -> bool:
        return self.longest is not None and self.guard is not None and self.longest > self.guard + ROUNDING


def distance_chart(weeks: Sequence[Week], *, words: Words) -> str:
    """Draws the weeks, oldest first and none left out; the empty string when nothing was run.

    Of more than MOST_BARS weeks it draws their `merged_bars`.
    """
    if not any(week.distance for week in weeks):
        return ""
    bars = merged_bars(weeks)
    plot = _Plot(bars, TimeAxis(bars[0].starts_on, bars[-1].starts_on + bars[0].weeks * WEEK - DAY))
    scale = [(number, plot.y(number)) for number in plot.scale]
    parts = [
        *(f'<line class="grid-l" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>' for _, y in scale),
        *tick_words(plot.time, words, y=HEIGHT - 6),
        *_bars(plot),
        stretched(line("guard", _guard(plot)), top=TOP, depth=DEPTH),
        *_longest_runs(plot),
    ]
    return frame(
        parts, scale=scale, height=HEIGHT, attributes=f'role="img" aria-label="{escape(words.label)}"'
    )


def weeks_per_bar(weeks: Sequence[Week]) -> int:
    """Counts the weeks one bar stands for."""
    return ceil(len(weeks) / MOST_BARS)


def merged_bars(weeks: Sequence[Week]) -> list[Week]:
    """Returns a bar for every `weeks_per_bar`: their mean, with the longest of their runs, one over its guard first."""
    span = weeks_per_bar(weeks) or 1
    return [_merged(weeks[n : n + span]) for n in range(0, len(weeks), span)]


def nice_scale(top: float) -> list[int]:
    """Finds three to six round numbers from 0 that reach `top`."""
    exponents = range(len(str(ceil(top))))
    step = next(n * 10**e for e in exponents for n in (1, 2, 5) if n * 10**e * 5 >= top)
    return list(range(0, ceil(top / step) * step + 1, step))


def _merged(weeks: Sequence[Week]) -> Week:
    if len(weeks) == 1:
        return weeks[0]
    shown = max(weeks, key=lambda week: (week.is_over, week.longest or 0))
    mean = sum(week.distance for week in weeks) / len(weeks)
    return replace(shown, starts_on=weeks[0].starts_on, distance=mean, weeks=len(weeks))


@dataclass(frozen=True)
class _Plot:
    bars: list[Week]
    time: TimeAxis

    @cached_property
    def scale(self) -> list[int]:
        return nice_scale(max(max(bar.distance, bar.longest or 0, bar.guard or 0) for bar in self.bars))

    def y(self, distance: float) -> float:
        return TOP + DEPTH * (1 - distance / self.scale[-1])

    @property
    def width(self) -> float:
        """The share of one bar, in percent."""
        return 100 / len(self.bars)


def _bars(plot: _Plot) -> Iterator[str]:
    for n, bar in enumerate(plot.bars):
        x, y = (n + 0.15) * plot.width, plot.y(bar.distance)
        is_newest = bar is plot.bars[-1] and bar.weeks == 1
        css = "bar" if is_newest else "bar soft"
        yield (
            f'<rect class="{css}" x="{x:.2f}%" width="{0.7 * plot.width:.2f}%" y="{y:.1f}"'
            f' height="{TOP + DEPTH - y:.1f}" rx="5"><title>{escape(bar.label)}</title></rect>'
        )


def _guard(plot: _Plot) -> str:
    path, last = "", None
    for n, bar in enumerate(plot.bars):
        if bar.guard is not None:
            start = f"{n * plot.width * 10:.0f} {1000 * (1 - bar.guard / plot.scale[-1]):.0f}"
            path += f"{'M' if last is None else 'L'}{start}H{(n + 1) * plot.width * 10:.0f}"
        last = bar.guard
    return path


def _longest_runs(plot: _Plot) -> Iterator[str]:
    r = 4 if len(plot.bars) <= MANY_BARS else 2.5
    for n, bar in enumerate(plot.bars):
        if bar.longest is None:
            continue
        x, y, title = (n + 0.5) * plot.width, plot.y(bar.longest), f"<title>{escape(bar.label)}</title>"
        if bar.is_over:
            yield shape(x, y, "M0 -6L6 0L0 6L-6 0Z", css="lr over", title=title)
        else:
            yield f'<circle class="lr" cx="{x:.2f}%" cy="{y:.1f}" r="{r}">{title}</circle>'
