"""What goes with a better or a worse next morning: runs with something against runs without it.

What is compared. The pain on the morning after a run, between two sides of a factor, among runs that began
alike: at the same pain before the run, after like pain in the days before, at the same half of the day. Not
the plain difference of the means, which says "short runs hurt" of everybody who runs less when it hurts,
nor the rise over the run, which says the same the other way round, because a high score tends to be followed
by a lower one. Pain that is there before the run already is not counted: it may be why the run was as it was.

How it is tested. Sides and mornings are both freed of what is allowed for (least squares), what is left of
the mornings is shuffled (Freedman & Lane 1983), and each difference, in its standard errors, is held against
the strongest of all comparisons of a shuffle (Westfall & Young 1993): so the intervals hold together,
whatever their number. "Likely" and "unlikely" are read off the interval. `tests/benchmarks/effects.py` measures
how often made-up runners without any effect are shown one, and how often a true one is found.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from statistics import fmean, median
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from .log import Log, RunRow, SessionRow
from .series import DAY, NOTICEABLE, Period

if TYPE_CHECKING:
    import numpy as np

type Factor = Literal["distance", "effort", "surface", "shoe", "rested", "session", "morning", "sitting"]
type Verdict = Literal["likely", "unlikely", "open"]
type Array = np.ndarray[Any, np.dtype[np.float64]]

# The project's choices, where the issue does not say.
LEAST_RUNS = 8  # on each side (issue 6)
MOST_RUNS = 200  # the newest: about a year of running, and the page stays fast
LEVEL_DAYS, HALF_LIVES = 14, (1.0, 5.0)  # how far back, and how soon half forgotten, the days before are
RESTED_DAYS = 3  # without exercises: with "the day before", the days since the last session in three parts
NOON = 12  # hours
CONFIDENCE = 0.95  # of all intervals of a runner together
ALIKE = 8  # runs in a row whose mornings may be alike for reasons that nobody knows
LEARNT = 6  # numbers learnt from the runs: the five of what is allowed for, and the difference
CHOSEN_BY_FEEL: tuple[Factor, ...] = ("distance", "effort")
RESAMPLES, BATCH, SEED = 999, 111, 6  # seeded: the same log says the same every time
LEAST_SPREAD = 2.0  # sum of squares left beside what is allowed for; two sides of 8 runs begin with 4
ORDER: dict[Verdict, int] = {"likely": 0, "unlikely": 1, "open": 2}


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Two sides of a factor. `level` is the surface or the shoe; `runs` have it, `others` do not.

    `difference` is what the morning after is higher by with it, in points of 0 to 10, `low` to `high` its
    interval, wide enough for all comparisons together; None where there are too few runs on a side or nothing
    to tell the sides by. "likely":
    a difference. "unlikely": a noticeable one (1 point or more). "open": cannot say yet.
    """

    factor: Factor
    level: str = ""
    runs: int
    others: int
    verdict: Verdict = "open"
    difference: float | None = None
    low: float | None = None
    high: float | None = None


class Morning(NamedTuple):
    """A run with the pain it began with, of the days before it and of the morning after it, 0 to 10."""

    run: RunRow
    before: int
    levels: tuple[float, ...]
    after: int


class _Split(NamedTuple):
    """A factor with the side of each morning; None where it is not known."""

    factor: Factor
    level: str
    sides: list[bool | None]


class _Found(NamedTuple):
    difference: float
    low: float
    high: float


def effects_of(log: Log, period: Period) -> Sequence[Effect]:
    """Return every comparison the runs of a period allow, findings first."""
    mornings = mornings_of(log, period)
    splits = list(_splits(log, mornings))
    enough = [split for split in splits if min(_counts(split)) >= LEAST_RUNS]
    found = _tested(mornings, enough)
    effects = [_effect(split, found.get((split.factor, split.level))) for split in splits]
    return sorted(effects, key=lambda effect: (ORDER[effect.verdict], effect.difference is None))


def mornings_of(log: Log, period: Period) -> list[Morning]:
    """Return the newest runs of a period that can be compared, oldest first.

    They have a score before and on the next morning, and their day to themselves: the morning after
    two runs belongs to neither.
    """
    a_day = Counter(run.on for run in log.runs)
    levels = _levels(log)
    scored = [
        (run, run.before, run.next_morning)
        for run in log.runs
        if run.on in period and a_day[run.on] == 1 and run.before is not None and run.next_morning is not None
    ]
    return [Morning(run, before, levels(run.on, before), after) for run, before, after in scored[-MOST_RUNS:]]


def _levels(log: Log) -> Callable[[dt.date, float], tuple[float, ...]]:
    """Return how to tell the pain of the days before a day, soon and late forgotten: their difference tells
    whether it rises. `otherwise` where nothing was written.
    """
    bouts: list[RunRow | SessionRow] = [*log.runs, *log.session_rows]
    scores = [
        *((check_in.on, check_in.score) for check_in in log.check_ins),
        *((bout.on, bout.before) for bout in bouts if bout.before is not None),
        *((bout.on, bout.next_morning) for bout in bouts if bout.next_morning is not None),
    ]
    scores.sort()
    days = [on for on, _score in scores]

    def levels(on: dt.date, otherwise: float) -> tuple[float, ...]:
        lately = scores[bisect_left(days, on - LEVEL_DAYS * DAY) : bisect_left(days, on)]
        ages = [(on - day).days for day, _score in lately]
        weights = [[0.5 ** (age / half_life) for age in ages] for half_life in HALF_LIVES]
        return tuple(fmean(map(itemgetter(1), lately), each) if lately else otherwise for each in weights)

    return levels


def _splits(log: Log, mornings: Sequence[Morning]) -> Iterator[_Split]:
    """Yield the factors that have runs on both sides."""
    runs = [morning.run for morning in mornings]
    every = [
        _Split("distance", "", _upper_half([run.distance_m for run in runs])),
        _Split("effort", "", _upper_half([run.effort for run in runs])),
        *_each("surface", [run.surface for run in runs]),
        *_each("shoe", [run.shoe for run in runs]),
        *_since_sessions(log, runs),
        _Split("morning", "", [None if run.hour is None else run.hour < NOON for run in runs]),
        _Split("sitting", "", _sat_long(log, runs)),
    ]
    yield from (split for split in every if all(_counts(split)))


def _upper_half(values: Sequence[float | None]) -> list[bool | None]:
    """Tell which are above the median; those at it go where they make the halves more even."""
    known = [value for value in values if value is not None]
    middle = median(known) if known else 0
    above, below = (sum(sign * (value - middle) > 0 for value in known) for sign in (1, -1))
    least = middle if above < below else None
    return [None if value is None else value > middle or value == least for value in values]


def _each(factor: Factor, names: Sequence[str]) -> Iterator[_Split]:
    """Yield each name against all others; of two the rarer one only, for the other says the same."""
    counts = sorted(Counter(name for name in names if name).items(), key=lambda pair: (pair[1], pair[0]))
    for level, _count in counts[:1] if len(counts) == 2 else counts:
        yield _Split(factor, level, [name == level if name else None for name in names])


def _since_sessions(log: Log, runs: Sequence[RunRow]) -> Iterator[_Split]:
    """Yield sessions of the day before, and none for days; not known of runs before the first session.

    Sessions of the same day do not count: which came first is not known here.
    """
    days = sorted({session.on for session in log.session_rows})
    last = [bisect_left(days, run.on) for run in runs]
    gaps = [(run.on - days[at - 1]).days if at else None for run, at in zip(runs, last, strict=True)]
    yield _Split("session", "", [None if gap is None else gap == 1 for gap in gaps])
    yield _Split("rested", "", [None if gap is None else gap >= RESTED_DAYS for gap in gaps])


def _sat_long(log: Log, runs: Sequence[RunRow]) -> list[bool | None]:
    said = {check_in.on: check_in.sat_long for check_in in log.check_ins}
    return [said.get(run.on) for run in runs]


def _counts(split: _Split) -> tuple[int, int]:
    return split.sides.count(True), split.sides.count(False)


def _tested(mornings: Sequence[Morning], splits: Sequence[_Split]) -> dict[tuple[Factor, str], _Found]:
    """Return what was found of each split; one that tells nothing beside what is allowed for is left out."""
    import numpy as np

    freed = {(split.factor, split.level): _freed(mornings, split) for split in splits}
    telling = {
        name: pair for name, pair in freed.items() if all(np.sum(one**2) > LEAST_SPREAD for one in pair)
    }
    if not telling:
        return {}
    sides, pains = (np.array(rows) for rows in zip(*telling.values(), strict=True))
    spread = (sides**2).sum(axis=1)
    differences = (sides * pains).sum(axis=1) / spread
    margins = _limit(sides, pains) * _error(sides, pains) / spread
    rows = zip(differences, differences - margins, differences + margins, strict=True)
    return {name: _Found(*map(_tenth, row)) for name, row in zip(telling, rows, strict=True)}


def _tenth(points: float) -> float:
    """Return points as they are shown: what is said of an interval holds for the one that is read."""
    return round(float(points), 1)


def _limit(sides: Array, pains: Array) -> float:
    """Return how many errors the strongest comparison (rows) reaches by chance alone over the runs (columns)."""
    import numpy as np
    from scipy.stats import permutation_test  # a second to load, and only this page needs it

    scaled = sides / _plain_error(sides, pains)[:, np.newaxis]

    def strongest(order: Array, axis: int = -1) -> Array:
        return np.abs(np.einsum("ij,i...j->...i", scaled, pains[:, order])).max(axis=-1)

    shuffled = permutation_test(
        (np.arange(sides.shape[1]),), strongest, permutation_type="pairings", vectorized=True,
        n_resamples=RESAMPLES, batch=BATCH, rng=np.random.default_rng(SEED),
    ).null_distribution  # fmt: skip
    return float(np.quantile(shuffled, CONFIDENCE))


def _plain_error(sides: Array, pains: Array) -> Array:
    """Return the standard error of the sums of sides x pains when every run stands for itself.

    A true difference is in it too: of a large one the interval is wider than it need be.
    """
    return ((sides**2).sum(axis=1) * (pains**2).mean(axis=1)) ** 0.5


def _error(sides: Array, pains: Array) -> Array:
    """Return the standard error of the sums, larger where a side and the pain both come in runs that follow
    each other (Bartlett 1935), and because what is allowed for was learnt from the same runs.
    """
    import numpy as np

    alike = np.ones(len(sides))
    for lag in range(1, ALIKE + 1):
        alike += 2 * (1 - lag / (ALIKE + 1)) * _likeness(sides, lag) * _likeness(pains, lag)
    runs = (sides != 0).sum(axis=1)
    return _plain_error(sides, pains) * (np.maximum(alike, 1) * runs / (runs - LEARNT)) ** 0.5


def _likeness(rows: Array, lag: int) -> Array:
    """Return the correlation of each row with itself, `lag` runs later."""
    return (rows[:, lag:] * rows[:, :-lag]).sum(axis=1) / (rows**2).sum(axis=1)


def _freed(mornings: Sequence[Morning], split: _Split) -> tuple[Array, Array]:
    """Return side and next morning of each run, both freed of what is allowed for; 0 where the side is not known."""
    import numpy as np

    allowed = np.array([_allowed_for(morning, split.factor) for morning in mornings], dtype=float)
    pain = _residual(np.array([morning.after for morning in mornings], dtype=float), allowed)
    known = np.array([side is not None for side in split.sides])
    sides = np.array([bool(side) for side in split.sides], dtype=float)
    freed = np.zeros_like(sides)
    freed[known] = _residual(sides[known], allowed[known])
    return freed, pain


def _allowed_for(morning: Morning, factor: Factor) -> tuple[float, ...]:
    """Return the numbers of a run that are held alike. A back can be stiff in the mornings: scores before
    runs of either half of the day are held apart, and not used where the half is what is compared.
    """
    if factor == "morning":
        return 1, *morning.levels
    return 1, *morning.levels, morning.before, morning.run.hour is not None and morning.run.hour < NOON


def _residual(values: Array, allowed: Array) -> Array:
    import numpy as np

    fitted, *_rest = np.linalg.lstsq(allowed, values, rcond=None)
    return values - allowed @ fitted


def _effect(split: _Split, found: _Found | None) -> Effect:
    runs, others = _counts(split)
    if found is None:
        return Effect(factor=split.factor, level=split.level, runs=runs, others=others)
    return Effect(
        factor=split.factor,
        level=split.level,
        runs=runs,
        others=others,
        verdict=_verdict(split.factor, found),
        difference=found.difference,
        low=found.low,
        high=found.high,
    )


def _verdict(factor: Factor, found: _Found) -> Verdict:
    """A difference that is surely below what can be noticed is no finding. Of longer or harder runs neither
    better mornings nor "no difference" is said: people run so on days they feel better, more than a score
    before tells, and that hides a part of what follows.
    """
    is_small = found.low > -NOTICEABLE and found.high < NOTICEABLE
    if factor in CHOSEN_BY_FEEL:
        return "likely" if found.low > 0 and not is_small else "open"
    if is_small:
        return "unlikely"
    return "likely" if found.low > 0 or found.high < 0 else "open"
