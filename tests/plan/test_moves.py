from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from backpain.plan.models import MoveAnswer
from tests.coach.stories import calm, planking

pytestmark = pytest.mark.usefixtures("at_noon")
HTMX = {"HX-Request": "true"}


def url(answer: str, advice, ladder: str = "front-plank") -> str:
    return reverse(answer, args=[advice.uuid, ladder])


def messages_of(client) -> str:
    return " ".join(str(message) for message in client.get(reverse("plan")).context["messages"])


def test_accepting_changes_the_plan_and_goes_to_today(as_alice, alice, give, place):
    place(alice)
    advice = give(alice, planking())

    answer = as_alice.post(url("accept_move", advice))

    assert (answer.status_code, answer.url) == (302, reverse("today"))
    placement = alice.placements.in_force().get()
    assert (placement.target, placement.from_on) == (30, dt.date(2026, 3, 16))
    assert MoveAnswer.objects.get().answer == "accepted"


def test_not_yet_keeps_the_plan(as_alice, alice, give, place):
    place(alice)
    advice = give(alice, planking())

    as_alice.post(url("postpone_move", advice))

    assert alice.placements.in_force().get().target == 25
    assert MoveAnswer.objects.get().answer == "later"


@pytest.mark.parametrize("answer", ["accept_move", "postpone_move"])
def test_htmx_is_sent_to_today(as_alice, alice, give, place, answer):
    place(alice)

    response = as_alice.post(url(answer, give(alice, planking())), headers=HTMX)

    assert response.headers["HX-Redirect"] == reverse("today")


@pytest.mark.parametrize("answer", ["accept_move", "postpone_move"])
@pytest.mark.parametrize("ladder", ["bridge", "no-such-ladder"])
def test_a_step_that_was_never_offered_is_said_so(as_alice, alice, give, place, answer, ladder):
    place(alice)

    response = as_alice.post(url(answer, give(alice, planking()), ladder))

    assert response.url == reverse("today")
    assert "no longer on offer" in messages_of(as_alice)
    assert not MoveAnswer.objects.exists()


def test_a_step_of_an_older_advice_is_no_longer_on_offer(as_alice, alice, give, place):
    place(alice)
    old = give(alice, planking())
    give(alice, calm())

    as_alice.post(url("accept_move", old))

    assert alice.placements.in_force().get().target == 25
    assert "no longer on offer" in messages_of(as_alice)


@pytest.mark.parametrize("answer", ["accept_move", "postpone_move"])
def test_a_stranger_finds_nothing(as_bob, alice, give, place, answer):
    place(alice)

    assert as_bob.post(url(answer, give(alice, planking()))).status_code == 404
    assert not MoveAnswer.objects.exists()


@pytest.mark.parametrize("answer", ["accept_move", "postpone_move"])
def test_a_link_answers_nothing(as_alice, alice, give, answer):
    assert as_alice.get(url(answer, give(alice, planking()))).status_code == 405


@pytest.mark.parametrize("answer", ["accept_move", "postpone_move"])
def test_nobody_is_asked_to_sign_in(client, alice, give, answer):
    response = client.post(url(answer, give(alice, planking())))

    assert response.status_code == 302
    assert "/accounts/login/" in response.url


def test_without_consent_nothing_is_accepted(as_alice, alice, give, place):
    place(alice)
    alice.consents.update(withdrawn_at="2026-03-15T12:00Z")

    response = as_alice.post(url("accept_move", give(alice, planking())))

    assert response.url == reverse("welcome")
    assert alice.placements.in_force().get().target == 25


def test_accepting_twice_changes_the_plan_once(as_alice, alice, give, place):
    place(alice)
    advice = give(alice, planking())

    as_alice.post(url("accept_move", advice))
    as_alice.post(url("accept_move", advice))

    assert [p.target for p in alice.placements.order_by("pk")] == [25, 30]


def test_not_yet_does_not_take_back_what_was_accepted(as_alice, alice, give, place):
    place(alice)
    advice = give(alice, planking())
    as_alice.post(url("accept_move", advice))

    as_alice.post(url("postpone_move", advice))

    assert MoveAnswer.objects.get().answer == "accepted"
    assert alice.placements.in_force().get().target == 30


def test_yesterdays_step_is_no_longer_on_offer(as_alice, alice, give, place, at_noon):
    place(alice)
    advice = give(alice, planking())
    at_noon.shift(dt.timedelta(days=1))

    as_alice.post(url("accept_move", advice))

    assert alice.placements.in_force().get().target == 25
