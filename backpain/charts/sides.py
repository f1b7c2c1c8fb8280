"""Left and right, mirrored: one exercise a row, each on its own scale, the stronger side at full length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

ROW = 44  # px
HEAD = 22  # px above the first row, for the names of the sides
BAR = 12  # px
MIDDLE, LENGTH = 50, 49  # percent: where the bars meet, and the longest
LONGEST_NAME = 32  # letters that fit beside "100% apart" on a phone


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What both sides do of an exercise, in its own unit, at least one more than 0; `words` says how far
    apart they are. `is_uneven` sets the lower side apart. `label` is what a reader hears.
    """

    name: str
    left: float
    right: float
    words: str
    is_uneven: bool
    label: str


def sides_chart(pairs: Sequence[Pair], *, left: str, right: str, label: str) -> str:
    """Draws a row a pair below the names of the sides; the empty string without one."""
    if not pairs:
        return ""
    height = HEAD + len(pairs) * ROW
    parts = [
        f'<text x="{MIDDLE}%" dx="-8" y="13" text-anchor="end">{escape(left)}</text>',
        f'<text x="{MIDDLE}%" dx="8" y="13">{escape(right)}</text>',
        *(part for n, pair in enumerate(pairs) for part in _row(pair, top=HEAD + n * ROW)),
    ]
    return (
        f'<div class="chart one"><svg class="plot" width="100%" height="{height}" role="img"'
        f' aria-label="{escape(label)}">{"".join(parts)}</svg></div>'
    )


def _row(pair: Pair, *, top: int) -> Iterator[str]:
    most, css = max(pair.left, pair.right), "evt" if pair.is_uneven else "apart"
    yield f'<text x="0" y="{top + 14}">{escape(_short(pair.name))}</text>'
    yield f'<text class="{css}" x="100%" y="{top + 14}" text-anchor="end">{escape(pair.words)}</text>'
    yield f'<line class="grid-l" x1="{MIDDLE}%" x2="{MIDDLE}%" y1="{top + 18}" y2="{top + 36}"/>'
    for amount, is_left in ((pair.left, True), (pair.right, False)):
        width = LENGTH * amount / most
        x = MIDDLE - 0.4 - width if is_left else MIDDLE + 0.4
        side = "bar uneven" if pair.is_uneven and amount < most else "bar"
        yield (
            f'<rect class="{side}" x="{x:.2f}%" width="{width:.2f}%" y="{top + 21}" height="{BAR}" rx="5">'
            f"<title>{escape(pair.label)}</title></rect>"
        )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
