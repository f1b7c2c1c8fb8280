"""Pain that lasts, worsens, spreads or spoils runs. Each story fires; beside it one fact is flipped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backpain.coach.decision import Verdict
from backpain.coach.episode import Drift
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import calm, day, sore, story

PROFESSIONAL, REGRESS, HOLD = Verdict.PROFESSIONAL, Verdict.REGRESS, Verdict.HOLD

# W-1: more than a week, more than two


def test_eight_days_of_pain_are_a_notice():
    assert sore(3, "03-08").rules()["W-1a"] is HOLD
    assert "W-1a" not in sore(3, "03-09").rules()
    assert "W-1a" not in sore(1, "03-08").rules()
    assert "W-1a" not in sore(3, "03-08").care("03-09", "assessed").rules()


def test_eight_days_and_a_spoiled_run_need_a_professional():
    spoiled = sore(3, "03-08")

    assert spoiled.run("03-12 5000 m 2/3/3/3 shortened").rules()["W-1a"] is PROFESSIONAL
    assert spoiled.skipped("03-12").rules()["W-1a"] is PROFESSIONAL
    assert spoiled.skipped("03-12", because="other").rules()["W-1a"] is HOLD
    assert spoiled.skipped("03-09").rules()["W-1a"] is HOLD


def test_at_seventeen_eight_days_need_a_professional():
    assert sore(3, "03-08").runner(birth_year=2008).rules()["W-1a"] is PROFESSIONAL
    assert sore(3, "03-08").runner(birth_year=2007).rules()["W-1a"] is HOLD


def test_fifteen_days_of_pain_need_a_professional():
    assert sore(3, "03-01").rules()["W-1b"] is PROFESSIONAL
    assert "W-1b" not in sore(3, "03-02").rules()
    assert "W-1b" not in sore(3, "03-01").care("03-10", "assessed").rules()


def test_an_assessment_counts_for_ninety_days_and_only_in_its_episode():
    assert "W-1b" not in sore(3, "03-01").care("03-01", "assessed").rules()
    assert "W-1b" in sore(3, "03-01").care("02-28", "assessed").rules()
    old = sore(3, "03-01").runner(pain_began_on=day("2025-12-01"))
    assert "W-1b" not in old.care("2025-12-16", "assessed").rules()
    assert "W-1b" in old.care("2025-12-15", "assessed").rules()


def test_six_readings_in_two_weeks_are_too_few_for_two_weeks_of_pain():
    assert "W-1b" in story().pain("03-01", "4 . 4 . 4 . 4 . 4 . 4 . 4 . . 4").rules("03-16")
    assert "W-1b" not in story().pain("03-01", "4 . . . 4 . 4 . 4 . 4 . 4 . . 4").rules("03-16")


EASING = story().pain("03-01", "6 6 6 6 6 5 5 5 5 3 3 3 3 2 2 2")


def test_clear_easing_puts_two_weeks_off_but_not_past_day_28():
    assert "W-1b" not in EASING.rules("03-16")
    assert "W-1a" in EASING.rules("03-16")
    still = story().pain("03-01", "5 " * 21 + "3 3 3 3 3 3 3 3")
    assert "W-1b" not in still.rules("03-28")
    assert "W-1b" in still.rules("03-29")


def test_a_quiet_end_stops_two_weeks_of_pain():
    assert "W-1b" not in story().pain("03-01", "4 " * 12 + "1 1 1 1").rules()


def test_three_weeks_with_two_pain_days_each_need_a_professional():
    sparse = story().pain("02-23", "3 . . 3 . . . 3 . . 3 . . . 3 . . 3 . . . 3")

    assert sparse.rules("03-16")["W-1d"] is PROFESSIONAL
    assert "W-1d" not in sparse.pain("03-02", ".").rules("03-16")
    assert "W-1d" not in story().pain("02-23", "2 . . 2 . . . 2 . . 2 . . . 2 . . 2 . . . 2").rules("03-16")


def test_chronic_pain_never_assessed_needs_a_professional():
    chronic = sore(2, "03-14").runner(pain_began_on=day("2025-12-22"))

    assert chronic.rules()["W-1c"] is PROFESSIONAL
    assert "W-1c" not in sore(2, "03-14").runner(pain_began_on=day("2025-12-23")).rules()
    assert "W-1c" not in chronic.care("03-01", "assessed").rules()
    assert "W-1c" not in chronic.pain("03-14", "1").rules()


# W-2: runs


def test_one_spoiled_run_eases_and_two_need_a_professional():
    one = calm().skipped("03-03")

    assert one.rules()["W-2"] is REGRESS
    assert one.skipped("03-10").rules()["W-2"] is PROFESSIONAL
    assert "W-2" not in calm().skipped("03-02").rules()
    assert one.skipped("03-10").care("03-03", "assessed").rules()["W-2"] is REGRESS


def test_a_walk_is_no_spoiled_run():
    assert "W-2" not in calm().run("03-10 3000 m 0/1/0/0 stopped", activity="walk").rules()


# W-3, W-3c, W-4: getting worse

USUAL = "2 " * 34


def worsening(values: str):
    return story().pain("2026-01-20", USUAL + values)  # the first new value is 23 February


@pytest.mark.parametrize(
    ("values", "on", "limits", "fires"),
    [
        # each reading of 4 adds one point to the sum: 8 on the eighth day, seven days after it left zero
        ("4 4 4 4 4 4 4", "03-01", {}, False),
        ("4 4 4 4 4 4 4 4", "03-02", {}, True),
        ("4 4 4 4 4 4 4 4", "03-02", {"cusum_limit": 8.5}, False),
        ("4 4 4 4 4 4 4 4", "03-02", {"cusum_days": 8}, False),
        ("5 5 5 5 5 5 5 5", "03-02", {"cusum_limit": 16}, True),
        ("5 5 5 5 5 5 5 5", "03-02", {"cusum_limit": 16.5}, False),
        # the median of eight days is two points up
        ("3 3 3 3 4 4 4 4", "03-02", {"cusum_limit": 1, "cusum_days": 0}, False),
        ("3 3 3 4 4 4 4 4", "03-02", {"cusum_limit": 1, "cusum_days": 0}, True),
        # three of four readings are a point up
        ("2 4 4 4 4 4 4 2 4", "03-03", {"cusum_days": 8}, False),
        (". . 4 4 4 4 4 2 2 4", "03-04", {"cusum_limit": 3, "cusum_days": 7}, True),
        (". . 4 4 4 4 2 2 . 4", "03-04", {"cusum_limit": 3, "cusum_days": 7}, False),
        # the latest is a point up
        ("5 5 5 5 5 5 5 5 2", "03-03", {"cusum_days": 8}, False),
        ("5 5 5 5 5 5 5 5 3", "03-03", {"cusum_days": 8}, True),
        # four readings make a median
        ("5 . 5 . 5 . 5", "03-01", {"cusum_days": 6}, True),
        ("5 . 5 . . . . 5", "03-02", {"cusum_days": 6, "cusum_limit": 6}, False),
    ],
)
def test_each_gate_of_a_sustained_rise_is_at_its_limit(values, on, limits, fires):
    assert ("W-3" in worsening(values).under(**limits).rules(on)) is fires


@pytest.mark.parametrize(
    ("values", "on", "stands"),
    [
        ("3 3 3", "03-05", True),  # the week's median is 4, the usual 2
        ("3 3 3 3", "03-06", False),  # it is 3: back within a point
        ("4 4 4 4", "03-06", True),
        (". . . . 3 3 3", "03-09", True),  # three readings make no median
        (". . . 3 3 3 3", "03-09", False),
    ],
)
def test_a_rise_stands_until_the_week_is_within_a_point_of_the_usual(values, on, stands):
    assert ("W-3" in worsening(f"4 4 4 4 4 4 4 4 {values}").rules(on)) is stands


def test_an_assessment_on_the_day_of_a_rise_ends_it_and_its_sum():
    risen = worsening("4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4")

    assert "W-3" in risen.care("03-01", "assessed").rules("03-03")
    assert "W-3" not in risen.care("03-02", "assessed").rules("03-03")
    assert "W-3" not in risen.care("03-02", "assessed").rules("03-09")
    assert "W-3" in risen.care("03-02", "assessed").rules("03-10")


def test_a_sustained_rise_over_the_usual_needs_a_professional():
    assert "W-3" not in worsening("5 5 5 5 5 5 5").rules("03-01")
    assert worsening("5 5 5 5 5 5 5 5").rules("03-02")["W-3"] is PROFESSIONAL
    assert "W-3" not in worsening("3 3 3 3 3 3 3 3").rules("03-02")


def test_a_rise_stays_until_assessed_or_eased():
    risen = worsening("5 5 5 5 5 5 5 5 4 4 4 4 4 4 4")

    assert "W-3" in risen.rules("03-09")
    assert "W-3" not in risen.care("03-05", "assessed").rules("03-09")
    eased = worsening("5 5 5 5 5 5 5 5 3 3 3 3")
    assert "W-3" in eased.rules("03-05")
    assert "W-3" not in eased.rules("03-06")


def test_a_short_flare_is_no_sustained_rise():
    assert "W-3" not in worsening("6 6 6 6 2 2 2 2").rules("03-02")


def test_a_rise_without_a_usual_needs_two_looks():
    cold = story().pain("02-27", "1 1 1 1 1 1 1 4 4 4 4 4 4 4")

    assert cold.rules("03-12")["W-3c"] is PROFESSIONAL
    assert "W-3c" not in cold.rules("03-09")
    assert "W-3c" not in story().pain("02-27", "1 1 1 1 1 1 1 2 2 2 2 2 2 2").rules("03-12")


def test_a_drift_of_two_points_is_one_however_the_means_are_rounded():
    drift = Drift(recent_mean=3.3, recent_median=3, old_mean=1.3, old_median=1)

    assert drift.recent_mean - drift.old_mean < SHIPPED.drift_rise
    assert replace(calm().facts(), drift=drift).drifts(SHIPPED)
    assert not replace(calm().facts(), drift=replace(drift, old_mean=1.31)).drifts(SHIPPED)


def test_a_slow_drift_needs_a_professional():
    climb = "1 " * 28 + "2 " * 28 + "3 " * 14
    later = story().pain("2026-01-06", climb)

    assert later.rules("03-16")["W-4"] is PROFESSIONAL
    assert "W-4" not in story().pain("2026-01-06", "1 " * 28 + "2 " * 42).rules("03-16")


# W-5, W-12: flares and new episodes


def test_three_readings_well_above_the_usual_are_a_flare():
    assert worsening("4 4 4").rules("02-25")["W-5"] is REGRESS
    assert "W-5" not in worsening("4 3 4").rules("02-25")
    assert "W-5" in worsening("4 . 4 . 4").rules("02-27")
    assert "W-5" not in worsening("4 . . 4 . 4").rules("02-28")


def test_without_a_usual_three_fives_are_a_flare():
    assert calm().pain("03-14", "5 5 5").rules()["W-5"] is REGRESS
    assert "W-5" not in calm().pain("03-14", "5 4 5").rules()


def test_an_old_flare_is_over():
    assert "W-5" in calm().pain("03-11", "5 5 5 . . .").rules()
    assert "W-5" not in calm().pain("03-11", "5 5 5 . . .").rules("03-17")


def test_a_runners_own_date_holds_for_a_week():
    assert calm().runner(pain_began_on=day("03-09")).rules()["W-12"] is HOLD
    assert "W-12" not in calm().runner(pain_began_on=day("03-08")).rules()


def test_a_rise_from_almost_nothing_opens_an_episode_and_eases():
    quiet = story().pain("2026-01-20", "0 " * 34)

    assert quiet.pain("02-23", "3 3 3").rules("02-25")["W-12"] is REGRESS
    assert "W-12" not in quiet.pain("02-23", "0 0 3").rules("02-25")


# W-7: rest


@pytest.mark.parametrize(
    ("first", "last", "start", "end", "fires"),
    [
        ("03-10", "03-12", 5, 4, True),
        ("03-10", "03-11", 5, 4, False),  # two days
        ("03-10", "03-12", 5, 3, False),  # two points
        ("03-10", "03-12", 3, 2, False),  # a third
        ("03-10", "03-12", 2, 1, False),  # hardly any left
        ("02-28", "03-02", 5, 5, True),
        ("02-27", "03-01", 5, 5, False),  # ended 15 days ago
        ("03-14", "03-20", 5, None, False),  # still going on, no value to compare
    ],
)
def test_rest_that_did_not_help_needs_a_professional(first, last, start, end, fires):
    rested = story().rest(first, last, start, end)

    assert ("W-7" in rested.rules()) is fires


def test_rest_reads_the_daily_values_where_none_were_given():
    assert "W-7" in story().pain("03-10", "5 . 5").rest("03-10", "03-12").rules()
    assert "W-7" not in story().pain("03-10", "5 . 2").rest("03-10", "03-12").rules()


def test_an_open_rest_counts_up_to_today():
    resting = story().pain("03-14", "5 5 5").rest("03-14", "03-25")

    assert "W-7" not in resting.rules("03-15")
    assert "W-7" in resting.rules("03-16")


def test_rest_days_logged_one_by_one_are_one_rest():
    days = story().pain("03-10", "5 5 5")
    for on in ("03-10", "03-11", "03-12"):
        days = days.rest(on, on)

    assert "W-7" in days.rules()


def test_rest_without_any_score_asks_for_one():
    assert "rest_pain" in [ask.what for ask in story().rest("03-10", "03-12").decide().asks]


# W-8: spread


def test_a_site_away_from_the_low_back_needs_a_professional():
    assert calm().pain("03-03", "1", sites=frozenset({"knee-left"})).rules()["W-8"] is PROFESSIONAL
    assert "W-8" not in calm().pain("03-02", "1", sites=frozenset({"knee-left"})).rules()
    assert "W-8" not in calm().pain("03-03", "1", sites=frozenset({"low-back-left"})).rules()
    assert calm().run("03-10 5000 m 0/0/0/0", sites=frozenset({"neck"})).rules()["W-8"] is PROFESSIONAL


def test_an_assessment_after_the_first_report_of_a_site_silences_it():
    told = calm().pain("03-05", "1", sites=frozenset({"knee-left"}))

    assert "W-8" not in told.care("03-05", "assessed").rules()
    assert "W-8" in told.care("03-04", "assessed").rules()
    again = told.care("03-06", "assessed").pain("03-10", "1", sites=frozenset({"knee-left"}))
    assert "W-8" not in again.rules()
    assert "W-8" in again.pain("03-11", "1", sites=frozenset({"buttock-left"})).rules()


# W-9, W-10


def test_three_bad_bouts_in_two_weeks_need_a_professional():
    bad = calm().run("03-05 5000 m 1/6/2/1").run("03-09 5000 m 1/6/2/1")

    assert "W-9" not in bad.rules()
    assert bad.run("03-13 5000 m 1/6/2/1").rules()["W-9"] is PROFESSIONAL
    assert "W-9" in bad.run("03-13 5000 m 1/6/2/1").care("03-12", "assessed").rules()
    assert "W-9" not in bad.run("03-13 5000 m 1/6/2/1").care("03-13", "assessed").rules()


def test_an_episode_soon_after_recovery_keeps_coming_back():
    first = story().pain("2026-01-05", "4 4 " + "0 " * 30)
    again = first.pain("02-20", "4 4")

    assert again.rules("02-21")["W-10"] is PROFESSIONAL
    assert "W-10" not in first.pain("03-14", "4 4").rules("03-15")


def test_the_runners_own_count_of_episodes_counts():
    assert sore(3, "03-14").runner(episodes_last_12_months=3).rules()["W-10"] is PROFESSIONAL
    assert "W-10" not in sore(3, "03-14").runner(episodes_last_12_months=2).rules()


# Episodes


def test_an_episode_begins_with_the_first_pain_day_and_ends_with_a_quiet_month():
    told = story().pain("2026-01-05", "1 2 1 " + "0 " * 40)

    assert told.facts("01-05").onset is None
    assert told.facts("01-06").onset == day("01-06")
    assert told.facts("02-02").onset == day("01-06")
    assert told.facts("02-03").onset is None
    assert told.facts("02-03").recovered_on == day("02-03")


def test_the_runners_date_is_the_onset_and_is_unknown_before_it():
    told = sore(3, "03-01").runner(pain_began_on=day("02-20"))

    assert told.facts("02-19").onset is None
    assert told.facts("03-16").onset == day("02-20")
