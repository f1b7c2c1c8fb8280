"""GPX: recorded tracks. Several in one file are one activity with pauses between them, unless they lie far apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from gpxpy.geo import Location, length_2d

from .activity import Activity, NotReadable, all_of, checked, sport_of
from .markup import instant, position, steps_back
from .places import settled

# Watches start a new track after each pause or loss of signal; nobody pauses a run for half a day. Two runs of
# one day that are closer come in as one, which is right for the day's load.
APART = dt.timedelta(hours=6)


class _Point(Location):
    def __init__(self, latitude: float, longitude: float, at: dt.datetime | None) -> None:
        super().__init__(latitude, longitude)
        self.at = at


@dataclass
class _Outing:
    """Tracks that belong together, as stretches of points without a pause."""

    sport: str
    stretches: list[list[_Point]] = field(default_factory=list)
    points_left_out: bool = False

    @property
    def times(self) -> list[list[dt.datetime]]:
        return [times for points in self.stretches if (times := [point.at for point in points if point.at])]

    def goes_on_with(self, other: _Outing) -> bool:
        if "unknown" not in (self.sport, other.sport) and self.sport != other.sport:
            return False
        if not (self.times and other.times):
            return True
        return min(map(min, other.times)) - max(map(max, self.times)) <= APART

    def add(self, other: _Outing) -> None:
        if self.sport == "unknown":
            self.sport = other.sport
        self.stretches += other.stretches
        self.points_left_out |= other.points_left_out


def activities_of(root: Element, *, now: dt.datetime, zone: str) -> list[Activity]:
    """Return the activities: 2-D distance and recorded time of each stretch, without the pauses between."""
    outings: list[_Outing] = []
    for track in root.iterfind("trk"):
        outing = _outing(track, root.get("creator", ""))
        if outings and outings[-1].goes_on_with(outing):
            outings[-1].add(outing)
        else:
            outings.append(outing)
    if not outings:
        raise NotReadable("no_track")
    return all_of(outings, lambda outing: [_activity(outing, now=now, zone=zone)])


def _outing(track: Element, creator: str) -> _Outing:
    stretches = [list(_points(segment)) for segment in track.iterfind("trkseg")]
    kind = (track.findtext("type") or "").strip()
    if not kind and creator.casefold().startswith("runkeeper"):
        kind = (track.findtext("name") or "").strip().partition(" ")[0]  # "Running 10/26/13 5:09 pm"
    left_out = sum(map(len, stretches)) < len(track.findall("trkseg/trkpt"))
    return _Outing(sport_of(kind, otherwise="unknown"), stretches, left_out)


def _activity(outing: _Outing, *, now: dt.datetime, zone: str) -> Activity:
    usable, timed = sum(map(len, outing.stretches)), sum(map(len, outing.times))
    if not usable:
        raise NotReadable("no_track")
    if timed * 2 < usable:
        raise NotReadable("no_times")
    recorded = [(min(times), max(times)) for times in outing.times]
    first, ended_at = min(start for start, _ in recorded), max(end for _, end in recorded)
    begin = next(point for points in outing.stretches for point in points)
    started_at, warnings = settled(first, place=(begin.latitude, begin.longitude), zone=zone)
    return checked(
        sport=outing.sport,
        started_at=started_at,
        distance_m=sum((length_2d([*points]) for points in outing.stretches), 0.0),
        duration_s=sum((end - start).total_seconds() for start, end in recorded),
        elapsed_s=(ended_at - first).total_seconds(),
        now=now,
        warnings=(["points_left_out"] if outing.points_left_out else [])
        + (["points_untimed"] if timed < usable else [])
        + (["times_unordered"] if any(map(steps_back, outing.times)) else [])
        + warnings,
    )


def _points(segment: Element) -> Iterator[_Point]:
    """Yield the points with a usable position."""
    for element in segment.iterfind("trkpt"):
        if place := position(element.get("lat"), element.get("lon")):
            yield _Point(*place, instant(element.findtext("time")))
