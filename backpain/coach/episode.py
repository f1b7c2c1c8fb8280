"""What else an episode shows beside its daily pain: affected runs, rest, spread, a slow drift (W-2, W-4, W-7, W-8)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from statistics import fmean, median

from backpain.coach.chronicle import Chronicle, days_before, last_days
from backpain.coach.series import Reading, readings_between
from backpain.coach.thresholds import Thresholds


@dataclass(frozen=True, kw_only=True)
class Affected:
    """A run that was stopped, shortened, limped through or skipped because of back pain."""

    on: dt.date
    how: str


@dataclass(frozen=True, kw_only=True)
class Rested:
    """A block of rest days, cut at today if it is still going on."""

    first: dt.date
    last: dt.date
    start: int | None = None
    end: int | None = None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A site away from the low back: its first report in this episode and its latest."""

    site: str
    first_on: dt.date
    last_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Drift:
    """The last two weeks beside the weeks t-69 to t-42 (W-4)."""

    recent_mean: float
    recent_median: float
    old_mean: float
    old_median: float


def affected_of(chronicle: Chronicle, on: dt.date, thresholds: Thresholds) -> tuple[Affected, ...]:
    """Return the affected runs of the last days, oldest first."""
    first = last_days(on, thresholds.affected_days)
    found = [
        Affected(on=day, how=min(signs))
        for day, run in chronicle.runs.between(first, on)
        if run.activity != "walk" and (signs := run.signs & {"stopped", "shortened", "limp"})
    ]
    skipped = chronicle.skipped.between(first, on)
    found += [Affected(on=day, how="skipped") for day, because in skipped if because == "back-pain"]
    return tuple(sorted(found, key=lambda affected: (affected.on, affected.how)))


def rested_of(chronicle: Chronicle, on: dt.date, thresholds: Thresholds) -> Rested | None:
    """Return the latest long enough rest that ended lately; blocks that touch are one."""
    blocks: list[Rested] = []
    for first, rest in chronicle.rests.between(dt.date.min, on):
        end = rest.pain_at_end if rest.to_on <= on else None
        block = Rested(first=first, last=min(rest.to_on, on), start=rest.pain_at_start, end=end)
        if blocks and (first - blocks[-1].last).days <= 1:
            before = blocks.pop()
            later = max(block, before, key=attrgetter("last"))
            block = Rested(first=before.first, last=later.last, start=before.start, end=later.end)
        blocks.append(block)
    lately = days_before(on, thresholds.rest_ended)
    long_enough = [b for b in blocks if b.days >= thresholds.rest_days and b.last >= lately]
    return _with_daily_values(long_enough[-1], chronicle.pain_by_day) if long_enough else None


def _with_daily_values(block: Rested, pain_by_day: Mapping[dt.date, int]) -> Rested:
    start = block.start if block.start is not None else pain_by_day.get(block.first)
    end = block.end if block.end is not None else pain_by_day.get(block.last)
    return replace(block, start=start, end=end)


def sites_told(chronicle: Chronicle) -> dict[str, list[dt.date]]:
    """Return the days on which each site away from the low back was told of, oldest first."""
    days: dict[str, set[dt.date]] = {}
    for day, entry in chronicle.told():
        for site in entry.sites:
            if not site.startswith("low-back-"):
                days.setdefault(site, set()).add(day)
    return {site: sorted(days[site]) for site in sorted(days)}


def spread_of(
    sites: Mapping[str, Sequence[dt.date]], onset: dt.date | None, on: dt.date, thresholds: Thresholds
) -> tuple[Spread, ...]:
    """Return the sites told of lately, each with its first report in the episode."""
    lately = last_days(on, thresholds.spread_days)
    since = dt.date.min if onset is None else min(onset, lately)
    found = []
    for site, days in sites.items():
        told = days[bisect_left(days, since) : bisect_right(days, on)]
        if told and told[-1] >= lately:
            found.append(Spread(site=site, first_on=told[0], last_on=told[-1]))
    return tuple(found)


def drift_of(readings: Sequence[Reading], on: dt.date, thresholds: Thresholds) -> Drift | None:
    """Return the last two weeks beside those two months ago, or None with too few readings."""
    recent = [r.value for r in readings_between(readings, last_days(on, thresholds.drift_days), on)]
    first, last = days_before(on, thresholds.drift_old_from), days_before(on, thresholds.drift_old_to)
    old = [reading.value for reading in readings_between(readings, first, last)]
    if len(recent) < thresholds.drift_readings or len(old) < thresholds.drift_old_readings:
        return None
    return Drift(
        recent_mean=fmean(recent),
        recent_median=median(recent),
        old_mean=fmean(old),
        old_median=median(old),
    )
