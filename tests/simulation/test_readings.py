import itertools
from random import Random
from statistics import mean, stdev

import pytest

from backpain.simulation.readings import HABITS, felt, score, silences, told, written

WEEK = [1, 4, 2, 6, 3, 5, 7]


def test_what_is_felt_swings_around_the_truth():
    days = felt([5.0] * 20_000, Random(1))
    swings = [day - 5 for day in days]
    after = mean(a * b for a, b in itertools.pairwise(swings))

    assert mean(swings) == pytest.approx(0.05, abs=0.03)  # spikes: 2 % of days, 2.5 points
    assert stdev(swings) == pytest.approx(0.89, abs=0.03)
    assert after / stdev(swings) ** 2 == pytest.approx(0.33, abs=0.04)


def test_a_quiet_back_swings_less():
    assert stdev(felt([0.5] * 5000, Random(1))) < 0.7 * stdev(felt([3.0] * 5000, Random(1)))


def test_scores_are_whole_and_on_the_scale():
    random = Random(1)
    scores = [score(pain, pain, random) for pain in (-1.0, 0.4, 5.5, 9.9, 12.0) for _ in range(200)]

    assert all(isinstance(value, int) for value in scores)
    assert min(scores) == 0 and max(scores) == 10


@pytest.mark.parametrize("missing", [0.10, 0.25, 0.40])
def test_as_many_days_are_missing_as_asked(missing):
    days = 40_000
    silent = silences(days, missing, Random(1))
    kept = written([3] * days, missing, Random(2))
    there = mean(keep and not gap for keep, gap in zip(kept, silent, strict=True))

    assert 1 - there == pytest.approx(missing, abs=0.04)


def test_silence_comes_in_bursts_of_two_to_five_days():
    runs = "".join("x" if gap else " " for gap in silences(5000, 0.10, Random(1))).split()

    assert {2, 3, 4, 5} <= {len(run) for run in runs}
    assert all(len(run) >= 2 for run in runs)


def test_high_pain_is_written_down_less_often():
    high, low = (mean(written([value] * 20_000, 0.25, Random(1))) for value in (7, 6))

    assert low - high == pytest.approx(0.10, abs=0.02)


@pytest.mark.parametrize(
    ("habit", "expected"),
    [
        ("daily", {0: 1, 1: 4, 2: 2, 3: 6, 4: 3, 5: 5, 6: 7}),
        ("weekly", {6: 7}),
        ("median", {6: 4}),
        ("weekdays", {0: 1, 1: 4, 2: 2, 3: 6, 4: 3}),
        ("floor", {0: 0, 1: 4, 2: 2, 3: 6, 4: 3, 5: 5, 6: 7}),
        ("three", dict.fromkeys(range(7), 3)),
        ("nought_or_six", {0: 0, 1: 6, 2: 0, 3: 6, 4: 0, 5: 6, 6: 0}),
    ],
)
def test_a_habit_changes_what_is_told(habit, expected):
    assert told(habit, WEEK, Random(1)) == expected


def test_a_number_preference_makes_more_noughts_and_fives():
    values = list(told("fives", [3, 4, 1, 6] * 250, Random(1)).values())

    assert set(values) == {0, 1, 3, 4, 5, 6}
    assert mean(value in (0, 5) for value in values) == pytest.approx(0.6, abs=0.05)


def test_every_habit_is_tried_here():
    assert set(HABITS) == {
        "daily", "weekly", "median", "weekdays", "fives", "floor", "three", "nought_or_six"
    }  # fmt: skip
