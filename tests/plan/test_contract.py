from __future__ import annotations

import json

import pytest

from backpain.coach.history import as_data
from backpain.coach.thresholds import SHIPPED
from backpain.plan.contract import HistoryRefused, read_history, read_ruleset
from tests.coach.stories import planking

RUNNER = {"id": "alice", "time_zone": "Europe/London"}
CHECK_IN = {"on": "2026-03-14", "score": 1}
RUN = {"started_at": "2026-03-14T08:00:00+00:00"}
SCREENING = {"at": "2026-03-14T08:00:00+00:00", "answers": {"fever": "no"}}
SET = {"exercise": "superman", "unit": "reps", "done": 8}
SESSION = {"started_at": "2026-03-14T08:00:00+00:00", "sets": [SET]}
PLACEMENT = {"ladder": "front-plank", "exercise": "forearm-plank", "sets": 3, "target": 25, "unit": "s"}


def history(**more):
    return {"format": "backpain-history", "version": 1, "runner": RUNNER} | more


def refusal(data) -> HistoryRefused:
    text = data if isinstance(data, str | bytes) else json.dumps(data)
    with pytest.raises(HistoryRefused) as raised:
        read_history(text)
    assert raised.value.sentence.endswith(".")
    return raised.value


def test_reads_what_the_log_writes():
    told = planking().history

    assert read_history(json.dumps(as_data(told))) == told


def test_reads_the_smallest_history():
    assert read_history(json.dumps(history())).runner.id == "alice"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("format", history() | {"format": "other"}),
        ("version", history() | {"version": 2}),
        ("runner.time_zone", history(runner={"id": "alice"})),
        ("runner.time_zone", history(runner=RUNNER | {"time_zone": "Mars/Olympus"})),
        ("runner.time_zone", history(runner=RUNNER | {"time_zone": "../../etc/passwd"})),
        ("runner.time_zone", history(runner=RUNNER | {"time_zone": "localtime"})),
        ("runner.country", history(runner=RUNNER | {"country": "GB\n"})),
        ("runner.shoe\\nsize", history(runner=RUNNER | {"shoe\nsize": 44})),
        ("runner.shoe_size", history(runner=RUNNER | {"shoe_size": 44})),
        ("runner.birth_year", history(runner=RUNNER | {"birth_year": 1899})),
        ("check_ins", history(check_ins={})),
        ("check_ins[1].score", history(check_ins=[CHECK_IN, {"on": "2026-03-15", "score": 11}])),
        ("check_ins[0].score", history(check_ins=[{"on": "2026-03-15"}])),
        ("check_ins[0].score", history(check_ins=[CHECK_IN | {"score": 2.5}])),
        ("check_ins[0].score", history(check_ins=[CHECK_IN | {"score": "3"}])),
        ("check_ins[0].on", history(check_ins=[CHECK_IN | {"on": "2026-02-30"}])),
        ("check_ins[0].on", history(check_ins=[CHECK_IN | {"on": "20260314"}])),
        ("check_ins[0].on", history(check_ins=[CHECK_IN | {"on": "0001-01-01"}])),
        ("check_ins[0].on", history(check_ins=[CHECK_IN | {"on": "9999-12-31"}])),
        ("check_ins[0].sites[0]", history(check_ins=[CHECK_IN | {"sites": ["elbow"]}])),
        ("check_ins[1].on", history(check_ins=[CHECK_IN, CHECK_IN | {"score": 4}])),
        ("check_ins[0].note", history(check_ins=[CHECK_IN | {"note": "\ud800"}])),
        ("check_ins[0].note", history(check_ins=[CHECK_IN | {"note": "a\0b"}])),
        ("runs[0].started_at", history(runs=[{"started_at": "2026-03-14T08:00:00"}])),
        ("runs[0].started_at", history(runs=[{"started_at": "2026-03-14T08:00:60Z"}])),
        ("runs[0].started_at", history(runs=[{"started_at": "0001-01-01T00:00:00+14:00"}])),
        ("runs[0].started_at", history(runs=[{"started_at": "9999-12-31T23:59:59-14:00"}])),
        ("runs[0].pain.before", history(runs=[RUN | {"pain": {"before": -1}}])),
        ("runs[0].distance_m", history(runs=[RUN | {"distance_m": 300000}])),
        ("runs[1].id", history(runs=[RUN | {"id": "a"}, RUN | {"id": "a"}])),
        (
            "runs[1].id",
            history(
                runs=[
                    RUN | {"id": "AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA"},
                    RUN | {"id": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"},
                ]
            ),
        ),
        ("sessions[0].sets[0].unit", history(sessions=[SESSION | {"sets": [SET | {"unit": "kg"}]}])),
        ("screenings[0].answers.fever", history(screenings=[SCREENING | {"answers": {"fever": "maybe"}}])),
        ("screenings[0].answers.fewer", history(screenings=[SCREENING | {"answers": {"fewer": "no"}}])),
        (
            "sessions[0].sets[0].done",
            history(sessions=[SESSION | {"sets": [SET | {"unit": "s", "done": 601}]}]),
        ),
        ("rests[0].to", history(rests=[{"from": "2026-03-14", "to": "2026-03-12"}])),
        ("placements[0].ladder", history(placements=[PLACEMENT | {"ladder": "front-plank\n"}])),
        ("placements[1].since", history(placements=[PLACEMENT, PLACEMENT])),
        (
            "placements[1].since",
            history(placements=[PLACEMENT | {"since": "2026-03-01"}, PLACEMENT | {"since": "2026-03-01"}]),
        ),
    ],
)
def test_refuses_and_names_the_wrong_field(path, data):
    assert refusal(data).path == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        b"\xff\xfe{}",
        "[" * 100_000,
        '{"runner": NaN}',
        '{"runner": Infinity}',
        '{"runner": 1e400}',
        '{"runner": ' + "9" * 5000 + "}",
        '{"version": 1, "version": 1}',
        "[]",
        "null",
    ],
    ids=range(11),
)
def test_refuses_what_is_no_history_at_all(text):
    refusal(text)


def test_refuses_a_history_nested_too_deeply_for_its_field():
    deep = "[" * 900 + "]" * 900

    assert refusal(json.dumps(history())[:-1] + f', "check_ins": {deep}}}').path.startswith("check_ins")


def test_two_ladders_may_begin_on_one_day():
    placements = [PLACEMENT, PLACEMENT | {"ladder": "side-plank", "exercise": "side-plank"}]

    assert len(read_history(json.dumps(history(placements=placements))).placements) == 2


def test_an_activity_of_a_questionnaire_may_have_any_name():
    answers = {"at": 3, "on": 4, "since": 5}
    filled = {"on": "2026-03-14", "form": "psfs", "answers": answers}

    assert read_history(json.dumps(history(questionnaires=[filled]))).questionnaires[0].answers == answers


def test_a_ruleset_changes_what_it_names():
    name, thresholds = read_ruleset('{"ruleset": "trial", "gate_median": 2.5, "cold_start_apart": [2, 8]}')

    assert name == "trial"
    assert (thresholds.gate_median, thresholds.cold_start_apart) == (2.5, (2, 8))
    assert thresholds.gate_high == SHIPPED.gate_high


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ruleset", '{"gate_median": 2}'),
        ("ruleset", "[]"),
        ("gate_mean", '{"ruleset": "trial", "gate_mean": 2}'),
        ("__init__", '{"ruleset": "trial", "__init__": 2}'),
        ("gate_high", '{"ruleset": "trial", "gate_high": 5.5}'),
        ("gate_high", '{"ruleset": "trial", "gate_high": true}'),
        ("gate_high", '{"ruleset": "trial", "gate_high": -1}'),
        ("gate_high", '{"ruleset": "trial", "gate_high": "6"}'),
        ("gate_high", '{"ruleset": "trial", "gate_high": 10001}'),
        ("gate_median", '{"ruleset": "trial", "gate_median": 1e30}'),
        ("reference_readings", '{"ruleset": "trial", "reference_readings": 0}'),
        ("cold_start_apart", '{"ruleset": "trial", "cold_start_apart": [1]}'),
        ("cold_start_apart", '{"ruleset": "trial", "cold_start_apart": 3}'),
        ("cold_start_apart[1]", '{"ruleset": "trial", "cold_start_apart": [3, -7]}'),
        ("cold_start_apart[0]", '{"ruleset": "trial", "cold_start_apart": [3.5, 7]}'),
    ],
)
def test_a_ruleset_with_anything_else_is_refused(path, text):
    with pytest.raises(HistoryRefused) as raised:
        read_ruleset(text)

    assert raised.value.path == path
