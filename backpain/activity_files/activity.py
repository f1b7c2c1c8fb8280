"""An activity as a value, and the limits that every file's numbers must keep before anyone else sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

MAX_BYTES = 20 * 1024 * 1024
MAX_DISTANCE_M = 200_000
MAX_DURATION_S = 86_400
FIRST_YEAR = 1990
# No watch sold before 2000 recorded GPS runs: an earlier date means a device clock that was never set.
FIRST_PLAUSIBLE_YEAR = 2000
# Clocks and time zones differ between a device and the server.
CLOCK_TOLERANCE = dt.timedelta(days=2)
# A file's time without a zone is taken as UTC; this zone of its own remembers that it was a guess.
ASSUMED_UTC = dt.timezone(dt.timedelta(0), "assumed")

_SPORTS = {
    "run": ("9", "run", "running", "trail running", "treadmill running", "track running", "virtual run"),
    "walk": ("walk", "walking", "hike", "hiking"),
    "ride": ("1", "ride", "riding", "biking", "cycling", "e biking", "road biking", "mountain biking"),
    "swim": ("swim", "swimming", "lap swimming", "open water swimming"),
    "unknown": ("", "unknown", "generic"),
}
_SPORT_OF_WORD = {word: sport for sport, words in _SPORTS.items() for word in words}


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

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        started_at = dt.datetime.fromisoformat(values["started_at"])
        return cls(**values | {"started_at": started_at, "warnings": tuple(values["warnings"])})


class NotReadable(Exception):
    """A refusal: `code` is a key of `SENTENCES`, `readable` what a damaged file still told."""

    def __init__(self, code: str, readable: Activity | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.readable = readable


def sport_of(word: str, otherwise: str) -> str:
    """Return the sport that a file's own word means, or `otherwise` for a word we do not know."""
    return _SPORT_OF_WORD.get(word.strip().casefold().replace("_", " "), otherwise)


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
    if started_at.tzinfo is ASSUMED_UTC:
        yield "no_time_zone"
    if started_at.year < FIRST_PLAUSIBLE_YEAR:
        yield "date_implausible"
    if not distance_m:
        yield "no_distance"
