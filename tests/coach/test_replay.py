"""Every day of a story, asserted in one line."""

from __future__ import annotations

from backpain.coach.replay import replay
from tests.coach.conftest import CATALOGUE
from tests.coach.stories import day, planking, sore


def diary(told, first, last):
    days = replay(told.history, day(first), day(last), catalogue=CATALOGUE)
    return " ".join(verdict.name.lower() for _, verdict, _ in days)


def test_two_good_sessions_then_silence():
    told = planking().unscreened().screen("03-10")

    assert diary(told, "03-14", "03-19") == "hold progress progress progress progress hold"


def test_two_weeks_of_steady_pain():
    told = sore(3, "03-01").unscreened().screen("03-04").screen("03-11")

    assert diary(told, "03-12", "03-17") == "hold hold hold hold professional professional"


def test_each_day_names_its_rules_most_cautious_first():
    told = sore(4, "02-28")

    (_, _, rules) = next(iter(replay(told.history, day("03-16"), day("03-16"), catalogue=CATALOGUE)))

    assert rules == ("W-1b", "W-1a", "G-1")
