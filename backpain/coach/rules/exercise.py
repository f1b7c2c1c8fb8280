"""Strength work, one ladder at a time (E, X-1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from backpain.coach.bouts import Grade
from backpain.coach.case import Case
from backpain.coach.chronicle import last_days
from backpain.coach.decision import Dose, Evidence, Move, Value, Verdict
from backpain.coach.doses import is_above, starting_dose, stepped_down, stepped_up
from backpain.coach.facts import Facts
from backpain.coach.ladders import Rung, place_of
from backpain.coach.returning import is_finished
from backpain.coach.thresholds import Thresholds
from backpain.coach.training import LadderFacts, Work

LIFTED = {"s": "longer", "min": "longer", "reps": "more_reps", "rounds": "more_reps"}


def not_yet(case: Case) -> Evidence | None:
    """E-3: a step needs the last two sessions of the exercise, both good, complete and recent."""
    ladder, thresholds = case.ladder, case.thresholds
    if not case.missing:
        return None
    return Evidence(
        values=case.missing, limits=(("step_days", thresholds.step_days), ("target", ladder.current.target))
    )


def two_steps(case: Case) -> Evidence | None:
    """E-3f: clearly more than asked, and easily; E-4 then takes two steps."""
    ladder, thresholds = case.ladder, case.thresholds
    rung = ladder.rung
    if (
        rung is None
        or ladder.current.target >= rung.cap
        or not case.is_earned
        or not _is_fast(ladder, thresholds)
    ):
        return None
    return Evidence(
        values=tuple(_done(work, "last_set", work.last) for work in ladder.of_current),
        limits=(("fast_surplus", thresholds.fast_surplus), ("fast_effort", thresholds.fast_effort)),
    )


def step_up(case: Case) -> Evidence | None:
    """E-4: one step of the target with the sets unchanged; at the cap, the third set."""
    ladder, thresholds = case.ladder, case.thresholds
    rung, current = ladder.rung, ladder.current
    if rung is None or not case.is_earned:
        return None
    if current.target < rung.cap:
        steps = 2 if _is_fast(ladder, thresholds) else 1
        to, kind = stepped_up(current, rung, steps=steps), LIFTED[current.unit]
    elif current.sets < thresholds.sets:
        to, kind = replace(current, sets=thresholds.sets), "more_sets"
    else:
        return None
    return Evidence(
        values=tuple(_done(work, "lowest_set", work.lowest) for work in ladder.of_current),
        limits=(("target", ladder.current.target),),
        move=Move(ladder=ladder.slug, rule="E-4", kind=kind, from_=ladder.current, to=to),
    )


def level_up(case: Case) -> Evidence | None:
    """E-5: at the cap with all sets, the next rung at the bottom of its range."""
    ladder, following = case.ladder, _following(case)
    if following is None:
        return None
    to = replace(starting_dose(following), sets=min(2, following.sets))
    return Evidence(
        values=tuple(_done(work, "lowest_set", work.lowest) for work in ladder.of_current),
        limits=(("target", ladder.current.target),),
        move=Move(ladder=ladder.slug, rule="E-5", kind="level_up", from_=ladder.current, to=to),
    )


def one_change_at_a_time(case: Case) -> Evidence | None:
    """X-1: no level-up within a week of another, or of a run that rose over 10 per cent."""
    facts, thresholds = case.facts, case.thresholds
    if _following(case) is None:
        return None
    recent = facts.has_level_up(thresholds)
    if not recent and not facts.loads.rose:
        return None
    jump = facts.loads.jump
    values = [Value(what="level_up", value="yes", on=facts.level_up_on)] if recent else []
    if facts.loads.rose and jump is not None:
        values.append(Value(what="load_ratio", value=round(jump.ratio, 2), on=jump.on))
    return Evidence(values=tuple(values), limits=(("level_up_days", thresholds.level_up_days),))


def impact_gate(case: Case) -> Evidence | None:
    """E-16: jumps come after load is tolerated; the way back after R-8 or R-9 is walked to its end first."""
    following, facts, thresholds = _following(case), case.facts, case.thresholds
    if following is None or not following.impact:
        return None
    quiet = thresholds.impact_quiet_days_runner if facts.stage is None else thresholds.impact_quiet_days
    bad = [day for day in facts.bad_days if day >= last_days(facts.on, quiet)]
    unfinished = _unfinished(case)
    if not bad and not unfinished:
        return None
    return Evidence(
        values=(*(Value(what="bad_bout", value="yes", on=day) for day in bad), *unfinished),
        limits=(("impact_quiet_days", quiet),),
    )


def _unfinished(case: Case) -> tuple[Value, ...]:
    """L-5, L-6: what shows that the runner is still on the way back to running; nothing where not."""
    facts, cleared_on = case.facts, case.cleared_on
    if cleared_on is None and facts.stage is None:
        return ()
    if _has_finished(facts, case.thresholds, since=cleared_on):
        return ()
    stage = () if facts.stage is None else (Value(what="stage", value=facts.stage),)
    cleared = (
        () if cleared_on is None else (Value(what="cleared", value=cleared_on.isoformat(), on=cleared_on),)
    )
    return (*stage, *cleared)


def _has_finished(facts: Facts, thresholds: Thresholds, *, since: dt.date | None) -> bool:
    """L-6: the last stage was GOOD twice in a row; long ago, that it was reached is enough."""
    staged = [run for run in facts.ahead.returning.staged if since is None or run.bout.on >= since]
    if staged or since is not None:
        return is_finished(staged, thresholds, chronic=facts.is_chronic)
    return facts.stage is not None and facts.stage >= thresholds.last_stage


def step_down(case: Case) -> Evidence | None:
    """E-6: after a BAD session of the exercise, or form lost twice; two steps after two in a row.

    The step is taken from the dose of that session, so it is taken once however often it is asked.
    """
    ladder, thresholds = case.ladder, case.thresholds
    grades = [(work, case.grade(work)) for work in ladder.latest]
    graded = [work for work, mark in grades if mark is not Grade.UNKNOWN]
    bad: Sequence[Work] = [work for work, mark in grades if mark is Grade.BAD and work.singled_out]
    last_bad = bool(graded) and graded[0] in bad
    lost: Sequence[Work] = ladder.of_current
    lost_form = len(lost) == 2 and all(work.lost_form for work in lost)
    if not last_bad and not lost_form:
        return None
    work, twice = (graded[0], len(bad) == 2) if last_bad else (lost[0], False)
    what, of = ("bad_session", bad) if last_bad else ("lost_form", lost)
    off = (Value(what="hours_off", value=thresholds.rest_hours_after_two, unit="h"),) if twice else ()
    return Evidence(
        values=(*(Value(what=what, value="yes", on=work.bout.on) for work in of), *off),
        move=_down(ladder, work.trained, "E-6", steps=2 if twice else 1),
    )


def frequency(case: Case) -> Evidence | None:
    """E-7: two to three strength days a week, the same exercise two days apart."""
    ladder, facts, thresholds = case.ladder, case.facts, case.thresholds
    week = [day for day in facts.strength_days if day >= last_days(facts.on, 7)]
    if len(week) > thresholds.strength_days_week:
        return _strength_days(len(week), ("strength_days_week", thresholds.strength_days_week))
    if len(facts.strength_days) < thresholds.strength_days_least:
        return _strength_days(
            len(facts.strength_days), ("strength_days_least", thresholds.strength_days_least)
        )
    works = ladder.of_current
    if len(works) == 2 and (works[0].bout.on - works[1].bout.on).days < thresholds.spacing_days:
        return Evidence(
            values=tuple(Value(what="session", value=work.exercise, on=work.bout.on) for work in works),
            limits=(("spacing_days", thresholds.spacing_days),),
        )
    return None


def short_holds(case: Case) -> Evidence | None:
    """E-8: where repetitions are held, never longer than ten seconds; repetitions grow instead."""
    ladder, thresholds = case.ladder, case.thresholds
    if ladder.rung is None or ladder.rung.hold_s is None or ladder.rung.unit != "reps":
        return None
    work = next(iter(ladder.of_current), None)
    if work is None or work.hold_s is None or work.hold_s <= thresholds.hold_longest_s:
        return None
    return Evidence(
        values=(Value(what="hold_s", value=work.hold_s, unit="s", on=work.bout.on),),
        limits=(("hold_longest_s", thresholds.hold_longest_s),),
    )


def gap(case: Case) -> Evidence | None:
    """E-9: a break on a ladder; the longer, the further back.

    Sets older than the window are not known: without any, the ladder's first placement says how long.
    """
    ladder, facts, thresholds = case.ladder, case.facts, case.thresholds
    since = ladder.last_on or ladder.placed_on
    if since is None:
        return None
    days = (facts.on - since).days
    values = (Value(what="gap_days", value=days, unit="days", on=ladder.last_on),)
    if ladder.last_on is None:
        values = (Value(what="gap_days", value="unknown"),)
    if days >= thresholds.gap_again:
        return Evidence(values=values, limits=(("gap_again", thresholds.gap_again),), verdict=Verdict.HOLD)
    if days < thresholds.gap_fewer_sets or not ladder.latest:
        return None
    trained = ladder.latest[0].trained
    if days >= thresholds.gap_step:
        steps = 2 if days >= thresholds.gap_two_steps else 1
        move = _down(ladder, trained, "E-9", steps=steps)
        return Evidence(values=values, limits=(("gap_step", thresholds.gap_step),), move=move)
    return Evidence(
        values=values,
        limits=(("gap_fewer_sets", thresholds.gap_fewer_sets),),
        move=_one_set_fewer(ladder, trained),
        verdict=Verdict.HOLD,
    )


def plateau(case: Case) -> Evidence | None:
    """E-14: six sessions at one target without BAD, and no step earned: a smaller step, or a swap."""
    ladder, facts, thresholds = case.ladder, case.facts, case.thresholds
    plateaus = {each.ladder: each for each in facts.ahead.programme.plateaus}
    found = plateaus.get(ladder.slug)
    if found is None or not case.missing:
        return None
    return Evidence(
        values=(
            Value(what="sessions_at_target", value=found.sessions, on=found.since),
            Value(what="target", value=ladder.current.target, unit=ladder.current.unit),
        ),
        limits=(("plateau_sessions", thresholds.plateau_sessions),),
        move=_around_plateau(ladder),
    )


def _around_plateau(ladder: LadderFacts) -> Move | None:
    """Return half a step back where that leaves a target to meet, else the exercise below at its cap."""
    current, rung = ladder.current, ladder.rung
    if rung is None:
        return None
    smaller = current.target - rung.step + max(1, rung.step // 2)
    if rung.start < smaller < current.target:
        to: Dose | None = replace(current, target=smaller)
        kind = "step_down"
    else:
        below = replace(current, target=rung.start)
        to, kind = stepped_down(below, ladder.rungs), "swap"
    if to is None or (kind == "swap" and to.exercise == current.exercise and to.unit == current.unit):
        return None
    return Move(ladder=ladder.slug, rule="E-14", kind=kind, from_=current, to=to)


def _following(case: Case) -> Rung | None:
    """Return the next rung where a level-up to it is earned and the runner has what it needs."""
    ladder, rung = case.ladder, case.ladder.rung
    if rung is None or not ladder.next_fits or not case.is_earned:
        return None
    full = ladder.current.target >= rung.cap and ladder.current.sets >= case.thresholds.sets
    return ladder.next if full else None


def _is_fast(ladder: LadderFacts, thresholds: Thresholds) -> bool:
    wanted = ladder.current.target + thresholds.fast_surplus
    return all(
        work.last >= wanted and work.effort is not None and work.effort <= thresholds.fast_effort
        for work in ladder.of_current
    )


def _down(ladder: LadderFacts, trained: Dose | None, rule: str, *, steps: int) -> Move | None:
    """Return the step down from the trained dose, or None where the placement is there already."""
    if trained is None or place_of(ladder.rungs, trained.exercise, trained.unit) is None:
        return None
    to: Dose | None = trained
    for _ in range(steps):
        to = stepped_down(to, ladder.rungs) if to is not None else None
    if to is None:
        return Move(ladder=ladder.slug, rule=rule, kind="pause", from_=ladder.current, to=None)
    if not is_above(ladder.current, to, ladder.rungs):
        return None
    return Move(ladder=ladder.slug, rule=rule, kind="step_down", from_=ladder.current, to=to)


def _one_set_fewer(ladder: LadderFacts, trained: Dose | None) -> Move | None:
    if trained is None or not 2 <= trained.sets <= ladder.current.sets:
        return None
    to = replace(ladder.current, sets=trained.sets - 1)
    return Move(ladder=ladder.slug, rule="E-9", kind="hold", from_=ladder.current, to=to)


def _done(work: Work, what: str, value: float) -> Value:
    return Value(what=what, value=value, unit=work.unit, on=work.bout.on)


def _strength_days(count: int, limit: tuple[str, float]) -> Evidence:
    return Evidence(values=(Value(what="strength_days", value=count, unit="days"),), limits=(limit,))
