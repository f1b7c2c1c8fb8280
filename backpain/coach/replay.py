"""Every day of a history in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from backpain.coach.chronicle import Chronicle
from backpain.coach.decide import verdict_of
from backpain.coach.decision import Verdict
from backpain.coach.facts import Derivation, Span, has_undated
from backpain.coach.history import History
from backpain.coach.ladders import Catalogue
from backpain.coach.thresholds import SHIPPED, Thresholds


def replay(
    history: History,
    first: dt.date,
    last: dt.date,
    *,
    catalogue: Catalogue,
    thresholds: Thresholds = SHIPPED,
) -> Iterator[tuple[dt.date, Verdict, tuple[str, ...]]]:
    """Yield each day with its verdict and the rules that fired, most cautious first."""
    whole = Chronicle(history)
    first_day = whole.first_day or first
    last_day = whole.last_day if has_undated(history) else None
    span: Span | None = None
    for number in range(first.toordinal(), last.toordinal() + 1):
        on = dt.date.fromordinal(number)
        now = Span.of(on, last_day=last_day)
        now = replace(now, first=max(now.first, first_day))  # while no entry leaves it, the pass goes on
        if now != span:
            span = now
            derivation = Derivation(history, span, on, catalogue=catalogue, thresholds=thresholds)
        yield on, *verdict_of(derivation.facts(on), thresholds=thresholds)
