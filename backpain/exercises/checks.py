"""What has to be true of a draft before runners may meet it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from backpain.exercises.curated import State
from backpain.exercises.models import Article, Category, Exercise, Ladder, Rung
from backpain.figures import BadFigure, faults, figure_from


@dataclass(frozen=True)
class Problem:
    """What keeps a draft from being published; `field` is where to mend it, "" where no single one is."""

    field: str
    text: str


def problems_of(draft: Exercise | Ladder | Article) -> list[Problem]:
    """Return everything that keeps a draft from being published."""
    match draft:
        case Exercise():
            return list(_of_exercise(draft))
        case Ladder():
            return list(_of_ladder(draft))
        case _:
            return list(_of_article(draft))


def runners_on(**where: Any) -> int:
    """Return how many runners stand there now, on an exercise or a ladder."""
    return Exercise.desk.filter(**where).aggregate(
        count=Count("placements__runner", filter=Q(placements__ended_on=None), distinct=True)
    )["count"]


def _of_exercise(draft: Exercise) -> Iterator[Problem]:
    if draft.retire:
        yield from _of_retirement(draft)
        return
    if not draft.doses.exists():
        yield Problem("doses", _("No source is given."))
    for field in ("purpose", "how_to", "stop_note"):
        if not getattr(draft, field).strip():
            yield Problem(field, _("This is empty."))
    yield from _of_figure(draft)


def _of_figure(draft: Exercise) -> Iterator[Problem]:
    if draft.figure is None:
        if draft.category != Category.LIFESTYLE:
            yield Problem("figure", _("There is no figure."))
        return
    try:
        found = faults(figure_from(draft.figure))
    except BadFigure as error:
        yield Problem("figure", str(error))
        return
    for fault in found:
        yield Problem("figure", _("Pose %(pose)s: %(fault)s.") % {"pose": fault.pose, "fault": fault.code})
    if not draft.figure_reviewed:
        yield Problem("figure", _("Nobody has looked at the figure beside the steps yet."))


def _of_retirement(draft: Exercise) -> Iterator[Problem]:
    original = draft.draft_of or draft
    successor = draft.successor
    if successor is None:
        if count := runners_on(pk=original.pk):
            yield Problem(
                "successor", _("%(count)s runners stand on it: name a successor.") % {"count": count}
            )
        return
    if successor.pk == original.pk or successor.state != State.PUBLISHED:
        yield Problem("successor", _("The successor has to be another exercise that is in use."))
        return
    if original.rungs.exists() and not Rung.objects.published().filter(exercise=successor).exists():
        yield Problem("successor", _("The successor is on no ladder."))
    if draft.merged and (draft.unit, draft.per_side) != (successor.unit, successor.per_side):
        yield Problem("merged", _("The same exercise is counted in the same unit, and by side or not."))


def _of_ladder(draft: Ladder) -> Iterator[Problem]:
    rungs = list(draft.rungs.select_related("exercise").order_by("position"))
    if draft.retire:
        rungs = []
    elif not rungs:
        yield Problem("rungs", _("The ladder has no rung."))
    if [rung.position for rung in rungs] != list(range(1, len(rungs) + 1)):
        yield Problem("rungs", _("The places are not 1, 2, 3 without a gap."))
    for rung in rungs:
        if rung.exercise.state != State.PUBLISHED:
            yield Problem("rungs", _("%(name)s is not published.") % {"name": rung.exercise.name})
    kept = {(rung.exercise_id, rung.unit) for rung in rungs}
    original = draft.draft_of or draft
    for stood in (
        original.placements.filter(ended_on=None)
        .values("exercise", "exercise__name", "unit")
        .annotate(count=Count("runner", distinct=True))
    ):
        if (stood["exercise"], stood["unit"]) not in kept:
            words = {"count": stood["count"], "name": stood["exercise__name"]}
            yield Problem(
                "rungs",
                _("%(count)s runners stand on %(name)s. Take it out of use with a successor instead.")
                % words,
            )


def _of_article(draft: Article) -> Iterator[Problem]:
    if not draft.retire and not draft.sources.exists():
        yield Problem("sources", _("No source is given."))
