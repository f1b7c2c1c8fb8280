"""The only writers of tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q

from backpain.accounts.models import User
from backpain.accounts.tokens import hash_of, new_api_token
from backpain.training.review import lock

from .models import MINUTE, MOST_CALLS, Token

MOST_OPEN = 20  # tokens a runner can keep an eye on; the project's choice


class TooManyOpen(Exception):
    """The runner has as many tokens that work as anybody may have."""


class Made(NamedTuple):
    """A new token with its secret, which is known only now."""

    token: Token
    secret: str


@transaction.atomic
def make_token(
    *, runner: User, name: str, scopes: Collection[str], expires_in: int | None, now: dt.datetime
) -> Made:
    """Make a token that works for `expires_in` days, without a number until it is ended."""
    lock(runner)
    if runner.tokens.open_at(now).count() >= MOST_OPEN:
        raise TooManyOpen
    secret = new_api_token()
    token = runner.tokens.create(
        name=name,
        token_hash=hash_of(secret),
        scopes=list(scopes),
        made_at=now,
        expires_at=now + dt.timedelta(days=expires_in) if expires_in else None,
    )
    return Made(token, secret)


def end_token(token: Token, *, now: dt.datetime) -> None:
    """End a token for good; the first time counts."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)


def count_call(token: Token, *, now: dt.datetime) -> bool:
    """Count a call of a token; tell whether it was one of the first MOST_CALLS in its minute.

    Limit and minute stand in the statements themselves, so that calls at the same moment share them.
    """
    row = Token.objects.filter(pk=token.pk)
    in_minute = row.filter(last_used_at__gt=now - MINUTE, calls__lt=MOST_CALLS)
    after_it = row.filter(Q(last_used_at=None) | Q(last_used_at__lte=now - MINUTE))
    one_more = {"calls": F("calls") + 1}
    return bool(
        in_minute.update(**one_more)
        or after_it.update(last_used_at=now, calls=1)
        or in_minute.update(**one_more)  # another call began the minute just before
    )
