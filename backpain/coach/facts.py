"""The only derivation: a history and a day become the facts that every rule reads.

Facts are stored with each advice, so a decision can be recomputed from them to the letter. Nothing
dated after the day is in them. What a rule compares is kept as values; whether it fires is the rules'.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, takewhile
from typing import Any

from backpain.coach.ahead import Ahead, AheadBook
from backpain.coach.bouts import Bout, Grade, grade, run_bout, session_bout
from backpain.coach.chronicle import (
    NEW_WORK_DAYS,
    SET_DAYS,
    Chronicle,
    days_before,
    last_days,
    window_start,
)
from backpain.coach.codec import from_data, to_data
from backpain.coach.course import Walk
from backpain.coach.episode import (
    Affected,
    Drift,
    Rested,
    Spread,
    affected_of,
    drift_of,
    rested_of,
    sites_told,
    spread_of,
)
from backpain.coach.history import History, Runner
from backpain.coach.ladders import Catalogue
from backpain.coach.loads import Compared, Loads, LoggedRun, compare, is_spike, loads_of
from backpain.coach.returning import released_of
from backpain.coach.series import Reading, earlier_week_median, median_of, readings_between, week_median
from backpain.coach.signs import Screens, SignBook, Signs
from backpain.coach.thresholds import SHIPPED, Thresholds
from backpain.coach.training import LadderFacts, LoggedSession, TrainingBook, is_new_work

READING_DAYS = 28  # the longest window a rule reads day by day


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
    is_chronic: bool = False  # P-8, assessed-chronic mode: assessed, cleared and not getting worse
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
    # plans
    ahead: Ahead = field(default_factory=Ahead)
    # warning signs
    signs: Signs
    standing: tuple[Signs, ...] = ()
    screens: Screens = field(default_factory=Screens)

    @cached_property
    def weeks(self) -> tuple[tuple[Reading, ...], ...]:
        """The readings of the last four weeks, each of seven days that end with today, the newest week first."""
        weeks: tuple[list[Reading], ...] = ([], [], [], [])
        for reading in self.readings:
            weeks[(self.on - reading.on).days // 7].append(reading)
        return tuple(map(tuple, weeks))

    def week_median(self, *, at_least: int) -> float | None:
        """Return med7, the median of the last 7 days."""
        return median_of(self.weeks[0], at_least=at_least)

    def earlier_week_median(self, *, at_least: int) -> float | None:
        """Return prev7, the median of the 7 days before the last 7."""
        return median_of(self.weeks[1], at_least=at_least)

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
            and round(drift.recent_mean - drift.old_mean, 6)
            >= thresholds.drift_rise  # not 1.9999999999999998
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
    span = Span.of(on, last_day=Chronicle(history).last_day if has_undated(history) else None)
    return Derivation(history, span, on, catalogue=catalogue, thresholds=thresholds).facts(on)


def has_undated(history: History) -> bool:
    """Tell whether a placement has no date; such a one counts on the history's last day only."""
    return any(placement.since is None for placement in history.placements)


@dataclass(frozen=True)
class Span:
    """What the days of one derivation share: where the window begins, and which placements count."""

    first: dt.date
    with_undated: bool

    @classmethod
    def of(cls, on: dt.date, *, last_day: dt.date | None) -> Span:
        return cls(window_start(on), with_undated=last_day is None or on >= last_day)


class Derivation:
    """Derives the facts of one day after the other, as long as they share a span.

    What is over does not change: each day adds to what the day before left behind. What belongs to the
    day after a bout (its morning score, ordinary soreness) is not looked at on its own day.
    """

    def __init__(
        self, history: History, span: Span, on: dt.date, *, catalogue: Catalogue, thresholds: Thresholds
    ) -> None:
        chronicle = Chronicle(history, span.first)
        self._chronicle = chronicle
        self._thresholds = thresholds
        self._pain = chronicle.pain_by_day
        self._walk = Walk(
            self._pain,
            first=min(max(span.first, chronicle.first_day or on), on),
            began_on=chronicle.runner.pain_began_on,
            assessed=[care.on for care in chronicle.care.entries if care.assessed],
            thresholds=thresholds,
        )
        self._sites = sites_told(chronicle)
        self._spread_days = {day for days in self._sites.values() for day in days}
        self._spikes: list[dt.date] = []
        self._book = SignBook(chronicle, self._walk, spikes=self._spikes, thresholds=thresholds)
        self._training = TrainingBook(
            catalogue,
            [p for p in history.placements if p.since is not None or span.with_undated],
            equipment=chronicle.runner.equipment,
            thresholds=thresholds,
        )
        self._ahead_book = AheadBook(chronicle, self._pain, catalogue=catalogue, thresholds=thresholds)
        self._runs_over = 0  # runs and walks of days that are over
        self._runs: list[Compared] = []
        self._sessions_over = chronicle.sessions.until(days_before(on, SET_DAYS))
        self._sessions: list[LoggedSession] = []

    def facts(self, on: dt.date) -> Facts:
        """Return the facts of a day, not before one already asked for."""
        self._walk.go_to(on)
        runs, sessions = self._runs_until(on), self._sessions_until(on)
        known: dict[str, Any] = {
            "on": on,
            **_profile(self._chronicle.runner, on),
            **self._pain_known(on),
            **self._episode(on),
            **self._bouts(runs, sessions, on),
            **self._strength(sessions, on),
            "signs": self._book.today(on),
            "standing": self._book.standing(on),
            "screens": self._book.screens(on),
        }
        thresholds = self._thresholds
        chronic = _is_long_and_cleared(known, thresholds) and not Facts(**known).is_worsening(thresholds)
        return Facts(
            **known,
            is_chronic=chronic,
            loads=loads_of(runs, on, thresholds, chronic=chronic),
            ahead=self._ahead(known, runs, sessions, chronic=chronic),
        )

    def _pain_known(self, on: dt.date) -> dict[str, Any]:
        course, readings = self._walk.course, self._walk.known()
        return {
            "readings": tuple(readings_between(readings, last_days(on, READING_DAYS), on)),
            "newest": self._walk.newest(),
            "usual": self._walk.usual(),
            "worse_since": course.worse_since,
            "usual_at_firing": course.usual,
            "drift": drift_of(readings, on, self._thresholds),
        }

    def _episode(self, on: dt.date) -> dict[str, Any]:
        course, chronicle, thresholds = self._walk.course, self._chronicle, self._thresholds
        earlier = (onset for onset in course.onsets if onset != course.onset)
        return {
            "onset": course.onset,
            "earlier_onsets": tuple(o for o in earlier if (on - o).days < thresholds.recurrence_days),
            "recovered_on": course.recovered_on,
            "assessed_on": self._book.assessed_on(on),
            "cleared_on": self._book.cleared_on(on),
            "affected": affected_of(chronicle, on, thresholds),
            "rested": rested_of(chronicle, on, thresholds),
            "spread": spread_of(self._sites, course.onset, on, thresholds),
        }

    def _bouts(
        self, runs: Sequence[Compared], sessions: Sequence[LoggedSession], on: dt.date
    ) -> dict[str, Any]:
        last_session, graded_session = self._session_bouts(sessions, on)
        latest_first = runs[::-1]
        today = [r.logged.bout for r in takewhile(lambda run: run.logged.on == on, latest_first)]
        today += [session.bout for session in sessions if session.on == on]
        stages = (run.logged.run.stage for run in latest_first)
        return {
            "last_run": runs[-1].logged.bout if runs else None,
            "last_session": last_session,
            "graded_run": next((r.logged.bout for r in latest_first if r.grade is not Grade.UNKNOWN), None),
            "graded_session": graded_session,
            "bout_today": max(today, key=lambda bout: bout.before or 0, default=None),
            "bad_days": _bad_days(runs, sessions, last_days(on, READING_DAYS)),
            "stage": next((stage for stage in stages if stage is not None), None),
        }

    def _strength(self, sessions: Sequence[LoggedSession], on: dt.date) -> dict[str, Any]:
        ladders, level_up_on = self._training.stand(sessions, on)
        first = last_days(on, self._thresholds.strength_days_window)
        days = {session.on for session in sessions if session.is_strength and session.on >= first}
        return {"strength_days": tuple(sorted(days)), "level_up_on": level_up_on, "ladders": ladders}

    def _ahead(
        self,
        known: Mapping[str, Any],
        runs: Sequence[Compared],
        sessions: Sequence[LoggedSession],
        *,
        chronic: bool,
    ) -> Ahead:
        on, course = known["on"], self._walk.course
        return self._ahead_book.ahead(
            on,
            runs=runs,
            sessions=sessions,
            ladders=known["ladders"],
            readings=self._walk.known(),
            onset=course.onset,
            flare_on=course.flared_on,
            released=released_of(self._book.released(on, self._thresholds.restart_days)),
            chronic=chronic,
        )

    def _runs_until(self, on: dt.date) -> list[Compared]:
        """Return the runs, oldest first, compared; a walk is no run (contract). Notes jumps of load."""
        over, until = self._chronicle.runs.until(days_before(on, 1)), self._chronicle.runs.until(on)
        while self._runs_over < over:
            self._compare(self._runs, self._runs_over, on)
            self._runs_over += 1
        runs = list(self._runs)
        for place in range(over, until):
            self._compare(runs, place, on)
        return runs

    def _compare(self, runs: list[Compared], place: int, on: dt.date) -> None:
        day, run = self._chronicle.runs.days[place], self._chronicle.runs.entries[place]
        if run.activity == "walk":
            return
        bout = run_bout(run, on=day, pain_by_day=self._pain, is_over=day < on)
        compared = compare(LoggedRun(day, run, bout), runs, self._thresholds)
        runs.append(compared)
        if is_spike(compared):
            self._spikes.append(day)

    def _sessions_until(self, on: dt.date) -> list[LoggedSession]:
        """Return the sessions whose sets are looked at, oldest first."""
        days = self._chronicle.sessions
        over, until = days.until(days_before(on, 1)), days.until(on)
        while self._sessions_over < over:
            self._sessions.append(self._logged(self._sessions_over, on))
            self._sessions_over += 1
        first = last_days(on, SET_DAYS)
        recent = [logged for logged in self._sessions if logged.on >= first]
        return [*recent, *(self._logged(place, on) for place in range(over, until))]

    def _logged(self, place: int, on: dt.date) -> LoggedSession:
        sessions = self._chronicle.sessions
        day, session = sessions.days[place], sessions.entries[place]
        is_over = day < on
        lately = sessions.between(days_before(day, NEW_WORK_DAYS), days_before(day, 1))
        sore = (
            is_over
            and bool(session.ordinary_soreness)
            and is_new_work(session, [s for _, s in lately])
            and self._spread_days.isdisjoint((day, days_before(day, -1)))
        )
        bout = session_bout(session, on=day, pain_by_day=self._pain, is_over=is_over, ordinary_soreness=sore)
        return self._training.log(session, bout)

    def _session_bouts(
        self, sessions: Sequence[LoggedSession], on: dt.date
    ) -> tuple[Bout | None, Bout | None]:
        """Return the latest session and the latest graded one; sets too old to look at are left out."""
        bouts = chain((s.bout for s in reversed(sessions)), self._older_sessions(last_days(on, SET_DAYS)))
        last: Bout | None = None
        for bout in bouts:
            last = last or bout
            if grade(bout, self._thresholds) is not Grade.UNKNOWN:
                return last, bout
        return last, None

    def _older_sessions(self, first: dt.date) -> Iterator[Bout]:
        sessions = self._chronicle.sessions
        for place in range(sessions.until(days_before(first, 1)) - 1, -1, -1):
            bare = replace(sessions.entries[place], sets=())
            yield session_bout(bare, on=sessions.days[place], pain_by_day=self._pain, is_over=True)


def _is_long_and_cleared(known: Mapping[str, Any], thresholds: Thresholds) -> bool:
    """P-8: a long episode that a professional has assessed and cleared."""
    onset, cared_for = known["onset"], known["assessed_on"] and known["cleared_on"]
    return bool(cared_for and onset) and (known["on"] - onset).days >= thresholds.chronic_days


def _profile(runner: Runner, on: dt.date) -> dict[str, Any]:
    began_on = runner.pain_began_on
    return {
        "birth_year": runner.birth_year,
        "conditions": runner.conditions,
        "began_on": began_on if began_on is None or began_on <= on else None,
        "first_ever_episode": runner.first_ever_episode,
        "episodes_last_12_months": runner.episodes_last_12_months,
    }


def _bad_days(
    runs: Sequence[Compared], sessions: Sequence[LoggedSession], first: dt.date
) -> tuple[dt.date, ...]:
    """Return the days of BAD bouts from `first` on."""
    lately = takewhile(lambda run: run.logged.on >= first, reversed(runs))
    days = [run.logged.on for run in lately if run.grade is Grade.BAD]
    days += [session.on for session in sessions if session.on >= first and session.is_bad]
    return tuple(sorted(days))
