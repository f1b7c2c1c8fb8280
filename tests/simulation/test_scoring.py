import pytest

from backpain.coach.decision import Verdict
from backpain.simulation.diaries import Order
from backpain.simulation.scoring import (
    MEASURES,
    TARGETS,
    Target,
    detected,
    lasting_delays,
    measure,
    percentile,
    share,
    worse_delays,
)
from backpain.simulation.watching import Seen

HOLD, PROGRESS = Verdict.HOLD, Verdict.PROGRESS


def seen(*, worse_from=None, lasting_from=None, verdicts=(HOLD,) * 84, alarms=0, alerts=0, **first):
    return Seen(
        order=Order(cohort="worsen_step", number=0, seed=1),
        days=len(verdicts),
        worse_from=worse_from,
        lasting_from=lasting_from,
        first={rule.replace("_", "-"): day for rule, day in first.items()},
        verdicts=verdicts,
        alarms=alarms,
        alerts=alerts,
    )


def test_a_share_of_nothing_is_not_known():
    assert share([]) is None
    assert share([True, False, False, False]) == 0.25


@pytest.mark.parametrize(("delay", "expected"), [(-15, 0), (-14, 1), (0, 1), (14, 1), (15, 0), (None, 0)])
def test_detected_means_from_two_weeks_before_to_the_limit(delay, expected):
    assert detected([delay], 14) == expected


def test_a_percentile_leaves_out_who_was_never_found():
    assert percentile([5, None, 1, 3, 2, 4, 9, 6, 7, 8, 10], 0.9) == 10
    assert percentile([None], 0.9) is None


def test_delays_count_from_the_labelled_day_and_only_where_there_is_one():
    found = [seen(worse_from=40, W_3=47), seen(worse_from=40), seen(W_3=3), seen(worse_from=40, W_4=41)]

    assert worse_delays(found) == [7, None, 1]
    assert worse_delays(found, ("W-3",)) == [7, None, None]
    assert lasting_delays([seen(lasting_from=14, W_1b=15, W_1d=9), seen(W_1b=20)]) == [1]


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("alarmed", [seen(W_3=3), seen(W_4=3)], 0.5),
        ("lasting_or_severe_by_7", [seen(lasting_from=14, W_6=3), seen(lasting_from=14, W_1b=22)], 0.5),
        ("any", [seen(W_3c=3), seen(W_4=3), seen(W_1b=3), seen()], 0.5),
        ("within_14", [seen(worse_from=40, W_3=54), seen(worse_from=40, W_3=55)], 0.5),
        ("ever", [seen(worse_from=40, W_3=80), seen(worse_from=40)], 0.5),
        ("delay", [seen(worse_from=40, W_3=44), seen(worse_from=40, W_3=48), seen(worse_from=40)], 6),
        ("delay", [seen(worse_from=40)], None),
        ("lasting_by_7", [seen(lasting_from=14, W_1b=21), seen(lasting_from=14, W_1b=22)], 0.5),
        ("lasting_or_blocks_by_7", [seen(lasting_from=14, W_1d=21), seen(lasting_from=14)], 0.5),
        ("lasting_flag", [seen(W_1b=1), seen(W_1d=1)], 0.5),
        ("blocks_flag", [seen(W_1d=1), seen(W_1b=1)], 0.5),
        ("pushed", [seen(worse_from=1, verdicts=(PROGRESS, PROGRESS, HOLD, HOLD, HOLD))], 0.25),
        ("pushed", [seen(verdicts=(PROGRESS,) * 84)], None),
        ("progress", [seen(verdicts=(PROGRESS, HOLD))], 0.5),
        ("alarms_a_year", [seen(alarms=2), seen()], 2 / 168 * 365.25),
        ("alerts_a_year", [seen(alerts=1)], 365.25 / 84),
    ],
)
def test_a_measure_of(name, found, expected):
    assert measure(name, found) == (None if expected is None else pytest.approx(expected))


def test_a_delay_is_the_median_of_those_found():
    assert measure("p90_delay", [seen(worse_from=40, W_3=40 + day) for day in range(10)]) == 9


@pytest.mark.parametrize(
    ("at_least", "value", "missing", "expected"),
    [
        (True, 0.90, 0.25, True),
        (True, 0.89, 0.25, False),
        (True, 0.821, 0.40, True),
        (True, 0.819, 0.40, False),
        (False, 0.90, 0.25, True),
        (False, 0.91, 0.25, False),
        (False, 0.979, 0.40, True),
        (False, 0.981, 0.40, False),
        (True, None, 0.25, False),
    ],
)
def test_a_share_has_some_slack_at_forty_percent_missing_only(at_least, value, missing, expected):
    target = Target(cohort="minor", measure="alarmed", limit=0.90, at_least=at_least)

    assert target.is_met(value, missing) is expected
    assert target.binds(missing)


def test_a_delay_has_no_slack_and_no_target_at_forty_percent_missing():
    target = Target(cohort="worsen_step", measure="delay", limit=8, at_least=False)

    assert target.is_met(8, 0.25) and not target.is_met(8.5, 0.40)
    assert target.binds(0.25) and not target.binds(0.40)


def test_every_target_has_a_measure():
    assert {target.measure for target in TARGETS} <= set(MEASURES)
