"""Running load and the way back to running (L). Caps are in decide.py: they never set the verdict."""

from __future__ import annotations

from backpain.coach.bouts import Bout, is_bad
from backpain.coach.decision import Evidence, Value, Verdict
from backpain.coach.facts import Facts
from backpain.coach.loads import HIGH, MODERATE
from backpain.coach.returning import Plan, Step
from backpain.coach.thresholds import Thresholds


def jump_in_one_run(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """L-1: moderate and high hold for seven days; small and info are warnings only."""
    jump = facts.loads.jump
    if jump is None or jump.level not in (MODERATE, HIGH):
        return None
    return Evidence(
        values=(
            Value(what="run", value=jump.amount, unit=jump.unit, on=jump.on),
            Value(what="longest", value=jump.longest, unit=jump.unit),
            Value(what="load_ratio", value=round(jump.ratio, 2), on=jump.on),
        ),
        limits=(("load_moderate", thresholds.load_moderate), ("load_high", thresholds.load_high)),
    )


def running_step_down(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """L-7: after a BAD run the next one is shorter and waits; after two in a row shorter still, or run-walk."""
    run = facts.graded_run
    if run is None or not is_bad(run, thresholds):
        return None
    loads = facts.loads
    base = min(loads.longest_m, loads.last_good_m or loads.longest_m) if loads.longest_m else None
    again = loads.is_bad_again
    share = thresholds.cap_bad_again if again else thresholds.cap_bad
    return Evidence(
        values=(
            Value(what="bad_run", value="yes", on=run.on),
            *((Value(what="run_to_go_by", value=base, unit="m"),) if base else ()),
            *_off(run, facts, thresholds),
        ),
        limits=(
            ("cap_bad_again" if again else "cap_bad", share),
            ("run_off_hours", thresholds.run_off_hours),
        ),
    )


def walks_first(plan: Plan, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """L-5: two walks that go well come before the first run after a long break, or after R-8 or R-9."""
    if plan.step is not Step.WALK:
        return None
    last = facts.last_run
    if plan.cleared_on is not None:
        why = Value(what="cleared", value=plan.cleared_on.isoformat(), on=plan.cleared_on)
    elif last is not None:
        why = Value(what="last_run", value=last.on.isoformat(), on=last.on)
    else:
        why = Value(what="last_run", value="never")
    return Evidence(
        values=(Value(what="walks_missing", value=plan.walks_missing), why),
        limits=(("walks", thresholds.walks), ("walk_min", thresholds.walk_min)),
    )


def run_walk(plan: Plan, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """L-6: up a stage after two GOOD runs at one, back one after a BAD run, two after two; else again."""
    if plan.stage is None:
        return None
    verdicts = {Step.UP: Verdict.PROGRESS, Step.BACK: Verdict.REGRESS}
    values = [Value(what="stage", value=plan.stage)]
    if plan.last is not None:
        on = plan.last.bout.on
        values.append(Value(what="stage_done", value=plan.last.stage, on=on))
        values.append(Value(what="good_at_stage", value=plan.good))
    if plan.rests_until is not None and plan.rests(facts.on):
        values.append(Value(what="runs_from", value=plan.rests_until.isoformat(), on=plan.rests_until))
    return Evidence(
        values=tuple(values),
        limits=(("stage_good", thresholds.stage_good),),
        verdict=verdicts.get(plan.step, Verdict.HOLD),
    )


def _off(run: Bout, facts: Facts, thresholds: Thresholds) -> tuple[Value, ...]:
    hours = 24 * (facts.on - run.on).days
    if hours >= thresholds.run_off_hours:
        return ()
    return (Value(what="run_hours_off", value=thresholds.run_off_hours, unit="h"),)
