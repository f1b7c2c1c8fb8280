"""activities.csv of Strava's bulk export, whose headings, dates and sports are in the athlete's language.

So columns are found by their order: the first ones are always the same, and further ones follow the file's name,
where the elapsed time and the distance come once more, in seconds and metres.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from backpain.activity_files.activity import NotReadable, checked

from .csv import Record, Table, records
from .dates import moment_of
from .found import Found, Listing, Row, RowRefused, key_of
from .numbers import Unreadable, is_empty, number
from .rows import LONGEST_NAME, LONGEST_NOTE
from .sports import sport_named

_ID, _DATE, _NAME, _SPORT, _DESCRIPTION, _ELAPSED, _DISTANCE = range(7)
_OLD_WIDTH = 10  # until about 2020: the file's name comes last, the distance once, in km
_IN_METRES = "id"  # the first heading until July 2019, when the distance was in metres
_FROM_FILE = {"gear": -1, "elapsed": 3, "moving": 4, "distance": 5}  # columns from the file's name on
_FIRST_FILE, _LAST_FILE = 9, 16  # where the file's name may stand

_STRAVA_ID = re.compile(r"\d{1,20}")
_FILE = re.compile(r"[^/]+/[^/]+\.(fit|gpx|tcx)(\.gz)?", re.IGNORECASE)


def is_activities(table: Table) -> bool:
    """Tell whether a table is Strava's list of activities."""
    ids = table.samples(_ID)
    return bool(ids) and all(map(_STRAVA_ID.fullmatch, ids)) and _file_place(table) is not None


def listing_of(content: bytes, table: Table, now: dt.datetime) -> Listing:
    """Return what the list says of each activity; its dates are UTC."""
    place = _file_place(table)
    assert place is not None
    reader = _Reader(place, names=[column.name for column in table.columns], now=now)
    files: dict[str, Row] = {}
    manual: list[Row] = []
    for record in records(content, table.encoding, table.delimiter):
        if record.number <= table.skip:
            continue
        row, file = reader.read(record), _cell(record, place)
        if is_empty(file):
            manual.append(row)
        else:
            files[key_of(file)] = row
    return Listing(files=files, manual=tuple(manual))


def _file_place(table: Table) -> int | None:
    """Return the column that names the file: where one does, or from where headings come for the second time."""
    names = [column.name for column in table.columns]
    for place in range(_FIRST_FILE, min(_LAST_FILE, len(names))):
        elapsed, distance = (place + _FROM_FILE[each] for each in ("elapsed", "distance"))
        if distance < len(names) and (names[_ELAPSED], names[_DISTANCE]) == (names[elapsed], names[distance]):
            return place
    is_old = len(names) == _OLD_WIDTH and any(map(_FILE.fullmatch, table.samples(_OLD_WIDTH - 1)))
    return _OLD_WIDTH - 1 if is_old else None


class _Reader:
    def __init__(self, place: int, *, names: list[str], now: dt.datetime) -> None:
        self._now = now
        self._metres = 1.0 if len(names) > _OLD_WIDTH or names[_ID] == _IN_METRES else 1000.0
        self._places = {"elapsed": _ELAPSED, "distance": _DISTANCE}
        if len(names) > _OLD_WIDTH:
            self._places = {name: place + offset for name, offset in _FROM_FILE.items()}
        self._gear = place - 1

    def read(self, record: Record) -> Row:
        try:
            return self._found(record)
        except NotReadable as refused:
            return RowRefused(row=record.number, code=refused.code)
        except Unreadable:
            return RowRefused(row=record.number, code="row_number")

    def _found(self, record: Record) -> Found:
        if record.is_broken:
            raise NotReadable("quote_open")
        # No language that writes numbers with slashes begins with the month; English writes it as a word.
        moment = moment_of(_cell(record, _DATE), day_first=True)
        if not moment or not moment.clock:
            raise NotReadable("row_date")
        elapsed, moving = self._number(record, "elapsed"), self._number(record, "moving")
        distance = self._number(record, "distance")
        sport = sport_named(_cell(record, _SPORT))
        duration = moving or elapsed
        return Found(
            activity=checked(
                sport=sport.name,
                started_at=dt.datetime.combine(moment.day, moment.clock).replace(tzinfo=dt.UTC),
                distance_m=None if distance is None else distance * self._metres,
                duration_s=duration or 0.0,
                elapsed_s=elapsed or 0.0,
                now=self._now,
                warnings=() if duration else ("no_duration",),
            ),
            said=self._said(record, sport.surface),
            row=record.number,
            name=_cell(record, _NAME),
        )

    def _said(self, record: Record, surface: str) -> dict[str, Any]:
        said = {
            "surface": surface,
            "note": _cell(record, _DESCRIPTION)[:LONGEST_NOTE],
            "shoe": _cell(record, self._gear)[:LONGEST_NAME],
        }
        return {field: text for field, text in said.items() if text}

    def _number(self, record: Record, name: str) -> float | None:
        """Return a number; what Strava adds to its old columns is plain, those are in the athlete's way."""
        text = _cell(record, self._places[name]) if name in self._places else ""
        return None if is_empty(text) else number(text, "," if "," in text and "." not in text else ".")


def _cell(record: Record, place: int) -> str:
    return record.cells[place].strip() if place < len(record.cells) else ""
