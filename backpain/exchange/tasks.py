from __future__ import annotations

import datetime as dt
from time import monotonic

from django.tasks import task
from django.utils import timezone

from . import actions, claims, restore
from .models import UNDO
from .working import Work

SLICE_S = 10  # then whatever others wait for has its turn
KEPT_UNCONFIRMED = dt.timedelta(days=1)


@task
def get_on_with(pk: int) -> None:
    """Get on with an import for some seconds, and have the rest done by the next task."""
    began = monotonic()
    batch = claims.claim(pk, now=timezone.now())
    if batch is None:
        return
    try:
        work = Work(batch=batch, clock=timezone.now, has_time=lambda: monotonic() - began < SLICE_S)
        is_done = work.get_on()
    except claims.Superseded:
        return
    if not is_done:
        claims.release(batch, now=timezone.now())
        get_on_with.enqueue(pk)


@task
def purge() -> int:
    """Forget imports that were not confirmed within a day, and what else was kept of those stored long ago."""
    now = timezone.now()
    return actions.purge(unconfirmed_before=now - KEPT_UNCONFIRMED, stored_before=now - UNDO)


def purge_unconfirmed_later(now: dt.datetime) -> None:
    """Have what was brought in forgotten where nobody confirms it."""
    purge.using(run_after=now + KEPT_UNCONFIRMED + dt.timedelta(minutes=1)).enqueue()


def purge_stored_later(now: dt.datetime) -> None:
    """Have what was found in files forgotten once it can no longer be undone."""
    purge.using(run_after=now + UNDO + dt.timedelta(days=1)).enqueue()


@task
def forget_archives() -> None:
    """Delete the archives that nobody said yes or no to within a day."""
    restore.forget(before=timezone.now() - restore.KEPT)
