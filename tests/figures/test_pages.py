"""Figures where runners meet them: drawn from what the catalogue holds now."""

import gzip
import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from backpain.exercises import publishing
from backpain.exercises.models import Exercise
from backpain.figures import data_of
from backpain.figures.shipped import shipped_figures
from tests.catalogue import put_catalogue
from tests.conftest import NOON
from tests.factories import UserFactory

pytestmark = pytest.mark.any_database

PLANK = data_of(shipped_figures()["forearm-plank"])
BIRD_DOG = data_of(shipped_figures()["bird-dog"])
SHEET = re.compile(r'"(/exercises/figures\.svg\?v=[\w-]+)#([\w-]+)"')


def offered(figure, kind: str = "longer") -> str:
    move = SimpleNamespace(
        ladder="front-plank",
        exercise="forearm-plank",
        figure=figure,
        kind=kind,
        before="20 s",
        after="25 s",
        accept="Hold it 25 s",
    )
    advice = SimpleNamespace(uuid="0b9cb8d8-6a33-4b52-9d0c-6a2d4b1f2f3e", moves_up=[move])
    return render_to_string("plan/_move.html", {"move": move, "advice": advice})


def test_a_step_on_offer_shows_its_exercise_as_decoration_under_the_change():
    html = offered(PLANK)

    assert html.index('<div class="pic"><svg') < html.index('class="delta delta--pill"')
    assert 'aria-hidden="true"' in html
    assert 'role="img"' not in html


def test_a_step_to_another_exercise_keeps_its_long_words_off_the_figure():
    assert 'class="delta"' in offered(PLANK, "level_up")


@pytest.mark.parametrize("figure", [None, {}, {"poses": []}, {"poses": [{}]}, "a plank"])
def test_a_step_without_a_figure_that_can_be_drawn_stays_plain(figure):
    html = offered(figure)

    assert 'class="pic"' not in html
    assert 'class="delta"' in html


def test_the_page_of_an_exercise_shows_its_figure_and_stays_small(as_alice, catalogue):
    for slug in shipped_figures():
        page = as_alice.get(reverse("exercise", args=[slug])).content
        assert page.count(b'role="img"') == 1, slug
        assert b": a drawing; the steps below say it in words" in page
        assert len(gzip.compress(page)) <= 15 * 1024


@pytest.fixture
def catalogue(db):
    """The shipped catalogue, in the database."""
    put_catalogue()


@pytest.fixture
def published(catalogue, carol):
    """Return a function that gives an exercise in use another figure, as two people do."""
    rita = UserFactory(email="rita@example.org", is_staff=True)

    def published(slug, figure):
        draft = publishing.start_draft(of=Exercise.objects.get(slug=slug), by=carol, now=NOON)
        Exercise.desk.filter(pk=draft.pk).update(figure=figure)
        publishing.save_draft(draft=draft, by=carol, now=NOON)
        publishing.mark_reviewed(draft=draft, by=rita, now=NOON, figure_looked_at=True)
        publishing.publish(draft=draft, by=rita, now=NOON, reason="A better drawing.")

    return published


def thumbs(client, page="/exercises/"):
    """Return the sheet's address, the slugs a page takes from it, and what is on it by slug."""
    found = SHEET.findall(client.get(page).content.decode())
    (address,) = {address for address, _slug in found}
    symbols = ElementTree.fromstring(client.get(address).content)
    return address, {slug for _address, slug in found}, {each.get("id"): each for each in symbols}


def test_a_published_figure_is_drawn_everywhere_and_makes_a_new_sheet(as_alice, published):
    before, _slugs, old = thumbs(as_alice)

    published("dead-bug", BIRD_DOG)

    after, _slugs, new = thumbs(as_alice)
    assert after != before
    path = new["bird-dog"][1].get("d")
    assert new["dead-bug"][1].get("d") == path != old["dead-bug"][1].get("d")
    assert thumbs(as_alice, "/exercises/beetle/")[0] == after
    assert path in as_alice.get("/exercises/dead-bug/").content.decode()


def test_a_draft_changes_no_sheet(as_alice, catalogue, carol):
    before = thumbs(as_alice)[0]

    draft = publishing.start_draft(of=Exercise.objects.get(slug="dead-bug"), by=carol, now=NOON)
    Exercise.desk.filter(pk=draft.pk).update(figure=BIRD_DOG)
    publishing.save_draft(draft=draft, by=carol, now=NOON)

    address, slugs, symbols = thumbs(as_alice)
    assert address == before
    assert slugs == symbols.keys()
    assert symbols["dead-bug"][1].get("d") != symbols["bird-dog"][1].get("d")


@pytest.mark.parametrize("page", ["/exercises/", "/exercises/?by=purpose", "/exercises/knee-plank/"])
def test_an_exercise_without_a_figure_or_out_of_use_has_no_small_one(as_alice, catalogue, page):
    Exercise.objects.filter(slug="forearm-plank").update(figure=None)
    Exercise.objects.filter(slug="high-plank-leg-lifts").update(state="retired")

    _address, slugs, symbols = thumbs(as_alice, page)

    assert slugs <= symbols.keys()
    assert {"forearm-plank", "high-plank-leg-lifts"}.isdisjoint(symbols)
    assert b"/exercises/forearm-plank/" in as_alice.get(page).content


def test_the_colours_in_the_settings_are_shown_on_a_figure(as_alice):
    assert b'<div class="pic"><svg class="fig' in as_alice.get("/settings/").content
