"""Prints how often "what helps, what hurts" is right about made-up runners: `python -m tests.benchmarks.effects`."""

from __future__ import annotations

import argparse
import datetime as dt
import math
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from backpain.insights.effects import Effect, effects_of
from backpain.insights.log import CheckInRow, Log, RunRow, SessionRow
from backpain.insights.series import DAY, Period
from backpain.simulation.readings import felt, score
from backpain.simulation.truths import COHORTS

FIRST = dt.date(2025, 1, 6)  # a Monday
MISSING = 0.15  # of check-ins and next mornings
LONG_M = 6000  # about half of the runs of a runner who is not careful
FREE_TARGET, FOUND_TARGET = 0.05, 0.70

type Course = Callable[[Random], Sequence[float]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of made-up runner.

    `course`: the mean pain of every day. `habit`: how what a run is like is chosen: "free" for each run
    alone, "phases" (weeks of one surface, one pair of shoes after the other), "builds" (further and harder with
    the weeks), "careful" (easier and shorter, and no exercises, when it hurts on the day). `stiff`: points a
    morning is worse than an evening. `true`: points that a run on trail adds to the next morning, or one of
    more than 6 km where `of` is "distance".
    """

    name: str
    course: Course
    habit: str = "free"
    stiff: float = 0
    true: float = 0
    of: str = "surface"
    every: tuple[int, ...] = (2, 2, 3)  # days between runs
    most: int = 1000  # runs with a score on the next morning


def cohort(name: str) -> Course:
    return lambda random: COHORTS[name].truth(random).means


def weeks_of(name: str, times: int) -> Course:
    """Return a course of several courses of one class, one after the other."""
    return lambda random: [pain for _ in range(times) for pain in COHORTS[name].truth(random).means]


def wandering(random: Random, days: int = 200) -> list[float]:
    """Mean pain that walks at random between 0 and 8: the days are alike, and nothing draws it back soon."""
    pain, days_of_pain = random.uniform(1, 5), []
    for _ in range(days):
        pain = min(8, max(0, pain + random.gauss(0, 0.35)))
        days_of_pain.append(pain)
    return days_of_pain


CLASSES = (
    "minor stable_mild recover_fast recover_slow persist_moderate worsen_gradual worsen_step fluctuating "
    "flare_recover episodic slow_drift"
).split()
HABITS = "free phases builds careful".split()
FREE = [
    *(Kind(name=f"{name}, {habit}", course=cohort(name), habit=habit) for name in CLASSES for habit in HABITS),
    *(Kind(name=f"wandering, {habit}", course=wandering, habit=habit) for habit in HABITS),
    *(Kind(name=f"a year fluctuating, {habit}", course=weeks_of("fluctuating", 5), habit=habit) for habit in HABITS),
    *(Kind(name=f"a year episodic, {habit}", course=weeks_of("episodic", 5), habit=habit) for habit in HABITS),
    Kind(name="stiff mornings, free", course=cohort("slow_drift"), stiff=1.5),
    Kind(name="stiff mornings, careful", course=cohort("slow_drift"), habit="careful", stiff=1.5),
]  # fmt: skip
LONG = "stable_long wandering fluctuating recover_slow slow_drift".split()
COURSES = {"wandering": wandering, "stable_long": cohort("stable_long"), "slow_drift": cohort("slow_drift"),
           "fluctuating": weeks_of("fluctuating", 3), "recover_slow": weeks_of("recover_slow", 3)}  # fmt: skip


def with_effect(points: float) -> list[Kind]:
    careful = {"habit": "careful", "of": "distance"}
    return [
        *(Kind(name=f"{name}, trail", course=COURSES[name], true=points, most=60) for name in LONG),
        Kind(name="wandering, long runs", course=wandering, true=points, most=60, of="distance"),
        Kind(name="wandering, long runs, careful", course=wandering, true=points, most=60, **careful),
        Kind(
            name="fluctuating, long runs, careful",
            course=COURSES["fluctuating"],
            true=points,
            most=60,
            **careful,
        ),
    ]


def log_of(kind: Kind, random: Random) -> tuple[Log, Period]:
    """Return a made-up runner's log: every number logged, a share of the mornings and check-ins forgotten."""
    means = list(kind.course(random))
    pains = felt(means, random)
    days = list(_run_days(kind, len(pains), random))
    sessions = set(_session_days(kind, pains, random))
    runs, extra = [], [0.0] * (len(pains) + 1)
    choose = _Chooser(kind, len(pains), random)
    for day in days:
        if sum(run.next_morning is not None for run in runs) == kind.most:
            break
        early = random.random() < 0.5
        now = pains[day] + extra[day] + (kind.stiff if early else 0)
        like = choose(day, pains[day] + extra[day])
        if like["surface"] == "trail" if kind.of == "surface" else like["distance_m"] > LONG_M:
            extra[day + 1] += kind.true
        morning = pains[day + 1] + extra[day + 1] + kind.stiff
        runs.append(_run(day, now, morning, means, early=early, like=like, random=random))
    check_ins = [
        CheckInRow(_on(day), score(pain + extra[day], means[day], random), sat_long=random.random() < 0.4)
        for day, pain in enumerate(pains)
        if random.random() > MISSING
    ]
    log = Log(
        runs=runs,
        check_ins=check_ins,
        placements=[],
        verdicts=[],
        running=None,
        sessions=(0, 0),
        session_rows=[SessionRow(_on(day), uuid.UUID(int=day), None, None, None, None) for day in sorted(sessions)],
    )  # fmt: skip
    return log, Period(first=FIRST, last=_on(len(pains)))


class _Chooser:
    """Chooses what a run is like, by the habit of the runner."""

    def __init__(self, kind: Kind, days: int, random: Random) -> None:
        self.habit, self.days, self.random = kind.habit, days, random
        self.surface, self.shoe, self.usual = "road", 0, random.uniform(1, 4)

    def __call__(self, day: int, pain: float) -> dict[str, object]:
        random, phases = self.random, self.habit == "phases"
        if not phases or random.random() < 0.1:
            self.surface = random.choice(("road", "trail", "treadmill"))
        if not phases or random.random() < 0.1:
            self.shoe = (self.shoe + 1) % 3 if phases else random.randrange(2)
        harder = 3 * day / self.days if self.habit == "builds" else 0
        easier = pain - self.usual if self.habit == "careful" else 0
        return {
            "surface": self.surface,
            "shoe": f"pair {self.shoe}",
            "distance_m": 1000 * max(1.0, 6 + random.gauss(0, 1.5) + harder - easier),
            "effort": min(10, max(1, round(4 + random.gauss(0, 1.5) + harder - easier))),
        }


def _run(day, now, morning, means, *, early, like, random) -> RunRow:
    forgotten = random.random() < MISSING
    return RunRow(
        on=_on(day),
        uuid=uuid.UUID(int=day),
        before=score(now, means[day], random),
        during=None,
        after=None,
        next_morning=None if forgotten else score(morning, means[day + 1], random),
        hour=7 if early else 18,
        **like,
    )


def _run_days(kind: Kind, days: int, random: Random) -> Iterator[int]:
    day = 0
    while day < days - 1:
        yield day
        day += random.choice(kind.every)


def _session_days(kind: Kind, pains: Sequence[float], random: Random) -> Iterator[int]:
    for day, pain in enumerate(pains):
        share = 0.35 if kind.habit != "careful" else 0.7 / (1 + math.exp(pain - 2.5))
        if random.random() < share:
            yield day


def _on(day: int) -> dt.date:
    return FIRST + day * DAY


@cache
def effects_for(kind: Kind, number: int) -> Sequence[Effect]:
    """Return what runner `number` of a kind is shown; the same number is the same runner."""
    return effects_of(*log_of(kind, Random(f"{kind.name}/{number}")))


def share_with_findings(kind: Kind, runners: int) -> tuple[float, Counter[str]]:
    """Return the share of runners with any finding, and how often each factor was one."""
    found = [[e for e in effects_for(kind, number) if e.verdict == "likely"] for number in range(runners)]
    factors = Counter(
        f"{e.factor}{'+' if (e.difference or 0) > 0 else '-'}" for effects in found for e in effects
    )
    return sum(map(bool, found)) / runners, factors


def said_of(kind: Kind, runners: int) -> Counter[str]:
    """Return how often what was said of the true effect, how often it was a finding the wrong way round
    ("wrong"), and how many runners were shown a finding that is not about its factor ("other").
    """
    said: Counter[str] = Counter()
    for number in range(runners):
        effects = effects_for(kind, number)
        true = [e for e in effects if e.factor == kind.of and e.level in ("trail", "")]
        said.update(e.verdict for e in true)
        said["wrong"] += any(e.verdict == "likely" and (e.difference or 0) < 0 for e in true)
        said["other"] += any(e.verdict == "likely" and e.factor != kind.of for e in effects)
    return said


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runners", type=int, default=400)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    begun = time.process_time()
    print(
        f"Runners without any effect who are shown a finding, of {args.runners} each; target {FREE_TARGET:.0%}"
    )
    for kind in FREE:
        if args.only in kind.name:
            share, factors = share_with_findings(kind, args.runners)
            print(f"{kind.name:36}{share:7.1%}  {dict(factors)}", flush=True)
    for points in (1.5, 1.0):
        print(f"Such runs add {points} points, 60 runs; target at 1.5: found in {FOUND_TARGET:.0%}")
        for kind in with_effect(points):
            if args.only in kind.name:
                said = said_of(kind, args.runners)
                print(
                    f"{kind.name:36}{ {k: f'{n / args.runners:.1%}' for k, n in said.items()} }", flush=True
                )
    print(f"{time.process_time() - begun:.0f} s of CPU")


if __name__ == "__main__":
    main()
