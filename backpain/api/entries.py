"""Entries of any kind in and out: listed, logged, shown, corrected, deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from backpain.accounts.models import User
from backpain.coach.history import SetDone
from backpain.exercises.models import Exercise
from backpain.plan.contract import HistoryRefused, mistakes_in, read_json
from backpain.training import actions, tasks
from backpain.training.forms import EntryForm
from backpain.training.models import Entry
from backpain.training.review import todays_advice

from . import typed
from .answers import advice_briefly, entries_data
from .problems import NoSuchEntry, Refused, Taken, Unusable
from .schemas import Schema, change_schema, new_schema
from .typed import Mistakes, Resource, SetsForm, Told

MOST_BYTES = 64 * 1024  # a session of 200 sets with a long note has half of it
NEWEST_FIRST = {
    "runs": ("on", "started_at", "pk"),
    "check_ins": ("on", "pk"),
    "sessions": ("on", "started_at", "pk"),
}


@dataclass(frozen=True, kw_only=True)
class Page:
    """What part of a list is asked for: the days from `since` on, what stands after the entry `before`."""

    limit: int
    since: dt.date | None = None
    before: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Stored:
    """An entry that is stored; `data` is None where it was deleted since."""

    id: UUID
    data: dict[str, Any] | None
    advice: dict[str, Any]
    is_new: bool = False


def list_of(resource: Resource, *, runner: User, page: Page) -> tuple[list[dict[str, Any]], UUID | None]:
    """Return a page of entries, newest first, and the last of them where there are earlier ones."""
    order = NEWEST_FIRST[resource.table]
    rows = _standing(resource, runner)
    if page.since:
        rows = rows.filter(on__gte=page.since)
    if page.before:
        rows = rows.filter(_after(_cursor(resource, runner, page.before), order))
    newest = rows.order_by(*(f"-{name}" for name in order)).values_list("pk", "uuid")
    found = list(newest[: page.limit + 1])
    listed = dict(found[: page.limit])
    data = entries_data(
        runner, resource.table, _standing(resource, runner).filter(pk__in=listed), in_order=listed.values()
    )
    return data, found[page.limit - 1][1] if len(found) > page.limit else None


def shown(resource: Resource, *, runner: User, id_: UUID) -> dict[str, Any]:
    """Return one entry."""
    data = _data(resource, runner, id_)
    if data is None:
        raise NoSuchEntry
    return data


def log(resource: Resource, request: HttpRequest, *, runner: User, now: dt.datetime) -> Stored:
    """Store a new entry; the same sent again is stored once, whatever happened to it since."""
    told = _told(request, new_schema(resource.table), runner)
    full, twice = typed.in_full(told)
    form = typed.new_form(resource, full, runner=runner, now=now)
    _refuse(twice | _mistakes(resource, form, full))
    id_, payload_hash = form.cleaned_data["uuid"], typed.hash_of_told(told)
    try:
        logged = actions.log(
            resource.kind.table,
            runner=runner,
            uuid=id_,
            values=form.values(),
            sets=form.sets(),
            payload_hash=payload_hash,
            now=now,
        )
    except actions.AlreadyLogged as taken:
        if taken.entry.uuid != id_ or not actions.sent_before(taken.entry, payload_hash):
            raise Taken(taken.entry.uuid, by_day=taken.entry.uuid != id_) from None
        advice = todays_advice(runner=runner, now=now)
        return Stored(id=id_, data=None, advice=advice_briefly(advice))  # and deleted since
    id_ = logged.entry.uuid
    data, advice = _data(resource, runner, id_), advice_briefly(logged.advice)
    return Stored(id=id_, data=data, advice=advice, is_new=logged.is_new)


def correct(resource: Resource, request: HttpRequest, *, runner: User, id_: UUID, now: dt.datetime) -> Stored:
    """Change what was told of an entry, and keep what it said before."""
    told = _told(request, change_schema(resource.table), runner)
    full, twice = typed.in_full(told)
    entry = _found(resource, runner, id_)
    form = typed.form_of(resource, entry, full, runner=runner, now=now)
    _refuse(twice | _mistakes(resource, form, full, form.stored if isinstance(form, SetsForm) else ()))
    try:
        advice = actions.edit(
            entry, changes=form.changes(), sets=form.changed_sets(), version=entry.version, now=now
        )
    except actions.EditedMeanwhile:
        return correct(resource, request, runner=runner, id_=id_, now=now)
    except actions.AlreadyLogged as taken:
        raise Taken(taken.entry.uuid, by_day=True) from None
    return Stored(id=id_, data=_data(resource, runner, id_), advice=advice_briefly(advice))


def delete(resource: Resource, *, runner: User, id_: UUID, now: dt.datetime) -> None:
    """Take an entry out of the log; the site's history brings it back."""
    actions.delete(_found(resource, runner, id_), now=now)
    tasks.purge_later(now)


def _told(request: HttpRequest, schema: Schema, runner: User) -> Told:
    """Return the JSON object that was sent, which keeps a schema."""
    if request.content_type != "application/json":
        raise Unusable(415, _("Send JSON, with the header “Content-Type: application/json”."))
    try:
        body = request.body
    except RequestDataTooBig:
        body = b" " * (MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Unusable(413, _("This is too long: at most %(kb)s KB.") % {"kb": MOST_BYTES // 1024})
    try:
        told = read_json(body)
    except HistoryRefused as refused:
        raise Unusable(400, refused.sentence) from None
    _refuse(mistakes_in(told, schema, zone=runner.zone))
    return told


def _mistakes(resource: Resource, form: EntryForm, told: Told, stored: Iterable[SetDone] = ()) -> Mistakes:
    """Return what the form refuses, and what it would refuse of the sets."""
    sets = told.get("sets", [])
    slugs = {done["exercise"] for done in sets}
    known = {done.exercise for done in stored}
    if slugs - known:
        known |= set(Exercise.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    return typed.mistakes_of_sets(sets, known=known) | typed.mistakes_of(resource, form)


def _refuse(mistakes: Mistakes) -> None:
    if mistakes:
        raise Refused(mistakes)


def _standing(resource: Resource, runner: User) -> QuerySet[Any]:
    rows: QuerySet[Any] = getattr(runner, resource.kind.owned).all()
    return rows


def _data(resource: Resource, runner: User, id_: UUID) -> dict[str, Any] | None:
    rows = _standing(resource, runner).filter(uuid=id_)
    return next(iter(entries_data(runner, resource.table, rows, in_order=[id_])), None)


def _found(resource: Resource, runner: User, id_: UUID) -> Entry:
    entry: Entry | None = _standing(resource, runner).filter(uuid=id_).first()
    if entry is None:
        raise NoSuchEntry
    return entry


def _cursor(resource: Resource, runner: User, id_: UUID) -> Entry:
    """Return the entry a page stands before, also one that was deleted since."""
    entry: Entry | None = resource.kind.table.with_deleted.filter(runner=runner, uuid=id_).first()
    if entry is None:
        raise Refused({"before": _("There is no such entry.")})
    return entry


def _after(entry: Entry, order: Sequence[str]) -> Q:
    """Return what finds the rows that stand after an entry, newest first."""
    after, alike = Q(), dict[str, Any]()
    for name in order:
        value = getattr(entry, name)
        after |= Q(**alike, **{f"{name}__lt": value})
        alike[name] = value
    return Q(on__lte=entry.on) & after  # the first part by itself finds the place in the index
