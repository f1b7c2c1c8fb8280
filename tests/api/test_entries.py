"""Runs, check-ins and sessions by the API: logged, listed, shown, corrected, deleted."""

import datetime as dt
import uuid

import pytest

from backpain.training.models import CheckIn, Run, Session
from tests.api.conftest import CHECK_INS, RUNS, SESSIONS
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


# One call is enough


def test_a_score_alone_is_todays_check_in_and_the_answer_says_what_to_do(alice, by_alice):
    status, answer = by_alice.post(CHECK_INS, {"score": 3})

    check_in = alice.check_ins.get()
    assert status == 201
    assert (check_in.on, check_in.score) == (dt.date(2026, 3, 16), 3)
    assert answer["entry"] == {"id": str(check_in.uuid), "on": "2026-03-16", "score": 3, "flare": False}
    assert answer["advice"]["verdict"] == "hold"
    assert answer["text"] == answer["advice"]["text"]
    assert answer["text"].startswith(f"{answer['advice']['headline']}. ")


def test_a_run_without_a_time_ended_now(alice, by_alice):
    status, answer = by_alice.post(RUNS, {"distance_m": 8200, "duration_s": 2832, "pain_after": 2})

    run = alice.runs.get()
    assert status == 201
    assert run.started_at == NOON - dt.timedelta(seconds=2832)
    assert (run.distance_m, run.duration_s, run.pain_after) == (8200, 2832, 2)
    assert answer["entry"] == {
        "id": str(run.uuid),
        "started_at": "2026-03-16T11:12:48+00:00",
        "distance_m": 8200,
        "duration_s": 2832,
        "pain": {"after": 2},
    }


def test_a_run_of_nothing_is_taken_to_begin_now(alice, by_alice):
    assert by_alice.post(RUNS, {})[0] == 201
    assert alice.runs.get().started_at == NOON


def test_sets_alone_are_a_session(alice, by_alice):
    sets = [{"exercise": "forearm-plank", "unit": "s", "done": 25}]

    status, answer = by_alice.post(SESSIONS, {"sets": sets})

    assert status == 201
    assert answer["entry"]["sets"] == sets
    assert alice.sessions.get().sets.get().done == 25


def test_today_is_the_runners_own_day(alice, by_alice, at_noon):
    alice.time_zone = "Pacific/Auckland"
    alice.save(update_fields=["time_zone"])

    by_alice.post(CHECK_INS, {"score": 3})

    assert alice.check_ins.get().on == dt.date(2026, 3, 17)


def test_an_emergency_is_said_in_the_answer(alice, by_alice):
    alice.screenings.create(at=NOON, on=NOON.date(), answers={"bladder_change": "yes"}, entered_at=NOON)

    _status, answer = by_alice.post(CHECK_INS, {"score": 3})

    assert answer["advice"]["verdict"] == "emergency"
    assert "emergency department now" in answer["advice"]["text"]


# All there is to say


def test_what_is_said_of_a_run_is_what_is_read_again(by_alice, a_run):
    said = a_run | {
        "effort": 4,
        "kind": "easy",
        "surface": "road",
        "shoe": "Road shoes",
        "feel": ["general-ache"],
        "signs": ["shortened"],
        "stage": 2,
        "activity": "walk",
        "pain": {"before": 1, "during": 2, "after": 1, "next_morning": 3},
    }

    by_alice.post(RUNS, said)

    status, read = by_alice.get(f"{RUNS}{a_run['id']}/")
    assert status == 200
    assert read.pop("pain") == said.pop("pain") | {"next_morning_retrospective": True}
    assert read == said


def test_what_is_said_of_a_check_in_is_what_is_read_again(by_alice):
    said = {
        "id": str(uuid.uuid4()),
        "on": "2026-03-15",
        "score": 6,
        "sites": ["low-back-left", "hip-left"],
        "feel": ["burning"],
        "cannot": ["sleep"],
        "flare": True,
        "note": "after moving house",
    }

    by_alice.post(CHECK_INS, said)

    read = by_alice.get(f"{CHECK_INS}{said['id']}/")[1]
    assert read == said | {"sites": ["hip-left", "low-back-left"], "retrospective": True}


def test_what_is_said_of_a_session_is_what_is_read_again(by_alice, a_session):
    said = a_session | {
        "duration_s": 900,
        "effort": 5,
        "pain": {"before": 0, "during": 1, "after": 1},
        "signs": ["limp"],
        "ordinary_soreness": True,
        "note": "short on time",
    }
    said["sets"][1] |= {"load_kg": 2.5, "hold_s": 3, "trial": True, "good_form": False, "pain": 0}

    by_alice.post(SESSIONS, said)

    assert by_alice.get(f"{SESSIONS}{said['id']}/")[1] == said


def test_distance_and_time_are_those_sent_whatever_units_the_runner_sees(alice, by_alice):
    alice.units = "mi"
    alice.save(update_fields=["units"])

    by_alice.post(RUNS, {"distance_m": 12345.67, "duration_s": 3723.4})

    run = alice.runs.get()
    assert (run.distance_m, run.duration_s) == (12345.7, 3723.4)


@pytest.mark.parametrize("hour", ["00:30:00Z", "01:30:00Z", "01:30:00+01:00"])
def test_the_hour_that_comes_twice_is_the_one_that_was_sent(alice, by_alice, hour, at_noon):
    at_noon.move_to(dt.datetime(2026, 10, 26, 12, tzinfo=dt.UTC))
    sent = dt.datetime.fromisoformat(f"2026-10-25T{hour}")

    status, _answer = by_alice.post(RUNS, {"started_at": sent.isoformat()})

    assert status == 201
    assert alice.runs.get().started_at == sent


def test_a_run_that_ended_in_the_hour_that_comes_twice_needs_no_time(alice, by_alice, at_noon):
    at_noon.move_to(dt.datetime(2026, 10, 25, 1, 20, tzinfo=dt.UTC))

    assert by_alice.post(RUNS, {"duration_s": 600})[0] == 201
    assert alice.runs.get().started_at == dt.datetime(2026, 10, 25, 1, 10, tzinfo=dt.UTC)


def test_a_run_of_four_hours_needs_no_confirmation(alice, by_alice):
    assert by_alice.post(RUNS, {"distance_m": 42195, "duration_s": 4 * 3600})[0] == 201


def test_what_the_sites_form_does_not_ask_for_stays_unsaid(alice, by_alice):
    by_alice.post(RUNS, {"distance_m": 8200})

    run = alice.runs.get()
    assert (run.pain_after, run.pain_next_morning, run.next_morning_retrospective) == (None, None, None)


# Sent twice


@pytest.mark.parametrize(
    ("url", "table", "said"),
    [
        (RUNS, Run, {"distance_m": 8200}),
        (CHECK_INS, CheckIn, {"score": 3}),
        (SESSIONS, Session, {"sets": [{"exercise": "forearm-plank", "unit": "s", "done": 25}]}),
    ],
)
def test_sent_again_it_is_stored_once(by_alice, at_noon, url, table, said):
    said = {"id": str(uuid.uuid4()), **said}
    first = by_alice.post(url, said)
    at_noon.shift(dt.timedelta(minutes=5))

    again = by_alice.post(url, said)

    assert (first[0], again[0]) == (201, 200)
    assert again[1] == first[1]
    assert table.objects.count() == 1


def test_sent_again_on_the_next_day_it_is_still_yesterdays(alice, by_alice, at_noon):
    said = {"id": str(uuid.uuid4()), "score": 3}
    by_alice.post(CHECK_INS, said)
    at_noon.shift(dt.timedelta(days=1))

    status, answer = by_alice.post(CHECK_INS, said)

    assert (status, answer["entry"]["on"]) == (200, "2026-03-16")


def test_sent_again_after_a_correction_it_stays_corrected(alice, by_alice, a_run):
    by_alice.post(RUNS, a_run)
    by_alice.patch(f"{RUNS}{a_run['id']}/", {"pain_after": 4})

    status, answer = by_alice.post(RUNS, a_run)

    assert (status, answer["entry"]["pain"]["after"]) == (200, 4)


def test_sent_again_after_it_was_deleted_it_stays_deleted(alice, by_alice, a_run):
    by_alice.post(RUNS, a_run)
    by_alice.delete(f"{RUNS}{a_run['id']}/")

    status, answer = by_alice.post(RUNS, a_run)

    assert (status, answer["entry"], answer["advice"]["verdict"]) == (200, None, "hold")
    assert not alice.runs.exists()


def test_an_id_that_is_taken_is_refused(alice, by_alice, a_run):
    by_alice.post(RUNS, a_run)

    status, answer = by_alice.post(RUNS, a_run | {"distance_m": 9000})

    assert (status, answer["id"]) == (409, a_run["id"])
    assert alice.runs.get().distance_m == 8200


def test_another_check_in_of_a_day_is_refused_and_named(alice, by_alice):
    by_alice.post(CHECK_INS, {"score": 3})

    status, answer = by_alice.post(CHECK_INS, {"score": 5})

    assert (status, answer["id"]) == (409, str(alice.check_ins.get().uuid))
    assert "this day already" in answer["detail"]


def test_the_same_id_of_two_runners_is_two_entries(alice, bob, by_alice, by_bob, a_run):
    assert [by_alice.post(RUNS, a_run)[0], by_bob.post(RUNS, a_run)[0]] == [201, 201]


def test_a_run_logged_on_the_site_is_known_by_its_id(alice, as_alice, by_alice, a_run):
    as_alice.post(
        "/runs/new/",
        {
            "uuid": a_run["id"],
            "started_at": "2026-03-14T08:00",
            "distance": "8.2",
            "duration": "47:12",
            "pain_before": "1",
            "pain_during": "2",
            "pain_after": "1",
            "sites": ["low-back-left"],
            "note": "windy",
        },
    )

    assert by_alice.post(RUNS, a_run)[0] == 200


# Lists


@pytest.fixture
def ten_runs(alice):
    """Runs of the ten days up to 15 March, one an hour after another on the last."""
    days = [*range(6, 15), 15, 15]
    rows = [
        Run(
            runner=alice,
            started_at=dt.datetime(2026, 3, day, 7 + number // 10, tzinfo=dt.UTC),
            on=dt.date(2026, 3, day),
            entered_at=NOON,
            distance_m=1000 * (number + 1),
        )
        for number, day in enumerate(days)
    ]
    return Run.objects.bulk_create(rows)


def metres(answer):
    return [run["distance_m"] for run in answer["runs"]]


def test_a_list_has_the_newest_first(by_alice, ten_runs):
    status, answer = by_alice.get(RUNS)

    assert status == 200
    assert metres(answer) == [float(1000 * n) for n in range(11, 0, -1)]
    assert answer["next"] is None


def test_pages_lead_from_one_to_the_next_and_miss_nothing(alice, by_alice, ten_runs):
    pages, url = [], f"{RUNS}?limit=4&since=2026-03-07"
    while url:
        _status, answer = by_alice.get(url)
        pages.append(metres(answer))
        url = answer["next"]
        if len(pages) == 1:  # what is deleted or logged meanwhile moves no page
            alice.runs.filter(distance_m=8000).update(deleted_at=NOON)
            by_alice.post(RUNS, {"distance_m": 500})

    assert pages == [[11000, 10000, 9000, 8000], [7000, 6000, 5000, 4000], [3000, 2000]]


def test_runs_of_the_same_instant_are_each_on_one_page(alice, by_alice):
    for _ in range(5):
        Run.objects.create(runner=alice, started_at=NOON, on=NOON.date(), entered_at=NOON)
    seen, url = [], f"{RUNS}?limit=2"
    while url:
        _status, answer = by_alice.get(url)
        seen += [run["id"] for run in answer["runs"]]
        url = answer["next"]

    assert len(seen) == len(set(seen)) == 5


def test_a_list_begins_on_a_day(by_alice, ten_runs):
    assert metres(by_alice.get(f"{RUNS}?since=2026-03-14")[1]) == [11000, 10000, 9000]


def test_sessions_are_listed_with_their_sets_in_order(by_alice, a_session):
    by_alice.post(SESSIONS, a_session)
    by_alice.post(SESSIONS, {"sets": [{"exercise": "dead-bug", "unit": "reps", "done": 8}]})

    _status, answer = by_alice.get(SESSIONS)

    names = [[done["exercise"] for done in session["sets"]] for session in answer["sessions"]]
    assert names == [["dead-bug"], ["forearm-plank", "side-plank"]]


def test_check_ins_are_listed_too(by_alice):
    for on in ("2026-03-14", "2026-03-16", "2026-03-15"):
        by_alice.post(CHECK_INS, {"score": 3, "on": on})

    found = by_alice.get(f"{CHECK_INS}?limit=2")[1]

    assert [check_in["on"] for check_in in found["check_ins"]] == ["2026-03-16", "2026-03-15"]
    assert found["next"].startswith("http://testserver/api/v1/check-ins/?limit=2&before=")


def test_a_query_that_makes_no_sense_is_refused(by_alice):
    for query, path in (
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("limit=1e1", "limit"),
        ("limit=", "limit"),
        ("limit=5&limit=6", "limit"),
        ("since=14.3.2026", "since"),
        ("since=1700000000", "since"),
        ("since=2026-02-30", "since"),
        ("since=", "since"),
        ("before=6a9b7d58", "before"),
        ("before=6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11", "before"),
        ("sinse=2026-03-14", "sinse"),
    ):
        status, answer = by_alice.get(f"{RUNS}?{query}")

        assert status == 422, query
        assert [error["path"] for error in answer["errors"]] == [path]


# Corrected and deleted


def test_what_is_corrected_changes_and_the_rest_stays(alice, by_alice, a_run):
    by_alice.post(RUNS, a_run)

    status, answer = by_alice.patch(f"{RUNS}{a_run['id']}/", {"pain": {"after": 5}, "note": None})

    run = alice.runs.get()
    assert status == 200
    assert (run.pain_before, run.pain_after, run.note, run.distance_m) == (1, 5, "", 8200)
    assert answer["entry"]["pain"] == {"before": 1, "during": 2, "after": 5}
    assert "advice" in answer
    assert {(row.field, row.old, row.new) for row in alice.corrections.all()} == {
        ("pain_after", 1, 5),
        ("note", "windy", ""),
    }


def test_a_correction_rounds_nothing_it_was_not_asked_about(alice, by_alice, a_run):
    """The site shows 8.21 km and 47:12; both are finer than that."""
    by_alice.post(RUNS, a_run)
    alice.runs.update(distance_m=8213.456, duration_s=2832.4, started_at=NOON.replace(microsecond=5))

    by_alice.patch(f"{RUNS}{a_run['id']}/", {"effort": 4})

    run = alice.runs.get()
    assert (run.distance_m, run.duration_s, run.effort) == (8213.456, 2832.4, 4)
    assert run.started_at.microsecond == 5


def test_sets_are_corrected_as_a_whole_and_stay_where_nothing_is_said(alice, by_alice, a_session):
    by_alice.post(SESSIONS, a_session)
    url = f"{SESSIONS}{a_session['id']}/"

    assert by_alice.patch(url, {"effort": 3})[1]["entry"]["sets"] == a_session["sets"]
    changed = by_alice.patch(url, {"sets": a_session["sets"][:1]})

    assert changed[1]["entry"]["sets"] == a_session["sets"][:1]
    assert [row.field for row in alice.corrections.order_by("pk")] == ["effort", "sets"]


def test_a_session_with_an_exercise_that_is_gone_can_be_corrected(alice, by_alice, a_session):
    by_alice.post(SESSIONS, a_session)
    alice.sets.filter(exercise="side-plank").update(exercise="no-longer-there")
    sets = [{"exercise": "no-longer-there", "unit": "s", "done": 20}]

    assert by_alice.patch(f"{SESSIONS}{a_session['id']}/", {"sets": sets})[0] == 200


def test_ticks_that_are_not_mentioned_stay(alice, by_alice):
    _status, answer = by_alice.post(
        CHECK_INS, {"score": 3, "flare": True, "sites": ["neck"], "cannot": ["sleep"]}
    )
    alice.check_ins.update(sat_long=True)

    by_alice.patch(f"{CHECK_INS}{answer['entry']['id']}/", {"score": 4})

    check_in = alice.check_ins.get()
    assert (check_in.score, check_in.flare, check_in.sites) == (4, True, ["neck"])
    assert (check_in.cannot, check_in.sat_long) == (["sleep"], True)


def test_a_check_in_moved_to_a_day_that_has_one_is_refused(alice, by_alice):
    standing = by_alice.post(CHECK_INS, {"score": 3, "on": "2026-03-15"})[1]["entry"]["id"]
    moved = by_alice.post(CHECK_INS, {"score": 4})[1]["entry"]["id"]

    status, answer = by_alice.patch(f"{CHECK_INS}{moved}/", {"on": "2026-03-15"})

    assert (status, answer["id"]) == (409, standing)
    assert alice.check_ins.get(uuid=moved).on == dt.date(2026, 3, 16)


def test_a_deleted_entry_is_gone_and_can_be_brought_back_on_the_site(alice, as_alice, by_alice, a_run):
    by_alice.post(RUNS, a_run)
    url = f"{RUNS}{a_run['id']}/"

    assert by_alice.delete(url) == (204, None)
    assert [by_alice.get(url)[0], by_alice.patch(url, {"effort": 3})[0], by_alice.delete(url)[0]] == [404] * 3
    as_alice.post(f"/entries/run/{a_run['id']}/restore/")
    assert by_alice.get(url)[0] == 200


def test_nobody_reads_corrects_or_deletes_what_is_somebody_elses(alice, by_alice, by_bob, a_run):
    by_alice.post(RUNS, a_run)
    url = f"{RUNS}{a_run['id']}/"

    answers = [by_bob.get(url), by_bob.patch(url, {"note": "mine"}), by_bob.delete(url)]

    assert [status for status, _answer in answers] == [404] * 3
    assert by_bob.get(RUNS)[1] == {"runs": [], "next": None}
    assert by_bob.get(f"{RUNS}?before={a_run['id']}")[0] == 422
    assert alice.runs.get().note == "windy"
