"""Makes, opens and ends the secret links to a report."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import NamedTuple

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch

from backpain.accounts.models import User
from backpain.accounts.tokens import hash_of, new_pin, new_token
from backpain.training.review import lock

from .contents import Options
from .models import MOST_WRONG_PINS, Share, ShareQuerySet, ShareVisit

USUAL_DAYS = 14  # issue 6
MOST_DAYS = 90  # issue 6
MOST_OPEN = 20  # links a runner can keep an eye on; the project's choice
KEPT_DAYS = 30  # an ended link with its visits, as long as a deleted entry; the project's choice
MOST_LISTED = 50
VISITS_LISTED = 10  # of each link, beside their number


class TooManyOpen(Exception):
    """The runner has as many open links as anybody may have."""


class Made(NamedTuple):
    """A new link with what is known of it only now; `pin` is "" where none is asked."""

    share: Share
    token: str
    pin: str


@transaction.atomic
def share_report(
    *,
    runner: User,
    now: dt.datetime,
    first: dt.date,
    last: dt.date,
    options: Options,
    expires_in: int,
    ask_pin: bool = False,
    label: str = "",
) -> Made:
    """Make a link to the report of a period that works for `expires_in` days."""
    lock(runner)
    if runner.shares.open_at(now).count() >= MOST_OPEN:
        raise TooManyOpen
    token, pin = new_token(), new_pin() if ask_pin else ""
    share = runner.shares.create(
        token_hash=hash_of(token),
        pin=make_password(pin) if pin else "",
        label=label,
        first=first,
        last=last,
        **asdict(options),
        made_at=now,
        expires_at=now + dt.timedelta(days=expires_in),
    )
    return Made(share, token, pin)


def revoke_share(share: Share, *, now: dt.datetime) -> None:
    """End a link for good; the first time counts."""
    Share.objects.filter(pk=share.pk, revoked_at=None).update(revoked_at=now)


def open_share(token: str, *, now: dt.datetime) -> Share | None:
    """Return the link a token opens. One query, whatever the reason for which there is none."""
    return Share.objects.open_at(now).select_related("runner").filter(token_hash=hash_of(token)).first()


def accepts_pin(share: Share, pin: str, *, now: dt.datetime) -> bool | None:
    """Tell whether this is the PIN of a link; None where it was tried too often.

    A try is taken before it is looked at and given back where it was right, so that requests at the same
    moment have no more tries together. The limit stands in the statement itself: PostgreSQL looks at it
    again after waiting for another request, which it does not for a subquery.
    """
    row = Share.objects.filter(pk=share.pk)
    if not row.filter(wrong_pins__lt=MOST_WRONG_PINS).update(wrong_pins=F("wrong_pins") + 1, tried_at=now):
        return None
    if check_password(pin, share.pin):
        row.update(wrong_pins=F("wrong_pins") - 1)
        return True
    share.refresh_from_db(fields=["wrong_pins"])
    return None if share.is_locked else False


def record_visit(share: Share, *, now: dt.datetime, by_runner: bool) -> None:
    ShareVisit.objects.create(runner_id=share.runner_id, share=share, at=now, by_runner=by_runner)


@transaction.atomic
def purge(*, before: dt.datetime) -> int:
    """Remove the links that ended before an instant, with their visits, and return how many."""
    gone = Share.objects.ended_before(before)
    count = gone.count()
    gone.delete()
    return count


def shares_of(runner: User, *, now: dt.datetime) -> ShareQuerySet:
    """Return a runner's newest links, in two queries: whether each is open, and how often it was opened."""
    visits = runner.share_visits.order_by("-at", "-pk")[:VISITS_LISTED]
    is_open = Exists(Share.objects.open_at(now).filter(pk=OuterRef("pk")))
    listed = runner.shares.annotate(is_open=is_open, visit_count=Count("visits"))
    return listed.prefetch_related(Prefetch("visits", visits, "newest_visits")).order_by("-made_at", "-pk")[
        :MOST_LISTED
    ]
