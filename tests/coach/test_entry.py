"""The first four exercises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backpain.coach.decision import Dose
from backpain.coach.entry import first_placements, passes_trial
from backpain.coach.history import SetDone
from tests.coach.conftest import CATALOGUE


def chosen(*passed: str, equipment: frozenset[str] = frozenset()) -> list[str]:
    return [dose.exercise for _, dose in first_placements(passed, catalogue=CATALOGUE, equipment=equipment)]


def test_the_first_four_that_passed_are_taken():
    passed = ("superman", "beetle", "single-leg-balance-reach", "high-plank-leg-lifts", "single-leg-bridge")

    assert chosen(*passed) == list(passed[:4])


def test_the_last_place_waits_for_an_exercise_of_hip_or_knee():
    passed = ("superman", "beetle", "knee-plank", "glute-bridge")

    assert chosen(*passed) == list(passed[:3])
    assert chosen(*passed, "side-lying-leg-raise", "single-leg-balance") == [
        *passed[:3],
        "side-lying-leg-raise",
    ]


def test_the_last_place_waits_for_nothing_where_no_ladder_trains_hip_or_knee():
    bare = replace(CATALOGUE, ladders=tuple(ladder for ladder in CATALOGUE.ladders if not ladder.legs))
    passed = ("superman", "beetle", "knee-plank", "glute-bridge")

    assert len(first_placements(passed, catalogue=bare)) == 4


def test_a_ladder_gives_one_exercise():
    assert chosen("superman", "superman-hold", "beetle") == ["superman", "beetle"]


def test_an_exercise_starts_at_the_bottom_of_its_range():
    assert first_placements(["superman"], catalogue=CATALOGUE) == (
        ("back-extension", Dose(exercise="superman", sets=3, target=8, unit="reps")),
    )


def test_what_needs_a_ball_needs_the_ball():
    assert chosen("ball-back-extension") == []
    assert chosen("ball-back-extension", equipment=frozenset({"stability-ball"})) == ["ball-back-extension"]


@pytest.mark.parametrize(
    ("done", "pain", "before", "form", "passes"),
    [
        (8, 0, 0, True, True),
        (8, 2, 2, True, True),
        (7, 0, 0, True, False),
        (8, 3, 4, True, False),
        (8, 1, 0, True, False),
        (8, 0, 0, False, False),
        (8, 0, 0, None, False),
        (8, None, 0, True, False),
    ],
)
def test_a_trial_is_slow_painless_and_in_form(done, pain, before, form, passes):
    trial = SetDone(exercise="superman", unit="reps", done=done, pain=pain, good_form=form, trial=True)

    assert passes_trial(trial, before=before) is passes


def test_a_trial_of_a_hold_is_ten_seconds():
    hold = SetDone(exercise="knee-plank", unit="s", done=10, pain=0, good_form=True, trial=True)

    assert passes_trial(hold, before=0)
    assert not passes_trial(replace(hold, done=9), before=0)
