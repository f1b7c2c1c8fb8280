"""What Progress reads, as values: rows of some weeks, oldest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID


class RunRow(NamedTuple):
    on: dt.date
    uuid: UUID
    distance_m: float | None
    before: int | None
    during: int | None
    after: int | None
    next_morning: int | None


class PlacementRow(NamedTuple):
    """A placement with the place of its rung on the ladder; None where the ladder has lost it.

    `follows` is the key of the exercise out of use whose place it took, if any.
    """

    ladder: int
    exercise: str
    rung: int | None
    sets: int
    target: int
    unit: str
    from_on: dt.date
    ended_on: dt.date | None
    follows: int | None = None


class FormRow(NamedTuple):
    """A questionnaire as it was answered."""

    on: dt.date
    uuid: UUID
    form: str
    answers: dict[str, int]


class TimeToLog(NamedTuple):
    """How long logging took, from the form to Save: at most `half_s` for half of the runs, `most_s` for nine in ten.

    None where there are too few runs to say.
    """

    runs: int
    half_s: float | None = None
    most_s: float | None = None


@dataclass(frozen=True, kw_only=True)
class Log:
    """`running` is what the newest advice says about running, and its day. `sessions` counts those of
    the last four weeks and of the four before. `forms` go back to the first one.
    """

    runs: list[RunRow]
    check_ins: list[tuple[dt.date, int]]
    placements: list[PlacementRow]
    verdicts: list[tuple[dt.date, str]]
    running: tuple[dt.date, dict[str, Any]] | None
    sessions: tuple[int, int]
    forms: list[FormRow] = field(default_factory=list)
