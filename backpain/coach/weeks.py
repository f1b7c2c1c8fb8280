"""A week of running beside the three weeks before it (L-2, L-3): for information, never more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from backpain.coach.chronicle import last_days
from backpain.coach.history import Run
from backpain.coach.loads import LoggedRun
from backpain.coach.thresholds import Thresholds

WEEKS_BEFORE = 3  # L-2, L-3


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """The last 7 days, and the mean of the three weeks before them; a week without a run counts as none.

    `amount` and `usual` are metres, seconds where a distance was not logged. The loads are effort (0-10)
    times minutes, None where an effort or a duration was not logged.
    """

    amount: float
    usual: float
    unit: str  # m | s
    load: float | None = None
    usual_load: float | None = None

    @property
    def ratio(self) -> float:
        return self.amount / self.usual

    @property
    def load_ratio(self) -> float | None:
        return self.load / self.usual_load if self.load is not None and self.usual_load else None


def weeks_of(runs: Sequence[LoggedRun], on: dt.date, thresholds: Thresholds) -> Weeks | None:
    """Return the weeks up to `on`, or None where there is too little to compare with.

    `runs` are oldest first, without walks. Nothing is made up for a run without its numbers (M-4).
    """
    first = last_days(on, 7 * (1 + WEEKS_BEFORE))
    lately = list(takewhile(lambda run: run.on >= first, reversed(runs)))
    by_week: list[list[Run]] = [[] for _ in range(1 + WEEKS_BEFORE)]
    for logged in lately:
        by_week[(on - logged.on).days // 7].append(logged.run)
    if not by_week[0] or sum(bool(week) for week in by_week[1:]) < thresholds.weeks_with_runs:
        return None
    distance = _sums(by_week, _metres)
    known = distance or _sums(by_week, _seconds)
    if known is None:
        return None
    load, usual_load = _sums(by_week, _load) or (None, None)
    unit = "m" if distance else "s"
    return Weeks(amount=known[0], usual=known[1], unit=unit, load=load, usual_load=usual_load)


def _sums(by_week: list[list[Run]], amount_of: Callable[[Run], float | None]) -> tuple[float, float] | None:
    """Return the newest week's sum and the mean of those before; None where a run lacks its amount."""
    amounts = [[amount_of(run) or 0 for run in week] for week in by_week]
    if any(0 in week for week in amounts):
        return None
    newest, *before = map(sum, amounts)
    return newest, sum(before) / len(before)


def _metres(run: Run) -> float | None:
    return run.distance_m


def _seconds(run: Run) -> float | None:
    return run.duration_s


def _load(run: Run) -> float | None:
    """Return the session load, effort times minutes (C19)."""
    return None if run.effort is None or run.duration_s is None else run.effort * run.duration_s / 60
