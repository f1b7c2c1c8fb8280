"""The course of the pain, walked from the first day to today: episodes, rises, what calls for a screen."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from statistics import median

from backpain.coach.series import Reading, is_flare, is_severe
from backpain.coach.thresholds import Thresholds


@dataclass(slots=True, kw_only=True)
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
    flared_on: dt.date | None = None  # the latest day of a flare
    flaring: bool = False
    severe_since: dt.date | None = None
    severe: bool = False
    jump_on: dt.date | None = None  # large enough for a full screen
    nerve_jump_on: dt.date | None = None
    nerve_pain_on: dt.date | None = None


class Walk:
    """Goes through the days in order; each day's course follows from the day before.

    `course` is that of the last day walked. Of earlier days only what the warning signs ask is kept.
    """

    def __init__(
        self,
        pain_by_day: Mapping[dt.date, int],
        *,
        first: dt.date,
        began_on: dt.date | None,
        assessed: Sequence[dt.date],
        thresholds: Thresholds,
    ) -> None:
        self._readings = [Reading(on=day, value=value) for day, value in pain_by_day.items()]
        self._numbers = [day.toordinal() for day in pain_by_day]
        self._values = list(pain_by_day.values())
        self._sore = [value >= thresholds.pain_day for value in self._values]
        self._sore_days = set(compress(pain_by_day, self._sore))
        self._began_on = began_on
        self._assessed = frozenset(assessed)
        self._thresholds = thresholds
        self._number = first.toordinal() - 1
        self._count = bisect_right(self._numbers, self._number)  # readings until the last day walked
        self.course = Course()
        self._onsets: list[tuple[int, dt.date | None]] = []  # each with the first day it holds
        self.severe_days: set[dt.date] = set()
        self.jump_days: set[dt.date] = set()
        if began_on is not None and began_on < first:
            self.course.onsets = (began_on,)
            self._open(began_on)

    def go_to(self, on: dt.date) -> None:
        """Walk the days up to `on`."""
        for number in range(self._number + 1, on.toordinal() + 1):
            self._number = number
            self._step(dt.date.fromordinal(number))

    def onset_on(self, day: dt.date) -> dt.date | None:
        """Return the onset of the episode that was open at the end of a day already walked."""
        place = bisect_right(self._onsets, day.toordinal(), key=lambda held: held[0])
        return self._onsets[place - 1][1] if place else None

    def known(self) -> list[Reading]:
        """Return the readings up to the last day walked, oldest first."""
        return self._readings[: self._count]

    def newest(self) -> Reading | None:
        """Return the newest reading up to the last day walked."""
        return self._readings[self._count - 1] if self._count else None

    def usual(self) -> float | None:
        """Return ref, the runner's usual pain before the last days, or None at a cold start."""
        thresholds = self._thresholds
        low = bisect_left(self._numbers, self._number - thresholds.reference_from)
        high = bisect_right(self._numbers, self._number - thresholds.reference_to)
        return median(self._values[low:high]) if high - low >= thresholds.reference_readings else None

    def _step(self, day: dt.date) -> None:
        if self._count < len(self._numbers) and self._numbers[self._count] == self._number:
            self._count += 1
            self._read(day)
        self._follow_episode(day)
        if self.course.usual is not None:
            self._release(day, self.course.usual)

    def _read(self, day: dt.date) -> None:
        course, thresholds, usual = self.course, self._thresholds, self.usual()
        self._note_jump(day)
        last = self._readings[max(0, self._count - thresholds.flare_span) : self._count]
        was_flaring, was_severe = course.flaring, course.severe
        course.flaring, course.severe = is_flare(last, usual, thresholds), is_severe(last, thresholds)
        if course.flaring:
            course.flared_on = day
            if not was_flaring:
                course.flare_since = day
        if course.severe:
            self.severe_days.add(day)
            if not was_severe:
                course.severe_since = day
        self._add_up(day, usual)
        if course.worse_since is None and usual is not None and self._is_worse(day, usual):
            course.worse_since, course.usual = day, usual

    def _note_jump(self, day: dt.date) -> None:
        course, thresholds = self.course, self._thresholds
        value = self._values[self._count - 1]
        jump = value - self._values[max(0, self._count - 2)]  # none on the first reading
        if jump >= thresholds.vascular_jump:
            self.jump_days.add(day)
        if jump >= thresholds.screen_jump:
            course.jump_on = day
        if jump >= thresholds.nerve_jump:
            course.nerve_jump_on = day
        if value >= thresholds.nerve_pain:
            course.nerve_pain_on = day

    def _add_up(self, day: dt.date, usual: float | None) -> None:
        course, thresholds = self.course, self._thresholds
        if usual is None or usual < thresholds.cusum_reference:
            course.sum, course.left_zero_on = 0, None
            return
        course.sum = max(0, course.sum + self._values[self._count - 1] - usual - thresholds.cusum_slack)
        course.left_zero_on = (course.left_zero_on or day) if course.sum > 0 else None

    def _is_worse(self, day: dt.date, usual: float) -> bool:
        """W-3: the sum is large and lasting, and the gates that keep a flare out are open."""
        course, thresholds = self.course, self._thresholds
        if course.left_zero_on is None or course.sum < thresholds.cusum_limit:
            return False
        last = self._last(thresholds.worse_window)
        above = sum(value >= usual + thresholds.worse_latest for value in last)
        return (
            (day - course.left_zero_on).days >= thresholds.cusum_days
            and last[-1] >= usual + thresholds.worse_latest
            and len(last) >= thresholds.median_readings
            and median(last) >= usual + thresholds.worse_median
            and above >= thresholds.pain_day_share * len(last)
        )

    def _last(self, days: int) -> list[int]:
        """Return the values of the last `days` days."""
        return self._values[bisect_right(self._numbers, self._number - days) : self._count]

    def _open(self, onset: dt.date | None) -> None:
        self.course.onset = onset
        self._onsets.append((self._number, onset))

    def _follow_episode(self, day: dt.date) -> None:
        course = self.course
        if day == self._began_on:
            course.onsets = (*(onset for onset in course.onsets if onset != course.onset), day)
            self._open(day)
        elif course.onset is not None:
            if self._has_recovered(course.onset):
                course.recovered_on = day
                self._open(None)
        elif day in self._sore_days:
            course.onsets = (*course.onsets, day)
            self._open(day)

    def _has_recovered(self, onset: dt.date) -> bool:
        thresholds = self._thresholds
        if self._number - thresholds.recovered_days < onset.toordinal():
            return False
        low = bisect_right(self._numbers, self._number - thresholds.recovered_days)
        sore = sum(self._sore[low : self._count])
        return self._count - low >= thresholds.recovered_readings and sore <= thresholds.recovered_pain_days

    def _release(self, day: dt.date, usual: float) -> None:
        """W-3 stays until assessed or until the week's median is back near the usual."""
        course, thresholds = self.course, self._thresholds
        if day in self._assessed:
            course.worse_since, course.usual, course.sum, course.left_zero_on = None, None, 0, None
            return
        week = self._last(7)
        if len(week) >= thresholds.median_readings and median(week) <= usual + thresholds.worse_released:
            course.worse_since = course.usual = None
