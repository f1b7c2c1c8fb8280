"""All stills in one file, for pages that show many of them small: fetched once, each drawn with <use>.

A page's classes do not reach into such a file, but its tokens do: the paint stands in attributes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from backpain.figures.data import BadFigure, figure_from
from backpain.figures.draw import still
from backpain.figures.figure import Figure

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


def sheet(figures: Mapping[str, Any]) -> str:
    """Return an SVG file with the still of each figure, given as data, as a symbol; its id is its name."""
    return _sheet(json.dumps(figures, sort_keys=True))


@cache
def drawing_version() -> str:
    """Return a name for the code that draws, which changes with it."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return sha256(code).hexdigest()[:8]


@lru_cache(maxsize=2)
def _sheet(written: str) -> str:
    figures = _readable(json.loads(written))
    drawn = {name: ElementTree.fromstring(still(figure, alt="")) for name, figure in figures.items()}
    symbols = "".join(_symbol(name, drawing) for name, drawing in drawn.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'


def _readable(figures: Mapping[str, Any]) -> dict[str, Figure]:
    """Return the figures that data describe; what is none is left out."""
    found = {}
    for name, data in figures.items():
        with suppress(BadFigure):
            found[name] = figure_from(data)
    return found


def _symbol(name: str, drawn: ElementTree.Element) -> str:
    parts = "".join(f"<{part.tag} {_attributes(part)}/>" for part in drawn)
    return f'<symbol id="{escape(name)}" viewBox="{drawn.get("viewBox")}">{parts}</symbol>'


def _attributes(part: ElementTree.Element) -> str:
    shape = [f'{name}="{value}"' for name, value in part.items() if name != "class"]
    return " ".join([PAINT[part.get("class", "")], *shape])
