"""From a curator's idea to a runner's plan, and back: two people, in two browsers."""

import pytest
from playwright.sync_api import expect

from backpain.accounts.roles import Role
from backpain.exercises.models import Exercise, Ladder, Source
from backpain.training.review import lock, review
from tests.catalogue import put_catalogue
from tests.coach.stories import calm
from tests.conftest import NOON
from tests.factories import appointed
from tests.retiring import copy
from tests.training.test_successors import STANDING, write

pytestmark = pytest.mark.django_db(transaction=True)
DESKTOP = pytest.mark.parametrize("page", ["desktop"], indirect=True)
AT_THE_CAP = (
    calm()
    .placed("anti-extension dead-bug 3x12 reps", "03-01")
    .session("03-11 dead-bug reps @12 12 12 12 0/1/1/1")
    .session("03-14 dead-bug reps @12 12 12 12 0/1/1/0")
)


@pytest.fixture
def desk(page, sign_in):
    """Return a function that sits a curator or a reviewer down at a page of the desk."""
    put_catalogue()
    people = {"curator": appointed("carol", Role.CURATOR), "reviewer": appointed("rita", Role.REVIEWER)}

    def sit_down(role, address):
        sign_in(people[role])
        page.goto(address)
        return page

    return sit_down


def of(row):
    return f"/admin/exercises/{row._meta.model_name}/{row.pk}/change/"


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def release(desk, draft, reason):
    """Review and publish a draft, as Rita."""
    page = desk("reviewer", of(draft))
    if page.locator("[name=figure_looked_at]").count():
        page.check("[name=figure_looked_at]")
    press(page, "Mark as reviewed")
    page.fill("[name=reason]", reason)
    press(page, "Publish")
    return page


@DESKTOP
def test_a_new_exercise_is_drawn_placed_published_and_offered(desk, alice, sign_in, axe, at_noon):
    page = desk("curator", "/admin/exercises/exercise/add/")
    write_heel_slides(page)
    axe(page)
    press(page, "Save")
    expect(page.get_by_text("There is no figure.")).to_be_visible()

    new = Exercise.desk.get(slug="heel-slides")
    page.goto(f"/admin/exercises/exercise/{new.pk}/figure/")
    page.get_by_text("Start from another exercise, or from JSON").click()
    page.select_option("[name=like]", label="Dead bug")
    press(page, "Start from its figure")
    with page.expect_navigation():
        page.get_by_role("button", name="Keep in the draft").first.click()
    new.refresh_from_db()
    assert len(new.figure["poses"]) == 2

    page.goto(of(Ladder.objects.get(slug="anti-extension")))
    press(page, "Edit")
    place_above(page, "V-up", new)
    press(page, "Save")
    ladder = Ladder.desk.get(slug="anti-extension", draft_of__isnull=False)
    page.goto(of(ladder).replace("change", "preview"))
    axe(page)

    release(desk, new, "A gentler way to load one leg.")
    page = release(desk, ladder, "Heel slides come before V-ups.")
    axe(page)

    write(alice, AT_THE_CAP)
    review(runner=lock(alice), now=NOON)
    sign_in(alice)
    page.goto("/")
    expect(page.get_by_role("heading", name="Move up to the heel slides")).to_be_visible()
    page.goto("/exercises/heel-slides/")
    expect(page.get_by_text("Slide one heel away.")).to_be_visible()
    assert page.locator(".pic svg").count() >= 1


def write_heel_slides(page):
    page.fill("[name=name]", "Heel slides")
    page.locator("[name=name]").blur()
    choices = {"family": "anti-extension", "category": "strength", "kind": "reps", "unit": "reps"}
    for name, value in choices.items():
        page.select_option(f"[name={name}]", value)
    page.fill("[name=purpose]", "Trains the front of the trunk while one leg moves.")
    page.fill("[name=how_to]", "Lie on your back.\nSlide one heel away.\nSlide it back.")
    page.fill("[name=stop_note]", "Stop when your back hurts.")
    page.get_by_text("Add another Dose").click()
    page.select_option("[name=doses-0-source]", str(Source.objects.get(slug="P").pk))
    page.fill("[name=doses-0-name]", "heel slides")


def place_above(page, above, exercise):
    page.get_by_role("link", name=f"Place a new exercise here before {above}").click()
    new = page.get_by_role("group", name="New rung")
    new.get_by_label("Exercise").select_option(str(exercise.pk))
    new.get_by_label("Unit").select_option("reps")
    for field, number in {"Sets": "2", "Start": "8", "Step": "2", "Cap": "12"}.items():
        new.get_by_label(field, exact=True).fill(number)


@DESKTOP
def test_a_merge_moves_a_runner_and_a_revert_restores(desk, alice, sign_in, at_noon):
    page = desk("curator", "/admin/")
    copy("forearm-plank", to="plank-on-forearms")
    write(alice, STANDING)
    review(runner=lock(alice), now=NOON)

    page.goto(of(Exercise.objects.get(slug="forearm-plank")))
    press(page, "Edit")
    page.get_by_text("Taking it out of use").click()
    page.check("[name=retire]")
    page.select_option("[name=successor]", label="Plank on forearms")
    page.check("[name=merged]")
    press(page, "Save")
    release(desk, Exercise.desk.get(slug="forearm-plank", draft_of__isnull=False), "One name is enough.")
    review(runner=lock(alice), now=NOON)

    sign_in(alice)
    page.goto("/")
    expect(page.get_by_text("Forearm plank is now Plank on forearms.")).to_be_visible()
    stands = alice.placements.in_force().get()
    assert (stands.exercise.slug, stands.sets, stands.target) == ("plank-on-forearms", 3, 25)

    old = Exercise.objects.get(slug="forearm-plank")
    page = desk("curator", f"/admin/exercises/exercise/{old.pk}/history/")
    with page.expect_navigation():
        page.get_by_role("button", name="Bring this version back").last.click()
    release(desk, Exercise.desk.get(slug="forearm-plank", draft_of__isnull=False), "Both are wanted.")
    assert not Exercise.objects.get(slug="forearm-plank").is_retired
    assert alice.placements.in_force().get() == stands
