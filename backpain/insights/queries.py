"""Reads what Progress shows: bounded windows of a runner's rows, as values."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from django.db.models import Count, F, Manager, OuterRef, Q, QuerySet, Subquery

from backpain.accounts.models import User
from backpain.exercises.curated import translated
from backpain.exercises.models import Rung
from backpain.training.choices import Activity
from backpain.training.models import Run

from .log import FormRow, Log, PlacementRow, RunRow, TimeToLog
from .series import MONTH

TIMED_LATELY = dt.timedelta(days=90)
TIMED_RUNS = 10  # fewer say more about one runner than about the form


def log_of(runner: User, *, since: dt.date | None, on: dt.date) -> Log:
    """Return the runner's rows from `since` (None: from the first) to `on`, in seven queries."""
    return Log(
        runs=_runs(_between(runner.runs, since, on)),
        check_ins=list(_between(runner.check_ins, since, on).order_by("on").values_list("on", "score")),
        placements=_placements(runner, since),
        verdicts=list(_between(runner.advice, since, on).order_by("on", "pk").values_list("on", "verdict")),
        running=runner.advice.order_by("-pk").values_list("on", "decision__running").first(),
        sessions=_sessions(runner, on),
        forms=_forms(runner, on),
    )


def time_to_log(*, now: dt.datetime) -> TimeToLog:
    """Return how long logging a run took of late, over everybody; says nothing of few runs."""
    lately = Run.objects.filter(entered_at__gt=now - TIMED_LATELY, ms_to_save__isnull=False)
    took = lately.order_by("ms_to_save").values_list("ms_to_save", flat=True)
    runs = took.count()
    if runs < TIMED_RUNS:
        return TimeToLog(runs=runs)
    half, most = (took[math.ceil(runs * share) - 1] / 1000 for share in (0.5, 0.9))
    return TimeToLog(runs=runs, half_s=half, most_s=most)


def _between(rows: Manager[Any], since: dt.date | None, on: dt.date) -> QuerySet[Any]:
    return rows.filter(on__range=(since, on)) if since else rows.filter(on__lte=on)


def _runs(runs: QuerySet[Any]) -> list[RunRow]:
    rows = runs.exclude(activity=Activity.WALK).order_by("on", "started_at")
    columns = ["on", "uuid", "distance_m", "pain_before", "pain_during", "pain_after", "pain_next_morning"]
    return [RunRow._make(row) for row in rows.values_list(*columns)]


def _placements(runner: User, since: dt.date | None) -> list[PlacementRow]:
    """Return the placements that stood for a day or more from `since` on."""
    same_rung = {name: OuterRef(name) for name in ("ladder", "exercise", "unit")}
    rung = Subquery(Rung.objects.filter(**same_rung).values("position")[:1])
    rows = runner.placements.exclude(ended_on=F("from_on")).annotate(rung=rung)
    if since:
        rows = rows.filter(Q(ended_on=None) | Q(ended_on__gte=since))
    columns = [
        "ladder_id",
        translated("exercise__name"),
        "rung",
        "sets",
        "target",
        "unit",
        "from_on",
        "ended_on",
        "follows",
    ]
    return [PlacementRow._make(row) for row in rows.order_by("from_on", "pk").values_list(*columns)]


def _sessions(runner: User, on: dt.date) -> tuple[int, int]:
    recent, before = on - MONTH, on - 2 * MONTH
    counted = runner.sessions.filter(on__gt=before, on__lte=on).aggregate(
        recent=Count("pk", filter=Q(on__gt=recent)), before=Count("pk", filter=Q(on__lte=recent))
    )
    return counted["recent"], counted["before"]


def _forms(runner: User, on: dt.date) -> list[FormRow]:
    rows = runner.questionnaires.filter(on__lte=on).order_by("on", "pk")
    return [FormRow._make(row) for row in rows.values_list("on", "uuid", "form", "answers")]
