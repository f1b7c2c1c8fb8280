"""The warning-sign questions: what each feeds, when it is asked, and when an answered set is complete.

Sentences live elsewhere; an item is the answer's key in the history contract.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from backpain.coach.decision import Verdict
from backpain.coach.thresholds import Thresholds

EMERGENCY, URGENT, OTHER = "emergency", "urgent", "other"


@dataclass(frozen=True, kw_only=True)
class Question:
    """`block` is where the page shows it and what a yes can mean at worst on its own."""

    item: str
    rules: tuple[str, ...]
    block: str
    nerve: bool = False  # part of the short nerve set
    may_decline: bool = False  # "prefer not to say" is a full answer
    when: str = "always"  # always | young (R-9) | inflammatory: due only then


def _ask(
    item: str, rules: str, block: str, *, nerve: bool = False, may_decline: bool = False, when: str = "always"
) -> Question:
    return Question(
        item=item, rules=tuple(rules.split()), block=block, nerve=nerve, may_decline=may_decline, when=when
    )


QUESTIONS: tuple[Question, ...] = (
    _ask("saddle_numbness", "R-1", EMERGENCY, nerve=True),
    _ask("bladder_change", "R-1", EMERGENCY, nerve=True),
    _ask("bowel_change", "R-1", EMERGENCY, nerve=True),
    _ask("sexual_change", "R-1", EMERGENCY, nerve=True, may_decline=True),
    _ask("both_legs", "R-1", EMERGENCY, nerve=True),
    _ask("foot_drop_or_weakness", "R-2", EMERGENCY, nerve=True),
    _ask("major_injury", "R-3", EMERGENCY),
    _ask("chest_or_tearing_pain", "R-4", EMERGENCY),
    _ask("one_leg_nerve", "R-2b R-6", URGENT, nerve=True),
    _ask("fever", "R-5", URGENT),
    _ask("very_unwell", "R-5", URGENT),
    _ask("cancer_ever", "R-6", URGENT),
    _ask("weight_loss", "R-7", URGENT),
    _ask("unrelenting_night_pain", "R-7", URGENT),
    _ask("band_pain", "R-7 R-6", URGENT),
    _ask("lump_or_deformity", "R-7", URGENT),
    _ask("flank_or_urine", "R-13", URGENT),
    _ask("minor_injury", "R-3b", OTHER),
    _ask("impact_pain_one_spot", "R-8 R-8c", OTHER),
    _ask("one_sided_sacral", "R-8", OTHER),
    _ask("bone_pain_at_rest", "R-8", OTHER),
    _ask("past_stress_fracture", "R-8", OTHER),
    _ask("periods_absent", "R-8 R-8b", OTHER),
    _ask("low_energy_intake", "R-8 R-8b", OTHER),
    _ask("lean_back_pain", "R-9", OTHER, when="young"),
    _ask("pregnant_or_postpartum", "R-12 R-8b", OTHER),
    _ask("onset_before_35", "R-10", OTHER, when="inflammatory"),
    _ask("wakes_second_half", "R-10", OTHER, when="inflammatory"),
    _ask("buttock_pain", "R-10", OTHER, when="inflammatory"),
    _ask("better_with_movement", "R-10", OTHER, when="inflammatory"),
    _ask("better_with_nsaid", "R-10", OTHER, when="inflammatory"),
    _ask("relative_with_spa", "R-10", OTHER, when="inflammatory"),
    _ask("arthritis", "R-10", OTHER, when="inflammatory"),
    _ask("enthesitis", "R-10", OTHER, when="inflammatory"),
    _ask("psoriasis", "R-10", OTHER, when="inflammatory"),
)
BY_ITEM: Mapping[str, Question] = {question.item: question for question in QUESTIONS}
NERVE_ITEMS = tuple(question.item for question in QUESTIONS if question.nerve)
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


def questions(kind: str, groups: frozenset[str]) -> tuple[Question, ...]:
    """Return the questions of a `full` screen or of the `nerve` set, in the order of the page."""
    if kind == "nerve":
        return tuple(question for question in QUESTIONS if question.nerve)
    return tuple(question for question in QUESTIONS if question.when in groups)


def is_complete(answers: Mapping[str, str], asked: tuple[Question, ...]) -> bool:
    """G-3: every question has a yes, no or unsure; declining counts only where it is offered."""
    return all(
        answers.get(question.item, "not_said") != "not_said"
        or (question.may_decline and answers.get(question.item) == "not_said")
        for question in asked
    )


def is_nerve_clear(answers: Mapping[str, str]) -> bool:
    """Tell whether the nerve questions were all answered with no (R-2c)."""
    asked = tuple(question for question in QUESTIONS if question.nerve)
    return is_complete(answers, asked) and not any(
        is_worrying(question.item, answers[question.item]) for question in asked
    )
