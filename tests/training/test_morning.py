import datetime as dt

import pytest

from tests.factories import RunFactory, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
SUNDAY = dt.datetime(2026, 3, 15, 9, 0, tzinfo=dt.UTC)


def test_asks_on_the_day_after_and_keeps_the_answer_with_run_and_session(as_alice, alice):
    run = RunFactory(runner=alice, started_at=SUNDAY)
    done = SessionFactory(runner=alice, started_at=SUNDAY)

    asked = as_alice.get("/")
    answered = as_alice.post("/morning/", {"on": "2026-03-16", "score": "2"})

    run.refresh_from_db()
    done.refresh_from_db()
    assert "How is your back this morning?" in asked.text
    assert answered.url == "/"
    assert (run.pain_next_morning, done.pain_next_morning) == (2, 2)
    assert (run.next_morning_retrospective, run.version) == (False, 2)
    assert "How is your back this morning?" not in as_alice.get("/").text


def test_does_not_ask_before_four_in_the_morning(as_alice, alice, at_noon):
    RunFactory(runner=alice, started_at=SUNDAY)
    at_noon.move_to(dt.datetime(2026, 3, 16, 3, 59, tzinfo=dt.UTC))
    early = as_alice.get("/").context["morning"]
    at_noon.move_to(dt.datetime(2026, 3, 16, 4, 0, tzinfo=dt.UTC))

    assert early is None
    assert as_alice.get("/").context["morning"] == dt.date(2026, 3, 16)


def test_asks_once_more_a_day_later_and_marks_the_answer(as_alice, alice, at_noon):
    run = RunFactory(runner=alice, started_at=SUNDAY)
    at_noon.move_to(dt.datetime(2026, 3, 17, 9, 0, tzinfo=dt.UTC))

    as_alice.post("/morning/", {"on": "2026-03-16", "score": "4"})

    run.refresh_from_db()
    assert (run.pain_next_morning, run.next_morning_retrospective) == (4, True)


def test_never_asks_about_a_morning_two_days_gone(as_alice, alice, at_noon):
    RunFactory(runner=alice, started_at=SUNDAY)
    at_noon.move_to(dt.datetime(2026, 3, 18, 9, 0, tzinfo=dt.UTC))

    response = as_alice.post("/morning/", {"on": "2026-03-16", "score": "4"})

    assert as_alice.get("/").context["morning"] is None
    assert response.status_code == 422
    assert alice.runs.get().pain_next_morning is None


@pytest.mark.parametrize("score", ["", "11", "-1", "two"])
def test_refuses_what_is_no_score(as_alice, alice, score):
    RunFactory(runner=alice, started_at=SUNDAY)

    response = as_alice.post("/morning/", {"on": "2026-03-16", "score": score})

    assert response.status_code == 422
    assert "Choose a number from 0 to 10." in response.text
    assert alice.runs.get().pain_next_morning is None


def test_a_strangers_answer_stays_with_the_stranger(as_bob, alice):
    RunFactory(runner=alice, started_at=SUNDAY)

    as_bob.post("/morning/", {"on": "2026-03-16", "score": "9"})

    assert alice.runs.get().pain_next_morning is None
