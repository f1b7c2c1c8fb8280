"""The contract as values."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
from hypothesis import given, settings

from backpain.coach.history import History, Run, Runner, as_data, history_from
from tests.coach.stories import planking
from tests.coach.test_properties import histories

SCHEMA = Path(__file__).parents[2] / "backpain" / "plan" / "history.schema.json"

FULL = {
    "format": "backpain-history",
    "version": 1,
    "runner": {
        "id": "alice",
        "time_zone": "Europe/London",
        "pain_began_on": "2026-03-01",
        "equipment": ["weights"],
    },
    "check_ins": [{"on": "2026-03-02", "score": 4, "sites": ["knee-left"], "cannot": ["sleep"]}],
    "rests": [{"from": "2026-03-03", "to": "2026-03-05", "pain_at_start": 0}],
    "sessions": [{"started_at": "2026-03-06T07:00:00+01:00", "sets": []}],
    "screenings": [{"at": "2026-03-06T07:00:00+00:00", "answers": {}}],
    "care": [{"on": "2026-03-06", "assessed": True}],
    "questionnaires": [{"on": "2026-03-06", "form": "peg", "answers": {"pain": 3}}],
}


def test_what_was_entered_comes_back():
    assert as_data(history_from(FULL)) == FULL


def test_a_missing_value_and_an_unknown_one_are_the_same():
    unknown = FULL | {
        "runs": [{"started_at": "2026-03-06T18:00:00+00:00", "kind": None, "pain": {"before": None}}]
    }
    missing = FULL | {"runs": [{"started_at": "2026-03-06T18:00:00+00:00"}]}

    assert history_from(unknown) == history_from(missing)


def test_a_zero_is_not_a_missing_value():
    rest = history_from(FULL).rests[0]

    assert rest.pain_at_start == 0
    assert rest.from_on == dt.date(2026, 3, 3)


@settings(max_examples=20, deadline=None)
@given(histories)
def test_every_history_keeps_the_schema(history):
    jsonschema.validate(json.loads(json.dumps(as_data(history))), json.loads(SCHEMA.read_text()))


def test_json_round_trip_changes_nothing():
    history = planking().history

    assert history_from(json.loads(json.dumps(as_data(history)))) == history


def test_the_day_a_bout_was_entered_for_outlives_a_change_of_zone():
    run = Run(started_at=dt.datetime(2026, 3, 14, 21, 0, tzinfo=dt.UTC), on=dt.date(2026, 3, 14))
    moved = Runner(id="alice", time_zone="Asia/Tokyo")

    assert moved.day_of_bout(run) == dt.date(2026, 3, 14)
    assert moved.day_of_bout(replace(run, on=None)) == dt.date(2026, 3, 15)
    assert "on" not in as_data(History(runner=moved, runs=(run,)))["runs"][0]


def test_an_instant_may_end_in_a_small_z():
    data = {
        "runner": {"id": "alice", "time_zone": "Europe/London"},
        "runs": [{"started_at": "2026-03-14t07:00:00z"}],
    }

    assert history_from(data).runs[0].started_at == dt.datetime(2026, 3, 14, 7, tzinfo=dt.UTC)
