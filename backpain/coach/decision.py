"""What the coach answers: a value that can be stored, compared and printed, without any sentence."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field
from typing import Any

from backpain.coach.codec import from_data, named, to_data


class Verdict(enum.IntEnum):
    """From least to most cautious; the highest of all fired rules wins (A-1).

    PROFESSIONAL = a physiotherapist or doctor within one to two weeks, URGENT = medical advice the
    same day, EMERGENCY = emergency department or ambulance now.
    """

    PROGRESS = 0
    HOLD = 1
    REGRESS = 2
    PROFESSIONAL = 3
    URGENT = 4
    EMERGENCY = 5


@dataclass(frozen=True, kw_only=True)
class Value:
    """One number or word that made a rule fire. `what` is a stable key, words live elsewhere."""

    what: str
    value: float | int | str
    unit: str = ""  # "", /10, s, reps, rounds, min, sets, days, m, kg, %
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why a rule fired. `limits` are the thresholds it compared with, by name."""

    values: tuple[Value, ...]
    limits: tuple[tuple[str, float | int | str], ...] = ()
    verdict: Verdict | None = None  # where one rule has several outcomes
    move: Move | None = None


@dataclass(frozen=True, kw_only=True)
class Dose:
    exercise: str
    sets: int
    target: float
    unit: str
    hold_s: float | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    """A change to one placement. `to` is None for `pause`."""

    ladder: str
    rule: str
    kind: str  # longer, more_reps, more_sets, level_up, hold, step_down, swap, pause
    from_: Dose = field(metadata=named("from"))
    to: Dose | None

    @property
    def goes_up(self) -> bool:
        return self.kind in {"longer", "more_reps", "more_sets", "level_up"}


@dataclass(frozen=True, kw_only=True)
class Reason:
    rule: str
    verdict: Verdict
    grade: str  # strong, moderate, limited, article, engineering
    sources: tuple[str, ...]
    evidence: Evidence
    ladder: str | None = None
    again_on: dt.date | None = None  # when it is looked at again, at the latest


@dataclass(frozen=True, kw_only=True)
class Suppressed:
    """A rule's move or reason that was dropped, and the rule that dropped it."""

    rule: str
    because: str
    ladder: str | None = None


@dataclass(frozen=True, kw_only=True)
class Running:
    may_run: bool
    cap_m: int | None  # metres; the longest next run (L-1p), None = no cap known
    warning: str  # none, info, small, moderate, high
    stage: int | None = None


@dataclass(frozen=True, kw_only=True)
class Tip:
    rule: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Ask:
    what: str  # check_in, next_morning, full_screening, nerve_screening, form, birth_year, rest_pain
    for_: dt.date = field(metadata=named("for"))


@dataclass(frozen=True, kw_only=True)
class Decision:
    verdict: Verdict
    reasons: tuple[Reason, ...]  # most cautious first, always at least one
    suppressed: tuple[Suppressed, ...] = ()
    moves: tuple[Move, ...] = ()
    running: Running
    tips: tuple[Tip, ...] = ()
    asks: tuple[Ask, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the decision as JSON-ready data; `decision_from` is its inverse."""
        data: dict[str, Any] = to_data(self)
        return data


def decision_from(data: dict[str, Any]) -> Decision:
    """Return the decision whose `as_data` is `data`."""
    return from_data(Decision, data)
