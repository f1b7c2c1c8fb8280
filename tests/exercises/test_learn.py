import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from backpain.exercises.actions import load_catalogue
from backpain.exercises.models import Article, Exercise, Source
from backpain.exercises.page import RULE
from backpain.exercises.queries import article_entry, with_links
from backpain.exercises.shipped import shipped_entries
from backpain.plan.words.chapters import chapters
from backpain.plan.words.references import references

ENTRIES = {entry["slug"]: entry for entry in shipped_entries()["articles"]}
# Every cause and habit of seed-facts.md, its safety rules for reading (S7, S8, S11, S1-S10), and its programme.
ASKED_FOR = {
    "fuel-and-water",
    "hard-surfaces",
    "head-and-upper-back",
    "how-often",
    "no-strength-work",
    "posture",
    "running-form",
    "sitting",
    "sudden-increases",
    "tight-hips",
    "type-of-pain",
    "uneven-sides",
    "weak-deep-core",
    "weak-hips",
    "when-to-see-somebody",
    "worn-shoes",
}
# A fact with a number is nothing without who says so.
FACTS = [
    ("how-common-it-is", "80\u00a0%", "University of Maryland"),
    ("weak-deep-core", "much higher risk", "Ohio State University Wexner Medical Center"),
    ("weak-hips", "running ability", "Medicine & Science in Sports & Exercise"),
]
# What a reader must not miss where sources conflict or say little (rules.md 1).
CAUTIONS = [
    ("how-often", "does not fit with C and D"),
    ("when-to-see-somebody", "that is for them to decide"),
    ("type-of-pain", "No study shows how often this description is right"),
    ("weak-deep-core", "computer model of eight healthy adults"),
    ("hard-surfaces", "this project's choice"),
    ("worn-shoes", "this project's choice"),
    ("sitting", "this project's choice"),
    ("no-strength-work", "this project's choice"),
]
# Names of illnesses, cheering, blame and all-clears.
NEVER = re.compile(
    r"(?i)\b(stress fractures?|fractures?|arthritis|disc|spondyl\w+|sciatica|stenosis|sprain|syndrome|red-s|disease|"
    r"great|well done|congratulations|keep it up|awesome|proud|lazy|fault|careless|should have|"
    r"you are fine|nothing serious|no need to see|don't worry|harmless)\b|!"
)


def texts(entry):
    return [entry["title"], entry["summary"], *entry["body"], entry["limits"]]


def whole(entry):
    return " ".join(texts(entry))


def page(client, slug):
    return client.get(reverse("article", args=[slug])).content.decode()


# What is shipped


def test_has_an_article_for_everything_the_sources_name():
    assert set(ENTRIES) >= ASKED_FOR
    assert {"flare-days", "how-common-it-is"} == set(ENTRIES) - ASKED_FOR


@pytest.mark.parametrize("slug", ENTRIES)
def test_is_short(slug):
    words = " ".join(ENTRIES[slug]["body"]).split()

    assert 120 <= len(words) <= 250


@pytest.mark.parametrize("slug", ENTRIES)
def test_says_in_one_sentence_what_it_is_about(slug):
    summary = ENTRIES[slug]["summary"]

    assert summary.endswith(".")
    assert summary.count(". ") == 0


@pytest.mark.parametrize("slug", ENTRIES)
def test_reads_easily(slug):
    """Sentences of some fifteen words on average, none beyond forty."""
    sentences = re.split(r"[.?!:]\s+", " ".join(ENTRIES[slug]["body"]))
    lengths = [len(sentence.split()) for sentence in sentences]

    assert sum(lengths) / len(lengths) <= 17
    assert max(lengths) <= 40


@pytest.mark.parametrize("slug", ENTRIES)
def test_names_no_illness_and_neither_cheers_nor_blames(slug):
    assert NEVER.findall(whole(ENTRIES[slug])) == []


@pytest.mark.parametrize("slug", ENTRIES)
def test_has_sources_and_says_what_is_not_known(slug):
    entry = ENTRIES[slug]

    assert entry["limits"]
    assert set(entry["sources"]) & set("ABCDE") or slug == "flare-days"


@pytest.mark.parametrize("slug", ENTRIES)
def test_has_every_article_it_speaks_of_among_its_sources(slug):
    entry = ENTRIES[slug]
    phrases = re.findall(r"\b[Aa]rticles? ([A-E](?:(?:, | and )[A-E])*)\b", whole(entry))
    named = {letter for phrase in phrases for letter in re.findall("[A-E]", phrase)}

    assert named <= set(entry["sources"])


@pytest.mark.parametrize("slug", ENTRIES)
def test_says_what_the_app_does_and_names_only_rules_of_the_rule_book(slug):
    known = {rule.id for chapter in chapters() for rule in chapter.rules}
    named = set(RULE.findall(whole(ENTRIES[slug])))

    assert named
    assert named <= known


def test_spells_out_no_threshold_that_a_ruleset_can_change():
    told = " ".join(whole(entry) for entry in ENTRIES.values())

    assert not re.search(r"\b700\b|\b435\b|\bten days\b|\bday 8\b|\bday 14\b", told)


@pytest.mark.parametrize(("slug", "number", "source"), FACTS)
def test_tells_a_fact_together_with_who_says_so(slug, number, source):
    assert any(number in text and source in text for text in ENTRIES[slug]["body"])


@pytest.mark.parametrize(("slug", "caution"), CAUTIONS)
def test_says_where_evidence_is_weak_or_sources_conflict(slug, caution):
    assert caution in whole(ENTRIES[slug])


def test_cites_research_exactly_as_the_rule_book_does():
    cited = {entry["slug"]: entry for entry in shipped_entries()["sources"] if entry["slug"][1:].isdecimal()}

    assert {slug: (entry["title"], entry["url"]) for slug, entry in cited.items()} == {
        slug: (references()[slug].title, references()[slug].url) for slug in cited
    }
    assert set(cited) == {slug for entry in ENTRIES.values() for slug in entry["sources"] if len(slug) > 1}


# Loading


@pytest.mark.usefixtures("catalogue")
def test_loads_every_article_as_it_is_shipped():
    stored = {article.slug: article_entry(article) for article in with_links(Article.objects.all())}

    assert stored == ENTRIES
    for article in Article.objects.all():
        article.full_clean()


@pytest.mark.usefixtures("catalogue")
def test_brings_a_new_text_to_an_article_nobody_edited():
    entries = shipped_entries()
    sitting = next(entry for entry in entries["articles"] if entry["slug"] == "sitting")
    sitting["body"][0] = "New words."
    sitting["exercises"] = ["yoga"]

    assert load_catalogue(entries=entries)["changed"] == ["article sitting"]

    article = Article.objects.get(slug="sitting")
    assert article.paragraphs[0] == "New words."
    assert [exercise.slug for exercise in article.exercises.all()] == ["yoga"]


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("edit", ["words", "links"])
def test_keeps_an_article_a_curator_edited(edit, capsys):
    article = Article.objects.get(slug="sitting")
    if edit == "words":
        Article.objects.filter(pk=article.pk).update(summary="Carol's words.")
    else:
        article.exercises.add(Exercise.objects.get(slug="yoga"))

    call_command("load_catalogue")

    assert "1 kept as curators edited them: article sitting" in capsys.readouterr().out


@pytest.mark.usefixtures("catalogue")
def test_stores_nothing_when_an_article_names_an_unknown_source():
    entries = shipped_entries()
    entries["articles"][0] |= {"title": "New", "sources": ["nowhere"]}

    with pytest.raises(KeyError):
        load_catalogue(entries=entries)

    assert not Article.objects.filter(title="New").exists()


# The pages


@pytest.mark.usefixtures("catalogue")
def test_lists_every_article_by_topic_with_its_sentence(as_alice, django_assert_num_queries):
    as_alice.get("/learn/")
    with django_assert_num_queries(3):  # session, user, articles
        html = as_alice.get("/learn/").content.decode()

    assert re.findall(r'href="/learn/([a-z-]+)/"', html) == list(ENTRIES)
    assert re.findall(r'<h2 id="topic-(\w+)"', html) == ["pain", "cause", "habit", "running", "training"]
    for entry in ENTRIES.values():
        assert entry["summary"].replace("'", "&#x27;") in html


def test_says_so_where_there_are_no_articles(as_alice):
    Article.objects.all().delete()

    assert "There are no articles yet." in as_alice.get("/learn/").content.decode()


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("slug", ENTRIES)
def test_shows_an_article_with_sources_exercises_and_rules(as_alice, slug):
    html, entry = page(as_alice, slug), ENTRIES[slug]

    for text in (entry["title"], entry["summary"], entry["limits"]):
        assert text.replace("'", "&#x27;") in html
    for source in Source.objects.filter(slug__in=entry["sources"]):
        assert f"<b>{source.slug}</b>" in html
        assert not source.url or f'href="{source.url}"' in html
    for exercise in entry["exercises"]:
        assert f'href="/exercises/{exercise}/"' in html
    for rule in RULE.findall(" ".join(entry["body"])):
        assert f'href="/rules/#{rule}"' in html
    assert len(entry["body"]) == len(
        re.findall("<p>", html.partition("<article")[2].partition('id="evidence"')[0])
    )


@pytest.mark.usefixtures("catalogue")
def test_links_of_rules_lead_somewhere(as_alice):
    anchors = set(re.findall(r'<li id="([^"]+)"', as_alice.get("/rules/").content.decode()))

    for slug in ENTRIES:
        assert set(re.findall(r'/rules/#([^"]+)"', page(as_alice, slug))) <= anchors


@pytest.mark.usefixtures("catalogue")
def test_takes_five_queries(as_alice, django_assert_num_queries):
    as_alice.get("/learn/sitting/")
    with django_assert_num_queries(5):  # session, user, article, sources, exercises
        as_alice.get("/learn/sitting/")


@pytest.mark.usefixtures("catalogue")
def test_does_not_know_other_articles(as_alice):
    assert as_alice.get("/learn/nothing/").status_code == 404


@pytest.mark.usefixtures("catalogue")
def test_escapes_what_a_curator_wrote(as_alice):
    Article.objects.filter(slug="sitting").update(body="<b>Sit</b> less.\nSee <i>L-9</i>.")

    html = page(as_alice, "sitting")

    assert "&lt;b&gt;Sit&lt;/b&gt; less." in html
    assert '&lt;i&gt;<a class="rule-id" href="/rules/#L-9">L-9</a>&lt;/i&gt;' in html


@pytest.mark.usefixtures("catalogue")
def test_is_reached_from_the_menu_and_from_the_exercises(as_alice):
    assert 'href="/learn/"' in as_alice.get("/help/when-to-get-help/").content.decode()
    assert as_alice.get("/exercises/").content.decode().count('href="/learn/"') >= 3  # two menus and the page
