"""What the report for a health professional says, as values the template shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from backpain.charts import Zones

from . import words


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the runner ticked to be in it."""

    with_name: bool = False
    with_screening: bool = False
    with_notes: bool = False


@dataclass(frozen=True, kw_only=True)
class Some[T]:
    """The rows that fit, and how many there are."""

    rows: Sequence[T]
    count: int

    @property
    def left_out(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Some pain scores, 0 to 10: how many, their mean and the worst."""

    name: str
    count: int
    mean: str
    worst: int


@dataclass(frozen=True, kw_only=True)
class PainPart:
    """`svg` is empty without a score. `weeks_per_mark`: 0 = every run has its mark. `unplaced` entries with
    pain name no site. `scores` of a site are the worst of each entry that names it.
    """

    finding: str
    basis: str
    svg: str
    weeks_per_mark: int
    zones: Zones
    scores: Sequence[Scored]
    sites: Some[Scored]
    unplaced: int
    signs: str
    rest_days: int
    runs_skipped: int


@dataclass(frozen=True, kw_only=True)
class LoadPart:
    """Distances in the runner's units. A week's mean is taken from `since`, the first day with a run or session.

    `weekly` and `sessions_weekly` are empty where that is less than a week. `kept` says on how many of the
    planned days there were exercises; empty where none was planned.
    """

    svg: str
    unit: str
    runs: int
    distance: str
    weekly: str
    longest: str
    longest_on: dt.date | None
    sessions: int
    sessions_weekly: str
    kept: str
    since: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Climb:
    """Where a ladder began and ended; `is_off` says that it left the plan."""

    start: str
    end: str
    steps: str
    is_off: bool


@dataclass(frozen=True, kw_only=True)
class Spell:
    """Days on which the advice was to get help, in words, and why it was given first."""

    verdict: str
    verdict_words: str
    days: str
    reasons: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Declined:
    on: dt.date
    ladder: str
    because: str
    note: str


@dataclass(frozen=True, kw_only=True)
class AdvicePart:
    """How often which advice was given, when it was to get help, and what the runner said to steps up."""

    counts: Sequence[tuple[str, int]]
    spells: Some[Spell]
    accepted: int
    later: int
    declined: Some[Declined]
    rulesets: str


@dataclass(frozen=True, kw_only=True)
class FormPart:
    """A questionnaire's first and last score of these days; `last` is None where there is one alone."""

    name: str
    first: str
    first_on: dt.date
    last: str | None
    last_on: dt.date
    change: str
    activities: Sequence[tuple[str, int | None, int | None]]


@dataclass(frozen=True, kw_only=True)
class ScreeningPart:
    """The warning-sign questions with any answer but no, and how many had none but no."""

    worrying: Sequence[tuple[str, str]]
    clear: int
    last_on: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Seen:
    on: dt.date
    text: str


@dataclass(frozen=True, kw_only=True)
class Note:
    on: dt.date
    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """`screening` and `notes` are None where the runner left them out."""

    first: dt.date
    last: dt.date
    name: str
    birth_year: int | None
    is_empty: bool
    pain: PainPart
    load: LoadPart
    ladders: Some[Climb]
    advice: AdvicePart
    forms: Sequence[FormPart]
    care: Some[Seen]
    screening: ScreeningPart | None
    notes: Some[Note] | None

    @property
    def period(self) -> str:
        return words.period(self.first, self.last)


def newest[T](rows: Sequence[T], most: int) -> Some[T]:
    return Some(rows=rows[: -most - 1 : -1], count=len(rows))
