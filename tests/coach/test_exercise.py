"""Steps up and down, one ladder at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backpain.coach.decide import decide
from backpain.coach.decision import Dose, Verdict
from backpain.coach.facts import facts_from
from tests.coach.conftest import CATALOGUE, LADDERS
from tests.coach.stories import calm, day, planking

PROGRESS, HOLD, REGRESS = Verdict.PROGRESS, Verdict.HOLD, Verdict.REGRESS
BOTH = ("left", "right")


def worked(ladder: str, exercise: str, unit: str, dose: str, *, sides=(None,), pain="0/1/0/0", **more):
    """Two sessions that met the dose in every set."""
    sets, target = dose.split("x")
    told = calm().placed(f"{ladder} {exercise} {dose} {unit}")
    for on in ("03-11", "03-14"):
        told = told.session(
            f"{on} {exercise} {unit} @{target} {f'{target} ' * int(sets)}{pain}", sides=sides, **more
        )
    return told


# E-3, E-4: steps up


@pytest.mark.parametrize(
    ("ladder", "exercise", "unit", "dose", "target", "sets", "kind"),
    [
        ("front-plank", "forearm-plank", "s", "3x20", 25, 3, "longer"),
        ("front-plank", "forearm-plank", "s", "3x57", 60, 3, "longer"),
        ("back-extension", "superman", "reps", "3x8", 10, 3, "more_reps"),
        ("back-extension", "superman", "reps", "2x12", 12, 3, "more_sets"),
        ("bridge", "glute-bridge", "reps", "3x10", 12, 3, "more_reps"),
        ("bridge", "glute-bridge", "reps", "3x12", 13, 3, "more_reps"),
        ("bridge", "glute-bridge", "s", "2x10", 15, 2, "longer"),
    ],
)
def test_two_good_sessions_earn_a_step(ladder, exercise, unit, dose, target, sets, kind):
    told = worked(ladder, exercise, unit, dose)

    assert told.verdict() is PROGRESS
    assert (told.move().to.target, told.move().to.sets, told.move().kind) == (target, sets, kind)


@pytest.mark.parametrize(
    ("why", "last"),
    [
        ("one session is not enough", None),
        ("a set fell short", "03-14 forearm-plank s @25 25 24 25 0/1/1/0"),
        ("a set is missing", "03-14 forearm-plank s @25 25 25 0/1/1/0"),
        ("the target was another", "03-14 forearm-plank s @20 25 25 25 0/1/1/0"),
        ("the session was only okay", "03-14 forearm-plank s @25 25 25 25 0/3/1/0"),
        ("the morning is missing", "03-14 forearm-plank s @25 25 25 25 0/1/1/-"),
    ],
)
def test_a_step_is_held_where(why, last):
    told = calm().placed("front-plank forearm-plank 3x25 s")
    told = told.session("03-11 forearm-plank s @25 25 25 25 0/1/1/0")
    told = told.session(last) if last else told

    assert told.rules()["E-3"] is HOLD
    assert told.verdict() is HOLD
    assert told.decide().moves == ()


def test_form_that_is_lost_or_not_said_holds_and_asks():
    unsaid = worked("front-plank", "forearm-plank", "s", "3x25", good_form=None)

    assert unsaid.rules()["E-3"] is HOLD
    assert "form" in [ask.what for ask in unsaid.decide().asks]


def test_a_session_two_weeks_old_does_not_count():
    told = (
        calm()
        .placed("front-plank forearm-plank 3x25 s")
        .session("03-02 forearm-plank s @25 25 25 25 0/1/0/0")
    )

    assert "E-3" in told.session("03-14 forearm-plank s @25 25 25 25 0/1/0/0").rules()


def test_a_set_without_a_target_was_at_the_placements():
    told = calm().placed("front-plank forearm-plank 3x25 s")
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} forearm-plank s @- 25 25 25 0/1/0/0")

    assert told.move().to.target == 30


def test_both_sides_need_every_set():
    assert worked("quadruped", "bird-dog", "reps", "3x8", sides=BOTH).verdict() is PROGRESS
    assert worked("quadruped", "bird-dog", "reps", "3x8", sides=("left",)).verdict() is HOLD


def test_a_trial_set_is_no_session():
    told = worked("back-extension", "superman", "reps", "3x8", trial=True)

    assert "E-4" not in told.rules()


def test_clearly_more_than_asked_and_easily_takes_two_steps():
    told = calm().placed("back-extension superman 3x8 reps")
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} superman reps @8 8 8 10 0/1/0/0", effort=6)

    assert told.rules()["E-3f"] is PROGRESS
    assert told.move().to.target == 12
    harder = planking()
    assert harder.move().to.target == 30
    assert "E-3f" not in harder.rules()


def test_without_an_effort_there_is_no_fast_track():
    told = calm().placed("back-extension superman 3x8 reps")
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} superman reps @8 8 8 10 0/1/0/0")

    assert told.move().to.target == 10


def test_one_exercise_of_a_family_steps_at_a_time():
    legs = tuple(
        replace(ladder, family="legs") if ladder.slug in ("hip-abductor", "lunge") else ladder
        for ladder in LADDERS
    )
    told = worked("hip-abductor", "side-lying-leg-raise", "reps", "3x10", sides=BOTH).placed(
        "lunge reverse-lunge-rotation 2x8 reps"
    )
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} reverse-lunge-rotation reps @8 8 8 0/1/0/0", sides=BOTH)
    catalogue = replace(CATALOGUE, ladders=legs)

    decision = decide(facts_from(told.history, day("03-16"), catalogue=catalogue))

    assert [move.ladder for move in decision.moves] == ["hip-abductor"]
    assert [(s.rule, s.because, s.ladder) for s in decision.suppressed] == [("E-4", "E-4", "lunge")]


def test_different_families_step_together():
    told = worked("front-plank", "forearm-plank", "s", "3x25").placed("side-plank side-plank 3x15 s")
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} side-plank s @15 15 15 15 0/1/0/0", sides=BOTH)

    assert [move.ladder for move in told.decide().moves] == ["front-plank", "side-plank"]


# E-5, X-1: level-ups


def test_at_the_cap_with_three_sets_the_next_rung_comes():
    told = worked("back-extension", "superman", "reps", "3x12")

    assert told.rules()["E-5"] is PROGRESS
    assert told.move().kind == "level_up"
    assert told.move().to == Dose(exercise="superman-hold", sets=2, target=10, unit="reps", hold_s=5)


def test_from_repetitions_to_holds_is_a_level_up():
    assert worked("bridge", "glute-bridge", "reps", "3x15").move().to.unit == "s"


def test_the_next_rung_needs_its_equipment():
    told = worked("back-extension", "locust-pose", "s", "3x30")

    assert told.decide().moves == ()
    with_ball = told.runner(equipment=frozenset({"stability-ball"}))
    assert with_ball.move().to.exercise == "ball-back-extension"


def test_the_top_of_a_ladder_simply_ends():
    told = worked("hip-abductor", "side-lying-leg-raise", "reps", "3x15", sides=BOTH)

    assert told.verdict() is HOLD
    assert "A-3" in told.rules()


def test_one_level_up_a_week():
    told = worked("back-extension", "superman", "reps", "3x12")
    other = told.session("03-06 beetle reps @12 12 12 12 0/0/0/0", sides=BOTH)

    assert "X-1" not in other.rules()
    assert "X-1" in other.session("03-13 dead-bug reps @8 8 8 0/0/0/0", sides=BOTH).rules()


def test_an_accepted_level_up_counts_before_its_first_session():
    told = worked("back-extension", "superman", "reps", "3x12").placed(
        "bridge glute-bridge 3x15 reps", since="02-01"
    )

    assert "X-1" not in told.rules()
    assert "X-1" in told.placed("bridge glute-bridge 2x10 s", since="03-15").rules()


def test_of_two_level_ups_one_waits():
    told = worked("back-extension", "superman", "reps", "3x12").placed("anti-extension beetle 3x12 reps")
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} beetle reps @12 12 12 12 0/1/0/0", sides=BOTH)

    decision = told.decide()

    assert [move.ladder for move in decision.moves] == ["anti-extension"]
    assert [(s.rule, s.because, s.ladder) for s in decision.suppressed] == [("E-5", "X-1", "back-extension")]


def test_jumps_wait_for_four_quiet_weeks():
    told = worked("single-leg", "single-leg-deadlift", "reps", "3x10", sides=BOTH)

    assert told.move().to.exercise == "single-leg-jump-squat"
    bad = told.run("02-20 5000 m 0/6/1/0").run("03-10 5000 m 0/0/0/0")
    assert bad.rules()["E-16"] is HOLD
    assert bad.decide().moves == ()
    walking = told.run("03-10 5000 m 0/0/0/0", stage=3)
    assert "E-16" in walking.rules()


def test_jumps_wait_until_the_run_walk_stages_are_finished():
    told = worked("single-leg", "single-leg-deadlift", "reps", "3x10", sides=BOTH)

    assert "E-16" in told.staged("03-12 7 0/0/0/0").rules()
    assert "E-16" in told.staged("03-10 7 0/3/0/0", "03-12 7 0/0/0/0").rules()
    assert "E-16" not in told.staged("03-10 7 0/0/0/0", "03-12 7 0/0/0/0").rules()
    assert "E-16" not in told.staged("02-12 7 0/0/0/0").run("03-10 5000 m 0/0/0/0").rules()
    assert "E-16" in told.staged("02-12 6 0/0/0/0").run("03-10 5000 m 0/0/0/0").rules()


def test_jumps_wait_for_the_way_back_to_running_after_a_cleared_sign_of_bone_stress():
    told = worked("single-leg", "single-leg-deadlift", "reps", "3x10", sides=BOTH)
    cleared = told.screen("02-20", impact_pain_one_spot="yes").care("03-05", "clears").screen("03-06")
    finished = ("03-10 7 0/0/0/0", "03-12 7 0/0/0/0")

    assert cleared.rules()["E-16"] is HOLD
    assert cleared.decide().moves == ()
    assert "E-16" in cleared.staged("03-02 7 0/0/0/0", "03-04 7 0/0/0/0").rules()
    assert "E-16" in cleared.staged("03-12 7 0/0/0/0").rules()
    assert "E-16" not in cleared.staged(*finished).rules()


# E-6, E-9: steps down


def test_a_bad_session_takes_one_step_down_once():
    bad = (
        calm()
        .placed("front-plank forearm-plank 3x30 s")
        .session("03-14 forearm-plank s @30 30 30 30 0/6/1/0")
    )

    assert bad.rules()["E-6"] is REGRESS
    assert (bad.move().kind, bad.move().to.target) == ("step_down", 25)
    eased = (
        calm()
        .placed("front-plank forearm-plank 3x25 s")
        .session("03-14 forearm-plank s @30 30 30 30 0/6/1/0")
    )
    assert eased.decide().moves == ()
    assert eased.rules()["E-6"] is REGRESS


def test_two_bad_sessions_in_a_row_take_two_steps():
    bad = calm().placed("front-plank forearm-plank 3x40 s")
    for on in ("03-11", "03-14"):
        bad = bad.session(f"{on} forearm-plank s @40 40 40 40 0/6/1/0")

    assert bad.move().to.target == 30


def test_at_the_bottom_the_rung_below_comes_then_a_set_fewer():
    low = (
        calm()
        .placed("front-plank forearm-plank 3x20 s")
        .session("03-14 forearm-plank s @20 20 20 20 0/6/1/0")
    )
    lowest = calm().placed("front-plank knee-plank 3x15 s").session("03-14 knee-plank s @15 15 15 15 0/6/1/0")

    assert (low.move().to.exercise, low.move().to.target) == ("knee-plank", 30)
    assert (lowest.move().to.exercise, lowest.move().to.sets) == ("knee-plank", 2)


def test_a_bad_session_is_about_all_it_trained_unless_a_set_says_which():
    told = calm().placed("front-plank forearm-plank 3x30 s").placed("back-extension superman 3x10 reps")
    mixed = told.session("03-14 forearm-plank s @30 30 30 30 0/6/1/0").session(
        "03-14 superman reps @10 10 10 10 0/6/1/0"
    )
    session = mixed.history.sessions
    together = session[0].__class__(
        started_at=session[0].started_at, sets=session[0].sets + session[1].sets, pain=session[0].pain
    )
    painful = session[1].__class__(
        started_at=session[0].started_at,
        sets=session[0].sets + tuple(type(s)(**{**vars(s), "pain": 6}) for s in session[1].sets),
        pain=session[0].pain,
    )

    assert {m.ladder for m in told._with(sessions=(together,)).decide().moves} == {
        "front-plank",
        "back-extension",
    }
    assert {m.ladder for m in told._with(sessions=(painful,)).decide().moves} == {"back-extension"}


def test_a_later_good_session_ends_the_step_down():
    bad = (
        calm()
        .placed("front-plank forearm-plank 3x25 s")
        .session("03-11 forearm-plank s @30 30 30 30 0/6/1/0")
    )

    assert "E-6" not in bad.session("03-14 forearm-plank s @25 25 25 25 0/1/1/0").rules()


def test_form_lost_twice_takes_a_step_down():
    lost = worked("front-plank", "forearm-plank", "s", "3x30", good_form=False)

    assert lost.rules()["E-6"] is REGRESS
    assert lost.move().to.target == 25


@pytest.mark.parametrize(
    ("last", "verdict", "kind", "sets", "target"),
    [
        ("03-09", None, None, None, None),
        ("03-08", HOLD, "hold", 2, 40),
        ("03-02", HOLD, "hold", 2, 40),
        ("03-01", REGRESS, "step_down", 3, 35),
        ("02-16", REGRESS, "step_down", 3, 35),
        ("02-15", REGRESS, "step_down", 3, 30),
        ("01-19", REGRESS, "step_down", 3, 30),
        ("01-18", HOLD, None, None, None),
    ],
)
def test_a_gap_goes_further_back_the_longer_it_was(last, verdict, kind, sets, target):
    told = (
        calm()
        .placed("front-plank forearm-plank 3x40 s")
        .session(f"{last} forearm-plank s @40 40 40 40 0/0/0/0")
    )

    assert told.rules().get("E-9") is verdict
    move = told.move()
    assert (move and (move.kind, move.to.sets, move.to.target)) == (kind and (kind, sets, target))


def test_a_gap_already_answered_moves_nothing_more():
    told = (
        calm()
        .placed("front-plank forearm-plank 3x35 s")
        .session("03-01 forearm-plank s @40 40 40 40 0/0/0/0")
    )

    assert told.rules()["E-9"] is REGRESS
    assert told.decide().moves == ()


# E-7, E-8


def test_four_strength_days_in_a_week_hold():
    told = planking().session("03-10 beetle reps @8 8 8 0/0/0/0").session("03-16 beetle reps @8 8 8 0/0/0/-")

    assert told.rules()["E-7"] is HOLD


def test_one_strength_day_in_ten_gives_no_step():
    told = (
        calm()
        .placed("front-plank forearm-plank 3x25 s")
        .session("03-04 forearm-plank s @25 25 25 25 0/1/1/0")
    )

    assert "E-7" in told.session("03-14 forearm-plank s @25 25 25 25 0/1/1/0").rules()


def test_the_same_exercise_on_two_days_running_holds():
    told = planking().session("03-15 forearm-plank s @25 25 25 25 0/1/1/0")

    assert told.rules()["E-7"] is HOLD
    assert told.decide().moves == ()


def test_mobility_makes_no_strength_day():
    told = calm().session("03-14 cat-cow rounds @8 8 0/0/0/0")

    assert told.facts().strength_days == ()


def test_a_hold_of_more_than_ten_seconds_is_held():
    assert worked("quadruped", "bird-dog", "reps", "3x8", sides=BOTH, hold_s=30.0).rules()["E-8"] is HOLD
    assert "E-8" not in worked("quadruped", "bird-dog", "reps", "3x8", sides=BOTH, hold_s=10.0).rules()


# Where a runner stands


def test_a_placement_counts_from_its_day():
    told = planking().placed("front-plank forearm-plank 3x30 s", since="03-16")

    assert (
        told.placed("front-plank forearm-plank 3x30 s", since="03-20").facts().ladders[0].current.target == 25
    )
    dated = told._with(placements=told.history.placements[1:])
    assert dated.facts("03-16").ladders[0].current.target == 30
    assert dated.facts("03-15").ladders[0].current.target == 25


def test_a_placement_without_a_day_counts_on_the_last_day_only():
    told = planking()._with(placements=()).placed("front-plank forearm-plank 3x40 s")

    assert told.facts("03-16").ladders[0].current.target == 40
    assert told.facts("03-15").ladders[0].current.target == 25


def test_an_unknown_exercise_takes_no_part():
    told = planking().session("03-15 handstand s @30 30 0/1/1/0")

    assert [ladder.slug for ladder in told.facts().ladders] == ["front-plank"]
    assert told.verdict() is PROGRESS


def test_a_gap_longer_than_the_sets_are_kept_counts_from_the_first_placement():
    away = calm().session("2025-12-20 forearm-plank s @30 30 30 30 0/0/0/0")
    placed_long_ago = away.placed("front-plank forearm-plank 3x30 s", since="2025-12-17")

    assert placed_long_ago.rules()["E-9"] is Verdict.HOLD
    assert "E-9" not in away.placed("front-plank forearm-plank 3x30 s", since="03-01").rules()
