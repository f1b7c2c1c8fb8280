"""The demo runner: sixteen weeks in which an episode eases, flares once and eases again.

Everything is on a day counted from the first one; the last day is `until`, before its check-in.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from backpain.coach import history as values
from backpain.coach.history import History, Pain, Placement
from backpain.coach.screening import QUESTIONS

LAST = 16 * 7 - 1
COURSE = ((0, 4.4), (14, 3.2), (30, 1.9), (48, 1.0), (53, 4.1), (60, 3.4), (70, 1.5), (80, 0.5), (LAST, 0.3))
PAIN_BEGAN, SEEN_BY_PHYSIO, PLAN_BEGINS, FLARE, SHORTENED, SKIPPED = -4, 16, 17, 53, 54, 57
LONG_KM = (4.0, 4.0, 4.2, 4.5, 4.8, 5.1, 5.4, 4.0, 3.4, 4.3, 5.0, 5.4, 5.8, 6.2, 6.6, 7.0)
RUN_DAYS = {5: 0.6, 1: 0.75, 3: 1.0}  # how far before the last day of its week: share of the week's long run
SESSION_DAYS = (6, 2)
MISSED = {28, 67}  # sessions that were due
FLARING, GENTLE = range(FLARE, 58), range(54, 61)
ANSWERS = {question.item: "no" for question in QUESTIONS}

# (day, exercise, sets, target): the steps up and down the coach advises in the morning of that day
PLAN = {
    "front-plank": (
        (PLAN_BEGINS, "knee-plank", 3, 15),
        (46, "knee-plank", 3, 20),
        (64, "knee-plank", 3, 17),
        (75, "knee-plank", 3, 22),
        (85, "knee-plank", 3, 27),
        (92, "knee-plank", 3, 30),
        (103, "forearm-plank", 2, 20),
    ),
    "quadruped": (
        (PLAN_BEGINS, "quadruped-limb-raises", 2, 8),
        (36, "quadruped-limb-raises", 2, 10),
        (57, "quadruped-limb-raises", 2, 9),
        (75, "quadruped-limb-raises", 2, 11),
        (96, "quadruped-limb-raises", 2, 12),
    ),
    "bridge": (
        (PLAN_BEGINS, "glute-bridge", 3, 10),
        (40, "glute-bridge", 3, 12),
        (61, "glute-bridge", 3, 11),
        (82, "glute-bridge", 3, 13),
        (103, "glute-bridge", 3, 14),
    ),
    "hip-abductor": (
        (PLAN_BEGINS, "side-lying-leg-raise", 3, 10),
        (78, "side-lying-leg-raise", 3, 12),
        (99, "side-lying-leg-raise", 3, 14),
    ),
}
BOTH_SIDES = {"quadruped-limb-raises", "side-lying-leg-raise"}
IN_SECONDS = {"knee-plank", "forearm-plank"}
HELD_S = {"glute-bridge": 3}
LADDER_DUE = "front-plank"  # the one whose targets the last two sessions met


def demo_history(*, until: dt.date, time_zone: str, seed: int) -> History:
    """Return the demo runner's history up to the morning of `until`."""
    return _Diary(until, ZoneInfo(time_zone), Random(seed)).history()


class DemoDay(NamedTuple):
    """A day, what was entered on it, with the placements that begin on it, and whether it is a gentle one."""

    on: dt.date
    entered: History
    is_gentle: bool


def days_of(history: History, *, until: dt.date) -> Iterator[DemoDay]:
    """Yield the days of the demo runner's history, up to the one before `until`."""
    for day in range(LAST):
        on = until - dt.timedelta(days=LAST - day)
        yield DemoDay(on, _entered_on(history, on), day in GENTLE)


def _entered_on(history: History, on: dt.date) -> History:
    def of_day(entries: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(entry for entry in entries if entry.on == on)

    def at_day(entries: tuple[Any, ...], name: str) -> tuple[Any, ...]:
        return tuple(entry for entry in entries if getattr(entry, name).date() == on)

    return replace(
        history,
        check_ins=of_day(history.check_ins),
        skipped_runs=of_day(history.skipped_runs),
        care=of_day(history.care),
        runs=at_day(history.runs, "started_at"),
        sessions=at_day(history.sessions, "started_at"),
        screenings=at_day(history.screenings, "at"),
        placements=tuple(placement for placement in history.placements if placement.since == on),
    )


class _Diary:
    def __init__(self, until: dt.date, zone: ZoneInfo, random: Random) -> None:
        self.first = until - dt.timedelta(days=LAST)
        self.zone = zone
        self.random = random
        self.scores = [self._score(day) for day in range(LAST + 1)]

    def history(self) -> History:
        return History(
            runner=values.Runner(
                id="demo",
                time_zone=self.zone.key,
                birth_year=1990,
                pain_began_on=self._on(PAIN_BEGAN),
                first_ever_episode=False,
                country="GB",
                episodes_last_12_months=1,
            ),
            check_ins=tuple(self._check_ins()),
            runs=tuple(self._run(day) for day in range(LAST) if _left(day) in RUN_DAYS and day != SKIPPED),
            skipped_runs=(values.SkippedRun(id="demo-skipped", on=self._on(SKIPPED), because="back-pain"),),
            sessions=tuple(
                self._session(day)
                for day in range(PLAN_BEGINS, LAST)
                if _left(day) in SESSION_DAYS and day not in MISSED
            ),
            screenings=tuple(self._screening(day) for day in (*range(0, LAST, 7), FLARE)),
            care=(
                values.Care(
                    id="demo-care",
                    on=self._on(SEEN_BY_PHYSIO),
                    who="physiotherapist",
                    assessed=True,
                    clears=True,
                ),
            ),
            placements=tuple(self._placements()),
        )

    def _on(self, day: int) -> dt.date:
        return self.first + dt.timedelta(days=day)

    def _at(self, day: int, hour: int) -> dt.datetime:
        return dt.datetime.combine(self._on(day), dt.time(hour), self.zone)

    def _score(self, day: int) -> int:
        return max(0, round(_usual(day) + self.random.uniform(-0.7, 0.7)))

    def _check_ins(self) -> Iterator[values.CheckIn]:
        for day in range(LAST):
            if self.random.random() < 0.8:
                score = self.scores[day]
                sites = frozenset({"low-back-left"} if score else ())
                yield values.CheckIn(
                    id=f"demo-check-in-{day}",
                    on=self._on(day),
                    score=score,
                    sites=sites,
                    flare=True if day in FLARING else None,
                )

    def _run(self, day: int) -> values.Run:
        share = RUN_DAYS[_left(day)]
        distance_m = round(LONG_KM[day // 7] * share * self.random.uniform(985, 1000), -1)
        pace = self.random.uniform(335, 365)  # seconds a kilometre
        return values.Run(
            id=f"demo-run-{day}",
            started_at=self._at(day, 7),
            distance_m=distance_m,
            duration_s=round(distance_m / 1000 * pace),
            effort=4 if share == 1 else 3,
            kind="long" if share == 1 else "easy",
            surface="trail" if share == 1 else "road",
            shoe="Road shoes",
            pain=self._pain(day),
            sites=frozenset({"low-back-left"} if self.scores[day] else ()),
            signs=frozenset({"shortened"} if day == SHORTENED else ()),
        )

    def _session(self, day: int) -> values.Session:
        return values.Session(
            id=f"demo-session-{day}",
            started_at=self._at(day, 18),
            duration_s=15 * 60,
            effort=4,
            pain=self._pain(day),
            sets=tuple(done for ladder in PLAN for done in self._sets(ladder, day)),
        )

    def _pain(self, day: int) -> Pain:
        before = self.scores[day]
        during = before + self.random.choice((0, 1))
        return Pain(
            before=before, during=during, after=during, next_morning=min(self.scores[day + 1], before + 1)
        )

    def _sets(self, ladder: str, day: int) -> Iterator[values.SetDone]:
        """Yield a session's sets; the last one falls short until the two sessions before a step up."""
        rungs = PLAN[ladder]
        n = bisect_right([rung[0] for rung in rungs], day) - 1
        _, exercise, sets, target = rungs[n]
        up_on = _up_on(ladder, n)
        done = [target] * (sets - 1) + [target if up_on and up_on - day <= 7 else target - 1]
        for amount in done:
            for side in ("left", "right") if exercise in BOTH_SIDES else (None,):
                yield values.SetDone(
                    exercise=exercise,
                    unit=_unit(exercise),
                    side=side,
                    target=target,
                    done=amount,
                    hold_s=HELD_S.get(exercise),
                    good_form=True,
                )

    def _screening(self, day: int) -> values.Screening:
        return values.Screening(
            id=f"demo-screening-{day}", at=self._at(day, 20), kind="full", answers=ANSWERS
        )

    def _placements(self) -> Iterator[Placement]:
        for ladder, rungs in PLAN.items():
            for day, exercise, sets, target in rungs:
                yield Placement(
                    ladder=ladder,
                    exercise=exercise,
                    sets=sets,
                    target=target,
                    unit=_unit(exercise),
                    since=self._on(day),
                    hold_s=HELD_S.get(exercise),
                )


def _unit(exercise: str) -> str:
    return "s" if exercise in IN_SECONDS else "reps"


def _up_on(ladder: str, n: int) -> int | None:
    """Return the day of the step up from the rung with this number, None where none is reached."""
    rungs = PLAN[ladder]
    if n + 1 == len(rungs):
        return LAST if ladder == LADDER_DUE else None
    (_, exercise, sets, target), (day, *after) = rungs[n], rungs[n + 1]
    is_up = after[0] != exercise or (after[1], after[2]) > (sets, target)
    return day if is_up else None


def _left(day: int) -> int:
    """Return how many days are left of the week that ends with the last day."""
    return (LAST - day) % 7


def _usual(day: int) -> float:
    """Return the mean pain of a day: COURSE, joined by straight lines."""
    n = max(1, min(len(COURSE) - 1, bisect_right([knot for knot, _ in COURSE], day)))
    (start, low), (end, high) = COURSE[n - 1], COURSE[n]
    return low + (high - low) * (day - start) / (end - start)
