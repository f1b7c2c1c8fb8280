"""What an account archive keeps of the log beside the history contract, out and in again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backpain.accounts.models import User
from backpain.coach import history as values
from backpain.plan.actions import mark_corrected

from . import models as tables
from .store import CHUNK, store_history, uuid_of

# The contract's collections, with the table of each and the columns that it has no place for.
ENTRIES: dict[str, tuple[type[tables.Entry], tuple[str, ...]]] = {
    "check_ins": (tables.CheckIn, ("sat_long",)),
    "runs": (tables.Run, ("on", "ms_to_save")),
    "skipped_runs": (tables.SkippedRun, ()),
    "sessions": (tables.Session, ("on",)),
    "screenings": (tables.Screening, ("on",)),
    "rests": (tables.Rest, ()),
    "care": (tables.Care, ()),
    "questionnaires": (tables.Questionnaire, ()),
}
KEPT = ("entered_at", "version", "payload_hash")  # of every entry; a phone may still send it again
SHOE = ("name", "started_on", "start_m", "retired_on")
CORRECTION = ("entry", "field", "old", "new", "at")
PLAN = ("started_on", "ended_on")

NOTHING_BESIDE: dict[str, Any] = {  # of a history that came alone
    "entries": {},
    "corrections": [],
    "shoes": [],
    "run_walk_plans": [],
    "flare_plans": [],
}

type Row = dict[str, Any]


def log_data(runner: User) -> dict[str, Any]:
    """Return what a history of the runner leaves out of the log. What was deleted is not in it."""
    entries = {name: list(_entries(runner, name)) for name in ENTRIES}
    stand = {row["id"] for rows in entries.values() for row in rows}
    corrections = runner.corrections.order_by("pk").values(*CORRECTION)
    return {
        "entries": entries,
        "corrections": [row for row in corrections if row["entry"] in stand],
        "shoes": sorted(runner.shoes.values(*SHOE), key=lambda row: row["name"]),
        "run_walk_plans": _plans(runner.run_walk_plans),
        "flare_plans": _plans(runner.flare_plans),
    }


def _entries(runner: User, name: str) -> Iterator[Row]:
    table, own = ENTRIES[name]
    rows = table.objects.filter(runner=runner).order_by("uuid").values("uuid", *KEPT, *own)
    return ({"id": row.pop("uuid"), **row} for row in rows)


def _plans(plans: Any) -> list[Row]:
    return list(plans.order_by("started_on", F("ended_on").asc(nulls_last=True), "pk").values(*PLAN))


def is_empty(runner: User) -> bool:
    """Tell whether nothing was ever logged here; what is deleted and not purged yet counts as logged."""
    owned = (runner.shoes, runner.placements, runner.run_walk_plans, runner.flare_plans, runner.corrections)
    logged = (table.with_deleted.filter(runner=runner) for table, _own in ENTRIES.values())
    return not any(rows.exists() for rows in (*logged, *owned))


@transaction.atomic
def store_log(
    *, runner: User, history: values.History, data: Mapping[str, Any], with_profile: bool, now: dt.datetime
) -> int:
    """Write the entries of a history with what an archive keeps beside them, and return how many; no review.

    What stands is left as it is: shoes by their name, plans by the day they began.
    """
    beside = {
        (ENTRIES[name][0].__name__, UUID(row["id"])): {key: row[key] for key in row.keys() - {"id"}}
        for name, rows in data["entries"].items()
        for row in rows
    }
    _store_shoes(runner, data["shoes"])
    count = store_history(runner=runner, history=history, now=now, with_profile=with_profile, beside=beside)
    told = (entry for name in ENTRIES for entry in getattr(history, name) if entry.id)
    new = {uuid_of(runner, entry.id) for entry in told}
    corrections = (row for row in data["corrections"] if UUID(row["entry"]) in new)
    tables.Correction.objects.bulk_create(
        (tables.Correction(runner=runner, **row) for row in corrections), batch_size=CHUNK
    )
    _store_plans(tables.RunWalkPlan, runner, data["run_walk_plans"])
    _store_plans(tables.FlarePlan, runner, data["flare_plans"])
    if count:
        mark_corrected(runner=runner, since=_first_day(history), now=now)
    return count


def _store_shoes(runner: User, shoes: Iterable[Row]) -> None:
    stand = set(runner.shoes.values_list("name", flat=True))
    rows = (tables.Shoe(runner=runner, **row) for row in shoes if row["name"] not in stand)
    tables.Shoe.objects.bulk_create(rows, batch_size=CHUNK)


def _store_plans(table: type[tables.DayPlan], runner: User, plans: Iterable[Row]) -> None:
    """Write the plans of days, but for those that would go on beside one that goes on here."""
    stand = list(table.objects.filter(runner=runner).values_list("started_on", "ended_on"))
    is_open = any(ended_on is None for _started_on, ended_on in stand)
    days = {started_on for started_on, _ended_on in stand}
    new = (
        row for row in plans if row["started_on"] not in days and not (is_open and row["ended_on"] is None)
    )
    table.objects.bulk_create((table(runner=runner, **row) for row in new), batch_size=CHUNK)


def _first_day(history: values.History) -> dt.date:
    """Return the day of the first entry of a history that has one."""
    day_of, day_of_bout = history.runner.day_of, history.runner.day_of_bout
    days = chain(
        (entry.on for entry in (*history.check_ins, *history.skipped_runs)),
        (entry.on for entry in (*history.care, *history.questionnaires)),
        (entry.from_on for entry in history.rests),
        (day_of_bout(bout) for bout in (*history.runs, *history.sessions)),
        (day_of(screening.at) for screening in history.screenings),
    )
    return min(days)
