"""Every day of a history in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from backpain.coach.decide import decide
from backpain.coach.decision import Verdict
from backpain.coach.facts import facts_from
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
    for number in range(first.toordinal(), last.toordinal() + 1):
        on = dt.date.fromordinal(number)
        facts = facts_from(history, on, catalogue=catalogue, thresholds=thresholds)
        decision = decide(facts, thresholds=thresholds)
        yield on, decision.verdict, tuple(dict.fromkeys(reason.rule for reason in decision.reasons))
