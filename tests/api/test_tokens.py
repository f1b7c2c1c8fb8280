"""Tokens: how a runner makes and ends them, and what they open."""

import datetime as dt
import io
import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backpain.accounts.actions import change_account, erase_account, give_consent, withdraw_consent
from backpain.accounts.tokens import hash_of
from backpain.api import actions
from backpain.api.models import MOST_CALLS, Scope, Token
from backpain.reports.logs import SecretlessFormatter
from tests.api.conftest import ADVICE, CHECK_INS, RUNS, SESSIONS, Caller
from tests.conftest import NOON, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("at_noon")]
PAGE = "/settings/tokens/"
A_MINUTE = dt.timedelta(minutes=1)


def typed(**fields):
    return {"name": "my watch", "scopes": ["read", "log"], "expires_in": "30", **fields}


def secret_on(page):
    return re.search(r'value="(backpain_[\w-]{43})"', page.content.decode())[1]


# The page


def test_a_token_is_shown_once_and_stored_as_a_hash(alice, as_alice):
    page = as_alice.post(PAGE, typed())

    secret, token = secret_on(page), alice.tokens.get()
    assert page.status_code == 201
    assert token.token_hash == hash_of(secret)
    assert secret not in str(Token.objects.values().get())
    assert secret not in as_alice.get(PAGE).content.decode()
    assert Caller(secret).get(RUNS)[0] == 200


@pytest.mark.parametrize(("days", "works_until"), [("30", NOON + dt.timedelta(days=30)), ("", None)])
def test_a_token_works_for_as_long_as_was_chosen(alice, as_alice, days, works_until):
    as_alice.post(PAGE, typed(expires_in=days))

    assert alice.tokens.get().expires_at == works_until


def test_nothing_is_ticked_beforehand_and_it_ends_after_a_year(as_alice):
    page = as_alice.get(PAGE).content.decode()

    assert not re.search(r'name="scopes"[^>]* checked', page)
    assert '<option value="365" selected' in page


def test_what_makes_no_sense_makes_no_token(alice, as_alice):
    for fields in (
        {"name": ""},
        {"name": "x" * 61},
        {"scopes": []},
        {"scopes": ["all"]},
        {"expires_in": "7"},
        {"expires_in": "soon"},
    ):
        assert as_alice.post(PAGE, typed(**fields)).status_code == 422, fields
    assert not alice.tokens.exists()


def test_more_tokens_than_anybody_can_watch_are_refused(alice, as_alice):
    rows = [
        Token(runner=alice, name="x", token_hash=str(n), scopes=["read"], made_at=NOON)
        for n in range(actions.MOST_OPEN)
    ]
    Token.objects.bulk_create(rows)

    assert as_alice.post(PAGE, typed()).status_code == 422

    actions.end_token(rows[0], now=NOON)
    assert as_alice.post(PAGE, typed()).status_code == 201


def test_a_stranger_sees_and_ends_none_of_the_tokens(alice, as_bob):
    token = make(alice, name="Alice's watch").token

    assert "Alice's watch" not in as_bob.get(PAGE).content.decode()
    assert as_bob.post(f"{PAGE}{token.uuid}/end/").status_code == 404
    assert Token.objects.open_at(NOON).filter(pk=token.pk).exists()


def test_the_page_says_what_each_token_may_and_when_it_was_used(alice, as_alice):
    used = make(alice, name="script", scopes=["read"])
    make(alice, name="watch", scopes=["log"])
    Caller(used.secret).get(RUNS)

    page = as_alice.get(PAGE).content.decode()

    assert page.index("<b>watch</b>") < page.index("<b>script</b>")
    assert "It may log." in page and "It may read." in page
    assert page.count("Used last on 16 Mar 2026, 12:00") == page.count("Not used yet") == 1


def test_settings_lead_to_the_tokens_and_they_to_the_help(as_alice):
    assert f'href="{PAGE}"' in as_alice.get("/settings/").content.decode()
    assert 'href="/api/"' in as_alice.get(PAGE).content.decode()


def test_the_help_is_for_everybody_and_shows_calls_to_this_very_site():
    page = Client().get("/api/").content.decode()

    assert "curl http://testserver/api/v1/check-ins/" in page
    assert 'href="/api/v1/openapi.json"' in page


# What a token opens


def make(runner, *, name="a watch", scopes=("read", "log"), expires_in=None):
    return actions.make_token(runner=runner, name=name, scopes=scopes, expires_in=expires_in, now=NOON)


def test_without_a_token_that_works_nothing_opens(as_alice):
    sent = [
        "",
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "Bearer backpain_",
        "Basic YTpi",
        "Token x",
        "Bearer é",
    ]
    for headers in ({}, *({"Authorization": written} for written in sent)):
        response = as_alice.get(RUNS, headers=headers)  # signed in, which counts for nothing here

        assert response.status_code == 401, headers
        assert response["WWW-Authenticate"] == "Bearer"
        assert "detail" in response.json()


def test_a_token_is_read_however_its_scheme_is_written(alice):
    secret = make(alice).secret

    for written in ("Bearer {}", "bearer {}", "BEARER  {} "):
        headers = {"Authorization": written.format(secret)}
        assert Client().get(RUNS, headers=headers).status_code == 200


def test_a_token_reads_its_runners_log_and_nobody_elses(alice, bob, caller_of):
    caller_of(alice).post(CHECK_INS, {"score": 3})

    assert len(caller_of(alice).get(CHECK_INS)[1]["check_ins"]) == 1
    assert caller_of(bob).get(CHECK_INS)[1]["check_ins"] == []


def test_a_token_to_log_reads_nothing(alice, caller_of, a_run):
    caller = caller_of(alice, Scope.LOG)

    assert caller.post(RUNS, a_run)[0] == 201
    assert caller.patch(f"{RUNS}{a_run['id']}/", {"effort": 3})[0] == 200
    urls = [RUNS, CHECK_INS, SESSIONS, ADVICE, f"{ADVICE}log/", f"{RUNS}{a_run['id']}/"]
    assert {caller.get(url)[0] for url in urls} == {403}


def test_a_token_to_log_hears_of_an_entry_no_more_than_it_says(alice, caller_of, a_run):
    caller, url = caller_of(alice, Scope.LOG), f"{RUNS}{a_run['id']}/"
    logged = caller.post(RUNS, a_run)[1]
    alice.runs.update(note="for my eyes", pain_next_morning=7)

    again, corrected = caller.post(RUNS, a_run), caller.patch(url, {"effort": 3})

    assert (logged["id"], logged["entry"]["note"]) == (a_run["id"], "windy")
    for status, answer in (again, corrected):
        assert (status, answer["id"], answer["entry"]) == (200, a_run["id"], None)
        assert answer["text"] == answer["advice"]["text"]
    assert alice.runs.get().effort == 3


def test_a_token_to_read_logs_nothing(alice, caller_of, by_alice, a_run):
    by_alice.post(RUNS, a_run)
    caller, url = caller_of(alice, Scope.READ), f"{RUNS}{a_run['id']}/"

    assert caller.get(url)[0] == 200
    refused = [caller.post(CHECK_INS, {"score": 3}), caller.patch(url, {"effort": 3}), caller.delete(url)]
    assert {status for status, _answer in refused} == {403}
    assert "“log”" in refused[0][1]["detail"]
    assert not alice.check_ins.exists()


def ended(alice, made):
    actions.end_token(made.token, now=NOON)


def consent_withdrawn(alice, made):
    withdraw_consent(runner=alice, now=NOON)


def consent_given_again(alice, made):
    withdraw_consent(runner=alice, now=NOON)
    give_consent(runner=alice, now=NOON + A_MINUTE)


def account_closed(alice, made):
    change_account(user=alice, roles=[], is_active=False)


def erased(alice, made):
    erase_account(runner=alice)


@pytest.mark.parametrize("event", [ended, consent_withdrawn, consent_given_again, account_closed, erased])
def test_a_token_works_no_longer(catalogue, alice, event):
    made = make(alice)
    caller = Caller(made.secret)
    assert caller.get(RUNS)[0] == 200

    event(alice, made)

    assert caller.get(RUNS)[0] == 401


def test_a_token_expires(catalogue, alice, at_noon):
    caller = Caller(make(alice, expires_in=30).secret)
    at_noon.shift(dt.timedelta(days=30) - A_MINUTE)
    assert caller.get(RUNS)[0] == 200

    at_noon.shift(A_MINUTE)

    assert caller.get(RUNS)[0] == 401


def test_every_token_that_does_not_work_costs_the_same_query(alice):
    revoked = make(alice)
    actions.end_token(revoked.token, now=NOON)

    counts = []
    for secret in (revoked.secret, "nonsense"):
        with CaptureQueriesContext(connection) as captured:
            assert Caller(secret).get(RUNS)[0] == 401
        counts.append(len(captured))

    assert counts == [1, 1]


# How often


def test_a_token_may_call_so_often_in_a_minute(by_alice, at_noon):
    answers = [by_alice.send("GET", RUNS) for _ in range(MOST_CALLS + 1)]

    assert [answer.status_code for answer in answers] == [200] * MOST_CALLS + [429]
    assert answers[-1]["Retry-After"] == "60"
    at_noon.shift(dt.timedelta(seconds=45))
    assert by_alice.send("GET", RUNS)["Retry-After"] == "15"
    at_noon.shift(dt.timedelta(seconds=15))
    assert by_alice.get(RUNS)[0] == 200


def test_each_token_has_calls_of_its_own(alice, caller_of):
    busy, other = caller_of(alice), caller_of(alice)
    Token.objects.filter(name="a watch").update(last_used_at=NOON, calls=MOST_CALLS)
    Token.objects.filter(token_hash=hash_of(other.headers["Authorization"].split()[1])).update(calls=1)

    assert [busy.get(RUNS)[0], other.get(RUNS)[0]] == [429, 200]


def test_when_it_was_used_is_written_once_a_minute(alice, by_alice, at_noon):
    by_alice.get(RUNS)
    at_noon.shift(dt.timedelta(seconds=59))
    by_alice.get(RUNS)
    assert alice.tokens.get().last_used_at == NOON

    at_noon.shift(dt.timedelta(seconds=1))
    by_alice.get(RUNS)

    token = alice.tokens.get()
    assert (token.last_used_at, token.calls) == (NOON + A_MINUTE, 1)


# What it leaves behind


def test_no_cookie_is_set_and_nothing_is_kept(by_alice):
    for response in (
        by_alice.send("GET", RUNS),
        by_alice.send("GET", ADVICE),
        by_alice.send("GET", "/api/v1/no/"),
    ):
        assert response.cookies == {}
        assert response["Cache-Control"] == "no-store"


def test_a_browser_that_is_signed_in_is_nobody_here(alice, catalogue):
    client = signed_in(alice)

    assert client.post(CHECK_INS, {"score": 3}, content_type="application/json").status_code == 401
    assert not alice.check_ins.exists()


def test_logs_hold_no_token():
    secret = f"backpain_{'x' * 43}"
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(SecretlessFormatter())
    logger = logging.Logger("test")
    logger.addHandler(handler)

    logger.warning("Not Found: /api/v1/runs/?token=%s, (%s)", secret, secret)

    assert log.getvalue() == "Not Found: /api/v1/runs/?token=backpain_..., (backpain_...)\n"
