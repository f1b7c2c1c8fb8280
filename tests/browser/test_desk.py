"""A draft from Edit to Publish, two curators at the same form, and the frame of the preview."""

import pytest
from playwright.sync_api import expect

from backpain.accounts.roles import Role
from backpain.exercises import publishing
from backpain.exercises.models import Article, Exercise
from tests.catalogue import put_catalogue
from tests.conftest import NOON
from tests.factories import appointed

pytestmark = pytest.mark.django_db(transaction=True)
EVERYWHERE = pytest.mark.parametrize("page", ["phone, dark", "desktop"], indirect=True)


@pytest.fixture
def carol(transactional_db):
    put_catalogue()
    return appointed("carol", Role.CURATOR)


@pytest.fixture
def plank(carol):
    return Exercise.objects.get(slug="forearm-plank")


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


@EVERYWHERE
def test_one_edits_and_another_publishes(page, carol, plank, sign_in, axe):
    sign_in(carol)
    page.goto(f"/admin/exercises/exercise/{plank.pk}/change/")
    axe(page)
    press(page, "Edit")
    page.get_by_label("Why it helps").fill("Carol's words.")
    axe(page)
    press(page, "Save")
    draft = page.url

    sign_in(appointed("rita", Role.REVIEWER))
    page.goto(draft)
    axe(page)
    press(page, "Mark as reviewed")
    page.get_by_label("What changes, and why").fill("Plainer.")
    axe(page)
    press(page, "Publish")

    expect(page.get_by_text("Published by Rita")).to_be_visible()
    plank.refresh_from_db()
    assert plank.purpose == "Carol's words."


@EVERYWHERE
def test_who_saves_second_sees_both_versions(page, carol, plank, sign_in, axe):
    draft = publishing.start_draft(of=plank, by=carol, now=NOON)
    sign_in(carol)
    page.goto(f"/admin/exercises/exercise/{draft.pk}/change/")
    publishing.save_draft(draft=draft, by=appointed("dora", Role.CURATOR), now=NOON)
    page.get_by_label("Why it helps").fill("Carol's words.")
    press(page, "Save")

    table = page.get_by_role("row").filter(has_text="Why it helps")
    expect(table.get_by_text("Carol's words.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Common mistakes")).to_have_count(0)
    axe(page)
    press(page, "Save")
    draft.refresh_from_db()
    assert draft.purpose == "Carol's words."


@EVERYWHERE
def test_the_preview_shows_the_draft_in_its_frame(page, carol, sign_in, axe):
    article = Article.objects.get(slug="weak-deep-core")
    draft = publishing.start_draft(of=article, by=carol, now=NOON)
    Article.desk.filter(pk=draft.pk).update(summary="Carol's words.")
    sign_in(carol)
    page.goto(f"/admin/exercises/article/{draft.pk}/preview/")

    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Carol's words.")).to_be_visible()
    assert page.locator("iframe").bounding_box()["width"] <= 392
    axe(page)
