import datetime as dt
import uuid

import pytest

from backpain.coach.decision import Dose
from backpain.exercises.models import Rung
from backpain.plan.actions import change_placements
from backpain.training.models import SetDone
from tests.retiring import retire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
URL = "/sessions/new/"


@pytest.fixture
def plan(alice, catalogue):
    for ladder, exercise, target, unit in (
        ("front-plank", "forearm-plank", 25, "s"),
        ("side-plank", "modified-side-plank", 15, "s"),
    ):
        dose = Dose(exercise=exercise, sets=2, target=target, unit=unit)
        change_placements(runner=alice, to={ladder: dose}, on=dt.date(2026, 3, 1))


def prescribed(**values):
    return {
        "uuid": "0b7a1a52-0a43-4c38-8f02-5f4cf7d2a111",
        "started_at": "2026-03-16T07:00",
        "forearm-plank-1": "25",
        "forearm-plank-2": "25",
        "forearm-plank-form": "yes",
        "modified-side-plank-1-left": "15",
        "modified-side-plank-1-right": "15",
        "modified-side-plank-2-left": "15",
        "modified-side-plank-2-right": "12",
        "modified-side-plank-form": "no",
        "modified-side-plank-pain": "3",
        "pain_before": "1",
        "pain_during": "2",
        "pain_after": "1",
        **values,
    }


@pytest.mark.usefixtures("plan")
def test_asks_for_every_set_and_side_of_the_plan_with_its_target(as_alice):
    form = as_alice.get(URL).context["form"]

    assert form["forearm-plank-1"].value() == 25
    assert form["modified-side-plank-2-right"].value() == 15
    assert "forearm-plank-3" not in form.fields
    assert form["cat-cow-1"].value() is None


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("number", [21, 100, 999_999_999])
def test_a_set_beyond_what_a_page_can_show_is_named_and_given_back(as_alice, alice, number):
    response = as_alice.post(URL, prescribed(**{f"forearm-plank-{number}": "25"}))

    assert response.status_code == 422
    assert f"forearm-plank-{number}: 25" in response.content.decode()
    assert not alice.sessions.exists()


@pytest.mark.usefixtures("plan")
def test_keeps_each_set_with_side_target_form_and_pain(as_alice, alice):
    response = as_alice.post(URL, prescribed(**{"cat-cow-1": "8"}))

    rows = SetDone.objects.filter(runner=alice).order_by("position")
    assert response.status_code == 302
    assert [(r.exercise, r.side, r.target, r.done, r.good_form, r.pain) for r in rows] == [
        ("forearm-plank", "", 25, 25, True, None),
        ("forearm-plank", "", 25, 25, True, None),
        ("modified-side-plank", "left", 15, 15, False, 3),
        ("modified-side-plank", "right", 15, 15, False, 3),
        ("modified-side-plank", "left", 15, 15, False, 3),
        ("modified-side-plank", "right", 15, 12, False, 3),
        ("cat-cow", "", None, 8, None, None),
    ]


@pytest.mark.usefixtures("plan")
def test_stores_the_same_session_sent_twice_once(as_alice, alice):
    as_alice.post(URL, prescribed())
    as_alice.post(URL, prescribed())
    other = as_alice.post(URL, prescribed(**{"forearm-plank-1": "30"}))

    assert other.status_code == 422
    assert (alice.sessions.count(), alice.sets.count()) == (1, 6)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    "typed", ["601", "600,1", "9" * 5000, "-1", "many", "25 s", "NaN", "inf", "1e999999", "--5"]
)
def test_refuses_a_hold_that_cannot_be(as_alice, alice, typed):
    response = as_alice.post(URL, prescribed(**{"forearm-plank-1": typed}))

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == ["forearm-plank-1"]
    assert form["forearm-plank-1"].value() == typed
    assert form["modified-side-plank-2-right"].value() == "12"
    assert not alice.sessions.exists()


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("typed", ["11", "-1", "2,5", "NaN", "9" * 30])
def test_refuses_the_pain_of_a_set_that_cannot_be(as_alice, alice, typed):
    response = as_alice.post(URL, prescribed(**{"forearm-plank-1-pain": typed}))

    assert response.status_code == 422
    assert "from 0 to 10" in str(response.context["form"].errors["forearm-plank-1-pain"])
    assert typed in response.text
    assert not alice.sessions.exists()


def test_refuses_a_session_without_any_set(as_alice, alice):
    response = as_alice.post(URL, {"uuid": str(uuid.uuid4()), "started_at": "2026-03-16T07:00"})

    assert response.status_code == 422
    assert "Fill in at least one set" in response.text
    assert not alice.sessions.exists()


@pytest.mark.usefixtures("plan")
def test_corrects_a_set_and_keeps_what_it_said(as_alice, alice):
    as_alice.post(URL, prescribed())
    url = f"/sessions/{alice.sessions.get().uuid}/"

    as_alice.post(url, prescribed(version="1", **{"modified-side-plank-2-right": "15"}))

    correction = alice.corrections.get()
    assert correction.field == "sets"
    assert (correction.old[5]["done"], correction.new[5]["done"]) == (12.0, 15.0)
    assert list(alice.sets.order_by("position").values_list("done", flat=True)) == [25, 25, 15, 15, 15, 15]


@pytest.mark.usefixtures("plan")
def test_takes_a_decimal_comma_and_shows_whole_numbers_plainly(as_alice, alice):
    as_alice.post(URL, prescribed(**{"forearm-plank-1": "22,5"}))

    page = as_alice.get(f"/sessions/{alice.sessions.get().uuid}/").text

    assert 'name="forearm-plank-1" value="22.5"' in page
    assert 'name="forearm-plank-2" value="25"' in page


@pytest.mark.usefixtures("plan")
def test_stores_what_was_typed_into_a_page_that_showed_more_than_is_on_offer_now(as_alice, alice):
    """A phone may send a session days later."""
    retire("cat-cow")
    Rung.objects.filter(exercise__slug="knee-plank").delete()
    plan = ",".join([*(str(row.pk) for row in alice.placements.all()), "knee-plank.s"])
    typed = {"plan": plan, "cat-cow-1": "8", "cat-cow-3": "6", "easier-knee-plank-1": "20"}

    as_alice.post(URL, prescribed(**typed))

    rows = SetDone.objects.filter(runner=alice, exercise__in=["cat-cow", "knee-plank"]).order_by("position")
    assert [(row.exercise, row.unit, row.target, row.done) for row in rows] == [
        ("cat-cow", "rounds", None, 8),
        ("cat-cow", "rounds", None, 6),
        ("knee-plank", "s", None, 20),
    ]
    assert alice.sets.count() == 9


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("name", ["cat-cow-1-left", "moon-walk-2"])
def test_says_which_sets_it_cannot_store_before_it_stores_the_others(as_alice, alice, name):
    refused = as_alice.post(URL, prescribed(**{name: "8"}))

    assert refused.status_code == 422
    assert f"save again: {name}: 8" in refused.content.decode()
    assert refused.context["form"]["forearm-plank-1"].value() == "25"
    assert not alice.sessions.exists()


def test_says_where_to_begin_when_there_is_no_plan(as_alice):
    assert 'href="/start/"' in as_alice.get(URL).text


@pytest.mark.usefixtures("plan")
def test_a_stranger_finds_nothing(as_alice, as_bob, alice):
    as_alice.post(URL, prescribed())

    assert as_bob.get(f"/sessions/{alice.sessions.get().uuid}/").status_code == 404
