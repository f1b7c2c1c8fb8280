import datetime as dt
import uuid

import pytest

from backpain.training.models import Correction, Run
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
URL = "/runs/new/"
HTMX = {"HX-Request": "true"}


def test_keeps_the_run_and_answers_with_advice(as_alice, alice, a_run):
    response = as_alice.post(URL, a_run)

    run = alice.runs.get()
    assert response.status_code == 302
    assert response.url == f"/?saved=run.{run.uuid}"
    assert run.started_at == dt.datetime(2026, 3, 14, 8, 0, tzinfo=dt.UTC)
    assert (run.on, run.distance_m, run.duration_s) == (dt.date(2026, 3, 14), 8200.0, 2832.0)
    assert (run.pain_before, run.pain_during, run.pain_after, run.pain_next_morning) == (1, 2, 1, None)
    assert (run.sites, run.note) == (["low-back-left"], "windy")
    assert alice.advice.newest().on == dt.date(2026, 3, 16)


def test_answers_htmx_with_the_advice_in_place(as_alice, a_run):
    response = as_alice.post(URL, a_run, headers=HTMX)

    assert response.status_code == 200
    assert b"<html" not in response.content
    assert b'class="toast"' in response.content


def test_takes_miles_from_a_runner_who_counts_in_miles(as_alice, alice, a_run):
    alice.units = "mi"
    alice.save()

    as_alice.post(URL, a_run | {"distance": "5"})

    assert alice.runs.get().distance_m == 8046.7


def test_stores_the_same_form_sent_twice_once(as_alice, alice, a_run):
    as_alice.post(URL, a_run)
    response = as_alice.post(URL, a_run)

    assert response.status_code == 302
    assert alice.runs.count() == 1


def test_asks_before_a_second_version_of_the_same_form_is_kept(as_alice, alice, a_run):
    as_alice.post(URL, a_run)
    response = as_alice.post(URL, a_run | {"pain_after": "5"})

    assert response.status_code == 422
    assert "saved already, with other values" in response.text
    assert alice.runs.get().pain_after == 1
    assert response.context["form"]["uuid"].value() != a_run["uuid"]


def test_two_runners_may_use_the_same_client_id(as_alice, as_bob, alice, bob, a_run):
    as_alice.post(URL, a_run)
    as_bob.post(URL, a_run)

    assert (alice.runs.count(), bob.runs.count()) == (1, 1)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("pain_during", "11", "Choose a number from 0 to 10."),
        ("pain_during", "-1", "Choose a number from 0 to 10."),
        ("pain_after", "2.5", "Choose a number from 0 to 10."),
        ("started_at", "2026-03-17T08:00", "still to come"),
        ("started_at", "0001-01-01T00:00", "after 1990"),
        ("started_at", "2025-03-30T01:30", "did not exist"),
        ("started_at", "soon", "Give a date and a time"),
        ("distance", "300", "200 km"),
        ("distance", "-3", "negative"),
        ("distance", "far", "as a number"),
        ("distance", "9" * 30, "as a number"),
        ("distance", "5.123456", "as a number"),
        ("duration", "1 000", "Give the time"),
        ("duration", "47,5", "Give the time"),
        ("duration", "5:00", "Nobody runs that far in this time"),
        ("duration", "-5", "0 and 24 hours"),
        ("duration", "9999:00", "0 and 24 hours"),
        ("duration", "long", "Give the time"),
        ("effort", "12", "0 to 10"),
        ("kind", "swim", "not one of the available choices"),
        ("sites", ["left-ear"], "not one of the available choices"),
        ("note", "x" * 2001, "2000"),
        ("note", "a\x00b", "Null characters"),
        ("uuid", "7", "valid UUID"),
    ],
)
def test_says_beside_the_field_what_is_wrong_and_stores_nothing(as_alice, alice, a_run, field, typed, says):
    response = as_alice.post(URL, a_run | {field: typed})

    form = response.context["form"]
    assert response.status_code == 422
    assert says in str(form.errors[field])
    assert list(form.errors) == [field]
    assert form["note"].value() == (typed if field == "note" else "windy")
    assert not Run.with_deleted.exists()
    assert not alice.advice.exists()


@pytest.mark.parametrize("url", ["/runs/new/", "/sessions/new/"])
def test_asks_whether_more_than_three_hours_is_right(as_alice, alice, a_run, url):
    long = a_run | {"duration": "3:00:01", "cat-cow-1": "8"}

    asked = as_alice.post(url, long)
    refused = as_alice.post(url, long | {"is_long": "on", "note": "x" * 2001})
    as_alice.post(url, long | {"is_long": "on"})

    bouts = [*alice.runs.all(), *alice.sessions.all()]
    assert asked.status_code == 422
    assert "More than three hours: is that right?" in str(asked.context["form"].errors["is_long"])
    assert 'name="is_long"' in asked.text
    assert asked.context["form"]["note"].value() == "windy"
    assert refused.context["form"]["is_long"].value() is True
    assert [bout.duration_s for bout in bouts] == [10_801.0]


def test_does_not_ask_about_three_hours_or_about_what_stands(as_alice, alice, a_run):
    as_alice.post(URL, a_run | {"duration": "3:00:00"})
    run = RunFactory(runner=alice, duration_s=18_000.0)
    sent = {"started_at": "2026-03-14T08:00", "duration": "5:00:00", "note": "far", "version": "1"}

    response = as_alice.post(f"/runs/{run.uuid}/", sent)
    other = as_alice.post(f"/runs/{run.uuid}/", sent | {"duration": "6:00:00", "version": "2"})

    assert 'name="is_long"' not in as_alice.get(URL).text
    assert (response.status_code, other.status_code) == (302, 422)
    assert alice.runs.count() == 2


def test_what_stands_may_be_faster_than_anybody_runs(as_alice, alice):
    run = RunFactory(runner=alice, distance_m=9000.0, duration_s=600.0)  # as a file of another app said

    sent = {
        "started_at": "2026-03-14T08:00",
        "distance": "9",
        "duration": "10:00",
        "note": "x",
        "version": "1",
    }

    assert as_alice.post(f"/runs/{run.uuid}/", sent).status_code == 302


def test_offers_both_times_in_the_hour_that_comes_twice(as_alice, alice, a_run):
    twice = a_run | {"started_at": "2025-10-26T01:30"}

    asked = as_alice.post(URL, twice)
    as_alice.post(URL, twice | {"fold": "1"})

    assert asked.status_code == 422
    assert 'name="fold"' in asked.text
    assert alice.runs.get().started_at == dt.datetime(2025, 10, 26, 1, 30, tzinfo=dt.UTC)


def test_keeps_the_earlier_value_of_what_is_corrected(as_alice, alice, a_run):
    as_alice.post(URL, a_run)
    run = alice.runs.get()

    response = as_alice.post(f"/runs/{run.uuid}/", a_run | {"pain_after": "4", "version": "1"})

    run.refresh_from_db()
    assert response.status_code == 302
    assert (run.pain_after, run.version) == (4, 2)
    assert list(Correction.objects.values_list("entry", "field", "old", "new")) == [
        (run.uuid, "pain_after", 1, 4)
    ]


def test_saving_an_unchanged_form_changes_nothing(as_alice, alice):
    run = RunFactory(
        runner=alice,
        started_at=dt.datetime(2026, 3, 14, 8, 0, 17, tzinfo=dt.UTC),
        distance_m=9008.2,
        duration_s=2832.4,
        pain_after=1,
    )
    form = as_alice.get(f"/runs/{run.uuid}/").context["form"]
    shown = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)}
    shown["started_at"] = shown["started_at"].isoformat()

    as_alice.post(f"/runs/{run.uuid}/", shown)

    run.refresh_from_db()
    assert (run.distance_m, run.duration_s, run.started_at.second) == (9008.2, 2832.4, 17)
    assert not Correction.objects.exists()


def test_an_edit_from_an_old_page_asks_again(as_alice, alice, a_run):
    as_alice.post(URL, a_run)
    url = f"/runs/{alice.runs.get().uuid}/"
    as_alice.post(url, a_run | {"pain_after": "4", "version": "1"})

    response = as_alice.post(url, a_run | {"pain_after": "7", "version": "1"})

    assert response.status_code == 422
    assert "changed elsewhere" in response.text
    assert response.context["form"]["version"].value() == "2"
    assert alice.runs.get().pain_after == 4


def test_a_stranger_finds_nothing(as_bob, alice):
    run = RunFactory(runner=alice, pain_after=3)

    assert as_bob.get(f"/runs/{run.uuid}/").status_code == 404
    assert as_bob.post(f"/runs/{run.uuid}/", {"pain_after": "0"}).status_code == 404
    assert as_bob.post(f"/entries/run/{run.uuid}/delete/").status_code == 404
    assert as_bob.post(f"/entries/run/{run.uuid}/restore/").status_code == 404
    run.refresh_from_db()
    assert (run.pain_after, run.deleted_at) == (3, None)


def test_marks_advice_given_before_a_back_dated_run(as_alice, alice, a_run, at_noon):
    as_alice.post(URL, a_run)
    earlier = alice.advice.newest()
    at_noon.shift(dt.timedelta(days=1))

    as_alice.post(URL, a_run | {"uuid": str(uuid.uuid4()), "started_at": "2026-03-15T08:00"})

    earlier.refresh_from_db()
    assert earlier.entry_corrected_at is not None
    assert alice.advice.newest().entry_corrected_at is None


def test_a_correction_reviews_today_and_leaves_past_advice_as_it_was_given(as_alice, alice, a_run, at_noon):
    as_alice.post(URL, a_run)
    past = alice.advice.newest()
    at_noon.shift(dt.timedelta(days=1))
    as_alice.get("/")
    today = alice.advice.newest()

    as_alice.post(f"/runs/{a_run['uuid']}/", a_run | {"pain_after": "8", "version": "1"})

    corrected = alice.advice.get(pk=past.pk)
    newest = alice.advice.newest()
    assert (corrected.facts, corrected.decision) == (past.facts, past.decision)
    assert corrected.entry_corrected_at is not None
    assert (newest.on, newest.entry_corrected_at) == (today.on, None)
    assert newest.facts != today.facts
    assert "Based on an entry that was corrected since." in as_alice.get(f"/advice/{past.uuid}/").text


def test_a_walk_is_kept_as_a_walk(as_alice, alice, a_run):
    as_alice.post(URL, a_run | {"walk": "on"})

    assert alice.runs.get().activity == "walk"


def test_a_shoe_is_remembered_by_its_name(as_alice, alice, a_run):
    as_alice.post(URL, a_run | {"shoe": "Blue ones"})
    as_alice.post(URL, a_run | {"shoe": "Blue ones", "uuid": str(uuid.uuid4())})

    assert [shoe.name for shoe in alice.shoes.all()] == ["Blue ones"]


def test_a_client_that_sends_no_id_is_given_one(as_alice, alice, a_run):
    del a_run["uuid"]

    as_alice.post(URL, a_run)
    as_alice.post(URL, a_run)

    assert len({run.uuid for run in alice.runs.all()}) == 2
