"""The five cases of the contract, as the files have them and as stories of their own."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from backpain.coach.decide import decide
from backpain.coach.decision import Verdict, decision_from
from backpain.coach.facts import facts_from, facts_from_data
from backpain.coach.history import as_data, history_from
from tests.coach.conftest import CATALOGUE
from tests.coach.stories import calm, planking, sore, story
from tests.shared import shared

NAMES = ["V01", "V06", "V08", "V10", "V16"]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_comes_out_as_expected(name):
    case = json.loads(shared(f"contract/examples/{name}.json").read_text())
    history, expected = history_from(case["history"]), case["expected"]

    decision = decide(facts_from(history, dt.date.fromisoformat(case["on"]), catalogue=CATALOGUE))

    assert decision.verdict.name.lower() == expected["verdict"]
    highest = {reason.rule for reason in decision.reasons if reason.verdict is decision.verdict}
    assert set(expected["rules"]) <= highest
    targets = [move.to.target for move in decision.moves if move.goes_up and move.to]
    assert targets == ([expected["target"]] if expected["target"] else [])
    assert any(move.kind == "level_up" for move in decision.moves) is expected["level_up"]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_survives_the_round_trips(name):
    case = json.loads(shared(f"contract/examples/{name}.json").read_text())
    history = history_from(case["history"])
    facts = facts_from(history, dt.date.fromisoformat(case["on"]), catalogue=CATALOGUE)
    decision = decide(facts)

    assert history_from(as_data(history)) == history
    stored = facts_from_data(json.loads(json.dumps(facts.as_data())))
    assert stored == facts
    assert decide(stored) == decision
    assert decision_from(json.loads(json.dumps(decision.as_data()))) == decision


def test_v01_two_good_planks_earn_five_seconds():
    assert planking().verdict() is Verdict.PROGRESS
    assert planking().move().to.target == 30


def test_v06_a_run_that_hurt_and_did_not_settle_eases():
    hurt = calm().run("03-15 9000 m 1/5/4/4").pain("03-16", "4")

    assert hurt.verdict() is Verdict.REGRESS
    assert hurt.rules()["P-4"] is Verdict.REGRESS


def test_v08_a_run_half_as_long_again_holds_every_step_up():
    runs = planking()
    for on in ("02-26", "03-03", "03-07", "03-11"):
        runs = runs.run(f"{on} 8000 m 0/0/0/0")

    jumped = runs.run("03-15 12000 m 0/1/1/0")

    assert runs.verdict() is Verdict.PROGRESS
    assert jumped.verdict() is Verdict.HOLD
    assert jumped.rules()["L-1"] is Verdict.HOLD
    assert jumped.decide().moves == ()
    assert [(s.rule, s.because) for s in jumped.decide().suppressed] == [("E-4", "A-2")]


def test_v10_sixteen_days_at_four_needs_a_professional():
    assert sore(4, since="02-28").rules()["W-1b"] is Verdict.PROFESSIONAL


def test_v16_numbness_of_the_saddle_is_an_emergency():
    numb = story().pain("03-11", "4 5 5 4 5 5").screen("03-16", saddle_numbness="yes")

    assert numb.verdict() is Verdict.EMERGENCY
    assert numb.decide().moves == ()
    assert not numb.decide().running.may_run
