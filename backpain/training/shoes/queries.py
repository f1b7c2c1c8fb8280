"""What is read of shoes and of the ground they ran on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth

from backpain.accounts.models import User
from backpain.training.choices import Activity
from backpain.training.models import Run, Shoe


def with_distance(shoes: QuerySet[Shoe]) -> QuerySet[Any]:
    """Return shoes with the distance they went in all and the runs it comes from, as the coach counts: no walks."""
    counted = Q(runs__deleted_at=None) & ~Q(runs__activity=Activity.WALK)
    return shoes.annotate(
        metres=F("start_m") + Coalesce(Sum("runs__distance_m", filter=counted), 0.0),
        run_count=Count("runs", filter=counted),
        first_on=Coalesce("started_on", Min("runs__on", filter=counted)),
        last_on=Max("runs__on", filter=counted),
    ).order_by(F("last_on").desc(nulls_last=True), "name")


def first_worn(runner: User, *, since: dt.date | None, on: dt.date) -> QuerySet[Any]:
    """Return the shoes first worn from `since` (None: ever) to `on`, with that day.

    Of the runs before `since` one is looked for, and none is read.
    """
    runs = Run.objects.exclude(activity=Activity.WALK).filter(shoe=OuterRef("pk"))
    lately = runs.filter(runner=runner, on__gte=since or dt.date.min).order_by("on").values("on")
    shoes = runner.shoes.annotate(first_on=Coalesce("started_on", Subquery(lately[:1])))
    if since:
        shoes = shoes.exclude(Exists(runs.filter(on__lt=since)), started_on=None)
    return shoes.filter(first_on__range=(since or dt.date.min, on))


def runs_naming(shoe: Shoe) -> int:
    """Count the runs and walks that name a shoe, the deleted ones too: they can be brought back."""
    return Run.with_deleted.filter(shoe=shoe).count()


def metres_by_month(runner: User, *, since: dt.date) -> dict[tuple[dt.date, str], float]:
    """Return what was run in each month on each surface; that is empty where a run names none. Walks are left out."""
    runs = runner.runs.exclude(activity=Activity.WALK).filter(on__gte=since, distance_m__gt=0)
    rows = runs.annotate(month=TruncMonth("on")).values_list("month", "surface").annotate(Sum("distance_m"))
    return {(month, surface): metres for month, surface, metres in rows.order_by("month", "surface")}
