"""From a skeleton to the shapes of a clothed body, from back to front."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from backpain.figures.outline import Outline, capsule, disc, smooth, tube
from backpain.figures.plane import Point, direction, left_of, moved, step, unit
from backpain.figures.skeleton import HAND, HEAD, Bones, Pose, Skeleton, skeleton_of

# Radii at the joints, in percent of body height.
SHOULDER, ELBOW, WRIST, FINGERS = 3.7, 2.75, 2.0, 1.55
HIP, KNEE, CALF, HEM, SHIN, ANKLE = 5.7, 3.75, 3.35, 2.75, 2.9, 2.35
NECK, CHIN, BUN = 2.6, 2.4, 2.5

# Share of the spine -> half the width towards the back and towards the front.
Widths = Sequence[tuple[float, float, float]]
FROM_THE_SIDE: Widths = (
    (-0.16, 4.2, 3.4),
    (0, 6.5, 4.9),
    (0.16, 5.7, 5.2),
    (0.42, 4.5, 5.3),
    (0.7, 5.4, 6.4),
    (0.9, 4.9, 5.0),
    (1.0, 3.4, 3.2),
)
FROM_THE_FRONT: Widths = (
    (-0.16, 5.0, 5.0),
    (0, 7.2, 7.2),
    (0.16, 6.5, 6.5),
    (0.44, 5.5, 5.5),
    (0.74, 6.8, 6.8),
    (0.92, 6.2, 6.2),
    (1.0, 3.6, 3.6),
)
TROUSERS, SHIRT = (-0.16, 0.27), (0.12, 1.0)  # shares of the spine

# (along the foot, towards the sole) from the ankle
SHOE = (
    (-2.2, -1.6),
    (-2.9, 1.4),
    (-2.3, 3.1),
    (1.5, 3.0),
    (5.6, 3.1),
    (7.6, 2.6),
    (7.2, 1.2),
    (4.2, 0.1),
    (2.2, -1.8),
)


@dataclass(frozen=True)
class Shape:
    """One outline of one material; what is on the far side is drawn darker."""

    material: Literal["skin", "hair", "shirt", "trousers", "shoe"]
    outline: Outline
    far: bool = False


def body(pose: Pose) -> list[Shape]:
    """Return the shapes of a pose; every pose seen from the same side has the same number of them."""
    skeleton = skeleton_of(pose)
    parts = {
        "far_arm": _arm(skeleton.far_arm, far=True),
        "far_leg": _leg(skeleton.far_leg, far=True),
        "trunk": _trunk(skeleton, from_the_front=pose.seen_from == "front"),
        "near_leg": _leg(skeleton.near_leg, far=False),
        "near_arm": _arm(skeleton.near_arm, far=False),
    }
    return [shape for part in pose.order for shape in parts[part]]


def _arm(arm: Bones, *, far: bool) -> Iterator[Shape]:
    fingers = moved(arm.tip, direction(arm.end), HAND * arm.end_shown)
    sleeve = moved(arm.root, step(arm.root, arm.middle), 0.52)
    yield Shape("skin", capsule((arm.middle, ELBOW), (arm.tip, WRIST)), far)
    yield Shape("skin", capsule((arm.tip, WRIST), (fingers, FINGERS)), far)
    yield Shape("skin", capsule((arm.root, 0.92 * SHOULDER), (arm.middle, ELBOW)), far)
    yield Shape("shirt", capsule((arm.root, SHOULDER), (sleeve, 0.93 * SHOULDER)), far)


def _leg(leg: Bones, *, far: bool) -> Iterator[Shape]:
    shank = step(leg.middle, leg.tip)
    calf = moved(moved(leg.middle, shank, 0.3), left_of(unit(shank)), -0.75)
    hem = moved(leg.middle, shank, 0.72)
    yield Shape("skin", capsule((moved(leg.middle, shank, 0.5), SHIN), (leg.tip, ANKLE)), far)
    yield Shape("shoe", _shoe(leg), far)
    lower = capsule((leg.middle, KNEE), (calf, CALF)) + capsule((calf, CALF), (hem, HEM))
    yield Shape("trousers", lower, far)
    yield Shape("trousers", capsule((leg.root, HIP), (leg.middle, KNEE)), far)


def _shoe(leg: Bones) -> Outline:
    along = direction(leg.end)
    return smooth(
        [moved(moved(leg.tip, along, x * leg.end_shown), left_of(along), -y) for x, y in SHOE], tension=0.9
    )


def _trunk(skeleton: Skeleton, *, from_the_front: bool) -> Iterator[Shape]:
    widths = FROM_THE_FRONT if from_the_front else FROM_THE_SIDE
    yield Shape("skin", capsule((skeleton.on_spine(0.97), NECK), (skeleton.head, CHIN)))
    yield from _face(skeleton) if from_the_front else _profile(skeleton)
    yield Shape("trousers", _along_the_spine(skeleton, widths, TROUSERS))
    yield Shape("shirt", _along_the_spine(skeleton, widths, SHIRT))


def _along_the_spine(skeleton: Skeleton, widths: Widths, span: tuple[float, float]) -> Outline:
    back, front = [], []
    for i in range(9):
        share = span[0] + (span[1] - span[0]) * i / 8
        way = step(skeleton.on_spine(share - 0.02), skeleton.on_spine(share + 0.02))
        sideways, middle = left_of(unit(way)), skeleton.on_spine(share)
        towards_back, towards_front = _widths_at(share, widths)
        back.append(moved(middle, sideways, towards_back))
        front.append(moved(middle, sideways, -towards_front))
    return tube(back, front[::-1])


def _widths_at(share: float, widths: Widths) -> tuple[float, float]:
    """Return the half widths at a share of the spine, eased between the given ones."""
    low, high = next((low, high) for low, high in pairwise(widths) if share <= high[0] + 1e-9)
    t = (share - low[0]) / (high[0] - low[0])
    eased = t * t * (3 - 2 * t)
    return low[1] + (high[1] - low[1]) * eased, low[2] + (high[2] - low[2]) * eased


def _profile(skeleton: Skeleton) -> Iterator[Shape]:
    """Draw a head that looks to the front of the body, with a bun."""
    yield Shape("hair", disc((_on_head(skeleton, up=0.52, front=-1.08), BUN)))
    nose = [
        _on_head(skeleton, up=up, front=front) for up, front in ((0.18, 0.78), (-0.12, 1.08), (-0.26, 0.82))
    ]
    yield Shape("skin", smooth(nose, tension=0.8))
    yield _skull(skeleton)
    crown = [_round_head(skeleton, angle, 1.08, 1.1) for angle in (42, 65, 90, 120, 150, 180, 205, 228)]
    hairline = ((205, 0.62, 0.72), (165, 0.25, 0.35), (110, 0.42, 0.2), (62, 0.72, 0.5))
    yield Shape("hair", smooth(crown + [_round_head(skeleton, *each) for each in hairline], tension=1))


def _face(skeleton: Skeleton) -> Iterator[Shape]:
    """Draw a head that looks at the reader."""
    yield _skull(skeleton)
    crown = [_round_head(skeleton, angle, 1.06, 1.08) for angle in range(-20, 201, 20)]
    hairline = ((150, 0.45, 0.45), (90, 0.35, 0.35), (30, 0.45, 0.45))
    yield Shape("hair", smooth(crown + [_round_head(skeleton, *each) for each in hairline], tension=1))


def _skull(skeleton: Skeleton) -> Shape:
    return Shape(
        "skin", smooth([_round_head(skeleton, angle, 1, 1) for angle in range(0, 360, 30)], tension=1)
    )


def _round_head(skeleton: Skeleton, angle: float, up: float, front: float) -> Point:
    """Return a point around the head: 0 degrees before it, 90 above; the head is narrower than high."""
    ahead, above = direction(angle)
    return _on_head(skeleton, up=above * up, front=ahead * 0.84 * front)


def _on_head(skeleton: Skeleton, *, up: float, front: float) -> Point:
    upwards = direction(skeleton.head_angle)
    return moved(moved(skeleton.head, upwards, up * HEAD), left_of(upwards), -front * HEAD)
