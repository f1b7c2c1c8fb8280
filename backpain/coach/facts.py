"""The only derivation: a history and a day become the facts that every rule reads.

Facts are stored with each advice, so a decision can be recomputed from them to the letter. Nothing
dated after the day is in them. What a rule compares is kept as values; whether it fires is the rules'.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import mean, median
from typing import Any

from backpain.coach.bouts import Bout, Grade, grade, is_bad, run_bout, session_bout
from backpain.coach.chronicle import ENTRY_DAYS, SET_DAYS, Chronicle, days_before, known, last_days
from backpain.coach.codec import from_data, to_data
from backpain.coach.course import Course, Walk
from backpain.coach.history import History, Runner
from backpain.coach.ladders import Catalogue
from backpain.coach.loads import Loads, LoggedRun, compare, loads_of, spikes_of
from backpain.coach.series import Reading, earlier_week_median, reference, week_median, window
from backpain.coach.signs import Screens, SignBook, Signs
from backpain.coach.thresholds import SHIPPED, Thresholds
from backpain.coach.training import (
    LadderFacts,
    LoggedSession,
    is_new_work,
    ladders_of,
    level_ups,
    strength_days,
)

READING_DAYS = 28  # the longest window a rule reads day by day


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


@dataclass(frozen=True, kw_only=True)
class Facts:
    on: dt.date
    birth_year: int | None = None
    conditions: frozenset[str] = frozenset()
    began_on: dt.date | None = None
    first_ever_episode: bool | None = None
    episodes_last_12_months: int | None = None
    # pain
    readings: tuple[Reading, ...] = ()  # of the last 28 days, oldest first
    newest: Reading | None = None
    usual: float | None = None  # ref
    worse_since: dt.date | None = None  # W-3 fired and still stands
    usual_at_firing: float | None = None
    drift: Drift | None = None
    # episode
    onset: dt.date | None = None
    earlier_onsets: tuple[dt.date, ...] = ()  # in the last 365 days
    recovered_on: dt.date | None = None
    assessed_on: dt.date | None = None
    cleared_on: dt.date | None = None
    affected: tuple[Affected, ...] = ()
    rested: Rested | None = None
    spread: tuple[Spread, ...] = ()
    # bouts
    last_run: Bout | None = None
    last_session: Bout | None = None
    graded_run: Bout | None = None
    graded_session: Bout | None = None
    bout_today: Bout | None = None  # the one that began with most pain (P-9)
    bad_days: tuple[dt.date, ...] = ()  # of BAD bouts in the last 28 days
    stage: int | None = None
    loads: Loads = field(default_factory=Loads)
    # strength work
    strength_days: tuple[dt.date, ...] = ()  # in the last 10 days
    level_up_on: dt.date | None = None
    ladders: tuple[LadderFacts, ...] = ()
    # warning signs
    signs: Signs
    standing: tuple[Signs, ...] = ()
    screens: Screens = field(default_factory=Screens)

    @property
    def episode_days(self) -> int | None:
        """EL, whole days since the onset; None without an open episode."""
        return None if self.onset is None else (self.on - self.onset).days

    @property
    def years(self) -> int | None:
        """The most years the runner can have lived; for "at least" limits."""
        return None if self.birth_year is None else self.on.year - self.birth_year

    def is_under(self, age: int) -> bool:
        """Tell whether the runner can still be under `age`; False when the birth year is unknown."""
        return self.years is not None and self.years - 1 < age

    def is_chronic(self, thresholds: Thresholds) -> bool:
        """P-8, assessed-chronic mode: assessed, cleared and not getting worse."""
        if self.episode_days is None or self.episode_days < thresholds.chronic_days:
            return False
        cared_for = self.assessed_on is not None and self.cleared_on is not None
        return cared_for and not self.is_worsening(thresholds)

    def is_worsening(self, thresholds: Thresholds) -> bool:
        """Tell whether a rise or drift of the pain stands (W-3, W-3c, W-4)."""
        return self.worse_since is not None or self.rises_from_cold(thresholds) or self.drifts(thresholds)

    def has_level_up(self, thresholds: Thresholds) -> bool:
        """Tell whether a level-up happened in the last week (X-1)."""
        return self.level_up_on is not None and self.level_up_on >= last_days(
            self.on, thresholds.level_up_days
        )

    def rises_from_cold(self, thresholds: Thresholds) -> bool:
        """W-3c: no reference yet, and a clear rise now and 3 to 7 days ago."""
        if self.usual is not None or not self._rose_on(self.on, thresholds):
            return False
        nearest, farthest = thresholds.cold_start_apart
        earlier = (days_before(self.on, days) for days in range(nearest, farthest + 1))
        return any(self._rose_on(day, thresholds) for day in earlier)

    def drifts(self, thresholds: Thresholds) -> bool:
        """W-4: the last two weeks are well above two months ago."""
        drift = self.drift
        return drift is not None and (
            drift.old_mean >= thresholds.drift_old_mean
            and drift.recent_mean - drift.old_mean >= thresholds.drift_rise
            and drift.recent_median - drift.old_median >= thresholds.drift_rise
        )

    def _rose_on(self, day: dt.date, thresholds: Thresholds) -> bool:
        now = week_median(self.readings, day, at_least=thresholds.median_readings)
        before = earlier_week_median(self.readings, day, at_least=thresholds.median_readings)
        return (
            now is not None
            and before is not None
            and before >= thresholds.cold_start_before
            and now >= thresholds.cold_start_now
            and now - before >= thresholds.cold_start_rise
        )

    def as_data(self) -> dict[str, Any]:
        """Return the facts as JSON-ready data; `facts_from_data` is its inverse."""
        data: dict[str, Any] = to_data(self)
        return data


def facts_from_data(data: dict[str, Any]) -> Facts:
    """Return the facts whose `as_data` is `data`."""
    return from_data(Facts, data)


def facts_from(
    history: History, on: dt.date, *, catalogue: Catalogue, thresholds: Thresholds = SHIPPED
) -> Facts:
    """Return what the coach knows on a day. The thresholds define what a pain day or a GOOD bout is."""
    return _Derivation(
        Chronicle(known(history, on)),
        on,
        is_last_day=_is_last_day(history, on),
        catalogue=catalogue,
        thresholds=thresholds,
    ).facts()


def _is_last_day(history: History, on: dt.date) -> bool:
    """Tell whether nothing is dated later; only a placement without a date asks."""
    if all(placement.since is not None for placement in history.placements):
        return True
    last_day = Chronicle(history).last_day
    return last_day is None or on >= last_day


class _Derivation:
    """Composes the parts for one day."""

    def __init__(
        self,
        chronicle: Chronicle,
        on: dt.date,
        *,
        is_last_day: bool,
        catalogue: Catalogue,
        thresholds: Thresholds,
    ) -> None:
        self.chronicle = chronicle
        self.on = on
        self.is_last_day = is_last_day
        self.catalogue = catalogue
        self.thresholds = thresholds
        self.pain = chronicle.pain_by_day
        self.readings = [Reading(on=day, value=value) for day, value in self.pain.items()]
        self.courses = self._courses()

    def _courses(self) -> dict[dt.date, Course]:
        assessed = [care.on for care in self.chronicle.care.entries if care.assessed]
        walk = Walk(
            self.pain,
            began_on=self.chronicle.runner.pain_began_on,
            assessed=assessed,
            thresholds=self.thresholds,
        )
        first = max(last_days(self.on, ENTRY_DAYS), self.chronicle.first_day or self.on)
        return walk.courses(min(first, self.on), self.on)

    def facts(self) -> Facts:
        on, thresholds, course = self.on, self.thresholds, self.courses[self.on]
        runs, sessions = self._runs(), self._sessions()
        book = SignBook(self.chronicle, self.courses, spikes=(), thresholds=thresholds)
        base = Facts(
            on=on,
            **_profile(self.chronicle.runner),
            readings=tuple(window(self.readings, on, READING_DAYS)),
            newest=self.readings[-1] if self.readings else None,
            usual=reference(self.readings, on, thresholds),
            worse_since=course.worse_since,
            usual_at_firing=course.usual,
            drift=self._drift(),
            onset=course.onset,
            earlier_onsets=tuple(
                o for o in course.onsets if o != course.onset and (on - o).days < thresholds.recurrence_days
            ),
            recovered_on=course.recovered_on,
            assessed_on=book.assessed_on(on),
            cleared_on=book.cleared_on(on),
            affected=self._affected(),
            rested=self._rested(),
            spread=self._spread(course.onset),
            signs=Signs(on=on),
        )
        return self._with_training(base, runs, sessions)

    def _with_training(
        self, base: Facts, runs: Sequence[LoggedRun], sessions: Sequence[LoggedSession]
    ) -> Facts:
        on, thresholds = self.on, self.thresholds
        chronic = base.is_chronic(thresholds)
        compared = compare(runs, thresholds, chronic=chronic)
        book = SignBook(self.chronicle, self.courses, spikes=spikes_of(compared), thresholds=thresholds)
        bouts = [*(run.bout for run in runs), *(session.bout for session in sessions)]
        today = [bout for bout in bouts if bout.on == on]
        stages = [run.run.stage for run in runs if run.run.stage is not None]
        lately, recent = last_days(on, READING_DAYS), last_days(on, thresholds.strength_days_window)
        first_set = last_days(on, SET_DAYS)
        return replace(
            base,
            last_run=runs[-1].bout if runs else None,
            last_session=sessions[-1].bout if sessions else None,
            graded_run=_latest_graded([run.bout for run in runs], thresholds),
            graded_session=_latest_graded([session.bout for session in sessions], thresholds),
            bout_today=max(today, key=lambda bout: bout.before or 0, default=None),
            bad_days=tuple(sorted(b.on for b in bouts if b.on >= lately and is_bad(b, thresholds))),
            stage=stages[-1] if stages else None,
            loads=loads_of(compared, on, thresholds),
            strength_days=tuple(day for day in strength_days(self.catalogue, sessions) if day >= recent),
            level_up_on=max(level_ups(self.catalogue, sessions, self.chronicle.placements, on), default=None),
            ladders=ladders_of(
                self.catalogue,
                [session for session in sessions if session.on >= first_set],
                self.chronicle.placements,
                on=on,
                is_last_day=self.is_last_day,
                equipment=self.chronicle.runner.equipment,
                thresholds=thresholds,
            ),
            signs=book.today(on),
            standing=book.standing(on),
            screens=book.screens(on),
        )

    def _runs(self) -> list[LoggedRun]:
        """Return the runs, oldest first; a walk is no run (contract)."""
        dated = zip(self.chronicle.runs.days, self.chronicle.runs.entries, strict=True)
        return [
            LoggedRun(day, run, run_bout(run, on=day, pain_by_day=self.pain))
            for day, run in dated
            if run.activity != "walk"
        ]

    def _sessions(self) -> list[LoggedSession]:
        days, entries = self.chronicle.sessions.days, self.chronicle.sessions.entries
        return [
            LoggedSession(
                day,
                session,
                session_bout(
                    session,
                    on=day,
                    pain_by_day=self.pain,
                    something_new=bool(session.ordinary_soreness) and is_new_work(session, entries[:index]),
                ),
            )
            for index, (day, session) in enumerate(zip(days, entries, strict=True))
        ]

    def _drift(self) -> Drift | None:
        on, thresholds = self.on, self.thresholds
        recent = [reading.value for reading in window(self.readings, on, thresholds.drift_days)]
        first, last = days_before(on, thresholds.drift_old_from), days_before(on, thresholds.drift_old_to)
        old = [r.value for r in self.readings if first <= r.on <= last]
        if len(recent) < thresholds.drift_readings or len(old) < thresholds.drift_old_readings:
            return None
        return Drift(
            recent_mean=mean(recent), recent_median=median(recent), old_mean=mean(old), old_median=median(old)
        )

    def _affected(self) -> tuple[Affected, ...]:
        first = last_days(self.on, self.thresholds.affected_days)
        runs = self.chronicle.runs.between(first, self.on)
        found = [
            Affected(on=day, how=sorted(signs)[0])
            for day, run in runs
            if run.activity != "walk" and (signs := run.signs & {"stopped", "shortened", "limp"})
        ]
        skipped = self.chronicle.skipped.between(first, self.on)
        found += [Affected(on=day, how="skipped") for day, because in skipped if because == "back-pain"]
        return tuple(sorted(found, key=lambda affected: (affected.on, affected.how)))

    def _rested(self) -> Rested | None:
        """Return the latest long enough rest that ended lately; blocks that touch are one."""
        blocks: list[Rested] = []
        for first, rest in zip(self.chronicle.rests.days, self.chronicle.rests.entries, strict=True):
            last = min(rest.to_on, self.on)
            block = Rested(first=first, last=last, start=rest.pain_at_start, end=rest.pain_at_end)
            if blocks and (first - blocks[-1].last).days <= 1:
                before = blocks.pop()
                later = block if last >= before.last else before
                block = Rested(first=before.first, last=later.last, start=before.start, end=later.end)
            blocks.append(block)
        lately = days_before(self.on, self.thresholds.rest_ended)
        long_enough = [b for b in blocks if b.days >= self.thresholds.rest_days and b.last >= lately]
        return self._with_daily_values(long_enough[-1]) if long_enough else None

    def _with_daily_values(self, block: Rested) -> Rested:
        return Rested(
            first=block.first,
            last=block.last,
            start=block.start if block.start is not None else self.pain.get(block.first),
            end=block.end if block.end is not None else self.pain.get(block.last),
        )

    def _spread(self, onset: dt.date | None) -> tuple[Spread, ...]:
        lately = last_days(self.on, self.thresholds.spread_days)
        reports: dict[str, list[dt.date]] = {}
        for day, entry in self.chronicle.told():
            if onset is None or day >= min(onset, lately):
                for site in entry.sites:
                    if not site.startswith("low-back-"):
                        reports.setdefault(site, []).append(day)
        return tuple(
            Spread(site=site, first_on=min(days), last_on=max(days))
            for site, days in sorted(reports.items())
            if max(days) >= lately
        )


def _profile(runner: Runner) -> dict[str, Any]:
    return {
        "birth_year": runner.birth_year,
        "conditions": runner.conditions,
        "began_on": runner.pain_began_on,
        "first_ever_episode": runner.first_ever_episode,
        "episodes_last_12_months": runner.episodes_last_12_months,
    }


def _latest_graded(bouts: Sequence[Bout], thresholds: Thresholds) -> Bout | None:
    return next((b for b in reversed(bouts) if grade(b, thresholds) is not Grade.UNKNOWN), None)
