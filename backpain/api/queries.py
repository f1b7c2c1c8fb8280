from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef

from backpain.accounts.models import User
from backpain.accounts.tokens import hash_of
from backpain.plan.models import Advice
from backpain.plan.queries import newest_first

from .models import Token, TokenQuerySet

MOST_LISTED = 50


def open_token(secret: str, *, now: dt.datetime) -> Token | None:
    """Return the token of a secret. One query, whatever the reason for which there is none."""
    return Token.objects.open_at(now).select_related("runner").filter(token_hash=hash_of(secret)).first()


def tokens_of(runner: User, *, now: dt.datetime) -> TokenQuerySet:
    """Return a runner's newest tokens, in one query, each with whether it works."""
    is_open = Exists(Token.objects.open_at(now).filter(pk=OuterRef("pk")))
    return runner.tokens.annotate(is_open=is_open).order_by("-made_at", "-pk")[:MOST_LISTED]


def advice_page(
    runner: User, *, since: dt.date | None, before: UUID | None, limit: int
) -> tuple[list[Advice], UUID | None] | None:
    """Return a page of advice, newest first, and the last of it where there is earlier; None for no such `before`."""
    cursor = runner.advice.only("given_at").filter(uuid=before).first() if before else None
    if before and cursor is None:
        return None
    rows = runner.advice.filter(on__gte=since) if since else runner.advice.all()
    found = list(newest_first(rows, before=cursor)[: limit + 1])
    return found[:limit], found[limit - 1].uuid if len(found) > limit else None


def advice_of_day(runner: User, on: dt.date) -> Advice | None:
    """Return what was said last on a day."""
    return newest_first(runner.advice.filter(on=on)).first()
