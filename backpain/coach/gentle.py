"""Gentle days: the runner's own flare plan, and the way back from a flare (W-5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from backpain.coach.bouts import Grade, grade
from backpain.coach.chronicle import days_before
from backpain.coach.history import CheckIn
from backpain.coach.loads import LoggedRun
from backpain.coach.thresholds import Thresholds


@dataclass(frozen=True, kw_only=True)
class Gentle:
    """`since`: gentle days are open. `said_on`: the newest check-in calls it a flare and is fresh.

    `easing_since`: the latest day of a flare or of gentle days after which no run was GOOD yet.
    """

    since: dt.date | None = None
    said_on: dt.date | None = None
    easing_since: dt.date | None = None


def gentle_of(
    *,
    since: dt.date | None,
    ended_on: dt.date | None,
    check_ins: Iterable[tuple[dt.date, CheckIn]],
    flare_on: dt.date | None,
    runs: Sequence[LoggedRun],
    on: dt.date,
    chronic: bool,
    thresholds: Thresholds,
) -> Gentle:
    """Return where the runner stands. `check_ins` are of the last days, oldest first, `runs` as well;
    `flare_on` is the latest day known to be in a flare.
    """
    told = list(check_ins)
    newest_on = told[-1][0] if told else None
    fresh = newest_on is not None and (on - newest_on).days <= thresholds.newest_days
    said = any(check_in.flare for day, check_in in told if day == newest_on)
    is_open = since is not None and since <= on and (ended_on is None or ended_on > on)
    days = [flare_on, on if is_open else ended_on, *(day for day, check_in in told if check_in.flare)]
    first = days_before(on, thresholds.ramp_days)
    latest = max((day for day in days if day is not None and first <= day <= on), default=None)
    eased = latest is None or _was_good_after(latest, runs, thresholds, chronic=chronic)
    return Gentle(
        since=since if is_open else None,
        said_on=newest_on if fresh and said else None,
        easing_since=None if eased else latest,
    )


def _was_good_after(
    day: dt.date, runs: Sequence[LoggedRun], thresholds: Thresholds, *, chronic: bool
) -> bool:
    later = takewhile(lambda run: run.on > day, reversed(runs))
    return any(grade(run.bout, thresholds, chronic=chronic) is Grade.GOOD for run in later)
