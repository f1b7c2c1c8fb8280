"""Closed outlines as SVG path data, with points that bound them.

All run clockwise on the page, so that outlines in one path add up instead of cutting holes. Path data are whole
numbers, each relative to the last point: short, and the same for a part that only moves.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from backpain.figures.plane import Point, angle_of, direction, left_of, moved, step

SCALE = 10  # SVG units per percent of body height: whole numbers are fine enough

Circle = tuple[Point, float]  # centre, radius


@dataclass(frozen=True)
class Outline:
    """Path data in SVG units, and points in body units that lie on the outline or bound it."""

    path: str
    bounds: tuple[Point, ...]

    def __add__(self, other: Outline) -> Outline:
        return Outline(self.path + other.path, self.bounds + other.bounds)


class Pen:
    """Writes path data; takes points in body units."""

    def __init__(self, start: Point) -> None:
        self.at = _place(start)
        self.data = f"M{_joined(self.at)}"

    def line(self, end: Point) -> Pen:
        return self._go("l", (), end)

    def curve(self, first: Point, second: Point, end: Point) -> Pen:
        return self._go("c", (), first, second, end)

    def bend(self, control: Point, end: Point) -> Pen:
        return self._go("q", (), control, end)

    def arc(self, wide: float, high: float, end: Point, *, turned: float = 0, large: bool = False) -> Pen:
        """Draw an arc of an ellipse by its half axes, clockwise on the page."""
        shape = (round(wide * SCALE), round(high * SCALE), round(-turned), int(large), 1)
        return self._go("a", shape, end)

    def close(self) -> str:
        return self.data + "z"

    def _go(self, command: str, shape: Sequence[int], *points: Point) -> Pen:
        places = [_place(point) for point in points]
        steps = [number for x, y in places for number in (x - self.at[0], y - self.at[1])]
        self.data += command + _joined([*shape, *steps])
        self.at = places[-1]
        return self


def _place(point: Point) -> tuple[int, int]:
    """Return a point in SVG units; there y runs down."""
    return round(point[0] * SCALE), round(-point[1] * SCALE)


def _joined(numbers: Sequence[int]) -> str:
    """Return numbers as path data have them; a minus sign is separator enough."""
    first, *others = numbers
    return f"{first}" + "".join(f"{number}" if number < 0 else f" {number}" for number in others)


def capsule(start: Circle, end: Circle) -> Outline:
    """Return the outline of two circles and what is between them, the wider circle first."""
    (a, wide), (b, narrow) = start, end
    way = step(a, b)
    spread = math.degrees(math.acos(min(1.0, (wide - narrow) / max(math.hypot(*way), 1e-6))))
    left, right = direction(angle_of(way) + spread), direction(angle_of(way) - spread)
    first = moved(a, left, wide)
    pen = Pen(first).line(moved(b, left, narrow)).arc(narrow, narrow, moved(b, right, narrow))
    pen.line(moved(a, right, wide)).arc(wide, wide, first, large=True)
    return Outline(pen.close(), _corners(start) + _corners(end))


def disc(circle: Circle) -> Outline:
    """Return the outline of a circle."""
    middle, radius = circle
    return ellipse(middle, wide=radius, high=radius, upwards=0)


def ellipse(middle: Point, *, wide: float, high: float, upwards: float) -> Outline:
    """Return the outline of an ellipse whose height points along the angle `upwards`."""
    way, turned = direction(upwards), upwards - 90
    low, top = moved(middle, way, -high), moved(middle, way, high)
    # Half axes a little too short are stretched to fit; rounded, they would make two flat arcs with corners.
    wide_enough, high_enough = 0.9 * wide, 0.9 * high
    pen = Pen(low).arc(wide_enough, high_enough, top, turned=turned)
    pen.arc(wide_enough, high_enough, low, turned=turned)
    around = (direction(angle) for angle in range(0, 360, 15))
    aside = left_of(way)
    return Outline(
        pen.close(), tuple(moved(moved(middle, way, high * y), aside, wide * x) for x, y in around)
    )


def tube(there: Sequence[Point], back: Sequence[Point], *, rounded: float) -> Outline:
    """Return an outline that runs smoothly along one side and back along the other.

    It ends flat where it turns, and where it closes in an arc of the radius `rounded`.
    """
    pen = Pen(there[0])
    on_there = _smooth(pen, there)
    pen.line(back[0])
    on_back = _smooth(pen, back)
    bounds = (*there, *back, *on_there, *on_back)
    if rounded:
        pen.arc(0.9 * rounded, 0.9 * rounded, there[0])
        middle = moved(there[0], step(there[0], back[-1]), 0.5)
        bounds += _corners((middle, rounded))
    return Outline(pen.close(), bounds)


def _smooth(pen: Pen, points: Sequence[Point]) -> list[Point]:
    """Draw through the points (a cardinal spline) and return the middles of its curves."""
    padded = [points[0], *points, points[-1]]
    middles = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        first, second = moved(start, step(before, end), 1 / 6), moved(end, step(start, after), -1 / 6)
        pen.curve(first, second, end)
        middles.append(
            (
                (start[0] + 3 * (first[0] + second[0]) + end[0]) / 8,
                (start[1] + 3 * (first[1] + second[1]) + end[1]) / 8,
            )
        )
    return middles


def _corners(circle: Circle) -> tuple[Point, Point]:
    (x, y), radius = circle
    return (x - radius, y - radius), (x + radius, y + radius)
