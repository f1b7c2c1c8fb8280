"""One step down a ladder, and which of two doses asks more."""

from __future__ import annotations

import pytest

from backpain.coach.decision import Dose
from backpain.coach.doses import is_above, stepped_down
from tests.coach.conftest import LADDERS

BRIDGE = next(ladder.rungs for ladder in LADDERS if ladder.slug == "bridge")
PLANK = next(ladder.rungs for ladder in LADDERS if ladder.slug == "front-plank")


def plank(exercise: str, sets: int, target: float, unit: str = "s") -> Dose:
    return Dose(exercise=exercise, sets=sets, target=target, unit=unit)


@pytest.mark.parametrize(("target", "down"), [(15, 14), (13, 12), (12, 10), (11, 10)])
def test_a_step_down_is_as_large_as_the_step_up_was(target, down):
    dose = Dose(exercise="glute-bridge", sets=3, target=target, unit="reps", hold_s=3)

    assert stepped_down(dose, BRIDGE) == Dose(
        exercise="glute-bridge", sets=3, target=down, unit="reps", hold_s=3
    )


def test_at_the_floor_comes_the_rung_below_at_its_cap_then_a_set_fewer_then_nothing():
    assert stepped_down(plank("forearm-plank", 3, 20), PLANK) == plank("knee-plank", 3, 30)
    assert stepped_down(plank("knee-plank", 3, 15), PLANK) == plank("knee-plank", 2, 15)
    assert stepped_down(plank("knee-plank", 2, 15), PLANK) == plank("knee-plank", 1, 15)
    assert stepped_down(plank("knee-plank", 1, 15), PLANK) is None


def test_a_dose_off_the_ladder_is_never_compared():
    handstand, knees = plank("handstand", 3, 15), plank("knee-plank", 3, 15)

    assert is_above(plank("forearm-plank", 3, 20), knees, PLANK)
    assert is_above(plank("knee-plank", 3, 20), knees, PLANK)
    assert is_above(knees, plank("knee-plank", 2, 15), PLANK)
    assert not is_above(knees, knees, PLANK)
    assert not is_above(handstand, knees, PLANK)
    assert not is_above(knees, handstand, PLANK)
    assert not is_above(handstand, plank("handstand", 1, 5), PLANK)
