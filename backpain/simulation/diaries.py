"""Made-up runners as histories of the contract: what they would have entered, given their truth.

Everything comes from a seed, a cohort's name and a runner's number, so one runner can be made again
alone and on any machine. Day 0 is a Monday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from zoneinfo import ZoneInfo

from backpain.coach import history as values
from backpain.coach.history import History
from backpain.coach.ladders import Catalogue, Rung
from backpain.coach.screening import QUESTIONS
from backpain.simulation.readings import felt, score, silences, told, written
from backpain.simulation.truths import COHORTS, Cohort, Truth

FIRST_DAY = dt.date(2026, 1, 5)
HOME = "Europe/London"
MORNING, AFTER_WORK, EVENING = 7, 18, 20  # hours
RUN_DAYS, SESSION_DAYS = (1, 3, 6), (0, 4)  # of the week, 0 is Monday
DONE_SHARE = 0.85  # of the planned runs and sessions
RUN_KM, LONG_RUN = (5, 8), (1.5, 2.2)  # a usual run, and a long one as a multiple of the longest
PROVOKED = 1.0  # points a bout adds at most, for its time
STOPS_FROM, STOPS_SHARE = 6, 0.5  # a run that hurts this much is stopped so often ...
SHORTENS_FROM, SHORTENS_SHARE = 5, 0.4  # ... or shortened
SKIPS_FROM, SKIPS_SHARE = 6.5, 0.6  # a morning this bad and there is no run
FLARE_RISE, FLARE_SHARE, FLARE_WORD = 2, 0.7, 0.03  # says "flare" when it is one, and now and then otherwise
SCREEN_JUMP, SCREEN_PAIN = 2, 6  # a runner who answers whatever the coach asks
LADDERS = 3
REASSESSED = 84  # days
ANSWERS = {question.item: "no" for question in QUESTIONS}


@dataclass(frozen=True, kw_only=True)
class Order:
    """Which runner to make. `missing` is the share of days without a check-in; `diary` adds runs,
    sessions, screens and placements to the check-ins.
    """

    cohort: str
    number: int
    seed: int
    missing: float = 0.25
    diary: bool = False


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    """A made-up runner: what is true and what was entered."""

    order: Order
    truth: Truth
    history: History

    @property
    def first(self) -> dt.date:
        return FIRST_DAY

    @property
    def last(self) -> dt.date:
        return on(len(self.truth.means) - 1)


def on(day: int) -> dt.date:
    """Return the date of a day's number."""
    return FIRST_DAY + dt.timedelta(days=day)


def at(day: int, hour: int) -> dt.datetime:
    """Return an hour of a day, where the runner lives."""
    return dt.datetime.combine(on(day), dt.time(hour), ZoneInfo(HOME))


def make(order: Order, *, catalogue: Catalogue) -> MadeUp:
    """Return the runner an order names; the same order always gives the same runner."""
    diary = _Diary(order, catalogue)
    return MadeUp(order=order, truth=diary.truth, history=diary.history())


def retold(history: History, *, time_zone: str, random: Random) -> History:
    """Return the same entries told late, out of order and from another zone, each on its own day there."""
    zone = ZoneInfo(time_zone)

    def there(at: dt.datetime) -> dt.datetime:
        return at.replace(tzinfo=zone).astimezone(dt.UTC)

    check_ins = [replace(entry, retrospective=True) for entry in history.check_ins]
    runs = [replace(run, started_at=there(run.started_at)) for run in history.runs]
    sessions = [replace(one, started_at=there(one.started_at)) for one in history.sessions]
    screens = [replace(screen, at=there(screen.at)) for screen in history.screenings]
    return replace(
        history,
        runner=replace(history.runner, time_zone=time_zone),
        check_ins=tuple(random.sample(check_ins, len(check_ins))),
        runs=tuple(random.sample(runs, len(runs))),
        sessions=tuple(random.sample(sessions, len(sessions))),
        screenings=tuple(random.sample(screens, len(screens))),
    )


class _Diary:
    """Draws truth, gaps and bouts from streams of their own: one runner is the same at every share missing."""

    def __init__(self, order: Order, catalogue: Catalogue) -> None:
        self.order = order
        self.cohort: Cohort = COHORTS[order.cohort]
        self.rungs = _easy_rungs(catalogue) if order.diary else {}
        life = self._stream("life")
        self.truth = self.cohort.truth(life)
        self.means = self.truth.means
        self.felt = felt(self.means, life)
        self.scores = [score(*pair, life) for pair in zip(self.felt, self.means, strict=True)]
        gaps = self._stream("gaps", order.missing)
        self.silent = silences(len(self.scores), order.missing, gaps)
        kept = written(self.scores, order.missing, gaps)
        self.told = {
            day: value
            for day, value in told(self.cohort.habit, self.scores, life).items()
            if kept[day] and not self.silent[day]
        }
        self.bouts = self._stream("bouts", order.missing)

    def _stream(self, *what: object) -> Random:
        words = (self.order.seed, self.order.cohort, self.order.number, *what)
        return Random("/".join(map(str, words)))

    def history(self) -> History:
        began = self.truth.began
        entries = History(
            runner=values.Runner(
                id=f"{self.order.cohort}-{self.order.number}",
                time_zone=HOME,
                birth_year=1990,
                pain_began_on=None if began is None else on(began),
                first_ever_episode=False,
            ),
            check_ins=tuple(self._check_in(day) for day in self.told),
            care=tuple(self._care()),
        )
        return self._with_bouts(entries) if self.order.diary else entries

    def _care(self) -> Iterator[values.Care]:
        """An assessment counts for 90 days; who is assessed goes again in time."""
        for day in range(0, len(self.means), REASSESSED) if self.cohort.assessed else ():
            yield values.Care(on=on(day), assessed=True, clears=True)

    def _with_bouts(self, entries: History) -> History:
        days = [day for day in range(len(self.means)) if not self.silent[day]]
        planned = [day for day in days if day % 7 in RUN_DAYS]
        skipped = [day for day in planned if self._is_skipped(day)]
        ran = [day for day in planned if day not in skipped and self._is_done(day)]
        return replace(
            entries,
            runs=tuple(self._run(day) for day in ran),
            skipped_runs=tuple(values.SkippedRun(on=on(day), because="back-pain") for day in skipped),
            sessions=tuple(
                self._session(day) for day in days if day % 7 in SESSION_DAYS and self._is_done(day)
            ),
            screenings=tuple(self._screen(day) for day in self._screen_days()),
            placements=tuple(self._placements()),
        )

    def _is_skipped(self, day: int) -> bool:
        return self.felt[day] >= SKIPS_FROM and self.bouts.random() < SKIPS_SHARE

    def _is_done(self, day: int) -> bool:
        return day in self.cohort.long_runs or self.bouts.random() < DONE_SHARE

    def _check_in(self, day: int) -> values.CheckIn:
        value = self.told[day]
        sites = frozenset({"low-back-left"} if value else ())
        return values.CheckIn(on=on(day), score=value, sites=sites, flare=self._says_flare(day))

    def _says_flare(self, day: int) -> bool | None:
        """Say so in a diary only: with check-ins alone the scores have to tell (9.3)."""
        if not self.order.diary:
            return None
        drawn = self._stream("flare", day).random()
        flares = self.felt[day] >= self.means[0] + FLARE_RISE
        return drawn < (FLARE_SHARE if flares else FLARE_WORD)

    def _run(self, day: int) -> values.Run:
        km = self.bouts.uniform(*RUN_KM)
        if day in self.cohort.long_runs:
            km = RUN_KM[1] * self.bouts.uniform(*LONG_RUN)
        pain = self._pain(day)
        return values.Run(
            started_at=at(day, MORNING),
            distance_m=round(km * 1000, -1),
            duration_s=round(km * 360),
            effort=4,
            pain=pain,
            signs=frozenset(self._signs(pain.during or 0)),
        )

    def _signs(self, during: int) -> Iterator[str]:
        if during >= STOPS_FROM and self.bouts.random() < STOPS_SHARE:
            yield "stopped"
        elif during >= SHORTENS_FROM and self.bouts.random() < SHORTENS_SHARE:
            yield "shortened"

    def _pain(self, day: int) -> values.Pain:
        """Return the scores around a bout: each with an error of its own, the morning perhaps forgotten."""
        worst = self.felt[day] + self.bouts.uniform(0, PROVOKED)
        morning = day + 1 < len(self.felt) and not self.silent[day + 1]
        remembered = morning and self.bouts.random() >= self.order.missing
        return values.Pain(
            before=self._score(self.felt[day], day),
            during=self._score(worst, day),
            after=self._score(self.felt[day], day),
            next_morning=self._score(self.felt[day + 1], day + 1) if remembered else None,
        )

    def _score(self, pain: float, day: int) -> int:
        return score(pain, self.means[day], self.bouts)

    def _session(self, day: int) -> values.Session:
        """Every set as prescribed: a runner whom the coach would move up as soon as it may."""
        return values.Session(
            started_at=at(day, AFTER_WORK),
            duration_s=15 * 60,
            effort=4,
            pain=self._pain(day),
            sets=tuple(done for rung in self.rungs.values() for done in _sets(rung)),
        )

    def _screen_days(self) -> Iterator[int]:
        """Weekly, and in the evening of every day that asks for a screen."""
        before = 0
        for day, value in self.told.items():
            rises = value - before >= SCREEN_JUMP
            if day % 7 == 0 or rises or value >= SCREEN_PAIN:
                yield day
            before = value

    def _screen(self, day: int) -> values.Screening:
        return values.Screening(at=at(day, EVENING), kind="full", answers=ANSWERS)

    def _placements(self) -> Iterator[values.Placement]:
        for ladder, rung in self.rungs.items():
            yield values.Placement(
                ladder=ladder,
                exercise=rung.exercise,
                sets=rung.sets,
                target=rung.start,
                unit=rung.unit,
                since=FIRST_DAY,
                hold_s=rung.hold_s,
            )


def _easy_rungs(catalogue: Catalogue) -> dict[str, Rung]:
    """Return the first rung of a few ladders of strength, those that need nothing and end in no jump."""
    ladders = (ladder for ladder in catalogue.ladders if ladder.rungs[0].exercise in catalogue.strength)
    plain = [ladder for ladder in ladders if not (ladder.rungs[0].equipment or ladder.rungs[0].impact)]
    return {ladder.slug: ladder.rungs[0] for ladder in plain[:LADDERS]}


def _sets(rung: Rung) -> Iterator[values.SetDone]:
    for _ in range(rung.sets):
        for side in ("left", "right") if rung.per_side else (None,):
            yield values.SetDone(
                exercise=rung.exercise,
                unit=rung.unit,
                side=side,
                target=rung.start,
                done=rung.start,
                hold_s=rung.hold_s,
                good_form=True,
            )
