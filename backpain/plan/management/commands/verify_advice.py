"""Recompute every advice of this engine version from its stored facts: it must come out as it was given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from backpain.coach.decide import decide
from backpain.coach.facts import facts_from_data
from backpain.coach.thresholds import ENGINE, Thresholds
from backpain.plan.models import Advice
from backpain.plan.rulesets import thresholds_of

AT_ONCE = 200  # rows read at once: facts and decision of one are some 10 kB


class Command(BaseCommand):
    help = (
        "Recompute the stored advice of this engine version with the ruleset it was given with. "
        "Prints what does not agree to the letter; exit status 1 when there is any."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = {"agree": 0, "differ": 0, "unknown": 0}
        for uuid, outcome in _outcomes():
            counts[outcome] += 1
            if outcome == "differ":
                self.stdout.write(f"differs: {uuid}")
        self.stdout.write(f"{counts['agree']} agree with engine {ENGINE}")
        self.stdout.write(f"{counts['differ']} differ")
        self.stdout.write(f"{counts['unknown']} of a ruleset that is not known any more")
        others = Advice.objects.exclude(engine=ENGINE).values_list("engine").annotate(Count("pk"))
        for engine, count in others.order_by("engine"):
            self.stdout.write(f"{count} of engine {engine}, not recomputed")
        if counts["differ"]:
            raise CommandError(f"{counts['differ']} pieces of advice do not come out as they were given.")


def _outcomes() -> Iterator[tuple[UUID, str]]:
    """Yield the uuid of every advice of this engine with agree, differ or unknown."""
    rows = Advice.objects.filter(engine=ENGINE)
    known = thresholds_of(set(rows.values_list("ruleset", flat=True).distinct()))
    columns = rows.order_by("pk").values_list("uuid", "ruleset", "verdict", "facts", "decision")
    for uuid, ruleset, *given in columns.iterator(chunk_size=AT_ONCE):
        if ruleset not in known:
            yield uuid, "unknown"
        else:
            yield uuid, "agree" if _agrees(*given, known[ruleset]) else "differ"


def _agrees(verdict: str, facts: Any, given: Any, thresholds: Thresholds) -> bool:
    try:
        decision = decide(facts_from_data(facts), thresholds=thresholds).as_data()
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return False  # these are no facts
    return decision["verdict"] == verdict and _written(decision) == _written(given)


def _written(decision: Any) -> str:
    return json.dumps(decision, sort_keys=True)
