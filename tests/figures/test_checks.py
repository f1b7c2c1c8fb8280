"""Every shipped figure is one a body can take on this floor, and every check can fail."""

import math
from dataclasses import replace

import pytest

from backpain.exercises.shipped import shipped_exercises
from backpain.figures import Figure, faults
from backpain.figures.figure import Bent, Pose, Reaching
from backpain.figures.shipped import shipped_figures
from backpain.figures.skeleton import skeleton_of

FIGURES = shipped_figures()
STANDING, SQUATTING = FIGURES["single-leg-squat"].poses
KNEELING, REACHING_OUT = FIGURES["bird-dog"].poses


def moving(start: Pose, **changes: object) -> Figure:
    """Return a figure that moves from a pose to the same one changed."""
    return Figure(poses=(start, replace(start, **changes)))  # type: ignore[arg-type]


@pytest.mark.parametrize("slug", FIGURES)
def test_a_body_can_do_it(slug: str) -> None:
    assert faults(FIGURES[slug]) == ()


def test_every_exercise_of_the_catalogue_has_a_figure() -> None:
    assert FIGURES.keys() == shipped_exercises()


@pytest.mark.parametrize(
    ("code", "figure"),
    [
        ("under_floor", moving(STANDING, pelvis=(0, 48.5), near_leg=Reaching(0, 2, end=0))),
        ("under_floor", moving(KNEELING, near_leg=Bent(269, 190, end=186))),
        ("in_the_air", moving(STANDING, pelvis=(0, 60), near_leg=Bent(-90, -90))),
        ("elbow", moving(STANDING, near_arm=Bent(-80, -110))),
        ("elbow", moving(STANDING, near_arm=Bent(-90, 85))),
        ("knee", moving(STANDING, far_leg=Bent(-90, -60))),
        ("out_of_reach", moving(STANDING, near_arm=Reaching(60, 50))),
        ("spine_length", moving(KNEELING, bow=12)),
        ("bone_length", moving(STANDING, near_arm=Bent(-92, -78, shown=(1, 0.3, 1)))),
        ("slides", moving(STANDING, near_leg=Reaching(3, 3.1, end=0))),
        ("slides", moving(KNEELING, near_arm=Reaching(24, 2, end=-4))),
        ("turns_round", moving(KNEELING, near_leg=Bent(-91, -177, end=-174))),
    ],
)
def test_finds_what_a_body_cannot_do(code: str, figure: Figure) -> None:
    assert code in {fault.code for fault in faults(figure)}


def test_names_the_pose_and_what_was_measured() -> None:
    (fault,) = faults(moving(STANDING, near_arm=Bent(-80, -110)))

    assert (fault.code, fault.pose, fault.measured) == ("elbow", 2, pytest.approx(-30))


def test_finds_a_body_under_the_floor_on_its_way() -> None:
    start = replace(SQUATTING, far_leg=Bent(-20, -20))
    figure = moving(start, far_leg=Bent(-150, -150))

    assert [(fault.code, fault.pose) for fault in faults(figure)] == [("under_floor", 1)]


def test_lets_a_jump_leave_the_floor_and_a_walker_glide() -> None:
    jump, walk = FIGURES["single-leg-jump-squat"], FIGURES["walking-break"]

    assert any(pose.airborne for pose in jump.poses)
    assert walk.on_the_spot
    assert {fault.code for fault in faults(replace(walk, on_the_spot=False))} == {"slides"}


def test_a_hand_out_of_reach_goes_as_far_as_it_can() -> None:
    pose = replace(STANDING, near_arm=Reaching(80, 50))
    arm = skeleton_of(pose).near_arm

    assert math.dist(arm.root, arm.tip) == pytest.approx(30.5, abs=0.01)


def test_far_limbs_and_spines_are_as_long_as_near_and_straight_ones() -> None:
    cat = skeleton_of(FIGURES["cat-cow"].poses[1])

    for arm in (cat.near_arm, cat.far_arm):
        assert math.dist(arm.root, arm.middle) == pytest.approx(16.5)
        assert math.dist(arm.middle, arm.tip) == pytest.approx(14)
