"""Drawings that can move. Nothing begins by itself: static/js/figure.js begins it where motion is welcome."""

import gzip
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from backpain.figures import Figure, animated, data_of, still
from backpain.figures.shipped import shipped_figures

FIGURES = shipped_figures()
STATIC = Path(__file__).parents[2] / "static"
SCRIPT = (STATIC / "js" / "figure.js").read_text()
CSS = (STATIC / "css" / "app.css").read_text()


@pytest.mark.parametrize("slug", FIGURES)
def test_is_the_still_until_it_is_begun(slug: str) -> None:
    root = ElementTree.fromstring(animated(FIGURES[slug], alt=slug))

    animations = list(root.iter("animate"))
    assert animations
    assert {each.get("begin") for each in animations} == {"indefinite"}
    for path in root.iter("path"):
        for animation in path.findall("animate"):
            path.remove(animation)
            path.text = None
    assert ElementTree.tostring(root) == ElementTree.tostring(
        ElementTree.fromstring(still(FIGURES[slug], alt=slug))
    )


@pytest.mark.parametrize("slug", FIGURES)
def test_runs_twice_for_four_seconds_and_ends_where_it_began(slug: str) -> None:
    root = ElementTree.fromstring(animated(FIGURES[slug], alt=slug))

    for path in root.iter("path"):
        for animation in path.findall("animate"):
            values = (animation.get("values") or "").split(";")
            times = (animation.get("keyTimes") or "").split(";")
            assert (animation.get("dur"), animation.get("repeatCount")) == ("4s", "2")
            assert values[0] == values[-1] == path.get("d")
            assert (len(times), times[0], times[-1]) == (len(values), "0", "1")
            assert len({commands(value) for value in values}) == 1


def commands(path: str) -> str:
    return "".join(letter for letter in path if letter.isalpha())


@pytest.mark.parametrize("slug", FIGURES)
def test_is_small(slug: str) -> None:
    assert len(gzip.compress(animated(FIGURES[slug], alt=slug).encode())) <= 6 * 1024


def test_one_pose_is_a_still() -> None:
    figure = Figure(poses=FIGURES["forearm-plank"].poses[1:])

    assert animated(figure, alt="Plank") == still(figure, alt="Plank")


def test_the_script_is_small_and_asks_before_it_moves_anything() -> None:
    assert len(SCRIPT) <= 1024
    assert "if (!calm.matches) show(figure, true);" in SCRIPT
    assert 'matchMedia("(prefers-reduced-motion: reduce)")' in SCRIPT


def test_a_page_offers_the_movement_only_with_the_script() -> None:
    html = render_to_string("ui/_figure.html", {"data": data_of(FIGURES["bird-dog"]), "alt": "Bird dog"})

    assert html.index("<animate") < html.index('<button class="btn ghost" type="button" hidden>')
    assert 'src="/static/js/figure.js" type="module"' in html
    assert 'aria-label="Bird dog"' in html
    assert not render_to_string("ui/_figure.html", {"data": None, "alt": ""}).strip()


def test_ghost_and_arrows_are_hidden_only_while_it_moves() -> None:
    assert ".playing .fig :is(.ghost, .arrow, .arrow-head) { visibility: hidden; }" in CSS
