"""A history put in order once, so that what was known on a day is found without reading it all."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from backpain.coach.history import Care, CheckIn, History, Placement, Rest, Run, Screening, Session

# How far back the coach looks: sets 70 days, everything else 400 (design/architecture, decision 5).
# Screenings, care and placements are few and always read in full: a lock has no age.
SET_DAYS = 70
ENTRY_DAYS = 400


def days_before(on: dt.date, days: int) -> dt.date:
    """Return the day `days` before `on`, or the first day there is."""
    return dt.date.fromordinal(max(1, on.toordinal() - days))


def last_days(on: dt.date, days: int) -> dt.date:
    """Return the first day of the window "the last `days` days", which ends with `on`."""
    return days_before(on, days - 1)


@dataclass(frozen=True)
class Dated[T]:
    """Entries sorted by their day."""

    days: tuple[dt.date, ...]
    entries: tuple[T, ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[dt.date, T]]) -> Dated[T]:
        ordered = sorted(pairs, key=lambda pair: pair[0])
        return cls(tuple(day for day, _ in ordered), tuple(entry for _, entry in ordered))

    def between(self, first: dt.date, last: dt.date) -> list[tuple[dt.date, T]]:
        """Return the entries from `first` to `last`, both included, oldest first."""
        low, high = bisect_right(self.days, days_before(first, 1)), bisect_right(self.days, last)
        return list(zip(self.days[low:high], self.entries[low:high], strict=True))


class Chronicle:
    """The entries of one history by day, earliest first."""

    def __init__(self, history: History) -> None:
        day_of = history.runner.day_of
        self.runner = history.runner
        self.check_ins: Dated[CheckIn] = Dated.of((entry.on, entry) for entry in history.check_ins)
        runs = sorted(history.runs, key=lambda run: (run.started_at, run.id or ""))
        self.runs: Dated[Run] = Dated.of((history.runner.day_of_bout(run), run) for run in runs)
        sessions = sorted(history.sessions, key=lambda session: (session.started_at, session.id or ""))
        self.sessions: Dated[Session] = Dated.of((history.runner.day_of_bout(s), s) for s in sessions)
        self.skipped: Dated[str] = Dated.of((skipped.on, skipped.because) for skipped in history.skipped_runs)
        screenings = sorted(history.screenings, key=lambda entry: (entry.at, sorted(entry.answers.items())))
        self.screenings: Dated[Screening] = Dated.of((day_of(entry.at), entry) for entry in screenings)
        self.rests: Dated[Rest] = Dated.of((rest.from_on, rest) for rest in history.rests)
        self.care: Dated[Care] = Dated.of((care.on, care) for care in history.care)
        self.placements: tuple[Placement, ...] = history.placements
        self._questionnaire_days = tuple(sorted(form.on for form in history.questionnaires))

    @cached_property
    def last_day(self) -> dt.date | None:
        """The latest day with any entry; a placement without a date belongs to it."""
        ends = [days[-1] for days in self._day_lists() if days]
        return max(ends, default=None)

    @cached_property
    def first_day(self) -> dt.date | None:
        """The earliest day with any entry."""
        return min((days[0] for days in self._day_lists() if days), default=None)

    def _day_lists(self) -> list[tuple[dt.date, ...]]:
        return [
            self.check_ins.days,
            self.runs.days,
            self.sessions.days,
            self.skipped.days,
            self.screenings.days,
            self.rests.days,
            self.care.days,
            self._questionnaire_days,
        ]

    @cached_property
    def pain_by_day(self) -> dict[dt.date, int]:
        """One value a day: check-in, else morning, else before the first bout; never filled in (M-1, M-4)."""
        bouts = self._bouts()
        values: dict[dt.date, int] = {}
        firsts: dict[dt.date, dt.datetime] = {}
        for day, bout in bouts:
            if day not in firsts:
                firsts[day] = bout.started_at
                if bout.pain.before is not None:
                    values[day] = bout.pain.before
        mornings: dict[dt.date, int] = {}
        for day, bout in bouts:
            if bout.pain.next_morning is not None:
                morning = day + dt.timedelta(days=1)
                mornings[morning] = max(bout.pain.next_morning, mornings.get(morning, 0))
        check_ins: dict[dt.date, int] = {}
        for day, check_in in zip(self.check_ins.days, self.check_ins.entries, strict=True):
            check_ins[day] = max(check_in.score, check_ins.get(day, 0))
        return dict(sorted((values | mornings | check_ins).items()))

    def told(self) -> list[tuple[dt.date, CheckIn | Run | Session]]:
        """Return every entry that can name a site or a feeling."""
        return [
            *zip(self.check_ins.days, self.check_ins.entries, strict=True),
            *zip(self.runs.days, self.runs.entries, strict=True),
            *zip(self.sessions.days, self.sessions.entries, strict=True),
        ]

    def _bouts(self) -> list[tuple[dt.date, Run | Session]]:
        bouts: list[tuple[dt.date, Run | Session]] = [
            *zip(self.runs.days, self.runs.entries, strict=True),
            *zip(self.sessions.days, self.sessions.entries, strict=True),
        ]
        return sorted(bouts, key=lambda pair: (pair[0], pair[1].started_at))


def known(history: History, on: dt.date) -> History:
    """Return what the coach may look at on `on`: nothing later, nothing beyond the windows.

    The windows are cut here too, so a full history and a windowed one decide alike. A morning score
    or a soreness answer belongs to the day after its bout.
    """
    day_of = history.runner.day_of_bout
    first, first_set = last_days(on, ENTRY_DAYS), last_days(on, SET_DAYS)
    runner = history.runner
    if runner.pain_began_on is not None and runner.pain_began_on > on:
        runner = replace(runner, pain_began_on=None)
    return replace(
        history,
        runner=runner,
        check_ins=tuple(c for c in history.check_ins if first <= c.on <= on),
        runs=tuple(_run_seen(run, day, on) for run in history.runs if first <= (day := day_of(run)) <= on),
        skipped_runs=tuple(s for s in history.skipped_runs if first <= s.on <= on),
        sessions=tuple(
            _session_seen(session, day, on, first_set)
            for session in history.sessions
            if first <= (day := day_of(session)) <= on
        ),
        screenings=tuple(s for s in history.screenings if history.runner.day_of(s.at) <= on),
        rests=tuple(_rest_seen(rest, on) for rest in history.rests if first <= rest.from_on <= on),
        care=tuple(care for care in history.care if care.on <= on),
        questionnaires=tuple(q for q in history.questionnaires if first <= q.on <= on),
    )


def _run_seen(run: Run, day: dt.date, on: dt.date) -> Run:
    return run if day < on else replace(run, pain=replace(run.pain, next_morning=None))


def _session_seen(session: Session, day: dt.date, on: dt.date, first_set: dt.date) -> Session:
    if day < first_set:
        return replace(session, sets=())
    if day < on:
        return session
    return replace(session, pain=replace(session.pain, next_morning=None), ordinary_soreness=None)


def _rest_seen(rest: Rest, on: dt.date) -> Rest:
    return rest if rest.to_on <= on else replace(rest, pain_at_end=None)
