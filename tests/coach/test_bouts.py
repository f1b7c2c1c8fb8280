"""What is kept of a bout, and its grade where the stories of test_response.py do not reach."""

from __future__ import annotations

import pytest

from backpain.coach.bouts import Bout, Grade, grade, session_bout
from backpain.coach.decision import Verdict
from backpain.coach.history import Session
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import at, calm, day

REGRESS, HOLD = Verdict.REGRESS, Verdict.HOLD
NEW = "03-14 superman reps @8 8 8 8"


def test_a_session_is_no_run_and_not_sore_unless_said():
    bout = session_bout(
        Session(started_at=at("03-14", 7), sets=()), on=day("03-14"), pain_by_day={}, is_over=True
    )

    assert bout == Bout(on=day("03-14"), is_run=False)


def test_the_next_days_value_is_unknown_on_the_day_of_the_bout():
    run = calm().pain("03-14", "1 1").run("03-15 5000 m 1/1/1/-").pain("03-16", "4")
    session = calm().session("03-15 superman reps @8 8 8 8 1/1/1/-").pain("03-16", "4")

    for told in (run, session):
        assert "P-4" not in told.rules("03-15")
        assert told.rules("03-16")["P-4"] is REGRESS


def test_a_stop_sign_in_a_session_eases():
    assert calm().session(f"{NEW} 0/0/0/0", signs=frozenset({"sharp"})).rules()["P-5"] is REGRESS


@pytest.mark.parametrize(
    ("before", "during", "morning", "expected"),
    [
        (3, 4, 4, Grade.GOOD),
        (4, 5, 5, Grade.GOOD),
        (3, 5, 3, Grade.OKAY),  # rose by two
        (5, 6, 5, Grade.BAD),
        (3, 3, 5, Grade.BAD),  # not settled
    ],
)
def test_steady_pain_is_good_in_assessed_chronic_mode(before, during, morning, expected):
    bout = Bout(on=day("03-15"), is_run=True, before=before, during=during, next_morning=morning)

    assert grade(bout, SHIPPED, chronic=True) is expected


@pytest.mark.parametrize(
    ("pain", "sites", "expected"),
    [
        ("0/1/1/2", (), HOLD),
        ("0/1/1/2", ("low-back-left",), HOLD),
        ("0/1/1/2", ("hip-left",), REGRESS),
        ("2/2/2/4", (), HOLD),  # both limits reached
        ("3/3/3/5", (), REGRESS),
        ("0/1/1/3", (), REGRESS),
        ("-/1/1/6", (), REGRESS),
    ],
)
def test_ordinary_soreness_has_limits(pain, sites, expected):
    told = calm().session(f"{NEW} {pain}", ordinary_soreness=True, sites=frozenset(sites))

    assert told.rules()["P-4"] is expected
    assert ("P-7" in told.rules()) is (expected is HOLD)


def test_soreness_that_settled_is_no_reason():
    assert "P-7" not in calm().session(f"{NEW} 1/1/1/2", ordinary_soreness=True).rules()
