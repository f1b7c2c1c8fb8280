import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import CASCADE, SET_NULL
from django.test import Client

from backpain.accounts.models import User
from tests.accounts.conftest import PASSWORD, sign_in
from tests.factories import CheckInFactory, RunFactory, SessionFactory


def rows_of_runners():
    """Return every table's keys to a runner, many-to-many tables included."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.concrete and field.related_model is User and not field.many_to_many:
                yield model, field


def test_asks_for_the_password_first(as_alice):
    page = as_alice.get("/settings/erase/").text

    assert "cannot be undone" in page
    assert 'type="password"' in page


@pytest.mark.parametrize("password", ["", "guess"])
def test_erases_nothing_for_a_wrong_password(as_alice, alice, password):
    response = as_alice.post("/settings/erase/", {"password": password})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["password"]
    assert User.objects.get() == alice


def test_stops_who_guesses(as_alice):
    answers = [as_alice.post("/settings/erase/", {"password": "guess"}).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_leaves_no_row_that_refers_to_the_runner(as_alice, alice):
    RunFactory(runner=alice)
    SessionFactory(runner=alice)
    CheckInFactory(runner=alice)

    response = as_alice.post("/settings/erase/", {"password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/")
    assert not User.objects.exists()
    for model, field in rows_of_runners():
        assert not model._base_manager.filter(**{f"{field.attname}": alice.pk}).exists(), model


def test_ends_every_sign_in(client, alice):
    phone = Client()
    sign_in(phone)
    sign_in(client)

    client.post("/settings/erase/", {"password": PASSWORD})

    assert not UserSession.objects.exists()
    assert not Session.objects.exists()
    assert phone.get("/settings/")["Location"] == "/accounts/login/?next=/settings/"
    assert client.get("/settings/")["Location"] == "/accounts/login/?next=/settings/"


def test_clears_what_the_phone_kept(as_alice):
    response = as_alice.post("/settings/erase/", {"password": PASSWORD})

    assert response["Clear-Site-Data"] == '"cache", "storage"'


def test_leaves_a_stranger_alone(as_alice, bob):
    as_alice.post("/settings/erase/", {"password": PASSWORD})

    assert User.objects.get() == bob
    assert bob.consents.in_force().exists()


def test_is_stopped_by_no_table():
    for model, field in rows_of_runners():
        if field.db_constraint:  # the history of the catalogue only remembers a number
            assert field.remote_field.on_delete in {CASCADE, SET_NULL}, f"{model.__name__}.{field.name}"


def test_sends_nobody_to_sign_in(client):
    assert client.get("/settings/erase/")["Location"] == "/accounts/login/?next=/settings/erase/"
