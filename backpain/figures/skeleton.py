"""From a pose to where the joints are."""

from __future__ import annotations

import math
from dataclasses import dataclass

from backpain.figures.figure import Bent, Limb, Pose
from backpain.figures.plane import Point, angle_of, direction, half_turn, left_of, mixed, moved, step

# In percent of body height.
SPINE = 29.0
NECK = 4.2
HEAD = 6.1  # radius
UPPER_ARM, FOREARM, HAND = 16.5, 14.0, 4.6
THIGH, SHANK = 24.0, 23.0
HALF_SHOULDERS, HALF_HIPS = 5.6, 3.4  # from the spine to the joint, seen from the front

SHOULDER_HEIGHT = 0.9  # share of the spine
ELBOW_SIDE, KNEE_SIDE = -1, 1  # of the straight line to the hand or foot: elbows behind it, knees before it


@dataclass(frozen=True)
class Bones:
    """An arm or leg: its joints from the trunk outwards, the angles of its bones, the seen share of the end."""

    root: Point
    middle: Point
    tip: Point
    upper: float
    lower: float
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
    """Return the joints of a pose. A hand or foot out of reach goes as far as it can."""
    along = direction(pose.spine)
    across = left_of(along)
    # A bowed spine is as long as a straight one: its chord is shorter (first term of a flat arc's length).
    chord = SPINE * (1 - 8 / 3 * (pose.bow / SPINE) ** 2)
    neck = moved(pose.pelvis, along, chord)
    bend = moved(moved(pose.pelvis, along, chord / 2), across, 2 * pose.bow)
    shoulder = _on_curve(pose.pelvis, bend, neck, SHOULDER_HEIGHT)
    far = (pose.depth, 0.4 * pose.depth)
    shoulders = HALF_SHOULDERS * pose.turn
    hips = HALF_HIPS * hips_turn(pose)
    return Skeleton(
        pelvis=pose.pelvis,
        bend=bend,
        neck=neck,
        head=moved(moved(neck, direction(pose.neck), NECK), direction(pose.head), 0.78 * HEAD),
        head_angle=pose.head,
        near_arm=_arm(moved(shoulder, across, shoulders), pose.near_arm),
        far_arm=_arm(moved(moved(shoulder, across, -shoulders), far), pose.far_arm),
        near_leg=_leg(moved(pose.pelvis, across, hips), pose.near_leg),
        far_leg=_leg(moved(moved(pose.pelvis, across, -hips), far), pose.far_leg),
    )


def hips_turn(pose: Pose) -> float:
    """Return how far the hips are turned to the reader."""
    return pose.turn if pose.hips_turn is None else pose.hips_turn


def turn_at(pose: Pose, share: float) -> float:
    """Return how far the trunk is turned to the reader at a share of the spine."""
    return mixed(hips_turn(pose), pose.turn, min(1.0, max(0.0, share)))


def _on_curve(start: Point, bend: Point, end: Point, share: float) -> Point:
    """Return a point of a quadratic Bézier curve."""
    from_end, from_bend, from_start = share**2, 2 * share * (1 - share), (1 - share) ** 2
    return (
        from_start * start[0] + from_bend * bend[0] + from_end * end[0],
        from_start * start[1] + from_bend * bend[1] + from_end * end[1],
    )


def _arm(shoulder: Point, limb: Limb) -> Bones:
    return _bones(shoulder, limb, UPPER_ARM, FOREARM, side=ELBOW_SIDE, end=0)


def _leg(hip: Point, limb: Limb) -> Bones:
    return _bones(hip, limb, THIGH, SHANK, side=KNEE_SIDE, end=90)


def _bones(root: Point, limb: Limb, upper: float, lower: float, *, side: int, end: float) -> Bones:
    upper, lower = upper * limb.shown[0], lower * limb.shown[1]
    angles = (
        (limb.upper, limb.lower)
        if isinstance(limb, Bent)
        else _reached(root, (limb.x, limb.y), upper, lower, side)
    )
    middle = moved(root, direction(angles[0]), upper)
    tip = moved(middle, direction(angles[1]), lower)
    return Bones(root, middle, tip, *angles, angles[1] + end if limb.end is None else limb.end, limb.shown[2])


def _reached(root: Point, target: Point, upper: float, lower: float, side: int) -> tuple[float, float]:
    """Return the angles of both bones of a limb that reaches for a point (inverse kinematics)."""
    way = step(root, target)
    distance = min(max(math.hypot(*way), abs(upper - lower) + 1e-6), upper + lower - 1e-6)
    opening = math.acos((upper**2 + distance**2 - lower**2) / (2 * upper * distance))
    first = angle_of(way) + side * math.degrees(opening)
    tip = moved(root, direction(angle_of(way)), distance)
    return first, angle_of(step(moved(root, direction(first), upper), tip))


def knee_bend(leg: Bones) -> float:
    """Return how far a leg seen from the side is bent, in degrees from -180; below 0 is the wrong way."""
    return half_turn(leg.upper - leg.lower)


def elbow_bend(arm: Bones) -> float:
    """Return how far an arm seen from the side is bent, in degrees from -180; below 0 is the wrong way."""
    return half_turn(arm.lower - arm.upper)
