"""Runs and sessions as a calendar: at their instants, and without a note unless it is asked for."""

import datetime as dt

import pytest
from icalendar import Calendar

from tests.factories import RunFactory, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
AT = dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC)  # half an hour before summer time


def events(client, **options):
    return Calendar.from_ical(client.get("/export/done.ics", options).content).walk("VEVENT")


def test_there_is_an_event_for_every_run_and_session_that_stands(alice, as_alice):
    RunFactory(runner=alice, started_at=AT, distance_m=8200, duration_s=2832.4)
    RunFactory(runner=alice, started_at=AT, activity="walk")
    RunFactory(runner=alice, started_at=AT, deleted_at=AT)
    SessionFactory(runner=alice, started_at=AT)

    found = events(as_alice)

    assert [str(event["SUMMARY"]) for event in found] == ["Run, 8.2 km", "Walk", "Core session"]
    assert {event["CLASS"] for event in found} == {"PRIVATE"}
    assert len({str(event["UID"]) for event in found}) == 3


def test_an_event_is_in_utc_and_lasts_as_long_as_the_run(alice, as_alice):
    RunFactory(runner=alice, started_at=AT, duration_s=7200)
    RunFactory(runner=alice, started_at=AT)

    long, short = events(as_alice)

    assert (long.start, long.end) == (AT, AT + dt.timedelta(hours=2))
    assert b"DTSTART:20260329T003000Z" in long.to_ical()
    assert "DTEND" not in short and "DURATION" not in short


def test_notes_are_in_it_only_when_they_are_asked_for(alice, as_alice):
    RunFactory(runner=alice, note="it hurt,\nthen not", pain_during=7)

    (without,), (told,) = events(as_alice), events(as_alice, with_notes="on")

    assert "DESCRIPTION" not in without and b"hurt" not in without.to_ical()
    assert str(told["DESCRIPTION"]) == "it hurt,\nthen not"


def test_distances_are_in_the_runners_units(alice, as_alice):
    alice.units = "mi"
    alice.save()
    RunFactory(runner=alice, distance_m=8046.72)

    assert [str(event["SUMMARY"]) for event in events(as_alice)] == ["Run, 5 mi"]
