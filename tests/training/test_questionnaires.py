import datetime as dt

import pytest

from tests.factories import CheckInFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
PEG, PSFS = "/questionnaires/peg/new/", "/questionnaires/psfs/new/"
ID = {"uuid": "2f5c1a34-6c2f-4a8e-9d7e-3b1f6f0c7a11", "on": "2026-03-16"}
NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)
TEN = {"pain": "4", "enjoyment": "0", "activity": "10"}


def answered(runner, form, answers, on=dt.date(2026, 3, 2)):
    return runner.questionnaires.create(form=form, on=on, answers=answers, entered_at=NOON)


def test_keeps_the_three_numbers_of_peg(as_alice, alice):
    response = as_alice.post(PEG, ID | TEN)

    kept = alice.questionnaires.get()
    assert response.status_code == 302
    assert (kept.form, kept.on) == ("peg", dt.date(2026, 3, 16))
    assert kept.answers == {"pain": 4, "enjoyment": 0, "activity": 10}


def test_is_followed_by_a_review(as_alice, alice):
    as_alice.post(PEG, ID | TEN)

    assert alice.advice.newest().on == dt.date(2026, 3, 16)


def test_asks_for_the_number_that_is_missing(as_alice, alice):
    response = as_alice.post(PEG, ID | TEN | {"enjoyment": ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["enjoyment"]
    assert not alice.questionnaires.exists()


def test_nothing_is_chosen_beforehand(as_alice):
    assert " checked" not in as_alice.get(PEG).text
    assert " checked" not in as_alice.get(PSFS).text


def test_each_question_has_the_ends_of_its_own_scale(as_alice):
    page = as_alice.get(PEG).text

    assert page.count("10 = as bad as you can imagine") == 1
    assert page.count("10 = completely") == 2


def test_keeps_activities_in_the_runners_own_words(as_alice, alice):
    as_alice.post(
        PSFS, ID | {"activity-1": "Put on socks", "score-1": "3", "activity-4": "Läufen", "score-4": "0"}
    )

    assert alice.questionnaires.get().answers == {"Put on socks": 3, "Läufen": 0}


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, "__all__"),
        ({"activity-1": "Socks"}, "score-1"),
        ({"score-2": "4"}, "activity-2"),
        ({"activity-1": "Socks", "score-1": "3", "activity-2": "socks", "score-2": "4"}, "activity-1"),
        ({"activity-1": "x" * 81, "score-1": "3"}, "activity-1"),
        ({"activity-1": "Socks", "score-1": "11"}, "score-1"),
    ],
    ids=["nothing", "no-number", "no-name", "twice", "too-long", "eleven"],
)
def test_refuses_half_a_row(as_alice, alice, sent, wrong):
    response = as_alice.post(PSFS, ID | sent)

    assert response.status_code == 422
    assert wrong in response.context["form"].errors
    assert not alice.questionnaires.exists()


def test_proposes_the_activities_of_last_time_without_their_numbers(as_alice, alice):
    answered(alice, "psfs", {"Older": 1}, on=dt.date(2026, 2, 1))
    answered(alice, "psfs", {"Put on socks": 3, "Run 5 km": 5})

    form = as_alice.get(PSFS).context["form"]

    rows = [(activity.value(), score.value()) for activity, score in form.activities()]
    assert rows == [("Put on socks", None), ("Run 5 km", None), ("", None)]


def test_a_strangers_activities_are_not_proposed(as_bob, alice):
    answered(alice, "psfs", {"Put on socks": 3})

    assert "Put on socks" not in as_bob.get(PSFS).text


def test_the_same_form_sent_twice_is_kept_once(as_alice, alice):
    for _time in range(2):
        as_alice.post(PEG, ID | TEN)

    assert alice.questionnaires.count() == 1


def test_an_edit_keeps_what_it_said_before(as_alice, alice):
    kept = answered(alice, "peg", {"pain": 4, "enjoyment": 2, "activity": 2})

    as_alice.post(
        f"/questionnaires/{kept.uuid}/",
        {"version": "1", "on": "2026-03-02", "pain": "5", "enjoyment": "2", "activity": "2"},
    )

    kept.refresh_from_db()
    correction = alice.corrections.get()
    assert kept.answers["pain"] == 5
    assert (correction.field, correction.old["pain"], correction.new["pain"]) == ("answers", 4, 5)


def test_an_edit_of_the_day_leaves_the_answers(as_alice, alice):
    kept = answered(alice, "peg", {"pain": 4, "enjoyment": 2, "activity": 2, "sleep": 7})

    as_alice.post(
        f"/questionnaires/{kept.uuid}/",
        {"version": "1", "on": "2026-03-01", "pain": "4", "enjoyment": "2", "activity": "2"},
    )

    kept.refresh_from_db()
    assert (kept.on, kept.answers["sleep"]) == (dt.date(2026, 3, 1), 7)
    assert [correction.field for correction in alice.corrections.all()] == ["on"]


def test_an_imported_one_with_more_activities_than_five_shows_them_all(as_alice, alice):
    names = [f"Activity {n}" for n in range(7)]
    kept = answered(alice, "psfs", dict.fromkeys(names, 3))

    form = as_alice.get(f"/questionnaires/{kept.uuid}/").context["form"]

    assert {activity.value() for activity, _score in form.activities() + form.more_activities()} == set(names)


def test_can_be_deleted_and_brought_back(as_alice, alice):
    kept = answered(alice, "peg", {"pain": 4, "enjoyment": 2, "activity": 2})

    as_alice.post(f"/entries/questionnaire/{kept.uuid}/delete/")
    gone = alice.questionnaires.count()
    restored = as_alice.post(f"/entries/questionnaire/{kept.uuid}/restore/")

    assert (gone, alice.questionnaires.count()) == (0, 1)
    assert restored.url == f"/questionnaires/{kept.uuid}/"


def test_stands_in_the_history(as_alice, alice):
    kept = answered(alice, "psfs", {"Socks": 3})

    page = as_alice.get("/history/").text

    assert f"/questionnaires/{kept.uuid}/" in page
    assert "PSFS" in page


def test_the_list_says_when_each_was_answered_last(as_alice, alice):
    answered(alice, "peg", {"pain": 4, "enjoyment": 2, "activity": 2}, on=dt.date(2026, 2, 2))
    answered(alice, "peg", {"pain": 4, "enjoyment": 2, "activity": 2}, on=dt.date(2026, 3, 2))

    page = as_alice.get("/questionnaires/").text

    assert "Last answered Mon 2 Mar" in page
    assert "Not answered yet" in page
    assert "with permission of the authors" in page
    assert "https://doi.org/10.1007/s11606-009-0981-1" in page


def test_an_unknown_questionnaire_is_not_found(as_alice):
    assert as_alice.get("/questionnaires/odi/new/").status_code == 404


def test_in_an_open_episode_today_asks_for_them_until_both_are_answered(as_alice, alice):
    for days in range(10):
        CheckInFactory(runner=alice, on=dt.date(2026, 3, 16) - dt.timedelta(days=days), score=3)
    before = as_alice.get("/").text
    as_alice.post(PEG, ID | TEN)
    half = as_alice.get("/").text
    as_alice.post(
        PSFS,
        {"uuid": "2f5c1a34-6c2f-4a8e-9d7e-3b1f6f0c7a12", "on": "2026-03-16"}
        | {"activity-1": "Run", "score-1": "5"},
    )

    assert "Two short forms are due" in before
    assert "Two short forms are due" in half
    assert "Two short forms are due" not in as_alice.get("/").text
