"""Answering a step and looking back on advice, with a finger, a keyboard and without JavaScript."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.conftest import NOON
from tests.pages import fill_log

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]
EVERYWHERE = ["phone", "phone, no JavaScript", "desktop"]


@pytest.fixture
def log(alice, sign_in):
    fill_log(alice, now=NOON)
    sign_in(alice)


@pytest.mark.parametrize("page", EVERYWHERE, indirect=True)
def test_a_step_is_declined_with_a_reason_and_taken_after_all(page, log):
    page.goto("/plan/")
    row = page.locator("#row-front-plank")
    row.get_by_text("Decline", exact=True).click()
    row.get_by_text("I have no time for it").click()
    row.get_by_role("button", name="Decline this step").click()

    expect(row.get_by_text("You declined it: I have no time for it.")).to_be_visible()
    expect(page).to_have_url("/plan/")

    row.get_by_role("button", name="Hold it 25 s from now on").click()

    expect(row.get_by_text("In your plan")).to_be_visible()
    expect(row.get_by_text("2 × 25 s since")).to_be_visible()


def test_after_an_answer_the_keyboard_goes_on_where_it_was(page, log):
    page.goto("/")
    page.get_by_role("button", name="Not yet").press("Enter")

    expect(page.locator("#move-front-plank [role=status]")).to_be_focused()
    expect(page.locator("#move-front-plank [role=status]")).to_contain_text("You said not yet.")


def test_why_opens_in_place_and_leads_to_its_rule(page, log, axe):
    page.goto("/")
    reason = page.locator("#advice .why > li").first
    expect(reason.get_by_text("The rule looks for")).to_be_hidden()
    reason.get_by_text("Why?").click()
    expect(reason.get_by_text("The rule looks for")).to_be_visible()
    axe(page)

    reason.get_by_role("link", name="E-4").click()

    expect(page.locator("li:target")).to_contain_text("Two good sessions in a row at the target")


@pytest.mark.parametrize("page", EVERYWHERE, indirect=True)
def test_an_old_advice_is_looked_back_on(page, log, alice):
    alice.advice.update(on=NOON.date() - dt.timedelta(days=7))
    page.goto("/advice/")
    page.get_by_role("link", name="Was this right?").click()
    page.get_by_label("Cannot say").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("main").get_by_role("link", name="Advice so far").click()

    expect(
        page.get_by_role("listitem").filter(has_text="Looking back, was this right? Cannot say")
    ).to_be_visible()
