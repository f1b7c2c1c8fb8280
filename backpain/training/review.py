"""History -> facts -> decision -> advice, for the runner's today."""

import datetime as dt

from django.db import transaction

from backpain.accounts.models import User
from backpain.coach.decide import decide
from backpain.coach.facts import facts_from
from backpain.exercises.queries import coach_catalogue
from backpain.plan.actions import give_advice
from backpain.plan.models import Advice
from backpain.plan.rulesets import in_force

from .history import history_of


def lock(runner: User) -> User:
    """Return the runner with the profile, once nobody else is changing this log; within a transaction."""
    return User.objects.select_for_update(of=("self",)).select_related("profile").get(pk=runner.pk)


def review(*, runner: User, now: dt.datetime) -> Advice:
    """Review the log of a runner as `lock` returned it, and return the advice for today."""
    on = runner.day_of(now)
    newest = runner.advice.newest()
    # A lock holds however old its flag is, so a locked runner's whole history is read;
    # so is everyone's at the first review.
    bounded = newest is not None and not newest.locks
    history = history_of(runner, on=on if bounded else None)
    ruleset, thresholds = in_force()
    facts = facts_from(history, on, catalogue=coach_catalogue(), thresholds=thresholds)
    decision = decide(facts, thresholds=thresholds)
    return give_advice(
        runner=runner, on=on, now=now, facts=facts, decision=decision, ruleset=ruleset, newest=newest
    )


def todays_advice(*, runner: User, now: dt.datetime) -> Advice:
    """Return today's advice, reviewing first when the day has none yet: silence changes verdicts too."""
    newest = runner.advice.newest()
    if newest and newest.on == runner.day_of(now):
        return newest
    with transaction.atomic():
        return review(runner=lock(runner), now=now)
