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


def moves(told) -> list[str]:
    """ "E-4 longer front-plank: forearm-plank 3x20 s -> forearm-plank 3x25 s"."""
    return [
        f"{move.rule} {move.kind} {move.ladder}: {told_dose(move.from_)} -> {told_dose(move.to)}"
        for move in told.decide().moves
    ]


def told_dose(dose: Dose | None) -> str:
    if dose is None:
        return "none"
    held = "" if dose.hold_s is None else f" held {dose.hold_s:g} s"
    return f"{dose.exercise} {dose.sets}x{dose.target:g} {dose.unit}{held}"


# E-3, E-4: steps up


@pytest.mark.parametrize(
    ("ladder", "exercise", "unit", "dose", "kind", "to"),
    [
        ("front-plank", "forearm-plank", "s", "3x20", "longer", "3x25"),
        ("front-plank", "forearm-plank", "s", "3x57", "longer", "3x60"),
        ("back-extension", "superman", "reps", "3x8", "more_reps", "3x10"),
        ("back-extension", "superman", "reps", "2x12", "more_sets", "3x12"),
        ("anti-extension", "beetle", "reps", "3x10", "more_reps", "3x12"),
        ("bridge", "glute-bridge", "s", "2x10", "longer", "2x15"),
        ("bridge", "glute-bridge", "s", "2x30", "more_sets", "3x30"),
    ],
)
def test_two_good_sessions_earn_a_step(ladder, exercise, unit, dose, kind, to):
    told = worked(ladder, exercise, unit, dose)

    assert told.verdict() is PROGRESS
    assert moves(told) == [f"E-4 {kind} {ladder}: {exercise} {dose} {unit} -> {exercise} {to} {unit}"]


@pytest.mark.parametrize(("target", "to"), [(10, 12), (12, 13), (14, 15)])
def test_from_twelve_on_the_bridge_grows_by_one(target, to):
    told = worked("bridge", "glute-bridge", "reps", f"3x{target}")

    assert moves(told) == [
        f"E-4 more_reps bridge: glute-bridge 3x{target} reps held 3 s -> glute-bridge 3x{to} reps held 3 s"
    ]


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


@pytest.mark.parametrize(("first", "counts"), [("03-03", True), ("03-02", False)])
def test_both_sessions_are_of_the_last_two_weeks(first, counts):
    told = calm().placed("front-plank forearm-plank 3x25 s")
    for on in (first, "03-14"):
        told = told.session(f"{on} forearm-plank s @25 25 25 25 0/1/0/0")

    assert ("E-3" not in told.rules()) is counts


def test_of_sets_at_two_targets_the_other_one_is_named():
    told = calm().placed("front-plank forearm-plank 3x25 s")
    told = told.session("03-14 forearm-plank s @20 25 25 0/0/0/0")
    (session,) = told.history.sessions
    mixed = replace(session.sets[0], target=25.0)
    told = told._with(sessions=(replace(session, sets=(mixed, *session.sets)),))

    (reason,) = [reason for reason in told.decide().reasons if reason.rule == "E-3"]
    assert ("missing.target", 20) in [(value.what, value.value) for value in reason.evidence.values]


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
    told = calm().placed("front-plank forearm-plank 3x20 s")
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} forearm-plank s @20 20 20 22 0/1/0/0", effort=6)

    assert told.rules()["E-3f"] is PROGRESS
    assert told.move().to.target == 30


@pytest.mark.parametrize(("last", "effort"), [(9, 6), (10, 7), (10, None)])
def test_a_little_more_than_asked_or_a_hard_session_is_no_fast_track(last, effort):
    told = calm().placed("back-extension superman 3x8 reps")
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} superman reps @8 8 8 {last} 0/1/0/0", effort=effort)

    assert "E-3f" not in told.rules()
    assert told.move().to.target == 10


def test_at_the_cap_there_is_no_fast_track():
    told = calm().placed("back-extension superman 3x12 reps")
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} superman reps @12 12 12 14 0/1/0/0", effort=6)

    assert "E-3f" not in told.rules()
    assert told.rules()["E-5"] is PROGRESS


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
    assert moves(told) == [
        "E-5 level_up back-extension: superman 3x12 reps -> superman-hold 2x10 reps held 5 s"
    ]


def test_from_repetitions_to_holds_is_a_level_up():
    assert moves(worked("bridge", "glute-bridge", "reps", "3x15")) == [
        "E-5 level_up bridge: glute-bridge 3x15 reps held 3 s -> glute-bridge 2x10 s"
    ]


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
    bad = told.run("02-17 5000 m 0/6/1/0").run("03-10 5000 m 0/0/0/0")
    assert bad.rules()["E-16"] is HOLD
    assert bad.decide().moves == ()
    assert "E-16" not in told.run("02-16 5000 m 0/6/1/0").run("03-10 5000 m 0/0/0/0").rules()
    walking = told.run("03-10 5000 m 0/0/0/0", stage=3)
    assert "E-16" in walking.rules()


@pytest.mark.parametrize(
    ("ladder", "exercise", "dose"),
    [("back-extension", "superman", "3x12"), ("single-leg", "single-leg-deadlift", "3x8")],
)
def test_only_a_level_up_to_a_jump_waits_for_quiet_weeks(ladder, exercise, dose):
    told = worked(ladder, exercise, "reps", dose, sides=BOTH)

    assert "E-16" not in told.run("03-10 5000 m 0/6/1/0").rules()


def test_after_the_stages_jumps_wait_for_two_quiet_weeks():
    told = worked("single-leg", "single-leg-deadlift", "reps", "3x10", sides=BOTH)
    staged = told.staged("03-10 7 0/0/0/0", "03-12 7 0/0/0/0")

    assert "E-16" in staged.run("03-03 3000 m 0/6/1/0").rules()
    assert "E-16" not in staged.run("03-02 3000 m 0/6/1/0").rules()


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
    assert "E-16" not in cleared.staged("03-06 7 0/0/0/0", "03-08 7 0/0/0/0").rules()
    assert "E-16" not in told.screen("02-20", fever="yes").care("03-05", "clears").screen("03-06").rules()


def test_jumps_do_not_wait_for_a_cleared_sign_that_never_stopped_running():
    """Pain on one side of the sacrum, without an impact that hurts, locks nothing (R-8)."""
    told = worked("single-leg", "single-leg-deadlift", "reps", "3x10", sides=BOTH)
    sacral = told.screen("02-20", one_sided_sacral="yes").care("03-05", "clears").screen("03-06")

    assert sacral.facts().ahead.returning.released
    assert "E-16" not in sacral.rules()


def test_in_assessed_chronic_mode_steady_pain_earns_and_finishes_as_well():
    """P-8: at most 5 during, a rise of less than 2, and no worse in the morning than 1 over before."""
    told = worked("single-leg", "single-leg-deadlift", "reps", "3x10", sides=BOTH, pain="3/4/3/3")
    chronic = told.pain("01-20", "3 " * 56).care("02-20", "assessed", "clears").screen("03-15")
    staged = chronic.staged("03-10 7 3/4/3/3", "03-12 7 3/4/3/3")

    assert "E-5" not in told.rules()
    assert staged.facts().is_chronic
    assert chronic.rules()["E-5"] is PROGRESS
    assert "E-16" not in staged.rules()


# E-6, E-9: steps down


def test_a_bad_session_takes_one_step_down_once():
    bad = (
        calm()
        .placed("front-plank forearm-plank 3x30 s")
        .session("03-14 forearm-plank s @30 30 30 30 0/6/1/0")
    )

    assert bad.rules()["E-6"] is REGRESS
    assert moves(bad) == ["E-6 step_down front-plank: forearm-plank 3x30 s -> forearm-plank 3x25 s"]
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
    def bad(exercise: str, dose: str, *days: str):
        sets, target = dose.split("x")
        told = calm().placed(f"front-plank {exercise} {dose} s")
        for on in days:
            told = told.session(f"{on} {exercise} s @{target} {f'{target} ' * int(sets)}0/6/1/0")
        return moves(told)

    begun = "E-6 step_down front-plank:"
    assert bad("forearm-plank", "3x20", "03-14") == [f"{begun} forearm-plank 3x20 s -> knee-plank 3x30 s"]
    assert bad("knee-plank", "3x15", "03-14") == [f"{begun} knee-plank 3x15 s -> knee-plank 2x15 s"]
    paused = ["E-6 pause front-plank: knee-plank 1x15 s -> none"]
    assert bad("knee-plank", "1x15", "03-14") == paused
    assert bad("knee-plank", "1x15", "03-11", "03-14") == paused


def test_a_dose_off_the_ladder_has_no_step_down():
    told = calm().placed("front-plank forearm-plank 3x30 s")
    counted = told.session("03-14 forearm-plank reps @8 8 8 8 0/6/1/0")

    assert counted.rules()["E-6"] is REGRESS
    assert moves(counted) == []


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


def test_a_session_whose_morning_is_missing_neither_ends_nor_doubles_the_step_down():
    bad = (
        calm()
        .placed("front-plank forearm-plank 3x40 s")
        .session("03-11 forearm-plank s @40 40 40 40 0/6/1/0")
        .session("03-14 forearm-plank s @40 40 40 40 0/1/1/-")
    )

    assert moves(bad) == ["E-6 step_down front-plank: forearm-plank 3x40 s -> forearm-plank 3x35 s"]


def test_form_lost_twice_takes_a_step_down():
    lost = worked("front-plank", "forearm-plank", "s", "3x30", good_form=False)

    assert lost.rules()["E-6"] is REGRESS
    assert lost.move().to.target == 25
    once = planking().session("03-16 forearm-plank s @25 25 25 25 0/0/0/-", good_form=False)
    assert "E-6" not in once.rules()
    unknown = worked("front-plank", "forearm-plank", "s", "3x30", good_form=False, pain="0/1/1/-")
    assert unknown.move().to.target == 25
    eased = lost.session("03-16 forearm-plank s @25 25 25 25 0/0/0/-", good_form=False)
    assert eased.move().to.target == 20


@pytest.mark.parametrize(
    ("last", "verdict", "kind", "to"),
    [
        ("03-09", None, None, None),
        ("03-08", HOLD, "hold", "2x40"),
        ("03-02", HOLD, "hold", "2x40"),
        ("03-01", REGRESS, "step_down", "3x35"),
        ("02-16", REGRESS, "step_down", "3x35"),
        ("02-15", REGRESS, "step_down", "3x30"),
        ("01-19", REGRESS, "step_down", "3x30"),
        ("01-18", HOLD, None, None),
    ],
)
def test_a_gap_goes_further_back_the_longer_it_was(last, verdict, kind, to):
    told = (
        calm()
        .placed("front-plank forearm-plank 3x40 s")
        .session(f"{last} forearm-plank s @40 40 40 40 0/0/0/0")
    )

    expected = f"E-9 {kind} front-plank: forearm-plank 3x40 s -> forearm-plank {to} s"
    assert told.rules().get("E-9") is verdict
    assert moves(told) == ([expected] if kind else [])


@pytest.mark.parametrize(
    ("placed", "done", "left"), [(3, 3, 2), (3, 2, 1), (2, 2, 1), (3, 1, None), (2, 3, None)]
)
def test_after_a_short_gap_one_set_fewer_than_last_time_is_done(placed, done, left):
    told = calm().placed(f"front-plank forearm-plank {placed}x40 s")
    told = told.session(f"03-08 forearm-plank s @40 {'40 ' * done}0/0/0/0")

    assert told.rules()["E-9"] is HOLD
    assert [move.to.sets for move in told.decide().moves] == ([left] if left else [])


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
    told = planking().session("03-16 beetle reps @8 8 8 0/0/0/-")

    assert told.session("03-10 beetle reps @8 8 8 0/0/0/0").rules()["E-7"] is HOLD
    assert "E-7" not in told.session("03-09 beetle reps @8 8 8 0/0/0/0").rules()


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
    assert "E-7" not in planking().session("03-16 forearm-plank s @25 25 25 25 0/1/1/-").rules()


def test_mobility_makes_no_strength_day():
    told = calm().session("03-14 cat-cow rounds @8 8 0/0/0/0")

    assert told.facts().strength_days == ()


def test_a_hold_of_more_than_ten_seconds_is_held():
    assert worked("quadruped", "bird-dog", "reps", "3x8", sides=BOTH, hold_s=30.0).rules()["E-8"] is HOLD
    assert "E-8" not in worked("quadruped", "bird-dog", "reps", "3x8", sides=BOTH, hold_s=10.0).rules()
    assert "E-8" not in worked("quadruped", "bird-dog", "reps", "3x8", sides=BOTH).rules()
    assert "E-8" not in worked("back-extension", "superman", "reps", "3x8", hold_s=30.0).rules()
    eased = worked("quadruped", "bird-dog", "reps", "3x8", sides=BOTH, hold_s=30.0)
    eased = eased.session("03-16 bird-dog reps @8 8 8 8 0/0/0/-", sides=BOTH, hold_s=5.0)
    assert "E-8" not in eased.rules()


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
