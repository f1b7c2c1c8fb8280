"""Drafts at the desk: who sees which buttons, what a saving writes, and what two people do at the same time."""

import html
import re

import pytest
from django.contrib.auth import get_user

from backpain.accounts.roles import Role
from backpain.exercises import publishing
from backpain.exercises.curated import State
from backpain.exercises.models import Article, Dose, Exercise, Ladder, Rung, Source
from backpain.plan.models import Placement
from tests.conftest import NOON, signed_in
from tests.exercises.forms import fields_of
from tests.factories import UserFactory, appointed

ROWS = [(Exercise, "forearm-plank"), (Ladder, "front-plank"), (Article, "weak-deep-core")]


def address(row, page="change"):
    return f"/admin/exercises/{row._meta.model_name}/{row.pk}/{page}/"


def words(response):
    """Return what a page says: without tags, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def drafted(client, model, slug):
    """Return the draft of a row after somebody has pressed Edit."""
    row = model.objects.get(slug=slug)
    client.post(address(row, "edit"))
    return model.desk.get(draft_of=row)


def form_of(client, draft):
    return fields_of(client.get(address(draft)), f"{draft._meta.model_name}_form")


def save(client, draft, form, **typed):
    return client.post(address(draft), form | {name: [value] for name, value in typed.items()})


def review(client, draft, **more):
    draft.refresh_from_db()
    return client.post(address(draft, "review"), {"seen": draft.version, **more})


def publish(client, draft, **more):
    draft.refresh_from_db()
    return client.post(address(draft, "publish"), {"seen": draft.version, **more})


@pytest.fixture
def as_dora(catalogue):
    """Dora, another curator."""
    return signed_in(appointed("dora", Role.CURATOR))


@pytest.fixture
def plank(as_curator):
    """The draft of the forearm plank that Carol has begun."""
    return drafted(as_curator, Exercise, "forearm-plank")


# What is in use


@pytest.mark.parametrize(("model", "slug"), ROWS)
def test_what_is_in_use_is_only_read(as_curator, model, slug):
    row = model.objects.get(slug=slug)
    page = as_curator.get(address(row))

    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    for button in ("Edit", "Preview", "Versions"):
        assert button in words(page)
    assert as_curator.post(address(row), {"name": "Carol's"}).status_code == 422
    assert as_curator.get(address(row, "delete")).status_code == 403
    assert as_curator.post(address(row, "delete"), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_says_how_many_runners_use_a_row_and_nothing_about_them(as_curator, alice, bob):
    rung = Rung.objects.get(exercise__slug="forearm-plank")
    for runner in (alice, bob):
        Placement.objects.create(
            runner=runner,
            ladder=rung.ladder,
            exercise=rung.exercise,
            sets=2,
            target=20,
            unit=rung.unit,
            from_on=NOON.date(),
        )
    Placement.objects.filter(runner=bob).update(ended_on=NOON.date())

    for row in (rung.exercise, rung.ladder):
        page = as_curator.get(address(row))
        assert "Used by 1 runner" in words(page)
        assert "alice" not in page.content.decode()
    assert "1 runner" in words(as_curator.get("/admin/exercises/exercise/"))


@pytest.mark.parametrize(("model", "slug"), ROWS)
def test_edit_begins_one_draft_and_leads_to_it(as_curator, as_dora, model, slug):
    row = model.objects.get(slug=slug)

    first = as_curator.post(address(row, "edit"))
    second = as_dora.post(address(row, "edit"))

    draft = model.desk.get(draft_of=row)
    assert first.url == second.url == address(draft)
    assert "Open the draft under way" in words(as_curator.get(address(row)))


def test_a_retired_row_is_edited_again_through_a_draft(as_curator):
    Exercise.objects.filter(slug="yoga").update(state=State.RETIRED, retire=True)
    row = Exercise.objects.get(slug="yoga")

    assert "Retired" in words(as_curator.get(address(row)))
    as_curator.post(address(row, "edit"))
    assert Exercise.desk.get(draft_of=row).retire


# Saving


@pytest.mark.parametrize(("model", "slug"), ROWS)
def test_a_saving_changes_the_draft_only_and_is_one_record(as_curator, as_alice, model, slug):
    draft = drafted(as_curator, model, slug)
    field = {Exercise: "purpose", Ladder: "name", Article: "summary"}[model]
    records, in_use = draft.history.count(), getattr(draft.draft_of, field)

    answer = save(as_curator, draft, form_of(as_curator, draft), **{field: "Carol's words."})

    draft = model.desk.get(pk=draft.pk)
    assert answer.url == address(draft)
    assert (getattr(draft, field), getattr(draft.draft_of, field)) == ("Carol's words.", in_use)
    assert draft.entry[field] == "Carol's words."
    assert (draft.edited_by.name, draft.state) == ("Carol", State.DRAFT)
    assert draft.history.count() == records + 1
    newest = draft.history.first()
    assert (newest.history_user.name, newest.entry[field]) == ("Carol", "Carol's words.")
    pages = ["/exercises/", "/exercises/forearm-plank/", "/learn/", "/learn/weak-deep-core/"]
    assert all("Carol's words." not in words(as_alice.get(page)) for page in pages)


def test_a_form_that_nobody_touched_changes_nothing(as_curator, plank):
    before = plank.entry

    save(as_curator, plank, form_of(as_curator, plank))

    plank.refresh_from_db()
    assert plank.entry == before


def test_something_new_begins_as_a_draft_of_carols(as_curator, as_alice):
    form = fields_of(as_curator.get("/admin/exercises/article/add/"), "article_form")
    typed = {"title": "Sleep", "slug": "sleep", "topic": "habit", "summary": "Rest well.", "body": "Sleep."}
    typed |= {"grade": "limited", "position": "7", "sources": str(Source.objects.get(slug="A").pk)}

    answer = as_curator.post("/admin/exercises/article/add/", form | typed)

    draft = Article.desk.get(slug="sleep")
    assert answer.url == address(draft)
    assert (draft.state, draft.edited_by.name, draft.history.count()) == (State.DRAFT, "Carol", 1)
    assert draft.entry["sources"] == ["A"]
    assert as_alice.get("/learn/sleep/").status_code == 404
    assert "It is new." in words(as_curator.get(address(draft)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"slug": "yoga"}, "There is an exercise with this name in the address."),
        ({"name": "Yoga"}, "There is an exercise with this name."),
    ],
)
def test_something_new_takes_no_name_that_is_taken(as_curator, typed, sentence):
    form = fields_of(as_curator.get("/admin/exercises/exercise/add/"), "exercise_form")
    whole = {"name": "New", "slug": "new", "family": "lunge", "category": "strength", "kind": "reps"}
    whole |= {"unit": "reps", "purpose": "Because.", "how_to": "Step.", "stop_note": "Stop."}

    page = as_curator.post("/admin/exercises/exercise/add/", form | whole | typed)

    assert sentence in words(page)
    assert not Exercise.desk.filter(draft_of=None, state=State.DRAFT).exists()


def test_a_draft_with_a_name_that_is_taken_is_not_reviewed(as_curator, as_reviewer, plank):
    save(as_curator, plank, form_of(as_curator, plank), name="Yoga")

    page = review(as_reviewer, plank)

    assert page.status_code == 422
    assert "Name : Another one has this name." in words(page)


def test_swap_and_successor_are_other_exercises_in_use(as_curator, plank):
    retired = Exercise.objects.get(slug="beetle")
    Exercise.objects.filter(pk=retired.pk).update(state=State.RETIRED)
    page = as_curator.get(address(plank)).content.decode()

    offered = re.search(r'<select name="successor".*?</select>', page, re.DOTALL)[0]
    names = re.findall(r">([^<>]+)</option>", offered)[1:]

    assert names == sorted(names)
    assert "Yoga" in names
    assert not {"Forearm plank", "Beetle"} & set(names)


# What is missing, and what comes next


def test_a_draft_says_what_is_missing_and_leads_to_the_field(as_curator, plank):
    plank.doses.all().delete()
    Exercise.desk.filter(pk=plank.pk).update(figure=None)

    page = as_curator.get(address(plank)).content.decode()

    assert '<a href="#doses-group">Doses</a>: No source is given.' in page
    assert 'id="doses-group"' in page
    assert f'<a href="{address(plank, "figure")}">Figure</a>: There is no figure.' in page


@pytest.mark.parametrize(
    ("role", "state", "has", "has_not"),
    [
        (
            Role.CURATOR,
            "draft",
            ["Throw away", "A reviewer who has not edited it reads it next"],
            ["Mark as"],
        ),
        (Role.CURATOR, "reviewed", ["A reviewer publishes it next"], ["What changes, and why"]),
        (Role.REVIEWER, "draft", ["Mark as reviewed"], ["Throw away", "Save"]),
        (Role.REVIEWER, "reviewed", ["What changes, and why", "Publish"], ["Mark as reviewed", "Save"]),
    ],
)
def test_everybody_has_their_own_buttons(as_curator, role, state, has, has_not):
    draft = drafted(as_curator, Article, "weak-deep-core")
    Article.desk.filter(pk=draft.pk).update(state=state)
    client = as_curator if role is Role.CURATOR else signed_in(appointed("rita", role))

    page = client.get(address(draft))

    said = words(page) + "".join(re.findall(r'value="(Save)"', page.content.decode()))
    assert [text for text in has if text not in said] == []
    assert [text for text in has_not if text in said] == []


def test_two_people_bring_a_draft_into_use(as_curator, as_reviewer, as_alice, plank):
    save(as_curator, plank, form_of(as_curator, plank), purpose="Carol's words.")
    row = Exercise.objects.get(slug="forearm-plank")

    reviewed = review(as_reviewer, plank)
    published = publish(as_reviewer, plank, reason="Plainer.")

    assert (reviewed.url, published.url) == (address(plank), address(row))
    assert row.history.first().history_change_reason == "Plainer."
    assert "Carol's words." in words(as_alice.get("/exercises/forearm-plank/"))
    assert "Reviewed by Rita, " in words(as_curator.get(address(row)))


def test_a_reviewer_sees_what_a_draft_changes(as_curator, as_reviewer, plank):
    save(as_curator, plank, form_of(as_curator, plank), purpose="Carol's words.")

    page = as_reviewer.get(address(plank)).content.decode()

    assert "<del>Trains the deep core muscles" in page
    assert "<ins>Carol&#x27;s words.</ins>" in page


@pytest.mark.parametrize("step", ["review", "publish"])
def test_who_may_not_publish_is_refused(as_curator, as_alice, plank, step):
    assert as_curator.post(address(plank, step), {"seen": plank.version}).status_code == 403
    assert as_alice.post(address(plank, step), {"seen": plank.version}).status_code == 302
    plank.refresh_from_db()
    assert plank.state == State.DRAFT


@pytest.mark.parametrize("step", ["edit", "delete"])
def test_a_reviewer_edits_nothing(as_reviewer, plank, step):
    assert as_reviewer.post(address(plank, step), {"post": "yes"}).status_code == 403
    assert as_reviewer.post(address(plank), {"name": "Rita's"}).status_code == 403
    assert Exercise.desk.get(pk=plank.pk).name == "Forearm plank"


def test_what_cannot_be_reviewed_comes_back_with_why(as_curator, as_reviewer, plank):
    plank.doses.all().delete()

    page = review(as_reviewer, plank)

    assert page.status_code == 422
    assert "This has to be mended first." in words(page)
    assert "Doses : No source is given." in words(page)


def test_what_cannot_be_published_comes_back_with_why_and_the_reason(as_curator, as_reviewer, plank):
    review(as_reviewer, plank)
    Exercise.desk.filter(pk=plank.pk).update(stop_note=" ")

    page = publish(as_reviewer, plank, reason="Plainer.")

    assert page.status_code == 422
    assert "When to stop : This is empty." in words(page)
    assert 'value="Plainer."' in page.content.decode()


def test_a_reason_is_short(as_curator, as_reviewer, plank):
    review(as_reviewer, plank)

    page = publish(as_reviewer, plank, reason="because " * 20)

    assert page.status_code == 422
    assert "Say it in at most 100 letters." in words(page)
    assert "because because" in page.content.decode()


def test_who_edited_a_draft_is_told_to_ask_somebody_else(plank):
    as_sam = signed_in(UserFactory(email="sam@example.org", is_staff=True, is_superuser=True))
    save(as_sam, plank, form_of(as_sam, plank), purpose="Sam's words.")

    page = review(as_sam, plank)

    assert page.status_code == 422
    assert "You have edited this draft. Somebody else has to look at it." in words(page)


def test_a_new_figure_is_looked_at_before_it_is_reviewed(as_curator, as_reviewer, plank):
    other = Exercise.objects.get(slug="bird-dog").figure
    Exercise.desk.filter(pk=plank.pk).update(figure=other, figure_reviewed=False)

    assert "I have looked at the figure pose by pose" in words(as_reviewer.get(address(plank)))
    assert review(as_reviewer, plank).status_code == 422
    assert review(as_reviewer, plank, figure_looked_at="on").status_code == 302
    assert "I have looked at the figure pose by pose" not in words(as_reviewer.get(address(plank)))


@pytest.mark.parametrize("step", [review, publish])
def test_nobody_passes_what_they_have_not_seen(as_curator, as_reviewer, plank, step):
    if step is publish:
        review(as_reviewer, plank)
    seen = plank.version
    plank.refresh_from_db()
    Exercise.desk.filter(pk=plank.pk).update(version=plank.version + 1)

    page = as_reviewer.post(address(plank, step.__name__), {"seen": seen})

    assert page.status_code == 422
    assert "It was saved since you opened this page." in words(page)


# Throwing away


def test_a_draft_is_thrown_away_after_a_question(as_curator, plank):
    question = as_curator.get(address(plank, "delete"))
    answer = as_curator.post(address(plank, "delete"), {"post": "yes"})

    assert "Throw away the draft of Forearm plank? What is in use stays as it is." in words(question)
    assert answer.url == "/admin/exercises/exercise/"
    assert not Exercise.desk.filter(pk=plank.pk).exists()
    assert Exercise.objects.get(slug="forearm-plank").state == State.PUBLISHED
    last = Exercise.history.filter(id=plank.pk).first()
    assert (last.history_type, last.history_user.name) == ("-", "Carol")


def test_a_draft_that_another_draft_needs_is_not_thrown_away(as_curator):
    new = Exercise.objects.create(
        slug="new", name="New", family="lunge", category="strength", kind="reps", unit="reps"
    )
    ladder = drafted(as_curator, Ladder, "lunge")
    Rung.desk.create(ladder=ladder, exercise=new, position=9, unit="reps", sets=2, start=8, step=2, cap=12)

    page = as_curator.post(address(new, "delete"), {"post": "yes"})

    assert "New cannot be thrown away: these name it. Ladder: Lunge" in words(page)
    assert Exercise.desk.filter(pk=new.pk).exists()


# Two at a time


def test_the_second_to_save_sees_both_versions_and_loses_nothing(as_curator, as_dora, plank):
    carols, doras = form_of(as_curator, plank), form_of(as_dora, plank)
    save(as_curator, plank, carols, purpose="Carol's words.")

    page = save(as_dora, plank, doras, purpose="Dora's words.", muscles="trunk")

    said = words(page)
    assert "Somebody has saved this draft since you opened it" in said
    assert "Stored by Carol, " in said
    assert "Carol's words." in said and "trunk" in said
    assert Exercise.desk.get(pk=plank.pk).purpose == "Carol's words."
    again = fields_of(page, "exercise_form")
    assert (again["purpose"], again["muscles"]) == (["Dora's words."], ["trunk"])

    assert save(as_dora, plank, again).status_code == 302
    stored = Exercise.desk.get(pk=plank.pk)
    assert (stored.purpose, stored.muscles) == ("Dora's words.", "trunk")


def test_doses_that_two_people_changed_are_shown_and_saved_too(as_curator, as_dora, plank):
    carols, doras = form_of(as_curator, plank), form_of(as_dora, plank)
    assert [carols[f"doses-{row}-source"] for row in (0, 1)] == [[_source("A")], [_source("E")]]
    added = {key: [""] for key in [f"doses-2-{name}" for name in _fields_of_a_dose()]}
    added |= {"doses-2-source": [_source("B")], "doses-2-name": ["plank"], "doses-TOTAL_FORMS": ["3"]}
    save(as_curator, plank, carols | added, **{"doses-0-high": "45", "doses-1-DELETE": "on"})

    page = save(as_dora, plank, doras, **{"doses-0-high": "40", "doses-1-remark": "Held still."})

    said = words(page)
    assert "plank (A): To 45 40" in said
    assert "plank (B) Source: B: Back Pain When Running" in said
    assert "Dose Source: E: Are you a Runner with Back Pain? Read This Name there: plank" in said
    again = fields_of(page, "exercise_form")
    assert save(as_dora, plank, again).status_code == 302
    stored = {each.source.slug: each for each in Dose.objects.filter(exercise=plank)}
    assert sorted(stored) == ["A", "E"]
    assert (stored["A"].high, stored["E"].remark) == (40, "Held still.")


def _source(slug):
    return str(Source.objects.get(slug=slug).pk)


def _fields_of_a_dose():
    return "id number sets_min sets_max low high unit hold_s_min hold_s_max remark".split()


def test_rungs_that_two_people_changed_are_shown_and_saved_too(as_curator, as_dora):
    ladder = drafted(as_curator, Ladder, "quadruped")
    carols, doras = form_of(as_curator, ladder), form_of(as_dora, ladder)
    save(as_curator, ladder, carols, **{"rungs-0-DELETE": "on"})

    page = save(as_dora, ladder, doras, **{"rungs-1-cap": "14"})

    assert "Somebody has saved this draft since you opened it" in words(page)
    again = fields_of(page, "ladder_form")
    assert save(as_dora, ladder, again).status_code == 302
    order = ladder.rungs.order_by("position").values_list("exercise__slug", "cap")
    assert [*order] == [("quadruped-limb-raises", 12), ("bird-dog", 14)]


def test_a_review_meanwhile_is_shown_too_and_void_after_saving(as_curator, as_reviewer, plank):
    form = form_of(as_curator, plank)
    review(as_reviewer, plank)

    page = save(as_curator, plank, form)
    assert "Rita, " in words(page) and "reads like what you typed" in words(page)
    save(as_curator, plank, fields_of(page, "exercise_form"))

    plank.refresh_from_db()
    assert (plank.state, plank.reviewed_by) == (State.DRAFT, None)


@pytest.mark.parametrize("end", ["published", "thrown away"])
def test_what_was_typed_into_a_draft_that_is_no_more_comes_back(as_curator, as_reviewer, plank, end):
    form = form_of(as_curator, plank)
    if end == "published":
        review(as_reviewer, plank)
        publish(as_reviewer, plank)
    else:
        publishing.discard(draft=plank, by=get_user(as_reviewer))

    page = save(as_curator, plank, form, purpose="Carol's words.")

    assert page.status_code == 422
    assert "Nothing of yours is stored." in words(page)
    assert "Carol's words." in words(page)


# Preview


@pytest.mark.parametrize(("model", "slug"), ROWS)
def test_the_preview_shows_the_draft_as_runners_will_see_it(as_curator, as_alice, model, slug):
    draft = drafted(as_curator, model, slug)
    field = {Exercise: "purpose", Ladder: "name", Article: "summary"}[model]
    save(as_curator, draft, form_of(as_curator, draft), **{field: "Carol's words."})

    frame = as_curator.get(address(draft, "preview"))
    page = as_curator.get(address(draft, "preview/page"))

    assert f'src="{address(draft, "preview/page")}"' in frame.content.decode()
    assert "Carol's words." in words(page)
    assert as_alice.get(address(draft, "preview/page")).status_code == 302


def test_the_preview_of_a_draft_has_the_ladders_and_doses_of_its_exercise(as_curator, plank):
    page = words(as_curator.get(address(plank, "preview/page")))

    assert "Ladder: Front plank" in page
    assert "Plans here" in page
    assert "20–30 seconds" in page


def test_only_the_preview_is_framed(as_curator, plank):
    policies = {page: as_curator.get(address(plank, page)) for page in ("change", "preview", "preview/page")}

    frames = {page: "frame-src 'self'" in _policy(answer) for page, answer in policies.items()}
    framed = {page: "frame-ancestors 'self'" in _policy(answer) for page, answer in policies.items()}
    headers = {page: answer["X-Frame-Options"] for page, answer in policies.items()}
    assert frames == {"change": False, "preview": True, "preview/page": False}
    assert framed == {"change": False, "preview": False, "preview/page": True}
    assert headers == {"change": "DENY", "preview": "DENY", "preview/page": "SAMEORIGIN"}
    assert all("default-src 'none'" in _policy(answer) for answer in policies.values())


def _policy(answer):
    return answer["Content-Security-Policy"]
