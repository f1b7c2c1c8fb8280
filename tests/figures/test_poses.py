"""Every pose is one a body can take, on this floor."""

import math
from dataclasses import replace

import pytest

from backpain.exercises.shipped import shipped_entries
from backpain.figures.body import body
from backpain.figures.draw import bounds
from backpain.figures.poses import FIGURES
from backpain.figures.skeleton import (
    FOREARM,
    SHANK,
    SPINE,
    THIGH,
    UPPER_ARM,
    Bent,
    Bones,
    Limb,
    Pose,
    Reaching,
    elbow_bend,
    knee_bend,
    skeleton_of,
)

SINKS_IN = 1.6  # percent of body height, the mat's thickness
STRAIGHT = -3  # degrees; a straight joint is drawn a little soft either way
CLOSED = 150  # degrees

POSES = [
    pytest.param(pose, figure.from_above, id=f"{slug} {number}")
    for slug, figure in FIGURES.items()
    for number, pose in enumerate(figure.poses, start=1)
]


def limbs(pose: Pose) -> list[tuple[Limb, Bones]]:
    """Return arms, then legs, each as given and as solved."""
    skeleton = skeleton_of(pose)
    return [
        (pose.near_arm, skeleton.near_arm),
        (pose.far_arm, skeleton.far_arm),
        (pose.near_leg, skeleton.near_leg),
        (pose.far_leg, skeleton.far_leg),
    ]


def points_to_the_reader(limb: Limb) -> bool:
    return isinstance(limb, Bent) and min(limb.shown) < 1


@pytest.mark.parametrize(("pose", "from_above"), POSES)
def test_nothing_is_under_the_mat(pose: Pose, from_above: bool) -> None:
    lowest = min(y for _, y in bounds(body(pose)))

    assert from_above or lowest >= -SINKS_IN


@pytest.mark.parametrize(("pose", "from_above"), POSES)
def test_something_touches_the_mat(pose: Pose, from_above: bool) -> None:
    lowest = min(y for _, y in bounds(body(pose)))

    assert from_above or lowest <= 1.2


@pytest.mark.parametrize(("pose", "_from_above"), POSES)
def test_bones_keep_their_length(pose: Pose, _from_above: bool) -> None:
    for (limb, bones), lengths in zip(
        limbs(pose), [(UPPER_ARM, FOREARM)] * 2 + [(THIGH, SHANK)] * 2, strict=True
    ):
        shown = limb.shown if isinstance(limb, Bent) else (1, 1, 1)
        drawn = math.dist(bones.root, bones.middle), math.dist(bones.middle, bones.tip)
        assert drawn == pytest.approx((lengths[0] * shown[0], lengths[1] * shown[1]))


@pytest.mark.parametrize(("pose", "_from_above"), POSES)
def test_the_spine_keeps_its_length_when_it_bows(pose: Pose, _from_above: bool) -> None:
    skeleton = skeleton_of(pose)
    along = [skeleton.on_spine(share / 50) for share in range(51)]

    assert sum(map(math.dist, along, along[1:])) == pytest.approx(SPINE, rel=0.01)


@pytest.mark.parametrize(("pose", "_from_above"), POSES)
def test_hands_and_feet_are_where_they_reach_for(pose: Pose, _from_above: bool) -> None:
    for limb, bones in limbs(pose):
        if isinstance(limb, Reaching):
            assert bones.tip == pytest.approx((limb.x, limb.y))


@pytest.mark.parametrize(("pose", "_from_above"), POSES)
def test_elbows_and_knees_bend_the_right_way(pose: Pose, _from_above: bool) -> None:
    if pose.seen_from == "front":
        return
    *arms, near_leg, far_leg = limbs(pose)
    bends = [elbow_bend(bones) for limb, bones in arms if not points_to_the_reader(limb)]
    bends += [knee_bend(bones) for limb, bones in (near_leg, far_leg) if not points_to_the_reader(limb)]

    assert all(STRAIGHT <= bend <= CLOSED for bend in bends), bends


def test_a_hand_out_of_reach_is_refused() -> None:
    (pose,) = FIGURES["forearm-plank"].poses

    with pytest.raises(ValueError, match="away"):
        skeleton_of(replace(pose, near_arm=Reaching(80, 0)))


@pytest.mark.parametrize("slug", FIGURES)
def test_what_stands_on_the_floor_stays_there(slug: str) -> None:
    """A foot that both poses put on the floor does not slide."""
    poses = FIGURES[slug].poses
    for leg in ("near_leg", "far_leg"):
        places = {(limb.x, limb.y) for pose in poses if isinstance(limb := getattr(pose, leg), Reaching)}
        assert len(places) <= 1


def test_every_figure_belongs_to_an_exercise_of_the_catalogue() -> None:
    slugs = {exercise["slug"] for exercise in shipped_entries()["exercises"]}

    assert slugs >= FIGURES.keys()
