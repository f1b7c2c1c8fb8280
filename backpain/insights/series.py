"""Rows of a log to the numbers and series of Progress. Knows neither the database nor words."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from operator import attrgetter
from statistics import fmean

from backpain.charts import EventKind, Week, Zones
from backpain.coach.bouts import STOP_SIGNS, Bout
from backpain.coach.decision import Verdict
from backpain.coach.loads import Compared, LoggedRun, compare
from backpain.coach.questionnaires import (
    PEG,
    peg_has_changed,
    peg_share,
    psfs_gain,
    psfs_has_changed,
    score,
)
from backpain.coach.thresholds import Thresholds

from .log import FormRow, Log, MarkRow, PlacementRow, RunRow

DAY, WEEK, MONTH = dt.timedelta(days=1), dt.timedelta(days=7), dt.timedelta(weeks=4)
LOOK_BACK = 2 * MONTH  # the tiles compare four weeks with the four before; the guard needs 30 days
RUNS_TO_COMPARE = 9  # three in each third
PLANNED_A_WEEK = 2  # exercise days: the lower end of E-7's two to three, and what W-11 counts against
NOTICEABLE = 1.0  # points of 10: less is within the error of a single score (rules.md P-3)

_on, _logged_on = attrgetter("on"), attrgetter("logged.on")


@dataclass(frozen=True, kw_only=True)
class Period:
    """Whole weeks from a Monday up to today."""

    first: dt.date
    last: dt.date

    def __contains__(self, on: dt.date) -> bool:
        return self.first <= on <= self.last

    @property
    def mondays(self) -> list[dt.date]:
        return [self.first + n * WEEK for n in range((self.last - self.first).days // 7 + 1)]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Some runs in a row and the mean pain after them."""

    first: dt.date
    last: dt.date
    runs: int
    mean: float


@dataclass(frozen=True, kw_only=True)
class PlanEvent:
    """A placement that went up or down, a verdict to seek help (`flag`), or a mark (`care`, `shoe`)."""

    on: dt.date
    kind: EventKind
    placement: PlacementRow | None = None
    verdict: Verdict | None = None
    mark: MarkRow | None = None


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Exercise days that were due in some whole weeks, and how many of them were kept."""

    weeks: int
    due: int
    done: int


@dataclass(frozen=True, kw_only=True)
class Score:
    """The score of a questionnaire, 0-10, beside the first one of its form.

    `change` is a share of the first for PEG and points over the activities named both times for PSFS;
    None for the first itself and where the two cannot be compared.
    """

    row: FormRow
    score: float
    is_first: bool = False
    change: float | None = None
    counts: bool = False  # large enough to matter


def period_of(weeks: int, on: dt.date) -> Period:
    """Return this week and the ones before it, `weeks` in all."""
    return Period(first=_monday(on) - (weeks - 1) * WEEK, last=on)


def period_of_all(log: Log, on: dt.date) -> Period:
    """Return the weeks from the first run, session or check-in to today."""
    first_days = [row.on for rows in (log.runs, log.session_rows, log.check_ins) for row in rows[:1]]
    return Period(first=_monday(min(first_days, default=on)), last=on)


def zones_of(thresholds: Thresholds) -> Zones:
    """Return the highest scores of the low and the raised zone (P-1)."""
    return Zones(low=thresholds.zone_acceptable - 1, raised=thresholds.zone_high - 1)


def thirds(runs: Sequence[RunRow]) -> tuple[Stretch, Stretch] | None:
    """Return the first and the last third of the runs with a score after them; None when they are too few."""
    scored = [run for run in runs if run.after is not None]
    if len(scored) < RUNS_TO_COMPARE:
        return None
    third = len(scored) // 3
    return _stretch(scored[:third]), _stretch(scored[-third:])


def mean_after(runs: Sequence[RunRow], first: dt.date, last: dt.date) -> float | None:
    """Return the mean pain after the runs of these days, None without a score."""
    scores = [run.after for run in _days(runs, first, last) if run.after is not None]
    return fmean(scores) if scores else None


def longest_run(runs: Sequence[RunRow], first: dt.date, last: dt.date) -> RunRow | None:
    """Return the run of these days that went furthest, the earliest of equals."""
    measured = [run for run in _days(runs, first, last) if run.distance_m]
    return max(measured, key=lambda run: run.distance_m or 0, default=None)


def weekly(runs: Sequence[RunRow], period: Period, *, metres: float, thresholds: Thresholds) -> list[Week]:
    """Return the weeks of a period, without labels, in units of `metres`.

    The guard is that of the week's longest run, or of its Monday when nothing was run.
    """
    compared = compared_of(runs, thresholds)
    return [_week(runs, compared, monday, metres=metres, thresholds=thresholds) for monday in period.mondays]


def compared_of(runs: Sequence[RunRow], thresholds: Thresholds) -> list[Compared]:
    """Return runs as the coach compares them: one that went over the guard raises it only if it was good."""
    found: list[Compared] = []
    for run in runs:
        found.append(compare(_logged(run), found, thresholds))
    return found


def guard_m(compared: Sequence[Compared], on: dt.date, thresholds: Thresholds) -> float | None:
    """Return L-1's limit for a run on this day; None while too few runs came before it."""
    first, end = (
        bisect_left(compared, day, key=_logged_on) for day in (on - thresholds.longest_days * DAY, on)
    )
    before = compared[first:end]
    longest = max((each.logged.run.distance_m or 0 for each in before if each.counts), default=0)
    return longest * thresholds.load_small if longest and len(before) >= thresholds.load_runs else None


def plan_events(log: Log, period: Period) -> list[PlanEvent]:
    """Return what happened to the plan in a period, oldest first."""
    events = [*_changes(log.placements), *_flags(log.verdicts)]
    return sorted((event for event in events if event.on in period), key=_on)


def all_events(log: Log, period: Period) -> list[PlanEvent]:
    """Return what happened to the plan and the days that stand out in a period, oldest first."""
    marks = [_marked(mark) for mark in log.marks if mark.on in period]
    return sorted([*plan_events(log, period), *marks], key=_on)


def _marked(mark: MarkRow) -> PlanEvent:
    return PlanEvent(on=mark.on, kind="care" if mark.kind == "care" else "shoe", mark=mark)


def verdict_days(verdicts: Sequence[tuple[dt.date, str]], period: Period) -> dict[Verdict, int]:
    """Return on how many days of a period each verdict stood; of several on a day the last one given.

    A day without advice has none. `verdicts` are in the order in which they were given on their day.
    """
    of_day = {on: Verdict[name.upper()] for on, name in verdicts if on in period}
    counts = Counter(of_day.values())
    return {verdict: counts[verdict] for verdict in Verdict if counts[verdict]}


def kept(log: Log, period: Period) -> Kept:
    """Return how many of the exercise days that were due were kept, over the whole weeks of a period.

    Due are PLANNED_A_WEEK of every week, Monday to Sunday, with a plan from its first day to its last and
    no advice to stop training in it. More days than due in one week make up for no other.
    """
    days = {session.on for session in log.session_rows}
    stops = {on for on, name in log.verdicts if Verdict[name.upper()] >= Verdict.URGENT}
    weeks = [
        monday
        for monday in period.mondays
        if monday + 6 * DAY <= period.last - DAY
        and _had_plan(log.placements, monday)
        and _had_plan(log.placements, monday + 6 * DAY)
        and not _count_in(stops, monday)
    ]
    done = sum(min(PLANNED_A_WEEK, _count_in(days, monday)) for monday in weeks)
    return Kept(weeks=len(weeks), due=PLANNED_A_WEEK * len(weeks), done=done)


def _had_plan(placements: Sequence[PlacementRow], on: dt.date) -> bool:
    return any(each.from_on <= on and (each.ended_on is None or each.ended_on > on) for each in placements)


def _count_in(days: Set[dt.date], monday: dt.date) -> int:
    return sum(monday + n * DAY in days for n in range(7))


def scores(forms: Sequence[FormRow], form: str, thresholds: Thresholds) -> list[Score]:
    """Return the scores of one questionnaire, oldest first; one that was left incomplete has none."""
    scored = [(row, score(form, row.answers)) for row in forms if row.form == form]
    complete = [(row, value) for row, value in scored if value is not None]
    compare = _peg_score if form == PEG else _psfs_score
    first = [Score(row=row, score=value, is_first=True) for row, value in complete[:1]]
    return first + [compare(first[0], row, value, thresholds) for row, value in complete[1:]]


def _peg_score(first: Score, row: FormRow, value: float, thresholds: Thresholds) -> Score:
    change, counts = peg_share(first.score, value), peg_has_changed(first.score, value, thresholds)
    return Score(row=row, score=value, change=change, counts=counts)


def _psfs_score(first: Score, row: FormRow, value: float, thresholds: Thresholds) -> Score:
    change = psfs_gain(first.row.answers, row.answers)
    counts = change is not None and psfs_has_changed(change, thresholds)
    return Score(row=row, score=value, change=change, counts=counts)


def _monday(on: dt.date) -> dt.date:
    return on - on.weekday() * DAY


def _days(runs: Sequence[RunRow], first: dt.date, last: dt.date) -> Sequence[RunRow]:
    return runs[bisect_left(runs, first, key=_on) : bisect_left(runs, last + DAY, key=_on)]


def _stretch(runs: Sequence[RunRow]) -> Stretch:
    mean = fmean(run.after for run in runs if run.after is not None)
    return Stretch(first=runs[0].on, last=runs[-1].on, runs=len(runs), mean=mean)


def _logged(run: RunRow) -> LoggedRun:
    """Return a run as the coach compares it: by its distance, else its duration, which a row has too."""
    signs = tuple(STOP_SIGNS.intersection(run.signs))
    bout = Bout(
        on=run.on,
        is_run=True,
        before=run.before,
        during=run.during,
        after=run.after,
        next_morning=run.next_morning,
        signs=signs,
    )
    return LoggedRun(run.on, run, bout)


def _week(
    runs: Sequence[RunRow],
    compared: Sequence[Compared],
    monday: dt.date,
    *,
    metres: float,
    thresholds: Thresholds,
) -> Week:
    sunday = monday + 6 * DAY
    longest = longest_run(runs, monday, sunday)
    guard = guard_m(compared, longest.on if longest else monday, thresholds)
    return Week(
        starts_on=monday,
        distance=sum(run.distance_m or 0 for run in _days(runs, monday, sunday)) / metres,
        longest=longest.distance_m / metres if longest and longest.distance_m else None,
        guard=guard / metres if guard else None,
        label="",
    )


def _changes(placements: Sequence[PlacementRow]) -> Iterator[PlanEvent]:
    """Yield the placements that stand higher or lower than the one before them on their ladder."""
    stood: dict[int, PlacementRow] = {}
    for placement in placements:
        before = stood.get(placement.ladder)
        stood[placement.ladder] = placement
        if before and _are_comparable(before, placement) and _height(placement) != _height(before):
            kind: EventKind = "up" if _height(placement) > _height(before) else "down"
            yield PlanEvent(on=placement.from_on, kind=kind, placement=placement)


def _are_comparable(before: PlacementRow, after: PlacementRow) -> bool:
    """Tell whether one can be higher than the other: not what follows on an exercise out of use, or is off."""
    if after.follows is not None:
        return False
    are_on = before.rung is not None and after.rung is not None
    return are_on or (before.exercise, before.unit) == (after.exercise, after.unit)


def _height(placement: PlacementRow) -> tuple[int, int, int]:
    return placement.rung or 0, placement.sets, placement.target


def _flags(verdicts: Sequence[tuple[dt.date, str]]) -> Iterator[PlanEvent]:
    """Yield the days on which the advice became professional or more serious than that."""
    before = Verdict.PROGRESS
    for on, name in verdicts:
        verdict = Verdict[name.upper()]
        if verdict >= Verdict.PROFESSIONAL and verdict > before:
            yield PlanEvent(on=on, kind="flag", verdict=verdict)
        before = verdict
