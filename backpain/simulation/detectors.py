"""Simple detectors of worsening that were published or tried (rules.md 9.4), beside ours.

Each takes the readings up to and including a day, by day number, and tells whether it alarms there.
They exist to be beaten: none has the gates that keep a flare out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from statistics import NormalDist, mean, median

WEEK = 7
REFERENCE_FROM, REFERENCE_TO, REFERENCE_READINGS = 41, 10, 10  # section 2, as W-3 has it
ENOUGH = 4  # readings a weekly figure needs
SIGNIFICANCE = 0.05

type Readings = Mapping[int, int]
type Detector = Callable[[Readings], int | None]


def first_alarm(name: str, readings: Readings) -> int | None:
    """Return the first day a detector alarms on a runner's readings."""
    return DETECTORS[name](readings)


def _jump(readings: Readings) -> int | None:
    """Today at least 2 above yesterday."""
    return _first(day for day, value in readings.items() if value - readings.get(day - 1, value) >= 2)


def _week_up(readings: Readings) -> int | None:
    """The mean of 7 days at least 2 above that of the 7 before."""
    return _first(day for day in readings if (_shift(readings, day, WEEK, mean) or 0) >= 2)


def _mann_kendall(readings: Readings) -> int | None:
    """A significant rise in 14 days."""
    return _first(day for day in readings if _rises(_last(readings, day, 14)))


def _slope_or_shift(readings: Readings) -> int | None:
    """A significant slope of at least 2 points in 14 days with a higher weekly median, or a shift of
    the last 10 days; at once.
    """
    return _first(day for day in readings if _climbs(readings, day, 14) or _shifts(readings, day, 10))


def _confirmed(readings: Readings) -> int | None:
    """The same over 28 and 8 days, still so on a reading 3 to 7 days later."""
    signs = [day for day in readings if _climbs(readings, day, 28) or _shifts(readings, day, 8)]
    return _first(day for day in signs if any(3 <= day - earlier <= WEEK for earlier in signs))


def _cusum(limit: float) -> Detector:
    """Return a CUSUM of readings over the reference + 1, without W-3's gates."""

    def detector(readings: Readings) -> int | None:
        total = 0.0
        for day, value, usual in _referenced(readings):
            total = max(0, total + value - usual - 1)
            if total >= limit:
                return day
        return None

    return detector


def _ewma(readings: Readings) -> int | None:
    """A mean with weight 0.2 on the newest, at least 1.8 over the reference."""
    level: float | None = None
    for day, value, usual in _referenced(readings):
        level = (usual if level is None else level) * 0.8 + value * 0.2
        if level - usual >= 1.8:
            return day
    return None


DETECTORS: dict[str, Detector] = {
    "today >= yesterday + 2": _jump,
    "7-day mean up >= 2": _week_up,
    "Mann-Kendall, 14 days": _mann_kendall,
    "14-day slope or 10-day shift": _slope_or_shift,
    "28-day slope or 8-day shift, confirmed": _confirmed,
    "CUSUM k 1, h 4": _cusum(4),
    "CUSUM k 1, h 8": _cusum(8),
    "EWMA 0.2, 1.8 points": _ewma,
}


def _first(days: Iterable[int]) -> int | None:
    return next(iter(days), None)


def _last(readings: Readings, day: int, days: int) -> dict[int, int]:
    return {each: readings[each] for each in range(day - days + 1, day + 1) if each in readings}


def _shift(readings: Readings, day: int, days: int, middle: Callable[[Iterable[int]], float]) -> float | None:
    now, before = _last(readings, day, days).values(), _last(readings, day - days, days).values()
    return middle(now) - middle(before) if min(len(now), len(before)) >= ENOUGH else None


def _shifts(readings: Readings, day: int, days: int) -> bool:
    """The median of so many days is 2 over the reference."""
    usual, last = _reference(readings, day), _last(readings, day, days).values()
    return usual is not None and len(last) >= ENOUGH and median(last) - usual >= 2


def _climbs(readings: Readings, day: int, days: int) -> bool:
    last = _last(readings, day, days)
    if len(last) < ENOUGH or not _rises(last) or _slope(last) * days < 2:
        return False
    return (_shift(readings, day, WEEK, median) or 0) >= 1


def _reference(readings: Readings, day: int) -> float | None:
    days = range(day - REFERENCE_FROM, day - REFERENCE_TO + 1)
    old = [readings[each] for each in days if each in readings]
    return median(old) if len(old) >= REFERENCE_READINGS else None


def _referenced(readings: Readings) -> Iterator[tuple[int, int, float]]:
    for day, value in readings.items():
        usual = _reference(readings, day)
        if usual is not None:
            yield day, value, usual


def _slope(readings: Readings) -> float:
    """Theil and Sen: the median of the slopes between all pairs, in points a day."""
    points = list(readings.items())
    return median((y - v) / (x - u) for i, (x, y) in enumerate(points) for u, v in points[:i])


def _rises(readings: Readings) -> bool:
    """Mann and Kendall, with the correction for ties: a rise at 5 %, two-sided."""
    values = list(readings.values())
    count = len(values)
    s = sum((y > x) - (y < x) for i, y in enumerate(values) for x in values[:i])
    ties = sum(_spread(values.count(value)) for value in set(values))
    variance = (_spread(count) - ties) / 18
    if s <= 0 or variance <= 0:
        return False
    return (s - 1) / math.sqrt(variance) >= NormalDist().inv_cdf(1 - SIGNIFICANCE / 2)


def _spread(count: int) -> int:
    return count * (count - 1) * (2 * count + 5)
