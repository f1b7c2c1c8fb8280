"""Closed outlines as SVG path data, with the points that bound them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from backpain.figures.plane import Point, angle_of, direction, moved, step

SCALE = 3.2  # SVG units per percent of body height: one decimal is fine enough

Circle = tuple[Point, float]  # centre, radius


@dataclass(frozen=True)
class Outline:
    """Path data in SVG units, and points in body units that lie on the outline or bound it."""

    path: str
    bounds: tuple[Point, ...]

    def __add__(self, other: Outline) -> Outline:
        return Outline(self.path + other.path, self.bounds + other.bounds)


def number(value: float) -> str:
    """Return a length in SVG units as short as it gets."""
    return f"{round(value, 1) + 0:g}"  # + 0: never a negative zero


def place(point: Point) -> str:
    """Return a point in SVG units; there y runs down."""
    return f"{number(point[0] * SCALE)} {number(-point[1] * SCALE)}"


def capsule(start: Circle, end: Circle) -> Outline:
    """Return the outline of two circles and what is between them, the wider circle first."""
    (a, wide), (b, narrow) = start, end
    way = step(a, b)
    spread = math.degrees(math.acos(min(1.0, (wide - narrow) / math.hypot(*way))))
    left, right = direction(angle_of(way) + spread), direction(angle_of(way) - spread)
    first, last = place(moved(a, left, wide)), place(moved(a, right, wide))
    r, s = number(narrow * SCALE), number(wide * SCALE)
    path = (
        f"M{first}L{place(moved(b, left, narrow))}"
        f"A{r} {r} 0 0 1 {place(moved(b, right, narrow))}L{last}A{s} {s} 0 1 1 {first}Z"
    )
    return Outline(path, _corners(start) + _corners(end))


def disc(circle: Circle) -> Outline:
    """Return the outline of a circle."""
    (x, y), radius = circle
    r = number(radius * SCALE)
    left, right = place((x - radius, y)), place((x + radius, y))
    return Outline(f"M{left}A{r} {r} 0 1 1 {right}A{r} {r} 0 1 1 {left}Z", _corners(circle))


def smooth(points: Sequence[Point], tension: float = 0.5) -> Outline:
    """Return a closed curve through the points (a cardinal spline)."""
    around = [points[-1], *points, points[0], points[1]]
    return Outline(f"M{place(points[0])}{_curves(around, tension)}Z", tuple(points))


def tube(there: Sequence[Point], back: Sequence[Point]) -> Outline:
    """Return an outline that runs smoothly along one side and back along the other."""
    sides = [_curves([side[0], *side, side[-1]], 0.5) for side in (there, back)]
    path = f"M{place(there[0])}{sides[0]}L{place(back[0])}{sides[1]}Z"
    return Outline(path, (*there, *back))


def _curves(points: Sequence[Point], tension: float) -> str:
    """Return curves from the second to the last but one point; the outer two only give the direction."""
    return "".join(
        f"C{place(moved(start, step(before, end), tension / 3))}"
        f" {place(moved(end, step(start, after), -tension / 3))} {place(end)}"
        for before, start, end, after in zip(points, points[1:], points[2:], points[3:], strict=False)
    )


def _corners(circle: Circle) -> tuple[Point, Point]:
    (x, y), radius = circle
    return (x - radius, y - radius), (x + radius, y + radius)
