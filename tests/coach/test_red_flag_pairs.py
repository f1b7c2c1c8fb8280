"""The coach keeps red_flags.md for every two answers and every condition beside an answer; exhaustive, so slower."""

from __future__ import annotations

import itertools

import pytest

from backpain.coach.decision import Verdict
from backpain.coach.screening import QUESTIONS
from tests.coach.red_flag_table import answered, flagged, in_episode, quiet, rows, rung
from tests.coach.stories import BASE_ITEMS, planking

ITEMS = [question.item for question in QUESTIONS]
WORDS = ("yes", "unsure", "not_said")
PROGRESS = Verdict.PROGRESS
ALONE = {(row["question"], word): rung(row[word]) for row in rows("One answer") for word in WORDS}
IN_EPISODE = ALONE | {
    (row["question"], word): rung(row[word])
    for row in rows("One answer in an open episode")
    for word in WORDS
}
TOGETHER = {
    frozenset(tuple(row[side].split()) for side in ("one", "other")): rung(row["together"])
    for row in rows("Two answers")
}
CONDITIONS = {row["condition"]: row for row in rows("A condition of the profile")}
BESIDE = {
    (row["condition"], row["question"], word): rung(row[word])
    for row in rows("A condition beside an answer")
    for word in WORDS
}
BASES = {"no episode": (quiet(), ALONE), "open episode": (in_episode(), IN_EPISODE)}
in_each_base = pytest.mark.parametrize("base", BASES)


@in_each_base
@pytest.mark.parametrize("one", ITEMS)
def test_two_answers_give_the_rung_of_the_table(one, base):
    told, alone = BASES[base]
    for other, word, other_word in itertools.product(ITEMS[ITEMS.index(one) + 1 :], WORDS, WORDS):
        pair = (one, word), (other, other_word)
        wanted = max(alone[pair[0]], alone[pair[1]], TOGETHER.get(frozenset(pair), PROGRESS))

        assert flagged(answered(told, **dict(pair)).decide()) is wanted, pair


@pytest.mark.parametrize("one", BASE_ITEMS)
def test_no_step_is_earned_beside_any_flag(one):
    for other, word, other_word in itertools.product(BASE_ITEMS[BASE_ITEMS.index(one) + 1 :], WORDS, WORDS):
        decision = answered(planking(), **{one: word, other: other_word}).decide()
        flag = flagged(decision) is not PROGRESS

        assert (decision.verdict is PROGRESS) is not flag, (one, word, other, other_word)
        assert any(move.goes_up for move in decision.moves) is not flag
        assert decision.running.may_run or flag


@in_each_base
@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_beside_an_answer_gives_the_rung_of_the_table(condition, base):
    told, alone = BASES[base]
    own = rung(CONDITIONS[condition][base])
    told = told.runner(conditions=frozenset({condition}))
    for item, word in itertools.product(ITEMS, WORDS):
        wanted = BESIDE.get((condition, item, word), max(own, alone[item, word]))

        assert flagged(answered(told, **{item: word}).decide()) is max(own, wanted), (item, word)
