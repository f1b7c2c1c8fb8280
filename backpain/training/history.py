"""Reads a runner's log as the history contract's values; `store.store_history` writes it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast

from backpain.accounts.models import User
from backpain.coach import history as values
from backpain.coach.chronicle import sets_start, window_start
from backpain.plan.queries import placements_since

from .models import Profile

BOUT_COLUMNS = (
    "uuid started_at on duration_s effort pain_before pain_during pain_after pain_next_morning "
    "next_morning_retrospective sites feel signs note"
).split()
SET_COLUMNS = "exercise side unit target done load_kg pain good_form hold_s trial".split()

# What an export calls its runner: the contract asks for an id, but a file that names an account cannot be the
# same again from the account it was brought into.
EXPORTED_ID = "runner"


def history_data(runner: User) -> dict[str, Any]:
    """Return everything the runner entered as the contract's data; the same log gives the same on any site."""
    history = history_of(runner, on=None)
    data = values.as_data(replace(history, runner=replace(history.runner, id=EXPORTED_ID)))
    for entry in (*data.get("screenings", ()), *data.get("questionnaires", ())):
        entry["answers"] = dict(
            sorted(entry["answers"].items())
        )  # databases keep them in orders of their own
    return data


def history_of(runner: User, *, on: dt.date | None, retired_shoes: bool = True) -> values.History:
    """Return what the coach can look at on a day (None: everything the runner entered), as values.

    Without `retired_shoes` their runs name no shoe: a tip (H-2) is about those still worn.

    Sessions older than the sets that are looked at stay, without their sets.
    """
    since = window_start(on) if on else None
    sets_since = sets_start(on) if on else None
    return values.History(
        runner=_runner(runner),
        check_ins=tuple(check_ins_in(_from(runner.check_ins, since))),
        runs=tuple(runs_in(_from(runner.runs, since), retired_shoes=retired_shoes)),
        sessions=tuple(
            sessions_in(runner, _from(runner.sessions, since), with_sets=_from(runner.sessions, sets_since))
        ),
        screenings=tuple(_screenings(_from(runner.screenings, since))),
        placements=tuple(placements_since(runner, since)),
        questionnaires=tuple(_questionnaires(_from(runner.questionnaires, since))),
        **_of_days(runner, since),
    )


def _from(entries: models.Manager[Any], since: dt.date | None) -> models.QuerySet[Any]:
    return entries.filter(on__gte=since) if since else entries.all()


def _runner(runner: User) -> values.Runner:
    profile = getattr(runner, "profile", None) or Profile(runner=runner)
    return values.Runner(
        id=str(runner.uuid),
        time_zone=runner.time_zone,
        birth_year=runner.birth_year,
        equipment=frozenset(profile.equipment),
        conditions=frozenset(profile.conditions),
        pain_began_on=profile.pain_began_on,
        first_ever_episode=profile.first_ever_episode,
        country=str(runner.country) or None,
        episodes_last_12_months=profile.episodes_last_12_months,
    )


def _pain(row: dict[str, Any]) -> values.Pain:
    return values.Pain(
        before=row.pop("pain_before"),
        during=row.pop("pain_during"),
        after=row.pop("pain_after"),
        next_morning=row.pop("pain_next_morning"),
        next_morning_retrospective=row.pop("next_morning_retrospective"),
    )


def _words(row: dict[str, Any]) -> dict[str, Any]:
    """Turn the columns an entry shares into contract values: id, sets of words, None for blank."""
    row["id"] = str(row.pop("uuid"))
    for name in ("sites", "feel", "signs", "cannot"):
        if name in row:
            row[name] = frozenset(row[name])
    return {name: None if value == "" else value for name, value in row.items()}


def check_ins_in(entries: models.QuerySet[Any]) -> Iterable[values.CheckIn]:
    """Return check-ins as values, in one query."""
    columns = "uuid on score sites feel cannot flare sat_long note retrospective".split()
    return (values.CheckIn(**_words(row)) for row in entries.order_by("on").values(*columns))


def runs_in(entries: models.QuerySet[Any], *, retired_shoes: bool = True) -> Iterable[values.Run]:
    """Yield runs as values, in one query."""
    own = "distance_m", "kind", "surface", "activity", "stage"
    rows = entries.order_by("started_at", "pk").values(*BOUT_COLUMNS, *own, "shoe__name", "shoe__retired_on")
    for row in rows:
        shoe, retired_on = row.pop("shoe__name"), row.pop("shoe__retired_on")
        named = shoe if retired_shoes or not retired_on else None
        yield values.Run(pain=_pain(row), shoe=named, **_words(row))


def sessions_in(
    runner: User, entries: models.QuerySet[Any], *, with_sets: models.QuerySet[Any]
) -> Iterable[values.Session]:
    """Yield sessions as values, in two queries; those that are not among `with_sets` come without theirs."""
    # By session, not joined: a join reads every set the runner ever did.
    sets = runner.sets.filter(session__in=with_sets.values("pk"))
    by_session = defaultdict(list)
    for row in sets.order_by("position").values("session_id", *SET_COLUMNS):
        session_id = row.pop("session_id")
        row["side"] = row["side"] or None
        by_session[session_id].append(values.SetDone(**row))
    for row in entries.order_by("started_at", "pk").values("id", *BOUT_COLUMNS, "ordinary_soreness"):
        sets_done = tuple(by_session[row.pop("id")])
        yield values.Session(pain=_pain(row), sets=sets_done, **_words(row))


def _screenings(entries: models.QuerySet[Any]) -> Iterable[values.Screening]:
    rows = entries.order_by("at", "pk").values("uuid", "at", "kind", "answers")
    return (values.Screening(**_words(row)) for row in rows)


def _questionnaires(entries: models.QuerySet[Any]) -> Iterable[values.Questionnaire]:
    rows = entries.order_by("on", "pk").values("uuid", "on", "form", "answers")
    return (values.Questionnaire(**_words(row)) for row in rows)


class _DayRow(NamedTuple):
    """An entry or a plan that belongs to days; `word` is its one short text."""

    table: str
    on: dt.date
    to_on: dt.date | None
    uuid: UUID | None
    word: str
    pain_at_start: int | None
    pain_at_end: int | None
    assessed: bool
    clears: bool
    note: str


# What a table says in the columns it has not got. The database has to be told the type of nothing.
NOTHING = {
    "to_on": Cast(None, models.DateField()),
    "uuid": Cast(None, models.UUIDField()),
    "word": Value(""),
    "pain_at_start": Cast(None, models.SmallIntegerField()),
    "pain_at_end": Cast(None, models.SmallIntegerField()),
    "assessed": Value(False),
    "clears": Value(False),
    "note": Value(""),
}


def _of_days(runner: User, since: dt.date | None) -> dict[str, Any]:
    """Return skipped runs, rests, care and the plans begun with a tap: a handful of rows, in one query.

    Gentle days that ended on their first day never held for a day and are left out.
    """
    skipped, rests, care = (_from(rows, since) for rows in (runner.skipped_runs, runner.rests, runner.care))
    gentle = runner.flare_plans.exclude(ended_on=F("started_on"))
    if since:
        gentle = gentle.filter(Q(ended_on=None) | Q(ended_on__gte=since))
    pains = {"pain_at_start": "pain_at_start", "pain_at_end": "pain_at_end"}
    said = {"assessed": "assessed", "clears": "clears", "note": "note"}
    rows = _columns("skipped", skipped, uuid="uuid", word="because").union(
        _columns("rest", rests, uuid="uuid", to_on="to_on", **pains),
        _columns("care", care, uuid="uuid", word="who", **said),
        _columns("run_walk", runner.run_walk_plans.filter(ended_on=None), on="started_on"),
        _columns("gentle", gentle, on="started_on", to_on="ended_on"),
        all=True,
    )
    of = defaultdict(list)
    for row in sorted(map(_DayRow._make, rows), key=lambda row: (row.on, str(row.uuid))):
        of[row.table].append(row)
    return {
        "skipped_runs": tuple(_skipped_run(row) for row in of["skipped"]),
        "rests": tuple(_rest(row) for row in of["rest"]),
        "care": tuple(_care(row) for row in of["care"]),
        "run_walk_since": of["run_walk"][0].on if of["run_walk"] else None,
        "gentle_since": of["gentle"][-1].on if of["gentle"] else None,
        "gentle_ended_on": of["gentle"][-1].to_on if of["gentle"] else None,
    }


def _columns(table: str, rows: models.QuerySet[Any], *, on: str = "on", **own: str) -> models.QuerySet[Any]:
    return rows.values_list(Value(table), on, *(own.get(name, nothing) for name, nothing in NOTHING.items()))


def _skipped_run(row: _DayRow) -> values.SkippedRun:
    return values.SkippedRun(id=str(row.uuid), on=row.on, because=row.word)


def _rest(row: _DayRow) -> values.Rest:
    return values.Rest(
        id=str(row.uuid),
        from_on=row.on,
        to_on=row.to_on or row.on,
        pain_at_start=row.pain_at_start,
        pain_at_end=row.pain_at_end,
    )


def _care(row: _DayRow) -> values.Care:
    return values.Care(
        id=str(row.uuid),
        on=row.on,
        who=row.word or None,
        assessed=row.assessed,
        clears=row.clears,
        note=row.note or None,
    )
