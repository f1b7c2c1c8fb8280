"""The strength programme as a whole: easier weeks, sides, movements that hurt, plateaus (E-10 to E-14, W-11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import fmean

from backpain.coach.chronicle import days_before, last_days
from backpain.coach.history import Questionnaire, Session, SetDone
from backpain.coach.ladders import Catalogue
from backpain.coach.questionnaires import psfs_gain_since
from backpain.coach.series import Reading, week_median
from backpain.coach.thresholds import Thresholds
from backpain.coach.training import LadderFacts, LoggedSession


@dataclass(frozen=True, kw_only=True)
class SideTest:
    """One session's mean of the sets of each side."""

    on: dt.date
    left: float
    right: float

    @property
    def gap(self) -> float:
        return abs(self.left - self.right)

    @property
    def weaker(self) -> str:
        return "left" if self.left < self.right else "right"


@dataclass(frozen=True, kw_only=True)
class Done:
    """What one session says of the programme: by exercise and unit the highest target and the sides, by
    mobility exercise the worst pain. Trial sets are left out.
    """

    on: dt.date
    before: int | None
    targets: Mapping[tuple[str, str], float]
    tests: Mapping[tuple[str, str], SideTest]
    pains: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The latest sessions of an exercise with sets on both sides, newest first."""

    exercise: str
    unit: str
    tests: tuple[SideTest, ...]


@dataclass(frozen=True, kw_only=True)
class Movement:
    """A mobility exercise with more pain than before the session, the last time pain was noted."""

    exercise: str
    on: dt.date
    pain: int
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class Plateau:
    """The sessions in a row at the target in force, none of them BAD, back to `since`."""

    ladder: str
    sessions: int
    since: dt.date


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Eight weeks of the programme within one episode (W-11).

    `start` is the median pain of the first week; `psfs_gain` the change of the PSFS mean since.
    """

    began_on: dt.date
    strength_days: int
    start: float | None = None
    psfs_gain: float | None = None


@dataclass(frozen=True, kw_only=True)
class Programme:
    progressing_weeks: int = 0  # in a row up to today, no more than E-10 asks about
    sides: tuple[Sides, ...] = ()  # only where the newest test differs
    movements: tuple[Movement, ...] = ()
    plateaus: tuple[Plateau, ...] = ()  # long enough for E-14
    has_legs: bool | None = None  # None without a ladder (E-15)
    trial: Trial | None = None


def done_in(session: Session, on: dt.date, mobility: frozenset[str]) -> Done:
    """Return what a session says of the programme."""
    sets = [done for done in session.sets if not done.trial]
    targets: dict[tuple[str, str], float] = {}
    sides: dict[tuple[str, str], dict[str, list[float]]] = {}
    for done in sets:
        key = (done.exercise, done.unit)
        if done.target is not None:
            targets[key] = max(done.target, targets.get(key, done.target))
        if done.side is not None:
            sides.setdefault(key, {}).setdefault(done.side, []).append(done.done)
    tests = {
        key: SideTest(on=on, left=fmean(by_side["left"]), right=fmean(by_side["right"]))
        for key, by_side in sides.items()
        if len(by_side) == 2
    }
    pains = _mobility_pain(sets, session.pain.during, mobility)
    return Done(on=on, before=session.pain.before, targets=targets, tests=tests, pains=pains)


def programme_of(
    done: Sequence[Done],
    more_on: Iterable[dt.date],
    sessions: Sequence[LoggedSession],
    ladders: Sequence[LadderFacts],
    on: dt.date,
    *,
    catalogue: Catalogue,
    trial: Trial | None,
    thresholds: Thresholds,
) -> Programme:
    """Return the programme on a day; the sessions are those whose sets may be looked at, oldest first.

    `more_on` are the days of `rises`.
    """
    legs = {ladder.slug for ladder in catalogue.ladders if ladder.legs}
    return Programme(
        progressing_weeks=_progressing_weeks(more_on, on, thresholds),
        sides=_sides(done, on, thresholds),
        movements=_movements(done, on, thresholds),
        plateaus=tuple(_plateaus(sessions, ladders, thresholds)),
        has_legs=any(ladder.slug in legs for ladder in ladders) if ladders else None,
        trial=trial,
    )


def trial_of(
    sessions: Sequence[LoggedSession],
    readings: Sequence[Reading],
    filled: Sequence[Questionnaire],
    *,
    began_on: dt.date,
    on: dt.date,
    thresholds: Thresholds,
) -> Trial | None:
    """Return the eight weeks up to `on`, or None where the programme or the episode is younger.

    `began_on` is the first session within the episode; entries and readings are oldest first.
    """
    if (on - began_on).days < thresholds.programme_days:
        return None
    first = last_days(on, thresholds.programme_days)
    lately = takewhile(lambda session: session.on >= first, reversed(sessions))
    return Trial(
        began_on=began_on,
        strength_days=len({session.on for session in lately if session.is_strength}),
        start=week_median(readings, days_before(began_on, -6), at_least=thresholds.median_readings),
        psfs_gain=psfs_gain_since(filled, began_on, on, thresholds),
    )


def _mobility_pain(sets: Sequence[SetDone], during: int | None, mobility: frozenset[str]) -> dict[str, int]:
    """Return the worst pain of each mobility exercise: of its sets, else of a session of nothing else."""
    only = all(done.exercise in mobility for done in sets)
    pains: dict[str, int] = {}
    for done in sets:
        pain = during if done.pain is None and only else done.pain
        if done.exercise in mobility and pain is not None:
            pains[done.exercise] = max(pain, pains.get(done.exercise, pain))
    return pains


def _progressing_weeks(more_on: Iterable[dt.date], on: dt.date, thresholds: Thresholds) -> int:
    """E-10: count the weeks up to today in each of which a target rose or an exercise was new."""
    rose = {(on - day).days // 7 for day in more_on}
    return sum(1 for _ in takewhile(rose.__contains__, range(thresholds.progressing_weeks)))


def rises(done: Iterable[Done]) -> Iterable[dt.date]:
    """Yield the days of sessions that asked more than all before them, as far as they are known."""
    best: dict[tuple[str, str], float] = {}
    for session in done:
        higher = {key: target for key, target in session.targets.items() if target > best.get(key, 0)}
        if best and higher:
            yield session.on
        best |= higher


def _sides(done: Sequence[Done], on: dt.date, thresholds: Thresholds) -> tuple[Sides, ...]:
    tests: dict[tuple[str, str], list[SideTest]] = {}
    first = last_days(on, thresholds.sides_days)
    for session in takewhile(lambda session: session.on >= first, reversed(done)):
        for key, test in session.tests.items():
            tests.setdefault(key, []).append(test)
    return tuple(
        Sides(exercise=exercise, unit=unit, tests=tuple(found[: thresholds.sides_tests]))
        for (exercise, unit), found in sorted(tests.items())
        if found[0].gap
    )


def _movements(done: Sequence[Done], on: dt.date, thresholds: Thresholds) -> tuple[Movement, ...]:
    latest: dict[str, Movement] = {}
    first = last_days(on, thresholds.mobility_days)
    for session in takewhile(lambda session: session.on >= first, reversed(done)):
        for exercise, pain in session.pains.items():
            movement = Movement(exercise=exercise, on=session.on, pain=pain, before=session.before)
            latest.setdefault(exercise, movement)
    raised = (movement for movement in latest.values() if movement.pain > (movement.before or 0))
    return tuple(sorted(raised, key=lambda movement: movement.exercise))


def _plateaus(
    sessions: Sequence[LoggedSession], ladders: Sequence[LadderFacts], thresholds: Thresholds
) -> Iterable[Plateau]:
    for ladder in ladders:
        days = list(_days_at_target(sessions, ladder, thresholds))
        if len(days) == thresholds.plateau_sessions:
            yield Plateau(ladder=ladder.slug, sessions=len(days), since=days[-1])


def _days_at_target(
    sessions: Sequence[LoggedSession], ladder: LadderFacts, thresholds: Thresholds
) -> Iterable[dt.date]:
    """Yield the sessions in a row at the target in force, newest first, no more than E-14 asks about.

    A set that names no target is not known to have been at it.
    """
    current, found = ladder.current, 0
    for session in reversed(sessions):
        targets = session.targets.get((current.exercise, current.unit))
        if targets is None:
            continue
        if targets != {current.target} or session.is_bad or found == thresholds.plateau_sessions:
            return
        found += 1
        yield session.on
