"""The warning-sign questions: what each feeds, when it is asked, and when an answered set is complete.

Sentences live elsewhere; an item is the answer's key in the history contract.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass

from backpain.coach.decision import Verdict
from backpain.coach.thresholds import Thresholds

EMERGENCY, URGENT, OTHER = "emergency", "urgent", "other"


@dataclass(frozen=True)
class Question:
    """`block` is where the page shows it and what a yes can mean at worst on its own."""

    item: str
    rules: tuple[str, ...]
    block: str
    nerve: bool = False  # part of the short nerve set
    may_decline: bool = False  # "prefer not to say" is a full answer
    when: str = "always"  # always | young (R-9) | inflammatory: due only then


QUESTIONS: tuple[Question, ...] = (
    Question("saddle_numbness", ("R-1",), EMERGENCY, nerve=True),
    Question("bladder_change", ("R-1",), EMERGENCY, nerve=True),
    Question("bowel_change", ("R-1",), EMERGENCY, nerve=True),
    Question("sexual_change", ("R-1",), EMERGENCY, nerve=True, may_decline=True),
    Question("both_legs", ("R-1",), EMERGENCY, nerve=True),
    Question("foot_drop_or_weakness", ("R-2",), EMERGENCY, nerve=True),
    Question("major_injury", ("R-3",), EMERGENCY),
    Question("chest_or_tearing_pain", ("R-4",), EMERGENCY),
    Question("one_leg_nerve", ("R-2b", "R-6"), URGENT, nerve=True),
    Question("fever", ("R-5",), URGENT),
    Question("very_unwell", ("R-5",), URGENT),
    Question("cancer_ever", ("R-6",), URGENT),
    Question("weight_loss", ("R-7",), URGENT),
    Question("unrelenting_night_pain", ("R-7",), URGENT),
    Question("band_pain", ("R-7", "R-6"), URGENT),
    Question("lump_or_deformity", ("R-7",), URGENT),
    Question("flank_or_urine", ("R-13",), URGENT),
    Question("minor_injury", ("R-3b",), OTHER),
    Question("impact_pain_one_spot", ("R-8", "R-8c"), OTHER),
    Question("one_sided_sacral", ("R-8",), OTHER),
    Question("bone_pain_at_rest", ("R-8",), OTHER),
    Question("past_stress_fracture", ("R-8",), OTHER),
    Question("periods_absent", ("R-8", "R-8b"), OTHER),
    Question("low_energy_intake", ("R-8", "R-8b"), OTHER),
    Question("lean_back_pain", ("R-9",), OTHER, when="young"),
    Question("pregnant_or_postpartum", ("R-12",), OTHER),
    Question("onset_before_35", ("R-10",), OTHER, when="inflammatory"),
    Question("wakes_second_half", ("R-10",), OTHER, when="inflammatory"),
    Question("buttock_pain", ("R-10",), OTHER, when="inflammatory"),
    Question("better_with_movement", ("R-10",), OTHER, when="inflammatory"),
    Question("better_with_nsaid", ("R-10",), OTHER, when="inflammatory"),
    Question("relative_with_spa", ("R-10",), OTHER, when="inflammatory"),
    Question("arthritis", ("R-10",), OTHER, when="inflammatory"),
    Question("enthesitis", ("R-10",), OTHER, when="inflammatory"),
    Question("psoriasis", ("R-10",), OTHER, when="inflammatory"),
)
BY_ITEM: Mapping[str, Question] = {question.item: question for question in QUESTIONS}
NERVE_SET = tuple(question for question in QUESTIONS if question.nerve)
NERVE_ITEMS = tuple(question.item for question in NERVE_SET)
INFLAMMATORY_ITEMS = tuple(question.item for question in QUESTIONS if question.when == "inflammatory")


def is_worrying(item: str, answer: str) -> bool:
    """Tell whether an answer is anything but a no, or a declined answer where declining is fine."""
    return answer != "no" and not (answer == "not_said" and BY_ITEM[item].may_decline)


def verdict_if_unsure(item: str) -> Verdict:
    """R-1u: one rung below what a yes would mean, and never silent."""
    return {EMERGENCY: Verdict.URGENT, URGENT: Verdict.PROFESSIONAL}.get(BY_ITEM[item].block, Verdict.HOLD)


def due_groups(
    *,
    on: dt.date,
    birth_year: int | None,
    onset: dt.date | None,
    thresholds: Thresholds,
) -> frozenset[str]:
    """Return which groups of questions are due on a day. An unknown birth year asks rather than skips."""
    groups = {"always"}
    if birth_year is None or on.year - birth_year - 1 < thresholds.extension_age:
        groups.add("young")
    long = onset is not None and (on - onset).days >= thresholds.inflammatory_days
    began_in = on.year if onset is None else onset.year
    if long and (birth_year is None or began_in - birth_year - 1 < thresholds.inflammatory_age):
        groups.add("inflammatory")
    return frozenset(groups)


@functools.cache
def full_set(groups: frozenset[str]) -> tuple[Question, ...]:
    """Return the questions of a full screen in the order of the page."""
    return tuple(question for question in QUESTIONS if question.when in groups)


def questions(kind: str, groups: frozenset[str]) -> tuple[Question, ...]:
    """Return the questions of a `full` screen or of the `nerve` set."""
    return NERVE_SET if kind == "nerve" else full_set(groups)


def is_complete(answers: Mapping[str, str], asked: tuple[Question, ...]) -> bool:
    """G-3: every question has a yes, no or unsure; declining counts only where it is offered."""
    return all(
        question.item in answers and (question.may_decline or answers[question.item] != "not_said")
        for question in asked
    )


def is_nerve_clear(answers: Mapping[str, str]) -> bool:
    """Tell whether the nerve questions were all answered with no (R-2c)."""
    return is_complete(answers, NERVE_SET) and not any(
        is_worrying(question.item, answers[question.item]) for question in NERVE_SET
    )
