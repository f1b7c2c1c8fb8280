"""Rows become runs, or are refused one by one with a reason."""

import datetime as dt

import pytest

from backpain.activity_files import Readers
from backpain.exchange.formats.csv import table_of
from backpain.exchange.formats.found import Found, RowRefused
from backpain.exchange.formats.guesses import guess
from backpain.exchange.formats.mapping import ColumnMapping
from backpain.exchange.formats.rows import found_in

NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
RUN = {"every_row": "run"}


def read(*lines, start=0, stop=1000, **said):
    """Return what the rows of a table hold, its columns guessed but for what is said."""
    content = "\n".join(lines).encode()
    table = table_of(content)
    mapping = ColumnMapping(**guess(table).as_json() | said)
    return found_in(content, table, mapping, NOW, "Europe/Berlin", start, stop)


def refusals(rows):
    return [(row.row, row.code) for row in rows if isinstance(row, RowRefused)]


def test_a_row_is_a_run_with_what_was_said_of_it():
    [found] = read(
        "Date,Time,Distance (km),Duration,Sport,Effort,Pain before,Pain,Pain after,Next morning,Note,Shoe,Surface",
        "2026-03-16,07:30,8.2,47:12,Run,4,1,2,0,3,windy,Blue,road",
    )

    assert found.activity.started_at == dt.datetime(2026, 3, 16, 6, 30, tzinfo=dt.UTC)
    assert (found.activity.sport, found.activity.distance_m, found.activity.duration_s) == ("run", 8200, 2832)
    assert found.activity.warnings == ()
    assert (found.row, found.said) == (
        2,
        {
            "effort": 4,
            "pain_before": 1,
            "pain_during": 2,
            "pain_after": 0,
            "pain_next_morning": 3,
            "note": "windy",
            "shoe": "Blue",
            "surface": "road",
        },
    )


def test_decimal_commas_and_semicolons_are_read():
    [found] = read("Datum;Strecke (km);Dauer;Notiz", '16.03.2026 07:30;8,25;0:47:12;"zwei', 'Zeilen"', **RUN)

    assert (found.activity.distance_m, found.said) == (8250, {"note": "zwei\nZeilen"})


def test_a_time_with_an_offset_needs_no_zone():
    [found] = read("Date,km", "2026-03-16T07:30:00-05:00,8", **RUN)

    assert found.activity.started_at == dt.datetime(2026, 3, 16, 12, 30, tzinfo=dt.UTC)


def test_a_day_without_a_time_is_noon_and_says_so():
    [found] = read("Date,km,Minutes", "2026-03-16,8,47", **RUN)

    assert found.activity.started_at == dt.datetime(2026, 3, 16, 11, tzinfo=dt.UTC)
    assert found.activity.warnings == ("day_only",)


def test_a_row_may_have_a_distance_or_a_duration_alone():
    far, long = read("Date,km,Minutes", "2026-03-16 07:30,8,", "2026-03-17 07:30,,47", **RUN)

    assert (far.activity.distance_m, far.activity.duration_s, far.activity.warnings) == (
        8000,
        0,
        ("no_duration",),
    )
    assert (long.activity.distance_m, long.activity.duration_s, long.activity.warnings) == (
        None,
        2820,
        ("no_distance",),
    )


def test_walks_and_unknown_sports_are_told_apart():
    rows = read(
        "Date,km,Sport", *(f"2026-03-16 07:30,5,{word}" for word in ("Run", "Walk", "Yoga", "Quidditch", ""))
    )

    assert [row.activity.sport for row in rows] == ["run", "walk", "other", "unknown", "unknown"]


def test_without_a_column_for_the_sport_the_runner_says_whether_rows_are_runs():
    line = ("Date,km", "2026-03-16 07:30,5")

    assert [row.activity.sport for row in (*read(*line), *read(*line, **RUN))] == ["unknown", "run"]


def test_a_treadmill_run_says_its_surface():
    [found] = read("Date,km,Sport", "2026-03-16 07:30,5,Treadmill Running")

    assert found.said == {"surface": "treadmill"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (",8,47:12,3", "row_date"),
        ("someday,8,47:12,3", "row_date"),
        ("2026-02-30,8,47:12,3", "row_date"),
        ("2026-03-16,far,47:12,3", "row_distance"),
        ("2026-03-16,NaN km,47:12,3", "row_distance"),
        ("2026-03-16,8,long,3", "row_duration"),
        ("2026-03-16,8,47:12,11", "row_score"),
        ("2026-03-16,8,47:12,2.5", "row_score"),
        ("2026-03-16,,--,3", "row_says_nothing"),
        ("2026-03-16", "row_says_nothing"),
        ("1989-12-31,8,47:12,3", "date_impossible"),
        ("2106-01-01,8,47:12,3", "date_impossible"),
        ("0001-01-01,8,47:12,3", "date_impossible"),
        ("2026-03-16,201,47:12,3", "distance_impossible"),
        ("2026-03-16,-8,47:12,3", "distance_impossible"),
        ("2026-03-16,8,25:00:00,3", "duration_impossible"),
        ("2026-03-16,8,47:12," + "x" * 20_000, "quote_open"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_and_the_others_go_on(cells, code):
    rows = read("Date,km,Duration,Pain", "2026-03-15,8,47:12,3", cells, "2026-03-17,8,47:12,3", **RUN)

    assert refusals(rows) == [(3, code)]
    assert [row.row for row in rows if isinstance(row, Found)] == [2, 4]


def test_a_time_that_is_none_is_refused():
    rows = read("Date,Start time,km", "2026-03-16,07:30,8", "2026-03-17,early,8", "2026-03-18,,8", **RUN)

    assert refusals(rows) == [(3, "row_time")]
    assert rows[2].activity.warnings == ("day_only", "no_duration")


def test_what_a_quote_never_closed_swallows_is_told():
    rows = read("Date,km,Note", "2026-03-16,8,fine", '2026-03-17,8,"open', "2026-03-18,8,lost", **RUN)

    assert refusals(rows) == [(3, "quote_open")]


def test_a_long_note_is_cut_and_says_so():
    [found] = read("Date,km,Note", "2026-03-16 07:30,8," + "x" * 2001, **RUN)

    assert (len(found.said["note"]), found.activity.warnings) == (2000, ("no_duration", "text_cut"))


def test_an_apostrophe_before_a_formula_is_no_part_of_a_note():
    rows = read("Date,km,Note", "2026-03-16 07:30,8,'=1+1", "2026-03-16 08:30,8,'til dusk", **RUN)

    assert [row.said["note"] for row in rows] == ["=1+1", "'til dusk"]


def test_rows_are_read_by_and_by():
    lines = ("Date,km", *(f"2026-03-{day:02} 07:30,{day}" for day in range(1, 11)))

    slices = [read(*lines, start=start, stop=start + 4, **RUN) for start in (0, 4, 8)]

    assert [[row.row for row in rows] for rows in slices] == [[2, 3, 4, 5], [6, 7, 8, 9], [10, 11]]


def test_an_ambiguous_date_follows_what_the_runner_said():
    lines = ("Date,km", "3/4/2025 07:30,8")

    days = [read(*lines, day_first=day_first, **RUN)[0].activity.started_at for day_first in (True, False)]

    assert [(day.month, day.day) for day in days] == [(4, 3), (3, 4)]


def test_reads_in_a_child_process_that_can_open_nothing():
    content = b"Date;km;Dauer\n16. M\xe4rz 2026 07:30;8,2;47:12\n"

    with Readers(now=NOW, zone="Europe/Berlin", functions=(table_of, found_in), children=1) as readers:
        table = readers.call(table_of, content)
        mapping = ColumnMapping(**guess(table).as_json() | RUN)
        [found] = readers.call(found_in, content, table, mapping, NOW, "Europe/Berlin", 0, 10)

    assert found.activity.started_at == dt.datetime(2026, 3, 16, 6, 30, tzinfo=dt.UTC)
