"""The lists that trackers put into their exports beside the files themselves."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from backpain.activity_files.activity import MAX_BYTES, NotReadable

from . import endurain, fittrackee, strava
from .csv import Table, table_of
from .found import Listing

MOST_LISTED = 200_000
# What of an export's JSON is a list; the rest of it is nobody's business.
NAMES = ("user_workouts_data.json", "data/activities.json")
_MAKERS = ((fittrackee.NAMES, fittrackee.listing_of), (endurain.NAMES, endurain.listing_of))


def is_list(name: str) -> bool:
    """Tell whether a file of an archive may be such a list; what it holds decides."""
    path = name.replace("\\", "/").casefold()
    return any(path == each or path.endswith(f"/{each}") for each in NAMES)


def look_at(content: bytes, now: dt.datetime) -> Table | Listing:
    """Return the listing of a tracker's export, or the table that somebody has to name the columns of."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[":
        return _from_json(content, now)
    table = table_of(content)
    return strava.listing_of(content, table, now) if strava.is_activities(table) else table


def _from_json(content: bytes, now: dt.datetime) -> Listing:
    if len(content) > MAX_BYTES:
        raise NotReadable("too_large")
    try:
        rows: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotReadable("damaged") from error
    if not all(isinstance(row, dict) for row in rows) or not rows:
        raise NotReadable("not_an_activity")
    if len(rows) > MOST_LISTED:
        raise NotReadable("too_many_rows")
    for names, listing_of in _MAKERS:
        if all(names <= row.keys() for row in rows):
            return listing_of(rows, now)
    raise NotReadable("not_an_activity")
