import datetime as dt
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from backpain.coach.decide import decide
from backpain.coach.decision import Verdict
from backpain.coach.facts import facts_from
from backpain.coach.history import as_data, history_from
from backpain.coach.thresholds import SHIPPED
from backpain.exercises.shipped import shipped_catalogue
from backpain.simulation.demo import days_of, demo_history

UNTIL = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def history():
    return demo_history(until=UNTIL, time_zone="Europe/London", seed=1)


def test_keeps_the_schema_of_histories(history):
    with open("backpain/plan/history.schema.json") as file:
        schema = json.load(file)

    Draft202012Validator(schema).validate(json.loads(json.dumps(as_data(history))))


def test_is_the_same_for_the_same_seed(history):
    assert demo_history(until=UNTIL, time_zone="Europe/London", seed=1) == history
    assert demo_history(until=UNTIL, time_zone="Europe/London", seed=2) != history


def test_survives_the_way_through_json(history):
    assert history_from(as_data(history)) == history


def test_covers_sixteen_weeks_and_leaves_the_last_day_open(history):
    days = [run.started_at.date() for run in history.runs] + [check_in.on for check_in in history.check_ins]

    assert min(days) >= UNTIL - dt.timedelta(days=111)
    assert max(days) == UNTIL - dt.timedelta(days=1)
    assert len(history.runs) == 47  # three a week, one skipped in the flare


def test_is_nobody_who_never_misses_a_session_nor_has_a_flare(history):
    flares = [check_in.on for check_in in history.check_ins if check_in.flare]

    assert len(history.sessions) == 25  # of 27
    assert (flares[0], len(flares)) == (UNTIL - dt.timedelta(days=58), 5)


def test_every_session_follows_the_placements_of_its_day(history):
    for session in history.sessions:
        for done in session.sets:
            stood = [
                placement
                for placement in history.placements
                if placement.exercise == done.exercise and placement.since <= session.started_at.date()
            ]
            assert done.target in {placement.target for placement in stood}
            assert (done.unit, done.hold_s) == (stood[-1].unit, stood[-1].hold_s)


def test_its_days_have_all_of_it(history):
    days = list(days_of(history, until=UNTIL))

    assert [day.on for day in days] == [UNTIL - dt.timedelta(days=n) for n in range(111, 0, -1)]
    for name in ("check_ins", "runs", "skipped_runs", "sessions", "screenings", "care"):
        entered = [entry.id for day in days for entry in getattr(day.entered, name)]
        assert sorted(entered) == sorted(entry.id for entry in getattr(history, name))
    assert {p for day in days for p in day.entered.placements} == set(history.placements)


@pytest.mark.parametrize("until", [UNTIL, dt.date(2026, 3, 30), dt.date(2028, 2, 29)])
def test_every_step_is_what_the_coach_advises_that_morning(until):
    history = demo_history(until=until, time_zone="Europe/London", seed=1)
    first = min(placement.since for placement in history.placements)
    lived = replace(
        history, check_ins=(), runs=(), skipped_runs=(), sessions=(), screenings=(), care=(), placements=()
    )
    for on, entered, _ in days_of(history, until=until):
        steps = {placement.ladder: _dose(placement) for placement in entered.placements}
        if steps and on > first:
            decision = decide(facts_from(lived, on, catalogue=shipped_catalogue()), thresholds=SHIPPED)
            advised = {move.ladder: _dose(move.to) for move in decision.moves if move.to}
            assert steps.items() <= advised.items(), on
        lived = _with(lived, entered)


def _dose(dose):
    return dose.exercise, dose.sets, dose.target


def _with(lived, entered):
    names = ("check_ins", "runs", "skipped_runs", "sessions", "screenings", "care", "placements")
    return replace(lived, **{name: getattr(lived, name) + getattr(entered, name) for name in names})


def test_every_placement_is_a_rung_of_the_shipped_catalogue(history):
    rungs = {
        (ladder.slug, rung.exercise, rung.unit, rung.per_side, rung.hold_s)
        for ladder in shipped_catalogue().ladders
        for rung in ladder.rungs
    }
    sided = {done.exercise: done.side is not None for session in history.sessions for done in session.sets}

    for placement in history.placements:
        assert (
            placement.ladder,
            placement.exercise,
            placement.unit,
            sided[placement.exercise],
            placement.hold_s,
        ) in rungs


@pytest.mark.parametrize("until", [UNTIL, dt.date(2026, 3, 30), dt.date(2028, 2, 29)])
def test_ends_with_one_move_up_to_accept(until):
    history = demo_history(until=until, time_zone="Europe/London", seed=1)

    decision = decide(facts_from(history, until, catalogue=shipped_catalogue()), thresholds=SHIPPED)

    assert decision.verdict is Verdict.PROGRESS
    assert [(move.ladder, move.kind) for move in decision.moves if move.goes_up] == [
        ("front-plank", "longer")
    ]
    assert decision.running.may_run
    assert decision.running.warning == "none"
