"""The pages of a row's history: what changed, two versions compared, and one brought back."""

import html
import re

import pytest
from django.contrib.auth import get_user

from backpain.accounts.roles import Role
from backpain.exercises import publishing
from backpain.exercises.actions import write_entry
from backpain.exercises.curated import State
from backpain.exercises.models import Article, Exercise, Ladder, Source
from backpain.exercises.queries import entry_of
from tests.conftest import NOON, signed_in
from tests.factories import appointed

REASON = "Better words."


@pytest.fixture
def rita(catalogue):
    """A reviewer."""
    return appointed("rita", Role.REVIEWER)


@pytest.fixture
def carol(as_curator):
    """The curator who is signed in as `as_curator`."""
    return get_user(as_curator)


def drafted(row, by, **changes):
    """Return a draft of a row that reads like it but for these fields of its entry."""
    row = type(row).desk.get(pk=row.pk)
    return publishing.start_draft(of=row, by=by, now=NOON, entry={**entry_of(row), **changes})


def released(row, by, reviewer, **changes):
    """Return a row after a draft with these changes was reviewed and published."""
    draft = drafted(row, by, **changes)
    publishing.mark_reviewed(draft=draft, by=reviewer, now=NOON, figure_looked_at=True)
    return publishing.publish(draft=draft, by=reviewer, now=NOON, reason=REASON)


def exercise(slug):
    return Exercise.objects.get(slug=slug)


def address(row, version=None):
    history = f"/admin/exercises/{row._meta.model_name}/{row.pk}/history/"
    return f"{history}{version.pk}/restore/" if version else history


def words(response):
    """Return what a page says: without tags, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def versions(response):
    """Return what the page says of each version."""
    listed = response.content.decode().partition('class="versions"')[2].partition("</ol>")[0]
    return [
        " ".join(html.unescape(re.sub(r"<[^>]*>", " ", each)).split()) for each in listed.split("<h3")[1:]
    ]


def test_lists_what_each_version_changed_newest_first(as_curator, carol, rita):
    plank = exercise("knee-plank")
    steps = plank.steps
    released(plank, carol, rita, purpose="To be calm.", how_to=[steps[0], "Breathe.", *steps[2:]])

    first, last = versions(as_curator.get(address(plank)))

    assert "published in use now Rita: Better words." in first
    assert f"Why it helps was {plank.purpose} now To be calm." in first
    assert f"How to do it was 2. {steps[1]} now 2. Breathe." in first
    assert "published Came with the product. The first version that was kept." in last


def test_rungs_doses_and_translations_are_told_in_words(as_curator, carol, rita):
    ladder, dog = Ladder.objects.get(slug="front-plank"), exercise("bird-dog")
    rungs = entry_of(ladder)["rungs"]
    released(ladder, carol, rita, rungs=[{**rungs[0], "cap": 40}, *rungs[1:]])
    doses = [{**dose, "sets_min": 2, "sets_max": 2} for dose in entry_of(dog)["doses"]]
    released(dog, carol, rita, doses=doses, translations={"de": {"name": "Vierfüßler"}})

    assert "Cap of Knee plank was 30 seconds now 40 seconds" in versions(as_curator.get(address(ladder)))[0]
    told = versions(as_curator.get(address(dog)))[0]
    assert "Dose of source C was bird dog; 30 seconds" in told
    assert "now bird dog; 2 × 30 seconds" in told
    assert "Name (German) now Vierfüßler" in told


def test_figures_stand_beside_each_other(as_curator, carol, rita):
    bug = exercise("dead-bug")
    released(bug, carol, rita, figure=exercise("bird-dog").figure)
    drafted(bug, carol, figure={"poses": []})

    page = as_curator.get(address(bug)).content.decode()

    assert page.count('aria-label="The figure before"') == 2
    assert page.count('aria-label="The figure after"') == 1
    assert page.count("It cannot be drawn.") == 1


def test_the_draft_under_way_is_in_the_same_list(as_curator, carol, rita):
    yoga = released(exercise("yoga"), carol, rita, purpose="First.")
    draft = drafted(yoga, carol, purpose="Second.")

    listed = versions(as_curator.get(address(yoga)))

    assert len(listed) == 3
    assert "draft Carol: An earlier version was brought back." in listed[0]
    assert "Why it helps was First. now Second." in listed[0]
    assert "draft" not in listed[1]
    assert versions(as_curator.get(address(draft))) == listed


def test_compares_any_two_versions(as_curator, carol, rita):
    yoga = exercise("yoga")
    before = yoga.purpose
    for text in ("First.", "Second.", "Third."):
        released(yoga, carol, rita, purpose=text)
    newest, *_others, oldest = yoga.history.all()

    page = as_curator.get(address(yoga), {"before": oldest.pk, "after": newest.pk})
    back = as_curator.get(address(yoga), {"before": newest.pk, "after": oldest.pk})

    assert f"Why it helps was {before} now Third." in words(page)
    assert f"Why it helps was Third. now {before}" in words(back)


@pytest.mark.parametrize("asked", [{"before": "1", "after": "x"}, {"before": "9999999"}, {"after": ""}])
def test_says_that_a_version_is_not_there(as_curator, asked):
    page = as_curator.get(address(Article.objects.first()), asked)

    assert page.status_code == 422


def test_pages_at_twenty_five_with_as_many_queries_as_for_two(as_curator, carol, django_assert_num_queries):
    yoga, source = exercise("yoga"), Source.objects.get(slug="C")
    as_curator.get(address(yoga))
    for number in range(30):
        drafted(yoga, carol, purpose=f"Draft {number}.")
        write_entry(source, {**entry_of(source), "title": f"Title {number}"}, reason=REASON, by=carol)
        if number in (0, 29):
            with django_assert_num_queries(9):
                as_curator.get(address(yoga))
            with django_assert_num_queries(8):
                as_curator.get(address(source))

    pages = [as_curator.get(address(yoga), {"p": page}) for page in ("1", "2", "x")]

    assert [len(versions(page)) for page in pages] == [25, 6, 25]


def test_brings_a_version_back_as_a_draft(as_curator, carol, rita):
    before = entry_of(exercise("yoga"))
    yoga = released(
        exercise("yoga"), carol, rita, purpose="Worse.", doses=entry_of(exercise("dead-bug"))["doses"]
    )

    page = as_curator.post(address(yoga, yoga.history.last()), follow=True)

    draft = yoga.draft_under_way
    assert page.redirect_chain == [(f"/admin/exercises/exercise/{draft.pk}/change/", 302)]
    assert "Yoga is a draft now that reads as on" in words(page)
    assert "Somebody who has not edited it has to review" in words(page)
    assert entry_of(draft) == before
    assert (draft.state, draft.edited_by) == (State.DRAFT, carol)
    assert exercise("yoga").purpose == "Worse."


def test_who_may_not_edit_may_look_but_bring_nothing_back(carol, rita):
    as_reviewer = signed_in(rita)
    yoga = released(exercise("yoga"), carol, rita, purpose="Worse.")

    page = as_reviewer.get(address(yoga))

    assert len(versions(page)) == 2
    assert "Bring this version back" not in words(page)
    assert as_reviewer.post(address(yoga, yoga.history.last())).status_code == 403
    assert yoga.draft_under_way is None


def test_asks_before_it_replaces_a_draft(as_curator, carol, rita):
    yoga = released(exercise("yoga"), carol, rita, purpose="Worse.")
    draft = drafted(yoga, carol, purpose="Under way.")
    version = yoga.history.last()

    asked = as_curator.post(address(yoga, version))

    assert asked.status_code == 409
    assert "A draft is under way, edited last by Carol (16 March 2026, 12:00)." in words(asked)
    assert f"was Under way. now {version.entry['purpose']}" in words(asked)
    seen = Exercise.desk.get(pk=draft.pk).version
    drafted(yoga, carol, purpose="Later still.")
    assert as_curator.post(address(yoga, version), {"replace": seen}).status_code == 409
    assert Exercise.desk.get(pk=draft.pk).purpose == "Later still."
    assert as_curator.post(address(yoga, version), {"replace": seen + 1}).status_code == 302
    assert Exercise.desk.get(pk=draft.pk).purpose == version.entry["purpose"]


def recorded(row, **changes):
    """Return the oldest version of a row, with its entry as it might have been kept."""
    version = row.history.last()
    version.entry = {**version.entry, **changes} if changes else None
    version.save()
    return version


@pytest.mark.parametrize(
    ("slug", "changes", "sentence"),
    [
        ("yoga", {"doses": [{"source": "gone", "name": "yoga"}]}, "not here any more: source gone."),
        ("yoga", {"swap": "gone", "successor": "too"}, "not here any more: exercise gone, exercise too."),
        ("yoga", {}, "What this version said was not kept."),
        ("yoga", {"unit": "miles"}, "This version is not what the catalogue allows today."),
    ],
)
def test_refuses_whole_what_cannot_come_back(as_curator, carol, rita, slug, changes, sentence):
    row = released(exercise(slug), carol, rita, purpose="Worse.")
    version = recorded(row, **changes)

    page = as_curator.post(address(row, version))

    assert page.status_code == 422
    assert sentence in words(page)
    assert row.draft_under_way is None
    assert row.history.count() == 2


def test_refuses_a_rung_that_is_gone_or_not_safe_any_more(as_curator, carol, rita):
    ladder = Ladder.objects.get(slug="front-plank")
    rungs = entry_of(ladder)["rungs"]
    released(ladder, carol, rita, name="Plank")
    for rung, sentence in (
        ({**rungs[0], "cap": 300}, "not what the catalogue allows today"),
        ({**rungs[0], "exercise": "gone"}, "not here any more: exercise gone."),
    ):
        page = as_curator.post(address(ladder, recorded(ladder, rungs=[rung])))

        assert page.status_code == 422
        assert sentence in words(page)
    assert ladder.draft_under_way is None


def test_fills_what_is_newer_than_a_version_with_what_is_stored(as_curator, carol, rita):
    yoga = released(exercise("yoga"), carol, rita, purpose="Worse.", muscles="all of them")
    version = yoga.history.last()
    kept = {name: value for name, value in version.entry.items() if name not in {"muscles", "merged"}}
    dose = {**kept["doses"][0], "former": 1}
    del dose["remark"]
    version.entry = {**kept, "former": "gone", "doses": [dose]}
    version.save()

    assert as_curator.post(address(yoga, version)).status_code == 302

    draft = yoga.draft_under_way
    assert (draft.muscles, draft.purpose) == ("all of them", version.entry["purpose"])
    assert "former" not in draft.entry
    assert draft.doses.get().remark == ""


def test_a_draft_of_something_new_takes_its_earlier_version(as_curator, carol):
    new = Exercise(slug="new", name="New", state=State.DRAFT)
    for purpose in ("First.", "Second."):
        entry = {**entry_of(exercise("yoga")), "slug": "new", "name": "New", "purpose": purpose}
        write_entry(new, entry, reason="Edited.", by=carol)

    page = as_curator.post(address(new, new.history.last()))

    assert page["Location"] == f"/admin/exercises/exercise/{new.pk}/change/"
    new.refresh_from_db()
    assert (new.purpose, new.state) == ("First.", State.DRAFT)


def test_a_source_reads_like_its_earlier_version_at_once(as_curator, carol):
    source = Source.objects.get(slug="C")
    title = source.title
    write_entry(source, {**entry_of(source), "title": "Worse"}, reason=REASON, by=carol)
    assert "Title was" in versions(as_curator.get(address(source)))[0]

    page = as_curator.post(address(source, source.history.last()), follow=True)

    assert "reads as on" in words(page)
    source.refresh_from_db()
    newest = source.history.first()
    assert source.title == newest.title == title
    assert (newest.history_user, newest.history_change_reason) == (
        carol,
        "An earlier version was brought back.",
    )


def test_a_version_of_another_row_is_not_found(as_curator):
    version = exercise("bird-dog").history.first()

    assert as_curator.post(address(exercise("yoga"), version)).status_code == 404
