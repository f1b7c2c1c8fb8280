"""The programme as a whole: easier weeks, sides, movements, plateaus, legs, and whether it helps."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from backpain.coach.decision import Verdict
from backpain.coach.history import Pain, Session, SetDone
from backpain.coach.programme import Done, SideTest, done_in, rises
from tests.coach.conftest import CATALOGUE
from tests.coach.stories import at, calm, day, planking, sore, story
from tests.coach.test_exercise import moves

HOLD, PROGRESS, PROFESSIONAL = Verdict.HOLD, Verdict.PROGRESS, Verdict.PROFESSIONAL
BOTH = ("left", "right")
GOOD = "0/1/0/0"


def values(told, rule: str, on: str | None = None):
    decision = told.decide(on)
    return [v for r in (*decision.reasons, *decision.tips) if r.rule == rule for v in r.evidence.values]


# E-10


def rising(*targets: int, last: str = "03-16"):
    """A session of the plank a week, the last one on the given day."""
    told = calm()
    for back, target in enumerate(reversed(targets)):
        on = (day(last) - dt.timedelta(days=7 * back)).isoformat()
        told = told.session(f"{on} forearm-plank s @{target} {target} {GOOD}")
    return told


def test_five_weeks_of_more_offer_an_easier_one():
    told = rising(20, 25, 30, 35, 40, 45)

    assert "E-10" in told.tips()
    assert "E-10" not in told.rules()
    assert [v.value for v in values(told, "E-10")] == [5]


@pytest.mark.parametrize(
    "targets",
    [(20, 25, 30, 35, 40), (20, 25, 30, 30, 35, 40), (20, 25, 30, 35, 40, 40), (20, 20, 25, 30, 35, 40)],
)
def test_a_week_without_more_offers_none(targets):
    assert "E-10" not in rising(*targets).tips()


def test_a_new_exercise_is_more():
    told = rising(20, 25, 30, 35, 40, 40).session(f"03-15 superman reps @8 8 8 8 {GOOD}")

    assert "E-10" in told.tips()


def test_a_trial_or_a_set_without_a_target_is_no_more():
    told = rising(20, 25, 30, 35, 40, 40)

    assert "E-10" not in told.session(f"03-15 superman reps @8 8 {GOOD}", trial=True).tips()
    assert "E-10" not in told.session(f"03-15 superman reps @- 8 {GOOD}").tips()


@pytest.mark.parametrize(
    ("asked", "rose"),
    [
        ("plank 20; plank 25; plank 25; plank 30", [2, 4]),
        ("plank 30; plank 20; plank 30; plank 31", [4]),
        ("plank 30; twist 1; plank 29", [2]),  # something new, however little, and what was reached before
        ("; plank 20; ; plank 20 twist 5", [4]),
    ],
)
def test_more_is_more_than_all_sessions_before_asked(asked, rose):
    done = []
    for number, session in enumerate(asked.split(";"), start=1):
        words = session.split()
        targets = {(name, "s"): float(target) for name, target in zip(words[::2], words[1::2], strict=True)}
        on = dt.date(2026, 3, number)
        done.append(Done(on=on, before=None, targets=targets, tests={}, pains={}))

    assert [day.day for day in rises(done)] == rose


def test_what_a_session_says_of_the_programme():
    """Trial sets say nothing; a side is the mean of its sets, and compared only beside the other one."""

    def sets(text: str, **more):
        exercise, unit, target, *done = text.split()
        wanted = None if target == "@-" else float(target[1:])
        return [SetDone(exercise=exercise, unit=unit, target=wanted, done=float(one), **more) for one in done]

    session = Session(
        started_at=at("03-14", 7),
        pain=Pain(before=1, during=5),
        sets=(
            *sets("bird-dog reps @10 10 9", side="left"),
            *sets("bird-dog reps @8 8", side="right"),
            *sets("side-plank s @- 20", side="left"),
            *sets("beetle reps @12 12", side="left", trial=True),
            *sets("cat-cow rounds @- 5", pain=3),
            *sets("cat-cow rounds @- 5", pain=0),
            *sets("supine-twist s @- 20"),
        ),
    )

    assert done_in(session, day("03-14"), CATALOGUE.mobility) == Done(
        on=day("03-14"),
        before=1,
        targets={("bird-dog", "reps"): 10},
        tests={("bird-dog", "reps"): SideTest(on=day("03-14"), left=9.5, right=8)},
        pains={"cat-cow": 3},
    )


# E-11


def sided(left: float, right: float, unit: str = "reps", exercise: str = "bird-dog", days=("03-11", "03-14")):
    told = calm()
    for on in days:
        told = told.session(f"{on} {exercise} {unit} @- {left} {GOOD}", sides=("left",))
        sets = told.history.sessions[-1].sets
        other = tuple(replace(done, side="right", done=right) for done in sets)
        session = replace(told.history.sessions[-1], sets=(*sets, *other))
        told = told._with(sessions=(*told.history.sessions[:-1], session))
    return told


@pytest.mark.parametrize(
    ("left", "right", "unit", "uneven"),
    [
        (17, 20, "reps", True),
        (20, 17, "reps", True),
        (17.1, 20, "reps", False),
        (20, 20, "reps", False),
        (45, 50, "s", True),
        (45.1, 50, "s", False),  # less than 5 s
        (36, 40, "s", False),  # 10 per cent, and only 4 s
        (54.1, 60, "s", False),  # more than 5 s, less than 10 per cent
        (54, 60, "s", True),
    ],
)
def test_a_side_is_weaker_from_a_share_on_and_from_five_seconds_in_holds(left, right, unit, uneven):
    exercise = "side-plank" if unit == "s" else "bird-dog"

    assert ("E-11" in sided(left, right, unit, exercise).tips()) is uneven


def test_a_weaker_side_is_no_reason():
    assert "E-11" not in sided(10, 20).rules()


def test_one_session_is_not_enough():
    once = sided(10, 20, days=("03-14",))

    assert "E-11" not in once.tips()
    assert "E-11" in once.under(sides_tests=1).tips()


def test_the_sides_have_to_agree():
    mixed = sided(10, 20, days=("03-11",)).history.sessions + sided(20, 10, days=("03-14",)).history.sessions

    assert "E-11" not in calm()._with(sessions=mixed).tips()


def test_both_sessions_are_of_the_last_two_weeks():
    assert "E-11" in sided(10, 20, days=("03-03", "03-05")).tips()
    assert "E-11" not in sided(10, 20, days=("03-02", "03-05")).tips()


def test_an_older_session_does_not_count_once_two_newer_ones_agree():
    newer = sided(20, 20, days=("03-11", "03-14")).history.sessions
    older = sided(10, 20, days=("03-05", "03-07")).history.sessions

    assert "E-11" not in calm()._with(sessions=(*older, *newer)).tips()
    assert "E-11" not in calm()._with(sessions=(*older, *newer[:1])).tips()


# E-13


def moved(pain: str, set_pain: int | None, on: str = "03-14", exercise: str = "cat-cow"):
    return calm().session(f"{on} {exercise} rounds @- 5 {pain}", set_pain=set_pain)


@pytest.mark.parametrize(
    ("pain", "set_pain", "stops"),
    [
        ("1/1/1/1", 3, True),
        ("1/1/1/1", 2, False),
        ("1/3/1/1", None, True),  # a session of nothing else
        ("1/2/1/1", None, False),
        ("-/1/1/1", 2, True),
        ("-/1/1/1", 1, False),
        ("1/-/1/1", None, False),
    ],
)
def test_a_movement_that_hurts_more_than_before_is_left_out(pain, set_pain, stops):
    assert ("E-13" in moved(pain, set_pain).tips()) is stops
    assert "E-13" not in moved(pain, set_pain).rules()


def test_pain_of_another_exercise_says_nothing_of_the_movement():
    session = moved("0/4/1/1", None).history.sessions[0]
    plank = planking().history.sessions[0].sets[0]
    mixed = replace(session, sets=(*session.sets, plank))

    assert "E-13" not in calm()._with(sessions=(mixed,)).tips()
    assert "E-13" not in calm().session("03-14 superman reps @8 8 1/4/1/1", set_pain=4).tips()


def test_the_last_time_the_movement_was_done_counts():
    hurt = moved("1/3/1/1", None, on="03-12")

    assert "E-13" not in hurt.session("03-14 cat-cow rounds @- 5 1/1/1/1").tips()
    assert "E-13" in hurt.session("03-14 cat-cow rounds @- 5 1/-/1/1").tips()
    assert "E-13" in hurt.session("03-14 supine-twist s @- 20 1/1/1/1").tips()


def test_movements_that_hurt_are_named_by_the_alphabet():
    told = moved("0/3/1/1", None).session("03-14 supine-twist s @- 20 0/3/1/1")

    assert [v.value for v in values(told, "E-13") if v.what == "movement"] == ["cat-cow", "supine-twist"]


def test_only_a_movement_that_hurt_more_than_before_is_kept():
    def kept(pain: str, set_pain: int):
        movements = moved(pain, set_pain).facts().ahead.programme.movements
        return [(movement.pain, movement.before) for movement in movements]

    assert kept("1/1/1/1", 1) == []
    assert kept("1/1/1/1", 2) == [(2, 1)]
    assert kept("-/1/1/1", 0) == []
    assert kept("-/1/1/1", 1) == [(1, None)]


def test_a_movement_left_out_for_two_weeks_is_not_mentioned():
    assert "E-13" in moved("1/3/1/1", None, on="03-03").tips()
    assert "E-13" not in moved("1/3/1/1", None, on="03-02").tips()


# E-14


def stuck(
    count: int, *, ladder="front-plank", exercise="forearm-plank", unit="s", dose="3x30", pain=GOOD, **more
):
    """Sessions every third day up to 15 March, all with the last set short of the target."""
    sets, target = dose.split("x")
    told = calm().placed(f"{ladder} {exercise} {dose} {unit}", since="01-10")
    done = " ".join([target] * (int(sets) - 1) + [str(int(target) - 1)])
    for back in reversed(range(count)):
        on = (day("03-15") - dt.timedelta(days=3 * back)).isoformat()
        told = told.session(f"{on} {exercise} {unit} @{target} {done} {pain}", **more)
    return told


def test_six_sessions_at_one_target_take_a_smaller_step():
    told = stuck(6)

    assert told.rules()["E-14"] is HOLD
    assert moves(told) == ["E-14 step_down front-plank: forearm-plank 3x30 s -> forearm-plank 3x27 s"]


def test_five_sessions_are_too_few():
    assert "E-14" not in stuck(5).rules()
    assert "E-14" in stuck(7).rules()


def test_a_step_that_is_earned_is_no_plateau():
    told = stuck(6).session(f"03-16 forearm-plank s @30 30 30 30 {GOOD}")

    assert "E-14" in told.pain("03-17", "0").rules("03-17")
    again = told.session(f"03-18 forearm-plank s @30 30 30 30 {GOOD}").pain("03-17", "0 0 0")
    assert "E-14" not in again.rules("03-19")


def test_a_bad_session_or_another_target_starts_the_count_again():
    assert "E-14" not in stuck(6, pain="0/6/0/0").rules()
    told = stuck(5).session(f"03-02 forearm-plank s @25 25 25 25 {GOOD}")
    assert "E-14" not in told.session(f"03-01 forearm-plank s @30 30 30 29 {GOOD}").rules()
    assert "E-14" in stuck(5).session(f"03-01 forearm-plank s @30 30 30 29 {GOOD}").rules()
    assert "E-14" not in stuck(5).session(f"03-01 forearm-plank s @- 30 30 29 {GOOD}").rules()
    assert "E-14" not in stuck(5).session(f"03-01 forearm-plank s @30 30 30 29 {GOOD}", trial=True).rules()


def test_a_plateau_holds_its_own_ladder_only():
    told = stuck(6).placed("back-extension superman 3x8 reps")
    for on in ("03-09", "03-12"):
        told = told.session(f"{on} superman reps @8 8 8 8 {GOOD}")

    assert told.rules()["E-14"] is HOLD
    assert told.verdict() is PROGRESS
    assert [move.ladder for move in told.decide().moves if move.goes_up] == ["back-extension"]


@pytest.mark.parametrize(
    ("about", "to"),
    [
        ({"dose": "3x20"}, ("knee-plank", 30)),  # at its start: the rung below at its cap
        (
            {"ladder": "back-extension", "exercise": "superman", "unit": "reps", "dose": "3x10"},
            ("superman", 9),
        ),
        ({"ladder": "back-extension", "exercise": "superman", "unit": "reps", "dose": "3x8"}, None),
        (
            {"ladder": "bridge", "exercise": "glute-bridge", "unit": "reps", "dose": "3x13"},
            ("glute-bridge", 12),
        ),
        (  # half a step back once more would be its start
            {
                "ladder": "quadruped",
                "exercise": "bird-dog",
                "unit": "reps",
                "dose": "3x9",
                "sides": BOTH,
            },
            ("quadruped-limb-raises", 12),
        ),
        (
            {
                "ladder": "single-leg",
                "exercise": "single-leg-jump-squat",
                "unit": "reps",
                "dose": "2x7",
                "sides": BOTH,
            },
            ("single-leg-deadlift", 10),
        ),
    ],
)
def test_a_smaller_step_or_the_exercise_below(about, to):
    told = stuck(6, **about)
    move = told.move()

    assert told.rules()["E-14"] is HOLD
    assert (move and (move.to.exercise, move.to.target)) == to
    assert move is None or move.kind == ("step_down" if to[0] == about.get("exercise") else "swap")


# E-15


def test_a_programme_without_hip_or_knee_says_so():
    assert "E-15" in planking().tips()
    assert "E-15" not in planking().placed("lunge reverse-lunge-rotation 2x8 reps").tips()
    assert "E-15" not in planking().placed("hip-abductor side-lying-leg-raise 3x10 reps").tips()
    assert "E-15" not in calm().tips()


#


ASKED = {"pain": 4, "enjoyment": 3, "activity": 2}
PAINFUL = sore(2, "03-12")


def test_both_questionnaires_are_due_in_an_episode():
    told = PAINFUL.answered("peg", "02-17", **ASKED).answered("psfs", "02-17", run=4)

    assert "Q-1" in PAINFUL.tips()
    assert [v.what for v in values(PAINFUL, "Q-1")] == ["form.peg", "form.psfs"]
    assert "Q-1" not in told.tips()
    assert "Q-1" in told.pain("03-17", "2").tips("03-17")
    assert "Q-1" not in calm().tips()


def test_one_questionnaire_does_not_do_for_the_other():
    told = PAINFUL.answered("peg", "03-10", **ASKED).answered("psfs", "02-16", run=4)

    assert [(v.what, v.value) for v in values(told, "Q-1")] == [("form.psfs", "2026-02-16")]


def test_a_questionnaire_of_a_later_day_is_not_known():
    assert "Q-1" in PAINFUL.answered("peg", "03-17", **ASKED).answered("psfs", "03-17", run=4).tips()


# W-11


def trained(before: int, now: int, *, days: int = 11, since: str = "01-19", assessed: str | None = None):
    """An episode with so many strength days since the given day, at one pain in its first week, another now."""
    told = story().pain("2026-01-19", f"{before} " * 28 + f"{now} " * 29).screen("03-15")
    for number in range(days):
        on = (day("01-20") + dt.timedelta(days=5 * number)).isoformat()
        told = told.session(f"{on} superman reps @8 8 8 8 -/1/0/-")
    told = told.session(f"{since} cat-cow rounds @- 5 -/1/0/-")
    return told.care(assessed, "assessed") if assessed else told


def test_eight_weeks_that_have_not_helped_call_for_help():
    told = trained(4, 4).pain("01-23", "6 6 6 6")  # of the first week three days

    assert told.rules()["W-11"] is PROFESSIONAL
    assert "W-11" not in told.rules("03-15")
    assert {v.what: v.value for v in values(told, "W-11")} == {
        "programme_since": "2026-01-19",
        "strength_days": 11,
        "programme_start": 4,
        "week_median": 4,
    }


def test_ten_strength_days_are_too_few():
    assert "W-11" not in trained(4, 4, days=10).rules()


def test_a_strength_day_is_counted_in_the_last_eight_weeks():
    told = trained(4, 4, days=10).session(f"01-20 superman reps @8 8 {GOOD}")

    assert "W-11" not in told.rules()
    assert "W-11" in trained(4, 4, days=10).session(f"02-01 superman reps @8 8 {GOOD}").rules()


@pytest.mark.parametrize(
    ("before", "now", "fires"),
    [
        (4, 3, True),
        (4, 2, False),
        (5, 4, True),
        (7, 5, False),
        (8, 6, False),
        (3, 2, False),
        (6, 5, True),
        (2, 2, True),
    ],
)
def test_relief_is_two_points_or_thirty_per_cent(before, now, fires):
    assert ("W-11" in trained(before, now).rules()) is fires


def test_pain_below_a_pain_day_asks_for_nobody():
    assert "W-11" not in trained(2, 1).rules()
    hardly = trained(2, 2).pain("03-10", "1 1 1 1 2 2 2")
    assert "W-11" not in hardly.rules()


def test_a_gain_in_what_the_runner_can_do_counts_as_help():
    told = trained(4, 4).answered("psfs", "01-19", run=4, sit=4)

    assert "W-11" not in told.answered("psfs", "03-10", run=6, sit=6).rules()
    assert "W-11" in told.answered("psfs", "03-10", run=6, sit=5).rules()
    assert "W-11" in told.answered("psfs", "02-16", run=6, sit=6).rules()
    assert "W-11" not in told.answered("psfs", "02-17", run=6, sit=6).rules()


def test_a_questionnaire_far_from_the_start_is_no_start():
    def gained(first: str):
        return trained(4, 4).answered("psfs", first, run=2).answered("psfs", "03-10", run=9)

    assert "W-11" not in gained("01-05").rules()
    assert "W-11" in gained("01-04").rules()
    assert "W-11" not in gained("02-02").rules()
    assert "W-11" in gained("02-03").rules()


def test_an_assessment_after_the_eight_weeks_silences():
    assert "W-11" in trained(4, 4, assessed="03-15").rules()
    assert "W-11" not in trained(4, 4, assessed="03-16").rules()


def test_a_programme_or_an_episode_younger_than_eight_weeks_is_not_judged():
    late = trained(4, 4, days=0, since="01-20")
    for number in range(11):
        late = late.session(
            f"{(day('01-21') + dt.timedelta(days=5 * number)).isoformat()} superman reps @8 8 {GOOD}"
        )

    assert "W-11" not in late.rules()
    assert "W-11" in late.pain("03-17", "4").rules("03-17")


def test_a_start_without_enough_readings_is_not_judged():
    assert "W-11" in trained(4, 4).pain("01-20", ". . .").rules()
    assert "W-11" not in trained(4, 4).pain("01-20", ". . . .").rules()
