"""Plans whose exercise went out of use: what runners are told, and that nobody is left on nothing."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from backpain.accounts.actions import erase_account
from backpain.coach.decision import Verdict
from backpain.exercises.models import Exercise, Ladder, Rung
from backpain.exercises.publishing import NotAllowed
from backpain.exercises.queries import coach_catalogue_and_successors, entry_of
from backpain.plan.models import Placement
from backpain.training.actions import log
from backpain.training.models import Session
from backpain.training.review import lock, review, todays_advice
from tests.coach.stories import planking
from tests.conftest import NOON
from tests.factories import SessionFactory
from tests.retiring import bring_back, copy, published, retire
from tests.training.advised import advise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
DAY = dt.timedelta(days=1)
HEADING = "Your plan has changed"


def reviewed(runner, now=NOON):
    return review(runner=lock(runner), now=now)


def text_of(client, page="/"):
    """Return the words of a page."""
    found = re.sub(r"<[^>]+>", " ", client.get(page).content.decode())
    return " ".join(html.unescape(found).split())


def standing(runner):
    rows = runner.placements.in_force().order_by("ladder__position")
    return list(rows.values_list("ladder__slug", "exercise__slug", "sets", "target"))


@pytest.mark.parametrize("page", ["/", "/plan/"])
def test_tells_of_a_new_name(as_alice, alice, place, page):
    place(alice, exercise="knee-plank", sets=2, target=20)
    retire("knee-plank", "forearm-plank", merged=True)
    todays_advice(runner=alice, now=NOON)

    told = "Knee plank is now Forearm plank. Same exercise, new name. Your plan goes on with 2 × 20 s."
    assert f"{HEADING} {told}" in text_of(as_alice, page)
    assert 'href="/exercises/forearm-plank/"' in as_alice.get(page).content.decode()


@pytest.mark.parametrize("page", ["/", "/plan/"])
def test_tells_of_another_exercise(as_alice, alice, place, page):
    place(alice, "side-plank", "modified-side-plank", 30)
    retire("modified-side-plank", "side-plank")
    todays_advice(runner=alice, now=NOON)

    assert (
        "Side plank on the knees is no longer in the plan. Side plank takes its place, "
        "from its first level: 2 × 15 s, each side." in text_of(as_alice, page)
    )


def test_says_what_the_new_exercise_needs(as_alice, alice, place):
    place(alice, "back-extension", "locust-pose", 20)
    retire("locust-pose", "ball-back-extension")

    assert "from its first level: 2 × 8 reps. It needs: stability ball." in text_of(as_alice)


@pytest.mark.parametrize("page", ["/", "/plan/"])
def test_tells_that_something_only_left(as_alice, alice, place, page):
    place(alice, exercise="knee-plank", sets=2, target=20)
    place(alice, "side-plank", "side-plank", 20)
    retire("knee-plank", "modified-side-plank")
    todays_advice(runner=alice, now=NOON)

    words = text_of(as_alice, page)
    assert (
        "Knee plank is out of use and no longer in your plan. The rest of your plan goes on as it is."
        in words
    )
    assert "takes its place" not in words


def test_tells_it_for_seven_days(as_alice, alice, place, at_noon):
    place(alice, exercise="knee-plank", sets=2, target=20)
    assert HEADING not in text_of(as_alice)
    retire("knee-plank", "forearm-plank", merged=True)

    days = []
    for _day in range(9):
        at_noon.shift(DAY)
        first, again, plan = text_of(as_alice), text_of(as_alice), text_of(as_alice, "/plan/")
        assert (HEADING in first) == (HEADING in again) == (HEADING in plan)
        days.append(HEADING in first)

    assert days == [True] * 7 + [False] * 2


def test_tells_the_dose_the_coach_has_eased_it_to(as_alice, alice, place):
    """E-9 takes a step back in the very review that puts the successor into the plan."""
    place(alice, exercise="forearm-plank", sets=3, target=25)
    done = SessionFactory(runner=alice, started_at=NOON - 20 * DAY, on=NOON.date() - 20 * DAY)
    for position in range(3):
        done.sets.create(
            runner=alice, position=position, exercise="forearm-plank", unit="s", target=25, done=25
        )
    copy("forearm-plank", to="plank-on-forearms")
    retire("forearm-plank", "plank-on-forearms", merged=True)

    words = text_of(as_alice)

    assert standing(alice) == [("front-plank", "plank-on-forearms", 3, 20)]
    assert (
        "Forearm plank is now Plank on forearms. Same exercise, new name. Your plan goes on with 3 × 20 s."
        in words
    )
    assert text_of(as_alice).count("new name") == 1


def test_tells_nothing_beside_what_stops_training(as_alice, alice, place):
    old = place(alice, exercise="knee-plank", sets=2, target=20)
    advise(alice, verdict=Verdict.URGENT, rule="R-2b")
    new = place(alice, "side-plank", "side-plank", 20)
    retire("knee-plank", "side-plank")
    Placement.objects.filter(pk=old.pk).update(ended_on=NOON.date())
    Placement.objects.filter(pk=new.pk).update(follows=old.exercise, from_on=NOON.date())

    for page in ("/", "/plan/"):
        assert HEADING not in text_of(as_alice, page)


def test_a_stranger_is_told_nothing(as_alice, as_bob, alice, place):
    place(alice, exercise="knee-plank", sets=2, target=20)
    retire("knee-plank", "forearm-plank")
    as_alice.get("/")

    assert HEADING not in text_of(as_bob) + text_of(as_bob, "/plan/")


def test_once_it_is_back_in_use_nothing_is_told(as_alice, alice, place):
    place(alice, exercise="knee-plank", sets=2, target=20)
    retire("knee-plank", "forearm-plank", merged=True)
    as_alice.get("/")

    bring_back("knee-plank")

    assert HEADING not in text_of(as_alice)
    assert standing(alice) == [("front-plank", "forearm-plank", 2, 20)]


def test_a_step_to_an_exercise_out_of_use_is_no_longer_on_offer(as_alice, alice, give, place):
    place(alice)
    advice = give(alice, planking())
    retire("forearm-plank", "knee-plank", merged=True)

    answer = as_alice.post(reverse("accept_move", args=[advice.uuid, "front-plank"]), follow=True)

    assert "This step is no longer on offer." in answer.content.decode()
    assert standing(alice) == [("front-plank", "forearm-plank", 3, 25)]


@pytest.mark.parametrize("page", ["/", "/plan/", "/progress/", "/history/", "/advice/", "/sessions/new/"])
def test_pages_show_a_plan_that_has_not_followed_yet(as_alice, alice, give, place, page):
    place(alice)
    give(alice, planking())
    retire("forearm-plank", "modified-side-plank")

    assert as_alice.get(page).status_code == 200


def test_the_plan_says_of_a_rung_that_is_gone_that_no_step_follows(as_alice, alice, place):
    placed = place(alice)
    placed.ladder.rungs.filter(exercise=placed.exercise).delete()
    Ladder.objects.filter(slug="quadruped").update(state="retired")
    place(alice, "quadruped", "bird-dog", 8, unit="reps")

    words = text_of(as_alice, "/plan/")

    assert words.count("It is on no ladder any more: no step follows.") == 2
    assert "top of its ladder" not in words


def test_advice_names_a_ladder_that_has_lost_its_last_rung(as_alice, alice, place):
    place(alice, "hip-abductor", "side-lying-leg-raise", 10, unit="reps")
    page = f"/advice/{todays_advice(runner=alice, now=NOON).uuid}/"
    name = Ladder.objects.get(slug="hip-abductor").name
    assert name in text_of(as_alice, page)

    retire("side-lying-leg-raise", "modified-side-plank")

    assert name in text_of(as_alice, page)


def test_the_page_of_an_exercise_out_of_use_leads_to_its_successor(as_alice):
    retire("knee-plank", "forearm-plank", merged=True)
    retire("v-up", "dead-bug")
    retire("yoga")

    assert (
        "Knee plank It is out of use. Forearm plank takes its place. It is the same exercise under a new name. "
        "What was logged stays." in text_of(as_alice, "/exercises/knee-plank/")
    )
    assert "It is out of use. Dead bug takes its place. What was logged stays." in text_of(
        as_alice, "/exercises/v-up/"
    )
    assert "It is out of use. What was logged stays." in text_of(as_alice, "/exercises/yoga/")
    assert "out of use" not in text_of(as_alice, "/exercises/forearm-plank/")


@pytest.mark.parametrize("merged", [False, True])
def test_nobody_is_left_on_nothing(alice, place, merged):
    """Whatever rung somebody stands on, its exercise goes out of use only to leave them on another."""
    moved = 0
    for rung in Rung.objects.published().select_related("exercise", "ladder"):
        old = Exercise.objects.get(pk=rung.exercise_id)
        successor = _successor(old, rung.ladder, merged)
        if old.is_retired or successor is None:
            continue
        alice.placements.all().delete()
        place(alice, rung.ladder.slug, old.slug, rung.cap, unit=rung.unit)
        with pytest.raises(NotAllowed):
            retire(old.slug)
        retire(old.slug, successor.slug, merged=merged)

        reviewed(alice)

        (placed,) = alice.placements.in_force()
        at = {"ladder": placed.ladder, "exercise": placed.exercise, "unit": placed.unit}
        assert placed.exercise == successor
        assert placed.target <= Rung.objects.published().get(**at).cap
        moved += 1
    assert moved > 15


def _successor(old, ladder, merged):
    """Return an exercise that may take its place, of the same ladder if possible."""
    alike = {"unit": old.unit, "per_side": old.per_side} if merged else {}
    others = Exercise.objects.published().filter(impact=old.impact, **alike).exclude(pk=old.pk)
    return (
        others.filter(rungs__ladder=ladder).first() or others.filter(rungs__ladder__state="published").first()
    )


def test_a_successor_that_jumps_is_for_an_exercise_that_jumps(alice):
    with pytest.raises(NotAllowed) as refused:
        retire("single-leg-deadlift", "single-leg-jump-squat")

    assert "which this exercise has not" in refused.value.problems[0].text


@pytest.fixture
def waiting(alice, place):
    """Alice stands on a raise of the leg that is out of use, and has not been here since."""
    place(alice, "hip-abductor", "side-lying-leg-raise", 10, unit="reps")
    retire("side-lying-leg-raise", "beetle")


def test_who_has_not_followed_yet_keeps_nobody_from_editing_the_ladder(alice, place):
    place(alice, "side-plank", "side-plank", 20)
    retire("side-plank", "modified-side-plank")

    published(Ladder.objects.get(slug="side-plank"), name="Side planks")

    assert Ladder.objects.get(slug="side-plank").name == "Side planks"


@pytest.mark.usefixtures("waiting")
def test_the_rung_runners_are_about_to_come_to_stays():
    ladder = Ladder.objects.get(slug="anti-extension")
    rungs = [rung for rung in entry_of(ladder)["rungs"] if rung["exercise"] != "beetle"]

    for change in ({"rungs": rungs}, {"retire": True}):
        with pytest.raises(NotAllowed) as refused:
            published(ladder, **change)
        texts = [problem.text for problem in refused.value.problems]
        assert "1 runner is about to be moved to Beetle. Keep the rung." in texts


@pytest.mark.usefixtures("waiting")
def test_the_exercise_runners_are_about_to_come_to_needs_a_successor_too(alice):
    with pytest.raises(NotAllowed):
        retire("beetle")
    retire("beetle", "dead-bug")

    reviewed(alice)

    assert standing(alice) == [("anti-extension", "dead-bug", 2, 8)]


def test_a_chain_is_merged_only_where_every_link_is(as_alice, alice, place):
    place(alice, exercise="knee-plank", sets=2, target=25)
    retire("knee-plank", "forearm-plank", merged=True)
    retire("forearm-plank", "modified-side-plank")

    assert (
        "Knee plank is no longer in the plan. Side plank on the knees takes its place, from its first level: "
        "2 × 15 s, each side." in text_of(as_alice)
    )
    assert standing(alice) == [("side-plank", "modified-side-plank", 2, 15)]


def test_a_circle_ends(alice, place):
    """No publishing leads to one."""
    one, other = Exercise.objects.get(slug="knee-plank"), Exercise.objects.get(slug="forearm-plank")
    for row, after in ((one, other), (other, one)):
        Exercise.objects.filter(pk=row.pk).update(state="retired", retire=True, successor=after, merged=True)

    successors = coach_catalogue_and_successors()[1]

    assert successors.in_plans == {}
    place(alice, exercise="knee-plank", sets=2, target=20)
    reviewed(alice)
    assert standing(alice) == [("front-plank", "knee-plank", 2, 20)]


def test_another_unit_begins_at_its_start(alice, place):
    """The glute bridge is counted in repetitions; on the rung after that it is held."""
    place(alice, "bridge", "glute-bridge", 25, unit="s")
    retire("glute-bridge", "single-leg-bridge")

    reviewed(alice)

    assert standing(alice) == [("bridge", "single-leg-bridge", 2, 8)]


def test_an_account_that_followed_can_be_erased(alice, place):
    place(alice, exercise="knee-plank", sets=2, target=20)
    retire("knee-plank", "forearm-plank")
    reviewed(alice)

    erase_account(runner=alice)

    assert not Placement.objects.exists()


def test_logging_a_session_follows_and_says_so(as_alice, alice, place):
    place(alice, exercise="knee-plank", sets=2, target=20)
    todays_advice(runner=alice, now=NOON)
    retire("knee-plank", "forearm-plank", merged=True)

    log(
        Session,
        runner=alice,
        uuid="6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11",
        values={"started_at": NOON, "on": NOON.date()},
        now=NOON,
    )

    assert HEADING in text_of(as_alice)
