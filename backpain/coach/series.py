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


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The daily value D of one day."""

    on: dt.date
    value: int


def window(readings: Sequence[Reading], on: dt.date, days: int) -> list[Reading]:
    """Return the readings of the last `days` days."""
    low = bisect_left(readings, last_days(on, days), key=_day)
    return list(readings[low : bisect_right(readings, on, key=_day)])


def median_of(readings: Sequence[Reading], *, at_least: int) -> float | None:
    """Return the median, or None when there are too few readings to say."""
    return median([reading.value for reading in readings]) if len(readings) >= at_least else None


def week_median(readings: Sequence[Reading], on: dt.date, *, at_least: int) -> float | None:
    """Return med7, the median of the last 7 days."""
    return median_of(window(readings, on, 7), at_least=at_least)


def earlier_week_median(readings: Sequence[Reading], on: dt.date, *, at_least: int) -> float | None:
    """Return prev7, the median of the 7 days before the last 7."""
    return week_median(readings, days_before(on, 7), at_least=at_least)


def reference(readings: Sequence[Reading], on: dt.date, thresholds: Thresholds) -> float | None:
    """Return ref, the runner's usual pain before the last days, or None at a cold start."""
    low = bisect_left(readings, days_before(on, thresholds.reference_from), key=_day)
    high = bisect_right(readings, days_before(on, thresholds.reference_to), key=_day)
    return median_of(readings[low:high], at_least=thresholds.reference_readings)


def pain_days(readings: Sequence[Reading], thresholds: Thresholds) -> int:
    """Return how many of the readings make a pain day."""
    return sum(reading.value >= thresholds.pain_day for reading in readings)


def is_rise(readings: Sequence[Reading], usual: float | None, thresholds: Thresholds) -> bool:
    """Tell whether the last readings are all well above the usual pain (W-5, W-12)."""
    last = readings[-thresholds.flare_readings :]
    if usual is None or not _close_together(last, thresholds.flare_readings, thresholds):
        return False
    return all(reading.value >= usual + thresholds.flare_rise for reading in last)


def is_flare(readings: Sequence[Reading], usual: float | None, thresholds: Thresholds) -> bool:
    """Tell whether the last readings make a flare (W-5), with or without a reference."""
    if usual is not None:
        return is_rise(readings, usual, thresholds)
    last = readings[-thresholds.flare_readings :]
    return _close_together(last, thresholds.flare_readings, thresholds) and all(
        reading.value >= thresholds.flare_floor for reading in last
    )


def is_severe(readings: Sequence[Reading], thresholds: Thresholds) -> bool:
    """Tell whether the last readings are severe and repeated (W-6)."""
    return _all_at_least(readings, thresholds.severe, thresholds.severe_count, thresholds) or _all_at_least(
        readings, thresholds.high, thresholds.high_count, thresholds
    )


def _all_at_least(readings: Sequence[Reading], score: int, count: int, thresholds: Thresholds) -> bool:
    last = readings[-count:]
    return all(reading.value >= score for reading in last) and _close_together(last, count, thresholds)


def _close_together(readings: Sequence[Reading], count: int, thresholds: Thresholds) -> bool:
    if len(readings) < count:
        return False
    return (readings[-1].on - readings[0].on).days < thresholds.flare_span
