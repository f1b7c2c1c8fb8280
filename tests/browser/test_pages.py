"""Every page on a phone and on a desktop, light and dark: axe has nothing to say, nothing scrolls sideways.

Policy violations, script errors and requests to other hosts fail each of these tests through `complaints`.
"""

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from tests.catalogue import put_catalogue
from tests.conftest import NOON
from tests.factories import UserFactory
from tests.pages import address, fill_log
from tests.test_access import ROWS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]
NOT_PAGES = {
    "api_openapi",
    "calendar_feed",
    "export_archive",
    "export_calendar",
    "export_fhir",
    "export_history",
    "export_table",
    "figures",
    "healthz",
    "manifest",
    "outbox_token",
    "readyz",
    "report_pdf_file",
    "service_worker",
}
# What may be wrong in one colour scheme alone.
COLOURS = ["color-contrast", "link-in-text-block"]
AXE = """only => axe.run({resultTypes: ["violations"], ...(only && {runOnly: only})}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`)))"""


def pages(cell):
    """Return the pages somebody gets by the table: 0 nobody, 1 a runner."""
    names = {name for name, row in ROWS.items() if row[cell] == "200" and not name.startswith("admin")}
    return names - NOT_PAGES


@pytest.fixture
def faults(page):
    """Return a function that opens a page and returns what is wrong with it, in each size and colour."""
    page.context.add_init_script(path=AXE_FILE_PATH)  # the policy lets no page load it

    def faults(url, *, status=200):
        assert page.goto(url).status == status, url
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        found = {}
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found[width] = "scrolls sideways"
            if width == 390:
                found |= {(width, "light"): _axe(page, "light"), (width, "dark"): _axe(page, "dark", COLOURS)}
            elif width == 1280:
                found |= {(width, "light"): _axe(page, "light", COLOURS), (width, "dark"): _axe(page, "dark")}
        return {where: what for where, what in found.items() if what}

    return faults


def _axe(page, colours, only=None):
    page.emulate_media(color_scheme=colours)
    return page.evaluate(AXE, only)


@pytest.mark.parametrize("third", [0, 1, 2])
def test_the_pages_of_a_runner_have_no_fault(third, alice, sign_in, faults):
    fill_log(alice, now=NOON)
    sign_in(alice)
    everybodys = pages(0) - {"today", "when_to_get_help"}  # the same for a runner
    names = sorted(pages(1) - everybodys)

    found = {name: faults(address(name, alice)) for name in names[third::3]}

    assert {name: what for name, what in found.items() if what} == {}


def test_the_pages_before_signing_in_have_no_fault(alice, faults):
    fill_log(alice, now=NOON)

    found = {name: faults(address(name, alice)) for name in pages(0)}

    assert {name: what for name, what in found.items() if what} == {}


def test_the_first_pages_of_a_newcomer_have_no_fault(sign_in, faults):
    put_catalogue()
    sign_in(UserFactory(email="newcomer@example.org"))

    assert faults("/welcome/") == {}


def test_pages_without_an_entry_have_no_fault(alice, sign_in, faults):
    put_catalogue()
    sign_in(alice)

    urls = ["/", "/start/", "/plan/", "/progress/", "/history/", "/sessions/new/", "/returning/"]

    assert {url: what for url in urls if (what := faults(url))} == {}


def test_the_way_back_has_no_fault(page, alice, sign_in, faults):
    """On a stage and on gentle days, with a run of the stage logged by one tap."""
    put_catalogue()
    sign_in(alice)
    page.goto("/returning/")
    page.get_by_role("button", name="Start the plan").click()
    page.get_by_role("button", name="I just did stage 1").click()
    scores = page.url
    page.goto("/gentle-days/")
    page.get_by_role("button", name="Begin gentle days").click()

    expect(page.get_by_role("button", name="End gentle days")).to_be_visible()
    urls = ["/", "/returning/", "/gentle-days/", scores, "/runs/scores/"]
    assert {url: what for url in urls if (what := faults(url))} == {}


def test_what_goes_wrong_has_no_fault(alice, sign_in, faults):
    sign_in(alice)

    assert faults("/nowhere/", status=404) == {}


def test_an_emergency_has_no_fault_and_nothing_else_on_it(page, alice, sign_in, faults):
    fill_log(alice, now=NOON)
    sign_in(alice)
    page.goto("/screening/")
    page.locator('label:has(input[name="bladder_change"][value="yes"])').click()
    page.get_by_role("button", name="Save answers").click()

    expect(page.get_by_role("heading", name="Go to an emergency department now")).to_be_visible()
    assert faults("/") == {}
    assert page.get_by_role("link", name="Log run").count() == 0


@pytest.mark.parametrize("page", ["phone", "phone, no JavaScript"], indirect=True)
def test_a_refused_form_says_what_is_wrong_and_keeps_what_was_typed(page, alice, sign_in):
    put_catalogue()
    sign_in(alice)
    page.goto("/runs/new/")
    page.get_by_label("Distance").fill("300")
    page.get_by_text("When, how long, shoe and more").click()
    page.get_by_label("Time", exact=True).fill("47:12")
    page.get_by_role("button", name="Save run").click()

    expect(page.get_by_text("A run of more than 200 km cannot be logged.").first).to_be_visible()
    expect(page.get_by_label("Distance")).to_have_value("300")
    expect(page.get_by_label("Time", exact=True)).to_have_value("47:12")


@pytest.mark.parametrize("page", ["phone", "desktop"], indirect=True)
def test_a_keyboard_reaches_the_pain_scale_and_arrows_choose(page, alice, sign_in):
    sign_in(alice)
    page.goto("/check-ins/new/")
    first, third = page.locator("#id_score_0"), page.locator("#id_score_2")

    for _ in range(40):
        page.keyboard.press("Tab")
        if first.evaluate("input => input === document.activeElement"):
            break
    expect(first).to_be_focused()
    assert page.locator("input[name=score]:checked").count() == 0  # nothing is preselected
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    expect(third).to_be_checked()
    expect(third).to_be_focused()
    expect(page.get_by_text("2 is in the low range").or_(page.locator(".zone.ok"))).to_be_visible()
