"""What two requests at the same moment must not do. Runs on both databases, on real connections."""

import threading

import pytest
from django.db import connection
from django.test import Client

from tests.catalogue import put_catalogue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]


@pytest.fixture(autouse=True)
def shipped_exercises(transactional_db):
    put_catalogue()


def at_once(request, client_of, times=4):
    """Send the same request several times at one moment and return the status codes."""
    barrier, statuses = threading.Barrier(times), []

    def send(client):
        try:
            barrier.wait()
            statuses.append(request(client).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[client_of()]) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


@pytest.fixture
def client_of_alice(alice):
    def client_of():
        client = Client()
        client.force_login(alice)
        return client

    return client_of


def test_a_run_sent_four_times_is_one_run(alice, client_of_alice, a_run):
    statuses = at_once(lambda client: client.post("/runs/new/", a_run), client_of_alice)

    assert statuses == [302] * 4
    assert alice.runs.count() == 1


def test_a_day_gets_one_first_advice(alice, client_of_alice):
    statuses = at_once(lambda client: client.get("/"), client_of_alice)

    assert statuses == [200] * 4
    assert alice.advice.count() == 1


def test_an_edit_sent_four_times_is_one_edit(alice, client_of_alice, a_run):
    client_of_alice().post("/runs/new/", a_run)
    url = f"/runs/{alice.runs.get().uuid}/"

    statuses = at_once(
        lambda client: client.post(url, a_run | {"pain_after": "5", "version": "1"}), client_of_alice
    )

    assert statuses == [302] * 4
    assert alice.runs.get().version == 2
    assert alice.corrections.count() == 1


def test_two_edits_from_the_same_page_are_not_both_kept(alice, client_of_alice, a_run):
    client_of_alice().post("/runs/new/", a_run)
    url = f"/runs/{alice.runs.get().uuid}/"
    scores = iter("5678")

    statuses = at_once(
        lambda client: client.post(url, a_run | {"pain_after": next(scores), "version": "1"}), client_of_alice
    )

    assert sorted(statuses) == [302, 422, 422, 422]
    assert alice.runs.get().version == 2
    assert alice.corrections.count() == 1
