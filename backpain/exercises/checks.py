"""What has to be true of a draft before runners may meet it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backpain.exercises.curated import State
from backpain.exercises.models import Article, Category, Exercise, Ladder, Rung, Unit
from backpain.exercises.words.figures import bad_words, fault_words
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
            return [*_of_name(draft, "name"), *_of_exercise(draft)]
        case Ladder():
            return [*_of_name(draft, "name"), *_of_ladder(draft)]
        case _:
            return [*_of_name(draft, "title"), *_of_article(draft)]


def runners_on(**where: Any) -> int:
    """Return how many runners stand there now, on an exercise or a ladder."""
    return Exercise.desk.filter(**where).aggregate(
        count=Count("placements__runner", filter=Q(placements__ended_on=None), distinct=True)
    )["count"]


def _of_name(draft: Exercise | Ladder | Article, field: str) -> Iterator[Problem]:
    named_so = type(draft).desk.filter(draft_of=None, **{field: getattr(draft, field)})
    if named_so.exclude(pk=draft.draft_of_id or draft.pk).exists():
        yield Problem(field, _("Another one has this name."))


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
    yield from (Problem("figure", text) for text in faults_of(draft.figure))
    if not draft.figure_reviewed:
        yield Problem("figure", _("Nobody has looked at the figure beside the steps yet."))


def faults_of(figure: Any) -> list[str]:
    """Return what is wrong with the data of a figure, in sentences."""
    try:
        found = faults(figure_from(figure))
    except BadFigure as error:
        return [bad_words(error)]
    return [fault_words(fault) for fault in found]


def _of_retirement(draft: Exercise) -> Iterator[Problem]:
    original = draft.draft_of or draft
    successor = draft.successor
    if successor is None:
        if count := runners_on(pk__in={original.pk, *_left_for(original.pk)}):
            yield Problem(
                "successor", _("%(count)s runners stand on it: name a successor.") % {"count": count}
            )
        return
    if successor.pk == original.pk or successor.state != State.PUBLISHED:
        yield Problem("successor", _("The successor has to be another exercise that is in use."))
        return
    if original.rungs.exists() and not Rung.objects.published().filter(exercise=successor).exists():
        yield Problem("successor", _("The successor is on no ladder."))
    if successor.impact and not original.impact:
        yield Problem("successor", _("The successor has jumps or landings, which this exercise has not."))
    if draft.merged and (draft.unit, draft.per_side) != (successor.unit, successor.per_side):
        yield Problem("merged", _("The same exercise is counted in the same unit, and by side or not."))


def _of_ladder(draft: Ladder) -> Iterator[Problem]:
    rungs = list(draft.rungs.select_related("exercise").order_by("position"))
    if not rungs and not draft.retire:
        yield Problem("rungs", _("The ladder has no rung."))
    if [rung.position for rung in rungs] != list(range(1, len(rungs) + 1)):
        yield Problem("rungs", _("The places are not 1, 2, 3 without a gap."))
    for rung in rungs:
        if rung.exercise.state != State.PUBLISHED and not draft.retire:
            words = {"place": rung.position, "name": rung.exercise.name}
            yield Problem("rungs", _("Rung %(place)s: %(name)s is not published.") % words)
    yield from _left_behind(draft)
    yield from _left_without(draft)


def _left_behind(draft: Ladder) -> Iterator[Problem]:
    """Yield the rungs of the ladder in use that runners stand on and the draft no longer has."""
    kept = set() if draft.retire else set(draft.rungs.values_list("exercise", "unit"))
    gone = {rung: count for rung, count in runners_by_rung(draft).items() if rung not in kept}
    names = Exercise.desk.in_bulk({exercise for exercise, _unit in gone})
    for (exercise, unit), count in gone.items():
        words = {"count": count, "name": names[exercise].name, "unit": Unit(unit).label}
        text = ngettext(
            "%(count)s runner stands on %(name)s (%(unit)s).",
            "%(count)s runners stand on %(name)s (%(unit)s).",
            count,
        )
        way_out = _("Keep the rung, or take the exercise out of use with a successor.")
        yield Problem("rungs", f"{text % words} {way_out}")


def runners_by_rung(ladder: Ladder) -> dict[tuple[int, str], int]:
    """Return how many runners stand on each rung of the ladder in use now, by exercise and unit.

    Who stands on an exercise out of use is about to follow its successor.
    """
    open_ones = (ladder.draft_of or ladder).placements.filter(ended_on=None)
    stand = open_ones.exclude(exercise__state=State.RETIRED).values_list("exercise", "unit")
    counted = stand.annotate(Count("runner", distinct=True)).order_by("exercise", "unit")
    return {(exercise, unit): count for exercise, unit, count in counted}


def _left_without(draft: Ladder) -> Iterator[Problem]:
    """Yield the exercises that runners are about to follow to, and that would be on no ladder any more."""
    original = draft.draft_of or draft
    elsewhere = Rung.objects.published().exclude(ladder=original)
    kept = [] if draft.retire else draft.rungs.values("exercise")
    dropped = Exercise.objects.filter(rungs__ladder=original).exclude(pk__in=kept)
    for exercise in dropped.exclude(pk__in=elsewhere.values("exercise")).distinct():
        if count := runners_on(pk__in=_left_for(exercise.pk)):
            text = ngettext(
                "%(count)s runner is about to be moved to %(name)s. Keep the rung.",
                "%(count)s runners are about to be moved to %(name)s. Keep the rung.",
                count,
            )
            yield Problem("rungs", text % {"count": count, "name": exercise.name})


def _left_for(exercise: int) -> set[int]:
    """Return the exercises out of use whose runners follow to this one when they are next here."""
    found: set[int] = set()
    newest = {exercise}
    while newest:
        before = Exercise.objects.filter(successor__in=newest, state=State.RETIRED)
        newest = set(before.values_list("pk", flat=True)) - found
        found |= newest
    return found


def _of_article(draft: Article) -> Iterator[Problem]:
    if not draft.retire and not draft.sources.exists():
        yield Problem("sources", _("No source is given."))
