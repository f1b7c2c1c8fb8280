"""What runners do with imports. Nothing is in the log before `confirm`, and all of it leaves with `undo`.

What a worker writes down before that is in `noting`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.core.files.base import File
from django.db import transaction
from django.db.models import F, QuerySet

from backpain.accounts.models import User
from backpain.plan.models import Advice
from backpain.training import actions as log
from backpain.training.choices import Activity
from backpain.training.models import Run
from backpain.training.review import lock, todays_advice

from . import claims, storage
from .matching import Outing, standings
from .models import ASKED, OPEN, TAKEN, Import, ImportedFile, Standing, State
from .noting import CHUNK, kept_name, mark_doubles, refuse
from .queries import ToStore, logged_between, next_to_store

AT_ONCE = 5_000  # runs that are taken out of the log in a transaction
MOST_OPEN = 3  # imports not confirmed; each may take half a gigabyte


class TooManyOpen(Exception):
    """The runner has imports to confirm or discard first."""


class Sent(NamedTuple):
    """A file as it came: its name, and its content or why it was not taken."""

    name: str
    content: File | None
    refusal: str = ""


@transaction.atomic
def begin(*, runner: User, sent: Sequence[Sent], now: dt.datetime) -> Import:
    """Keep what somebody sent until it is read; raise TooManyOpen."""
    runner = lock(runner)
    if runner.imports.filter(state__in=OPEN, from_folder=False).count() >= MOST_OPEN:
        raise TooManyOpen
    batch = Import.objects.create(runner=runner, made_at=now, worked_at=now)
    _put(batch, sent)
    return batch


def begin_folder(*, runner: User, sent: Sequence[Sent], hashes: Sequence[str], now: dt.datetime) -> Import:
    """Keep files of a folder until they are read; `hashes` tell them the next time.

    In no transaction: the files are copied, and nobody else could write meanwhile.
    """
    batch = Import.objects.create(
        runner=runner, made_at=now, worked_at=now, from_folder=True, hashes=list(hashes)
    )
    _put(batch, sent)
    return batch


def _put(batch: Import, sent: Sequence[Sent]) -> None:
    for number, file in enumerate(sent):
        if file.content:
            batch.uploads.create(
                runner=batch.runner, number=number, name=kept_name(file.name), content=file.content
            )
        else:
            refuse(batch, number, file.name, file.refusal)


@transaction.atomic
def read_again(batch: Import, *, number: int, now: dt.datetime) -> None:
    """Have a table read again, whose columns mean something else now; `number` is that of its upload."""
    ready = Import.objects.filter(pk=batch.pk, state=State.READY)
    if ready.update(state=State.READING, claim=None, worked_at=now, read_count=F("read_count") - 1):
        batch.files.filter(upload_number=number).delete()
        batch.uploads.filter(number=number).update(read_count=0)


@transaction.atomic
def choose(batch: Import, *, shown: Collection[int], chosen: Collection[int]) -> None:
    """Keep which of the activities on a page are to come in."""
    if _can_be_chosen(batch):
        on_page = batch.found.filter(pk__in=shown, standing__in=TAKEN)
        on_page.filter(pk__in=chosen).update(is_chosen=True)
        on_page.exclude(pk__in=chosen).update(is_chosen=False)


@transaction.atomic
def choose_all(batch: Import, *, sport: str, is_chosen: bool) -> None:
    """Keep whether all walks are to come in, or all of no said sport."""
    if _can_be_chosen(batch):
        batch.found.filter(sport=sport, standing__in=ASKED).update(is_chosen=is_chosen)


def _can_be_chosen(batch: Import) -> bool:
    """Tell whether an import is not confirmed, nor will be before the end of this transaction."""
    ready = Import.objects.select_for_update().filter(pk=batch.pk, state=State.READY)
    return ready.first() is not None


def confirm(batch: Import, *, now: dt.datetime) -> bool:
    """Tell whether an import is now to be stored; pressed twice, or with nothing chosen, it is not."""
    if not batch.found.filter(is_chosen=True, standing__in=TAKEN).exists():
        return False
    ready = Import.objects.filter(pk=batch.pk, state=State.READY)
    return bool(ready.update(state=State.STORING, worked_at=now, claim=None))


def settle(batch: Import, *, now: dt.datetime) -> bool:
    """Tell whether an import has something to store; else it is over, and only its hashes are of use."""
    if confirm(batch, now=now):
        return True
    Import.objects.filter(pk=batch.pk, state=State.READY).update(state=State.STORED, stored_at=now)
    return False


@transaction.atomic
def store_some(batch: Import, *, now: dt.datetime) -> bool:
    """Put the next runs into the log, and tell whether there were any.

    What was logged since the dry run is not logged again.
    """
    runner = lock(batch.runner)
    batch.refresh_from_db(fields=["stored_pk"])
    rows = next_to_store(batch, CHUNK)
    if not rows:
        return False
    found = [
        (row.pk, Outing(row.started_at, row.distance_m, row.duration_s), Standing(row.standing))
        for row in rows
    ]
    logged = logged_between(runner, rows[0].started_at, rows[-1].started_at)
    now_standing = dict(standings(found, logged))
    new = [row for row in rows if now_standing[row.pk] in TAKEN]
    mark_doubles(batch, now_standing)
    log.import_runs(runner=runner, runs=map(_columns, new), now=now)
    claims.hold(batch, now=now, stored_pk=rows[-1].pk, stored_count=F("stored_count") + len(new))
    return True


def _columns(row: ToStore) -> dict[str, Any]:
    """Return the columns of the run an activity becomes."""
    return {
        **row.said,
        "uuid": row.run_uuid,
        "started_at": row.started_at,
        "distance_m": row.distance_m,
        "duration_s": row.duration_s,
        "activity": Activity.WALK if row.sport == "walk" else "",
    }


@transaction.atomic
def finish_storing(batch: Import, *, now: dt.datetime) -> None:
    """Review once after all of it is in the log."""
    lock(batch.runner)
    claims.hold(batch, now=now, state=State.STORED, stored_at=now, claim=None)
    first = batch.came_in.order_by("on").values_list("on", flat=True).first()
    if first:
        log.review_import(runner=batch.runner, since=first, now=now)


def let_go(batch: Import) -> None:
    """Delete what is left of the files of an import that is stored: tables, whose columns are settled now."""
    batch.uploads.all().delete()
    storage.forget(str(batch.uuid))


def prepare_storing(batch: Import, *, now: dt.datetime) -> None:
    """Have the day's advice first: without any, the review at the end would read all that came in."""
    todays_advice(runner=batch.runner, now=now)


def undo(batch: Import, *, now: dt.datetime) -> Advice | None:
    """Take all that came in out of the log again; None where that was done before, or is too long ago.

    Of very many runs it takes out a part at a time, as nobody else can write meanwhile; broken off, it can be
    asked for again.
    """
    if not batch.can_be_undone(now):
        return None
    pks = list(batch.came_in.values_list("pk", flat=True))
    last = max(0, len(pks) - AT_ONCE)
    for start in range(0, last, AT_ONCE):
        part = pks[start : min(start + AT_ONCE, last)]
        log.take_out(Run.objects.filter(pk__in=part), runner=batch.runner, now=now)
    return _undo_rest(batch, pks[last:], now)


@transaction.atomic
def _undo_rest(batch: Import, pks: Sequence[int], now: dt.datetime) -> Advice | None:
    lock(batch.runner)
    stored = Import.objects.filter(pk=batch.pk, state=State.STORED)
    if not stored.update(state=State.UNDONE, undone_at=now):
        return None
    return log.take_back(Run.objects.filter(pk__in=pks), runner=batch.runner, now=now)


def discard(batch: Import) -> None:
    """Forget an import that is not confirmed, with its files."""
    _forget(Import.objects.filter(pk=batch.pk))


def purge(*, unconfirmed_before: dt.datetime, stored_before: dt.datetime) -> int:
    """Forget imports nobody confirmed, and of those stored long ago what was found; return how many."""
    old = Import.objects.filter(made_at__lt=unconfirmed_before)
    count = _forget(old)
    stored = Import.objects.filter(stored_at__lt=stored_before)
    ImportedFile.objects.filter(batch__in=stored).delete()
    known = {str(one) for one in Import.objects.values_list("uuid", flat=True)}
    storage.sweep(known=known, before=unconfirmed_before)
    return count


def _forget(batches: QuerySet[Import]) -> int:
    """Forget imports that are not confirmed, with their files, and return how many."""
    with transaction.atomic():
        mine = batches.select_for_update().filter(state__in=OPEN)
        uuids = list(mine.values_list("uuid", flat=True))
        mine.delete()
    for one in uuids:
        storage.forget(str(one))
    return len(uuids)
