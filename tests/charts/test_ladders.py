import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from backpain.charts import Step, Words, ladder_chart
from backpain.charts.ladders import ABOVE, BELOW, GAP, LANE, MOST_DOTS

FIRST, LAST = dt.date(2026, 8, 17), dt.date(2026, 11, 22)
LANES = ["Knee <plank>", "Forearm plank"]
STEP = Step(first=FIRST, last=LAST, lane=0, height=0, label="17 Aug")

texts = st.text(st.characters(exclude_categories=["C"]))  # XML knows no control characters
steps = st.builds(
    Step,
    first=st.dates(FIRST - dt.timedelta(days=30), LAST + dt.timedelta(days=30)),
    last=st.dates(FIRST - dt.timedelta(days=30), LAST + dt.timedelta(days=30)),
    lane=st.integers(0, 1),
    height=st.floats(-1, 2),
    label=texts,
)


def draw(*shown: Step, words: Words) -> str:
    return ladder_chart(LANES, shown, first=FIRST, last=LAST, words=words)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def test_looks_as_it_was_approved(words: Words, golden: Callable[[str, str], None]) -> None:
    shown = [
        replace(STEP, first=day(-9), last=day(20)),
        replace(STEP, first=day(21), last=day(48), height=0.5),
        replace(STEP, first=day(49), last=day(97), lane=1, height=0.25, label="5 Oct <&>"),
    ]

    golden("ladder.svg", draw(*shown, words=words))


def test_no_step_of_the_days_draws_nothing(words: Words) -> None:
    assert draw(words=words) == ""
    assert draw(replace(STEP, first=day(-20), last=day(-1)), words=words) == ""
    assert draw(replace(STEP, first=day(98), last=day(99)), words=words) == ""


def test_the_first_target_is_low_in_its_lane_and_the_last_one_high(words: Words) -> None:
    low, high = (draw(replace(STEP, height=height), words=words) for height in (0.0, 1.0))

    assert f'cy="{LANE + LANE - GAP - BELOW:.1f}"' in low
    assert f'cy="{LANE + ABOVE:.1f}"' in high


def test_a_step_that_goes_on_joins_the_one_before(words: Words) -> None:
    joined = draw(replace(STEP, last=day(9)), replace(STEP, first=day(10), height=1), words=words)
    apart = draw(replace(STEP, last=day(8)), replace(STEP, first=day(10), height=1), words=words)

    assert re.findall("[MV]", path(joined)) == ["M", "V"]
    assert re.findall("[MV]", path(apart)) == ["M", "M"]


def test_what_began_before_has_no_mark(words: Words) -> None:
    assert "<circle" not in draw(replace(STEP, first=day(-1)), words=words)


def test_more_marks_than_can_be_told_apart_are_left_out(words: Words) -> None:
    many = [replace(STEP, first=day(n), last=day(n)) for n in range(MOST_DOTS + 1)]

    assert draw(*many[:-1], words=words).count("<circle") == MOST_DOTS
    assert "<circle" not in draw(*many, words=words)


@given(st.lists(steps))
def test_stays_well_formed_and_inside(words: Words, shown: list[Step]) -> None:
    svg = draw(*sorted(shown, key=lambda step: step.first), words=words)

    assert "nan" not in svg.lower()
    if svg:
        ElementTree.fromstring(svg)
        assert all(0 <= float(x) <= 100 for x in re.findall(r'\bcx="([^"]*)%"', svg))
        assert all(0 <= float(y) <= 2 * LANE for y in re.findall(r'\bcy="([^"]*)"', svg))


def path(svg: str) -> str:
    found = re.search(r'class="trend step"[^>]* d="([^"]*)"', svg)
    assert found
    return found[1]
