"""How files become tables: encodings, delimiters, headings, what is no table."""

import pytest

from backpain.activity_files import NotReadable
from backpain.exchange.formats import csv
from backpain.exchange.formats.csv import Table, records, table_of

TWO_RUNS = "Date,km,Note\n2026-03-16,8.2,über Stock\n2026-03-17,5,\n"


def names(table):
    return [column.name for column in table.columns]


def refusal(content):
    with pytest.raises(NotReadable) as refused:
        table_of(content)
    return refused.value.code


@pytest.mark.parametrize(
    "content",
    [
        TWO_RUNS.encode(),
        TWO_RUNS.encode("utf-8-sig"),
        TWO_RUNS.encode("utf-16"),
        TWO_RUNS.encode("utf-16-le"),
        TWO_RUNS.encode("utf-16-be"),
        TWO_RUNS.encode("cp1252"),
        TWO_RUNS.replace("\n", "\r\n").encode(),
        TWO_RUNS.replace("\n", "\r").encode(),
        TWO_RUNS.replace("8.2", "8\0.2").encode(),
    ],
)
def test_reads_every_usual_encoding_and_line_end(content):
    table = table_of(content)

    assert names(table) == ["Date", "km", "Note"]
    assert table.rows == (("2026-03-16", "8.2", "über Stock"), ("2026-03-17", "5", ""))
    assert table.row_count == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_finds_the_delimiter(delimiter):
    table = table_of(TWO_RUNS.replace(",", delimiter).encode())

    assert (table.delimiter, names(table)) == (delimiter, ["Date", "km", "Note"])


def test_commas_of_numbers_part_no_columns_where_semicolons_do():
    table = table_of(b"Datum;km\n16.03.2026;8,25\n17.03.2026;10,5\n")

    assert names(table) == ["Datum", "km"]
    assert table.columns[1].decimal_mark == ","


def test_follows_what_excel_says_of_the_delimiter():
    table = table_of(b"sep=;\r\nDate;km\r\n2026-03-16;8.2\r\n")

    assert (names(table), table.row_count) == (["Date", "km"], 1)


def test_a_quoted_cell_may_have_lines_delimiters_and_quotes():
    content = b'Date,Note\n2026-03-16,"two lines,\nand ""more"""\n2026-03-17,x\n'

    rows = [record.cells for record in records(content, "utf-8", ",")]

    assert rows[1:] == [["2026-03-16", 'two lines,\nand "more"'], ["2026-03-17", "x"]]
    assert table_of(content).row_count == 2


def test_rows_may_be_ragged_and_lines_blank():
    table = table_of(b"Date,km,Note\n\n2026-03-16\n,,\n2026-03-17,5,x,y,z\n")

    assert table.row_count == 2
    assert len(table.columns) == 5
    assert [record.number for record in records(b"a\n\nb\n", "utf-8", ",")] == [1, 3]


def test_a_first_row_with_a_date_is_no_heading():
    table = table_of(b"2026-03-16,8.2\n2026-03-17,5\n")

    assert (names(table), table.row_count, table.skip) == (["", ""], 2, 0)


def test_of_polars_file_of_one_training_only_the_summary_is_a_row():
    content = (
        b"Name,Sport,Date,Start time,Duration,Total distance (km)\nF,RUNNING,29-08-2026,22:00:00,00:58:12,10.2\n\n"
        b"Sample rate,Time,HR (bpm)\n1,00:00:00,85\n1,00:00:01,86\n"
    )

    assert table_of(content).row_count == 1


def test_headings_tell_tables_apart_and_rows_do_not():
    one, other = table_of(b"Date,km\n2026-03-16,8\n"), table_of(b"Date,km\n2026-03-20,5\n2026-03-21,6\n")

    assert one.header_hash == other.header_hash
    assert one.header_hash != table_of(b"Date,mi\n2026-03-16,8\n").header_hash


def test_a_table_comes_back_from_json():
    table = table_of(TWO_RUNS.encode())

    assert Table.from_json(table.as_json()) == table


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\r\n  \n\0", "empty"),
        (b"only one column\nof words\n", "not_a_table"),
        (bytes(range(256)) * 20, "not_a_table"),
        (b"Date,km\n", "no_rows"),
        (b"a,b\n" + b"1,2\n" * (20 * 1024 * 1024 // 4), "too_large"),
    ],
)
def test_refuses_what_is_no_table_of_runs(content, code):
    assert refusal(content) == code


def test_refuses_more_rows_than_anybody_ran(monkeypatch):
    monkeypatch.setattr(csv, "MOST_ROWS", 20)

    assert table_of(b"d,k\n" + b"1,2\n" * 20).row_count == 20
    assert refusal(b"d,k\n" + b"1,2\n" * 21) == "too_many_rows"
    assert refusal(b"d,k\n" + b"1,2\n" * 100) == "too_many_rows"
    assert table_of(b"d,k\n" + b'1,"2\n\n\n\n\n\n"\n' * 20).row_count == 20


def test_a_quote_that_is_never_closed_costs_only_what_follows_it():
    content = b'Date,Note\n2026-03-16,fine\n2026-03-17,"open\n2026-03-18,lost\n'

    found = list(records(content, "utf-8", ","))

    assert [record.is_broken for record in found] == [False, False, True]
    assert table_of(content).row_count == 2


def test_a_quote_that_is_never_closed_before_much_more_is_found_too():
    content = b'Date,Note\n2026-03-16,fine\n2026-03-17,"open\n' + b"2026-03-18,lost\n" * 10_000

    assert [record.is_broken for record in records(content, "utf-8", ",")] == [False, False, True]
