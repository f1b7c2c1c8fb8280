"""Scores of questionnaires against the first one, and their words (Q-1)."""

import datetime as dt
import uuid

import pytest

from backpain.coach.thresholds import SHIPPED
from backpain.insights.log import FormRow
from backpain.insights.series import scores
from backpain.insights.wording import score_change

FIRST = dt.date(2026, 1, 5)


def forms(form, *answers):
    """Return rows of one questionnaire, four weeks apart."""
    return [
        FormRow(FIRST + dt.timedelta(weeks=4 * n), uuid.uuid4(), form, each) for n, each in enumerate(answers)
    ]


def peg(*each):
    return dict(zip(("pain", "enjoyment", "activity"), each, strict=True))


def said(rows, form):
    return [score_change(each) for each in scores(rows, form, SHIPPED)]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (peg(7, 7, 7), "30% lower, a change that counts"),
        (peg(7, 7, 8), "27% lower"),
        (peg(10, 10, 10), "the same"),
    ],
)
def test_peg_counts_from_thirty_percent_on(answers, words):
    assert said(forms("peg", peg(10, 10, 10), answers), "peg") == ["the first", words]


def test_peg_that_rose_is_higher():
    assert said(forms("peg", peg(4, 4, 4), peg(6, 6, 6)), "peg")[1] == "50% higher, a change that counts"


def test_peg_that_began_at_zero_has_no_share():
    assert said(forms("peg", peg(0, 0, 0), peg(3, 0, 0)), "peg")[1] == "the first was 0"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ({"Socks": 4, "Run": 6}, "2.0 higher, a change that counts"),
        ({"Socks": 4, "Run": 5}, "1.5 higher"),
        ({"Socks": 0, "Run": 2}, "2.0 lower, a change that counts"),
    ],
)
def test_psfs_counts_from_two_points_on(now, words):
    assert said(forms("psfs", {"Socks": 2, "Run": 4}, now), "psfs")[1] == words


def test_psfs_compares_only_activities_named_both_times():
    rows = forms("psfs", {"Socks": 2, "Run": 4}, {"Socks": 5, "Garden": 9}, {"Lift": 9})

    assert said(rows, "psfs") == [
        "the first",
        "3.0 higher, a change that counts",
        "other activities than the first",
    ]


def test_a_peg_with_an_item_missing_has_no_score_and_is_not_the_first():
    rows = forms("peg", {"pain": 3}, peg(6, 6, 6))

    assert [(each.score, each.is_first) for each in scores(rows, "peg", SHIPPED)] == [(6, True)]
