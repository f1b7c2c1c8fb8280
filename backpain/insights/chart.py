"""What every chart of Progress is made of: a drawing, its legend, what to see in it, and the same numbers as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import mark_safe

MOST_ROWS = 100  # of a table; History has them all


@dataclass(frozen=True)
class Key:
    """An entry of the legend; `shape` is SVG in a square of 12 pixels."""

    shape: str
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `href` is the page of what it tells of, if it has one."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Choice:
    """Another view of the same chart: what the address says of it, such as {"ladder": "bridge"}."""

    text: str
    query: Mapping[str, str]
    is_chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells, newest first; the first of a row names it."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def body(self) -> str:
        """Return the rows as HTML; a template takes several times as long over a thousand cells."""
        return mark_safe("".join(map(_row, self.rows)))


def _row(cells: Sequence[Cell]) -> str:
    first, *others = map(_cell, cells)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>\n'


def _cell(cell: Cell) -> str:
    text = escape(cell.text)
    return f'<a href="{escape(cell.href)}">{text}</a>' if cell.href else text


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`svg` is empty where there is nothing to draw, and `empty` says why. `captions` say what to see.

    `columns`: of the twelve of a wide page. `is_shortened`: the tables list their newest rows only.
    """

    slug: str
    title: str
    svg: str
    empty: str
    unit: str = ""
    legend: Sequence[Key] = ()
    captions: Sequence[str] = ()
    tables: Sequence[Table] = ()
    choices: Sequence[Choice] = ()
    columns: int = 4
    is_shortened: bool = False


def row(*texts: str, href: str = "") -> list[Cell]:
    """Return the cells of a row, the first of which leads to `href`."""
    return [Cell(text, href if n == 0 else "") for n, text in enumerate(texts)]


def newest[T](rows: Sequence[T], most: int = MOST_ROWS) -> Sequence[T]:
    """Return the last rows, the newest first."""
    return rows[: -most - 1 : -1]
