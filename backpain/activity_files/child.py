"""What runs in the child processes of `Readers`: nothing of the server's is in reach there."""

from __future__ import annotations

import codecs
import datetime as dt
import gc
import os
import resource
import signal
import traceback
from collections.abc import Callable
from typing import Any

from .activity import Activity, NotReadable

CPU_S = 10  # for each file
ADDRESS_BYTES = 512 * 1024 * 1024
OWN_BYTES = 320 * 1024 * 1024  # of these may be written to, so that under 400 MB are resident
# No descriptor beyond those that a child starts with: no file, no socket, no database. Waiting for work needs 1.
DESCRIPTORS = 1
OUT_OF_MEMORY = 137  # exit status of a child whose memory may be in pieces

# Encodings are modules, which are opened when first asked for.
_ENCODINGS = (
    *("ascii", "latin-1", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "mac-roman"),
    *(f"cp{number}" for number in (437, 850, *range(1250, 1259))),
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
    *("koi8-r", "koi8-u"),
)


def prepare(zone: str, *functions: Callable[..., Any]) -> None:
    """Import what reading needs, then give up the rest; `functions` brought their modules along."""
    from . import places, reader  # noqa: F401  not in the parent, which parses nothing

    places.load(zone)
    for name in _ENCODINGS:
        codecs.lookup(name)
    # The database's address and the secret key are not the parser's business.
    os.environ.clear()
    gc.freeze()  # what is there by now stays
    gc.set_threshold(100_000)  # a track is a tree of some hundred thousand elements without a cycle
    os.nice(5)  # whoever waits for a page goes first
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_BYTES, ADDRESS_BYTES))
    resource.setrlimit(resource.RLIMIT_DATA, (OWN_BYTES, OWN_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))


def read(content: bytes, *, now: dt.datetime, zone: str) -> list[Activity]:
    """Return the activities in the file or raise NotReadable."""
    from . import reader

    return reader.read(content, now=now, zone=zone)


def limited[T](function: Callable[..., T], args: tuple[Any, ...]) -> T:
    """Return what the function returns; raise NotReadable and nothing else, or end the process."""
    signal.setitimer(signal.ITIMER_PROF, CPU_S)  # ends the process, unless it is called off below
    try:
        return function(*args)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # parsers leak all kinds of errors; the parent sees where this one came from
        _let_go(error)
        if isinstance(error, NotReadable):
            raise
        raise NotReadable("unreadable") from error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _let_go(error: BaseException | None) -> None:
    """Free what the functions held that an error came through; it is kept until the next file is read."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
    gc.collect()
