"""What goes with better or worse mornings, from logs written by hand and from made-up runners."""

import datetime as dt
import subprocess
import sys
import uuid
from random import Random

import pytest

from backpain.insights import effects
from backpain.insights.effects import MOST_RUNS, effects_of, mornings_of
from backpain.insights.log import CheckInRow, Log, RunRow, SessionRow
from backpain.insights.series import Period
from tests.benchmarks.effects import COURSES, Kind, cohort, effects_for, log_of, said_of, share_with_findings

FIRST = dt.date(2025, 1, 6)
YEARS = Period(first=FIRST, last=dt.date(2027, 12, 31))
FREE = Kind(name="guard", course=cohort("stable_mild"))
DRIFTING = Kind(name="guard", course=cohort("worsen_gradual"), habit="phases")
CAREFUL = Kind(name="guard", course=cohort("fluctuating"), habit="careful")
IN_PHASES = Kind(name="guard", course=COURSES["fluctuating"], habit="phases")
TRUE = Kind(name="guard", course=COURSES["wandering"], true=1.5, most=60)


def day(n):
    return FIRST + dt.timedelta(days=n)


def run(n, before=1, next_morning=1, **more):
    return RunRow(
        on=day(n),
        uuid=uuid.UUID(int=n),
        distance_m=more.pop("distance_m", None),
        before=before,
        during=None,
        after=None,
        next_morning=next_morning,
        **more,
    )


def log(runs=(), sessions=(), check_ins=()):
    return Log(
        runs=list(runs),
        check_ins=[CheckInRow(day(n), score, sat_long) for n, score, sat_long in check_ins],
        placements=[],
        verdicts=[],
        running=None,
        sessions=(0, 0),
        session_rows=[SessionRow(day(n), uuid.UUID(int=n), None, None, None, None) for n in sessions],
    )


def found(*runs, **more):
    effects = effects_of(log(runs, **more), YEARS)
    return {(effect.factor, effect.level): effect for effect in effects}


def sides(*runs, **more):
    return {name: (effect.runs, effect.others) for name, effect in found(*runs, **more).items()}


def drawn(count):
    """Half True and half False, in an order without a pattern."""
    return Random(3).sample([n % 2 == 0 for n in range(count)], count)


def mixed(count, *, trail, road, noise=(0, 1, 0, -1, 0)):
    """Runs every other day, half on trail and half on road, with these scores on the next morning."""
    return [
        run(
            2 * n,
            2,
            (trail if is_trail else road) + noise[n % len(noise)],
            surface="trail" if is_trail else "road",
        )
        for n, is_trail in enumerate(drawn(count))
    ]


def test_a_clear_difference_is_likely():
    effect = found(*mixed(40, trail=5, road=2))["surface", "road"]

    assert (effect.verdict, effect.runs, effect.others) == ("likely", 20, 20)
    assert effect.difference == pytest.approx(-3, abs=0.3)
    assert effect.low < effect.difference < effect.high < 0


def test_no_difference_in_many_runs_makes_a_noticeable_one_unlikely():
    effect = found(*mixed(60, trail=2, road=2))["surface", "road"]

    assert effect.verdict == "unlikely"
    assert -1 < effect.low < 0 < effect.high < 1


def test_a_clear_difference_below_a_point_is_no_finding():
    effect = found(*mixed(200, trail=2.5, road=2))["surface", "road"]

    assert effect.high < 0
    assert effect.verdict == "unlikely"


def test_wide_scores_leave_it_open():
    effect = found(*mixed(20, trail=5, road=4, noise=(-4, 3, 5, 0, -2, 4, -3)))["surface", "road"]

    assert effect.verdict == "open"
    assert effect.low < -1


def test_seven_runs_on_a_side_are_never_compared():
    runs = mixed(40, trail=9, road=1)
    few = [row for row in runs if row.surface == "road"] + [row for row in runs if row.surface == "trail"][:7]

    effect = found(*sorted(few))["surface", "trail"]

    assert (effect.runs, effect.others, effect.verdict, effect.difference) == (7, 20, "open", None)


def test_eight_runs_on_a_side_are():
    effect = found(*mixed(16, trail=6, road=1))["surface", "road"]

    assert (effect.runs, effect.others, effect.verdict) == (8, 8, "likely")


def test_findings_come_first_and_what_has_too_few_runs_last():
    runs = [row._replace(shoe="new" if row.on > day(72) else "old") for row in mixed(40, trail=5, road=2)]

    listed = effects_of(log(runs), YEARS)

    assert [(effect.factor, effect.level) for effect in listed] == [("surface", "road"), ("shoe", "new")]
    assert [effect.difference is None for effect in listed] == [False, True]


def test_pain_that_was_there_before_the_run_is_no_difference():
    """The treadmill on sore days: the plain means of the mornings would differ by 4."""
    noise = (0, 1, 0, -1, 0)
    runs = [
        run(2 * n, sore, sore + noise[n % 5], surface="treadmill" if sore == 5 else "road")
        for n, sore in enumerate(Random(6).choices((1, 2, 5), k=60))
    ]

    assert found(*runs)["surface", "treadmill"].verdict != "likely"


def test_a_factor_in_phases_has_wider_intervals_where_the_pain_comes_in_phases_too(monkeypatch):
    written = log_of(IN_PHASES, Random(2))
    wide = effects_of(*written)
    monkeypatch.setattr(effects, "ALIKE", 0)

    narrow = {(effect.factor, effect.level): effect for effect in effects_of(*written)}

    gains = [
        (e.high - e.low) - (narrow[e.factor, e.level].high - narrow[e.factor, e.level].low) for e in wide
    ]
    assert min(gains) > -0.05
    assert max(gains) > 0.1


def test_a_factor_that_only_follows_the_calendar_of_the_pain_is_no_finding():
    """Pain eases while one pair of shoes follows the other: the plain means would differ by 3."""
    noise = (0, 1, 0, -1, 0)
    levels = [round(6 - n / 10) for n in range(60)]
    runs = [
        run(2 * n, level, max(0, level + noise[n % 5]), shoe="old" if n < 30 else "new")
        for n, level in enumerate(levels)
    ]

    assert found(*runs)["shoe", "new"].verdict != "likely"


def test_scores_before_runs_of_one_half_of_the_day_are_compared_among_themselves():
    """A stiff back in the mornings: before at 7 o'clock it is 3, before at 18 o'clock 1, next morning 3."""
    noise = (0, 1, 0, -1, 0)
    runs = [
        run(
            2 * n,
            3 if early else 1,
            3 + noise[n % 5],
            hour=7 if early else 18,
            distance_m=9000 if early else 5000,
        )
        for n, early in enumerate(drawn(60))
    ]

    effects = found(*runs)

    assert effects["morning", ""].verdict == "unlikely"
    assert effects["distance", ""].difference is None  # half of the day and distance cannot be told apart


def test_the_same_log_says_the_same_every_time():
    written = log(mixed(40, trail=4, road=3, noise=(0, 2, -1, 1, -2)))

    assert effects_of(written, YEARS) == effects_of(written, YEARS)


@pytest.mark.parametrize(
    "runs",
    [
        [],
        [run(0, surface="trail", distance_m=5000)],
        [run(n, None, None, surface="trail" if n % 2 else "road") for n in range(40)],
        [run(n // 20, 1, 3, surface="trail" if n % 2 else "road", hour=23) for n in range(400)],
    ],
    ids=["empty", "one run", "no scores", "20 runs a day"],
)
def test_nothing_is_said_without_mornings_to_compare(runs):
    assert effects_of(log(runs, check_ins=[(n, 3, True) for n in range(90)]), YEARS) == []


@pytest.mark.parametrize("score", [0, 4])
def test_mornings_that_are_all_alike_leave_everything_open(score):
    effects = found(*(run(n, score, score, surface="trail" if n % 2 else "road") for n in range(60)))

    effect = effects["surface", "road"]
    assert (effect.runs, effect.others, effect.verdict, effect.difference) == (30, 30, "open", None)


def test_gaps_of_months_do_no_harm():
    runs = [
        row._replace(on=row.on + dt.timedelta(days=200 * (n // 14)))
        for n, row in enumerate(mixed(40, trail=5, road=2))
    ]

    assert found(*runs)["surface", "road"].verdict == "likely"


def test_a_run_that_shares_its_day_is_left_out():
    runs = [run(0), run(1), run(1), run(2, before=None), run(3, next_morning=None), run(4)]

    assert [morning.run.on for morning in mornings_of(log(runs), YEARS)] == [day(0), day(4)]


@pytest.mark.parametrize(("longer", "verdict"), [(4, "likely"), (0, "open"), (-4, "open")])
def test_of_longer_runs_only_worse_mornings_are_said(longer, verdict):
    noise = (0, 1, 0, -1, 0)
    runs = [
        run(2 * n, 5, 5 + longer * is_long + noise[n % 5], distance_m=9000 if is_long else 5000)
        for n, is_long in enumerate(drawn(41))
    ]

    effect = found(*runs)["distance", ""]

    assert effect.verdict == verdict
    assert longer - 2 < effect.low < longer < effect.high < longer + 2


def test_only_the_newest_runs_of_the_period_are_looked_at():
    runs = [run(n) for n in range(300)]
    period = Period(first=day(0), last=day(250))

    dates = [morning.run.on for morning in mornings_of(log(runs), period)]

    assert (dates[0], dates[-1], len(dates)) == (day(251 - MOST_RUNS), day(250), MOST_RUNS)


def test_the_levels_are_what_was_written_on_the_days_before_newer_ones_first():
    written = log([run(0, 1, 9), run(5, 8, 8)], check_ins=[(4, 5, None), (5, 0, None)])

    first, second = mornings_of(written, YEARS)

    soon = (5 / 2 + 1 / 32 + 9 / 32) / (1 / 2 + 2 / 32)  # half is forgotten after a day
    yesterday, five_days = 0.5 ** (1 / 5), 0.5  # after five days
    late = (5 * yesterday + 10 * five_days) / (yesterday + 2 * five_days)
    assert first.levels == (1, 1)  # nothing was written before it: its own score
    assert second.levels == pytest.approx((soon, late))


def test_distance_and_effort_are_split_at_the_runners_own_median():
    runs = [run(n, distance_m=1000 * n or None, effort=n % 3) for n in range(6)]

    assert sides(*runs) == {("distance", ""): (2, 3), ("effort", ""): (2, 4)}


@pytest.mark.parametrize(
    ("efforts", "halves"),
    [((2, 2, 2, 5, 5), (2, 3)), ((2, 2, 5, 5, 5), (3, 2)), ((3, 4, 4, 4, 5), (1, 4)), ((4, 4, 4), None)],
)
def test_efforts_at_the_median_go_where_they_make_the_halves_more_even(efforts, halves):
    said = sides(*(run(n, effort=effort) for n, effort in enumerate(efforts)))

    assert said == ({} if halves is None else {("effort", ""): halves})


def test_of_two_surfaces_the_rarer_and_of_three_pairs_of_shoes_each_is_compared():
    runs = [run(n, surface="road" if n else "trail", shoe="abc"[n % 3]) for n in range(6)]

    assert sides(*runs, run(7)) == {
        ("surface", "trail"): (1, 5),
        ("shoe", "a"): (2, 4),
        ("shoe", "b"): (2, 4),
        ("shoe", "c"): (2, 4),
    }


def test_days_since_exercises_count_from_the_first_session():
    runs = [run(n) for n in range(8)]

    assert sides(*runs, sessions=[1, 6]) == {("session", ""): (2, 4), ("rested", ""): (3, 3)}


def test_runs_before_noon_are_those_that_start_before_twelve():
    assert sides(*(run(n, hour=hour) for n, hour in enumerate((0, 11, 12, 23, None)))) == {
        ("morning", ""): (2, 2)
    }


def test_sitting_is_that_of_the_days_check_in():
    runs = [run(n) for n in range(4)]

    said = sides(*runs, check_ins=[(0, 1, True), (1, 1, False), (2, 1, None), (9, 1, True)])

    assert said == {("sitting", ""): (1, 1)}


def test_few_runners_without_any_effect_are_shown_one():
    """Measured on thousands by tests/benchmarks/effects.py; of the same 30 here, 1 in 20 would be 1.5."""
    shares = [share_with_findings(kind, 10)[0] for kind in (FREE, DRIFTING, CAREFUL)]

    assert sum(shares) * 10 <= 2


def test_the_numbers_are_those_that_are_read():
    """An interval shown as reaching 1.0 must not be said to stay below it."""
    shown = [effect for n in range(20) for effect in effects_for(FREE, n) if effect.low is not None]

    assert all(
        effect.low == round(effect.low, 1) and effect.high == round(effect.high, 1) for effect in shown
    )
    assert {effect.verdict for effect in shown if max(-effect.low, effect.high) == 1} == {"open"}


def test_most_runners_with_a_true_effect_are_shown_it():
    said = said_of(TRUE, 20)

    assert said["likely"] >= 14
    assert (said["unlikely"], said["wrong"]) == (0, 0)


def test_scipy_is_loaded_when_it_is_needed_only():
    code = "import sys; import backpain.insights.effects; sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
