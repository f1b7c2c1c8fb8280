"""Without consent in force nothing about health is taken in; what was kept can still be had and erased."""

import datetime as dt
import uuid

import pytest
from django.urls import URLPattern, reverse

from backpain.plan import urls as plan
from backpain.training import urls as training
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)
ARGUMENTS = {
    "uuid": uuid.UUID(int=1),
    "advice": uuid.UUID(int=1),
    "ladder": "front-plank",
    "kind": "run",
    "form": "peg",
}
OFFLINE = {"offline_run", "offline_check_in", "offline_session"}
OPEN = {"rules", "site_settings", "hindsight", *OFFLINE}  # keep nothing of a runner's


def url_of(pattern: URLPattern) -> str:
    taken = pattern.pattern.converters
    return reverse(pattern.name, kwargs={name: ARGUMENTS[name] for name in taken})


PATTERNS = [p for p in (*training.urlpatterns, *plan.urlpatterns) if p.name not in OPEN]


@pytest.fixture
def withdrawn(alice):
    alice.consents.update(withdrawn_at=NOON)


@pytest.mark.usefixtures("withdrawn")
@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_page_that_keeps_health_data_sends_to_the_welcome_page(as_alice, pattern):
    for method in (as_alice.get, as_alice.post):
        response = method(url_of(pattern))

        assert response.status_code == 405 or response.url == "/welcome/"


@pytest.mark.usefixtures("withdrawn")
def test_htmx_is_sent_there_too(as_alice, a_run):
    response = as_alice.post("/runs/new/", a_run, headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == "/welcome/"


@pytest.mark.usefixtures("withdrawn")
def test_a_run_posted_without_consent_is_not_kept(as_alice, alice, a_run):
    as_alice.post("/runs/new/", a_run)

    assert not alice.runs.exists()
    assert not alice.advice.exists()


def test_consent_to_earlier_words_does_not_count(as_alice, alice, a_run):
    alice.consents.update(version="2020-01")

    as_alice.post("/runs/new/", a_run)

    assert not alice.runs.exists()


def test_entries_can_be_downloaded_and_the_account_erased_without_consent(as_alice, alice):
    RunFactory(runner=alice, note="mine")
    alice.set_password("a long password")
    alice.save()
    as_alice.force_login(alice)
    alice.consents.update(withdrawn_at=NOON)

    export = as_alice.get("/export/history.json")
    as_alice.post("/settings/erase/", {"password": "a long password"})

    assert export.json()["runs"][0]["note"] == "mine"
    assert not type(alice).objects.filter(pk=alice.pk).exists()
