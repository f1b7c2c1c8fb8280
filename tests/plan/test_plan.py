from __future__ import annotations

import pytest
from django.urls import reverse

from backpain.plan.models import Advice
from tests.coach.stories import calm, planking, sore

pytestmark = pytest.mark.usefixtures("at_noon")
RUN_WALK = {"may_run": True, "cap_m": None, "warning": "none", "stage": 3}


def page(client) -> str:
    response = client.get(reverse("plan"))
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_plan_leads_to_the_start_page(as_alice):
    html = page(as_alice)

    assert reverse("start") in html
    assert "There is no plan yet" in html


def test_shows_each_dose_since_when_and_its_exercise(as_alice, alice, place):
    place(alice)
    place(alice, "quadruped", "bird-dog", 8, unit="reps", hold_s=3)

    html = page(as_alice)

    assert "3 × 25 s" in html
    assert "3 × 8 reps, each held 3 s" in html
    assert "since Sun 1 Mar" in html
    assert reverse("exercise", args=["bird-dog"]) in html
    assert reverse("guided_session") in html


def test_shows_the_step_on_offer(as_alice, alice, place, give):
    place(alice)
    advice = give(alice, planking())

    html = page(as_alice)

    assert "Hold it 30 s from now on" in html
    assert reverse("accept_move", args=[advice.uuid, "front-plank"]) in html
    assert "csrfmiddlewaretoken" in html


def test_offers_no_step_of_yesterdays_advice(as_alice, alice, place, give, at_noon):
    place(alice)
    give(alice, planking())
    at_noon.move_to("2026-03-17T12:00:00+00:00")

    html = page(as_alice)

    assert "Hold it 30 s from now on" not in html
    assert "You met the target in every set" in html


def test_shows_what_the_next_step_still_needs(as_alice, alice, place, give):
    place(alice)
    told = calm().placed("front-plank forearm-plank 3x25 s")
    give(alice, told.session("03-14 forearm-plank s @25 25 24 25 0/1/1/0"))

    html = page(as_alice)

    assert "Two good sessions in a row, with all 3 sets at 25 s." in html
    assert "On Sat 14 Mar your lowest set was 24 s." in html
    assert '<b class="num">3 × 30 s</b>' in html


def test_shows_the_reason_for_what_is_missing_in_full(as_alice, alice, place, give):
    place(alice)
    give(alice, calm().placed("front-plank forearm-plank 3x25 s"))

    html = page(as_alice)

    assert f'href="{reverse("rules")}#E-3"' in html


def test_without_advice_a_dose_needs_two_good_sessions(as_alice, alice, place):
    place(alice)

    assert "Two good sessions in a row, with all 3 sets at 25 s." in page(as_alice)


def test_after_accepting_the_new_dose_needs_two_good_sessions(as_alice, alice, place, give):
    place(alice)
    advice = give(alice, planking())
    as_alice.post(reverse("accept_move", args=[advice.uuid, "front-plank"]))

    html = page(as_alice)

    assert "In your plan" in html
    assert "Two good sessions in a row, with all 3 sets at 30 s." in html


def test_names_the_next_exercise_and_what_it_needs(as_alice, alice, place, give):
    place(alice, "back-extension", "locust-pose", 30)
    give(alice, calm())

    html = page(as_alice)

    assert 'Ball back extension, <b class="num">2 × 8 reps</b>' in html
    assert "needs: stability ball" in html


def test_says_where_a_ladder_ends(as_alice, alice, place, give):
    placed = place(alice)
    top = placed.ladder.rungs.order_by("-position").first()
    placed.exercise, placed.unit, placed.target, placed.sets = top.exercise, top.unit, round(top.cap), 3
    placed.save()
    give(alice, calm())

    assert "This is the top of its ladder" in page(as_alice)


def test_shows_what_holds_every_step(as_alice, alice, place, give):
    place(alice)
    give(alice, planking().pain("03-15", "6 6"))

    html = page(as_alice)

    assert "What holds every step for now" in html
    assert "You had high readings lately" in html
    assert "Its step waits" in html
    assert "accept" not in html


def test_beside_a_professional_shows_nothing_that_adds_load(as_alice, alice, place, give):
    place(alice)
    give(alice, sore(4, "02-28").placed("front-plank forearm-plank 3x25 s"))

    html = page(as_alice)

    assert "3 × 25 s" in html
    assert "3 × 30 s" not in html
    assert "Next step</h3>" not in html


def test_leads_to_the_run_walk_plan_with_the_next_stage(as_alice, alice, place, give):
    place(alice)
    advice = give(alice, calm())
    assert "Run and walk" not in page(as_alice)

    Advice.objects.filter(pk=advice.pk).update(decision=advice.decision | {"running": RUN_WALK})
    html = page(as_alice)

    assert "Your next run is stage 3 of 7" in html
    assert f'href="{reverse("run_walk")}"' in html


def test_while_running_is_stopped_shows_no_stage(as_alice, alice, place, give):
    place(alice)
    advice = give(alice, calm())

    stopped = RUN_WALK | {"may_run": False}
    Advice.objects.filter(pk=advice.pk).update(decision=advice.decision | {"running": stopped})

    assert "Run and walk" not in page(as_alice)


def test_leads_to_the_decision_log_and_the_rules(as_alice):
    html = page(as_alice)

    assert f'href="{reverse("advice_log")}"' in html
    assert f'href="{reverse("rules")}"' in html


def test_a_placement_that_ended_is_not_the_plan(as_alice, alice, place):
    placement = place(alice)
    placement.ended_on = placement.from_on
    placement.save()

    assert "There is no plan yet" in page(as_alice)


def test_says_of_which_day_the_advice_is(as_alice, alice, place, give):
    place(alice)
    give(alice, sore(4, "02-28"))

    html = page(as_alice)

    assert "Advice of Mon 16 Mar" in html
    assert "It is time to have this looked at" in html


def test_a_stranger_sees_only_their_own(as_bob, alice, place, give):
    place(alice)
    give(alice, planking())

    assert "Forearm plank" not in page(as_bob)


def test_nobody_is_asked_to_sign_in(client, db):
    assert "/accounts/login/" in client.get(reverse("plan")).url


def test_without_consent_leads_to_the_welcome_page(as_carol):
    assert as_carol.get(reverse("plan")).url == reverse("welcome")


def test_takes_as_many_queries_for_three_placements_as_for_one(
    as_alice, alice, place, give, django_assert_num_queries
):
    place(alice)
    give(alice, planking())
    page(as_alice)  # the session is written once

    with django_assert_num_queries(8):
        page(as_alice)

    place(alice, "side-plank", "side-plank", 15)
    place(alice, "bridge", "glute-bridge", 10, unit="reps")
    with django_assert_num_queries(8):
        page(as_alice)
