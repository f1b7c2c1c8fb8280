"""The only writers of imports. Nothing is in the log before `confirm`, and all of it leaves with `undo`.

A worker claims an import for some seconds; what it writes counts only while the claim is its own.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from django.core.files.base import File
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Sum

from backpain.accounts.models import Consent, User
from backpain.plan.models import Advice
from backpain.training import actions as log
from backpain.training.choices import Activity
from backpain.training.models import Run
from backpain.training.review import lock, todays_advice

from . import storage
from .formats.csv import Table
from .formats.found import Found, Row, RowRefused
from .matching import Outing, standings
from .models import (
    ASKED,
    LATE,
    NAME_LENGTH,
    OPEN,
    TAKEN,
    WORKING,
    Import,
    ImportedFile,
    ImportedRun,
    Standing,
    State,
    Upload,
)
from .queries import known_by_file, logged_around, logged_between, next_to_store, to_match
from .reading import Item, Look, ReadFile, as_typed, standing_of
from .zips import MOST_FILES, MOST_UNPACKED

CHUNK = 500  # rows a transaction
AT_ONCE = 5_000  # runs that are taken out of the log in one
MOST_ROWS_NAMED = 100  # of a table, with why they could not be read
MOST_OPEN = 3  # imports not confirmed; each may take half a gigabyte
SAID = {"effort", "note", "surface", "kind", "shoe", "sites", "feel"} | {
    f"pain_{when}" for when in ("before", "during", "after", "next_morning")
}


class Superseded(Exception):
    """Another worker got on with the import meanwhile, or its runner discarded it."""


class TooManyOpen(Exception):
    """The runner has imports to confirm or discard first."""


class Sent(NamedTuple):
    """A file as it came: its name, and its content or why it was not taken."""

    name: str
    content: File | None
    refusal: str = ""


class Nested(NamedTuple):
    """A ZIP found in a ZIP: its name, and where it is kept or why it is not."""

    name: str
    place: str
    refusal: str = ""


class Place(NamedTuple):
    """How far a table is read, and the table where its columns may be named again."""

    rows_read: int
    row_count: int
    table: Table | None = None

    @property
    def is_last(self) -> bool:
        return self.rows_read >= self.row_count


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
        name = shown(file.name)
        if file.content:
            batch.uploads.create(runner=batch.runner, number=number, name=name, content=file.content)
        else:
            _refuse(batch, number, name, file.refusal)


def shown(name: str) -> str:
    """Return a file's name as it can be kept and shown; of a long one, the end."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)[
        -NAME_LENGTH:
    ]


def _refuse(batch: Import, number: int, name: str, refusal: str, position: int = 0) -> None:
    ImportedFile.objects.create(
        runner=batch.runner, batch=batch, upload_number=number, position=position, name=name, refusal=refusal
    )
    Import.objects.filter(pk=batch.pk).update(file_count=F("file_count") + 1, read_count=F("read_count") + 1)


def claim(pk: int, *, now: dt.datetime) -> Import | None:
    """Return an import that is to be worked on, for one worker alone; one who fell silent loses it.

    None where there is nothing to do, or its runner has taken the consent back.
    """
    free = Q(claim=None) | Q(worked_at__lt=now - LATE)
    agreed = Consent.objects.in_force().filter(runner=OuterRef("runner"))
    claimed = Import.objects.filter(free, Exists(agreed), pk=pk, state__in=WORKING)
    mine = uuid.uuid4()
    if not claimed.update(claim=mine, worked_at=now):
        return None
    return Import.objects.select_related("runner").get(pk=pk, claim=mine)


def release(batch: Import, *, now: dt.datetime) -> None:
    """Let the next worker go on with it."""
    Import.objects.filter(pk=batch.pk, claim=batch.claim).update(claim=None, worked_at=now)


def ask_again(batch: Import, *, now: dt.datetime) -> bool:
    """Tell whether nobody got on with an import for a while, once a while: then it has to be asked for again."""
    late = Import.objects.filter(pk=batch.pk, state__in=WORKING, worked_at__lt=now - LATE)
    return bool(late.update(claim=None, worked_at=now))


def _hold(batch: Import, now: dt.datetime, **changes: Any) -> None:
    """Change an import that is this worker's; raise Superseded where it is not, within a transaction."""
    if not Import.objects.filter(pk=batch.pk, claim=batch.claim).update(worked_at=now, **changes):
        raise Superseded


@transaction.atomic
def note_look(
    batch: Import, upload: Upload, look: Look, *, nested: Iterable[Nested], now: dt.datetime
) -> None:
    """Keep what an upload holds, and the ZIPs in it as uploads of their own."""
    others = look.contents.other_count if look.contents else 0
    _hold(batch, now, file_count=F("file_count") + look.file_count, other_count=F("other_count") + others)
    upload.file_count, upload.table_count = look.file_count, look.table_count
    upload.is_zip, upload.unpacked_bytes = bool(look.contents), look.unpacked_bytes
    upload.save(update_fields=["file_count", "table_count", "is_zip", "unpacked_bytes"])
    for number, (name, place, refusal) in enumerate(nested, start=_next_number(batch)):
        name = shown(name)
        if refusal:
            _refuse(batch, number, name, refusal)
        else:
            batch.uploads.create(
                runner=batch.runner, number=number, name=name, content=place, inside=upload.name
            )


def _next_number(batch: Import) -> int:
    """Return a number no upload has, not even one that was refused as it came."""
    last = batch.uploads.aggregate(last=Max("number"))["last"]
    refused = batch.files.aggregate(last=Max("upload_number"))["last"] or 0
    return max(last, refused) + 1


def room_for(look: Look, batch: Import) -> str:
    """Return why an upload is more than an import may hold, or ""."""
    before = batch.uploads.aggregate(files=Sum("file_count"), unpacked=Sum("unpacked_bytes"))
    if (before["files"] or 0) + look.file_count > MOST_FILES:
        return "zip_too_many"
    if (before["unpacked"] or 0) + look.unpacked_bytes > MOST_UNPACKED:
        return "zip_too_large"
    return ""


@transaction.atomic
def refuse_upload(batch: Import, upload: Upload, refusal: str, *, now: dt.datetime) -> None:
    """Keep why nothing of an upload is read, or nothing more."""
    unread = (upload.file_count or 0) - upload.read_count
    _hold(batch, now, file_count=F("file_count") - unread)
    _refuse(batch, upload.number, upload.name, refusal, position=upload.read_count)
    upload.file_count = upload.read_count
    upload.save(update_fields=["file_count"])


@transaction.atomic
def refuse_table(
    batch: Import, item: Item, refusal: str, *, table: Table | None = None, now: dt.datetime
) -> None:
    """Keep why a table is not read, and where its columns are to be named, the table; what was read is forgotten."""
    place = {"upload_number": item.number, "position": item.position}
    batch.files.filter(**place).delete()
    note_read(batch, [ReadFile(item=item, refusal=refusal)], now=now)
    batch.files.filter(**place).update(table=table and table.as_json())
    _hold(batch, now, rows_read=0, row_count=0)


@transaction.atomic
def note_read(batch: Import, reads: Sequence[ReadFile], *, now: dt.datetime) -> None:
    """Keep what was read of some files, each of them whole."""
    _hold(batch, now, read_count=F("read_count") + len(reads))
    rows = [_file(batch, read.item, read.refusal) for read in reads]
    ImportedFile.objects.bulk_create(rows, batch_size=CHUNK)
    _keep(found_in(file, read.found) for file, read in zip(rows, reads, strict=True))
    for number, position in {read.item.number: read.item.position for read in reads}.items():
        batch.uploads.filter(number=number).update(read_count=position + 1)


@transaction.atomic
def pass_over(batch: Import, item: Item, *, now: dt.datetime) -> None:
    """Count a file of an archive that is read by rows and has no runs."""
    _hold(batch, now, file_count=F("file_count") - 1, other_count=F("other_count") + 1)
    batch.uploads.filter(number=item.number).update(read_count=item.position + 1)


@transaction.atomic
def note_rows(batch: Import, item: Item, rows: Sequence[Row], *, place: Place, now: dt.datetime) -> None:
    """Keep what was read of some rows of a table."""
    _hold(
        batch,
        now,
        read_count=F("read_count") + int(place.is_last),
        rows_read=0 if place.is_last else place.rows_read,
        row_count=0 if place.is_last else place.row_count,
    )
    if place.is_last:
        batch.uploads.filter(number=item.number).update(read_count=item.position + 1)
    file = batch.files.filter(upload_number=item.number, position=item.position).first()
    if file is None:
        file = _file(batch, item, "")
        file.table = place.table and place.table.as_json()
        file.save()
    _keep([found_in(file, [as_typed(row) for row in rows if isinstance(row, Found)])])
    refused = [{"row": row.row, "code": row.code} for row in rows if isinstance(row, RowRefused)]
    if refused and len(file.rows_refused) < MOST_ROWS_NAMED:
        file.rows_refused = [*file.rows_refused, *refused][:MOST_ROWS_NAMED]
        file.save(update_fields=["rows_refused"])


def rows_read(batch: Import) -> int:
    """Return how many rows of the table that is being read are kept."""
    return Import.objects.values_list("rows_read", flat=True).get(pk=batch.pk)


@transaction.atomic
def note_listed(batch: Import, upload: Upload, listed: Mapping[str, Any], *, now: dt.datetime) -> None:
    """Keep what a tracker's list says of the files beside it."""
    _hold(batch, now)
    upload.listed = {**upload.listed, **listed}
    upload.save(update_fields=["listed"])


@transaction.atomic
def read_again(upload: Upload, *, now: dt.datetime) -> None:
    """Have a table read again, whose columns mean something else now."""
    ready = Import.objects.filter(pk=upload.batch_id, state=State.READY)
    if ready.update(state=State.READING, claim=None, worked_at=now, read_count=F("read_count") - 1):
        upload.batch.files.filter(upload_number=upload.number).delete()
        upload.read_count = 0
        upload.save(update_fields=["read_count"])


def _keep(found: Iterable[Iterable[ImportedRun]]) -> None:
    ImportedRun.objects.bulk_create(chain.from_iterable(found), batch_size=CHUNK)


def _file(batch: Import, item: Item, refusal: str) -> ImportedFile:
    return ImportedFile(
        runner=batch.runner,
        batch=batch,
        upload_number=item.number,
        position=item.position,
        name=shown(item.name),
        content_hash=item.content_hash,
        refusal=refusal,
    )


def found_in(file: ImportedFile, found: Iterable[Found]) -> Iterator[ImportedRun]:
    """Return the rows of what a file holds."""
    for one in found:
        activity, standing = one.activity, standing_of(one.activity, file.refusal)
        yield ImportedRun(
            runner=file.runner,
            batch=file.batch,
            file=file,
            position=one.row,
            standing=standing,
            is_chosen=standing == Standing.NEW,
            sport=activity.sport,
            started_at=activity.started_at,
            distance_m=activity.distance_m,
            duration_s=activity.duration_s,
            warnings=[*([file.refusal] if file.refusal else []), *activity.warnings],
            said={name: value for name, value in one.said.items() if name in SAID},
        )


def finish_reading(batch: Import, *, now: dt.datetime) -> None:
    """Hold what was found against the log and itself, let the files go, and show what would come in."""
    changed = dict(standings(to_match(batch), logged_around(batch)))
    changed |= dict.fromkeys(known_by_file(batch), Standing.DUPLICATE)
    for standing in (Standing.DUPLICATE, Standing.REPEATED):
        pks = [pk for pk, now_standing in changed.items() if now_standing == standing]
        for start in range(0, len(pks), CHUNK):
            batch.found.filter(pk__in=pks[start : start + CHUNK]).update(standing=standing, is_chosen=False)
    _hold(batch, now, state=State.READY, claim=None)
    tables = batch.files.filter(table__isnull=False).values("upload_number")
    for upload in batch.uploads.exclude(number__in=tables):
        upload.content.delete(save=False)
        upload.delete()


@transaction.atomic
def choose(batch: Import, *, shown: Collection[int], chosen: Collection[int]) -> None:
    """Keep which of the activities on a page are to come in."""
    on_page = batch.found.filter(pk__in=shown, standing__in=TAKEN, batch__state=State.READY)
    on_page.filter(pk__in=chosen).update(is_chosen=True)
    on_page.exclude(pk__in=chosen).update(is_chosen=False)


@transaction.atomic
def choose_all(batch: Import, *, sport: str, is_chosen: bool) -> None:
    """Keep whether all walks are to come in, or all of no said sport."""
    asked = batch.found.filter(sport=sport, standing__in=ASKED, batch__state=State.READY)
    asked.update(is_chosen=is_chosen)


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
    for standing in (Standing.DUPLICATE, Standing.REPEATED):
        pks = [pk for pk, one in now_standing.items() if one == standing]
        batch.found.filter(pk__in=pks).update(standing=standing, is_chosen=False)
    log.import_runs(runner=runner, runs=map(_columns, new), now=now)
    _hold(batch, now, stored_pk=rows[-1].pk, stored_count=F("stored_count") + len(new))
    return True


def _columns(row: ImportedRun) -> dict[str, Any]:
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
    _hold(batch, now, state=State.STORED, stored_at=now, claim=None)
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
