"""What the plan page shows of each placement: the dose, the step after it and what that still needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from backpain.accounts.models import User
from backpain.coach.chronicle import last_days
from backpain.coach.decision import Decision, Dose, Evidence, Move, Verdict
from backpain.coach.facts import facts_from_data
from backpain.coach.ladders import Catalogue, place_of
from backpain.coach.next_step import next_step
from backpain.coach.returning import STAGES
from backpain.coach.thresholds import SHIPPED, Thresholds
from backpain.exercises.models import Equipment, Exercise
from backpain.exercises.queries import Successors, coach_catalogue, coach_catalogue_and_successors

from .models import Advice, Placement
from .rulesets import thresholds_of
from .wording import Explained, dose_of, explain
from .words.missing import Missing, from_scratch, missing
from .words.moves import MoveUp
from .words.reasons import ReasonInWords
from .words.replaced import left_out, needs, renamed, replaced
from .words.values import dose_words

NOT_YET = "E-3"
TOLD_DAYS = 7  # for so long a runner is told that an exercise left the plan; the project's choice


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The step after a dose. `exercise` is named where it is another one, with what it needs."""

    dose: str
    exercise: str = ""
    equipment: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A placement. `move` is on offer today; `missing` is what the next step lacks, None where a rule waits.

    `is_off` says that its ladder has no such rung any more.
    """

    placement: Placement
    dose: str
    is_off: bool
    move: MoveUp | None
    next: NextStep | None
    missing: Missing | None
    why_missing: ReasonInWords | None
    reasons: tuple[ReasonInWords, ...]

    @property
    def slug(self) -> str:
        return self.placement.ladder.slug

    @property
    def lacks(self) -> Missing | None:
        """Return what is missing, except beside a step that waits for nothing but an answer."""
        return self.missing if self.move is None or self.move.answered == "accepted" else None


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """An exercise out of use that left the plan: what the runner is told, and where to read on."""

    text: str
    exercise: Exercise


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """`holding` are the reasons for which no step is on offer anywhere; `stage` is that of the next run."""

    advice: Explained | None
    rows: tuple[Row, ...]
    replaced: tuple[Replaced, ...] = ()
    holding: tuple[ReasonInWords, ...] = ()
    stage: int | None = None
    stages: int = len(STAGES)


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What is known of the whole plan. `trained` has the day of the latest session of each ladder's exercise."""

    newest: Advice | None
    advice: Explained | None
    steps: Mapping[str, NextStep]
    off: frozenset[str]  # ladders that have lost the rung of their placement
    trained: Mapping[str, dt.date]
    today: dt.date


def plan_page(runner: User, *, today: dt.date) -> PlanPage:
    """Return the runner's plan with what the newest advice says of it; only today's offers steps."""
    newest = runner.advice.newest()
    advice = explain(newest) if newest else None
    placements = runner.placements.in_force().select_related("ladder", "exercise")
    ordered = list(placements.order_by("ladder__position", "pk"))
    waits = advice is not None and advice.needs_care  # beside it nothing that adds load is shown
    catalogue = None if waits or not ordered else coach_catalogue()
    told = _Told(
        newest=newest,
        advice=advice,
        steps=_next_steps(ordered, catalogue, _thresholds(newest)) if catalogue else {},
        off=_off(ordered, catalogue) if catalogue else frozenset(),
        trained={} if waits or newest is None else _trained(newest),
        today=today,
    )
    return PlanPage(
        advice=advice,
        rows=tuple(_row(each, told) for each in ordered),
        replaced=replaced_lately(runner, newest, today=today),
        holding=() if waits or advice is None else _holding(advice),
        stage=newest.decided.running.stage if newest and not newest.locks else None,
    )


def replaced_lately(runner: User, newest: Advice | None, *, today: dt.date) -> tuple[Replaced, ...]:
    """Return what left the plan in the last days because it is out of use; mostly in no query, else in two."""
    first = last_days(today, TOLD_DAYS)
    if newest is None or newest.left_on is None or newest.left_on < first:
        return ()
    lately = runner.placements.filter(Q(ended_on=None) | Q(ended_on__gte=first))
    rows = list(lately.select_related("exercise", "follows").order_by("pk"))
    standing = {row.ladder_id: row for row in rows if row.ended_on is None}
    following = [row for row in rows if row.follows and row.follows.is_retired and row.from_on >= first]
    successors = coach_catalogue_and_successors()[1]
    goes_on = [
        _replaced(row, now, successors)
        for row in following
        if (now := standing.get(row.ladder_id)) and now.exercise_id == row.exercise_id
    ]
    return (*goes_on, *_left_out(rows, followed={row.follows_id for row in following}))


def _replaced(row: Placement, now: Placement, successors: Successors) -> Replaced:
    """Return what follows an exercise, with the dose it has come to since."""
    old, new = row.follows, row.exercise
    dose = _("%(dose)s, each side") % {"dose": dose_of(now)} if new.per_side else dose_of(now)
    if successors.are_same(old.slug, new.slug):
        text = renamed(str(old), str(new), dose)
    else:
        text = replaced(str(old), str(new), dose, from_start=now.pk == row.pk)
    if new.equipment and new.equipment != old.equipment:
        text = f"{text} {needs(new.get_equipment_display())}"
    return Replaced(text=text, exercise=new)


def _left_out(rows: Iterable[Placement], *, followed: Collection[int | None]) -> Iterator[Replaced]:
    """Yield what ended without anything after it: its successor's ladder was in the plan already."""
    last = {row.ladder_id: row for row in rows}
    for row in last.values():
        if row.ended_on and row.exercise.is_retired and row.exercise_id not in followed:
            yield Replaced(text=left_out(str(row.exercise)), exercise=row.exercise)


def _off(placements: Iterable[Placement], catalogue: Catalogue) -> frozenset[str]:
    rungs = {ladder.slug: ladder.rungs for ladder in catalogue.ladders}
    return frozenset(
        each.ladder.slug
        for each in placements
        if place_of(rungs.get(each.ladder.slug, ()), each.exercise.slug, each.unit) is None
    )


def _thresholds(newest: Advice | None) -> Thresholds:
    return thresholds_of({newest.ruleset}).get(newest.ruleset, SHIPPED) if newest else SHIPPED


def _row(placement: Placement, told: _Told) -> Row:
    ladder, advice = placement.ladder.slug, told.advice
    reasons = tuple(r for r in advice.reasons if r.ladder_slug == ladder) if advice else ()
    moves = advice.moves_up if advice and advice.on == told.today else ()
    return Row(
        placement=placement,
        dose=dose_of(placement),
        is_off=ladder in told.off,
        move=next((move for move in moves if move.ladder == ladder), None),
        next=told.steps.get(ladder),
        missing=_missing(placement, told) if ladder in told.steps else None,
        why_missing=next((reason for reason in reasons if reason.rule == NOT_YET), None),
        reasons=tuple(reason for reason in reasons if reason.rule != NOT_YET),
    )


def _missing(placement: Placement, told: _Told) -> Missing | None:
    """Return what the next step lacks; a dose that is newer than the advice starts from nothing."""
    dose, newest = _dose(placement), told.newest
    if newest is None or placement.advice_id == newest.pk:
        return from_scratch(dose)
    evidence = _evidence(newest.decided, placement.ladder.slug)
    if evidence is None:
        return None
    return missing(evidence.values, dose, newest_on=told.trained.get(placement.ladder.slug))


def _evidence(decision: Decision, ladder: str) -> Evidence | None:
    found = (r.evidence for r in decision.reasons if (r.rule, r.ladder) == (NOT_YET, ladder))
    return next(found, None)


def _trained(advice: Advice) -> dict[str, dt.date]:
    ladders = facts_from_data(advice.facts).ladders
    return {ladder.slug: ladder.of_current[0].bout.on for ladder in ladders if ladder.of_current}


def _holding(advice: Explained) -> tuple[ReasonInWords, ...]:
    """Return what A-2 counts: every reason to hold that is not about one ladder, and any to ease back."""
    return tuple(
        reason
        for reason in advice.reasons
        if Verdict[reason.verdict.upper()] >= (Verdict.REGRESS if reason.ladder_slug else Verdict.HOLD)
    )


def _next_steps(
    placements: Iterable[Placement], catalogue: Catalogue, thresholds: Thresholds
) -> dict[str, NextStep]:
    ladders = {ladder.slug: ladder for ladder in catalogue.ladders}
    moves = [
        move
        for placement in placements
        if (ladder := ladders.get(placement.ladder.slug))
        and (move := next_step(_dose(placement), ladder, thresholds))
    ]
    others = {move.to.exercise for move in moves if move.to and move.kind == "level_up"}
    named = Exercise.objects.filter(slug__in=others).only("slug", "name", "translations", "equipment")
    above = {exercise.slug: exercise for exercise in named}
    return {move.ladder: _step(move, move.to, above) for move in moves if move.to}


def _step(move: Move, to: Dose, above: dict[str, Exercise]) -> NextStep:
    if move.kind != "level_up":
        return NextStep(dose=dose_words(to))
    exercise = above[to.exercise]
    needs = Equipment(exercise.equipment).label if exercise.equipment else ""
    return NextStep(dose=dose_words(to), exercise=str(exercise), equipment=str(needs))


def _dose(placement: Placement) -> Dose:
    return Dose(
        exercise=placement.exercise.slug,
        sets=placement.sets,
        target=placement.target,
        unit=placement.unit,
        hold_s=placement.hold_s,
    )
