import datetime as dt
import uuid

import pytest

from backpain.coach.history import as_data
from backpain.training.history import history_of
from tests.factories import CheckInFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
URL = "/check-ins/new/"
MONDAY = dt.date(2026, 3, 16)


def entry(**values):
    return {"uuid": str(uuid.uuid4()), "on": "2026-03-16", "score": "3", **values}


def test_keeps_the_score_of_the_day(as_alice, alice):
    response = as_alice.post(URL, entry(sites=["low-back-right"], cannot=["sleep"]))

    kept = alice.check_ins.get()
    assert response.status_code == 302
    assert (kept.on, kept.score, kept.sites, kept.cannot) == (MONDAY, 3, ["low-back-right"], ["sleep"])
    assert kept.retrospective is None


def test_says_when_it_was_entered_afterwards(as_alice, alice):
    as_alice.post(URL, entry(on="2026-03-15"))

    assert alice.check_ins.get().retrospective is True


def test_offers_to_replace_a_second_one_on_the_same_day(as_alice, alice):
    first = CheckInFactory(runner=alice, on=MONDAY, score=2)

    response = as_alice.post(URL, entry(score="6"))

    assert response.status_code == 422
    assert "already, with 2" in response.text
    assert f'formaction="/check-ins/{first.uuid}/"' in response.text
    assert alice.check_ins.get().score == 2


def test_replaces_it_when_asked_to_and_keeps_the_first_score(as_alice, alice):
    first = CheckInFactory(runner=alice, on=MONDAY, score=2)

    as_alice.post(f"/check-ins/{first.uuid}/", entry(score="6", version="1"))

    assert alice.check_ins.get().score == 6
    assert [(c.field, c.old, c.new) for c in alice.corrections.all()] == [("score", 2, 6)]


def test_a_corrected_day_that_is_taken_is_refused(as_alice, alice):
    CheckInFactory(runner=alice, on=MONDAY, score=2)
    sunday = CheckInFactory(runner=alice, on=dt.date(2026, 3, 15), score=4)

    response = as_alice.post(f"/check-ins/{sunday.uuid}/", entry(on="2026-03-16", score="4", version="1"))

    assert response.status_code == 422
    assert sorted(alice.check_ins.values_list("on", "score")) == [(dt.date(2026, 3, 15), 4), (MONDAY, 2)]


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("on", "2026-03-17", "still to come"),
        ("on", "1970-01-01", "after 1990"),
        ("on", "0001-01-01", "after 1990"),
        ("on", "today", "Give a date"),
        ("score", "", "Choose a number from 0 to 10."),
        ("on", "9999-12-31", "still to come"),
        ("on", "2026-02-30", "Give a date"),
        ("on", "9" * 5000, "Give a date"),
        ("score", "12", "Choose a number from 0 to 10."),
        ("score", "-1", "Choose a number from 0 to 10."),
        ("score", "2,5", "Choose a number from 0 to 10."),
        ("score", "NaN", "Choose a number from 0 to 10."),
        ("score", "\N{FULLWIDTH DIGIT THREE}", "Choose a number from 0 to 10."),
        ("score", "9" * 5000, "Choose a number from 0 to 10."),
        ("sites", ["left-ear"], "not one of the available choices"),
        ("note", "x" * 2001, "2000"),
    ],
)
def test_refuses_what_cannot_be(as_alice, alice, field, typed, says):
    response = as_alice.post(URL, entry(**{"note": "slept badly", field: typed}))

    form = response.context["form"]
    assert response.status_code == 422
    assert says in str(form.errors[field])
    assert form["note"].value() == (typed if field == "note" else "slept badly")
    assert not alice.check_ins.exists()


def test_a_stranger_finds_nothing(as_bob, alice):
    theirs = CheckInFactory(runner=alice)

    assert as_bob.get(f"/check-ins/{theirs.uuid}/").status_code == 404


def test_the_day_is_the_runners_own(as_alice, alice):
    alice.time_zone = "Pacific/Auckland"
    alice.save()

    assert as_alice.get(URL).context["form"]["on"].value() == dt.date(2026, 3, 17)


def test_keeps_that_the_runner_sat_for_most_of_the_day(as_alice, alice):
    as_alice.post(URL, entry(sat_long="on"))

    kept = alice.check_ins.get()
    assert kept.sat_long is True
    assert "I sat for most of the day" in as_alice.get(f"/check-ins/{kept.uuid}/").text

    as_alice.post(f"/check-ins/{kept.uuid}/", entry(uuid=str(kept.uuid), version="1"))

    assert alice.check_ins.get().sat_long is False
    assert [(c.field, c.old, c.new) for c in alice.corrections.all()] == [("sat_long", True, False)]


def test_a_check_in_without_the_tick_says_nothing_of_sitting(as_alice, alice):
    as_alice.post(URL, entry())

    assert not alice.check_ins.get().sat_long
    assert not history_of(alice, on=MONDAY).check_ins[0].sat_long


def test_three_days_of_sitting_bring_a_tip(as_alice, alice):
    for day in ("2026-03-12", "2026-03-14", "2026-03-16"):
        as_alice.post(URL, entry(on=day, score="0", sat_long="on"))

    assert "H-4" in [tip.rule for tip in alice.advice.newest().decided.tips]
    assert [check_in.sat_long for check_in in history_of(alice, on=MONDAY).check_ins] == [True] * 3


def test_a_history_file_has_no_place_for_the_tick(as_alice, alice):
    as_alice.post(URL, entry(sat_long="on"))

    (told,) = as_data(history_of(alice, on=None))["check_ins"]
    assert "sat_long" not in told
