"""What the run form shows before anything is typed: the runner's habits, read off a few recent runs.

A pain score or an effort is never among it: those are answers, and nobody has given them yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from .models import Run, Shoe

ABOUT_AS_LONG = 0.1  # of a distance: runs within it take about the same time; the project's choice
SITES_DAYS = 28  # where it hurt longer ago says nothing about today; the project's choice


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What a run of now would be like; empty where no run tells."""

    distance_m: float | None = None
    started_at: dt.datetime
    shoe: Shoe | None = None
    sites: list[str] = field(default_factory=list)


def habits_of(runs: Sequence[Run], *, now: dt.datetime, zone: dt.tzinfo) -> Habits:
    """Return the runner's habits; `runs` are the latest, newest first."""
    today = now.astimezone(zone).date()
    far = [run for run in runs if run.distance_m]
    usual = next((run for run in far if run.on.weekday() == today.weekday()), far[0] if far else None)
    distance_m = usual.distance_m if usual else None
    return Habits(
        distance_m=distance_m,
        started_at=now - dt.timedelta(seconds=_usual_seconds(far, distance_m)),
        shoe=next((run.shoe for run in runs if run.shoe and not run.shoe.retired_on), None),
        sites=_latest_sites(runs, since=today - dt.timedelta(days=SITES_DAYS)),
    )


def _usual_seconds(runs: Sequence[Run], distance_m: float | None) -> float:
    """Return what the distance usually takes: as long as runs like it, or at the usual pace; 0 if unknown."""
    timed = [(run.distance_m, run.duration_s) for run in runs if run.distance_m and run.duration_s]
    if not timed or not distance_m:
        return 0
    alike = [seconds for metres, seconds in timed if abs(metres - distance_m) <= ABOUT_AS_LONG * distance_m]
    return median(alike) if alike else distance_m * median(seconds / metres for metres, seconds in timed)


def _latest_sites(runs: Sequence[Run], *, since: dt.date) -> list[str]:
    """Return the places of the last run that hurt."""
    hurt = next((run for run in runs if run.on >= since and (run.pain_during or run.pain_after)), None)
    return list(hurt.sites) if hurt else []
