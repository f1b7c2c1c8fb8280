"""How many statements a call costs, however long the log."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import ADVICE, CHECK_INS, RUNS, SESSIONS
from tests.benchmarks.long_log import write_long_log
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
CEILINGS = {  # two of each find the token and count the call
    "runs": 4,
    "the next runs": 5,
    "check-ins": 4,
    "sessions": 5,
    "advice": 5,
    "advice of a day": 5,
    "advice so far": 4,
    "a run logged": 23,
    "a run sent again": 20,
    "a run": 3,
    "a run corrected": 24,
    "a run deleted": 21,
    "a check-in logged": 23,
    "a session logged": 25,
    "the first advice of a day": 21,
}


@pytest.fixture
def counts(alice, by_alice, at_noon, a_run, a_session):
    """Return a function that counts the statements of every call for a log of so many runs."""

    def counts(runs):
        call_command("load_catalogue", verbosity=0)
        write_long_log(runner=alice, runs=runs, now=NOON)
        by_alice.get(ADVICE)  # the first call of a minute, and of a day
        before = by_alice.get(f"{RUNS}?limit=100")[1]["next"]
        run = f"{RUNS}{a_run['id']}/"
        told = a_run | {"shoe": "Road shoes"}
        found = {}

        def count(name, method, url, body=None, *, status=200):
            with CaptureQueriesContext(connection) as captured:
                assert by_alice.send(method, url, body).status_code == status, name
            found[name] = len(captured)

        count("runs", "GET", f"{RUNS}?limit=100")
        count("the next runs", "GET", before)
        count("check-ins", "GET", f"{CHECK_INS}?limit=100")
        count("sessions", "GET", f"{SESSIONS}?limit=100")
        count("advice", "GET", ADVICE)
        count("advice of a day", "GET", f"{ADVICE}2026-03-15/")
        count("advice so far", "GET", f"{ADVICE}log/?limit=100")
        count("a run logged", "POST", RUNS, told, status=201)
        count("a run sent again", "POST", RUNS, told)
        count("a run", "GET", run)
        count("a run corrected", "PATCH", run, {"pain_after": 3})
        count("a run deleted", "DELETE", run, status=204)
        count("a check-in logged", "POST", CHECK_INS, {"score": 3}, status=201)
        count("a session logged", "POST", SESSIONS, a_session, status=201)
        at_noon.shift(dt.timedelta(days=1))
        count("the first advice of a day", "GET", ADVICE)
        return found

    return counts


@pytest.mark.parametrize("runs", [200, 600])
def test_a_long_log_costs_what_a_short_one_does(counts, runs):
    assert counts(runs) == CEILINGS
