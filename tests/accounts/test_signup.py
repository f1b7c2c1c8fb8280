from datetime import UTC, datetime

import pytest
import time_machine
from allauth.account.internal import flows
from django.core import mail

from backpain.accounts.models import User

ON_21_NOVEMBER_2026 = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANSWERS = {
    "email": "alice@example.org",
    "password1": "slow-easy-miles",
    "birth_year": "1984",
    "time_zone": "Europe/Berlin",
}

pytestmark = pytest.mark.django_db


def sign_up(client, *, at=ON_21_NOVEMBER_2026, **answers):
    with time_machine.travel(at, tick=False):
        return client.post("/accounts/signup/", ANSWERS | answers)


def test_makes_a_runner_and_goes_on_to_the_welcome_page(client):
    response = sign_up(client)

    alice = User.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/welcome/")
    assert (alice.email, alice.birth_year, alice.time_zone) == ("alice@example.org", 1984, "Europe/Berlin")
    assert not alice.is_staff
    assert client.get("/welcome/").status_code == 200


@pytest.mark.parametrize(("birth_year", "accepted"), [("2009", True), ("2010", False), ("2026", False)])
def test_refuses_who_may_still_be_fifteen(client, birth_year, accepted):
    response = sign_up(client, birth_year=birth_year)

    assert User.objects.exists() is accepted
    assert response.status_code == (302 if accepted else 422)
    assert ("Accounts are for people of 16 and over." in response.text) is not accepted


def test_takes_the_year_from_the_runners_own_calendar(client):
    new_year_in_auckland = datetime(2026, 12, 31, 12, tzinfo=UTC)

    sign_up(client, at=new_year_in_auckland, birth_year="2010", time_zone="UTC")
    assert not User.objects.exists()

    sign_up(client, at=new_year_in_auckland, birth_year="2010", time_zone="Pacific/Auckland")
    assert User.objects.exists()


@pytest.mark.parametrize("birth_year", ["", "84", "1899", "-1984", "soon", "9" * 5000])
def test_refuses_nonsense_as_a_year_and_keeps_what_was_typed(client, birth_year):
    response = sign_up(client, birth_year=birth_year)

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == ["birth_year"]
    assert form["birth_year"].value() == birth_year
    assert form["email"].value() == "alice@example.org"
    assert not User.objects.exists()


@pytest.mark.parametrize("time_zone", ["", "Mars/Olympus", "../../etc/passwd", "Etc/GMT+3", "\ud800"])
def test_falls_back_to_utc_where_the_browser_names_no_zone_we_know(client, time_zone):
    sign_up(client, time_zone=time_zone.encode("utf-8", "surrogatepass"))

    assert User.objects.get().time_zone == "UTC"


def test_needs_no_time_zone_where_javascript_is_off(client):
    answers = {field: answer for field, answer in ANSWERS.items() if field != "time_zone"}

    client.post("/accounts/signup/", answers)

    assert User.objects.get().time_zone == "UTC"


@pytest.mark.parametrize("email", ["alice@example.org", "Alice@Example.ORG"])
def test_says_when_the_address_has_an_account_already(client, alice, email):
    response = sign_up(client, email=email)

    assert response.status_code == 422
    assert "already registered" in response.context["form"].errors["email"][0]
    assert User.objects.get() == alice


def test_makes_one_account_of_a_form_sent_twice_at_once(client, alice, monkeypatch):
    monkeypatch.setattr(flows.manage_email, "email_already_exists", lambda email: (email, False))

    response = sign_up(client)

    assert response.status_code == 422
    assert "already registered" in response.context["form"].errors["email"][0]
    assert User.objects.get() == alice


def test_refuses_a_weak_password(client):
    response = sign_up(client, password1="1234567890")

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["password1"]


def test_sends_a_message_to_the_new_address_and_does_not_wait_for_it(client):
    sign_up(client)

    assert mail.outbox[0].to == ["alice@example.org"]
    assert client.get("/settings/").status_code == 200


def test_cannot_make_a_curator(client):
    sign_up(client, is_staff="on", is_superuser="on")

    assert User.objects.filter(is_staff=False, is_superuser=False).count() == 1
