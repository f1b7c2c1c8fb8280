"""TCX: activities made of laps, each with its own totals; where a tracker left them out, its trackpoints tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gpxpy.geo import Location, length_2d

from .activity import Activity, NotReadable, all_of, checked, sport_of
from .markup import instant, position, steps_back
from .places import settled


def activities_of(root: Element, *, now: dt.datetime, zone: str) -> list[Activity]:
    """Return every activity of the file, those of a multisport session one by one."""
    elements = [*root.iter("Activity")]
    if not elements:
        raise NotReadable("not_an_activity")
    return all_of(elements, lambda element: [_activity(element, now=now, zone=zone)])


def _activity(element: Element, *, now: dt.datetime, zone: str) -> Activity:
    laps = element.findall("Lap")
    instants = [time for lap in laps for time in _times(lap)]
    first = _started_at(element, laps, instants)
    if first is None:
        raise NotReadable("no_times")
    started_at, warnings = settled(first, place=next(_places(element), None), zone=zone)
    return checked(
        sport=sport_of(element.get("Sport", ""), otherwise="other"),
        started_at=started_at,
        distance_m=_distance_m(element, laps),
        duration_s=_duration_s(laps),
        elapsed_s=(max(instants) - first).total_seconds() if instants else 0.0,
        now=now,
        warnings=(["times_unordered"] if steps_back(instants) else []) + warnings,
    )


def _started_at(element: Element, laps: list[Element], instants: list[dt.datetime]) -> dt.datetime | None:
    stated = instant(laps[0].get("StartTime") if laps else None) or instant(element.findtext("Id"))
    return stated or next(iter(instants), None)


def _distance_m(element: Element, laps: list[Element]) -> float | None:
    """Return the laps' sum; where one is missing or all are 0, what the trackpoints count or else cover."""
    stated = [metres for lap in laps if (metres := _number(lap, "DistanceMeters")) is not None]
    if len(stated) == len(laps) and sum(stated) != 0:
        return sum(stated)
    counted = [
        metres
        for point in element.iter("Trackpoint")
        if (metres := _number(point, "DistanceMeters")) is not None
    ]
    # A leg of a multisport session may go on counting where the one before it stopped.
    metres = max(counted) - min(counted) if counted else 0.0
    return (
        metres
        or length_2d([Location(*place) for place in _places(element)])
        or (sum(stated) if stated else None)
    )


def _duration_s(laps: list[Element]) -> float | None:
    """Return the sum of the laps; one without a total lasts as long as its trackpoints."""
    lasted = [seconds for lap in laps if (seconds := _lap_s(lap)) is not None]
    return sum(lasted) if lasted else None


def _lap_s(lap: Element) -> float | None:
    stated = _number(lap, "TotalTimeSeconds")
    if stated or not (times := _times(lap)):
        return stated
    return (max(times) - (instant(lap.get("StartTime")) or min(times))).total_seconds()


def _times(lap: Element) -> list[dt.datetime]:
    return [time for point in lap.iter("Trackpoint") if (time := instant(point.findtext("Time")))]


def _places(element: Element) -> Iterator[tuple[float, float]]:
    for found in element.iterfind(".//Trackpoint/Position"):
        if place := position(found.findtext("LatitudeDegrees"), found.findtext("LongitudeDegrees")):
            yield place


def _number(element: Element, name: str) -> float | None:
    text = element.findtext(name)
    try:
        return float(text) if text and text.strip() else None
    except ValueError as error:
        raise NotReadable("damaged") from error
