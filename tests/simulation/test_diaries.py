import hashlib
import json
import os
import subprocess
import sys
from random import Random

import pytest
from jsonschema import Draft202012Validator

from backpain.coach.chronicle import Chronicle
from backpain.coach.history import as_data
from backpain.exercises.shipped import shipped_catalogue
from backpain.plan.contract import read_history
from backpain.simulation.diaries import FIRST_DAY, Order, make, retold
from backpain.simulation.truths import COHORTS, LONG_RUNS

CATALOGUE = shipped_catalogue()
DIGEST = """
import hashlib, json
from backpain.coach.history import as_data
from backpain.exercises.shipped import shipped_catalogue
from backpain.simulation.diaries import Order, make
order = Order(cohort="fluctuating", number=3, seed=9, diary=True)
text = json.dumps(as_data(make(order, catalogue=shipped_catalogue()).history), sort_keys=True)
print(hashlib.sha256(text.encode()).hexdigest())
"""


def runner(cohort, number=0, seed=1, **more):
    return make(Order(cohort=cohort, number=number, seed=seed, **more), catalogue=CATALOGUE)


@pytest.mark.parametrize("cohort", COHORTS)
def test_every_cohort_keeps_the_contract(cohort):
    with open("backpain/plan/history.schema.json") as file:
        schema = json.load(file)
    data = json.loads(json.dumps(as_data(runner(cohort, diary=True).history)))

    Draft202012Validator(schema).validate(data)
    assert as_data(read_history(json.dumps(data).encode())) == data


def test_the_same_order_gives_the_same_runner():
    assert runner("episodic", diary=True) == runner("episodic", diary=True)


@pytest.mark.parametrize("change", [{"seed": 2}, {"number": 1}, {"cohort": "minor"}])
def test_another_order_gives_another_runner(change):
    assert runner(**{"cohort": "episodic"} | change).history != runner("episodic").history


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_a_runner_does_not_depend_on_the_hash_seed(hash_seed):
    here = runner("fluctuating", number=3, seed=9, diary=True).history
    text = json.dumps(as_data(here), sort_keys=True)
    there = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=True,
        text=True,
    )

    assert there.stdout.strip() == hashlib.sha256(text.encode()).hexdigest()


def test_more_gaps_leave_the_truth_as_it_is():
    few, many = runner("worsen_step", missing=0.1), runner("worsen_step", missing=0.4)
    scores = {check_in.on: check_in.score for check_in in few.history.check_ins}

    assert few.truth == many.truth
    assert len(many.history.check_ins) < len(few.history.check_ins)
    assert all(scores.get(c.on, c.score) == c.score for c in many.history.check_ins)


def test_check_ins_alone_are_nothing_but_check_ins():
    history = runner("worsen_step").history

    assert history.check_ins
    assert not (history.runs or history.sessions or history.screenings or history.placements)
    assert all(check_in.flare is None for check_in in history.check_ins)


def test_a_diary_has_whatever_the_coach_can_use():
    history = runner("persist_severe", diary=True).history

    assert history.runs and history.sessions and history.screenings and history.placements
    assert history.skipped_runs
    assert {sign for run in history.runs for sign in run.signs} <= {"stopped", "shortened"}
    assert any(
        run.signs for number in range(5) for run in runner("persist_severe", number, diary=True).history.runs
    )
    assert any(check_in.flare for check_in in runner("worsen_step", diary=True).history.check_ins)


def test_an_overreaching_runner_runs_far_too_long_on_the_named_days():
    told = runner("overreaching", missing=0, diary=True)
    metres = {(run.started_at.date() - FIRST_DAY).days: run.distance_m for run in told.history.runs}
    usual = max(distance for day, distance in metres.items() if day not in LONG_RUNS)

    assert all(metres[day] >= 1.3 * usual for day in LONG_RUNS)
    assert all(told.truth.means[day + 1] >= told.truth.means[day] + 1.9 for day in LONG_RUNS)


def test_told_again_late_and_elsewhere_each_entry_keeps_its_day():
    history = runner("flare_recover", diary=True).history
    again = retold(history, time_zone="Pacific/Auckland", random=Random(1))

    assert again.check_ins != history.check_ins
    assert all(check_in.retrospective for check_in in again.check_ins)
    assert [run.started_at for run in again.runs] != [run.started_at for run in history.runs]
    assert Chronicle(again).pain_by_day == Chronicle(history).pain_by_day
    assert Chronicle(again).runs.days == Chronicle(history).runs.days
