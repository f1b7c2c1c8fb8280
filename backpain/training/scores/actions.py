"""Notes which runs the runner does not remember the pain of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backpain.accounts.models import User
from backpain.plan.models import Advice
from backpain.training.queries import NO_SCORE, first_morning_asked
from backpain.training.review import lock, review


@transaction.atomic
def mark_unrecorded(*, runner: User, uuids: Iterable[UUID], now: dt.datetime) -> Advice:
    """Note that the pain around some runs is not remembered: they have no score, and are never asked for one.

    A run that was given a score meanwhile, or whose next morning can still be asked about, stays as it is.
    """
    return _ask_for_scores(lock(runner), uuids, now, were=None, are=False)


@transaction.atomic
def ask_for_scores_again(*, runner: User, uuids: Iterable[UUID], now: dt.datetime) -> Advice:
    """Take back that the pain around some runs is not remembered."""
    return _ask_for_scores(lock(runner), uuids, now, were=False, are=None)


def _ask_for_scores(
    runner: User, uuids: Iterable[UUID], now: dt.datetime, *, were: bool | None, are: bool | None
) -> Advice:
    """Change whether runs without a score count as skipped; no advice was based on that."""
    runs = runner.runs.filter(NO_SCORE, uuid__in=set(uuids), next_morning_retrospective=were)
    over = runs.filter(on__lt=first_morning_asked(runner.day_of(now)))
    over.update(next_morning_retrospective=are, version=F("version") + 1)
    return review(runner=runner, now=now)
