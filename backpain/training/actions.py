"""The only writers of the log. Every change is followed by a review of the runner's today, in one transaction."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, QuerySet

from backpain.accounts.models import User
from backpain.coach.history import SetDone as SetValue
from backpain.exercises.queries import coach_catalogue
from backpain.plan.actions import mark_corrected, place_first_four
from backpain.plan.models import Advice

from .models import (
    Care,
    CheckIn,
    Correction,
    Entry,
    Profile,
    Questionnaire,
    Rest,
    Run,
    Screening,
    Session,
    SetDone,
    Shoe,
    SkippedRun,
)
from .queries import scores_asked_since
from .review import lock, review
from .store import set_row

UNDO_DAYS = 30  # a deleted entry can be brought back that long
ENTRIES: tuple[type[Entry], ...] = (Run, Session, CheckIn, SkippedRun, Rest, Care, Screening, Questionnaire)


class Logged(NamedTuple):
    """An entry with the advice that follows; `is_new` is False where it stood there before."""

    entry: Entry
    advice: Advice
    is_new: bool


class AlreadyLogged(Exception):
    """An entry with this id, or this day's check-in, stands already and says something else."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        self.entry = entry


class EditedMeanwhile(Exception):
    """The entry was changed since the form was opened; `entry` is what is stored now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        self.entry = entry


@transaction.atomic
def log(
    table: type[Entry],
    *,
    runner: User,
    uuid: UUID,
    values: Mapping[str, Any],
    now: dt.datetime,
    sets: Iterable[SetValue] = (),
    payload_hash: str = "",
) -> Logged:
    """Store a new entry and return it with the advice that follows.

    The same entry sent twice is stored once, and stays as it was corrected in between; raises AlreadyLogged
    where its id is taken by another, or it was deleted.
    """
    runner = lock(runner)
    entry = table(
        runner=runner, uuid=uuid, entered_at=now, payload_hash=payload_hash, **_with_shoe(runner, values)
    )
    sets = list(sets)
    standing = _standing(entry)
    if standing:
        if standing.deleted_at or not (sent_before(standing, payload_hash) or _same(standing, entry, sets)):
            raise AlreadyLogged(standing)
        return Logged(standing, review(runner=runner, now=now), is_new=False)
    entry.save(force_insert=True)
    _write_sets(entry, sets)
    mark_corrected(runner=runner, since=entry.on, now=now)
    return Logged(entry, review(runner=runner, now=now), is_new=True)


def sent_before(standing: Entry, payload_hash: str) -> bool:
    """Tell whether an entry is what came of this very form, whatever happened to it since."""
    return bool(payload_hash) and standing.payload_hash == payload_hash


def log_once(
    table: type[Entry], *, runner: User, uuid: UUID, values: Mapping[str, Any], now: dt.datetime
) -> Entry:
    """Store a new entry, or return the one that was stored under this id before, deleted or corrected since."""
    try:
        return log(table, runner=runner, uuid=uuid, values=values, now=now).entry
    except AlreadyLogged as taken:
        return taken.entry


@transaction.atomic
def edit(
    entry: Entry,
    *,
    changes: Mapping[str, Any],
    version: int,
    now: dt.datetime,
    sets: Iterable[SetValue] | None = None,
) -> Advice:
    """Change an entry, keep what it said before as corrections, and review; one that was deleted comes back.

    Raises EditedMeanwhile when `version` is not the stored one, AlreadyLogged when the new day is taken.
    """
    runner = lock(entry.runner)
    first_day = entry.on
    takes_a_day = "on" in changes or entry.deleted_at
    if takes_a_day and (other := _check_in_of(entry, changes.get("on", entry.on))):
        raise AlreadyLogged(other)
    stored = type(entry).with_deleted.filter(pk=entry.pk, version=version)
    if not stored.update(version=F("version") + 1, deleted_at=None):
        raise EditedMeanwhile(type(entry).with_deleted.get(pk=entry.pk))
    _correct(entry, _with_shoe(runner, changes), now)
    if sets is not None:
        _replace_sets(entry, list(sets), now)
    mark_corrected(runner=runner, since=min(first_day, entry.on), now=now)
    return review(runner=runner, now=now)


@transaction.atomic
def delete(entry: Entry, *, now: dt.datetime) -> Advice:
    """Take an entry out of the log; `restore` brings it back within UNDO_DAYS."""
    return _set_deleted(entry, deleted_at=now, now=now)


@transaction.atomic
def restore(entry: Entry, *, now: dt.datetime) -> Advice:
    """Put a deleted entry back; raise AlreadyLogged where another check-in took its day."""
    lock(entry.runner)
    if other := _check_in_of(entry, entry.on):
        raise AlreadyLogged(other)
    return _set_deleted(entry, deleted_at=None, now=now)


@transaction.atomic
def import_runs(*, runner: User, runs: Iterable[Mapping[str, Any]], now: dt.datetime) -> None:
    """Store runs somebody brought in, some hundred at a time; `review_import` follows the last of them.

    Each is columns of a run without its day. Of runs too long ago to remember, no pain score is ever asked.
    """
    runner, rows = lock(runner), list(runs)
    shoes = _shoes_named(runner, {row["shoe"] for row in rows if row.get("shoe")})
    asked_since = scores_asked_since(runner.day_of(now))
    Run.objects.bulk_create(_imported(runner, row, shoes, asked_since, now) for row in rows)


@transaction.atomic
def review_import(*, runner: User, since: dt.date, now: dt.datetime) -> Advice:
    """Review once after runs came in, the first of them on day `since`."""
    runner = lock(runner)
    mark_corrected(runner=runner, since=since, now=now)
    return review(runner=runner, now=now)


@transaction.atomic
def take_back(runs: QuerySet[Run], *, runner: User, now: dt.datetime) -> Advice:
    """Take runs that came in together out of the log, and review once; each of them can be restored."""
    runner = lock(runner)
    take_out(runs, runner=runner, now=now)
    return review(runner=runner, now=now)


@transaction.atomic
def take_out(runs: QuerySet[Run], *, runner: User, now: dt.datetime) -> None:
    """Take a part of very many runs out of the log; `take_back` follows with the rest of them."""
    since = runs.aggregate(first=Min("on"))["first"]
    if since:
        runs.update(deleted_at=now, version=F("version") + 1)
        mark_corrected(runner=runner, since=since, now=now)


def _shoes_named(runner: User, names: Set[str]) -> dict[str, int]:
    """Return the keys of the runner's shoes of these names, new where there are none."""
    return {name: runner.shoes.get_or_create(name=name)[0].pk for name in names}


def _imported(
    runner: User, row: Mapping[str, Any], shoes: Mapping[str, int], asked_since: dt.date, now: dt.datetime
) -> Run:
    """Return the unsaved row of a run that was brought in."""
    on, shoe_id = runner.day_of(row["started_at"]), shoes.get(row.get("shoe") or "")
    told = {**row, "runner_id": runner.pk, "on": on, "shoe_id": shoe_id, "entered_at": now}
    fields = ((field, field.attname) for field in Run._meta.concrete_fields)
    # In the order of the fields: by their names it takes five times as long.
    run = Run(*(told[name] if name in told else field.get_default() for field, name in fields))
    if on < asked_since and not run.morning_is_answered:
        run.next_morning_retrospective = False
    return run


@transaction.atomic
def answer_morning(*, runner: User, on: dt.date, score: int | None, now: dt.datetime) -> Advice:
    """Store the pain on the morning of day `on` with every bout of the day before that was not asked about yet.

    None is the answer "skip": that morning is not asked about again.
    """
    runner = lock(runner)
    retrospective = score is not None and on < runner.day_of(now)
    unanswered = {"pain_next_morning": None, "next_morning_retrospective": None}
    for bouts in (runner.runs, runner.sessions):
        bouts.filter(on=on - dt.timedelta(days=1), **unanswered).update(
            pain_next_morning=score, next_morning_retrospective=retrospective, version=F("version") + 1
        )
    if score is not None:
        mark_corrected(runner=runner, since=on, now=now)
    return review(runner=runner, now=now)


@transaction.atomic
def begin(
    *,
    runner: User,
    uuid: UUID,
    profile: Mapping[str, Any],
    check_in: Mapping[str, Any],
    screening: Mapping[str, Any],
    passed: Sequence[str],
    now: dt.datetime,
) -> Advice:
    """Store what the start page asks: the profile, today's check-in, the full screen, the first placements.

    Sent twice it stores once. A check-in of today that stands already is corrected.
    """
    runner = lock(runner)
    Profile.objects.update_or_create(runner=runner, defaults=profile)
    if standing := runner.check_ins.filter(on=check_in["on"]).first():
        _correct(standing, check_in, now)
    else:
        CheckIn.objects.create(runner=runner, entered_at=now, **check_in)
    Screening.with_deleted.get_or_create(runner=runner, uuid=uuid, defaults={"entered_at": now, **screening})
    place_first_four(
        runner=runner,
        passed=passed,
        equipment=profile["equipment"],
        catalogue=coach_catalogue(),
        on=runner.day_of(now),
    )
    return review(runner=runner, now=now)


@transaction.atomic
def purge(*, before: dt.datetime) -> int:
    """Remove the entries deleted before an instant, with their corrections, and return how many."""
    count = 0
    for table in ENTRIES:
        gone = table.with_deleted.filter(deleted_at__lt=before)
        # Of the runner's own: another account may have entries of the same uuids, from an archive.
        its_own = gone.filter(runner=OuterRef("runner"), uuid=OuterRef("entry"))
        Correction.objects.filter(Exists(its_own)).delete()
        count += gone.count()
        gone.delete()
    return count


def _with_shoe(runner: User, values: Mapping[str, Any]) -> dict[str, Any]:
    """Put the runner's shoe of that name, new if need be, in place of its name."""
    if "shoe" not in values:
        return dict(values)
    name = values["shoe"]
    if not name:
        return {**values, "shoe": None}
    return {**values, "shoe": runner.shoes.filter(name=name).first() or runner.shoes.create(name=name)}


def _standing(entry: Entry) -> Entry | None:
    same_id = type(entry).with_deleted.filter(runner=entry.runner, uuid=entry.uuid).first()
    return same_id or _check_in_of(entry, entry.on)


def _check_in_of(entry: Entry, on: dt.date) -> CheckIn | None:
    """Return the other check-in that has this one's day; None for entries a day may have several of."""
    if not isinstance(entry, CheckIn):
        return None
    found: CheckIn | None = entry.runner.check_ins.filter(on=on).exclude(pk=entry.pk).first()
    return found


def _same(standing: Entry, entry: Entry, sets: list[SetValue]) -> bool:
    return _says(standing) == _says(entry) and _sets_of(standing) == sets


def _says(entry: Entry) -> dict[str, Any]:
    """Return what the runner entered: every column but the keeping of it."""
    own = {"id", "runner", "uuid", "version", "entered_at", "deleted_at", "payload_hash", "ms_to_save", "at"}
    return {
        field.name: getattr(entry, field.attname) for field in entry._meta.fields if field.name not in own
    }


def _sets_of(entry: Entry) -> list[SetValue]:
    return [row.value for row in entry.sets.order_by("position")] if isinstance(entry, Session) else []


def _write_sets(entry: Entry, sets: Iterable[SetValue]) -> None:
    SetDone.objects.bulk_create(
        set_row(runner=entry.runner, session=entry, position=position, done=done)
        for position, done in enumerate(sets)
    )


def _replace_sets(entry: Entry, sets: list[SetValue], now: dt.datetime) -> None:
    before = _sets_of(entry)
    if before == sets:
        return
    old, new = ([dataclasses.asdict(done) for done in some] for some in (before, sets))
    Correction.objects.create(runner=entry.runner, entry=entry.uuid, field="sets", old=old, new=new, at=now)
    entry.sets.all().delete()
    _write_sets(entry, sets)


def _correct(entry: Entry, changes: Mapping[str, Any], now: dt.datetime) -> None:
    _keep_corrections(entry, changes, now)
    for field, value in changes.items():
        setattr(entry, field, value)
    entry.save(update_fields=changes.keys())


def _keep_corrections(entry: Entry, changes: Mapping[str, Any], now: dt.datetime) -> None:
    Correction.objects.bulk_create(
        Correction(
            runner=entry.runner,
            entry=entry.uuid,
            field=field,
            old=_plain(getattr(entry, field)),
            new=_plain(new),
            at=now,
        )
        for field, new in changes.items()
        if getattr(entry, field) != new
    )


def _plain(value: Any) -> Any:
    """Return a column's value as JSON can hold it."""
    return json.loads(json.dumps(str(value) if isinstance(value, Shoe) else value, cls=DjangoJSONEncoder))


def _set_deleted(entry: Entry, *, deleted_at: dt.datetime | None, now: dt.datetime) -> Advice:
    runner = lock(entry.runner)
    type(entry).with_deleted.filter(pk=entry.pk).update(deleted_at=deleted_at, version=F("version") + 1)
    mark_corrected(runner=runner, since=entry.on, now=now)
    return review(runner=runner, now=now)
