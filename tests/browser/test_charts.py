"""A chart is read with the pointer, a finger and the arrow keys; without JavaScript its marks are links."""

import datetime as dt
import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.formats import date_format
from playwright.sync_api import expect

from backpain.charts import PainPoint, Week, Words, Zones, distance_chart, pain_chart
from tests.conftest import NOON
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]
SCRIPT = Path(settings.BASE_DIR, "static", "js", "chart.js")
EITHER = pytest.mark.parametrize("page", ["phone", "desktop"], indirect=True)
DESKTOP = pytest.mark.parametrize("page", ["desktop"], indirect=True)
FIRST = dt.date(2026, 3, 2)
RUNS = ["Mon 2 Mar, after 1", "Sat 7 Mar, after 4", "Thu 12 Mar, after 7"]  # five days from one to the next
WEEKS = ["Week of 2 Mar, 12 km", "Week of 9 Mar, 0 km", "Week of 16 Mar, 20 km"]


@pytest.fixture
def charts(page):
    """A page, under the product's own policy, with a chart of linked runs and one of weeks that are no links."""
    words = Words(label="Pain", tick=lambda day, _unit: f"{day:%d}")
    points = [
        PainPoint(
            on=FIRST + dt.timedelta(5 * n),
            before=1,
            during=None,
            after=(1, 4, 7)[n],
            next_morning=2,
            href=f"/healthz?run={n}",
            label=label,
        )
        for n, label in enumerate(RUNS)
    ]
    weeks = [
        Week(starts_on=FIRST + dt.timedelta(7 * n), distance=km, longest=km or None, guard=None, label=label)
        for n, (km, label) in enumerate(zip((12, 0, 20), WEEKS, strict=True))
    ]
    drawn = [
        pain_chart(points, first=FIRST, last=dt.date(2026, 3, 16), zones=Zones(low=2, raised=5), words=words),
        distance_chart(weeks, words=words),
    ]
    page.goto("/healthz")
    link = '<link rel="stylesheet" href="/static/css/app.css">'
    more = '<link rel="stylesheet" href="/static/css/charts.css">'
    cards = "".join(f'<section class="card">{chart}</section>' for chart in drawn)
    page.set_content(
        f'<!doctype html><html lang="en"><title>Charts</title>{link}{more}<main><h1>Charts</h1>'
        f'<a href="/healthz">Before</a>{cards}<a href="/healthz">Behind</a></main></html>'
    )
    page.add_script_tag(url="/static/js/chart.js", type="module")
    expect(page.locator(".reading")).to_have_count(2)
    return page.locator(".chart").all()


def reading(chart):
    return chart.get_by_role("status")


def middle(mark):
    box = mark.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def marks(chart):
    return chart.locator("a")


def test_weighs_two_kb_at_most():
    assert len(gzip.compress(SCRIPT.read_bytes())) <= 2048


@EITHER
def test_the_pointer_reads_the_mark_nearest_to_the_side(page, charts):
    pain, _weeks = charts
    x, _y = middle(marks(pain).nth(1))
    top = pain.bounding_box()["y"] + 20

    page.mouse.move(x + 12, top)
    expect(reading(pain)).to_have_text(RUNS[1])
    page.mouse.move(x - 2000, top)
    expect(reading(pain)).to_have_text(RUNS[1])  # outside of the chart nothing changes
    page.mouse.move(middle(marks(pain).nth(2))[0] - 12, top)
    expect(reading(pain)).to_have_text(RUNS[2])
    expect(pain.locator(".read")).to_have_count(1)


@EITHER
def test_the_words_change_nothing_of_the_layout(page, charts):
    pain, weeks = charts
    before = weeks.bounding_box()

    page.mouse.move(*middle(marks(pain).first))

    expect(reading(pain)).to_have_text(RUNS[0])
    assert weeks.bounding_box() == before


@DESKTOP
def test_a_mouse_opens_a_mark_with_one_click(page, charts):
    marks(charts[0]).nth(1).locator("path").last.click()

    expect(page).to_have_url("/healthz?run=1")


def test_a_first_tap_reads_and_a_second_opens(page, charts):
    x, y = middle(marks(charts[0]).nth(1))

    page.touchscreen.tap(x, y)
    expect(reading(charts[0])).to_have_text(RUNS[1])
    expect(page).to_have_url("/healthz")
    page.touchscreen.tap(*middle(marks(charts[0]).nth(2)))
    expect(reading(charts[0])).to_have_text(RUNS[2])
    expect(page).to_have_url("/healthz")
    page.touchscreen.tap(*middle(marks(charts[0]).nth(2)))

    expect(page).to_have_url("/healthz?run=2")


def test_a_finger_need_not_hit_a_mark(page, charts):
    x, _y = middle(marks(charts[0]).nth(1))
    near = x + 10, charts[0].bounding_box()["y"] + 15

    page.touchscreen.tap(*near)
    expect(reading(charts[0])).to_have_text(RUNS[1])
    page.touchscreen.tap(*near)

    expect(page).to_have_url("/healthz?run=1")


def test_enter_opens_after_a_tap_too(page, charts):
    page.touchscreen.tap(*middle(marks(charts[0]).nth(1)))
    expect(reading(charts[0])).to_have_text(RUNS[1])

    marks(charts[0]).nth(1).press("Enter")

    expect(page).to_have_url("/healthz?run=1")


@DESKTOP
def test_a_chart_is_one_tab_stop_and_begins_with_the_newest(page, charts):
    page.get_by_text("Before").focus()

    page.keyboard.press("Tab")
    expect(marks(charts[0]).last).to_be_focused()
    expect(reading(charts[0])).to_have_text(RUNS[2])
    page.keyboard.press("Tab")
    expect(charts[1].locator(".plot")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_text("Behind")).to_be_focused()


@DESKTOP
def test_keys_walk_from_mark_to_mark_and_enter_opens(page, charts):
    pain = charts[0]
    marks(pain).last.focus()

    for way in (
        "ArrowLeft 1",
        "ArrowLeft 0",
        "ArrowLeft 0",
        "End 2",
        "ArrowRight 2",
        "Home 0",
        "ArrowRight 1",
    ):
        key, place = way.split()[0], int(way.split()[1])
        page.keyboard.press(key)
        expect(reading(pain)).to_have_text(RUNS[place])
        expect(marks(pain).nth(place)).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url("/healthz?run=1")


@DESKTOP
def test_keys_walk_marks_that_are_no_links_and_say_each_once(page, charts):
    weeks = charts[1]
    weeks.locator(".plot").focus()

    for key, place in [("ArrowRight", 0), ("ArrowRight", 1), ("ArrowRight", 2), ("Home", 0), ("End", 2)]:
        page.keyboard.press(key)
        expect(reading(weeks)).to_have_text(WEEKS[place])
    expect(reading(weeks)).to_have_attribute("aria-live", "polite")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/healthz")


@DESKTOP
def test_escape_leaves_the_chart(page, charts):
    marks(charts[0]).last.focus()
    expect(reading(charts[0])).to_have_text(RUNS[2])

    page.keyboard.press("Escape")

    expect(reading(charts[0])).to_have_text("")
    expect(page.locator(":focus")).to_have_count(0)
    expect(charts[0].locator(".read")).to_have_count(0)


@DESKTOP
def test_other_keys_are_left_to_the_browser(page, charts):
    marks(charts[0]).last.focus()

    page.keyboard.press("Alt+ArrowLeft")
    page.keyboard.press("Shift+Tab")

    expect(page.get_by_text("Before")).to_be_focused()


@pytest.mark.parametrize("page", ["phone", "phone, dark", "desktop"], indirect=True)
def test_links_stay_links_and_axe_finds_nothing(page, charts, axe):
    marks(charts[0]).last.focus()

    expect(charts[0].get_by_role("link", name=RUNS[0])).to_have_attribute("href", "/healthz?run=0")
    expect(charts[0].get_by_role("link")).to_have_count(3)
    expect(page.get_by_role("status")).to_have_count(2)
    axe(page)


@pytest.fixture
def progress(page, alice, sign_in):
    for days, after in ((2, 3), (5, 1), (9, 6)):
        at = NOON - dt.timedelta(days=days)
        RunFactory(
            runner=alice,
            started_at=at,
            distance_m=5000,
            duration_s=1800,
            effort=3,
            pain_before=1,
            pain_after=after,
        )
    sign_in(alice)
    page.goto("/progress/")
    return page.locator(".chart:has(a title)").first


@EITHER
def test_progress_is_read_run_by_run(page, progress, alice):
    page.add_script_tag(
        url="/static/js/chart.js", type="module"
    )  # a module runs once, however often it is asked for
    newest = alice.runs.order_by("on").last()

    progress.locator("a[tabindex='0']").press("End")

    expect(reading(progress)).to_contain_text(date_format(newest.on, "j M"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"/runs/{newest.uuid}/")


@pytest.mark.parametrize("page", ["phone, no JavaScript"], indirect=True)
def test_without_javascript_every_mark_is_a_link_to_its_run(progress):
    expect(progress.get_by_role("link")).to_have_count(3)
    expect(progress.locator("[tabindex]")).to_have_count(0)
    expect(progress.locator(".reading")).to_have_count(0)


@EITHER
def test_the_charts_that_follow_come_by_themselves_and_are_read_too(page, progress):
    expect(page.get_by_role("heading", level=2)).to_contain_text(
        ["Pain over time", "Weekly distance", "Pain and running load"]
    )
    expect(page.get_by_role("link", name="Show the other charts")).to_have_count(0)
    expect(page.locator("section[aria-labelledby='load'] .reading")).not_to_have_count(0)

    page.goto("/progress/#mornings")

    expect(page.locator("#mornings")).to_be_in_viewport()


@pytest.mark.parametrize("page", ["phone, no JavaScript"], indirect=True)
def test_without_javascript_a_link_leads_to_them(page, progress):
    page.get_by_role("link", name="Show the other charts").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The other charts of Progress")
    expect(page.get_by_role("heading", name="Left and right")).to_be_visible()
