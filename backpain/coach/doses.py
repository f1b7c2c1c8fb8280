"""Doses along a ladder: where one starts, one step up, one step down (E-2, E-4, E-5, E-6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backpain.coach.decision import Dose
from backpain.coach.ladders import Rung, place_of


def starting_dose(rung: Rung) -> Dose:
    """E-2: the bottom of the rung's range, with as many sets as the ladder says."""
    return Dose(exercise=rung.exercise, sets=rung.sets, target=rung.start, unit=rung.unit, hold_s=rung.hold_s)


def stepped_up(dose: Dose, rung: Rung, *, steps: int = 1) -> Dose:
    """E-4: the same sets with a higher target, never above the rung's cap."""
    target = dose.target
    for _ in range(steps):
        late = rung.late_from is not None and target >= rung.late_from
        target += (rung.late_step if late else None) or rung.step
    return replace(dose, target=min(target, rung.cap))


def stepped_down(dose: Dose, rungs: Sequence[Rung]) -> Dose | None:
    """E-6: one step down; at the floor the rung below at its cap, then one set fewer, then None."""
    place = place_of(rungs, dose.exercise, dose.unit)
    if place is None:
        return None
    rung = rungs[place]
    if dose.target > rung.start:
        late = rung.late_from is not None and dose.target > rung.late_from
        step = (rung.late_step if late else None) or rung.step
        return replace(dose, target=max(rung.start, dose.target - step))
    if place > 0:
        return replace(starting_dose(rungs[place - 1]), target=rungs[place - 1].cap)
    return replace(dose, sets=dose.sets - 1) if dose.sets > 1 else None


def is_above(dose: Dose, other: Dose, rungs: Sequence[Rung]) -> bool:
    """Tell whether `dose` asks more than `other`; doses off the ladder are never compared."""
    place, other_place = (
        place_of(rungs, dose.exercise, dose.unit),
        place_of(rungs, other.exercise, other.unit),
    )
    if place is None or other_place is None:
        return False
    return (place, dose.target, dose.sets) > (other_place, other.target, other.sets)
