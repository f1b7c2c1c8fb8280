import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from backpain.charts import Day, Words, days_chart, weeks_per_column
from backpain.charts.days import CELL, HEIGHT

FIRST, LAST = dt.date(2026, 8, 17), dt.date(2026, 11, 18)  # a Monday, a Wednesday
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
DAY = Day(on=FIRST, trained=True, ran=False, share=1, href="/sessions/1/", label="17 Aug")

texts = st.text(st.characters(exclude_categories=["C"]))  # XML knows no control characters
days = st.builds(
    Day,
    on=st.dates(FIRST - dt.timedelta(days=9), LAST + dt.timedelta(days=9)),
    trained=st.booleans(),
    ran=st.booleans(),
    share=st.none() | st.floats(0, 1),
    href=texts,
    label=texts,
)


def draw(*shown: Day, words: Words, first: dt.date = FIRST, last: dt.date = LAST) -> str:
    return days_chart(shown, first=first, last=last, weekdays=WEEKDAYS, words=words)


def later(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def test_looks_as_it_was_approved(words: Words, golden: Callable[[str, str], None]) -> None:
    shown = [
        DAY,
        Day(on=later(1), trained=False, ran=True, label="18 Aug"),
        replace(DAY, on=later(9), share=0.5, ran=True, href="/sessions/<2>/"),
        replace(DAY, on=later(14), share=None),
    ]

    golden("days.svg", draw(*shown, words=words, last=later(16)))


def test_the_free_width_after_few_weeks_has_no_months(words: Words) -> None:
    svg = draw(DAY, words=words, last=later(20))

    assert ">Sep</text>" in svg
    assert ">Oct</text>" not in svg


def test_no_day_draws_nothing(words: Words) -> None:
    assert draw(words=words) == ""
    assert draw(replace(DAY, on=later(-1)), words=words) == ""


def test_a_day_is_filled_as_far_as_its_targets_were_reached(words: Words) -> None:
    full, part, nothing = (draw(replace(DAY, share=share), words=words) for share in (1.0, 0.5, 0.0))

    assert f'height="{CELL:.1f}"' in fills(full, "full")
    assert f'height="{CELL / 2:.1f}"' in fills(part, "part")
    assert 'height="1.0"' in fills(nothing, "part")
    assert "day full" not in part


def test_what_falls_just_short_is_not_full(words: Words) -> None:
    assert "day full" not in draw(replace(DAY, share=0.998), words=words)


def test_sets_without_targets_are_neither_full_nor_part(words: Words) -> None:
    svg = draw(replace(DAY, share=None), words=words)

    assert svg.count('"day open"') == 1
    assert "day full" not in svg and "day part" not in svg


def test_days_to_come_have_no_cell(words: Words) -> None:
    assert draw(DAY, words=words, last=later(9)).count('class="day"') == 10


def test_a_year_has_cells_without_links_and_more_has_bars(words: Words) -> None:
    year = draw(DAY, words=words, last=later(53 * 7 - 1))
    more = draw(DAY, words=words, last=later(53 * 7))

    assert "<a " not in year and "day full" in year
    assert "<a " in draw(DAY, words=words)
    assert "day full" not in more and more.count('class="bar"') == 1


def test_a_bar_is_the_mean_of_its_weeks_and_the_last_of_those_it_has(words: Words) -> None:
    last = later(81 * 7 - 1)  # 81 weeks: 40 bars of two and one of a single week
    shown = [replace(DAY, on=later(n)) for n in (0, 1, 2, 7, 560, 561)]
    bars = re.findall(r'class="bar"[^>]*height="([^"]*)"', draw(*shown, words=words, last=last))
    depth = HEIGHT - 30

    assert weeks_per_column(FIRST, last) == 2
    assert [round(float(height) / depth * 7, 1) for height in bars] == [2.0, 2.0]


@given(st.lists(days))
def test_stays_well_formed_and_inside(words: Words, shown: list[Day]) -> None:
    svg = draw(*shown, words=words)

    assert "nan" not in svg.lower()
    if svg:
        ElementTree.fromstring(f"<x>{svg}</x>")
        assert all(0 <= float(x) <= 100 for x in re.findall(r'\b(?:x|cx)="([^"]*)%"', svg))


def fills(svg: str, css: str) -> str:
    found = re.search(rf'<rect class="day {css}"[^>]*>', svg)
    assert found
    return found[0]
