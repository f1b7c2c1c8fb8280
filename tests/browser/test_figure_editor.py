"""Sliders, numbers and the drawing beside them."""

import pytest
from playwright.sync_api import expect

from backpain.exercises import publishing
from backpain.exercises.models import Exercise
from tests.catalogue import put_catalogue
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)
THIGH, SHANK = "poses-0-near_leg-upper", "poses-0-near_leg-lower"


@pytest.fixture
def editor(carol, sign_in, page):
    """The editor of a draft of the dead bug."""
    put_catalogue()
    draft = publishing.start_draft(of=Exercise.objects.get(slug="dead-bug"), by=carol, now=NOON)
    sign_in(carol)
    page.goto(f"/admin/exercises/exercise/{draft.pk}/figure/")
    return page


def number(page, name):
    return page.locator(f'[id="{name}"]')


def drawn(page, act):
    """Do something and return the answer of the drawing board."""
    with page.expect_response(lambda response: response.url.endswith("/figure/draw/")) as answer:
        act()
    return answer.value.status


@pytest.mark.parametrize("page", ["phone", "desktop"], indirect=True)
def test_moving_a_slider_moves_the_number_and_the_drawing(editor):
    drawing = editor.locator("#drawn svg").first
    before = drawing.inner_html()
    slider = editor.locator(".control", has=number(editor, THIGH)).locator("[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()

    status = drawn(
        editor, lambda: editor.mouse.click(box["x"] + 0.7 * box["width"], box["y"] + box["height"] / 2)
    )

    assert status == 200
    assert int(number(editor, THIGH).input_value()) > 110  # from 92
    expect(drawing).not_to_have_js_property("innerHTML", before)
    expect(editor.locator("#said")).to_have_text("A body can do this.")
    expect(drawing).to_be_in_viewport()


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_a_wrong_knee_is_named_beside_the_leg_until_it_is_right(editor):
    leg = editor.locator('fieldset[id="poses-0-near_leg"]')

    assert drawn(editor, lambda: number(editor, SHANK).fill("150")) == 422

    wrong = "Pose 1, near leg: the knee bends the wrong way, by 58°."
    expect(leg).to_contain_text(wrong)
    expect(editor.locator("#said").get_by_role("link", name=wrong)).to_be_visible()
    expect(editor.locator("#count-0")).to_have_text("1 to mend")

    assert drawn(editor, lambda: number(editor, SHANK).fill("2")) == 200
    expect(leg).not_to_contain_text("knee")
    expect(number(editor, SHANK)).to_be_focused()


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_the_keyboard_copies_a_pose_changes_it_and_keeps_it(editor, carol):
    number(editor, THIGH).press("ArrowUp")
    editor.get_by_role("button", name="Copy this pose").first.press("Enter")
    second = editor.locator("details#poses-1")

    expect(editor.locator("details.pose[id^=poses]")).to_have_count(3)
    expect(second.locator("summary").first).to_be_focused()
    assert drawn(editor, lambda: number(editor, "poses-1-near_leg-upper").fill("70")) == 200
    editor.get_by_role("button", name="Show the movement").press("Enter")
    expect(editor.locator(".moving")).to_have_class("moving playing")
    editor.get_by_role("button", name="Keep in the draft").first.press("Enter")

    expect(editor.get_by_text("Kept in the draft.")).to_be_visible()
    draft = Exercise.desk.get(draft_of__slug="dead-bug")
    assert [pose["near_leg"]["upper"] for pose in draft.figure["poses"]] == [93, 70, 10]


@pytest.mark.parametrize("page", ["phone, no JavaScript"], indirect=True)
def test_draws_and_keeps_without_javascript(editor):
    expect(editor.locator("[type=range]").first).to_be_hidden()
    number(editor, SHANK).fill("150")
    editor.get_by_role("button", name="Draw", exact=True).first.click()

    expect(editor.locator("#said")).to_contain_text("the knee bends the wrong way, by 58°.")
    expect(number(editor, SHANK)).to_have_value("150")
    number(editor, SHANK).fill("4")
    editor.get_by_role("button", name="Keep in the draft").last.click()

    expect(editor.get_by_text("Kept in the draft.")).to_be_visible()


@pytest.mark.parametrize("page", ["phone, dark", "desktop"], indirect=True)
def test_reads_for_everybody(editor, axe):
    drawn(editor, lambda: number(editor, SHANK).fill("150"))
    expect(editor.locator("#count-0")).to_have_text("1 to mend")

    axe(editor)
    editor.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    axe(editor)
