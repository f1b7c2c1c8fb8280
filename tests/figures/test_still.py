import gzip
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from backpain.figures import still
from backpain.figures.poses import FIGURES

CLASSES = {
    "skin", "hair", "shirt", "trousers", "shoe", "far", "fig", "upright",
    "ghost", "mat", "from-above", "ball", "arrow", "arrow-head",
}  # fmt: skip


@pytest.mark.parametrize("slug", FIGURES)
def test_looks_as_it_was_approved(slug: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{slug}.svg", still(slug, alt=slug) or "")


@pytest.mark.parametrize("slug", FIGURES)
def test_is_small(slug: str) -> None:
    assert len(gzip.compress((still(slug, alt=slug) or "").encode())) <= 4 * 1024


@pytest.mark.parametrize("slug", FIGURES)
def test_is_looked_after_by_the_style_sheet_alone(slug: str) -> None:
    root = ElementTree.fromstring(still(slug, alt=slug) or "")

    names = {name for element in root.iter() for name in element.attrib}
    assert names.isdisjoint({"id", "style", "fill", "stroke", "opacity"})
    assert {word for element in root.iter() for word in element.get("class", "").split()} <= CLASSES


@pytest.mark.parametrize("slug", FIGURES)
def test_keeps_everything_inside_its_frame(slug: str) -> None:
    root = ElementTree.fromstring(still(slug, alt=slug) or "")
    x, y, width, height = map(float, (root.get("viewBox") or "").split())

    for path in root.iter("path"):
        ends = re.findall(r"(-?[\d.]+) (-?[\d.]+)(?=[A-Z]|$)", path.get("d") or "")
        assert ends
        for left, down in ends:
            assert x <= float(left) <= x + width
            assert y <= float(down) <= y + height


def test_shows_the_start_as_a_ghost_and_the_way_as_arrows() -> None:
    svg = still("bird-dog", alt="Bird dog") or ""

    assert svg.count('class="ghost"') == 1
    assert svg.count('class="arrow-head"') == 2
    assert 'class="ghost"' not in (still("forearm-plank", alt="Plank") or "")


def test_says_what_it_shows() -> None:
    assert 'role="img" aria-label="Arms &amp; &quot;legs&quot;"' in (
        still("bird-dog", alt='Arms & "legs"') or ""
    )


def test_is_hidden_from_screen_readers_as_decoration() -> None:
    svg = still("bird-dog", alt="") or ""

    assert 'aria-hidden="true"' in svg
    assert "role=" not in svg


def test_is_missing_where_nobody_drew_one() -> None:
    assert still("yoga", alt="Yoga") is None


def test_the_tag_draws_it_or_nothing() -> None:
    template = Template('{% load figures %}[{% figure slug "" %}]')

    assert "<svg" in template.render(Context({"slug": "bird-dog"}))
    assert template.render(Context({"slug": "yoga"})) == "[]"
