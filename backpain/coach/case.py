"""One ladder on one day, with what several rules of strength work ask of it (E-3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from backpain.coach.bouts import Grade, grade
from backpain.coach.chronicle import last_days
from backpain.coach.decision import Value
from backpain.coach.facts import Facts
from backpain.coach.thresholds import Thresholds
from backpain.coach.training import LadderFacts, Work


@dataclass(frozen=True)
class Case:
    ladder: LadderFacts
    facts: Facts
    thresholds: Thresholds
    cleared_on: dt.date | None = None  # a lock that stops running ended then (L-5)

    @cached_property
    def missing(self) -> tuple[Value, ...]:
        """What the last two sessions of the exercise lack: both good, complete and recent (E-3)."""
        return tuple(self._missing())

    @property
    def is_earned(self) -> bool:
        """Tell whether nothing is missing for a step."""
        return not self.missing

    def grade(self, work: Work) -> Grade:
        """Return the grade of the bout a work is of."""
        return grade(work.bout, self.thresholds, chronic=self.facts.is_chronic)

    def _missing(self) -> Iterator[Value]:
        works = self.ladder.of_current
        if self.ladder.rung is None:
            yield Value(what="missing.rung", value=self.ladder.current.exercise)
        if len(works) < 2:
            yield Value(what="missing.sessions", value=2 - len(works))
        for work in works:
            on = work.bout.on
            if on < last_days(self.facts.on, self.thresholds.step_days):
                yield Value(what="missing.recent", value=work.exercise, on=on)
            if (mark := self.grade(work)) is not Grade.GOOD:
                yield Value(what="missing.good", value=mark.value, on=on)
            if others := set(work.targets) - {self.ladder.current.target}:
                yield Value(what="missing.target", value=max(others), unit=work.unit, on=on)
            elif work.lowest < self.ladder.current.target:
                yield Value(what="missing.lowest_set", value=work.lowest, unit=work.unit, on=on)
            if work.sets < self.ladder.current.sets:
                yield Value(what="missing.sets", value=work.sets, unit="sets", on=on)
            if work.form is not True:
                yield Value(what="missing.form", value="lost" if work.lost_form else "not said", on=on)
