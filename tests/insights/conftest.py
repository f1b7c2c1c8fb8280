import datetime as dt
import itertools

import pytest

from backpain.exercises.models import Exercise, Ladder
from backpain.plan.models import Advice, Placement
from backpain.training.models import Run
from tests.catalogue import put_catalogue
from tests.conftest import NOON

TODAY = dt.date(2026, 3, 16)  # a Monday


@pytest.fixture
def catalogue(db):
    """The shipped catalogue, loaded."""
    put_catalogue()


@pytest.fixture
def ran(alice):
    """Write Alice's runs: (days ago, km, pain after), with pain 1 before and 0 the next morning."""

    def write(*rows):
        Run.objects.bulk_create(
            Run(
                runner=alice,
                started_at=dt.datetime.combine(TODAY - dt.timedelta(days=days), dt.time(8), dt.UTC),
                on=TODAY - dt.timedelta(days=days),
                entered_at=dt.datetime(2026, 3, 16, tzinfo=dt.UTC),
                distance_m=km * 1000 if km else None,
                pain_before=None if after is None else 1,
                pain_during=None if after is None else max(1, after),
                pain_after=after,
                pain_next_morning=None if after is None else 0,
            )
            for days, km, after in rows
        )

    return write


@pytest.fixture
def advised(alice):
    """Keep advice for Alice: (days ago, verdict, what it says about running)."""

    def write(*rows, running=None):
        for days, verdict in rows:
            Advice.objects.create(
                runner=alice,
                on=TODAY - dt.timedelta(days=days),
                given_at=dt.datetime(2026, 3, 16, tzinfo=dt.UTC),
                verdict=verdict,
                facts={},
                decision={"running": running or {"may_run": True, "cap_m": None, "warning": "none"}},
                ruleset="2026.1",
                engine="1",
            )

    return write


@pytest.fixture
def stood(alice, catalogue):
    """Write Alice's placements on a ladder: (days ago, exercise, sets, target, unit), oldest first."""

    def write(ladder, *rows):
        ends = [TODAY - dt.timedelta(days=later[0]) for later in rows[1:]]
        for (days, exercise, sets, target, unit), ended_on in itertools.zip_longest(rows, ends):
            Placement.objects.create(
                runner=alice,
                ladder=Ladder.objects.get(slug=ladder),
                exercise=Exercise.objects.get(slug=exercise),
                sets=sets,
                target=target,
                unit=unit,
                from_on=TODAY - dt.timedelta(days=days),
                ended_on=ended_on,
            )

    return write


@pytest.fixture
def answered(alice):
    """Store a questionnaire of Alice's: (days ago, form, answers)."""

    def answer(days, form, answers, **columns):
        on = TODAY - dt.timedelta(days=days)
        alice.questionnaires.create(form=form, on=on, answers=answers, entered_at=NOON, **columns)

    return answer
