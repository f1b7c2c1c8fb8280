"""Runs that came without a pain score, from files or another program, are asked about, one tap each."""

import datetime as dt
import uuid

import pytest

from backpain.training.actions import edit
from backpain.training.history import history_of
from backpain.training.models import Run
from backpain.training.queries import scores_asked_since
from backpain.training.scores.actions import mark_unrecorded
from tests.conftest import NOON
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
PAGE = "/runs/scores/"
HTMX = {"HX-Request": "true"}


def days_ago(days: int, hour: int = 8) -> dt.datetime:
    return NOON.replace(hour=hour) - dt.timedelta(days=days)


@pytest.fixture
def came_in(alice):
    """Return a function that puts runs into Alice's log as a program does, without forms and scores."""

    def came_in(*days: int, **columns):
        runs = [
            Run(runner=alice, started_at=days_ago(n), on=days_ago(n).date(), entered_at=NOON, **columns)
            for n in days
        ]
        return Run.objects.bulk_create(runs)

    return came_in


def asked(client):
    return [card.run.on for card in client.get(PAGE).context["page"].cards]


def tap(client, run, score, *, version=1, **options):
    answer = {"version": version, "pain_after": score}
    return client.post(f"{PAGE.replace('scores/', '')}{run.uuid}/scores/after/", answer, **options)


def forget(client, *runs):
    return client.post(f"{PAGE}forget/", {"run": [run.uuid for run in runs]})


def undo(client, run, *, version):
    return client.post(f"/runs/{run.uuid}/scores/again/", {"version": version})


# Which runs


def test_asks_for_the_runs_of_the_last_fourteen_days_newest_first(as_alice, came_in):
    came_in(5, 0, 13, 14)

    assert asked(as_alice) == [dt.date(2026, 3, 16), dt.date(2026, 3, 11), dt.date(2026, 3, 3)]


@pytest.mark.parametrize("moment", ["before", "during", "after", "next_morning"])
def test_asks_for_no_run_with_any_score_be_it_none(as_alice, came_in, moment):
    came_in(5, **{f"pain_{moment}": 0})

    assert asked(as_alice) == []


def test_asks_neither_for_a_skipped_run_nor_for_a_deleted_one_nor_for_a_strangers(as_alice, as_bob, came_in):
    came_in(5, next_morning_retrospective=False)
    came_in(6, deleted_at=NOON)
    came_in(7)

    assert asked(as_alice) == [dt.date(2026, 3, 9)]
    assert asked(as_bob) == []


def test_the_days_are_the_runners_own(as_alice, alice, at_noon):
    alice.time_zone = "America/Los_Angeles"
    alice.save()
    RunFactory(runner=alice, started_at=dt.datetime(2026, 3, 3, 5, 0, tzinfo=dt.UTC))  # still the 2nd there
    at_noon.move_to(dt.datetime(2026, 3, 16, 5, 0, tzinfo=dt.UTC))  # still the 15th

    assert asked(as_alice) == [dt.date(2026, 3, 2)]


def test_an_import_marks_what_is_older_than_asked_for():
    assert scores_asked_since(NOON.date()) == dt.date(2026, 3, 3)


def test_a_card_names_day_start_distance_and_time(as_alice, alice, came_in):
    alice.units = "mi"
    alice.save()
    came_in(5, distance_m=8046.72, duration_s=2832.0)

    page = as_alice.get(PAGE).text

    for word in ("Wed 11 Mar", "8 a.m.", "5 mi", "47 min 12 s", "How was your back after this run?"):
        assert word in page


def test_a_walk_is_called_one(as_alice, came_in):
    came_in(5, activity="walk")

    assert "How was your back after this walk?" in as_alice.get(PAGE).text


def test_many_runs_cost_no_more_statements(as_alice, came_in, django_assert_max_num_queries):
    came_in(*range(14))
    as_alice.get(PAGE)

    with django_assert_max_num_queries(5):
        as_alice.get(PAGE)


# One tap


def test_a_tap_stores_the_pain_after_with_the_correction_and_a_review(as_alice, alice, came_in):
    [run] = came_in(5)

    answered = tap(as_alice, run, 3)

    run.refresh_from_db()
    assert answered.url == f"{PAGE}?answered={run.uuid}#run-{run.uuid}"
    assert (run.pain_after, run.pain_next_morning, run.next_morning_retrospective) == (3, None, None)
    assert run.version == 2
    assert list(alice.corrections.values_list("field", "old", "new")) == [("pain_after", None, 3)]
    assert alice.advice.count() == 1
    assert "Noted: pain 3 after it, in the raised range." in as_alice.get(answered.url).text
    assert asked(as_alice) == []


def test_an_earlier_advice_is_marked_as_based_on_an_entry_corrected_since(as_alice, alice, came_in, at_noon):
    [run] = came_in(5)
    as_alice.get("/")
    at_noon.shift(dt.timedelta(days=1))

    tap(as_alice, run, 3)

    assert alice.advice.order_by("on").first().entry_corrected_at is not None


@pytest.mark.parametrize("typed", ["", "11", "-1", "2.5", "none"])
def test_what_is_no_score_is_refused_beside_the_scale(as_alice, came_in, typed):
    [run] = came_in(5)

    response = tap(as_alice, run, typed)

    run.refresh_from_db()
    assert response.status_code == 422
    assert "Choose a number from 0 to 10." in response.text
    assert run.version == 1


def test_without_its_version_nothing_is_stored(as_alice, came_in):
    [run] = came_in(5)

    assert tap(as_alice, run, 3, version="").status_code == 422
    assert undo(as_alice, run, version="x").status_code == 400
    run.refresh_from_db()
    assert run.version == 1


def test_undo_asks_again(as_alice, came_in):
    [run] = came_in(5)
    tap(as_alice, run, 3)

    response = undo(as_alice, run, version=2)

    run.refresh_from_db()
    assert response.status_code == 302
    assert (run.pain_after, run.version) == (None, 3)
    assert asked(as_alice) == [run.on]


def test_undo_is_not_offered_once_the_run_has_other_scores(as_alice, came_in):
    [run] = came_in(1)
    tap(as_alice, run, 3)
    as_alice.post("/morning/", {"on": "2026-03-16", "score": "1"})

    page = as_alice.get(PAGE, {"answered": run.uuid}).text

    assert "Noted: pain 3 after it, in the raised range." in page
    assert "/scores/again/" not in page


def test_an_undo_keeps_what_was_stored_elsewhere_since(as_alice, came_in):
    [run] = came_in(5)
    tap(as_alice, run, 3)
    run.refresh_from_db()
    edit(run, changes={"pain_after": 5}, version=2, now=NOON)

    response = undo(as_alice, run, version=2)

    run.refresh_from_db()
    assert response.status_code == 422
    assert run.pain_after == 5


# Two phones


def test_the_same_tap_on_two_phones_is_one_answer(as_alice, alice, came_in):
    [run] = came_in(5)

    answers = [tap(as_alice, run, 3) for _phone in range(2)]

    run.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (run.pain_after, run.version) == (3, 2)
    assert alice.corrections.count() == 1


def test_another_answer_of_a_second_phone_is_not_taken_and_says_so(as_alice, came_in):
    [run] = came_in(5)
    tap(as_alice, run, 3)

    response = tap(as_alice, run, 5)

    run.refresh_from_db()
    assert response.status_code == 422
    assert "your answer was not stored" in response.text
    assert "Noted: pain 3 after it, in the raised range." in response.text
    assert "Undo" not in response.text
    assert run.pain_after == 3


def test_a_run_whose_distance_was_mended_meanwhile_is_asked_for_once_more(as_alice, came_in):
    [run] = came_in(5)
    edit(run, changes={"distance_m": 5000.0}, version=1, now=NOON)

    response = tap(as_alice, run, 3)

    assert response.status_code == 422
    assert 'name="version" value="2"' in response.text
    assert tap(as_alice, run, 3, version=2).status_code == 302


def test_what_one_phone_forgot_another_can_still_say(as_alice, came_in):
    [run] = came_in(5)
    forget(as_alice, run)

    response = tap(as_alice, run, 3)

    run.refresh_from_db()
    assert response.status_code == 422
    assert "pain not recorded" in response.text
    assert (run.pain_after, run.next_morning_retrospective) == (None, False)


# Not remembered


def test_what_is_not_remembered_is_marked_and_never_asked_about_again(as_alice, alice, came_in):
    [run] = came_in(5)
    as_alice.get("/")

    answered = forget(as_alice, run)

    run.refresh_from_db()
    assert (run.has_score, run.next_morning_retrospective, run.version) == (False, False, 2)
    assert "Noted: pain not recorded." in as_alice.get(answered.url).text
    assert asked(as_alice) == []
    assert not alice.advice.exclude(entry_corrected_at=None).exists()


def test_forgetting_can_be_undone(as_alice, came_in):
    [run] = came_in(5)
    forget(as_alice, run)

    undo(as_alice, run, version=2)

    assert asked(as_alice) == [run.on]


def test_all_that_is_on_the_page_is_forgotten_at_once_and_nothing_else(as_alice, alice, came_in):
    runs = came_in(5, 6, 7)
    [later] = came_in(8)
    tap(as_alice, runs[2], 4)

    answered = forget(as_alice, *runs)

    assert as_alice.get(answered.url).text.count("Noted: pain not recorded.") == 2
    assert asked(as_alice) == [later.on]
    assert alice.runs.get(pk=runs[2].pk).next_morning_retrospective is None


def test_no_pain_in_all_of_them_is_not_on_offer(as_alice, came_in):
    came_in(5, 6, 7)

    page = as_alice.get(PAGE).text

    assert "I do not remember any of them" in page
    assert page.count('type="radio"') == 3 * 11
    assert "checked" not in page


def test_a_run_is_not_forgotten_while_its_next_morning_is_asked_about(as_alice, came_in):
    runs = came_in(0, 1, 2, 3)

    page = as_alice.get(PAGE)
    forget(as_alice, *runs)

    assert page.context["page"].forgettable == [runs[3].uuid]
    assert page.text.count("Today asks about the morning after.") == 3
    assert len(asked(as_alice)) == 3


def test_ids_that_are_none_are_nobodys(as_alice, came_in):
    [run] = came_in(5)

    assert as_alice.post(f"{PAGE}forget/", {"run": ["nonsense", uuid.uuid4()]}).status_code == 404
    assert as_alice.post(f"{PAGE}forget/", {"run": ["nonsense", run.uuid]}).status_code == 302
    assert as_alice.get(PAGE, {"answered": ["nonsense", uuid.uuid4()]}).status_code == 200


def test_another_room_may_mark_its_runs(alice, came_in):
    old, young = came_in(20, 1)

    mark_unrecorded(runner=alice, uuids=[old.uuid, young.uuid], now=NOON)

    assert alice.runs.get(pk=old.pk).next_morning_retrospective is False
    assert alice.runs.get(pk=young.pk).next_morning_retrospective is None


# Strangers, warnings, the end


def test_a_stranger_gets_none_of_it(as_bob, came_in):
    [run] = came_in(5)

    assert tap(as_bob, run, 3).status_code == 404
    assert undo(as_bob, run, version=1).status_code == 404
    assert forget(as_bob, run).status_code == 404
    assert str(run.uuid) not in as_bob.get(PAGE, {"answered": run.uuid}).text
    run.refresh_from_db()
    assert run.version == 1


def test_a_warning_leads_to_today(as_alice, came_in, all_no):
    run, other = came_in(5, 6)
    as_alice.post("/screening/", {**all_no, "bladder_change": "yes"})

    told = tap(as_alice, run, 3)
    swapped = tap(as_alice, other, 3, headers=HTMX)
    forgot = undo(as_alice, run, version=2)

    assert told.url == forgot.url == "/"
    assert swapped["HX-Redirect"] == "/"


def test_after_the_last_one_the_page_leads_to_today(as_alice, came_in):
    [run] = came_in(5)

    page = as_alice.get(tap(as_alice, run, 0).url).text

    assert "That was the last one." in page
    assert "No run waits for a pain score." in as_alice.get(PAGE).text


# Today, the history, the run's own page


def test_today_says_how_many_until_they_are_answered_or_too_old(as_alice, came_in, at_noon):
    run, other, _older = came_in(5, 12, 14)
    first = as_alice.get("/").text
    tap(as_alice, run, 3)
    second = as_alice.get("/").text
    at_noon.shift(dt.timedelta(days=2))
    third = as_alice.get("/").text

    assert "2 runs have no pain score yet" in first
    assert f'href="{PAGE}"' in first
    assert "1 run has no pain score yet" in second
    assert "no pain score yet" not in third
    other.refresh_from_db()
    assert other.version == 1


def test_today_asks_below_the_morning(as_alice, came_in, at_noon):
    came_in(1)
    at_noon.move_to(NOON.replace(hour=9))

    page = as_alice.get("/").text

    assert page.index('id="morning"') < page.index('id="without-score"')


def test_a_run_without_a_score_is_said_to_have_none(as_alice, came_in):
    [run] = came_in(5, distance_m=8200.0)
    came_in(6, pain_after=0)
    as_alice.get("/")

    history = as_alice.get("/history/").text

    assert history.count("pain not recorded") == 1
    assert "Pain not recorded." in as_alice.get(f"/runs/{run.uuid}/").text
    assert "worst pain" not in as_alice.get("/").text.partition('id="week"')[2]


def test_the_morning_after_is_asked_of_a_run_that_came_in_as_of_any(as_alice, came_in, at_noon):
    [run] = came_in(1)

    asked_today = as_alice.get("/").context["morning"]
    as_alice.post("/morning/", {"on": "2026-03-16", "score": "2"})

    run.refresh_from_db()
    assert asked_today == dt.date(2026, 3, 16)
    assert (run.pain_next_morning, run.next_morning_retrospective) == (2, False)
    assert asked(as_alice) == []


def test_a_run_that_came_in_a_day_late_is_asked_for_yesterdays_morning(as_alice, came_in):
    came_in(2)

    page = as_alice.get("/")

    assert page.context["morning"] == dt.date(2026, 3, 15)
    assert "How was your back yesterday morning?" in page.text


def test_a_morning_that_was_skipped_is_asked_about_nowhere(as_alice, came_in):
    came_in(1)
    as_alice.post("/morning/", {"on": "2026-03-16", "score": ""})

    assert asked(as_alice) == []
    assert "no pain score yet" not in as_alice.get("/").text


def test_the_coach_gets_nothing_in_place_of_a_missing_score(alice, came_in):
    came_in(5, distance_m=8200.0)

    [run] = history_of(alice, on=None).runs

    assert {run.pain.before, run.pain.during, run.pain.after, run.pain.next_morning} == {None}
