"""What must hold for any history."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from backpain.coach.chronicle import known
from backpain.coach.decide import decide
from backpain.coach.decision import Verdict, decision_from
from backpain.coach.facts import facts_from, facts_from_data
from backpain.coach.history import (
    Care,
    CheckIn,
    History,
    Pain,
    Placement,
    Rest,
    Run,
    Screening,
    Session,
    SetDone,
    SkippedRun,
    as_data,
    history_from,
)
from backpain.coach.replay import replay
from backpain.coach.thresholds import SHIPPED
from tests.coach.conftest import CATALOGUE
from tests.coach.stories import ALICE, BASE_ITEMS, day

ON = day("03-16")
FIRST = day("01-05")
few = settings(max_examples=60, deadline=None)

days = st.dates(FIRST, ON)
scores = st.integers(0, 10)
low_scores = st.sampled_from([0, 0, 0, 1, 1, 2, 2, 3, 4, 6, 8])
maybe = st.none() | low_scores
pains = st.builds(Pain, before=maybe, during=maybe, after=maybe, next_morning=maybe)
sites = st.frozensets(
    st.sampled_from(["low-back-left", "buttock-left", "groin-left", "mid-back"]), max_size=1
)


def instant(on: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(hour), tzinfo=dt.UTC)


@st.composite
def check_ins(draw):
    told = draw(st.dictionaries(days, low_scores, max_size=70))
    return tuple(CheckIn(on=on, score=score, sites=draw(sites)) for on, score in told.items())


@st.composite
def runs(draw):
    started = draw(st.dictionaries(days, st.floats(1000, 20_000), max_size=12))
    signs = st.frozensets(st.sampled_from(["stopped", "shortened", "limp"]), max_size=1)
    return tuple(
        Run(started_at=instant(on, 18), distance_m=round(metres), pain=draw(pains), signs=draw(signs))
        for on, metres in started.items()
    )


@st.composite
def sessions(draw):
    started = draw(st.dictionaries(days, st.sampled_from([15, 20, 25, 30]), max_size=12))
    return tuple(
        Session(
            started_at=instant(on, 7),
            pain=draw(pains),
            sets=tuple(
                SetDone(exercise="forearm-plank", unit="s", target=20.0, done=float(done), good_form=True)
                for _ in range(3)
            ),
        )
        for on, done in started.items()
    )


@st.composite
def screenings(draw):
    at = draw(st.lists(days, unique=True, max_size=4))
    answers = st.sampled_from(["no"] * 40 + ["yes", "unsure", "not_said"])
    return tuple(
        Screening(at=instant(on, 20), kind="full", answers={item: draw(answers) for item in BASE_ITEMS})
        for on in at
    )


cares = st.lists(st.builds(Care, on=days, assessed=st.booleans(), clears=st.booleans()), max_size=2).map(
    tuple
)
skips = st.lists(
    st.builds(SkippedRun, on=days, because=st.sampled_from(["back-pain", "other"])), max_size=2
).map(tuple)
histories = st.builds(
    History,
    runner=st.builds(replace, st.just(ALICE), pain_began_on=st.none() | days),
    check_ins=check_ins(),
    runs=runs(),
    sessions=sessions(),
    screenings=screenings(),
    care=cares,
    skipped_runs=skips,
)


def advise(history: History, on: dt.date = ON):
    return decide(facts_from(history, on, catalogue=CATALOGUE))


@few
@given(histories, scores)
def test_a_higher_newest_value_is_never_less_cautious(history, score):
    newest = max((entry.on for entry in history.check_ins), default=None)
    if newest is None or newest < max((run.started_at.date() for run in history.runs), default=newest):
        return
    raised = tuple(
        replace(entry, score=max(score, entry.score)) if entry.on == newest else entry
        for entry in history.check_ins
    )

    assert advise(replace(history, check_ins=raised)).verdict >= advise(history).verdict


@few
@given(histories, scores, st.sampled_from(["during", "after"]))
def test_more_pain_in_the_newest_bout_is_never_less_cautious(history, score, moment):
    if not history.runs:
        return
    newest = max(history.runs, key=lambda run: run.started_at)
    was = getattr(newest.pain, moment)
    if was is None:
        return
    raised = replace(newest, pain=replace(newest.pain, **{moment: max(score, was)}))
    others = tuple(run for run in history.runs if run is not newest)

    assert advise(replace(history, runs=(*others, raised))).verdict >= advise(history).verdict


@few
@given(histories)
def test_three_days_without_an_entry_never_progress(history):
    assert advise(history, ON + dt.timedelta(days=4)).verdict is not Verdict.PROGRESS


@few
@given(histories, st.randoms())
def test_the_order_of_entry_does_not_matter(history, random):
    def shuffled(entries):
        return tuple(random.sample(entries, len(entries)))

    mixed = replace(
        history,
        check_ins=shuffled(history.check_ins),
        runs=shuffled(history.runs),
        sessions=shuffled(history.sessions),
        screenings=shuffled(history.screenings),
        care=shuffled(history.care),
    )

    assert advise(mixed) == advise(history)


@few
@given(histories)
def test_everything_survives_json(history):
    facts = facts_from(history, ON, catalogue=CATALOGUE)
    decision = decide(facts)

    assert history_from(as_data(history)) == history
    assert facts_from_data(facts.as_data()) == facts
    assert decide(facts_from_data(facts.as_data())) == decision
    assert decision_from(decision.as_data()) == decision


@few
@given(histories, days)
def test_a_day_is_decided_by_what_was_known_on_it(history, on):
    assert advise(known(history, on), on) == advise(history, on)


@settings(max_examples=15, deadline=None)
@given(histories)
def test_one_pass_equals_asking_from_scratch(history):
    first = ON - dt.timedelta(days=20)

    passed = list(replay(history, first, ON, catalogue=CATALOGUE, thresholds=SHIPPED))

    for on, verdict, rules in passed:
        scratch = advise(history, on)
        assert (verdict, set(rules)) == (scratch.verdict, {reason.rule for reason in scratch.reasons})


@few
@given(histories)
def test_there_is_always_a_reason_and_no_move_up_beside_caution(history):
    decision = advise(history)

    assert decision.reasons
    assert decision.verdict is Verdict.PROGRESS or not any(move.goes_up for move in decision.moves)
    assert max(reason.verdict for reason in decision.reasons) >= Verdict.HOLD or decision.moves


far_days = st.sampled_from([day("1900-01-01"), day("2100-12-31"), day("2000-02-29"), ON]) | days
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


@few
@given(extremes, far_days)
def test_whatever_the_contract_allows_is_decided(history, on):
    decision = advise(history, on)

    assert decision.reasons
    assert decision_from(decision.as_data()) == decision
