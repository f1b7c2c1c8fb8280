"""An activity as a value, and the limits that every file's numbers must keep before anyone else sees them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

MAX_BYTES = 20 * 1024 * 1024
MAX_DISTANCE_M = 200_000
MAX_DURATION_S = 86_400
FIRST_YEAR = 1990
# No watch sold before 2000 recorded GPS runs: an earlier date means a device clock that was never set.
FIRST_PLAUSIBLE_YEAR = 2000
# Clocks and time zones differ between a device and the server.
CLOCK_TOLERANCE = dt.timedelta(days=2)
# A file's time without a zone or offset carries this one until its place is known.
WALL_CLOCK = dt.timezone(dt.timedelta(0), "wall clock")
# A year of tracks in one file is possible, twenty years of empty ones are an attack.
MAX_ACTIVITIES = 1000

# The numbers are Strava's.
_SPORTS = {
    "run": {"run", "running", "jog", "jogging", "9"},
    "walk": {"walk", "walking", "hike", "hiking", "4", "10"},
    "ride": {"ride", "riding", "bike", "biking", "cycling", "1"},
    "swim": {"swim", "swimming"},
}
_NO_RUN = {"wheelchair", "ski", "skiing"}  # with "run" behind it
_NO_SPORT = {"unknown", "generic", "all"}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")  # "TrailRun", "trail_running" and "RUNNING" have words too


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One recorded activity; `duration_s` leaves pauses out, `warnings` are keys of `SENTENCES`."""

    sport: str  # run | walk | ride | swim | other | unknown
    started_at: dt.datetime
    distance_m: float | None
    duration_s: float
    elapsed_s: float
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        started_at = self.started_at.isoformat().replace("+00:00", "Z")
        return vars(self) | {"started_at": started_at, "warnings": list(self.warnings)}


class NotReadable(Exception):
    """A refusal: `code` is a key of `SENTENCES`, `readable` what a damaged file still told."""

    def __init__(self, code: str, readable: Activity | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.readable = readable


def sport_of(name: str, otherwise: str) -> str:
    """Return the sport that a file's own name for it means, or `otherwise` for one we do not know."""
    words = {word.casefold() for word in _WORD.findall(name)}
    if words <= _NO_SPORT:
        return "unknown"
    if words & _NO_RUN:
        return otherwise
    return next((sport for sport, known in _SPORTS.items() if words & known), otherwise)


def main_of(activities: list[Activity]) -> Activity:
    """Return the first run, or the first activity when none is a run, with a warning where there was a choice."""
    chosen = next((activity for activity in activities if activity.sport == "run"), activities[0])
    return chosen if len(activities) == 1 else with_warning(chosen, "several_activities")


def with_warning(activity: Activity, code: str) -> Activity:
    return replace(activity, warnings=(code, *activity.warnings))


def all_of[T](parts: Iterable[T], read: Callable[[T], list[Activity]]) -> list[Activity]:
    """Return the activities of all parts of a file; raise NotReadable when no part has one.

    A part that could not be read is mentioned with the others.
    """
    found: list[Activity] = []
    refused: list[NotReadable] = []
    for part in parts:
        try:
            found += read(part)
        except NotReadable as refusal:
            refused.append(refusal)
        if len(found) + len(refused) > MAX_ACTIVITIES:
            raise NotReadable("too_complex")
    if not found:  # the first reason is told, unless it is only that of an attachment
        raise min(refused, key=lambda refusal: refusal.code == "not_an_activity")
    if any(refusal.code != "not_an_activity" for refusal in refused):
        return [with_warning(activity, "part_unreadable") for activity in found]
    return found


def checked(
    *,
    sport: str,
    started_at: dt.datetime | None,
    distance_m: float | None,
    duration_s: float | None,
    elapsed_s: float,
    now: dt.datetime,
    warnings: Iterable[str] = (),
) -> Activity:
    """Return the activity with the warnings its values call for; raise NotReadable on an impossible value."""
    if started_at is None or duration_s is None:
        raise NotReadable("no_times")
    if started_at.year < FIRST_YEAR or started_at > now + CLOCK_TOLERANCE:
        raise NotReadable("date_impossible")
    if not (0 <= duration_s <= MAX_DURATION_S and 0 <= elapsed_s <= MAX_DURATION_S):
        raise NotReadable("duration_impossible")
    if distance_m is not None and not 0 <= distance_m <= MAX_DISTANCE_M:
        raise NotReadable("distance_impossible")
    return Activity(
        sport=sport,
        started_at=started_at.astimezone(dt.UTC),
        distance_m=None if distance_m is None else round(distance_m, 1),
        duration_s=round(duration_s, 3),
        # Some devices round the two differently; with pauses can never be less than without.
        elapsed_s=round(max(elapsed_s, duration_s), 3),
        warnings=(*warnings, *_follow_from(sport, started_at, distance_m)),
    )


def _follow_from(sport: str, started_at: dt.datetime, distance_m: float | None) -> Iterable[str]:
    if sport != "run":
        yield f"sport_{sport}"
    if started_at.year < FIRST_PLAUSIBLE_YEAR:
        yield "date_implausible"
    if not distance_m:
        yield "no_distance"
