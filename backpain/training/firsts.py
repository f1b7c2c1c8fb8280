"""Pain scores as they were first logged: advice was given on them, so a correction does not make them go away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backpain.ui.templatetags.ui import day

from .models import Correction


@dataclass(frozen=True)
class FirstScore:
    """`on` is the day it was logged, None where only that it was is known."""

    score: int
    on: dt.date | None

    @property
    def in_words(self) -> str:
        if not self.on:
            return _("First logged as %(score)s.") % {"score": self.score}
        return _("First logged as %(score)s on %(day)s.") % {"score": self.score, "day": day(self.on)}


def first_scores(
    corrections: Iterable[Correction], *, logged_on: dt.date, zone: dt.tzinfo
) -> dict[str, FirstScore]:
    """Return the first score of each field that was corrected, from an entry's corrections, oldest first.

    A next morning is answered after its entry was logged, so its first day is not known.
    """
    first: dict[str, FirstScore] = {}
    given_on: dict[str, dt.date] = {}
    for correction in corrections:
        field = correction.field
        if correction.old is not None and field not in first:
            on = given_on.get(field, None if field == "pain_next_morning" else logged_on)
            first[field] = FirstScore(correction.old, on)
        given_on[field] = correction.at.astimezone(zone).date()
    return first
