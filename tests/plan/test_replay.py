from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backpain.coach.history import as_data
from tests.coach.stories import calm, planking, story

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path):
    def write(*lines: str) -> str:
        path = tmp_path / "histories.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines))
        return str(path)

    return write


def told(of) -> str:
    return json.dumps(as_data(of.history))


def replayed(capsys, *arguments: str):
    call_command("replay", *arguments)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_prints_every_day_from_the_first_entry_to_the_last(file, capsys):
    days = replayed(capsys, file(told(planking().runner(id="a")), told(calm().runner(id="b"))))

    assert [day["on"] for day in days if day["runner"] == "a"] == [f"2026-03-{n:02}" for n in range(3, 17)]
    assert {day["runner"] for day in days} == {"a", "b"}
    assert days[13] == {"runner": "a", "on": "2026-03-16", "verdict": "progress", "rules": ["E-4"]}


def test_the_range_may_be_given(file, capsys):
    days = replayed(capsys, file(told(calm())), "--from", "2026-03-10", "--to", "2026-03-11")

    assert [day["on"] for day in days] == ["2026-03-10", "2026-03-11"]


def test_each_day_says_what_advise_says(file, tmp_path, capsys):
    days = replayed(capsys, file(told(planking())))

    single = tmp_path / "history.json"
    single.write_text(told(planking()))
    for day in days[-3:]:
        call_command("advise", str(single), "--on", day["on"])
        advice = json.loads(capsys.readouterr().out)
        assert advice["verdict"] == day["verdict"]
        assert list(dict.fromkeys(reason["rule"] for reason in advice["reasons"])) == day["rules"]


def test_a_history_without_entries_has_no_days(file, capsys):
    assert replayed(capsys, file(told(story()), "")) == []


def test_a_ruleset_is_used(file, tmp_path, capsys):
    ruleset = tmp_path / "ruleset.json"
    ruleset.write_text('{"ruleset": "strict", "step_days": 2}')

    days = replayed(capsys, file(told(planking())), "--ruleset", str(ruleset))

    assert days[-1]["verdict"] == "hold"


def test_contradictions_are_told_with_their_line_and_the_pass_goes_on(file, capsys):
    walked = calm().run("03-14 5000 m 0/1/1/1", activity="walk", stage=2)

    call_command("replay", file(told(calm()), told(walked)))

    printed = capsys.readouterr()
    assert printed.err == "warning: line 2: runs[0].stage: A walk has no stage.\n"
    assert len(printed.out.splitlines()) == 28


def test_a_reader_who_has_seen_enough_is_no_error(file):
    command = [sys.executable, "manage.py", "replay", file(*[told(calm())] * 200)]

    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == ""


def test_stops_at_the_first_line_it_refuses_after_printing_the_ones_before(file, capsys):
    broken = told(calm()).replace('"score": 1', '"score": 11', 1)

    with pytest.raises(CommandError) as raised:
        call_command("replay", file(told(calm()), broken))

    assert raised.value.returncode == 2
    assert str(raised.value).startswith("line 2: check_ins[0].score: ")
    assert len(capsys.readouterr().out.splitlines()) == 14
