"""Which questions are asked."""

from __future__ import annotations

from backpain.coach.rules import RULES
from backpain.coach.screening import QUESTIONS, due_groups, questions
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import day


def groups(birth_year=1990, onset=None):
    return due_groups(on=day("03-16"), birth_year=birth_year, onset=onset, thresholds=SHIPPED)


def test_no_question_is_asked_whose_answer_has_no_rule():
    known = {rule.id for rule in RULES}

    assert all(question.rules and set(question.rules) <= known for question in QUESTIONS)


def test_the_nerve_set_is_the_first_six_and_the_one_leg_question():
    assert len(questions("nerve", groups())) == 7


def test_the_emergency_block_comes_first():
    blocks = [question.block for question in questions("full", groups())]

    assert blocks == sorted(blocks, key=["emergency", "urgent", "other"].index)


def test_leaning_back_is_asked_under_twenty():
    assert "young" in groups(birth_year=2006)
    assert "young" not in groups(birth_year=2005)
    assert "young" in groups(birth_year=None)


def test_the_nine_items_are_asked_from_ninety_days_on_if_it_began_under_45():
    assert "inflammatory" in groups(onset=day("2025-12-16"))
    assert "inflammatory" not in groups(onset=day("2025-12-17"))
    assert "inflammatory" not in groups(birth_year=1979, onset=day("2025-12-16"))
    assert "inflammatory" in groups(birth_year=1980, onset=day("2025-12-16"))
