"""Drawings that stand still: the figure on a page, and its steps side by side."""

import gzip
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from backpain.figures import Figure, animated, data_of, still, strip
from backpain.figures.shipped import shipped_figures
from backpain.ui.templatetags.figures import figure

FIGURES = shipped_figures()
CLASSES = {
    "skin", "hair", "shirt", "trousers", "shoe", "far", "fig", "upright", "tall", "fig-strip", "number",
    "ghost", "mat", "ground", "above", "ball", "roller", "core", "arrow", "arrow-head",
}  # fmt: skip


def gzipped(text: str) -> int:
    return len(gzip.compress(text.encode()))


def bird_dog(alt: str = "") -> str:
    return still(FIGURES["bird-dog"], alt=alt)


@pytest.mark.parametrize("slug", FIGURES)
def test_looks_as_it_was_approved(slug: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{slug}.svg", still(FIGURES[slug], alt=slug))


def test_its_steps_look_as_they_were_approved(golden: Callable[[str, str], None]) -> None:
    golden("cat-cow-steps.html", strip(FIGURES["cat-cow"], alts=("kneel", "round", "arch")))


@pytest.mark.parametrize("slug", FIGURES)
def test_is_small(slug: str) -> None:
    assert gzipped(still(FIGURES[slug], alt=slug)) <= 4 * 1024


def test_all_together_fit_on_a_page() -> None:
    page = "".join(still(figure, alt=slug) for slug, figure in FIGURES.items())

    assert gzipped(page) <= 60 * 1024


@pytest.mark.parametrize("draw", [lambda figure: still(figure, alt="x"), strip])
@pytest.mark.parametrize("slug", FIGURES)
def test_is_looked_after_by_the_style_sheet_alone(slug: str, draw: Callable[[Figure], str]) -> None:
    root = ElementTree.fromstring(draw(FIGURES[slug]))

    names = {name for element in root.iter() for name in element.attrib}
    assert names.isdisjoint({"id", "style", "fill", "stroke", "opacity"})
    assert {word for element in root.iter() for word in element.get("class", "").split()} <= CLASSES


@pytest.mark.parametrize("draw", [still, animated])
@pytest.mark.parametrize("slug", FIGURES)
def test_keeps_everything_inside_its_frame(slug: str, draw: Callable[..., str]) -> None:
    root = ElementTree.fromstring(draw(FIGURES[slug], alt=slug))
    x, y, width, height = map(float, (root.get("viewBox") or "").split())

    paths = [path.get("d") or "" for path in root.iter("path")]
    paths += [path for each in root.iter("animate") for path in (each.get("values") or "").split(";")]
    for left, down in (point for path in paths for point in points(path)):
        assert x <= left <= x + width
        assert y <= down <= y + height


def points(path: str) -> list[tuple[int, int]]:
    """Return where the curves of relative path data end."""
    at, found = (0, 0), []
    for command, text in re.findall(r"([MlcqaAz])([^MlcqaAz]*)", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", text)]
        if numbers:
            x, y = numbers[-2:]
            at = (x, y) if command == "M" else (at[0] + x, at[1] + y)
            found.append(at)
    assert found
    return found


@pytest.mark.parametrize(
    ("slug", "looks"),
    [("bird-dog", "fig"), ("single-leg-deadlift", "fig upright"), ("walking-break", "fig tall")],
)
def test_has_the_frame_of_its_shape(slug: str, looks: str) -> None:
    assert f'class="{looks}"' in still(FIGURES[slug], alt="")


def test_shows_the_start_as_a_ghost_and_the_way_as_arrows() -> None:
    assert bird_dog().count('class="ghost"') == 1
    assert bird_dog().count('class="arrow-head"') == 2
    assert 'class="ghost"' not in still(FIGURES["walking-break"], alt="")


def test_says_what_it_shows() -> None:
    assert 'role="img" aria-label="Arms &amp; &quot;legs&quot;"' in bird_dog('Arms & "legs"')


def test_is_hidden_from_screen_readers_as_decoration() -> None:
    assert 'aria-hidden="true"' in bird_dog()
    assert "role=" not in bird_dog()


def test_the_tag_draws_the_same_data_once() -> None:
    data = data_of(FIGURES["bird-dog"])

    assert figure(data, "Twice") is figure(dict(reversed(data.items())), "Twice")


@pytest.mark.parametrize("slug", FIGURES)
def test_steps_are_numbered_and_share_a_frame(slug: str) -> None:
    root = ElementTree.fromstring(strip(FIGURES[slug]))

    assert [text.text for text in root.iter("text")] == [
        f"{number}" for number in range(1, len(FIGURES[slug].poses) + 1)
    ]
    assert len({svg.get("viewBox") for svg in root.iter("svg")}) == 1
    assert "ghost" not in strip(FIGURES[slug])


def test_steps_have_words_of_their_own() -> None:
    svg = strip(FIGURES["bird-dog"], alts=("Kneel", "Reach"))

    assert svg.index('aria-label="Kneel"') < svg.index('aria-label="Reach"')
    assert strip(FIGURES["bird-dog"]).count('aria-hidden="true"') == 2


@pytest.mark.parametrize("tag", ['figure data ""', 'moving_figure data ""', "figure_strip data"])
def test_the_tag_draws_it_or_nothing(tag: str) -> None:
    template = Template(f"{{% load figures %}}[{{% {tag} %}}]")

    assert "<svg" in template.render(Context({"data": data_of(FIGURES["bird-dog"])}))
    assert template.render(Context({"data": None})) == "[]"
    assert template.render(Context({"data": {"poses": [1]}})) == "[]"
