"""A history put in order once, so that what was known on a day is found without reading it all."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from operator import attrgetter, itemgetter

from backpain.coach.history import Care, CheckIn, History, Questionnaire, Rest, Run, Screening, Session

# How far back the coach looks: sets 70 days, everything else 400 (design/architecture, decision 5).
# Screenings, care and placements are few and always read in full: a lock has no age.
SET_DAYS = 70
NEW_WORK_DAYS = 42  # an exercise not done for so long before a session is something new (P-7)
ENTRY_DAYS = 400


@lru_cache(maxsize=2048)  # the rules ask for the same few windows of each day
def days_before(on: dt.date, days: int) -> dt.date:
    """Return the day `days` before `on`, or the first day there is."""
    return dt.date.fromordinal(max(1, on.toordinal() - days))


def last_days(on: dt.date, days: int) -> dt.date:
    """Return the first day of the window "the last `days` days", which ends with `on`."""
    return days_before(on, days - 1)


def window_start(on: dt.date) -> dt.date:
    """Return the first day the coach looks at on `on`.

    It is the first of a month, so that a pass over many days begins its sums anew only once a month.
    """
    return last_days(on, ENTRY_DAYS).replace(day=1)


def sets_start(on: dt.date) -> dt.date:
    """Return the first day whose sets the coach can ask for on `on`."""
    return days_before(last_days(on, SET_DAYS), NEW_WORK_DAYS)


@dataclass(frozen=True)
class Dated[T]:
    """Entries sorted by their day."""

    days: list[dt.date]
    entries: list[T]

    @classmethod
    def of(cls, pairs: Iterable[tuple[dt.date, T]]) -> Dated[T]:
        ordered = sorted(pairs, key=itemgetter(0))
        return cls([day for day, _ in ordered], [entry for _, entry in ordered])

    def __iter__(self) -> Iterator[tuple[dt.date, T]]:
        """Go through the entries with their days, oldest first."""
        return zip(self.days, self.entries, strict=True)

    def between(self, first: dt.date, last: dt.date) -> Dated[T]:
        """Return the entries from `first` to `last`, both included."""
        low, high = bisect_left(self.days, first), bisect_right(self.days, last)
        return Dated(self.days[low:high], self.entries[low:high])

    def until(self, last: dt.date) -> int:
        """Return how many entries are of `last` or earlier."""
        return bisect_right(self.days, last)


class Chronicle:
    """The entries of one history by day, earliest first; none before `first` but what has no age."""

    def __init__(self, history: History, first: dt.date = dt.date.min) -> None:
        runner = history.runner
        self.history = history
        self.runner = runner
        self.check_ins: Dated[CheckIn] = Dated.of((c.on, c) for c in history.check_ins if c.on >= first)
        self.runs: Dated[Run] = _by_instant(history.runs, history, first)
        self.sessions: Dated[Session] = _by_instant(history.sessions, history, first)
        self.skipped: Dated[str] = Dated.of(
            (skipped.on, skipped.because) for skipped in history.skipped_runs if skipped.on >= first
        )
        self.screenings: Dated[Screening] = Dated.of(
            (runner.day_of(entry.at), entry) for entry in _in_order(history.screenings)
        )
        self.rests: Dated[Rest] = Dated.of((r.from_on, r) for r in history.rests if r.from_on >= first)
        self.care: Dated[Care] = Dated.of((care.on, care) for care in history.care)
        self.questionnaires: Dated[Questionnaire] = Dated.of(
            (form.on, form)
            for form in sorted(history.questionnaires, key=lambda form: sorted(form.answers.items()))
            if form.on >= first
        )

    @cached_property
    def first_day(self) -> dt.date | None:
        """The earliest day with any entry."""
        return min((days[0] for days in self._day_lists() if days), default=None)

    @cached_property
    def last_day(self) -> dt.date | None:
        """The latest day with any entry; a placement without a date belongs to it."""
        return max((days[-1] for days in self._day_lists() if days), default=None)

    def _day_lists(self) -> list[list[dt.date]]:
        return [
            self.check_ins.days,
            self.runs.days,
            self.sessions.days,
            self.skipped.days,
            self.screenings.days,
            self.rests.days,
            self.care.days,
            self.questionnaires.days,
        ]

    @cached_property
    def pain_by_day(self) -> dict[dt.date, int]:
        """One value a day: check-in, else morning, else before the first bout; never filled in (M-1, M-4)."""
        bouts = self._bouts()
        values: dict[dt.date, int] = {}
        begun: set[dt.date] = set()
        for day, bout in bouts:
            if day not in begun and bout.pain.before is not None:
                values[day] = bout.pain.before
            begun.add(day)
        mornings: dict[dt.date, int] = {}
        for day, bout in bouts:
            if (score := bout.pain.next_morning) is not None:
                morning = day + dt.timedelta(days=1)
                mornings[morning] = max(score, mornings.get(morning, 0))
        check_ins: dict[dt.date, int] = {}
        for day, check_in in self.check_ins:
            check_ins[day] = max(check_in.score, check_ins.get(day, 0))
        return dict(sorted((values | mornings | check_ins).items()))

    def told(self) -> Iterator[tuple[dt.date, CheckIn | Run | Session]]:
        """Return every entry that can name a site or a feeling."""
        return chain(self.check_ins, self.runs, self.sessions)

    def _bouts(self) -> list[tuple[dt.date, Run | Session]]:
        bouts: list[tuple[dt.date, Run | Session]] = [*self.runs, *self.sessions]
        return sorted(bouts, key=lambda pair: (pair[0], pair[1].started_at))


def _in_order(screenings: Sequence[Screening]) -> list[Screening]:
    """Return the screens by their instant; the answers order those of one instant, not the entering."""
    instants = {entry.at for entry in screenings}
    if len(instants) == len(screenings):
        return sorted(screenings, key=attrgetter("at"))
    return sorted(screenings, key=lambda entry: (entry.at, sorted(entry.answers.items())))


def _by_instant[B: (Run, Session)](bouts: Iterable[B], history: History, first: dt.date) -> Dated[B]:
    """Return the bouts by day and instant."""
    day_of = history.runner.day_of_bout
    near = days_before(first, 2)  # a day of some zone; spares the conversion of what is long past
    recent = (bout for bout in bouts if (bout.on or bout.started_at.date()) >= near)
    ordered = sorted(recent, key=lambda bout: (bout.started_at, bout.id or ""))
    return Dated.of((day, bout) for bout in ordered if (day := day_of(bout)) >= first)
