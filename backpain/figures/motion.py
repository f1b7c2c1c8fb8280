"""Poses between the key poses, in the order and at the times in which a figure moves through them.

Poses are mixed by their angles, so that bones keep their length in wide swings; a hand or foot that both poses
put in one place stays there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from backpain.figures.figure import Bent, Figure, Limb, Pose, Reaching
from backpain.figures.plane import angle_of, direction, half_turn, mixed
from backpain.figures.skeleton import Bones, hips_turn, skeleton_of

SECONDS = 4  # for the whole movement and back
TIMES = 2
BETWEEN, BETWEEN_TWO = 3, 5  # poses between key poses, and between the key poses where there are only two

Pair = tuple[float, float]


def frames(figure: Figure) -> tuple[list[float], list[Pose]]:
    """Return when, as shares of the time, a figure is in which pose; first and last is the pose to reach."""
    stops = loop(figure)
    steps = 1 + (BETWEEN_TWO if len(figure.poses) == 2 else BETWEEN)
    poses = [
        between(figure.poses[start], figure.poses[end], eased(number / steps))
        for start, end in pairwise(stops)
        for number in range(steps)
    ]
    poses.append(figure.poses[stops[-1]])
    return [number / (len(poses) - 1) for number in range(len(poses))], poses


def loop(figure: Figure) -> list[int]:
    """Return the key poses' indices in the order of the movement, from the pose to reach and back to it."""
    there = list(range(len(figure.poses)))
    once = there if figure.cycle else there + there[-2:0:-1]
    return [*once[figure.reached_at :], *once[: figure.reached_at], figure.reached_at]


def eased(time: float) -> float:
    """Return the share of the way at a share of the time: slow, quick, slow."""
    return time * time * (3 - 2 * time)


def between(start: Pose, end: Pose, share: float) -> Pose:
    """Return the pose at a share of the way from one pose to another."""
    if share == 0:
        return start
    ends = skeleton_of(start), skeleton_of(end)

    def number(name: str) -> float:
        return mixed(getattr(start, name), getattr(end, name), share)

    def limb(name: str) -> Limb:
        return _limb(
            (getattr(start, name), getattr(end, name)), [getattr(each, name) for each in ends], share
        )

    return Pose(
        pelvis=(mixed(start.pelvis[0], end.pelvis[0], share), mixed(start.pelvis[1], end.pelvis[1], share)),
        spine=number("spine"),
        neck=number("neck"),
        head=number("head"),
        bow=number("bow"),
        depth=number("depth"),
        turn=number("turn"),
        hips_turn=mixed(hips_turn(start), hips_turn(end), share),
        airborne=start.airborne or end.airborne,
        near_arm=limb("near_arm"),
        far_arm=limb("far_arm"),
        near_leg=limb("near_leg"),
        far_leg=limb("far_leg"),
    )


def _limb(limbs: tuple[Limb, Limb], bones: Sequence[Bones], share: float) -> Limb:
    """Return a limb on the way; where both poses reach for a place, the place moves in a straight line."""
    start, end = limbs
    tip = mixed(*_angles("end", limbs, bones), share)
    tip_shown = mixed(start.shown[2], end.shown[2], share)
    if isinstance(start, Reaching) and isinstance(end, Reaching):
        upper_shown, lower_shown = (mixed(start.shown[bone], end.shown[bone], share) for bone in (0, 1))
        place = mixed(start.x, end.x, share), mixed(start.y, end.y, share)
        return Reaching(*place, tip, (upper_shown, lower_shown, tip_shown))
    upper, upper_shown = _swung(_angles("upper", limbs, bones), (start.shown[0], end.shown[0]), share)
    lower, lower_shown = _swung(_angles("lower", limbs, bones), (start.shown[1], end.shown[1]), share)
    return Bent(upper, lower, tip, (upper_shown, lower_shown, tip_shown))


def _swung(angles: Pair, shown: Pair, share: float) -> Pair:
    """Return angle and seen share of a bone on its way, which leads towards the reader if either end does."""
    if shown == (1, 1):
        return mixed(*angles, share), 1
    start, end = (
        (seen * x, seen * y, math.sqrt(1 - seen**2))
        for (x, y), seen in zip(map(direction, angles), shown, strict=True)
    )
    whole = math.acos(min(1.0, max(-1.0, math.sumprod(start, end))))
    if whole < 1e-6:
        return angles[0], shown[0]
    back, ahead = (math.sin(part * whole) / math.sin(whole) for part in (1 - share, share))
    x, y = (back * one + ahead * other for one, other in zip(start[:2], end[:2], strict=True))
    return angles[0] + half_turn(angle_of((x, y)) - angles[0]), math.hypot(x, y)


def _angles(name: str, limbs: tuple[Limb, Limb], bones: Sequence[Bones]) -> Pair:
    """Return an angle at both ends; one that was worked out, not given, is the nearest turn to the other."""
    start, end = (getattr(each, name) for each in bones)
    if getattr(limbs[1], name, None) is None:
        return start, start + half_turn(end - start)
    if getattr(limbs[0], name, None) is None:
        return end + half_turn(start - end), end
    return start, end
