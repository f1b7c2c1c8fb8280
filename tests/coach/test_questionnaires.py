"""How the questionnaires are scored, and which change counts."""

from __future__ import annotations

import pytest

from backpain.coach.history import Questionnaire
from backpain.coach.questionnaires import (
    activity_has_changed,
    peg_has_changed,
    peg_share,
    psfs_gain,
    psfs_gain_since,
    psfs_has_changed,
    score,
)
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import day


def test_peg_is_the_mean_of_its_three_items():
    assert score("peg", {"pain": 4, "enjoyment": 3, "activity": 2}) == 3
    assert score("peg", {"pain": 4, "enjoyment": 3}) is None
    assert score("peg", {}) is None


def test_psfs_is_the_mean_of_the_activities_there_are():
    assert score("psfs", {"run": 4, "sit": 7}) == 5.5
    assert score("psfs", {}) is None


@pytest.mark.parametrize(
    ("before", "now", "counts"),
    [(5, 3.5, True), (5, 3.6, False), (5, 6.5, True), (5, 6.4, False), (0, 1, True), (0, 0, False)],
)
def test_a_third_of_peg_up_or_down_counts(before, now, counts):
    assert peg_has_changed(before, now) is counts


def test_a_share_of_nothing_is_not_known():
    assert peg_share(0, 2) is None
    assert peg_share(4, 3) == -0.25


def test_psfs_compares_the_activities_both_name():
    assert psfs_gain({"run": 2, "sit": 4}, {"run": 5, "lift": 1}) == 3
    assert psfs_gain({"run": 2}, {"sit": 5}) is None


@pytest.mark.parametrize(
    ("filled", "gain"),
    [
        ("psfs 01-05 2; psfs 03-10 7", 5),
        ("psfs 01-04 2; psfs 03-10 7", None),  # further than two weeks from the start
        ("psfs 02-02 2; psfs 03-10 7", 5),
        ("psfs 02-03 2; psfs 03-10 7", None),
        ("psfs 01-12 2; psfs 01-26 3; psfs 03-10 7", 5),  # as near: the earlier
        ("psfs 01-12 2; psfs 01-25 3; psfs 03-10 7", 4),
        ("psfs 01-19 2; psfs 02-17 7", 5),
        ("psfs 01-19 2; psfs 02-16 7", None),  # more than four weeks ago
        ("psfs 01-19 2; psfs 03-10 7; psfs 03-16 9", 7),
        ("psfs 01-19 2; peg 03-10 7", None),
        ("peg 01-19 2; peg 03-10 7", None),
        ("", None),
    ],
)
def test_the_gain_is_of_the_form_nearest_the_start_to_the_latest(filled, gain):
    forms = [
        Questionnaire(form=form, on=day(on), answers={"run": int(answer)})
        for form, on, answer in (told.split() for told in filled.split("; ") if told)
    ]

    assert psfs_gain_since(forms, day("01-19"), day("03-16"), SHIPPED) == gain


def test_one_form_alone_is_no_gain():
    only = Questionnaire(form="psfs", on=day("03-10"), answers={"run": 4})

    assert psfs_gain_since([only], day("03-05"), day("03-16"), SHIPPED) is None


@pytest.mark.parametrize(("gain", "counts"), [(2, True), (1.9, False), (-2, True), (0, False)])
def test_two_points_of_psfs_count(gain, counts):
    assert psfs_has_changed(gain) is counts


@pytest.mark.parametrize(("before", "now", "counts"), [(2, 5, True), (2, 4, False), (5, 2, True)])
def test_three_points_of_one_activity_count(before, now, counts):
    assert activity_has_changed(before, now) is counts
