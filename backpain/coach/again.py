"""When a reason is looked at again: the day it ends by itself, else tomorrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backpain.coach.chronicle import days_before
from backpain.coach.decision import Evidence, Verdict
from backpain.coach.thresholds import Thresholds


@dataclass(frozen=True)
class _End:
    """A rule ends a threshold of days after the newest value of a kind, or the `nth` newest, by threshold."""

    what: str
    days: str
    nth: str = ""
    after: int = 0


ENDS: Mapping[str, tuple[_End, ...]] = {
    "L-1": (_End("run", "load_days"),),
    "X-1": (_End("level_up", "level_up_days"), _End("load_ratio", "load_days")),
    "W-2": (_End("affected", "affected_days", nth="affected_runs"),),
    "W-7": (_End("rest_end", "rest_ended", after=1),),
    "W-8": (_End("site", "spread_days"),),
    "W-9": (_End("bad_bout", "bad_days", nth="bad_bouts"),),
    "W-12": (_End("onset", "new_episode_days", after=1),),
    "E-16": (_End("bad_bout", "impact_quiet_days"),),
}


def looked_at_again(
    rule: str, verdict: Verdict, evidence: Evidence, on: dt.date, thresholds: Thresholds
) -> dt.date:
    """Return the day after `on` on which a reason that does not lock is looked at again, at the latest."""
    latest = days_before(on, -1)
    for end in ENDS.get(rule, ()):
        newest = _days_of(end.what, evidence)[-_nth(end, thresholds) :]
        if newest:
            days = dict(evidence.limits).get(end.days, getattr(thresholds, end.days))
            latest = max(latest, days_before(newest[0], -(int(days) + end.after)))
    if (own := OWN.get(rule)) is not None:
        latest = max([latest, *own(verdict, evidence, on, thresholds)])
    return latest


def _nth(end: _End, thresholds: Thresholds) -> int:
    return int(getattr(thresholds, end.nth)) if end.nth else 1


def _next_run(verdict: Verdict, evidence: Evidence, on: dt.date, thresholds: Thresholds) -> list[dt.date]:
    """L-6: the first day of the next staged run."""
    return _days_of("runs_from", evidence)


def _hours_off(verdict: Verdict, evidence: Evidence, on: dt.date, thresholds: Thresholds) -> list[dt.date]:
    """E-6, L-7: the end of the hours off an exercise or running."""
    hours = [value.value for value in evidence.values if value.what in {"hours_off", "run_hours_off"}]
    days = [*_days_of("bad_session", evidence), *_days_of("bad_run", evidence)]
    return [days_before(max(days), -(int(hours[0]) // 24))] if hours and days else []


def _high_readings(
    verdict: Verdict, evidence: Evidence, on: dt.date, thresholds: Thresholds
) -> list[dt.date]:
    """G-2: a high reading counts for three days, two raised ones for a week."""
    days = _days_of("pain", evidence)
    if any(float(value.value) >= thresholds.gate_high for value in evidence.values):
        return [days_before(days[-1], -thresholds.gate_high_days)]
    return [days_before(days[-thresholds.gate_raised_count], -7)]


def _more_than_a_week(
    verdict: Verdict, evidence: Evidence, on: dt.date, thresholds: Thresholds
) -> list[dt.date]:
    """W-1a: the day W-1b first judges the pain, then the day it is put off no longer."""
    if verdict is not Verdict.HOLD:
        return []
    looks = (thresholds.fortnight_episode + 1, thresholds.deferral_ends)
    (onset,) = _days_of("episode_days", evidence)
    return [day for days in looks if (day := days_before(onset, -days)) > on][:1]


OWN: Mapping[str, Callable[[Verdict, Evidence, dt.date, Thresholds], list[dt.date]]] = {
    "L-6": _next_run,
    "L-7": _hours_off,
    "E-6": _hours_off,
    "G-2": _high_readings,
    "W-1a": _more_than_a_week,
}


def _days_of(what: str, evidence: Evidence) -> list[dt.date]:
    return sorted(value.on for value in evidence.values if value.what == what and value.on is not None)
