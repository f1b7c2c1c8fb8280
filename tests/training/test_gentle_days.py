import datetime as dt

import pytest

from backpain.coach.decision import Verdict
from backpain.training.history import history_of
from tests.conftest import NOON
from tests.factories import CheckInFactory
from tests.pages import fill_log
from tests.training.advised import advise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
PAGE, BEGIN, END = "/gentle-days/", "/gentle-days/begin/", "/gentle-days/end/"
TODAY = dt.date(2026, 3, 16)


def days_of(runner):
    history = history_of(runner, on=None)
    return history.gentle_since, history.gentle_ended_on


def test_one_tap_begins_them_and_one_ends_them(as_alice, alice, at_noon):
    as_alice.post(BEGIN)
    begun = days_of(alice)
    at_noon.shift(dt.timedelta(days=3))
    as_alice.post(END)

    assert begun == (TODAY, None)
    assert days_of(alice) == (TODAY, dt.date(2026, 3, 19))


def test_the_coach_hears_of_both_at_once(as_alice, alice, at_noon):
    as_alice.post(BEGIN)
    begun = alice.advice.newest()
    at_noon.shift(dt.timedelta(days=3))
    as_alice.post(END)

    assert "W-5" in {reason.rule for reason in begun.decided.reasons}
    assert "W-5" not in {reason.rule for reason in alice.advice.newest().decided.reasons}
    assert alice.advice.newest().on == dt.date(2026, 3, 19)


def test_begun_twice_they_begin_once(as_alice, alice, at_noon):
    as_alice.post(BEGIN)
    at_noon.shift(dt.timedelta(days=1))
    as_alice.post(BEGIN)

    assert alice.flare_plans.get().started_on == TODAY


def test_begun_and_ended_on_one_day_they_never_were(as_alice, alice):
    as_alice.post(BEGIN)
    as_alice.post(END)

    assert days_of(alice) == (None, None)


def test_the_latest_ones_count(as_alice, alice, at_noon):
    for days in (0, 2, 8, 1):
        at_noon.shift(dt.timedelta(days=days))
        as_alice.post(BEGIN if days in (0, 8) else END)

    assert alice.flare_plans.count() == 2
    assert days_of(alice) == (dt.date(2026, 3, 26), dt.date(2026, 3, 27))


def test_a_windowed_history_leaves_out_those_long_over_and_keeps_those_that_go_on(alice):
    alice.flare_plans.create(started_on=dt.date(2024, 1, 1), ended_on=dt.date(2024, 1, 9))
    over = history_of(alice, on=TODAY).gentle_since
    alice.flare_plans.create(started_on=dt.date(2024, 6, 1))

    assert over is None
    assert history_of(alice, on=TODAY).gentle_since == dt.date(2024, 6, 1)


def test_who_flew_west_can_end_them(as_alice, alice, at_noon):
    alice.time_zone = "Pacific/Apia"
    alice.save()
    as_alice.post(BEGIN)
    alice.time_zone = "Pacific/Honolulu"
    alice.save()

    as_alice.post(END)

    plan = alice.flare_plans.get()
    assert plan.started_on == plan.ended_on == dt.date(2026, 3, 17)


def test_today_says_that_they_are_on_and_how_to_end_them(as_alice):
    page = as_alice.post(BEGIN, follow=True)
    today = as_alice.get("/").text

    assert "Gentle days since Mon 16 Mar" in page.text
    assert "Gentle days since Mon 16 Mar" in today
    assert END in today


@pytest.mark.parametrize("rule", ["W-5", "W-12"])
def test_today_offers_them_in_a_flare(as_alice, alice, rule):
    advise(alice, verdict=Verdict.REGRESS, rule=rule)

    assert BEGIN in as_alice.get("/").text


def test_today_offers_them_when_the_runner_calls_it_a_flare(as_alice, alice):
    CheckInFactory(runner=alice, on=TODAY, score=4, flare=True)

    assert BEGIN in as_alice.get("/").text


def test_today_always_links_to_them(as_alice, alice):
    advise(alice)
    page = as_alice.get("/").text

    assert BEGIN not in page
    assert f'href="{PAGE}"' in page


def test_no_training_is_named_while_it_is_locked(as_alice, alice):
    advise(alice, verdict=Verdict.URGENT, may_run=False)

    page = as_alice.get(PAGE).text

    assert "What to do on gentle days" not in page
    assert "Training waits" in page


def test_a_strangers_days_are_not_the_runners(as_alice, as_bob, alice, bob):
    as_alice.post(BEGIN)
    as_bob.post(END)

    assert alice.flare_plans.get().ended_on is None
    assert not bob.flare_plans.exists()


def test_the_forms_that_are_due_have_one_card_on_today(as_alice, alice):
    advise(alice, tips=("Q-1",))

    assert as_alice.get("/").text.count("Two short forms are due") == 1


def test_without_the_tip_there_is_no_card(as_alice, alice):
    advise(alice)

    assert "Two short forms are due" not in as_alice.get("/").text


def test_they_hold_what_was_on_offer_and_shorten_the_next_run(as_alice, alice):
    fill_log(alice, now=NOON)
    before = alice.advice.newest().decided
    as_alice.post(BEGIN)
    after = alice.advice.newest().decided

    assert (before.verdict, after.verdict) == (Verdict.PROGRESS, Verdict.HOLD)
    assert [move for move in after.moves if move.goes_up] == []
    assert after.running.cap_m < before.running.cap_m
