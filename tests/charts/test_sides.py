import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backpain.charts import Pair, sides_chart

PLANK = Pair(
    name="Side plank",
    left=20.5,
    right=25,
    words="18% apart",
    is_uneven=True,
    label="Side plank: left 20.5 s, right 25.0 s",
)
amounts = st.floats(0, 500)
pairs = st.builds(
    Pair,
    name=st.just("<b>"),
    left=amounts,
    right=st.floats(0.1, 500),
    words=st.just("<b>"),
    is_uneven=st.booleans(),
    label=st.just("<b>"),
)


def draw(*found: Pair) -> str:
    return sides_chart(found, left="Left", right="Right", label="Left & right")


def bars(svg: str) -> list[tuple[str, float]]:
    found = re.findall(r'<rect class="([^"]+)" x="[^"]+" width="([\d.]+)%"', svg)
    return [(css, float(width)) for css, width in found]


def test_look_as_they_were_approved(golden: Callable[[str, str], None]) -> None:
    golden("sides.svg", draw(PLANK, replace(PLANK, name="Bird dog", left=25, words="even", is_uneven=False)))


def test_are_empty_without_an_exercise() -> None:
    assert draw() == ""


def test_bars_are_as_long_as_the_sides_are_strong() -> None:
    (_, left), (_, right) = bars(draw(PLANK))

    assert left / right == pytest.approx(20.5 / 25, abs=0.001)


def test_only_the_lower_side_of_an_uneven_pair_is_set_apart() -> None:
    even = replace(PLANK, is_uneven=False)

    css = [css for css, _ in bars(draw(PLANK, replace(PLANK, left=25, right=20), even))]

    assert css == ["bar uneven", "bar", "bar", "bar uneven", "bar", "bar"]


def test_a_long_name_leaves_room_for_the_words() -> None:
    svg = draw(replace(PLANK, name="Side plank on the knees with the upper leg lifted"))

    assert "Side plank on the knees with th…" in svg


@given(st.lists(pairs, min_size=1, max_size=20))
def test_stay_inside_their_frame(found: list[Pair]) -> None:
    svg = draw(*found)

    shown = re.findall(r' x="([\d.]+)%" width="([\d.]+)%"', svg)
    assert len(shown) == 2 * len(found)
    assert all(float(x) >= 0 and float(x) + float(width) <= 100.01 for x, width in shown)
    assert not re.search(r"nan|inf|None|style=|<b>", svg)
