import pytest
import time_machine

from tests.conftest import signed_in

ANSWERS = {
    "name": "Al",
    "birth_year": "1985",
    "country": "NZ",
    "time_zone": "Pacific/Auckland",
    "units": "mi",
    "theme": "dark",
    "skin": "4",
    "outfit": "2",
}


def test_changes_what_was_answered(as_alice, alice):
    response = as_alice.post("/settings/", ANSWERS)

    alice.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, "/settings/")
    assert {field: str(getattr(alice, field)) for field in ANSWERS} == ANSWERS


def test_starts_from_what_is_set(as_alice):
    form = as_alice.get("/settings/").context["form"]

    assert form["birth_year"].value() == 1990
    assert form["time_zone"].value() == "Europe/London"
    assert form["theme"].value() == "auto"


@time_machine.travel("2026-11-21 12:00Z", tick=False)
@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("name", "a" * 61),
        ("name", "Al\x00ice"),
        ("birth_year", "2010"),
        ("birth_year", "long ago"),
        ("country", "Narnia"),
        ("time_zone", "Mars/Olympus"),
        ("units", ""),
        ("theme", "pink"),
        ("skin", "9"),
        ("outfit", ""),
    ],
)
def test_refuses_one_bad_answer_and_keeps_what_was_typed(as_alice, alice, field, answer):
    response = as_alice.post("/settings/", ANSWERS | {field: answer})

    form = response.context["form"]
    alice.refresh_from_db()
    assert response.status_code == 422
    assert list(form.errors) == [field]
    assert {name: form[name].value() for name in ANSWERS} == ANSWERS | {field: answer}
    assert alice.name == "Alice"


def test_lists_every_way_out(as_alice):
    page = as_alice.get("/settings/").text

    for path in ["/accounts/sessions/", "/accounts/password/change/", "/settings/erase/"]:
        assert f'href="{path}"' in page


def test_offers_withdrawing_only_what_was_given(as_alice, newcomer):
    assert 'href="/settings/consent/"' in as_alice.get("/settings/").text
    assert 'href="/settings/consent/"' not in signed_in(newcomer).get("/settings/").text


def test_cannot_make_a_curator(as_alice, alice):
    as_alice.post("/settings/", ANSWERS | {"is_staff": "on", "email": "x@example.org"})

    alice.refresh_from_db()
    assert (alice.is_staff, alice.email) == (False, "alice@example.org")


def test_sends_nobody_to_sign_in(client):
    assert client.get("/settings/")["Location"] == "/accounts/login/?next=/settings/"
