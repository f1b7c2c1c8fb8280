"""How rules become one decision: A-1, A-2, A-3, moves, tips, asks."""

from __future__ import annotations

import pytest

from backpain.coach.decide import decide
from backpain.coach.decision import Evidence, Reason, Suppressed, Value, Verdict
from backpain.coach.rules import RULES
from tests.coach.stories import calm, day, planking, sore, story
from tests.coach.test_evidence import planks

LEG = frozenset({"back-of-thigh-left"})


def test_rule_ids_are_unique_and_most_urgent_first():
    ids = [rule.id for rule in RULES]
    verdicts = [rule.verdict for rule in RULES]

    assert len(set(ids)) == len(ids)
    assert verdicts == sorted(verdicts, reverse=True)


def test_the_most_serious_rule_wins_and_every_reason_is_kept():
    both = planking().run("03-15 5000 m 0/6/1/0").screen("03-16", fever="yes").decide()

    assert both.verdict is Verdict.URGENT
    assert [reason.verdict for reason in both.reasons] == sorted(
        (r.verdict for r in both.reasons), reverse=True
    )
    assert {"R-5", "P-4", "E-4"} <= {reason.rule for reason in both.reasons}


def test_nothing_fired_is_a_hold_with_a_reason():
    quiet = calm().decide()

    assert quiet.verdict is Verdict.HOLD
    assert [reason.rule for reason in quiet.reasons] == ["A-3"]


def test_a_reason_names_its_sources_and_its_ladder():
    (reason,) = planking().decide().reasons

    assert (reason.rule, reason.grade, reason.sources) == ("E-4", "article", ("A", "C", "D"))
    assert reason.ladder == "front-plank"


def test_an_empty_history_holds():
    assert story().verdict() is Verdict.HOLD


def test_one_ladder_that_waits_does_not_stop_another():
    told = planking().placed("back-extension superman 3x8 reps")

    assert told.verdict() is Verdict.PROGRESS
    assert told.rules()["E-3"] is Verdict.HOLD
    assert [move.ladder for move in told.decide().moves] == ["front-plank"]


def test_one_ladder_that_eases_stops_every_step_up():
    told = planking().placed("back-extension superman 3x10 reps")
    eased = told.session("02-25 superman reps @10 10 10 10 0/0/0/0")

    assert eased.verdict() is Verdict.REGRESS
    assert [(move.ladder, move.kind) for move in eased.decide().moves] == [("back-extension", "step_down")]
    assert [(s.rule, s.because) for s in eased.decide().suppressed] == [("E-4", "A-2")]


def test_less_comes_first_then_a_level_up_then_a_step():
    told = planking().placed("anti-extension beetle 3x12 reps").placed("back-extension superman 3x8 reps")
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} beetle reps @12 12 12 12 0/0/0/0", sides=("left", "right"))
    told = told.session("03-08 superman reps @8 8 8 8 0/0/0/0")

    assert [(move.rule, move.ladder) for move in told.decide().moves] == [
        ("E-9", "back-extension"),
        ("E-5", "anti-extension"),
        ("E-4", "front-plank"),
    ]


def test_a_professional_verdict_keeps_steps_down():
    told = sore(4, "02-20").placed("front-plank forearm-plank 3x30 s")
    told = told.session("03-14 forearm-plank s @30 30 30 30 4/6/4/4")

    assert told.verdict() is Verdict.PROFESSIONAL
    assert [move.kind for move in told.decide().moves] == ["step_down"]


def test_an_urgent_verdict_gives_no_training_advice():
    told = sore(4, "02-20").placed("front-plank forearm-plank 3x30 s")
    told = told.session("03-14 forearm-plank s @30 30 30 30 4/6/4/4")
    for on in ("03-02", "03-05", "03-08"):
        told = told.run(f"{on} 5000 m 4/4/4/4")
    assert told.decide().running.cap_m

    told = told.screen("03-16", fever="yes")

    assert told.decide().moves == ()
    assert told.decide().tips == ()
    assert told.decide().running.cap_m is None


def test_under_sixteen_there_are_no_moves():
    told = planking().runner(birth_year=2010)

    assert told.verdict() is Verdict.PROFESSIONAL
    assert told.decide().moves == ()
    assert told.decide().suppressed == (Suppressed(rule="E-4", because="R-11", ladder="front-plank"),)
    assert not told.decide().running.may_run


def test_a_young_back_that_hurts_on_leaning_back_pauses_the_back_extension_ladder():
    young = sore(3, "03-10").runner(birth_year=2006).screen("03-16", lean_back_pain="yes")
    young = young.placed("back-extension superman 3x8 reps")

    assert [(move.ladder, move.kind, move.to) for move in young.decide().moves] == [
        ("back-extension", "pause", None)
    ]
    assert young.decide().running.may_run
    assert not young.run("03-15 3000 m 2/3/3/3").decide().running.may_run
    strict = young.under(extension_during=1)
    assert strict.decide().running.may_run
    assert strict.run("03-15 3000 m 0/0/0/0").decide().running.may_run


def test_what_an_earlier_day_raised_is_a_reason_of_its_own_once_today_no_longer_says_it():
    told = calm().unscreened().screen("03-10", hour=8, saddle_numbness="yes").screen("03-10", hour=9)
    (lock,) = (reason for reason in told.screen("03-11").decide().reasons if reason.rule == "R-14")

    assert lock == Reason(
        rule="R-14",
        verdict=Verdict.EMERGENCY,
        grade="engineering",
        sources=(),
        evidence=Evidence(values=(Value(what="locked", value="R-1", on=day("03-10")),)),
    )
    assert told.rules("03-10")["R-1"] is Verdict.EMERGENCY
    assert "R-14" not in told.rules("03-10")


def test_a_condition_of_the_profile_counts_where_no_earlier_day_stands():
    told = sore(3, "03-10").runner(conditions=frozenset({"pregnant-or-6-months-postpartum"}))
    cleared = told.care("03-16", "clears")

    assert cleared.facts("03-17").standing == ()
    assert cleared.rules("03-17")["R-12"] is Verdict.PROFESSIONAL


def test_walking_is_a_tip_in_an_episode_on_days_without_a_run():
    assert [tip.rule for tip in sore(2, "03-12").decide().tips] == ["L-9", "Q-1"]
    ran = sore(2, "03-12").run("03-16 3000 m 2/2/2/-").decide()
    assert "L-9" not in [tip.rule for tip in ran.tips]
    assert calm().decide().tips == ()


def test_a_morning_is_asked_for_while_it_is_remembered():
    run = calm().run("03-15 5000 m 0/1/1/-")

    assert [(ask.what, ask.for_) for ask in run.decide("03-15").asks if ask.what == "next_morning"] == [
        ("next_morning", day("03-16"))
    ]
    assert "next_morning" in [ask.what for ask in run.decide("03-18").asks]
    assert "next_morning" not in [ask.what for ask in run.decide("03-19").asks]


UNSAID = planks("25 25 25", good_form=None)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (calm(), ""),
        (story(), "check_in 03-16; full_screening 03-16"),
        (calm().pain("03-14", ". . ."), "check_in 03-16"),
        (sore(2, "02-20").pain("03-15", ". .").under(silent_days=2), "check_in 03-16"),  # M-5 alone
        (calm().unscreened(), "full_screening 03-16"),
        (calm().screen("03-15", hour=21, cancer_ever="unsure"), "full_screening 03-16"),  # asked again
        (calm().screen("03-15", hour=21, weight_loss="unsure"), ""),
        (calm().unscreened().screen("03-15", fever="yes").care("03-15", "clears"), "full_screening 03-16"),
        (sore(1, "03-01").pain("03-16", "3").screen("03-16", hour=21), ""),
        (calm().pain("03-16", "1", sites=LEG), "full_screening 03-16; nerve_screening 03-16"),
        (UNSAID, "form 03-14"),
        (UNSAID.runner(birth_year=None), "form 03-14; birth_year 03-16"),
        (calm().pain("03-10", ".").rest("03-10", "03-12"), "rest_pain 03-12"),
        (calm().rest("03-10", "03-12"), ""),
    ],
)
def test_asks_for_what_would_let_it_know_more(told, expected):
    assert "; ".join(f"{ask.what} {ask.for_:%m-%d}" for ask in told.decide().asks) == expected


def test_thresholds_are_an_argument():
    facts = sore(3, "03-10").facts()
    strict = sore(3, "03-10").under(gate_median=2).thresholds

    assert "G-1" not in {reason.rule for reason in decide(facts).reasons}
    assert "G-1" in {reason.rule for reason in decide(facts, thresholds=strict).reasons}


def test_every_value_of_a_day_names_its_day():
    told = sore(6, "02-20").run("03-12 5000 m 4/6/4/4 stopped").skipped("03-13").screen("03-16", fever="yes")
    dated = {
        "pain",
        "week_median",
        "affected",
        "run.during",
        "run.next_morning",
        "episode_days",
        "answer.fever",
    }

    values = [value for reason in told.decide().reasons for value in reason.evidence.values]

    assert dated <= {value.what for value in values}
    assert all(value.on is not None for value in values if value.what in dated)
