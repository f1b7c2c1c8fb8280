"""`make bench-coach`: every figure of rules.md 9 for a ruleset, as lines of text with what was missed.

Work is handed out as orders to `each`, which may use several processes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from backpain.coach.ladders import Catalogue
from backpain.coach.thresholds import Thresholds
from backpain.simulation import cases
from backpain.simulation.detectors import DETECTORS, first_alarm
from backpain.simulation.diaries import Order, make
from backpain.simulation.scoring import (
    ALARM,
    BASE_MISSING,
    EARLY,
    FOUND,
    LONG_TARGETS,
    PUSHED,
    STRETCH,
    TARGETS,
    WORSE_LATE,
    Target,
    detected,
    measure,
    share,
)
from backpain.simulation.speed import DECIDE_TARGET, REPLAY_TARGET, Clock, decide_seconds, replay_speed
from backpain.simulation.truths import ADDITIONS, CLASSES, COLD, FLARES, LONG, THREE_YEARS, Cohort
from backpain.simulation.watching import (
    Seen,
    changed_when_retold,
    flips,
    misses_emergency,
    watch,
)

MISSING = (0.10, 0.25, 0.40)
ADDED_SHARE, CHECKED_SHARE = 4, 10  # a quarter of the runners for the additions, a tenth for the checks
CASES_A_TASK = 10_000
TIMED_SHARE = 40  # one in so many runners is timed

type Found = dict[str, list[Seen]]


class Each(Protocol):
    """Call a function on every item, in order; perhaps on several processors."""

    def __call__[Item, Result](
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> list[Result]: ...


class Asked[Result](Protocol):
    """A question about one made-up runner."""

    def __call__(self, order: Order, *, catalogue: Catalogue, thresholds: Thresholds) -> Result: ...


@dataclass(kw_only=True)
class Report:
    """Prints section by section and remembers the targets that were missed."""

    catalogue: Catalogue
    thresholds: Thresholds
    each: Each
    runners: int
    seed: int
    cases: int
    say: Callable[[str], None]
    clock: Clock
    missed: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Print every section."""
        found = {missing: self._watch(CLASSES, missing) for missing in MISSING}
        self._table("Check-ins alone, as the prototype had it", TARGETS, found)
        self._table("Over 168 days", LONG_TARGETS, {BASE_MISSING: self._watch(LONG, BASE_MISSING)})
        self._every_reason(found[BASE_MISSING] | self._watch(COLD, BASE_MISSING))
        self._flares()
        self._detectors(found[BASE_MISSING])
        diaries = self._watch(CLASSES, BASE_MISSING, diary=True)
        self._diaries(diaries)
        self._additions()
        self._pushes(diaries)
        self._checks()
        self._cases()
        self._speed()

    def _orders(
        self, cohorts: Sequence[Cohort], missing: float, *, diary: bool = False, part: int = 1
    ) -> list[Order]:
        return [
            Order(cohort=cohort.name, number=number, seed=self.seed, missing=missing, diary=diary)
            for cohort in cohorts
            for number in range(max(1, self.runners // part))
        ]

    def _watch(
        self, cohorts: Sequence[Cohort], missing: float, *, diary: bool = False, part: int = 1
    ) -> Found:
        orders = self._orders(cohorts, missing, diary=diary, part=part)
        found: Found = {}
        for seen in self._each_of(watch, orders):
            found.setdefault(seen.order.cohort, []).append(seen)
        return found

    def _each_of[Result](self, ask: Asked[Result], orders: list[Order]) -> list[Result]:
        return self.each(partial(ask, catalogue=self.catalogue, thresholds=self.thresholds), orders)

    def _title(self, text: str) -> None:
        self.say(f"\n{text}\n{'-' * len(text)}")

    def _table(
        self, title: str, targets: Sequence[Target], found: dict[float, Found], *, binds: bool = True
    ) -> None:
        """Print a line for each target with a column for each share missing."""
        self._title(title)
        self.say(f"{'':37}" + "".join(f"{missing:>9.0%}{'':8}" for missing in found) + "target")
        for target in targets:
            values = {missing: measure(target.measure, found[missing][target.cohort]) for missing in found}
            cells = [_cell(target, value, missing) for missing, value in values.items()]
            sign = ">=" if target.at_least else "<="
            self.say(f"{_name(target):37}{''.join(cells)}{sign} {target.limit:g}")
            if binds:
                self._remember(target, values)

    def _remember(self, target: Target, values: dict[float, float | None]) -> None:
        for missing, value in values.items():
            bound = missing >= BASE_MISSING and target.binds(missing)
            if bound and not target.is_met(value, missing):
                self.missed.append(f"{_name(target)} at {missing:.0%} missing: {_of(target, value)}")

    def _every_reason(self, found: Found) -> None:
        """The table asks of W-3 alone what is false; the product also warns by W-3c and W-4."""
        self._title("Every reason to say worsening: share ever by W-3c / W-4 / any, any within 14 days")
        for name, seen in found.items():
            figures = (measure(each, seen) for each in ("W-3c", "W-4", "any", "any_within_14"))
            self.say(f"{name:37}" + "".join(f"{_figure(value):>9}" for value in figures))

    def _flares(self) -> None:
        self._title("An isolated flare on a base of 0.3-1.3: share that fires W-5 / W-3 / W-1b")
        found = self._watch(tuple(FLARES.values()), BASE_MISSING)
        for length, cohort in FLARES.items():
            figures = (measure(name, found[cohort.name]) for name in ("flare", "alarmed", "lasting_flag"))
            self.say(f"{length:3} days" + "".join(f"{_figure(value):>9}" for value in figures))

    def _detectors(self, ours: Found) -> None:
        """Print false alarms of stable / fluctuating / flaring runners, and the steps each finds."""
        self._title("Other detectors on the same runners (false alarms; steps found within 14 days)")
        names = ("stable_mild", "fluctuating", "flare_recover", "worsen_step")
        self.say(f"{'':37}" + "".join(f"{name:>15}" for name in names) + f"{'median delay':>14}")
        cohorts = [cohort for cohort in CLASSES if cohort.name in names]
        orders = self._orders(cohorts, BASE_MISSING)
        alarms = self.each(partial(_detect, catalogue=self.catalogue), orders)
        for detector in DETECTORS:
            by_cohort: dict[str, list[tuple[int | None, int | None]]] = {name: [] for name in names}
            for order, (worse_from, firsts) in zip(orders, alarms, strict=True):
                by_cohort[order.cohort].append((worse_from, firsts[detector]))
            self._detector(detector, by_cohort)
        for words, rules in (("ours: W-3", ALARM), ("ours: W-3 or W-4", FOUND)):
            own = {name: [(seen.worse_from, seen.first_of(rules)) for seen in ours[name]] for name in names}
            self._detector(words, own)

    def _detector(self, name: str, by_cohort: dict[str, list[tuple[int | None, int | None]]]) -> None:
        steps = [
            None if first is None else first - worse
            for worse, first in by_cohort["worsen_step"]
            if worse is not None
        ]
        known = sorted(delay for delay in steps if delay is not None and delay >= -EARLY)
        false = [
            share([first is not None for _, first in found])
            for cohort, found in by_cohort.items()
            if cohort != "worsen_step"
        ]
        cells = [*false, detected(steps, WORSE_LATE)]
        delay = known[len(known) // 2] if known else None
        self.say(f"{name:37}" + "".join(f"{_figure(value):>15}" for value in cells) + f"{_days(delay):>14}")

    def _diaries(self, found: Found) -> None:
        """The same targets for runners who log bouts too, as the app's runners do; not part of 9.3."""
        title = "With runs and sessions, their scores and screens"
        self._table(title, TARGETS, {BASE_MISSING: found}, binds=False)
        self._table("Stretch", STRETCH, {BASE_MISSING: found}, binds=False)
        self._every_reason(found)
        self._title("A year of it, by class: worsening alarms and alerts (professional or above)")
        for name, seen in found.items():
            self.say(
                f"{name:37}{_figure(measure('alarms_a_year', seen)):>9}"
                f"{_figure(measure('alerts_a_year', seen)):>9}"
            )

    def _additions(self) -> None:
        names = (
            "alarmed",
            "any",
            "any_within_14",
            "lasting_flag",
            "blocks_flag",
            "progress",
            "alerts_a_year",
        )
        self._title("Other runners (shares ever; share of days with progress)")
        self.say(f"{'':20}" + "".join(f"{name:>14}" for name in names))
        found = self._watch(ADDITIONS, BASE_MISSING, diary=True, part=ADDED_SHARE)
        for name, seen in found.items():
            cells = (f"{_figure(measure(each, seen)):>14}" for each in names)
            self.say(f"{name:20}" + "".join(cells))

    def _pushes(self, diaries: Found) -> None:
        self._title(f"Progress said on a day whose truth is worsening (at most {PUSHED:.1%})")
        for name in (cohort.name for cohort in CLASSES if cohort.worsens):
            value = measure("pushed", diaries[name])
            met = value is not None and value <= PUSHED
            self.say(f"{name:37}{value or 0:9.4f} {'met' if met else 'MISSED'}")
            if not met:
                self.missed.append(f"progress while worsening, {name}: {_figure(value)}")

    def _checks(self) -> None:
        self._title("Deleted readings, emergencies, entries told late and elsewhere")
        orders = self._orders(CLASSES, BASE_MISSING, diary=True)
        flipped = share(self._each_of(flips, orders))
        self.say(f"{'verdict flips, one reading deleted':37}{_figure(flipped):>9}")
        some = self._orders(CLASSES, BASE_MISSING, diary=True, part=CHECKED_SHARE)
        self._none("emergencies missed", sum(self._each_of(misses_emergency, orders)), len(orders))
        days = sum(self._each_of(changed_when_retold, some))
        self._none("days that change when told elsewhere", days, len(some))

    def _cases(self) -> None:
        self._title("Red flags by the million")
        tasks = [
            (self.seed * 1_000_000 + first, min(CASES_A_TASK, self.cases - first))
            for first in range(0, self.cases, CASES_A_TASK)
        ]
        ask = partial(_cases, catalogue=self.catalogue, thresholds=self.thresholds)
        self._none("progress past an open flag", sum(self.each(ask, tasks)), self.cases)

    def _none(self, what: str, count: int, of: int) -> None:
        self.say(f"{what:37}{count:9} of {of} {'met' if count == 0 else 'MISSED'}")
        if count:
            self.missed.append(f"{what}: {count} of {of}")

    def _speed(self) -> None:
        """Print the cost on this machine, beside its targets; it depends on the machine and binds nobody."""
        self._title("Speed on one core")
        for words, diary in (("check-ins alone", False), ("with runs and sessions", True)):
            orders = self._orders(CLASSES, BASE_MISSING, diary=diary, part=TIMED_SHARE)
            runners = [make(order, catalogue=self.catalogue) for order in orders]
            days = replay_speed(
                runners, clock=self.clock, catalogue=self.catalogue, thresholds=self.thresholds
            )
            mark = "met" if days >= REPLAY_TARGET else "MISSED"
            self.say(f"{'replay, days a second, ' + words:46}{days:9.0f} {mark} (at least {REPLAY_TARGET})")
        orders = self._orders((THREE_YEARS,), BASE_MISSING, diary=True, part=TIMED_SHARE)
        runners = [make(order, catalogue=self.catalogue) for order in orders]
        decided, derived = decide_seconds(
            runners, clock=self.clock, catalogue=self.catalogue, thresholds=self.thresholds
        )
        for words, seconds in (("decide", decided), ("facts_from and decide", derived)):
            mark = "met" if seconds <= DECIDE_TARGET else "MISSED"
            self.say(
                f"{words + ' on three years, median ms':46}{1000 * seconds:9.2f} {mark} "
                f"(at most {1000 * DECIDE_TARGET:g})"
            )


def _detect(order: Order, *, catalogue: Catalogue) -> tuple[int | None, dict[str, int | None]]:
    """Return when a runner worsens and the first alarm of each detector."""
    runner = make(order, catalogue=catalogue)
    readings = {(c.on - runner.first).days: c.score for c in runner.history.check_ins}
    return runner.truth.worse_from, {name: first_alarm(name, readings) for name in DETECTORS}


def _cases(task: tuple[int, int], *, catalogue: Catalogue, thresholds: Thresholds) -> int:
    seed, count = task
    return cases.unsafe(count, seed=seed, catalogue=catalogue, thresholds=thresholds)


def _cell(target: Target, value: float | None, missing: float) -> str:
    mark = "met" if target.is_met(value, missing) else "MISSED"
    return f"{_of(target, value):>9} {mark if target.binds(missing) else '':<7}"


def _of(target: Target, value: float | None) -> str:
    return _figure(value) if target.is_share else _days(value)


def _name(target: Target) -> str:
    return f"{target.cohort}: {target.measure}"


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _days(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"
