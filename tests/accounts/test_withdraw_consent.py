from datetime import UTC, datetime

import time_machine

from backpain.accounts import actions
from tests.factories import LONG_AGO

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_says_that_logging_stops_and_offers_download_and_erasing(as_alice):
    page = as_alice.get("/settings/consent/").text

    assert "Logging stops at once" in page
    assert "Download your entries" in page
    assert 'href="/settings/erase/"' in page


@time_machine.travel(NOON, tick=False)
def test_keeps_both_instants(as_alice, alice):
    response = as_alice.post("/settings/consent/", follow=True)

    consent = alice.consents.get()
    assert (consent.given_at, consent.withdrawn_at) == (LONG_AGO, NOON)
    assert "Not in force" in response.text


def test_can_be_given_again_as_a_row_of_its_own(as_alice, alice):
    as_alice.post("/settings/consent/")

    actions.give_consent(runner=alice, now=NOON)

    assert alice.consents.count() == 2
    assert alice.consents.in_force().get().given_at == NOON


def test_leaves_a_strangers_consent_alone(as_alice, bob):
    as_alice.post("/settings/consent/")

    assert bob.consents.in_force().exists()


def test_sends_nobody_to_sign_in(client):
    assert client.post("/settings/consent/")["Location"] == "/accounts/login/?next=/settings/consent/"
