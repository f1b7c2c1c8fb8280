"""The secret link to a report: who may open it, for how long, and what is kept of it."""

import datetime as dt
import io
import logging
import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from backpain.accounts.actions import erase_account, give_consent, withdraw_consent
from backpain.accounts.tokens import hash_of, new_token
from backpain.reports import sharing, tasks
from backpain.reports.contents import Options
from backpain.reports.logs import SecretlessFormatter
from backpain.reports.models import CalendarFeed, Share, ShareVisit
from tests.conftest import NOON, signed_in
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
A_MINUTE = dt.timedelta(minutes=1)


def share_of(runner, *, days=14, label="", ask_pin=False, **options):
    return sharing.share_report(
        runner=runner,
        now=NOON,
        first=dt.date(2026, 2, 16),
        last=dt.date(2026, 3, 16),
        options=Options(**options),
        expires_in=days,
        ask_pin=ask_pin,
        label=label,
    )


def typed(**fields):
    return {"weeks": "dates", "first": "2026-02-16", "last": "2026-03-16", "expires_in": "14", **fields}


def opened(token, client=None, **headers):
    return (client or Client()).get(f"/shared/{token}/", **headers)


def tried(token, pin, client=None):
    return (client or Client()).post(f"/shared/{token}/", {"pin": pin})


def token_on(page):
    return re.search(r"/shared/([\w-]{43})/", page.content.decode())[1]


def other_than(pin):
    return f"{(int(pin) + 1) % 1_000_000:06}"


# Making a link


def test_a_link_is_shown_once_and_stored_as_a_hash(alice, as_alice):
    made = as_alice.post("/report/share/", typed())

    token, share = token_on(made), alice.shares.get()
    assert made.status_code == 201
    assert share.token_hash == hash_of(token)
    assert token not in str(Share.objects.values().get())
    assert token not in as_alice.get("/report/share/").content.decode()
    assert opened(token).status_code == 200


def test_a_link_works_for_two_weeks_unless_said_otherwise(as_alice):
    assert 'name="expires_in" value="14"' in as_alice.get("/report/share/").content.decode()


def test_a_link_has_no_pin_and_shows_no_more_than_was_ticked(alice, as_alice):
    as_alice.post("/report/share/", typed(with_notes="on"))

    share = alice.shares.get()
    assert (share.with_name, share.with_screening, share.with_notes, share.pin) == (False, False, True, "")


def test_the_form_begins_with_the_period_another_page_asks_for(as_alice):
    page = as_alice.get("/report/share/?weeks=dates&first=2026-01-05&with_notes=on").content.decode()

    assert 'value="2026-01-05"' in page
    assert re.search(r'value="dates"[^>]* checked', page)
    assert re.search(r'name="with_notes"[^>]* checked', page)
    assert not re.search(r'name="with_screening"[^>]* checked', page)


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_in": "0"},
        {"expires_in": "91"},
        {"expires_in": "two weeks"},
        {"expires_in": ""},
        {"first": "2026-03-17", "last": "2026-03-16"},
        {"last": "2026-03-17"},
        {"first": "1989-12-31"},
        {"first": "nonsense"},
        {"last": ""},
        {"weeks": "5000"},
        {"label": "x" * 61},
    ],
)
def test_what_makes_no_sense_makes_no_link(alice, as_alice, fields):
    response = as_alice.post("/report/share/", typed(**fields))

    assert response.status_code == 422
    assert not alice.shares.exists()


def test_ninety_days_are_the_most(alice, as_alice):
    as_alice.post("/report/share/", typed(expires_in="90"))

    assert alice.shares.get().expires_at == NOON + dt.timedelta(days=90)


def test_more_links_than_anybody_can_watch_are_refused(alice, as_alice):
    links = [share_of(alice).share for _ in range(sharing.MOST_OPEN)]

    assert as_alice.post("/report/share/", typed()).status_code == 422

    sharing.revoke_share(links[0], now=NOON)
    assert as_alice.post("/report/share/", typed()).status_code == 201


def test_weeks_are_shared_as_the_days_they_are_now(alice, as_alice, at_noon):
    as_alice.post("/report/share/", typed(weeks="4"))

    share = alice.shares.get()
    assert (share.first, share.last) == (dt.date(2026, 2, 23), dt.date(2026, 3, 16))


def test_a_pin_is_shown_once_and_stored_as_passwords_are(alice, as_alice):
    page = as_alice.post("/report/share/", typed(ask_pin="on")).content.decode()

    pin = re.search(r'id="pin" type="text" value="(\d{6})"', page)[1]
    assert pin not in str(Share.objects.values("pin", "label", "wrong_pins").get())
    assert pin not in as_alice.get("/report/share/").content.decode()
    assert tried(re.search(r"/shared/([\w-]{43})/", page)[1], pin).status_code == 200


def test_a_stranger_sees_none_of_the_links(alice, as_bob):
    share_of(alice, label="Practice at the bridge")

    assert "Practice at the bridge" not in as_bob.get("/report/share/").content.decode()


# Opening it


def test_a_link_shows_the_report_and_nothing_that_leads_on(alice):
    page = opened(share_of(alice).token).content.decode()

    assert "<script" not in page and "<nav" not in page and "<form" not in page
    assert not re.findall(r'<a [^>]*href="/', page)
    assert alice.email not in page and str(alice.uuid) not in page


def test_a_link_is_kept_out_of_caches_searches_and_referrers(alice):
    made = share_of(alice)
    pinned = share_of(alice, ask_pin=True)

    for token in (made.token, pinned.token, "guessed"):
        response = opened(token)
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies
    assert '<meta name="robots" content="noindex' in opened(made.token).content.decode()
    assert '<meta name="robots" content="noindex' in opened(pinned.token).content.decode()


def test_who_opens_a_link_while_signed_in_sees_nothing_of_an_own_account(alice, bob, as_bob):
    bob.theme = "dark"
    bob.save()
    token = share_of(alice).token

    page = opened(token, as_bob).content.decode()

    assert bob.email not in page and str(bob.uuid) not in page and 'data-theme="dark"' not in page
    assert page == opened(token).content.decode()


@pytest.mark.parametrize("chosen", ["with_name", "with_screening", "with_notes"])
def test_the_report_is_made_of_what_the_runner_chose(alice, monkeypatch, chosen):
    asked = []

    def report_of(runner, *, first, last, options, today):
        asked.append((runner, first, last, options))

    monkeypatch.setattr("backpain.reports.sharing_views.report_of", report_of)
    monkeypatch.setattr("backpain.reports.sharing_views.render_to_string", lambda *_: "")
    opened(share_of(alice, **{chosen: True}).token)

    period = (dt.date(2026, 2, 16), dt.date(2026, 3, 16))
    assert asked == [(alice, *period, Options(**{chosen: True}))]


def test_the_report_is_of_the_log_as_it_is_when_it_is_opened(alice):
    token = share_of(alice, with_notes=True).token
    before = opened(token).content.decode()
    RunFactory(runner=alice, pain_after=4, distance_m=8200, note="slipped on the wet stairs")

    assert "slipped on the wet stairs" not in before
    assert "slipped on the wet stairs" in opened(token).content.decode()


def test_words_that_were_not_ticked_stay_out(alice):
    RunFactory(runner=alice, pain_after=4, distance_m=8200, note="slipped on the wet stairs")

    assert "slipped on the wet stairs" not in opened(share_of(alice).token).content.decode()


# Links that do not work


@pytest.fixture
def dead(alice, at_noon):
    """Tokens that open nothing, each for its own reason."""
    inactive_made = share_of(alice)
    revoked, expired, locked = share_of(alice), share_of(alice, days=1), share_of(alice, ask_pin=True)
    sharing.revoke_share(revoked.share, now=NOON)
    for _ in range(5):
        sharing.accepts_pin(locked.share, other_than(locked.pin), now=NOON)
    at_noon.shift(dt.timedelta(days=1))
    return {
        "guessed": new_token(),
        "malformed": "no.token",
        "mutated": f"{inactive_made.token[:-1]}.",
        "revoked": revoked.token,
        "expired": expired.token,
        "locked": locked.token,
    }


def test_every_link_that_does_not_work_is_answered_alike(dead):
    answers = {}
    for why, token in dead.items():
        with CaptureQueriesContext(connection) as captured:
            response = opened(token)
        answers[why] = (response.status_code, response.content, dict(response.headers), len(captured))

    assert answers["guessed"][0] == 404
    assert all(answer == answers["guessed"] for answer in answers.values()), answers
    assert not ShareVisit.objects.exists()


def test_it_is_answered_as_a_page_that_never_was(dead):
    assert opened(dead["revoked"]).content == Client().get("/no/such/page/").content


def test_a_pin_sent_to_a_link_that_does_not_work_is_answered_alike(dead):
    answers = {why: tried(token, "123456") for why, token in dead.items()}

    assert {(answer.status_code, answer.content) for answer in answers.values()} == {
        (404, answers["guessed"].content)
    }


def test_a_link_works_until_the_instant_it_expires(alice, at_noon):
    token = share_of(alice, days=1).token

    at_noon.move_to(NOON + dt.timedelta(days=1) - A_MINUTE)
    assert opened(token).status_code == 200
    at_noon.move_to(NOON + dt.timedelta(days=1))
    assert opened(token).status_code == 404


def test_a_link_ends_with_the_consent_and_stays_ended(alice, as_alice):
    token = share_of(alice).token

    withdraw_consent(runner=alice, now=NOON)
    assert opened(token).status_code == 404

    give_consent(runner=alice, now=NOON + A_MINUTE)
    assert opened(token).status_code == 404
    assert "ended with your consent" in as_alice.get("/report/share/").content.decode()


def test_a_link_of_somebody_who_may_not_sign_in_does_not_work(alice):
    token = share_of(alice).token
    alice.is_active = False
    alice.save()

    assert opened(token).status_code == 404


def test_erasing_the_account_leaves_no_link_no_visit_and_no_calendar(alice, as_alice):
    made = share_of(alice)
    opened(made.token)
    as_alice.post("/calendar/")

    erase_account(runner=alice)

    assert opened(made.token).status_code == 404
    assert not Share.objects.exists() and not ShareVisit.objects.exists()
    assert not CalendarFeed.objects.exists()


def test_a_revoked_link_is_shown_as_ended(alice, as_alice):
    made = share_of(alice)

    response = as_alice.post(f"/report/share/{made.share.uuid}/revoke/", follow=True)

    assert "ended by you" in response.content.decode()
    assert opened(made.token).status_code == 404


def test_ending_it_again_keeps_the_first_time(alice, as_alice, at_noon):
    made = share_of(alice)
    as_alice.post(f"/report/share/{made.share.uuid}/revoke/")
    at_noon.shift(A_MINUTE)
    as_alice.post(f"/report/share/{made.share.uuid}/revoke/")

    assert alice.shares.get().revoked_at == NOON


def test_a_stranger_cannot_end_a_link(alice, as_bob):
    made = share_of(alice)

    assert as_bob.post(f"/report/share/{made.share.uuid}/revoke/").status_code == 404
    assert opened(made.token).status_code == 200


# The PIN


def test_a_report_with_a_pin_is_not_shown_without_it(alice, monkeypatch):
    made = share_of(alice, ask_pin=True)
    monkeypatch.delattr("backpain.reports.sharing_views.report_of")

    assert "PIN" in opened(made.token).content.decode()
    assert tried(made.token, other_than(made.pin)).status_code == 422
    assert not ShareVisit.objects.exists()


def test_a_wrong_pin_says_how_many_tries_are_left(alice):
    made = share_of(alice, ask_pin=True)

    page = tried(made.token, other_than(made.pin)).content.decode()

    assert "That is not the PIN" in page and "4 tries are left" in page


def test_five_wrong_pins_lock_the_link_for_the_right_one_too(alice):
    made = share_of(alice, ask_pin=True)

    statuses = [tried(made.token, other_than(made.pin)).status_code for _ in range(5)]

    assert statuses == [422, 422, 422, 422, 404]
    assert tried(made.token, made.pin).status_code == 404
    assert opened(made.token).status_code == 404


def test_the_right_pin_uses_no_try_up_and_gives_none_back(alice):
    made = share_of(alice, ask_pin=True)
    tried(made.token, other_than(made.pin))

    assert [tried(made.token, made.pin).status_code for _ in range(6)] == [200] * 6
    assert alice.shares.get().wrong_pins == 1


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "12345a", "\N{FULLWIDTH DIGIT ONE}23456", "123456\n7", " "]
)
def test_what_cannot_be_a_pin_is_no_try(alice, pin):
    made = share_of(alice, ask_pin=True)

    assert tried(made.token, pin).status_code == 422
    assert alice.shares.get().wrong_pins == 0


def test_a_pin_is_taken_from_a_browser_that_hides_where_it_comes_from(alice):
    made = share_of(alice, ask_pin=True)
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(f"/shared/{made.token}/", {"pin": made.pin}, headers={"origin": "null"})

    assert response.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_have_no_more_tries_together(alice, monkeypatch):
    made = share_of(alice, ask_pin=True)
    barrier, statuses, compared = threading.Barrier(12), [], []
    compare = sharing.check_password
    monkeypatch.setattr(
        sharing, "check_password", lambda pin, kept: compared.append(pin) or compare(pin, kept)
    )

    def guess(pin):
        try:
            barrier.wait()
            statuses.append(tried(made.token, pin).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess, args=[other_than(made.pin)]) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(compared) == 5
    assert set(statuses) <= {404, 422} and statuses.count(422) <= 4
    assert Share.objects.get().wrong_pins == 5


# What is kept of a visit


def test_every_opening_is_kept_with_its_time_and_shown_to_the_runner(alice, as_alice, at_noon):
    made = share_of(alice)
    opened(made.token)
    at_noon.shift(dt.timedelta(hours=26, minutes=7))
    opened(made.token)

    page = as_alice.get("/report/share/").content.decode()

    assert "Opened 2 times" in page
    assert "16 Mar 2026, 12:00" in page and "17 Mar 2026, 14:07" in page


def test_nothing_is_kept_of_who_opens_a_link(alice):
    opened(share_of(alice).token, headers={"user-agent": "Practice/1.0"}, REMOTE_ADDR="192.0.2.7")

    visit = ShareVisit.objects.values().get()
    assert visit.keys() == {"id", "runner_id", "share_id", "at", "by_runner"}


def test_an_opening_by_the_runner_is_told_apart(alice, as_alice, as_bob):
    made = share_of(alice)
    for client in (as_alice, as_bob, Client()):
        opened(made.token, client)

    assert list(made.share.visits.order_by("pk").values_list("by_runner", flat=True)) == [True, False, False]
    assert "(you)" in as_alice.get("/report/share/").content.decode()


def test_a_pin_page_is_no_opening_and_the_report_behind_it_is_one(alice):
    made = share_of(alice, ask_pin=True)
    opened(made.token)
    tried(made.token, made.pin)

    assert made.share.visits.count() == 1


def test_the_list_costs_the_same_for_one_link_and_for_many(alice):
    def statements():
        client = signed_in(alice)
        client.get("/report/share/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/report/share/").status_code == 200
        return len(captured)

    sharing.record_visit(share_of(alice).share, now=NOON, by_runner=False)
    of_one = statements()
    for _ in range(12):
        share = share_of(alice).share
        for _ in range(12):
            sharing.record_visit(share, now=NOON, by_runner=False)

    assert statements() == of_one <= 5


def test_of_many_openings_the_newest_are_listed(alice, as_alice):
    share = share_of(alice).share
    for minute in range(12):
        sharing.record_visit(share, now=NOON + minute * A_MINUTE, by_runner=False)

    page = as_alice.get("/report/share/").content.decode()

    assert "Opened 12 times" in page
    assert "12:11" in page and "12:02" in page and "16 Mar 2026, 12:01" not in page


# What goes when


def test_ended_links_go_thirty_days_later_with_their_visits_and_no_others(alice):
    month, day = dt.timedelta(days=30), dt.timedelta(days=1)
    expired, revoked, locked = (
        share_of(alice, label=label, ask_pin=True) for label in ("expired", "revoked", "locked")
    )
    Share.objects.filter(pk=expired.share.pk).update(made_at=NOON - 2 * month, expires_at=NOON)
    sharing.revoke_share(revoked.share, now=NOON)
    for _ in range(5):
        sharing.accepts_pin(locked.share, other_than(locked.pin), now=NOON)
    works = share_of(alice, label="works", days=90, ask_pin=True)
    sharing.accepts_pin(works.share, other_than(works.pin), now=NOON)
    for made in (expired, works):
        sharing.record_visit(made.share, now=NOON, by_runner=False)

    assert sharing.purge(before=NOON) == 0
    assert sharing.purge(before=NOON + day) == 3
    assert [share.label for share in Share.objects.all()] == ["works"]
    assert ShareVisit.objects.count() == 1


@pytest.mark.parametrize(
    ("ends", "days"), [("", 14 + 31), ("revoke", 31), ("guess", 31)], ids=["expired", "revoked", "locked"]
)
def test_the_end_of_a_link_plans_its_deletion(as_alice, alice, at_noon, ends, days):
    page = as_alice.post("/report/share/", typed(ask_pin="on"))
    if ends == "revoke":
        as_alice.post(f"/report/share/{alice.shares.get().uuid}/revoke/")
    if ends == "guess":
        pin = re.search(r'id="pin" type="text" value="(\d{6})"', page.content.decode())[1]
        for _ in range(5):
            tried(token_on(page), other_than(pin))

    planned = DBTaskResult.objects.filter(task_path="backpain.reports.tasks.purge_shares")

    assert planned.earliest("run_after").run_after == NOON + dt.timedelta(days=days)
    at_noon.shift(dt.timedelta(days=days))
    assert tasks.purge_shares.call() == 1


# The logs


def test_a_log_tells_of_no_token(alice, monkeypatch):
    written = io.StringIO()
    for handler in (*logging.getLogger().handlers, *logging.getLogger("django").handlers):
        if type(handler) is logging.StreamHandler:
            monkeypatch.setattr(handler, "stream", written)
    token = share_of(alice).token

    opened(f"{token}.")
    Client().put(f"/shared/{token}/")
    Client().get(f"/calendar/{token}.ics")
    Client().get(f"/SHARED/{token}")

    assert written.getvalue().count("/shared/...") >= 2
    assert token not in written.getvalue()


def test_a_traceback_tells_of_no_token():
    token = new_token()
    formatter = SecretlessFormatter("{message}", style="{")
    try:
        raise ValueError(f"cannot read /shared/{token}/")
    except ValueError as error:
        raised = (ValueError, error, error.__traceback__)
    record = logging.LogRecord(
        "django.request", 40, "x.py", 1, "Internal Server Error: %s", (f"/calendar/{token}.ics",), raised
    )

    assert "/calendar/..." in formatter.format(record)
    assert token not in formatter.format(record)
