"""From a skeleton to the shapes of a clothed body, from back to front."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from backpain.figures.figure import Part, Pose
from backpain.figures.outline import Outline, Pen, capsule, disc, ellipse, tube
from backpain.figures.plane import Point, direction, left_of, mixed, moved, step, unit
from backpain.figures.skeleton import HAND, HEAD, Bones, Skeleton, skeleton_of, turn_at

# Radii at the joints, in percent of body height.
SHOULDER, ELBOW, WRIST, FINGERS = 3.5, 2.6, 1.9, 1.5
HIP, KNEE, CALF, HEM, SHIN, ANKLE = 5.6, 3.7, 3.35, 2.75, 2.8, 2.2
NECK, CHIN, BUN = 2.6, 2.4, 2.4
FACE = 0.84  # width of the head as a share of its height

# Share of the spine -> half the width towards the back and the front, from the side and from the front.
WIDTHS: tuple[tuple[float, tuple[float, float], tuple[float, float]], ...] = (
    (0.0, (6.3, 4.7), (7.9, 7.9)),
    (0.2, (5.5, 5.0), (6.8, 6.8)),
    (0.42, (4.4, 5.2), (5.9, 5.9)),
    (0.7, (5.3, 6.2), (7.2, 7.2)),
    (0.9, (4.7, 4.7), (6.6, 6.6)),
    (1.0, (3.1, 2.9), (3.6, 3.6)),
)
TROUSERS = (0.0, 0.14, 0.28)  # shares of the spine
SHIRT = (0.13, 0.3, 0.5, 0.7, 0.88, 1.0)
TRUNK = (0.0, 0.15, 0.3, 0.5, 0.7, 0.88, 1.0)


@dataclass(frozen=True)
class Shape:
    """One outline of one material; what is on the far side is drawn darker."""

    material: Literal["skin", "hair", "shirt", "trousers", "shoe"]
    outline: Outline
    far: bool = False


def body(pose: Pose, order: Sequence[Part]) -> list[Shape]:
    """Return the shapes of a pose; every pose has the same number of them, drawn with the same commands."""
    shapes = parts(pose)
    return [shape for part in order for shape in shapes[part]]


def parts(pose: Pose) -> dict[Part, list[Shape]]:
    """Return the shapes of arms (bare, sleeve), legs (bare, shoe, trousers) and trunk."""
    skeleton = skeleton_of(pose)
    return {
        "far_arm": list(_arm(skeleton.far_arm, far=True)),
        "far_leg": list(_leg(skeleton.far_leg, far=True)),
        "trunk": list(_trunk(skeleton, pose)),
        "near_leg": list(_leg(skeleton.near_leg, far=False)),
        "near_arm": list(_arm(skeleton.near_arm, far=False)),
    }


def silhouette(pose: Pose, *, beside: Pose) -> list[Outline]:
    """Return the outlines of a pose in one colour, without the limbs it shares with the pose drawn over it."""
    here, there = skeleton_of(pose), skeleton_of(beside)
    arms = [one for one, other in _pairs(here, there, "arm") if one != other]
    legs = [one for one, other in _pairs(here, there, "leg") if one != other]
    outlines = [_bare_arm(arm) for arm in arms]
    outlines += [part for leg in legs for part in (_bare_shank(leg), _shoe(leg), _trouser_leg(leg))]
    if any(
        getattr(pose, name) != getattr(beside, name) for name in ("pelvis", "spine", "bow", "neck", "head")
    ):
        outlines += [
            _along_the_spine(here, pose, TRUNK),
            _neck(here),
            ellipse(here.head, wide=1.08 * FACE * HEAD, high=1.06 * HEAD, upwards=here.head_angle),
            _bun(here, pose.turn),
        ]
    return outlines


def _pairs(here: Skeleton, there: Skeleton, limb: str) -> list[tuple[Bones, Bones]]:
    return [(getattr(here, name), getattr(there, name)) for name in (f"far_{limb}", f"near_{limb}")]


def _arm(arm: Bones, *, far: bool) -> Iterator[Shape]:
    sleeve = moved(arm.root, step(arm.root, arm.middle), 0.52)
    yield Shape("skin", _bare_arm(arm), far)
    yield Shape("shirt", capsule((arm.root, SHOULDER), (sleeve, 0.93 * SHOULDER)), far)


def _bare_arm(arm: Bones) -> Outline:
    fingers = moved(arm.tip, direction(arm.end), HAND * arm.end_shown)
    return (
        capsule((arm.middle, ELBOW), (arm.tip, WRIST))
        + capsule((arm.tip, WRIST), (fingers, FINGERS))
        + capsule((arm.root, 0.92 * SHOULDER), (arm.middle, ELBOW))
    )


def _leg(leg: Bones, *, far: bool) -> Iterator[Shape]:
    yield Shape("skin", _bare_shank(leg), far)
    yield Shape("shoe", _shoe(leg), far)
    yield Shape("trousers", _trouser_leg(leg), far)


def _bare_shank(leg: Bones) -> Outline:
    return capsule((moved(leg.middle, step(leg.middle, leg.tip), 0.5), SHIN), (leg.tip, ANKLE))


def _trouser_leg(leg: Bones) -> Outline:
    shank = step(leg.middle, leg.tip)
    calf = moved(moved(leg.middle, shank, 0.3), left_of(unit(shank)), -0.75)
    hem = moved(leg.middle, shank, 0.72)
    return (
        capsule((leg.middle, KNEE), (calf, CALF))
        + capsule((calf, CALF), (hem, HEM))
        + capsule((leg.root, HIP), (leg.middle, KNEE))
    )


def _shoe(leg: Bones) -> Outline:
    along = direction(leg.end)

    def at(ahead: float, up: float) -> Point:
        return moved(moved(leg.tip, along, ahead * leg.end_shown), left_of(along), up)

    pen = Pen(at(-1.9, -3.1)).curve(at(-3.6, -3.1), at(-3.0, 0.2), at(-2.3, 1.7)).line(at(2.3, 1.8))
    pen.curve(at(2.9, 0.3), at(5.0, 0.0), at(6.8, -0.8)).curve(at(8.8, -1.6), at(8.4, -3.1), at(7.0, -3.1))
    corners = [(-1.9, -3.1), (-3.0, -1.4), (-2.3, 1.7), (2.3, 1.8), (6.8, -0.8), (8.1, -2.0), (7.0, -3.1)]
    return Outline(pen.close(), tuple(at(*corner) for corner in corners))


def _trunk(skeleton: Skeleton, pose: Pose) -> Iterator[Shape]:
    yield Shape("skin", _neck(skeleton))
    yield Shape("hair", _bun(skeleton, pose.turn))
    yield Shape("skin", _nose(skeleton, pose.turn) + _skull(skeleton))
    yield Shape("hair", _hair(skeleton, pose.turn))
    yield Shape("trousers", _along_the_spine(skeleton, pose, TROUSERS))
    yield Shape("shirt", _along_the_spine(skeleton, pose, SHIRT))


def _along_the_spine(skeleton: Skeleton, pose: Pose, shares: Sequence[float]) -> Outline:
    back, front = [], []
    for share in shares:
        way = step(skeleton.on_spine(share - 0.02), skeleton.on_spine(share + 0.02))
        sideways, middle = left_of(unit(way)), skeleton.on_spine(share)
        towards_back, towards_front = _widths_at(share, turn_at(pose, share))
        back.append(moved(middle, sideways, towards_back))
        front.append(moved(middle, sideways, -towards_front))
    seat = 0.0 if shares[0] else math.dist(back[0], front[0]) / 2
    return tube(back, front[::-1], rounded=seat)


def _widths_at(share: float, turn: float) -> tuple[float, float]:
    """Return the half widths at a share of the spine, eased between the given ones."""
    low, high = next((low, high) for low, high in pairwise(WIDTHS) if share <= high[0] + 1e-9)
    t = (share - low[0]) / (high[0] - low[0])
    eased = t * t * (3 - 2 * t)
    (from_back, from_front), (to_back, to_front) = (
        tuple(mixed(side, front, turn) for side, front in zip(seen[1], seen[2], strict=True))
        for seen in (low, high)
    )
    return mixed(from_back, to_back, eased), mixed(from_front, to_front, eased)


def _neck(skeleton: Skeleton) -> Outline:
    return capsule((skeleton.on_spine(0.97), NECK), (skeleton.head, CHIN))


def _bun(skeleton: Skeleton, turn: float) -> Outline:
    """Draw a bun high on the back of the head; from the front it is on top."""
    return disc((_on_head(skeleton, up=mixed(0.86, 1.12, turn), front=mixed(-0.78, 0, turn)), BUN))


def _nose(skeleton: Skeleton, turn: float) -> Outline:
    bridge, tip, lip = (
        _on_head(skeleton, up=up, front=mixed(front, 0, turn))
        for up, front in ((0.3, 0.72), (-0.16, 1.22), (-0.3, 0.74))
    )
    return Outline(Pen(bridge).bend(tip, lip).close(), ((tip[0], tip[1]),))


def _skull(skeleton: Skeleton) -> Outline:
    return ellipse(skeleton.head, wide=FACE * HEAD, high=HEAD, upwards=skeleton.head_angle)


def _hair(skeleton: Skeleton, turn: float) -> Outline:
    """Draw hair from the nape over the crown to the forehead, or from temple to temple."""
    nape, forehead = mixed(214, 200, turn), mixed(44, -20, turn)

    def at(angle: float, up: float, front: float) -> Point:
        ahead, above = direction(angle)
        return _on_head(skeleton, up=above * up, front=ahead * FACE * front)

    start, end = at(nape, 1.08, 1.1), at(forehead, 1.08, 1.1)
    hairline = [
        _on_head(skeleton, up=mixed(up, front_up, turn), front=mixed(front, front_front, turn))
        for up, front, front_up, front_front in (
            (0.52, 0.44, 0.28, 0.7),
            (0.36, 0.1, 0.58, 0.4),
            (0.3, -0.12, 0.56, 0.0),
            (0.2, -0.4, 0.56, -0.4),
            (-0.3, -0.44, 0.28, -0.7),
        )
    ]
    pen = Pen(start).arc(1.1 * FACE * HEAD, 1.08 * HEAD, end, turned=skeleton.head_angle - 90, large=True)
    pen.curve(hairline[0], hairline[1], hairline[2]).curve(hairline[3], hairline[4], start)
    around = tuple(at(angle, 1.08, 1.1) for angle in range(-20, 221, 20))
    return Outline(pen.close(), around)


def _on_head(skeleton: Skeleton, *, up: float, front: float) -> Point:
    upwards = direction(skeleton.head_angle)
    return moved(moved(skeleton.head, upwards, up * HEAD), left_of(upwards), -front * HEAD)
