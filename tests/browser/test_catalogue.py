"""Search while typing, and the runner's own part of an exercise, with and without JavaScript."""

import re

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from tests.catalogue import put_catalogue
from tests.conftest import NOON
from tests.pages import fill_log

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]


def links(page):
    return page.locator("#found .ladder a, #found .tiles a")


def test_finds_while_somebody_types_and_keeps_it_in_the_address(page, alice, sign_in):
    put_catalogue()
    sign_in(alice)
    page.goto("/exercises/")
    page.get_by_label("Search").press_sequentially("romanian", delay=20)

    expect(links(page)).to_have_count(1)
    expect(page.get_by_label("Search")).to_be_focused()
    expect(page.locator("#count")).to_have_text("1 exercise")
    assert "q=romanian" in page.url

    page.get_by_label("Needs").select_option("stability-ball")
    expect(page.get_by_text("No exercise fits “romanian” and what you chose.")).to_be_visible()
    page.get_by_role("link", name="Clear and show all").click()
    expect(links(page)).to_have_count(36)  # the glute bridge is two steps of its ladder


def test_looks_another_way_at_what_was_found(page, alice, sign_in):
    put_catalogue()
    sign_in(alice)
    page.goto("/exercises/")
    page.get_by_label("Search").fill("roller")
    expect(links(page)).to_have_count(1)
    page.get_by_role("link", name="By equipment").click()

    expect(page.get_by_role("heading", name="Back roller")).to_be_visible()
    expect(page.get_by_label("Search")).to_have_value("roller")
    page.get_by_label("Search").fill("ball")
    expect(page.get_by_role("heading", name="Stability ball")).to_be_visible()


def test_the_tabs_take_no_room_from_what_can_be_scrolled_out_from_under_them(page, alice, sign_in):
    put_catalogue()
    sign_in(alice)
    page.context.add_init_script(path=AXE_FILE_PATH)
    page.goto("/exercises/")

    for height in (823, 807, 799, 767):  # each with another part of a step under the tabs
        page.set_viewport_size({"width": 412, "height": height})
        found = page.evaluate("axe.run({runOnly: ['target-size']}).then(({violations}) => violations.length)")
        assert found == 0, height
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.locator("main > *").last.bounding_box()
    assert last["y"] + last["height"] <= page.locator(".tabs").bounding_box()["y"]


def test_draws_the_small_figures_in_the_colours_of_the_page(page, alice, sign_in):
    put_catalogue()
    sign_in(alice)
    with page.expect_response(lambda response: "figures.svg" in response.url) as sheet:
        page.goto("/exercises/")

    assert sheet.value.status == 200
    assert page.locator("#found .thumb").first.bounding_box()["width"] > 60


@pytest.mark.parametrize("page", ["phone, no JavaScript"], indirect=True)
def test_finds_without_javascript(page, alice, sign_in):
    put_catalogue()
    sign_in(alice)
    page.goto("/exercises/")
    page.get_by_label("Search").fill("romanian")
    page.get_by_role("button", name="Show").click()

    expect(links(page)).to_have_count(1)


@pytest.mark.parametrize(
    ("page", "is_behind_a_link"), [("phone", False), ("phone, no JavaScript", True)], indirect=["page"]
)
def test_shows_the_runners_place_on_the_page_or_behind_a_link(page, is_behind_a_link, alice, sign_in):
    fill_log(alice, now=NOON)
    sign_in(alice)
    page.goto("/exercises/forearm-plank/")
    if is_behind_a_link:
        page.get_by_role("link", name="Your place, your most and your sessions").click()

    expect(page.get_by_role("heading", name="Your last sessions with it")).to_be_visible()
    expect(page.get_by_text("You are here")).to_be_visible()
    assert page.locator("#yours").count() == 1


def test_whoever_was_signed_out_meanwhile_signs_in_on_a_page_of_its_own_and_comes_back(page, alice, sign_in):
    put_catalogue()
    sign_in(alice)
    page.goto("/exercises/")
    page.context.clear_cookies()

    page.get_by_role("searchbox").fill("plank")

    expect(page).to_have_url(re.compile("/accounts/login/.next=/exercises/"))
