"""Reads what Progress shows: bounded windows of a runner's rows, as values."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Avg, DateField, F, JSONField, Manager, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Least

from backpain.accounts.models import User
from backpain.exercises.curated import translated
from backpain.exercises.models import Exercise, Rung
from backpain.training.choices import Activity, Side
from backpain.training.models import Run
from backpain.training.shoes.queries import first_worn

from .log import (
    CheckInRow,
    FormRow,
    GentleRow,
    Log,
    MarkRow,
    PlacementRow,
    RungRow,
    RunRow,
    SessionRow,
    SideRow,
    TimeToLog,
)
from .series import MONTH

TIMED_LATELY = dt.timedelta(days=90)
TIMED_RUNS = 10  # fewer say more about one runner than about the form


def log_of(runner: User, *, since: dt.date | None, on: dt.date) -> Log:
    """Return the runner's rows from `since` (None: from the first) to `on`, in nine queries.

    `since` is at least eight weeks before `on`.
    """
    sessions = _sessions(_between(runner.sessions, since, on))
    verdicts, running = _advice(runner, since, on)
    marks, gentle = _marks(runner, since, on)
    return Log(
        runs=_runs(runner, _between(runner.runs, since, on)),
        check_ins=_check_ins(_between(runner.check_ins, since, on)),
        placements=_placements(runner, since),
        verdicts=verdicts,
        running=running,
        sessions=_counted(sessions.values(), on),
        forms=_forms(runner, on),
        session_rows=list(sessions.values()),
        sides=_sides(runner, sessions, _between(runner.sessions, since, on)),
        marks=marks,
        gentle=gentle,
        rungs=_rungs(runner),
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


def _runs(runner: User, runs: QuerySet[Any]) -> list[RunRow]:
    rows = runs.exclude(activity=Activity.WALK).order_by("on", "started_at")
    pains = ["pain_before", "pain_during", "pain_after", "pain_next_morning"]
    columns = [
        "on",
        "uuid",
        "distance_m",
        *pains,
        "duration_s",
        "effort",
        "surface",
        "shoe__name",
        "signs",
        "started_at",
    ]
    zone = runner.zone
    return [
        RunRow(*row, shoe=shoe or "", hour=started_at.astimezone(zone).hour, signs=signs)
        for *row, shoe, signs, started_at in rows.values_list(*columns)
    ]


def _check_ins(check_ins: QuerySet[Any]) -> list[CheckInRow]:
    rows = check_ins.order_by("on").values_list("on", "score", "sat_long", "flare")
    return [CheckInRow._make(row) for row in rows]


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


def _rungs(runner: User) -> list[RungRow]:
    """Return the rungs of the ladders the runner ever stood on."""
    rungs = Rung.objects.filter(ladder__in=runner.placements.values("ladder"))
    columns = ["ladder_id", "ladder__slug", translated("ladder__name"), "position"]
    columns += [translated("exercise__name"), "unit", "start", "cap"]
    rows = rungs.order_by("ladder__position", "ladder", "position").values_list(*columns)
    return [RungRow._make(row) for row in rows]


def _advice(
    runner: User, since: dt.date | None, on: dt.date
) -> tuple[list[tuple[dt.date, str]], tuple[dt.date, dict[str, Any]] | None]:
    """Return the verdicts of the days, and what the newest advice of all says about running.

    One statement in two parts: with an "or" the database would read all advice there is.
    """
    newest = runner.advice.filter(pk=Subquery(runner.advice.order_by("-pk").values("pk")[:1]))
    of_days = _between(runner.advice, since, on).order_by()
    rows = newest.order_by().values_list("on", "pk", "verdict", "decision__running", Value(True))
    rows = rows.union(
        of_days.values_list("on", "pk", "verdict", Cast(None, JSONField()), Value(False)), all=True
    )
    found = sorted(rows, key=itemgetter(0, 1))
    verdicts = [(day, verdict) for day, _, verdict, _, is_newest in found if not is_newest]
    told = ((day, said) for day, _, _, said, is_newest in found if is_newest and said is not None)
    return verdicts, next(told, None)


def _sessions(sessions: QuerySet[Any]) -> dict[int, SessionRow]:
    """Return sessions by key, with what was done of their targets: each set counts alike, and up to its target."""
    done = Avg(Least(F("sets__done") / F("sets__target"), 1.0), filter=Q(sets__target__gt=0))
    columns = ["pk", "on", "uuid", "pain_before", "pain_during", "pain_after", "pain_next_morning"]
    rows = sessions.order_by("on", "started_at", "pk").annotate(share=done).values_list(*columns, "share")
    return {pk: SessionRow._make(row) for pk, *row in rows}


def _counted(sessions: Collection[SessionRow], on: dt.date) -> tuple[int, int]:
    recent, before = on - MONTH, on - 2 * MONTH
    return sum(row.on > recent for row in sessions), sum(before < row.on <= recent for row in sessions)


def _sides(runner: User, sessions: Mapping[int, SessionRow], asked: QuerySet[Any]) -> list[SideRow]:
    """Return the sessions' exercises with sets on both sides, as the coach compares them (E-11)."""
    names = Exercise.objects.filter(slug=OuterRef("exercise")).values_list(translated("name"))
    found = (
        runner.sets.filter(session__in=asked.values("pk"))
        .exclude(side="")
        .exclude(trial=True)
        .values_list("session", "exercise", "unit")
        .annotate(
            left=Avg("done", filter=Q(side=Side.LEFT)),
            right=Avg("done", filter=Q(side=Side.RIGHT)),
            name=Subquery(names[:1]),
        )
        .order_by("session", "exercise", "unit")
    )
    rows = (
        SideRow(sessions[pk].on, sessions[pk].uuid, name or slug, slug, unit, left, right)
        for pk, slug, unit, left, right, name in found
        if pk in sessions and left is not None and right is not None  # one may be logged just now
    )
    return sorted(rows, key=attrgetter("on"))


def _marks(runner: User, since: dt.date | None, on: dt.date) -> tuple[list[MarkRow], list[GentleRow]]:
    """Return the days of care and those on which a pair of shoes was first worn, and gentle days, in one query."""
    no_end = Cast(None, DateField())
    care = _between(runner.care, since, on).values_list("on", Value("care"), "who", no_end)
    rows = care.union(
        first_worn(runner, since=since, on=on).values_list("first_on", Value("shoe"), "name", no_end),
        _gentle(runner, since, on).values_list("started_on", Value("gentle"), Value(""), "ended_on"),
        all=True,
    )
    found = sorted(rows, key=itemgetter(0, 1, 2))
    return (
        [MarkRow(day, kind, text) for day, kind, text, _ in found if kind != "gentle"],
        [GentleRow(day, ended_on) for day, kind, _, ended_on in found if kind == "gentle"],
    )


def _gentle(runner: User, since: dt.date | None, on: dt.date) -> QuerySet[Any]:
    """Return the gentle days that held for a day or more from `since` to `on`."""
    rows = runner.flare_plans.filter(started_on__lte=on).exclude(ended_on=F("started_on"))
    return rows.filter(Q(ended_on=None) | Q(ended_on__gt=since)) if since else rows


def _forms(runner: User, on: dt.date) -> list[FormRow]:
    rows = runner.questionnaires.filter(on__lte=on).order_by("on", "pk")
    return [FormRow._make(row) for row in rows.values_list("on", "uuid", "form", "answers")]
