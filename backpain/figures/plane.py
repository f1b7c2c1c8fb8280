"""Points and directions in the plane: x to the right, y up, angles in degrees from +x towards +y."""

from __future__ import annotations

import math

Point = tuple[float, float]


def direction(angle: float) -> Point:
    """Return the step of length one at this angle."""
    return math.cos(math.radians(angle)), math.sin(math.radians(angle))


def moved(start: Point, step: Point, times: float = 1.0) -> Point:
    """Return where a number of equal steps from `start` leads."""
    return start[0] + times * step[0], start[1] + times * step[1]


def step(start: Point, end: Point) -> Point:
    """Return the step from one point to another."""
    return end[0] - start[0], end[1] - start[1]


def angle_of(step: Point) -> float:
    return math.degrees(math.atan2(step[1], step[0]))


def unit(step: Point) -> Point:
    """Return the step of length one in the same direction; of no step at all, one to the right."""
    length = math.hypot(*step)
    return (step[0] / length, step[1] / length) if length else (1.0, 0.0)


def left_of(step: Point) -> Point:
    """Return the step turned by 90 degrees to the left."""
    return -step[1], step[0]


def mixed(start: float, end: float, share: float) -> float:
    """Return the number at a share of the way from one to another."""
    return start + (end - start) * share


def half_turn(angle: float) -> float:
    """Return the angle from -180 up to 180 that points the same way."""
    return (angle + 180) % 360 - 180
