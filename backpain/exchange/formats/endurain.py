"""data/activities.json of Endurain's export: all activities, those recorded with a file named by their id."""

from __future__ import annotations

import datetime as dt
from typing import Any

from backpain.activity_files.activity import NotReadable, checked

from .fittrackee import utc
from .found import Found, Listing, Row, RowRefused, kept, key_of
from .rows import LONGEST_NOTE
from .sports import Sport

FOLDER = "activity_files"
NAMES = {"id", "activity_type", "start_time", "total_timer_time", "total_elapsed_time", "distance"}

_SPORTS = {
    **dict.fromkeys((1, 34), Sport("run", "")),
    2: Sport("run", "trail"),
    **dict.fromkeys((3, 40), Sport("run", "treadmill")),
    **dict.fromkeys((11, 12, 31), Sport("walk", "")),
    **dict.fromkeys((4, 5, 6, 7, 27, 28, 29, 35, 36), Sport("ride", "")),
    **dict.fromkeys((8, 9), Sport("swim", "")),
}
_OTHER = Sport("other", "")


def listing_of(activities: list[dict[str, Any]], now: dt.datetime) -> Listing:
    """Return what the list says of each activity; its dates are UTC. It does not say which have a file."""
    rows = [(activity, _row(activity, row, now)) for row, activity in enumerate(activities, start=1)]
    return Listing(
        files={key_of(f"{FOLDER}/{activity['id']}"): row for activity, row in rows},
        manual=(),
    )


def _row(activity: dict[str, Any], row: int, now: dt.datetime) -> Row:
    try:
        return _found(activity, row, now)
    except NotReadable as refused:
        return RowRefused(row=row, code=refused.code)
    except (TypeError, ValueError, OverflowError):  # the last of a number too large for a float
        return RowRefused(row=row, code="row_number")


def _found(activity: dict[str, Any], row: int, now: dt.datetime) -> Found:
    sport = _SPORTS.get(int(activity["activity_type"]), _OTHER)
    note = "\n".join(text for field in ("description", "private_notes") if (text := activity.get(field)))
    said: dict[str, Any] = {"surface": sport.surface, "note": kept(note, LONGEST_NOTE)}
    return Found(
        activity=checked(
            sport=sport.name,
            started_at=utc(str(activity["start_time"])),
            distance_m=float(activity["distance"]),
            duration_s=float(activity["total_timer_time"]),
            elapsed_s=float(activity["total_elapsed_time"]),
            now=now,
        ),
        said={field: text for field, text in said.items() if text},
        row=row,
        name=str(activity.get("name") or ""),
    )
