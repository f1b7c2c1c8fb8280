import datetime as dt

import pytest

from backpain.charts import Words
from backpain.charts.axis import TimeAxis, tick_words


@pytest.mark.parametrize(
    ("first", "last", "unit", "starts"),
    [
        ("2026-10-24", "2026-11-20", "week", ["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"]),
        ("2026-11-16", "2026-11-16", "week", ["2026-11-16"]),
        ("2026-11-17", "2026-11-18", "week", []),
        ("2026-08-15", "2026-11-20", "month", ["2026-09-01", "2026-10-01", "2026-11-01"]),
        (
            "2025-11-21",
            "2026-11-20",
            "month",
            ["2026-01-01", "2026-03-01", "2026-05-01", "2026-07-01", "2026-09-01", "2026-11-01"],
        ),
        ("2020-11-22", "2026-11-20", "year", [f"{year}-01-01" for year in range(2021, 2027)]),
        ("1900-01-01", "2026-11-20", "year", [f"{year}-01-01" for year in range(1900, 2027, 10)]),
    ],
)
def test_marks_weeks_months_or_years(first: str, last: str, unit: str, starts: list[str]) -> None:
    axis = TimeAxis(dt.date.fromisoformat(first), dt.date.fromisoformat(last))

    assert axis.ticks() == (unit, [dt.date.fromisoformat(start) for start in starts])


def test_shows_first_and_last_day_in_full() -> None:
    axis = TimeAxis(dt.date(2026, 11, 1), dt.date(2026, 11, 10))

    assert axis.start_of(axis.first) == 0
    assert axis.middle_of(axis.first) == 5
    assert axis.middle_of(axis.last) == 95


def test_leaves_out_a_word_that_would_not_fit_at_the_end(words: Words) -> None:
    axis = TimeAxis(dt.date(2026, 8, 1), dt.date(2026, 11, 3))

    assert len(axis.ticks()[1]) == 4
    assert [text[text.index(">") + 1 : -7] for text in tick_words(axis, words, y=100)] == [
        "Aug",
        "Sep",
        "Oct",
    ]
