"""Reads files in child processes, so that a hostile one can cost some seconds of one and nothing else."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, NamedTuple, Self

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from . import child
from .activity import MAX_BYTES, Activity, NotReadable, main_of

WALL_CLOCK_S = 20  # for each file
LOST_S = 3 * WALL_CLOCK_S  # without a word: the child was killed before it could say which file it had taken
FILES_A_CHILD = 100  # then a fresh one takes over
_TOO_COMPLEX = (-signal.SIGPROF, -signal.SIGKILL, child.OUT_OF_MEMORY)

type Reading = list[Activity] | NotReadable


class _Started[T](NamedTuple):
    """A call, and what will come of it."""

    function: Callable[..., T]
    args: tuple[Any, ...]
    future: ProcessFuture[T]


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
        self._prepared_with = (zone, *functions)
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._children,
            max_tasks=FILES_A_CHILD,
            initializer=child.prepare,
            initargs=self._prepared_with,
            # A forked child would hold the parent's connections.
            context=multiprocessing.get_context("spawn"),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def read_all(self, contents: Iterable[bytes]) -> Iterator[Reading]:
        """Yield what is in each file, in order; takes no more of them at a time than keep the children busy."""
        started: deque[_Started[list[Activity]] | NotReadable] = deque()
        for content in contents:
            is_large = len(content) > MAX_BYTES
            started.append(NotReadable("too_large") if is_large else self._start(self._read, content))
            if len(started) > 2 * self._children:
                yield self._reading(started.popleft())
        while started:
            yield self._reading(started.popleft())

    def call[T](self, function: Callable[..., T], *args: Any) -> T:
        """Return what a pure function of a module's top level returns, under the limits of a file."""
        return self._result(self._start(function, *args))

    def call_each[T](self, function: Callable[..., T], calls: Iterable[tuple[Any, ...]]) -> Iterator[T]:
        """Yield what such a function returns for the arguments of each call; the next one is under way meanwhile."""
        started: _Started[T] | None = None
        for args in calls:
            before, started = started, self._start(function, *args)
            if before:
                yield self._result(before)
        if started:
            yield self._result(started)

    def _start[T](self, function: Callable[..., T], *args: Any) -> _Started[T]:
        if not self._pool.active:  # broken
            self._end()
            self._pool = self._new_pool()
        future = self._pool.schedule(child.limited, (function, args), timeout=WALL_CLOCK_S)
        return _Started(function, args, future)

    def _reading(self, started: _Started[list[Activity]] | NotReadable) -> Reading:
        if isinstance(started, NotReadable):
            return started
        try:
            return self._result(started)
        except NotReadable as refusal:
            return refusal

    def _result[T](self, started: _Started[T]) -> T:
        """Return what came of a call; one child that ends without a word breaks all off, so each is tried twice."""
        try:
            return _result(started.future)
        except BrokenProcessPool:
            again = self._start(started.function, *started.args)
        try:
            return _result(again.future)
        except BrokenProcessPool as error:
            raise NotReadable("unreadable") from error


def read_isolated(content: bytes, *, now: dt.datetime, zone: str) -> Activity:
    """Return the run in the file, or its first activity when none is a run; raise NotReadable for anything else."""
    with Readers(now=now, zone=zone, children=1) as readers:
        [reading] = readers.read_all([content])
    if isinstance(reading, NotReadable):
        raise reading
    return main_of(reading)


def _result[T](future: ProcessFuture[T]) -> T:
    try:
        return future.result(timeout=LOST_S)
    except TimeoutError as error:
        raise NotReadable("too_complex") from error
    except ProcessExpired as error:
        raise NotReadable("too_complex" if error.exitcode in _TOO_COMPLEX else "unreadable") from error
