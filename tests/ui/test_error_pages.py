import pytest
from django.template.loader import render_to_string
from django.test import Client


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_needs_neither_database_nor_request(template):
    html = render_to_string(template)

    assert html.count("<h1>") == 1
    assert "css/app.css" in html
    assert "<script" not in html


@pytest.mark.django_db
def test_an_unknown_address_is_answered_in_our_look(as_alice):
    response = as_alice.get("/no-such-page/")

    assert response.status_code == 404
    assert b"There is no such page" in response.content


@pytest.mark.django_db
def test_a_form_without_token_is_refused_in_our_look():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "alice@example.org"})

    assert response.status_code == 403
    assert b"This form was open for too long" in response.content
