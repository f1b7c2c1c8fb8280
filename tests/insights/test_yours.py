"""The runner's own part of an exercise's page."""

import datetime as dt
import re

import pytest
import time_machine

from backpain.exercises.models import Exercise
from backpain.insights.yours import yours_of
from backpain.training.models import SetDone
from tests.conftest import NOON, signed_in
from tests.factories import SessionFactory, UserFactory
from tests.insights.conftest import TODAY
from tests.retiring import copy, retire

pytestmark = pytest.mark.usefixtures("catalogue")
PAGE = "/exercises/side-plank/yours/"


@pytest.fixture
def trained(alice):
    """Write a session of Alice's: days ago and sets as (side, done, target, ...)."""

    def write(days, *sets, exercise="side-plank", unit="s", runner=alice, pain=None, load_kg=None, **columns):
        on = TODAY - dt.timedelta(days=days)
        at = dt.datetime.combine(on, dt.time(18), dt.UTC)
        session = SessionFactory(runner=runner, started_at=at, on=on, **columns)
        for position, (side, done, target) in enumerate(sets, start=1):
            session.sets.create(
                runner=runner,
                position=position,
                exercise=exercise,
                unit=unit,
                side=side,
                done=done,
                target=target,
                pain=pain,
                load_kg=load_kg,
            )
        return session

    return write


def yours(runner, slug="side-plank"):
    return yours_of(runner, slug)


def test_shows_the_rung_the_dose_and_since_when(as_alice, alice, stood):
    stood("side-plank", (40, "modified-side-plank", 2, 20, "s"), (10, "side-plank", 2, 20, "s"))

    page = as_alice.get(PAGE).content.decode()

    (place,) = yours(alice).places
    assert place.rung.position == 3
    assert "In your plan:" in page
    assert '<b class="num">2 × 20 s</b>, each side <span class="muted sm">since 6 Mar 2026</span>' in page
    assert "Step 3 of 3 on the ladder." in page
    assert page.count("You are here") == 1


def test_marks_another_step_of_the_same_ladder(as_alice, stood):
    stood("side-plank", (10, "modified-side-plank", 2, 15, "s"))

    page = as_alice.get(PAGE).content.decode()

    assert "Your plan has another step of this ladder, Side plank on the knees:" in page
    assert re.search(r"Side plank on the knees</b>.*?You are here", page, re.DOTALL)
    assert "Step 1 of 3 on the ladder." in page


def test_tells_the_two_steps_of_the_glute_bridge_apart(alice, stood):
    stood("bridge", (10, "glute-bridge", 2, 15, "s"))

    (place,) = yours(alice, "glute-bridge").places

    assert (place.rung.position, place.dose) == (2, "2 × 15 s")


def test_keeps_a_place_whose_step_the_ladder_has_lost(as_alice, alice, stood):
    stood("side-plank", (10, "side-plank", 2, 20, "s"))
    Exercise.objects.get(slug="side-plank").rungs.all().delete()

    page = as_alice.get("/exercises/modified-side-plank/yours/").content.decode()

    assert "2 × 20 s" in page
    assert "You are here" not in page


def test_says_what_to_do_where_nothing_is_planned_or_trained(as_alice):
    page = as_alice.get(PAGE).content.decode()

    assert 'Not in your plan yet. <a href="/plan/">' in page
    assert "Not trained yet." in page
    assert '<a href="/sessions/new/">Log a session</a>' in page
    assert "The most so far" not in page


def test_says_that_a_stretch_is_on_no_ladder(as_alice):
    page = as_alice.get("/exercises/cat-cow/yours/").content.decode()

    assert "It is on no ladder" in page
    assert "Not in your plan yet" not in page


def test_finds_the_most_by_side_in_a_set_and_in_a_session(alice, trained):
    trained(9, ("left", 20, 20), ("right", 25, 20))
    trained(6, ("left", 15, 20), ("left", 15, 20), ("right", 20, 20), ("right", 20, 20))
    trained(3, ("left", 20, 20), ("right", 10, 20))

    left, right = yours(alice).most

    assert (left.side, left.in_a_set, left.set_on) == ("Left", "20 s", TODAY - dt.timedelta(days=9))
    assert (left.in_a_session, left.session_on) == ("30 s", TODAY - dt.timedelta(days=6))
    assert (right.side, right.in_a_set, right.in_a_session) == ("Right", "25 s", "40 s")


def test_counts_each_unit_apart(alice, trained):
    trained(9, ("", 12, 12), exercise="glute-bridge", unit="reps")
    trained(6, ("", 10, 10), exercise="glute-bridge")

    assert [most.in_a_set for most in yours(alice, "glute-bridge").most] == ["12 reps", "10 s"]


def test_lists_the_last_sessions_newest_first_with_the_pain_around_them(as_alice, trained):
    old = trained(6, ("left", 15, 20), ("right", 20, 20), pain_during=1, pain_next_morning=0)
    new = trained(3, ("left", 20, None), ("right", 17.5, None), pain=4, pain_during=5)

    text = " ".join(re.sub(r"<[^>]+>", " ", as_alice.get(PAGE).content.decode()).split())

    assert "13 Mar 2026 Left 20 s Right 17.5 s 5 4 in this one –" in text
    assert "10 Mar 2026 Left 15 s Right 20 s of 1 × 20 s 1 0" in text
    links = re.findall(r'href="/sessions/([\w-]{36})/"', as_alice.get(PAGE).content.decode())
    assert links == [str(new.uuid), str(old.uuid)]


@pytest.mark.parametrize(
    ("targets", "target"),
    [((20, 20, 20), "3 × 20 s"), ((20, 25, None), "25 s"), ((None, None), "")],
)
def test_says_the_target_of_a_session(alice, trained, targets, target):
    trained(3, *(("left", 20, each) for each in targets))

    (session,) = yours(alice).sessions

    assert session.target == target


def test_says_the_load(alice, trained):
    trained(3, ("left", 8, 8), ("left", 7, 8), exercise="single-leg-deadlift", unit="reps", load_kg=4)

    (session,) = yours(alice, "single-leg-deadlift").sessions

    assert session.done == ["Left 8, 7 reps, 4 kg"]


def test_lists_twelve_sessions_and_counts_all_of_them(alice, trained):
    for days in range(20):
        trained(days, ("left", 10 + days, 20))

    shown = yours(alice)

    assert len(shown.sessions) == 12
    assert shown.sessions[0].session.on == TODAY
    assert shown.most[0].in_a_set == "29 s"


def test_leaves_out_what_was_deleted_and_other_exercises(alice, trained):
    trained(3, ("left", 60, 20), deleted_at=NOON)
    trained(2, ("left", 50, 20), exercise="forearm-plank")

    shown = yours(alice)

    assert shown.sessions == shown.most == []


def test_a_stranger_sees_nothing_of_it(as_bob, stood, trained):
    stood("side-plank", (10, "side-plank", 2, 20, "s"))
    trained(3, ("left", 20, 20))

    page = as_bob.get(PAGE).content.decode()

    assert "Not in your plan yet." in page
    assert "Not trained yet." in page
    assert SetDone.objects.count() == 1


def test_sends_the_page_of_the_exercise_only_its_part(as_alice):
    page = as_alice.get(PAGE, headers={"HX-Request": "true"}).content.decode()

    assert page.strip().startswith('<div class="board" id="yours">')
    assert "<html" not in page


def test_sends_somebody_without_consent_to_the_welcome_page(client):
    client = signed_in(UserFactory())

    assert client.get(PAGE).headers["Location"] == "/welcome/"


def test_knows_no_other_exercise(as_alice):
    assert as_alice.get("/exercises/sit-up/yours/").status_code == 404


def test_counts_what_was_done_under_earlier_names(as_alice, alice, trained):
    trained(9, ("left", 30, 20))
    trained(3, ("left", 20, 20), exercise="second-name")
    copy("side-plank", to="second-name")
    copy("second-name", to="third-name")
    retire("side-plank", "second-name", merged=True)
    retire("second-name", "third-name", merged=True)

    shown = yours(alice, "third-name")

    assert [most.in_a_set for most in shown.most] == ["30 s"]
    assert [each.done for each in shown.sessions] == [["Left 20 s"], ["Left 30 s"]]
    assert [each.done for each in yours(alice).sessions] == [["Left 30 s"]]
    assert "Before:" not in as_alice.get("/exercises/third-name/yours/").content.decode()


def test_what_was_not_merged_keeps_its_sets_and_is_linked(as_alice, as_bob, alice, stood, trained):
    trained(9, ("left", 30, 20))
    stood("side-plank", (10, "side-plank", 2, 20, "s"))
    retire("side-plank", "modified-side-plank")

    page = "/exercises/modified-side-plank/yours/"
    assert "Before:" not in as_alice.get(page).content.decode()
    with time_machine.travel(NOON):
        as_alice.get("/")

    assert 'Before: <a href="/exercises/side-plank/">Side plank</a>' in as_alice.get(page).content.decode()
    assert "Before:" not in as_bob.get(page).content.decode()
    assert yours(alice, "modified-side-plank").sessions == []
    assert [each.done for each in yours(alice).sessions] == [["Left 30 s"]]


def test_does_not_ask_to_train_what_is_out_of_use(as_alice):
    retire("side-plank", "modified-side-plank")

    page = as_alice.get(PAGE).content.decode()

    assert "You have no session with it." in page
    assert "Log a session" not in page


# Session, user, consent, exercise; then ladders, rungs, places, the most, sessions and their sets.
def test_takes_ten_queries(as_alice, django_assert_num_queries, stood, trained):
    stood("side-plank", (10, "side-plank", 2, 20, "s"))
    for days in range(14):
        trained(days, ("left", 20, 20), ("right", 20, 20))
    as_alice.get(PAGE)

    with django_assert_num_queries(10):
        as_alice.get(PAGE)
