"""The rungs of a draft of a ladder: moved, placed, removed, and refused with a sentence beside the field."""

import datetime as dt
import re

import pytest

from backpain.exercises.checks import problems_of
from backpain.exercises.models import Exercise, Ladder
from backpain.plan.models import Placement

pytestmark = pytest.mark.any_database

DOSE = ["unit", "sets", "start", "step", "cap", "late_from", "late_step", "hold_s"]


@pytest.fixture
def draft(as_curator):
    """Return a function that begins a draft of a ladder."""

    def draft(slug):
        ladder = Ladder.objects.get(slug=slug)
        as_curator.post(f"/admin/exercises/ladder/{ladder.pk}/edit/")
        return Ladder.desk.get(draft_of=ladder)

    return draft


@pytest.fixture
def save(as_curator):
    """Return a function that sends the form of a draft with these rungs."""

    def save(draft, rungs):
        draft.refresh_from_db()
        return as_curator.post(_address(draft), _form(draft, rungs))

    return save


def _address(draft):
    return f"/admin/exercises/ladder/{draft.pk}/change/"


def _form(draft, rungs):
    posted = {name: getattr(draft, name) for name in ("name", "slug", "family", "position")}
    posted |= {
        "seen": draft.version,
        "rungs-TOTAL_FORMS": len(rungs),
        "rungs-INITIAL_FORMS": sum("id" in rung for rung in rungs),
    }
    for number, rung in enumerate(rungs):
        posted |= {f"rungs-{number}-{field}": "" if value is None else value for field, value in rung.items()}
    return posted


def _rungs(draft):
    """Return the rungs of a draft as its form has them."""
    return [
        {"id": rung.pk, "place": rung.position, "exercise": rung.exercise_id}
        | {field: getattr(rung, field) for field in DOSE}
        for rung in draft.rungs.order_by("position")
    ]


def _new(slug, place, **dose):
    exercise = Exercise.desk.get(slug=slug)
    return {"place": place, "exercise": exercise.pk, "unit": "reps", "sets": 2, "start": 8, "step": 2} | (
        {"cap": 12} | dose
    )


def _order(draft):
    return list(draft.rungs.order_by("position").values_list("position", "exercise__slug"))


def _text(page):
    return re.sub(r"\s+", " ", page.content.decode())


def _stands(runner, on, slug):
    rung = on.rungs.get(exercise__slug=slug)
    Placement.objects.create(
        runner=runner,
        ladder=on,
        exercise=rung.exercise,
        sets=2,
        target=20,
        unit=rung.unit,
        from_on=dt.date(2026, 3, 2),
    )


def test_swaps_two_rungs_in_one_version(draft, save):
    ladder = draft("quadruped")
    rungs = _rungs(ladder)
    rungs[0]["place"], rungs[1]["place"] = 2, 1
    before = ladder.history.count()

    page = save(ladder, rungs)

    assert page.status_code == 302
    assert _order(ladder) == [(1, "bird-dog"), (2, "quadruped-limb-raises")]
    assert ladder.history.count() == before + 1
    saved = ladder.history.first()
    assert [rung["exercise"] for rung in saved.entry["rungs"]] == ["bird-dog", "quadruped-limb-raises"]
    assert saved.history_user.email == "carol@example.org"


def test_moves_one_rung_and_closes_the_gap(draft, save):
    ladder = draft("side-plank")
    rungs = _rungs(ladder)
    rungs[0]["place"] = 9

    save(ladder, rungs)

    assert _order(ladder) == [(1, "modified-side-plank-lifts"), (2, "side-plank"), (3, "modified-side-plank")]


def test_changes_only_the_draft(draft, save):
    ladder = draft("quadruped")
    rungs = _rungs(ladder)
    rungs[0]["place"], rungs[1]["place"] = 2, 1

    save(ladder, rungs)

    assert _order(Ladder.objects.get(slug="quadruped"))[0] == (1, "quadruped-limb-raises")


def test_makes_room_for_a_new_rung_between_two(as_curator, draft, save):
    ladder = draft("quadruped")

    page = as_curator.get(f"{_address(ladder)}?place=2")

    formset = page.context["inline_admin_formsets"][0].formset
    assert [form["place"].value() for form in formset.in_order] == [1, 2, 3]
    assert formset.in_order[1].shown is None
    rungs = _rungs(ladder)
    rungs[1]["place"] = 3
    save(ladder, [*rungs, _new("dead-bug", 2)])
    assert [slug for _place, slug in _order(ladder)] == ["quadruped-limb-raises", "dead-bug", "bird-dog"]


@pytest.mark.parametrize("place", ["0", "99", "-1", "two", "9" * 5000])
def test_takes_any_place_in_the_address(as_curator, draft, place):
    assert as_curator.get(f"{_address(draft('quadruped'))}?place={place}").status_code == 200


def test_leaves_out_a_new_rung_that_is_empty(draft, save):
    ladder = draft("quadruped")

    page = save(ladder, [*_rungs(ladder), {"place": 3, "exercise": "", "unit": ""}])

    assert page.status_code == 302
    assert len(_order(ladder)) == 2


def test_removes_a_rung_without_leaving_a_gap(draft, save):
    ladder = draft("side-plank")
    rungs = _rungs(ladder)
    rungs[0]["DELETE"] = "on"
    rungs[1]["place"] = 1  # as the list numbers those that stay

    page = save(ladder, rungs)

    assert page.status_code == 302
    assert _order(ladder) == [(1, "modified-side-plank-lifts"), (2, "side-plank")]


def test_changes_a_dose_in_place(draft, save):
    ladder = draft("quadruped")
    rungs = _rungs(ladder)
    rungs[1] |= {"cap": 14, "late_from": 10, "late_step": 1, "hold_s": 5}

    save(ladder, rungs)

    rung = ladder.rungs.get(exercise__slug="bird-dog")
    assert (rung.cap, rung.late_from, rung.late_step, rung.hold_s) == (14, 10, 1, 5)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"start": 20}, "start", "The start is above the cap."),
        ({"cap": 31}, "cap", "The cap is at most 60 seconds or 30 repetitions."),
        ({"unit": "s", "cap": 90}, "cap", "The cap is at most 60 seconds or 30 repetitions."),
        ({"place": 1}, "place", "Two rungs have the same place."),
        ({"place": ""}, "place", "This field is required."),
        ({"place": 0}, "place", "Ensure this value is greater than or equal to 1."),
        ({"step": 0}, "step", "Start and step must be at least 1."),
        ({"step": "many"}, "step", "Enter a whole number."),
        ({"hold_s": 30}, "hold_s", "A repetition is held for 1 to 10 seconds."),
        ({"late_from": 10}, "late_from", "Give late from (between start and cap) and late step, or neither."),
        ({"sets": 12}, "sets", "Use one to five sets."),
        ({"unit": "miles"}, "unit", "Select a valid choice. miles is not one of the available choices."),
    ],
)
def test_refuses_a_wrong_rung_beside_the_field(draft, save, change, field, sentence):
    ladder = draft("quadruped")
    rungs = _rungs(ladder)
    before = _rungs(ladder)

    page = save(ladder, [rungs[0], rungs[1] | change])

    formset = page.context["inline_admin_formsets"][0].formset
    assert formset.forms[1].errors == {field: [sentence]}
    assert f'id="id_rungs-1-{field}_error"><li>{sentence}' in page.content.decode()
    assert _rungs(ladder) == before


def test_refuses_the_same_exercise_twice_in_one_unit(draft, save):
    ladder = draft("quadruped")
    before = _rungs(ladder)

    page = save(ladder, [*before, _new("bird-dog", 3)])

    assert "This ladder already has this exercise in this unit." in page.content.decode()
    assert _rungs(ladder) == before


def test_takes_the_same_exercise_in_another_unit(draft, save):
    ladder = draft("quadruped")

    save(ladder, [*_rungs(ladder), _new("bird-dog", 3, unit="s")])

    assert _order(ladder)[2] == (3, "bird-dog")


def test_offers_what_is_in_use_and_what_is_new_by_family(as_curator, draft):
    like = Exercise.objects.get(slug="knee-plank")
    for slug, state in (("toe-tap", "draft"), ("old-plank", "retired")):
        Exercise.desk.create(
            slug=slug,
            name=slug,
            state=state,
            family=like.family,
            category=like.category,
            kind="reps",
            unit="reps",
        )
    as_curator.post(f"/admin/exercises/exercise/{like.pk}/edit/")

    page = as_curator.get(_address(draft("front-plank")))

    groups = dict(page.context["inline_admin_formsets"][0].formset.choices[1:])
    names = [name for _pk, name in groups["Front plank"]]
    assert "toe-tap (draft)" in names
    assert "old-plank" not in " ".join(names)
    assert names.count("Knee plank") == 1
    assert "yoga" not in names


def test_refuses_an_exercise_out_of_use(draft, save):
    ladder = draft("quadruped")
    Exercise.objects.filter(slug="dead-bug").update(state="retired")

    page = save(ladder, [*_rungs(ladder), _new("dead-bug", 3)])

    assert "This exercise is out of use. Remove the rung." in page.content.decode()


def test_counts_runners_and_names_nobody(as_curator, alice, bob, draft):
    ladder = draft("front-plank")
    for runner in (alice, bob):
        _stands(runner, ladder.draft_of, "knee-plank")

    for address in (_address(ladder), _address(ladder.draft_of)):
        page = _text(as_curator.get(address))
        assert "Knee plank" in page
        assert "2 runners stand here" in page
        assert page.count("here</span>") == 1
        assert "alice@" not in page
        assert "Alice" not in page


def test_says_at_once_that_a_runner_stands_on_a_removed_rung(draft, save, as_curator, alice):
    ladder = draft("front-plank")
    _stands(alice, ladder.draft_of, "knee-plank")
    rungs = _rungs(ladder)
    rungs[0]["DELETE"] = "on"

    save(ladder, rungs)

    text = "1 runner stands on Knee plank (seconds). Keep the rung, or take the exercise out of use"
    assert text in _text(as_curator.get(_address(ladder)))
    assert [problem.text.startswith(text) for problem in problems_of(ladder)] == [True]


def test_says_which_rung_is_not_published(draft, save):
    ladder = draft("quadruped")
    Exercise.objects.filter(slug="dead-bug").update(state="draft")

    save(ladder, [*_rungs(ladder), _new("dead-bug", 3)])

    assert [problem.text for problem in problems_of(ladder)] == ["Rung 3: Dead bug is not published."]


def test_starts_a_ladder_with_its_first_rung(as_curator):
    ladder = Ladder(slug="toes", name="Toes", family="front-plank", position=20, version="")

    page = as_curator.post("/admin/exercises/ladder/add/", _form(ladder, [_new("dead-bug", 1)]))

    assert page.status_code == 302
    made = Ladder.desk.get(slug="toes")
    assert made.is_draft
    assert _order(made) == [(1, "dead-bug")]
    assert made.history.count() == 1


def test_shows_what_is_in_use_without_a_field(as_curator, catalogue):
    page = _text(as_curator.get(_address(Ladder.objects.get(slug="front-plank"))))

    assert "3 × 15 seconds, up to 30" in page
    assert "rungs-0-cap" not in page


def test_lays_what_two_curators_did_beside_each_other(draft, save, as_curator):
    ladder = draft("quadruped")
    rungs = _rungs(ladder)
    theirs = _form(ladder, [rungs[0] | {"cap": 20}, rungs[1]])
    save(ladder, [rungs[1] | {"place": 1}, rungs[0] | {"place": 2}])

    page = as_curator.post(_address(ladder), theirs)

    assert _order(ladder)[0] == (1, "bird-dog")
    name = ladder.rungs.get(position=2).exercise.name
    assert {(each.label, each.before, each.after) for each in page.context["differences"]} == {
        ("1. Bird dog: Place", "1", "2"),
        (f"2. {name}: Place", "2", "1"),
        (f"2. {name}: Cap", "12", "20"),
    }


@pytest.mark.parametrize("slug", ["hip-abductor", "back-extension"])  # one rung and six
def test_asks_the_database_as_often_whatever_the_rungs(as_curator, draft, django_assert_num_queries, slug):
    address = _address(draft(slug))
    as_curator.get(address)  # the first request of a day also renews the sign-in

    with django_assert_num_queries(19):
        as_curator.get(address)
