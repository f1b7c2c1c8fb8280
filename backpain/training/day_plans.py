"""The only writers of what is begun with a tap and ended with another: the run-walk plan and gentle days."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from backpain.accounts.models import User
from backpain.plan.models import Advice

from .models import DayPlan, FlarePlan, RunWalkPlan
from .review import lock, review


class MayNotRun(Exception):
    """Running is off for now; the advice says why."""


@transaction.atomic
def start_run_walk(*, runner: User, now: dt.datetime) -> Advice:
    """Begin the run-walk plan (L-6) and review; one that is open stays. Raises MayNotRun."""
    runner = lock(runner)
    if runner.run_walk_plans.filter(ended_on=None).exists():
        return review(runner=runner, now=now)
    if not review(runner=runner, now=now).decided.running.may_run:
        raise MayNotRun
    RunWalkPlan.objects.create(runner=runner, started_on=runner.day_of(now))
    return review(runner=runner, now=now)


@transaction.atomic
def stop_run_walk(*, runner: User, now: dt.datetime) -> Advice:
    """End the run-walk plan, if one is open, and review."""
    return _end(RunWalkPlan, lock(runner), now)


@transaction.atomic
def begin_gentle_days(*, runner: User, now: dt.datetime) -> Advice:
    """Begin gentle days (W-5), unless they go on already, and review."""
    runner = lock(runner)
    FlarePlan.objects.get_or_create(runner=runner, ended_on=None, defaults={"started_on": runner.day_of(now)})
    return review(runner=runner, now=now)


@transaction.atomic
def end_gentle_days(*, runner: User, now: dt.datetime) -> Advice:
    """End gentle days, if they go on, and review."""
    return _end(FlarePlan, lock(runner), now)


def _end(table: type[DayPlan], runner: User, now: dt.datetime) -> Advice:
    """End the open plan today, or on its first day where the runner has since flown west."""
    today = runner.day_of(now)
    open_plans = table.objects.filter(runner=runner, ended_on=None)
    open_plans.update(ended_on=Greatest("started_on", Value(today)))
    return review(runner=runner, now=now)
