"""Running load (L). Caps are in decide.py: they never set the verdict."""

from __future__ import annotations

from backpain.coach.decision import Evidence, Value
from backpain.coach.facts import Facts
from backpain.coach.loads import HIGH, MODERATE
from backpain.coach.thresholds import Thresholds


def jump_in_one_run(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """L-1: moderate and high hold for seven days; small and info are warnings only."""
    jump = facts.loads.jump
    if jump is None or jump.level not in (MODERATE, HIGH):
        return None
    return Evidence(
        values=(
            Value(what="run", value=jump.amount, unit=jump.unit, on=jump.on),
            Value(what="longest", value=jump.longest, unit=jump.unit),
            Value(what="load_ratio", value=round(jump.ratio, 2), on=jump.on),
        ),
        limits=(("load_moderate", thresholds.load_moderate), ("load_high", thresholds.load_high)),
    )
