import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backpain.charts import Week, Words, distance_chart, merged_bars, weeks_per_bar
from backpain.charts.distance import MOST_BARS, nice_scale

MONDAY = dt.date(2026, 8, 17)
WEEK = Week(starts_on=MONDAY, distance=20, longest=8, guard=8.8, label="20 km, longest 8 km")

kilometres = st.floats(0, 500)
weeks = st.builds(
    Week,
    starts_on=st.just(MONDAY),
    distance=kilometres,
    longest=st.none() | kilometres,
    guard=st.none() | kilometres,
    label=st.just("<b>"),
)


def in_a_row(*found: Week) -> list[Week]:
    return [replace(week, starts_on=MONDAY + dt.timedelta(weeks=n)) for n, week in enumerate(found)]


def test_looks_as_it_was_approved(words: Words, golden: Callable[[str, str], None]) -> None:
    shown = in_a_row(
        replace(WEEK, guard=None),
        replace(WEEK, distance=24.5, longest=8.8),
        replace(WEEK, distance=0, longest=None),
        replace(WEEK, distance=31, longest=12, guard=9.7),
        replace(WEEK, guard=None),
        replace(WEEK, distance=18, longest=9, guard=13.2),
    )

    golden("distance.svg", distance_chart(shown, words=words))


@pytest.mark.parametrize(
    "shown", [[], in_a_row(replace(WEEK, distance=0, longest=None))], ids=["none", "no run"]
)
def test_is_empty_when_nothing_was_run(shown: list[Week], words: Words) -> None:
    assert distance_chart(shown, words=words) == ""


def test_marks_a_longest_run_over_its_guard(words: Words) -> None:
    assert "lr over" in distance_chart([replace(WEEK, longest=8.9)], words=words)


@pytest.mark.parametrize("guard", [8.0, 8.0 - 1e-9, None])
def test_does_not_mark_a_run_of_exactly_the_guard(guard: float | None, words: Words) -> None:
    assert "lr over" not in distance_chart([replace(WEEK, guard=guard)], words=words)


def test_breaks_the_guard_line_where_there_was_none(words: Words) -> None:
    svg = distance_chart(in_a_row(WEEK, replace(WEEK, guard=None), WEEK), words=words)

    (path,) = re.findall(r'class="guard"[^>]* d="([^"]*)"', svg)
    assert path.count("M") == 2


def test_leaves_the_guard_line_out_when_there_never_was_one(words: Words) -> None:
    assert "guard" not in distance_chart([replace(WEEK, guard=None)], words=words)


def test_draws_no_mark_in_a_week_without_a_run(words: Words) -> None:
    svg = distance_chart(in_a_row(WEEK, replace(WEEK, distance=0, longest=None)), words=words)

    assert svg.count('class="lr"') == 1


def test_sets_the_last_week_apart(words: Words) -> None:
    svg = distance_chart(in_a_row(WEEK, WEEK, WEEK), words=words)

    assert re.findall(r'class="(bar[^"]*)"', svg) == ["bar soft", "bar soft", "bar"]


def test_averages_weeks_when_there_are_too_many_for_a_bar_each(words: Words) -> None:
    shown = in_a_row(*[WEEK, replace(WEEK, distance=30, longest=9.5)] * MOST_BARS)

    svg = distance_chart(shown, words=words)

    assert weeks_per_bar(shown) == 2
    assert svg.count("<rect") == svg.count("lr over") == MOST_BARS
    assert len(set(re.findall(r'<rect[^>]* height="([^"]*)"', svg))) == 1
    assert 'class="bar"' not in svg
    assert svg == distance_chart(merged_bars(shown), words=words)


@given(st.lists(weeks, max_size=200))
def test_stays_inside_its_frame(found: list[Week]) -> None:
    svg = distance_chart(in_a_row(*found), words=Words(label="<", tick=lambda on, unit: "<script>"))

    assert all(0 <= float(x) <= 100 for x in re.findall(r'\b(?:x|x1|x2|cx|width)="([^"]*)%"', svg))
    assert all(0 <= float(y) <= 200 for y in re.findall(r'\b(?:y|cy|height)="([^"%]*)"', svg))
    assert not re.search(r"nan|inf|None|style=|<script|<b>| on\w+=", svg)


@pytest.mark.parametrize(
    ("top", "scale"),
    [
        (0.4, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6.6, [0, 2, 4, 6, 8]),
        (45, [0, 10, 20, 30, 40, 50]),
        (60, [0, 20, 40, 60]),
        (101, [0, 50, 100, 150]),
        (500.0, [0, 100, 200, 300, 400, 500]),
        (5001, [0, 2000, 4000, 6000]),
    ],
)
def test_counts_in_round_numbers(top: float, scale: list[int]) -> None:
    assert nice_scale(top) == scale
