"""What happens between the key poses."""

import math
from dataclasses import replace

import pytest

from backpain.figures import Figure
from backpain.figures.figure import LIMBS, Bent, Reaching
from backpain.figures.motion import between, eased, frames, loop
from backpain.figures.shipped import shipped_figures
from backpain.figures.skeleton import FOREARM, SHANK, THIGH, UPPER_ARM, skeleton_of

FIGURES = shipped_figures()
MOVING = [slug for slug, figure in FIGURES.items() if len(figure.poses) > 1]


@pytest.mark.parametrize("slug", MOVING)
def test_bones_keep_their_length_on_the_way(slug: str) -> None:
    """Only what turns towards the reader is seen shorter; in wide swings a path drawn straight would shrink."""
    for pose in frames(FIGURES[slug])[1]:
        skeleton = skeleton_of(pose)
        for name in LIMBS:
            bones, limb = getattr(skeleton, name), getattr(pose, name)
            upper, lower = (UPPER_ARM, FOREARM) if name.endswith("arm") else (THIGH, SHANK)
            assert math.dist(bones.root, bones.middle) == pytest.approx(upper * limb.shown[0])
            assert math.dist(bones.middle, bones.tip) == pytest.approx(lower * limb.shown[1])
            if all(getattr(each, name).shown == (1, 1, 1) for each in FIGURES[slug].poses):
                assert limb.shown == (1, 1, 1)


@pytest.mark.parametrize("slug", MOVING)
def test_hands_and_feet_that_stay_do_not_move(slug: str) -> None:
    figure = FIGURES[slug]
    for name in LIMBS:
        places = {
            (limb.x, limb.y) if isinstance(limb := getattr(pose, name), Reaching) else None
            for pose in figure.poses
        }
        if len(places) == 1 and None not in places:
            (place,) = places
            for pose in frames(figure)[1]:
                assert getattr(skeleton_of(pose), name).tip == pytest.approx(place, abs=0.1)


@pytest.mark.parametrize("slug", MOVING)
def test_begins_and_ends_in_the_pose_to_reach(slug: str) -> None:
    figure = FIGURES[slug]
    times, poses = frames(figure)

    assert poses[0] == poses[-1] == figure.poses[figure.reached_at]
    assert (times[0], times[-1]) == (0, 1)
    assert times == sorted(times)
    assert set(figure.poses) <= set(poses)
    assert 3 <= len(poses) // (len(loop(figure)) - 1) - 1 <= 5


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [2, 1, 0, 1, 2]),
        ({"reached": 0}, [0, 1, 2, 1, 0]),
        ({"cycle": True}, [2, 0, 1, 2]),
        ({"cycle": True, "reached": 1}, [1, 2, 0, 1]),
    ],
)
def test_goes_there_and_back_or_round(changes: dict[str, int], expected: list[int]) -> None:
    figure = Figure(poses=FIGURES["cat-cow"].poses)

    assert loop(replace(figure, **changes)) == expected


def test_starts_and_stops_gently() -> None:
    assert [eased(time) for time in (0, 0.5, 1)] == [0, 0.5, 1]
    assert eased(0.1) < 0.05


def test_an_arm_goes_round_by_the_angles_it_was_given() -> None:
    down = replace(FIGURES["v-up"].poses[0], near_arm=Bent(180, 180))

    halfway = between(down, replace(down, near_arm=Bent(0, 0)), 0.5).near_arm

    assert halfway == Bent(90, 90, end=90)


def test_a_bone_that_points_to_the_reader_swings_through_it() -> None:
    start = replace(FIGURES["v-up"].poses[0], near_arm=Bent(0, 0, shown=(0.5, 1, 1)))

    halfway = between(start, replace(start, near_arm=Bent(180, 0, shown=(0.5, 1, 1))), 0.5).near_arm

    assert halfway.shown[0] == pytest.approx(0, abs=1e-6)


def test_an_angle_worked_out_is_the_nearest_turn() -> None:
    start = replace(FIGURES["glute-bridge"].poses[0], near_leg=Bent(410, 290))
    reached = FIGURES["glute-bridge"].poses[1]

    assert between(start, reached, 1).near_leg.upper == pytest.approx(
        skeleton_of(reached).near_leg.upper + 360
    )
