"""Amounts over the months, each stacked from its shares, which colours and patterns tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from backpain.charts.axis import FOOT, frame
from backpain.charts.distance import nice_scale

HEIGHT = 200  # px
TOP = 8
DEPTH = HEIGHT - FOOT - TOP
GAP = 1.5  # px between shares


@dataclass(frozen=True, kw_only=True)
class Share:
    """`fill` is the address of its pattern on the page, such as `url(#road)`."""

    fill: str
    amount: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Stack:
    """The shares of a month, the lowest first; `tick` names it below."""

    tick: str
    shares: Sequence[Share]

    @property
    def amount(self) -> float:
        return sum(share.amount for share in self.shares)


def stacked_chart(stacks: Sequence[Stack], *, label: str) -> str:
    """Draws the stacks side by side, oldest first; the empty string when there is nothing in them."""
    most = max((stack.amount for stack in stacks), default=0)
    if not most:
        return ""
    numbers = nice_scale(most)
    scale = [(number, TOP + DEPTH * (1 - number / numbers[-1])) for number in numbers]
    width = 100 / len(stacks)
    parts = [
        *(f'<line class="grid-l" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>' for _, y in scale),
        *(
            part
            for n, stack in enumerate(stacks)
            for part in _stack(stack, left=n * width, width=width, pixels=DEPTH / numbers[-1])
        ),
    ]
    return frame(parts, scale=scale, height=HEIGHT, attributes=f'role="img" aria-label="{escape(label)}"')


def _stack(stack: Stack, *, left: float, width: float, pixels: float) -> Iterator[str]:
    """Draws a stack; `pixels` is the height of one unit."""
    bottom, gap = float(TOP + DEPTH), 0.0
    for share in stack.shares:
        if not share.amount:
            continue
        height = share.amount * pixels
        yield (
            f'<rect x="{left + 0.15 * width:.2f}%" width="{0.7 * width:.2f}%" y="{bottom - height:.1f}"'
            f' height="{max(height - gap, 1):.1f}" fill="{escape(share.fill)}">'
            f"<title>{escape(share.label)}</title></rect>"
        )
        bottom, gap = bottom - height, GAP
    middle = left + width / 2
    yield f'<text x="{middle:.2f}%" y="{HEIGHT - 6}" text-anchor="middle">{escape(stack.tick)}</text>'
