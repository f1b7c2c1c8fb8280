"""Scores of the two questionnaires (Q-1): PEG (C61) and PSFS (C60).

PEG: `pain`, `enjoyment` and `activity`, 0-10 each, lower is better. PSFS: up to five activities in the
runner's own words, 0 unable to 10 as before, higher is better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from backpain.coach.chronicle import days_before
from backpain.coach.history import Questionnaire
from backpain.coach.thresholds import SHIPPED, Thresholds

PEG, PSFS = "peg", "psfs"
PEG_ITEMS = ("pain", "enjoyment", "activity")


@dataclass(frozen=True, kw_only=True)
class Forms:
    """The latest day each questionnaire was filled in."""

    peg_on: dt.date | None = None
    psfs_on: dt.date | None = None


def forms_of(filled: Sequence[Questionnaire]) -> Forms:
    """Return when each form was filled in last, of those filled in by then."""
    return Forms(peg_on=_latest_on(filled, PEG), psfs_on=_latest_on(filled, PSFS))


def score(form: str, answers: Mapping[str, int]) -> float | None:
    """Return the mean of a form's items, 0-10; None where an item of PEG, or every activity, is missing."""
    items = PEG_ITEMS if form == PEG else tuple(answers)
    scores = [answers[item] for item in items if item in answers]
    return mean(scores) if scores and len(scores) == len(items) else None


def peg_share(before: float, now: float) -> float | None:
    """Return the change of a PEG score as a share of the one before, below 0 where it fell."""
    return (now - before) / before if before else None


def peg_has_changed(before: float, now: float, thresholds: Thresholds = SHIPPED) -> bool:
    """Tell whether a change of the PEG score is large enough to matter, up or down."""
    share = peg_share(before, now)
    return now > 0 if share is None else abs(share) >= thresholds.peg_share


def psfs_gain(before: Mapping[str, int], now: Mapping[str, int]) -> float | None:
    """Return the change of the mean over the activities both forms name; None without any."""
    both = [activity for activity in before if activity in now]
    return mean(now[activity] - before[activity] for activity in both) if both else None


def psfs_has_changed(gain: float, thresholds: Thresholds = SHIPPED) -> bool:
    """Tell whether a change of the PSFS mean is large enough to matter, up or down."""
    return abs(gain) >= thresholds.psfs_points


def activity_has_changed(before: int, now: int, thresholds: Thresholds = SHIPPED) -> bool:
    """Tell whether the change of one activity is large enough to matter, up or down."""
    return abs(now - before) >= thresholds.psfs_item_points


def psfs_gain_since(
    filled: Sequence[Questionnaire], start: dt.date, on: dt.date, thresholds: Thresholds
) -> float | None:
    """Return the PSFS gain from the form nearest to `start` to a form of the last four weeks (W-11).

    None of `filled` is later than `on`.
    """
    forms = [form for form in filled if form.form == PSFS]
    if not forms:
        return None
    first = min(forms, key=lambda form: (abs((form.on - start).days), form.on))
    last = max(forms, key=lambda form: form.on)
    if abs((first.on - start).days) > thresholds.questionnaire_days / 2 or last.on == first.on:
        return None
    fresh = last.on > days_before(on, thresholds.questionnaire_days)
    return psfs_gain(first.answers, last.answers) if fresh else None


def _latest_on(filled: Sequence[Questionnaire], form: str) -> dt.date | None:
    return max((each.on for each in filled if each.form == form), default=None)
