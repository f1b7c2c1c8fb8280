from datetime import UTC, datetime

from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from backpain.accounts import actions
from backpain.accounts.access import consent_required

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@consent_required
def log_something(request):
    return HttpResponse("logged")


def send(runner, **headers):
    request = RequestFactory().post("/", headers=headers)
    request.user = runner
    request.htmx = HtmxDetails(request)
    return log_something(request)


def test_lets_a_runner_with_consent_through(alice):
    assert send(alice).text == "logged"


def test_sends_a_runner_without_consent_to_the_welcome_page(newcomer):
    response = send(newcomer)

    assert (response.status_code, response["Location"]) == (302, "/welcome/")


def test_has_htmx_load_the_page_to_sign_in_whole_and_come_back(client, db):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/progress/?weeks=52"}

    answer = client.get("/progress/charts/?weeks=52", headers=headers)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["HX-Redirect"] == "/accounts/login/?next=/progress/%3Fweeks%3D52"


def test_comes_back_to_no_other_site(client, db):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/progress/"}

    assert client.get("/progress/charts/", headers=headers)["HX-Redirect"] == "/accounts/login/?next=/"


def test_has_htmx_load_the_welcome_page_whole(newcomer):
    response = send(newcomer, hx_request="true")

    assert response["HX-Redirect"] == "/welcome/"
    assert response.text == ""


def test_lets_nothing_through_once_consent_is_withdrawn(alice):
    actions.withdraw_consent(runner=alice, now=NOON)

    assert send(alice)["Location"] == "/welcome/"


def test_does_not_take_consent_to_other_words(newcomer):
    newcomer.consents.create(version="2025-01", given_at=NOON)

    assert send(newcomer)["Location"] == "/welcome/"


def test_does_not_take_somebody_elses_consent(newcomer, bob):
    assert bob.consents.in_force().exists()
    assert send(newcomer)["Location"] == "/welcome/"
