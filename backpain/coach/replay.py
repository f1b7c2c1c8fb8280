"""Every day of a history in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

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
    last_day = whole.last_day if has_undated(history) else None
    span: Span | None = None
    for number in range(first.toordinal(), last.toordinal() + 1):
        on = dt.date.fromordinal(number)
        now = Span.of(history, on, last_day=last_day)
        if span is None or now.with_undated != span.with_undated or _drops_entries(whole, span, now):
            span = now
            derivation = Derivation(history, span, on, catalogue=catalogue, thresholds=thresholds)
        yield on, *verdict_of(derivation.facts(on), thresholds=thresholds)


def _drops_entries(whole: Chronicle, before: Span, now: Span) -> bool:
    """Tell whether entries leave the window; where none do, the pass simply goes on."""
    return before.first < now.first and whole.first_day is not None and whole.first_day < now.first
