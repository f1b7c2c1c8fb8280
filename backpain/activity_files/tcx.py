"""TCX: an activity made of laps, each with its own totals."""

from __future__ import annotations

import datetime as dt
from xml.etree.ElementTree import Element

from .activity import Activity, NotReadable, checked, sport_of
from .markup import instant, steps_back


def activity_of(root: Element, *, now: dt.datetime) -> Activity:
    """Return the first run of the file, or its first activity when none is a run."""
    activities = root.findall(".//{*}Activity")
    if not activities:
        raise NotReadable("not_an_activity")
    chosen = next((each for each in activities if _sport(each) == "run"), activities[0])
    return _activity(chosen, now=now, warnings=["several_activities"] if len(activities) > 1 else [])


def _activity(element: Element, *, now: dt.datetime, warnings: list[str]) -> Activity:
    laps = element.findall("{*}Lap")
    started_at = instant(laps[0].get("StartTime") if laps else None) or instant(element.findtext("{*}Id"))
    instants = [
        time for point in element.iterfind(".//{*}Trackpoint") if (time := instant(point.findtext("{*}Time")))
    ]
    return checked(
        sport=_sport(element),
        started_at=started_at,
        distance_m=_total(laps, "DistanceMeters"),
        duration_s=_total(laps, "TotalTimeSeconds"),
        elapsed_s=(max(instants) - started_at).total_seconds() if started_at and instants else 0.0,
        now=now,
        warnings=warnings + (["times_unordered"] if steps_back(instants) else []),
    )


def _sport(element: Element) -> str:
    return sport_of(element.get("Sport", ""), otherwise="other")


def _total(laps: list[Element], name: str) -> float | None:
    """Return the sum over the laps that give a value, None when no lap does."""
    texts = [text for lap in laps if (text := lap.findtext(f"{{*}}{name}"))]
    try:
        return sum(map(float, texts)) if texts else None
    except ValueError as error:
        raise NotReadable("damaged") from error
