"""What the columns of a table probably mean, by their headings and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from .csv import Table
from .dates import clock_of, moment_of
from .headings import headings_of, plain
from .mapping import DISTANCE_UNITS, DURATION_UNITS, SCORES, ColumnMapping
from .numbers import METRES, UNIT_WORDS, Unreadable, distance_m, duration_s, number, score, settled

# Trackers whose files leave nothing open: nobody is asked about these.
_RUNKEEPER = ("activity id", "date", "type", "route name", "distance")
_OURS = ("id", "on", "started at", "duration s", "effort", "distance m")
_POLAR = ("name", "sport", "date", "start time", "duration", "total distance")  # days are 20-06-2018

_GARMIN_FLAGS = {"true", "false"}
_HOURS_AND_MINUTES = re.compile(r"\d{1,2}[:.h]\d{2}(\s?[ap]\.?m\.?)?", re.IGNORECASE)
_UNIT_AT_END = re.compile(r"\d\s*([^\W\d_]+)\.?$")
METRES_LIKELY = SECONDS_LIKELY = 300  # above that a run is not given in kilometres or minutes


class _Candidate(NamedTuple):
    rank: int
    place: int
    unit: str


def known(table: Table) -> ColumnMapping | None:
    """Return the mapping of a file whose tracker is certain and whose values leave nothing open."""
    names = tuple(plain(re.sub(r"\(.*\)", "", column.name)) for column in table.columns)
    if names[: len(_POLAR)] == _POLAR:
        mapping = replace(guess(table), day_first=True)
    elif names[: len(_RUNKEEPER)] == _RUNKEEPER:
        mapping = guess(table)
    elif names[: len(_OURS)] == _OURS:
        mapping = replace(guess(table), every_row="run")  # but for what is said to be a walk
    else:
        return None
    return None if left_open(table, mapping) else mapping


def guess(table: Table) -> ColumnMapping:
    """Return what the columns probably mean; what is not certain is left open."""
    columns = _by_headings(table)
    if "date" not in columns:
        columns = _by_garmins_order(table) or columns | _first_dates(table)
    units = {field: candidate.unit for field, candidate in columns.items()}
    places = {field: candidate.place for field, candidate in columns.items()}
    order = table.columns[places["date"]].day_order if "date" in places else ""
    return ColumnMapping(
        columns=places,
        day_first={"day": True, "month": False}.get(order),
        distance_unit=units.get("distance", "") or _distance_unit(table, places.get("distance")),
        duration_unit=units.get("duration", "") or _duration_unit(table, places.get("duration")),
    )


def left_open(table: Table, mapping: ColumnMapping) -> set[str]:
    """Return what a mapping still has to say before the table can be read, by the names of its fields."""
    columns = mapping.columns
    missing = {"date"} - columns.keys()
    if not columns.keys() & {"distance", "duration"}:
        missing.add("distance")
    if "distance" in columns and mapping.distance_unit not in DISTANCE_UNITS:
        missing.add("distance_unit")
    if "duration" in columns and mapping.duration_unit not in DURATION_UNITS:
        missing.add("duration_unit")
    if "date" in columns and mapping.day_first is None and asks_order(table, columns["date"]):
        missing.add("day_first")
    return missing


def asks_order(table: Table, place: int) -> bool:
    """Tell whether the dates of a column leave open which number is the day."""
    return place < len(table.columns) and bool(table.columns[place].day_order)


def _by_headings(table: Table) -> dict[str, _Candidate]:
    candidates = _candidates(table)
    durations = candidates.get("duration", [])
    if len(durations) > 1:
        moments = {candidate.place for candidate in candidates.get("time", ())}
        candidates["duration"] = [
            each
            for each in durations
            if each.place not in moments
            or not all(map(_HOURS_AND_MINUTES.fullmatch, table.samples(each.place)))
        ]
    chosen: dict[str, _Candidate] = {}
    for field in ("date", "distance", "duration", "time", "sport", *SCORES, "note", "shoe", "surface"):
        taken = {candidate.place for candidate in chosen.values()}
        free = [each for each in candidates.get(field, ()) if each.place not in taken]
        if field == "time" and _has_clocks(table, chosen.get("date")):
            continue
        if free:
            chosen[field] = min(free)
    return chosen


def _candidates(table: Table) -> dict[str, list[_Candidate]]:
    """Return for each field the columns whose heading and values may be its."""
    found: dict[str, list[_Candidate]] = {}
    for place, column in enumerate(table.columns):
        samples = table.samples(place)
        for field, rank, unit in headings_of(column.name):
            if fits(field, samples):
                found.setdefault(field, []).append(_Candidate(rank, place, _own_unit(field, unit)))
    return found


def _own_unit(field: str, unit: str) -> str:
    units = {"distance": METRES.keys(), "duration": {"s", "min", "h", "clock"}}.get(field, ())
    return unit if unit in units else ""


def fits(field: str, samples: list[str]) -> bool:
    """Tell whether most of the first values of a column may be a field's; an empty column may be any but the date."""
    match field:
        case "date":
            return bool(samples) and _most(samples, is_date)
        case "time":
            return _most(samples, lambda text: clock_of(text) is not None)
        case "distance":
            return _most(samples, _reads(lambda text: distance_m(text, "km", ".")))
        case "duration":
            return _most(samples, _reads(lambda text: duration_s(text, "min", ".")))
        case "sport" | "note" | "shoe" | "surface":
            return True
        case _:
            return _most(samples, _reads(score))


def is_date(text: str) -> bool:
    return any(moment_of(text, day_first=first) for first in (True, False))


def _most(samples: list[str], fits: Callable[[str], bool]) -> bool:
    return 2 * sum(map(fits, samples)) >= len(samples)


def _reads(read: Callable[[str], float]) -> Callable[[str], bool]:
    def reads(text: str) -> bool:
        try:
            read(text)
        except Unreadable:
            return False
        return True

    return reads


def _has_clocks(table: Table, date: _Candidate | None) -> bool:
    """Tell whether a date column says the time of day too."""
    moments = (moment_of(text, day_first=True) for text in table.samples(date.place) if date) if date else ()
    return any(moment and moment.clock and moment.clock.isoformat() > "00:00:00" for moment in moments)


def _by_garmins_order(table: Table) -> dict[str, _Candidate]:
    """Return the columns of Garmin Connect's Activities.csv, which are in one order in every language."""
    if len(table.columns) < 7:
        return {}
    flags = {text.casefold() for text in table.samples(2)}
    looks_so = flags and flags <= _GARMIN_FLAGS and fits("date", table.samples(1))
    if not looks_so or not all(":" in text for text in table.samples(6)):
        return {}
    order = {"sport": 0, "date": 1, "distance": 4, "duration": 6}
    return {field: _Candidate(0, place, "") for field, place in order.items()}


def _first_dates(table: Table) -> dict[str, _Candidate]:
    """Return the first column that has dates, whatever its heading is."""
    places = (place for place in range(len(table.columns)) if fits("date", table.samples(place)))
    place = next(places, None)
    return {} if place is None else {"date": _Candidate(0, place, "")}


def _distance_unit(table: Table, place: int | None) -> str:
    """Return the unit that stands beside every value, or metres where the numbers are too large for others."""
    if place is None:
        return ""
    samples = table.samples(place)
    beside = {
        UNIT_WORDS.get(found[1].casefold(), "") if found else ""
        for found in map(_UNIT_AT_END.search, samples)
    }
    if len(beside) == 1 and beside <= METRES.keys():
        return beside.pop()
    return "m" if _usual(table, place, "m") > METRES_LIKELY else ""


def _duration_unit(table: Table, place: int | None) -> str:
    if place is None:
        return ""
    samples = table.samples(place)
    if samples and not any(text.strip().replace(".", "").replace(",", "").isdecimal() for text in samples):
        return "clock"
    return "s" if _usual(table, place, "s") > SECONDS_LIKELY else ""


def _usual(table: Table, place: int, unit: str) -> float:
    """Return the median of a column's first numbers, 0 without any."""
    return median([*_numbers(table.samples(place), settled(table.columns[place].decimal_mark, unit))] or [0])


def _numbers(samples: Iterable[str], mark: str) -> Iterator[float]:
    for text in samples:
        try:
            yield number(text, mark)
        except Unreadable:
            continue
