"""Advice by the API: today's, that of a day, and the log."""

import datetime as dt
import uuid

import pytest

from tests.api.conftest import ADVICE, CHECK_INS, RUNS
from tests.conftest import NOON
from tests.pages import fill_log

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("at_noon")]


def test_todays_advice_is_what_today_shows(alice, as_alice, by_alice):
    fill_log(alice, now=NOON)

    status, answer = by_alice.get(ADVICE)

    page = as_alice.get("/").content.decode()
    newest = alice.advice.newest()
    assert status == 200
    assert (answer["id"], answer["on"], answer["verdict"]) == (str(newest.uuid), "2026-03-16", newest.verdict)
    assert answer["headline"] in page
    assert [reason["rule"] for reason in answer["reasons"]] == [
        reason.rule for reason in newest.decided.reasons
    ]
    assert answer["running"]["may_run"] is newest.decided.running.may_run
    assert all(reason["text"] for reason in answer["reasons"])


def test_the_first_call_of_a_day_looks_at_the_log_anew(alice, by_alice, at_noon):
    first = by_alice.get(ADVICE)[1]
    assert by_alice.get(ADVICE)[1] == first
    at_noon.shift(dt.timedelta(days=1))

    second = by_alice.get(ADVICE)[1]

    assert (first["on"], second["on"]) == ("2026-03-16", "2026-03-17")
    assert alice.advice.count() == 2


def test_the_advice_of_a_day_is_the_last_one_of_it(alice, by_alice, at_noon):
    by_alice.get(ADVICE)
    answer = by_alice.post(CHECK_INS, {"score": 9})[1]
    at_noon.shift(dt.timedelta(days=1))
    by_alice.get(ADVICE)

    status, found = by_alice.get(f"{ADVICE}2026-03-16/")

    assert (status, found["id"]) == (200, answer["advice"]["id"])
    assert alice.advice.filter(on=dt.date(2026, 3, 16)).count() == 2


def test_a_day_without_advice_has_none(by_alice):
    assert by_alice.get(f"{ADVICE}2026-03-15/")[0] == 404


def test_a_day_that_is_none_is_refused(by_alice):
    for day in ("yesterday", "2026-02-30", "1773662400", "2026-3-16"):
        status, answer = by_alice.get(f"{ADVICE}{day}/")

        assert (status, answer["errors"][0]["path"]) == (422, "on")


def test_the_log_lists_the_newest_first_page_by_page(alice, by_alice, at_noon):
    for _ in range(3):
        by_alice.get(ADVICE)
        at_noon.shift(dt.timedelta(days=1))

    first = by_alice.get(f"{ADVICE}log/?limit=2")[1]
    second = by_alice.get(first["next"])[1]

    days = [[advice["on"] for advice in page["advice"]] for page in (first, second)]
    assert days == [["2026-03-18", "2026-03-17"], ["2026-03-16"]]
    assert second["next"] is None
    assert len(by_alice.get(f"{ADVICE}log/?since=2026-03-17")[1]["advice"]) == 2


def test_advice_brought_in_later_stands_where_it_was_given(alice, by_alice):
    given = by_alice.get(ADVICE)[1]["id"]
    brought_in = alice.advice.get()
    brought_in.pk, brought_in.uuid = None, uuid.uuid4()
    brought_in.given_at -= dt.timedelta(hours=3)
    brought_in.save()

    first = by_alice.get(f"{ADVICE}log/?limit=1")[1]
    second = by_alice.get(first["next"])[1]

    ids = [advice["id"] for page in (first, second) for advice in page["advice"]]
    assert ids == [given, str(brought_in.uuid)]
    assert by_alice.get(f"{ADVICE}2026-03-16/")[1]["id"] == given


def test_nobody_reads_somebody_elses_advice(by_alice, by_bob):
    alices = by_alice.get(ADVICE)[1]["id"]

    assert by_bob.get(f"{ADVICE}log/")[1] == {"advice": [], "next": None}
    assert by_bob.get(f"{ADVICE}2026-03-16/")[0] == 404
    assert by_bob.get(f"{ADVICE}log/?before={alices}")[0] == 422


def test_an_entry_is_answered_with_the_advice_in_force(alice, by_alice):
    answer = by_alice.post(RUNS, {"distance_m": 8200, "pain_after": 8})[1]["advice"]

    assert answer == {name: by_alice.get(ADVICE)[1][name] for name in answer}
