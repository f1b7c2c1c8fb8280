"""Too little is known, or the background is not quiet: no progress."""

from __future__ import annotations

import pytest

from backpain.coach.decision import Verdict
from tests.coach.stories import calm, day, planking, sore, story

HOLD = Verdict.HOLD


def asks(told, on="03-16"):
    return [ask.what for ask in told.decide(on).asks]


def test_three_silent_days_hold_and_ask():
    assert "M-2" not in planking().rules("03-18")
    assert planking().rules("03-19")["M-2"] is HOLD
    assert "check_in" in asks(planking(), "03-19")


def test_three_readings_in_a_week_are_too_few():
    assert "M-2" in story().pain("03-10", "1 . 1 . . . 1").rules()
    assert "M-2" not in story().pain("03-10", "1 . 1 . . 1 1").rules()


def test_silence_in_an_episode_fails_safe():
    silent = story().pain("02-25", "3 " * 16)  # the last reading is 12 March

    assert "M-5" not in silent.rules("03-15")
    assert silent.rules("03-16")["M-5"] is HOLD
    assert "M-5" not in silent.pain("03-12", "1").rules("03-16")
    assert "M-5" not in story().pain("03-05", "3 " * 8).rules("03-16")


def test_silence_counts_from_the_fifteenth_day_and_after_pain_of_two():
    assert "M-5" in story().pain("03-01", "3 " * 12).rules("03-16")
    assert "M-5" not in story().pain("03-02", "3 " * 11).rules("03-16")
    assert "M-5" in story().pain("03-01", "3 " * 11 + "2").rules("03-16")
    assert "M-5" not in story().pain("03-01", "3 " * 11 + "1").rules("03-16")


def test_a_median_above_three_closes_the_gate():
    assert sore(4, "03-10").rules()["G-1"] is HOLD
    assert "G-1" not in sore(3, "03-10").rules()


def test_in_chronic_mode_the_gate_is_the_runners_own_usual():
    chronic = sore(4, "01-01").care("02-01", "assessed", "clears")

    assert "G-1" not in chronic.rules()
    assert "G-1" in sore(4, "01-01").care("02-01", "assessed").rules()


def test_a_six_in_three_days_or_two_fives_in_seven_close_the_gate():
    assert "G-2" in calm().pain("03-14", "6").rules()
    assert "G-2" not in calm().pain("03-13", "6").rules()
    assert "G-2" in calm().pain("03-10", "5 1 5").rules()
    assert "G-2" not in calm().pain("03-09", "5 1 5").rules()


def test_a_screen_lasts_a_month_and_in_an_episode_a_week():
    assert "G-3" not in calm().unscreened().screen("02-14").rules()
    assert calm().unscreened().screen("02-13").rules()["G-3"] is HOLD
    assert "full_screening" in asks(calm().unscreened())
    episode = calm().pain("03-04", "2").unscreened()
    assert "G-3" not in episode.screen("03-09").rules()
    assert "G-3" in episode.screen("03-08").rules()


@pytest.mark.parametrize("item", ["fever", "both_legs", "low_energy_intake"])
def test_an_incomplete_screen_is_no_screen(item):
    incomplete = calm().unscreened().screen("03-15", **{item: "not_said"})

    assert "G-3" in incomplete.rules()


def test_a_declined_sexual_question_leaves_a_screen_complete():
    assert "G-3" not in calm().unscreened().screen("03-15", sexual_change="not_said").rules()


def test_a_nerve_set_is_no_full_screen():
    assert "G-3" in calm().unscreened().screen("03-15", kind="nerve").rules()


def test_the_young_question_is_needed_only_under_twenty():
    history = calm().history.screenings[0]
    answers = {item: word for item, word in history.answers.items() if item != "lean_back_pain"}
    without = calm()._with(screenings=(type(history)(at=history.at, answers=answers, kind="full"),))

    assert "G-3" not in without.rules()
    assert "G-3" in without.runner(birth_year=2006).rules()


def test_the_nine_items_are_needed_in_a_long_episode():
    long = sore(2, "03-03").runner(pain_began_on=day("2025-12-10"))
    nine = {
        "onset_before_35",
        "wakes_second_half",
        "buttock_pain",
        "better_with_movement",
        "better_with_nsaid",
    }
    nine |= {"relative_with_spa", "arthritis", "enthesitis", "psoriasis"}

    assert "G-3" in long.rules()
    assert "G-3" not in long.screen("03-16", **dict.fromkeys(nine, "no")).rules()


def test_a_new_episode_a_jump_of_three_or_a_flare_calls_for_a_new_screen():
    assert "G-3" in calm().pain("03-16", "2").rules()
    assert "G-3" in sore(2, "03-10").unscreened().screen("03-15").pain("03-16", "5").rules()
    assert "G-3" not in sore(2, "03-10").unscreened().screen("03-15").pain("03-16", "4").rules()
    flare = sore(4, "03-10").unscreened().screen("03-14").pain("03-13", "5 5 5 5")
    assert "G-3" in flare.rules()
    assert "G-3" not in flare.screen("03-15").rules()


def test_high_pain_or_a_leg_symptom_waits_for_the_nerve_questions():
    leg = calm().pain("03-16", "1", sites=frozenset({"back-of-thigh-left"}))

    assert "G-3" in leg.rules()
    assert not leg.decide().running.may_run
    assert "nerve_screening" in asks(leg)
    assert leg.screen("03-16", kind="nerve").decide().running.may_run
    assert "G-3" not in leg.screen("03-16", kind="nerve").rules()


def test_a_jump_of_two_asks_the_nerve_questions_and_holds_nothing():
    jump = calm().pain("03-15", "0").pain("03-16", "2").screen("03-16", hour=21)
    jump_before = sore(1, "03-01").pain("03-15", "3").unscreened().screen("03-15")

    assert "nerve_screening" not in asks(jump)
    assert "nerve_screening" not in asks(jump_before)
    assert "nerve_screening" in asks(sore(1, "03-01").pain("03-16", "3").unscreened().screen("03-15"))


def test_an_unknown_birth_year_is_asked_for():
    assert "birth_year" in asks(calm().runner(birth_year=None))
