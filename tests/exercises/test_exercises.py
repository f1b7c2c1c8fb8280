"""The page of one exercise."""

import gzip
import re

import pytest
from django.utils.html import escape

from backpain.exercises.models import Article, Exercise
from tests.conftest import signed_in
from tests.exercises.seed_facts import EXERCISES, LADDERS
from tests.factories import UserFactory

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.any_database]
RUNGS = re.compile(r'<a href="/exercises/([a-z0-9-]+)/">\s*<svg')


def page_of(client, slug):
    return client.get(f"/exercises/{slug}/").content.decode()


@pytest.mark.parametrize("slug", EXERCISES)
def test_has_a_page_for_each_exercise_with_all_there_is_to_say(as_alice, slug):
    exercise = Exercise.objects.get(slug=slug)

    page = page_of(as_alice, slug)

    assert page.count('role="img"') == 1  # the moving figure; the step strip repeats what the steps say
    assert 'class="fig-strip"' in page
    texts = [exercise.purpose, exercise.stop_note, *exercise.steps, *exercise.common_mistakes]
    assert len(texts) >= 6
    for text in texts:
        assert str(escape(text)) in page
    assert escape(exercise.muscles)[1:] in page  # its first letter is a capital there
    for letter in EXERCISES[slug][3]:
        assert f'href="#source-{letter}">Source {letter}</a>' in page
        assert f'id="source-{letter}"' in page
    assert '<a href="/help/when-to-get-help/">When to get help</a>' in page
    assert len(gzip.compress(page.encode())) <= 12 * 1024


def test_comes_in_the_order_of_somebody_who_is_about_to_do_it(as_alice):
    page = page_of(as_alice, "ball-back-extension")

    parts = [
        "why",
        "how",
        "mistakes",
        "stop",
        "needs",
        "doses",
        "muscles",
        "ladder-back-extension",
        "sources",
    ]
    places = [page.index(f'id="{part}"') for part in parts]
    assert places == sorted(places)


def test_shows_both_doses_where_sources_differ_and_the_rule_that_decides(as_alice):
    page = page_of(as_alice, "bird-dog")

    assert "<b>30 seconds</b>" in page
    assert "<b>2–3 × 8–10 repetitions, held 3–5 seconds</b>" in page
    assert "The sources differ. Plans here hold a repetition for at most 10 seconds" in page
    assert '<a href="/rules/#E-8">Rule E-8</a>' in page


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("side-plank", "The sources differ. Plans here start low and go up in steps"),
        ("glute-bridge", "The sources differ. Plans here start low and go up in steps"),
        ("cat-cow", "The sources differ. Plans here set no number for it."),
        ("forearm-plank", ""),  # one of them gives no number
        ("superman-hold", ""),  # held, but no longer than here
        ("lying-figure-4", ""),  # the number is ours
    ],
)
def test_says_in_words_that_sources_differ(as_alice, slug, said):
    page = " ".join(page_of(as_alice, slug).split())

    assert ("The sources differ" in page) == bool(said)
    assert said in page
    assert "Rule E-8" not in page


def test_shows_a_source_that_gives_no_number(as_alice):
    page = page_of(as_alice, "ball-reverse-leg-raise")

    assert "No number given." in page


def test_says_what_to_do_without_the_equipment(as_alice):
    page = page_of(as_alice, "ball-reverse-leg-raise")

    assert "Needs: Stability ball" in page
    assert 'Without it, do this one: <a href="/exercises/locust-pose/">Locust pose</a>' in page
    assert "What it needs" not in page_of(as_alice, "locust-pose")


def test_names_an_equipment_without_a_swap(as_alice):
    Exercise.objects.filter(slug="back-roller").update(swap=None)

    page = page_of(as_alice, "back-roller")

    assert "<p>Back roller.</p>" in page


def test_shows_its_place_on_the_ladder(as_alice):
    page = page_of(as_alice, "forearm-plank")

    assert RUNGS.findall(page) == [rung[0] for rung in LADDERS["front-plank"] if rung[0] != "forearm-plank"]
    assert page.count('<li aria-current="true">') == 1
    assert "2 × 20 seconds, up to 60" in page


def test_says_how_long_a_repetition_is_held(as_alice):
    assert "2 × 8 repetitions, up to 12, held 5 seconds" in page_of(as_alice, "bird-dog")


def test_shows_no_ladder_for_a_stretch(as_alice):
    assert 'class="ladder"' not in page_of(as_alice, "cat-cow")


def test_fetches_the_runners_own_part_and_links_to_it(as_alice):
    page = page_of(as_alice, "bird-dog")

    assert 'hx-get="/exercises/bird-dog/yours/" hx-trigger="load" hx-swap="outerHTML"' in page
    assert '<a href="/exercises/bird-dog/yours/">' in page


def test_fetches_nothing_for_somebody_who_keeps_no_log():
    page = page_of(signed_in(UserFactory()), "bird-dog")

    assert "/yours/" not in page
    assert 'class="ladder"' in page


def test_names_what_to_read_about_it(as_alice):
    Article.objects.all().delete()
    assert "To read" not in page_of(as_alice, "bird-dog")

    article = Article.objects.create(
        slug="sitting-long",
        title="Sitting long",
        topic="habit",
        summary="Get up.",
        body="Get up.",
        grade="article",
        state="published",
    )
    article.exercises.add(Exercise.objects.get(slug="bird-dog"))

    page = page_of(as_alice, "bird-dog")
    assert f'<a href="{article.get_absolute_url()}">Sitting long</a>' in page


def test_leaves_out_what_a_curator_left_empty(as_alice):
    Exercise.objects.filter(slug="bird-dog").update(mistakes="", muscles="")

    page = page_of(as_alice, "bird-dog")

    assert "Common mistakes" not in page
    assert "Muscles" not in page


def test_knows_no_other_exercise(as_alice):
    assert as_alice.get("/exercises/sit-up/").status_code == 404


@pytest.mark.parametrize("address", ["/exercises/", "/exercises/bird-dog/", "/exercises/figures.svg"])
def test_refuses_to_be_posted_to(as_alice, address):
    assert as_alice.post(address).status_code == 405


# Session, user, consent; then the exercise, doses, ladders, rungs and articles.
def test_takes_eight_queries(as_alice, django_assert_num_queries):
    as_alice.get("/exercises/bird-dog/")  # the first request of a day also renews the sign-in

    with django_assert_num_queries(8):
        as_alice.get("/exercises/bird-dog/")
