"""The body map on a phone: what is tapped is ticked and painted, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.catalogue import put_catalogue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]
BOTH = pytest.mark.parametrize("page", ["phone", "phone, no JavaScript"], indirect=True)
FORMS = {
    "/runs/new/": "Save run",
    "/check-ins/new/": "Save check-in",
    "/sessions/new/": "Save session",
}
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".body-view label")].flatMap(label => {
    const {width, height} = label.getBoundingClientRect(); return [width, height]}))"""


@pytest.fixture
def opened(page, alice, sign_in):
    """Return a function that opens a form with its body map."""
    put_catalogue()
    sign_in(alice)

    def opened(url):
        page.goto(url)
        page.locator("details:has(.sites) > summary").click()
        expect(page.locator(".body-views")).to_be_visible()

    return opened


def area(page, site, view=0):
    return page.locator(f'.body-view >> nth={view} >> label[for="id_sites_{site}"]')


def paint(page, site):
    return page.locator(f".at-{site}").first.evaluate("area => getComputedStyle(area).fill")


@BOTH
@pytest.mark.parametrize("url", FORMS)
def test_a_tap_on_the_figure_ticks_the_checkbox_and_paints_the_area(page, opened, url):
    opened(url)
    box, before = page.locator("#id_sites_low-back-right"), paint(page, "low-back-right")

    area(page, "low-back-right").tap()
    expect(box).to_be_checked()
    assert paint(page, "low-back-right") != before == paint(page, "low-back-left")

    area(page, "low-back-right").tap()
    expect(box).not_to_be_checked()
    assert paint(page, "low-back-right") == before


@BOTH
def test_what_was_tapped_is_saved(page, alice, opened):
    opened("/check-ins/new/")
    page.locator("label:has(> #id_score_3)").tap()
    area(page, "buttock-left").tap()
    area(page, "groin-right", view=1).tap()
    page.get_by_role("button", name="Save check-in").tap()

    expect(page.get_by_text("Saved").first).to_be_visible()
    assert alice.check_ins.get().sites == ["buttock-left", "groin-right"]


@BOTH
def test_the_left_of_the_front_view_is_the_runners_left(page, opened):
    opened("/check-ins/new/")
    area(page, "knee-left", view=1).tap()

    expect(page.locator("#id_sites_knee-left")).to_be_checked()
    left, right = (
        page.locator(f".body-view >> nth=1 >> .at-knee-{side}").bounding_box() for side in ("left", "right")
    )
    assert left["x"] > right["x"]


def test_every_area_is_32_px_or_more_on_a_phone(page, opened):
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        opened("/check-ins/new/")
        assert page.evaluate(SMALLEST) >= 32


@BOTH
def test_below_the_knee_leads_to_the_nerve_questions_at_once_and_after_saving(page, alice, opened):
    opened("/check-ins/new/")
    link = page.get_by_role("link", name="questions on legs and nerves")
    expect(link).to_be_hidden()

    area(page, "below-knee-left").tap()
    expect(link).to_be_in_viewport()
    with page.context.expect_page() as opening:
        link.tap()
    expect(opening.value.get_by_text("A foot that slaps or drops")).to_be_visible()
    expect(page.locator("#id_sites_below-knee-left")).to_be_checked()  # nothing typed is lost

    page.locator("label:has(> #id_score_1)").tap()
    page.get_by_role("button", name="Save check-in").tap()
    expect(
        page.get_by_role("link", name="Answer the short questions on legs and nerves").first
    ).to_be_visible()


@BOTH
def test_a_numb_buttock_leads_there_too(page, opened):
    opened("/check-ins/new/")
    link = page.get_by_role("link", name="questions on legs and nerves")
    area(page, "buttock-left").tap()
    expect(link).to_be_hidden()

    page.get_by_label("Numb").tap()
    expect(link).to_be_visible()


def test_the_keyboard_goes_through_the_checkboxes_alone(page, opened):
    opened("/check-ins/new/")
    page.locator("details:has(.sites) > summary").focus()

    page.keyboard.press("Tab")
    expect(page.locator("#id_sites_low-back-left")).to_be_focused()
    before = paint(page, "low-back-left")
    page.keyboard.press("Space")
    assert paint(page, "low-back-left") != before


@pytest.mark.parametrize("page", ["phone, dark", "desktop"], indirect=True)
def test_axe_has_nothing_to_say_of_a_ticked_map(page, opened, axe):
    opened("/runs/new/")
    for site in ("low-back-left", "below-knee-right"):
        page.locator(f"label:has(> #id_sites_{site})").click()

    axe(page)
