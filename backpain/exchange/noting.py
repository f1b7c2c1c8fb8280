"""What a worker writes down while the dry run is made; nothing of it is in the log."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched, chain
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Max, Sum

from . import claims
from .formats.csv import Table
from .formats.found import Found, Row, RowRefused
from .matching import standings
from .models import NAME_LENGTH, Import, ImportedFile, ImportedRun, Standing, State, Upload
from .queries import known_by_file, logged_around, to_match
from .reading import Item, Look, ReadFile, as_typed, standing_of
from .zips import MOST_FILES, MOST_UNPACKED

CHUNK = 500  # rows a transaction
MOST_ROWS_NAMED = 100  # of a table, with why they could not be read
SAID = {"effort", "note", "surface", "kind", "shoe", "sites", "feel"} | {
    f"pain_{when}" for when in ("before", "during", "after", "next_morning")
}
NO_TABLE_READ = {"rows_read": 0, "row_count": 0}


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


def kept_name(name: str) -> str:
    """Return a file's name as it can be kept and shown; of a long one, the end."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)[
        -NAME_LENGTH:
    ]


def refuse(batch: Import, number: int, name: str, refusal: str, position: int = 0) -> None:
    """Keep why a file is not read, in place of what was read of it."""
    place = {"upload_number": number, "position": position}
    batch.files.filter(**place).delete()
    batch.files.create(runner=batch.runner, **place, name=kept_name(name), refusal=refusal)
    Import.objects.filter(pk=batch.pk).update(file_count=F("file_count") + 1, read_count=F("read_count") + 1)


@transaction.atomic
def note_look(
    batch: Import, upload: Upload, look: Look, *, nested: Iterable[Nested], now: dt.datetime
) -> None:
    """Keep what an upload holds, and the ZIPs in it as uploads of their own."""
    others = look.contents.other_count if look.contents else 0
    claims.hold(
        batch,
        now=now,
        file_count=F("file_count") + look.file_count,
        other_count=F("other_count") + others,
    )
    upload.file_count, upload.table_count = look.file_count, look.table_count
    upload.is_zip, upload.unpacked_bytes = bool(look.contents), look.unpacked_bytes
    upload.save(update_fields=["file_count", "table_count", "is_zip", "unpacked_bytes"])
    for number, (name, place, refusal) in enumerate(nested, start=_next_number(batch)):
        if refusal:
            refuse(batch, number, name, refusal)
        else:
            batch.uploads.create(
                runner=batch.runner, number=number, name=kept_name(name), content=place, inside=upload.name
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
    claims.hold(batch, now=now, file_count=F("file_count") - unread, **NO_TABLE_READ)
    refuse(batch, upload.number, upload.name, refusal, position=upload.read_count)
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
    claims.hold(batch, now=now, **NO_TABLE_READ)


@transaction.atomic
def note_read(batch: Import, reads: Sequence[ReadFile], *, now: dt.datetime) -> None:
    """Keep what was read of some files, each of them whole."""
    claims.hold(batch, now=now, read_count=F("read_count") + len(reads))
    rows = [_file(batch, read.item, read.refusal) for read in reads]
    ImportedFile.objects.bulk_create(rows, batch_size=CHUNK)
    _keep(found_in(file, read.found) for file, read in zip(rows, reads, strict=True))
    for number, position in {read.item.number: read.item.position for read in reads}.items():
        batch.uploads.filter(number=number).update(read_count=position + 1)


@transaction.atomic
def pass_over(batch: Import, item: Item, *, now: dt.datetime) -> None:
    """Count a file of an archive that is read by rows and has no runs."""
    claims.hold(batch, now=now, file_count=F("file_count") - 1, other_count=F("other_count") + 1)
    batch.uploads.filter(number=item.number).update(read_count=item.position + 1)


@transaction.atomic
def note_rows(batch: Import, item: Item, rows: Sequence[Row], *, place: Place, now: dt.datetime) -> None:
    """Keep what was read of some rows of a table."""
    if place.is_last:
        claims.hold(batch, now=now, read_count=F("read_count") + 1, **NO_TABLE_READ)
        batch.uploads.filter(number=item.number).update(read_count=item.position + 1)
    else:
        claims.hold(batch, now=now, rows_read=place.rows_read, row_count=place.row_count)
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
    claims.hold(batch, now=now)
    upload.listed = {**upload.listed, **listed}
    upload.save(update_fields=["listed"])


def _keep(found: Iterable[Iterable[ImportedRun]]) -> None:
    ImportedRun.objects.bulk_create(chain.from_iterable(found), batch_size=CHUNK)


def _file(batch: Import, item: Item, refusal: str) -> ImportedFile:
    return ImportedFile(
        runner=batch.runner,
        batch=batch,
        upload_number=item.number,
        position=item.position,
        name=kept_name(item.name),
        content_hash=item.content_hash,
        refusal=refusal,
    )


def found_in(file: ImportedFile, found: Iterable[Found]) -> Iterator[ImportedRun]:
    """Return the rows of what a file holds."""
    for one in found:
        activity = one.activity
        warnings = [*([file.refusal] if file.refusal else []), *activity.warnings]
        standing = standing_of(activity.sport, warnings, refusal=file.refusal)
        yield ImportedRun(
            runner_id=file.runner_id,  # the keys alone: a tenth of the time for 200,000 rows
            batch_id=file.batch_id,
            file_id=file.pk,
            position=one.row,
            standing=standing,
            is_chosen=standing == Standing.NEW,
            sport=activity.sport,
            started_at=activity.started_at,
            distance_m=activity.distance_m,
            duration_s=activity.duration_s,
            warnings=warnings,
            said={name: value for name, value in one.said.items() if name in SAID},
        )


def finish_reading(batch: Import, *, now: dt.datetime) -> None:
    """Hold what was found against the log and itself, let the files go, and show what would come in."""
    claims.hold(batch, now=now)
    _forget_doubles(batch)
    doubles = dict(standings(to_match(batch), logged_around(batch)))
    doubles |= dict.fromkeys(known_by_file(batch), Standing.DUPLICATE)
    mark_doubles(batch, doubles)
    claims.hold(batch, now=now, state=State.READY, claim=None)
    tables = batch.files.filter(table__isnull=False).values("upload_number")
    for upload in batch.uploads.exclude(number__in=tables):
        upload.content.delete(save=False)
        upload.delete()


def _forget_doubles(batch: Import) -> None:
    """Let what was the double of another activity be new again: of a table read again, that may have another day."""
    own = defaultdict(list)
    rows = batch.found.filter(standing=Standing.REPEATED)
    for pk, sport, warnings, refusal in rows.values_list("pk", "sport", "warnings", "file__refusal"):
        own[standing_of(sport, warnings, refusal=refusal)].append(pk)
    for standing, pks in own.items():
        for some in batched(pks, CHUNK):
            batch.found.filter(pk__in=some).update(standing=standing, is_chosen=standing == Standing.NEW)


def mark_doubles(batch: Import, standings: Mapping[int, Standing]) -> None:
    """Leave out what is in the log already, or twice in these files."""
    for standing in (Standing.DUPLICATE, Standing.REPEATED):
        pks = [pk for pk, now_standing in standings.items() if now_standing == standing]
        for some in batched(pks, CHUNK):
            batch.found.filter(pk__in=some).update(standing=standing, is_chosen=False)
