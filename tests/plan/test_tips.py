"""The one tip of the day on Today: which it is, that it stays, and that a runner can put it off."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError
from django.urls import reverse

from backpain.coach.decide import decide
from backpain.coach.decision import Decision, Evidence, Reason, Running, Tip, Value, Verdict
from backpain.coach.facts import facts_from
from backpain.coach.rules import TIPS
from backpain.exercises.models import Article
from backpain.exercises.shipped import shipped_entries
from backpain.plan.actions import bring_back_tip, give_advice, put_off_tip
from backpain.plan.models import Advice, TipDismissal
from backpain.plan.wording import explain
from backpain.plan.words.tips import ARTICLES
from tests.coach.conftest import CATALOGUE
from tests.coach.stories import calm
from tests.conftest import NOON, signed_in

DAY = dt.timedelta(days=1)
HX = {"HX-Request": "true"}
WORDS = {
    "L-9": "walk",
    "E-15": "hip or knee strength",
    "H-1": "mix in trail and track",
    "H-2": "Have a look at its sole",
    "H-3": "no strength work in your log",
    "H-4": "much sitting",
}


def decided(*tips, verdict=Verdict.HOLD):
    """A decision with these tips, in the order of the table."""
    values = (Value(what="readings_in_week", value=1),)
    evidence = Evidence(values=values, limits=(("stale_after", 3), ("readings_in_week", 4)))
    ordered = [tip.id for tip in TIPS if tip.id in tips]
    return Decision(
        verdict=verdict,
        reasons=(Reason(rule="M-2", verdict=verdict, grade="engineering", sources=(), evidence=evidence),),
        running=Running(may_run=True, cap_m=None, warning="none"),
        tips=tuple(Tip(rule=rule, evidence=Evidence(values=())) for rule in ordered),
    )


@pytest.fixture
def give(alice):
    """Give Alice advice with these tips, `later` days after 16 March, as a review does."""

    def give(*tips, later=0, verdict=Verdict.HOLD) -> Advice:
        now = NOON + later * DAY
        facts = facts_from(calm().history, now.date(), catalogue=CATALOGUE)
        given = give_advice(
            runner=alice,
            on=now.date(),
            now=now,
            facts=facts,
            decision=decided(*tips, verdict=verdict),
            ruleset="2026.1",
            newest=alice.advice.newest(),
        )
        return alice.advice.get(pk=given.pk)

    return give


def put_off(runner, advice, later=0):
    put_off_tip(runner=runner, advice=advice, now=NOON + later * DAY)


def today(client):
    """Return Today, and the rule of the tip it shows."""
    html = client.get("/").content.decode()
    shown = [rule for rule, words in WORDS.items() if words in tip_card(html)]
    assert len(shown) <= 1
    return html, shown[0] if shown else None


def tip_card(html):
    return html.partition('id="tip"')[2].partition("</section>")[0]


# Which tip


def test_the_first_of_the_table_is_the_tip_of_the_day(give):
    assert give("H-4", "E-15", "H-1").tip == "E-15"


def test_without_a_tip_there_is_none(give):
    assert give().tip == ""


def test_a_day_keeps_its_tip_though_a_more_useful_one_comes(give):
    give("H-4")

    assert give("L-9", "H-4").tip == "H-4"


def test_a_day_without_a_tip_takes_the_first_that_comes(give):
    give()

    assert give("H-2").tip == "H-2"


def test_a_tip_that_is_over_leaves_the_day_without_another(as_alice, give, at_noon):
    give("L-9", "H-4")
    given = give("H-4")  # a run was logged: the walk is no longer asked for

    assert given.tip_of_the_day is None
    assert today(as_alice)[1] is None


def test_the_next_day_chooses_anew(give):
    give("H-4")

    assert give("L-9", "H-4", later=1).tip == "L-9"


def test_an_advice_that_says_the_same_is_given_once(give):
    assert give("H-4") == give("H-4")


# Put off


@pytest.mark.parametrize(("later", "tip"), [(1, "H-4"), (27, "H-4"), (28, "H-1")])
def test_a_tip_put_off_is_silent_for_28_days(alice, give, later, tip):
    put_off(alice, give("H-1", "H-4"))

    assert give("H-1", "H-4", later=later).tip == tip


def test_all_tips_put_off_leave_today_without_any(alice, give):
    put_off(alice, give("H-1"))
    put_off(alice, give("H-1", "H-4", later=1), later=1)

    assert give("H-1", "H-4", later=2).tip == ""


def test_putting_off_twice_is_putting_off_once(alice, give):
    advice = give("H-1")

    put_off(alice, advice)
    put_off(alice, advice)

    assert list(alice.tip_dismissals.values_list("rule", "on")) == [("H-1", dt.date(2026, 3, 16))]


def test_a_tip_put_off_again_keeps_no_older_day(alice, give):
    put_off(alice, give("H-1"))
    put_off(alice, give("H-1", later=28), later=28)

    assert [row.on for row in alice.tip_dismissals.all()] == [dt.date(2026, 4, 13)]


def test_without_a_tip_nothing_is_put_off(alice, give):
    put_off(alice, give())

    assert not TipDismissal.objects.exists()


def test_an_old_page_puts_off_from_the_day_it_is_sent(alice, give):
    old = give("H-1")
    newest = give("H-1", later=1)

    put_off(alice, old, later=1)

    assert alice.advice.newest() == newest
    assert alice.advice.newest().tip_is_put_off


def test_undo_brings_it_back(alice, give):
    advice = give("H-1")
    put_off(alice, advice)

    bring_back_tip(runner=alice, advice=advice, now=NOON)

    assert not alice.advice.newest().tip_is_put_off
    assert give("H-1", later=1).tip == "H-1"


def test_a_stranger_has_tips_of_her_own(alice, bob, give):
    TipDismissal.objects.create(runner=bob, rule="H-1", on=NOON.date())

    assert give("H-1").tip == "H-1"
    assert not alice.advice.newest().tip_is_put_off


def test_putting_a_tip_off_changes_no_advice(alice, give):
    advice = give("H-1", "H-4", verdict=Verdict.REGRESS)
    before = (advice.decision, [reason.text for reason in explain(advice).reasons])

    put_off(alice, advice)

    newest = alice.advice.newest()
    assert (newest.decision, [reason.text for reason in explain(newest).reasons]) == before
    assert [tip.rule for tip in explain(newest).tips] == ["H-1", "H-4"]


def test_the_choice_costs_no_statement_of_its_own(alice, give, django_assert_num_queries):
    put_off(alice, give("H-1", "H-4"))

    with django_assert_num_queries(1):
        newest = alice.advice.newest()
        assert newest.tip_is_put_off
    assert newest.tips_put_off == [("H-1", dt.date(2026, 3, 16))]


# The pages


@pytest.fixture
def on_today(as_alice, give, at_noon):
    return give("E-15", "H-4")


def test_today_shows_one_tip_with_its_article_and_its_rule(as_alice, on_today):
    html, shown = today(as_alice)

    assert shown == "E-15"
    assert 'href="/learn/weak-hips/"' in tip_card(html)
    assert 'href="/rules/#E-15"' in tip_card(html)
    assert WORDS["H-4"] not in html
    assert html.count('id="tip"') == 1


def test_a_tip_without_an_article_leads_to_its_rule(as_alice, give, at_noon):
    give("L-9")

    card = tip_card(as_alice.get("/").content.decode())

    assert "/learn/" not in card
    assert 'href="/rules/#L-9"' in card


def test_not_now_takes_it_away_for_the_day_and_offers_to_undo(as_alice, on_today):
    response = as_alice.post(reverse("put_off_tip", args=[on_today.uuid]))

    assert (response.status_code, response["Location"]) == (302, "/")
    html, shown = today(as_alice)
    assert shown is None
    assert "This tip stays away from Today for 28 days." in tip_card(html)
    assert f'action="{reverse("bring_back_tip", args=[on_today.uuid])}"' in tip_card(html)

    as_alice.post(reverse("bring_back_tip", args=[on_today.uuid]))

    assert today(as_alice)[1] == "E-15"


def test_htmx_swaps_the_card_alone_and_moves_the_focus_there(as_alice, on_today):
    swapped = as_alice.post(reverse("put_off_tip", args=[on_today.uuid]), headers=HX)

    html = swapped.content.decode()
    assert swapped.status_code == 200
    assert html.lstrip().startswith("<section") and "<html" not in html
    assert "stays away from Today" in html and "autofocus" in html

    back = as_alice.post(reverse("bring_back_tip", args=[on_today.uuid]), headers=HX).content.decode()
    assert WORDS["E-15"] in back and "autofocus" in back


def test_htmx_goes_to_today_when_the_day_is_over(as_alice, give, at_noon):
    old = give("H-1")
    at_noon.shift(DAY)

    response = as_alice.post(reverse("put_off_tip", args=[old.uuid]), headers=HX)

    assert response["HX-Redirect"] == "/"


@pytest.mark.parametrize("name", ["put_off_tip", "bring_back_tip"])
def test_a_stranger_gets_nothing_and_changes_nothing(alice, as_bob, on_today, name):
    put_off(alice, on_today)

    assert as_bob.post(reverse(name, args=[on_today.uuid])).status_code == 404
    assert alice.tip_dismissals.count() == 1
    assert as_bob.get(reverse(name, args=[on_today.uuid])).status_code == 405


def test_a_runner_who_withdrew_consent_is_asked_again(alice, on_today):
    alice.consents.update(withdrawn_at=NOON)

    response = signed_in(alice).post(reverse("put_off_tip", args=[on_today.uuid]))

    assert response["Location"].startswith("/welcome/")
    assert not TipDismissal.objects.exists()


@pytest.mark.parametrize("put_away", [False, True])
def test_the_advice_and_the_plan_list_every_tip(as_alice, alice, place, give, put_away, at_noon):
    place(alice)
    advice = give("E-15", "H-4")
    if put_away:
        put_off(alice, advice)

    for url in (reverse("advice", args=[advice.uuid]), reverse("plan")):
        html = as_alice.get(url).content.decode()
        assert WORDS["E-15"] in html and WORDS["H-4"] in html


def test_today_is_as_cheap_with_a_tip_as_without(as_alice, give, at_noon, django_assert_max_num_queries):
    give()
    as_alice.get("/")
    with django_assert_max_num_queries(9) as bare:
        as_alice.get("/")
    put_off_before = len(bare.captured_queries)
    give("H-1")

    with django_assert_max_num_queries(put_off_before):
        as_alice.get("/")


def test_an_emergency_page_has_no_tip(as_alice, give, at_noon):
    give("H-1", verdict=Verdict.EMERGENCY)

    assert 'id="tip"' not in as_alice.get("/").content.decode()


# The links


def test_every_link_leads_to_a_shipped_article_that_names_its_rule():
    shipped = {entry["slug"]: entry for entry in shipped_entries()["articles"]}

    for rule, (slug, _words) in ARTICLES.items():
        assert re.search(rf"\b{rule}\b", " ".join(shipped[slug]["body"])), rule


def test_every_link_belongs_to_a_tip():
    assert set(ARTICLES) <= {tip.id for tip in TIPS}
    assert {tip.id for tip in TIPS if tip.id.startswith("H-")} <= set(ARTICLES)


@pytest.mark.usefixtures("catalogue")
def test_every_link_opens(as_alice):
    for slug, _words in ARTICLES.values():
        assert as_alice.get(Article.objects.get(slug=slug).get_absolute_url()).status_code == 200


def test_stored_advice_of_this_engine_is_recomputed_though_it_had_a_tip(give):
    """The tip of the day is beside the decision, not in it."""
    advice = give("H-1")

    assert "tip" not in advice.decision
    assert decide(facts_from(calm().history, NOON.date(), catalogue=CATALOGUE)).tips == ()


def test_the_database_keeps_one_dismissal_a_tip_and_day(alice):
    TipDismissal.objects.create(runner=alice, rule="H-1", on=NOON.date())

    with pytest.raises(IntegrityError):
        TipDismissal.objects.create(runner=alice, rule="H-1", on=NOON.date())
