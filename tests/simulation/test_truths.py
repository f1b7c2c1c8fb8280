import itertools
from random import Random

import pytest

from backpain.simulation.truths import ADDITIONS, CLASSES, COHORTS, COLD, DAYS, LONG, lasting_from, worse_from


@pytest.mark.parametrize(
    ("means", "expected"),
    [
        ([1.0] * 30 + [3.0] * 7, 30),
        ([1.0] * 30 + [3.0] * 6, None),
        ([1.0] * 30 + [2.9] * 20, None),
        ([1.0] * 10 + [4.0] * 6 + [1.0] * 10 + [4.0] * 7, 26),
    ],
)
def test_worsening_is_two_points_above_the_beginning_for_a_week(means, expected):
    assert worse_from(means) == expected


@pytest.mark.parametrize(
    ("means", "expected"),
    [
        ([2.0] * 15, 14),
        ([2.0] * 14, None),
        ([2.0] * 14 + [1.9] + [2.0] * 14, None),
        ([0.0] * 5 + [2.0] * 15, 19),
    ],
)
def test_lasting_is_more_than_fourteen_days_of_pain(means, expected):
    assert lasting_from(means) == expected


@pytest.mark.parametrize("name", COHORTS)
def test_every_cohort_stays_on_the_scale_and_is_labelled_where_it_says_so(name):
    cohort = COHORTS[name]
    truths = [cohort.truth(Random(number)) for number in range(50)]

    assert all(len(truth.means) >= DAYS and min(truth.means) >= 0 for truth in truths)
    assert max(max(truth.means) for truth in truths) <= 9
    assert any(truth.worse_from is not None for truth in truths) == cohort.worsens
    assert any(truth.lasting_from is not None for truth in truths) == cohort.lasts


@pytest.mark.parametrize("name", ["worsen_gradual", "worsen_step"])
def test_a_rise_comes_after_there_is_a_reference_and_early_enough_to_be_found(name):
    onsets = [COHORTS[name].truth(Random(number)).worse_from for number in range(200)]

    assert min(onsets) >= 28
    assert max(onsets) <= DAYS - 14


def test_flares_lie_two_weeks_apart():
    for number in range(200):
        means = COHORTS["flare_recover"].truth(Random(number)).means
        base = min(means)
        sore = [day for day, mean in enumerate(means) if mean > base]
        gaps = [later - earlier for earlier, later in itertools.pairwise(sore)]
        assert all(gap == 1 or gap > 14 for gap in gaps)


def test_a_runner_names_the_day_it_began_before_the_first_entry():
    truths = [COHORTS["mid_episode"].truth(Random(number)) for number in range(50)]

    assert all(-40 <= truth.began <= -10 for truth in truths)


def test_no_two_cohorts_share_a_name():
    named = [cohort.name for cohort in (*CLASSES, *LONG, *COLD, *ADDITIONS)]

    assert len(set(named)) == len(named)
