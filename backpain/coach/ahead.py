"""What the plans ahead are judged by: weeks of running, the way back to it, gentle days, the programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from backpain.coach.bouts import Bout, run_bout
from backpain.coach.chronicle import SET_DAYS, Chronicle, days_before, last_days
from backpain.coach.gentle import Gentle, gentle_of
from backpain.coach.habits import Habits, ShoeBook, pause_of, sat_on, surfaces_of
from backpain.coach.history import Questionnaire
from backpain.coach.ladders import Catalogue
from backpain.coach.loads import Compared, LoggedRun
from backpain.coach.programme import Done, Programme, Trial, done_in, programme_of, rises, trial_of
from backpain.coach.questionnaires import Forms, forms_of
from backpain.coach.returning import Released, Returning, staged_runs
from backpain.coach.series import Reading
from backpain.coach.thresholds import Thresholds
from backpain.coach.training import LadderFacts, LoggedSession
from backpain.coach.weeks import Weeks, weeks_of


@dataclass(frozen=True, kw_only=True)
class Ahead:
    weeks: Weeks | None = None  # L-2, L-3
    returning: Returning = field(default_factory=Returning)  # L-5, L-6
    gentle: Gentle = field(default_factory=Gentle)  # W-5
    programme: Programme = field(default_factory=Programme)  # E-10 to E-15, W-11
    forms: Forms = field(default_factory=Forms)
    habits: Habits = field(default_factory=Habits)  # H-1 to H-4


class AheadBook:
    """Derives these facts for one day after the other; each looks back no further than its rule does."""

    def __init__(
        self,
        chronicle: Chronicle,
        pain_by_day: Mapping[dt.date, int],
        *,
        catalogue: Catalogue,
        thresholds: Thresholds,
    ) -> None:
        self._chronicle = chronicle
        self._pain = pain_by_day
        self._catalogue = catalogue
        self._thresholds = thresholds
        self._done: dict[int, Done] = {}  # by the session's place
        self._lately: tuple[int, int, list[Done], list[dt.date]] = (0, 0, [], [])
        self._log_began_on = _log_began_on(chronicle)
        self._shoes = ShoeBook()

    def ahead(
        self,
        on: dt.date,
        *,
        runs: Sequence[Compared],
        sessions: Sequence[LoggedSession],
        ladders: Sequence[LadderFacts],
        readings: Sequence[Reading],
        onset: dt.date | None,
        flare_on: dt.date | None,
        released: Sequence[Released],
        chronic: bool,
    ) -> Ahead:
        """Return the facts of a day. The entries and readings are those known on it, oldest first."""
        thresholds, history = self._thresholds, self._chronicle.history
        recent = self._recent(runs, on)
        forms = self._chronicle.questionnaires
        filled = forms.entries[: forms.until(on)]
        done, more_on = self._done_until(on)
        return Ahead(
            weeks=weeks_of(recent, on, thresholds),
            returning=self._returning(recent, released, on),
            gentle=gentle_of(
                since=history.gentle_since,
                ended_on=history.gentle_ended_on,
                check_ins=self._chronicle.check_ins.between(days_before(on, thresholds.ramp_days), on),
                flare_on=flare_on,
                runs=recent,
                on=on,
                chronic=chronic,
                thresholds=thresholds,
            ),
            programme=programme_of(
                done,
                more_on,
                sessions,
                ladders,
                on,
                catalogue=self._catalogue,
                trial=self._trial(sessions, readings, filled, onset, on),
                thresholds=thresholds,
            ),
            forms=forms_of(filled),
            habits=Habits(
                surfaces=surfaces_of(recent, on, thresholds),
                worn=self._shoes.worn(runs, on),
                pause=pause_of(sessions, ladders, on),
                sat_on=sat_on(
                    self._chronicle.check_ins.between(last_days(on, thresholds.sitting_window), on)
                ),
            ),
        )

    def _recent(self, runs: Sequence[Compared], on: dt.date) -> list[LoggedRun]:
        """Return the runs of the last days, and all since the runner chose run-walk."""
        days = max(self._thresholds.restart_days, self._thresholds.ramp_days)
        first = min(days_before(on, days), self._chronicle.history.run_walk_since or on)
        recent = [run.logged for run in takewhile(lambda run: run.logged.on >= first, reversed(runs))]
        return recent[::-1]

    def _returning(self, runs: Sequence[LoggedRun], released: Sequence[Released], on: dt.date) -> Returning:
        chosen_on, began_on = self._chronicle.history.run_walk_since, self._log_began_on
        return Returning(
            log_began_on=began_on if began_on is not None and began_on <= on else None,
            chosen_on=chosen_on if chosen_on is not None and chosen_on <= on else None,
            staged=staged_runs(runs),
            walks=self._walks(on),
            released=tuple(released),
        )

    def _walks(self, on: dt.date) -> tuple[Bout, ...]:
        first = last_days(on, self._thresholds.restart_days)
        return tuple(
            run_bout(run, on=day, pain_by_day=self._pain, is_over=day < on)
            for day, run in self._chronicle.runs.between(first, on)
            if run.activity == "walk" and (run.duration_s or 0) >= 60 * self._thresholds.walk_min
        )

    def _done_until(self, on: dt.date) -> tuple[list[Done], list[dt.date]]:
        """Return the sessions whose sets may be looked at, and the days that asked more than all before."""
        sessions, mobility = self._chronicle.sessions, self._catalogue.mobility
        first, until = sessions.until(days_before(on, SET_DAYS)), sessions.until(on)
        if self._lately[:2] != (first, until):  # on most days nothing has come or gone
            for place in range(first, until):
                if place not in self._done:
                    self._done[place] = done_in(sessions.entries[place], sessions.days[place], mobility)
            done = [self._done[place] for place in range(first, until)]
            self._lately = (first, until, done, list(rises(done)))
        return self._lately[2:]

    def _trial(
        self,
        sessions: Sequence[LoggedSession],
        readings: Sequence[Reading],
        filled: Sequence[Questionnaire],
        onset: dt.date | None,
        on: dt.date,
    ) -> Trial | None:
        if onset is None or not sessions:
            return None
        began_on = max(onset, self._chronicle.sessions.days[0])
        return trial_of(sessions, readings, filled, began_on=began_on, on=on, thresholds=self._thresholds)


def _log_began_on(chronicle: Chronicle) -> dt.date | None:
    """Return the first day in the log; screens and care are left out, they are kept beyond the window."""
    collections = (
        chronicle.check_ins,
        chronicle.runs,
        chronicle.sessions,
        chronicle.skipped,
        chronicle.rests,
    )
    return min((entries.days[0] for entries in collections if entries.days), default=None)
