"""What is drawn, as values: a figure's key poses, what lies around, where the movement goes.

Lengths are in percent of body height, the floor is at y = 0. Angles are those of the page in degrees: 0 = right,
90 = up. The front of the body is to the right of the spine's direction: a standing figure looks to the right,
one on its back has its head on the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backpain.figures.plane import Point

Part = Literal["far_arm", "far_leg", "trunk", "near_leg", "near_arm"]
BACK_TO_FRONT: tuple[Part, ...] = ("far_arm", "far_leg", "trunk", "near_leg", "near_arm")
LIMBS: tuple[Part, ...] = ("near_arm", "far_arm", "near_leg", "far_leg")

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
    """An arm or leg by where its wrist or ankle is; where it stays between two poses, it does not move at all."""

    x: float
    y: float
    end: float | None = None
    shown: Shares = WHOLE


Limb = Bent | Reaching


@dataclass(frozen=True, kw_only=True)
class Pose:
    """How a body is held. `bow` is how far the middle of the spine is pushed backwards.

    `turn` is how far shoulders and head are turned to the reader, from 0 (seen from the side) to 1 (from the
    front), `hips_turn` the same of the hips where they turn less or more. `depth` shifts the far shoulder and
    hip, so that the far limbs show. `airborne` is a pose that touches nothing.
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
    turn: float = 0
    hips_turn: float | None = None
    airborne: bool = False


@dataclass(frozen=True)
class Arrow:
    """Where a movement goes; `bow` is how far its middle is pushed to the left of the straight way."""

    start: Point
    end: Point
    bow: float = 0


@dataclass(frozen=True)
class Prop:
    """Something round to lie on: a ball or a roller by its middle and radius."""

    kind: Literal["ball", "roller"]
    x: float
    y: float
    radius: float


@dataclass(frozen=True, kw_only=True)
class Figure:
    """An exercise's key poses in the order of the movement, with what lies around.

    `reached` is the pose to show and to stop at (the last if unset), `ghost` the one it is compared with.
    A movement goes back the way it came, or in a `cycle` from the last pose to the first. `floor` is what is
    under the body: a mat, the bare ground, or a mat seen from above. `on_the_spot`: feet may glide as on a
    treadmill.
    """

    poses: tuple[Pose, ...]
    arrows: tuple[Arrow, ...] = ()
    props: tuple[Prop, ...] = ()
    floor: Literal["mat", "ground", "above"] = "mat"
    order: tuple[Part, ...] = BACK_TO_FRONT
    ghost: int = 0
    reached: int | None = None
    cycle: bool = False
    on_the_spot: bool = False

    @property
    def reached_at(self) -> int:
        """Return the index of the pose to show."""
        return len(self.poses) - 1 if self.reached is None else self.reached
