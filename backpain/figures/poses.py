"""How each exercise is held: key poses, start first, by the catalogue's slugs.

Checked against the catalogue's how-to, pose by pose. Angles are those of the page: 0 = right, 90 = up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from backpain.figures.outline import Circle
from backpain.figures.plane import Point
from backpain.figures.skeleton import Bent, Pose, Reaching


@dataclass(frozen=True)
class Arrow:
    """Where a movement goes; `bow` is how far its middle is pushed to the left of the straight way."""

    start: Point
    end: Point
    bow: float = 0


@dataclass(frozen=True, kw_only=True)
class Figure:
    """An exercise's poses with what lies around; the last pose is the one to reach."""

    poses: tuple[Pose, ...]
    arrows: tuple[Arrow, ...] = ()
    balls: tuple[Circle, ...] = ()
    from_above: bool = False


ARM_ON_FLOOR = Bent(-6, -3, end=0)
FLAT_FOOT = Reaching(23.5, 3.2, end=0)

STANDING = Pose(
    pelvis=(0, 50.2),
    spine=90,
    neck=88,
    head=88,
    depth=1,
    near_arm=Bent(-86, -80),
    far_arm=Bent(-86, -80),
    near_leg=Bent(-89, -91, end=0),
    far_leg=Bent(-89, -91, end=0),
)
ON_HANDS_AND_KNEES = Pose(
    pelvis=(0, 27.6),
    spine=9,
    bow=0.4,
    neck=-6,
    head=-12,
    depth=1.2,
    near_arm=Reaching(26, 2.2, end=0),
    far_arm=Reaching(28, 2.2, end=0),
    near_leg=Bent(-91, 183, end=186),
    far_leg=Bent(-90, 183, end=186),
)
ON_THE_BACK = Pose(
    pelvis=(0, 6.6),
    spine=180,
    neck=177,
    head=172,
    depth=1,
    near_arm=ARM_ON_FLOOR,
    far_arm=ARM_ON_FLOOR,
    near_leg=replace(FLAT_FOOT, x=22),
    far_leg=FLAT_FOOT,
)
HIPS_LIFTED = replace(ON_THE_BACK, pelvis=(-2.1, 16.8), spine=203, bow=-0.5, neck=163, head=170)
KNEES_OVER_HIPS = replace(
    ON_THE_BACK,
    near_arm=Bent(90, 90),
    far_arm=Bent(90, 90),
    near_leg=Bent(92, 2, end=92),
    far_leg=Bent(90, 2, end=92),
)
FACE_DOWN = Pose(
    pelvis=(0, 5.6),
    spine=0,
    neck=2,
    head=-4,
    depth=1,
    near_arm=Bent(-3, 0),
    far_arm=Bent(-3, 0),
    near_leg=Bent(181, 182, end=198),
    far_leg=Bent(181, 182, end=198),
)
OVER_THE_BALL = Pose(
    pelvis=(-6, 30.5),
    spine=-24,
    bow=3.4,
    neck=-26,
    head=-32,
    depth=1,
    near_arm=Bent(-28, 72, end=102, shown=(0.7, 0.5, 1)),
    far_arm=Bent(-28, 72, end=102, shown=(0.7, 0.5, 1)),
    near_leg=Bent(208, 206, end=-68),
    far_leg=Bent(208, 206, end=-68),
)
HALF_KNEELING = replace(
    STANDING,
    pelvis=(0, 27.8),
    near_arm=Reaching(17, 32, end=-20),
    far_arm=Reaching(19, 32, end=-20),
    near_leg=Bent(-92, 183, end=186),
    far_leg=Reaching(22, 3.2, end=0),
)
TWIST_START = Pose(
    seen_from="front",
    order=("far_arm", "far_leg", "near_leg", "trunk", "near_arm"),
    pelvis=(0, 0),
    spine=180,
    neck=180,
    head=180,
    near_arm=Bent(78, 92),
    far_arm=Bent(-78, -92),
    near_leg=Bent(10, -2, end=80, shown=(0.55, 0.6, 1)),
    far_leg=Bent(-10, 2, end=-80, shown=(0.55, 0.6, 1)),
)

UP_AT_BOTH_ENDS = (Arrow((54, 24), (54, 34)), Arrow((-45, 20), (-45, 30)))

BIRD_DOG = Figure(
    poses=(
        ON_HANDS_AND_KNEES,
        replace(
            ON_HANDS_AND_KNEES,
            neck=4,
            head=-6,
            far_arm=Bent(12, 9, end=9),
            near_leg=Bent(176, 177, end=-100),
        ),
    ),
    arrows=(Arrow((-51, 7), (-57, 18), 4), Arrow((55, 20), (62, 31), -5)),
)

FIGURES = {
    "forearm-plank": Figure(
        poses=(
            Pose(
                pelvis=(0, 15),
                spine=7,
                bow=0.5,
                neck=4,
                head=-2,
                depth=1.2,
                near_arm=Bent(-90, 0, end=0),
                far_arm=Bent(-87, 0, end=0),
                near_leg=Bent(188, 188, end=-72),
                far_leg=Bent(188, 188, end=-72),
            ),
        )
    ),
    "side-plank": Figure(
        poses=(
            Pose(
                seen_from="front",
                pelvis=(0, 13.9),
                spine=12,
                neck=13,
                head=15,
                near_arm=Bent(95, 92),
                far_arm=Bent(-90, -6, end=-2, shown=(1, 0.7, 1)),
                near_leg=Bent(192, 191, end=281, shown=(1, 1, 0.45)),
                far_leg=Bent(193, 192, end=281, shown=(1, 1, 0.45)),
            ),
        )
    ),
    "modified-side-plank": Figure(
        poses=(
            Pose(
                seen_from="front",
                pelvis=(0, 11.4),
                spine=18,
                neck=19,
                head=20,
                near_arm=Bent(-154, -174, shown=(1, 0.9, 1)),
                far_arm=Bent(-90, -6, end=-2, shown=(1, 0.7, 1)),
                near_leg=Bent(198, 176, end=176, shown=(1, 0.7, 1)),
                far_leg=Bent(199, 177, end=176, shown=(1, 0.7, 1)),
            ),
        )
    ),
    "glute-bridge": Figure(poses=(ON_THE_BACK, HIPS_LIFTED), arrows=(Arrow((-6, 29), (-6, 40)),)),
    "single-leg-bridge": Figure(
        poses=(
            replace(ON_THE_BACK, near_leg=Bent(52, 50, end=120)),
            replace(HIPS_LIFTED, near_leg=Bent(23, 23, end=98)),
        ),
        arrows=(Arrow((-6, 29), (-6, 40)),),
    ),
    "bird-dog": BIRD_DOG,
    "quadruped-limb-raises": BIRD_DOG,
    "dead-bug": Figure(
        poses=(
            KNEES_OVER_HIPS,
            replace(KNEES_OVER_HIPS, far_arm=Bent(162, 164), near_leg=Bent(12, 10, end=96)),
        ),
        arrows=(Arrow((34, 33), (40, 20), 4), Arrow((-39, 38), (-49, 28), -4)),
    ),
    "superman": Figure(
        poses=(
            FACE_DOWN,
            replace(
                FACE_DOWN,
                spine=4,
                bow=-0.8,
                neck=4,
                head=-2,
                near_arm=Bent(14, 15),
                far_arm=Bent(16, 17),
                near_leg=Bent(169, 170, end=186),
                far_leg=Bent(168, 169, end=185),
            ),
        ),
        arrows=UP_AT_BOTH_ENDS,
    ),
    "superman-hold": Figure(
        poses=(
            FACE_DOWN,
            replace(
                FACE_DOWN,
                spine=11,
                bow=-1.6,
                neck=14,
                head=8,
                near_arm=Bent(15, 17),
                far_arm=Bent(17, 19),
                near_leg=Bent(168, 169, end=185),
                far_leg=Bent(167, 168, end=184),
            ),
        ),
        arrows=UP_AT_BOTH_ENDS,
    ),
    "cat-cow": Figure(
        poses=(
            replace(ON_HANDS_AND_KNEES, spine=3, neck=-50, head=-62, bow=5.4),
            replace(ON_HANDS_AND_KNEES, neck=38, head=44, bow=-2.6),
        ),
        arrows=(Arrow((13, 48), (13, 39)),),
    ),
    "hip-flexor-stretch": Figure(
        poses=(
            HALF_KNEELING,
            replace(
                HALF_KNEELING,
                pelvis=(8, 26.5),
                near_arm=Reaching(21, 32, end=-20),
                far_arm=Reaching(23, 32, end=-20),
                near_leg=Bent(-112, 181, end=186),
            ),
        ),
        arrows=(Arrow((-21, 31), (-9, 31)),),
    ),
    "single-leg-deadlift": Figure(
        poses=(
            STANDING,
            replace(
                STANDING,
                pelvis=(-3, 49.5),
                spine=14,
                neck=16,
                head=18,
                near_arm=Bent(-92, -88),
                far_arm=Bent(-90, -86),
                near_leg=Bent(180, 178, end=-96),
                far_leg=Reaching(2, 3.2, end=0),
            ),
        ),
        arrows=(Arrow((40, 74), (46, 62), 4),),
    ),
    "ball-back-extension": Figure(
        balls=(((6, 14.5), 14.5),),
        poses=(
            OVER_THE_BALL,
            replace(
                OVER_THE_BALL,
                spine=24,
                bow=-0.4,
                neck=24,
                head=20,
                near_arm=Bent(20, 120, end=150, shown=(0.7, 0.5, 1)),
                far_arm=Bent(20, 120, end=150, shown=(0.7, 0.5, 1)),
            ),
        ),
        arrows=(Arrow((42, 27), (43, 43), -5),),
    ),
    "v-up": Figure(
        poses=(
            replace(
                ON_THE_BACK,
                near_arm=Bent(178, 178),
                far_arm=Bent(178, 178),
                near_leg=Bent(-2, -2, end=70),
                far_leg=Bent(-2, -2, end=70),
            ),
            replace(
                ON_THE_BACK,
                spine=128,
                bow=1.2,
                neck=120,
                head=112,
                near_arm=Bent(30, 30),
                far_arm=Bent(32, 32),
                near_leg=Bent(46, 46, end=110),
                far_leg=Bent(46, 46, end=110),
            ),
        ),
        arrows=(Arrow((44, 14), (42, 30), -5),),
    ),
    "lying-figure-4": Figure(
        poses=(
            replace(ON_THE_BACK, near_leg=Bent(50, 95, end=110, shown=(0.8, 0.38, 1))),
            replace(
                ON_THE_BACK,
                neck=176,
                near_arm=Reaching(-8, 17),
                far_arm=Reaching(-7, 18),
                near_leg=Bent(75, 140, end=130, shown=(0.75, 0.5, 1)),
                far_leg=Bent(115, 5, end=95),
            ),
        ),
        arrows=(Arrow((24, 44), (12, 47), 3),),
    ),
    "reverse-lunge-rotation": Figure(
        poses=(
            replace(STANDING, near_arm=Reaching(12, 70), far_arm=Reaching(12, 70)),
            replace(
                STANDING,
                seen_from="front",
                order=("far_leg", "near_leg", "trunk", "far_arm", "near_arm"),
                pelvis=(-22, 29),
                depth=0,
                near_arm=Bent(-35, 160, shown=(0.8, 0.68, 0.6)),
                far_arm=Bent(-145, 20, shown=(0.8, 0.75, 0.6)),
                near_leg=Reaching(0, 3.2, end=0),
                far_leg=Reaching(-46, 8, end=-66),
            ),
        ),
        arrows=(Arrow((4, 70), (-8, 60), -5),),
    ),
    "supine-twist": Figure(
        from_above=True,
        poses=(
            TWIST_START,
            replace(TWIST_START, near_leg=Bent(-62, 22, end=-50), far_leg=Bent(-66, 18, end=-50)),
        ),
        arrows=(Arrow((31, 10), (33, -8), -5),),
    ),
}
