"""What the coach makes of a log whose exercise went out of use: nothing is rewritten, nothing is lost."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backpain.coach.decide import decide
from backpain.coach.facts import facts_from
from backpain.coach.history import as_data
from backpain.exercises.queries import coach_catalogue
from backpain.plan.models import Placement
from backpain.training.history import history_of
from backpain.training.models import CheckIn, SetDone
from backpain.training.review import lock, review, todays_advice
from backpain.training.store import store_history
from tests.coach.stories import calm
from tests.conftest import NOON
from tests.retiring import bring_back, copy, retire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
TODAY = NOON.date()
STANDING = calm().placed("front-plank forearm-plank 3x25 s", "03-01")
STORIES = {
    "a step is earned": STANDING.session("03-11 forearm-plank s @25 25 25 26 0/1/1/1").session(
        "03-14 forearm-plank s @25 25 26 27 1/1/1/0"
    ),
    "a bad session": STANDING.session("03-11 forearm-plank s @25 25 25 26 0/1/1/1").session(
        "03-14 forearm-plank s @25 25 25 25 1/6/6/3"
    ),
    "sets without targets": STANDING.session("03-11 forearm-plank s @- 25 25 26 0/1/1/1").session(
        "03-14 forearm-plank s @- 25 24 26 0/1/1/1"
    ),
    "a break": STANDING.session("02-20 forearm-plank s @25 25 25 26 0/1/1/1"),
    "new and sore": STANDING.session("03-14 forearm-plank s @25 25 25 25 0/1/1/4", ordinary_soreness=True),
    "a level-up this week": calm()
    .placed("front-plank knee-plank 3x30 s", "03-01")
    .placed("front-plank forearm-plank 2x20 s", "03-12")
    .session("03-11 knee-plank s @30 30 30 30 0/1/1/1")
    .session("03-14 forearm-plank s @20 20 20 0/1/1/1"),
    "a plateau": STANDING.session("03-02 forearm-plank s @25 25 20 20 0/1/1/1")
    .session("03-04 forearm-plank s @25 25 20 20 0/1/1/1")
    .session("03-06 forearm-plank s @25 25 20 20 0/1/1/1")
    .session("03-08 forearm-plank s @25 25 20 20 0/1/1/1")
    .session("03-10 forearm-plank s @25 25 20 20 0/1/1/1")
    .session("03-13 forearm-plank s @25 25 20 20 0/1/1/1"),
}


def write(runner, story):
    runner_told = replace(story.history.runner, id=str(runner.uuid))
    store_history(runner=runner, history=replace(story.history, runner=runner_told), now=NOON)


def reviewed(runner, now=NOON):
    return review(runner=lock(runner), now=now)


def standing(runner):
    rows = runner.placements.in_force().order_by("ladder__position")
    return [
        (row.ladder.slug, row.exercise.slug, row.sets, row.target, row.unit, row.from_on, row.follows)
        for row in rows.select_related("ladder", "exercise", "follows")
    ]


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_after_a_merge_the_coach_decides_as_if_nothing_had_been_renamed(alice, story):
    write(alice, story)
    facts = facts_from(history_of(alice, on=TODAY), TODAY, catalogue=coach_catalogue())
    copy("forearm-plank", to="plank-on-forearms")
    retire("forearm-plank", "plank-on-forearms", merged=True)

    advice = reviewed(alice)

    assert advice.decision == renamed(decide(facts).as_data())
    assert advice.facts == renamed(facts.as_data())


def renamed(data):
    return json.loads(json.dumps(data).replace('"forearm-plank"', '"plank-on-forearms"'))


def test_the_step_that_was_earned_is_offered_and_taken_under_the_new_name(as_alice, alice):
    write(alice, STORIES["a step is earned"])
    copy("forearm-plank", to="plank-on-forearms")
    retire("forearm-plank", "plank-on-forearms", merged=True)

    page = as_alice.get("/").content.decode()
    as_alice.post(f"/plan/{alice.advice.newest().uuid}/front-plank/accept/")

    assert "Hold your plank on forearms 5 s longer" in page
    assert standing(alice) == [("front-plank", "plank-on-forearms", 3, 30, "s", TODAY, None)]


def test_a_chain_of_merges_counts_as_the_last(alice):
    write(alice, STORIES["a step is earned"])
    copy("forearm-plank", to="second-name")
    copy("second-name", to="third-name")
    retire("forearm-plank", "second-name", merged=True)
    old = retire("second-name", "third-name", merged=True).predecessors.get()

    advice = reviewed(alice)

    assert [(move.kind, move.to.exercise, move.to.target) for move in advice.upward_moves] == [
        ("longer", "third-name", 30)
    ]
    assert standing(alice) == [("front-plank", "third-name", 3, 25, "s", TODAY, old)]


def test_entries_stay_as_they_were_entered(alice):
    write(alice, STORIES["a step is earned"])
    before = as_data(history_of(alice, on=None))
    retire("forearm-plank", "knee-plank", merged=True)

    reviewed(alice)

    after = as_data(history_of(alice, on=None))
    assert set(SetDone.objects.values_list("exercise", flat=True)) == {"forearm-plank"}
    assert after["placements"].pop() | {"since": None} == {
        "ladder": "front-plank",
        "exercise": "knee-plank",
        "sets": 3,
        "target": 25,
        "unit": "s",
        "since": None,
    }
    assert after == before


def test_without_a_merge_the_plan_starts_at_the_bottom_and_old_sets_do_not_count(alice):
    write(alice, STORIES["a step is earned"])
    old = retire("forearm-plank", "knee-plank")

    advice = reviewed(alice)

    assert standing(alice) == [("front-plank", "knee-plank", 2, 15, "s", TODAY, old)]
    assert advice.upward_moves == []
    (ladder,) = advice.facts["ladders"]
    assert "works" not in ladder
    assert alice.placements.get(exercise=old).ended_on == TODAY


def test_who_trained_until_now_is_not_said_to_have_been_away(alice):
    """The sets of the one before do not count, so the ladder began when its successor came."""
    told = (
        calm()
        .placed("front-plank knee-plank 3x30 s", "01-01")
        .placed("front-plank forearm-plank 3x25 s", "01-20")
    )
    write(alice, told.session("03-14 forearm-plank s @25 25 25 25 0/1/1/1"))
    retire("forearm-plank", "high-plank-leg-lifts")

    advice = reviewed(alice)

    (ladder,) = advice.facts["ladders"]
    assert ladder["placed_on"] == "2026-03-16"
    assert "E-9" not in {reason["rule"] for reason in advice.decision["reasons"]}
    later = reviewed(alice, now=NOON + dt.timedelta(days=100))
    assert "E-9" in {reason["rule"] for reason in later.decision["reasons"]}


def test_a_merge_into_a_lower_cap_stays_under_it(alice):
    write(alice, calm().placed("front-plank forearm-plank 3x55 s", "03-01"))
    old = retire("forearm-plank", "knee-plank", merged=True)

    reviewed(alice)

    assert standing(alice) == [("front-plank", "knee-plank", 3, 30, "s", TODAY, old)]


def test_a_merge_raises_no_dose(alice):
    write(alice, calm().placed("front-plank knee-plank 2x15 s", "03-01"))
    retire("knee-plank", "forearm-plank", merged=True)

    reviewed(alice)

    assert standing(alice)[0][1:4] == ("forearm-plank", 2, 15)


def test_a_successor_of_another_ladder_brings_that_ladder_into_the_plan(alice):
    write(alice, STORIES["a step is earned"])
    old = retire("forearm-plank", "modified-side-plank")

    advice = reviewed(alice)

    assert standing(alice) == [("side-plank", "modified-side-plank", 2, 15, "s", TODAY, old)]
    assert "side-plank" in {ladder["slug"] for ladder in advice.facts["ladders"]}
    assert "front-plank" not in {ladder["slug"] for ladder in advice.facts["ladders"]}
    # In a history a placement lasts until the next one on its ladder, so what is over there is left out.
    assert [each["ladder"] for each in as_data(history_of(alice, on=None))["placements"]] == ["side-plank"]


def test_where_the_runner_stands_on_its_ladder_already_it_only_ends(alice):
    write(
        alice,
        calm()
        .placed("front-plank forearm-plank 3x25 s", "03-01")
        .placed("side-plank side-plank 2x20 s", "03-01"),
    )
    retire("forearm-plank", "modified-side-plank")

    reviewed(alice)

    assert [row[:5] for row in standing(alice)] == [("side-plank", "side-plank", 2, 20, "s")]
    ended = alice.placements.get(ladder__slug="front-plank")
    assert (ended.target, ended.ended_on) == (25, TODAY)


def test_a_successor_on_the_same_ladder_keeps_its_place(alice):
    """One that comes from elsewhere does not take the ladder from one that stays on it."""
    write(
        alice,
        calm()
        .placed("front-plank forearm-plank 3x25 s", "03-01")
        .placed("side-plank side-plank 2x20 s", "03-01"),
    )
    retire("forearm-plank", "modified-side-plank")
    retire("side-plank", "modified-side-plank-lifts")

    reviewed(alice)

    assert [row[:2] for row in standing(alice)] == [("side-plank", "modified-side-plank-lifts")]


def test_two_reviews_do_it_once(alice, at_noon):
    write(alice, STORIES["a step is earned"])
    retire("forearm-plank", "knee-plank")
    reviewed(alice)
    once = list(alice.placements.order_by("pk").values())

    reviewed(alice)
    reviewed(alice, now=NOON + dt.timedelta(days=1))

    assert list(alice.placements.order_by("pk").values()) == once
    assert len(once) == 2


def test_the_first_today_of_a_day_and_every_entry_do_it(as_alice, alice, at_noon):
    write(alice, STANDING)
    reviewed(alice)
    retire("forearm-plank", "knee-plank")
    as_alice.get("/")
    assert standing(alice)[0][1] == "forearm-plank"  # today has its advice already

    at_noon.shift(dt.timedelta(days=1))
    as_alice.get("/")
    assert standing(alice)[0][1] == "knee-plank"

    retire("knee-plank", "high-plank-leg-lifts")
    as_alice.post(
        "/check-ins/new/", {"uuid": "6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11", "on": "2026-03-17", "score": "1"}
    )
    assert CheckIn.objects.filter(on="2026-03-17").exists()
    assert standing(alice)[0][1] == "high-plank-leg-lifts"


def test_back_in_use_leaves_runners_where_they_are(alice):
    write(alice, STORIES["a step is earned"])
    retire("forearm-plank", "knee-plank", merged=True)
    reviewed(alice)
    before = list(alice.placements.order_by("pk").values())

    bring_back("forearm-plank")
    advice = reviewed(alice, now=NOON + dt.timedelta(hours=1))

    assert list(alice.placements.order_by("pk").values()) == before
    assert advice.upward_moves == []  # its sets are its own again


def test_who_flew_west_ends_it_on_the_day_it_began(alice):
    write(alice, STANDING)
    alice.placements.filter(ended_on=None).update(from_on=dt.date(2026, 3, 17))
    old = retire("forearm-plank", "knee-plank")

    reviewed(alice)

    assert alice.placements.get(exercise=old, from_on="2026-03-17").ended_on == dt.date(2026, 3, 17)
    assert standing(alice)[0][1] == "knee-plank"


def test_an_exercise_without_a_rung_or_a_successor_stays_in_the_plan(alice, as_alice):
    write(alice, STORIES["a step is earned"])
    alice.placements.get(ended_on=None).ladder.rungs.filter(exercise__slug="forearm-plank").delete()

    advice = reviewed(alice)

    assert standing(alice)[0][1] == "forearm-plank"
    assert advice.upward_moves == []
    for page in ("/", "/plan/", "/sessions/new/", "/progress/", "/exercises/forearm-plank/yours/"):
        assert as_alice.get(page).status_code == 200


def test_costs_nothing_for_who_is_not_concerned(alice, bob):
    write(alice, STORIES["a step is earned"])
    write(bob, calm().placed("quadruped bird-dog 2x8 reps", "03-01"))
    reviewed(alice), reviewed(bob)
    without = statements(bob, days=1)

    retire("forearm-plank", "knee-plank", merged=True)

    assert statements(bob, days=2) == without
    concerned = statements(alice, days=2)
    assert concerned == without + 5  # what stands, its end, the rungs, what begins, and the plan again
    assert statements(alice, days=3) == without


def statements(runner, *, days):
    with CaptureQueriesContext(connection) as captured:
        todays_advice(runner=runner, now=NOON + dt.timedelta(days=days))
    return len([each for each in captured if "SAVEPOINT" not in each["sql"]])


def test_a_session_of_an_exercise_out_of_use_can_be_read_and_corrected(as_alice, alice):
    write(alice, STORIES["a step is earned"])
    session = alice.sessions.order_by("-on").first()
    retire("forearm-plank", "knee-plank", merged=True)
    as_alice.get("/")

    page = as_alice.get(f"/sessions/{session.uuid}/")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}
    sent["started_at"] = "2026-03-14T07:00"
    answer = as_alice.post(f"/sessions/{session.uuid}/", sent | {"forearm-plank-1": "21"})

    assert "Forearm plank" in page.content.decode()
    assert answer.status_code == 302
    assert [done.exercise for done in session.sets.all()] == ["forearm-plank"] * 3
    assert session.sets.order_by("position")[0].done == 21
    assert as_alice.get("/history/").status_code == 200


def test_a_form_from_before_keeps_its_names(as_alice, alice):
    write(alice, STANDING)
    placement = alice.placements.get()
    retire("forearm-plank", "knee-plank", merged=True)
    reviewed(alice)
    sent = {
        "uuid": "0b7a1a52-0a43-4c38-8f02-5f4cf7d2a111",
        "started_at": "2026-03-16T07:00",
        "plan": str(placement.pk),
        "forearm-plank-1": "25",
    }

    assert as_alice.post("/sessions/new/", sent).status_code == 302
    assert [done.exercise for done in alice.sets.all()] == ["forearm-plank"]
    assert Placement.objects.in_force().get().exercise.slug == "knee-plank"


def test_imported_placements_follow_at_the_next_review(alice):
    old = retire("forearm-plank", "knee-plank", merged=True)
    write(alice, STORIES["a step is earned"])
    assert standing(alice)[0][1] == "forearm-plank"

    reviewed(alice)

    assert standing(alice) == [("front-plank", "knee-plank", 3, 25, "s", TODAY, old)]
