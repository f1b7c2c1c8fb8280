"""E-1: which exercises a runner starts with."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from backpain.coach.decision import Dose
from backpain.coach.doses import starting_dose
from backpain.coach.history import SetDone
from backpain.coach.ladders import Catalogue
from backpain.coach.thresholds import SHIPPED, Thresholds


def passes_trial(done: SetDone, *, before: int | None, thresholds: Thresholds = SHIPPED) -> bool:
    """Tell whether a first slow set joins the plan: long enough, in form, and no more pain than at rest."""
    wanted = thresholds.trial_hold_s if done.unit == "s" else thresholds.trial_reps
    if done.done < wanted or done.good_form is not True or done.pain is None or before is None:
        return False
    return done.pain <= thresholds.trial_pain and done.pain <= before


def first_placements(
    passed: Sequence[str],
    *,
    catalogue: Catalogue,
    equipment: Collection[str] = (),
    thresholds: Thresholds = SHIPPED,
) -> tuple[tuple[str, Dose], ...]:
    """Return the ladder and starting dose of the first four passed exercises, in the order tried.

    One exercise a ladder, from at least three families, one for hip or knee (E-15): the last place waits
    for a third family and for that one.
    """
    chosen: list[tuple[str, Dose]] = []
    families: set[str] = set()
    legs_wanted = any(ladder.legs for ladder in catalogue.ladders)
    for exercise in passed:
        for ladder in catalogue.ladders:
            rung = next((rung for rung in ladder.rungs if rung.exercise == exercise), None)
            if rung is None or ladder.slug in dict(chosen) or rung.equipment not in (None, *equipment):
                continue
            places = thresholds.first_exercises - len(chosen)
            wanted = thresholds.first_families - len(families | {ladder.family})
            if max(wanted, legs_wanted and not ladder.legs) < places:
                chosen.append((ladder.slug, starting_dose(rung)))
                families.add(ladder.family)
                legs_wanted = legs_wanted and not ladder.legs
        if len(chosen) == thresholds.first_exercises:
            break
    return tuple(chosen)
