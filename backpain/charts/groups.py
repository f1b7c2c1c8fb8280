"""Scores against something about the runs: an amount along the axis, or groups side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from backpain.charts.axis import frame
from backpain.charts.distance import nice_scale
from backpain.charts.scores import Scores, Zones

FOOT = 42  # px below the plot: the name of a group and how many runs it has
TOP = 8
DEPTH = 160
HEIGHT = TOP + DEPTH + FOOT
EDGE = 3  # percent kept free left and right, so that no mark leaves the plot
MOST_LINKED = 120  # more would be neither seen apart nor small enough to send
BINS = 24  # of the axis where marks are counted: 13 px each on a phone
LARGEST, SMALLEST = 7.5, 2.0  # px, radius of a counted mark


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A run: an amount, its score (0-10), its page and what a reader hears of it."""

    amount: float
    score: int
    href: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Runs with something in common; `mean` is None where they are too few for one.

    `labels` names every score that occurs, with how often; `count` says how many runs in all.
    """

    name: str
    count: str
    scores: Sequence[int]
    mean: float | None
    labels: dict[int, str]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many runs share a stretch of the axis, `low` to `high`, and a score."""

    low: float
    high: float
    score: int
    count: int


def scatter_chart(dots: Sequence[Dot], *, zones: Zones, label: str) -> str:
    """Draws a mark a run, a link each; the empty string without one. At most MOST_LINKED."""
    if not dots:
        return ""
    plot, numbers = Scores(zones, TOP, DEPTH), nice_scale(max(dot.amount for dot in dots) or 1)
    marks = (
        f'<a href="{escape(dot.href)}"><title>{escape(dot.label)}</title>'
        f"{plot.mark(_across(dot.amount / numbers[-1]), dot.score, r=4.6)}</a>"
        for dot in dots
    )
    # a group, because the image role would hide the links from screen readers
    return _framed(plot, [*_amounts(numbers), *marks], role="group", label=label)


def counted_chart(found: Sequence[tuple[Counted, str]], *, zones: Zones, label: str) -> str:
    """Draws a mark for every stretch and score, larger for more runs, each with its words."""
    if not found:
        return ""
    plot, numbers = Scores(zones, TOP, DEPTH), nice_scale(max(each.high for each, _ in found))
    most = max(each.count for each, _ in found)
    marks = (
        _counted(
            plot, _across((each.low + each.high) / 2 / numbers[-1]), each.score, each.count / most, words
        )
        for each, words in found
    )
    return _framed(plot, [*_amounts(numbers), *marks], role="img", label=label)


def counted(amounts: Sequence[tuple[float, int]]) -> list[Counted]:
    """Counts (amount, score) in BINS equal stretches of the axis."""
    top = nice_scale(max((amount for amount, _ in amounts), default=0) or 1)[-1]
    width = top / BINS
    spots = Counter((min(int(amount / width), BINS - 1), score) for amount, score in amounts)
    return [
        Counted(low=spot * width, high=(spot + 1) * width, score=score, count=count)
        for (spot, score), count in sorted(spots.items())
    ]


def groups_chart(groups: Sequence[Group], *, zones: Zones, label: str, counts: str) -> str:
    """Draws the groups side by side, each with its scores and its mean; the empty string without a run.

    `counts` stands before the row of their counts, as short as it gets.
    """
    most = max((max(Counter(group.scores).values(), default=0) for group in groups), default=0)
    if not most:
        return ""
    plot, width = Scores(zones, TOP, DEPTH), (100 - 2 * EDGE) / len(groups)
    parts = [
        part
        for n, group in enumerate(groups)
        for part in _group(plot, group, left=EDGE + n * width, width=width, most=most)
    ]
    return _framed(plot, parts, role="img", label=label, names=[(counts, HEIGHT - 10)])


def panels(drawings: Sequence[tuple[str, str]]) -> str:
    """Puts (heading, drawing) side by side where there is room."""
    figures = (f"<figure><figcaption>{escape(title)}</figcaption>{svg}</figure>" for title, svg in drawings)
    return f'<div class="panels">{"".join(figures)}</div>' if drawings else ""


def _group(plot: Scores, group: Group, *, left: float, width: float, most: int) -> Iterator[str]:
    middle = left + width / 2
    for score, count in sorted(Counter(group.scores).items()):
        yield _counted(plot, middle, score, count / most, group.labels[score])
    if group.mean is not None:
        x1, x2, y = left + 0.12 * width, left + 0.88 * width, plot.y(group.mean)
        yield f'<line class="mean" x1="{x1:.2f}%" x2="{x2:.2f}%" y1="{y:.1f}" y2="{y:.1f}"/>'
    for y, words in ((HEIGHT - 22, group.name), (HEIGHT - 6, group.count)):
        yield f'<text x="{middle:.2f}%" y="{y}" text-anchor="middle">{escape(words)}</text>'


def _counted(plot: Scores, x: float, score: int, share: float, words: str) -> str:
    r = max(LARGEST * sqrt(share), SMALLEST)  # the area tells the number
    return (
        f'<circle class="many" cx="{x:.2f}%" cy="{plot.y(score):.1f}" r="{r:.1f}">'
        f"<title>{escape(words)}</title></circle>"
    )


def _across(share: float) -> float:
    """Turns a share of the axis into percent of the width."""
    return EDGE + (100 - 2 * EDGE) * share


def _amounts(numbers: Sequence[int]) -> Iterator[str]:
    for number in numbers:
        x = _across(number / numbers[-1])
        yield f'<line class="grid-l" x1="{x:.2f}%" x2="{x:.2f}%" y1="{TOP}" y2="{TOP + DEPTH}"/>'
        yield f'<text x="{x:.2f}%" y="{TOP + DEPTH + 20}" text-anchor="middle">{number}</text>'


def _framed(
    plot: Scores, parts: Sequence[str], *, role: str, label: str, names: Sequence[tuple[str, float]] = ()
) -> str:
    inside = [
        *plot.bands(),
        *(f'<line class="grid-l" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>' for y in (TOP, plot.y(0))),
        *parts,
    ]
    return frame(
        inside,
        scale=[*plot.scale, *names],
        height=HEIGHT,
        attributes=f'role="{role}" aria-label="{escape(label)}"',
    )
