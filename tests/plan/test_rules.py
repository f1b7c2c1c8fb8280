from __future__ import annotations

import gzip

from django.urls import reverse

from backpain.coach.rules import RULES


def test_lists_every_rule_with_threshold_support_and_sources(as_alice):
    html = as_alice.get(reverse("rules")).content.decode()

    for rule in RULES:
        assert f'id="rule-{rule.id}"' in html
    assert "Two good sessions in a row at the target earn one step." in html
    assert "More than 1.3 times the longest run of the 30 days before" in html
    assert 'href="https://doi.org/10.1136/bjsports-2024-109380"' in html
    assert "strong: a guideline or several trials" in html


def test_has_an_anchor_for_every_id_a_reason_may_name(as_alice):
    html = as_alice.get(reverse("rules")).content.decode()

    for rule in ("A-2", "A-3", "R-14", "L-9"):
        assert html.count(f'id="rule-{rule}"') == 1


def test_is_open_to_everybody_signed_in(as_bob, as_carol):
    assert as_bob.get(reverse("rules")).status_code == 200
    assert as_carol.get(reverse("rules")).status_code == 200


def test_nobody_is_asked_to_sign_in(client, db):
    assert "/accounts/login/" in client.get(reverse("rules")).url


def test_stays_within_the_weight_of_a_page(as_alice):
    assert len(gzip.compress(as_alice.get(reverse("rules")).content)) < 15_000
