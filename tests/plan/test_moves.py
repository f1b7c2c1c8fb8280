from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from backpain.plan.models import MoveAnswer
from backpain.training.store import store_history
from tests.coach.stories import calm, planking
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("at_noon")
HTMX = {"HX-Request": "true"}
ANSWERS = ["accept_move", "postpone_move", "decline_move"]
TOO_HARD = {"because": "too_hard"}
SAID = {
    "accept_move": "In your plan",
    "postpone_move": "You said not yet.",
    "decline_move": "You declined it: It is too hard for now.",
}


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


@pytest.mark.parametrize("answer", ANSWERS)
def test_on_today_htmx_swaps_the_step_in_place(as_alice, alice, give, place, answer):
    place(alice)

    response = as_alice.post(url(answer, give(alice, planking())), TOO_HARD, headers=HTMX)

    html = response.content.decode()
    assert response.status_code == 200
    assert html.count('id="move-front-plank"') == 1
    assert SAID[answer] in html
    assert "<html" not in html
    assert "autofocus" in html  # the button that had the focus is gone


@pytest.mark.parametrize("answer", ANSWERS)
def test_on_the_plan_htmx_swaps_the_whole_row(as_alice, alice, give, place, answer):
    place(alice)

    response = as_alice.post(url(answer, give(alice, planking())), TOO_HARD | {"page": "plan"}, headers=HTMX)

    html = response.content.decode()
    assert html.count('id="row-front-plank"') == 1
    assert SAID[answer] in html
    assert ("3 × 30 s" in html) is (answer == "accept_move")


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize(
    ("page", "name"), [("plan", "plan"), ("today", "today"), ("//evil.example", "today")]
)
def test_without_javascript_leads_back_to_its_page(as_alice, alice, give, place, answer, page, name):
    place(alice)

    response = as_alice.post(url(answer, give(alice, planking())), TOO_HARD | {"page": page})

    assert (response.status_code, response.url) == (302, reverse(name))


def test_declining_keeps_the_plan_and_the_reason_why(as_alice, alice, give, place):
    place(alice)
    advice = give(alice, planking())

    as_alice.post(url("decline_move", advice), {"because": "hurts", "note": "in the left side"})

    assert alice.placements.in_force().get().target == 25
    kept = MoveAnswer.objects.get()
    assert (kept.answer, kept.because, kept.note) == ("declined", "hurts", "in the left side")


def test_declining_changes_no_word_of_the_advice(as_alice, alice, give, place):
    place(alice)
    advice = give(alice, planking())
    before = advice.decision, advice.verdict, advice.facts

    as_alice.post(url("decline_move", advice), TOO_HARD)

    advice.refresh_from_db()
    assert (advice.decision, advice.verdict, advice.facts) == before


def test_the_next_days_review_offers_a_declined_step_again(as_alice, alice, catalogue, at_noon):
    history = replace(planking().history, runner=replace(planking().history.runner, id="alice"))
    store_history(runner=alice, history=history, now=NOON)
    as_alice.get(reverse("today"))
    as_alice.post(url("decline_move", alice.advice.newest()), TOO_HARD)
    assert "You declined it" in as_alice.get(reverse("today")).content.decode()

    at_noon.shift(dt.timedelta(days=1))
    html = as_alice.get(reverse("today")).content.decode()

    assert [move.ladder for move in alice.advice.newest().upward_moves] == ["front-plank"]
    assert "You declined it" not in html
    assert reverse("decline_move", args=[alice.advice.newest().uuid, "front-plank"]) in html


def test_what_was_declined_can_still_be_accepted_that_day(as_alice, alice, give, place):
    place(alice)
    advice = give(alice, planking())

    as_alice.post(url("decline_move", advice), TOO_HARD | {"note": "for now"})
    as_alice.post(url("accept_move", advice))

    kept = MoveAnswer.objects.get()
    assert (kept.answer, kept.because, kept.note) == ("accepted", "", "")
    assert alice.placements.in_force().get().target == 30


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose a reason."),
        ({"because": "the weather"}, "is not one of the available choices"),
        (TOO_HARD | {"note": "n" * 301}, "at most 300 characters"),
    ],
)
def test_declining_without_a_good_reason_is_refused_with_what_was_typed(
    as_alice, alice, give, place, headers, sent, told
):
    place(alice)
    advice = give(alice, planking())

    response = as_alice.post(url("decline_move", advice), sent, headers=headers)

    html = response.content.decode()
    assert response.status_code == 422
    assert told in html
    assert sent.get("note", "") in html
    assert "<details open>" in html
    assert ("<html" in html) is not headers
    assert not MoveAnswer.objects.exists()


@pytest.mark.parametrize("sent", [{}, TOO_HARD])
def test_declining_a_step_that_was_never_offered_leads_to_today(as_alice, alice, give, sent):
    answer = as_alice.post(url("decline_move", give(alice, planking()), ladder="no-such-ladder"), sent)

    assert (answer.status_code, answer.url) == (302, reverse("today"))
    assert not MoveAnswer.objects.exists()


def test_a_refused_decline_on_the_plan_shows_its_row(as_alice, alice, give, place):
    place(alice)

    response = as_alice.post(url("decline_move", give(alice, planking())), {"page": "plan"}, headers=HTMX)

    assert response.status_code == 422
    assert 'id="row-front-plank"' in response.content.decode()
    assert "Choose a reason." in response.content.decode()


def test_htmx_goes_to_today_when_the_step_is_gone(as_alice, alice, give, place):
    place(alice)
    old = give(alice, planking())
    give(alice, calm())

    response = as_alice.post(url("accept_move", old), headers=HTMX)

    assert response.headers["HX-Redirect"] == reverse("today")
    assert "no longer on offer" in messages_of(as_alice)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("ladder", ["bridge", "no-such-ladder"])
def test_a_step_that_was_never_offered_is_said_so(as_alice, alice, give, place, answer, ladder):
    place(alice)

    response = as_alice.post(url(answer, give(alice, planking()), ladder), TOO_HARD)

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


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_stranger_finds_nothing(as_bob, alice, give, place, answer):
    place(alice)

    assert as_bob.post(url(answer, give(alice, planking()))).status_code == 404
    assert not MoveAnswer.objects.exists()


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_link_answers_nothing(as_alice, alice, give, answer):
    assert as_alice.get(url(answer, give(alice, planking()))).status_code == 405


@pytest.mark.parametrize("answer", ANSWERS)
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


@pytest.mark.parametrize("answer", ["postpone_move", "decline_move"])
def test_no_later_answer_takes_back_what_was_accepted(as_alice, alice, give, place, answer):
    place(alice)
    advice = give(alice, planking())
    as_alice.post(url("accept_move", advice))

    as_alice.post(url(answer, advice), TOO_HARD)

    assert MoveAnswer.objects.get().answer == "accepted"
    assert alice.placements.in_force().get().target == 30


def test_yesterdays_step_is_no_longer_on_offer(as_alice, alice, give, place, at_noon):
    place(alice)
    advice = give(alice, planking())
    at_noon.shift(dt.timedelta(days=1))

    as_alice.post(url("accept_move", advice))

    assert alice.placements.in_force().get().target == 25
