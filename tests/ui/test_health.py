import pytest
from django.db import DatabaseError
from django.test import Client

from backpain.ui import views


def test_healthz_asks_nothing_of_the_database():
    response = Client().get("/healthz")  # the test may not use the database

    assert response.status_code == 200
    assert response.content == b"ok\n"


@pytest.mark.django_db
def test_readyz_asks_the_database_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        response = Client().get("/readyz")

    assert response.status_code == 200


def test_readyz_says_when_the_database_does_not_answer(monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(views.connection, "cursor", refuse)

    assert Client().get("/readyz").status_code == 503


@pytest.mark.parametrize("url", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(url):
    assert Client().post(url).status_code == 405
