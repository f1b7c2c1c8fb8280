"""The shipped ladders as the coach's tests see them: rules.md section 4, in seed-facts.md's order."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from backpain.coach import codec
from backpain.coach.ladders import Catalogue, Ladder, Rung

settings.register_profile("quick", max_examples=60, deadline=None)
settings.register_profile("deep", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Under `make mutate` ask the tests about the changed module first, and the reasons' values next.

    What the codec remembers from the run without a change would hide one.
    """
    if mutant := os.environ.get("MUTANT_UNDER_TEST", ""):
        codec._decoder.cache_clear()
        codec._encoded_fields.cache_clear()
        module = mutant.rpartition(".")[0].rpartition(".")[2]
        names = (module.removesuffix("s"), "evidence")
        items.sort(key=lambda item: tuple(name not in item.path.name for name in names))


def rung(exercise: str, unit: str, dose: str, **more: object) -> Rung:
    """Read a dose written as in rules.md: "2x8 +2 12" is two sets from 8 in steps of 2 up to 12."""
    start, step, cap = dose.split()
    sets, _, first = start.rpartition("x")
    return Rung(
        exercise=exercise,
        unit=unit,
        sets=int(sets or 3),
        start=float(first),
        step=float(step),
        cap=float(cap),
        **more,  # type: ignore[arg-type]
    )


LADDERS = (
    Ladder(
        slug="front-plank",
        family="front plank",
        rungs=(
            rung("knee-plank", "s", "15 +5 30"),
            rung("forearm-plank", "s", "20 +5 60"),
            rung("high-plank-leg-lifts", "reps", "2x8 +2 12", per_side=True),
            rung("high-plank-shoulder-taps", "reps", "2x10 +2 12", per_side=True),
            rung("high-plank-limb-raises", "reps", "2x8 +2 12", per_side=True),
        ),
    ),
    Ladder(
        slug="side-plank",
        family="side plank",
        rungs=(
            rung("modified-side-plank", "s", "2x15 +5 30", per_side=True),
            rung("modified-side-plank-lifts", "reps", "2x8 +2 12", per_side=True),
            rung("side-plank", "s", "15 +5 40", per_side=True),
        ),
    ),
    Ladder(
        slug="quadruped",
        family="quadruped",
        rungs=(
            rung("quadruped-limb-raises", "reps", "2x8 +2 12", per_side=True),
            rung("bird-dog", "reps", "8 +2 12", per_side=True, hold_s=5),
        ),
    ),
    Ladder(
        slug="anti-extension",
        family="anti-extension",
        rungs=(
            rung("beetle", "reps", "8 +2 12", per_side=True),
            rung("dead-bug", "reps", "8 +2 12", per_side=True),
            rung("v-up", "reps", "2x8 +2 12"),
        ),
    ),
    Ladder(
        slug="bridge",
        family="bridge",
        rungs=(
            rung("glute-bridge", "reps", "10 +2 15", late_from=12.0, late_step=1.0, hold_s=3),
            rung("glute-bridge", "s", "2x10 +5 30"),
            rung("single-leg-bridge", "reps", "2x8 +2 12", per_side=True),
        ),
    ),
    Ladder(
        slug="back-extension",
        family="back extension",
        rungs=(
            rung("superman", "reps", "8 +2 12"),
            rung("superman-hold", "reps", "10 +2 12", hold_s=5),
            rung("superman-pull", "reps", "2x8 +2 12"),
            rung("locust-pose", "s", "10 +5 30"),
            rung("ball-back-extension", "reps", "2x8 +2 12", equipment="stability-ball"),
            rung("ball-reverse-leg-raise", "reps", "2x8 +2 12", equipment="stability-ball"),
        ),
    ),
    Ladder(
        slug="single-leg",
        family="single leg",
        legs=True,
        rungs=(
            rung("single-leg-balance", "reps", "10 +2 12", per_side=True),
            rung("single-leg-balance-reach", "reps", "8 +2 12", per_side=True),
            rung("single-leg-squat", "reps", "2x8 +2 12", per_side=True),
            rung("single-leg-deadlift", "reps", "2x8 +2 10", per_side=True),
            rung("single-leg-jump-squat", "reps", "2x6 +1 12", per_side=True, impact=True),
        ),
    ),
    Ladder(
        slug="hip-abductor",
        family="hip abductor",
        legs=True,
        rungs=(rung("side-lying-leg-raise", "reps", "10 +2 15", per_side=True),),
    ),
    Ladder(
        slug="lunge",
        family="lunge",
        legs=True,
        rungs=(rung("reverse-lunge-rotation", "reps", "2x8 +2 10", per_side=True),),
    ),
)
CATALOGUE = Catalogue(
    ladders=LADDERS,
    strength=frozenset(item.exercise for ladder in LADDERS for item in ladder.rungs),
    mobility=frozenset({"cat-cow", "lying-figure-4", "supine-twist", "hip-flexor-stretch"}),
)


@pytest.fixture
def catalogue() -> Catalogue:
    return CATALOGUE
