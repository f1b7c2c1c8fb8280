"""What a body cannot do, or not on this floor: every fault of a figure, measured."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from backpain.figures.body import Shape, parts
from backpain.figures.figure import BACK_TO_FRONT, LIMBS, WHOLE, Figure, Part, Pose, Reaching
from backpain.figures.motion import between
from backpain.figures.skeleton import SPINE, elbow_bend, hips_turn, knee_bend, skeleton_of

# In percent of body height.
SINKS_IN, SINKS_IN_BETWEEN = (
    0.6,
    1.2,
)  # a mat gives way a little; a body passes through quicker than it is seen
ABOVE_THE_FLOOR = 0.8
OUT_OF_REACH = 0.1
SLIDES = 1.0

STRAIGHT, CLOSED = -3, 158  # degrees; a straight joint is drawn a little soft either way
ROUND = 200  # degrees from pose to pose: an angle given the long way round
ON_THE_WAY = (0.2, 0.4, 0.6, 0.8)  # shares of the way at which the movement is looked at
SPINE_CHANGES = 0.015  # share of its length
SHORTENS = 0.6  # share of a bone that may turn out of sight from pose to pose

Code = Literal[
    "under_floor",
    "in_the_air",
    "elbow",
    "knee",
    "out_of_reach",
    "spine_length",
    "bone_length",
    "slides",
    "turns_round",
]


Found = tuple[Code, float, Part]


@dataclass(frozen=True)
class Fault:
    """What is wrong in which pose, counted from 1, with the value found and the part of the body it is about.

    What is wrong on the way from a pose to the next has that one in `to`.
    """

    code: Code
    pose: int
    measured: float
    part: Part = "trunk"
    to: int | None = None


def faults(figure: Figure) -> tuple[Fault, ...]:
    """Return everything wrong with a figure, pose by pose, then from pose to pose."""
    found = [fault for number, pose in enumerate(figure.poses, 1) for fault in _in_pose(figure, pose, number)]
    for start, end in _steps(figure):
        way = _on_the_way(figure, figure.poses[start], figure.poses[end])
        found += [Fault(code, start + 1, measured, part, end + 1) for code, measured, part in way]
    return tuple(found)


def _steps(figure: Figure) -> list[tuple[int, int]]:
    """Return the indices of key poses that follow each other in the movement, each pair once."""
    last = len(figure.poses) - 1
    return [*pairwise(range(last + 1)), *([(last, 0)] if figure.cycle and last > 1 else [])]


def _in_pose(figure: Figure, pose: Pose, number: int) -> Iterator[Fault]:
    if figure.floor != "above":
        lowest, part = _lowest_part(pose)
        if lowest < -SINKS_IN:
            yield Fault("under_floor", number, lowest, part)
        if lowest > ABOVE_THE_FLOOR and not pose.airborne:
            yield Fault("in_the_air", number, lowest)
    yield from (Fault(code, number, measured, part) for code, measured, part in _of_joints(pose))
    length = _spine_length(pose)
    if abs(length / SPINE - 1) > SPINE_CHANGES:
        yield Fault("spine_length", number, length)


def _of_joints(pose: Pose) -> Iterator[Found]:
    """Yield elbows and knees bent the wrong way or too far, and hands and feet out of reach.

    Of a limb that points to the reader or is seen from the front the bend cannot be told.
    """
    skeleton = skeleton_of(pose)
    for name in LIMBS:
        limb, bones = getattr(pose, name), getattr(skeleton, name)
        if isinstance(limb, Reaching) and math.dist(bones.tip, (limb.x, limb.y)) > OUT_OF_REACH:
            yield "out_of_reach", math.dist(bones.tip, (limb.x, limb.y)), name
        is_arm = name.endswith("arm")
        if limb.shown != WHOLE or (pose.turn if is_arm else hips_turn(pose)) > 0:
            continue
        bend = elbow_bend(bones) if is_arm else knee_bend(bones)
        if not STRAIGHT <= bend <= CLOSED:
            yield "elbow" if is_arm else "knee", bend, name


def _spine_length(pose: Pose) -> float:
    skeleton = skeleton_of(pose)
    return sum(math.dist(*ends) for ends in pairwise(skeleton.on_spine(share / 50) for share in range(51)))


def _on_the_way(figure: Figure, start: Pose, end: Pose) -> Iterator[Found]:
    if not figure.on_the_spot:
        yield from (("slides", by, part) for by, part in _slides(figure, start, end) if by > SLIDES)
    yield from (("turns_round", by, part) for by, part in _turns(start, end) if by > ROUND)
    yield from (("bone_length", by, part) for by, part in _shortenings(start, end) if by > SHORTENS)
    if figure.floor != "above":
        lowest, part = min(_lowest_part(between(start, end, share)) for share in ON_THE_WAY)
        if lowest < -SINKS_IN_BETWEEN:
            yield "under_floor", lowest, part


def _slides(figure: Figure, start: Pose, end: Pose) -> Iterator[tuple[float, Part]]:
    """Yield how far hands and feet that are on the floor in both poses move."""
    joints = [skeleton_of(pose) for pose in (start, end)]
    shapes = [parts(pose) for pose in (start, end)]
    for name in LIMBS:
        last = 0 if name.endswith("arm") else 1  # of its shapes the one with the hand or foot
        if figure.floor != "above" and all(_lowest([each[name][last]]) < ABOVE_THE_FLOOR for each in shapes):
            yield math.dist(*(getattr(skeleton, name).tip for skeleton in joints)), name


def _lowest_part(pose: Pose) -> tuple[float, Part]:
    """Return how low a pose reaches, with what."""
    shapes = parts(pose)
    return min((_lowest(shapes[part]), part) for part in BACK_TO_FRONT)


def _lowest(shapes: Iterable[Shape]) -> float:
    return min(y for shape in shapes for _, y in shape.outline.bounds)


def _turns(start: Pose, end: Pose) -> Iterator[tuple[float, Part]]:
    """Yield by how much the angles given in both poses differ."""
    held: list[tuple[Any, Any, tuple[str, ...], Part]] = [(start, end, ("spine", "neck", "head"), "trunk")]
    held += [(getattr(start, name), getattr(end, name), ("upper", "lower", "end"), name) for name in LIMBS]
    for one, other, names, part in held:
        angles = [(getattr(one, name, None), getattr(other, name, None)) for name in names]
        yield from ((abs(a - b), part) for a, b in angles if a is not None and b is not None)


def _shortenings(start: Pose, end: Pose) -> Iterator[tuple[float, Part]]:
    """Yield how much of each bone turns out of sight, or into it."""
    for name in LIMBS:
        shown = [getattr(pose, name).shown for pose in (start, end)]
        yield from ((abs(one - other), name) for one, other in zip(*shown, strict=True))
