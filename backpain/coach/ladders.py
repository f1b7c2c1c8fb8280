"""The catalogue as the coach sees it: ladders of rungs with their doses, easy to hard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One exercise in one unit. `start`, `step` and `cap` are per set (and per side)."""

    exercise: str
    unit: str  # s | reps | rounds | min
    sets: int  # sets a runner starts with on this rung
    start: float
    step: float
    cap: float
    late_from: float | None = None  # from this target on, `late_step` replaces `step`
    late_step: float | None = None
    hold_s: float | None = None  # seconds held in each repetition
    per_side: bool = False
    equipment: str | None = None  # the runner needs it to be placed here
    impact: bool = False  # E-16


@dataclass(frozen=True, kw_only=True)
class Ladder:
    slug: str
    rungs: tuple[Rung, ...]
    family: str  # E-1 asks for three families
    legs: bool = False  # E-15: hip or knee strength


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """`strength`: slugs of exercises that make a strength day (not mobility, recovery, lifestyle)."""

    ladders: tuple[Ladder, ...]
    strength: frozenset[str]
    mobility: frozenset[str]


def place_of(rungs: Sequence[Rung], exercise: str, unit: str) -> int | None:
    """Return the place of a rung among others, or None where there is no such rung."""
    return next((i for i, rung in enumerate(rungs) if (rung.exercise, rung.unit) == (exercise, unit)), None)
