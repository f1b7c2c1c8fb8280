"""Texts of the catalogue in another language: translated in a draft, shown once published, English otherwise."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from backpain import settings as our_settings
from backpain.accounts.roles import Role
from backpain.exercises import publishing
from backpain.exercises.actions import load_catalogue
from backpain.exercises.curated import State
from backpain.exercises.models import Article, Exercise, Ladder
from backpain.exercises.queries import entry_of
from backpain.exercises.shipped import shipped_entries
from backpain.exercises.translations import Standing, check_translations, standings, with_words
from backpain.simulation.demo import demo_history
from backpain.training.review import lock, review
from backpain.training.store import store_history
from tests.conftest import NOON
from tests.factories import appointed

pytestmark = pytest.mark.usefixtures("catalogue", "german")
GERMAN = {"accept-language": "de"}
MISSING = "/admin/exercises/missing/de/"
PAGES_WITH_NAMES = ["/", "/plan/", "/sessions/new/", "/progress/"]


@pytest.fixture
def german(settings):
    settings.LANGUAGES = [("en", "English"), ("de", "German")]


@pytest.fixture
def rita(catalogue):
    """A reviewer."""
    return appointed("rita", Role.REVIEWER)


def exercise(slug="forearm-plank"):
    return Exercise.objects.get(slug=slug)


def speaks(row, **texts):
    """Write German texts into a row as if they had been published."""
    row.translations = with_words(row, "de", texts, looked_at=[])
    row.save()
    return row


def address(row):
    return f"/admin/exercises/{row._meta.model_name}/{row.pk}/translate/de/"


def form(row, **typed):
    """Return what the form of a row posts: what is stored, with this typed over it."""
    stored = {k: v for k, v in row.translations.get("de", {}).items() if k != "of"}
    return {"seen": f"{row.pk}.{row.version}", **stored, **typed}


def text(response):
    return response.content.decode()


def draft_of(row):
    return type(row).desk.get(draft_of=row)


# What runners see


def test_an_exercise_is_shown_in_german_where_it_is_translated(as_alice):
    speaks(
        exercise(),
        name="Unterarmstütz",
        purpose="Kräftigt die Körpermitte.",
        how_to="Stütz dich auf.\nHalte den Bauch fest.",
        stop_note="Wenn es sticht.",
        muscles="Bauch",
    )

    page = text(as_alice.get("/exercises/forearm-plank/", headers=GERMAN))

    for words in ("Unterarmstütz", "Kräftigt", "Halte den Bauch fest.", "Wenn es sticht.", "Bauch"):
        assert words in page
    assert exercise().mistakes.splitlines()[0] in page  # not translated
    assert exercise().purpose not in page


def test_what_to_do_and_when_to_stop_are_in_english_while_the_translation_is_older(as_alice):
    speaks(exercise(), name="Unterarmstütz", how_to="Stütz dich auf.", stop_note="Wenn es sticht.")
    Exercise.objects.filter(pk=exercise().pk).update(stop_note="Stop at once.")

    page = text(as_alice.get("/exercises/forearm-plank/", headers=GERMAN))

    assert "Stop at once." in page and "Wenn es sticht." not in page
    assert "Stütz dich auf." in page and "Unterarmstütz" in page


def test_everybody_else_reads_english(as_alice):
    speaks(exercise(), name="Unterarmstütz")

    assert "Unterarmstütz" not in text(as_alice.get("/exercises/forearm-plank/"))
    assert "Unterarmstütz" not in text(
        as_alice.get("/exercises/forearm-plank/", headers={"accept-language": "fr"})
    )


def test_the_catalogue_is_in_german_and_is_searched_in_both(as_alice):
    speaks(exercise(), name="Unterarmstütz", muscles="Rumpf")
    speaks(Ladder.objects.get(slug="front-plank"), name="Vorderer Stütz")

    def found(words):
        return text(as_alice.get(f"/exercises/?q={words}", headers=GERMAN))

    page = text(as_alice.get("/exercises/", headers=GERMAN))
    assert "Unterarmstütz" in page and "Vorderer Stütz" in page
    assert all("Unterarmst" in found(words) for words in ("unterarm", "rumpf", "forearm"))
    assert "Unterarmst" not in found("zebra")
    assert "Forearm plank" not in text(as_alice.get("/exercises/?q=unterarm"))


def test_an_article_is_shown_in_german(as_alice):
    article = Article.objects.get(slug="weak-deep-core")
    speaks(
        article, title="Schwache Mitte", summary="In einem Satz.", body="Erster.\nZweiter.", limits="Vieles."
    )

    page, learn = (text(as_alice.get(url, headers=GERMAN)) for url in ("/learn/weak-deep-core/", "/learn/"))

    assert all(words in page for words in ("Schwache Mitte", "In einem Satz.", "Zweiter.", "Vieles."))
    assert "Schwache Mitte" in learn and "In einem Satz." in learn
    assert article.title not in page and article.title not in learn


def test_the_log_names_exercises_and_ladders_in_german(alice, as_alice, at_noon):
    for each in [*Exercise.objects.all(), *Ladder.objects.all()]:
        speaks(each, name=f"Übung {each.slug}")
    store_history(runner=alice, history=demo_history(until=NOON.date(), time_zone="UTC", seed=1), now=NOON)
    advice = review(runner=lock(alice), now=NOON)
    offered = advice.upward_moves[0].to.exercise
    placement = alice.placements.in_force().select_related("ladder", "exercise").first()

    pages = {url: text(as_alice.get(url, headers=GERMAN)) for url in PAGES_WITH_NAMES}

    assert f"Übung {offered}" in pages["/"] or f"übung {offered}" in pages["/"]
    assert all(f"Übung {placement.exercise.slug}" in page for url, page in pages.items() if url != "/")
    assert f"Übung {placement.ladder.slug}" in pages["/plan/"]
    for url, page in pages.items():
        assert placement.exercise.name not in page, url


def test_another_language_costs_no_query(as_alice):
    speaks(exercise(), name="Unterarmstütz")
    as_alice.get("/")  # the first request of a day also renews the sign-in

    for url in (
        "/exercises/",
        "/exercises/?by=purpose",
        "/exercises/forearm-plank/",
        "/learn/",
        "/learn/weak-deep-core/",
    ):
        with CaptureQueriesContext(connection) as in_english:
            as_alice.get(url)
        with CaptureQueriesContext(connection) as in_german:
            as_alice.get(url, headers=GERMAN)
        assert len(in_german) == len(in_english), url


def test_files_read_the_same_in_every_language():
    rows = [speaks(exercise(), name="Unterarmstütz", how_to="Eins.\nZwei."), *Article.objects.all()[:1]]
    english = [entry_of(row) for row in rows]

    with translation.override("de"):
        assert [entry_of(row) for row in rows] == english


def test_a_release_changes_the_english_text_and_keeps_the_translations():
    speaks(exercise(), name="Unterarmstütz")
    entries = shipped_entries()
    next(entry for entry in entries["exercises"] if entry["slug"] == "forearm-plank")["name"] = "Low plank"

    loaded = load_catalogue(entries=entries)

    assert loaded["changed"] == ["exercise forearm-plank"] and not loaded["kept"]
    assert exercise().name == "Low plank"
    assert exercise().translations["de"]["name"] == "Unterarmstütz"
    assert standings(exercise(), "de")["name"] is Standing.OLDER
    assert not load_catalogue(entries=entries)["changed"]


# Translating


def test_a_translation_begins_a_draft_that_runners_do_not_see(as_curator, as_alice):
    row = exercise()
    page = as_curator.get(address(row))

    saved = as_curator.post(address(row), form(row, name="Unterarmstütz", how_to="Eins.\r\n\r\n  Zwei.\r\n"))

    draft = draft_of(row)
    assert row.purpose in text(page)
    assert (saved.status_code, saved["Location"]) == (302, address(draft))
    assert draft.translations["de"]["name"] == "Unterarmstütz"
    assert draft.translations["de"]["how_to"] == "Eins.\nZwei."
    assert (draft.state, draft.edited_by.email) == (State.DRAFT, "carol@example.org")
    assert draft.history.first().history_change_reason == "Translated: German."
    assert exercise().translations == {}
    assert "Unterarmst" not in text(as_alice.get("/exercises/forearm-plank/", headers=GERMAN))


def test_the_history_shows_the_text_and_not_its_mark(as_curator):
    row = exercise()
    as_curator.post(address(row), form(row, name="Unterarmstütz"))
    draft = draft_of(row)

    page = text(as_curator.get(f"/admin/exercises/exercise/{draft.pk}/history/"))

    assert "Name (German)" in page and "Unterarmstütz" in page
    assert draft.translations["de"]["of"]["name"] not in page


def test_a_translation_is_reviewed_and_published_by_somebody_else(as_curator, rita, as_alice):
    row = exercise()
    as_curator.post(address(row), form(row, name="Unterarmstütz"))

    publishing.mark_reviewed(draft=draft_of(row), by=rita, now=NOON)
    publishing.publish(draft=draft_of(row), by=rita, now=NOON, reason="German.")

    assert "Unterarmstütz" in text(as_alice.get("/exercises/forearm-plank/", headers=GERMAN))
    newest = exercise().history.first()
    assert newest.entry["translations"]["de"]["name"] == "Unterarmstütz"


def test_whoever_translated_does_not_review(as_curator):
    row = exercise()
    as_curator.post(address(row), form(row, name="Unterarmstütz"))

    with pytest.raises(publishing.NotAllowed, match="You have edited this draft"):
        publishing.mark_reviewed(draft=draft_of(row), by=draft_of(row).edited_by, now=NOON)


def test_the_page_goes_on_with_the_draft_under_way(as_curator, rita):
    draft = publishing.start_draft(of=exercise(), by=rita, now=NOON)

    assert as_curator.get(address(exercise()))["Location"] == address(draft)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "x" * 81}, "Ensure this value has at most 80 characters"),
        ({"muscles": "x" * 201}, "Ensure this value has at most 200 characters"),
        ({"how_to": "Eins.\n" * 7}, "Use at most 6 steps, one a line."),
        ({"mistakes": "Falsch.\n" * 5}, "Name at most 4 mistakes, one a line."),
        ({"name": "Unter\x00arm"}, "Null characters are not allowed."),
    ],
)
def test_what_breaks_the_limits_of_english_is_refused_and_kept_in_the_form(as_curator, typed, sentence):
    row = exercise()

    page = as_curator.post(address(row), form(row, purpose="Gut für den Rücken.", **typed))

    assert page.status_code == 422
    assert sentence in text(page)
    assert "Gut für den Rücken." in text(page)
    assert row.draft_under_way is None


def test_another_number_of_steps_is_a_warning(as_curator):
    row = exercise()

    as_curator.post(address(row), form(row, how_to="Eins.\nZwei."))
    page = text(as_curator.get(address(draft_of(row))))

    assert f"The English text has {len(row.steps)} lines, this has 2." in page


def test_the_second_of_two_sees_both_versions(as_curator, rita):
    draft = publishing.start_draft(of=exercise(), by=rita, now=NOON)
    opened = form(draft, name="Meine Wörter")
    words = with_words(draft, "de", {"name": "Ritas Wörter"}, looked_at=[])
    publishing.translate(row=draft, translations=words, language="German", by=rita, now=NOON)

    page = as_curator.post(address(draft), opened)

    assert page.status_code == 422
    assert "Somebody has saved this draft since you opened it." in text(page)
    assert "Meine Wörter" in text(page) and "Ritas Wörter" in text(page)
    draft.refresh_from_db()
    assert draft.translations["de"]["name"] == "Ritas Wörter"
    again = as_curator.post(address(draft), form(draft, name="Meine Wörter"))
    assert again.status_code == 302


def test_a_draft_begun_meanwhile_is_not_written_over(as_curator, rita):
    row = exercise()
    opened = form(row, name="Unterarmstütz")
    publishing.start_draft(of=row, by=rita, now=NOON)

    assert as_curator.post(address(row), opened).status_code == 422
    assert draft_of(row).translations == {}


def test_what_was_typed_into_a_draft_that_is_gone_is_given_back(as_curator, rita):
    draft = publishing.start_draft(of=exercise(), by=rita, now=NOON)
    opened, url = form(draft, name="Unterarmstütz"), address(draft)
    publishing.discard(draft=draft, by=rita)

    page = as_curator.post(url, opened)

    assert page.status_code == 422
    assert "Unterarmstütz" in text(page)


def test_saving_nothing_begins_no_draft(as_curator):
    row = speaks(exercise(), name="Unterarmstütz")

    as_curator.post(address(row), form(row))

    assert row.draft_under_way is None


def test_an_emptied_translation_goes(as_curator):
    row = speaks(exercise(), name="Unterarmstütz")

    as_curator.post(address(row), form(row, name=" "))

    assert draft_of(row).translations == {}


@pytest.mark.parametrize("row", [Ladder, Article])
def test_ladders_and_articles_are_translated_too(as_curator, row):
    row = row.objects.order_by("pk").first()
    first = next(iter(standings(row, "de")))

    as_curator.post(address(row), form(row, **{first: "Auf Deutsch"}))

    assert draft_of(row).translations["de"][first] == "Auf Deutsch"


def test_a_reviewer_reads_and_does_not_write(as_reviewer):
    row = speaks(exercise(), name="Unterarmstütz")

    page = text(as_reviewer.get(address(row)))

    assert "Unterarmstütz" in page
    assert "Save in the draft" not in page
    assert as_reviewer.post(address(row), form(row, name="Anders")).status_code == 403
    assert as_reviewer.get(MISSING).status_code == 200


@pytest.mark.parametrize(
    "url", [MISSING, "/admin/exercises/missing/", "/admin/exercises/exercise/1/translate/de/"]
)
def test_is_closed_to_owners_and_runners(as_owner, as_alice, url):
    assert as_owner.get(url).status_code == 403
    assert as_alice.get(url).status_code == 302


# What is missing


def listed(client):
    """Return the rows of the list of what is missing, with no markup."""
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", text(client.get(MISSING)))
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)).strip() for row in rows]


def test_lists_what_is_missing_with_a_link(as_curator):
    row = speaks(
        exercise(), name="Unterarmstütz", purpose="Gut.", how_to="Eins.", stop_note="Stopp.", muscles="Bauch"
    )

    page = text(as_curator.get(MISSING))

    assert "Forearm plank common mistakes –" in listed(as_curator)
    assert f'href="{address(row)}"' in page
    assert f"0 of {Exercise.objects.count()} done" in page


def test_leaves_out_what_is_whole_and_counts_it(as_curator):
    ladder = speaks(Ladder.objects.get(slug="front-plank"), name="Vorderer Stütz")

    assert not any(row.startswith(ladder.name) for row in listed(as_curator))
    assert f"1 of {Ladder.objects.count()} done" in text(as_curator.get(MISSING))


def test_lists_what_is_older_than_the_english_text_until_it_was_compared(as_curator):
    row = speaks(Ladder.objects.get(slug="front-plank"), name="Vorderer Stütz")
    row.name = "Front planks"
    row.save()
    assert "Front planks – name" in listed(as_curator)

    as_curator.post(address(row), form(row))  # only looked in
    assert "Front planks – name" in listed(as_curator)
    as_curator.post(address(row), form(row, looked_at_name="on"))

    assert not any("Front planks" in line for line in listed(as_curator))


def test_lists_a_draft_in_place_of_what_it_is_a_draft_of(as_curator):
    row = Ladder.objects.get(slug="front-plank")
    as_curator.post(address(row), form(row, name="Vorderer Stütz"))

    assert not any(row.name in line for line in listed(as_curator))


def test_a_translation_from_who_knows_which_text_is_to_be_compared():
    row = exercise()
    row.translations = {"de": {"name": "Unterarmstütz"}}

    assert standings(row, "de")["name"] is Standing.OLDER


def test_lists_in_three_queries_more_than_any_page(as_curator, django_assert_num_queries):
    as_curator.get("/admin/")  # the first request of a day also renews the sign-in

    with django_assert_num_queries(7):
        as_curator.get(MISSING)


def test_shows_how_far_each_language_is(as_curator):
    page = text(as_curator.get("/admin/exercises/missing/"))

    assert f'href="{MISSING}"' in page
    assert f"0 of {Article.objects.count()} done" in page


def test_says_how_to_add_a_language(as_curator, settings):
    settings.LANGUAGES = [("en", "English")]

    overview, *others = (
        as_curator.get(url) for url in ("/admin/exercises/missing/", MISSING, address(exercise()))
    )

    assert overview.status_code == 200
    assert [page.status_code for page in others] == [404, 404]
    assert all("LANGUAGES=en,de" in text(page) for page in (overview, *others))


# What a file may bring


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"de": "Unterarmstütz"},
        {"en": {"name": "Plank"}},
        {"xx": {"name": "Plank"}},
        {"de": {"slug": "stuetz"}},
        {"de": {"name": 7}},
        {"de": {"name": "x" * 81}},
        {"de": {"how_to": "Eins.\n" * 7}},
        {"de": {"of": {"name": 1}}},
        {"de": {"of": {"slug": "1"}}},
    ],
)
def test_refuses_translations_no_form_would_let_through(wrong):
    with pytest.raises(ValidationError):
        check_translations(Exercise, wrong)


def test_takes_translations_as_they_are_stored():
    check_translations(Exercise, speaks(exercise(), name="Unterarmstütz", how_to="Eins.").translations)


# The setting


def test_languages_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("LANGUAGES", "en, DE,pt-br,de")

    assert our_settings.languages() == [
        ("en", "English"),
        ("de", "German"),
        ("pt-br", "Brazilian Portuguese"),
    ]


def test_without_the_setting_there_is_english(monkeypatch):
    monkeypatch.delenv("LANGUAGES", raising=False)

    assert our_settings.languages() == [("en", "English")]


@pytest.mark.parametrize(
    ("value", "sentence"), [("en,xx", "'xx'"), ("en,zh-cn", "'zh-cn'"), ("de", "must have en")]
)
def test_a_language_nobody_knows_is_refused(monkeypatch, value, sentence):
    monkeypatch.setenv("LANGUAGES", value)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        our_settings.languages()
