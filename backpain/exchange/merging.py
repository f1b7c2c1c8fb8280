"""Finds what of a history is new to a log, so that two logs of one runner become one without doubles."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

from backpain.accounts.models import User
from backpain.coach import history as values
from backpain.training.archive import ENTRIES
from backpain.training.history import history_of
from backpain.training.models import CheckIn, Entry, Run
from backpain.training.store import uuid_of

from .matching import START, Outing, is_same


def without_known(runner: User, history: values.History) -> values.History:
    """Return a history without the entries that the runner's log has already.

    An entry is known by its id, also a deleted one. With another id, a check-in is known by its day, a run by
    its start and length, and anything else by all it says.
    """
    standing = history_of(runner, on=None)
    new = {
        name: tuple(_new(runner, table, getattr(history, name), getattr(standing, name)))
        for name, (table, _own) in ENTRIES.items()
    }
    return dataclasses.replace(history, **new)


def _new(runner: User, table: type[Entry], told: Sequence[Any], standing: Sequence[Any]) -> Iterable[Any]:
    known = {str(id_) for id_ in table.with_deleted.filter(runner=runner).values_list("uuid", flat=True)}
    ids = [entry.id and str(uuid_of(runner, entry.id)) for entry in told]
    others = [entry for entry, id_ in zip(told, ids, strict=True) if id_ not in known]
    if table is CheckIn:
        days = {entry.on for entry in standing}
        return (entry for entry in others if entry.on not in days)
    # What stands for another entry of the same file cannot be the double of this one too.
    file_ids = set(ids)
    free = [entry for entry in standing if entry.id not in file_ids]
    return _other_runs(others, free) if table is Run else _saying_more(others, free)


def _other_runs(told: Iterable[values.Run], standing: Iterable[values.Run]) -> Iterator[values.Run]:
    """Yield the runs that are none of those standing, each of which is the double of one at most."""
    free = sorted(standing, key=lambda run: run.started_at)
    starts = [run.started_at for run in free]
    for run in told:
        near = range(
            bisect_left(starts, run.started_at - START), bisect_right(starts, run.started_at + START)
        )
        twin = next((place for place in near if is_same(_outing(run), _outing(free[place]))), None)
        if twin is None:
            yield run
        else:
            del free[twin], starts[twin]


def _outing(run: values.Run) -> Outing:
    return Outing(run.started_at, run.distance_m, run.duration_s)


def _saying_more(told: Iterable[Any], standing: Iterable[Any]) -> Iterator[Any]:
    """Yield the entries that do not say just what one of those standing says."""
    free = Counter(map(_said, standing))
    for entry in told:
        said = _said(entry)
        if free[said]:
            free[said] -= 1
        else:
            yield entry


def _said(entry: Any) -> Hashable:
    """Return everything an entry says but its id, as far as the contract has a place for it."""
    fields = (f for f in dataclasses.fields(entry) if f.name != "id" and "left_out" not in f.metadata)
    told = (getattr(entry, f.name) for f in fields)
    return tuple(tuple(sorted(value.items())) if isinstance(value, dict) else value for value in told)
