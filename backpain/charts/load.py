"""Pain above weekly load, on one time axis, with flares, gentle days and steps back as bands behind both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import ceil
from statistics import fmean
from typing import Literal

from backpain.charts.axis import FOOT, TimeAxis, Words, frame, shape, tick_words
from backpain.charts.distance import nice_scale
from backpain.charts.scores import Scores, Zones

BandKind = Literal["flare", "gentle", "eased"]

TOP = 34  # px, for the name of the plot and the icons of the bands
PAIN_DEPTH = 120
GAP = 28  # px, with the name of the lower plot
LOAD_TOP = TOP + PAIN_DEPTH + GAP
LOAD_DEPTH = 100
BOTTOM = LOAD_TOP + LOAD_DEPTH
HEIGHT = BOTTOM + FOOT
MOST_WEEKS = 104  # marks of 3 px on a phone's plot of 320 px
MANY_WEEKS = 40  # from here on marks are drawn smaller
ICON_SPACE = 4  # percent, 13 px on a phone: the icons of bands of one kind hide each other when closer
STUB = 5  # px, a bar of which nothing is known but that there was a run
EDGE = 4  # px, the line along the top of a band without an icon
ICONS: dict[BandKind, str] = {"flare": "M-4 -4L4 4M4 -4L-4 4", "eased": "M0 5L5 -4H-5Z"}
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class LoadWeek:
    """A week from its Monday, or some weeks in a row.

    `load` is effort times minutes, a week, of the runs that could be `counted`. `after` and `morning`
    are the scores (0-10) of all its runs.
    """

    starts_on: dt.date
    load: float
    runs: int
    counted: int
    after: Sequence[int]
    morning: Sequence[int]
    weeks: int = 1

    @property
    def is_partial(self) -> bool:
        return self.counted < self.runs


@dataclass(frozen=True, kw_only=True)
class Band:
    """Days from `first` to `last`: a flare, gentle days, or the day of a step back."""

    first: dt.date
    last: dt.date
    kind: BandKind
    label: str


def weeks_per_load(weeks: Sequence[LoadWeek]) -> int:
    """Counts the weeks one bar stands for."""
    return ceil(len(weeks) / MOST_WEEKS)


def merged_weeks(weeks: Sequence[LoadWeek]) -> list[LoadWeek]:
    """Returns a bar for every `weeks_per_load`: the mean of their loads, and all their scores."""
    span = weeks_per_load(weeks) or 1
    return [_one(weeks[n : n + span]) for n in range(0, len(weeks), span)]


def load_chart(
    bars: Sequence[tuple[LoadWeek, str]],
    *,
    last: dt.date,
    zones: Zones,
    words: Words,
    names: tuple[str, str],
    bands: Sequence[Band] = (),
) -> str:
    """Draws the bars with their words, oldest first, up to `last`; the empty string when no load is known.

    `names` stand over the plot of pain and that of load.
    """
    if not any(bar.load for bar, _ in bars):
        return ""
    time = TimeAxis(bars[0][0].starts_on, max(last, bars[-1][0].starts_on + bars[-1][0].weeks * WEEK - DAY))
    plot = _Plot([bar for bar, _ in bars], time, Scores(zones, TOP, PAIN_DEPTH))
    scale = plot.pain.scale + [(number, plot.y(number)) for number in plot.loads]
    parts = [
        *plot.pain.bands(),
        *(f'<line class="grid-l" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>' for _, y in scale),
        *_bands(plot, bands),
        f'<text x="0" y="11">{escape(names[0])}</text><text x="0" y="{LOAD_TOP - 8}">{escape(names[1])}</text>',
        *tick_words(time, words, y=HEIGHT - 6),
        *(_week(plot, bar, label) for bar, label in bars),
    ]
    return frame(
        parts, scale=scale, height=HEIGHT, attributes=f'role="img" aria-label="{escape(words.label)}"'
    )


@dataclass(frozen=True)
class _Plot:
    bars: list[LoadWeek]
    time: TimeAxis
    pain: Scores

    @cached_property
    def loads(self) -> list[int]:
        return nice_scale(max(bar.load for bar in self.bars))

    @property
    def radius(self) -> float:
        return 4 if len(self.bars) <= MANY_WEEKS else 2.2

    def y(self, load: float) -> float:
        return LOAD_TOP + LOAD_DEPTH * (1 - load / self.loads[-1])

    def across(self, bar: LoadWeek, share: float) -> float:
        """Returns a share of the bar's weeks in percent of the width."""
        return self.time.start_of(bar.starts_on) + share * bar.weeks * 700 / self.time.days


def _one(weeks: Sequence[LoadWeek]) -> LoadWeek:
    return LoadWeek(
        starts_on=weeks[0].starts_on,
        load=fmean(week.load for week in weeks),
        runs=sum(week.runs for week in weeks),
        counted=sum(week.counted for week in weeks),
        after=[score for week in weeks for score in week.after],
        morning=[score for week in weeks for score in week.morning],
        weeks=len(weeks),
    )


def _bands(plot: _Plot, bands: Sequence[Band]) -> Iterator[str]:
    marked = dict.fromkeys(ICONS, -100.0)
    for band in bands:
        first, last = max(band.first, plot.time.first), min(band.last, plot.time.last)
        if first > last:
            continue
        x, end = plot.time.start_of(first), plot.time.start_of(last) + 100 / plot.time.days
        title = f"<title>{escape(band.label)}</title>"
        yield _over(band, x, end, TOP, BOTTOM - TOP, css="band", title=title)
        if band.kind not in ICONS:
            yield _over(band, x, end, TOP - EDGE, EDGE, css="band-i", title=title)
            continue
        middle = (x + end) / 2
        if middle - marked[band.kind] >= ICON_SPACE:
            marked[band.kind] = middle
            yield shape(middle, TOP - 9, ICONS[band.kind], css=f"band-i {band.kind}", title=title)


def _over(band: Band, x: float, end: float, y: float, height: float, *, css: str, title: str) -> str:
    """Draws a rectangle over the days of a band, from `x` to `end` in percent."""
    return (
        f'<rect class="{css} {band.kind}" x="{x:.2f}%" width="{end - x:.2f}%" y="{y}" height="{height}">'
        f"{title}</rect>"
    )


def _week(plot: _Plot, bar: LoadWeek, label: str) -> str:
    parts = [
        *_bar(plot, bar),
        *(_after(plot, plot.across(bar, 0.35), bar.after) if bar.after else ()),
        *(_morning(plot, plot.across(bar, 0.65), bar.morning) if bar.morning else ()),
    ]
    return f"<g><title>{escape(label)}</title>{''.join(parts)}</g>" if parts else ""


def _bar(plot: _Plot, bar: LoadWeek) -> Iterator[str]:
    if not bar.load and not bar.is_partial:
        return
    x, width = plot.across(bar, 0.15), plot.across(bar, 0.85) - plot.across(bar, 0.15)
    y = min(plot.y(bar.load), BOTTOM - STUB) if bar.is_partial else plot.y(bar.load)
    is_newest = bar is plot.bars[-1] and bar.weeks == 1
    css = "bar part" if bar.is_partial else "bar" if is_newest else "bar soft"
    yield (
        f'<rect class="{css}" x="{x:.2f}%" width="{width:.2f}%" y="{y:.1f}" height="{BOTTOM - y:.1f}" rx="3"/>'
    )


def _after(plot: _Plot, x: float, scores: Sequence[int]) -> Iterator[str]:
    mean = plot.pain.y(fmean(scores))
    yield _worst(plot, x, scores)
    yield f'<circle class="lr" cx="{x:.2f}%" cy="{mean:.1f}" r="{plot.radius}"/>'


def _morning(plot: _Plot, x: float, scores: Sequence[int]) -> Iterator[str]:
    r = plot.radius * 1.2
    yield _worst(plot, x, scores)
    yield shape(x, plot.pain.y(fmean(scores)), f"M0 {-r:.1f}L{r:.1f} 0L0 {r:.1f}L{-r:.1f} 0Z", css="am")


def _worst(plot: _Plot, x: float, scores: Sequence[int]) -> str:
    """Draws the line from the mean up to the worst."""
    low, high = plot.pain.y(fmean(scores)), plot.pain.y(max(scores))
    if high >= low:
        return ""
    return f'<line class="span" x1="{x:.2f}%" x2="{x:.2f}%" y1="{low:.1f}" y2="{high:.1f}"/>'
