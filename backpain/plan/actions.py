"""The only writers of advice, placements and answers to moves."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Greatest

from backpain.accounts.models import User
from backpain.coach import history as values
from backpain.coach.chronicle import last_days
from backpain.coach.decision import Decision, Dose
from backpain.coach.entry import first_placements
from backpain.coach.facts import Facts
from backpain.coach.ladders import Catalogue
from backpain.coach.thresholds import ENGINE
from backpain.exercises.models import Exercise, Ladder, Rung
from backpain.exercises.queries import Successors

from .log import deciding_rules, moved_ladders
from .models import TIP_SILENT_DAYS, Advice, Answer, MoveAnswer, Placement, TipDismissal
from .placing import follow


class NotOffered(Exception):
    """The move is not, or no longer, on offer."""


class TooEarly(Exception):
    """It is too early to say whether the advice was right."""


def give_advice(
    *,
    runner: User,
    on: dt.date,
    now: dt.datetime,
    facts: Facts,
    decision: Decision,
    ruleset: str,
    newest: Advice | None,
) -> Advice:
    """Store a decision as it is given, unless it says what the day's newest advice says already.

    Moves that ease the plan are in force at once; moves up wait for `accept_move`. Belongs inside the
    transaction that holds the runner's lock.
    """
    given = decision.as_data()
    if newest and (newest.on, newest.decision, newest.ruleset) == (on, given, ruleset):
        return newest
    advice = Advice.objects.create(
        runner=runner,
        on=on,
        given_at=now,
        verdict=decision.verdict.name.lower(),
        facts=facts.as_data(),
        decision=given,
        ruleset=ruleset,
        engine=ENGINE,
        decided_by=deciding_rules(decision),
        ladders=moved_ladders(decision),
        tip=_tip_of_the_day(decision, newest, on),
    )
    eased = {
        move.ladder: move.to
        for move in decision.moves
        if move.to and not move.goes_up and move.kind != "hold"
    }
    if eased:
        change_placements(runner=runner, to=eased, on=on, advice=advice)
    return advice


def _tip_of_the_day(decision: Decision, newest: Advice | None, on: dt.date) -> str:
    """Return the rule of the day's one tip: what the day had already, else the first not put off lately."""
    if newest and newest.on == on and newest.tip:
        return newest.tip
    first = last_days(on, TIP_SILENT_DAYS)
    silent = {rule for rule, day in newest.tips_put_off if day >= first} if newest else set()
    return next((tip.rule for tip in decision.tips if tip.rule not in silent), "")


@transaction.atomic
def put_off_tip(*, runner: User, advice: Advice, now: dt.datetime) -> None:
    """Keep the tip of an advice away from Today for a while; reasons cannot be put off."""
    if not advice.tip:
        return
    on = runner.day_of(now)
    TipDismissal.objects.get_or_create(runner=runner, rule=advice.tip, on=on)
    runner.tip_dismissals.filter(on__lt=last_days(on, TIP_SILENT_DAYS)).delete()


def bring_back_tip(*, runner: User, advice: Advice, now: dt.datetime) -> None:
    """Take back that a tip was put off today."""
    runner.tip_dismissals.filter(rule=advice.tip, on=runner.day_of(now)).delete()


@transaction.atomic
def accept_move(*, runner: User, advice: Advice, ladder: str, now: dt.datetime) -> Placement:
    """Put a move up into force, once; raise NotOffered when today's newest advice offers it no more."""
    User.objects.select_for_update().get(pk=runner.pk)
    to = _offered(runner, advice, ladder, now)
    if accepted := advice.placements.filter(ladder__slug=ladder).first():
        return accepted
    _answer(runner=runner, advice=advice, ladder=ladder, answer=Answer.ACCEPTED, now=now)
    return change_placements(runner=runner, to={ladder: to}, on=runner.day_of(now), advice=advice)[0]


@transaction.atomic
def postpone_move(*, runner: User, advice: Advice, ladder: str, now: dt.datetime) -> None:
    """Keep the placement as it is; the move is offered again with the next review."""
    _keep(runner, advice, ladder, now)
    _answer(runner=runner, advice=advice, ladder=ladder, answer=Answer.LATER, now=now)


@transaction.atomic
def decline_move(
    *, runner: User, advice: Advice, ladder: str, because: str, note: str = "", now: dt.datetime
) -> None:
    """Keep the placement as it is, and why; no rule reads the answer, so the next review may offer it again."""
    _keep(runner, advice, ladder, now)
    said = {"because": because, "note": note}
    _answer(runner=runner, advice=advice, ladder=ladder, answer=Answer.DECLINED, now=now, **said)


def _keep(runner: User, advice: Advice, ladder: str, now: dt.datetime) -> None:
    """Raise NotOffered where the move cannot be left: it is off the table, or accepted already."""
    User.objects.select_for_update().get(pk=runner.pk)
    _offered(runner, advice, ladder, now)
    if advice.placements.filter(ladder__slug=ladder).exists():
        raise NotOffered(ladder)


def _offered(runner: User, advice: Advice, ladder: str, now: dt.datetime) -> Dose:
    """Return what today's newest advice offers on a ladder, as far as the catalogue still has it."""
    if advice != runner.advice.newest() or advice.on != runner.day_of(now):
        raise NotOffered(ladder)
    to = next((move.to for move in advice.upward_moves if move.ladder == ladder), None)
    if (
        to is None
        or not Rung.objects.published().filter(ladder__slug=ladder, exercise__slug=to.exercise).exists()
    ):
        raise NotOffered(ladder)
    return to


def _answer(
    *,
    runner: User,
    advice: Advice,
    ladder: str,
    answer: Answer,
    now: dt.datetime,
    because: str = "",
    note: str = "",
) -> None:
    MoveAnswer.objects.update_or_create(
        runner=runner,
        advice=advice,
        ladder=Ladder.objects.get(slug=ladder),
        defaults={"answer": answer, "because": because, "note": note, "answered_at": now},
    )


def look_back(*, advice: Advice, was_right: str, note: str = "", on: dt.date) -> None:
    """Keep whether an advice was right, in the runner's eyes; raise TooEarly before that can be told."""
    if on < advice.asks_back_on:
        raise TooEarly(advice.asks_back_on)
    advice.was_right, advice.was_right_note = was_right, note
    advice.save(update_fields=["was_right", "was_right_note"])


@transaction.atomic(savepoint=False)
def change_placements(
    *, runner: User, to: Mapping[str, Dose], on: dt.date, advice: Advice | None = None
) -> list[Placement]:
    """End the open placements of these ladders, if any, and begin one with the new dose on each."""
    _end(runner.placements.in_force().filter(ladder__slug__in=to), on)
    return _begin(runner=runner, to=to, on=on, advice=advice)


@transaction.atomic(savepoint=False)
def follow_successors(*, runner: User, catalogue: Catalogue, successors: Successors, on: dt.date) -> None:
    """End the open placements on exercises out of use, and begin those that follow them, if not done yet.

    Belongs inside the transaction that holds the runner's lock.
    """
    standing = runner.placements.in_force().select_related("ladder", "exercise")
    follows = follow(standing.order_by("ladder__position", "pk"), catalogue, successors)
    _end(runner.placements.filter(pk__in=[each.ended.pk for each in follows]), on)
    begun = {each.ladder: each for each in follows if each.ladder}
    _begin(
        runner=runner,
        to={ladder: each.dose for ladder, each in begun.items()},
        on=on,
        follows={ladder: each.ended.exercise for ladder, each in begun.items()},
    )


def _end(placements: QuerySet[Placement], on: dt.date) -> None:
    """End placements today, or on their first day where the runner has since flown west."""
    placements.update(ended_on=Greatest("from_on", Value(on)))


def _begin(
    *,
    runner: User,
    to: Mapping[str, Dose],
    on: dt.date,
    advice: Advice | None = None,
    follows: Mapping[str, Exercise] | None = None,
) -> list[Placement]:
    rungs = Rung.objects.published().filter(ladder__slug__in=to)
    keys = {
        (ladder, exercise): {"ladder_id": ladder_id, "exercise_id": exercise_id}
        for ladder, exercise, ladder_id, exercise_id in rungs.values_list(
            "ladder__slug", "exercise__slug", "ladder_id", "exercise_id"
        )
    }
    return Placement.objects.bulk_create(
        Placement(
            runner=runner,
            **keys[ladder, dose.exercise],
            sets=dose.sets,
            target=round(dose.target),
            unit=dose.unit,
            hold_s=dose.hold_s,
            from_on=on,
            advice=advice,
            follows=(follows or {}).get(ladder),
        )
        for ladder, dose in to.items()
    )


@transaction.atomic
def place_history(*, runner: User, placements: Iterable[values.Placement], on: dt.date) -> None:
    """Write the placements of a history for ladders the runner has no placement on.

    Ladders and exercises the catalogue does not know are left out. One without `since` begins `on`.
    """
    taken = set(runner.placements.values_list("ladder__slug", flat=True))
    ladders = dict(Ladder.objects.values_list("slug", "pk"))
    exercises = dict(Exercise.objects.values_list("slug", "pk"))
    by_ladder = defaultdict(list)
    for placement in placements:
        if placement.ladder in ladders and placement.ladder not in taken and placement.exercise in exercises:
            by_ladder[placement.ladder].append(placement)
    rows = []
    for ladder, stood in by_ladder.items():
        stood.sort(key=lambda placement: placement.since or on)
        ends: list[Any] = [later.since or on for later in stood[1:]]
        for placement, ended_on in zip(stood, [*ends, None], strict=True):
            rows.append(
                Placement(
                    runner=runner,
                    ladder_id=ladders[ladder],
                    exercise_id=exercises[placement.exercise],
                    sets=placement.sets,
                    target=round(placement.target),
                    unit=placement.unit,
                    hold_s=placement.hold_s,
                    from_on=placement.since or on,
                    ended_on=ended_on,
                )
            )
    Placement.objects.bulk_create(rows)


@transaction.atomic
def place_first_four(
    *, runner: User, passed: Sequence[str], equipment: Collection[str], catalogue: Catalogue, on: dt.date
) -> None:
    """Begin a placement for each of the first four exercises passed, on ladders that have none yet (E-1)."""
    taken = set(runner.placements.in_force().values_list("ladder__slug", flat=True))
    chosen = dict(first_placements(passed, catalogue=catalogue, equipment=equipment))
    change_placements(
        runner=runner, to={ladder: chosen[ladder] for ladder in chosen if ladder not in taken}, on=on
    )


def mark_corrected(*, runner: User, since: dt.date, now: dt.datetime) -> None:
    """Mark the advice of days from `since` on as based on an entry corrected since; today's is replaced anyway."""
    later = runner.advice.filter(on__gte=since, on__lt=runner.day_of(now), entry_corrected_at=None)
    later.update(entry_corrected_at=now)
