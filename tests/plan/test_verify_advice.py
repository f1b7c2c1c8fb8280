"""verify_advice: what was given comes out again to the letter, or is named."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from backpain.coach.thresholds import ENGINE, RULESET
from backpain.plan.models import Advice, Ruleset
from backpain.training.review import lock, review
from tests.conftest import NOON
from tests.factories import CheckInFactory, RunFactory


def give(runner, days=3):
    """Give the runner one advice a day, of a log with runs and pain."""
    RunFactory(
        runner=runner, distance_m=6000, pain_before=1, pain_during=4, pain_after=2, pain_next_morning=2
    )
    for back in range(20):
        CheckInFactory(runner=runner, on=dt.date(2026, 3, 16) - dt.timedelta(days=back), score=back % 5)
    return [review(runner=lock(runner), now=NOON + dt.timedelta(days=day)) for day in range(days)]


@pytest.fixture
def given(alice, catalogue):
    return give(alice)


@pytest.fixture
def verify(capsys):
    """Run the command and return what it printed and whether it was content."""

    def verify():
        try:
            call_command("verify_advice")
            content = True
        except CommandError as error:
            assert error.returncode == 1
            content = False
        return capsys.readouterr().out.splitlines(), content

    return verify


def test_what_was_given_comes_out_again(given, verify):
    assert verify() == (
        [f"3 agree with engine {ENGINE}", "0 differ", "0 of a ruleset that is not known any more"],
        True,
    )


def test_nothing_given_is_nothing_wrong(db, verify):
    assert verify()[1]


def test_what_a_published_ruleset_gave_comes_out_with_it(alice, catalogue, verify):
    Ruleset.objects.create(
        name="strict",
        base=RULESET,
        changes={"settled_rise": 0, "rise": 1},
        reason="A trial.",
        published_at=NOON,
    )
    advice = give(alice)[0]

    assert advice.ruleset == "strict"
    assert verify() == (
        [f"3 agree with engine {ENGINE}", "0 differ", "0 of a ruleset that is not known any more"],
        True,
    )
    Ruleset.objects.update(changes={})  # behind the admin's back
    assert not verify()[1]


def tampered(advice, **changes):
    Advice.objects.filter(pk=advice.pk).update(**changes)


def test_a_changed_decision_is_named(given, verify):
    decision = given[1].decision
    decision["reasons"][0]["evidence"]["values"] = []
    tampered(given[1], decision=decision)

    assert verify() == (
        [
            f"differs: {given[1].uuid}",
            f"2 agree with engine {ENGINE}",
            "1 differ",
            "0 of a ruleset that is not known any more",
        ],
        False,
    )


def test_a_changed_verdict_is_named(given, verify):
    tampered(given[0], verdict="progress")

    assert f"differs: {given[0].uuid}" in verify()[0]


def test_changed_facts_are_named(given, verify):
    facts = given[2].facts
    facts["newest"]["value"] = 9
    facts["readings"][-1]["value"] = 9
    facts["birth_year"] = None
    tampered(given[2], facts=facts)

    assert f"differs: {given[2].uuid}" in verify()[0]


@pytest.mark.parametrize("facts", [{}, [], "gone", {"on": "soon", "signs": {"on": "2026-03-16"}}, None])
def test_what_are_no_facts_is_named_and_stops_nothing(given, verify, facts):
    tampered(given[0], facts=facts if facts is not None else [None])

    lines, content = verify()

    assert lines[:2] == [f"differs: {given[0].uuid}", f"2 agree with engine {ENGINE}"]
    assert not content


def test_other_engines_and_rulesets_nobody_knows_are_counted(given, verify):
    tampered(given[0], engine="0", decision={})
    tampered(given[1], ruleset="2020.1", decision={})

    assert verify() == (
        [
            f"1 agree with engine {ENGINE}",
            "0 differ",
            "1 of a ruleset that is not known any more",
            "1 of engine 0, not recomputed",
        ],
        True,
    )


def test_costs_no_query_an_advice(given, verify, django_assert_num_queries):
    with django_assert_num_queries(3):
        verify()
