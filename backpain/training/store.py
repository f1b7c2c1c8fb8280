"""Writes a history of the contract into a runner's log; `history.history_of` reads it back."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction

from backpain.accounts.models import User
from backpain.coach import history as values
from backpain.coach.codec import to_data
from backpain.plan.actions import place_history

from . import models as tables

CHUNK = 500  # rows a statement; databases limit its parameters

# Columns of entries that a history has no place for, by table and uuid.
type Beside = Mapping[tuple[str, uuid.UUID], Mapping[str, Any]]


@transaction.atomic
def store_history(
    *,
    runner: User,
    history: values.History,
    now: dt.datetime,
    with_profile: bool = True,
    beside: Beside | None = None,
) -> int:
    """Write the entries the runner does not have yet and return how many; does not review.

    An entry is known by its id, one without by all it says, a check-in also by its day. Days are those of
    the history's time zone. The account stays as it is.
    """
    if with_profile:
        _store_profile(runner, history.runner)
    shoes = _store_shoes(runner, history.runs)
    beside = beside or {}

    def store(
        table: type[tables.Entry], given: Iterable[Any], columns: Callable[[Any], dict[str, Any]]
    ) -> int:
        return len(_store(table, given, columns, runner=runner, now=now, beside=beside))

    days = set(runner.check_ins.values_list("on", flat=True))
    count = store(tables.CheckIn, [c for c in history.check_ins if c.on not in days], _check_in)
    count += store(tables.Run, history.runs, lambda run: _run(run, history.runner, shoes))
    count += store(
        tables.SkippedRun, history.skipped_runs, lambda skip: {"on": skip.on, "because": skip.because}
    )
    count += store(
        tables.Screening, history.screenings, lambda screening: _screening(screening, history.runner)
    )
    count += store(tables.Rest, history.rests, _rest)
    count += store(tables.Care, history.care, _care)
    count += store(tables.Questionnaire, history.questionnaires, _questionnaire)
    count += _store_sessions(runner, history, now, beside)
    place_history(runner=runner, placements=history.placements, on=runner.day_of(now))
    return count


def _uuids(runner: User, table: type[tables.Entry], given: list[Any]) -> list[uuid.UUID]:
    """Return each entry's uuid: the contract's id itself, or one that follows from id or content."""
    seen: Counter[str] = Counter()

    def of_content(value: Any) -> uuid.UUID:
        content = f"{table.__name__} {json.dumps(to_data(value), sort_keys=True)}"
        seen[content] += 1
        return uuid.uuid5(runner.uuid, f"{content} {seen[content]}")

    return [uuid_of(runner, value.id) if value.id else of_content(value) for value in given]


def uuid_of(runner: User, given: str) -> uuid.UUID:
    """Return the uuid that an entry of this id gets in the runner's log."""
    try:
        return uuid.UUID(given)
    except ValueError:
        return uuid.uuid5(runner.uuid, given)


def _store(
    table: type[tables.Entry],
    given: Iterable[Any],
    columns: Callable[[Any], dict[str, Any]],
    *,
    runner: User,
    now: dt.datetime,
    beside: Beside,
) -> list[tuple[Any, Any]]:
    """Write the new ones of `given` and return them as (row, value) pairs."""
    known = set(table.with_deleted.filter(runner=runner).values_list("uuid", flat=True))
    given = list(given)
    new = dict(zip(_uuids(runner, table, given), given, strict=True))
    pairs = [
        (
            table(
                runner=runner,
                uuid=id_,
                **({"entered_at": now} | columns(value) | dict(beside.get((table.__name__, id_), {}))),
            ),
            value,
        )
        for id_, value in new.items()
        if id_ not in known
    ]
    table.with_deleted.bulk_create([row for row, _ in pairs], batch_size=CHUNK)
    return pairs


def _store_profile(runner: User, told: values.Runner) -> None:
    tables.Profile.objects.update_or_create(
        runner=runner,
        defaults={
            "equipment": sorted(told.equipment),
            "conditions": sorted(told.conditions),
            "pain_began_on": told.pain_began_on,
            "first_ever_episode": told.first_ever_episode,
            "episodes_last_12_months": told.episodes_last_12_months,
        },
    )


def _store_shoes(runner: User, runs: Iterable[values.Run]) -> dict[str, tables.Shoe]:
    names = sorted({run.shoe for run in runs if run.shoe})
    return {name: tables.Shoe.objects.get_or_create(runner=runner, name=name)[0] for name in names}


def _bout(bout: values.Run | values.Session, runner: values.Runner) -> dict[str, Any]:
    return {
        "started_at": bout.started_at,
        "on": runner.day_of_bout(bout),
        "duration_s": bout.duration_s,
        "effort": bout.effort,
        "pain_before": bout.pain.before,
        "pain_during": bout.pain.during,
        "pain_after": bout.pain.after,
        "pain_next_morning": bout.pain.next_morning,
        "next_morning_retrospective": bout.pain.next_morning_retrospective,
        "sites": sorted(bout.sites),
        "feel": sorted(bout.feel),
        "signs": sorted(bout.signs),
        "note": bout.note or "",
    }


def _run(run: values.Run, runner: values.Runner, shoes: dict[str, tables.Shoe]) -> dict[str, Any]:
    return {
        **_bout(run, runner),
        "distance_m": run.distance_m,
        "kind": run.kind or "",
        "surface": run.surface or "",
        "shoe": shoes.get(run.shoe or ""),
        "activity": run.activity or "",
        "stage": run.stage,
    }


def _check_in(check_in: values.CheckIn) -> dict[str, Any]:
    return {
        "on": check_in.on,
        "score": check_in.score,
        "sites": sorted(check_in.sites),
        "feel": sorted(check_in.feel),
        "cannot": sorted(check_in.cannot),
        "flare": check_in.flare,
        "sat_long": check_in.sat_long,
        "note": check_in.note or "",
        "retrospective": check_in.retrospective,
    }


def _screening(screening: values.Screening, runner: values.Runner) -> dict[str, Any]:
    return {
        "at": screening.at,
        "on": runner.day_of(screening.at),
        "kind": screening.kind or "",
        "answers": screening.answers,
    }


def _rest(rest: values.Rest) -> dict[str, Any]:
    return {
        "on": rest.from_on,
        "to_on": rest.to_on,
        "pain_at_start": rest.pain_at_start,
        "pain_at_end": rest.pain_at_end,
    }


def _care(care: values.Care) -> dict[str, Any]:
    return {
        "on": care.on,
        "who": care.who or "",
        "assessed": care.assessed,
        "clears": care.clears,
        "note": care.note or "",
    }


def _questionnaire(filled: values.Questionnaire) -> dict[str, Any]:
    return {"on": filled.on, "form": filled.form, "answers": filled.answers}


def _store_sessions(runner: User, history: values.History, now: dt.datetime, beside: Beside) -> int:
    pairs = _store(
        tables.Session,
        history.sessions,
        lambda bout: {**_bout(bout, history.runner), "ordinary_soreness": bout.ordinary_soreness},
        runner=runner,
        now=now,
        beside=beside,
    )
    sets = [
        set_row(runner=runner, session=row, position=position, done=done)
        for row, bout in pairs
        for position, done in enumerate(bout.sets)
    ]
    tables.SetDone.objects.bulk_create(sets, batch_size=CHUNK)
    return len(pairs)


def set_row(*, runner: User, session: tables.Session, position: int, done: values.SetDone) -> tables.SetDone:
    """Return the unsaved row of one set."""
    return tables.SetDone(
        runner=runner,
        session=session,
        position=position,
        exercise=done.exercise,
        side=done.side or "",
        unit=done.unit,
        target=done.target,
        done=done.done,
        load_kg=done.load_kg,
        pain=done.pain,
        good_form=done.good_form,
        hold_s=done.hold_s,
        trial=done.trial,
    )
