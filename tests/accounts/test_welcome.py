from datetime import UTC, datetime

import pytest
import time_machine

from backpain.accounts import actions
from backpain.accounts.models import CONSENT_VERSION, Consent
from tests.conftest import signed_in

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANSWERS = {"consent": "on", "country": "SI", "time_zone": "Europe/Ljubljana", "units": "mi"}


@pytest.fixture
def as_newcomer(newcomer):
    return signed_in(newcomer)


def test_says_what_the_log_is_for_and_what_it_cannot_do(as_newcomer):
    page = as_newcomer.get("/welcome/").text

    assert "published training rules" in page
    assert "does not diagnose" in page
    assert "not for emergencies, and nobody watches" in page


@time_machine.travel(NOON, tick=False)
def test_keeps_consent_with_its_version_and_instant_and_goes_on_to_the_start_page(as_newcomer, newcomer):
    response = as_newcomer.post("/welcome/", ANSWERS)

    consent = newcomer.consents.get()
    newcomer.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, "/start/")
    assert (consent.version, consent.given_at, consent.withdrawn_at) == (CONSENT_VERSION, NOON, None)
    assert (newcomer.country.code, newcomer.time_zone, newcomer.units) == ("SI", "Europe/Ljubljana", "mi")


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("consent", ""),
        ("country", "XX"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", ""),
        ("units", "furlongs"),
    ],
)
def test_keeps_nothing_without_consent_and_sound_answers(as_newcomer, newcomer, field, answer):
    response = as_newcomer.post("/welcome/", ANSWERS | {field: answer})

    newcomer.refresh_from_db()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["units"].value() == (answer if field == "units" else "mi")
    assert not Consent.objects.exists()
    assert newcomer.time_zone == "Europe/Berlin"


def test_refuses_an_empty_form(as_newcomer):
    assert as_newcomer.post("/welcome/").status_code == 422


def test_does_not_ask_for_the_country(as_newcomer, newcomer):
    as_newcomer.post("/welcome/", ANSWERS | {"country": ""})

    newcomer.refresh_from_db()
    assert newcomer.country.code == ""


def test_keeps_the_first_instant_when_sent_twice(as_newcomer, newcomer):
    with time_machine.travel(NOON, tick=False):
        as_newcomer.post("/welcome/", ANSWERS)
    as_newcomer.post("/welcome/", ANSWERS)

    assert newcomer.consents.get().given_at == NOON


def test_takes_curators_who_run_as_well(as_carol, carol):
    as_carol.post("/welcome/", ANSWERS)

    assert carol.consents.in_force().exists()


def test_shows_when_consent_was_given_and_does_not_ask_again(as_newcomer, newcomer):
    actions.give_consent(runner=newcomer, now=NOON)

    response = as_newcomer.get("/welcome/")

    assert "21 November 2026" in response.text
    assert 'name="consent"' not in response.text


def test_asks_anew_when_the_words_have_changed(as_newcomer, newcomer):
    newcomer.consents.create(version="2025-01", given_at=datetime(2025, 1, 1, tzinfo=UTC))

    assert 'name="consent"' in as_newcomer.get("/welcome/").text
    as_newcomer.post("/welcome/", ANSWERS)

    assert newcomer.consents.in_force().get().version == CONSENT_VERSION


def test_sends_nobody_to_sign_in(client):
    assert client.get("/welcome/")["Location"] == "/accounts/login/?next=/welcome/"
