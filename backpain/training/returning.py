"""What Today and the pages of the way back show: run-walk stages, gentle days, forms that are due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from backpain.accounts.models import User
from backpain.coach.decision import Verdict
from backpain.coach.returning import STAGES, Stage
from backpain.coach.thresholds import SHIPPED
from backpain.plan.models import Advice
from backpain.plan.rulesets import in_force
from backpain.plan.wording import Explained

from .choices import Activity, RunKind

WALK = "walk"
FLARE_RULES = {"W-5", "W-12"}
STAGE_RULES = {"L-5", "L-6"}


@dataclass(frozen=True, kw_only=True)
class WayBack:
    """What Today and the pages of the way back need to know.

    `is_open`: training is not locked, so there is something to do or to begin (A-2).
    """

    is_open: bool
    may_run: bool
    stage: Stage | None
    owes_walks: bool
    gentle_since: dt.date | None
    has_flare: bool
    forms_are_due: bool

    @property
    def walk_min(self) -> int:
        """Return how long a walk that counts takes, in minutes (L-5)."""
        return round(SHIPPED.walk_min)

    @property
    def may_log_stage(self) -> bool:
        return self.is_open and self.may_run and self.stage is not None


def way_back(runner: User, advice: Advice) -> WayBack:
    """Return what an advice says of the way back, and whether gentle days go on."""
    decision = advice.decided
    gentle = runner.flare_plans.filter(ended_on=None).first()
    rules = {reason.rule for reason in decision.reasons}
    return WayBack(
        is_open=decision.verdict < Verdict.URGENT,
        may_run=decision.running.may_run,
        stage=next((stage for stage in STAGES if stage.number == decision.running.stage), None),
        owes_walks="L-5" in rules,
        gentle_since=gentle.started_on if gentle else None,
        has_flare=bool(rules & FLARE_RULES),
        forms_are_due=any(tip.rule == "Q-1" for tip in decision.tips),
    )


def run_walk_page(runner: User, advice: Advice, explained: Explained) -> dict[str, Any]:
    """Return what the run-walk page shows; `why` are the reasons for the stage, or for no running."""
    back, plan = way_back(runner, advice), runner.run_walk_plans.filter(ended_on=None).first()
    may_start = back.is_open and back.may_run and not back.stage and not plan
    why = [reason for reason in explained.reasons if reason.rule in STAGE_RULES]
    if not why and not back.may_run:
        why = list(explained.main_reasons)
    return {
        "stages": STAGES,
        "thresholds": in_force().thresholds,
        "back": back,
        "plan": plan,
        "may_start": may_start,
        "why": why,
    }


def outing(what: str, *, runner: User, now: dt.datetime) -> dict[str, Any]:
    """Return the columns of the run of a stage, or of a brisk walk, that ends now; it has no pain score."""
    stage = None if what == WALK else STAGES[int(what) - 1]
    seconds = 60.0 * (stage.minutes if stage else SHIPPED.walk_min)
    started_at = now - dt.timedelta(seconds=seconds)
    return {
        "started_at": started_at,
        "on": runner.day_of(started_at),
        "duration_s": seconds,
        "kind": RunKind.EASY if stage else "",
        "activity": "" if stage else Activity.WALK,
        "stage": stage.number if stage else None,
    }
