"""The style sheet's promises that can be computed: size, contrast, colours every screen can show."""

import gzip
import math
import re
from itertools import combinations
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
CSS = (STATIC / "css" / "app.css").read_text()
TOKENS = re.findall(r"--([\w-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)", CSS)

Rgb = tuple[float, float, float]


def linear_rgb(oklch: str) -> Rgb:
    """Return linear sRGB of an oklch triple (Ottosson's matrices, as in CSS Color 4)."""
    lightness, chroma, hue = (float(part) for part in oklch.split())
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


THEMES = {
    "light": {name: linear_rgb(light) for name, light, _dark in TOKENS} | {"white": (1.0, 1.0, 1.0)},
    "dark": {name: linear_rgb(dark) for name, _light, dark in TOKENS} | {"white": (1.0, 1.0, 1.0)},
}


def luminance(rgb: Rgb) -> float:
    red, green, blue = (min(1.0, max(0.0, part)) for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2") for ground in ("bg", "surface", "surface-2")),
    ("ink", "brand-soft"),
    ("ink", "stop-soft"),
    ("ink-2", "stop-soft"),
    ("brand", "surface"),
    ("brand", "bg"),
    ("brand", "brand-soft"),
    ("brand-ink", "brand"),
    ("bg", "ink"),
    ("ok-ink", "ok-soft"),
    ("care-ink", "care-soft"),
    ("stop-ink", "stop-soft"),
    ("stop-ink", "surface"),
    ("white", "stop-fill"),
    ("on-zone", "ok"),
    ("on-zone", "care"),
    ("on-stop", "stop"),
]
MARKS = [
    ("ok", "surface"),
    ("care", "surface"),
    ("stop", "surface"),
    ("line-strong", "surface"),
    ("line-strong", "bg"),
    ("accent", "surface"),
    ("accent-ink", "accent"),
]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme, ink, ground):
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_stand_out(theme, mark, ground):
    assert contrast(THEMES[theme][mark], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_is_inside_srgb(theme):
    outside = [
        name for name, rgb in THEMES[theme].items() if not all(-0.002 <= part <= 1.002 for part in rgb)
    ]

    assert outside == []


# Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB.
COLOUR_BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def oklab(rgb: Rgb) -> Rgb:
    red, green, blue = (max(0.0, part) for part in rgb)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("seen_by", COLOUR_BLINDNESS)
def test_pain_zones_are_told_apart(theme, seen_by):
    rows = COLOUR_BLINDNESS[seen_by]
    seen = [
        oklab(
            tuple(
                sum(weight * part for weight, part in zip(row, THEMES[theme][zone], strict=True))
                for row in rows
            )
        )
        for zone in ("ok", "care", "stop")
    ]

    assert min(math.dist(one, other) for one, other in combinations(seen, 2)) >= 0.15


def test_every_colour_has_a_value_for_older_browsers():
    fallback = CSS[CSS.index("@supports not (color: light-dark") :]

    assert [name for name, *_ in TOKENS if f"--{name}: #" not in fallback] == []


def test_is_small():
    assert len(gzip.compress(CSS.encode(), 9)) <= 10 * 1024


def test_forces_nothing():
    assert "!important" not in CSS


def test_every_file_it_names_is_there():
    for url in re.findall(r'url\("([^"]+)"\)', CSS):
        assert (STATIC / "css" / url).resolve().is_file(), url
