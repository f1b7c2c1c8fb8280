"""All stills in one file, for pages that show many of them small: fetched once, each drawn with <use>.

A page's classes do not reach into such a file, but its tokens do: the paint stands in attributes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from xml.etree import ElementTree

from backpain.figures.draw import still
from backpain.figures.figure import Figure
from backpain.figures.shipped import shipped_figures

_FILLS = "skin hair shirt trousers shoe".split()
PAINT = {
    **{part: f'fill="var(--{part})"' for part in _FILLS},
    **{f"{part} far": f'fill="var(--{part}-far)"' for part in _FILLS},
    "ghost": 'fill="var(--trousers)" opacity=".24"',
    "mat": 'fill="var(--brand-pale)"',
    "mat above": 'fill="var(--brand-pale)" opacity=".5"',
    "roller": 'fill="var(--brand-pale)"',
    "ball": 'fill="var(--brand-pale)" opacity=".5"',
    "core": 'fill="var(--surface)"',
    "ground": 'fill="var(--line-strong)" opacity=".5"',
    "arrow": 'fill="none" stroke="var(--brand)" stroke-width="12" stroke-linecap="round"',
    "arrow-head": 'fill="var(--brand)"',
}


def sheet(figures: Mapping[str, Figure]) -> str:
    """Return an SVG file with the still of each figure as a symbol; its id is the figure's name."""
    drawn = {name: ElementTree.fromstring(still(figure, alt="")) for name, figure in figures.items()}
    symbols = "".join(_symbol(name, drawing) for name, drawing in drawn.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'


@cache
def shipped_sheet() -> str:
    """Return the sheet of the figures that come with the product."""
    return sheet(shipped_figures())


@cache
def shipped_version() -> str:
    """Return a name for what is on it, which changes with any of them."""
    return sha256(shipped_sheet().encode()).hexdigest()[:12]


def _symbol(name: str, drawn: ElementTree.Element) -> str:
    parts = "".join(f"<{part.tag} {_attributes(part)}/>" for part in drawn)
    return f'<symbol id="{name}" viewBox="{drawn.get("viewBox")}">{parts}</symbol>'


def _attributes(part: ElementTree.Element) -> str:
    shape = [f'{name}="{value}"' for name, value in part.items() if name != "class"]
    return " ".join([PAINT[part.get("class", "")], *shape])
