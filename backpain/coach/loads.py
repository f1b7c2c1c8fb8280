"""Running load: one run beside the longest of the month before it (L-1), and what the caps need (L-1p)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from backpain.coach.bouts import Bout, Grade, grade
from backpain.coach.chronicle import days_before, last_days
from backpain.coach.history import Run
from backpain.coach.thresholds import Thresholds

NONE, INFO, SMALL, MODERATE, HIGH = "none", "info", "small", "moderate", "high"
LEVELS = (NONE, INFO, SMALL, MODERATE, HIGH)


@dataclass(frozen=True, kw_only=True)
class Jump:
    """A run beside the longest of the 30 days before it; in seconds where a distance is not known."""

    on: dt.date
    amount: float
    longest: float
    unit: str  # m | s
    level: str
    rose: bool = False  # more than 10 % over, with enough runs to say so

    @property
    def ratio(self) -> float:
        return self.amount / self.longest


@dataclass(frozen=True, kw_only=True)
class Loads:
    """`jump` is the largest of the last 7 days; grades in a row newest first."""

    jump: Jump | None = None
    rose: bool = False  # a run of the last 7 days was more than 10 % over its month
    longest_m: float | None = None  # L30 for the next run
    runs_logged: int = 0
    last_good_m: float | None = None
    grades: tuple[str, ...] = ()  # of the latest two graded runs

    @property
    def is_bad_again(self) -> bool:
        """Tell whether the latest two graded runs were both BAD (L-7)."""
        return self.grades == (Grade.BAD.value, Grade.BAD.value)


@dataclass(frozen=True)
class LoggedRun:
    """A run (never a walk) with its bout."""

    on: dt.date
    run: Run
    bout: Bout


@dataclass(frozen=True)
class Compared:
    """A run with its jump and whether it counts towards the longest run of the month."""

    logged: LoggedRun
    jump: Jump | None
    grade: Grade
    counts: bool


def compare(logged: LoggedRun, before: Sequence[Compared], thresholds: Thresholds) -> Compared:
    """Compare a run with the month before it; `before` are the earlier runs, compared, oldest first.

    A run that rose does not raise the longest run until it is graded GOOD, in assessed-chronic mode too.
    """
    jump = _jump(logged, before, thresholds)
    mark = grade(logged.bout, thresholds)
    return Compared(logged, jump, mark, counts=jump is None or not jump.rose or mark is Grade.GOOD)


def loads_of(runs: Sequence[Compared], on: dt.date, thresholds: Thresholds, *, chronic: bool) -> Loads:
    """Return the running load as it stands on `on`."""
    week, month = last_days(on, thresholds.load_days), last_days(on, thresholds.longest_days)
    lately = list(takewhile(lambda run: run.logged.on >= min(week, month), reversed(runs)))
    jumps = [run.jump for run in reversed(lately) if run.jump is not None and run.logged.on >= week]
    distances = [run.logged.run.distance_m or 0 for run in lately if run.counts and run.logged.on >= month]
    good = (
        run.logged.run.distance_m for run, mark in _latest(runs, thresholds, chronic) if mark is Grade.GOOD
    )
    grades = (mark.value for _, mark in _latest(runs, thresholds, chronic) if mark is not Grade.UNKNOWN)
    return Loads(
        jump=max(jumps, key=lambda jump: (LEVELS.index(jump.level), jump.ratio), default=None),
        rose=any(jump.rose for jump in jumps),
        longest_m=max(distances, default=0) or None,
        runs_logged=len(runs),
        last_good_m=next((distance for distance in good if distance), None),
        grades=tuple(islice(grades, 2)),
    )


def _latest(
    runs: Sequence[Compared], thresholds: Thresholds, chronic: bool
) -> Iterator[tuple[Compared, Grade]]:
    """Yield the runs with their grades, newest first."""
    for run in reversed(runs):
        yield run, grade(run.logged.bout, thresholds, chronic=True) if chronic else run.grade


def is_spike(run: Compared) -> bool:
    """Tell whether a run was a moderate or high jump (R-8 counts them for six weeks)."""
    return run.jump is not None and run.jump.level in (MODERATE, HIGH)


def _jump(logged: LoggedRun, before: Sequence[Compared], thresholds: Thresholds) -> Jump | None:
    unit = "m" if logged.run.distance_m else "s"
    amount, month = _amount(logged, unit), _month_before(logged.on, before, thresholds)
    enough = len(month) >= thresholds.load_runs
    compared = month if enough else [run for run in before if run.logged.on < logged.on]
    longest = max([_amount(run.logged, unit) for run in compared if run.counts], default=0)
    if not amount or longest < 1:  # metre or second: nothing to compare with
        return None
    level = (
        _level(amount, longest, unit, thresholds) if enough else _rough_level(amount / longest, thresholds)
    )
    rose = enough and amount / longest > thresholds.load_small
    return Jump(on=logged.on, amount=amount, longest=longest, unit=unit, level=level, rose=rose)


def _month_before(on: dt.date, before: Sequence[Compared], thresholds: Thresholds) -> list[Compared]:
    """Return the runs of the 30 days before a day, by a plain loop: it is taken for every run of the log."""
    first, month = days_before(on, thresholds.longest_days), []
    for run in reversed(before):
        if run.logged.on < first:
            break
        if run.logged.on < on:
            month.append(run)
    return month


def _amount(logged: LoggedRun, unit: str) -> float:
    return (logged.run.distance_m if unit == "m" else logged.run.duration_s) or 0


def _level(amount: float, longest: float, unit: str, thresholds: Thresholds) -> str:
    ratio = amount / longest
    if ratio <= thresholds.load_small:
        return NONE
    if ratio > thresholds.load_high:
        return HIGH
    if ratio > thresholds.load_moderate:
        return MODERATE
    return INFO if unit == "m" and amount - longest < thresholds.load_floor_m else SMALL


def _rough_level(ratio: float, thresholds: Thresholds) -> str:
    """With fewer than three runs to compare with, more than double is worth a word and no more."""
    return INFO if ratio > thresholds.load_high else NONE
