"""The step after a dose, earned or not: what E-4 and E-5 will offer once nothing is missing."""

from __future__ import annotations

from dataclasses import replace

from backpain.coach.decision import Dose, Move
from backpain.coach.doses import starting_dose, stepped_up
from backpain.coach.ladders import Ladder, place_of
from backpain.coach.thresholds import Thresholds

HELD = {"s", "min"}  # units of time


def next_step(dose: Dose, ladder: Ladder, thresholds: Thresholds) -> Move | None:
    """Return the move up from a dose: a higher target, at the cap the third set, then the next rung.

    None at the top of the ladder and off it. What it takes to be offered is E-3's to say.
    """
    place = place_of(ladder.rungs, dose.exercise, dose.unit)
    if place is None:
        return None
    rung, *above = ladder.rungs[place:]
    if dose.target < rung.cap:
        kind = "longer" if dose.unit in HELD else "more_reps"
        return Move(ladder=ladder.slug, rule="E-4", kind=kind, from_=dose, to=stepped_up(dose, rung))
    if dose.sets < thresholds.sets:
        fuller = replace(dose, sets=thresholds.sets)
        return Move(ladder=ladder.slug, rule="E-4", kind="more_sets", from_=dose, to=fuller)
    if not above:
        return None
    first = replace(starting_dose(above[0]), sets=min(2, above[0].sets))
    return Move(ladder=ladder.slug, rule="E-5", kind="level_up", from_=dose, to=first)
