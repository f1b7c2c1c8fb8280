"""The course of the pain, walked from the first day to today: episodes, rises, what calls for a screen."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from backpain.coach.chronicle import days_before, last_days
from backpain.coach.series import (
    Reading,
    is_flare,
    is_severe,
    median_of,
    pain_days,
    reference,
    window,
)
from backpain.coach.thresholds import Thresholds


@dataclass(frozen=True, kw_only=True)
class Course:
    """Where the pain stands at the end of one day.

    `onset` is that of the open episode, `recovered_on` the end of the one before. `sum` is the gated
    CUSUM of W-3 and `left_zero_on` the day it began to grow; `worse_since` is the day W-3 fired and
    `usual` the reference of that day. The `..._on` days are the latest triggers of a screen (R-0).
    """

    onset: dt.date | None = None
    onsets: tuple[dt.date, ...] = ()
    recovered_on: dt.date | None = None
    sum: float = 0
    left_zero_on: dt.date | None = None
    worse_since: dt.date | None = None
    usual: float | None = None
    flare_since: dt.date | None = None
    flaring: bool = False
    severe_since: dt.date | None = None
    severe: bool = False
    jump: int = 0  # today's reading minus the one before
    jump_on: dt.date | None = None  # large enough for a full screen
    nerve_jump_on: dt.date | None = None
    nerve_pain_on: dt.date | None = None


class Walk:
    """Goes through the days in order; each day's course follows from the day before."""

    def __init__(
        self,
        pain_by_day: Mapping[dt.date, int],
        *,
        began_on: dt.date | None,
        assessed: Sequence[dt.date],
        thresholds: Thresholds,
    ) -> None:
        self._all = [Reading(on=day, value=value) for day, value in pain_by_day.items()]
        self._days = [reading.on for reading in self._all]
        self._values = pain_by_day
        self._began_on = began_on
        self._assessed = sorted(assessed)
        self._thresholds = thresholds

    def courses(self, first: dt.date, last: dt.date) -> dict[dt.date, Course]:
        """Return the course of every day from `first` to `last`."""
        course = Course()
        if self._began_on is not None and self._began_on < first:
            course = replace(course, onset=self._began_on, onsets=(self._began_on,))
        courses: dict[dt.date, Course] = {}
        for number in range(first.toordinal(), last.toordinal() + 1):
            day = dt.date.fromordinal(number)
            course = self._next(course, day)
            courses[day] = course
        return courses

    def _next(self, before: Course, day: dt.date) -> Course:
        course = before
        if day in self._values:
            course = self._read(before, day)
        elif before.jump:
            course = replace(before, jump=0)
        course = self._episode(course, day)
        return self._release(course, day)

    def _recent(self, day: dt.date, days: int) -> list[Reading]:
        """Return the readings of the last `days` days, found by bisection: this runs for every day."""
        low = bisect_right(self._days, days_before(day, days))
        return self._all[low : bisect_right(self._days, day)]

    def _read(self, course: Course, day: dt.date) -> Course:
        thresholds = self._thresholds
        recent = self._recent(day, thresholds.reference_from + 1)
        usual = reference(recent, day, thresholds)
        flaring, severe = is_flare(recent, usual, thresholds), is_severe(recent, thresholds)
        course = replace(
            course,
            flaring=flaring,
            flare_since=day if flaring and not course.flaring else course.flare_since,
            severe=severe,
            severe_since=day if severe and not course.severe else course.severe_since,
            **self._triggers(course, day),
            **self._sum(course, day, usual),
        )
        if course.worse_since is None and self._is_worse(course, recent, usual):
            return replace(course, worse_since=day, usual=usual)
        return course

    def _triggers(self, course: Course, day: dt.date) -> dict[str, Any]:
        thresholds = self._thresholds
        value = self._values[day]
        index = bisect_right(self._days, day) - 1
        jump = value - self._all[index - 1].value if index > 0 else 0
        return {
            "jump": jump,
            "jump_on": day if jump >= thresholds.screen_jump else course.jump_on,
            "nerve_jump_on": day if jump >= thresholds.nerve_jump else course.nerve_jump_on,
            "nerve_pain_on": day if value >= thresholds.nerve_pain else course.nerve_pain_on,
        }

    def _sum(self, course: Course, day: dt.date, usual: float | None) -> dict[str, Any]:
        if usual is None or usual < self._thresholds.cusum_reference:
            return {"sum": 0, "left_zero_on": None}
        total = max(0, course.sum + self._values[day] - usual - self._thresholds.cusum_slack)
        return {"sum": total, "left_zero_on": (course.left_zero_on or day) if total > 0 else None}

    def _is_worse(self, course: Course, recent: list[Reading], usual: float | None) -> bool:
        """W-3: the sum is large and lasting, and the gates that keep a flare out are open."""
        thresholds = self._thresholds
        latest = recent[-1]
        if usual is None or course.left_zero_on is None or course.sum < thresholds.cusum_limit:
            return False
        last = window(recent, latest.on, thresholds.worse_window)
        middle = median_of(last, at_least=thresholds.median_readings)
        above = [reading for reading in last if reading.value >= usual + thresholds.worse_latest]
        return (
            (latest.on - course.left_zero_on).days >= thresholds.cusum_days
            and latest.value >= usual + thresholds.worse_latest
            and middle is not None
            and middle >= usual + thresholds.worse_median
            and len(above) >= thresholds.pain_day_share * len(last)
        )

    def _episode(self, course: Course, day: dt.date) -> Course:
        if day == self._began_on:
            others = tuple(onset for onset in course.onsets if onset != course.onset)
            return replace(course, onset=day, onsets=(*others, day))
        if course.onset is None:
            if self._values.get(day, 0) >= self._thresholds.pain_day:
                return replace(course, onset=day, onsets=(*course.onsets, day))
            return course
        return replace(course, onset=None, recovered_on=day) if self._recovered(course.onset, day) else course

    def _recovered(self, onset: dt.date, day: dt.date) -> bool:
        thresholds = self._thresholds
        if last_days(day, thresholds.recovered_days) <= onset:
            return False
        last = self._recent(day, thresholds.recovered_days)
        return (
            len(last) >= thresholds.recovered_readings
            and pain_days(last, thresholds) <= thresholds.recovered_pain_days
        )

    def _release(self, course: Course, day: dt.date) -> Course:
        """W-3 stays until assessed or until the week's median is back near the usual."""
        if course.worse_since is None or course.usual is None:
            return course
        if any(course.worse_since <= assessed <= day for assessed in self._assessed):
            return replace(course, worse_since=None, usual=None, sum=0, left_zero_on=None)
        week = self._recent(day, 7)
        eased = len(week) >= self._thresholds.median_readings and (
            median(reading.value for reading in week) <= course.usual + self._thresholds.worse_released
        )
        return replace(course, worse_since=None, usual=None) if eased else course
