"""What phones kept and send later: once, for the account it was logged with, and never over what stands."""

import datetime as dt
import random
import re
import uuid

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from backpain.training import actions, views
from backpain.training.models import Run
from tests.conftest import NOON, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
ITEMS, ROUNDS = 1000, 5


@pytest.fixture
def send(alice):
    """Return a function that sends something as static/js/outbox.js does."""

    def send(url, fields, *, user=alice, owner=alice, off=dt.timedelta(0)):
        client = signed_in(user) if user else Client()
        clock = int((NOON + off).timestamp() * 1000)
        headers = {"X-Outbox-User": str(owner.uuid), "X-Outbox-Clock": str(clock), "HX-Request": "true"}
        return client.post(url, fields, headers=headers)

    return send


def words(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)


def is_stored(response, fields):
    """Say whether the phone may let go of what it sent."""
    return response.headers.get("X-Outbox-Stored") == fields["uuid"]


def test_an_entry_a_phone_kept_is_stored_and_named(send, alice, a_run):
    response = send("/runs/new/", a_run)

    assert response.status_code == 200
    assert is_stored(response, a_run)
    assert str(alice.runs.get().uuid) == a_run["uuid"]


def test_an_entry_a_phone_kept_sent_again_is_answered_as_the_first_time(send, alice, a_run):
    first, again = send("/runs/new/", a_run), send("/runs/new/", a_run)

    assert again.status_code == first.status_code == 200
    assert words(again) == words(first)
    assert is_stored(again, a_run)
    assert alice.runs.count() == 1


def test_an_entry_a_phone_kept_sent_again_leaves_what_was_corrected_since(send, as_alice, alice, a_run):
    send("/runs/new/", a_run)
    as_alice.post(f"/runs/{a_run['uuid']}/", a_run | {"pain_after": "6", "version": "1"})

    assert is_stored(send("/runs/new/", a_run), a_run)
    assert alice.runs.get().pain_after == 6


def test_an_entry_a_phone_kept_sent_again_stays_deleted(send, as_alice, alice, a_run):
    send("/runs/new/", a_run)
    as_alice.post(f"/entries/run/{a_run['uuid']}/delete/")

    assert is_stored(send("/runs/new/", a_run), a_run)
    assert not alice.runs.exists()


def test_an_entry_a_phone_kept_with_an_id_that_says_something_else_already_is_refused(send, alice, a_run):
    send("/runs/new/", a_run)
    other = send("/runs/new/", a_run | {"pain_after": "6"})

    assert other.status_code == 409
    assert not is_stored(other, a_run)
    assert "with other values" in other.text
    assert alice.runs.get().pain_after != 6


def test_an_entry_a_phone_kept_of_a_day_that_was_checked_in_elsewhere_is_to_be_looked_at(
    send, as_alice, alice
):
    as_alice.post("/check-ins/new/", {"on": "2026-03-16", "score": "2"})
    fields = {"uuid": str(uuid.uuid4()), "on": "2026-03-16", "score": "5"}
    response = send("/check-ins/new/", fields)

    assert response.status_code == 422
    assert "A day has one check-in" in response.text
    assert alice.check_ins.get().score == 2

    replaced = send(f"/check-ins/{alice.check_ins.get().uuid}/", fields | {"version": "1"})
    assert replaced["X-Outbox-Stored"]
    assert alice.check_ins.get().score == 5


def test_a_correction_a_phone_kept_is_made_once_and_named_each_time(send, as_alice, alice, a_run):
    as_alice.post("/runs/new/", a_run)
    url = f"/runs/{a_run['uuid']}/"
    fields = a_run | {"uuid": str(uuid.uuid4()), "version": "1", "effort": "4"}
    assert send(url, fields, user=None).status_code == 401

    answers = send(url, fields), send(url, fields)

    run = alice.runs.get()
    assert all(is_stored(answer, fields) for answer in answers)
    assert (str(run.uuid), run.effort, run.version) == (a_run["uuid"], 4, 2)


def test_an_entry_a_phone_kept_of_another_account_is_not_stored(send, alice, bob, a_run):
    response = send("/runs/new/", a_run, user=bob, owner=alice)

    assert response.status_code == 403
    assert not Run.objects.exists()


def test_an_entry_a_phone_kept_of_somebody_signed_out_is_not_stored(send, a_run):
    assert send("/runs/new/", a_run, user=None).status_code == 401
    assert not Run.objects.exists()


def test_an_entry_a_phone_kept_stays_on_the_phone_while_there_is_no_consent(send, alice, a_run):
    alice.consents.update(withdrawn_at=NOON)
    response = send("/runs/new/", a_run)

    assert response["HX-Redirect"] == "/welcome/"
    assert not is_stored(response, a_run)
    assert not Run.objects.exists()


def test_an_entry_a_phone_kept_needs_the_token_of_this_very_moment(alice, a_run):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    headers = {"X-Outbox-User": str(alice.uuid)}
    refused = client.post("/runs/new/", a_run, headers=headers)
    token = client.get("/outbox/token")
    stored = client.post("/runs/new/", a_run, headers=headers | {"X-CSRFToken": token.json()["csrf"]})

    assert (refused.status_code, stored.status_code) == (403, 302)
    assert "no-store" in token["Cache-Control"]
    assert token.json()["who"] == str(alice.uuid)


def test_an_entry_a_phone_kept_is_nobodys_without_signing_in():
    assert Client().get("/outbox/token").json()["who"] is None


def test_a_form_of_nobody_is_the_same_for_everybody_and_has_nothing_of_anybody(alice, bob):
    for page in ("run", "check-in", "session"):
        url = f"/offline/{page}/"
        pages = {client.get(url).text for client in (Client(), signed_in(alice), signed_in(bob))}

        assert len(pages) == 1
        assert "csrf" not in pages.pop().replace('{"X-CSRFToken": ""}', "")


def test_a_form_of_nobody_counts_in_what_the_phone_says(send, alice, a_run):
    send("/runs/new/", a_run | {"distance": "5", "units": "mi"})
    alice.units = "mi"
    alice.save()
    send("/runs/new/", a_run | {"uuid": str(uuid.uuid4()), "distance": "5", "units": "km"})

    assert set(alice.runs.values_list("distance_m", flat=True)) == {8046.7, 5000}


@pytest.mark.parametrize(
    ("wall", "zone", "at"),
    [
        ("2026-03-16T07:30", "America/New_York", "2026-03-16T11:30"),
        ("2026-03-16T18:30", "Asia/Tokyo", "2026-03-16T09:30"),
        ("2026-03-17T00:30", "Pacific/Auckland", "2026-03-16T11:30"),
        ("2026-03-16T07:30", "Nowhere/At_All", "2026-03-16T07:30"),  # read as the account's
    ],
)
def test_a_form_of_nobody_means_the_time_the_phone_showed(send, alice, a_run, wall, zone, at):
    send("/runs/new/", a_run | {"started_at": wall, "zone": zone}, off=dt.timedelta(minutes=59))

    run = alice.runs.get()
    assert (f"{run.started_at:%Y-%m-%dT%H:%M}", run.on) == (at, dt.date(2026, 3, 16))


@pytest.mark.parametrize("days", [3, -3])
@pytest.mark.parametrize(
    ("url", "owned"), [("/runs/new/", "runs"), ("/check-ins/new/", "check_ins")], ids=["run", "check-in"]
)
def test_a_form_of_nobody_from_a_phone_whose_clock_is_wrong_asks_for_the_day(send, alice, url, owned, days):
    off = dt.timedelta(days=days)
    shown = NOON + min(off, dt.timedelta(0))
    fields = {
        "uuid": str(uuid.uuid4()),
        "started_at": f"{shown:%Y-%m-%dT%H:%M}",
        "on": f"{shown:%Y-%m-%d}",
        "score": "2",
        "pain_during": "2",
        "zone": "Europe/London",
    }
    asked = send(url, fields, off=off)
    form = asked.context["form"]

    assert asked.status_code == 422
    assert "The clock of your phone is wrong" in asked.text
    assert not getattr(alice, owned).exists()

    checked = fields | {"on": "2026-03-16", "started_at": "2026-03-16T11:00", "day_checked": "1"}
    assert form["day_checked"].value() == "1"
    assert is_stored(send(url, checked, off=off), fields)
    assert getattr(alice, owned).get().on == dt.date(2026, 3, 16)


def test_a_form_of_nobody_shown_with_a_connection_has_the_time_of_the_server(send, alice, a_run):
    assert is_stored(send("/runs/new/", a_run, off=dt.timedelta(days=3)), a_run)


@pytest.fixture
def replay(transactional_db, alice, as_alice, monkeypatch):
    """Return a function that sends a queue as phones do and returns what they still keep.

    Of every second answer a phone learns nothing: the connection was cut after the entry was stored. Left out,
    for they are the same five thousand times over: the middleware and the review.
    """
    as_alice.get("/")
    advice, chance = alice.advice.get(), random.Random(5)
    monkeypatch.setattr(actions, "review", lambda **options: advice)

    def post(fields):
        request = RequestFactory().post("/runs/new/", fields, headers={"X-Outbox-User": str(alice.uuid)})
        request.user, request.htmx = alice, HtmxDetails(request)
        return views.log_run(request)

    def replay(entries):
        kept = {fields["uuid"] for fields in entries}
        for _round in range(ROUNDS):
            for fields in chance.sample(entries, len(entries)):
                response = post(fields)
                if chance.random() < 0.5 and is_stored(response, fields):
                    kept.discard(fields["uuid"])
        return kept

    return replay


@pytest.fixture
def any_id(transactional_db):
    """Let the database take an id any number of times."""
    constraints = Run._meta.constraints
    once = next(rule for rule in constraints if rule.name == "run_uuid_once_a_runner")
    Run._meta.constraints = [rule for rule in constraints if rule is not once]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Run, once)
    yield
    Run.with_deleted.all().delete()
    Run._meta.constraints = constraints
    with connection.schema_editor() as editor:
        editor.add_constraint(Run, once)


def runs(number):
    start = dt.datetime(2026, 1, 1, 6)
    return [
        {
            "uuid": str(uuid.uuid4()),
            "started_at": f"{start + dt.timedelta(minutes=n):%Y-%m-%dT%H:%M}",
            "distance": f"{n / 100:.2f}",
            "pain_after": str(n % 11),
        }
        for n in range(number)
    ]


def test_a_thousand_entries_replayed_five_times_with_answers_lost_are_a_thousand_rows(replay, alice):
    entries = runs(ITEMS)

    kept = replay(entries)

    stored = dict(alice.runs.values_list("uuid", "distance_m"))
    assert len(stored) == alice.runs.count() == ITEMS
    assert {str(id_) for id_ in stored} == {fields["uuid"] for fields in entries}
    assert sorted(stored.values()) == [n * 10 for n in range(ITEMS)]
    assert len(kept) < ITEMS / 10  # the few whose every answer was cut


def test_without_the_id_that_is_given_once_they_are_doubled(replay, alice, monkeypatch, any_id):
    """The control: neither does the server look for the id nor does the database refuse it twice."""
    monkeypatch.setattr(actions, "_standing", lambda entry: None)

    replay(runs(20))

    assert alice.runs.count() > 20
