"""Tables of text: how a file is encoded and parted into columns, and what shows in each. Bytes in, values out."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain, islice
from typing import Any, NamedTuple, Self

from backpain.activity_files.activity import MAX_BYTES, NotReadable

from .dates import day_order, moment_of
from .numbers import Marks, is_empty

MOST_ROWS = 200_000
HEAD = 50  # lines before the first row at most
ROWS_SHOWN = 5
CELL_SHOWN = 60  # characters of a cell on the mapping page; the rest is cut
MOST_COLUMNS = 300
_LOOKED_AT = 50  # rows that tell what kind of column one is

_DELIMITERS = (",", ";", "\t", "|")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Polar Flow's file of one training: its second table has what the sensors gave, second by second.
_POLAR = ["name", "sport", "date", "start time", "duration"]
_DIGIT = re.compile(r"\d")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column by its heading, with what its texts prove over the whole file."""

    name: str
    day_order: str = ""  # dates.day_order: "day", "month", "either", or "" where no date asks
    decimal_mark: str = "."  # numbers.decimal_mark


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with its first rows. `skip` counts the records before the first row of values."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    skip: int
    encoding: str
    delimiter: str

    @property
    def header_hash(self) -> str:
        """Return what tells tables of the same headings, so that their columns are mapped once."""
        return hashlib.sha256("\x1f".join(column.name for column in self.columns).encode()).hexdigest()

    def samples(self, place: int) -> list[str]:
        """Return the texts a column has in the first rows, without empty ones."""
        return [row[place] for row in self.rows if place < len(row) and not is_empty(row[place])]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        columns = tuple(Column(**column) for column in values["columns"])
        return cls(**values | {"columns": columns, "rows": tuple(tuple(row) for row in values["rows"])})


class Record(NamedTuple):
    number: int  # as a spreadsheet counts, from 1
    cells: list[str]
    is_broken: bool = False  # a quotation mark in it is never closed, so what follows is lost in it


def table_of(content: bytes) -> Table:
    """Return the table in a file; refuse what is none, and what has more rows than anybody ran."""
    if not content.strip(b"\0\r\n\t "):
        raise NotReadable("empty")
    if len(content) > MAX_BYTES:
        raise NotReadable("too_large")
    if b'"' not in content and content.count(b"\n") > MOST_ROWS + HEAD:  # each line is a row: told at once
        raise NotReadable("too_many_rows")
    encoding = _encoding(content)
    start = content[:20_000].decode(encoding, "replace").replace("\0", "")
    if len(_CONTROLS.findall(start)) > len(start) / 100:
        raise NotReadable("not_a_table")
    delimiter = _delimiter(start)
    if delimiter is None:
        raise NotReadable("not_a_table")
    return _looked_through(content, encoding, delimiter)


def records(content: bytes, encoding: str, delimiter: str) -> Iterator[Record]:
    """Yield the records with any text."""
    lines = _Lines(content, encoding)
    reader = csv.reader(lines, delimiter=delimiter)
    held: Record | None = None
    number, spans_lines = 0, False
    while True:
        number, lines_before = number + 1, reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:  # a cell without end
            if held:
                yield held
            yield Record(number, [], is_broken=True)
            return
        if held:
            yield held
        held = Record(number, cells) if any(cells) else None
        spans_lines = reader.line_num > lines_before + 1
    if held:
        yield held._replace(is_broken=spans_lines and lines.quotes % 2 == 1)


class _Lines:
    """The lines of a text, without zeros; counts the quotation marks on the way."""

    def __init__(self, content: bytes, encoding: str) -> None:
        self._text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")
        self.quotes = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.quotes += line.count('"')
            yield line.replace("\0", "")


def _encoding(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    start = content[:1000]
    if start.count(0) > len(start) / 4:  # every other byte of Latin letters in UTF-16
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(start: str) -> str | None:
    """Return what parts the columns: what gives most rows the same number of them, and many."""
    told = re.match(r"sep=(.)\r?\n", start)  # Excel's own way to say it
    if told and told[1] in _DELIMITERS:
        return told[1]
    scores = {delimiter: _evenness(start, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] else None


def _evenness(start: str, delimiter: str) -> int:
    try:
        rows = [
            row
            for row in islice(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), 30)
            if any(row)
        ]
    except csv.Error:
        return 0
    widths = [len(row) for row in rows]
    usual = max(widths, key=lambda width: (widths.count(width), width), default=1)
    return widths.count(usual) * (usual - 1)


def _looked_through(content: bytes, encoding: str, delimiter: str) -> Table:
    """Return the table, having counted its rows and seen what each column proves."""
    everything = records(content, encoding, delimiter)
    head = list(islice(everything, _LOOKED_AT))
    if head and len(head[0].cells) < 3 and head[0].cells[0].startswith("sep="):
        head.pop(0)
    names = [] if not head or _is_values(head[0].cells) else [_shown(cell) for cell in head.pop(0).cells]
    if not head:
        raise NotReadable("no_rows")
    width = min(MOST_COLUMNS, max(len(names), *(len(record.cells) for record in head)))
    only_first = [name.casefold() for name in names[: len(_POLAR)]] == _POLAR
    proofs = _Proofs(head, width)
    row_count = 1 if only_first else proofs.count(chain(head, everything))
    return Table(
        columns=tuple(
            Column(
                name=names[place] if place < len(names) else "",
                day_order=proofs.day_order(place),
                decimal_mark=proofs.decimal_mark(place),
            )
            for place in range(width)
        ),
        rows=tuple(tuple(map(_shown, record.cells[:width])) for record in head[: min(ROWS_SHOWN, row_count)]),
        row_count=row_count,
        skip=head[0].number - 1,
        encoding=encoding,
        delimiter=delimiter,
    )


class _Proofs:
    """What the texts of each column prove over all rows: the order of day and month, the decimal mark."""

    def __init__(self, head: list[Record], width: int) -> None:
        first = [
            [record.cells[place] for record in head if place < len(record.cells)] for place in range(width)
        ]
        self._orders = {place: "" for place in range(width) if any(map(day_order, first[place]))}
        self._marks = {place: Marks() for place in range(width) if any(map(_DIGIT.search, first[place]))}

    def count(self, rows: Iterable[Record]) -> int:
        """Return how many rows there are, having looked at each."""
        count = 0
        for count, record in enumerate(rows, start=1):
            if count > MOST_ROWS:
                raise NotReadable("too_many_rows")
            self._add(record.cells)
        return count

    def _add(self, cells: list[str]) -> None:
        for place, order in self._orders.items():
            if order in ("", "either") and place < len(cells):
                self._orders[place] = day_order(cells[place]) or order
        for place, marks in self._marks.items():
            if place < len(cells):
                marks.add(cells[place])

    def day_order(self, place: int) -> str:
        return self._orders.get(place, "")

    def decimal_mark(self, place: int) -> str:
        return self._marks[place].mark if place in self._marks else "."


def _is_values(cells: list[str]) -> bool:
    """Return whether a first row has a date, and so is no row of headings."""
    return any(_DIGIT.search(cell) and moment_of(cell, day_first=True) for cell in cells)


def _shown(cell: str) -> str:
    return " ".join(cell.split())[:CELL_SHOWN]
