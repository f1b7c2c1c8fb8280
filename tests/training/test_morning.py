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


@pytest.mark.parametrize("score", ["11", "-1", "two", "2.5"])
def test_refuses_what_is_no_score(as_alice, alice, score):
    RunFactory(runner=alice, started_at=SUNDAY)

    response = as_alice.post("/morning/", {"on": "2026-03-16", "score": score})

    assert response.status_code == 422
    assert "Choose a number from 0 to 10." in response.text
    assert alice.runs.get().pain_next_morning is None


def test_saving_without_a_choice_asks_for_one(as_alice, alice):
    RunFactory(runner=alice, started_at=SUNDAY)

    response = as_alice.post("/morning/", {"on": "2026-03-16"})

    assert response.status_code == 422
    assert "Choose a number from 0 to 10, or Skip." in response.text
    assert "How is your back this morning?" in as_alice.get("/").text


def test_a_morning_that_is_skipped_is_not_asked_about_again(as_alice, alice, at_noon):
    run = RunFactory(runner=alice, started_at=SUNDAY)

    responses = [as_alice.post("/morning/", {"on": "2026-03-16", "score": ""}) for _twice in range(2)]
    asked = [as_alice.get("/").context["morning"]]
    at_noon.shift(dt.timedelta(days=1))
    asked.append(as_alice.get("/").context["morning"])

    run.refresh_from_db()
    assert [response.status_code for response in responses] == [302, 302]
    assert asked == [None, None]
    assert (run.pain_next_morning, run.next_morning_retrospective) == (None, False)
    assert not alice.advice.exclude(entry_corrected_at=None).exists()


def test_a_second_run_of_the_day_is_asked_about_after_a_skip(as_alice, alice):
    RunFactory(runner=alice, started_at=SUNDAY)
    as_alice.post("/morning/", {"on": "2026-03-16", "score": ""})
    RunFactory(runner=alice, started_at=SUNDAY + dt.timedelta(hours=8))

    assert as_alice.get("/").context["morning"] == dt.date(2026, 3, 16)


@pytest.mark.parametrize(
    ("at", "question", "comes_first"),
    [
        (dt.datetime(2026, 3, 16, 4, 0), "How is your back this morning?", True),
        (dt.datetime(2026, 3, 16, 11, 59), "How is your back this morning?", True),
        (dt.datetime(2026, 3, 16, 12, 0), "How is your back this morning?", False),
        (dt.datetime(2026, 3, 17, 3, 0), "How was your back yesterday morning?", True),
        (dt.datetime(2026, 3, 17, 20, 0), "How was your back yesterday morning?", False),
    ],
)
def test_is_the_first_card_until_noon_and_then_stands_below(
    as_alice, alice, at_noon, at, question, comes_first
):
    RunFactory(runner=alice, started_at=SUNDAY)
    at_noon.move_to(at.replace(tzinfo=dt.UTC))

    page = as_alice.get("/").text

    assert question in page
    assert (page.index('id="morning"') < page.index('id="advice"')) == comes_first


def test_four_in_the_morning_is_the_runners_own(as_alice, alice, at_noon):
    alice.time_zone = "America/New_York"  # four hours behind
    alice.save()
    RunFactory(runner=alice, started_at=SUNDAY)
    asked = []
    for hour in (7, 8):
        at_noon.move_to(dt.datetime(2026, 3, 16, hour, 30, tzinfo=dt.UTC))
        asked.append(as_alice.get("/").context["morning"])

    assert asked == [None, dt.date(2026, 3, 16)]


def test_today_asks_for_a_morning_in_its_card_alone(as_alice, alice, at_noon):
    RunFactory(runner=alice, started_at=SUNDAY, pain_during=2, pain_after=2)
    for day in (16, 17, 18):
        at_noon.move_to(dt.datetime(2026, 3, day, 9, tzinfo=dt.UTC))
        assert "How was your back on the morning of" not in as_alice.get("/").text


def test_says_until_noon_what_was_answered_and_where_to_change_it(as_alice, alice, at_noon):
    run = RunFactory(runner=alice, started_at=SUNDAY)
    at_noon.move_to(dt.datetime(2026, 3, 16, 9, tzinfo=dt.UTC))
    as_alice.post("/morning/", {"on": "2026-03-16", "score": "2"})

    page = as_alice.get("/").text

    assert "Your back this morning: 2." in page
    assert f'href="/runs/{run.uuid}/#id_pain_next_morning_0"' in page


@pytest.mark.parametrize(("day", "retrospective"), [(16, False), (17, True), (20, True)])
def test_a_morning_filled_in_by_editing_says_whether_it_is_told_in_time(
    as_alice, alice, at_noon, day, retrospective
):
    run = RunFactory(runner=alice, started_at=SUNDAY)
    at_noon.move_to(dt.datetime(2026, 3, day, 9, tzinfo=dt.UTC))
    sent = {"started_at": "2026-03-15T09:00", "pain_next_morning": "3", "version": "1"}

    as_alice.post(f"/runs/{run.uuid}/", sent)
    as_alice.post(f"/runs/{run.uuid}/", sent | {"pain_next_morning": "4", "version": "2"})

    run.refresh_from_db()
    assert (run.pain_next_morning, run.next_morning_retrospective) == (4, retrospective)


def test_a_morning_taken_back_is_not_asked_about_again(as_alice, alice):
    run = RunFactory(runner=alice, started_at=SUNDAY, pain_next_morning=4, next_morning_retrospective=True)

    as_alice.post(
        f"/runs/{run.uuid}/", {"started_at": "2026-03-15T09:00", "pain_next_morning": "", "version": "1"}
    )

    run.refresh_from_db()
    assert (run.pain_next_morning, run.next_morning_retrospective) == (None, False)


def test_a_strangers_answer_stays_with_the_stranger(as_bob, alice):
    RunFactory(runner=alice, started_at=SUNDAY)

    as_bob.post("/morning/", {"on": "2026-03-16", "score": "9"})

    assert alice.runs.get().pain_next_morning is None
