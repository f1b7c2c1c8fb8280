import pytest
from django.test import Client

ENTRANCE = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
]
OWN = ["/accounts/logout/", "/accounts/password/change/", "/accounts/email/", "/accounts/sessions/"]


def assert_in_our_look(response) -> None:
    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="card stack account"' in html
    assert html.count("<h1>") == 1
    assert "style=" not in html
    assert "<script>" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("url", ENTRANCE)
def test_the_way_in_has_our_look(url):
    assert_in_our_look(Client().get(url))


@pytest.mark.django_db
@pytest.mark.parametrize("url", OWN)
def test_the_own_account_has_our_look(as_alice, url):
    assert_in_our_look(as_alice.get(url))


@pytest.mark.django_db
def test_a_wrong_password_is_said_without_saying_which_part_was_wrong(alice):
    response = Client().post("/accounts/login/", {"login": "alice@example.org", "password": "not hers"})

    html = response.content.decode()
    assert 'value="alice@example.org"' in html
    assert 'class="errorlist nonfield"' in html


@pytest.mark.django_db
def test_a_used_reset_link_leads_to_a_new_one():
    response = Client().get("/accounts/password/reset/key/1-set-password/")

    assert b"This link does not work any more" in response.content
