from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.conftest import sign_in

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def session_writes(client):
    with CaptureQueriesContext(connection) as statements:
        client.get("/settings/")
    return [
        s["sql"] for s in statements if "django_session" in s["sql"] and not s["sql"].startswith("SELECT")
    ]


def test_goes_on_to_today(client, alice):
    response = sign_in(client)

    assert (response.status_code, response["Location"]) == (302, "/")


def test_refuses_a_wrong_password_without_saying_whose(client, alice):
    assert "not correct" in sign_in(client, password="guess").text


def test_writes_no_session_on_the_pages_of_a_day(client, alice):
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(hours=23))

        assert session_writes(client) == []


def test_is_renewed_by_a_visit_after_a_day(client, alice):
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(hours=25))

        assert len(session_writes(client)) == 1
        assert Session.objects.get().expire_date == NOON + timedelta(days=30, hours=25)
        assert client.get("/settings/").cookies.get("sessionid") is None


def test_lasts_as_long_as_it_is_used_every_month(client, alice):
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client)
        for _ in range(3):
            clock.shift(timedelta(days=29))
            assert client.get("/settings/").status_code == 200
        clock.shift(timedelta(days=31))

        assert client.get("/settings/").status_code == 302


def test_can_be_ended_from_another_device(client, alice):
    phone = Client()
    sign_in(phone)
    sign_in(client)
    lost = UserSession.objects.get(session_key=phone.session.session_key)

    client.post("/accounts/sessions/", {"session": lost.pk})

    assert phone.get("/settings/").status_code == 302


def test_ends_all_others_from_the_list(client, alice):
    phone = Client()
    sign_in(phone)
    sign_in(client)

    assert client.get("/accounts/sessions/").status_code == 200
    client.post("/accounts/sessions/")

    assert phone.get("/settings/").status_code == 302
    assert client.get("/settings/").status_code == 200


def test_cannot_be_ended_by_a_stranger(alice, as_bob):
    phone = Client()
    sign_in(phone)

    as_bob.post("/accounts/sessions/")

    assert phone.get("/settings/").status_code == 200
