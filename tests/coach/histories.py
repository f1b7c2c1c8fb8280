"""Made-up histories that look like runners' logs: episodes, runs, stages, ladders, screens, care, gaps, warning signs.

About one in five is on the brink of a step up, so that a property about caution has something to break. Every
instant is a local time of the runner's zone; nothing is dated after `ON`, except what belongs to the morning after.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from backpain.coach.history import (
    Care,
    CheckIn,
    History,
    Pain,
    Placement,
    Questionnaire,
    Rest,
    Run,
    Runner,
    Screening,
    Session,
    SetDone,
    SkippedRun,
)
from backpain.coach.screening import INFLAMMATORY_ITEMS, NERVE_ITEMS
from tests.coach.stories import ALICE, BASE_ITEMS, day

ON = day("03-16")
LONGEST = 120  # days of a log, but for the few long ones

SITES = "low-back-left low-back-right mid-back buttock-left groin-left hip-right knee-left abdomen".split()
BOTH_LEGS = ("below-knee-left", "below-knee-right")
CONDITIONS = "osteoporosis steroids-3-months cancer-ever immunosuppressed known-aneurysm".split()
WORDS = ("yes", "unsure", "not_said", "no")
RUNGS = (  # ladder, exercise, unit, targets, sides
    ("front-plank", "forearm-plank", "s", (20, 25, 30, 60), (None,)),
    ("front-plank", "knee-plank", "s", (25, 30), (None,)),
    ("quadruped", "bird-dog", "reps", (8, 10, 12), ("left", "right")),
    ("bridge", "glute-bridge", "reps", (10, 12, 15), (None,)),
    ("anti-extension", "beetle", "reps", (10, 12), ("left", "right")),
    ("back-extension", "superman", "reps", (8, 12), (None,)),
)
SETTLED = [(0, 1, 1, 0), (0, 0, 0, 0), (1, 1, 1, 1), (1, 2, 1, 0), (2, 2, 2, 2), (0, 1, None, 1)]
TROUBLED = [(0, 3, 1, 0), (0, 6, 2, 1), (1, 1, 1, 3), (4, 4, 4, 4), (3, 4, 3, 3), (0, 1, 6, 1), (6, 7, 7, 8)]
UNFINISHED = [(0, 1, 1, None), (None, 1, 1, 1), (0, None, 0, 0), (None, None, None, None), (1, 7, 3, None)]

scores = st.integers(0, 10)
ago = st.integers(0, 15) | st.integers(0, LONGEST)  # most of what decides is recent
rarely = st.integers(0, 5).map(lambda n: n == 0)
pains = st.sampled_from(SETTLED * 4 + TROUBLED + UNFINISHED).map(
    lambda p: Pain(before=p[0], during=p[1], after=p[2], next_morning=p[3])
)
sites = st.frozensets(st.sampled_from(SITES), max_size=2)


def before(days: int) -> dt.date:
    return ON - dt.timedelta(days=days)


def local(runner: Runner, on: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """Return the instant of a wall-clock time of the runner's zone."""
    return dt.datetime.combine(on, dt.time(hour, minute), tzinfo=ZoneInfo(runner.time_zone))


@st.composite
def diaries(draw) -> tuple[CheckIn, ...]:
    """Stretches of pain around a level, each with a pattern of readings and days without one."""
    told: dict[dt.date, CheckIn] = {}
    on = before(draw(st.integers(10, LONGEST)))
    while on <= ON:
        level = draw(st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 6, 8]))
        pattern = draw(st.lists(st.sampled_from([0, 0, 0, 0, 1, -1, 2, None]), min_size=1, max_size=6))
        for step in range(draw(st.integers(2, 40))):
            offset = pattern[step % len(pattern)]
            if offset is not None and on <= ON:
                told[on] = CheckIn(on=on, score=min(10, max(0, level + offset)))
            on += dt.timedelta(days=1)
    for days in draw(st.lists(ago, max_size=2)):
        if (kept := told.get(before(days))) is not None:
            told[kept.on] = replace(kept, **draw(extras))
    return tuple(told.values())


extras = st.fixed_dictionaries(
    {},
    optional={
        "score": scores,
        "sites": sites | st.just(frozenset(BOTH_LEGS)),
        "feel": st.frozensets(st.sampled_from(["numb", "burning", "weak"]), max_size=1),
        "cannot": st.frozensets(st.sampled_from(["sleep", "walk", "dress"]), max_size=2),
        "flare": st.booleans(),
    },
)


@st.composite
def runs(draw, runner: Runner) -> tuple[Run, ...]:
    usual = draw(st.sampled_from([3000, 5000, 10_000]))
    made = []
    for days in draw(st.lists(ago, max_size=14)):
        share = draw(st.sampled_from([1, 1, 1, 1.1, 1.25, 1.5, 2.5, 0.8]))
        is_walk = draw(rarely)
        made.append(
            Run(
                started_at=local(
                    runner, before(days), draw(st.sampled_from([6, 18])), draw(st.integers(0, 59))
                ),
                distance_m=None if draw(rarely) else usual * share,
                duration_s=usual * share * 0.36,
                effort=draw(st.none() | st.integers(0, 10)),
                activity="walk" if is_walk else None,
                stage=draw(st.none() | st.none() | st.integers(1, 7)),
                surface=draw(st.sampled_from([None, "road", "road", "road", "trail"])),
                shoe=draw(st.sampled_from([None, "Blue", "Blue", "Red"])),
                pain=draw(pains),
                signs=frozenset(
                    draw(st.sampled_from([[]] * 8 + [["limp"], ["stopped"], ["shortened"], ["sharp"]]))
                ),
                sites=draw(sites) if draw(rarely) else frozenset(),
            )
        )
    return tuple(made)


@st.composite
def sessions(draw, runner: Runner) -> tuple[tuple[Session, ...], tuple[Placement, ...]]:
    """Sessions on one or two ladders at their placed doses, more or less done, in form or not."""
    made, placed = [], []
    chosen = draw(st.lists(st.sampled_from(RUNGS), max_size=2, unique_by=lambda rung: rung[0]))
    for ladder, exercise, unit, targets, sides in chosen:
        target = float(draw(st.sampled_from(targets)))
        if not draw(rarely):
            since = None if draw(rarely) else before(draw(st.integers(14, LONGEST)))
            placed.append(
                Placement(ladder=ladder, exercise=exercise, sets=3, target=target, unit=unit, since=since)
            )
        for days in draw(st.lists(ago, max_size=6)):
            done = [target + draw(st.sampled_from([0, 0, 0, 1, 2, -2])) for _ in range(3)]
            about = {"good_form": draw(st.sampled_from([True] * 8 + [False, None]))}
            about |= {"pain": draw(st.none() | st.sampled_from([0, 1, 6]))} if draw(rarely) else {}
            made.append(
                Session(
                    started_at=local(runner, before(days), 7, draw(st.integers(0, 59))),
                    effort=draw(st.none() | st.integers(3, 9)),
                    ordinary_soreness=draw(rarely) or None,
                    pain=draw(pains),
                    sets=tuple(
                        SetDone(
                            exercise=exercise, unit=unit, target=target, done=float(count), side=side, **about
                        )
                        for count in done
                        for side in sides
                    ),
                )
            )
    return tuple(made), tuple(placed)


@st.composite
def screenings(draw, runner: Runner) -> tuple[Screening, ...]:
    """Complete screens, mostly all no and one of them recent; some nerve sets, some worrying answers."""
    made = []
    for days in [draw(st.integers(0, 8)), *draw(st.lists(ago, max_size=3))]:
        kind = draw(st.sampled_from(["full"] * 5 + ["nerve"]))
        items = (
            NERVE_ITEMS if kind == "nerve" else [*BASE_ITEMS, *(INFLAMMATORY_ITEMS if draw(rarely) else ())]
        )
        worries = draw(st.dictionaries(st.sampled_from(items), st.sampled_from(WORDS), max_size=2))
        answers = dict.fromkeys(items, "no") | (worries if draw(rarely) else {})
        made.append(
            Screening(at=local(runner, before(days), draw(st.integers(5, 22))), kind=kind, answers=answers)
        )
    return tuple(made)


cares = st.lists(
    st.builds(Care, on=ago.map(before), assessed=st.booleans(), clears=st.booleans()), max_size=2
).map(tuple)
skips = st.lists(
    st.builds(SkippedRun, on=ago.map(before), because=st.sampled_from(["back-pain", "other"])), max_size=1
).map(tuple)
rests = st.lists(
    st.builds(
        lambda days, length, start, end: Rest(
            from_on=before(days),
            to_on=before(days) + dt.timedelta(days=length),
            pain_at_start=start,
            pain_at_end=end,
        ),
        ago,
        st.integers(0, 6),
        st.none() | scores,
        st.none() | scores,
    ),
    max_size=2,
).map(tuple)
forms = st.lists(
    st.builds(
        Questionnaire,
        on=ago.map(before),
        form=st.just("peg"),
        answers=st.fixed_dictionaries(dict.fromkeys(("pain", "enjoyment", "activity"), scores)),
    ),
    max_size=2,
).map(tuple)
runners = st.builds(
    replace,
    st.just(ALICE),
    time_zone=st.sampled_from(["Europe/London", "Pacific/Kiritimati", "America/Los_Angeles"]),
    birth_year=st.sampled_from([1990] * 6 + [None, 1961, 1970, 2006, 2009, 2011]),
    pain_began_on=st.none() | st.none() | ago.map(before),
    conditions=st.sampled_from([frozenset[str]()] * 8 + [frozenset({name}) for name in CONDITIONS]),
    first_ever_episode=st.sampled_from([False, False, True, None]),
    episodes_last_12_months=st.sampled_from([None, None, 1, 3]),
)


@st.composite
def logs(draw) -> History:
    runner = draw(runners)
    trained, placed = draw(sessions(runner))
    return History(
        runner=runner,
        check_ins=draw(diaries()),
        runs=draw(runs(runner)),
        sessions=trained,
        placements=placed,
        screenings=draw(screenings(runner)),
        care=draw(cares),
        rests=draw(st.just(()) | rests),
        skipped_runs=draw(st.just(()) | st.just(()) | skips),
        questionnaires=draw(st.just(()) | forms),
        run_walk_since=draw(st.none() | ago.map(before)),
        gentle_since=draw(st.none() | st.none() | st.none() | ago.map(before)),
    )


@st.composite
def brinks(draw) -> History:
    """A quiet runner whose planks have earned a step up, and up to two things that may stand in its way."""
    runner = replace(ALICE, time_zone=draw(st.sampled_from(["Europe/London", "Asia/Kathmandu"])))
    quiet = draw(st.lists(st.sampled_from([0, 0, 1, 1, 2]), min_size=8, max_size=40))
    planks = [
        Session(
            started_at=local(runner, before(days), 7),
            effort=5,
            pain=draw(
                st.sampled_from(SETTLED).map(
                    lambda p: Pain(before=p[0], during=p[1], after=p[2], next_morning=p[3])
                )
            ),
            sets=(SetDone(exercise="forearm-plank", unit="s", target=25.0, done=25.0, good_form=True),) * 3,
        )
        for days in (5, 2)
    ]
    log = History(
        runner=runner,
        check_ins=tuple(CheckIn(on=before(days), score=score) for days, score in enumerate(quiet)),
        sessions=tuple(planks),
        placements=(
            Placement(
                ladder="front-plank",
                exercise="forearm-plank",
                sets=3,
                target=25.0,
                unit="s",
                since=before(20),
            ),
        ),
        screenings=(
            Screening(at=local(runner, before(0), 6), kind="full", answers=dict.fromkeys(BASE_ITEMS, "no")),
        ),
    )
    for name, more in draw(st.lists(hurdles(runner), max_size=2)):
        log = replace(log, **{name: (*getattr(log, name), *more)})
    return log


def hurdles(runner: Runner):
    """Return a strategy of (field of a history, entries to add)."""
    return st.one_of(
        st.tuples(st.just("runs"), runs(runner)),
        st.tuples(st.just("screenings"), screenings(runner)),
        st.tuples(st.just("care"), cares),
        st.tuples(st.just("rests"), rests),
        st.tuples(st.just("skipped_runs"), skips),
        st.tuples(st.just("sessions"), sessions(runner).map(lambda made: made[0])),
    )


histories = st.one_of(logs(), logs(), brinks())


@st.composite
def long_histories(draw) -> History:
    """A log with an earlier life: the same kind of entries one to three years before."""
    recent, old = draw(histories), draw(logs())
    shift = dt.timedelta(days=draw(st.sampled_from([90, 380, 400, 430, 800])))
    return replace(
        recent,
        check_ins=tuple({c.on: c for c in (*earlier(old.check_ins, shift), *recent.check_ins)}.values()),
        **{
            name: (*earlier(getattr(old, name), shift), *getattr(recent, name))
            for name in ("runs", "sessions", "screenings", "care", "rests", "skipped_runs", "questionnaires")
        },
    )


def earlier(entries, shift: dt.timedelta):
    """Return the entries as if they had been made so much earlier."""
    for entry in entries:
        dated = {
            name: getattr(entry, name)
            for name in ("on", "started_at", "at", "from_on", "to_on")
            if hasattr(entry, name)
        }
        yield replace(entry, **{name: value - shift for name, value in dated.items() if value is not None})


# Whatever the contract allows, however odd

far_days = st.sampled_from([day("1900-01-01"), day("2100-12-31"), day("2000-02-29"), ON]) | ago.map(before)
zones = st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Europe/London"])
offsets = st.integers(-1439, 1439).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
instants = st.builds(dt.datetime.combine, far_days, st.times(), tzinfo=offsets)
extreme_sets = st.builds(
    SetDone,
    exercise=st.sampled_from(["forearm-plank", "bird-dog", "cat-cow", "handstand"]),
    unit=st.sampled_from(["s", "reps", "rounds", "min"]),
    done=st.sampled_from([0.0, 8.0, 30.0, 3600.0]),
    target=st.none() | st.sampled_from([0.0, 8.0, 3600.0]),
    side=st.sampled_from(["left", "right", None]),
    pain=st.none() | scores,
    good_form=st.none() | st.booleans(),
    hold_s=st.none() | st.just(600.0),
    trial=st.none() | st.booleans(),
)
extremes = st.builds(
    History,
    runner=st.builds(
        replace,
        st.just(ALICE),
        time_zone=zones,
        birth_year=st.sampled_from([None, 1900, 1990, 2100]),
        pain_began_on=st.none() | far_days,
        conditions=st.frozensets(st.sampled_from(["osteoporosis", "known-aneurysm", "cancer-ever"])),
    ),
    check_ins=st.lists(st.builds(CheckIn, on=far_days, score=scores), max_size=5).map(tuple),
    runs=st.lists(
        st.builds(
            Run,
            started_at=instants,
            pain=pains,
            distance_m=st.sampled_from([None, 0.0, 200_000.0]),
            duration_s=st.sampled_from([None, 0.0, 86_400.0]),
            stage=st.sampled_from([None, 1, 7]),
        ),
        max_size=5,
    ).map(tuple),
    sessions=st.lists(
        st.builds(
            Session, started_at=instants, pain=pains, sets=st.lists(extreme_sets, max_size=4).map(tuple)
        ),
        max_size=4,
    ).map(tuple),
    screenings=st.lists(
        st.builds(
            Screening,
            at=instants,
            kind=st.sampled_from(["full", "nerve", None]),
            answers=st.dictionaries(
                st.sampled_from(BASE_ITEMS), st.sampled_from(["yes", "no", "unsure", "not_said"])
            ),
        ),
        max_size=3,
    ).map(tuple),
    rests=st.lists(st.builds(Rest, from_on=far_days, to_on=far_days), max_size=3).map(tuple),
    care=st.lists(st.builds(Care, on=far_days, assessed=st.booleans(), clears=st.booleans()), max_size=2).map(
        tuple
    ),
    placements=st.lists(
        st.builds(
            Placement,
            ladder=st.sampled_from(["front-plank", "quadruped", "nothing"]),
            exercise=st.sampled_from(["forearm-plank", "bird-dog", "handstand"]),
            unit=st.sampled_from(["s", "reps"]),
            sets=st.integers(1, 10),
            target=st.sampled_from([1.0, 3600.0]),
            since=st.none() | far_days,
        ),
        max_size=3,
    ).map(tuple),
)
