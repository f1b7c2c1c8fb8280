from __future__ import annotations

import datetime as dt

import pytest

from backpain.exercises.models import Exercise, Ladder
from backpain.plan.log import deciding_rules, moved_ladders
from backpain.plan.models import Advice, Placement
from tests.catalogue import put_catalogue
from tests.coach.stories import Story, day

NOON = dt.datetime(2026, 3, 16, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def catalogue(db):
    """The shipped catalogue, in the database."""
    put_catalogue()


@pytest.fixture
def give(catalogue):
    """Give a runner the advice of a story, as a review would."""

    def give(runner, told: Story) -> Advice:
        decision = told.decide()
        return Advice.objects.create(
            runner=runner,
            on=day(told.on),
            given_at=NOON,
            verdict=decision.verdict.name.lower(),
            facts=told.facts().as_data(),
            decision=decision.as_data(),
            ruleset="2026.1",
            engine="1",
            decided_by=deciding_rules(decision),
            ladders=moved_ladders(decision),
        )

    return give


@pytest.fixture
def place(catalogue):
    """Put a runner on a rung since 1 March."""

    def place(runner, ladder="front-plank", exercise="forearm-plank", target=25, **more) -> Placement:
        return Placement.objects.create(
            runner=runner,
            ladder=Ladder.objects.get(slug=ladder),
            exercise=Exercise.objects.get(slug=exercise),
            target=target,
            from_on=dt.date(2026, 3, 1),
            **({"sets": 3, "unit": "s"} | more),
        )

    return place
