"""Running load: one run beside the longest of the month before it (L-1), and what the caps need (L-1p)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

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


def compare(runs: Sequence[LoggedRun], thresholds: Thresholds, *, chronic: bool) -> list[Compared]:
    """Compare every run with the month before it, oldest first.

    A run that rose does not raise the longest run until it is graded GOOD.
    """
    compared: list[Compared] = []
    for logged in runs:
        jump = _jump(logged, compared, thresholds)
        mark = grade(logged.bout, thresholds, chronic=chronic)
        counts = jump is None or not jump.rose or mark is Grade.GOOD
        compared.append(Compared(logged, jump, mark, counts))
    return compared


def loads_of(runs: Sequence[Compared], on: dt.date, thresholds: Thresholds) -> Loads:
    """Return the running load as it stands on `on`."""
    week, month = last_days(on, thresholds.load_days), last_days(on, thresholds.longest_days)
    recent = [run.jump for run in runs if run.jump is not None and run.logged.on >= week]
    good = [
        run.logged.run.distance_m for run in runs if run.grade is Grade.GOOD and run.logged.run.distance_m
    ]
    distances = [run.logged.run.distance_m or 0 for run in runs if run.counts and run.logged.on >= month]
    grades = [run.grade.value for run in reversed(runs) if run.grade is not Grade.UNKNOWN]
    return Loads(
        jump=max(recent, key=lambda jump: (LEVELS.index(jump.level), jump.ratio), default=None),
        rose=any(jump.rose for jump in recent),
        longest_m=max(distances, default=0) or None,
        runs_logged=len(runs),
        last_good_m=good[-1] if good else None,
        grades=tuple(grades[:2]),
    )


def spikes_of(runs: Sequence[Compared]) -> tuple[dt.date, ...]:
    """Return the days of moderate and high jumps (R-8 counts them for six weeks)."""
    return tuple(run.logged.on for run in runs if run.jump is not None and run.jump.level in (MODERATE, HIGH))


def _jump(logged: LoggedRun, before: Sequence[Compared], thresholds: Thresholds) -> Jump | None:
    unit = "m" if logged.run.distance_m else "s"
    amount = _amount(logged, unit)
    first, last = days_before(logged.on, thresholds.longest_days), days_before(logged.on, 1)
    lately = takewhile(lambda run: run.logged.on >= first, reversed(before))
    month = [run for run in lately if run.logged.on <= last]
    enough = len(month) >= thresholds.load_runs
    compared = month if enough else [run for run in before if run.logged.on <= last]
    longest = max((_amount(run.logged, unit) for run in compared if run.counts), default=0)
    if not amount or not longest:
        return None
    level = (
        _level(amount, longest, unit, thresholds) if enough else _rough_level(amount / longest, thresholds)
    )
    rose = enough and amount / longest > thresholds.load_small
    return Jump(on=logged.on, amount=amount, longest=longest, unit=unit, level=level, rose=rose)


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
