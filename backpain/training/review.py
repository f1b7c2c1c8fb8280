"""History -> facts -> decision -> advice, for the runner's today."""

import datetime as dt

from django.db import transaction

from backpain.accounts.models import User
from backpain.coach.decide import decide
from backpain.coach.facts import facts_from
from backpain.coach.thresholds import RULESET, SHIPPED
from backpain.exercises.queries import coach_catalogue
from backpain.plan.actions import give_advice
from backpain.plan.models import Advice

from .history import WINDOW_DAYS, history_of


@transaction.atomic
def review(*, runner: User, now: dt.datetime) -> Advice:
    """Review the runner's log and return the advice for today; one review of a runner at a time."""
    User.objects.select_for_update().get(pk=runner.pk)
    on = runner.day_of(now)
    newest = runner.advice.newest()
    # A lock holds however old its flag is, so a locked runner's whole history is read;
    # so is everyone's at the first review.
    bounded = newest is not None and not newest.locks
    history = history_of(runner, since=on - dt.timedelta(days=WINDOW_DAYS) if bounded else None)
    facts = facts_from(history, on, catalogue=coach_catalogue())
    decision = decide(facts, thresholds=SHIPPED)
    return give_advice(runner=runner, on=on, now=now, facts=facts, decision=decision, ruleset=RULESET)


def todays_advice(*, runner: User, now: dt.datetime) -> Advice:
    """Return today's advice, reviewing first when the day has none yet: silence changes verdicts too."""
    newest = runner.advice.newest()
    if newest and newest.on == runner.day_of(now):
        return newest
    return review(runner=runner, now=now)
