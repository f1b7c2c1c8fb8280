"""Gets on with an import: looks into what was sent, reads it, and stores it when it is confirmed.

Whatever is done is kept at once, so that a worker that is killed loses some seconds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db.models import F, QuerySet

from backpain.activity_files import NotReadable, Readers

from . import actions, noting, reading, zips
from .formats.csv import Table
from .formats.found import Listing, Row
from .formats.listings import look_at
from .formats.mapping import ColumnMapping
from .formats.rows import found_in
from .mappings import mapping_for
from .models import Import, State, Upload, folder_of
from .reading import Item, Look, ReadFile
from .words import COLUMNS

KEPT_EVERY = dt.timedelta(seconds=1)  # what was read
NO_TABLE = {"empty", "not_a_table", "no_rows", "not_an_activity"}  # in an archive, such a file is passed over
ROWS_AT_ONCE = 20_000  # read by a child, which counts them from the start each time


@dataclass(frozen=True, kw_only=True)
class Work:
    """Some seconds of work on a claimed import; `has_time` tells until when."""

    batch: Import
    clock: Callable[[], dt.datetime]
    has_time: Callable[[], bool]

    def get_on(self) -> bool:
        """Work until time is up, and tell whether nothing is left to do."""
        if self.batch.state == State.STORING:
            return self._store()
        self._refuse_what_is_gone()
        if not self._look_into_all() or not self._read():
            return False
        noting.finish_reading(self.batch, now=self.clock())
        return True

    def _store(self) -> bool:
        if not self.batch.stored_pk:
            actions.prepare_storing(self.batch, now=self.clock())
        while actions.store_some(self.batch, now=self.clock()):
            if not self.has_time():
                return False
        actions.finish_storing(self.batch, now=self.clock())
        actions.let_go(self.batch)
        return True

    def _refuse_what_is_gone(self) -> None:
        for upload in (*self._not_looked_into, *self._unread):
            if not default_storage.exists(upload.content.name):
                noting.refuse_upload(self.batch, upload, "gone", now=self.clock())

    @property
    def _not_looked_into(self) -> QuerySet[Upload]:
        return self.batch.uploads.filter(file_count=None).order_by("number")

    @property
    def _unread(self) -> QuerySet[Upload]:
        return self.batch.uploads.filter(read_count__lt=F("file_count")).order_by("number")

    def _look_into_all(self) -> bool:
        while upload := self._not_looked_into.first():
            self._look_into(upload)
            if not self.has_time():
                return False
        return True

    def _look_into(self, upload: Upload) -> None:
        try:
            with upload.content.open("rb") as file:
                look = reading.look_into(file, is_nested=upload.is_nested)
                if refusal := noting.room_for(look, self.batch):
                    raise NotReadable(refusal)
                nested = list(_unpacked(upload, look))
        except NotReadable as refused:
            noting.refuse_upload(self.batch, upload, refused.code, now=self.clock())
        else:
            noting.note_look(self.batch, upload, look, nested=nested, now=self.clock())

    def _read(self) -> bool:
        """Read the files that are not read yet, and tell whether there are none left."""
        if not self._unread.exists():
            return True
        zone = self.batch.runner.time_zone
        with Readers(now=self.clock(), zone=zone, functions=(look_at, found_in)) as readers:
            for upload in self._unread.filter(read_count__lt=F("table_count")):
                if not self._read_tables(upload, readers):
                    return False
            self._read_files(list(self._unread), readers)
        return not self._unread.exists()

    def _read_files(self, uploads: Iterable[Upload], readers: Readers) -> None:
        listed = {upload.number: upload.listed for upload in uploads}
        kept_at, reads = self.clock(), list[ReadFile]()
        for read in reading.read_files(self._items(uploads), readers):
            reads.append(reading.as_listed(read, listed[read.item.number]))
            if self.clock() - kept_at > KEPT_EVERY or len(reads) >= noting.CHUNK:
                noting.note_read(self.batch, reads, now=self.clock())
                kept_at, reads = self.clock(), []
        if reads:
            noting.note_read(self.batch, reads, now=self.clock())

    def _items(self, uploads: Iterable[Upload]) -> Iterator[Item]:
        """Yield what is to be read while there is time, and one in any case."""
        is_first = True
        for upload in uploads:
            with upload.content.open("rb") as file:
                for item in reading.files_of(file, upload):
                    if not (is_first or self.has_time()):
                        return
                    is_first = False
                    yield item

    def _read_tables(self, upload: Upload, readers: Readers) -> bool:
        """Read what an upload has in rows, and tell whether there was time for all of it."""
        with upload.content.open("rb") as file:
            keys = reading.keys_of(file, is_nested=upload.is_nested)
            for item in reading.tables_of(file, upload):
                if not self._read_table(upload, item, keys, readers) or not self.has_time():
                    return False
        return True

    def _read_table(self, upload: Upload, item: Item, keys: set[str], readers: Readers) -> bool:
        """Read one, and tell whether there was time for all of it."""
        try:
            if item.refusal:
                raise NotReadable(item.refusal)
            look = readers.call(look_at, item.content, self.clock())
            if isinstance(look, Listing):
                noting.note_listed(self.batch, upload, reading.listed_of(look, keys), now=self.clock())
                rows = reading.without_file(look, keys)
                starts = range(noting.rows_read(self.batch), len(rows), ROWS_AT_ONCE)
                return self._read_rows(item, len(rows), (rows[at : at + ROWS_AT_ONCE] for at in starts))
            return self._read_mapped(upload, item, look, readers)
        except NotReadable as refused:
            if upload.is_zip and refused.code in NO_TABLE:
                noting.pass_over(self.batch, item, now=self.clock())
            else:
                noting.refuse_table(self.batch, item, refused.code, now=self.clock())
            return True

    def _read_mapped(self, upload: Upload, item: Item, table: Table, readers: Readers) -> bool:
        """Read a table whose columns are known; where a table came on its own, ask what they mean."""
        asked = None if upload.is_zip else table
        if mapping := mapping_for(self.batch.runner, table):
            return self._read_rows(item, table.row_count, self._parts(item, table, mapping, readers), asked)
        if asked:
            noting.refuse_table(self.batch, item, COLUMNS, table=asked, now=self.clock())
        else:
            noting.pass_over(self.batch, item, now=self.clock())
        return True

    def _parts(
        self, item: Item, table: Table, mapping: ColumnMapping, readers: Readers
    ) -> Iterator[list[Row]]:
        """Yield the rows that are not kept yet."""
        given = (item.content, table, mapping, self.clock(), self.batch.runner.time_zone)
        starts = range(noting.rows_read(self.batch), table.row_count, ROWS_AT_ONCE)
        return readers.call_each(found_in, ((*given, start, start + ROWS_AT_ONCE) for start in starts))

    def _read_rows(
        self, item: Item, count: int, parts: Iterator[list[Row]], table: Table | None = None
    ) -> bool:
        """Read rows from where they were left, and tell whether there was time for all of them."""
        done = noting.rows_read(self.batch)
        while True:
            rows = next(parts, [])
            if not rows and done < count:
                raise NotReadable("damaged")  # there are fewer than were counted
            for start in range(0, max(1, len(rows)), noting.CHUNK):
                some = rows[start : start + noting.CHUNK]
                done += len(some)
                place = noting.Place(done, count, table)
                noting.note_rows(self.batch, item, some, place=place, now=self.clock())
            if done >= count:
                return True
            if not self.has_time():
                return False


def _unpacked(upload: Upload, look: Look) -> Iterator[noting.Nested]:
    """Yield the ZIPs of a ZIP, written where uploads are kept."""
    if not look.contents or not look.contents.archives:
        return
    with upload.content.open("rb") as file, zips.opened(file) as archive:
        for member in look.contents.archives:
            name = zips.name_of(member)
            try:
                with zips.member_of(archive, member) as content:
                    place = default_storage.save(folder_of(upload, ""), File(content))
            except NotReadable as refused:
                yield noting.Nested(name, "", refused.code)
            else:
                yield noting.Nested(name, place)
