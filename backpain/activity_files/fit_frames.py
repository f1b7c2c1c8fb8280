"""The frame of a FIT file: where its messages stand and whether all of it arrived. Knows no message's meaning.

A watch writes a sample a second, each of many fields, and sums them up at the end. Decoding them takes nearly all the
time, so what nobody asks for is cut out first.
"""

from __future__ import annotations

import struct
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

_MAGIC = b".FIT"
_COMPRESSED_TIMESTAMP = 0x80  # a data message, with its kind in bits 5 and 6
_DEFINITION = 0x40
_DEVELOPER_FIELDS = 0x20
_LOCAL_KIND = 0x0F
_CHECKSUM_BYTES = 2


type Wanted = Mapping[int, Container[int]]  # numbers of fields, by global message number


def _table() -> list[int]:
    """Return the steps of CRC-16/ARC, FIT's checksum, for each byte."""
    steps = []
    for step in range(256):
        for _ in range(8):
            step = step >> 1 ^ (0xA001 if step & 1 else 0)
        steps.append(step)
    return steps


_STEPS = _table()


class Cut(NamedTuple):
    content: bytes
    intact: bool  # nothing was missing or had been changed on the way


class CompressedTimestamps(Exception):
    """Old watches write the time into a message's first byte, where it cannot be cut out."""


def is_fit(content: bytes) -> bool:
    return content[8:12] == _MAGIC


def files_in(content: bytes) -> Iterator[bytes]:
    """Yield the FIT files that are chained in one; what follows the last and is none stays with it."""
    start = 0
    while start < len(content):
        header = content[start : start + 12]
        end = start + header[0] + int.from_bytes(header[4:8], "little") + _CHECKSUM_BYTES
        if not is_fit(content[end : end + 12]):
            end = len(content)
        yield content[start:end]
        start = end


def checksum(content: bytes) -> int:
    """Return the CRC of the bytes; that of a whole file with its own behind it is 0."""
    crc, steps = 0, _STEPS
    for byte in content:
        crc = crc >> 8 ^ steps[(crc ^ byte) & 0xFF]
    return crc


def cut_down(content: bytes, wanted: Wanted) -> Cut:
    """Return the file with these fields of these messages alone, as far as it can be followed.

    Its own checksum is left 0. It was intact when the checksum was right and every message where header and
    definitions say.
    """
    header_bytes, protocol, profile, data_bytes, magic = struct.unpack_from("<BBHI4s", content)
    intact = header_bytes + data_bytes + _CHECKSUM_BYTES == len(content) and not checksum(content)
    kept: list[bytes] = []
    try:
        for piece in _kept(
            content, header_bytes, header_bytes + data_bytes if intact else len(content), wanted
        ):
            kept.append(piece)
    except (IndexError, KeyError):  # the end comes too early, or a kind was never defined
        intact = False
    data = b"".join(kept)
    header = struct.pack("<BBHI4s", 12, protocol, profile, len(data), magic)
    return Cut(header + data + bytes(_CHECKSUM_BYTES), intact)


def _kept(content: bytes, at: int, end: int, wanted: Wanted) -> Iterator[bytes]:
    """Yield definitions and messages between two places, cut down to what is wanted."""
    defined: dict[int, _Defined] = {}  # by local kind
    while at < end:
        head = content[at]
        if head & _DEFINITION and not head & _COMPRESSED_TIMESTAMP:
            length, definition, defined[head & _LOCAL_KIND] = _define(content, at, wanted)
            yield definition
        else:
            compressed = head & _COMPRESSED_TIMESTAMP
            length, slices = defined[head >> 5 & 0x03 if compressed else head & _LOCAL_KIND]
            if slices:
                if compressed:
                    raise CompressedTimestamps
                yield content[at : at + 1]
                for start, stop in slices:
                    yield content[at + start : at + stop]
        at += length
    if at != end:
        raise IndexError


class _Defined(NamedTuple):
    length: int  # of a message, with its first byte
    slices: list[tuple[int, int]]  # where the wanted fields are in it


def _define(content: bytes, at: int, wanted: Wanted) -> tuple[int, bytes, _Defined]:
    """Return how long a definition is, what is kept of it, and what it says of its messages."""
    head, count = content[at], content[at + 5]
    numbers = wanted.get(int.from_bytes(content[at + 3 : at + 5], "big" if content[at + 2] else "little"), ())
    length = 6 + 3 * count
    fields: list[bytes] = []
    slices: list[tuple[int, int]] = []
    size = 1
    for field in range(at + 6, at + length, 3):
        if content[field] in numbers:
            fields.append(content[field : field + 3])
            slices.append((size, size + content[field + 1]))
        size += content[field + 1]
    if head & _DEVELOPER_FIELDS:
        developers = content[at + length]
        size += sum(content[at + length + 2 : at + length + 1 + 3 * developers : 3])
        length += 1 + 3 * developers
    if not fields:
        return length, b"", _Defined(size, [])
    definition = bytes([head & ~_DEVELOPER_FIELDS]) + content[at + 1 : at + 5] + bytes([len(fields)])
    return length, definition + b"".join(fields), _Defined(size, slices)
