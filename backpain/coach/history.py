"""What a runner entered, as values: the history contract, version 1, and nothing derived from it.

Distances are metres, durations seconds, pain scores whole numbers 0-10. Every instant carries an
offset; a *day* is the local date in the runner's time zone. Collections keep the order of entry,
which must not matter to the coach.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from backpain.coach.codec import LEFT_OUT, from_data, named, to_data


@dataclass(frozen=True, kw_only=True)
class Runner:
    id: str
    time_zone: str
    birth_year: int | None = None
    equipment: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    pain_began_on: dt.date | None = None
    first_ever_episode: bool | None = None
    country: str | None = None
    episodes_last_12_months: int | None = None

    def day_of(self, at: dt.datetime) -> dt.date:
        """Return the runner's own day of an instant."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()

    def day_of_bout(self, bout: Run | Session) -> dt.date:
        """Return the day a bout was entered for, or the day it began in the runner's zone."""
        return bout.on or self.day_of(bout.started_at)


@dataclass(frozen=True, kw_only=True)
class Pain:
    """Pain around a bout; `next_morning` belongs to the day after it. None = not recorded."""

    before: int | None = None
    during: int | None = None
    after: int | None = None
    next_morning: int | None = None
    next_morning_retrospective: bool | None = None


NO_PAIN_RECORDED = Pain()


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """Average back pain over the last 24 h."""

    on: dt.date
    score: int
    id: str | None = None
    sites: frozenset[str] = frozenset()
    feel: frozenset[str] = frozenset()
    cannot: frozenset[str] = frozenset()
    flare: bool | None = None
    note: str | None = None
    retrospective: bool | None = None
    sat_long: bool | None = field(default=None, metadata=LEFT_OUT)  # H-4; the contract has no place for it


@dataclass(frozen=True, kw_only=True)
class Run:
    started_at: dt.datetime
    id: str | None = None
    distance_m: float | None = None
    duration_s: float | None = None
    effort: int | None = None
    kind: str | None = None
    surface: str | None = None
    shoe: str | None = None
    pain: Pain = NO_PAIN_RECORDED
    sites: frozenset[str] = frozenset()
    feel: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    note: str | None = None
    activity: str | None = None
    stage: int | None = None
    on: dt.date | None = field(default=None, metadata=LEFT_OUT)  # the day as entered, before a change of zone


@dataclass(frozen=True, kw_only=True)
class SkippedRun:
    on: dt.date
    because: str
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class SetDone:
    exercise: str
    unit: str
    done: float
    side: str | None = None
    target: float | None = None
    load_kg: float | None = None
    pain: int | None = None
    good_form: bool | None = None
    hold_s: float | None = None
    trial: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Session:
    """A bout of exercises."""

    started_at: dt.datetime
    sets: tuple[SetDone, ...]
    id: str | None = None
    duration_s: float | None = None
    effort: int | None = None
    pain: Pain = NO_PAIN_RECORDED
    sites: frozenset[str] = frozenset()
    feel: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    ordinary_soreness: bool | None = None
    note: str | None = None
    on: dt.date | None = field(default=None, metadata=LEFT_OUT)  # the day as entered, before a change of zone


@dataclass(frozen=True, kw_only=True)
class Screening:
    """Answers to the warning-sign questions; a question that was not asked is absent."""

    at: dt.datetime
    answers: dict[str, str]
    kind: str | None = None
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rest:
    """Full days without running or strength work because of pain."""

    from_on: dt.date = field(metadata=named("from"))
    to_on: dt.date = field(metadata=named("to"))
    id: str | None = None
    pain_at_start: int | None = None
    pain_at_end: int | None = None


@dataclass(frozen=True, kw_only=True)
class Care:
    """A contact with a health professional, as the runner reports it."""

    on: dt.date
    id: str | None = None
    who: str | None = None
    assessed: bool = False
    clears: bool = False
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Placement:
    """The rung a runner stands on, from `since` until the next placement of its ladder.

    Without `since` it counts only on the history's last day.
    """

    ladder: str
    exercise: str
    sets: int
    target: float
    unit: str
    since: dt.date | None = None
    hold_s: float | None = None


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    on: dt.date
    form: str
    answers: dict[str, int]
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class History:
    runner: Runner
    check_ins: tuple[CheckIn, ...] = ()
    runs: tuple[Run, ...] = ()
    skipped_runs: tuple[SkippedRun, ...] = ()
    sessions: tuple[Session, ...] = ()
    screenings: tuple[Screening, ...] = ()
    rests: tuple[Rest, ...] = ()
    care: tuple[Care, ...] = ()
    placements: tuple[Placement, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    # What the runner started with a tap; the contract has no place for it.
    run_walk_since: dt.date | None = field(default=None, metadata=LEFT_OUT)  # L-6
    gentle_since: dt.date | None = field(default=None, metadata=LEFT_OUT)  # W-5, the latest gentle days
    gentle_ended_on: dt.date | None = field(default=None, metadata=LEFT_OUT)  # None while they go on


def history_from(data: dict[str, Any]) -> History:
    """Return the history in `data`, which already keeps the contract's schema."""
    return from_data(History, data)


def as_data(history: History) -> dict[str, Any]:
    """Return `history` as the contract's JSON data."""
    data: dict[str, Any] = to_data(history)
    return {"format": "backpain-history", "version": 1} | data
