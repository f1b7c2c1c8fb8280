"""How often a runner is told (X-4)."""

from __future__ import annotations

from backpain.coach.decision import Verdict
from backpain.coach.notices import Notice, is_due, notice_for
from tests.coach.stories import calm, day, sore


def notice(on: str, verdict: Verdict, *rules: str) -> Notice:
    return Notice(on=day(on), verdict=verdict, rules=frozenset(rules))


def test_below_professional_there_is_no_notice():
    assert notice_for(calm().decide(), day("03-16")) is None


def test_a_notice_names_the_rules_of_its_verdict():
    told = notice_for(sore(4, "02-25").decide(), day("03-16"))

    assert told == notice("03-16", Verdict.PROFESSIONAL, "W-1b")


def test_the_same_rule_is_told_once_a_week():
    sent = [notice("03-09", Verdict.PROFESSIONAL, "W-1b")]

    assert not is_due(notice("03-09", Verdict.PROFESSIONAL, "W-1b"), sent)
    assert not is_due(notice("03-15", Verdict.PROFESSIONAL, "W-1b"), sent)
    assert is_due(notice("03-16", Verdict.PROFESSIONAL, "W-1b"), sent)


def test_a_new_rule_or_a_higher_rung_is_told_at_once():
    sent = [notice("03-15", Verdict.PROFESSIONAL, "W-1b")]

    assert is_due(notice("03-16", Verdict.PROFESSIONAL, "W-1b", "W-8"), sent)
    assert is_due(notice("03-16", Verdict.URGENT, "R-7"), sent)


def test_urgent_is_never_throttled():
    sent = [notice("03-16", Verdict.URGENT, "R-7")]

    assert is_due(notice("03-16", Verdict.URGENT, "R-7"), sent)
