"""Somebody else's entries are not there: 404, and they stay as they are."""

import datetime as dt
import uuid

import pytest

from backpain.coach.decision import Dose
from backpain.plan.actions import change_placements
from backpain.training.kinds import KINDS
from tests.factories import CheckInFactory, RunFactory, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
DAY = dt.date(2026, 3, 14)
NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)
URLS = {
    "run": "/runs/",
    "session": "/sessions/",
    "check_in": "/check-ins/",
    "skipped_run": "/skipped-runs/",
    "rest": "/rests/",
    "care": "/care/",
    "screening": "/screening/",
    "questionnaire": "/questionnaires/",
}


def entry_of(runner, word):
    made = {"run": RunFactory, "session": SessionFactory, "check_in": CheckInFactory}
    if word in made:
        return made[word](runner=runner)
    columns = {
        "skipped_run": {"because": "back-pain"},
        "rest": {"to_on": DAY},
        "care": {},
        "screening": {"at": NOON, "answers": {"fever": "no"}},
        "questionnaire": {"form": "peg", "answers": {"pain": 1, "enjoyment": 2, "activity": 3}},
    }
    return KINDS[word].table.objects.create(runner=runner, on=DAY, entered_at=NOON, **columns[word])


def state_of(entry):
    return type(entry).with_deleted.filter(pk=entry.pk).values().get()


@pytest.mark.parametrize("word", KINDS)
def test_an_entry_of_another_runner_is_not_found_and_not_touched(as_bob, alice, word):
    entry = entry_of(alice, word)
    before = state_of(entry)
    page = f"{URLS[word]}{entry.uuid}/"
    change = {
        "uuid": str(entry.uuid),
        "version": "1",
        "on": "2026-03-15",
        "to_on": "2026-03-15",
        "started_at": "2026-03-14T09:00",
        "score": "9",
        "because": "other",
        "fever": "yes",
    }

    statuses = [
        as_bob.get(page).status_code,
        as_bob.post(page, change).status_code,
        as_bob.post(f"/entries/{word}/{entry.uuid}/delete/").status_code,
        as_bob.post(f"/entries/{word}/{entry.uuid}/restore/").status_code,
    ]

    assert statuses == [404] * 4
    assert state_of(entry) == before
    assert not alice.corrections.exists()
    assert not alice.advice.exists()


@pytest.mark.parametrize("word", KINDS)
def test_an_entry_of_another_kind_is_not_found(as_alice, alice, word):
    other = RunFactory(runner=alice) if word != "run" else CheckInFactory(runner=alice)

    assert as_alice.get(f"{URLS[word]}{other.uuid}/").status_code == 404


def test_a_session_cannot_be_made_from_another_runners_plan(as_bob, alice):
    dose = Dose(exercise="forearm-plank", sets=2, target=77, unit="s")
    placed = change_placements(runner=alice, to={"front-plank": dose}, on=DAY)

    page = as_bob.post(
        "/sessions/new/",
        {"uuid": str(uuid.uuid4()), "started_at": "2026-03-16T07:00", "plan": str(placed[0].pk)},
    )

    assert page.status_code == 422
    assert "forearm-plank-1" not in page.context["form"].fields
