"""user_workouts_data.json of FitTrackee's export: all workouts, most with a file in the folder gpx."""

from __future__ import annotations

import datetime as dt
from typing import Any

from backpain.activity_files.activity import NotReadable, checked

from .found import Found, Listing, Row, RowRefused, kept, key_of
from .numbers import Unreadable, duration_s
from .rows import LONGEST_NOTE
from .sports import sport_named

FOLDER = "gpx"
NAMES = {"workout_date", "sport_label", "duration", "distance"}


def listing_of(workouts: list[dict[str, Any]], now: dt.datetime) -> Listing:
    """Return what the list says of each workout; its dates are UTC, its distances km."""
    files: dict[str, Row] = {}
    manual: list[Row] = []
    for row, workout in enumerate(workouts, start=1):
        found = _row(workout, row, now)
        if workout.get("gpx"):
            files[key_of(f"{FOLDER}/{workout['gpx']}")] = found
        else:
            manual.append(found)
    return Listing(files=files, manual=tuple(manual))


def _row(workout: dict[str, Any], row: int, now: dt.datetime) -> Row:
    try:
        return _found(workout, row, now)
    except NotReadable as refused:
        return RowRefused(row=row, code=refused.code)
    except (TypeError, ValueError, OverflowError):  # the last of a number too large for a float
        return RowRefused(row=row, code="row_number")


def _found(workout: dict[str, Any], row: int, now: dt.datetime) -> Found:
    sport = sport_named(str(workout["sport_label"]))
    distance = workout["distance"]
    note = "\n".join(text for field in ("description", "notes") if (text := workout.get(field)))
    said = {"surface": sport.surface, "note": kept(note, LONGEST_NOTE)}
    return Found(
        activity=checked(
            sport=sport.name,
            started_at=utc(str(workout["workout_date"])),
            distance_m=None if distance is None else 1000 * float(distance),
            duration_s=_seconds(workout.get("moving") or workout["duration"]),
            elapsed_s=_seconds(workout["duration"]),
            now=now,
        ),
        said={field: text for field, text in said.items() if text},
        row=row,
        name=str(workout.get("title") or ""),
    )


def utc(text: str) -> dt.datetime:
    """Return the instant of a database's own text for it."""
    at = dt.datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _seconds(text: object) -> float:
    if not isinstance(text, str):  # "0:47:12" is as it was stored
        raise Unreadable
    return duration_s(text, "clock", ".")
