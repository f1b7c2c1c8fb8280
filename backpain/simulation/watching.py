"""What the coach says of a made-up runner from the first day to the last, and when it first said so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from backpain.coach.decide import decide
from backpain.coach.decision import Verdict
from backpain.coach.facts import facts_from
from backpain.coach.history import History, Screening
from backpain.coach.ladders import Catalogue
from backpain.coach.replay import replay
from backpain.coach.screening import EMERGENCY, QUESTIONS
from backpain.coach.thresholds import Thresholds
from backpain.simulation.diaries import ANSWERS, EVENING, MadeUp, Order, at, make, on, retold
from backpain.simulation.truths import COHORTS

WORSENING = ("W-3", "W-3c", "W-4")
FLIP_DAYS = 14  # a reading of the last two weeks is the one deleted
ELSEWHERE = "Pacific/Auckland"
EMERGENCIES = tuple(question.item for question in QUESTIONS if question.block == EMERGENCY)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """`first` is the first day of each rule that fired, `verdicts` those of every day; `alarms` and
    `alerts` count how often a worsening alarm, or a verdict of PROFESSIONAL or above, began.
    """

    order: Order
    days: int
    worse_from: int | None
    lasting_from: int | None
    first: dict[str, int]
    verdicts: tuple[Verdict, ...]
    alarms: int
    alerts: int

    def first_of(self, rules: tuple[str, ...]) -> int | None:
        """Return the first day any of the rules fired."""
        return min((self.first[rule] for rule in rules if rule in self.first), default=None)


def watch(order: Order, *, catalogue: Catalogue, thresholds: Thresholds) -> Seen:
    """Make one runner and ask the coach on every day."""
    return watched(make(order, catalogue=catalogue), catalogue=catalogue, thresholds=thresholds)


def watched(runner: MadeUp, *, catalogue: Catalogue, thresholds: Thresholds) -> Seen:
    """Ask the coach about a made-up runner on every day that counts."""
    first: dict[str, int] = {}
    verdicts: list[Verdict] = []
    alarms: list[bool] = []
    since = COHORTS[runner.order.cohort].asked_from
    told = replay(runner.history, on(since), runner.last, catalogue=catalogue, thresholds=thresholds)
    for day, (_, verdict, rules) in enumerate(told, start=since):
        for rule in rules:
            first.setdefault(rule, day)
        verdicts.append(verdict)
        alarms.append(any(rule in rules for rule in WORSENING))
    return Seen(
        order=runner.order,
        days=len(verdicts),
        worse_from=runner.truth.worse_from,
        lasting_from=runner.truth.lasting_from,
        first=first,
        verdicts=tuple(verdicts),
        alarms=_beginnings(alarms),
        alerts=_beginnings([verdict >= Verdict.PROFESSIONAL for verdict in verdicts]),
    )


def flips(order: Order, *, catalogue: Catalogue, thresholds: Thresholds) -> bool:
    """Tell whether the verdict of some day changes when one check-in of its last weeks is deleted."""
    runner = make(order, catalogue=catalogue)
    random = Random(f"{order}/flip")
    day = random.randrange(FLIP_DAYS, len(runner.truth.means))
    window = [c for c in runner.history.check_ins if on(day - FLIP_DAYS) < c.on <= on(day)]
    if not window:
        return False
    gone = random.choice(window)
    fewer = replace(runner.history, check_ins=tuple(c for c in runner.history.check_ins if c is not gone))
    before, after = (_verdict(told, day, catalogue, thresholds) for told in (runner.history, fewer))
    return before is not after


def misses_emergency(order: Order, *, catalogue: Catalogue, thresholds: Thresholds) -> bool:
    """Tell whether the coach says less than EMERGENCY on the day of an answer that is one, or after it."""
    runner = make(order, catalogue=catalogue)
    random = Random(f"{order}/emergency")
    day = random.randrange(1, len(runner.truth.means))
    later = random.randrange(day, len(runner.truth.means))
    answers = ANSWERS | {random.choice(EMERGENCIES): "yes"}
    screen = Screening(at=at(day, EVENING), kind="full", answers=answers)
    told = replace(runner.history, screenings=(*runner.history.screenings, screen))
    said = [_verdict(told, each, catalogue, thresholds) for each in (day, later)]
    return any(verdict is not Verdict.EMERGENCY for verdict in said)


def changed_when_retold(order: Order, *, catalogue: Catalogue, thresholds: Thresholds) -> int:
    """Return on how many days the verdict changes when the same is told late, shuffled and elsewhere."""
    runner = make(order, catalogue=catalogue)
    told = retold(runner.history, time_zone=ELSEWHERE, random=Random(f"{order}/retold"))
    plain, moved = (
        [
            (verdict, rules)
            for _, verdict, rules in replay(
                history, runner.first, runner.last, catalogue=catalogue, thresholds=thresholds
            )
        ]
        for history in (runner.history, told)
    )
    return sum(one != other for one, other in zip(plain, moved, strict=True))


def _verdict(history: History, day: int, catalogue: Catalogue, thresholds: Thresholds) -> Verdict:
    facts = facts_from(history, on(day), catalogue=catalogue, thresholds=thresholds)
    return decide(facts, thresholds=thresholds).verdict


def _beginnings(days: list[bool]) -> int:
    return sum(now and not before for before, now in zip([False, *days], days, strict=False))
