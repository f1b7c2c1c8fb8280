"""The two kinds of files the catalogue is kept in: CSV for spreadsheets, JSON for everything else.

What comes in may be anything, so both are read row by row and given up at the first row too many.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from import_export.formats import base_formats
from tablib import Dataset

from backpain.exercises.columns import CELLS, DECODER, FIELDS, KIND

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 500  # writing more would keep everybody else from writing for over five seconds
# A spreadsheet takes a cell that begins so for a formula; an apostrophe makes it text (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
APOSTROPHE = "'"
SPACE = re.compile(r"[ \t\n\r]*")
NUMBER = "#"  # the column of the table that says which row of the file it was
MISSING = object()  # a field that an object of a JSON file does not have

type Row = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file. `row` counts as a spreadsheet does (JSON: entries), 0 for the file as a whole."""

    row: int
    column: str
    text: str
    slug: str = ""  # of the row


class NotReadable(Exception):
    """A file that no rows can be taken from, with the faults that say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = list(faults)


class Csv(base_formats.CSV):
    """A row of column names, then the entries. Cells have the texts that `columns` reads."""

    as_text = True

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> Dataset:
        rows = csv.reader(io.StringIO(_decoded(in_stream), newline=""), strict=True)
        try:
            header = next(rows, [])
            _check_names(header)
            return _dataset(self._row(header, row, number) for number, row in enumerate(rows, 2) if any(row))
        except csv.Error as error:
            words = {"line": rows.line_num, "fault": error}
            raise NotReadable(Fault(0, "", _("This is no CSV: line %(line)s, %(fault)s.") % words)) from error

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        as_text = Dataset(*([_as_text(cell) for cell in row] for row in dataset), headers=dataset.headers)
        # With the mark at the start, spreadsheets know that it is UTF-8.
        return super().export_data(as_text).encode("utf-8-sig")

    def _row(self, header: list[str], cells: list[str], number: int) -> Row:
        if len(cells) > len(header):
            words = {"cells": len(cells), "columns": len(header)}
            text = _("There are %(cells)s cells, but %(columns)s columns.") % words
            raise NotReadable(Fault(number, "", text))
        filled = dict(zip(header, map(_as_typed, cells), strict=False))
        return {NUMBER: number, **dict.fromkeys(header, ""), **filled}


class Json(base_formats.JSON):
    """A list of objects, each with the fields of its kind of entry and no others."""

    as_text = False

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> Dataset:
        entries = enumerate(_entries(_decoded(in_stream)), start=1)
        return _dataset(self._row(entry, number) for number, entry in entries)

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        entries = [{name: row[name] for name in (KIND, *FIELDS[row[KIND]])} for row in dataset.dict]
        return (json.dumps(entries, ensure_ascii=False, indent=1) + "\n").encode()

    def _row(self, entry: Any, number: int) -> Row:
        if not isinstance(entry, dict):
            raise NotReadable(Fault(number, "", _("This has to be an object in curly brackets.")))
        if unknown := [name for name in entry if name not in CELLS]:
            raise NotReadable(*(Fault(number, name[:60], _("There is no such field.")) for name in unknown))
        return {NUMBER: number, **{name: entry.get(name, MISSING) for name in CELLS}}


FORMATS: dict[str, type[Csv] | type[Json]] = {"json": Json, "csv": Csv}


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        words = {"line": data.count(b"\n", 0, error.start) + 1}
        text = _("Line %(line)s is not UTF-8. Save the file as “CSV UTF-8”, or as JSON.") % words
        raise NotReadable(Fault(0, "", text)) from error


def _dataset(rows: Iterator[Row]) -> Dataset:
    """Return rows as a table; one row more than are allowed is read, and no further."""
    found = list(islice(rows, MOST_ROWS + 1))
    if not found:
        raise NotReadable(Fault(0, "", _("There is no entry in the file.")))
    if len(found) > MOST_ROWS:
        text = _("There are more than %(most)s rows.") % {"most": MOST_ROWS}
        raise NotReadable(Fault(0, "", text))
    headers = [NUMBER, *CELLS]
    return Dataset(*([row[name] for name in headers] for row in found), headers=headers)


def _check_names(header: list[str]) -> None:
    """Refuse a first row that does not name each of our columns once."""
    if not any(header):
        raise NotReadable(Fault(0, "", _("There is no entry in the file.")))
    if len(header) == 1:
        raise NotReadable(Fault(1, "", _("There is one column only. Put commas between the columns.")))
    faults = [Fault(1, name[:60], _("There is no such column.")) for name in header if name not in CELLS]
    faults += [Fault(1, name, _("The column is there twice.")) for name in CELLS if header.count(name) > 1]
    faults += [Fault(1, name, _("The column is missing.")) for name in CELLS if name not in header]
    if faults:
        raise NotReadable(*faults)


def _entries(text: str) -> Iterator[Any]:
    """Yield the items of a JSON list one by one, without looking further than asked for."""
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        raise NotReadable(Fault(0, "", _("The file has to be a list in square brackets.")))
    at, number = _skip(text, at + 1), 0
    while text[at : at + 1] != "]":
        number += 1
        entry, at = _next(text, at, number)
        yield entry
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
            if text[at : at + 1] == "]":
                raise _broken(text, at)
        elif text[at : at + 1] != "]":
            raise _broken(text, at)
    if text[at + 1 :].strip():
        raise _broken(text, _skip(text, at + 1))


def _next(text: str, at: int, number: int) -> tuple[Any, int]:
    try:
        return DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _broken(text, error.pos) from error
    except RecursionError as error:
        raise NotReadable(Fault(number, "", _("There are too many brackets inside each other."))) from error
    except ValueError as error:  # NaN, a name given twice, a number of thousands of digits
        raise NotReadable(Fault(number, "", str(error))) from error


def _skip(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at


def _broken(text: str, at: int) -> NotReadable:
    words = {"line": text.count("\n", 0, at) + 1, "column": at - text.rfind("\n", 0, at)}
    return NotReadable(Fault(0, "", _("This is no JSON from line %(line)s, column %(column)s on.") % words))


def _as_text(cell: str) -> str:
    return f"{APOSTROPHE}{cell}" if cell.startswith((*FORMULA, APOSTROPHE)) else cell


def _as_typed(cell: str) -> str:
    """Return a cell without the apostrophe that made it text."""
    is_marked = cell.startswith(APOSTROPHE) and cell[1:].startswith((*FORMULA, APOSTROPHE))
    return cell[1:] if is_marked else cell
