import pytest

from backpain.simulation.detectors import DETECTORS, _rises, _slope, first_alarm

FLAT = dict.fromkeys(range(60), 2)
STEP = {day: 2 if day < 40 else 5 for day in range(60)}
OF_REFERENCE = {"CUSUM k 1, h 4", "CUSUM k 1, h 8", "EWMA 0.2, 1.8 points"}


@pytest.mark.parametrize("name", DETECTORS)
def test_nothing_alarms_on_a_flat_line(name):
    assert first_alarm(name, FLAT) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("today >= yesterday + 2", 40),
        ("7-day mean up >= 2", 44),
        ("Mann-Kendall, 14 days", 41),
        ("14-day slope or 10-day shift", 45),
        ("28-day slope or 8-day shift, confirmed", 47),
        ("CUSUM k 1, h 4", 41),
        ("CUSUM k 1, h 8", 43),
        ("EWMA 0.2, 1.8 points", 44),
    ],
)
def test_a_step_of_three_points_on_day_40_is_found_on(name, day):
    assert first_alarm(name, STEP) == day


@pytest.mark.parametrize("name", sorted(OF_REFERENCE))
def test_a_detector_of_the_reference_is_silent_without_one(name):
    assert first_alarm(name, {day: value for day, value in STEP.items() if day >= 38}) is None


def test_two_points_more_after_a_gap_are_no_jump():
    assert first_alarm("today >= yesterday + 2", {1: 2, 3: 6}) is None
    assert first_alarm("today >= yesterday + 2", {1: 2, 2: 3, 3: 5}) == 3


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4], False),  # S = 6, z = 1.70
        ([1, 2, 3, 4, 5], True),  # S = 10, z = 2.20
        ([5, 4, 3, 2, 1], False),
        ([2, 2, 2, 2, 2, 2], False),
        ([0, 1, 0, 1, 0, 1, 0, 1], False),
    ],
)
def test_mann_and_kendall_find_a_significant_rise(values, expected):
    assert _rises(dict(enumerate(values))) is expected


def test_theil_and_sen_take_the_median_slope():
    assert _slope({0: 1, 1: 2, 2: 9, 3: 4}) == 1
