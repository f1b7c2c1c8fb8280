"""What the entries of a day show by their sites, feelings and signs (see signs.Signs for the marks)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from backpain.coach.chronicle import Chronicle
from backpain.coach.history import CheckIn, Run, Session

NUMB_FEEL = frozenset({"numb", "weak", "pins-and-needles"})
NUMB_SITES = ("buttock", "groin", "back-of-thigh", "front-of-thigh", "knee", "below-knee")
LEG_SITES = ("back-of-thigh", "front-of-thigh", "knee", "below-knee")

type Entry = CheckIn | Run | Session


def marks_by_day(chronicle: Chronicle) -> dict[dt.date, frozenset[str]]:
    """Return the marks of each day whose entries leave any."""
    entries: dict[dt.date, list[Entry]] = {}
    for day, entry in chronicle.told():
        if entry.sites or (entry.cannot if isinstance(entry, CheckIn) else entry.signs):
            entries.setdefault(day, []).append(entry)
    marks = ((day, frozenset(_entry_marks(of_day))) for day, of_day in entries.items())
    return {day: found for day, found in marks if found}


def _entry_marks(entries: list[Entry]) -> Iterator[str]:
    yield from _site_marks(frozenset().union(*(entry.sites for entry in entries)))
    for entry in entries:
        if entry.feel & NUMB_FEEL and any(site.startswith(NUMB_SITES) for site in entry.sites):
            yield "numb-leg"
        if isinstance(entry, CheckIn):
            yield from (f"cannot-{what}" for what in entry.cannot)
            if entry.cannot & {"walk", "dress"}:
                yield "unable-today"
        elif "limp" in entry.signs:
            yield "limp"


@lru_cache  # most days name the same few sites
def _site_marks(sites: frozenset[str]) -> frozenset[str]:
    marks = sites & {"abdomen", "mid-back"}
    if any(site.startswith(("groin", "hip")) for site in sites):
        marks |= {"groin-or-hip"}
    if any(site.startswith(LEG_SITES) for site in sites):
        marks |= {"leg"}
    if any({f"{place}-left", f"{place}-right"} <= sites for place in ("back-of-thigh", "below-knee")):
        marks |= {"both-legs"}
    return marks
