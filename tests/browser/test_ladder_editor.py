"""Rungs are moved by mouse, finger and keyboard; without JavaScript their places are typed."""

import pytest
from playwright.sync_api import expect

from backpain.exercises import publishing
from backpain.exercises.models import Ladder
from tests.catalogue import put_catalogue
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)
EITHER = pytest.mark.parametrize("page", ["phone", "desktop"], indirect=True)
KNEE, FOREARM, LIFTS = "Knee plank", "Forearm plank", "High plank leg lifts"


@pytest.fixture
def draft(page, carol, sign_in):
    """A draft of the ladder of the front plank, which has five rungs, opened by Carol."""
    put_catalogue()
    draft = publishing.start_draft(of=Ladder.objects.get(slug="front-plank"), by=carol, now=NOON)
    sign_in(carol)
    page.goto(f"/admin/exercises/ladder/{draft.pk}/change/")
    return draft


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


def shown(page):
    return page.locator(".rung h3").all_text_contents()


def stored(draft):
    return [rung.exercise.name for rung in draft.rungs.select_related("exercise").order_by("position")]


def grip(page, name):
    """Return the middle of a rung's handle."""
    box = page.get_by_role("group", name=name).locator(".grip").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@EITHER
def test_moves_a_rung_by_its_buttons_and_keeps_the_focus(page, draft, axe):
    down = page.get_by_role("button", name=f"Move {KNEE} down")
    down.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_have_text("Knee plank is now 2 of 5.")
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Move {KNEE} up").press("Enter")
    assert shown(page)[:3] == [FOREARM, KNEE, LIFTS]
    axe(page)
    save(page)
    assert stored(draft)[:3] == [FOREARM, KNEE, LIFTS]


def test_moves_a_rung_by_alt_and_an_arrow_from_any_of_its_fields(page, draft):
    cap = page.get_by_role("group", name=LIFTS).get_by_label("Cap")
    cap.fill("14")
    cap.press("Alt+ArrowUp")
    cap.press("Alt+ArrowUp")
    cap.press("Alt+ArrowUp")

    expect(page.get_by_role("status")).to_have_text("High plank leg lifts is now 1 of 5.")
    expect(cap).to_be_focused()
    save(page)
    assert stored(draft)[:3] == [LIFTS, KNEE, FOREARM]
    assert draft.rungs.get(position=1).cap == 14


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_drags_a_rung_by_mouse(page, draft):
    page.get_by_role("group", name=KNEE).scroll_into_view_if_needed()
    page.mouse.move(*grip(page, KNEE))
    page.mouse.down()
    x, y = grip(page, LIFTS)
    page.mouse.move(x, y + 20, steps=8)
    page.mouse.up()

    expect(page.get_by_role("status")).to_have_text("Knee plank is now 3 of 5.")
    save(page)
    assert stored(draft)[:3] == [FOREARM, LIFTS, KNEE]


def test_drags_a_rung_by_finger(page, draft):
    page.get_by_role("group", name=FOREARM).scroll_into_view_if_needed()
    touch = page.context.new_cdp_session(page)

    def send(kind, *points):
        touch.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        )

    x, y = grip(page, FOREARM)
    send("touchStart", (x, y))
    assert grip(page, FOREARM) == pytest.approx((x, y), abs=2)
    _x, top = grip(page, KNEE)
    for part in range(1, 9):
        send("touchMove", (x, y + (top - 20 - y) * part / 8))
    send("touchEnd")

    expect(page.get_by_role("status")).to_have_text("Forearm plank is now 1 of 5.")
    save(page)
    assert stored(draft)[:2] == [FOREARM, KNEE]


@EITHER
def test_places_a_new_exercise_between_two(page, draft, axe):
    page.get_by_role("link", name=f"Place a new exercise here before {FOREARM}").click()

    new = page.get_by_role("group", name="New rung")
    exercise = new.get_by_label("Exercise")
    expect(exercise).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("New rung is now 2 of 6.")
    exercise.select_option(label="Beetle")
    new.get_by_label("Unit").select_option("reps")
    for field, number in {"Sets": "2", "Start": "8", "Step": "2", "Cap": "12"}.items():
        new.get_by_label(field, exact=True).fill(number)
    axe(page)
    new.get_by_role("button", name="down").click()
    expect(page.get_by_role("status")).to_have_text("Beetle is now 3 of 6.")
    save(page)
    assert stored(draft)[:4] == [KNEE, FOREARM, "Beetle", LIFTS]


def test_counts_only_the_rungs_that_stay(page, draft):
    page.get_by_role("group", name=KNEE).get_by_label("Remove").check()

    expect(page.get_by_role("group", name=FOREARM).get_by_label("Place")).to_have_value("1")
    save(page)
    assert stored(draft)[0] == FOREARM
    assert draft.rungs.count() == 4


@pytest.mark.parametrize("page", ["phone, no JavaScript"], indirect=True)
def test_types_the_places_without_javascript(page, draft):
    expect(page.get_by_role("button", name=f"Move {KNEE} down")).to_be_hidden()
    page.get_by_role("group", name=KNEE).get_by_label("Place").fill("2")
    save(page)
    expect(page.get_by_text("Two rungs have the same place.")).to_be_visible()
    page.get_by_role("group", name=FOREARM).get_by_label("Place").fill("1")
    save(page)
    assert stored(draft)[:2] == [FOREARM, KNEE]

    page.get_by_role("link", name=f"Place a new exercise here before {KNEE}").click()
    new = page.get_by_role("group", name="New rung")
    expect(new.get_by_label("Place")).to_have_value("2")
    new.get_by_label("Exercise").select_option(label="Beetle")
    new.get_by_label("Unit").select_option("reps")
    for field, number in {"Sets": "2", "Start": "8", "Step": "2", "Cap": "12"}.items():
        new.get_by_label(field, exact=True).fill(number)
    save(page)
    assert stored(draft)[:3] == [FOREARM, "Beetle", KNEE]
