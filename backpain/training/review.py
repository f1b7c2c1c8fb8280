"""History -> facts -> decision -> advice, for the runner's today."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from django.db import transaction

from backpain.accounts.models import User
from backpain.coach.chronicle import window_start
from backpain.coach.decide import decide
from backpain.coach.facts import facts_from
from backpain.coach.history import History, Placement, SetDone
from backpain.exercises.queries import Successors, coach_catalogue_and_successors
from backpain.plan.actions import follow_successors, give_advice
from backpain.plan.models import Advice
from backpain.plan.queries import placements_since
from backpain.plan.rulesets import in_force

from .history import history_of


def lock(runner: User) -> User:
    """Return the runner with the profile, once nobody else is changing this log; within a transaction."""
    return User.objects.select_for_update(of=("self",)).select_related("profile").get(pk=runner.pk)


def review(*, runner: User, now: dt.datetime, whole: bool = False) -> Advice:
    """Review the log of a runner as `lock` returned it, the whole of it if asked; return the advice for today."""
    on = runner.day_of(now)
    newest = runner.advice.newest()
    # A lock holds however old its flag is, so a locked runner's whole history is read;
    # so is everyone's at the first review.
    bounded = newest is not None and not newest.locks and not whole
    history = history_of(runner, on=on if bounded else None, retired_shoes=False)
    catalogue, successors = coach_catalogue_and_successors()
    followed = _has_to_follow(history, successors)
    if followed:
        follow_successors(runner=runner, catalogue=catalogue, successors=successors, on=on)
        stood = placements_since(runner, window_start(on) if bounded else None)
        history = replace(history, placements=tuple(stood))
    ruleset, thresholds = in_force()
    history = _as_of_now(history, successors)
    facts = facts_from(history, on, catalogue=catalogue, thresholds=thresholds)
    decision = decide(facts, thresholds=thresholds)
    advice = give_advice(
        runner=runner, on=on, now=now, facts=facts, decision=decision, ruleset=ruleset, newest=newest
    )
    advice.left_on = on if followed else newest and newest.left_on
    return advice


def todays_advice(*, runner: User, now: dt.datetime) -> Advice:
    """Return today's advice, reviewing first when the day has none yet: silence changes verdicts too."""
    newest = runner.advice.newest()
    if newest and newest.on == runner.day_of(now):
        return newest
    with transaction.atomic():
        return review(runner=lock(runner), now=now)


def _has_to_follow(history: History, successors: Successors) -> bool:
    """Tell whether an exercise in the plan is out of use and has a successor."""
    stands = {placement.ladder: placement.exercise for placement in history.placements}  # the last of each
    return not successors.in_plans.keys().isdisjoint(stands.values())


def _as_of_now(history: History, successors: Successors) -> History:
    """Return a history as the catalogue is now; what the runner entered stays.

    What was merged is called as it is called now. Where another exercise followed, its ladder began with it.
    """
    if not successors.in_plans and not successors.names:
        return history
    names = successors.names
    sessions = (
        replace(session, sets=tuple(_named(done, names) for done in session.sets))
        for session in history.sessions
    )
    placements = (_named(placement, names) for placement in history.placements)
    return replace(
        history, sessions=tuple(sessions), placements=tuple(_since_followed(placements, successors))
    )


def _named[T: (SetDone, Placement)](entry: T, names: Mapping[str, str]) -> T:
    return replace(entry, exercise=names[entry.exercise]) if entry.exercise in names else entry


def _since_followed(placements: Iterable[Placement], successors: Successors) -> Iterator[Placement]:
    """Return the placements of each ladder from the last one on that followed an exercise out of use."""
    by_ladder: dict[str, list[Placement]] = {}
    for placement in placements:
        stood = by_ladder.setdefault(placement.ladder, [])
        if stood and successors.in_plans.get(stood[-1].exercise) == placement.exercise:
            stood.clear()
        stood.append(placement)
    return chain.from_iterable(by_ladder.values())
