"""A log of many years: 200 runs a year up to yesterday, and everything else in proportion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from zoneinfo import ZoneInfo

from backpain.accounts.models import User
from backpain.coach import history as values
from backpain.coach.screening import QUESTIONS
from backpain.plan.models import Advice
from backpain.training.review import lock, review
from backpain.training.store import CHUNK, store_history

RUNS_A_YEAR = 200
CHECK_IN_DAYS, SESSION_DAYS, SCREENING_DAY = {0, 2, 4, 6}, {1, 4}, 6  # of the week, Monday is 0
ANSWERS = {question.item: "no" for question in QUESTIONS}
PLAN = {  # ladder: exercise, target, unit
    "front-plank": ("knee-plank", 20, "s"),
    "quadruped": ("quadruped-limb-raises", 8, "reps"),
    "bridge": ("glute-bridge", 10, "reps"),
    "hip-abductor": ("side-lying-leg-raise", 10, "reps"),
}


def write_long_log(*, runner: User, runs: int, now: dt.datetime) -> None:
    """Store so many runs with their check-ins, sessions, screens and an advice for every check-in."""
    until = runner.day_of(now)
    diary = _Diary(runner, until - dt.timedelta(days=runs * 365 // RUNS_A_YEAR), until)
    store_history(runner=runner, history=diary.history(), now=now)
    yesterday = review(runner=lock(runner), now=now - dt.timedelta(days=1))
    Advice.objects.bulk_create(
        (
            Advice(
                runner=runner,
                on=on,
                given_at=now,
                verdict=yesterday.verdict,
                facts=yesterday.facts,
                decision=yesterday.decision,
                ruleset=yesterday.ruleset,
                engine=yesterday.engine,
            )
            for on in diary.days
            if on.weekday() in CHECK_IN_DAYS and on < yesterday.on
        ),
        batch_size=CHUNK,
    )


class _Diary:
    def __init__(self, runner: User, first: dt.date, until: dt.date) -> None:
        self.runner, self.zone, self.random = runner, ZoneInfo(runner.time_zone), Random(1)
        self.days = [first + dt.timedelta(days=day) for day in range((until - first).days)]

    def history(self) -> values.History:
        return values.History(
            runner=values.Runner(id="", time_zone=self.runner.time_zone),
            check_ins=tuple(
                values.CheckIn(on=on, score=self._pain(), sites=frozenset({"low-back-left"}))
                for on in self.days
                if on.weekday() in CHECK_IN_DAYS
            ),
            runs=tuple(self._runs()),
            sessions=tuple(
                values.Session(
                    started_at=self._at(on, 18), pain=self._around(), effort=4, sets=tuple(self._sets())
                )
                for on in self.days
                if on.weekday() in SESSION_DAYS
            ),
            screenings=tuple(
                values.Screening(at=self._at(on, 20), kind="full", answers=ANSWERS)
                for on in self.days
                if on.weekday() == SCREENING_DAY
            ),
            placements=tuple(
                values.Placement(
                    ladder=ladder, exercise=exercise, sets=3, target=target, unit=unit, since=self.days[0]
                )
                for ladder, (exercise, target, unit) in PLAN.items()
                if self.days
            ),
        )

    def _runs(self) -> Iterator[values.Run]:
        for number, on in enumerate(self.days):
            if (number + 1) * RUNS_A_YEAR // 365 > number * RUNS_A_YEAR // 365:
                km = self.random.uniform(5, 9)
                yield values.Run(
                    started_at=self._at(on, 7),
                    distance_m=round(km * 1000, -1),
                    duration_s=round(km * 350),
                    effort=4,
                    kind="easy",
                    surface="road",
                    shoe="Road shoes",
                    pain=self._around(),
                    sites=frozenset({"low-back-left"}),
                )

    def _sets(self) -> Iterator[values.SetDone]:
        for exercise, target, unit in PLAN.values():
            for _ in range(3):
                done = target - self.random.choice((0, 0, 1))
                yield values.SetDone(exercise=exercise, unit=unit, target=target, done=done, good_form=True)

    def _around(self) -> values.Pain:
        return values.Pain(before=0, during=self._pain(), after=self._pain(), next_morning=0)

    def _pain(self) -> int:
        return self.random.choice((0, 0, 1, 1, 2))

    def _at(self, on: dt.date, hour: int) -> dt.datetime:
        return dt.datetime.combine(on, dt.time(hour), self.zone)
