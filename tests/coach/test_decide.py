"""How rules become one decision: A-1, A-2, A-3, moves, tips, asks."""

from __future__ import annotations

from backpain.coach.decide import decide
from backpain.coach.decision import Verdict
from backpain.coach.rules import RULES
from tests.coach.stories import calm, day, planking, sore, story


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


def test_a_professional_verdict_keeps_steps_down():
    told = sore(4, "02-20").placed("front-plank forearm-plank 3x30 s")
    told = told.session("03-14 forearm-plank s @30 30 30 30 4/6/4/4")

    assert told.verdict() is Verdict.PROFESSIONAL
    assert [move.kind for move in told.decide().moves] == ["step_down"]


def test_an_urgent_verdict_gives_no_training_advice():
    told = sore(4, "02-20").placed("front-plank forearm-plank 3x30 s")
    told = told.session("03-14 forearm-plank s @30 30 30 30 4/6/4/4").screen("03-16", fever="yes")

    assert told.decide().moves == ()
    assert told.decide().tips == ()
    assert told.decide().running.cap_m is None


def test_under_sixteen_there_are_no_moves():
    told = planking().runner(birth_year=2010)

    assert told.verdict() is Verdict.PROFESSIONAL
    assert told.decide().moves == ()
    assert not told.decide().running.may_run


def test_a_young_back_that_hurts_on_leaning_back_pauses_the_back_extension_ladder():
    young = sore(3, "03-10").runner(birth_year=2006).screen("03-16", lean_back_pain="yes")
    young = young.placed("back-extension superman 3x8 reps")

    assert [(move.ladder, move.kind, move.to) for move in young.decide().moves] == [
        ("back-extension", "pause", None)
    ]
    assert young.decide().running.may_run
    assert not young.run("03-15 3000 m 2/3/3/3").decide().running.may_run


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
