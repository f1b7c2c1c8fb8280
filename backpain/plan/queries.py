import datetime as dt
from collections.abc import Iterator

from django.db.models import F, Q

from backpain.accounts.models import User
from backpain.coach import history as values

from .models import Advice

PER_PAGE = 20


def placements_since(runner: User, since: dt.date | None) -> Iterator[values.Placement]:
    """Return the rungs the runner stood on from `since` on, as contract values.

    A placement that was replaced on its first day never held for a day and is left out.
    """
    rows = runner.placements.exclude(ended_on=F("from_on"))
    if since:
        rows = rows.filter(Q(ended_on=None) | Q(ended_on__gte=since))
    for row in rows.order_by("from_on", "pk").values(
        "ladder__slug", "exercise__slug", "sets", "target", "unit", "hold_s", "from_on"
    ):
        yield values.Placement(
            ladder=row.pop("ladder__slug"),
            exercise=row.pop("exercise__slug"),
            since=row.pop("from_on"),
            **row,
        )


def advice_page(runner: User, *, verdict: str, before: Advice | None) -> tuple[list[Advice], bool]:
    """Return a page of a runner's advice, newest first, and whether there is more before it.

    `verdict` "" = every verdict. The facts, by far the largest column, are left in the database.
    """
    rows = runner.advice.filter(verdict=verdict) if verdict else runner.advice.all()
    if before:
        rows = rows.filter(pk__lt=before.pk)
    page = list(rows.defer("facts").order_by("-pk")[: PER_PAGE + 1])
    return page[:PER_PAGE], len(page) > PER_PAGE
