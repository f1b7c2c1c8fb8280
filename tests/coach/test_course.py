"""Pain that lasts, worsens, spreads or spoils runs. Each story fires; beside it one fact is flipped."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from backpain.coach.course import Walk
from backpain.coach.decision import Verdict
from backpain.coach.episode import Drift
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import calm, day, sore, story
from tests.coach.test_programme import trained

PROFESSIONAL, REGRESS, HOLD = Verdict.PROFESSIONAL, Verdict.REGRESS, Verdict.HOLD

# W-1: more than a week, more than two


def test_eight_days_of_pain_are_a_notice():
    assert sore(3, "03-08").rules()["W-1a"] is HOLD
    assert "W-1a" not in sore(3, "03-09").rules()
    assert "W-1a" in sore(2, "03-08").rules()
    assert "W-1a" not in sore(1, "03-08").rules()
    assert "W-1a" in story().pain("03-08", "3 . . 3 . 3 . 3 3").rules()
    assert "W-1a" not in story().pain("03-08", "3 . . 3 . 3 . . 3").rules()  # three readings make no median
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


@pytest.mark.parametrize(
    ("values", "fires"),
    [
        ("2 " * 16, True),
        # seven readings in two weeks
        ("4 . 4 . 4 . 4 . 4 . 4 . 4 . . 4", True),
        ("4 . . . 4 . 4 . 4 . 4 . 4 . . 4", False),
        # three in each week
        ("4 " * 11 + ". . 4 . .", True),
        ("4 " * 10 + ". . . 4 . .", False),
        ("4 . . . . . " + "4 " * 10, True),
        ("4 . . . . . . " + "4 " * 9, False),
        # both medians are a pain day's
        ("4 . . . . . 1 2 4 " + "4 " * 7, True),
        ("4 . . . . . 1 1 4 " + "4 " * 7, False),
        ("2 " * 9 + ". . . 1 2 2 4", True),
        ("2 " * 9 + ". . . 1 1 2 4", False),
        # three quarters are pain days
        ("4 4 . . 1 4 4 4 4 1 4 4 4 4 1 4", True),
        ("4 4 . . 1 4 4 4 4 1 4 4 4 1 1 4", False),
        # one of the last four days is
        ("4 " * 13 + ". . .", True),
        ("4 " * 12 + ". . . .", False),
        # neither is the week mild nor has it eased by two points or 30 per cent
        ("6 " * 9 + "4 " * 7, True),
        ("5 " * 9 + "3 " * 7, False),
        ("4 " * 9 + "3 " * 7, True),
        ("3 " * 9 + "2 " * 7, False),
    ],
)
def test_two_weeks_of_pain_count_at_these_limits(values, fires):
    assert ("W-1b" in story().pain("03-01", values).rules()) is fires


def test_clear_easing_puts_two_weeks_off_but_not_past_day_28():
    assert "W-1a" in story().pain("03-01", "5 " * 9 + "3 " * 7).rules()
    still = story().pain("03-01", "5 " * 21 + "3 " * 8)
    assert "W-1b" not in still.rules("03-28")
    assert "W-1b" in still.rules("03-29")


def test_three_weeks_with_two_pain_days_each_need_a_professional():
    sparse = story().pain("02-23", "3 . . 3 . . . 3 . . 3 . . . 3 . . 3 . . . 3")

    assert sparse.rules("03-16")["W-1d"] is PROFESSIONAL
    assert "W-1d" not in sparse.pain("03-02", ".").rules("03-16")
    assert "W-1d" not in sparse.rules("03-15")
    mild = story().pain("02-23", "2 . . 2 . . . 2 . . 3 . . . 2 . . 3 . . . 3")
    assert "W-1d" in mild.rules()
    assert "W-1d" not in mild.pain("03-16", "2").rules()


def test_chronic_pain_never_assessed_needs_a_professional():
    chronic = sore(2, "03-14").runner(pain_began_on=day("2025-12-22"))

    assert chronic.rules()["W-1c"] is PROFESSIONAL
    assert "W-1c" not in sore(2, "03-14").runner(pain_began_on=day("2025-12-23")).rules()
    assert "W-1c" not in chronic.care("03-01", "assessed").rules()
    assert "W-1c" not in chronic.pain("03-14", "1").rules()
    assert "W-1c" in chronic.pain("03-14", "1").pain("02-17", "2").rules()
    assert "W-1c" not in chronic.pain("03-14", "1").pain("02-16", "2").rules()


# W-2: runs


def test_one_spoiled_run_eases_and_two_need_a_professional():
    one = calm().skipped("03-03")

    assert one.rules()["W-2"] is REGRESS
    assert one.skipped("03-10").rules()["W-2"] is PROFESSIONAL
    assert "W-2" not in calm().skipped("03-02").rules()
    assert one.skipped("03-10").care("03-03", "assessed").rules()["W-2"] is REGRESS


@pytest.mark.parametrize("how", ["stopped", "shortened", "limp"])
def test_a_run_is_spoiled_in_three_ways_and_a_walk_is_no_run(how):
    assert calm().run(f"03-10 3000 m 0/1/0/0 {how}").rules()["W-2"] is REGRESS
    assert "W-2" not in calm().run(f"03-10 3000 m 0/1/0/0 {how}", activity="walk").rules()


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
        ("5 . 5 . 5 . . 5", "03-02", {}, True),
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


def test_after_an_assessment_or_without_a_usual_the_sum_begins_at_zero():
    risen = worsening("4 " * 18).care("03-03", "assessed").under(cusum_limit=9)
    new = story().pain("02-03", "2 " * 10 + "4 " * 20).under(cusum_limit=9)  # a usual from 22 February on

    assert "W-3" not in risen.rules("03-11")
    assert "W-3" in risen.rules("03-12")
    assert "W-3" not in new.rules("03-01")
    assert "W-3" in new.rules("03-02")


def test_there_is_no_sustained_rise_over_a_usual_below_one():
    assert "W-3" in story().pain("2026-01-20", "1 " * 34 + "3 " * 8).rules("03-02")
    assert "W-3" not in story().pain("2026-01-20", "1 0 " * 17 + "3 " * 8).rules("03-02")


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


@pytest.mark.parametrize(
    ("old", "recent", "fires"),
    [
        ("1 " * 12, "3 " * 8, True),
        ("1 " * 11, "3 " * 8, False),
        ("1 " * 12, "3 " * 7, False),
        ("1 " * 12, "2 3 3 3 3 3 3 3", False),  # the means
        ("1 1 1 1 1 2 2 2 2 2 2 2", "3 3 3 3 4 4 4 5", False),  # the medians
        ("0 1 1 1 1 1 1 1 1 1 1 1", "3 " * 8, False),  # once hardly any pain
    ],
)
def test_a_slow_drift_needs_a_professional(old, recent, fires):
    climb = story().pain("2026-01-06", old).pain("03-09", recent)

    assert (climb.rules().get("W-4") is PROFESSIONAL) is fires


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
    assert quiet.pain("02-23", "3 3 3").rules("02-28")["W-12"] is REGRESS
    assert "W-12" not in quiet.pain("02-23", "3 3 3").rules("03-01")
    assert "W-12" not in quiet.pain("02-23", "0 0 3").rules("02-25")
    assert "W-12" not in story().pain("2026-01-20", "1 " * 34 + "3 3 3").rules("02-25")


# W-7: rest


@pytest.mark.parametrize(
    ("first", "last", "start", "end", "fires"),
    [
        ("03-10", "03-12", 5, 4, True),
        ("03-10", "03-11", 5, 4, False),  # two days
        ("03-10", "03-12", 5, 3, False),  # two points
        ("03-10", "03-12", 3, 2, False),  # a third
        ("03-10", "03-12", 1, 1, False),  # hardly any left
        ("03-10", "03-12", 2, 2, True),
        ("02-28", "03-02", 5, 5, True),
        ("02-27", "03-01", 5, 5, False),  # ended 15 days ago
        ("03-14", "03-16", 5, 5, True),  # ends today
        ("03-14", "03-17", 5, 5, False),  # ends tomorrow, and so does what is said of its end
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


@pytest.mark.parametrize(
    ("rests", "fires"),
    [
        ([("03-10", "03-10", 5, None), ("03-11", "03-11"), ("03-12", "03-12", None, 4)], True),
        ([("03-10", "03-11", 5, 4), ("03-13", "03-14", 5, 4)], False),  # a day between them
        ([("03-10", "03-14", 5, 4), ("03-11", "03-12", 5, 1)], True),  # one within the other
        ([("03-10", "03-14", 5, 1), ("03-11", "03-12", 5, 4)], False),
    ],
)
def test_rests_that_touch_are_one_rest(rests, fires):
    told = story()
    for rest in rests:
        told = told.rest(*rest)

    assert ("W-7" in told.rules()) is fires


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


def test_the_first_report_of_a_site_is_that_of_the_episode():
    earlier = story().pain("2026-01-05", "4 " + "0 " * 30).pain("01-10", "0", sites=frozenset({"knee-left"}))
    again = earlier.pain("03-01", "3 " * 16).pain("03-11", "3", sites=frozenset({"knee-left"}))

    assert "W-8" in again.care("03-05", "assessed").rules()
    assert "W-8" not in again.care("03-11", "assessed").rules()


# W-9, W-10


def test_three_bad_bouts_in_two_weeks_need_a_professional():
    bad = calm().run("03-05 5000 m 1/6/2/1").run("03-09 5000 m 1/6/2/1")

    assert "W-9" not in bad.rules()
    assert "W-9" in bad.run("03-03 5000 m 1/6/2/1").rules()
    assert "W-9" not in bad.run("03-02 5000 m 1/6/2/1").rules()
    assert bad.run("03-13 5000 m 1/6/2/1").rules()["W-9"] is PROFESSIONAL
    assert "W-9" in bad.run("03-13 5000 m 1/6/2/1").care("03-12", "assessed").rules()
    assert "W-9" not in bad.run("03-13 5000 m 1/6/2/1").care("03-13", "assessed").rules()


def test_an_episode_soon_after_recovery_keeps_coming_back():
    first = story().pain("2026-01-05", "4 4 " + "0 " * 30)
    again = first.pain("02-20", "4 4")

    assert again.rules("02-21")["W-10"] is PROFESSIONAL
    assert "W-10" not in again.care("02-20", "assessed").rules("02-21")
    assert "W-10" in first.pain("03-04", "4").rules("03-04")  # it had ended on 2 February
    assert "W-10" not in first.pain("03-05", "4").rules("03-05")


@pytest.mark.parametrize(("first", "fires"), [("2025-03-17", True), ("2025-03-16", False)])
def test_three_episodes_in_a_year_keep_coming_back(first, fires):
    quiet = "0 " * 30
    told = story().pain(first, f"4 {quiet}").pain("2025-08-01", f"4 {quiet}").pain("03-16", "4")

    assert ("W-10" in told.rules()) is fires


def test_the_runners_own_count_of_episodes_counts():
    assert sore(3, "03-14").runner(episodes_last_12_months=3).rules()["W-10"] is PROFESSIONAL
    assert "W-10" not in sore(3, "03-14").runner(episodes_last_12_months=2).rules()


# W-11: test_programme.py


def test_a_week_of_three_readings_does_not_judge_a_programme():
    assert "W-11" in trained(4, 4).pain("03-10", ". . . 4 4 4 4").rules()
    assert "W-11" not in trained(4, 4).pain("03-10", ". . . . 4 4 4").rules()


# Episodes


def test_an_episode_begins_with_the_first_pain_day_and_ends_with_a_quiet_month():
    told = story().pain("2026-01-05", "1 2 1 " + "0 " * 40)

    assert told.facts("01-05").onset is None
    assert told.facts("01-06").onset == day("01-06")
    assert told.facts("02-02").onset == day("01-06")
    assert told.facts("02-03").onset is None
    assert told.facts("02-03").recovered_on == day("02-03")


@pytest.mark.parametrize(
    ("values", "recovered"),
    [
        ("0 " * 10 + ". " * 18, True),
        ("0 " * 9 + ". " * 19, False),
        ("0 " * 27 + "2", True),
        ("2 " + "0 " * 26 + "2", False),
    ],
)
def test_a_quiet_month_has_ten_readings_and_one_pain_day_at_most(values, recovered):
    told = story().pain("01-06", f"4 {values}")  # the 28 days from 7 January on

    assert (told.facts("02-03").onset is None) is recovered


def test_the_runners_date_is_the_onset_and_is_unknown_before_it():
    told = sore(3, "03-01").runner(pain_began_on=day("02-20"))

    assert told.facts("02-19").onset is None
    assert told.facts("03-16").onset == day("02-20")


def test_the_runners_date_takes_the_place_of_the_open_episodes_onset():
    again = story().pain("2026-01-05", "4 " + "0 " * 30).pain("03-01", "3 " * 16)
    told = again.runner(pain_began_on=day("03-05"))

    assert (told.facts("03-04").onset, told.facts("03-04").earlier_onsets) == (day("03-01"), (day("01-05"),))
    assert (told.facts("03-05").onset, told.facts("03-05").earlier_onsets) == (day("03-05"), (day("01-05"),))


@pytest.mark.parametrize(
    ("first", "last", "usual"),
    [("02-03", "03-06", 3), ("02-02", "03-06", None), ("02-03", "03-07", None)],
)
def test_the_usual_is_the_median_of_ten_readings_41_to_10_days_ago(first, last, usual):
    told = story().pain("02-04", "3 " * 8).pain(first, "3").pain(last, "3")

    assert told.facts().usual == usual


def test_the_course_is_the_same_asked_day_by_day():
    days = [day("01-06") + dt.timedelta(days=number) for number in range(30)]
    pain = dict(zip(days, [4, *[0] * 26, 2, 0, 0], strict=True))  # a pain day before the end is no onset
    daily, once = (
        Walk(pain, first=days[0], began_on=None, assessed=(), thresholds=SHIPPED) for _ in range(2)
    )
    for on in days:
        daily.go_to(on)
    once.go_to(days[-1])

    assert daily.course == once.course
    assert once.course.recovered_on == days[28]
