"""How much the coach costs on one core, in the time of the clock it is given (seconds)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from backpain.coach.decide import decide
from backpain.coach.facts import facts_from
from backpain.coach.ladders import Catalogue
from backpain.coach.replay import replay
from backpain.coach.thresholds import Thresholds
from backpain.simulation.diaries import MadeUp

type Clock = Callable[[], float]

REPLAY_TARGET = 2000  # runner-days a second
DECIDE_TARGET = 0.003  # seconds
ROUNDS = 3


def replay_speed(
    runners: Sequence[MadeUp], *, clock: Clock, catalogue: Catalogue, thresholds: Thresholds
) -> float:
    """Return the runner-days replayed in a second, the best of a few rounds."""
    days = sum(len(one.truth.means) for one in runners)
    rounds = []
    for _ in range(ROUNDS):
        begun = clock()
        for one in runners:
            for _day in replay(one.history, one.first, one.last, catalogue=catalogue, thresholds=thresholds):
                pass
        rounds.append(clock() - begun)
    return days / min(rounds)


def decide_seconds(
    runners: Sequence[MadeUp], *, clock: Clock, catalogue: Catalogue, thresholds: Thresholds
) -> tuple[float, float]:
    """Return the medians of deciding on a runner's last day: from facts, and with deriving these."""
    decided, derived = [], []
    for one in runners:
        begun = clock()
        facts = facts_from(one.history, one.last, catalogue=catalogue, thresholds=thresholds)
        middle = clock()
        decide(facts, thresholds=thresholds)
        ended = clock()
        decided.append(ended - middle)
        derived.append(ended - begun)
    return median(decided), median(derived)
