"""Reads files in child processes, so that a hostile one can cost some seconds of one and nothing else."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Self

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from . import child
from .activity import MAX_BYTES, Activity, NotReadable, main_of

WALL_CLOCK_S = 20  # for each file
LOST_S = 3 * WALL_CLOCK_S  # without a word: the child was killed before it could say which file it had taken
FILES_A_CHILD = 100  # then a fresh one takes over
_TOO_COMPLEX = (-signal.SIGPROF, -signal.SIGKILL, child.OUT_OF_MEMORY)

type Reading = list[Activity] | NotReadable


class Readers:
    """Child processes, one for each core; leaving the `with` ends them.

    `zone` (IANA name) is where a time without an offset is taken to be when the file has no place either. A function
    that `call` will run is named in `functions`: afterwards a child can open no file, so its module has to be there.
    """

    def __init__(
        self,
        *,
        now: dt.datetime,
        zone: str,
        functions: Iterable[Callable[..., Any]] = (),
        children: int | None = None,
    ) -> None:
        self._read = partial(child.read, now=now, zone=zone)
        self._children = children or os.cpu_count() or 1
        self._pool = ProcessPool(
            max_workers=self._children,
            max_tasks=FILES_A_CHILD,
            initializer=child.prepare,
            initargs=(zone, *functions),
            context=multiprocessing.get_context(
                "spawn"
            ),  # a forked child would hold the parent's connections
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def read_all(self, contents: Iterable[bytes]) -> Iterator[Reading]:
        """Yield what is in each file, in order; takes no more of them at a time than keep the children busy."""
        started: deque[ProcessFuture[list[Activity]] | NotReadable] = deque()
        for content in contents:
            started.append(self._start(content))
            if len(started) > 2 * self._children:
                yield _reading(started.popleft())
        while started:
            yield _reading(started.popleft())

    def call[T](self, function: Callable[..., T], *args: Any) -> T:
        """Return what a pure function of a module's top level returns, under the limits of a file."""
        return _result(self._schedule(function, *args))

    def _start(self, content: bytes) -> ProcessFuture[list[Activity]] | NotReadable:
        return NotReadable("too_large") if len(content) > MAX_BYTES else self._schedule(self._read, content)

    def _schedule[T](self, function: Callable[..., T], *args: Any) -> ProcessFuture[T]:
        return self._pool.schedule(child.limited, (function, args), timeout=WALL_CLOCK_S)


def read_isolated(content: bytes, *, now: dt.datetime, zone: str) -> Activity:
    """Return the run in the file, or its first activity when none is a run; raise NotReadable for anything else."""
    with Readers(now=now, zone=zone, children=1) as readers:
        [reading] = readers.read_all([content])
    if isinstance(reading, NotReadable):
        raise reading
    return main_of(reading)


def _reading(started: ProcessFuture[list[Activity]] | NotReadable) -> Reading:
    if isinstance(started, NotReadable):
        return started
    try:
        return _result(started)
    except NotReadable as refusal:
        return refusal


def _result[T](future: ProcessFuture[T]) -> T:
    try:
        return future.result(timeout=LOST_S)
    except TimeoutError as error:
        raise NotReadable("too_complex") from error
    except ProcessExpired as error:
        raise NotReadable("too_complex" if error.exitcode in _TOO_COMPLEX else "unreadable") from error
