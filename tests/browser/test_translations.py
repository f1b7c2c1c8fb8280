"""The pages to translate on have no fault for axe and none of the policy's, in both sizes and colours."""

import pytest
from playwright.sync_api import expect

from backpain.accounts.roles import Role
from backpain.exercises.models import Exercise, Ladder
from tests.catalogue import put_catalogue
from tests.factories import appointed

LOOKS = ["phone, dark", "desktop"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_the_pages_to_translate_on_have_no_fault(page, settings, sign_in, axe):
    settings.LANGUAGES = [("en", "English"), ("de", "German")]
    put_catalogue()
    sign_in(appointed("carol", Role.CURATOR))
    exercise, ladder = Exercise.objects.get(slug="forearm-plank"), Ladder.objects.order_by("pk").first()

    page.goto(f"/admin/exercises/exercise/{exercise.pk}/translate/de/")
    page.get_by_label("Name: In German").fill("Unterarmstütz")
    page.get_by_label("How to do it: In German").fill("Stütz dich auf.")
    page.get_by_role("button", name="Save in the draft").click()
    expect(page.get_by_text("this has 1.")).to_be_visible()
    axe(page)
    for url in ("missing/", "missing/de/", f"ladder/{ladder.pk}/translate/de/"):
        assert page.goto(f"/admin/exercises/{url}").status == 200
        axe(page)
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
