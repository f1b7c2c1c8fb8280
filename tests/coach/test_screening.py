"""Which questions are asked, and what calls for them."""

from __future__ import annotations

import datetime as dt

import pytest

from backpain.coach.rules import RULES
from backpain.coach.screening import NERVE_ITEMS, QUESTIONS, due_groups, is_complete, questions
from backpain.coach.signs import Screens
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import BASE_ITEMS, calm, day, story


def groups(birth_year=1990, onset=None):
    return due_groups(on=day("03-16"), birth_year=birth_year, onset=onset, thresholds=SHIPPED)


def test_no_question_is_asked_whose_answer_has_no_rule():
    known = {rule.id for rule in RULES}

    assert all(question.rules and set(question.rules) <= known for question in QUESTIONS)


def test_the_nerve_set_is_the_first_six_and_the_one_leg_question():
    assert len(questions("nerve", groups())) == 7


def test_a_full_screen_has_every_question_that_is_due():
    assert [question.item for question in questions("full", groups(birth_year=2006))] == BASE_ITEMS


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


@pytest.mark.parametrize(
    ("item", "word", "complete"),
    [
        ("both_legs", "unsure", True),
        ("both_legs", "not_said", False),
        ("both_legs", None, False),
        ("sexual_change", "not_said", True),
        ("sexual_change", None, False),
    ],
)
def test_a_set_is_complete_when_each_question_is_answered(item, word, complete):
    answers = dict.fromkeys(NERVE_ITEMS, "no") | {item: word}
    told = {item: word for item, word in answers.items() if word}

    assert is_complete(told, questions("nerve", groups())) is complete


# what calls for the questions


@pytest.mark.parametrize(
    ("values", "full", "nerve", "owed"),
    [
        ("2 3 3", "02-20", None, None),
        ("2 3 5", "02-20", "03-16", None),  # a jump of two
        ("2 2 5", "03-16", "03-16", None),  # of three
        ("3 5 6", "02-20", "03-16", "03-16"),  # six
        ("3 4 4 4 4", "03-17", None, None),  # the third reading of a flare
        ("3 4 5 6 7 7 7 7", "03-20", "03-21", "03-21"),  # the third seven
        ("3 " + "4 " * 8, "03-22", None, None),  # a sustained rise
    ],
)
def test_rises_of_the_pain_call_for_the_questions(values, full, nerve, owed):
    last = day("03-13") + dt.timedelta(days=len(values.split()))
    screens = story().pain("02-20", "2 " * 23).pain("03-14", values).facts(last.isoformat()).screens

    assert screens.full_owed_since == day(full)
    assert screens.nerve_due_since == (day(nerve) if nerve else None)
    assert screens.nerve_owed_since == (day(owed) if owed else None)


def test_the_first_three_readings_can_be_a_flare():
    assert story().pain("03-14", "5 5 5").facts().screens.full_owed_since == day("03-16")


def test_a_first_reading_is_no_jump():
    assert story().pain("03-14", "5 1").facts("03-14").screens.nerve_due_since is None
    assert story().pain("03-14", "1 3").facts("03-15").screens.nerve_due_since == day("03-15")


@pytest.mark.parametrize(
    ("sites", "feel", "owed"),
    [
        ({"knee-left"}, set(), "03-16"),
        ({"buttock-left"}, {"numb"}, "03-16"),
        ({"buttock-left"}, set(), "03-10"),
        ({"abdomen"}, set(), "03-10"),
    ],
)
def test_the_latest_leg_symptom_calls_for_the_nerve_questions(sites, feel, owed):
    told = calm().pain("03-10", "1", sites=frozenset({"knee-left"}))
    told = told.pain("03-16", "1", sites=frozenset(sites), feel=frozenset(feel))

    assert told.facts().screens.nerve_owed_since == day(owed)


def test_a_nerve_set_is_never_a_full_screen():
    told = story().screen("03-16", kind="nerve", **dict.fromkeys(BASE_ITEMS, "no"))

    assert told.facts().screens == Screens(
        nerve_on=day("03-16"), nerve_clear_on=day("03-16"), groups=frozenset({"always"})
    )
