"""Reads a runner's log as the history contract's values; `store.store_history` writes it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models

from backpain.accounts.models import User
from backpain.coach import history as values
from backpain.plan.queries import placements_since

from .models import Profile

WINDOW_DAYS = 400  # the longest look back of any rule is 365 days (W-10)
SETS_WINDOW_DAYS = 70  # E-9 and W-11 look back 56 days

BOUT_COLUMNS = (
    "uuid started_at on duration_s effort pain_before pain_during pain_after pain_next_morning "
    "next_morning_retrospective sites feel signs note"
).split()
SET_COLUMNS = "exercise side unit target done load_kg pain good_form hold_s trial".split()


def history_of(runner: User, *, since: dt.date | None) -> values.History:
    """Return what the runner entered from `since` on (None: everything), as values.

    Sets are left out where they are older than SETS_WINDOW_DAYS before the newest session, so a
    windowed history stays small; their sessions stay.
    """
    return values.History(
        runner=_runner(runner),
        check_ins=tuple(_check_ins(_from(runner.check_ins, since))),
        runs=tuple(_runs(_from(runner.runs, since))),
        skipped_runs=tuple(_skipped_runs(_from(runner.skipped_runs, since))),
        sessions=tuple(_sessions(runner, since)),
        screenings=tuple(_screenings(_from(runner.screenings, since))),
        rests=tuple(_rests(_from(runner.rests, since))),
        care=tuple(_care(_from(runner.care, since))),
        placements=tuple(placements_since(runner, since)),
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


def _check_ins(entries: models.QuerySet[Any]) -> Iterable[values.CheckIn]:
    columns = "uuid on score sites feel cannot flare note retrospective".split()
    return (values.CheckIn(**_words(row)) for row in entries.order_by("on").values(*columns))


def _runs(entries: models.QuerySet[Any]) -> Iterable[values.Run]:
    rows = entries.order_by("started_at").values(
        *BOUT_COLUMNS, "distance_m", "kind", "surface", "shoe__name", "activity", "stage"
    )
    for row in rows:
        yield values.Run(pain=_pain(row), shoe=row.pop("shoe__name"), **_words(row))


def _sessions(runner: User, since: dt.date | None) -> Iterable[values.Session]:
    recent = since + dt.timedelta(days=WINDOW_DAYS - SETS_WINDOW_DAYS) if since else None
    # By session, not joined: a join reads every set the runner ever did.
    sets = runner.sets.filter(session__in=_from(runner.sessions, recent).values("pk"))
    by_session = defaultdict(list)
    for row in sets.order_by("position").values("session_id", *SET_COLUMNS):
        session_id = row.pop("session_id")
        row["side"] = row["side"] or None
        by_session[session_id].append(values.SetDone(**row))
    rows = _from(runner.sessions, since).order_by("started_at")
    for row in rows.values("id", *BOUT_COLUMNS, "ordinary_soreness"):
        sets_done = tuple(by_session[row.pop("id")])
        yield values.Session(pain=_pain(row), sets=sets_done, **_words(row))


def _skipped_runs(entries: models.QuerySet[Any]) -> Iterable[values.SkippedRun]:
    return (
        values.SkippedRun(**_words(row)) for row in entries.order_by("on").values("uuid", "on", "because")
    )


def _screenings(entries: models.QuerySet[Any]) -> Iterable[values.Screening]:
    rows = entries.order_by("at").values("uuid", "at", "kind", "answers")
    return (values.Screening(**_words(row)) for row in rows)


def _rests(entries: models.QuerySet[Any]) -> Iterable[values.Rest]:
    rows = entries.order_by("on").values("uuid", "on", "to_on", "pain_at_start", "pain_at_end")
    return (values.Rest(from_on=row.pop("on"), **_words(row)) for row in rows)


def _care(entries: models.QuerySet[Any]) -> Iterable[values.Care]:
    rows = entries.order_by("on").values("uuid", "on", "who", "assessed", "clears", "note")
    return (values.Care(**_words(row)) for row in rows)
