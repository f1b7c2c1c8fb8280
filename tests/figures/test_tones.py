"""Skin tones and outfits: told from each other, from the card, and the near side from the far one."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "static" / "css" / "app.css").read_text()
HEX = "(#[0-9a-f]{6})"
CARDS = {"light": "#ffffff", "dark": "#171e21"}


def tokens(selector: str, theme: str) -> dict[str, str]:
    """Return the colours of a block of the style sheet in a theme."""
    block = CSS[CSS.index(selector) :].partition("}")[0]
    values = re.findall(rf"--([\w-]+): (?:{HEX}|light-dark\({HEX}, {HEX}\));", block)
    return {name: both or (light if theme == "light" else dark) for name, both, light, dark in values}


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def skin(tone: int, theme: str) -> dict[str, str]:
    return tokens(":root {" if tone == 2 else f'[data-skin="{tone}"]', theme)


@pytest.mark.parametrize("theme", CARDS)
@pytest.mark.parametrize("tone", range(1, 6))
def test_skin_is_seen_on_the_card_and_far_limbs_are_darker(tone: int, theme: str) -> None:
    colours = skin(tone, theme)

    assert contrast(colours["skin"], CARDS[theme]) >= 1.4
    assert contrast(colours["skin-far"], CARDS[theme]) >= 1.6
    assert luminance(colours["skin-far"]) < luminance(colours["skin"])
    assert contrast(colours["skin"], colours["skin-far"]) >= 1.35


def test_skin_tones_are_told_apart() -> None:
    tones = [skin(tone, "light")["skin"] for tone in range(1, 6)]

    assert all(contrast(one, other) >= 1.25 for one, other in pairwise(tones))


@pytest.mark.parametrize("theme", CARDS)
def test_the_other_outfit_is_seen_on_the_card_and_has_a_far_side(theme: str) -> None:
    colours = tokens('[data-outfit="2"]', theme)

    for name in ("shirt", "trousers", "shoe"):
        assert contrast(colours[name], CARDS[theme]) >= 2.5
        assert contrast(colours[name], colours[f"{name}-far"]) >= 1.3
    assert contrast(colours["shirt"], colours["trousers"]) >= 1.25


def test_the_desk_draws_in_the_colours_of_the_app() -> None:
    """What curators see is what runners will: figures.css repeats what app.css says of figures."""
    desk = (Path(__file__).parents[2] / "static" / "css" / "figures.css").read_text()

    said = re.findall(r"^ *(--[\w-]+: .+;|\.fig[ .][^{]*\{.*fill.*\})$", desk, re.MULTILINE)

    assert len(said) >= 26
    assert [line for line in said if line not in CSS and "number" not in line] == []
