import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backpain.coach.history import History, Run, Runner, SkippedRun, as_data, history_from
from backpain.training.history import history_of
from backpain.training.models import Run as RunRow
from backpain.training.store import CHUNK, store_history

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)

BOUT = {
    "duration_s": 2832.5,
    "effort": 3,
    "pain": {
        "before": 0,
        "during": 2,
        "after": 1,
        "next_morning": 3,
        "next_morning_retrospective": True,
    },
    "sites": ["low-back-left", "neck"],
    "feel": ["sharp", "spasm"],
    "note": "windy\n\N{RUNNER}",
}
EVERYTHING = {
    "format": "backpain-history",
    "version": 1,
    "runner": {
        "id": "alice",
        "time_zone": "Europe/London",
        "birth_year": 1990,
        "equipment": ["stability-ball", "weights"],
        "conditions": ["cancer-ever"],
        "pain_began_on": "2025-12-01",
        "first_ever_episode": False,
        "country": "GB",
        "episodes_last_12_months": 2,
    },
    "check_ins": [
        {"id": "c-0", "on": "2026-03-12", "score": 0},
        {
            "id": "c-1",
            "on": "2026-03-13",
            "score": 4,
            "sites": ["other"],
            "feel": ["numb"],
            "cannot": ["dress", "sleep"],
            "flare": True,
            "note": "after gardening",
            "retrospective": False,
        },
    ],
    "runs": [
        {"id": "r-0", "started_at": "2026-03-13T00:15:00+00:00"},
        {
            "id": "r-1",
            "started_at": "2026-03-14T08:00:00.250000+00:00",
            "distance_m": 8046.7,
            "kind": "easy",
            "surface": "trail",
            "shoe": "Blue",
            "signs": ["limp", "shortened"],
            "activity": "walk",
            "stage": 7,
            **BOUT,
        },
    ],
    "skipped_runs": [{"id": "k-1", "on": "2026-03-13", "because": "back-pain"}],
    "sessions": [
        {"id": "s-0", "started_at": "2026-03-12T07:00:00+00:00", "sets": []},
        {
            "id": "s-1",
            "started_at": "2026-03-14T07:00:00+00:00",
            "sets": [
                {
                    "exercise": "side-plank",
                    "side": "left",
                    "unit": "s",
                    "target": 25.0,
                    "done": 20.5,
                    "load_kg": 2.5,
                    "pain": 0,
                    "good_form": False,
                    "hold_s": 5.0,
                    "trial": True,
                },
                {"exercise": "no-such-exercise", "unit": "rounds", "done": 0.0},
            ],
            "signs": ["stopped"],
            "ordinary_soreness": False,
            **BOUT,
        },
    ],
    "screenings": [
        {"id": "w-1", "at": "2026-03-13T23:30:00+00:00", "kind": "nerve", "answers": {"both_legs": "unsure"}},
        {"id": "w-2", "at": "2026-03-14T09:00:00+00:00", "answers": {"saddle_numbness": "yes"}},
    ],
    "rests": [{"id": "t-1", "from": "2026-03-10", "to": "2026-03-11", "pain_at_start": 6, "pain_at_end": 0}],
    "care": [
        {
            "id": "p-1",
            "on": "2026-03-11",
            "who": "physiotherapist",
            "assessed": True,
            "clears": True,
            "note": "go on",
        }
    ],
    "questionnaires": [
        {
            "id": "q-1",
            "on": "2026-03-01",
            "form": "peg",
            "answers": {"pain": 4, "enjoyment": 0, "activity": 10},
        },
        {"id": "q-2", "on": "2026-03-02", "form": "psfs", "answers": {"Put on socks, left": 3, "läufen": 0}},
        {"id": "q-3", "on": "2026-03-02", "form": "peg", "answers": {"pain": 3}},
    ],
    "placements": [
        {
            "ladder": "front-plank",
            "exercise": "knee-plank",
            "sets": 3,
            "target": 20,
            "unit": "s",
            "since": "2026-02-01",
        },
        {
            "ladder": "front-plank",
            "exercise": "forearm-plank",
            "sets": 2,
            "target": 25,
            "unit": "s",
            "since": "2026-03-01",
            "hold_s": 5,
        },
    ],
}


@pytest.fixture
def at_home(alice):
    alice.country = "GB"
    alice.save()
    return alice


def read_back(runner):
    """Return the stored history as contract data, under the ids of EVERYTHING in order."""
    data = as_data(history_of(type(runner).objects.get(pk=runner.pk), on=None))
    data["runner"]["id"] = EVERYTHING["runner"]["id"]
    for name, entries in EVERYTHING.items():
        if isinstance(entries, list) and name != "placements":
            for entry, given in zip(data[name], entries, strict=True):
                entry["id"] = given["id"]
    return data


def test_everything_in_the_contract_comes_back_as_it_was(at_home):
    count = store_history(runner=at_home, history=history_from(EVERYTHING), now=NOON)

    assert count == 14
    assert read_back(at_home) == EVERYTHING


def test_what_is_stored_already_is_not_stored_again(at_home):
    for _time in range(2):
        count = store_history(runner=at_home, history=history_from(EVERYTHING), now=NOON)

    assert count == 0
    assert read_back(at_home) == EVERYTHING


def test_an_export_can_be_stored_under_its_own_ids(at_home, bob):
    store_history(runner=at_home, history=history_from(EVERYTHING), now=NOON)
    export = as_data(history_of(at_home, on=None))

    again = store_history(runner=at_home, history=history_from(export), now=NOON)
    elsewhere = store_history(runner=bob, history=history_from(export), now=NOON)

    assert (again, elsewhere) == (0, 14)
    assert as_data(history_of(bob, on=None))["runs"] == export["runs"]


def test_entries_without_ids_are_known_by_what_they_say(alice):
    skipped = SkippedRun(on=dt.date(2026, 3, 13), because="other")
    history = History(
        runner=Runner(id="a", time_zone="Europe/London"),
        runs=(
            Run(started_at=NOON, sites=frozenset({"neck", "other", "abdomen"})),
            Run(started_at=NOON, effort=3),
        ),
        skipped_runs=(skipped, skipped),
    )

    counts = [store_history(runner=alice, history=history, now=NOON) for _time in range(2)]

    assert counts == [4, 0]


def test_an_entry_that_was_deleted_does_not_come_back(alice):
    history = history_from(EVERYTHING)
    store_history(runner=alice, history=history, now=NOON)
    alice.runs.update(deleted_at=NOON)
    alice.check_ins.update(deleted_at=NOON)

    assert store_history(runner=alice, history=history, now=NOON) == 0


def test_a_check_in_that_stands_keeps_its_day(alice):
    alice.check_ins.create(on=dt.date(2026, 3, 13), score=9, entered_at=NOON)

    store_history(runner=alice, history=history_from(EVERYTHING), now=NOON)

    assert alice.check_ins.get(on=dt.date(2026, 3, 13)).score == 9


def test_days_are_those_of_the_historys_time_zone(alice):
    history = history_from(EVERYTHING)
    far = replace(history, runner=replace(history.runner, time_zone="Pacific/Apia"))

    store_history(runner=alice, history=far, now=NOON)

    assert [run.on.day for run in alice.runs.order_by("started_at")] == [13, 14]
    assert [screening.on.day for screening in alice.screenings.order_by("at")] == [14, 14]


def test_a_failure_stores_nothing(alice, monkeypatch):
    monkeypatch.setattr("backpain.training.store.place_history", lambda **options: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        store_history(runner=alice, history=history_from(EVERYTHING), now=NOON)

    assert not RunRow.with_deleted.exists()


def test_many_runs_take_a_statement_for_each_chunk(alice):
    def history(runs):
        hours = (NOON - dt.timedelta(hours=n) for n in range(runs))
        entries = tuple(Run(id=f"r-{n}", started_at=at) for n, at in enumerate(hours))
        return History(runner=Runner(id="a", time_zone="UTC"), runs=entries)

    store_history(runner=alice, history=history(1), now=NOON)
    with CaptureQueriesContext(connection) as taken:
        count = store_history(runner=alice, history=history(1 + 12 * CHUNK), now=NOON)

    inserts = [query for query in taken if query["sql"].startswith('INSERT INTO "training_run"')]
    assert count == 12 * CHUNK == 6000
    assert len(inserts) == 12
