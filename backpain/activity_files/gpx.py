"""GPX: a recorded track. Several tracks in one file are one activity with pauses between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gpxpy.geo import Location, length_2d

from .activity import Activity, NotReadable, checked, sport_of
from .markup import instant, steps_back


class _Point(Location):
    def __init__(self, latitude: float, longitude: float, at: dt.datetime | None) -> None:
        super().__init__(latitude, longitude)
        self.at = at


def activity_of(root: Element, *, now: dt.datetime) -> Activity:
    """Return the activity: 2-D distance and recorded time of each stretch, without the pauses between."""
    stretches = [list(_points(segment)) for segment in root.iterfind("{*}trk/{*}trkseg")]
    times = [[point.at for point in points if point.at] for points in stretches]
    usable, timed = sum(map(len, stretches)), sum(map(len, times))
    if not usable:
        raise NotReadable("no_track")
    if timed * 2 < usable:
        raise NotReadable("no_times")
    recorded = [(min(instants), max(instants)) for instants in times if instants]
    started_at, ended_at = min(start for start, _ in recorded), max(end for _, end in recorded)
    left_out = usable < len(root.findall("{*}trk/{*}trkseg/{*}trkpt"))
    return checked(
        sport=sport_of(root.findtext("{*}trk/{*}type") or "", otherwise="unknown"),
        started_at=started_at,
        distance_m=sum((length_2d([*points]) for points in stretches), 0.0),
        duration_s=sum((end - start).total_seconds() for start, end in recorded),
        elapsed_s=(ended_at - started_at).total_seconds(),
        now=now,
        warnings=(["points_left_out"] if left_out else [])
        + (["points_untimed"] if timed < usable else [])
        + (["times_unordered"] if any(map(steps_back, times)) else []),
    )


def _points(segment: Element) -> Iterator[_Point]:
    """Yield the points with a usable position."""
    for element in segment.iterfind("{*}trkpt"):
        try:
            latitude, longitude = float(element.get("lat", "")), float(element.get("lon", ""))
        except ValueError:
            continue
        # NaN and infinity are floats too; they fail these comparisons.
        if -90 <= latitude <= 90 and -180 <= longitude <= 180:
            yield _Point(latitude, longitude, instant(element.findtext("{*}time")))
