"""ZIP files from strangers: their list of contents is checked before anything is unpacked, then with limits.

No name in an archive is ever used as a path.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Protocol

from backpain.activity_files import MAX_BYTES, NotReadable

MB = 1024 * 1024
MOST_FILES = 5_000
MOST_UNPACKED = 500 * MB
MOST_LISTED = 4 * MB  # of the list itself: some ten thousand names, and as much memory as we lend them
MOST_TIMES = 200  # a member may grow; tracks of text grow twentyfold
SMALL = MB  # may grow as it likes
CHUNK = 64 * 1024

ENCRYPTED = 0x1  # of a member's flags
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others may ask for gigabytes of memory
# What trackers put beside their activities, counted and never unpacked.
NO_ACTIVITY = set(
    "json jpg jpeg png gif heic webp svg bmp tif tiff mp4 mov m4v avi mp3 txt md html htm css js pdf "
    "doc docx xls xlsx ods db sqlite sqlite3 log ini yml yaml ics vcf geojson".split()
)
BROKEN = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


class Seekable(Protocol):
    """As much of a file as looking into it takes."""

    def read(self, size: int = -1, /) -> bytes: ...
    def seek(self, offset: int, whence: int = 0, /) -> int: ...
    def tell(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What of a ZIP is read: tables, other files, ZIPs. `other_count` are no activities by their names."""

    tables: list[zipfile.ZipInfo]
    files: list[zipfile.ZipInfo]
    archives: list[zipfile.ZipInfo]
    other_count: int

    @property
    def unpacked_bytes(self) -> int:
        return sum(member.file_size for member in (*self.tables, *self.files))


class _Bounded:
    """A file that hands out no more at once than a list of contents may have."""

    def __init__(self, file: Seekable) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size > MOST_LISTED:
            raise NotReadable("zip_too_many")
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """Leave the file to who opened it."""


def is_zip(file: Seekable) -> bool:
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    return start in (b"PK\x03\x04", b"PK\x05\x06")


@contextmanager
def opened(file: Seekable) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP, or raise NotReadable."""
    try:
        archive = zipfile.ZipFile(_Bounded(file))  # type: ignore[arg-type]
    except (*BROKEN, struct.error) as error:
        raise NotReadable("zip_broken") from error
    with archive:
        yield archive


def contents_of(archive: zipfile.ZipFile, *, is_nested: bool, is_list: Callable[[str], bool]) -> Contents:
    """Return what there is to read of a ZIP, or raise NotReadable for all of it.

    `is_list` tells by the name what is read like a table though it is none.
    """
    tables, files, archives, other_count = [], [], [], 0
    for member in archive.infolist():
        suffix = _suffix(member)
        if member.is_dir() or _is_hidden(member):
            continue
        if suffix == "csv" or is_list(member.filename):
            tables.append(member)
        elif suffix in NO_ACTIVITY or (suffix == "zip" and is_nested):
            other_count += 1
        else:
            (archives if suffix == "zip" else files).append(member)
    contents = Contents(tables=tables, files=files, archives=archives, other_count=other_count)
    _check(contents)
    return contents


def content_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member unpacked, or raise NotReadable."""
    if member.file_size > MAX_BYTES:
        raise NotReadable("too_large")
    with member_of(archive, member) as file:
        return b"".join(iter(lambda: file.read(CHUNK), b""))


@contextmanager
def member_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """Open a member to be unpacked, as far as its entry in the list says; raise NotReadable where it cannot be."""
    if member.compress_type not in METHODS:
        raise NotReadable("zip_method")
    if member.file_size > max(SMALL, MOST_TIMES * member.compress_size):
        raise NotReadable("zip_bomb")
    try:
        with archive.open(member) as file:
            yield file
    except (*BROKEN, zlib.error) as error:
        raise NotReadable("damaged") from error


def name_of(member: zipfile.ZipInfo) -> str:
    """Return a member's name to show; one without a known encoding is tried as UTF-8, as most are."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode()
    except UnicodeError:
        return member.filename


def _check(contents: Contents) -> None:
    read = (*contents.tables, *contents.files, *contents.archives)
    if any(member.flag_bits & ENCRYPTED for member in read):
        raise NotReadable("zip_encrypted")
    if len(read) > MOST_FILES:
        raise NotReadable("zip_too_many")
    if (
        contents.unpacked_bytes > MOST_UNPACKED
        or sum(member.file_size for member in contents.archives) > MOST_UNPACKED
    ):
        raise NotReadable("zip_too_large")


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename.casefold()).suffix.removeprefix(".")


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    """Tell whether a system put it there for itself."""
    parts = member.filename.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1].startswith(".")
