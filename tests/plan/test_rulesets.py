"""Which ruleset is in force, and what of it runners get."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.urls import reverse

from backpain.coach.ruleset import SAFE, with_changes
from backpain.coach.thresholds import RULESET, SHIPPED
from backpain.plan.models import Ruleset
from backpain.plan.rulesets import in_force, thresholds_of
from backpain.plan.wording import explain
from backpain.training.models import CheckIn
from backpain.training.review import lock, review
from tests.conftest import NOON
from tests.factories import CheckInFactory
from tests.plan.published import published


@pytest.fixture
def draft(db):
    return Ruleset.objects.create(name="calmer", base=RULESET, changes={"cusum_limit": 9})


# In force


def test_without_any_the_shipped_one_is_in_force(db):
    assert in_force() == (RULESET, SHIPPED)


def test_a_draft_is_not_in_force(draft):
    assert in_force().name == RULESET


def test_the_newest_published_one_is_in_force(db):
    published("newer", days_ago=1, cusum_limit=10)
    published("older", days_ago=5, cusum_limit=9)

    assert in_force() == ("newer", with_changes({"cusum_limit": 10}))


def test_one_drafted_beside_another_shipped_ruleset_has_ended(db):
    published(base="2025.1", cusum_limit=9)

    assert in_force().name == RULESET


def test_one_that_is_not_safe_any_more_has_ended(db):
    published(vascular_pain=7)

    assert in_force().name == RULESET


def test_one_query_finds_it(db, django_assert_num_queries):
    published(cusum_limit=9)

    with django_assert_num_queries(1):
        in_force()


def test_older_ones_are_still_known(draft, django_assert_num_queries):
    published("older", days_ago=9, cusum_limit=10)
    published("newer", cusum_limit=11)
    published("beside", base="2025.1", cusum_limit=11)

    with django_assert_num_queries(1):
        known = thresholds_of(["older", "newer", "beside", "calmer", "nobody", RULESET])

    assert {name: values.cusum_limit for name, values in known.items()} == {
        RULESET: SHIPPED.cusum_limit, "older": 10, "newer": 11
    }  # fmt: skip


def test_the_shipped_one_costs_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert thresholds_of([RULESET]) == {RULESET: SHIPPED}


ROOT = Path(__file__).resolve().parents[2] / "backpain"
OUTSIDE = [
    path for room in ("plan", "training", "insights", "reports", "ui") for path in (ROOT / room).rglob("*.py")
]


def test_what_pages_read_of_the_shipped_ruleset_is_the_same_in_every_other():
    """A page that draws the zones or the guard does not ask which ruleset is in force."""
    named = {name for path in OUTSIDE for name in re.findall(r"\bSHIPPED\.(\w+)", path.read_text())}
    handed_on = [*(ROOT / "insights").rglob("*.py"), ROOT / "coach" / "next_step.py"]
    named |= {name for path in handed_on for name in re.findall(r"\bthresholds\.(\w+)", path.read_text())}

    assert named
    assert {name for name in named if not SAFE[name].is_fixed} == set()


# What runners get


@pytest.fixture
def raised(alice, catalogue):
    """Alice with a week of pain at 3 of 10."""
    for day in range(10, 17):
        CheckInFactory(runner=alice, on=dt.date(2026, 3, day), score=3)
    return alice


def reviewed(runner, at=NOON):
    return review(runner=lock(runner), now=at)


def rules(advice):
    return {reason.rule for reason in advice.decided.reasons}


def test_a_review_uses_the_ruleset_in_force_and_the_advice_keeps_its_name(raised):
    before = reviewed(raised)
    published(gate_median=2)

    after = reviewed(raised)

    assert (before.ruleset, after.ruleset) == (RULESET, "calmer")
    assert "G-1" not in rules(before) and "G-1" in rules(after)


def test_an_advice_is_explained_with_the_ruleset_it_was_given_with(raised):
    published(gate_median=2, readings_in_week=5)
    CheckIn.objects.filter(on__lt=dt.date(2026, 3, 13)).delete()
    advice = reviewed(raised)
    published("later", days_ago=0)

    words = {reason.rule: reason.threshold for reason in explain(advice).reasons}

    assert explain(advice).ruleset == "calmer"
    assert "5" in words["M-2"]


def test_facts_are_derived_with_the_ruleset_in_force(raised):
    published(screen_jump=2, nerve_jump=2)
    CheckIn.objects.filter(on=dt.date(2026, 3, 16)).update(score=5)

    assert reviewed(raised).facts["screens"]["full_owed_since"] == "2026-03-16"


def test_the_rule_book_has_the_thresholds_in_force(as_alice):
    published(name="strict", before_high=5)

    html = as_alice.get(reverse("rules")).content.decode()

    assert "Ruleset strict" in html


def test_the_questions_due_follow_the_ruleset_in_force(as_alice, alice, at_noon):
    alice.birth_year = 2003
    alice.save()
    assert "lean_back_pain" not in as_alice.get(reverse("start_screening")).content.decode()

    published(extension_age=25)

    assert "lean_back_pain" in as_alice.get(reverse("start_screening")).content.decode()
