"""How many statements a page costs, however long the log: session, user and transaction statements count too."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.long_log import write_long_log
from tests.conftest import NOON

pytestmark = pytest.mark.any_database

CEILINGS = {
    "Today": 9,  # of 12; one of them asks whether gentle days go on
    "Log run": 5,  # of 12
    "Progress": 12,  # of 12
    "A chart": 12,
    "Session": 5,
    "Guided session": 12,
    "Plan": 6,
    "Advice": 7,
    "History": 11,
    "Exercises": 6,  # of 8
    "Exercise": 8,
    "Exercise, yours": 10,
    "Shoes": 6,
    "a run saved": 22,  # of 30
    "the first Today of a day": 27,  # of 30; three of them keep the sign-in alive
}
PAGES = {
    "Today": "/",
    "Log run": "/runs/new/",
    "Progress": "/progress/",
    "A chart": "/progress/ladders/?weeks=all",
    "Session": "/sessions/new/",
    "Guided session": "/sessions/guided/",
    "Plan": "/plan/",
    "Advice": "/advice/",
    "History": "/history/",
    "Exercises": "/exercises/",
    "Exercise": "/exercises/forearm-plank/",
    "Exercise, yours": "/exercises/knee-plank/yours/",
    "Shoes": "/shoes/",
}


@pytest.fixture
def counts(alice, as_alice, at_noon):
    """Return a function that counts the statements of every page for a log of so many runs."""

    def counts(runs):
        call_command("load_catalogue", verbosity=0)
        write_long_log(runner=alice, runs=runs, now=NOON)
        as_alice.get("/")  # the first request after signing in keeps the sign-in alive, with a write
        found = {name: statements(as_alice.get, url) for name, url in PAGES.items()}
        found["a run saved"] = statements(as_alice.post, "/runs/new/", run())
        at_noon.shift(dt.timedelta(days=1, minutes=1))
        found["the first Today of a day"] = statements(as_alice.get, "/")
        return found

    return counts


def run():
    return {
        "uuid": str(uuid.uuid4()),
        "started_at": "2026-03-16T07:00",
        "distance": "8.2",
        "duration": "47:12",
        "shoe": "Road shoes",
        "pain_before": "1",
        "pain_during": "2",
        "pain_after": "1",
    }


def statements(ask, *arguments):
    with CaptureQueriesContext(connection) as captured:
        response = ask(*arguments)
    assert response.status_code == (200 if ask.__name__ == "get" else 302)
    return len(captured)


@pytest.mark.parametrize("runs", [600, 2400])
def test_a_long_log_costs_what_a_short_one_does(counts, runs):
    assert counts(runs) == CEILINGS


def test_a_first_today_that_eases_the_whole_plan_stays_within_thirty(counts, as_alice, alice, at_noon):
    counts(600)
    at_noon.shift(dt.timedelta(days=16))  # E-9: a step down on every ladder

    assert statements(as_alice.get, "/") <= 30
    assert {move.kind for move in alice.advice.newest().decided.moves} == {"step_down"}


def test_an_empty_log_costs_no_more(counts):
    # The one statement more makes the shoe, which a log of years has already.
    ceilings = CEILINGS | {"a run saved": CEILINGS["a run saved"] + 1}

    assert {name: count for name, count in counts(0).items() if count > ceilings[name]} == {}
