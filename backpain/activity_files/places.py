"""Which time zone a place is in: for files that give the time of a wall clock and no offset."""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzfpy

from .activity import WALL_CLOCK, NotReadable


def load(zone: str) -> None:
    """Open the rules of every zone now: later a child can open no file."""
    for name in (zone, *tzfpy.timezonenames()):
        _rules(name)


def settled(
    started_at: dt.datetime, *, place: tuple[float, float] | None, zone: str
) -> tuple[dt.datetime, list[str]]:
    """Return the instant, and a warning where a wall clock's zone had to be found: by the place, else `zone`.

    `place` is latitude and longitude in degrees. Of an hour that the clock showed twice the first one is taken; one
    that it skipped is taken as if the clock had not been put forward yet.
    """
    if started_at.tzinfo is not WALL_CLOCK:
        return started_at, []
    there = _rules(tzfpy.get_tz(place[1], place[0])) if place else None
    try:
        instant = started_at.replace(tzinfo=there or _rules(zone) or dt.UTC).astimezone(dt.UTC)
    except OverflowError as error:  # the first or last day there is
        raise NotReadable("date_impossible") from error
    return instant, ["zone_of_place" if there else "no_time_zone"]


@cache
def _rules(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except ZoneInfoNotFoundError:  # newer than what this machine knows
        return None
