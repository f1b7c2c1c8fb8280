"""From a pose to where the joints are.

Lengths are in percent of body height, the floor is at y = 0. The front of the body is to the right of the
spine's direction: a standing figure looks to the right, one on its back has its head on the left.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from backpain.figures.plane import Point, angle_of, direction, left_of, moved, step, unit

SPINE = 29.0
NECK = 4.2
HEAD = 6.1  # radius
UPPER_ARM, FOREARM, HAND = 16.5, 14.0, 4.2
THIGH, SHANK = 24.0, 23.0

SHOULDER_HEIGHT = 0.9  # share of the spine
ELBOW_SIDE, KNEE_SIDE = -1, 1  # of the straight line to the hand or foot: elbows behind it, knees before it

Part = Literal["far_arm", "far_leg", "trunk", "near_leg", "near_arm"]
BACK_TO_FRONT: tuple[Part, ...] = ("far_arm", "far_leg", "trunk", "near_leg", "near_arm")


Shares = tuple[float, float, float]  # of the upper bone, the lower one, and the hand or foot
WHOLE: Shares = (1, 1, 1)


@dataclass(frozen=True)
class Bent:
    """An arm or leg by the angles of its bones; `end` is the hand's or foot's.

    `shown` is the share of each length that is seen, less than 1 of what points to or from the reader.
    """

    upper: float
    lower: float
    end: float | None = None
    shown: Shares = WHOLE


@dataclass(frozen=True)
class Reaching:
    """An arm or leg by where its wrist or ankle is."""

    x: float
    y: float
    end: float | None = None


Limb = Bent | Reaching


@dataclass(frozen=True, kw_only=True)
class Pose:
    """How a body is held. `bow` is how far the middle of the spine is pushed backwards.

    `depth` shifts the far shoulder and hip, so that the far limbs show. Seen from the front, bending the right
    way cannot be told from the angles.
    """

    pelvis: Point
    spine: float
    neck: float
    head: float
    near_arm: Limb
    far_arm: Limb
    near_leg: Limb
    far_leg: Limb
    bow: float = 0
    depth: float = 0
    seen_from: Literal["side", "front"] = "side"
    order: tuple[Part, ...] = BACK_TO_FRONT


@dataclass(frozen=True)
class Bones:
    """An arm or leg: its joints from the trunk outwards, then angle and seen share of the hand or foot."""

    root: Point
    middle: Point
    tip: Point
    end: float
    end_shown: float


@dataclass(frozen=True, kw_only=True)
class Skeleton:
    pelvis: Point
    bend: Point  # control point of the spine's curve
    neck: Point
    head: Point
    head_angle: float
    near_arm: Bones
    far_arm: Bones
    near_leg: Bones
    far_leg: Bones

    def on_spine(self, share: float) -> Point:
        """Return the point at a share of the spine, 0 at the pelvis, 1 at the neck, also a little beyond."""
        return _on_curve(self.pelvis, self.bend, self.neck, share)


def skeleton_of(pose: Pose) -> Skeleton:
    """Return the joints of a pose."""
    along = direction(pose.spine)
    # A bowed spine is as long as a straight one: its chord is shorter (first term of a flat arc's length).
    chord = SPINE * (1 - 8 / 3 * (pose.bow / SPINE) ** 2)
    neck = moved(pose.pelvis, along, chord)
    bend = moved(moved(pose.pelvis, along, chord / 2), left_of(along), 2 * pose.bow)
    shoulder = _on_curve(pose.pelvis, bend, neck, SHOULDER_HEIGHT)
    far = (pose.depth, 0.4 * pose.depth)
    return Skeleton(
        pelvis=pose.pelvis,
        bend=bend,
        neck=neck,
        head=moved(moved(neck, direction(pose.neck), NECK), direction(pose.head), 0.78 * HEAD),
        head_angle=pose.head,
        near_arm=_arm(shoulder, pose.near_arm),
        far_arm=_arm(moved(shoulder, far), pose.far_arm),
        near_leg=_leg(pose.pelvis, pose.near_leg),
        far_leg=_leg(moved(pose.pelvis, far), pose.far_leg),
    )


def _on_curve(start: Point, bend: Point, end: Point, share: float) -> Point:
    """Return a point of a quadratic Bézier curve."""
    from_end, from_bend, from_start = share**2, 2 * share * (1 - share), (1 - share) ** 2
    return (
        from_start * start[0] + from_bend * bend[0] + from_end * end[0],
        from_start * start[1] + from_bend * bend[1] + from_end * end[1],
    )


def _arm(shoulder: Point, limb: Limb) -> Bones:
    upper, lower = _angles(shoulder, limb, UPPER_ARM, FOREARM, ELBOW_SIDE)
    return _bones(shoulder, limb, (upper, UPPER_ARM), (lower, FOREARM), end=lower)


def _leg(hip: Point, limb: Limb) -> Bones:
    upper, lower = _angles(hip, limb, THIGH, SHANK, KNEE_SIDE)
    return _bones(hip, limb, (upper, THIGH), (lower, SHANK), end=lower + 90)


def _bones(
    root: Point, limb: Limb, upper: tuple[float, float], lower: tuple[float, float], *, end: float
) -> Bones:
    shown = limb.shown if isinstance(limb, Bent) else WHOLE
    middle = moved(root, direction(upper[0]), upper[1] * shown[0])
    tip = moved(middle, direction(lower[0]), lower[1] * shown[1])
    return Bones(root, middle, tip, end if limb.end is None else limb.end, shown[2])


def _angles(root: Point, limb: Limb, upper: float, lower: float, side: int) -> tuple[float, float]:
    """Return the angles of both bones; of a limb that reaches for a point by inverse kinematics."""
    if isinstance(limb, Bent):
        return limb.upper, limb.lower
    way = step(root, (limb.x, limb.y))
    distance = math.hypot(*way)
    if not abs(upper - lower) < distance < upper + lower:
        raise ValueError(f"{limb} is {distance:.1f} away from {root}")
    opening = math.acos((upper**2 + distance**2 - lower**2) / (2 * upper * distance))
    first = angle_of(way) + side * math.degrees(opening)
    middle = moved(root, direction(first), upper)
    return first, angle_of(step(middle, (limb.x, limb.y)))


def knee_bend(leg: Bones) -> float:
    """Return how far a leg seen from the side is bent, in degrees from -180; below 0 is the wrong way."""
    return _turn(leg.root, leg.middle, leg.tip)


def elbow_bend(arm: Bones) -> float:
    """Return how far an arm seen from the side is bent, in degrees from -180; below 0 is the wrong way."""
    return -_turn(arm.root, arm.middle, arm.tip)


def _turn(root: Point, middle: Point, tip: Point) -> float:
    turn = angle_of(unit(step(root, middle))) - angle_of(unit(step(middle, tip)))
    return (turn + 180) % 360 - 180
