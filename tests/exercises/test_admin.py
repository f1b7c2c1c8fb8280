"""The curators' desk: its lists, its forms, its sources, and who it is closed to."""

import html
import re

import pytest
from django.contrib.admin import site
from django.contrib.auth import get_user

from backpain.exercises import publishing
from backpain.exercises.models import Article, Exercise, Ladder, Source
from tests.conftest import NOON, signed_in
from tests.exercises.forms import fields_of
from tests.factories import UserFactory

MODELS = ["article", "exercise", "ladder", "source"]


def words(response):
    """Return what a page says: without tags, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def names(page):
    """Return the names in the first column of a list."""
    column = re.findall(r'<th class="field-(?:name|title|slug)">(.*?)</th>', page.content.decode(), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in column]


@pytest.fixture
def yoga(as_curator):
    """A draft of yoga, and what its form holds."""
    row = Exercise.objects.get(slug="yoga")
    draft = publishing.start_draft(of=row, by=get_user(as_curator), now=NOON)
    address = f"/admin/exercises/exercise/{draft.pk}/change/"
    return address, fields_of(as_curator.get(address), "exercise_form")


def _new_exercise():
    like = {"family": "lunge", "category": "strength", "kind": "reps", "unit": "reps"}
    return Exercise.objects.create(slug="new", name="New", **like)


# Lists


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_searches(as_curator, model):
    assert as_curator.get(f"/admin/exercises/{model}/").status_code == 200
    assert as_curator.get(f"/admin/exercises/{model}/?q=plank").status_code == 200


def test_lists_a_draft_beside_what_it_replaces(as_curator, yoga):
    count = Exercise.objects.count()
    _new_exercise()

    page = as_curator.get("/admin/exercises/exercise/")

    assert len(names(page)) == count + 1
    assert names(page).count("Yoga") == 1
    row = re.search(r">Yoga</a></th>.*?</tr>", page.content.decode(), re.DOTALL)[0]
    assert f'<a href="{yoga[0]}">draft</a>' in row


@pytest.mark.parametrize(
    ("state", "found"), [("draft", ["New", "Yoga"]), ("reviewed", []), ("retired", ["Beetle"])]
)
def test_finds_rows_by_their_state_or_their_drafts(as_curator, yoga, state, found):
    _new_exercise()
    Exercise.objects.filter(slug="beetle").update(state="retired")

    assert names(as_curator.get(f"/admin/exercises/exercise/?state={state}")) == found


@pytest.mark.parametrize("model", [Exercise, Ladder, Article])
def test_lists_without_a_query_for_each_row(as_curator, django_assert_num_queries, model):
    most = {Exercise: 7, Ladder: 6, Article: 7}[model]
    carol = get_user(as_curator)
    for row in model.objects.all()[:4]:
        publishing.start_draft(of=row, by=carol, now=NOON)
    model.objects.update(reviewed_by=carol, reviewed_at=NOON)
    as_curator.get("/admin/")  # the first request of a day also renews the sign-in

    with django_assert_num_queries(most):
        as_curator.get(f"/admin/exercises/{model._meta.model_name}/")


@pytest.mark.parametrize("model", MODELS)
def test_deletes_nothing_in_bulk(as_curator, model):
    page = as_curator.get(f"/admin/exercises/{model}/")

    assert "delete_selected" not in page.content.decode()


def test_finds_an_exercise_by_its_name_in_a_source(as_curator):
    assert names(as_curator.get("/admin/exercises/exercise/?q=Romanian")) == ["Single-leg deadlift"]


# Forms


def test_refuses_a_seventh_step(as_curator, yoga):
    address, form = yoga

    page = as_curator.post(address, form | {"how_to": ["Breathe.\n" * 7]})

    assert "Use at most 6 steps, one a line." in words(page)


def test_refuses_half_a_dose(as_curator, yoga):
    address, form = yoga

    page = as_curator.post(address, form | {"doses-0-low": ["5"]})

    assert "Give from, to (the lower first) and a unit, or none of them." in words(page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"merged": "on", "retire": "on"}, "Say which exercise it is the same as."),
        ({"successor": "plank"}, "A successor belongs to an exercise that is taken out of use."),
        ({"swap": "retired"}, "Select a valid choice."),
    ],
)
def test_refuses_half_a_retirement(as_curator, yoga, typed, sentence):
    address, form = yoga
    Exercise.objects.filter(slug="beetle").update(state="retired")
    slugs = {"plank": "forearm-plank", "retired": "beetle"}
    rows = {word: str(Exercise.objects.get(slug=slug).pk) for word, slug in slugs.items()}

    page = as_curator.post(address, form | {name: [rows.get(word, word)] for name, word in typed.items()})

    assert page.status_code == 200
    assert sentence in words(page)


def test_leaves_the_name_in_the_address_as_it_is(as_curator, yoga):
    address, form = yoga

    as_curator.post(address, form | {"slug": ["stretching"]})

    assert Exercise.desk.filter(slug="yoga").count() == 2


# Sources


def test_a_source_knows_who_changed_it(as_curator):
    source = Source.objects.get(slug="A")
    address = f"/admin/exercises/source/{source.pk}/change/"
    form = fields_of(as_curator.get(address), "source_form")

    as_curator.post(address, form | {"remark": ["Read again."]})

    newest = source.history.first()
    assert (newest.remark, newest.history_user.name) == ("Read again.", "Carol")


def test_a_source_in_use_is_kept(as_curator):
    source = Source.objects.get(slug="A")
    address = f"/admin/exercises/source/{source.pk}/delete/"

    page = as_curator.post(address, {"post": "yes"})

    assert "Forearm plank" in words(page)
    assert Source.objects.filter(slug="A").exists()


def test_a_source_that_only_an_article_names_is_kept_too(as_curator):
    source = Source.objects.create(slug="Z", title="New")
    article = Article.objects.get(slug="weak-deep-core")
    article.sources.add(source)
    address = f"/admin/exercises/source/{source.pk}/delete/"

    page = as_curator.post(address, {"post": "yes"})
    assert article.title in words(page)
    article.sources.remove(source)
    as_curator.post(address, {"post": "yes"})

    assert not Source.objects.filter(slug="Z").exists()
    assert Source.history.filter(slug="Z").first().history_user.name == "Carol"


# Who it is closed to


def test_knows_no_model_of_a_runners_health():
    near_runners = {
        model._meta.label
        for model in site._registry
        if model._meta.app_label in {"plan", "training", "insights", "reports"}
    }

    assert near_runners == {"plan.Ruleset"}  # holds thresholds, and what made-up runners would be told


@pytest.mark.parametrize("address", ["/admin/", "/admin/exercises/ladder/", "/admin/exercises/exercise/add/"])
def test_is_closed_to_runners(as_alice, catalogue, address):
    assert as_alice.get(address).status_code == 302


def test_is_closed_to_staff_without_a_role(catalogue):
    client = signed_in(UserFactory(email="dave@example.org", is_staff=True))

    assert client.get("/admin/exercises/ladder/").status_code == 403
