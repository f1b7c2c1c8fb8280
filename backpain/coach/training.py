"""Strength work as the exercise rules see it: a ladder's dose in force, its rungs, the last sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from backpain.coach.bouts import Bout, is_bad
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
    effort: int | None = None
    singled_out: bool = True  # a BAD session is about this exercise
    trained: Dose | None = None  # the dose it was done at: set targets, else the placement of that day

    @property
    def lost_form(self) -> bool:
        return self.form is False


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

    @cached_property
    def rung(self) -> Rung | None:
        """The rung of the dose in force; None where the ladder has no such rung."""
        place = place_of(self.rungs, self.current.exercise, self.current.unit)
        return None if place is None else self.rungs[place]

    @cached_property
    def next(self) -> Rung | None:
        """The rung above it; None at the top."""
        place = place_of(self.rungs, self.current.exercise, self.current.unit)
        return None if place is None or place + 1 == len(self.rungs) else self.rungs[place + 1]

    @cached_property
    def of_current(self) -> tuple[Work, ...]:
        """The last two sessions of the exercise in force."""
        current = (self.current.exercise, self.current.unit)
        return tuple(work for work in self.works if (work.exercise, work.unit) == current)[:2]

    @cached_property
    def latest(self) -> tuple[Work, ...]:
        """The highest rung trained in each of the last two sessions on this ladder."""
        by_day: dict[dt.date, Work] = {}
        for work in self.works:
            by_day.setdefault(work.bout.on, work)
        return tuple(by_day.values())[:2]


@dataclass(frozen=True, kw_only=True, eq=False)
class LoggedSession:
    """A session with its bout. `by_ladder` are its sets, trial sets too; `places` the highest rungs trained.

    `works` are filled in as they are asked for: of most sessions they never are.
    """

    on: dt.date
    session: Session
    bout: Bout
    by_ladder: Mapping[str, Sequence[SetDone]]
    places: Mapping[str, int]
    targets: Mapping[tuple[str, str], set[float | None]]  # by exercise and unit, of all but trial sets
    is_strength: bool
    is_bad: bool
    works: dict[str, tuple[Work, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Stood:
    """What was found of a ladder from these sessions and this placement."""

    trained: tuple[LoggedSession, ...]
    placed: Placement | None
    facts: LadderFacts | None
    level_up_on: dt.date | None


class TrainingBook:
    """Collects the sessions of a history by ladder, oldest first, a day at a time."""

    def __init__(
        self,
        catalogue: Catalogue,
        placements: Sequence[Placement],
        *,
        equipment: frozenset[str],
        thresholds: Thresholds,
    ) -> None:
        self._catalogue = catalogue
        self._equipment = equipment
        self._thresholds = thresholds
        self._rungs = {ladder.slug: _places(ladder) for ladder in catalogue.ladders}
        self._ladders_of: dict[str, list[tuple[str, dict[tuple[str, str], int]]]] = {}
        for ladder in catalogue.ladders:
            for exercise in {rung.exercise for rung in ladder.rungs}:
                self._ladders_of.setdefault(exercise, []).append((ladder.slug, self._rungs[ladder.slug]))
        newest_first = sorted(placements, key=lambda placed: placed.since or dt.date.max, reverse=True)
        self._placements = {
            ladder.slug: [p for p in newest_first if p.ladder == ladder.slug] for ladder in catalogue.ladders
        }
        self._begun: set[str] = set()  # ladders with a set in any session so far
        self._found: dict[str, _Stood] = {}

    def log(self, session: Session, bout: Bout) -> LoggedSession:
        """Return a session as the exercise rules see it."""
        by_ladder: dict[str, list[SetDone]] = {}
        places: dict[str, int] = {}
        targets: dict[tuple[str, str], set[float | None]] = {}
        for done in session.sets:
            if not done.trial:
                targets.setdefault((done.exercise, done.unit), set()).add(done.target)
            for ladder, rungs in self._ladders_of.get(done.exercise, ()):
                by_ladder.setdefault(ladder, []).append(done)
                if (place := rungs.get((done.exercise, done.unit))) is not None:
                    places[ladder] = max(place, places.get(ladder, place))
        self._begun |= by_ladder.keys()
        return LoggedSession(
            on=bout.on,
            session=session,
            bout=bout,
            by_ladder=by_ladder,
            places=places,
            targets=targets,
            is_strength=any(done.exercise in self._catalogue.strength for done in session.sets),
            is_bad=is_bad(bout, self._thresholds),
        )

    def stand(
        self, sessions: Sequence[LoggedSession], on: dt.date
    ) -> tuple[tuple[LadderFacts, ...], dt.date | None]:
        """Return the facts of every ladder the runner stands on, in the catalogue's order, and X-1's day.

        That is the latest day of a first session on a later rung of a ladder, or of a placement there.
        `sessions` are those whose sets may be looked at, oldest first.
        """
        found = [
            self._stood(ladder, sessions, on)
            for ladder in self._catalogue.ladders
            if ladder.slug in self._begun or self._placements[ladder.slug]
        ]
        days = (stood.level_up_on for stood in found if stood.level_up_on is not None)
        return tuple(stood.facts for stood in found if stood.facts is not None), max(days, default=None)

    def _stood(self, ladder: Ladder, sessions: Sequence[LoggedSession], on: dt.date) -> _Stood:
        """Return what was found before where nothing has changed since, as on most days."""
        trained = tuple([logged for logged in sessions if ladder.slug in logged.by_ladder])
        placed = _placement(self._placements[ladder.slug], on)
        stood = self._found.get(ladder.slug)
        if stood is None or (stood.trained, stood.placed) != (trained, placed):
            rises = (
                _rose_on(_trained_places(ladder.slug, trained)),
                _rose_on(self._placed_places(ladder, on)),
            )
            level_up_on = max((day for day in rises if day is not None), default=None)
            stood = _Stood(trained, placed, self._facts_of(ladder, trained, placed, on), level_up_on)
            self._found[ladder.slug] = stood
        return stood

    def _placed_places(self, ladder: Ladder, on: dt.date) -> list[tuple[dt.date, int]]:
        """Return the rungs a runner was placed on, by day."""
        known = self._rungs[ladder.slug]
        return [
            (placed.since, known[key])
            for placed in self._placements[ladder.slug]
            if (key := (placed.exercise, placed.unit)) in known and placed.since and placed.since <= on
        ]

    def _facts_of(
        self,
        ladder: Ladder,
        sessions: Sequence[LoggedSession],
        placed: Placement | None,
        on: dt.date,
    ) -> LadderFacts | None:
        works = (work for logged in reversed(sessions) for work in self._works(ladder, logged))
        first = next(works, None)
        current = _placed_dose(ladder, placed) if placed else (first.trained if first else None)
        if current is None:
            return None
        place = self._rungs[ladder.slug].get((current.exercise, current.unit))
        following = ladder.rungs[place + 1] if place is not None and place + 1 < len(ladder.rungs) else None
        kept = tuple(_kept(chain([first] if first else [], works), current))
        reached = [place, *(self._rungs[ladder.slug].get((work.exercise, work.unit)) for work in kept)]
        known = [index for index in reached if index is not None]
        since = [p.since for p in self._placements[ladder.slug] if p.since is not None and p.since <= on]
        return LadderFacts(
            slug=ladder.slug,
            family=ladder.family,
            current=current,
            rungs=ladder.rungs[max(0, min(known) - 1) : max(known) + 2] if known else (),
            next_fits=following is not None
            and (following.equipment is None or following.equipment in self._equipment),
            works=kept,
            last_on=sessions[-1].on if sessions else None,
            placed_on=min(since, default=None),
        )

    def _works(self, ladder: Ladder, logged: LoggedSession) -> tuple[Work, ...]:
        """Return a session's work on the ladder, the highest rung first."""
        if ladder.slug not in logged.works:
            by_rung: dict[tuple[str, str], list[SetDone]] = {}
            for done in logged.by_ladder[ladder.slug]:
                if not done.trial:
                    by_rung.setdefault((done.exercise, done.unit), []).append(done)
            order = self._rungs[ladder.slug]
            ranked = sorted(by_rung, key=lambda key: (order.get(key, -1), key), reverse=True)
            placed = _placement(self._placements[ladder.slug], logged.on)
            logged.works[ladder.slug] = tuple(
                _work(
                    logged,
                    by_rung[key],
                    placed,
                    ladder.rungs[order[key]] if key in order else None,
                    self._thresholds,
                )
                for key in ranked
            )
        return logged.works[ladder.slug]


def is_new_work(session: Session, earlier: Iterable[Session]) -> bool:
    """P-7: tell whether a session has an exercise not among the earlier ones, or a raised target."""
    known: dict[tuple[str, str], float] = {}
    for past in (past for other in earlier for past in other.sets):
        key = (past.exercise, past.unit)
        known[key] = max(known.get(key, 0), past.target or 0)
    for done in session.sets:
        highest = known.get((done.exercise, done.unit))
        if highest is None or (highest and done.target is not None and done.target > highest):
            return True
    return False


def _places(ladder: Ladder) -> dict[tuple[str, str], int]:
    return {(rung.exercise, rung.unit): place for place, rung in enumerate(ladder.rungs)}


def _trained_places(ladder: str, sessions: Iterable[LoggedSession]) -> list[tuple[dt.date, int]]:
    return [(logged.on, logged.places[ladder]) for logged in sessions if ladder in logged.places]


def _rose_on(stood: Sequence[tuple[dt.date, int]]) -> dt.date | None:
    """Return the day on which the highest rung was first stood on, if not the first day of all."""
    if not stood:
        return None
    rose_on, _ = min(stood, key=lambda pair: (-pair[1], pair[0]))
    return rose_on if rose_on > min(stood)[0] else None


def _kept(works: Iterable[Work], current: Dose) -> Iterator[Work]:
    """Keep what the rules read: the last two sessions, and the last two of the current exercise."""
    days: set[dt.date] = set()
    missing = 2  # of the current exercise
    for work in works:
        is_current = (work.exercise, work.unit) == (current.exercise, current.unit)
        if len(days) < 2 or work.bout.on in days:
            days.add(work.bout.on)
            yield work
        elif missing <= 0:
            return
        elif is_current:
            yield work
        missing -= is_current


def _placement(newest_first: Sequence[Placement], on: dt.date) -> Placement | None:
    """Return the placement in force on a day; one without a date is the newest."""
    return next((placed for placed in newest_first if placed.since is None or placed.since <= on), None)


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


def _work(
    logged: LoggedSession,
    done: Sequence[SetDone],
    placed: Placement | None,
    rung: Rung | None,
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
        effort=logged.session.effort,
        singled_out=_is_singled_out(done, logged.session, thresholds),
        trained=_trained(done, placed, rung, sets=max(sides.values())),
    )


def _is_singled_out(done: Sequence[SetDone], session: Session, thresholds: Thresholds) -> bool:
    """A high pain in some exercise's sets says which one the bad session is about."""
    high = {item.exercise for item in session.sets if (item.pain or 0) >= thresholds.zone_high}
    return not high or done[0].exercise in high


def _trained(done: Sequence[SetDone], placed: Placement | None, rung: Rung | None, *, sets: int) -> Dose:
    exercise, unit = done[0].exercise, done[0].unit
    wanted = min(item.done for item in done)
    if placed is not None and (placed.exercise, placed.unit) == (exercise, unit):
        wanted = placed.target
    targets = (item.target for item in done if item.target is not None)
    return Dose(
        exercise=exercise,
        sets=sets,
        target=min(targets, default=wanted),
        unit=unit,
        hold_s=None if rung is None else rung.hold_s,
    )
