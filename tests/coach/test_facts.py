"""What the coach knows on a day, and that it is small, storable and the same from any window."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import replace

import pytest

from backpain.coach.bouts import Bout
from backpain.coach.chronicle import Chronicle, window_start
from backpain.coach.decide import decide
from backpain.coach.decision import Dose
from backpain.coach.facts import Derivation, Span, facts_from, facts_from_data
from backpain.coach.history import CheckIn, Run
from backpain.coach.returning import Returning
from backpain.coach.thresholds import SHIPPED
from backpain.coach.training import Work
from tests.coach.conftest import CATALOGUE, LADDERS
from tests.coach.stories import calm, day, planking, story
from tests.coach.windowed import known

DATED = planking()._with(placements=()).placed("front-plank forearm-plank 3x25 s", since="03-01")


def values(told, on="03-16"):
    return {reading.on.isoformat()[5:]: reading.value for reading in told.facts(on).readings}


def test_a_check_in_comes_before_a_morning_and_a_morning_before_a_bout():
    bout = story().run("03-10 5000 m 3/9/9/5").run("03-11 5000 m 2/9/9/-")

    assert values(bout) == {"03-10": 3, "03-11": 5}
    assert values(bout.pain("03-11", "1")) == {"03-10": 3, "03-11": 1}


def test_only_the_first_bout_of_a_day_gives_its_pain_before():
    assert values(story().session("03-10 superman reps @8 8 1/1/1/-").run("03-10 5000 m 4/4/4/-")) == {
        "03-10": 1
    }
    assert values(story().session("03-10 superman reps @8 8 -/1/1/-").run("03-10 5000 m 4/4/4/-")) == {}


def test_the_higher_of_two_check_ins_counts():
    twice = story()._with(check_ins=(CheckIn(on=day("03-10"), score=3), CheckIn(on=day("03-10"), score=1)))

    assert values(twice) == {"03-10": 3}


def test_a_day_is_the_runners_own():
    late = story().run("03-10 5000 m 2/2/2/-")

    assert values(late.runner(time_zone="Asia/Tokyo")) == {"03-11": 2}


@pytest.mark.parametrize(
    "told",
    [
        story().pain("03-10", "1"),
        story().run("03-10 5000 m 1/1/1/-"),
        story().session("03-10 superman reps @8 8 1/1/1/-"),
        story().skipped("03-10"),
        story().rest("03-10", "03-12"),
        story().answered("peg", "03-10", pain=1),
    ],
)
def test_a_window_begins_with_its_first_day(told):
    assert Chronicle(told.history).last_day == day("03-10")
    assert Chronicle(told.history, day("03-10")).first_day == day("03-10")
    assert Chronicle(told.history, day("03-11")).first_day is None


@pytest.mark.parametrize("told", [story().screen("03-10"), story().care("03-10", "clears")])
def test_screens_and_care_have_no_age(told):
    assert Chronicle(told.history, day("03-16")).first_day == day("03-10")


def test_the_window_is_four_hundred_days_and_the_rest_of_their_first_month():
    assert window_start(day("04-03")) == day("2025-02-01")
    assert window_start(day("04-04")) == day("2025-03-01")


def test_a_bout_entered_far_from_the_runners_zone_is_in_the_window():
    """23:00 on 8 March, a day behind Greenwich, is noon of the 10th in Kiritimati."""
    began = dt.datetime(2026, 3, 8, 23, tzinfo=dt.timezone(-dt.timedelta(hours=23)))
    told = story().runner(time_zone="Pacific/Kiritimati")._with(runs=(Run(started_at=began),))

    assert Chronicle(told.history, day("03-10")).first_day == day("03-10")


@pytest.mark.parametrize(
    "told", [story(), DATED.runner(pain_began_on=day("03-10"))], ids=["empty", "planking"]
)
def test_nothing_dated_later_is_known(told):
    later = told.pain("03-17", "9 9 9").run("03-18 9000 m 9/9/9/9 limp", stage=3).screen("03-18", fever="yes")
    later = later.care("03-18", "assessed", "clears").rest("03-17", "03-20", 9, 9).skipped("03-17")
    later = later.session("03-17 superman reps @8 8 8 9/9/9/9").answered("peg", "03-17", pain=9)
    later = later.placed("front-plank high-plank-leg-lifts 2x8 reps", since="03-17")
    later = later.chose_run_walk("03-17").gentle("03-17")
    later = later.runner(pain_began_on=told.history.runner.pain_began_on or day("03-17"))

    assert later.facts("03-16") == told.facts("03-16")


def test_what_is_dated_today_is_known():
    told = story().pain("03-16", "1").answered("peg", "03-16", pain=1).chose_run_walk("03-16").gentle("03-16")
    ahead = told.facts().ahead

    assert ahead.returning == Returning(log_began_on=day("03-16"), chosen_on=day("03-16"))
    assert (ahead.forms.peg_on, ahead.gentle.since) == (day("03-16"), day("03-16"))
    assert told.runner(pain_began_on=day("03-16")).facts().began_on == day("03-16")


def test_every_run_since_the_runner_chose_run_walk_is_looked_at():
    told = story().chose_run_walk("02-01").staged("01-31 1 0/1/1/0", "02-01 2 0/1/1/0")

    assert [staged.stage for staged in told.facts().ahead.returning.staged] == [2]


def test_a_window_and_the_whole_history_decide_alike():
    told = (
        planking().run("2024-06-01 9000 m 9/9/9/9").pain("2024-06-01", "9 9 9").pain("2025-06-01", "4 " * 20)
    )
    told = told.session("2025-11-01 superman reps @8 8 8 8 0/6/0/0")
    history = told.history
    windowed = known(history, day("03-16"))

    assert len(windowed.check_ins) < len(history.check_ins)
    assert windowed.sessions[-1].sets == ()
    assert facts_from(windowed, day("03-16"), catalogue=CATALOGUE) == told.facts()


def test_the_order_of_entry_does_not_matter():
    told = planking().run("03-12 5000 m 0/1/1/1")
    told = told.run("03-15 5000 m 0/1/1/1", id="a").run("03-15 6000 m 0/3/1/2", id="b")
    told = told.screen("03-16", hour=6, fever="unsure").screen("03-16", hour=6)
    names = ("check_ins", "runs", "sessions", "screenings")
    backwards = told._with(**{name: getattr(told.history, name)[::-1] for name in names})

    assert backwards.facts() == told.facts()


@pytest.mark.parametrize(
    ("first", "values", "fires"),
    [
        ("02-24", "1 1 1 1 . . . 3 3 3 3 . . . . . . 5 5 5 5", True),  # today and 7 days ago, just so
        ("02-23", "1 1 1 1 . . . . . 3 3 3 3 . . . . . 5 5 5 5", False),  # today and 8 days ago
        ("02-27", "1 1 1 1 . . . 4 4 4 4 . . . 1 1 1 1", False),  # only 7 days ago
    ],
)
def test_before_a_usual_is_known_a_rise_is_seen_twice_within_a_week(first, values, fires):
    told = story().pain(first, values)

    assert told.facts().usual is None
    assert ("W-3c" in told.rules()) is fires


CLEARED = story().runner(pain_began_on=day("2026-02-02")).care("02-10", "assessed", "clears")


def test_pain_is_chronic_from_six_weeks_on_once_assessed_and_cleared():
    """42 days, not the 84 of the table: section 3.0 wins."""
    assert CLEARED.facts("03-16").is_chronic
    assert not CLEARED.facts("03-15").is_chronic
    for what in ("assessed", "clears"):
        assert not CLEARED._with(care=()).care("02-10", what).facts("03-16").is_chronic


@pytest.mark.parametrize(
    ("rule", "first", "values"),
    [
        ("W-3", "02-03", "2 " * 20 + "5 " * 22),
        ("W-3c", "03-03", "1 " * 7 + "4 " * 7),
        ("W-4", "01-06", "1 " * 28 + "2 " * 28 + "3 " * 14),
    ],
)
def test_rising_pain_is_never_in_chronic_mode(rule, first, values):
    told = CLEARED.pain(first, values)

    assert {"W-3", "W-3c", "W-4"} & told.rules().keys() == {rule}
    assert not told.facts().is_chronic


@pytest.mark.parametrize(("on", "during"), [("01-06", 6), ("01-05", 0)])
def test_the_sets_of_a_session_are_known_for_seventy_days(on, during):
    facts = story().session(f"{on} superman reps @8 8 8 8 0/0/0/0", set_pain=6).facts()

    assert (facts.last_session.on, facts.graded_session.during) == (day(on), during)


def test_a_session_is_graded_however_old():
    graded = story().session("01-01 superman reps @8 8 0/0/0/0").session("01-03 superman reps @8 8 0/1/0/0")
    told = graded.session("01-05 superman reps @8 8 0/2/0/-")

    assert (told.facts().last_session.on, told.facts().graded_session.on) == (day("01-05"), day("01-03"))


def test_a_strength_day_is_known_for_ten_days():
    told = story().session("03-06 superman reps @8 8 0/0/0/0").session("03-07 superman reps @8 8 0/0/0/0")

    assert told.session("03-08 cat-cow reps @8 8 0/0/0/0").facts().strength_days == (day("03-07"),)


def test_a_bad_bout_is_known_for_four_weeks():
    told = story().run("02-16 5000 m 0/6/0/0").session("02-16 superman reps @8 8 0/6/0/0")
    told = told.run("02-17 5000 m 0/6/0/0").session("02-17 superman reps @8 8 0/6/0/0")

    assert told.facts().bad_days == (day("02-17"), day("02-17"))


def test_a_flare_lasts_until_its_newest_day():
    told = calm().pain("03-10", "5 6 5 5 5 5 5").run("03-14 5000 m 0/0/0/0")

    assert told.facts().ahead.gentle.easing_since == day("03-16")


def test_asked_day_by_day_the_facts_are_those_of_each_day_alone():
    told = DATED.run("03-11 5000 m 0/1/1/4").run("03-12 9000 m 0/1/1/1").walk("03-13 0/1/1/1")
    told = told.session("03-12 superman reps @8 8 8 8 0/1/1/4").session(
        "03-12 superman reps @8 8 8 8 0/6/1/0"
    )
    first = day("03-10")
    passed = Derivation(
        told.history, Span.of(first, last_day=None), first, catalogue=CATALOGUE, thresholds=SHIPPED
    )

    for on in ("03-10", "03-11", "03-12", "03-13", "03-14", "03-16"):
        assert passed.facts(day(on)) == told.facts(on)


def busy():
    """Nine ladders, a full log, three months."""
    told = story().pain("2025-12-17", "3 2 4 " * 30).screen("03-15").care("01-10", "assessed", "clears")
    for ladder in LADDERS:
        rung = ladder.rungs[0]
        told = told.placed(f"{ladder.slug} {rung.exercise} {rung.sets}x{rung.start:g} {rung.unit}")
        for on in ("03-10", "03-13", "03-15"):
            sets = f"{rung.start:g} " * rung.sets
            told = told.session(f"{on} {rung.exercise} {rung.unit} @{rung.start:g} {sets}2/2/2/2", effort=5)
    for on in range(1, 15):
        told = told.run(f"03-{on:02d} 9000 m 2/3/2/2 shortened", sites=frozenset({"hip-left"}))
    return told


@pytest.mark.parametrize(
    "told", [story(), calm(), planking(), busy()], ids=["empty", "calm", "planking", "busy"]
)
def test_facts_survive_storage_and_decide_the_same(told):
    facts = told.facts()

    stored = facts_from_data(json.loads(json.dumps(facts.as_data())))

    assert stored == facts
    assert decide(stored) == decide(facts)


def test_facts_are_small():
    assert len(json.dumps(planking().facts().as_data())) < 4000
    assert len(json.dumps(busy().facts().as_data())) < 16_000


def test_facts_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        calm().facts().on = dt.date(2026, 1, 1)


# Strength work


def together(told):
    """Every set told of, as one session."""
    first, *others = told.history.sessions
    sets = (*first.sets, *(done for other in others for done in other.sets))
    return told._with(sessions=(replace(first, sets=sets),))


def test_what_is_kept_of_the_sets_of_a_session():
    told = story().placed("quadruped bird-dog 3x10 reps", since="03-01")
    told = told.session("03-10 quadruped-limb-raises reps @8 8 1/2/1/0", sides=("right",), effort=6)
    told = told.session("03-10 bird-dog reps @- 8 9 8 1/2/1/0", sides=("left", "right"), hold_s=4)
    told = told.session("03-10 bird-dog reps @- 9 1/2/1/0", sides=("right",), good_form=None)
    told = told.session("03-10 bird-dog s @- 20 15 1/2/1/0", good_form=False)
    bout = Bout(on=day("03-10"), is_run=False, before=1, during=2, after=1, next_morning=0)
    (ladder,) = together(told).facts().ladders

    assert ladder.works == (
        Work(
            bout=bout,
            exercise="bird-dog",
            unit="reps",
            sets=3,  # on the side with fewer
            lowest=8,
            last=8,  # on the weaker side
            hold_s=4,
            form=None,
            effort=6,
            trained=Dose(exercise="bird-dog", sets=4, target=10, unit="reps", hold_s=5),
        ),
        Work(
            bout=bout,
            exercise="quadruped-limb-raises",
            unit="reps",
            sets=0,  # of one side only
            lowest=8,
            last=8,
            targets=(8,),
            form=True,
            effort=6,
            trained=Dose(exercise="quadruped-limb-raises", sets=1, target=8, unit="reps"),
        ),
        Work(
            bout=bout,
            exercise="bird-dog",
            unit="s",  # not on the ladder
            sets=2,
            lowest=15,
            last=15,
            form=False,
            effort=6,
            trained=Dose(exercise="bird-dog", sets=2, target=15, unit="s"),
        ),
    )


def test_high_pain_in_a_set_singles_its_exercise_out():
    told = story().session("03-10 forearm-plank s @20 20 0/6/0/0", set_pain=6)
    told = told.session("03-10 superman reps @8 8 0/6/0/0", set_pain=5)
    ladders = together(told).facts().ladders

    assert [(ladder.slug, ladder.works[0].singled_out) for ladder in ladders] == [
        ("front-plank", True),
        ("back-extension", False),
    ]


@pytest.mark.parametrize(
    ("done", "kept"),
    [
        ("09 fore 10 fore 11 knee 12 fore 13 knee 14 knee", "14 knee 13 knee 12 fore 10 fore"),
        ("11 fore 12 fore 13 knee 13 fore 14 knee", "14 knee 13 fore 13 knee 12 fore"),
        ("10 fore 11 fore 12 knee 13 fore 14 fore", "14 fore 13 fore"),
    ],
)
def test_the_last_two_sessions_are_kept_and_the_last_two_of_the_exercise_in_force(done, kept):
    told, words = story().placed("front-plank forearm-plank 3x25 s", since="03-01"), done.split()
    for on, name in zip(words[::2], words[1::2], strict=True):
        exercise = {"fore": "forearm-plank", "knee": "knee-plank"}[name]
        told = told.session(f"03-{on} {exercise} s @25 25 0/0/0/0")
    (ladder,) = told.facts().ladders

    assert " ".join(f"{work.bout.on:%d} {work.exercise[:4]}" for work in ladder.works) == kept


def test_the_rungs_kept_reach_from_below_the_lowest_to_above_the_highest():
    told = story().placed("back-extension locust-pose 3x10 s", since="03-01")
    (ladder,) = told.session("03-10 superman-pull reps @8 8 0/0/0/0").facts().ladders

    assert [rung.exercise for rung in ladder.rungs] == [
        "superman-hold",
        "superman-pull",
        "locust-pose",
        "ball-back-extension",
    ]


@pytest.mark.parametrize("entered", [1, -1])
def test_the_newest_placement_is_in_force_from_its_day_on(entered):
    told = story().placed("front-plank knee-plank 3x30 s", since="03-01")
    told = told.placed("front-plank forearm-plank 3x20 s", since="03-16")
    told = told._with(placements=told.history.placements[::entered])
    days = ("03-01", "03-15", "03-16")
    ladders = [ladder for on in days for ladder in told.facts(on).ladders]

    assert [ladder.current.exercise for ladder in ladders] == ["knee-plank", "knee-plank", "forearm-plank"]
    assert {ladder.placed_on for ladder in ladders} == {day("03-01")}
    assert [told.facts(on).level_up_on for on in days] == [None, None, day("03-16")]
    later = told.placed("front-plank forearm-plank 3x25 s", since="03-18")
    assert later.facts("03-18").level_up_on == day("03-16")


def test_a_placement_without_a_day_is_no_level_up():
    told = story().pain("03-16", "1").placed("front-plank knee-plank 3x30 s", since="03-01")

    assert told.placed("front-plank forearm-plank 3x20 s").facts().level_up_on is None


@pytest.mark.parametrize(("placed_s", "held"), [(None, 5), (7, 7)])
def test_a_repetition_is_held_as_placed_else_as_the_rung_says(placed_s, held):
    (placed,) = story().placed("quadruped bird-dog 3x8 reps", since="03-01").history.placements
    (ladder,) = story()._with(placements=(replace(placed, hold_s=placed_s),)).facts().ladders

    assert ladder.current.hold_s == held


@pytest.mark.parametrize(
    ("rungs", "level_up_on"),
    [
        ("beetle beetle", None),
        ("beetle dead-bug dead-bug", "03-02"),
        ("beetle beetle dead-bug beetle", "03-03"),
        ("beetle dead-bug v-up beetle", "03-03"),
        ("dead-bug beetle dead-bug", None),
        ("dead-bug beetle v-up", "03-03"),
        ("beetle dead-bug+beetle", "03-02"),
        ("beetle+dead-bug dead-bug", None),
    ],
)
def test_a_level_up_is_the_first_session_on_a_later_rung(rungs, level_up_on):
    sessions = []
    for number, exercises in enumerate(rungs.split(), start=1):
        told = story()
        for exercise in exercises.split("+"):
            told = told.session(f"03-{number:02d} {exercise} reps @8 8 0/0/0/0")
        sessions += together(told).history.sessions

    expected = day(level_up_on) if level_up_on else None
    assert story()._with(sessions=tuple(sessions)).facts().level_up_on == expected
