"""Logging in seconds: what a thumb has to do for a run, a distance, the morning after and a slip."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.catalogue import put_catalogue
from tests.conftest import NOON
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]
BOTH_WAYS = ["phone", "phone, no JavaScript"]
LAST_MONDAY = NOON - dt.timedelta(days=7, hours=5)


@pytest.fixture
def runner(alice, sign_in):
    """Alice, signed in, who ran 8.2 km last Monday and 14 km on Saturday, with some pain."""
    put_catalogue()
    RunFactory(runner=alice, started_at=LAST_MONDAY, distance_m=8200.0, duration_s=2832.0)
    RunFactory(
        runner=alice,
        started_at=NOON - dt.timedelta(days=2),
        distance_m=14_000.0,
        duration_s=4800.0,
        pain_during=2,
        sites=["low-back-left"],
        surface="trail",
        pain_next_morning=1,
    )
    sign_in(alice)
    return alice


@pytest.fixture
def taps(page):
    """Everything that is touched or clicked, as the browser sees it, on whichever page."""
    taps = []
    page.expose_function("tapped", lambda target: taps.append(target))
    page.add_init_script("addEventListener('pointerdown', ({ target }) => tapped(target.outerHTML), true)")
    return taps


@pytest.fixture
def stopped(page, runner):
    """The form of a run on a page whose clock goes on only where a test says so."""
    page.clock.install(time=NOON)
    page.goto("/runs/new/")
    page.clock.pause_at(NOON + dt.timedelta(hours=1))
    return page


def score(page, name, value):
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').tap()


def plus(page):
    return page.get_by_role("button", name="0.5 km more")


def expect_saved(page):
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(page.locator("#advice")).to_be_visible()


def test_the_usual_run_is_saved_with_four_taps(page, runner, taps):
    page.goto("/")

    page.locator(".tabs").get_by_role("link", name="Log run").tap()
    expect(page.get_by_label("Distance")).to_have_value("8.2")
    score(page, "pain_during", 2)
    score(page, "pain_after", 1)
    page.get_by_role("button", name="Save run").tap()

    expect_saved(page)
    run = runner.runs.get(on=NOON.date())
    assert len(taps) == 4
    assert (run.distance_m, run.pain_during, run.pain_after, run.sites) == (8200, 2, 1, ["low-back-left"])
    assert run.started_at == NOON - dt.timedelta(minutes=48)


def test_another_distance_takes_at_most_seven(page, runner, taps):
    page.goto("/")

    page.locator(".tabs").get_by_role("link", name="Log run").tap()
    for _step in range(3):
        plus(page).tap()
    score(page, "pain_during", 0)
    score(page, "pain_after", 0)
    page.get_by_role("button", name="Save run").tap()

    expect_saved(page)
    assert len(taps) == 7
    assert runner.runs.get(on=NOON.date()).distance_m == 9700


@pytest.mark.parametrize("page", BOTH_WAYS, indirect=True)
def test_nothing_has_to_be_scrolled_to(page, runner):
    page.goto("/runs/new/")

    for name in ("pain_during", "pain_after"):
        for value in ("0", "10"):
            expect(page.locator(f'input[name="{name}"][value="{value}"]')).to_be_in_viewport(ratio=1)
    save = page.get_by_role("button", name="Save run").bounding_box()
    last = page.locator('input[name="pain_after"][value="10"]').bounding_box()
    assert last["y"] + last["height"] < save["y"]


def test_a_button_held_down_goes_on_faster_and_faster_until_it_is_let_go(stopped):
    page = stopped
    distance = page.get_by_label("Distance")

    def after(ms):
        page.clock.run_for(ms)
        return float(distance.input_value())

    plus(page).hover()
    page.mouse.down()
    held = [after(399), after(1), after(1000), after(1000)]
    page.mouse.up()
    held.append(after(1000))

    assert held[:2] == [8.2, 8.7]
    assert 2 <= held[2] - held[1] < held[3] - held[2]
    assert held[4] == held[3]

    plus(page).click()
    assert after(1000) == held[4] + 0.5


def test_a_button_that_is_left_stops(stopped):
    page = stopped

    page.get_by_role("button", name="0.5 km less").hover()
    page.mouse.down()
    page.clock.run_for(400)
    page.mouse.move(200, 600)
    page.clock.run_for(5000)

    expect(page.get_by_label("Distance")).to_have_value("7.7")


def test_a_finger_held_down_needs_one_tap(taps, stopped):
    page = stopped
    box = plus(page).bounding_box()
    finger = page.context.new_cdp_session(page)
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}

    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.clock.run_for(1200)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    value = page.get_by_label("Distance").input_value()
    page.clock.run_for(5000)

    assert float(value) > 10
    expect(page.get_by_label("Distance")).to_have_value(value)
    assert len(taps) == 1


def test_the_keyboard_steps_too(page, runner):
    page.goto("/runs/new/")
    distance = page.get_by_label("Distance")

    distance.press("ArrowUp")
    distance.press("ArrowUp")
    distance.press("ArrowDown")
    expect(distance).to_have_value("8.7")
    plus(page).press("Enter")
    expect(distance).to_have_value("9.2")

    distance.fill("far")
    distance.press("ArrowDown")
    expect(distance).to_have_value("0")


def test_same_as_last_time_fills_the_form_in_and_keeps_what_was_answered(page, runner, axe):
    page.goto("/runs/new/")
    score(page, "pain_during", 3)
    requests = []
    page.on("request", lambda request: requests.append(request.url))

    page.get_by_role("link", name="Same as last time").tap()

    expect(page.get_by_label("Distance")).to_have_value("14")
    expect(page.get_by_label("Time", exact=True)).to_have_value("1:20:00")
    expect(page.get_by_label("Surface")).to_have_value("trail")
    expect(page.get_by_label("Surface")).to_be_visible()
    assert page.locator('input[name="pain_during"]:checked').input_value() == "3"
    assert requests == []
    axe(page)
    score(page, "pain_after", 1)
    page.get_by_role("button", name="Save run").tap()
    expect_saved(page)
    run = runner.runs.get(on=NOON.date())
    assert (run.distance_m, run.duration_s, run.surface) == (14_000, 4800, "trail")
    assert (run.sites, run.pain_during) == (["low-back-left"], 3)


@pytest.mark.parametrize("page", ["phone, no JavaScript"], indirect=True)
def test_same_as_last_time_is_a_link_without_javascript(page, runner):
    page.goto("/runs/new/")
    page.get_by_role("link", name="Same as last time").tap()

    expect(page.get_by_label("Distance")).to_have_value("14")
    expect(page.get_by_label("Surface")).to_have_value("trail")
    assert page.locator("input[name^=pain_]:checked").count() == 0


def test_the_time_it_took_is_measured_without_that_of_a_hidden_tab(page, runner):
    page.clock.install(time=NOON)
    page.clock.pause_at(NOON + dt.timedelta(seconds=1))
    page.goto("/runs/new/")
    page.clock.run_for(5000)
    for state in ("hidden", "visible"):
        page.evaluate(
            "state => {"
            " Object.defineProperty(document, 'hidden', { configurable: true, value: state === 'hidden' });"
            " document.dispatchEvent(new Event('visibilitychange')) }",
            state,
        )
        page.clock.run_for(3000)

    page.get_by_role("button", name="Save run").tap()
    page.clock.resume()

    expect_saved(page)
    assert runner.runs.get(on=NOON.date()).ms_to_save == 8000


def leaving(page):
    """Return how the toast's leaving goes, as the browser has it."""
    return page.locator(".toast").evaluate(
        "toast => toast.getAnimations().map(({ playState, effect }) =>"
        " [playState, effect.getComputedTiming().delay])"
    )


def let_pass(page, ms):
    page.locator(".toast").evaluate("(toast, ms) => { toast.getAnimations()[0].currentTime = ms }", ms)


def save_a_run(page):
    page.goto("/runs/new/")
    page.get_by_role("button", name="Save run").tap()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def test_undo_leaves_after_ten_seconds_and_edit_stays(page, runner):
    save_a_run(page)

    assert leaving(page) == [["running", 10_000]]
    let_pass(page, 9990)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    let_pass(page, 10_300)

    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_label("Distance")).to_have_value("8.2")


def test_undo_waits_for_the_keyboard_which_is_right_before_it(page, runner):
    page.goto("/runs/new/")
    page.get_by_role("button", name="Save run").press("Enter")
    expect(page.locator("#entry")).to_be_focused()

    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert leaving(page) == [["paused", 10_000]]
    page.keyboard.press("Enter")
    expect(page.get_by_text("Deleted")).to_be_visible()
    assert not runner.runs.filter(on=NOON.date()).exists()


@pytest.mark.parametrize("page", ["phone, no JavaScript"], indirect=True)
def test_undo_stays_without_javascript(page, runner):
    page.goto("/runs/new/")
    page.get_by_role("button", name="Save run").tap()

    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert page.locator(".toast").evaluate("toast => getComputedStyle(toast).animationName") == "none"
    page.get_by_role("button", name="Undo").tap()
    expect(page.get_by_text("Deleted")).to_be_visible()


@pytest.fixture
def morning(runner):
    """Half past eight on the morning after a run of yesterday."""
    return RunFactory(runner=runner, started_at=NOON - dt.timedelta(days=1), distance_m=5000.0)


def test_the_morning_is_answered_with_one_tap(page, morning, taps, axe):
    page.goto("/")
    expect(page.locator("#morning").get_by_role("button", name="Save")).not_to_be_in_viewport()
    axe(page)

    score(page, "score", 3)

    expect(page.locator("#morning")).to_have_count(0)
    morning.refresh_from_db()
    assert (len(taps), morning.pain_next_morning) == (1, 3)


def test_the_keyboard_passes_scores_on_its_way_and_saves_with_the_button(page, morning):
    page.goto("/")
    page.locator("#id_score_0").focus()
    for _step in range(2):
        page.keyboard.press("ArrowRight")
    save = page.locator("#morning").get_by_role("button", name="Save")
    expect(save).to_be_in_viewport()

    page.keyboard.press("Tab")
    expect(save).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#morning")).to_have_count(0)
    morning.refresh_from_db()
    assert (morning.pain_next_morning, morning.version) == (2, 2)


@pytest.mark.parametrize("page", ["phone, no JavaScript"], indirect=True)
def test_the_morning_has_a_button_without_javascript(page, morning):
    page.goto("/")
    score(page, "score", 3)
    page.locator("#morning").get_by_role("button", name="Save").tap()

    expect(page.locator("#morning")).to_have_count(0)
    morning.refresh_from_db()
    assert morning.pain_next_morning == 3


@pytest.mark.parametrize("page", BOTH_WAYS, indirect=True)
def test_more_than_three_hours_are_asked_about_once(page, runner):
    page.goto("/runs/new/")
    page.get_by_text("When, how long, shoe and more").click()
    page.get_by_label("Time", exact=True).fill("4:30:00")
    score(page, "pain_during", 2)
    page.get_by_role("button", name="Save run").tap()

    long = page.get_by_label("Yes, it took more than three hours")
    expect(long).to_be_visible()
    assert page.locator('input[name="pain_during"]:checked').input_value() == "2"
    long.check()
    page.get_by_role("button", name="Save run").tap()

    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert runner.runs.get(on=NOON.date()).duration_s == 16_200


@pytest.mark.parametrize("page", BOTH_WAYS, indirect=True)
def test_two_phones_editing_one_run_see_both_versions(page, runner, axe):
    run = runner.runs.get(on=LAST_MONDAY.date())
    page.goto(f"/runs/{run.uuid}/")
    runner.runs.filter(pk=run.pk).update(distance_m=9000, version=2)
    score(page, "pain_after", 4)
    page.get_by_role("button", name="Save changes").tap()

    table = page.get_by_role("table", name="Both versions, where they differ")
    expect(table.get_by_role("row", name="Distance 9 8.2")).to_be_visible()
    expect(table.get_by_role("row", name="Pain now – 4")).to_be_visible()
    if page.evaluate("Boolean(window.htmx)"):
        axe(page)
    page.get_by_role("button", name="Save changes").tap()

    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    run.refresh_from_db()
    assert (run.distance_m, run.pain_after) == (8200, 4)
