"""A fluid chart to a drawing of a fixed width, for what knows no percentages inside pictures: the PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import cycle
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring

from backpain.charts.axis import FOOT

SCALE_WIDTH = 32  # px of the numbers left of a plot, with the gap to it
EDGE = 8  # px right of a plot, for half of a mark on its last day
ACROSS = ("x", "x1", "x2", "cx", "width")
DOWN = ("y", "y1", "y2", "cy")
ALONG = {"H": "x", "h": "x", "V": "y", "v": "y"}  # of a path's commands, all others take pairs


@dataclass(frozen=True)
class _Room:
    """The width of the plot in px, the share of its own height it gets, and where the words below it begin."""

    width: float
    tall: float
    foot: float

    def length(self, name: str, value: str) -> str:
        if name in ACROSS and value.endswith("%"):
            return f"{float(value[:-1]) * self.width / 100:.1f}"
        if value.endswith("%"):
            return value
        if name in DOWN:
            return f"{self.down(float(value)):.1f}"
        return f"{float(value) * self.tall:.1f}" if name == "height" else value

    def down(self, y: float) -> float:
        """Return where a height of the chart comes to lie; the words below keep theirs."""
        return y - (1 - self.tall) * min(y, self.foot)


def fixed(chart: str, *, width: float, tall: float = 1) -> str:
    """Return the chart as one svg of this width in px, at a share of its own height; the empty string stays."""
    if not chart:
        return ""
    scale, plot = fromstring(chart)
    height = float(plot.get("height", "0"))
    room = _Room(width - SCALE_WIDTH - EDGE, tall, height - FOOT)
    whole = Element("svg", {"viewBox": f"0 0 {width} {room.down(height):.1f}", "role": "img"})
    SubElement(whole, "title").text = plot.get("aria-label", "")
    for part, left in ((scale, 0), (plot, SCALE_WIDTH)):
        group = SubElement(whole, "g", {"transform": f"translate({left} 0)"})
        group.extend(_drawn(child, room) for child in part if child.tag != "title")
    return tostring(whole, encoding="unicode")


def _drawn(element: Element, room: _Room) -> Element:
    """Return an element with its lengths in px and its nested pictures as groups."""
    children = [child for child in element if child.tag != "title"]
    if element.tag != "svg":
        drawn = Element(element.tag, {name: room.length(name, value) for name, value in element.items()})
        drawn.text = element.text
        drawn.extend(_drawn(child, room) for child in children)
        return drawn
    x, y = (room.length(name, element.get(name, "0")) for name in ("x", "y"))
    group = Element("g", {"transform": f"translate({x} {y})"})
    if box := element.get("viewBox"):
        _left, _top, wide, high = map(float, box.split())
        depth = float(room.length("height", element.get("height", str(high))))
        group.extend(_stretched(path, room.width / wide, depth / high) for path in children)
    else:
        group.extend(_drawn(child, room) for child in children)
    return group


def _stretched(path: Element, across: float, down: float) -> Element:
    """Return a path whose points are stretched and whose line keeps its width."""
    attributes = {name: value for name, value in path.items() if name != "vector-effect"}
    return Element(path.tag, attributes | {"d": _scaled(path.get("d", ""), across, down)})


def _scaled(path: str, across: float, down: float) -> str:
    return "".join(
        command + " ".join(_numbers(command, numbers, across, down))
        for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path)
    )


def _numbers(command: str, numbers: str, across: float, down: float) -> list[str]:
    factors = {"x": (across,), "y": (down,)}.get(ALONG.get(command, ""), (across, down))
    found = map(float, re.findall(r"-?[\d.]+", numbers))
    return [f"{number * factor:.1f}" for number, factor in zip(found, cycle(factors), strict=False)]
