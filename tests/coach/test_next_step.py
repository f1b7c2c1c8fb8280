from __future__ import annotations

import pytest

from backpain.coach.decision import Dose
from backpain.coach.next_step import next_step
from backpain.coach.thresholds import SHIPPED
from tests.coach.conftest import CATALOGUE
from tests.coach.stories import planking
from tests.coach.test_exercise import worked

LADDERS = {ladder.slug: ladder for ladder in CATALOGUE.ladders}


def step(ladder, exercise, dose, unit):
    sets, target = dose.split("x")
    move = next_step(
        Dose(exercise=exercise, sets=int(sets), target=float(target), unit=unit), LADDERS[ladder], SHIPPED
    )
    return move and (move.kind, move.to.exercise, move.to.sets, move.to.target)


@pytest.mark.parametrize(
    ("stood", "expected"),
    [
        (("front-plank", "forearm-plank", "3x25", "s"), ("longer", "forearm-plank", 3, 30)),
        (("front-plank", "forearm-plank", "2x59", "s"), ("longer", "forearm-plank", 2, 60)),
        (("front-plank", "forearm-plank", "2x60", "s"), ("more_sets", "forearm-plank", 3, 60)),
        (("bridge", "glute-bridge", "3x10", "reps"), ("more_reps", "glute-bridge", 3, 12)),
        (("bridge", "glute-bridge", "3x12", "reps"), ("more_reps", "glute-bridge", 3, 13)),
        (("back-extension", "superman-pull", "3x12", "reps"), ("level_up", "locust-pose", 2, 10)),
        (("back-extension", "locust-pose", "3x30", "s"), ("level_up", "ball-back-extension", 2, 8)),
        (("single-leg", "single-leg-deadlift", "3x10", "reps"), ("level_up", "single-leg-jump-squat", 2, 6)),
        (("front-plank", "no-such-plank", "3x30", "s"), None),
    ],
)
def test_names_the_step_after_a_dose(stood, expected):
    assert step(*stood) == expected


def test_the_top_of_a_ladder_has_none():
    for ladder in LADDERS.values():
        top = ladder.rungs[-1]
        assert step(ladder.slug, top.exercise, f"3x{top.cap}", top.unit) is None


@pytest.mark.parametrize(
    "told",
    [
        planking(),
        worked("bridge", "glute-bridge", "reps", "3x10"),
        worked("back-extension", "superman", "reps", "3x12"),
        worked("front-plank", "forearm-plank", "s", "2x60"),
    ],
)
def test_is_what_the_coach_offers_once_it_is_earned(told):
    move = told.move()

    assert move is not None
    assert next_step(move.from_, LADDERS[move.ladder], SHIPPED) == move
