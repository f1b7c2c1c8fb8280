from __future__ import annotations

import gzip
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from backpain.coach.rules import RULES
from backpain.coach.thresholds import SHIPPED
from backpain.plan.words.chapters import CONFLICTS, chapters
from backpain.plan.words.references import references


def test_lists_every_rule_with_threshold_support_and_sources(as_alice):
    html = as_alice.get(reverse("rules")).content.decode()

    for rule in RULES:
        assert html.count(f'id="{rule.id}"') == 1
    assert "Two good sessions in a row at the target earn one step." in html
    assert "More than 1.3 times the longest run of the 30 days before" in html
    assert 'href="https://doi.org/10.1136/bjsports-2024-109380"' in html
    assert "strong: a guideline or several trials" in html


def test_has_an_anchor_for_every_id_a_reason_may_name(as_alice):
    html = as_alice.get(reverse("rules")).content.decode()

    for rule in ("A-2", "A-3", "R-14", "L-9"):
        assert html.count(f'id="{rule}"') == 1


def test_every_link_inside_the_book_leads_somewhere(as_alice):
    html = as_alice.get(reverse("rules")).content.decode()
    links = set(re.findall(r'href="#([^"]+)"', html)) - {"main"}

    assert {"chapter-W", "conflicts", "W-1b", "E-7"} <= links
    assert [link for link in links if html.count(f'id="{link}"') != 1] == []


def test_groups_rules_by_subject_in_the_order_of_their_ids():
    book = chapters()

    assert [chapter.letter for chapter in book][:3] == ["A", "R", "W"]
    persistence = next(chapter for chapter in book if chapter.letter == "W")
    ids = [rule.id for rule in persistence.rules]
    assert ids[:6] == ["W-1a", "W-1b", "W-1c", "W-1d", "W-2", "W-3"]
    assert ids[-2:] == ["W-10", "W-12"] or ids[-3:] == ["W-10", "W-11", "W-12"]
    assert {rule.id for chapter in book for rule in chapter.rules} >= {rule.id for rule in RULES}


def test_a_changed_threshold_changes_the_book():
    book = {
        rule.id: rule for chapter in chapters(replace(SHIPPED, load_moderate=1.2)) for rule in chapter.rules
    }

    assert "More than 1.2 times" in book["L-1"].threshold


def test_says_how_disagreements_of_the_sources_end(as_alice):
    html = as_alice.get(reverse("rules")).content.decode()

    assert "Why strength work on two or three days a week" in html
    assert "Why a bird dog is held for 10 seconds at most" in html
    assert "Why no scan is suggested" in html
    assert "computer simulation of eight healthy adults" in html
    assert "puts this off to day 28 and no further" in html


@pytest.mark.parametrize("conflict", CONFLICTS, ids=lambda conflict: str(conflict.title))
def test_a_disagreement_names_its_sources(conflict):
    assert [source.id for source in conflict.sources] == list(conflict.source_ids)


@pytest.mark.parametrize(
    ("id_", "url"),
    [
        ("C15", "https://doi.org/10.1136/bjsports-2024-109380"),
        ("C34", "https://pmc.ncbi.nlm.nih.gov/articles/PMC2483884/"),
        ("C48", "https://www.nice.org.uk/guidance/ng59"),
        ("C10", ""),
    ],
)
def test_a_source_links_to_what_its_reference_names(id_, url):
    assert references()[id_].url == url


def test_is_open_to_everybody_signed_in(as_bob, as_carol):
    assert as_bob.get(reverse("rules")).status_code == 200
    assert as_carol.get(reverse("rules")).status_code == 200


def test_nobody_is_asked_to_sign_in(client, db):
    assert "/accounts/login/" in client.get(reverse("rules")).url


def test_stays_within_the_weight_of_a_page(as_alice):
    assert len(gzip.compress(as_alice.get(reverse("rules")).content)) < 15_000
