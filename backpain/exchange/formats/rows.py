"""Turns the rows of a table into runs, once it is known what its columns mean."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from backpain.activity_files.activity import NotReadable, checked

from .csv import Record, Table, records
from .dates import clock_of, moment_of
from .found import Found, Row, RowRefused
from .mapping import SCORES, ColumnMapping
from .numbers import Unreadable, distance_m, duration_s, is_empty, score
from .sports import Sport, sport_named
from .surfaces import surface_named

LONGEST_NOTE = 2000  # characters, as a run has room for
LONGEST_NAME = 80  # of a shoe
LONGEST_CELL = 10_000
FORMULA_STARTS = tuple("=+-@")
NOON = dt.time(12)


def found_in(
    content: bytes, table: Table, mapping: ColumnMapping, now: dt.datetime, zone: str, start: int, stop: int
) -> list[Row]:
    """Return what the rows from `start` up to `stop` hold, counted from 0 without the headings."""
    rows = (
        record for record in records(content, table.encoding, table.delimiter) if record.number > table.skip
    )
    reader = _Reader(table, mapping, now, zone)
    return [reader.read(record) for record in islice(rows, start, min(stop, table.row_count))]


class _Reader:
    """Reads one row after the other by one mapping."""

    def __init__(self, table: Table, mapping: ColumnMapping, now: dt.datetime, zone: str) -> None:
        self._mapping, self._now, self._zone = mapping, now, ZoneInfo(zone)
        self._places = mapping.columns
        self._marks = {
            field: table.columns[place].decimal_mark
            for field, place in mapping.columns.items()
            if place < len(table.columns)
        }
        self._sports: dict[str, Sport] = {}

    def read(self, record: Record) -> Row:
        try:
            return self._found(record)
        except NotReadable as refused:
            return RowRefused(row=record.number, code=refused.code)

    def _found(self, record: Record) -> Found:
        if record.is_broken or max(map(len, record.cells)) > LONGEST_CELL:
            raise NotReadable("quote_open")
        cells, width = record.cells, len(record.cells)
        texts = {
            field: cells[place]
            for field, place in self._places.items()
            if place < width and not is_empty(cells[place])
        }
        started_at, is_day_only = self._start(texts)
        sport = self._sport(texts)
        distance, duration = self._distance(texts), self._duration(texts)
        if distance is None and duration is None:
            raise NotReadable("row_says_nothing")
        warnings = ["day_only"] * is_day_only + ["no_duration"] * (duration is None)
        said, cut = self._said(texts, sport.surface)
        return Found(
            activity=checked(
                sport=sport.name,
                started_at=started_at,
                distance_m=distance,
                duration_s=duration or 0.0,
                elapsed_s=0.0,
                now=self._now,
                warnings=warnings + cut,
            ),
            said=said,
            row=record.number,
        )

    def _start(self, texts: dict[str, str]) -> tuple[dt.datetime, bool]:
        """Return the instant, and whether only its day is said: then it is noon."""
        moment = moment_of(texts.get("date", ""), day_first=self._mapping.day_first)
        if not moment:
            raise NotReadable("row_date")
        clock = moment.clock
        if "time" in texts:
            clock = clock_of(texts["time"])
            if clock is None:
                raise NotReadable("row_time")
        at = dt.datetime.combine(moment.day, clock or NOON)
        try:
            return (at if at.tzinfo else at.replace(tzinfo=self._zone)).astimezone(dt.UTC), clock is None
        except OverflowError:
            raise NotReadable("date_impossible") from None

    def _sport(self, texts: dict[str, str]) -> Sport:
        if "sport" not in texts:
            return Sport(self._mapping.every_row or "unknown", "")
        word = texts["sport"]
        if word not in self._sports:
            self._sports[word] = sport_named(word)
        return self._sports[word]

    def _distance(self, texts: dict[str, str]) -> float | None:
        if "distance" not in texts:
            return None
        try:
            return distance_m(
                texts["distance"], self._mapping.distance_unit, self._marks.get("distance", ".")
            )
        except Unreadable:
            raise NotReadable("row_distance") from None

    def _duration(self, texts: dict[str, str]) -> float | None:
        if "duration" not in texts:
            return None
        try:
            return duration_s(
                texts["duration"], self._mapping.duration_unit, self._marks.get("duration", ".")
            )
        except Unreadable:
            raise NotReadable("row_duration") from None

    def _said(self, texts: dict[str, str], surface: str) -> tuple[dict[str, Any], list[str]]:
        """Return further columns of a run, and a warning where there was more than fits."""
        said: dict[str, Any] = {"surface": surface} if surface else {}
        cut = []
        try:
            said |= {field: score(texts[field]) for field in SCORES if field in texts}
        except Unreadable:
            raise NotReadable("row_score") from None
        for field, longest in (("note", LONGEST_NOTE), ("shoe", LONGEST_NAME)):
            if field in texts:
                text = _unguarded(texts[field].strip().replace("\r\n", "\n"))
                said[field] = text[:longest]
                cut += ["text_cut"] * (len(text) > longest)
        if "surface" in texts and (named := surface_named(texts["surface"])):
            said["surface"] = named
        return said, cut


def _unguarded(text: str) -> str:
    """Return a text without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA_STARTS else text
