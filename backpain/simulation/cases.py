"""Red flags by the million: whatever else is true, progress is never said while one is open (issue 9.5).

A case begins with the facts of a made-up runner whom the coach tells to progress. Then answers, marks
and a profile are drawn, with at least one open flag among them. One case in a hundred goes the whole
way through a history instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from random import Random
from typing import Any

from backpain.coach.decide import decide
from backpain.coach.decision import Decision, Verdict
from backpain.coach.facts import Facts, facts_from
from backpain.coach.history import History, Screening
from backpain.coach.ladders import Catalogue
from backpain.coach.replay import replay
from backpain.coach.screening import EMERGENCY, OTHER, QUESTIONS
from backpain.coach.signs import Answer, Signs
from backpain.coach.thresholds import Thresholds
from backpain.simulation.diaries import ANSWERS, EVENING, Order, at, make

BASES = 6
THROUGH_A_HISTORY = 100  # one case in so many
OPEN_DAYS = 60  # an earlier flag is at most so old
EMERGENCY_ITEMS = tuple(q.item for q in QUESTIONS if q.block == EMERGENCY)
# Cancer counts only with an open episode that nobody has assessed.
URGENT_ITEMS = tuple(
    q.item for q in QUESTIONS if q.block not in (EMERGENCY, OTHER) and q.item != "cancer_ever"
)
ITEMS = tuple(q.item for q in QUESTIONS)
WORDS = ("yes", "unsure", "not_said", "no")
MARKS = (
    "open", "unassessed", "fresh", "jump", "load-spike", "abdomen", "groin-or-hip", "mid-back", "limp",
    "cannot-walk", "cannot-dress", "cannot-sleep", "unable-today", "numb-leg", "both-legs", "severe",
)  # fmt: skip
CONDITIONS = (
    "osteoporosis", "steroids-3-months", "cancer-ever", "immunosuppressed", "injecting-drugs",
    "recent-spinal-procedure", "known-aneurysm", "past-stress-fracture", "pregnant-or-6-months-postpartum",
)  # fmt: skip


@dataclass(frozen=True)
class Base:
    """A made-up runner on a day on which the coach says progress."""

    history: History
    day: int
    facts: Facts


def unsafe(cases: int, *, seed: int, catalogue: Catalogue, thresholds: Thresholds) -> int:
    """Return in how many of so many cases the coach says progress, or moves something up, past a flag."""
    random = Random(f"cases/{seed}")
    bases = list(islice(_bases(catalogue, thresholds), BASES))
    wrong = 0
    for number in range(cases):
        base = random.choice(bases)
        if number % THROUGH_A_HISTORY:
            decision = decide(flagged(base.facts, random), thresholds=thresholds)
        else:
            decision = _through_a_history(base, random, catalogue, thresholds)
        wrong += is_push(decision)
    return wrong


def is_push(decision: Decision) -> bool:
    """Tell whether a decision adds load."""
    return decision.verdict is Verdict.PROGRESS or any(move.goes_up for move in decision.moves)


def flagged(facts: Facts, random: Random) -> Facts:
    """Return the facts with an open flag, today's or an earlier day's, and whatever else may be true."""
    item, word = _flag(random, locks=random.random() < 0.5)
    on = facts.on - dt.timedelta(days=random.randrange(OPEN_DAYS))
    flag = _signs(random, on, {item: word})
    standing = on < facts.on and (item in EMERGENCY_ITEMS or word == "yes")
    if word == "not_said" or not standing:
        return replace(facts, **_profile(facts, random), signs=replace(flag, on=facts.on))
    today = _signs(random, facts.on, {})
    return replace(facts, **_profile(facts, random), signs=today, standing=(flag,))


def _flag(random: Random, *, locks: bool) -> tuple[str, str]:
    """Draw an answer that leaves a flag open; one that locks does so for good."""
    if locks:
        return random.choice(EMERGENCY_ITEMS + URGENT_ITEMS), "yes"
    item = random.choice(EMERGENCY_ITEMS + URGENT_ITEMS)
    declined_well = item == "sexual_change"
    return item, random.choice(WORDS[:2] if declined_well else WORDS[:3])


def _signs(random: Random, on: dt.date, flag: dict[str, str]) -> Signs:
    drawn = {item: random.choice(WORDS) for item in random.sample(ITEMS, random.randrange(5))} | flag
    marks = frozenset(random.sample(MARKS, random.randrange(4)))
    return Signs(
        on=on,
        answers=tuple(Answer(item=item, answer=word, on=on) for item, word in drawn.items() if word != "no"),
        marks=marks,
        pain=random.choice((None, 0, 1, 3, 6, 8)),
        pain_on=on,
    )


def _profile(facts: Facts, random: Random) -> dict[str, Any]:
    return {
        "birth_year": random.choice((None, facts.on.year - random.randrange(17, 80))),
        "conditions": frozenset(random.sample(CONDITIONS, random.randrange(3))),
    }


def _through_a_history(base: Base, random: Random, catalogue: Catalogue, thresholds: Thresholds) -> Decision:
    """Ask the flag in a screen of that day or an earlier one; nothing clears it."""
    item, word = _flag(random, locks=True)
    day = random.randrange(max(0, base.day - OPEN_DAYS), base.day + 1)
    answers = ANSWERS | {item: word}
    screen = Screening(at=at(day, EVENING + 1), kind="full", answers=answers)
    history = replace(base.history, screenings=(*base.history.screenings, screen))
    return decide(
        facts_from(history, base.facts.on, catalogue=catalogue, thresholds=thresholds), thresholds=thresholds
    )


def _bases(catalogue: Catalogue, thresholds: Thresholds) -> Iterator[Base]:
    """Yield runners on days of progress, so that only the flag stands in the way."""
    for number in count():
        runner = make(
            Order(cohort="minor", number=number, seed=0, missing=0, diary=True), catalogue=catalogue
        )
        told = replay(runner.history, runner.first, runner.last, catalogue=catalogue, thresholds=thresholds)
        days = [(day, on) for day, (on, verdict, _) in enumerate(told) if verdict is Verdict.PROGRESS]
        for day, on in days[-1:]:
            facts = facts_from(runner.history, on, catalogue=catalogue, thresholds=thresholds)
            yield Base(runner.history, day, _on_one_ladder(facts, thresholds))


def _on_one_ladder(facts: Facts, thresholds: Thresholds) -> Facts:
    """Keep one ladder that moves up: it is enough for progress, and a third of the work."""
    alone = (replace(facts, ladders=(ladder,)) for ladder in facts.ladders)
    return next(one for one in alone if decide(one, thresholds=thresholds).verdict is Verdict.PROGRESS)
