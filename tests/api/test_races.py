"""What two calls at the same moment must not do. Runs on both databases, on real connections."""

import threading

import pytest
from django.db import connection

from backpain.api.models import MOST_CALLS
from tests.api.conftest import CHECK_INS, RUNS, Caller
from tests.catalogue import put_catalogue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]


@pytest.fixture(autouse=True)
def shipped_exercises(transactional_db):
    put_catalogue()


def at_once(by_alice, *calls):
    """Make calls at one moment and return their statuses, in order."""
    barrier, statuses = threading.Barrier(len(calls)), []
    secret = by_alice.headers["Authorization"].split()[1]

    def send(method, url, told):
        try:
            barrier.wait()
            statuses.append(Caller(secret).send(method, url, told).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def test_a_run_sent_four_times_is_one_run(alice, by_alice, a_run):
    assert at_once(by_alice, *[("POST", RUNS, a_run)] * 4) == [200, 200, 200, 201]
    assert alice.runs.count() == 1


def test_two_runs_of_one_id_are_not_both_stored(alice, by_alice, a_run):
    other = a_run | {"distance_m": 9000}

    assert at_once(by_alice, ("POST", RUNS, a_run), ("POST", RUNS, other)) == [201, 409]
    assert alice.runs.count() == 1


def test_a_day_gets_one_check_in(alice, by_alice):
    calls = [("POST", CHECK_INS, {"score": score}) for score in (3, 4, 5)]

    assert at_once(by_alice, *calls) == [201, 409, 409]
    assert alice.check_ins.count() == 1


def test_a_correction_sent_twice_is_made_once(alice, by_alice, a_run):
    by_alice.post(RUNS, a_run)
    url = f"{RUNS}{a_run['id']}/"

    assert at_once(by_alice, *[("PATCH", url, {"pain_after": 5})] * 3) == [200] * 3
    assert alice.runs.get().pain_after == 5
    assert alice.corrections.count() == 1


def test_calls_at_the_same_moment_are_counted_one_by_one(alice, by_alice):
    by_alice.get(RUNS)
    alice.tokens.update(calls=MOST_CALLS - 2)

    assert at_once(by_alice, *[("GET", RUNS, None)] * 4) == [200, 200, 429, 429]
