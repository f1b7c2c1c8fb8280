"""Combinations, what a reason shows, locks and how they end. The base is calm(): no episode, no pain day.

Every answer alone and in pairs is in red_flags.md.
"""

from __future__ import annotations

import itertools

import pytest

from backpain.coach.decision import Dose, Move, Verdict
from backpain.coach.screening import is_worrying
from backpain.coach.signs import Answer, Signs
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import BASE_ITEMS, calm, day, planking, sore, story
from tests.coach.test_red_flag_evidence import jumped

EMERGENCY, URGENT, PROFESSIONAL = Verdict.EMERGENCY, Verdict.URGENT, Verdict.PROFESSIONAL
REGRESS, HOLD, PROGRESS = Verdict.REGRESS, Verdict.HOLD, Verdict.PROGRESS
TODAY = day("03-16")


def test_a_flag_beats_every_earned_step():
    flagged = planking().screen("03-16", saddle_numbness="yes").decide()

    assert flagged.verdict is EMERGENCY
    assert flagged.moves == ()
    assert [(s.rule, s.because) for s in flagged.suppressed] == [("E-4", "A-2")]
    assert not flagged.running.may_run


# Combinations with the profile, the episode and the entries


@pytest.mark.parametrize(
    ("rule", "fires", "verdict", "spared"),
    [
        (
            "R-3b",
            calm().runner(birth_year=1961).screen("03-15", 21, minor_injury="yes"),
            URGENT,
            calm().runner(birth_year=1962).screen("03-15", 21, minor_injury="yes"),
        ),
        (
            "R-3b",
            calm()
            .runner(conditions=frozenset({"steroids-3-months"}))
            .screen("03-15", 21, minor_injury="yes"),
            URGENT,
            calm().runner(conditions=frozenset({"steroids-3-months"})),
        ),
        (
            "R-3c",
            sore(4, "03-12").runner(conditions=frozenset({"osteoporosis"})),
            PROFESSIONAL,
            sore(4, "03-12"),
        ),
        (
            "R-3c",
            sore(6, "03-12").runner(conditions=frozenset({"osteoporosis"})),
            URGENT,
            sore(6, "03-12")
            .runner(conditions=frozenset({"osteoporosis"}))
            .care("03-13", "assessed", "clears")
            .screen("03-14"),
        ),
        (
            "R-4",
            sore(2, "03-12").runner(conditions=frozenset({"known-aneurysm"})),
            EMERGENCY,
            calm().runner(conditions=frozenset({"known-aneurysm"})),
        ),
        (
            "R-4",
            calm().pain("03-16", "6", sites=frozenset({"abdomen"})).runner(birth_year=1966),
            URGENT,
            calm().pain("03-16", "6", sites=frozenset({"abdomen"})).runner(birth_year=1967),
        ),
        (
            "R-5",
            calm().screen("03-16", fever="yes", very_unwell="yes"),
            EMERGENCY,
            calm().screen("03-16"),
        ),
        (
            "R-5",
            sore(3, "03-12").runner(conditions=frozenset({"injecting-drugs"})),
            URGENT,
            calm().runner(conditions=frozenset({"injecting-drugs"})),
        ),
        (
            "R-5",
            sore(3, "03-12").runner(conditions=frozenset({"immunosuppressed"})),
            PROFESSIONAL,
            sore(3, "03-12"),
        ),
        (
            "R-6",
            sore(3, "03-12").screen("03-16", cancer_ever="yes"),
            URGENT,
            calm().screen("03-16", cancer_ever="yes"),
        ),
        (
            "R-6",
            sore(3, "03-12").screen("03-16", cancer_ever="yes", band_pain="yes"),
            EMERGENCY,
            sore(3, "03-12").screen("03-16", band_pain="yes"),
        ),
        (
            "R-7",
            calm().pain("03-16", "6", sites=frozenset({"mid-back"})),
            URGENT,
            calm().pain("03-16", "5", sites=frozenset({"mid-back"})),
        ),
        (
            "R-8",
            calm().screen("03-16", one_sided_sacral="yes", low_energy_intake="yes"),
            PROFESSIONAL,
            calm().screen("03-16", one_sided_sacral="yes"),
        ),
        (
            "R-8",
            calm().screen("03-16", one_sided_sacral="yes", bone_pain_at_rest="yes"),
            URGENT,
            calm().screen("03-16", past_stress_fracture="yes", low_energy_intake="yes"),
        ),
        (
            "R-8b",
            calm().screen("03-16", periods_absent="yes"),
            PROFESSIONAL,
            calm()
            .screen("03-16", periods_absent="yes")
            .runner(conditions=frozenset({"pregnant-or-6-months-postpartum"})),
        ),
        (
            "R-8c",
            calm().run("03-14 5000 m 0/1/0/0 limp", sites=frozenset({"groin-left"})),
            URGENT,
            calm().run("03-14 5000 m 0/1/0/0", sites=frozenset({"groin-left"})),
        ),
        (
            "R-9",
            sore(3, "03-02").runner(birth_year=2006).screen("03-16", lean_back_pain="yes"),
            PROFESSIONAL,
            sore(3, "03-02").runner(birth_year=2005).screen("03-16", lean_back_pain="yes"),
        ),
        (
            "R-9",
            sore(3, "03-03").runner(birth_year=2006).screen("03-16", lean_back_pain="yes"),
            REGRESS,
            sore(3, "03-03").runner(birth_year=2006),
        ),
        (
            "R-11",
            calm().runner(birth_year=2010),
            PROFESSIONAL,
            calm().runner(birth_year=2009),
        ),
        ("R-11", calm().runner(birth_year=None), HOLD, calm()),
        (
            "R-11",
            sore(3, "03-12").runner(birth_year=1971, first_ever_episode=True),
            PROFESSIONAL,
            sore(3, "03-12").runner(birth_year=1971, first_ever_episode=True).care("03-13", "assessed"),
        ),
        (
            "R-12",
            sore(3, "03-12").screen("03-16", pregnant_or_postpartum="yes"),
            PROFESSIONAL,
            sore(3, "03-12").screen("03-14", pregnant_or_postpartum="yes").care("03-15", "assessed"),
        ),
    ],
)
def test_a_combination_fires_and_one_fact_less_does_not(rule, fires, verdict, spared):
    assert fires.rules()[rule] is verdict
    assert rule not in spared.rules() or spared.rules()[rule] < verdict


def test_a_back_that_hurts_on_leaning_back_pauses_only_its_ladder():
    young = calm().runner(birth_year=2006).screen("03-16", lean_back_pain="yes")
    placed = young.placed("front-plank forearm-plank 3x25 s").placed("back-extension superman 3x8 reps")
    superman = Dose(exercise="superman", sets=3, target=8, unit="reps")

    assert young.decide().moves == ()
    assert placed.decide().moves == (
        Move(ladder="back-extension", rule="R-9", kind="pause", from_=superman, to=None),
    )


def test_three_inflammatory_items_count_only_in_a_long_episode_that_began_young():
    items = {"onset_before_35": "yes", "wakes_second_half": "yes", "better_with_movement": "yes"}
    long = sore(3, "03-01").runner(
        pain_began_on=sore().facts("03-16").on.replace(year=2025, month=12, day=16)
    )

    assert long.screen("03-16", **items).rules()["R-10"] is PROFESSIONAL
    assert "R-10" not in long.screen("03-16", **(items | {"better_with_movement": "no"})).rules()
    assert "R-10" not in long.runner(birth_year=1979).screen("03-16", **items).rules()
    assert "R-10" not in sore(3, "03-01").screen("03-16", **items).rules()


def test_an_assessment_after_the_last_inflammatory_item_silences_them():
    items = dict.fromkeys(("onset_before_35", "wakes_second_half", "better_with_movement"), "yes")
    long = sore(3, "03-01").runner(pain_began_on=day("2025-12-01"))
    told = long.unscreened().screen("03-09", onset_before_35="yes").screen("03-10", **items)

    assert told.care("03-09", "assessed").rules()["R-10"] is PROFESSIONAL
    assert "R-10" not in told.care("03-10", "assessed").rules()


@pytest.mark.parametrize(
    ("sites", "feel", "fires"),
    [
        ({"buttock-left"}, {"numb"}, True),
        ({"below-knee-right"}, {"pins-and-needles"}, True),
        ({"low-back-left"}, {"numb"}, False),
        ({"buttock-left"}, {"burning"}, False),
        ({"below-knee-left", "below-knee-right"}, set(), True),
        ({"knee-left", "knee-right"}, set(), False),
    ],
)
def test_a_numb_leg_or_both_legs_is_urgent(sites, feel, fires):
    told = calm().pain("03-16", "1", sites=frozenset(sites), feel=frozenset(feel))

    assert ("R-2c" in told.rules()) is fires


def test_a_numb_leg_stands_until_the_nerve_questions_are_all_no():
    told = calm().pain("03-14", "1", sites=frozenset({"buttock-left"}), feel=frozenset({"numb"}))

    assert told.unscreened().screen("03-13").rules()["R-2c"] is URGENT
    assert "R-2c" not in told.screen("03-16", kind="nerve").rules()
    assert "R-2c" not in told.unscreened().screen("03-14", kind="nerve").rules("03-14")
    assert told.unscreened().screen("03-16", kind="nerve", both_legs="yes").rules()["R-2c"] is URGENT


# Severe pain


def test_eight_on_two_readings_needs_a_professional_and_unable_makes_it_urgent():
    severe = calm().pain("03-15", "8 8")

    assert severe.rules()["W-6"] is PROFESSIONAL
    assert "W-6" not in calm().pain("03-15", "7 8").rules()
    for what in ("sleep", "walk", "dress"):
        assert severe.pain("03-16", "8", cannot=frozenset({what})).rules()["W-6"] is URGENT


def test_seven_on_three_readings_needs_a_professional():
    assert calm().pain("03-14", "7 7 7").rules()["W-6"] is PROFESSIONAL
    assert "W-6" not in calm().pain("03-14", "7 6 7").rules()


def test_old_severe_readings_are_no_longer_severe_pain():
    silent = calm().pain("03-12", "8 8 . . .")

    assert "W-6" in silent.rules("03-16")
    assert "W-6" not in silent.rules("03-17")


def test_a_newest_reading_of_six_eases_and_stops_running():
    strong = calm().pain("03-16", "6")

    assert strong.rules()["W-6b"] is REGRESS
    assert not strong.decide().running.may_run
    assert "nerve_screening" in [ask.what for ask in strong.decide().asks]
    assert "W-6b" not in calm().pain("03-16", "5").rules()


def test_eight_and_unable_to_walk_is_urgent():
    assert calm().pain("03-16", "8", cannot=frozenset({"walk"})).rules()["W-6b"] is URGENT
    assert calm().pain("03-16", "8", cannot=frozenset({"sleep"})).rules()["W-6b"] is REGRESS


def test_an_assessment_silences_an_answer_that_is_only_repeated():
    expecting = sore(3, "03-01").unscreened().screen("03-02", pregnant_or_postpartum="yes")
    repeated = expecting.screen("03-16", pregnant_or_postpartum="yes")

    assert repeated.rules()["R-12"] is PROFESSIONAL
    assert repeated.care("03-01", "assessed").rules()["R-12"] is PROFESSIONAL
    assert "R-12" not in repeated.care("03-02", "assessed").rules()
    assert "R-12" not in repeated.care("03-05", "assessed").rules()


def test_not_being_sure_about_cancer_counts_in_an_open_episode():
    assert sore(3, "03-12").screen("03-16", cancer_ever="unsure").rules()["R-1u"] is PROFESSIONAL
    assert calm().screen("03-16", cancer_ever="unsure").rules()["R-1u"] is HOLD


# What a day shows

BOTH_SHINS = ("below-knee-left", "below-knee-right")
HURT = calm().pain(
    "03-10",
    "1",
    sites=frozenset({*BOTH_SHINS, "abdomen"}),
    feel=frozenset({"numb"}),
    cannot=frozenset({"walk"}),
)


@pytest.mark.parametrize(
    ("told", "on", "marks"),
    [
        (HURT, "03-10", "abdomen both-legs cannot-walk numb-leg unable-today"),
        (HURT, "03-16", "abdomen cannot-walk"),
        (HURT, "03-17", ""),
        (sore(3, "03-02"), "03-16", "fresh open unassessed"),
        (sore(3, "03-01"), "03-16", "open unassessed"),
        (sore(3, "03-01").care("03-10", "assessed"), "03-16", "open"),
        (sore(3, "03-01").care("03-10", "clears"), "03-16", "open"),
        (calm().pain("03-16", "4"), "03-16", "fresh jump open unassessed"),
        (sore(7, "03-01"), "03-16", "open severe unassessed"),
    ],
)
def test_entries_leave_their_marks(told, on, marks):
    assert told.facts(on).signs.marks == set(marks.split())


@pytest.mark.parametrize(
    ("on", "counts"), [("02-28", False), ("03-01", True), ("03-16", True), ("03-17", False)]
)
def test_care_counts_from_the_onset_to_today(on, counts):
    facts = sore(3, "03-01").care(on, "assessed", "clears").facts()

    assert [facts.assessed_on, facts.cleared_on] == [day(on) if counts else None] * 2


def test_a_jump_of_load_is_a_risk_for_six_weeks():
    twice = jumped().run("04-05 20000 m 0/0/0/0")
    for told, last, first_without in ((jumped(), "04-24", "04-25"), (twice, "05-17", "05-18")):
        assert "R-8" in told.screen(last, one_sided_sacral="yes").rules(last)
        assert "R-8" not in told.screen(first_without, one_sided_sacral="yes").rules(first_without)


FEVER, UNSURE = Answer(item="fever", answer="yes", on=TODAY), Answer(item="fever", answer="unsure", on=TODAY)


@pytest.mark.parametrize(
    ("mine", "others", "covers"),
    [
        (
            {"answers": (FEVER,), "marks": {"limp"}, "pain": 3},
            {"answers": (FEVER,), "marks": {"limp"}, "pain": 3},
            True,
        ),
        ({"answers": (FEVER,)}, {"answers": (UNSURE,)}, False),
        ({"marks": {"limp"}}, {"marks": {"leg"}}, False),
        ({"pain": 3}, {"pain": 4}, False),
        ({}, {"pain": 1}, False),
        ({"pain": 0}, {}, True),
    ],
)
def test_a_day_covers_another_that_shows_no_more(mine, others, covers):
    assert Signs(on=TODAY, **mine).covers(Signs(on=TODAY, **others)) is covers


@pytest.mark.parametrize(
    ("signs", "conditions", "tells"),
    [
        ({"answers": (UNSURE,)}, set(), True),
        ({}, {"known-aneurysm"}, True),
        ({"pain": 6}, set(), True),
        ({"pain": 5}, set(), False),
        ({"marks": {"abdomen"}}, set(), True),
        ({"marks": {"open", "unassessed", "fresh", "jump", "load-spike"}}, set(), False),
        ({}, set(), False),
    ],
)
def test_a_day_can_tell_something_or_no_rule_is_asked(signs, conditions, tells):
    assert Signs(on=TODAY, **signs).tells(conditions, SHIPPED) is tells


# locks


FLAGGED = calm().screen("03-05", saddle_numbness="yes")


def test_a_yes_stays_although_a_later_screen_says_no():
    assert FLAGGED.rules()["R-1"] is EMERGENCY
    assert FLAGGED.rules()["R-14"] is EMERGENCY


def test_care_that_clears_and_a_full_screen_after_it_end_a_lock():
    cleared = FLAGGED.care("03-10", "assessed", "clears")

    assert "R-1" not in cleared.rules()
    assert cleared.decide().running.may_run


def test_care_without_a_full_screen_after_it_ends_nothing():
    late = calm().unscreened().screen("03-05", saddle_numbness="yes").screen("03-08").care("03-10", "clears")

    assert late.rules()["R-1"] is EMERGENCY
    assert late.screen("03-12", kind="nerve").rules()["R-1"] is EMERGENCY


def test_care_that_clears_asks_for_the_full_screen_that_is_still_missing():
    flagged = calm().unscreened().screen("03-05", saddle_numbness="yes").screen("03-08")
    cleared = flagged.care("03-10", "clears")

    assert asks_for_a_full_screen(cleared)
    assert asks_for_a_full_screen(cleared.screen("03-12", kind="nerve"))
    assert not asks_for_a_full_screen(flagged)
    assert not asks_for_a_full_screen(cleared.screen("03-12"))


def asks_for_a_full_screen(told):
    return any(ask.what == "full_screening" for ask in told.decide().asks)


def test_care_that_does_not_clear_ends_nothing():
    assert FLAGGED.care("03-10", "assessed").rules()["R-1"] is EMERGENCY


def test_care_before_the_flag_ends_nothing():
    assert FLAGGED.care("03-04", "assessed", "clears").rules()["R-1"] is EMERGENCY


def test_an_incomplete_screen_ends_nothing():
    incomplete = calm().unscreened().screen("03-05", fever="yes").care("03-06", "clears")

    assert incomplete.screen("03-10", weight_loss="not_said").rules()["R-5"] is URGENT
    assert "R-5" not in incomplete.screen("03-10", sexual_change="not_said").rules()


WORST_LAST = ("no", "not_said", "unsure", "yes")


@pytest.mark.parametrize(("earlier", "later"), list(itertools.permutations(WORST_LAST, 2)))
def test_of_two_answers_of_a_day_the_worse_stands(earlier, later):
    both = calm().screen("03-16", hour=8, fever=earlier).screen("03-16", hour=9, fever=later)
    ((answer,),) = (signs.answers for signs in both.facts().standing)

    assert answer.answer == max(earlier, later, key=WORST_LAST.index)


def test_an_earlier_day_stands_in_the_episode_it_was_in():
    told = story().pain("2026-01-05", "4 " + "0 " * 30).screen("01-10", fever="yes")

    assert [(signs.on, signs.onset) for signs in told.facts("02-20").standing] == [
        (day("01-19"), day("01-05")),  # the last day on which the onset was fresh
        (day("02-01"), day("01-05")),
        (day("02-04"), None),
    ]


def test_a_lock_may_end_on_its_own_day_by_what_came_later():
    yes = calm().unscreened().screen("03-16", hour=8, saddle_numbness="yes", fever="not_said")
    cleared = yes.care("03-16", "clears")

    assert cleared.rules()["R-1"] is EMERGENCY  # a screen never clears itself
    assert cleared.screen("03-16", hour=7).rules()["R-1"] is EMERGENCY
    assert yes.screen("03-16", hour=9).rules()["R-1"] is EMERGENCY
    assert "R-1" not in cleared.screen("03-16", hour=9).rules()
    complete = calm().unscreened().screen("03-16", hour=8, saddle_numbness="yes").care("03-16", "clears")
    assert complete.rules()["R-1"] is EMERGENCY


@pytest.mark.parametrize(("word", "ends"), [("no", True), ("not_said", True), ("unsure", False)])
def test_a_day_flagged_by_an_entry_ends_by_a_screen_of_it_that_does_not_worry(word, ends):
    limp = calm().unscreened().run("03-15 5000 m 0/1/0/0 limp", sites=frozenset({"groin-left"}))
    told = limp.care("03-15", "clears").screen("03-15", hour=7, sexual_change=word)

    assert (told.facts("03-15").standing == ()) is ends
    assert limp.screen("03-15", hour=7, sexual_change=word).facts("03-15").standing


def test_a_nerve_set_ends_nothing_however_much_it_answers():
    cleared = calm().unscreened().screen("03-05", saddle_numbness="yes").care("03-10", "clears")

    assert (
        cleared.screen("03-12", kind="nerve", **dict.fromkeys(BASE_ITEMS, "no")).rules()["R-1"] is EMERGENCY
    )
    assert "R-1" not in cleared.screen("03-12").rules()


@pytest.mark.parametrize(
    ("care", "standing"),
    [
        ((), [("03-12", 1)]),
        (("03-10", "assessed"), [("03-12", 1)]),
        (("03-04", "clears"), [("03-12", 1)]),
        (("03-05", "clears"), [("03-05", 1), ("03-12", 0)]),
        (("03-12", "clears"), [("03-05", 1), ("03-12", 0)]),
        (("03-13", "clears"), [("03-12", 1)]),
    ],
)
def test_an_answer_goes_with_later_days_until_care_clears_it(care, standing):
    told = story().screen("03-05", fever="yes").pain("03-12", "1", sites=frozenset({"abdomen"}))
    told = told.care(*care) if care else told

    assert [(signs.on, len(signs.answers)) for signs in told.facts().standing] == [
        (day(on), answers) for on, answers in standing
    ]


def test_of_days_that_show_the_same_only_the_latest_is_kept():
    twice = story().screen("03-05", fever="yes").screen("03-10", fever="yes")
    more = story().screen("03-05", fever="yes").screen("03-10", fever="yes", weight_loss="yes")

    for told in (twice, more):
        assert [signs.on for signs in told.facts().standing] == [day("03-10")]


@pytest.mark.parametrize(("cleared_on", "ends"), [("03-10", True), ("03-11", True), ("03-09", False)])
def test_marks_that_care_has_cleared_lock_no_later_day(cleared_on, ends):
    told = calm().run("03-10 5000 m 0/1/0/0 limp", sites=frozenset({"groin-left"})).unscreened()
    told = told.care(cleared_on, "assessed", "clears").screen("03-11", hour=22)

    assert ("R-8c" not in told.rules("03-16")) is ends


def test_a_new_limp_beside_a_cleared_groin_locks_again():
    told = calm().pain("03-10", "1", sites=frozenset({"groin-left"})).unscreened()
    told = told.care("03-11", "assessed", "clears").screen("03-11", hour=22)

    assert "R-8c" not in told.rules("03-14")
    assert "R-8c" in told.run("03-13 5000 m 0/1/0/0 limp").rules("03-14")


def test_what_the_back_keeps_from_counts_with_severe_pain_also_when_cleared():
    told = sore(2, "03-01").pain("03-10", "3", cannot=frozenset({"walk"})).care("03-11", "clears")

    assert told.pain("03-14", "7 7 7").rules()["W-6"] is URGENT


def test_a_new_sign_beside_a_cleared_cancer_history_is_an_emergency():
    told = sore(3, "03-01").unscreened().screen("03-08", cancer_ever="yes")
    told = told.care("03-10", "assessed", "clears").screen("03-11", cancer_ever="yes")

    assert "R-6" not in told.rules("03-12")
    assert told.screen("03-14", cancer_ever="yes", band_pain="yes").rules("03-14")["R-6"] is EMERGENCY


def test_a_cleared_cancer_history_does_not_lock_the_episode_again():
    locked = sore(3, "03-05").unscreened().screen("03-06", cancer_ever="yes")
    cleared = locked.care("03-10", "clears").screen("03-11", cancer_ever="yes")

    assert locked.rules()["R-6"] is URGENT
    assert "R-6" not in cleared.rules()


FRACTURE = {"one_sided_sacral": "yes", "past_stress_fracture": "yes"}


@pytest.mark.parametrize("care_on", ["03-06", "03-10"])
def test_a_cleared_stress_fracture_does_not_lock_the_episode_again(care_on):
    locked = sore(3, "03-05").unscreened().screen("03-06", **FRACTURE)
    cleared = locked.care(care_on, "clears").screen("03-11", **FRACTURE)

    assert locked.rules()["R-8"] is PROFESSIONAL
    assert "R-8" not in cleared.rules()


def test_a_stress_fracture_counts_again_from_the_onset_of_a_later_episode():
    earlier = story().pain("2026-01-05", "4 " + "0 " * 30).screen("01-10", past_stress_fracture="yes")
    later = earlier.care("01-12", "clears").pain("03-10", "3 " * 7).screen("03-15", **FRACTURE)
    (reason,) = (reason for reason in later.decide().reasons if reason.rule == "R-8")

    assert [(v.what, v.on) for v in reason.evidence.values] == [
        ("answer.one_sided_sacral", day("03-15")),
        ("answer.past_stress_fracture", day("03-10")),
    ]


def test_what_was_cleared_is_known_for_thirty_days():
    sacral = (
        calm().unscreened().screen("02-01", one_sided_sacral="yes").care("02-03", "clears").screen("02-05")
    )
    both = sacral.screen("03-01", impact_pain_one_spot="yes").care("03-03", "clears").screen("03-05")

    def released(on):
        return [one.on for one in both.facts(on).ahead.returning.released]

    assert released("03-06") == [day("03-05"), day("02-05")]
    assert released("03-07") == [day("03-05")]


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        (story().run("03-05 5000 m -/-/-/- limp", sites=frozenset({"groin-left"})), "R-8c"),
        (story().session("03-05 superman reps @8 8 -/-/-/-", sites=frozenset(BOTH_SHINS)), "R-2c"),
    ],
)
def test_an_entry_without_a_score_locks_too(told, rule):
    assert told.rules()[rule] is URGENT


def test_pain_that_rises_beside_an_earlier_site_locks_too():
    told = story().pain("03-08", "3 3").pain("03-10", "3", sites=frozenset({"mid-back"}))
    told = told.pain("03-11", "3 4 5 6 4 4")

    assert "R-7" not in told.rules("03-13")
    assert told.rules("03-14")["R-7"] is URGENT
    assert told.rules("03-25")["R-7"] is URGENT


def test_a_bone_stress_lock_stops_running_until_cleared():
    sign = calm().unscreened().screen("03-05", impact_pain_one_spot="yes").screen("03-12")

    assert sign.rules()["R-8"] is PROFESSIONAL
    assert not sign.decide().running.may_run
    assert "R-8" not in sign.care("03-10", "clears").rules()


def test_a_severe_day_that_locked_stays_after_the_pain_went():
    locked = calm().pain("03-10", "8", cannot=frozenset({"walk"}))

    assert locked.rules()["W-6b"] is URGENT
    assert "W-6b" not in locked.care("03-11", "clears").rules()


def test_declining_the_sexual_question_is_no_worry():
    assert not is_worrying("sexual_change", "not_said")
    assert is_worrying("saddle_numbness", "not_said")


def test_nothing_in_an_empty_history_is_a_flag():
    assert set(story().rules()) == {"M-2", "G-3"}


def test_a_cancer_history_beside_a_nerve_sign_or_band_of_pain_needs_no_open_episode():
    ever = calm().runner(conditions=frozenset({"cancer-ever"}))
    profile = sore(3, "03-01").runner(conditions=frozenset({"cancer-ever"}))
    seen = profile.care("03-05", "assessed", "clears")

    assert "R-6" not in ever.rules()
    assert ever.screen("03-16", band_pain="yes").rules()["R-6"] is EMERGENCY
    assert "R-6" not in seen.rules()
    assert seen.screen("03-16", one_leg_nerve="yes").rules()["R-6"] is EMERGENCY
