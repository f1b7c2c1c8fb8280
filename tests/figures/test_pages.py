"""Figures where runners meet them."""

import gzip
from types import SimpleNamespace

from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse

from backpain.figures.shipped import shipped_figures


def offered(exercise: str, kind: str = "longer") -> str:
    move = SimpleNamespace(
        ladder="front-plank", exercise=exercise, kind=kind, before="20 s", after="25 s", accept="Hold it 25 s"
    )
    advice = SimpleNamespace(uuid="0b9cb8d8-6a33-4b52-9d0c-6a2d4b1f2f3e", moves_up=[move])
    return render_to_string("plan/_move.html", {"move": move, "advice": advice})


def test_a_step_on_offer_shows_its_exercise_as_decoration_under_the_change():
    html = offered("forearm-plank")

    assert html.index('<div class="pic"><svg') < html.index('class="delta delta--pill"')
    assert 'aria-hidden="true"' in html
    assert 'role="img"' not in html


def test_a_step_to_another_exercise_keeps_its_long_words_off_the_figure():
    assert 'class="delta"' in offered("forearm-plank", "level_up")


def test_a_step_without_a_figure_stays_plain():
    html = offered("nobody-drew-this")

    assert 'class="pic"' not in html
    assert 'class="delta"' in html


def test_the_page_of_an_exercise_shows_its_figure_and_stays_small(as_alice):
    call_command("load_catalogue", verbosity=0)

    for slug in shipped_figures():
        page = as_alice.get(reverse("exercise", args=[slug])).content
        assert page.count(b'role="img"') == 1, slug
        assert b": a drawing; the steps below say it in words" in page
        assert len(gzip.compress(page)) <= 15 * 1024
