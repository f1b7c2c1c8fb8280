"""X-4: how often a runner is told. It throttles notices, never verdicts or reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from backpain.coach.decision import Decision, Verdict
from backpain.coach.thresholds import SHIPPED, Thresholds


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A notice that was sent: its day, its verdict and the rules that gave that verdict."""

    on: dt.date
    verdict: Verdict
    rules: frozenset[str]


def notice_for(decision: Decision, on: dt.date) -> Notice | None:
    """Return the notice a decision asks for; below professional there is none."""
    if decision.verdict < Verdict.PROFESSIONAL:
        return None
    rules = frozenset(reason.rule for reason in decision.reasons if reason.verdict is decision.verdict)
    return Notice(on=on, verdict=decision.verdict, rules=rules)


def is_due(notice: Notice, sent: Sequence[Notice], *, thresholds: Thresholds = SHIPPED) -> bool:
    """Tell whether to send: urgent and emergency always, the same professional rule once a week."""
    if notice.verdict >= Verdict.URGENT:
        return True
    recent = [other for other in sent if 0 <= (notice.on - other.on).days < thresholds.notice_days]
    told = frozenset[str]().union(*(other.rules for other in recent))
    return not recent or not notice.rules <= told
