"""Where a plan goes on when an exercise in it is out of use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from backpain.coach.decision import Dose
from backpain.coach.doses import starting_dose
from backpain.coach.ladders import Catalogue, Ladder, Rung
from backpain.exercises.queries import Successors

from .models import Placement

NEW_LEVEL_SETS = 2  # a new exercise begins with at most so many sets (E-2, E-5)


@dataclass(frozen=True, kw_only=True)
class Follow:
    """A placement that ends, and the dose that follows it on a ladder.

    Both None where the runner stands on that ladder already.
    """

    ended: Placement
    ladder: str | None = None
    dose: Dose | None = None


def follow(standing: Iterable[Placement], catalogue: Catalogue, successors: Successors) -> list[Follow]:
    """Return what becomes of the open placements whose exercise is out of use and has a successor on a ladder.

    A successor on the same ladder comes first, so that nobody else's is given its place.
    """
    standing = list(standing)
    found = [(each, _rung_after(each, catalogue, successors)) for each in standing]
    ending = [(each, *place) for each, place in found if place]
    ended = {each.pk for each, *_ in ending}
    taken = {each.ladder.slug for each in standing if each.pk not in ended}
    follows = []
    for each, ladder, rung in sorted(ending, key=lambda one: one[1].slug != one[0].ladder.slug):
        if ladder.slug in taken:
            follows.append(Follow(ended=each))
            continue
        taken.add(ladder.slug)
        dose = _dose_after(each, rung, successors)
        follows.append(Follow(ended=each, ladder=ladder.slug, dose=dose))
    return follows


def _rung_after(
    placement: Placement, catalogue: Catalogue, successors: Successors
) -> tuple[Ladder, Rung] | None:
    """Return the successor's rung: on the same ladder, else on the first that has it; in the same unit if any."""
    successor = successors.in_plans.get(placement.exercise.slug)
    places = [
        (ladder, rung) for ladder in catalogue.ladders for rung in ladder.rungs if rung.exercise == successor
    ]
    ladder = next((each for each, _rung in places if each.slug == placement.ladder.slug), None)
    ladder = ladder or next((each for each, _rung in places), None)
    rungs = [rung for each, rung in places if each is ladder]
    return (ladder, _in_unit(placement.unit, rungs)) if ladder else None


def _in_unit(unit: str, rungs: Sequence[Rung]) -> Rung:
    return next((rung for rung in rungs if rung.unit == unit), rungs[0])


def _dose_after(placement: Placement, rung: Rung, successors: Successors) -> Dose:
    """Return the dose it had, at most the rung's cap, where it is the same exercise; else the start of the rung.

    A target below the rung's start stays: no dose goes up unasked.
    """
    start = starting_dose(rung)
    if successors.are_same(placement.exercise.slug, rung.exercise) and rung.unit == placement.unit:
        return replace(start, sets=placement.sets, target=min(placement.target, rung.cap))
    return replace(start, sets=min(NEW_LEVEL_SETS, start.sets))
