"""What a runner feels and writes down of a truth: daily scores with errors and gaps (rules.md 9.1)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from random import Random
from statistics import median_low

ERROR_SD, QUIET_ERROR = 0.7, 0.6  # SEM 0.6-1.0 (C02, C06); x0.6 when the mean is below 1
SWING_SD, SWING_PHI, QUIET_SWING = 0.8, 0.4, 0.5  # true day-to-day swing, AR(1); halved when below 1
QUIET = 1
SPIKE_SHARE, SPIKE_HEIGHT = 0.02, (1.5, 3.5)  # flares under a day (C36)
AT_RANDOM, BURST_DAYS = 0.7, (2, 5)  # share of the missing days; the others go in bursts
SORE, SORE_MISSING = 7, 0.10  # high pain is written down less often (C56)
FIVES_SHARE = 0.6  # number preference: so often only 0, 5 and 10 are used
FLOOR = 2  # below this some runners write 0

type Scores = list[int]


def felt(means: Sequence[float], random: Random) -> list[float]:
    """Return the pain of each day as it is: the mean, the day's swing and rare spikes."""
    days: list[float] = []
    swing = random.gauss(0, SWING_SD)
    for mean in means:
        height = random.uniform(*SPIKE_HEIGHT) if random.random() < SPIKE_SHARE else 0
        days.append(mean + swing * (QUIET_SWING if mean < QUIET else 1) + height)
        swing = SWING_PHI * swing + random.gauss(0, SWING_SD * math.sqrt(1 - SWING_PHI**2))
    return days


def score(pain: float, mean: float, random: Random) -> int:
    """Return the 0-10 score a runner gives a pain."""
    error = random.gauss(0, ERROR_SD) * (QUIET_ERROR if mean < QUIET else 1)
    return min(10, max(0, round(pain + error)))


def silences(days: int, missing: float, random: Random) -> list[bool]:
    """Tell of each day whether it lies in a burst of silence, in which nothing at all is written."""
    begins = (1 - AT_RANDOM) * missing / (sum(BURST_DAYS) / 2)
    silent: list[bool] = []
    while len(silent) < days:
        burst = random.randint(*BURST_DAYS) if random.random() < begins else 0
        silent += [True] * burst or [False]
    return silent[:days]


def written(scores: Sequence[int], missing: float, random: Random) -> list[bool]:
    """Tell of each day outside a burst whether its score is written down; `missing` is a share of days."""
    shares = (AT_RANDOM * missing + (SORE_MISSING if value >= SORE else 0) for value in scores)
    return [random.random() >= share for share in shares]


def told(habit: str, scores: Sequence[int], random: Random) -> dict[int, int]:
    """Return the scores by day as a runner with this habit would give them, before any gap."""
    return HABITS[habit](list(scores), random)


def _daily(scores: Scores, random: Random) -> dict[int, int]:
    return dict(enumerate(scores))


def _weekly(scores: Scores, random: Random) -> dict[int, int]:
    return {day: scores[day] for day in range(6, len(scores), 7)}


def _median(scores: Scores, random: Random) -> dict[int, int]:
    return {day: median_low(scores[day - 6 : day + 1]) for day in range(6, len(scores), 7)}


def _weekdays(scores: Scores, random: Random) -> dict[int, int]:
    return {day: value for day, value in enumerate(scores) if day % 7 < 5}


def _fives(scores: Scores, random: Random) -> dict[int, int]:
    return {
        day: 5 * round(value / 5) if random.random() < FIVES_SHARE else value
        for day, value in enumerate(scores)
    }


def _floor(scores: Scores, random: Random) -> dict[int, int]:
    return {day: value if value >= FLOOR else 0 for day, value in enumerate(scores)}


def _three(scores: Scores, random: Random) -> dict[int, int]:
    return dict.fromkeys(range(len(scores)), 3)


def _nought_or_six(scores: Scores, random: Random) -> dict[int, int]:
    return {day: 6 * (day % 2) for day in range(len(scores))}


HABITS: dict[str, Callable[[Scores, Random], dict[int, int]]] = {
    "daily": _daily,
    "weekly": _weekly,
    "median": _median,
    "weekdays": _weekdays,
    "fives": _fives,
    "floor": _floor,
    "three": _three,
    "nought_or_six": _nought_or_six,
}
