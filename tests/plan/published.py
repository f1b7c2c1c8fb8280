"""Rulesets as tests need them: published, or tried on the bench without a run."""

from __future__ import annotations

import datetime as dt

from backpain.coach.thresholds import RULESET
from backpain.plan import publishing
from backpain.plan.models import BenchState, Ruleset
from backpain.plan.rulesets import in_force
from tests.conftest import NOON


def published(name="calmer", *, days_ago=1, base=RULESET, **changes):
    return Ruleset.objects.create(
        name=name,
        base=base,
        changes=changes,
        reason="Fewer false alarms.",
        published_at=NOON - dt.timedelta(days=days_ago),
    )


def tried(ruleset):
    """Return the draft as the bench leaves it, without a run."""
    ruleset.bench_state = BenchState.DONE
    of = publishing.measured_on(changes=ruleset.changes, beside=in_force())
    ruleset.bench = {"of": of, "result": {}}
    ruleset.save()
    return ruleset
