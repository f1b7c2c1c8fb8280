"""The catalogue page: three ways to look, search and choices."""

import gzip
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from backpain.exercises.models import Exercise
from backpain.exercises.purposes import PURPOSES
from tests.exercises.seed_facts import EXERCISES, LADDERS

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.any_database]
ADDRESSES = re.compile(r'<a href="/exercises/([a-z0-9-]+)/">\s*<svg')
DRAWN = re.compile(r'<use href="(/exercises/figures\.svg\?v=[\w-]+)#([a-z0-9-]+)"')
STRETCHES = ["cat-cow", "hip-flexor-stretch", "lying-figure-4", "supine-twist"]
HTMX = {"HX-Request": "true"}


def _shown(page):
    return ADDRESSES.findall(page.content.decode())


def _groups(page):
    return {group.slug: [each.slug for each in group.exercises] for group in page.context["catalogue"].groups}


def test_shows_the_ladders_easy_to_hard_and_then_what_is_on_none(as_alice):
    page = as_alice.get(reverse("exercises"))

    rungs = [rung[0] for ladder in LADDERS.values() for rung in ladder]
    assert _shown(page) == [*rungs, *STRETCHES, "back-roller", "yoga", "walking-break"]
    assert set(_shown(page)) == set(EXERCISES)
    assert "easiest at the top" in page.content.decode()


def test_shows_what_each_purpose_asks_for_with_its_sources(as_alice):
    page = as_alice.get("/exercises/?by=purpose")

    groups = _groups(page)
    assert list(groups) == ["warm-up", "after-run", "cross-training", "recovery", "daily"]
    assert groups["warm-up"] == ["bird-dog", "reverse-lunge-rotation"]
    assert set(groups["after-run"]) == {*groups["cross-training"], *STRETCHES}
    assert len(groups["cross-training"]) == 28
    assert set(groups["recovery"]) == {*STRETCHES, "back-roller", "yoga"}
    assert set(groups["daily"]) == {*STRETCHES, "walking-break"}
    for purpose in PURPOSES:
        assert f"{purpose.text} <span" in page.content.decode()
        assert f"Sources: {purpose.sources}</span>" in page.content.decode()


def test_every_exercise_has_a_purpose_and_a_choice_agrees_with_its_group(as_alice):
    groups = _groups(as_alice.get("/exercises/?by=purpose"))

    assert {slug for group in groups.values() for slug in group} == set(EXERCISES)
    for purpose in PURPOSES:
        found = Exercise.objects.filter(purpose.condition).values_list("slug", flat=True)
        assert set(groups[purpose.slug]) == set(found)


def test_shows_what_each_equipment_is_for_and_what_to_do_without_it(as_alice):
    page = as_alice.get("/exercises/?by=equipment")

    groups = _groups(page)
    assert list(groups) == ["stability-ball", "back-roller", "none"]
    assert groups["stability-ball"] == ["ball-back-extension", "ball-reverse-leg-raise"]
    assert len(groups["none"]) == 32
    assert 'Without it: <a href="/exercises/locust-pose/">Locust pose</a>' in page.content.decode()


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ("purpose=warm-up", ["bird-dog", "reverse-lunge-rotation"]),
        ("purpose=recovery", [*STRETCHES, "back-roller", "yoga"]),
        ("equipment=stability-ball", ["ball-back-extension", "ball-reverse-leg-raise"]),
        ("purpose=recovery&equipment=none", [*STRETCHES, "yoga"]),
        ("purpose=daily&equipment=stability-ball", []),
        ("by=equipment&equipment=back-roller", ["back-roller"]),
        ("by=purpose&purpose=daily&q=hip", ["hip-flexor-stretch", "lying-figure-4"]),
    ],
)
def test_narrows_the_list_by_purpose_and_equipment(as_alice, choice, shown):
    assert _shown(as_alice.get(f"/exercises/?{choice}")) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("PULL superman", ["superman-pull"]),  # the name, whatever its letters, and each word apart
        ("romanian", ["single-leg-deadlift"]),  # what a source calls it
        ("medius", ["side-lying-leg-raise"]),  # a muscle
        ("sitting", ["hip-flexor-stretch", "walking-break"]),  # why it helps
        ("daily life", ["walking-break"]),  # the family
        ("  beetle  ", ["beetle"]),
        ("%", []),  # is no wild card
        ("beetle\x00", ["beetle"]),
        ("x" * 5000, []),
    ],
)
def test_finds_by_name_source_muscle_purpose_and_family(as_alice, words, shown):
    assert _shown(as_alice.get("/exercises/", {"q": words})) == shown


def test_keeps_the_number_of_a_step_when_others_do_not_fit(as_alice):
    page = as_alice.get("/exercises/?q=locust").content.decode()

    assert '<span class="place">4</span>' in page


def test_shows_everything_for_a_choice_it_does_not_know(as_alice):
    page = as_alice.get("/exercises/?by=x&purpose=x&equipment=%00")

    assert set(_shown(page)) == set(EXERCISES)


def test_says_so_when_nothing_fits_and_offers_to_clear(as_alice):
    page = as_alice.get('/exercises/?q=<b>"zzz&by=purpose').content.decode()

    assert "No exercise fits “&lt;b&gt;&quot;zzz” and what you chose." in page
    assert '<a class="btn" href="?by=purpose">Clear and show all</a>' in page
    assert (
        "No exercise fits what you chose."
        in as_alice.get("/exercises/?purpose=daily&equipment=stability-ball").content.decode()
    )


def test_keeps_search_and_choices_in_the_ways_to_look_and_the_way_in_the_form(as_alice):
    page = as_alice.get("/exercises/?q=hip&equipment=none&by=purpose").content.decode()

    assert 'href="?q=hip&amp;equipment=none&amp;by=equipment"' in page
    assert '<input type="hidden" name="by" value="purpose">' in page
    assert 'value="hip"' in page
    assert '<option value="none" selected>' in page


def test_sends_only_the_list_while_somebody_types(as_alice):
    page = as_alice.get("/exercises/?q=plank", headers=HTMX)

    text = page.content.decode()
    assert "<html" not in text
    assert 'type="search"' not in text
    assert '<p hx-swap-oob="innerHTML:#count">' in text
    assert "forearm-plank" in _shown(page)
    assert len(gzip.compress(page.content)) < 2 * 1024


def test_draws_every_exercise_from_one_small_file(as_alice):
    """Measured: 35 stills in the page are 25 KB of it; in a file of their own they are fetched once a year."""
    page = as_alice.get("/exercises/")
    (address,) = {address for address, _ in DRAWN.findall(page.content.decode())}
    drawn = {slug for _, slug in DRAWN.findall(page.content.decode())}

    sheet = as_alice.get(address)

    symbols = {each.get("id") for each in ElementTree.fromstring(sheet.content)}
    assert drawn == set(EXERCISES) == symbols
    assert sheet["Content-Type"] == "image/svg+xml"
    assert sheet["Cache-Control"] == "private, max-age=31536000, immutable"
    assert b"style" not in sheet.content and b"class" not in sheet.content
    assert len(gzip.compress(page.content)) + len(gzip.compress(sheet.content)) <= 40 * 1024


def test_a_curators_own_exercise_without_a_figure_has_none(as_alice):
    Exercise.objects.filter(slug="yoga").update(slug="carols-own", figure=None)

    page = as_alice.get("/exercises/?q=yoga").content.decode()

    assert 'href="/exercises/carols-own/"' in page
    assert "#carols-own" not in page


@pytest.mark.parametrize("address", ["/exercises/", "/exercises/bird-dog/", "/exercises/figures.svg"])
def test_asks_a_visitor_to_sign_in(client, address):
    assert client.get(address).status_code == 302


# Session and user; then equipment, and ladders, rungs and the rest - or one list.
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/exercises/", 6),
        ("/exercises/?q=hip&purpose=after-run&equipment=none", 6),
        ("/exercises/?by=purpose", 4),
        ("/exercises/?by=equipment&q=hip", 4),
    ],
)
def test_takes_six_queries_at_most(as_alice, django_assert_num_queries, address, queries):
    as_alice.get(address)  # the first request of a day also renews the sign-in

    with django_assert_num_queries(queries):
        as_alice.get(address)
