"""Advice as the coach would have given it, so that pages can be tried without the log that leads there."""

import datetime as dt

from backpain.coach.decision import Decision, Evidence, Reason, Running, Tip, Value, Verdict
from backpain.plan.models import Advice

NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)


def advise(runner, *, verdict=Verdict.HOLD, rule="M-2", stage=None, may_run=True, tips=(), facts=None):
    """Store today's advice with one reason, and return it."""
    values = (Value(what="readings_in_week", value=1),)
    decision = Decision(
        verdict=verdict,
        reasons=(
            Reason(
                rule=rule,
                verdict=verdict,
                grade="limited",
                sources=(),
                evidence=Evidence(values=values, limits=(("stale_after", 3), ("readings_in_week", 4))),
            ),
        ),
        running=Running(may_run=may_run, cap_m=None, warning="none", stage=stage),
        tips=tuple(Tip(rule=tip, evidence=Evidence(values=())) for tip in tips),
    )
    return Advice.objects.create(
        runner=runner,
        on=dt.date(2026, 3, 16),
        given_at=NOON,
        verdict=verdict.name.lower(),
        facts=facts or {},
        decision=decision.as_data(),
        ruleset="2026.1",
        engine="1",
    )
