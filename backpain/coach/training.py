"""Strength work as the exercise rules see it: a ladder's dose in force, its rungs, the last sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from backpain.coach.bouts import Bout
from backpain.coach.decision import Dose
from backpain.coach.history import Placement, Session, SetDone
from backpain.coach.ladders import Catalogue, Ladder, Rung, place_of
from backpain.coach.thresholds import Thresholds


@dataclass(frozen=True, kw_only=True)
class Work:
    """One session's sets of one exercise, trial sets left out. `lowest` and `last` are of the sets done;
    `sets` is the count on the side with fewer, `targets` those that the sets named.
    """

    bout: Bout
    exercise: str
    unit: str
    sets: int
    lowest: float
    last: float
    targets: tuple[float, ...] = ()
    hold_s: float | None = None
    form: bool | None = None  # None: not said for some set
    lost_form: bool = False
    pain: int | None = None
    effort: int | None = None
    singled_out: bool = True  # a BAD session is about this exercise
    trained: Dose | None = None  # the dose it was done at: set targets, else the placement of that day


@dataclass(frozen=True, kw_only=True)
class LadderFacts:
    """A ladder the runner stands on. `current` is the placement in force, else the last sets' dose."""

    slug: str
    family: str
    current: Dose
    rungs: tuple[Rung, ...] = ()  # from below the lowest of current and trained to above the highest
    next_fits: bool = False  # the runner has the equipment of the next rung
    works: tuple[
        Work, ...
    ] = ()  # newest first: the last two sessions, and the last two of the current exercise
    last_on: dt.date | None = None
    placed_on: dt.date | None = None  # first placed on this ladder

    @property
    def rung(self) -> Rung | None:
        """The rung of the dose in force; None where the ladder has no such rung."""
        place = place_of(self.rungs, self.current.exercise, self.current.unit)
        return None if place is None else self.rungs[place]

    @property
    def next(self) -> Rung | None:
        """The rung above it; None at the top."""
        place = place_of(self.rungs, self.current.exercise, self.current.unit)
        return None if place is None or place + 1 == len(self.rungs) else self.rungs[place + 1]

    @property
    def of_current(self) -> tuple[Work, ...]:
        """The last two sessions of the exercise in force."""
        current = (self.current.exercise, self.current.unit)
        return tuple(work for work in self.works if (work.exercise, work.unit) == current)[:2]

    @property
    def latest(self) -> tuple[Work, ...]:
        """The highest rung trained in each of the last two sessions on this ladder."""
        by_day: dict[dt.date, Work] = {}
        for work in self.works:
            by_day.setdefault(work.bout.on, work)
        return tuple(by_day.values())[:2]


@dataclass(frozen=True)
class LoggedSession:
    on: dt.date
    session: Session
    bout: Bout


def ladders_of(
    catalogue: Catalogue,
    sessions: Sequence[LoggedSession],
    placements: Sequence[Placement],
    *,
    on: dt.date,
    is_last_day: bool,
    equipment: frozenset[str],
    thresholds: Thresholds,
) -> tuple[LadderFacts, ...]:
    """Return the facts of every ladder the runner stands on, in the catalogue's order."""
    found = (
        _ladder_facts(
            ladder,
            sessions,
            [placement for placement in placements if placement.ladder == ladder.slug],
            on=on,
            is_last_day=is_last_day,
            equipment=equipment,
            thresholds=thresholds,
        )
        for ladder in catalogue.ladders
    )
    return tuple(facts for facts in found if facts is not None)


def strength_days(catalogue: Catalogue, sessions: Sequence[LoggedSession]) -> list[dt.date]:
    """Return the days with at least one set of a strength exercise, oldest first."""
    days = {
        logged.on
        for logged in sessions
        if any(done.exercise in catalogue.strength for done in logged.session.sets)
    }
    return sorted(days)


def level_ups(
    catalogue: Catalogue, sessions: Sequence[LoggedSession], placements: Sequence[Placement], on: dt.date
) -> list[dt.date]:
    """X-1: return the days of a first session on a later rung of a ladder, or of a placement there."""
    trained = {(log.on, done.exercise, done.unit) for log in sessions for done in log.session.sets}
    placed = {(p.since, p.exercise, p.unit) for p in placements if p.since and p.since <= on}
    days = [
        day for ladder in catalogue.ladders for stood in (trained, placed) for day in _rises(ladder, stood)
    ]
    return sorted(days)


def _rises(ladder: Ladder, stood: Iterable[tuple[dt.date, str, str]]) -> list[dt.date]:
    """Return the days on which a rung above all earlier ones was first stood on."""
    places = {(rung.exercise, rung.unit): place for place, rung in enumerate(ladder.rungs)}
    by_day: dict[dt.date, int] = {}
    for day, exercise, unit in stood:
        place = places.get((exercise, unit))
        if place is not None:
            by_day[day] = max(place, by_day.get(day, place))
    days = sorted(by_day)
    highest = accumulate((by_day[day] for day in days), max)
    return [day for day, before in zip(days[1:], highest, strict=False) if by_day[day] > before]


def is_new_work(session: Session, earlier: Sequence[Session]) -> bool:
    """P-7: tell whether a session has a first-ever exercise or a raised target."""
    for done in session.sets:
        before = [
            past.target
            for other in earlier
            for past in other.sets
            if (past.exercise, past.unit) == (done.exercise, done.unit)
        ]
        if not before:
            return True
        known = [target for target in before if target is not None]
        if done.target is not None and known and done.target > max(known):
            return True
    return False


def _ladder_facts(
    ladder: Ladder,
    sessions: Sequence[LoggedSession],
    placements: Sequence[Placement],
    *,
    on: dt.date,
    is_last_day: bool,
    equipment: frozenset[str],
    thresholds: Thresholds,
) -> LadderFacts | None:
    in_force = [p for p in placements if p.since is not None or is_last_day]
    works = [work for logged in reversed(sessions) for work in _works(ladder, logged, in_force, thresholds)]
    placed = _placement(in_force, on)
    current = _placed_dose(ladder, placed) if placed else (works[0].trained if works else None)
    if current is None:
        return None
    place = place_of(ladder.rungs, current.exercise, current.unit)
    following = ladder.rungs[place + 1] if place is not None and place + 1 < len(ladder.rungs) else None
    works = _kept(works, current)
    reached = [place, *(place_of(ladder.rungs, work.exercise, work.unit) for work in works)]
    known = [index for index in reached if index is not None]
    return LadderFacts(
        slug=ladder.slug,
        family=ladder.family,
        current=current,
        rungs=ladder.rungs[max(0, min(known) - 1) : max(known) + 2] if known else (),
        next_fits=following is not None and (following.equipment is None or following.equipment in equipment),
        works=tuple(works),
        last_on=max((logged.on for logged in sessions if _sets_on(ladder, logged.session)), default=None),
        placed_on=min((p.since for p in placements if p.since is not None and p.since <= on), default=None),
    )


def _kept(works: Sequence[Work], current: Dose) -> list[Work]:
    """Keep what the rules read: the last two sessions, and the last two of the current exercise."""
    days = sorted({work.bout.on for work in works}, reverse=True)[:2]
    of_current = [work for work in works if (work.exercise, work.unit) == (current.exercise, current.unit)][
        :2
    ]
    return [work for work in works if work.bout.on in days or work in of_current]


def _placement(placements: Sequence[Placement], on: dt.date) -> Placement | None:
    """Return the placement in force on a day; one without a date is the newest."""
    dated = [placement for placement in placements if placement.since is not None and placement.since <= on]
    latest = max(dated, key=lambda placement: placement.since or on, default=None)
    undated = [placement for placement in placements if placement.since is None]
    return undated[0] if undated else latest


def _placed_dose(ladder: Ladder, placement: Placement) -> Dose:
    place = place_of(ladder.rungs, placement.exercise, placement.unit)
    held = ladder.rungs[place].hold_s if place is not None else None
    return Dose(
        exercise=placement.exercise,
        sets=placement.sets,
        target=placement.target,
        unit=placement.unit,
        hold_s=placement.hold_s if placement.hold_s is not None else held,
    )


def _sets_on(ladder: Ladder, session: Session) -> list[SetDone]:
    exercises = {rung.exercise for rung in ladder.rungs}
    return [done for done in session.sets if done.exercise in exercises]


def _works(
    ladder: Ladder, logged: LoggedSession, placements: Sequence[Placement], thresholds: Thresholds
) -> list[Work]:
    """Return a session's work on the ladder, the highest rung first."""
    kept = [done for done in _sets_on(ladder, logged.session) if not done.trial]
    by_rung: dict[tuple[str, str], list[SetDone]] = {}
    for done in kept:
        by_rung.setdefault((done.exercise, done.unit), []).append(done)
    order = {(rung.exercise, rung.unit): place for place, rung in enumerate(ladder.rungs)}
    ranked = sorted(by_rung, key=lambda key: (order.get(key, -1), key), reverse=True)
    return [_work(logged, by_rung[key], placements, ladder, thresholds) for key in ranked]


def _work(
    logged: LoggedSession,
    done: Sequence[SetDone],
    placements: Sequence[Placement],
    ladder: Ladder,
    thresholds: Thresholds,
) -> Work:
    first = done[0]
    forms = [item.good_form for item in done]
    sides: dict[str | None, int] = {}
    for item in done:
        sides[item.side] = sides.get(item.side, 0) + 1
    count = min(sides.values()) if set(sides) != {"left"} and set(sides) != {"right"} else 0
    return Work(
        bout=logged.bout,
        exercise=first.exercise,
        unit=first.unit,
        sets=count,
        lowest=min(item.done for item in done),
        last=min({item.side: item.done for item in done}.values()),
        targets=tuple(sorted({item.target for item in done if item.target is not None})),
        hold_s=max((item.hold_s for item in done if item.hold_s is not None), default=None),
        form=False if False in forms else (None if None in forms else True),
        lost_form=False in forms,
        pain=max((item.pain for item in done if item.pain is not None), default=None),
        effort=logged.session.effort,
        singled_out=_is_singled_out(done, logged.session, thresholds),
        trained=_trained(done, logged.on, placements, ladder, sets=max(sides.values())),
    )


def _is_singled_out(done: Sequence[SetDone], session: Session, thresholds: Thresholds) -> bool:
    """A high pain in some exercise's sets says which one the bad session is about."""
    high = {item.exercise for item in session.sets if (item.pain or 0) >= thresholds.zone_high}
    return not high or done[0].exercise in high


def _trained(
    done: Sequence[SetDone], on: dt.date, placements: Sequence[Placement], ladder: Ladder, *, sets: int
) -> Dose:
    first = done[0]
    placed = _placement(placements, on)
    same = placed is not None and (placed.exercise, placed.unit) == (first.exercise, first.unit)
    targets = [item.target for item in done if item.target is not None]
    lowest = min(item.done for item in done)
    target = min(targets) if targets else (placed.target if placed is not None and same else lowest)
    place = place_of(ladder.rungs, first.exercise, first.unit)
    held = ladder.rungs[place].hold_s if place is not None else None
    return Dose(exercise=first.exercise, sets=sets, target=target, unit=first.unit, hold_s=held)
