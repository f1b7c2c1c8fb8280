"""What the tips about habits are judged by (H-1 to H-4): surfaces, shoes, strength work and sitting.

Nothing is made up for what was not logged (M-4): a shoe has gone at least as far as its runs say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from backpain.coach.chronicle import SET_DAYS, last_days
from backpain.coach.history import CheckIn
from backpain.coach.loads import Compared, LoggedRun
from backpain.coach.thresholds import Thresholds
from backpain.coach.training import LadderFacts, LoggedSession

HARD = frozenset({"road"})  # D sets trail and track against it; of treadmills it says nothing
WORN_DAYS = 28  # a shoe not worn for longer is taken as put away; the project's choice


@dataclass(frozen=True, kw_only=True)
class Surfaces:
    """The runs of the last weeks: how many, how many of them name a surface, and how many a hard one."""

    runs: int = 0
    named: int = 0
    hard: int = 0


@dataclass(frozen=True, kw_only=True)
class Worn:
    """A shoe that is still run in, with the metres of its runs in the window and the day of the latest."""

    shoe: str
    metres: float
    on: dt.date


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Whole days without strength work, since the latest one, or in the plan where that began later."""

    days: int
    last_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Habits:
    surfaces: Surfaces = Surfaces()
    worn: tuple[Worn, ...] = ()  # the farthest first
    pause: Pause | None = None  # None without a plan
    sat_on: tuple[dt.date, ...] = ()  # in the days H-4 looks at, oldest first


class ShoeBook:
    """Adds up what each shoe has run, a day at a time; what is over is added once."""

    def __init__(self) -> None:
        self._over = 0
        self._metres: dict[str, float] = {}

    def worn(self, runs: Sequence[Compared], on: dt.date) -> tuple[Worn, ...]:
        """Return the shoes worn lately. The runs are all of the window up to the day, oldest first."""
        while self._over < len(runs) and runs[self._over].logged.on < on:
            _add(self._metres, runs[self._over].logged)
            self._over += 1
        metres = dict(self._metres)
        for run in runs[self._over :]:
            _add(metres, run.logged)
        first = last_days(on, WORN_DAYS)
        lately = takewhile(lambda run: run.logged.on >= first, reversed(runs))
        latest: dict[str, dt.date] = {}
        for shoe, day in ((run.logged.run.shoe, run.logged.on) for run in lately):
            if shoe and shoe in metres:
                latest.setdefault(shoe, day)
        shoes = (Worn(shoe=shoe, metres=metres[shoe], on=day) for shoe, day in latest.items())
        return tuple(sorted(shoes, key=lambda worn: (-worn.metres, worn.shoe)))


def _add(metres: dict[str, float], logged: LoggedRun) -> None:
    if logged.run.shoe and logged.run.distance_m:
        metres[logged.run.shoe] = metres.get(logged.run.shoe, 0) + logged.run.distance_m


def surfaces_of(runs: Iterable[LoggedRun], on: dt.date, thresholds: Thresholds) -> Surfaces:
    """Return what the runs up to `on` say of the ground; walks are not among them."""
    first = last_days(on, thresholds.surface_days)
    grounds = [logged.run.surface for logged in runs if logged.on >= first]
    return Surfaces(
        runs=len(grounds), named=sum(map(bool, grounds)), hard=sum(ground in HARD for ground in grounds)
    )


def pause_of(sessions: Sequence[LoggedSession], ladders: Iterable[LadderFacts], on: dt.date) -> Pause | None:
    """Return how long there was no strength work, counted from the plan's first day if that is later.

    Sets are kept for a while only, so a longer pause counts as that long.
    """
    placed = [ladder.placed_on for ladder in ladders if ladder.placed_on is not None]
    if not placed:
        return None
    last_on = next((session.on for session in reversed(sessions) if session.is_strength), None)
    since = max(min(placed), last_on or dt.date.min, last_days(on, SET_DAYS))
    return Pause(days=(on - since).days, last_on=last_on if last_on == since else None)


def sat_on(check_ins: Iterable[tuple[dt.date, CheckIn]]) -> tuple[dt.date, ...]:
    """Return the days whose check-in says that the runner sat for most of it."""
    return tuple(sorted({day for day, told in check_ins if told.sat_long}))
