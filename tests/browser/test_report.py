"""From a run that hurt to a physiotherapist who reads about it, in a browser of their own and without an account."""

import pytest
from playwright.sync_api import expect

from backpain.reports.models import MOST_WRONG_PINS
from tests.browser.conftest import DESKTOP, listen
from tests.catalogue import put_catalogue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def professional(browser, complaints, live_server):
    """A page of somebody who is signed in nowhere."""
    context = browser.new_context(**DESKTOP, locale="en-GB", timezone_id="Europe/London")
    listen(context, live_server.url, complaints)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", ["phone", "phone, no JavaScript"], indirect=True)
def test_from_a_run_to_a_professional_who_reads_the_report(page, professional, alice, sign_in, axe):
    put_catalogue()
    sign_in(alice)
    log_a_run(page, distance="8.2", after=4)
    link, pin = share(page)

    professional.goto(link)
    give_pin(professional, "000000" if pin != "000000" else "111111")
    expect(professional.get_by_text("That is not the PIN of this link.")).to_be_visible()
    give_pin(professional, pin)
    expect(professional.get_by_role("heading", name="Report for a health professional")).to_be_visible()
    expect(professional.get_by_text("1 run, 8.2 km")).to_be_visible()
    expect(professional.get_by_role("row", name="After runs 1 4.0 4")).to_be_visible()
    axe(professional)

    professional.goto(page.url.partition("/report/")[0] + "/progress/")
    expect(professional.get_by_role("button", name="Sign in")).to_be_visible()

    page.goto("/report/share/")
    expect(page.get_by_text("Opened 1 time")).to_be_visible()
    page.get_by_role("button", name="End the link").click()
    expect(page.get_by_text("ended by you")).to_be_visible()
    assert professional.goto(link).status == 404


def test_a_pin_is_tried_five_times(page, professional, alice, sign_in):
    put_catalogue()
    sign_in(alice)
    link, pin = share(page)
    professional.goto(link)

    for _ in range(MOST_WRONG_PINS):
        give_pin(professional, "000000" if pin != "000000" else "111111")

    assert professional.goto(link).status == 404
    page.goto("/report/share/")
    expect(page.get_by_text("locked after wrong PINs")).to_be_visible()


def log_a_run(page, *, distance, after):
    page.goto("/runs/new/")
    page.get_by_label("Distance").fill(distance)
    page.locator(f'label:has(input[name="pain_after"][value="{after}"])').click()
    page.get_by_role("button", name="Save run").click()
    expect(page.get_by_text("Saved").first).to_be_visible()


def share(page):
    """Make a link that asks for a PIN, and return both."""
    page.goto("/report/")
    page.get_by_role("button", name="Show the report").click()
    page.get_by_role("link", name="Share it by a link").click()
    page.get_by_label("Whom it is for").fill("Physio")
    page.get_by_label("Ask for a PIN").check()
    page.get_by_role("button", name="Make the link").click()
    made = page.locator("#made")
    return made.get_by_label("Link").input_value(), made.get_by_label("PIN").input_value()


def give_pin(page, pin):
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Show the report").click()
