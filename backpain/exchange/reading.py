"""Opens what somebody brought in, file by file, and hands each to a reader. Writes nothing, knows no runner."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from backpain.activity_files import MAX_BYTES, Activity, NotReadable, Readers, Reading
from backpain.activity_files.activity import with_warning

from . import zips
from .formats.found import Found, Listing, Row, key_of
from .formats.listings import is_list
from .models import Standing, Upload
from .zips import Contents, Seekable

NOT_TEXT = (b"\x1f\x8b", b"PK", b"<", b"{")  # how .gz, ZIP, XML and objects begin
SEPARATORS = (b",", b";", b"\t", b"|")
SNIFFED = 4096  # bytes that tell whether a file is a table
CLOCK_NEVER_SET = "date_implausible"  # of activity_files.SENTENCES
RUNS = {"run", "walk", "unknown"}  # what may be taken as one


@dataclass(frozen=True, kw_only=True)
class Item:
    """A file to read, by its place: the upload's number and the position in it. `refusal` says why it is not."""

    number: int
    position: int
    name: str
    content: bytes = b""
    content_hash: str = ""
    refusal: str = ""


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """A file that was read: what it holds, and the reason where it is not readable, or not all of it."""

    item: Item
    refusal: str = ""
    found: list[Found] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What an upload turns out to hold before any of it is read."""

    table_count: int = 0
    file_count: int = 1
    unpacked_bytes: int = 0
    contents: Contents | None = None  # of a ZIP


def look_into(file: Seekable, *, is_nested: bool) -> Look:
    """Return what an upload holds; raise NotReadable where a ZIP cannot be taken."""
    if not zips.is_zip(file):
        return Look(table_count=int(is_table(file)))
    with zips.opened(file) as archive:
        contents = zips.contents_of(archive, is_nested=is_nested, is_list=is_list)
    return Look(
        table_count=len(contents.tables),
        file_count=len(contents.tables) + len(contents.files),
        unpacked_bytes=contents.unpacked_bytes,
        contents=contents,
    )


def is_table(file: Seekable) -> bool:
    """Tell whether a file may be read by rows: no watch file, a list, or a first line with separators."""
    file.seek(0)
    start = file.read(SNIFFED)
    file.seek(0)
    text = start.replace(b"\0", b"").lstrip(
        b"\xef\xbb\xbf\xff\xfe \t\r\n"
    )  # UTF-16 has zeros between letters
    if text.startswith(NOT_TEXT) or start[8:12] == b".FIT":
        return False
    first = text.splitlines()[:1]
    return text.startswith(b"[") or bool(first and max(map(first[0].count, SEPARATORS)))


def tables_of(file: Seekable, upload: Upload) -> Iterator[Item]:
    """Yield the tables and lists of an upload that are not read yet."""
    yield from _members(file, upload, tables=True)


def files_of(file: Seekable, upload: Upload) -> Iterator[Item]:
    """Yield the files of an upload that are not read yet, tables left out."""
    yield from _members(file, upload, tables=False)


def _members(file: Seekable, upload: Upload, *, tables: bool) -> Iterator[Item]:
    if not zips.is_zip(file):
        item = Item(number=upload.number, position=0, name=upload.name)
        yield _item(item, lambda: file.read(MAX_BYTES + 1))
        return
    with zips.opened(file) as archive:
        contents = zips.contents_of(archive, is_nested=upload.is_nested, is_list=is_list)
        members = contents.tables if tables else contents.files
        first = 0 if tables else len(contents.tables)
        for position, member in enumerate(members, start=first):
            if position >= upload.read_count:
                item = Item(number=upload.number, position=position, name=zips.name_of(member))
                yield _item(item, partial(zips.content_of, archive, member))


def _item(item: Item, read: Callable[[], bytes]) -> Item:
    """Return an item with its content, or with the reason why there is none."""
    try:
        content = read()
    except NotReadable as refused:
        return replace(item, refusal=refused.code)
    return replace(item, content=content, content_hash=hashlib.sha256(content).hexdigest())


def keys_of(file: Seekable, *, is_nested: bool) -> set[str]:
    """Return what lists of a tracker call the files of a ZIP."""
    if not zips.is_zip(file):
        return set()
    with zips.opened(file) as archive:
        contents = zips.contents_of(archive, is_nested=is_nested, is_list=is_list)
        return {key_of(zips.name_of(member)) for member in contents.files}


def without_file(listing: Listing, keys: Set[str]) -> list[Row]:
    """Return what a tracker's list says of activities whose files are not there, or that never had one."""
    missing = [_file_missing(row) for key, row in listing.files.items() if key not in keys]
    return sorted([*listing.manual, *missing], key=lambda row: row.row)


def _file_missing(row: Row) -> Row:
    if not isinstance(row, Found):
        return row
    return replace(row, activity=with_warning(row.activity, "file_missing"))


def listed_of(listing: Listing, keys: Set[str]) -> dict[str, Any]:
    """Return what a tracker's list says of files that are there, as it can be kept."""
    return {
        key: {"activity": row.activity.as_json(), "said": dict(row.said)}
        for key, row in listing.files.items()
        if key in keys and isinstance(row, Found)
    }


def as_listed(read: ReadFile, listed: Mapping[str, Any]) -> ReadFile:
    """Return what was read of a file with what the tracker's list says of it: a sport corrected there, a note.

    What cannot be read is taken from the list.
    """
    told = listed.get(key_of(read.item.name))
    if not told or len(read.found) > 1:
        return read
    activity = read.found[0].activity if read.found else _from_json(told["activity"])
    if told["activity"]["sport"] != "unknown":
        activity = with_sport(activity, told["activity"]["sport"])
    return replace(read, found=[Found(activity=activity, said=told["said"], row=1)])


def _from_json(told: Mapping[str, Any]) -> Activity:
    started_at = dt.datetime.fromisoformat(told["started_at"])
    return Activity(**{**told, "started_at": started_at, "warnings": tuple(told["warnings"])})


def with_sport(activity: Activity, sport: str) -> Activity:
    """Return an activity of another sport, without what was said of its own."""
    warnings = tuple(code for code in activity.warnings if not code.startswith("sport_"))
    return replace(activity, sport=sport, warnings=warnings)


def read_files(items: Iterable[Item], readers: Readers) -> Iterator[ReadFile]:
    """Yield what is in each file, in order, while the readers are at the next ones."""
    waiting: deque[Item] = deque()

    def contents() -> Iterator[bytes]:
        for item in items:
            waiting.append(replace(item, content=b""))
            if not item.refusal:
                yield item.content

    for reading in readers.read_all(contents()):
        while waiting[0].refusal:
            yield _refused(waiting.popleft())
        yield _read(waiting.popleft(), reading)
    yield from map(_refused, waiting)


def _refused(item: Item) -> ReadFile:
    return ReadFile(item=item, refusal=item.refusal)


def _read(item: Item, reading: Reading) -> ReadFile:
    if isinstance(reading, NotReadable):
        found = [reading.readable] if reading.readable else []
        return ReadFile(item=item, refusal=reading.code, found=_numbered(found))
    return ReadFile(item=item, found=_numbered(reading))


def _numbered(activities: list[Activity]) -> list[Found]:
    return [Found(activity=activity, row=row) for row, activity in enumerate(activities, start=1)]


def standing_of(sport: str, warnings: Iterable[str], *, refusal: str) -> Standing:
    """Return what would become of an activity for itself; `refusal` says why its file is not read to the end."""
    if sport not in RUNS:
        return Standing.NOT_A_RUN
    if refusal:
        return Standing.DAMAGED
    is_sure = sport == "run" and CLOCK_NEVER_SET not in warnings
    return Standing.NEW if is_sure else Standing.OFFERED


def as_typed(found: Found) -> Found:
    """Return what a table says: its dates are no clock's that was never set."""
    if CLOCK_NEVER_SET not in found.activity.warnings:
        return found
    warnings = tuple(code for code in found.activity.warnings if code != CLOCK_NEVER_SET)
    return replace(found, activity=replace(found.activity, warnings=warnings))
