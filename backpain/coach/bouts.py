"""What the coach keeps of one bout, and its grade (P-1 to P-5)."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass

from backpain.coach.history import Run, Session
from backpain.coach.thresholds import Thresholds

STOP_SIGNS = frozenset({"limp", "sharp", "stopped"})  # P-5


class Grade(enum.Enum):
    GOOD = "good"
    OKAY = "okay"
    UNKNOWN = "unknown"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True)
class Bout:
    """A bout's pain. `during` is the highest of the bout and its sets; `next_day` is the daily value of
    the day after, read only where the morning score is missing.
    """

    on: dt.date
    is_run: bool
    before: int | None = None
    during: int | None = None
    after: int | None = None
    next_morning: int | None = None
    next_day: int | None = None
    signs: tuple[str, ...] = ()
    ordinary_soreness: bool = False  # P-7: the runner's word, after something new, and no spread


def run_bout(run: Run, *, on: dt.date, pain_by_day: Mapping[dt.date, int], is_over: bool) -> Bout:
    """Return a run as a bout; on its own day (`is_over` False) the next is not known."""
    return Bout(
        on=on,
        is_run=True,
        before=run.pain.before,
        during=run.pain.during,
        after=run.pain.after,
        next_morning=run.pain.next_morning if is_over else None,
        next_day=_next_day(run, on, pain_by_day) if is_over else None,
        signs=tuple(sorted(run.signs & STOP_SIGNS)),
    )


def session_bout(
    session: Session,
    *,
    on: dt.date,
    pain_by_day: Mapping[dt.date, int],
    is_over: bool,
    ordinary_soreness: bool = False,
) -> Bout:
    """Return a session as a bout; on its own day (`is_over` False) the next is not known."""
    scores = [session.pain.during, *(done.pain for done in session.sets)]
    return Bout(
        on=on,
        is_run=False,
        before=session.pain.before,
        during=max((score for score in scores if score is not None), default=None),
        after=session.pain.after,
        next_morning=session.pain.next_morning if is_over else None,
        next_day=_next_day(session, on, pain_by_day) if is_over else None,
        signs=tuple(sorted(session.signs & STOP_SIGNS)),
        ordinary_soreness=ordinary_soreness,
    )


def grade(bout: Bout, thresholds: Thresholds, *, chronic: bool = False) -> Grade:
    """Return the bout's grade; in assessed-chronic mode (P-8) more pain is still GOOD."""
    if is_bad(bout, thresholds):
        return Grade.BAD
    before, during, morning = bout.before, bout.during, bout.next_morning
    if before is None or during is None or morning is None:
        return Grade.UNKNOWN
    steady = during - before < thresholds.rise and morning <= before + thresholds.settled_rise
    if chronic:
        return Grade.GOOD if steady and during <= thresholds.chronic_during else Grade.OKAY
    low = (
        before <= thresholds.good_before
        and during <= thresholds.good_during
        and morning <= thresholds.good_morning
    )
    return Grade.GOOD if steady and low else Grade.OKAY


def is_bad(bout: Bout, thresholds: Thresholds) -> bool:
    """Tell whether pain was high, did not settle, or a stop sign was seen."""
    high = max(bout.during or 0, bout.after or 0) >= thresholds.zone_high
    if high or bout.signs:
        return True
    return is_unsettled(bout, thresholds) and not is_ordinary_soreness(bout, thresholds)


def is_unsettled(bout: Bout, thresholds: Thresholds) -> bool:
    """P-3: the next morning is clearly worse than before the bout, or high."""
    morning = bout.next_morning if bout.next_morning is not None else bout.next_day
    if morning is None:
        return False
    if morning >= thresholds.zone_high:
        return True
    return bout.before is not None and morning > bout.before + thresholds.settled_rise


def is_ordinary_soreness(bout: Bout, thresholds: Thresholds) -> bool:
    """P-7: an unsettled morning after something new that the runner knows as ordinary soreness."""
    if not bout.ordinary_soreness or bout.next_morning is None or bout.before is None:
        return False
    return (
        bout.next_morning - bout.before <= thresholds.soreness_rise
        and bout.next_morning <= thresholds.soreness_morning
    )


def _next_day(bout: Run | Session, on: dt.date, pain_by_day: Mapping[dt.date, int]) -> int | None:
    if bout.pain.next_morning is not None:
        return None
    return pain_by_day.get(on + dt.timedelta(days=1))
