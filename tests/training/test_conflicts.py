"""Two phones edit one entry: the later save shows both versions, field by field, and loses neither."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from backpain.coach.decision import Dose
from backpain.plan.actions import change_placements
from backpain.training import actions
from tests.factories import CheckInFactory, RunFactory, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)


@pytest.fixture
def run(as_alice, alice, a_run):
    as_alice.post("/runs/new/", a_run)
    return alice.runs.get()


def both_versions(response):
    """Return the rows of the table, as a runner reads them: label, stored now, typed."""
    table = re.search(r"<tbody>(.*?)</tbody>", response.text, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL) if table else []
    return [tuple(re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)) for row in rows]


def test_shows_what_is_stored_now_beside_what_was_typed(as_alice, run, a_run):
    url = f"/runs/{run.uuid}/"
    as_alice.post(url, a_run | {"pain_after": "4", "surface": "trail", "version": "1"})

    other = {
        "distance": "9",
        "duration": "50:00",
        "started_at": "2026-03-14T07:30",
        "walk": "on",
        "version": "1",
    }
    response = as_alice.post(url, a_run | other | {"sites": ["hip-left", "neck"]})

    assert response.status_code == 422
    assert "changed elsewhere" in response.text
    assert both_versions(response) == [
        ("Distance", "8.2", "9"),
        ("Time", "47:12", "50:00"),
        ("Started", "March 14, 2026, 8 a.m.", "March 14, 2026, 7:30 a.m."),
        ("Pain now", "4", "1"),
        ("Where", "Low back, left", "Neck, Outer hip, left"),
        ("This was a walk", "No", "Yes"),
    ]


def test_the_form_keeps_what_was_typed_and_saving_again_stores_it(as_alice, alice, run, a_run):
    url = f"/runs/{run.uuid}/"
    as_alice.post(url, a_run | {"pain_after": "4", "version": "1"})

    asked = as_alice.post(url, a_run | {"pain_after": "7", "version": "1"})
    form = asked.context["form"]
    as_alice.post(url, a_run | {"pain_after": form["pain_after"].value(), "version": form["version"].value()})

    assert form["pain_after"].value() == "7"
    assert (alice.runs.get().pain_after, alice.runs.get().version) == (7, 3)
    assert list(alice.corrections.order_by("pk").values_list("old", "new")) == [(1, 4), (4, 7)]


def test_the_same_correction_sent_twice_is_one(as_alice, alice, run, a_run):
    """As it happens where the first answer was lost on the way."""
    for _once in range(2):
        response = as_alice.post(f"/runs/{run.uuid}/", a_run | {"pain_after": "4", "version": "1"})
        assert response.status_code == 302

    assert alice.corrections.count() == 1


def test_an_edit_between_reading_and_writing_is_shown_too(as_alice, run, a_run, monkeypatch):
    def edited_meanwhile(entry, **options):
        monkeypatch.undo()
        actions.edit(entry, changes={"note": "calm"}, version=1, now=NOON)
        return actions.edit(entry, **options)

    monkeypatch.setattr("backpain.training.views.actions.edit", edited_meanwhile)

    response = as_alice.post(f"/runs/{run.uuid}/", a_run | {"pain_after": "4", "version": "1"})

    assert both_versions(response) == [("Pain now", "1", "4"), ("Note", "calm", "windy")]


def test_an_entry_deleted_elsewhere_comes_back_where_the_runner_says_so(as_alice, alice, run, a_run):
    as_alice.post(f"/entries/run/{run.uuid}/delete/")
    sent = a_run | {"pain_after": "4", "version": "1"}

    asked = as_alice.post(f"/runs/{run.uuid}/", sent)
    gone = alice.runs.count()
    saved = as_alice.post(f"/runs/{run.uuid}/", sent | {"version": asked.context["form"]["version"].value()})

    assert (asked.status_code, gone, saved.status_code) == (422, 0, 302)
    assert "deleted elsewhere" in asked.text
    assert both_versions(asked) == [("Pain now", "1", "4")]
    assert alice.runs.get().pain_after == 4


def test_a_deleted_check_in_does_not_come_back_over_another_of_its_day(as_alice, alice):
    day = dt.date(2026, 3, 14)
    deleted = CheckInFactory(runner=alice, on=day, score=2, deleted_at=NOON)
    CheckInFactory(runner=alice, on=day, score=5)

    response = as_alice.post(
        f"/check-ins/{deleted.uuid}/", {"on": "2026-03-14", "score": "3", "version": "1"}
    )

    assert response.status_code == 422
    assert "already, with 5" in response.text
    assert alice.check_ins.get().score == 5


def test_a_deleted_entry_is_not_shown(as_alice, alice):
    run = RunFactory(runner=alice, deleted_at=NOON)

    assert as_alice.get(f"/runs/{run.uuid}/").status_code == 404


def test_a_strangers_deleted_entry_stays_deleted(as_bob, alice):
    run = RunFactory(runner=alice, deleted_at=NOON)

    assert as_bob.post(f"/runs/{run.uuid}/", {"note": "mine", "version": "1"}).status_code == 404


def test_a_check_in_shows_both_versions(as_alice, alice):
    check_in = CheckInFactory(runner=alice, on=dt.date(2026, 3, 14), score=2, flare=True, version=2)

    response = as_alice.post(
        f"/check-ins/{check_in.uuid}/", {"on": "2026-03-13", "score": "5", "version": "1"}
    )

    assert both_versions(response) == [
        ("Day", "March 14, 2026", "March 13, 2026"),
        ("How bad was your back over the last 24 hours, on average?", "2", "5"),
        ("This is a flare: clearly worse than usual", "Yes", "No"),
    ]


@pytest.mark.parametrize(
    ("url", "stored", "typed", "words"),
    [
        (
            "/skipped-runs/new/",
            {"on": "2026-03-14", "because": "other"},
            {"because": "back-pain"},
            ("Something else", "My back hurt"),
        ),
        (
            "/rests/new/",
            {"on": "2026-03-13", "to_on": "2026-03-14", "pain_at_end": "2"},
            {"pain_at_end": ""},
            ("2", "–"),
        ),
        (
            "/care/new/",
            {"on": "2026-03-14", "who": "GP"},
            {"who": "<b>Physio</b>"},
            ("GP", "&lt;b&gt;Physio&lt;/b&gt;"),
        ),
        (
            "/questionnaires/peg/new/",
            {"on": "2026-03-14", "pain": "2", "enjoyment": "3", "activity": "4"},
            {"activity": "9"},
            ("4", "9"),
        ),
    ],
)
def test_every_kind_of_entry_shows_both_versions(as_alice, url, stored, typed, words):
    edit = as_alice.post(url, stored, headers={"HX-Request": "true"}).context["saved"]
    entry = reverse(edit[0].word, args=[edit[1].uuid])
    edit[1].__class__.objects.update(version=2)

    response = as_alice.post(entry, stored | typed | {"version": "1"})

    assert [(stored, typed) for _label, stored, typed in both_versions(response)] == [words]


def test_an_answer_to_a_warning_sign_shows_both_versions(as_alice, alice, all_no):
    as_alice.post("/screening/", all_no)
    screening = alice.screenings.get()
    alice.screenings.update(version=2)

    response = as_alice.post(
        f"/screening/{screening.uuid}/", all_no | {"minor_injury": "unsure", "version": "1"}
    )

    assert [(stored, typed) for _label, stored, typed in both_versions(response)] == [("No", "Not sure")]


def test_a_session_shows_both_versions_of_its_sets(as_alice, alice):
    dose = Dose(exercise="forearm-plank", sets=2, target=25, unit="s")
    change_placements(runner=alice, to={"front-plank": dose}, on=dt.date(2026, 3, 1))
    sent = {"uuid": "0b7a1a52-0a43-4c38-8f02-5f4cf7d2a111", "started_at": "2026-03-16T07:00"}
    as_alice.post("/sessions/new/", sent | {"forearm-plank-1": "25", "forearm-plank-2": "20"})
    url = f"/sessions/{alice.sessions.get().uuid}/"
    as_alice.post(url, sent | {"forearm-plank-1": "22.5", "forearm-plank-2": "20", "version": "1"})

    typed = sent | {"forearm-plank-1": "25", "forearm-plank-2": "", "forearm-plank-form": "yes"}
    response = as_alice.post(url, typed | {"version": "1"})
    as_alice.post(url, typed | {"version": response.context["form"]["version"].value()})

    assert both_versions(response) == [
        ("Forearm plank: Set 1", "22.5", "25"),
        ("Forearm plank: Set 2", "20", "–"),
        ("Forearm plank: Good form in every set?", "–", "Yes"),
    ]
    assert [row.done for row in alice.sets.all()] == [25]


def test_says_beside_a_score_what_it_was_at_first(as_alice, run, a_run, at_noon):
    url = f"/runs/{run.uuid}/"
    for version, score in ((1, "4"), (2, "6")):
        at_noon.shift(dt.timedelta(days=1))
        as_alice.post(url, a_run | {"pain_after": score, "note": "calm", "version": str(version)})

    page = as_alice.get(url)

    assert page.text.count("First logged as") == 1
    assert "First logged as 1 on Mon 16 Mar." in page.text
    assert 'aria-describedby="id_pain_after_helptext"' in page.text


def test_says_nothing_of_a_score_that_is_what_it_was_at_first(as_alice, run, a_run):
    url = f"/runs/{run.uuid}/"
    as_alice.post(url, a_run | {"pain_after": "4", "version": "1"})
    as_alice.post(url, a_run | {"pain_after": "1", "version": "2"})

    assert "First logged as" not in as_alice.get(url).text


def test_a_score_given_later_was_first_logged_then(as_alice, run, a_run, at_noon):
    url = f"/runs/{run.uuid}/"
    as_alice.post(url, a_run | {"pain_before": "", "version": "1"})
    for version, score in ((2, "3"), (3, "5")):
        at_noon.shift(dt.timedelta(days=1))
        as_alice.post(url, a_run | {"pain_before": score, "version": str(version)})

    assert "First logged as 1 on Mon 16 Mar." in as_alice.get(url).text


def test_a_morning_that_was_corrected_names_no_day(as_alice, alice):
    run = RunFactory(runner=alice, pain_next_morning=4)

    as_alice.post(
        f"/runs/{run.uuid}/", {"started_at": "2026-03-14T08:00", "pain_next_morning": "2", "version": "1"}
    )

    assert "First logged as 4." in as_alice.get(f"/runs/{run.uuid}/").text


def test_a_check_in_and_a_session_say_it_too(as_alice, alice):
    check_in = CheckInFactory(runner=alice, score=6, entered_at=NOON)
    session = SessionFactory(runner=alice, pain_during=7, entered_at=NOON)
    actions.edit(check_in, changes={"score": 2}, version=1, now=NOON)
    actions.edit(session, changes={"pain_during": 2}, version=1, now=NOON)

    assert "First logged as 6 on Mon 16 Mar." in as_alice.get(f"/check-ins/{check_in.uuid}/").text
    assert "First logged as 7 on Mon 16 Mar." in as_alice.get(f"/sessions/{session.uuid}/").text
