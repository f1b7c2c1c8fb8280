"""Two rulesets on the same made-up runners: what the admin's bench shows before a draft is published.

Nobody's history is looked at. The runners keep full diaries, so that every threshold has something to
decide: check-ins alone would say nothing of bouts, load or exercises.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from backpain.coach.codec import to_data
from backpain.coach.decision import Verdict
from backpain.coach.ladders import Catalogue
from backpain.coach.thresholds import Thresholds
from backpain.simulation.diaries import Order, make, on
from backpain.simulation.scoring import BASE_MISSING, PUSHED, TARGETS, Target, measure
from backpain.simulation.truths import CLASSES
from backpain.simulation.watching import Seen, watched

LISTED = 200  # changes named one by one; the others are counted
WORSENING_COHORTS = tuple(cohort.name for cohort in CLASSES if cohort.worsens)

type Progress = Callable[[int, int], None]  # runners done, runners in all


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure before and after, with its target; shares are 0-1, delays days."""

    cohort: str
    measure: str
    before: float | None
    after: float | None
    target: float
    at_least: bool
    met_before: bool
    met_after: bool


@dataclass(frozen=True, kw_only=True)
class Change:
    """The first day on which a made-up runner would be told something else."""

    cohort: str
    runner: int
    on: dt.date
    before: str
    after: str
    days: int  # how many days of this runner change


@dataclass(frozen=True, kw_only=True)
class BenchResult:
    """`changed` counts the runners with any change; at most `LISTED` of them are in `changes`."""

    seed: int
    runners: int  # of each class
    rows: tuple[Row, ...]
    changed: int
    changes: tuple[Change, ...]

    @property
    def meets_targets(self) -> bool:
        """Tell whether the new ruleset meets every target."""
        return all(row.met_after for row in self.rows)

    def as_data(self) -> dict[str, Any]:
        """Return the result as JSON-ready data."""
        data: dict[str, Any] = to_data(self)
        return data | {"meets_targets": self.meets_targets}


def compare(
    old: Thresholds,
    new: Thresholds,
    *,
    runners: int,
    seed: int,
    catalogue: Catalogue,
    progress: Progress,
) -> BenchResult:
    """Return what changes from `old` to `new` for so many runners of each class."""
    before: list[Seen] = []
    after: list[Seen] = []
    orders = [
        Order(cohort=cohort.name, number=number, seed=seed, missing=BASE_MISSING, diary=True)
        for cohort in CLASSES
        for number in range(runners)
    ]
    for done, order in enumerate(orders, start=1):
        runner = make(order, catalogue=catalogue)
        before.append(watched(runner, catalogue=catalogue, thresholds=old))
        after.append(watched(runner, catalogue=catalogue, thresholds=new))
        progress(done, len(orders))
    changes = [change for pair in zip(before, after, strict=True) if (change := _change(*pair)) is not None]
    return BenchResult(
        seed=seed,
        runners=runners,
        rows=tuple(_rows(before, after)),
        changed=len(changes),
        changes=tuple(changes[:LISTED]),
    )


def _rows(before: list[Seen], after: list[Seen]) -> Iterator[Row]:
    pushed = (
        Target(cohort=cohort, measure="pushed", limit=PUSHED, at_least=False) for cohort in WORSENING_COHORTS
    )
    for target in (*TARGETS, *pushed):
        then, now = (_figure(target, seen) for seen in (before, after))
        yield Row(
            cohort=target.cohort,
            measure=target.measure,
            before=then,
            after=now,
            target=target.limit,
            at_least=target.at_least,
            met_before=target.is_met(then, BASE_MISSING),
            met_after=target.is_met(now, BASE_MISSING),
        )


def _figure(target: Target, seen: list[Seen]) -> float | None:
    return measure(target.measure, [one for one in seen if one.order.cohort == target.cohort])


def _change(before: Seen, after: Seen) -> Change | None:
    days = [
        day
        for day, pair in enumerate(zip(before.verdicts, after.verdicts, strict=True))
        if pair[0] != pair[1]
    ]
    if not days:
        return None
    return Change(
        cohort=before.order.cohort,
        runner=before.order.number,
        on=on(days[0]),
        before=_word(before.verdicts[days[0]]),
        after=_word(after.verdicts[days[0]]),
        days=len(days),
    )


def _word(verdict: Verdict) -> str:
    return verdict.name.lower()
