import datetime as dt
from collections.abc import Iterator

from django.db.models import F, Q

from backpain.accounts.models import User
from backpain.coach import history as values

from .models import Advice

PER_PAGE = 20


def placements_since(runner: User, since: dt.date | None) -> Iterator[values.Placement]:
    """Return the rungs the runner stood on from `since` on, as contract values.

    A placement that was replaced on its first day never held for a day and is left out. So are those of a
    ladder that is no longer in the plan: in a history a placement lasts until the next one on its ladder.
    """
    stood = runner.placements.exclude(ended_on=F("from_on"))
    if since:
        stood = stood.filter(Q(ended_on=None) | Q(ended_on__gte=since))
    columns = ("ladder__slug", "exercise__slug", "sets", "target", "unit", "hold_s", "from_on", "ended_on")
    rows = list(stood.order_by("from_on", "pk").values(*columns))
    in_plan = {row["ladder__slug"] for row in rows if row.pop("ended_on") is None}
    for row in rows:
        ladder = row.pop("ladder__slug")
        if ladder in in_plan:
            exercise, from_on = row.pop("exercise__slug"), row.pop("from_on")
            yield values.Placement(ladder=ladder, exercise=exercise, since=from_on, **row)


def advice_page(runner: User, *, verdict: str, before: Advice | None) -> tuple[list[Advice], bool]:
    """Return a page of a runner's advice, newest first, and whether there is more before it.

    `verdict` "" = every verdict. The facts, by far the largest column, are left in the database.
    """
    rows = runner.advice.filter(verdict=verdict) if verdict else runner.advice.all()
    if before:
        rows = rows.filter(pk__lt=before.pk)
    page = list(rows.defer("facts").order_by("-pk")[: PER_PAGE + 1])
    return page[:PER_PAGE], len(page) > PER_PAGE
