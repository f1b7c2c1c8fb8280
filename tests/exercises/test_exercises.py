import re

import pytest
from django.urls import reverse

from backpain.exercises.models import Exercise
from tests.exercises.seed_facts import EXERCISES, LADDERS

pytestmark = pytest.mark.usefixtures("catalogue")
ADDRESSES = re.compile(r"/exercises/([a-z0-9-]+)/")


def _shown(page):
    return ADDRESSES.findall(page.content.decode())


def test_shows_every_exercise(as_alice):
    page = as_alice.get(reverse("exercises"))

    assert set(_shown(page)) == set(EXERCISES)


def test_shows_the_ladders_easy_to_hard_and_then_what_is_on_none(as_alice):
    page = as_alice.get("/exercises/")

    rungs = [rung[0] for ladder in LADDERS.values() for rung in ladder]
    others = ["cat-cow", "hip-flexor-stretch", "lying-figure-4", "supine-twist"]
    assert _shown(page) == [*rungs, *others, "back-roller", "yoga", "walking-break"]


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ("purpose=warm-up", ["bird-dog", "reverse-lunge-rotation"]),
        ("purpose=recovery", ["back-roller", "yoga"]),
        ("equipment=stability-ball", ["ball-back-extension", "ball-reverse-leg-raise"]),
        ("purpose=recovery&equipment=none", ["yoga"]),
        ("purpose=lifestyle&equipment=stability-ball", []),
    ],
)
def test_narrows_the_list_by_purpose_and_equipment(as_alice, choice, shown):
    assert _shown(as_alice.get(f"/exercises/?{choice}")) == shown


def test_shows_everything_for_a_choice_it_does_not_know(as_alice):
    assert set(_shown(as_alice.get("/exercises/?purpose=x&equipment=%00"))) == set(EXERCISES)


def test_says_so_when_nothing_fits(as_alice):
    page = as_alice.get("/exercises/?purpose=lifestyle&equipment=stability-ball")

    assert "No exercise fits both choices." in page.content.decode()


def test_keeps_one_choice_in_the_links_of_the_other(as_alice):
    page = as_alice.get("/exercises/?purpose=strength").content.decode()

    assert 'href="?purpose=strength&amp;equipment=none"' in page


@pytest.mark.parametrize("slug", EXERCISES)
def test_has_a_page_for_each_exercise(as_alice, slug):
    exercise = Exercise.objects.get(slug=slug)

    page = as_alice.get(f"/exercises/{slug}/")

    assert page.status_code == 200
    assert page.context["exercise"] == exercise
    for text in (exercise.purpose, exercise.stop_note, *exercise.steps):
        assert text.replace("'", "&#x27;") in page.content.decode()


def test_shows_both_doses_where_sources_differ(as_alice):
    page = as_alice.get("/exercises/bird-dog/").content.decode()

    assert "<b>30 seconds</b>" in page
    assert "<b>2–3 × 8–10 repetitions, held 3–5 seconds</b>" in page
    assert "Endurance Unleashed" not in page  # the publisher is on the help page; the title is here
    assert "A Complete Guide for Runners" in page


def test_shows_a_source_that_gives_no_number(as_alice):
    page = as_alice.get("/exercises/ball-reverse-leg-raise/").content.decode()

    assert "No number given." in page
    assert "Needs: Stability ball" in page


def test_shows_the_place_on_the_ladder(as_alice):
    page = as_alice.get("/exercises/forearm-plank/")

    (ladder,) = page.context["ladders"]
    assert ladder.slug == "front-plank"
    assert _shown(page) == [rung[0] for rung in LADDERS["front-plank"] if rung[0] != "forearm-plank"]
    assert "2 × 20 seconds, up to 60" in page.content.decode()


def test_says_how_long_a_repetition_is_held(as_alice):
    page = as_alice.get("/exercises/bird-dog/").content.decode()

    assert "2 × 8 repetitions, up to 12, held 5 seconds" in page


def test_shows_no_ladder_for_a_stretch(as_alice):
    assert not as_alice.get("/exercises/cat-cow/").context["ladders"]


def test_knows_no_other_exercise(as_alice):
    assert as_alice.get("/exercises/sit-up/").status_code == 404


@pytest.mark.parametrize("address", ["/exercises/", "/exercises/bird-dog/"])
def test_asks_a_visitor_to_sign_in(client, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", ["/exercises/", "/exercises/bird-dog/"])
def test_refuses_to_be_posted_to(as_alice, address):
    assert as_alice.post(address).status_code == 405


# Session and user; then ladders, rungs, the rest and equipment - or exercise, doses, ladders and rungs.
@pytest.mark.parametrize("address", ["/exercises/", "/exercises/bird-dog/"])
def test_takes_six_queries(as_alice, django_assert_num_queries, address):
    as_alice.get(address)  # the first request of a day also renews the sign-in

    with django_assert_num_queries(6):
        as_alice.get(address)
