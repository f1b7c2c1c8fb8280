from random import Random

import pytest

from backpain.coach.decide import decide
from backpain.coach.decision import Verdict
from backpain.coach.screening import OTHER, QUESTIONS
from backpain.coach.thresholds import SHIPPED
from backpain.exercises.shipped import shipped_catalogue
from backpain.simulation import cases

KNOWN = {"catalogue": shipped_catalogue(), "thresholds": SHIPPED}


@pytest.fixture(scope="module")
def base():
    return next(cases._bases(**KNOWN))


def test_without_its_flag_a_case_is_told_to_progress(base):
    assert decide(base.facts, thresholds=SHIPPED).verdict is Verdict.PROGRESS
    assert cases.is_push(decide(base.facts, thresholds=SHIPPED))


def test_no_flag_is_passed_by():
    assert cases.unsafe(300, seed=1, **KNOWN) == 0


def test_a_push_past_a_flag_would_be_counted(base, monkeypatch):
    push = decide(base.facts, thresholds=SHIPPED)
    monkeypatch.setattr(cases, "decide", lambda facts, **_: push)
    monkeypatch.setattr(cases, "_bases", lambda *_: iter([base]))

    assert cases.unsafe(50, seed=1, **KNOWN) == 50


def test_every_case_has_an_open_flag(base):
    blocks = {question.item: question.block for question in QUESTIONS}
    for number in range(300):
        facts = cases.flagged(base.facts, Random(number))
        open_ = [
            answer
            for signs in (facts.signs, *facts.standing)
            for answer in signs.answers
            if blocks[answer.item] != OTHER and answer.item != "cancer_ever"
        ]
        assert open_, number


def test_flags_are_of_today_and_of_earlier_days(base):
    drawn = [cases.flagged(base.facts, Random(number)) for number in range(200)]
    today = {answer.item for facts in drawn for answer in facts.signs.answers}
    earlier = {answer.item for facts in drawn for signs in facts.standing for answer in signs.answers}

    assert {*cases.EMERGENCY_ITEMS, *cases.URGENT_ITEMS} <= today & earlier
    assert all(signs.on <= facts.on for facts in drawn for signs in facts.standing)
