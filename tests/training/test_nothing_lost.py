"""What a runner typed is stored whole or not at all, and nothing that stands is lost by the way."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client

from backpain.coach.decision import Dose
from backpain.plan.actions import change_placements
from backpain.training import review
from backpain.training.models import Correction, SetDone
from tests.factories import CheckInFactory, RunFactory, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
SUNDAY = dt.datetime(2026, 3, 15, 9, 0, tzinfo=dt.UTC)
ID = {"uuid": "0b7a1a52-0a43-4c38-8f02-5f4cf7d2a111"}


def shown_by(client, url):
    """Return what a browser would send from the form at `url`, untouched."""
    page = client.get(url)
    sent = {}
    for bound in page.context["form"]:
        value = bound.value()
        if f'name="{bound.html_name}"' in page.text and value is not None and value is not False:
            sent[bound.html_name] = value.isoformat() if hasattr(value, "isoformat") else value
    return sent


def stand(runner, target, *, sets=2, on=dt.date(2026, 3, 1)):
    dose = Dose(exercise="forearm-plank", sets=sets, target=target, unit="s")
    return change_placements(runner=runner, to={"front-plank": dose}, on=on)[0]


def set_row(session, position, done, **columns):
    return SetDone.objects.create(
        runner=session.runner,
        session=session,
        position=position,
        exercise=columns.pop("exercise", "forearm-plank"),
        unit="s",
        done=done,
        **columns,
    )


@pytest.mark.parametrize(
    ("url", "typed"),
    [
        ("/runs/new/", {"started_at": "2026-03-14T08:00", "shoe": "Blue"}),
        ("/sessions/new/", {"started_at": "2026-03-14T08:00", "cat-cow-1": "8"}),
        ("/check-ins/new/", {"on": "2026-03-15", "score": "3"}),
        ("/rests/new/", {"on": "2026-03-15", "to_on": "2026-03-15"}),
        ("/care/new/", {"on": "2026-03-15"}),
        ("/screening/", {"saddle_numbness": "yes"}),
        ("/morning/", {"on": "2026-03-16", "score": "3"}),
    ],
)
def test_a_failing_review_leaves_nothing_half_written(alice, monkeypatch, url, typed):
    run = RunFactory(runner=alice, started_at=SUNDAY)
    monkeypatch.setattr(review, "decide", lambda *args, **options: 1 / 0)
    client = Client(raise_request_exception=False)
    client.force_login(alice)

    response = client.post(url, ID | typed)

    run.refresh_from_db()
    owned = ("sessions", "sets", "check_ins", "rests", "care", "screenings", "shoes", "advice")
    assert response.status_code == 500
    assert (alice.runs.get(), run.pain_next_morning, run.version) == (run, None, 1)
    assert not any(getattr(alice, name).exists() for name in owned)


def test_a_failing_review_leaves_an_edit_undone(alice, monkeypatch):
    run = RunFactory(runner=alice, pain_after=1)
    monkeypatch.setattr(review, "decide", lambda *args, **options: 1 / 0)
    client = Client(raise_request_exception=False)
    client.force_login(alice)

    client.post(
        f"/runs/{run.uuid}/", ID | {"started_at": "2026-03-14T08:00", "pain_after": "9", "version": "1"}
    )
    client.post(f"/entries/run/{run.uuid}/delete/")

    run.refresh_from_db()
    assert (run.pain_after, run.version, run.deleted_at) == (1, 1, None)
    assert not Correction.objects.exists()


def test_replacing_a_run_keeps_the_morning_the_form_did_not_ask_for(as_alice, alice, a_run):
    as_alice.post("/runs/new/", a_run)
    alice.runs.update(pain_next_morning=4)

    response = as_alice.post(f"/runs/{a_run['uuid']}/", a_run | {"pain_after": "5", "version": "1"})

    run = alice.runs.get()
    assert response.status_code == 302
    assert (run.pain_after, run.pain_next_morning) == (5, 4)
    assert [correction.field for correction in alice.corrections.all()] == ["pain_after"]


def test_a_morning_score_can_be_taken_back_by_saying_skip(as_alice, alice, a_run):
    as_alice.post("/runs/new/", a_run)
    alice.runs.update(pain_next_morning=4)

    as_alice.post(f"/runs/{a_run['uuid']}/", a_run | {"pain_next_morning": "", "version": "1"})

    assert alice.runs.get().pain_next_morning is None


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_an_unchanged_form_saved_in_another_time_zone_changes_nothing(as_alice, alice, hour):
    at = dt.datetime(2026, 3, 14, hour, 30, 5, tzinfo=dt.UTC)
    run = RunFactory(runner=alice, started_at=at)
    url = f"/runs/{run.uuid}/"
    for zone in ("Pacific/Apia", "America/Los_Angeles", "Australia/Lord_Howe"):
        alice.time_zone = zone
        alice.save()

        assert as_alice.post(url, shown_by(as_alice, url)).status_code == 302

    run.refresh_from_db()
    assert (run.started_at, run.on) == (at, dt.date(2026, 3, 14))
    assert not Correction.objects.exists()


@pytest.mark.parametrize("hour", [0, 1])
def test_an_unchanged_run_of_the_hour_that_came_twice_stays_where_it_was(as_alice, alice, hour):
    at = dt.datetime(2025, 10, 26, hour, 30, tzinfo=dt.UTC)
    run = RunFactory(runner=alice, started_at=at)
    url = f"/runs/{run.uuid}/"

    response = as_alice.post(url, shown_by(as_alice, url))

    run.refresh_from_db()
    assert response.status_code == 302
    assert run.started_at == at


def test_an_entry_of_tomorrow_can_be_corrected_after_flying_west(as_alice, alice):
    check_in = CheckInFactory(runner=alice, on=dt.date(2026, 3, 17), score=2)
    alice.time_zone = "Pacific/Apia"  # where it is 17 March already
    alice.save()
    url = f"/check-ins/{check_in.uuid}/"
    sent = shown_by(as_alice, url)
    alice.time_zone = "Pacific/Honolulu"
    alice.save()

    as_alice.post(url, sent | {"score": "4"})

    check_in.refresh_from_db()
    assert (check_in.on, check_in.score) == (dt.date(2026, 3, 17), 4)


def test_lines_of_a_note_are_kept_as_they_are(as_alice, alice, a_run):
    run = RunFactory(runner=alice, note="one\ntwo")
    url = f"/runs/{run.uuid}/"

    as_alice.post(url, shown_by(as_alice, url) | {"note": "one\r\ntwo"})
    long = as_alice.post("/runs/new/", a_run | {"note": "\r\n".join("x" * 1000)})

    assert not Correction.objects.exists()
    assert long.status_code == 302
    assert alice.runs.get(uuid=a_run["uuid"]).note == "\n".join("x" * 1000)


def test_a_session_keeps_its_sets_when_the_plan_changed_after_the_form_was_opened(as_alice, alice):
    stand(alice, 25)
    sent = shown_by(as_alice, "/sessions/new/")
    stand(alice, 10, sets=1, on=dt.date(2026, 3, 16))

    first = as_alice.post("/sessions/new/", sent)
    again = as_alice.post("/sessions/new/", sent)

    assert (first.status_code, again.status_code) == (302, 302)
    assert list(alice.sets.values_list("target", "done")) == [(25, 25), (25, 25)]


def test_a_stored_session_may_gain_a_set_of_its_days_plan(as_alice, alice):
    stand(alice, 25, sets=3)
    done = SessionFactory(runner=alice, started_at=SUNDAY)
    set_row(done, 0, 25, target=25)
    url = f"/sessions/{done.uuid}/"
    stand(alice, 10, on=dt.date(2026, 3, 16))

    sent = shown_by(as_alice, url)
    as_alice.post(url, sent | {"forearm-plank-2": "20", "cat-cow-1": "6"})

    assert "forearm-plank-2" not in sent
    assert list(alice.sets.order_by("position").values_list("exercise", "target", "done")) == [
        ("forearm-plank", 25, 25),
        ("forearm-plank", 25, 20),
        ("cat-cow", None, 6),
    ]


def test_a_corrected_set_leaves_what_the_form_does_not_show_of_the_others(as_alice, alice):
    done = SessionFactory(runner=alice, started_at=SUNDAY)
    set_row(done, 0, 20, target=25, load_kg=5, pain=1, good_form=True)
    set_row(done, 1, 15, target=30, pain=4, good_form=None)
    set_row(done, 2, 9, exercise="wall-dance", side="left", trial=True)
    set_row(done, 3, 7, exercise="wall-dance")
    url = f"/sessions/{done.uuid}/"
    before = list(alice.sets.order_by("position").values("position", "target", "load_kg", "pain", "trial"))

    unchanged = as_alice.post(url, shown_by(as_alice, url))
    as_alice.post(url, shown_by(as_alice, url) | {"forearm-plank-2": "16"})

    after = alice.sets.order_by("position")
    assert unchanged.status_code == 302
    assert [row.done for row in after[:2]] == [20, 16]
    assert list(after.values("position", "target", "load_kg", "pain", "trial"))[:2] == before[:2]
    assert {(row.side, row.done, row.trial) for row in after[2:]} == {("left", 9, True), ("", 7, None)}
    assert alice.corrections.count() == 1


def test_a_screening_keeps_answers_to_questions_no_longer_asked(as_alice, alice, all_no):
    as_alice.post("/screening/", ID | all_no)
    kept = alice.screenings.get()
    kept.answers["buttock_pain"] = "yes"
    kept.save()
    url = f"/screening/{kept.uuid}/"

    as_alice.post(url, shown_by(as_alice, url) | {"minor_injury": "yes"})

    assert alice.screenings.get().answers == all_no | {"buttock_pain": "yes", "minor_injury": "yes"}


def test_the_start_page_sent_again_after_its_screening_was_deleted_stores_none(as_alice, alice, all_no):
    typed = ID | all_no | {"score": "2"}
    as_alice.post("/start/", typed)
    as_alice.post(f"/entries/screening/{ID['uuid']}/delete/")

    assert as_alice.post("/start/", typed).status_code == 302
    assert not alice.screenings.exists()


def test_a_morning_answered_twice_alike_is_answered_once(as_alice, alice):
    run = RunFactory(runner=alice, started_at=SUNDAY)
    statuses = [
        as_alice.post("/morning/", {"on": "2026-03-16", "score": score}).status_code for score in "225"
    ]

    run.refresh_from_db()
    assert statuses == [302, 302, 422]
    assert (run.pain_next_morning, run.version) == (2, 2)


def test_delete_and_undo_pressed_twice_end_where_they_should(as_alice, alice):
    run = RunFactory(runner=alice)

    for action, count in (("delete", 0), ("delete", 0), ("restore", 1), ("restore", 1)):
        assert as_alice.post(f"/entries/run/{run.uuid}/{action}/").status_code == 302
        assert alice.runs.count() == count


def test_an_entry_deleted_in_another_tab_is_not_brought_back_unasked(as_alice, alice, a_run):
    as_alice.post("/runs/new/", a_run)
    as_alice.post(f"/entries/run/{a_run['uuid']}/delete/")

    edited = as_alice.post(f"/runs/{a_run['uuid']}/", a_run | {"version": "1"})
    again = as_alice.post("/runs/new/", a_run)
    anew = as_alice.post("/runs/new/", a_run | {"uuid": again.context["form"]["uuid"].value()})

    assert (edited.status_code, again.status_code, anew.status_code) == (422, 422, 302)
    assert alice.runs.count() == 1


def test_two_tabs_that_log_the_same_values_are_two_runs(as_alice, alice, a_run):
    for _tab in range(2):
        as_alice.post("/runs/new/", a_run | {"uuid": str(uuid.uuid4())})

    assert alice.runs.count() == 2


def test_a_refused_form_keeps_every_choice_that_was_typed(as_alice, a_run):
    typed = a_run | {
        "started_at": "soon",
        "distance": "8,2",
        "effort": "4",
        "kind": "easy",
        "signs": ["limp"],
        "feel": ["sharp"],
        "walk": "on",
        "shoe": "Blue",
    }

    page = as_alice.post("/runs/new/", typed)

    assert page.status_code == 422
    for value in ("soon", "8,2", "47:12", "Blue", "windy"):
        assert value in page.text
    for chosen in ("pain_during_2", "pain_before_1", "sites_low-back-left", "signs_2", "feel_4", "walk"):
        assert re.search(rf'<input[^>]* id="id_{chosen}"[^>]* checked', page.text), chosen
    assert '<option value="easy" selected>' in page.text
    assert 'href="#id_started_at_error"' in page.text


def test_text_where_a_number_belongs_is_shown_again(as_alice, a_run):
    page = as_alice.post("/runs/new/", a_run | {"distance": "about ten"})

    # A number input would show nothing.
    assert '<input type="text" name="distance" value="about ten" inputmode="decimal"' in page.text
