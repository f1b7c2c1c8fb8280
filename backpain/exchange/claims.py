"""Who gets on with an import: one worker alone. What it writes counts only while the claim is its own."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import Exists, OuterRef, Q

from backpain.accounts.models import Consent

from .models import LATE, WORKING, Import


class Superseded(Exception):
    """Another worker got on with the import meanwhile, or its runner discarded it."""


def claim(pk: int, *, now: dt.datetime) -> Import | None:
    """Return an import that is to be worked on, for one worker alone; one who fell silent loses it.

    None where there is nothing to do, or its runner has taken the consent back.
    """
    free = Q(claim=None) | Q(worked_at__lt=now - LATE)
    agreed = Consent.objects.in_force().filter(runner=OuterRef("runner"))
    claimed = Import.objects.filter(free, Exists(agreed), pk=pk, state__in=WORKING)
    mine = uuid.uuid4()
    if not claimed.update(claim=mine, worked_at=now):
        return None
    return Import.objects.select_related("runner").filter(pk=pk, claim=mine).first()


def hold(batch: Import, *, now: dt.datetime, **changes: Any) -> None:
    """Change an import that is this worker's; raise Superseded where it is not, within a transaction."""
    if not Import.objects.filter(pk=batch.pk, claim=batch.claim).update(worked_at=now, **changes):
        raise Superseded


def release(batch: Import, *, now: dt.datetime) -> None:
    """Let the next worker go on with it."""
    Import.objects.filter(pk=batch.pk, claim=batch.claim).update(claim=None, worked_at=now)


def ask_again(batch: Import, *, now: dt.datetime) -> bool:
    """Tell whether nobody got on with an import for a while, once a while: then it has to be asked for again."""
    late = Import.objects.filter(pk=batch.pk, state__in=WORKING, worked_at__lt=now - LATE)
    return bool(late.update(claim=None, worked_at=now))
