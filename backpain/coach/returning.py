"""The way back to running: two walks first (L-5), then the run-walk stages (L-6)."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from backpain.coach.bouts import Bout, Grade, grade, is_bad
from backpain.coach.chronicle import days_before, last_days
from backpain.coach.loads import LoggedRun
from backpain.coach.signs import Signs
from backpain.coach.thresholds import Thresholds

# What R-8, R-8c and R-9 need at least one of.
STOPPING_ITEMS = ("impact_pain_one_spot", "one_sided_sacral", "bone_pain_at_rest", "lean_back_pain")
STOPPING_MARK = "groin-or-hip"
BESIDE_MIN = 5  # walked before and after, minutes (rules.md 6)
KEPT = 8  # staged runs that can bear on the next stage; a week has no more


@dataclass(frozen=True, kw_only=True)
class Stage:
    """`run_min` of easy running, then `walk_min` of walking, `repeats` times; minutes."""

    number: int
    run_min: int
    walk_min: int
    repeats: int

    @property
    def minutes(self) -> int:
        """The whole outing, with the walks before and after."""
        return self.repeats * (self.run_min + self.walk_min) + 2 * BESIDE_MIN


STAGES: tuple[Stage, ...] = tuple(
    Stage(number=number, run_min=run_min, walk_min=walk_min, repeats=repeats)
    for number, (run_min, walk_min, repeats) in enumerate(
        ((1, 4, 6), (2, 3, 6), (3, 2, 6), (4, 1, 6), (8, 2, 3), (13, 2, 2), (30, 0, 1)), start=1
    )
)  # rules.md 6; the project's, shaped by the format of C13


@dataclass(frozen=True, kw_only=True)
class StagedRun:
    stage: int
    bout: Bout


@dataclass(frozen=True, kw_only=True)
class Released:
    """Warning signs that care and a full screen have cleared, and the day they had."""

    signs: Signs
    on: dt.date


@dataclass(frozen=True, kw_only=True)
class Returning:
    """What the way back to running is judged by. `walks` are long enough ones of the last days."""

    log_began_on: dt.date | None = None
    chosen_on: dt.date | None = None  # the runner started the run-walk plan
    staged: tuple[StagedRun, ...] = ()  # the latest ones, oldest first
    walks: tuple[Bout, ...] = ()  # oldest first
    released: tuple[Released, ...] = ()  # of the last days


class Step(enum.Enum):
    START = "start"
    REPEAT = "repeat"
    UP = "up"
    BACK = "back"
    WALK = "walk"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`stage` is the next run's where nothing blocks a step up; None while walks are owed.

    `rests_until` is the first day on which a run may follow the last staged one.
    """

    step: Step
    stage: int | None = None
    stage_now: int | None = None  # the next run's where a step up is blocked
    last: StagedRun | None = None
    good: int = 0  # GOOD runs in a row at the last stage
    walks_missing: int = 0
    cleared_on: dt.date | None = None
    rests_until: dt.date | None = None

    def rests(self, on: dt.date) -> bool:
        """Tell whether it is too early for the next run."""
        return self.rests_until is not None and on < self.rests_until


def staged_runs(runs: Sequence[LoggedRun]) -> tuple[StagedRun, ...]:
    """Return the latest runs of a stage, oldest first."""
    staged = [StagedRun(stage=run.run.stage, bout=run.bout) for run in runs if run.run.stage is not None]
    return tuple(staged[-KEPT:])


def released_of(cleared: Iterable[tuple[Signs, dt.date]]) -> tuple[Released, ...]:
    """Keep, of signs that were cleared lately, those that may have stopped the running, newest first."""
    kept: list[Released] = []
    for signs, on in cleared:
        stopping = signs.said("yes", *STOPPING_ITEMS) or STOPPING_MARK in signs.marks
        if stopping and not any(other.signs.covers(signs) for other in kept):
            kept.append(Released(signs=signs, on=on))
    return tuple(kept)


def plan_of(
    facts: Returning,
    *,
    on: dt.date,
    last_run_on: dt.date | None,
    cleared_on: dt.date | None,
    chronic: bool,
    thresholds: Thresholds,
) -> Plan | None:
    """Return the way back to running, or None where L-1p governs.

    `cleared_on` is the day a lock of R-8 or R-9 ended, if that was lately.
    """
    idle = _is_idle(facts, on, last_run_on, thresholds)
    if idle or cleared_on is not None:
        missing = thresholds.walks - _good_walks(facts.walks, cleared_on, thresholds)
        if missing > 0:
            return Plan(step=Step.WALK, walks_missing=missing, cleared_on=cleared_on)
    since = max((day for day in (facts.chosen_on, cleared_on) if day is not None), default=dt.date.min)
    staged = [run for run in facts.staged if run.bout.on >= since]
    if not idle and staged and is_finished(staged, thresholds, chronic=chronic):
        return None
    if idle or not staged or staged[-1].bout.on < last_days(on, thresholds.restart_days):
        begins = idle or cleared_on is not None or facts.chosen_on is not None
        return Plan(step=Step.START, stage=1, stage_now=1) if begins else None
    return _next_stage(staged, on, thresholds, chronic=chronic)


def is_finished(staged: Sequence[StagedRun], thresholds: Thresholds, *, chronic: bool) -> bool:
    """Tell whether the last stage was GOOD as often in a row as a step up needs."""
    good = _good_in_a_row(staged, thresholds, chronic=chronic)
    return bool(staged) and staged[-1].stage >= thresholds.last_stage and good >= thresholds.stage_good


def _is_idle(facts: Returning, on: dt.date, last_run_on: dt.date | None, thresholds: Thresholds) -> bool:
    """L-5: an old enough log, and no run in the last 30 days."""
    began_on = facts.log_began_on
    if began_on is None or (on - began_on).days < thresholds.restart_log_days:
        return False
    return last_run_on is None or last_run_on < last_days(on, thresholds.restart_days)


def _good_walks(walks: Iterable[Bout], since: dt.date | None, thresholds: Thresholds) -> int:
    """Count the walks in a row, up to the latest, that went well; a bad one starts the count again."""
    count = 0
    for walk in walks:
        if since is not None and walk.on < since:
            continue
        during = walk.during
        if is_bad(walk, thresholds) or (during is not None and during > thresholds.walk_during):
            count = 0
        elif during is not None and walk.before is not None and walk.next_morning is not None:
            count += 1
    return count


def _next_stage(staged: Sequence[StagedRun], on: dt.date, thresholds: Thresholds, *, chronic: bool) -> Plan:
    last, bad = staged[-1], _bad_in_a_row(staged, thresholds)
    good = _good_in_a_row(staged, thresholds, chronic=chronic)
    off = 1 + thresholds.stage_days_off if bad > 1 else thresholds.stage_spacing_days
    rests_until = days_before(last.bout.on, -off)
    stage = max(1, last.stage - min(bad, 2))
    step = Step.BACK if bad else Step.REPEAT
    rested = on >= rests_until
    if good >= thresholds.stage_good and rested and _may_climb(staged, on, thresholds):
        stage, step = last.stage + 1, Step.UP
    now = last.stage if step is Step.UP else stage
    return Plan(step=step, stage=stage, stage_now=now, last=last, good=good, rests_until=rests_until)


def _may_climb(staged: Sequence[StagedRun], on: dt.date, thresholds: Thresholds) -> bool:
    """L-6: no more than two stages in a week, this one included."""
    first = last_days(on, thresholds.stages_up_days)
    pairs = pairwise(staged)
    climbed = sum(max(0, run.stage - before.stage) for before, run in pairs if run.bout.on >= first)
    return climbed < thresholds.stages_up


def _good_in_a_row(staged: Sequence[StagedRun], thresholds: Thresholds, *, chronic: bool) -> int:
    count = 0
    for run in reversed(staged):
        is_good = grade(run.bout, thresholds, chronic=chronic) is Grade.GOOD
        if run.stage != staged[-1].stage or not is_good:
            break
        count += 1
    return count


def _bad_in_a_row(staged: Sequence[StagedRun], thresholds: Thresholds) -> int:
    count = 0
    for run in reversed(staged):
        if not is_bad(run.bout, thresholds):
            break
        count += 1
    return count
