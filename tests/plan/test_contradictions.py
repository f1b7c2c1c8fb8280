from __future__ import annotations

import json

import pytest

from backpain.coach.history import as_data
from backpain.exercises.shipped import shipped_catalogue, shipped_exercises
from backpain.plan.contract import read_history
from backpain.plan.contradictions import MOST, warnings
from tests.coach.stories import day, planking

RUNNER = {"id": "alice", "time_zone": "Europe/London"}
MORNING = {"started_at": "2026-03-14T08:00:00+00:00"}
EVENING = {"started_at": "2026-03-14T18:00:00+00:00"}
SETS = [{"exercise": "superman", "unit": "reps", "done": 8}]
STRETCHES = [{"exercise": "cat-cow", "unit": "reps", "done": 8}]
REST = {"from": "2026-03-13", "to": "2026-03-15"}
SCREENING = {"at": "2026-03-14T08:00:00+00:00", "answers": {"fever": "no"}}
PLACEMENT = {"ladder": "front-plank", "exercise": "forearm-plank", "sets": 3, "target": 25, "unit": "s"}
PEG = {"on": "2026-03-14", "form": "peg", "answers": {"pain": 1, "enjoyment": 1, "activity": 1}}


def found(told_on=None, **more):
    data = {"format": "backpain-history", "version": 1, "runner": RUNNER} | more
    lines = warnings(
        read_history(json.dumps(data)),
        catalogue=shipped_catalogue(),
        exercises=shipped_exercises(),
        told_on=told_on and day(told_on),
    )
    assert all(line.endswith(".") for line in lines)
    return [line.split(": ")[0] for line in lines]


def session(**more):
    return MORNING | {"sets": SETS} | more


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("runner.birth_year", {"runner": RUNNER | {"birth_year": 2027}, "runs": [MORNING]}),
        ("runner.pain_began_on", {"runner": RUNNER | {"pain_began_on": "2026-03-15"}, "runs": [MORNING]}),
        (
            "runner.episodes_last_12_months",
            {"runner": RUNNER | {"first_ever_episode": True, "episodes_last_12_months": 2}},
        ),
        ("runs[1].started_at", {"runs": [MORNING, MORNING]}),
        ("runs[0].started_at", {"runs": [EVENING, MORNING | {"duration_s": 36_001}]}),
        ("sessions[1].started_at", {"sessions": [session(), session(note="again")]}),
        ("runs[0].stage", {"runs": [MORNING | {"activity": "walk", "stage": 1}]}),
        (
            "runs[0].pain.next_morning",
            {"runs": [EVENING | {"duration_s": 64_801, "pain": {"next_morning": 1}}]},
        ),
        (
            "sessions[0].pain.next_morning_retrospective",
            {"sessions": [session(pain={"next_morning_retrospective": True})]},
        ),
        ("rests[0].from", {"rests": [{"from": "2026-03-15", "to": "2026-03-16"}, REST]}),
        ("runs[0].started_at", {"rests": [REST], "runs": [MORNING]}),
        ("sessions[0].started_at", {"rests": [REST], "sessions": [session()]}),
        ("screenings[1].at", {"screenings": [SCREENING, SCREENING | {"answers": {"fever": "yes"}}]}),
        (
            "screenings[0].answers.cancer_ever",
            {
                "runner": RUNNER | {"conditions": ["cancer-ever"]},
                "screenings": [SCREENING | {"answers": {"cancer_ever": "no"}}],
            },
        ),
        ("questionnaires[1].on", {"questionnaires": [PEG, PEG]}),
        ("questionnaires[0].answers", {"questionnaires": [PEG | {"answers": {"pain": 1}}]}),
        (
            "questionnaires[0].answers",
            {"questionnaires": [PEG | {"form": "psfs", "answers": dict.fromkeys("abcdef", 1)}]},
        ),
        (
            "sessions[0].sets[1].exercise",
            {"sessions": [session(sets=SETS + [SETS[0] | {"exercise": "zz"}] * 2)]},
        ),
        ("placements[0].ladder", {"placements": [PLACEMENT | {"ladder": "zz"}]}),
        ("placements[0].exercise", {"placements": [PLACEMENT | {"exercise": "superman"}]}),
        ("placements[0].exercise", {"placements": [PLACEMENT | {"unit": "reps"}]}),
    ],
)
def test_names_the_field(path, data):
    assert found(**data) == [path]


@pytest.mark.parametrize(
    "data",
    [
        {"runner": RUNNER | {"birth_year": 2026, "pain_began_on": "2026-03-14"}, "runs": [MORNING]},
        {"runner": RUNNER | {"first_ever_episode": True, "episodes_last_12_months": 1}},
        {"runs": [EVENING, MORNING | {"duration_s": 36_000}], "sessions": [session()]},
        {"runs": [MORNING | {"activity": "walk"}, EVENING | {"stage": 1}]},
        {"runs": [EVENING | {"duration_s": 64_800, "pain": {"next_morning": 1}}]},
        {"rests": [REST], "runs": [MORNING | {"activity": "walk"}]},
        {"rests": [REST], "sessions": [session(sets=STRETCHES)]},
        {
            "rests": [REST | {"to": "2026-03-13"}, {"from": "2026-03-15", "to": "2026-03-15"}],
            "runs": [MORNING],
        },
        {"questionnaires": [PEG, PEG | {"form": "psfs", "answers": {"on": 1, "at": 2, "to": 3}}]},
        {"placements": [PLACEMENT]},
    ],
)
def test_says_nothing_of_what_may_well_be(data):
    assert found(**data) == []


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("check_ins[0].on", {"check_ins": [{"on": "2026-03-15", "score": 1}]}),
        ("skipped_runs[0].on", {"skipped_runs": [{"on": "2026-03-15", "because": "other"}]}),
        ("care[0].on", {"care": [{"on": "2026-03-15"}]}),
        ("questionnaires[0].on", {"questionnaires": [PEG | {"on": "2026-03-15"}]}),
        ("placements[0].since", {"placements": [PLACEMENT | {"since": "2026-03-15"}]}),
        ("rests[0].from", {"rests": [{"from": "2026-03-15", "to": "2026-03-16"}]}),
        ("runs[0].started_at", {"runs": [{"started_at": "2026-03-14T23:59:00-00:01"}]}),
        ("sessions[0].started_at", {"sessions": [session(started_at="2026-03-15T08:00:00Z")]}),
        ("screenings[0].at", {"screenings": [SCREENING | {"at": "2026-03-15T08:00:00Z"}]}),
        ("runs[0].pain.next_morning", {"runs": [MORNING | {"pain": {"next_morning": 1}}]}),
        ("sessions[0].ordinary_soreness", {"sessions": [session(ordinary_soreness=True)]}),
        ("rests[0].pain_at_end", {"rests": [REST | {"pain_at_end": 1}]}),
        ("runner.pain_began_on", {"runner": RUNNER | {"pain_began_on": "2026-03-15"}}),
    ],
)
def test_names_what_cannot_have_been_told_yet(path, data):
    assert found(told_on="03-14", **data) == [path]
    assert found(told_on="03-16", **data) == []


def test_names_the_first_ones_and_counts_the_others():
    lines = found(runs=[MORNING] * (MOST + 3))

    assert len(lines) == MOST + 1
    assert lines[-1].startswith("2 more")


def test_says_nothing_of_a_story():
    assert found(**as_data(planking().history)) == []
