"""The figures that come with the product, by the catalogue's slugs: figures.json, read once.

Checked against the catalogue's how-to, pose by pose.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from backpain.figures.data import figure_from
from backpain.figures.figure import Figure

PATH = Path(__file__).parent / "figures.json"


def shipped(slug: str) -> Figure | None:
    """Return the figure of an exercise, or None where there is none."""
    return shipped_figures().get(slug)


@cache
def shipped_figures() -> dict[str, Figure]:
    """Return all figures by slug."""
    return {slug: figure_from(data) for slug, data in json.loads(PATH.read_text(encoding="utf-8")).items()}
