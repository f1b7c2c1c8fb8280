"""Sums over the daily pain series that several rules share. Nothing here fills a gap (M-4)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from statistics import median

from backpain.coach.chronicle import days_before, last_days
from backpain.coach.thresholds import Thresholds

_day = attrgetter("on")


@dataclass(frozen=True, slots=True)
class Reading:
    """The daily value D of one day."""

    on: dt.date
    value: int


def readings_between(readings: Sequence[Reading], first: dt.date, last: dt.date) -> Sequence[Reading]:
    """Return the readings of the days from `first` to `last`, both included."""
    low = bisect_left(readings, first, key=_day)
    return readings[low : bisect_right(readings, last, key=_day)]


def window(readings: Sequence[Reading], on: dt.date, days: int) -> Sequence[Reading]:
    """Return the readings of the last `days` days."""
    return readings_between(readings, last_days(on, days), on)


def median_of(readings: Sequence[Reading], *, at_least: int) -> float | None:
    """Return the median, or None when there are too few readings to say."""
    return median([reading.value for reading in readings]) if len(readings) >= at_least else None


def week_median(readings: Sequence[Reading], on: dt.date, *, at_least: int) -> float | None:
    """Return med7, the median of the last 7 days."""
    return median_of(window(readings, on, 7), at_least=at_least)


def earlier_week_median(readings: Sequence[Reading], on: dt.date, *, at_least: int) -> float | None:
    """Return prev7, the median of the 7 days before the last 7."""
    return week_median(readings, days_before(on, 7), at_least=at_least)


def pain_days(readings: Sequence[Reading], thresholds: Thresholds) -> int:
    """Return how many of the readings make a pain day."""
    return sum(reading.value >= thresholds.pain_day for reading in readings)


def is_flare(readings: Sequence[Reading], usual: float | None, thresholds: Thresholds) -> bool:
    """Tell whether the last readings are all well above the usual pain (W-5, W-12), or high without one."""
    floor = thresholds.flare_floor if usual is None else usual + thresholds.flare_rise
    return _all_at_least(readings, floor, thresholds.flare_readings, thresholds)


def is_severe(readings: Sequence[Reading], thresholds: Thresholds) -> bool:
    """Tell whether the last readings are severe and repeated (W-6)."""
    return _all_at_least(readings, thresholds.severe, thresholds.severe_count, thresholds) or _all_at_least(
        readings, thresholds.high, thresholds.high_count, thresholds
    )


def _all_at_least(readings: Sequence[Reading], score: float, count: int, thresholds: Thresholds) -> bool:
    """Tell whether each of the last `count` readings, close together, is at least `score`."""
    if not readings or readings[-1].value < score:  # as on most days
        return False
    last = readings[-count:]
    if len(last) < count or any(reading.value < score for reading in last):
        return False
    return (last[-1].on - last[0].on).days < thresholds.flare_span
