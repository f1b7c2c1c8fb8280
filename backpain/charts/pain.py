"""Pain over time: one mark per run, its rise while running, the morning after, and what the plan did."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Literal, NamedTuple

from backpain.charts.axis import FOOT, TimeAxis, Words, frame, line, shape, stretched, tick_lines, tick_words
from backpain.charts.scores import WORST_SCORE, Scores, Zones

HEIGHT = 268  # px
EVENT_LANE = 46  # px above the plot
MARGIN = 8  # px above the plot without events
MOST_MARKS = 400  # more would be neither seen apart nor small enough to send
MANY_MARKS = 120  # from here on marks are drawn smaller
TREND_RUNS, FEWEST_RUNS = 7, 3  # averaged at most; two make no trend
TREND_GAP = dt.timedelta(days=10)
NARROWEST_WITH_LABELS = 420  # px of plot; app.css hides event labels in narrower cards
CHARACTER = 6  # px, an average letter of a label
HALF_ICON = 7  # px
SPACE = 4  # px between what stands in a row
EVENT_ROWS = (30, 11)  # px from the top, preferred row first

EVENT_SHAPES = {  # the most important first: those get the labels where not all fit
    "flag": ("evi w", "M-4 -7L7 -3L-2 1V7H-4Z"),
    "care": ("evi n", "M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z"),
    "down": ("evi b", "M0 6L6 -4H-6Z"),
    "up": ("evi", "M0 -6L6 4H-6Z"),
    "shoe": ("evi n", "M-6 -5H-2L0 -1L6 1V4H-6Z"),
}
RANKS = {kind: rank for rank, kind in enumerate(EVENT_SHAPES)}

EventKind = Literal["flag", "care", "down", "up", "shoe"]
Trend = Sequence[Sequence[tuple[dt.date, float]]]


@dataclass(frozen=True, kw_only=True)
class PainPoint:
    """A run's pain scores (0-10, None where not given), its page and what a reader hears of it."""

    on: dt.date
    before: int | None
    during: int | None
    after: int | None
    next_morning: int | None
    href: str
    label: str

    @property
    def worst(self) -> int | None:
        given = [
            score for score in (self.before, self.during, self.after, self.next_morning) if score is not None
        ]
        return max(given, default=None)

    @property
    def marked(self) -> int | None:
        """The score the mark stands at: after, else the next best known about the run."""
        return next((s for s in (self.after, self.during, self.before) if s is not None), None)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to the plan, or a day that stands out.

    `name` stands beside its mark where it has room, `label` says all of it.
    """

    on: dt.date
    kind: EventKind
    name: str
    label: str


def pain_chart(
    points: Sequence[PainPoint],
    *,
    first: dt.date,
    last: dt.date,
    zones: Zones,
    words: Words,
    trend: Trend = (),
    events: Sequence[Event] = (),
    daily: Sequence[tuple[dt.date, int]] = (),
) -> str:
    """Draws the scores from `first` to `last`; the empty string when there is none.

    Of more than MOST_MARKS runs it draws the worst of every `weeks_per_mark`, of more days likewise the
    worst. Points, trend and events are oldest first.
    """
    time = TimeAxis(first, last)
    events = [event for event in events if event.on in time]
    top = EVENT_LANE if events else MARGIN
    plot = _Plot(time, Scores(zones, top, HEIGHT - FOOT - top))
    shown = thinned([point for point in points if point.on in time and point.worst is not None])
    days = _worst_days(daily, time)
    if not shown and not days:
        return ""
    parts = [
        *plot.bands(),
        *tick_lines(time, top=top, bottom=HEIGHT - FOOT),
        *tick_words(time, words, y=HEIGHT - 6),
        *_events(plot, events),
        stretched(_lines(plot, shown, days, trend), top=top, depth=plot.scores.depth),
        *_marks(plot, shown),
    ]
    # a group, because the image role would hide the links from screen readers
    return frame(
        parts,
        scale=plot.scores.scale,
        height=HEIGHT,
        attributes=f'role="group" aria-label="{escape(words.label)}"',
    )


def trailing_mean(points: Sequence[PainPoint]) -> list[list[tuple[dt.date, float]]]:
    """Averages the pain after the last TREND_RUNS runs, in stretches that start anew after a long gap.

    Runs without that score are left out, and stretches of fewer than FEWEST_RUNS or of a single day.
    """
    stretches: list[list[tuple[dt.date, float]]] = []
    recent: deque[int] = deque(maxlen=TREND_RUNS)
    for point in points:
        if point.after is None:
            continue
        if not stretches or point.on - stretches[-1][-1][0] > TREND_GAP:
            stretches.append([])
            recent.clear()
        recent.append(point.after)
        stretches[-1].append((point.on, sum(recent) / len(recent)))
    return [each for each in stretches if len(each) >= FEWEST_RUNS and each[0][0] < each[-1][0]]


def weeks_per_mark(points: Sequence[PainPoint]) -> int:
    """Counts the weeks one mark stands for; 0 when every run has its own."""
    if len(points) <= MOST_MARKS:
        return 0
    return ceil(((points[-1].on - points[0].on).days + 1) / 7 / MOST_MARKS)


def thinned(points: Sequence[PainPoint]) -> Sequence[PainPoint]:
    """Keeps the worst run of every `weeks_per_mark`."""
    weeks = weeks_per_mark(points)
    if not weeks:
        return points
    worst: dict[int, PainPoint] = {}
    for point in points:
        period = (point.on - points[0].on).days // (7 * weeks)
        if period not in worst or (point.worst or 0) > (worst[period].worst or 0):
            worst[period] = point
    return list(worst.values())


@dataclass(frozen=True)
class _Plot:
    time: TimeAxis
    scores: Scores

    def bands(self) -> Iterator[str]:
        yield from self.scores.bands()
        zones = self.scores.zones
        for score in (0, zones.low + 0.5, zones.raised + 0.5, WORST_SCORE):
            y = self.scores.y(score)
            yield f'<line class="grid-l" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>'


def _events(plot: _Plot, events: Sequence[Event]) -> Iterator[str]:
    xs = [plot.time.middle_of(event.on) for event in events]
    boxes = [
        Box(x / 100 * NARROWEST_WITH_LABELS, len(event.name) * CHARACTER, RANKS[event.kind])
        for event, x in zip(events, xs, strict=True)
    ]
    for event, x, (y, side) in zip(events, xs, label_places(boxes), strict=True):
        text = f"<title>{escape(event.label)}</title>"
        if side:
            dx = 10 if side == "start" else -10
            text += f'<text class="evt" x="{dx}" y="4" text-anchor="{side}">{escape(event.name)}</text>'
        css, path = EVENT_SHAPES[event.kind]
        yield f'<line class="ev" x1="{x:.2f}%" x2="{x:.2f}%" y1="{y + 7}" y2="{HEIGHT - FOOT}"/>'
        yield shape(x, y, path, css=css, title=text)


class Box(NamedTuple):
    """Where an icon stands, how wide its label is (px), and its rank: the lowest gets its label first."""

    at: float
    width: float
    rank: int


def label_places(boxes: Sequence[Box]) -> list[tuple[int, str]]:
    """Return the row of each icon, oldest first, and the side of it the label begins on, "" where it has no room.

    Of equal rank the newest comes first. An icon without a label gives way to the other row.
    """
    labels: dict[int, _Label] = {}
    for n in sorted(range(len(boxes)), key=lambda n: (boxes[n].rank, -n)):
        for label in _possible(boxes[n]):
            if not any(map(label.meets, labels.values())) and _rows(boxes, {**labels, n: label}):
                labels[n] = label
                break
    rows = _rows(boxes, labels)
    return [(row, labels[n].side if n in labels else "") for n, row in enumerate(rows)]


class _Label(NamedTuple):
    """A label beside its icon at `at`, which both together reach from `left` to `right` in a row."""

    row: int
    side: str
    at: float
    left: float
    right: float

    def meets(self, other: _Label) -> bool:
        """Tell whether both have no room."""
        overlap = (
            self.row == other.row and self.left < other.right + SPACE and other.left < self.right + SPACE
        )
        return overlap or self.hides(other.at, other.row) or other.hides(self.at, self.row)

    def hides(self, at: float, row: int) -> bool:
        """Tell whether an icon in a row has no room, or its line would cross the label below it."""
        if row == self.row:
            return self.left - HALF_ICON < at < self.right + HALF_ICON
        return row < self.row and self.left < at < self.right and abs(self.at - at) > HALF_ICON


def _possible(box: Box) -> Iterator[_Label]:
    at, width, _rank = box
    for row in EVENT_ROWS:
        if at + width <= NARROWEST_WITH_LABELS:
            yield _Label(row, "start", at, at - HALF_ICON, at + HALF_ICON + width)
        if at >= width:
            yield _Label(row, "end", at, at - HALF_ICON - width, at + HALF_ICON)


def _rows(boxes: Sequence[Box], labels: dict[int, _Label]) -> list[int]:
    """Return the row of each icon beside the labels, the lower one where both are free; none if one has no room."""
    rows: list[int] = []
    free_from = dict.fromkeys(EVENT_ROWS, 0.0)
    for n, (at, _width, _rank) in enumerate(boxes):
        free = [row for row in EVENT_ROWS if not any(label.hides(at, row) for label in labels.values())]
        if n not in labels and not free:
            return []
        left = at - HALF_ICON
        row = labels[n].row if n in labels else min(free, key=lambda row: max(free_from[row] - left, 0))
        free_from[row] = at + HALF_ICON
        rows.append(row)
    return rows


def _worst_days(daily: Sequence[tuple[dt.date, int]], time: TimeAxis) -> list[tuple[dt.date, int]]:
    worst: dict[int, tuple[dt.date, int]] = {}
    for on, score in daily:
        spot = on.toordinal() // ceil(time.days / MOST_MARKS)
        if on in time and (spot not in worst or score > worst[spot][1]):
            worst[spot] = (on, score)
    return list(worst.values())


def _lines(plot: _Plot, points: Sequence[PainPoint], days: list[tuple[dt.date, int]], trend: Trend) -> str:
    # a line of no length with round ends is a dot
    dots = "".join(f"M{_spot(plot, on, score)}h0" for on, score in days)
    rises = "".join(_rise(plot, point) for point in points)
    return line("daily", dots) + line("span", rises) + "".join(_trend(plot, stretch) for stretch in trend)


def _trend(plot: _Plot, stretch: Sequence[tuple[dt.date, float]]) -> str:
    # one value per unit of width: a longer path would not look different
    by_x = {round(plot.time.middle_of(on) * 10): mean for on, mean in stretch if on in plot.time}
    if len(by_x) < 2:
        return ""
    path = "M" + "L".join(f"{x} {_depth(mean)}" for x, mean in by_x.items())
    return line("trend-a", f"{path}V1000H{min(by_x)}Z") + line("trend", path)


def _rise(plot: _Plot, point: PainPoint) -> str:
    worst = max((s for s in (point.during, point.after) if s is not None), default=None)
    if point.before is None or worst is None or worst == point.before:
        return ""
    return f"M{_spot(plot, point.on, point.before)}V{_depth(worst)}"


def _spot(plot: _Plot, on: dt.date, score: float) -> str:
    return f"{plot.time.middle_of(on) * 10:.1f} {_depth(score)}"


def _depth(score: float) -> int:
    return round((1 - score / WORST_SCORE) * 1000)


def _marks(plot: _Plot, points: Sequence[PainPoint]) -> Iterator[str]:
    radius = 4.6 if len(points) <= MANY_MARKS else 3.2
    for point in points:
        marks = _morning(plot, point, radius) + _mark(plot, point, radius)
        yield f'<a href="{escape(point.href)}"><title>{escape(point.label)}</title>{marks}</a>'


def _mark(plot: _Plot, point: PainPoint, r: float) -> str:
    score = point.marked
    if score is None:
        return ""
    css = "hollow" if point.after is None else ""
    return plot.scores.mark(plot.time.middle_of(point.on), score, r=r, css=css)


def _morning(plot: _Plot, point: PainPoint, radius: float) -> str:
    if point.next_morning is None:
        return ""
    r = radius * (
        1.5 if point.next_morning == point.marked else 0.87
    )  # a wider diamond looks out from behind the mark
    css = "am" if point.marked is None else "am am-m"  # app.css hides am-m in narrow cards
    y = plot.scores.y(point.next_morning)
    return shape(plot.time.middle_of(point.on), y, f"M0 {-r:.1f}L{r:.1f} 0L0 {r:.1f}L{-r:.1f} 0Z", css=css)
