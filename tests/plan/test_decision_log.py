from __future__ import annotations

import re
import uuid
from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from backpain.plan.log import Chosen
from backpain.plan.models import Advice, MoveAnswer
from backpain.plan.queries import PER_PAGE, advice_page
from backpain.plan.wording import explain
from tests.coach.stories import calm, planking, sore, story
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("at_noon")
LOG = "/advice/"
migration = import_module("backpain.plan.migrations.0007_advice_decided_by")


def page(client, url=LOG) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def on(day, told):
    """A story asked on another day."""
    return replace(told, on=day)


def url(advice) -> str:
    return reverse("advice", args=[advice.uuid])


def listed(html) -> list[Advice]:
    """The advice a page lists, in its order."""
    rows = {str(row.uuid): row for row in Advice.objects.all()}
    return [rows[found] for found in re.findall(r'<li id="a([^"]+)"', html)]


def shown(html) -> list[str]:
    return re.findall(r"<option [^>]*>([^<]*)</option>", html)


def chosen(html) -> list[str]:
    """What the filters are set to, those that are set to nothing left out."""
    return re.findall(r'<option value="[^"]+" selected>([^<]*)</option>', html)


def eased_plank():
    told = calm().placed("front-plank forearm-plank 3x40 s")
    return told.session("03-14 forearm-plank s @40 40 40 40 0/6/1/0")


def look_back(client, advice, **more):
    return client.post(
        reverse("look_back", args=[advice.uuid]), more.pop("sent", {"was_right": "no"}), **more
    )


class TestTheLog:
    def test_lists_every_advice_newest_first(self, as_alice, alice, give):
        first = give(alice, sore(4, "02-28"))
        second = give(alice, calm())

        html = page(as_alice)

        assert html.index(url(second)) < html.index(url(first))
        assert "Keep your plan as it is" in html
        assert "It is time to have this looked at" in html
        assert "Mon 16 Mar" in html
        assert "2026, 12:00" in html

    def test_says_the_verdict_in_words_beside_its_mark(self, as_alice, alice, give):
        give(alice, sore(4, "02-28"))

        assert '<p class="xs muted">See a professional</p>' in page(as_alice)

    def test_is_in_chapters_of_a_month(self, as_alice, alice, give):
        give(alice, on("02-28", story()))
        give(alice, on("03-01", story()))
        give(alice, calm())

        html = page(as_alice)

        months = re.findall(r"<h2[^>]*>(\w+ \d{4})</h2>", html)
        assert months == ["March 2026", "February 2026"]
        march, february = html.index("March 2026"), html.index("February 2026")
        assert march < html.index("Sun 1 Mar") < february < html.index("Sat 28 Feb")

    def test_shows_the_days_as_the_runner_lived_them(self, as_alice, alice, give):
        advice = give(alice, on("02-28", story()))
        Advice.objects.filter(pk=advice.pk).update(
            given_at="2026-03-01T06:00Z"
        )  # late in the evening in Hawaii

        html = page(as_alice)

        assert "February 2026" in html
        assert "Sat 28 Feb" in html
        assert "March 2026" not in html

    def test_names_the_main_reasons_and_counts_the_rest(self, as_alice, alice, give):
        told = calm().placed("front-plank forearm-plank 3x25 s").placed("bridge glute-bridge 3x10 reps")
        told = told.placed("side-plank side-plank 3x15 s")
        give(alice, told)

        html = page(as_alice)

        assert html.count("Your strength days are") == 2
        assert "What your next step still needs" not in html
        assert "and 4 more reasons" in html

    @pytest.mark.parametrize(
        ("answer", "told"),
        [
            ({"answer": "accepted"}, "<b>accepted</b>"),
            ({"answer": "later"}, "<b>not yet</b>"),
            (
                {"answer": "declined", "because": "no_time", "note": "a busy week"},
                "<b>declined</b>. I have no time for it. “a busy week”",
            ),
        ],
    )
    def test_says_what_the_runner_did(self, as_alice, alice, give, place, answer, told):
        placed = place(alice)
        advice = give(alice, planking())
        MoveAnswer.objects.create(
            runner=alice, advice=advice, ladder=placed.ladder, answered_at=NOON, **answer
        )

        html = page(as_alice)

        assert "Hold your forearm plank 5 s longer (25 s → 30 s): " + told in html

    def test_says_what_was_not_answered_and_what_was_eased_at_once(self, as_alice, alice, give, place):
        give(alice, planking())
        told = calm().placed("front-plank forearm-plank 3x40 s")
        give(alice, told.session("03-14 forearm-plank s @40 40 40 40 0/6/1/0"))

        html = page(as_alice)

        assert "<b>not answered</b>" in html
        assert "<b>in force at once</b>" in html

    def test_shows_one_verdict_alone(self, as_alice, alice, give):
        hold, professional = give(alice, calm()), give(alice, sore(4, "02-28"))

        html = page(as_alice, "/advice/?verdict=professional")

        assert url(professional) in html
        assert url(hold) not in html
        assert chosen(html) == ["See a professional (1)"]
        assert "1 of 2 pieces of advice" in html

    def test_without_advice_of_a_verdict_says_so(self, as_alice, alice, give):
        give(alice, calm())

        html = page(as_alice, "/advice/?verdict=emergency")

        assert "There is no such advice." in html
        assert html.count(f'<a class="btn" href="{LOG}">Show everything</a>') == 1

    def test_without_advice_says_how_it_begins(self, as_alice):
        html = page(as_alice)

        assert "It begins with your first entry." in html
        assert "<select" not in html

    @pytest.mark.parametrize(
        "query",
        [
            "verdict=fine",
            "about=no-such-ladder",
            "answer=perhaps",
            "right=perhaps",
            "before=7",
            f"before={uuid.UUID(int=7)}",
        ],
    )
    def test_knows_no_other_filter(self, as_alice, query):
        assert as_alice.get(f"/advice/?{query}").status_code == 404

    def test_turns_pages_without_skipping_or_repeating(self, as_alice, alice, give):
        given = [give(alice, calm()) for _ in range(PER_PAGE)] + [give(alice, sore(4, "02-28"))]
        oldest, *_rest, last = given

        first = page(as_alice)
        earlier = f"?before={given[1].uuid}"

        assert url(last) in first
        assert url(oldest) not in first
        assert f'href="{earlier}"' in first
        second = page(as_alice, LOG + earlier)
        assert url(oldest) in second
        assert url(given[1]) not in second
        assert "Earlier</a>" not in second

    def test_keeps_the_filter_when_it_turns_a_page(self, as_alice, alice, give):
        for _ in range(PER_PAGE + 1):
            give(alice, calm())
        give(alice, sore(4, "02-28"))

        assert "?verdict=hold&amp;before=" in page(as_alice, "/advice/?verdict=hold")

    def test_marks_what_rests_on_an_entry_that_was_corrected(self, as_alice, alice, give):
        advice = give(alice, calm())
        assert "corrected since" not in page(as_alice)

        Advice.objects.filter(pk=advice.pk).update(entry_corrected_at=NOON)

        assert "Based on an entry that was corrected since." in page(as_alice)
        assert "Based on an entry that was corrected since." in page(as_alice, url(advice))

    def test_is_ones_own(self, as_bob, alice, give):
        advice = give(alice, calm())

        assert url(advice) not in page(as_bob)
        assert as_bob.get(f"/advice/?before={advice.uuid}").status_code == 404

    def test_costs_as_much_for_a_full_page_as_for_one(
        self, as_alice, alice, give, place, django_assert_num_queries
    ):
        place(alice)
        give(alice, planking())
        page(as_alice)  # the session is written once

        with django_assert_num_queries(8):
            page(as_alice)

        for _ in range(PER_PAGE + 5):
            give(alice, planking())
        with django_assert_num_queries(8):
            page(as_alice)
        with django_assert_num_queries(8):
            page(as_alice, "/advice/?verdict=progress&about=front-plank&right=")

    def test_leaves_the_facts_in_the_database(self, alice, give):
        give(alice, calm())

        rows, _more = advice_page(alice, chosen=Chosen(), before=None, today=NOON.date())

        assert "facts" in rows[0].get_deferred_fields()


class TestNarrowing:
    def test_to_a_ladder_finds_what_was_offered_or_eased_on_it(self, as_alice, alice, give):
        offered = give(alice, planking())
        eased = give(alice, eased_plank())
        neither = give(alice, calm())

        found = listed(page(as_alice, "/advice/?about=front-plank"))

        assert found == [eased, offered]
        assert neither.decided.moves == ()

    def test_to_a_ladder_does_not_find_one_whose_name_only_begins_like_it(self, alice, give):
        advice = give(alice, planking())
        Advice.objects.filter(pk=advice.pk).update(ladders=" front-plank-late ")

        rows, _more = advice_page(alice, chosen=Chosen(about="front-plank"), before=None, today=NOON.date())

        assert rows == []

    def test_to_a_chapter_of_the_rule_book_finds_what_its_rules_decided(self, as_alice, alice, give):
        lasting, calm_one = give(alice, sore(4, "02-28")), give(alice, calm())
        assert {
            reason.rule[0] for reason in lasting.decided.reasons if reason.verdict.name == "PROFESSIONAL"
        } == {"W"}

        html = page(as_alice, "/advice/?about=W")

        assert listed(html) == [lasting]
        assert url(calm_one) not in html
        assert chosen(html) == ["Pain that lasts, worsens, spreads or spoils runs (1)"]

    @pytest.mark.parametrize("answer", ["accepted", "later", "declined"])
    def test_to_what_was_done(self, as_alice, alice, give, place, answer):
        placed, bridge = place(alice), place(alice, "bridge", "glute-bridge", 10, unit="reps")
        rows = {each: give(alice, planking()) for each in ("accepted", "later", "declined")}
        give(alice, planking())  # not answered
        for each, advice in rows.items():
            because = "hurts" if each == "declined" else ""
            MoveAnswer.objects.create(
                runner=alice,
                advice=advice,
                ladder=placed.ladder,
                answer=each,
                because=because,
                answered_at=NOON,
            )

        assert listed(page(as_alice, f"/advice/?answer={answer}")) == [rows[answer]]
        assert listed(page(as_alice, f"/advice/?answer={answer}&about=front-plank")) == [rows[answer]]
        assert listed(page(as_alice, f"/advice/?answer={answer}&about={bridge.ladder.slug}")) == []

    def test_to_what_was_done_on_the_ladder_that_is_asked_for(self, as_alice, alice, give, place):
        placed = place(alice, "bridge", "glute-bridge", 10, unit="reps")
        advice = give(alice, planking())
        Advice.objects.filter(pk=advice.pk).update(ladders=" front-plank bridge ")
        MoveAnswer.objects.create(
            runner=alice, advice=advice, ladder=placed.ladder, answer="accepted", answered_at=NOON
        )

        assert listed(page(as_alice, "/advice/?answer=accepted&about=bridge")) == [advice]
        assert listed(page(as_alice, "/advice/?answer=accepted&about=front-plank")) == []

    def test_to_what_was_said_looking_back(self, as_alice, alice, give):
        said = {each: give(alice, on("03-01", story())) for each in ("yes", "no", "unsure")}
        unanswered, too_early = give(alice, on("03-09", story())), give(alice, on("03-10", story()))
        for each, advice in said.items():
            Advice.objects.filter(pk=advice.pk).update(was_right=each)

        for each, advice in said.items():
            assert listed(page(as_alice, f"/advice/?right={each}")) == [advice]
        html = page(as_alice, "/advice/?right=unanswered")
        assert listed(html) == [unanswered]
        assert url(too_early) not in html

    def test_counts_every_choice_beside_the_others_that_are_made(self, as_alice, alice, give):
        professional, hold = give(alice, sore(4, "02-28")), give(alice, on("03-01", story()))
        give(alice, calm())
        Advice.objects.filter(pk__in=[professional.pk, hold.pk]).update(was_right="no")

        options = shown(page(as_alice, "/advice/?right=no"))

        assert {"Any (2)", "See a professional (1)", "Hold (1)", "Emergency (0)", "No (2)"} <= set(options)
        assert "Yes (0)" in options
        assert "Any (3)" in options  # of what was said

    def test_names_only_ladders_with_advice(self, as_alice, alice, give):
        give(alice, planking())

        options = shown(page(as_alice))

        assert "Front plank (1)" in options
        assert not [option for option in options if option.startswith("Bridge")]

    def test_combines_all_and_keeps_them_when_it_turns_a_page(self, as_alice, alice, give):
        Advice.objects.filter(
            pk__in=[give(alice, on("03-01", story())).pk for _ in range(PER_PAGE + 1)]
        ).update(was_right="yes")
        newest = give(alice, sore(4, "02-28"))

        html = page(as_alice, "/advice/?verdict=hold&right=yes")

        assert len(listed(html)) == PER_PAGE
        assert newest not in listed(html)
        earlier = re.search(r'href="(\?verdict=hold&amp;right=yes&amp;before=[^"]+)">Earlier', html)[1]
        second = page(as_alice, LOG + earlier.replace("&amp;", "&"))
        assert len(listed(second)) == 1
        assert chosen(second) == [f"Hold ({PER_PAGE + 1})", f"Yes ({PER_PAGE + 1})"]
        assert 'href="?verdict=hold&amp;right=yes">Back to the newest' in second

    def test_finds_nothing_of_anybody_else(self, as_bob, alice, bob, give):
        give(alice, planking())
        own = give(bob, planking())

        html = page(as_bob, "/advice/?about=front-plank")

        assert listed(html) == [own]
        assert "Front plank (1)" in shown(html)


@pytest.mark.parametrize(
    "told",
    [calm(), planking(), sore(4, "02-28"), story(), planking().pain("03-15", "6 6")],
    ids=["calm", "planking", "sore", "empty", "pain"],
)
def test_is_found_by_the_reasons_it_shows_first(alice, give, told):
    advice = give(alice, told)

    assert advice.decided_by.split() == list(dict.fromkeys(r.rule for r in explain(advice).main_reasons))


def test_older_advice_is_found_by_what_was_decided_then(alice, give):
    rows = [give(alice, told) for told in (calm(), planking(), eased_plank(), sore(4, "02-28"))]
    Advice.objects.update(decided_by="", ladders="")

    migration.find_in_decisions(apps, None)

    for row in rows:
        kept = row.decided_by, row.ladders
        row.refresh_from_db()
        assert (row.decided_by, row.ladders) == kept
        assert kept[0].strip()


class TestOneAdvice:
    def test_shows_every_reason_in_full(self, as_alice, alice, give):
        advice = give(alice, sore(4, "02-28").placed("front-plank forearm-plank 3x25 s"))

        html = page(as_alice, url(advice))

        assert "Advice of Mon 16 Mar 2026" in html
        for reason in advice.decided.reasons:
            assert f'href="{reverse("rules")}#{reason.rule}"' in html
        assert html.count("<details open>") == len(advice.decided.reasons)
        assert "ruleset 2026.1" in html

    def test_says_what_a_reason_stopped(self, as_alice, alice, give):
        told = planking().pain("03-15", "6 6")
        advice = give(alice, told)
        assert advice.decided.suppressed

        html = page(as_alice, url(advice))

        assert "<dt>This stopped</dt><dd>a step up: Front plank (E-4)</dd>" in html

    def test_says_when_it_is_looked_at_again(self, as_alice, alice, give):
        advice = give(alice, calm())
        data = advice.decision
        data["reasons"][0]["again_on"] = "2026-03-20"
        Advice.objects.filter(pk=advice.pk).update(decision=data)

        assert "and on Fri 20 Mar at the latest" in page(as_alice, url(advice))

    def test_offers_no_step(self, as_alice, alice, give, place):
        place(alice)

        html = page(as_alice, url(give(alice, planking())))

        assert "accept" not in html
        assert reverse("today") in html

    def test_says_whether_it_still_stands(self, as_alice, alice, give):
        old, new = give(alice, calm()), give(alice, calm())

        assert "Newer advice has taken its place." in page(as_alice, url(old))
        assert "This is your newest advice." in page(as_alice, url(new))

    def test_a_stranger_finds_nothing(self, as_bob, alice, give):
        assert as_bob.get(url(give(alice, calm()))).status_code == 404


class TestLookingBack:
    def test_is_asked_from_seven_days_after(self, as_alice, alice, give):
        due, early = give(alice, on("03-09", story())), give(alice, on("03-10", story()))

        assert 'name="was_right"' in page(as_alice, url(due))
        assert 'name="was_right"' not in page(as_alice, url(early))
        assert "From Tue 17 Mar on" in page(as_alice, url(early))
        assert f"{url(due)}#right" in page(as_alice)
        assert f"{url(early)}#right" not in page(as_alice)

    def test_keeps_the_answer_and_shows_it(self, as_alice, alice, give):
        advice = give(alice, on("03-09", story()))

        response = look_back(as_alice, advice, sent={"was_right": "no", "note": "too early"})

        assert (response.status_code, response.url) == (302, url(advice))
        advice.refresh_from_db()
        assert (advice.was_right, advice.was_right_note) == ("no", "too early")
        assert "too early</textarea>" in page(as_alice, url(advice))
        assert "Looking back, was this right?</span> No" in page(as_alice)
        assert f"{url(advice)}#right" not in page(as_alice)

    def test_changes_nothing_of_the_advice(self, as_alice, alice, give):
        advice = give(alice, on("03-09", story()))
        kept = advice.decision, advice.facts, advice.verdict, advice.given_at

        look_back(as_alice, advice)

        advice.refresh_from_db()
        assert (advice.decision, advice.facts, advice.verdict, advice.given_at) == kept

    def test_may_be_answered_anew(self, as_alice, alice, give):
        advice = give(alice, on("03-09", story()))

        look_back(as_alice, advice, sent={"was_right": "no", "note": "too early"})
        look_back(as_alice, advice, sent={"was_right": "yes"})

        advice.refresh_from_db()
        assert (advice.was_right, advice.was_right_note) == ("yes", "")

    def test_too_early_keeps_nothing_and_says_so(self, as_alice, alice, give):
        advice = give(alice, on("03-10", story()))

        look_back(as_alice, advice)

        assert "It is too early" in page(as_alice, url(advice))
        advice.refresh_from_db()
        assert advice.was_right == ""

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            ({}, "Choose an answer."),
            ({"was_right": "perhaps"}, "is not one of the available choices"),
            ({"was_right": "no", "note": "n" * 301}, "at most 300 characters"),
        ],
    )
    def test_refuses_anything_else_and_keeps_what_was_typed(self, as_alice, alice, give, sent, told):
        advice = give(alice, on("03-09", story()))

        response = look_back(as_alice, advice, sent=sent)

        html = response.content.decode()
        assert response.status_code == 422
        assert told in html
        assert sent.get("note", "") in html
        advice.refresh_from_db()
        assert advice.was_right == ""

    def test_a_stranger_finds_nothing(self, as_bob, alice, give):
        advice = give(alice, on("03-09", story()))

        assert look_back(as_bob, advice).status_code == 404
        advice.refresh_from_db()
        assert advice.was_right == ""

    def test_a_link_answers_nothing(self, as_alice, alice, give):
        advice = give(alice, on("03-09", story()))

        assert as_alice.get(reverse("look_back", args=[advice.uuid])).status_code == 405


@pytest.mark.parametrize("name", ["advice_log", "advice"])
def test_nobody_is_asked_to_sign_in(client, alice, give, name):
    advice = give(alice, calm())

    response = client.get(reverse(name, args=[] if name == "advice_log" else [advice.uuid]))

    assert "/accounts/login/" in response.url


@pytest.mark.parametrize("name", ["advice_log", "advice"])
def test_without_consent_leads_to_the_welcome_page(as_alice, alice, give, name):
    advice = give(alice, calm())
    alice.consents.update(withdrawn_at="2026-03-15T12:00Z")

    response = as_alice.get(reverse(name, args=[] if name == "advice_log" else [advice.uuid]))

    assert response.url == reverse("welcome")
