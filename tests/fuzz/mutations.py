"""Ways in which a file may be wrong: broken on its way, written by a careless program, or made to do harm."""

import gzip
import random
import re
from collections.abc import Callable

from backpain.activity_files.fit_frames import checksum, is_fit

_NUMBER = re.compile(rb"-?\d+(?:[.,:]\d+)*")
_NUMBERS = (
    *(b"NaN", b"inf", b"-1", b"0", b"1e999", b"-1e999", b"99999999999999999999", b"1,5", b"0x10", b"", b"\0"),
    *(
        b"0001-01-01T00:00:00Z",
        b"9999-12-31T23:59:59-12:00",
        b"1989-12-31T00:00:00Z",
        b"2106-02-07T06:28:15Z",
    ),
    *(b"24:00:00", b"1:99:99", b"31.02.2026", b"2026-02-30", "٣".encode(), "²".encode(), b"=1+1"),
)
_TEXTS = (
    *(
        b"<",
        b">",
        b"&",
        b'"',
        b"'",
        b"]]>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"&b;",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ),
    *(b"\r", b"\n", b";", b",", b"\t", b"../../etc/passwd", b"PK\x03\x04", b"\x1f\x8b", b".FIT", b"\0" * 20),
)


def mutated(seeds: list[bytes], chance: random.Random) -> bytes:
    """Return one of the files, changed in a place or some; now and then packed, and what breaks the frame the rarer."""
    content = bytearray(chance.choice(seeds))
    within = _overwrite if is_fit(content) or content.startswith(b"PK") else _renumber
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        change = within if chance.random() < 0.6 else chance.choice(MUTATIONS)
        change(content, chance)
    if is_fit(content) and chance.random() < 0.9:
        _seal(content)
    return gzip.compress(content) if chance.random() < 0.05 else bytes(content)


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randint(0, len(content)) :]


def _overwrite(content: bytearray, chance: random.Random) -> None:
    for _ in range(min(len(content), chance.randint(1, 8))):
        content[chance.randrange(len(content))] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))


def _delete(content: bytearray, chance: random.Random) -> None:
    start = chance.randint(0, len(content))
    del content[start : start + chance.randint(1, 64)]


def _repeat(content: bytearray, chance: random.Random) -> None:
    start = chance.randint(0, len(content))
    content[start:start] = content[start : start + chance.randint(1, 512)] * chance.randint(1, 20)


def _insert(content: bytearray, chance: random.Random) -> None:
    start = chance.randint(0, len(content))
    content[start:start] = chance.choice((*_TEXTS, chance.randbytes(chance.randint(1, 16))))


def _renumber(content: bytearray, chance: random.Random) -> None:
    """Put an unlikely number or date in place of one that comes next."""
    if found := _NUMBER.search(content, chance.randint(0, len(content))):
        content[found.start() : found.end()] = chance.choice(_NUMBERS)


def _join(content: bytearray, chance: random.Random) -> None:
    """Put a part of itself behind, as if two files had become one."""
    content += content[: chance.choice((len(content), chance.randint(0, len(content))))]


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(_cut, _overwrite, _delete, _repeat, _insert, _renumber, _join),
)


def _seal(content: bytearray) -> None:
    """Write a FIT file's length and checksum anew, so that what is wrong within is looked at."""
    content[4:8] = max(0, len(content) - content[0] - 2).to_bytes(4, "little")
    content[-2:] = checksum(bytes(content[:-2])).to_bytes(2, "little")
