from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backpain.coach.history import as_data
from tests.coach.stories import calm, planking, sore

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path):
    def write(history) -> str:
        path = tmp_path / "history.json"
        path.write_text(json.dumps(as_data(history)))
        return str(path)

    return write


def advised(capsys, *arguments: str):
    call_command("advise", *arguments)
    return json.loads(capsys.readouterr().out)


def test_prints_the_advice_of_the_contract(file, capsys):
    advice = advised(capsys, file(planking().history), "--on", "2026-03-16")

    assert list(advice) == [
        "runner", "on", "ruleset", "engine", "verdict", "reasons",
        "suppressed", "moves", "running", "tips", "asks",
    ]  # fmt: skip
    assert (advice["runner"], advice["on"], advice["verdict"]) == ("alice", "2026-03-16", "progress")
    reason = advice["reasons"][0]
    assert list(reason) == [
        "rule", "verdict", "ladder", "grade", "text", "values", "threshold", "sources", "changes_if",
    ]  # fmt: skip
    assert {"what": "forearm-plank, lowest set", "on": "2026-03-14", "value": 25, "unit": "s"} in reason[
        "values"
    ]
    assert advice["moves"] == [
        {
            "ladder": "front-plank",
            "rule": "E-4",
            "kind": "longer",
            "from": {"exercise": "forearm-plank", "sets": 3, "target": 25, "unit": "s"},
            "to": {"exercise": "forearm-plank", "sets": 3, "target": 30, "unit": "s"},
        }
    ]
    assert set(advice["running"]) == {"may_run", "cap_m", "warning", "stage"}


def test_prints_tips_and_questions(file, capsys):
    history = sore(3, "03-12").run("03-15 5000 m 0/1/1/-").history

    advice = advised(capsys, file(history), "--on", "2026-03-16")

    assert [tip["rule"] for tip in advice["tips"]] == ["L-9", "Q-1"]
    assert {"what": "next_morning", "for": "2026-03-16"} in advice["asks"]


def test_says_what_was_suppressed(file, capsys):
    history = planking().screen("03-16", saddle_numbness="yes").history

    advice = advised(capsys, file(history), "--on", "2026-03-16")

    assert advice["verdict"] == "emergency"
    assert advice["suppressed"] == [{"rule": "E-4", "because": "A-2", "ladder": "front-plank"}]


def test_knows_nothing_of_later_days(file, capsys):
    history = calm().pain("03-17", "9").screen("03-18", saddle_numbness="yes").history

    assert advised(capsys, file(history), "--on", "2026-03-16")["verdict"] == "hold"


def test_a_ruleset_is_used_and_named(file, tmp_path, capsys):
    ruleset = tmp_path / "ruleset.json"
    ruleset.write_text('{"ruleset": "strict", "step_days": 2}')

    advice = advised(capsys, file(planking().history), "--on", "2026-03-16", "--ruleset", str(ruleset))

    assert advice["ruleset"] == "strict"
    assert advice["verdict"] == "hold"
    assert "within 2 days" in next(r["threshold"] for r in advice["reasons"] if r["rule"] == "E-3")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '{"format": "backpain-history", "version": 1, "runner": {"id": "a"}}',
            "runner.time_zone: This is missing.",
        ),
        ("nothing", "This is no JSON: wrong at line 1, character 1."),
    ],
)
def test_refuses_with_status_2_and_one_sentence(text, sentence, tmp_path):
    path = tmp_path / "history.json"
    path.write_text(text)

    with pytest.raises(CommandError) as raised:
        call_command("advise", str(path), "--on", "2026-03-16")

    assert (str(raised.value), raised.value.returncode) == (sentence, 2)


def test_contradictions_are_told_beside_the_advice(file, capsys):
    history = planking().run("03-16 5000 m 0/1/1/1", activity="walk", stage=2).history

    call_command("advise", file(history), "--on", "2026-03-16")

    printed = capsys.readouterr()
    assert json.loads(printed.out)["verdict"] == "progress"
    assert printed.err.splitlines() == [
        "warning: runs[0].pain.next_morning: This morning has not come yet.",
        "warning: runs[0].stage: A walk has no stage.",
    ]


def test_what_was_told_later_is_no_contradiction(file, capsys):
    history = planking().run("03-16 5000 m 0/1/1/1").pain("03-17", "1").history

    call_command("advise", file(history), "--on", "2026-03-16")

    assert capsys.readouterr().err == ""


def test_an_unknown_exercise_is_named_and_makes_no_move(tmp_path, capsys):
    data = json.dumps(as_data(planking().history)).replace("forearm-plank", "handstand")
    path = tmp_path / "history.json"
    path.write_text(data)

    call_command("advise", str(path), "--on", "2026-03-16")

    printed = capsys.readouterr()
    assert json.loads(printed.out)["moves"] == []
    assert "sessions[0].sets[0].exercise: “handstand” is no exercise of the catalogue" in printed.err
    assert "placements[0].exercise: “handstand” in this unit is no step of this ladder" in printed.err


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError) as raised:
        call_command("advise", str(tmp_path / "none.json"), "--on", "2026-03-16")

    assert raised.value.returncode == 2


def test_needs_no_database(file):
    command = [sys.executable, "manage.py", "advise", file(planking().history), "--on", "2026-03-16"]
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "SECRET_KEY": "x" * 50}

    done = subprocess.run(command, cwd=ROOT, env=os.environ | nowhere, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["verdict"] == "progress"


@pytest.mark.parametrize("on", ["yesterday", "2026-02-30", "0001-01-01"])
def test_an_impossible_day_is_refused_with_status_2(on, file):
    command = [sys.executable, "manage.py", "advise", file(planking().history), "--on", on]

    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True)

    assert done.returncode == 2
    assert "is no date" in done.stderr
    assert done.stdout == ""
