"""Facts and thresholds become one decision. Nothing here looks at a runner's entries or stores anything."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backpain.coach.again import looked_at_again
from backpain.coach.bouts import Bout, Grade
from backpain.coach.case import Case
from backpain.coach.chronicle import days_before, last_days
from backpain.coach.decision import (
    Ask,
    Decision,
    Evidence,
    Move,
    Reason,
    Running,
    Suppressed,
    Tip,
    Value,
    Verdict,
)
from backpain.coach.facts import Facts
from backpain.coach.loads import INFO, NONE
from backpain.coach.returning import Plan, plan_of
from backpain.coach.rules import RULES, TIPS, Rule
from backpain.coach.signs import Signs
from backpain.coach.thresholds import SHIPPED, Thresholds

NOTHING_FIRED = "A-3"
LOCKING = [rule for rule in RULES if rule.locks]
OF_ONE_THING = {"ladder", "running"}  # scopes whose HOLD is about that one thing only
MORNING_ASKED_DAYS = 3  # a morning further back is not remembered; the project's choice


@dataclass(frozen=True)
class _Fired:
    rule: Rule
    evidence: Evidence
    ladder: str | None = None
    locks_since: dt.date | None = None  # an earlier day's signs, still standing

    @property
    def verdict(self) -> Verdict:
        return self.rule.verdict if self.evidence.verdict is None else self.evidence.verdict

    @property
    def locks(self) -> bool:
        return self.verdict >= Verdict.URGENT or (self.rule.locks and self.verdict >= Verdict.PROFESSIONAL)

    @property
    def is_stage_up(self) -> bool:
        """Tell whether this is the next run-walk stage (L-6), which counts as a move up."""
        return self.rule.scope == "running" and self.verdict is Verdict.PROGRESS

    def reason(self, on: dt.date, thresholds: Thresholds) -> Reason:
        """Return it as a reason; what locks has no day, only a visit ends it (R-14)."""
        rule, verdict = self.rule, self.verdict
        again_on = None if self.locks else looked_at_again(rule.id, verdict, self.evidence, on, thresholds)
        return Reason(
            rule=rule.id,
            verdict=verdict,
            grade=rule.grade,
            sources=rule.sources,
            evidence=self.evidence,
            ladder=self.ladder,
            again_on=again_on,
        )


@dataclass(frozen=True)
class _Judgement:
    """What the rules say together. `floor` is the highest verdict of the rules that are about everything,
    `held` that and every easing back; below HOLD a move up makes it progress.
    """

    fired: list[_Fired]
    plan: Plan | None
    floor: Verdict
    held: Verdict
    moves: tuple[Move, ...]
    suppressed: tuple[Suppressed, ...]
    verdict: Verdict


def decide(facts: Facts, *, thresholds: Thresholds = SHIPPED) -> Decision:
    """Return the verdict, every reason for it, and the moves that may be made beside it."""
    judged = _judge(facts, thresholds)
    reasons = [one.reason(facts.on, thresholds) for one in judged.fired] + _locked(judged.fired)
    reasons = reasons or [_nothing_to_change(facts)]
    return Decision(
        verdict=judged.verdict,
        reasons=tuple(sorted(reasons, key=lambda reason: -reason.verdict)),
        suppressed=judged.suppressed,
        moves=judged.moves,
        running=_running(judged, facts, thresholds),
        tips=_tips(judged.verdict, facts, thresholds),
        asks=tuple(_asks(judged.fired, facts)),
    )


def verdict_of(facts: Facts, *, thresholds: Thresholds = SHIPPED) -> tuple[Verdict, tuple[str, ...]]:
    """Return the verdict of `decide` and the rules of its reasons, most cautious first, at less cost."""
    judged = _judge(facts, thresholds)
    found = [(one.verdict, one.rule.id) for one in judged.fired]
    found += [(reason.verdict, reason.rule) for reason in _locked(judged.fired)]
    found = sorted(found or [(Verdict.HOLD, NOTHING_FIRED)], key=lambda reason: -reason[0])
    return judged.verdict, tuple(dict.fromkeys(rule for _, rule in found))


def _judge(facts: Facts, thresholds: Thresholds) -> _Judgement:
    cleared_on = _cleared_on(facts, thresholds)
    plan = plan_of(
        facts.ahead.returning,
        on=facts.on,
        last_run_on=None if facts.last_run is None else facts.last_run.on,
        cleared_on=cleared_on,
        chronic=facts.is_chronic,
        thresholds=thresholds,
    )
    cases = [Case(ladder, facts, thresholds, cleared_on) for ladder in facts.ladders]
    fired = _fire(facts, cases, plan, thresholds)
    general = (one.verdict for one in fired if one.rule.scope not in OF_ONE_THING)
    floor = max(general, default=Verdict.PROGRESS)
    held = max([floor, *(one.verdict for one in fired if one.verdict >= Verdict.REGRESS)])
    moves, suppressed = _moves(fired, held, facts, thresholds)
    climbs = any(one.is_stage_up for one in fired)
    if climbs and held >= Verdict.HOLD:
        suppressed = (*suppressed, Suppressed(rule="L-6", because="A-2"))
    verdict = held
    if held is Verdict.PROGRESS and not (climbs or any(move.goes_up for move in moves)):
        verdict = Verdict.HOLD
    return _Judgement(fired, plan, floor, held, moves, suppressed, verdict)


def _cleared_on(facts: Facts, thresholds: Thresholds) -> dt.date | None:
    """Return the day a lock that stops running ended lately, from which L-5 and E-16 count."""
    cleared = [
        released.on
        for released in facts.ahead.returning.released
        if any(_locks_on(released.signs, rule, facts, thresholds) for rule in LOCKING)
    ]
    return max(cleared, default=None)


def _locks_on(signs: Signs, rule: Rule, facts: Facts, thresholds: Thresholds) -> bool:
    evidence = rule.function(signs, facts, thresholds)
    return evidence is not None and _Fired(rule, evidence).locks


def _fire(facts: Facts, cases: list[Case], plan: Plan | None, thresholds: Thresholds) -> list[_Fired]:
    """Ask every rule, most urgent first. A plain loop: it runs for every day that is replayed."""
    fired: list[_Fired] = []
    told = bool(facts.standing) or facts.signs.tells(facts.conditions, thresholds)
    for rule in RULES:
        if rule.scope == "global":
            if evidence := rule.function(facts, thresholds):
                fired.append(_Fired(rule, evidence))
        elif rule.scope == "signs":
            if told:
                fired += _fire_on_signs(rule, facts, thresholds)
        elif rule.scope == "ladder":
            for case in cases:
                if evidence := rule.function(case):
                    fired.append(_Fired(rule, evidence, ladder=case.ladder.slug))
        elif plan is not None and (evidence := rule.function(plan, facts, thresholds)):
            fired.append(_Fired(rule, evidence))
    return fired


def _fire_on_signs(rule: Rule, facts: Facts, thresholds: Thresholds) -> list[_Fired]:
    """Return the rule once, at its highest; an earlier day counts only where it locks."""
    found = []
    if evidence := rule.function(facts.signs, facts, thresholds):
        found.append(_Fired(rule, evidence))
    for signs in reversed(facts.standing):
        if evidence := rule.function(signs, facts, thresholds):
            since = signs.on if signs.on < facts.on else None
            one = _Fired(rule, evidence, locks_since=since)
            if one.locks:
                found.append(one)
    return [max(found, key=lambda one: one.verdict)] if found else []


def _locked(fired: list[_Fired]) -> list[Reason]:
    """R-14: what an earlier day raised stays until care has cleared it and a full screen follows.

    A reason of its own only where today's signs no longer say it, so a later "no" is no riddle.
    """
    locks = [one for one in fired if one.locks and one.locks_since is not None]
    if not locks:
        return []
    values = tuple(Value(what="locked", value=one.rule.id, on=one.locks_since) for one in locks)
    verdict = max(one.verdict for one in locks)
    return [
        Reason(
            rule="R-14", verdict=verdict, grade="engineering", sources=(), evidence=Evidence(values=values)
        )
    ]


def _nothing_to_change(facts: Facts) -> Reason:
    """A-3: progress must be earned. There is a reading, else M-2 had fired."""
    newest = facts.readings[-1]
    return Reason(
        rule=NOTHING_FIRED,
        verdict=Verdict.HOLD,
        grade="engineering",
        sources=(),
        evidence=Evidence(values=(Value(what="pain", value=newest.value, unit="/10", on=newest.on),)),
        again_on=days_before(facts.on, -1),
    )


def _moves(
    fired: list[_Fired], held: Verdict, facts: Facts, thresholds: Thresholds
) -> tuple[tuple[Move, ...], tuple[Suppressed, ...]]:
    moves: list[Move] = []
    suppressed: list[Suppressed] = []
    families = {ladder.slug: ladder.family for ladder in facts.ladders}
    for one in fired:
        move = one.evidence.move
        if move is None:
            continue
        because = _dropped_by(move, moves, fired, held, families) or _replaced_by(move, moves)
        if facts.is_under(thresholds.child_age):
            because = "R-11"
        if because is None:
            moves.append(move)
        else:
            suppressed.append(Suppressed(rule=move.rule, because=because, ladder=move.ladder))
    return tuple(moves), tuple(suppressed)


def _dropped_by(
    move: Move, moves: list[Move], fired: list[_Fired], held: Verdict, families: dict[str, str]
) -> str | None:
    """Return the rule that drops a move, or None."""
    if held >= Verdict.URGENT:
        return "A-2"
    if not move.goes_up:
        return None
    if held >= Verdict.HOLD:
        return "A-2"
    holds = [one for one in fired if one.ladder == move.ladder and one.verdict is Verdict.HOLD]
    if holds:
        return holds[0].rule.id
    if move.kind == "level_up" and any(other.kind == "level_up" for other in moves):
        return "X-1"
    same_family = any(other.goes_up and families[other.ladder] == families[move.ladder] for other in moves)
    return "E-4" if same_family else None


def _replaced_by(move: Move, moves: list[Move]) -> str | None:
    """One ladder takes one move; the more cautious reason comes first."""
    return next((other.rule for other in moves if other.ladder == move.ladder), None)


def _running(judged: _Judgement, facts: Facts, thresholds: Thresholds) -> Running:
    fired, plan = judged.fired, judged.plan
    may_run = not (
        any(one.locks or one.rule.stops_running for one in fired)
        or (plan is not None and (plan.walks_missing or plan.rests(facts.on)))
        or _has_hours_off(fired)
        or facts.screens.nerve_is_owed
        or facts.is_under(thresholds.child_age)
        or _hurts_too_much(fired, facts, thresholds)
    )
    return Running(
        may_run=may_run,
        cap_m=_cap_m(judged.floor, facts, thresholds) if may_run else None,
        warning=_warning(facts, thresholds),
        stage=_stage(plan, judged.held, facts, thresholds),
    )


def _has_hours_off(fired: list[_Fired]) -> bool:
    """L-7: no run within 48 hours of a bad one."""
    values = (value for one in fired if one.rule.id == "L-7" for value in one.evidence.values)
    return any(value.what == "run_hours_off" for value in values)


def _warning(facts: Facts, thresholds: Thresholds) -> str:
    """L-1's level; where it says nothing, the weeks may give information (L-2, L-3)."""
    level = facts.loads.jump.level if facts.loads.jump is not None else NONE
    if level != NONE:
        return level
    warns = any(tip.warns and tip.function(facts, thresholds) for tip in TIPS)
    return INFO if warns else NONE


def _stage(plan: Plan | None, held: Verdict, facts: Facts, thresholds: Thresholds) -> int | None:
    """L-6: the stage of the next run; a step up waits for whatever holds (A-2)."""
    if plan is None or held >= Verdict.URGENT or facts.is_under(thresholds.child_age):
        return None
    return plan.stage if held is Verdict.PROGRESS else plan.stage_now


def _hurts_too_much(fired: list[_Fired], facts: Facts, thresholds: Thresholds) -> bool:
    """P-9 at its upper edge, and R-9 before two weeks with a bout that hurt."""
    today = facts.bout_today
    if today is not None and (today.before or 0) >= thresholds.before_high:
        return True
    extension = any(one.rule.id == "R-9" for one in fired)
    during = max(
        _known_during(facts.last_run, facts.graded_run),
        _known_during(facts.last_session, facts.graded_session),
    )
    return extension and during >= thresholds.extension_during


def _known_during(last: Bout | None, graded: Bout | None) -> int:
    """Return the pain during the last bout, or where it was not told, during the last graded one (M-4)."""
    told = (bout.during for bout in (last, graded) if bout is not None)
    return next((score for score in told if score is not None), 0)


def _cap_m(floor: Verdict, facts: Facts, thresholds: Thresholds) -> int | None:
    """L-1p, L-7, L-8 and W-5, in metres: the smallest cap that applies; none before three runs.

    With a floor below HOLD the last run was GOOD (M-3, P-4).
    """
    loads, last_run = facts.loads, facts.last_run
    if last_run is None or loads.longest_m is None or loads.runs_logged < thresholds.load_runs:
        return None
    rising = floor < Verdict.HOLD and not facts.has_level_up(thresholds)
    caps = [(thresholds.cap_good if rising else thresholds.cap_okay) * loads.longest_m]
    base = min(loads.longest_m, loads.last_good_m or loads.longest_m)
    if loads.grades[:1] == (Grade.BAD.value,):
        caps.append((thresholds.cap_bad_again if loads.is_bad_again else thresholds.cap_bad) * base)
    if facts.ahead.gentle.easing_since is not None:
        caps.append(thresholds.cap_bad * base)  # W-5, a cut as large as L-7's
    caps.append(_share_after_gap((facts.on - last_run.on).days, thresholds) * loads.longest_m)
    return math.floor(round(min(caps), 3))  # rounded up, the cap itself would be a jump (L-1)


def _share_after_gap(days: int, thresholds: Thresholds) -> float:
    """L-8: the longer without a run, the shorter the next."""
    if days >= thresholds.run_gap_long:
        return thresholds.cap_gap_long
    return thresholds.cap_gap if days >= thresholds.run_gap else thresholds.cap_good


def _tips(verdict: Verdict, facts: Facts, thresholds: Thresholds) -> tuple[Tip, ...]:
    """Return the tips; beside a verdict that is too serious for training advice there are none (A-2)."""
    fitting = (tip for tip in TIPS if verdict <= tip.until)
    found = ((tip, tip.function(facts, thresholds)) for tip in fitting)
    return tuple(Tip(rule=tip.id, evidence=evidence) for tip, evidence in found if evidence is not None)


def _asks(fired: list[_Fired], facts: Facts) -> Iterator[Ask]:
    """Say what would let the coach know more (R-0, M-2, M-3, E-3, W-7)."""
    ids = {one.rule.id for one in fired}
    if ids & {"M-2", "M-5"}:
        yield Ask(what="check_in", for_=facts.on)
    yield from _mornings(facts)
    vague = any(one.rule.id == "R-1u" and one.verdict is Verdict.HOLD for one in fired)
    if "G-3" in ids or vague or _waits_for_screen(fired, facts):
        yield Ask(what="full_screening", for_=facts.on)
    if facts.screens.nerve_is_due:
        yield Ask(what="nerve_screening", for_=facts.on)
    for ladder in facts.ladders:
        unsaid = [work.bout.on for work in ladder.of_current if work.form is None]
        if unsaid:
            yield Ask(what="form", for_=unsaid[0])
            break
    if facts.birth_year is None:
        yield Ask(what="birth_year", for_=facts.on)
    if facts.rested is not None and None in (facts.rested.start, facts.rested.end):
        yield Ask(what="rest_pain", for_=facts.rested.last)


def _waits_for_screen(fired: list[_Fired], facts: Facts) -> bool:
    """R-14: care has cleared what still stands; only the full screen after it is missing."""
    cleared_on = facts.cleared_on
    if cleared_on is None or not any(one.locks for one in fired):
        return False
    return any(signs.on <= cleared_on for signs in facts.standing)


def _mornings(facts: Facts) -> Iterable[Ask]:
    days = {
        bout.on + dt.timedelta(days=1)
        for bout in (facts.last_run, facts.last_session)
        if bout is not None and bout.next_morning is None
    }
    first = last_days(facts.on, MORNING_ASKED_DAYS)
    return [Ask(what="next_morning", for_=day) for day in sorted(days) if day >= first]
