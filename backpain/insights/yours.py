"""A runner's own part of an exercise: the place on its ladders, the most that was done, the last sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, Sum
from django.utils.translation import gettext as _

from backpain.accounts.models import User
from backpain.exercises.curated import State
from backpain.exercises.models import Exercise, Ladder, Rung
from backpain.exercises.queries import LONG_TEXTS, ladders_with, last_of
from backpain.plan.models import Placement
from backpain.plan.wording import dose_of
from backpain.plan.words.values import amount, plain
from backpain.training.choices import Side
from backpain.training.models import Session, SetDone

MOST_SESSIONS = 12


@dataclass(frozen=True, kw_only=True)
class Place:
    """A ladder of the exercise with the runner's rung on it. `rung` is None also where the ladder has lost it."""

    ladder: Ladder
    placement: Placement | None
    rung: Rung | None

    @property
    def dose(self) -> str:
        return dose_of(self.placement) if self.placement else ""

    @property
    def here(self) -> int | None:
        return self.rung.pk if self.rung else None


@dataclass(frozen=True, kw_only=True)
class Most:
    """The most that was done in one set and in one session, on a side where the exercise has sides."""

    side: str
    in_a_set: str
    set_on: dt.date
    in_a_session: str
    session_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Trained:
    """A session as far as it is about the exercise. `pain_here` is the worst pain in its own sets."""

    session: Session
    target: str
    done: Sequence[str]
    pain_here: int | None


@dataclass(frozen=True, kw_only=True)
class Yours:
    """`before` are exercises out of use whose place this one took in the runner's plan."""

    exercise: Exercise
    before: Sequence[Exercise]
    places: Sequence[Place]
    most: Sequence[Most]
    sessions: Sequence[Trained]


def yours_of(runner: User, slug: str) -> Yours:
    """Return the runner's own part of an exercise, in seven queries. Raise Exercise.DoesNotExist."""
    exercise, out_of_use = _found(runner, slug)
    names = _names(exercise, out_of_use)
    before = [each for each in out_of_use if each.was_left and each.successor_id == exercise.pk]
    return Yours(
        exercise=exercise,
        before=[each for each in before if each.slug not in names],
        places=_places(runner, exercise),
        most=_most(runner, names),
        sessions=_sessions(runner, names),
    )


def _found(runner: User, slug: str) -> tuple[Exercise, list[Exercise]]:
    """Return an exercise, and all that are out of use with a successor; `was_left` tells which the plan left."""
    left = runner.placements.filter(follows=OuterRef("pk"))
    rows = Exercise.objects.filter(Q(slug=slug) | Q(state=State.RETIRED, successor__isnull=False))
    found = {
        row.slug: row
        for row in rows.select_related("successor")
        .defer(*LONG_TEXTS, *(f"successor__{name}" for name in LONG_TEXTS))
        .annotate(was_left=Exists(left))
    }
    if slug not in found:
        raise Exercise.DoesNotExist(slug)
    return found[slug], [row for row in found.values() if row.is_retired and row.successor]


def _names(exercise: Exercise, out_of_use: Iterable[Exercise]) -> list[str]:
    """Return the slugs whose sets count as the exercise's: its own, and those of what was merged into it."""
    merged = {each.slug: each.successor.slug for each in out_of_use if each.merged}
    return [exercise.slug, *(slug for slug in merged if last_of(slug, merged) == exercise.slug)]


def _places(runner: User, exercise: Exercise) -> list[Place]:
    ladders = list(ladders_with(Rung.objects.all()).filter(pk__in=exercise.rungs.values("ladder")))
    open_ones = runner.placements.in_force().filter(ladder__in=ladders).select_related("exercise")
    by_ladder = {placement.ladder_id: placement for placement in open_ones}
    return [_place(ladder, by_ladder.get(ladder.pk)) for ladder in ladders]


def _place(ladder: Ladder, placement: Placement | None) -> Place:
    stood_on = (placement.exercise_id, placement.unit) if placement else None
    rungs = (rung for rung in ladder.rungs.all() if (rung.exercise_id, rung.unit) == stood_on)
    return Place(ladder=ladder, placement=placement, rung=next(rungs, None))


def _most(runner: User, names: Sequence[str]) -> list[Most]:
    """Return the most by unit and side; equal ones count from the first day."""
    sets = runner.sets.filter(exercise__in=names, session__deleted_at=None)
    rows = sets.values("unit", "side", "session", "session__on").annotate(one=Max("done"), all=Sum("done"))
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows.order_by("unit", "side", "session__on", "session"):
        found.setdefault((row["unit"], row["side"]), []).append(row)
    return [_most_of(unit, side, rows) for (unit, side), rows in found.items()]


def _most_of(unit: str, side: str, rows: Iterable[dict[str, Any]]) -> Most:
    set_row, session_row = max(rows, key=lambda row: row["one"]), max(rows, key=lambda row: row["all"])
    return Most(
        side=_side(side),
        in_a_set=amount(set_row["one"], unit),
        set_on=set_row["session__on"],
        in_a_session=amount(session_row["all"], unit),
        session_on=session_row["session__on"],
    )


def _sessions(runner: User, names: Sequence[str]) -> list[Trained]:
    sets = SetDone.objects.filter(exercise__in=names).order_by("position")
    done_in = runner.sets.filter(exercise__in=names).values("session")
    newest = runner.sessions.filter(pk__in=done_in).order_by("-on", "-started_at", "-pk")[:MOST_SESSIONS]
    return [_trained(session) for session in newest.prefetch_related(Prefetch("sets", sets))]


def _trained(session: Session) -> Trained:
    sets = list(session.sets.all())
    groups: dict[Any, list[SetDone]] = {}
    for each in sets:
        groups.setdefault((each.side, each.unit, each.load_kg), []).append(each)
    pains = [each.pain for each in sets if each.pain is not None]
    targets = dict.fromkeys(_target(group) for group in groups.values())
    return Trained(
        session=session,
        target=" · ".join(target for target in targets if target),
        done=[_done(group) for group in groups.values()],
        pain_here=max(pains, default=None),
    )


def _target(sets: Sequence[SetDone]) -> str:
    """Return "3 × 25 s", or "25 s" where the sets had different targets: the highest."""
    targets = [each.target for each in sets if each.target is not None]
    if not targets:
        return ""
    highest = amount(max(targets), sets[0].unit)
    return f"{len(sets)} × {highest}" if len(set(targets)) == 1 else highest


def _done(sets: Sequence[SetDone]) -> str:
    """Return "Left 25, 20 s, 4 kg"."""
    first = sets[0]
    *earlier, last = (each.done for each in sets)
    numbers = ", ".join([*(plain(done) for done in earlier), amount(last, first.unit)])
    load = _("%(n)s kg") % {"n": plain(first.load_kg)} if first.load_kg else ""
    return ", ".join(part for part in (f"{_side(first.side)} {numbers}".strip(), load) if part)


def _side(side: str) -> str:
    return str(Side(side).label) if side else ""
