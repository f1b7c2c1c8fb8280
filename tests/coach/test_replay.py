"""Every day of a story, asserted in one line."""

from __future__ import annotations

import pytest

from backpain.coach.replay import replay
from tests.coach.conftest import CATALOGUE
from tests.coach.stories import calm, day, planking, sore, story


def passed(told, first, last):
    return list(replay(told.history, day(first), day(last), catalogue=CATALOGUE, thresholds=told.thresholds))


def diary(told, first, last):
    return " ".join(verdict.name.lower() for _, verdict, _ in passed(told, first, last))


def test_two_good_sessions_then_silence():
    told = planking().unscreened().screen("03-10")

    assert diary(told, "03-14", "03-19") == "hold progress progress progress progress hold"


def test_two_weeks_of_steady_pain():
    told = sore(3, "03-01").unscreened().screen("03-04").screen("03-11")

    assert diary(told, "03-12", "03-17") == "hold hold hold hold professional professional"


def test_each_day_names_its_rules_most_cautious_first():
    told = sore(4, "02-28")

    ((_, _, rules),) = passed(told, "03-16", "03-16")

    assert rules == ("W-1b", "W-1a", "G-1")


# The log of January 2025 leaves the window on 7 March 2026; with it goes the month that L-5 asks for.
LONG = story().pain("2025-01-10", "1 2").pain("02-20", "1 " * 25)
BEGUN = calm().runner(pain_began_on=day("03-12"))
UNDATED = planking()._with(placements=()).placed("front-plank forearm-plank 3x40 s")


@pytest.mark.parametrize(
    ("told", "first", "last", "rule", "until"),
    [
        (LONG, "03-04", "03-09", "L-5", "03-06"),
        (UNDATED, "03-14", "03-17", "E-4", "03-15"),  # the placement counts from the log's last day on
        (BEGUN.under(new_episode_days=3), "03-12", "03-17", "W-12", "03-15"),
        (story(), "03-05", "03-08", "M-2", "03-08"),
    ],
)
def test_one_pass_says_what_asking_day_by_day_says(told, first, last, rule, until):
    days = passed(told, first, last)

    for on, verdict, rules in days:
        decision = told.decide(on.isoformat())
        asked = dict.fromkeys(reason.rule for reason in decision.reasons)
        assert (verdict, rules) == (decision.verdict, tuple(asked))
    assert max(on for on, _, rules in days if rule in rules) == day(until)
