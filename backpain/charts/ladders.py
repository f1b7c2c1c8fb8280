"""A ladder over time: a lane for each rung, and in it how far the target came from its start to its cap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from backpain.charts.axis import FOOT, TimeAxis, Words, line, stretched, tick_lines, tick_words

LANE = 46  # px, with the space to the next lane
GAP = 4  # px between two lanes
ABOVE, BELOW = 20, 6  # px of a lane that are left to its name and to its edge
MOST_DOTS = 40  # more would not be seen apart
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A target that stood from `first` to `last`, both counted, in a lane (0 = the lowest), at a height 0 to 1."""

    first: dt.date
    last: dt.date
    lane: int
    height: float
    label: str


def ladder_chart(
    lanes: Sequence[str], steps: Sequence[Step], *, first: dt.date, last: dt.date, words: Words
) -> str:
    """Draws the lanes, named from the lowest up, and the steps, oldest first; the empty string without a step."""
    plot = _Plot(len(lanes), TimeAxis(first, last))
    shown = [step for step in steps if step.last >= first and step.first <= last]
    if not shown:
        return ""
    parts = [
        *_lanes(plot, lanes, {step.lane for step in shown}),
        *tick_lines(plot.time, top=0, bottom=plot.depth),
        *tick_words(plot.time, words, y=plot.depth + FOOT - 6),
        *_names(plot, lanes),
        stretched(line("trend step", _path(plot, shown)), top=0, depth=plot.depth),
        *_dots(plot, shown),
    ]
    height = plot.depth + FOOT
    return (
        f'<div class="chart one"><svg class="plot" width="100%" height="{height}" role="img"'
        f' aria-label="{escape(words.label)}">{"".join(parts)}</svg></div>'
    )


@dataclass(frozen=True)
class _Plot:
    lanes: int
    time: TimeAxis

    @property
    def depth(self) -> int:
        return self.lanes * LANE

    def top(self, lane: int) -> int:
        return (self.lanes - 1 - lane) * LANE

    def y(self, step: Step) -> float:
        room = LANE - GAP - ABOVE - BELOW
        return self.top(step.lane) + ABOVE + room * (1 - min(1, max(0, step.height)))

    def x(self, on: dt.date) -> float:
        return min(100, max(0, self.time.start_of(on)))


def _lanes(plot: _Plot, lanes: Sequence[str], stood: set[int]) -> Iterator[str]:
    for lane in range(len(lanes)):
        css = "lane on" if lane in stood else "lane"
        yield f'<rect class="{css}" width="100%" y="{plot.top(lane)}" height="{LANE - GAP}" rx="6"/>'


def _names(plot: _Plot, lanes: Sequence[str]) -> Iterator[str]:
    for lane, name in enumerate(lanes):
        yield f'<text x="8" y="{plot.top(lane) + 15}">{escape(name)}</text>'


def _path(plot: _Plot, steps: Sequence[Step]) -> str:
    """Joins a step with the one before where no day is between them."""
    path, ended = "", None
    for step in steps:
        y = f"{plot.y(step) / plot.depth * 1000:.0f}"
        start = f"V{y}" if ended and step.first == ended + DAY else f"M{plot.x(step.first) * 10:.1f} {y}"
        path += f"{start}H{plot.x(step.last + DAY) * 10:.1f}"
        ended = step.last
    return path


def _dots(plot: _Plot, steps: Sequence[Step]) -> Iterator[str]:
    """Marks where a target began."""
    began = [step for step in steps if step.first >= plot.time.first]
    r = 4 if len(began) <= MOST_DOTS / 2 else 2.5
    for step in began if len(began) <= MOST_DOTS else ():
        yield (
            f'<circle class="lr st" cx="{plot.x(step.first):.2f}%" cy="{plot.y(step):.1f}" r="{r}">'
            f"<title>{escape(step.label)}</title></circle>"
        )
