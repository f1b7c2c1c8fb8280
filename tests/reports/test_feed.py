"""The calendar feed: which days are planned, what an event tells, and who may read it."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from backpain.accounts.actions import give_consent, withdraw_consent
from backpain.accounts.tokens import hash_of
from backpain.coach.decision import Decision, Dose, Evidence, Move, Reason, Running, Value, Verdict
from backpain.coach.thresholds import RULESET, SHIPPED
from backpain.exercises.models import Exercise, Ladder
from backpain.plan.models import Placement
from backpain.reports import feed
from backpain.reports.feed import session_days
from backpain.reports.models import CalendarFeed
from tests.catalogue import put_catalogue
from tests.conftest import NOON
from tests.factories import SessionFactory

TODAY = dt.date(2026, 3, 16)  # a Monday
PLANK = Dose(exercise="forearm-plank", sets=3, target=30, unit="s")


def march(*days):
    return [dt.date(2026, 3, day) for day in days]


# The days E-7 leaves


@pytest.mark.parametrize(
    ("done", "planned"),
    [
        ([], march(16, 18, 20, 23, 25, 27)),
        (march(16), march(18, 20, 23, 25, 27)),
        (march(15), march(17, 19, 22, 24, 26, 29)),
        (march(14), march(16, 18, 21, 23, 25, 28)),
        (march(10, 12, 14), march(17, 19, 21, 24, 26, 28)),
        (march(13, 14, 15), march(20, 22, 24, 27, 29)),
    ],
)
def test_sessions_have_a_day_between_and_are_three_a_week(done, planned):
    assert session_days(done, first=TODAY, on=TODAY, thresholds=SHIPPED) == planned


@pytest.mark.parametrize("spacing", [2, 3])
def test_no_plan_breaks_the_rule_whatever_was_done(spacing):
    thresholds = replace(SHIPPED, spacing_days=spacing)
    week = march(*range(10, 17))
    for done in itertools.chain.from_iterable(itertools.combinations(week, n) for n in range(8)):
        planned = session_days(done, first=TODAY, on=TODAY, thresholds=thresholds)

        assert planned and march(16)[0] <= planned[0] and planned[-1] <= march(29)[0]
        latest = [*done[-1:], *planned]
        assert all((after - before).days >= spacing for before, after in itertools.pairwise(latest))
        for day in planned:
            last_week = [one for one in (*done, *planned) if 0 <= (day - one).days < 7]
            assert len(last_week) <= SHIPPED.strength_days_week


def test_a_plan_that_may_not_begin_yet_begins_later():
    assert session_days([], first=march(19)[0], on=TODAY, thresholds=SHIPPED)[:2] == march(19, 21)


# The feed of a runner


@pytest.fixture
def placed(alice):
    """Put Alice on two ladders."""
    put_catalogue()
    for ladder, exercise in (("front-plank", "forearm-plank"), ("bridge", "glute-bridge")):
        Placement.objects.create(
            runner=alice,
            ladder=Ladder.objects.get(slug=ladder),
            exercise=Exercise.objects.get(slug=exercise),
            sets=3,
            target=30 if exercise == "forearm-plank" else 10,
            unit="s" if exercise == "forearm-plank" else "reps",
            from_on=dt.date(2026, 2, 1),
        )


def reason(rule, verdict, *, ladder=None, again_on=None, values=()):
    return Reason(
        rule=rule,
        verdict=verdict,
        grade="engineering",
        sources=(),
        evidence=Evidence(values=values),
        ladder=ladder,
        again_on=again_on,
    )


def pause(ladder):
    return Move(ladder=ladder, rule="E-6", kind="pause", from_=PLANK, to=None)


def advise(runner, *reasons, moves=(), verdict=None, on=TODAY):
    reasons = reasons or (reason("A-3", Verdict.HOLD, again_on=on + dt.timedelta(days=1)),)
    verdict = max(one.verdict for one in reasons) if verdict is None else verdict
    decision = Decision(
        verdict=verdict,
        reasons=reasons,
        moves=tuple(moves),
        running=Running(may_run=True, cap_m=None, warning="none"),
    )
    return runner.advice.create(
        on=on,
        given_at=NOON,
        verdict=verdict.name.lower(),
        facts={},
        decision=decision.as_data(),
        ruleset=RULESET,
        engine="1",
    )


@pytest.fixture
def trained(alice):
    """Write Alice's sessions: a day and what was done."""

    def write(on, exercise="forearm-plank", **columns):
        at = dt.datetime.combine(on, dt.time(8), dt.UTC)
        session = SessionFactory(runner=alice, started_at=at, **columns)
        session.sets.create(runner=alice, position=0, exercise=exercise, unit="s", done=30)
        return session

    return write


def events_of(runner, *, with_details=False):
    return feed.planned(runner, on=TODAY, with_details=with_details)


def core_days(runner):
    return [event.on for event in events_of(runner) if event.kind == "core"]


def look_days(runner):
    return [event.on for event in events_of(runner) if event.kind == "look"]


@pytest.mark.django_db
def test_without_advice_and_without_a_plan_nothing_is_planned(alice):
    assert events_of(alice) == []
    advise(alice)
    assert events_of(alice) == []


@pytest.mark.django_db
def test_what_was_done_moves_what_is_planned(alice, placed, trained):
    advise(alice)
    assert core_days(alice) == march(16, 18, 20, 23, 25, 27)

    trained(march(15)[0])
    assert core_days(alice) == march(17, 19, 22, 24, 26, 29)


@pytest.mark.django_db
def test_a_deleted_session_and_one_of_mobility_alone_move_nothing(alice, placed, trained):
    advise(alice)
    trained(march(15)[0], deleted_at=NOON)
    mobility = Exercise.objects.filter(category="mobility").first().slug
    trained(march(15)[0], exercise=mobility)

    assert core_days(alice)[0] == TODAY


@pytest.mark.django_db
@pytest.mark.parametrize("verdict", [Verdict.URGENT, Verdict.EMERGENCY])
def test_beside_a_warning_nothing_is_planned(alice, placed, verdict):
    advise(alice, reason("R-1u", verdict), reason("L-1", Verdict.HOLD, again_on=march(20)[0]))

    assert events_of(alice) == []


@pytest.mark.django_db
def test_what_is_paused_is_not_planned(alice, placed):
    advise(alice, moves=[pause("front-plank")])
    details = [event.details for event in events_of(alice, with_details=True)]
    assert len(details) == 6
    assert not any("plank" in one.lower() for one in details) and all("bridge" in one for one in details)

    advise(alice, moves=[pause("front-plank"), pause("bridge")])
    assert core_days(alice) == []


@pytest.mark.django_db
def test_an_exercise_with_hours_off_waits_for_their_end(alice, placed):
    off = (Value(what="hours_off", value=72, unit="h"),)
    advise(
        alice,
        reason("E-6", Verdict.REGRESS, ladder="front-plank", again_on=march(19)[0], values=off),
        moves=[pause("bridge")],
    )

    assert core_days(alice) == march(19, 21, 23, 26, 28)


@pytest.mark.django_db
def test_a_day_that_began_in_pain_has_no_session(alice, placed):
    high = (Value(what="before", value=SHIPPED.before_high, unit="/10", on=TODAY),)
    advise(alice, reason("P-9", Verdict.HOLD, values=high))

    assert core_days(alice)[:2] == march(17, 19)


@pytest.mark.django_db
def test_the_coach_looks_again_on_the_days_its_reasons_name(alice):
    advise(
        alice,
        reason("L-1", Verdict.HOLD, again_on=march(20)[0]),
        reason("X-1", Verdict.HOLD, again_on=march(20)[0]),
        reason("W-12", Verdict.HOLD, again_on=march(29)[0]),
        reason("W-9", Verdict.HOLD, again_on=march(30)[0]),  # later than the calendar goes
        reason("E-3", Verdict.HOLD, ladder="front-plank", again_on=march(17)[0]),  # waits for sessions alone
        reason("E-6", Verdict.REGRESS, ladder="front-plank", again_on=march(18)[0]),
        reason("A-3", Verdict.HOLD, again_on=march(17)[0]),  # nothing to look at
        reason("L-6", Verdict.HOLD, again_on=march(15)[0]),  # over
        reason("R-14", Verdict.PROFESSIONAL),  # a visit ends it, no day
    )

    assert look_days(alice) == march(18, 20, 29)


@pytest.mark.django_db
def test_a_real_plan_and_real_advice_make_a_calendar(alice, as_alice, placed, trained, at_noon):
    trained(march(12)[0])
    trained(march(14)[0])
    as_alice.get("/")

    assert core_days(alice) == march(16, 19, 21, 23, 26, 28)


# The file


@pytest.fixture
def address(alice, as_alice, placed, at_noon):
    """Give Alice a feed with one look-again, and return how to read it."""
    advise(alice, reason("L-1", Verdict.HOLD, again_on=march(20)[0]))

    def make(**fields):
        return as_alice.post("/calendar/", fields).context["url"].removeprefix("http://testserver")

    return make


def read(url, client=None, **headers):
    return (client or Client()).get(url, headers=headers)


def events_in(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


@pytest.mark.django_db
def test_events_are_whole_days_in_order_with_a_neutral_name(address):
    response = read(address())

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = events_in(response)
    assert [(event.start, str(event["SUMMARY"])) for event in events] == [
        (march(16)[0], "Core session"),
        (march(18)[0], "Core session"),
        (march(20)[0], "Core session"),
        (march(20)[0], "Look at your back again"),
        (march(23)[0], "Core session"),
        (march(25)[0], "Core session"),
        (march(27)[0], "Core session"),
    ]
    assert all(event.end - event.start == dt.timedelta(days=1) for event in events)
    assert all(event["DTSTAMP"].dt.tzinfo for event in events)
    assert len({event.uid for event in events}) == 7


@pytest.mark.django_db
def test_without_details_an_event_says_no_more_than_its_name(alice, address):
    body = read(address()).content.decode()

    assert {line.partition(":")[0].partition(";")[0] for line in body.split("\r\n") if line} == {
        "BEGIN", "END", "VERSION", "PRODID", "UID", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL",
        "X-PUBLISHED-TTL", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "CLASS", "TRANSP",
    } - ({"X-PUBLISHED-TTL"} if "X-PUBLISHED-TTL" not in body else set())  # fmt: skip
    assert str(alice.uuid) not in body and alice.email not in body


@pytest.mark.django_db
def test_with_details_an_event_names_doses_and_reasons(address):
    described = {
        str(event["SUMMARY"]): str(event["DESCRIPTION"])
        for event in events_in(read(address(with_details="on")))
    }

    assert "3 × 30 s" in described["Core session"] and "3 × 10" in described["Core session"]
    assert "much longer" in described["Look at your back again"]


@pytest.mark.django_db
def test_an_event_keeps_its_id_when_the_plan_is_read_on_another_day(alice, address, trained, at_noon):
    url = address()
    before = {(event.start, str(event["SUMMARY"])): event.uid for event in events_in(read(url))}
    trained(TODAY)
    at_noon.shift(dt.timedelta(days=1))
    after = {(event.start, str(event["SUMMARY"])): event.uid for event in events_in(read(url))}

    assert set(before) & set(after) >= {(day, "Core session") for day in march(18, 20)}
    assert all(before[key] == after[key] for key in set(before) & set(after))


@pytest.mark.django_db
def test_what_a_calendar_has_already_is_not_sent_again(address, trained):
    url = address()
    first = read(url)

    again = read(url, **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    trained(TODAY)
    assert read(url, **{"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.django_db
def test_days_are_the_runners_own(alice, address, at_noon):
    alice.time_zone = "Pacific/Auckland"  # 13 hours ahead
    alice.save()
    url = address()

    at_noon.move_to(dt.datetime(2026, 3, 16, 10, 59, tzinfo=dt.UTC))
    assert events_in(read(url))[0].start == march(16)[0]
    at_noon.move_to(dt.datetime(2026, 3, 16, 11, 0, tzinfo=dt.UTC))
    assert events_in(read(url))[0].start == march(17)[0]


@pytest.mark.django_db
def test_reading_it_costs_few_statements_and_writes_nothing(alice, address, trained):
    plain, detailed = address(), None

    def statements(url):
        with CaptureQueriesContext(connection) as captured:
            assert read(url).status_code == 200
        assert all(query["sql"].startswith("SELECT") for query in captured)
        return len(captured)

    of_one = statements(plain)
    for day in range(1, 16):
        trained(dt.date(2026, 3, day))
    assert statements(plain) == of_one <= 5
    detailed = address(with_details="on")
    assert statements(detailed) <= 9


# The address


@pytest.mark.django_db
def test_the_address_is_shown_once_and_stored_as_a_hash(alice, as_alice, address):
    url = address()
    token = url.removeprefix("/calendar/").removesuffix(".ics")

    assert CalendarFeed.objects.get().token_hash == hash_of(token)
    assert token not in str(CalendarFeed.objects.values().get())
    assert token not in as_alice.get("/calendar/").content.decode()


@pytest.mark.django_db
def test_a_new_address_ends_the_old_one(alice, address):
    old, new = address(), address()

    assert (read(old).status_code, read(new).status_code) == (404, 200)
    assert CalendarFeed.objects.count() == 1


@pytest.mark.django_db
def test_an_address_that_was_stopped_is_answered_as_a_guess(as_alice, address):
    url = address()
    as_alice.post("/calendar/remove/")

    stopped, guessed = read(url), read("/calendar/guessed.ics")
    assert stopped.status_code == guessed.status_code == 404
    assert stopped.content == guessed.content and dict(stopped.headers) == dict(guessed.headers)
    assert stopped["X-Robots-Tag"].startswith("noindex")


@pytest.mark.django_db
def test_a_stranger_stops_nobody_elses(as_bob, address):
    url = address()
    as_bob.post("/calendar/remove/")

    assert read(url).status_code == 200


@pytest.mark.django_db
def test_without_consent_there_is_no_calendar(alice, address):
    url = address()
    withdraw_consent(runner=alice, now=NOON)
    assert read(url).status_code == 404

    give_consent(runner=alice, now=NOON)
    assert read(url).status_code == 200


@pytest.mark.django_db
def test_who_may_not_sign_in_has_no_calendar(alice, address):
    url = address()
    alice.is_active = False
    alice.save()

    assert read(url).status_code == 404


@pytest.mark.django_db
def test_it_speaks_the_language_it_was_made_in(alice, address, monkeypatch):
    asked = []
    url = address()
    monkeypatch.setattr(feed, "_", lambda words: asked.append(feed.get_language()) or words)
    CalendarFeed.objects.update(language="de")

    read(url, **{"accept-language": "fr"})

    assert set(asked) == {"de"}


@pytest.mark.django_db
def test_a_calendar_is_kept_by_the_reader_alone(address):
    response = read(address())

    assert response["Cache-Control"] == "private, no-cache"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


@pytest.mark.django_db
def test_a_year_without_an_entry_leaves_the_plan_and_no_look_back(alice, address):
    url = address()
    with time_machine.travel(NOON + dt.timedelta(days=365), tick=False):
        events = events_in(read(url))

    assert {str(event["SUMMARY"]) for event in events} == {"Core session"}
