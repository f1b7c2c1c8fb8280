"""What is true of a made-up runner: the mean pain of every day, and when help was due (rules.md 9.1).

Days count from 0. A mean is in points of 0-10 and is known to nobody but the score keeper.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

DAYS, LONG_DAYS = 84, 168
WORSE_RISE, WORSE_DAYS = 2, 7  # worsening: the early mean + 2 for 7 days
LASTING_PAIN, LASTING_DAYS = 2, 14  # persistent: 2 or more for more than 14 days
BEGINS = (28, 42)  # when a rise begins: late enough for a reference (days t-41 to t-10)
ISOLATED = 14  # days between two flares: the widest window of a W rule never holds both
FAST, SLOW = (3, 6), (12, 20)  # half-lives in days
FLARE_DAY = 50  # of the isolated flares: a reference exists long before
ASSESSED_PAIN = -30  # the day the pain began for which a runner was assessed on day 0
LONG_RUNS = (34, 55, 76)  # days of a run that is far too long; Sundays when day 0 is a Monday

type Course = Callable[[Random], list[float]]


@dataclass(frozen=True, kw_only=True)
class Truth:
    """`worse_from` and `lasting_from` are the days from which a warning is right, None = never;
    `began` is the day the runner names as the beginning, below 0 when it was before the first entry.
    """

    means: tuple[float, ...]
    worse_from: int | None = None
    lasting_from: int | None = None
    began: int | None = None


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """A class of runners.

    `assessed`: a professional saw them on day 0. `unseen`: how many days had passed when they began to
    write. `knows_when`: they name the day their pain began, as the app asks whoever has some.
    `habit`: how they report (readings.py). `long_runs`: days of a run far above the others.
    `asked_from`: the day from which the coach's answers count.
    """

    name: str
    course: Course
    worsens: bool = False
    lasts: bool = False
    assessed: bool = False
    knows_when: bool = False
    unseen: tuple[int, int] = (0, 0)
    habit: str = "daily"
    long_runs: tuple[int, ...] = ()
    asked_from: int = 0

    def truth(self, random: Random) -> Truth:
        """Return one runner's truth, labelled where the class has a label."""
        before = random.randint(*self.unseen)
        means = self.course(random)
        return Truth(
            means=tuple(means[before:]),
            worse_from=worse_from(means) if self.worsens else None,
            lasting_from=lasting_from(means) if self.lasts else None,
            began=self._began(means, before),
        )

    def _began(self, means: Sequence[float], before: int) -> int | None:
        if self.assessed:
            return ASSESSED_PAIN
        return _first_pain(means) - before if self.knows_when else None


def worse_from(means: Sequence[float]) -> int | None:
    """Return the first of 7 days that are 2 points above where the runner began."""
    high = [mean >= means[0] + WORSE_RISE for mean in means]
    last = len(means) - WORSE_DAYS
    return next((day for day in range(last + 1) if all(high[day : day + WORSE_DAYS])), None)


def lasting_from(means: Sequence[float]) -> int | None:
    """Return the first day that ends more than 14 days of pain."""
    sore = [mean >= LASTING_PAIN for mean in means]
    days = range(LASTING_DAYS, len(means))
    return next((day for day in days if all(sore[day - LASTING_DAYS : day + 1])), None)


def _first_pain(means: Sequence[float]) -> int:
    return next(day for day, mean in enumerate(means) if mean >= LASTING_PAIN)


def _level(low: float, high: float, days: int = DAYS) -> Course:
    return lambda random: [random.uniform(low, high)] * days


def _easing(half_life: tuple[float, float], days: int = DAYS) -> Course:
    return lambda random: _decay(random.uniform(4, 7.5), random.uniform(*half_life), days)


def _decay(start: float, half_life: float, days: int) -> list[float]:
    return [start * 0.5 ** (day / half_life) for day in range(days)]


def _climb(
    base: tuple[float, float],
    slope: tuple[float, float],
    rise: tuple[float, float],
    begins: tuple[int, int] = BEGINS,
    days: int = DAYS,
) -> Course:
    def course(random: Random) -> list[float]:
        low, a_day, most = random.uniform(*base), random.uniform(*slope), random.uniform(*rise)
        begin = random.randint(*begins)
        return [low + min(most, max(0, day - begin) * a_day) for day in range(days)]

    return course


def _step(begins: tuple[int, int]) -> Course:
    def course(random: Random) -> list[float]:
        low, rise, begin = random.uniform(0.5, 3.5), random.uniform(2.5, 4.5), random.randint(*begins)
        return [low if day < begin else low + rise for day in range(DAYS)]

    return course


def _waves(period: tuple[float, float], height: tuple[float, float]) -> Course:
    def course(random: Random) -> list[float]:
        middle, high = random.uniform(2.5, 4), random.uniform(*height)
        length, phase = random.uniform(*period), random.uniform(0, math.tau)
        return [middle + high * math.sin(math.tau * day / length + phase) for day in range(DAYS)]

    return course


def _flares(random: Random) -> list[float]:
    base = random.uniform(0.3, 1.3)
    means = [base] * DAYS
    for begin, length in _apart(random.randint(1, 3), random):
        means[begin : begin + length] = [base + random.uniform(2.5, 5)] * length
    return means


def _apart(count: int, random: Random) -> list[tuple[int, int]]:
    """Draw beginnings and lengths of flares until none is near another."""
    while True:
        flares = sorted((random.randint(0, DAYS - 7), random.randint(1, 6)) for _ in range(count))
        ends = [begin + length for begin, length in flares]
        if all(begin - end >= ISOLATED for (begin, _), end in zip(flares[1:], ends, strict=False)):
            return flares


def _one_flare(length: int) -> Course:
    def course(random: Random) -> list[float]:
        base, height = random.uniform(0.3, 1.3), random.uniform(2.5, 5)
        return [base + (height if 0 <= day - FLARE_DAY < length else 0) for day in range(DAYS)]

    return course


def _new_episode(random: Random) -> list[float]:
    low, begin = random.uniform(0, 0.4), random.randint(42, 56)
    decay = _decay(random.uniform(4, 7.5), random.uniform(*FAST), DAYS - begin)
    return [low] * begin + [max(low, pain) for pain in decay]


def _overreaching(random: Random) -> list[float]:
    """Hardly any pain but for the days after each run that was far too long."""
    means = [random.uniform(0.5, 1.5)] * DAYS
    for begin in LONG_RUNS:
        for day, more in enumerate(_decay(random.uniform(2, 4), 2, DAYS - begin - 1), start=begin + 1):
            means[day] += more
    return means


# 9.1, the table
CLASSES = (
    Cohort(name="minor", course=_level(0, 0.8)),
    Cohort(name="stable_mild", course=_level(1.8, 3.5), assessed=True),
    Cohort(name="recover_fast", course=_easing(FAST), knows_when=True),
    Cohort(name="recover_slow", course=_easing(SLOW), lasts=True, knows_when=True),
    Cohort(name="persist_moderate", course=_level(3.5, 6), lasts=True, knows_when=True),
    Cohort(name="persist_severe", course=_level(6.5, 8.2), lasts=True, knows_when=True),
    Cohort(name="worsen_gradual", course=_climb((1, 3.5), (0.07, 0.2), (3, 5)), worsens=True),
    Cohort(name="worsen_step", course=_step(BEGINS), worsens=True),
    Cohort(name="fluctuating", course=_waves((6, 14), (1.2, 2.2))),
    Cohort(name="flare_recover", course=_flares),
    Cohort(name="episodic", course=_new_episode, knows_when=True),
)
# 9.3, the last rows: a rise too slow for a moving reference, and none at all for as long
LONG = (
    Cohort(name="slow_drift", course=_climb((1, 3), (0.03, 0.05), (4, 5), days=LONG_DAYS), worsens=True),
    Cohort(name="stable_long", course=_level(1.8, 3.5, LONG_DAYS), assessed=True),
)
# 9.3, cold start: the rise comes before there is a reference
COLD = (
    Cohort(name="early_step", course=_step((8, 14)), worsens=True),
    Cohort(name="early_gradual", course=_climb((1, 3.5), (0.07, 0.2), (3, 5), (3, 8)), worsens=True),
)
# 9.3, isolated flares of so many days
FLARES = {
    length: Cohort(name=f"flare_{length}_days", course=_one_flare(length), asked_from=FLARE_DAY)
    for length in (1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 21)
}
# 9.1, last paragraph; the four weekly classes are those of the trajectory papers (C37)
ADDITIONS = (
    Cohort(name="overreaching", course=_overreaching, long_runs=LONG_RUNS),
    Cohort(name="weekly_reporter", course=_level(3.5, 6), lasts=True, knows_when=True, habit="weekly"),
    Cohort(name="fives_stable", course=_level(1.8, 3.5), assessed=True, habit="fives"),
    Cohort(name="fives_step", course=_step(BEGINS), worsens=True, habit="fives"),
    Cohort(name="floor", course=_level(0, 1.6), habit="floor"),
    Cohort(name="weekend_stable", course=_level(1.8, 3.5), assessed=True, habit="weekdays"),
    Cohort(name="weekend_step", course=_step(BEGINS), worsens=True, habit="weekdays"),
    Cohort(name="always_three", course=_level(3, 3), habit="three"),
    Cohort(name="nought_or_six", course=_level(3, 3), habit="nought_or_six"),
    Cohort(name="mid_episode", course=_easing(SLOW, DAYS + 40), unseen=(10, 40), knows_when=True),
    Cohort(name="weekly_recovering", course=_easing(SLOW), knows_when=True, habit="median"),
    Cohort(name="weekly_mild", course=_level(1.8, 3.5), habit="median"),
    Cohort(name="weekly_fluctuating", course=_waves((21, 42), (1.5, 2.5)), habit="median"),
    Cohort(name="weekly_severe", course=_level(6.5, 8.2), knows_when=True, habit="median"),
)
THREE_YEARS = Cohort(name="three_years", course=_level(1.8, 3.5, 3 * 365), assessed=True)
COHORTS = {
    cohort.name: cohort for cohort in (*CLASSES, *LONG, *COLD, *FLARES.values(), *ADDITIONS, THREE_YEARS)
}
