import datetime as dt

import pytest
from django.contrib.admin import site

from backpain.exercises.models import Exercise, Ladder, Rung
from backpain.plan.models import Placement
from tests.conftest import signed_in
from tests.factories import UserFactory

FIELDS = ["exercise_id", "unit", "sets", "start", "step", "cap", "late_from", "late_step", "hold_s"]


def _form(ladder, rungs):
    """Return the posted form of a ladder with these rungs, each a dict of fields."""
    posted = {
        "name": ladder.name,
        "slug": ladder.slug,
        "family": ladder.family,
        "position": ladder.position,
        "rungs-TOTAL_FORMS": len(rungs),
        "rungs-INITIAL_FORMS": sum("id" in rung for rung in rungs),
    }
    for number, rung in enumerate(rungs):
        posted |= {f"rungs-{number}-{field}": "" if value is None else value for field, value in rung.items()}
    return posted


def _stored(ladder):
    return [
        {"id": rung.pk, "ladder": ladder.pk, "place": rung.position}
        | {field.removesuffix("_id"): getattr(rung, field) for field in FIELDS}
        for rung in ladder.rungs.order_by("position")
    ]


def _order(ladder):
    return list(ladder.rungs.order_by("position").values_list("position", "exercise__slug"))


@pytest.fixture
def quadruped(catalogue):
    return Ladder.objects.get(slug="quadruped")


def _address(row):
    return f"/admin/exercises/{row._meta.model_name}/{row.pk}/change/"


def test_swaps_two_rungs(as_curator, quadruped):
    rungs = _stored(quadruped)
    rungs[0]["place"], rungs[1]["place"] = 2, 1

    page = as_curator.post(_address(quadruped), _form(quadruped, rungs))

    assert page.status_code == 302
    assert _order(quadruped) == [(1, "bird-dog"), (2, "quadruped-limb-raises")]


def test_moves_one_rung_and_leaves_the_others(as_curator, catalogue):
    ladder = Ladder.objects.get(slug="side-plank")
    rungs = _stored(ladder)
    rungs[0]["place"] = 9

    as_curator.post(_address(ladder), _form(ladder, rungs))

    assert _order(ladder) == [(1, "modified-side-plank-lifts"), (2, "side-plank"), (3, "modified-side-plank")]


def test_adds_and_removes_rungs_without_leaving_gaps(as_curator, catalogue):
    ladder = Ladder.objects.get(slug="side-plank")
    rungs = _stored(ladder)
    rungs[0]["DELETE"] = "on"
    yoga = Exercise.objects.get(slug="yoga")
    rungs.append(
        {"ladder": ladder.pk, "place": 4, "exercise": yoga.pk, "unit": "min", "sets": 1}
        | {"start": 5, "step": 5, "cap": 20}
    )

    page = as_curator.post(_address(ladder), _form(ladder, rungs))

    assert page.status_code == 302
    assert _order(ladder) == [(1, "modified-side-plank-lifts"), (2, "side-plank"), (3, "yoga")]


def test_changes_a_dose_in_place(as_curator, quadruped):
    rungs = _stored(quadruped)
    rungs[1]["cap"] = 14

    as_curator.post(_address(quadruped), _form(quadruped, rungs))

    assert Rung.objects.get(pk=rungs[1]["id"]).cap == 14
    assert _order(quadruped) == [(1, "quadruped-limb-raises"), (2, "bird-dog")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"start": 20}, "The start is above the cap."),
        ({"place": 1}, "Two rungs have the same place."),
        ({"place": ""}, "This field is required."),
        ({"step": 0}, "Start and step must be at least 1."),
        ({"hold_s": 30}, "A repetition is held for 1 to 10 seconds."),
        ({"late_from": 10}, "Give late from (between start and cap) and late step, or neither."),
        ({"sets": 12}, "Use one to five sets."),
    ],
)
def test_refuses_a_wrong_rung_with_a_sentence(as_curator, quadruped, change, sentence):
    rungs = _stored(quadruped)
    before = _order(quadruped)

    page = as_curator.post(_address(quadruped), _form(quadruped, [rungs[0], rungs[1] | change]))

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert _order(quadruped) == before


def test_refuses_the_same_exercise_twice_on_a_ladder(as_curator, quadruped):
    rungs = _stored(quadruped)
    twin = {field: value for field, value in rungs[1].items() if field != "id"} | {"place": 3}

    page = as_curator.post(_address(quadruped), _form(quadruped, [*rungs, twin]))

    assert page.status_code == 200
    assert len(_order(quadruped)) == 2


def _exercise_form(exercise, **change):
    fields = [
        "name",
        "slug",
        "family",
        "category",
        "kind",
        "unit",
        "equipment",
        "purpose",
        "how_to",
        "stop_note",
    ]
    posted = {field: getattr(exercise, field) for field in fields}
    return posted | {"doses-TOTAL_FORMS": 0, "doses-INITIAL_FORMS": 0} | change


def test_adds_an_exercise(as_curator):
    like = Exercise.objects.get(slug="dead-bug")
    posted = _exercise_form(like, slug="toe-tap", name="Toe tap", per_side="on")

    page = as_curator.post("/admin/exercises/exercise/add/", posted)

    assert page.status_code == 302
    assert Exercise.desk.get(slug="toe-tap").is_draft


def test_edits_an_exercise(as_curator):
    exercise = Exercise.objects.get(slug="yoga")

    as_curator.post(_address(exercise), _exercise_form(exercise, purpose="Carol's words."))

    assert Exercise.objects.get(slug="yoga").purpose == "Carol's words."


def test_refuses_a_seventh_step(as_curator):
    exercise = Exercise.objects.get(slug="yoga")

    page = as_curator.post(_address(exercise), _exercise_form(exercise, how_to="Breathe.\n" * 7))

    assert "Use at most 6 steps, one a line." in page.content.decode()


def test_refuses_half_a_dose(as_curator):
    exercise = Exercise.objects.get(slug="yoga")
    half = {"doses-TOTAL_FORMS": 1, "doses-0-exercise": exercise.pk, "doses-0-name": "yoga", "doses-0-low": 5}
    half["doses-0-source"] = exercise.doses.get().source_id

    page = as_curator.post(_address(exercise), _exercise_form(exercise, **half))

    assert "Give from, to (the lower first) and a unit, or none of them." in page.content.decode()


def test_says_which_ladder_keeps_an_exercise_from_being_deleted(as_curator):
    exercise = Exercise.objects.get(slug="bird-dog")
    address = f"/admin/exercises/exercise/{exercise.pk}/delete/"

    page = as_curator.get(address).content.decode()
    as_curator.post(address, {"post": "yes"})

    assert "On hands and knees, rung 2" in page
    assert Exercise.objects.filter(slug="bird-dog").exists()


def test_deletes_an_exercise_that_nothing_uses(as_curator):
    exercise = Exercise.objects.get(slug="yoga")

    as_curator.post(f"/admin/exercises/exercise/{exercise.pk}/delete/", {"post": "yes"})

    assert not Exercise.objects.filter(slug="yoga").exists()


def test_shows_nothing_of_a_plan_that_keeps_a_ladder_from_being_deleted(as_curator, alice, quadruped):
    exercise = quadruped.rungs.get(position=1).exercise
    Placement.objects.create(
        runner=alice,
        ladder=quadruped,
        exercise=exercise,
        sets=2,
        target=9,
        unit="reps",
        from_on=dt.date(2026, 3, 2),
    )

    page = as_curator.get(f"/admin/exercises/ladder/{quadruped.pk}/delete/").content.decode()

    assert "The plans of runners" in page
    assert "2026-03-02" not in page


@pytest.mark.parametrize("model", ["source", "exercise", "ladder"])
def test_lists_and_searches(as_curator, model):
    assert as_curator.get(f"/admin/exercises/{model}/").status_code == 200
    assert as_curator.get(f"/admin/exercises/{model}/?q=plank").status_code == 200


def test_finds_an_exercise_by_its_name_in_a_source(as_curator):
    page = as_curator.get("/admin/exercises/exercise/?q=Romanian").content.decode()

    assert "Single-leg deadlift" in page


def test_lists_ladders_without_a_query_each(as_curator, django_assert_num_queries):
    as_curator.get("/admin/")  # the first request of a day also renews the sign-in

    with django_assert_num_queries(7):
        as_curator.get("/admin/exercises/ladder/")


def test_knows_no_model_of_a_runners_health():
    near_runners = {
        model._meta.label
        for model in site._registry
        if model._meta.app_label in {"plan", "training", "insights", "reports"}
    }

    assert near_runners == {"plan.Ruleset"}  # holds thresholds, and what made-up runners would be told


@pytest.mark.parametrize("address", ["/admin/", "/admin/exercises/ladder/", "/admin/exercises/exercise/add/"])
def test_is_closed_to_runners(as_alice, catalogue, address):
    assert as_alice.get(address).status_code == 302


def test_is_closed_to_staff_who_are_no_curators(catalogue):
    client = signed_in(UserFactory(email="dave@example.org", is_staff=True))

    assert client.get("/admin/exercises/ladder/").status_code == 403


def test_leaves_the_name_in_the_address_as_it_is(as_curator):
    exercise = Exercise.objects.get(slug="yoga")

    as_curator.post(_address(exercise), _exercise_form(exercise, slug="stretching"))

    exercise.refresh_from_db()
    assert exercise.slug == "yoga"
