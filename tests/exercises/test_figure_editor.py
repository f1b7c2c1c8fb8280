"""The figure editor: numbers in, drawings out, and a clear word where a body or the data cannot be right."""

import gzip
import json
import re

import pytest
from django.conf import settings
from django.utils import timezone

from backpain.accounts.models import User
from backpain.accounts.roles import Role
from backpain.exercises import publishing
from backpain.exercises.admin.pose_form import FigureForm
from backpain.exercises.checks import problems_of
from backpain.exercises.models import Exercise
from backpain.figures import data_of, figure_from
from backpain.figures.shipped import shipped_figures
from tests.conftest import NOON, signed_in
from tests.factories import appointed

pytestmark = pytest.mark.any_database

FIGURES = shipped_figures()
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(as_curator):
    """Carol's draft of the dead bug."""
    of = Exercise.objects.get(slug="dead-bug")
    return publishing.start_draft(of=of, by=User.objects.get(email="carol@example.org"), now=NOON)


def address(exercise, *, draw=False):
    return f"/admin/exercises/exercise/{exercise.pk}/figure/{'draw/' if draw else ''}"


def posted(figure, **changes):
    """Return the form that a figure fills, with changes; None takes a field out."""
    form = FigureForm.of(figure)
    fields = dict(form.around)
    for kind in ("poses", "arrows", "props"):
        for number, texts in enumerate(getattr(form, kind)):
            fields |= {f"{kind}-{number}-{name}": text for name, text in texts.items()}
    fields |= changes
    return {name: text for name, text in fields.items() if text is not None}


def changed(draft, do="keep", /, **changes):
    return posted(FIGURES["dead-bug"], **changes) | {"do": do, "seen": draft.version}


def in_fields(page):
    """Return the form that a page shows, drawn or not."""
    return page.context["typed"].form


@pytest.mark.parametrize("slug", FIGURES)
def test_a_figure_fills_a_form_that_describes_it_to_the_letter(slug):
    figure = FIGURES[slug]

    form = FigureForm.posted(posted(figure))

    assert form == FigureForm.of(figure)
    assert data_of(figure_from(form.data())) == data_of(figure)


def test_a_row_in_use_is_only_looked_at_until_somebody_edits(as_curator):
    row = Exercise.objects.get(slug="dead-bug")

    page = as_curator.get(address(row)).content.decode()
    begun = as_curator.post(address(row), {"do": "edit"})

    assert '<svg class="fig"' in page
    assert "pose-form" not in page
    draft = Exercise.desk.get(draft_of=row)
    assert begun.url == address(draft)
    assert f'href="{address(draft)}"' in as_curator.get(address(row)).content.decode()


def test_who_may_only_look_gets_no_fields(draft, as_reviewer, as_alice):
    page = as_reviewer.get(address(draft))

    assert page.status_code == 200
    assert b"pose-form" not in page.content
    for url in (address(draft), address(draft, draw=True)):
        assert as_reviewer.post(url, changed(draft)).status_code == 403
        assert as_alice.post(url, changed(draft)).status_code == 302  # to the sign-in
    assert draft.version == Exercise.desk.get(pk=draft.pk).version


def test_what_is_kept_is_in_the_draft_with_its_history_and_is_looked_at_again(as_curator, draft):
    page = as_curator.post(address(draft), changed(draft, **{"poses-1-near_leg-upper": "24"}))

    assert page.url == address(draft)
    row = Exercise.desk.get(pk=draft.pk)
    assert row.figure["poses"][1]["near_leg"]["upper"] == 24
    assert row.history.first().entry["figure"] == row.figure
    assert (row.version, row.figure_reviewed) == (draft.version + 1, False)
    assert Exercise.objects.get(slug="dead-bug").figure == data_of(FIGURES["dead-bug"])


def test_what_a_body_cannot_do_is_kept_but_not_reviewed(as_curator, draft):
    page = as_curator.post(address(draft), changed(draft, **{"poses-0-near_leg-lower": "150"}), follow=True)

    assert "It has to be mended before it can be reviewed." in page.content.decode()
    row = Exercise.desk.get(pk=draft.pk)
    assert "Pose 1, near leg: the knee bends the wrong way, by 58°." in {
        each.text for each in problems_of(row)
    }


def test_the_second_of_two_curators_sees_both_figures(as_curator, draft):
    other = appointed("dora", Role.CURATOR)
    as_curator.post(address(draft), changed(draft, **{"poses-0-spine": "178"}))

    page = signed_in(other).post(address(draft), changed(draft, **{"poses-0-spine": "182"}))

    text = page.content.decode()
    assert page.status_code == 422
    assert "Somebody has saved this draft since you opened it." in text
    assert "Stored by carol@example.org" in text
    assert 'value="182"' in text
    assert Exercise.desk.get(pk=draft.pk).figure["poses"][0]["spine"] == 178
    again = changed(draft, **{"poses-0-spine": "182"}) | {"seen": page.context["seen"]}
    assert signed_in(other).post(address(draft), again).status_code == 302


def test_a_pose_copied_meanwhile_hides_no_conflict(as_curator, draft):
    opened = changed(draft, "copy:poses:0")
    publishing.save_draft(draft=draft, by=appointed("dora", Role.CURATOR), now=timezone.now())

    page = as_curator.post(address(draft), opened)

    assert f'name="seen" value="{draft.version}"' in page.content.decode()


def test_what_was_typed_into_a_draft_that_is_published_is_given_back(as_curator, draft):
    Exercise.desk.filter(pk=draft.pk).update(state="published", draft_of=None, slug="another", name="Another")

    page = as_curator.post(address(draft), changed(draft, **{"poses-0-spine": "178"}))

    assert page.status_code == 422
    assert "&quot;spine&quot;: 178" in page.content.decode()


def test_a_figure_is_taken_away(as_curator, draft):
    as_curator.post(address(draft), changed(draft, "take_away"))

    assert Exercise.desk.get(pk=draft.pk).figure is None
    page = as_curator.get(address(draft))
    assert page.context["typed"].figure is not None  # somebody who stands, to begin with
    assert Exercise.desk.get(pk=draft.pk).figure is None


# Drawing


def test_draws_what_is_typed_and_stores_nothing(as_curator, draft):
    page = as_curator.post(
        address(draft, draw=True), changed(draft, **{"poses-1-near_leg-upper": "24"}), headers=HTMX
    )

    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<svg") == 3  # what moves, and two steps
    assert "<animate" in text and '<div class="fig-strip">' in text
    assert "A body can do this." in text
    assert Exercise.desk.get(pk=draft.pk).version == draft.version


@pytest.mark.parametrize(
    ("changes", "group", "words"),
    [
        ({"poses-0-near_leg-lower": "150"}, "poses-0-near_leg", "the knee bends the wrong way, by 58°."),
        ({"poses-0-near_leg-lower": "-70"}, "poses-0-near_leg", "the knee is bent too far, by 162°."),
        ({"poses-1-far_arm-lower": "140"}, "poses-1-far_arm", "the elbow bends the wrong way, by 23°."),
        ({"poses-0-pelvis-1": "3"}, "poses-0-trunk", "Pose 1, trunk: under the floor by 3.3."),
        ({"poses-1-pelvis-1": "60"}, "poses-1-trunk", "nothing touches the floor."),
        ({"poses-0-bow": "14"}, "poses-0-trunk", "so much bow makes the spine"),
        (
            {"poses-0-near_arm-held": "reaching", "poses-0-near_arm-x": "60"},
            "poses-0-near_arm",
            "out of reach by",
        ),
        ({"poses-1-near_leg-upper": "370"}, "poses-0-near_leg", "an angle turns by 278°."),
        ({"poses-1-near_leg-shown-0": "0.2"}, "poses-0-near_leg", "too much of a bone turns out of sight"),
    ],
)
def test_says_what_a_body_cannot_do_beside_its_fields_and_draws_it(as_curator, draft, changes, group, words):
    page = as_curator.post(address(draft, draw=True), changed(draft, **changes), headers=HTMX)

    text = page.content.decode()
    assert page.status_code == 422
    assert words in beside(text, group)
    assert f'<a href="#{group}">' in text
    assert '<div class="fig-strip">' in text


def beside(text, group):
    return text.split(f'id="wrong-{group}"', 1)[1].split("</ul>", 1)[0]


def test_says_where_a_hand_or_foot_on_the_floor_slides(as_curator, draft):
    fields = posted(FIGURES["bird-dog"], **{"poses-1-near_arm-x": "22"})

    page = as_curator.post(address(draft, draw=True), fields, headers=HTMX)

    assert "From pose 1 to 2, near arm: it is on the floor, but slides by 4." in beside(
        page.content.decode(), "poses-0-near_arm"
    )


@pytest.mark.parametrize(
    ("changes", "group", "words"),
    [
        ({"poses-0-spine": ""}, "poses-0-trunk", "Pose 1, spine: give a number."),
        ({"poses-0-spine": "nan"}, "poses-0-trunk", "Pose 1, spine: give a number."),
        ({"poses-0-spine": "-inf"}, "poses-0-trunk", "Pose 1, spine: give a number."),
        ({"poses-0-spine": "9" * 5000}, "poses-0-trunk", "Pose 1, spine: give a number."),
        ({"poses-0-spine": "1e12"}, "poses-0-trunk", "Pose 1, spine: give a number from -360 to 540."),
        ({"poses-0-pelvis-1": "up"}, "poses-0-trunk", "Pose 1, pelvis, up: give a number."),
        ({"poses-1-far_arm-lower": None}, "poses-1-far_arm", "Pose 2, far arm, forearm: give a number."),
        ({"poses-1-near_leg-shown-0": "0"}, "poses-1-near_leg", "give a number from 0.2 to 1."),
        ({"arrows-1-end-0": "x"}, "arrows-1", "Arrow 2, to, across: give a number."),
        ({"ghost": "4"}, "around", "Pose of the ghost: give a number from 0 to 1."),
        ({"ghost": "9" * 5000}, "around", "Pose of the ghost: give a number."),
        ({"floor": "lava"}, "around", "Floor: this is none of the choices"),
        ({"order-0": "trunk"}, "around", "Order from back to front: this is none of the choices"),
    ],
)
def test_says_which_field_is_no_figure_and_leaves_the_last_drawing(as_curator, draft, changes, group, words):
    page = as_curator.post(address(draft, draw=True), changed(draft, **changes), headers=HTMX)

    text = page.content.decode()
    assert page.status_code == 422
    assert words in beside(text, group)
    assert "<svg" not in text
    kept = as_curator.post(address(draft), changed(draft, **changes))
    assert kept.status_code == 422
    assert Exercise.desk.get(pk=draft.pk).version == draft.version


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"poses-0": "x", "poses-0-": "x", "poses-99-spine": "9", "arrows--1-bow": "2"},
        {f"poses-{number}-spine": "9" for number in range(99)},
        {"poses-0-near_arm-held": ["bent"], "poses-0-pelvis": "[0, 1]"},
    ],
)
@pytest.mark.parametrize("do", ["keep", "", "add:poses", "copy:poses:²", "remove:poses:999", "copy", ":::"])
def test_a_form_that_is_none_is_refused(as_curator, draft, fields, do):
    assert as_curator.post(address(draft, draw=True), fields).status_code == 422
    assert as_curator.post(address(draft), fields | {"do": do, "seen": "x"}).status_code == 422


def test_a_limb_may_be_held_the_other_way_where_it_is(as_curator, draft):
    before = as_curator.post(address(draft, draw=True), changed(draft)).content.decode()

    page = as_curator.post(
        address(draft, draw=True),
        changed(draft, **{"poses-1-near_leg-held": "reaching", "poses-1-far_arm-held": "like"}),
    )

    assert 'name="poses-1-near_leg-x" value="46.4"' in before
    assert page.status_code == 200
    (angle,) = re.findall(r'name="poses-1-near_leg-upper" value="([\d.]+)"', page.content.decode())
    assert float(angle) == pytest.approx(10, abs=0.5)


# Poses, arrows and other ways in


@pytest.mark.parametrize(
    ("do", "poses", "reached", "ghost"),
    [
        ("copy:poses:0", [10, 10, 9], "2", "2"),
        ("add:poses", [10, 9, 9], "1", "1"),
        ("remove:poses:0", [9], "0", "0"),
        ("remove:poses:1", [10], "", "0"),
    ],
)
def test_poses_are_copied_and_removed_and_the_others_keep_their_part(
    as_curator, draft, do, poses, reached, ghost
):
    changes = {"poses-0-spine": "10", "poses-1-spine": "9", "reached": "1", "ghost": "1"}

    form = in_fields(as_curator.post(address(draft), changed(draft, do, **changes)))

    assert [int(pose["spine"]) for pose in form.poses] == poses
    assert (form.around["reached"], form.around["ghost"]) == (reached, ghost)
    assert Exercise.desk.get(pk=draft.pk).version == draft.version


def test_arrows_balls_and_rollers_come_and_go(as_curator, draft):
    page = as_curator.post(address(draft), changed(draft, "add:arrows"))
    assert len(in_fields(page).arrows) == 3

    form = in_fields(as_curator.post(address(draft), changed(draft, "add:props")))
    assert form.props == [{"kind": "ball", "x": "0", "y": "15", "radius": "15"}]

    form = in_fields(as_curator.post(address(draft), changed(draft, "remove:arrows:0")))
    assert [arrow["start-0"] for arrow in form.arrows] == ["-40"]


def test_starts_from_the_figure_of_another_exercise(as_curator, draft):
    page = as_curator.post(address(draft), {"do": "like", "like": "bird-dog", "seen": draft.version})

    assert in_fields(page) == FigureForm.of(FIGURES["bird-dog"])
    assert as_curator.post(address(draft), {"do": "like", "like": "nobody"}).status_code == 422


def test_takes_json_over_into_the_fields(as_curator, draft):
    text = json.dumps(data_of(FIGURES["beetle"]))

    page = as_curator.post(address(draft), {"do": "json", "json": text, "seen": draft.version})

    assert page.status_code == 200
    assert in_fields(page) == FigureForm.of(FIGURES["beetle"])


PLANK = data_of(FIGURES["forearm-plank"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Line 1, letter 1: this is not JSON."),
        ('{"poses": [\n nonsense', "Line 2, letter 2: this is not JSON."),
        ("[" * 19_000, "Too much stands inside each other."),
        ("9" * 5000, "limit"),
        ("[]", "The figure: names and values in braces are expected here."),
        ("null", "The figure: names and values in braces are expected here."),
        ('{"poses": []}', "Poses: at least 1, please."),
        ('{"poses": [1]}', "Pose 1: names and values in braces are expected here."),
        ('{"poses": [{"pelvis": [0, NaN]}]}', "this is missing."),
        (json.dumps(PLANK | {"ghost": True}), "Pose of the ghost: give a number."),
        (json.dumps(PLANK | {"cycle": "yes"}), "Goes round: give true or false."),
        (json.dumps(PLANK | {"poses": PLANK["poses"] * 4}), "Poses: 6 are the most there may be."),
        (json.dumps(PLANK | {"poses.a.b": 1}), "Poses.a.b: a figure has nothing of this name."),
        (json.dumps(PLANK | {"": 1}), "a figure has nothing of this name."),
        (json.dumps([PLANK] * 2000), "A figure has at most 20000 letters."),  # 1 MB
    ],
)
def test_json_that_is_no_figure_is_given_back_with_what_is_wrong(as_curator, draft, text, words):
    page = as_curator.post(address(draft), {"do": "json", "json": text, "seen": draft.version})

    assert page.status_code == 422
    assert words in page.context["typed"].wrong[0].text
    assert page.context["typed"].text == text or not text


@pytest.mark.parametrize("figure", [None, {"poses": []}, [], "plank", {"poses": [{"pelvis": {}}]}])
def test_a_draft_without_a_figure_that_can_be_read_opens_all_the_same(as_curator, draft, figure):
    Exercise.desk.filter(pk=draft.pk).update(figure=figure)

    page = as_curator.get(address(draft))

    assert page.status_code == 200
    assert b"pose-form" in page.content


@pytest.mark.parametrize(
    ("do", "opened"),
    [("copy:poses:0", 1), ("add:poses", 2), ("remove:poses:1", 0), ("draw:poses:1", 1), ("add:arrows", 0)],
)
def test_unfolds_the_pose_somebody_works_on(as_curator, draft, do, opened):
    board = as_curator.post(address(draft), changed(draft, do)).context["board"]

    assert [pose.index for pose in board.poses if pose.is_open] == [opened]


def test_unfolds_the_first_pose_with_something_to_mend(as_curator, draft):
    fields = changed(draft, "draw", **{"poses-1-near_leg-lower": "150"})

    board = as_curator.post(address(draft), fields).context["board"]

    assert [(pose.is_open, pose.wrong > 0) for pose in board.poses] == [(False, False), (True, True)]


def test_its_script_and_an_answer_are_small(as_curator, draft):
    script = (settings.BASE_DIR / "static" / "js" / "pose.js").read_bytes()
    answer = as_curator.post(address(draft, draw=True), changed(draft)).content

    assert len(gzip.compress(script)) <= 1.5 * 1024
    assert len(gzip.compress(answer)) <= 12 * 1024


def test_takes_few_statements(as_curator, draft, django_assert_max_num_queries):
    as_curator.get(address(draft))

    with django_assert_max_num_queries(8):
        as_curator.get(address(draft))
    with django_assert_max_num_queries(5):
        as_curator.post(address(draft, draw=True), changed(draft))
