"""What Progress reads, as values: rows of some weeks, oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID


class RunRow(NamedTuple):
    """`hour` is the runner's own hour of the start; `effort` is 0 to 10; what is not said is None or ""."""

    on: dt.date
    uuid: UUID
    distance_m: float | None
    before: int | None
    during: int | None
    after: int | None
    next_morning: int | None
    duration_s: float | None = None
    effort: int | None = None
    surface: str = ""
    shoe: str = ""
    hour: int | None = None
    signs: Sequence[str] = ()  # such as that it was cut short


class SessionRow(NamedTuple):
    """A session of exercises; `share` is what was done of its targets, 0 to 1, None where none was set."""

    on: dt.date
    uuid: UUID
    before: int | None
    during: int | None
    after: int | None
    next_morning: int | None
    share: float | None = None


class SideRow(NamedTuple):
    """What one session did of one exercise: on each side the mean of its sets, trials left out, as E-11 tests."""

    on: dt.date
    session: UUID
    exercise: str  # its name in the runner's language
    slug: str
    unit: str
    left: float
    right: float


class CheckInRow(NamedTuple):
    on: dt.date
    score: int
    sat_long: bool | None = None
    flare: bool | None = None


class MarkRow(NamedTuple):
    """A day that stands out: "care" (who was seen) or "shoe" (a pair was first worn)."""

    on: dt.date
    kind: str
    text: str


class GentleRow(NamedTuple):
    """Gentle days, which the runner began with a tap; `ended_on` is the first day after them, None while they go on."""

    from_on: dt.date
    ended_on: dt.date | None


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


class RungRow(NamedTuple):
    """A rung of a ladder the runner stood on; `start` and `cap` are of one set, in its `unit`."""

    ladder: int
    slug: str  # of the ladder
    name: str  # of the ladder, in the runner's language
    position: int  # 1 is the easiest
    exercise: str  # its name in the runner's language
    unit: str
    start: int
    cap: int


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
    check_ins: list[CheckInRow]
    placements: list[PlacementRow]
    verdicts: list[tuple[dt.date, str]]
    running: tuple[dt.date, dict[str, Any]] | None
    sessions: tuple[int, int]
    forms: list[FormRow] = field(default_factory=list)
    session_rows: list[SessionRow] = field(default_factory=list)
    sides: list[SideRow] = field(default_factory=list)
    marks: list[MarkRow] = field(default_factory=list)
    gentle: list[GentleRow] = field(default_factory=list)
    rungs: list[RungRow] = field(default_factory=list)
