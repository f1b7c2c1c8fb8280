"""Finds out which activities are the same: recorded by two devices, exported in two formats, logged before."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .models import Standing

START = dt.timedelta(seconds=2)  # two devices' clocks
SHARE = 0.01  # two devices' ways to measure
MOST_AT_ONCE = 50  # begun within two seconds: nobody did more, whatever a file says
# Of two that are the same, the first of these stays; what is surely no run is not offered again as one.
_FIRST = (Standing.NEW, Standing.NOT_A_RUN, Standing.OFFERED, Standing.DAMAGED)


class Outing(NamedTuple):
    """As much of a run as tells whether it is another; metres and seconds."""

    started_at: dt.datetime
    distance_m: float | None
    duration_s: float | None


@dataclass
class _Kept:
    pk: int
    outing: Outing
    standing: Standing


def standings(
    found: Iterable[tuple[int, Outing, Standing]], logged: Iterable[Outing]
) -> Iterator[tuple[int, Standing]]:
    """Yield the standing of each activity by its key; of a key that comes twice the later one holds.

    Both come in the order of their starts, so that each is held only against what began around it.
    """
    near, ahead = deque[Outing](maxlen=MOST_AT_ONCE), iter(logged)
    coming = next(ahead, None)
    kept: deque[_Kept] = deque()
    for pk, outing, standing in found:
        while coming and coming.started_at <= outing.started_at + START:
            near.append(coming)
            coming = next(ahead, None)
        while near and near[0].started_at < outing.started_at - START:
            near.popleft()
        while kept and kept[0].outing.started_at < outing.started_at - START:
            kept.popleft()
        if any(is_same(outing, other) for other in near):
            yield pk, Standing.DUPLICATE
        else:
            yield from _beside(kept, _Kept(pk, outing, standing))


def _beside(kept: deque[_Kept], new: _Kept) -> Iterator[tuple[int, Standing]]:
    """Yield what becomes of an activity beside those kept so far, and of the one it takes the place of."""
    twin = next((other for other in kept if is_same(new.outing, other.outing)), None)
    if twin and _FIRST.index(new.standing) < _FIRST.index(twin.standing):
        yield twin.pk, Standing.REPEATED
        yield new.pk, new.standing
        twin.pk, twin.standing = new.pk, new.standing
    elif twin or len(kept) >= MOST_AT_ONCE:
        yield new.pk, Standing.REPEATED
    else:
        kept.append(new)
        yield new.pk, new.standing


def is_same(one: Outing, other: Outing) -> bool:
    """Tell whether two began together and went as far; where that is not said, lasted as long."""
    if abs(one.started_at - other.started_at) > START:
        return False
    if one.distance_m and other.distance_m:
        return _is_about(one.distance_m, other.distance_m)
    if one.duration_s and other.duration_s:
        return _is_about(one.duration_s, other.duration_s)
    return True


def _is_about(one: float, other: float) -> bool:
    return abs(one - other) <= SHARE * max(one, other)
