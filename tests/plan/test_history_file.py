"""export_history and import_history."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from backpain.coach.history import as_data
from backpain.training.models import CheckIn, Run
from tests.catalogue import put_catalogue
from tests.coach.stories import planking, story
from tests.factories import UserFactory

FULL = (
    planking()
    .runner(equipment=frozenset({"weights"}))
    .run("03-15 5000 m 1/2/1/0", shoe="Blue", sites=frozenset({"low-back-left"}), note="Über Stock & Stein")
    .skipped("03-12")
    .rest("03-07", "03-09", 4, 2)
    .care("03-09", "assessed")
)


@pytest.fixture
def file(tmp_path):
    def write(data) -> str:
        path = tmp_path / "history.json"
        path.write_text(json.dumps(data))
        return str(path)

    return write


@pytest.fixture
def catalogue(db):
    put_catalogue()


def exported(capsys, email: str):
    capsys.readouterr()
    call_command("export_history", email)
    return json.loads(capsys.readouterr().out)


def test_a_round_trip_changes_nothing(alice, bob, catalogue, file, capsys, at_noon):
    bob.birth_year = alice.birth_year
    bob.save()
    call_command("import_history", file(as_data(FULL.history)), "--user", alice.email)
    first = exported(capsys, alice.email)

    call_command("import_history", file(first), "--user", bob.email)
    second = exported(capsys, bob.email)

    assert second == first
    assert len(first["check_ins"]) == 14
    assert first["runs"][0]["note"] == "Über Stock & Stein"


def test_says_how_many_and_reviews(alice, catalogue, file, capsys, at_noon):
    call_command("import_history", file(as_data(FULL.history)), "--user", "Alice@Example.org")

    assert capsys.readouterr().out == "21 entries stored for alice@example.org.\n"
    assert alice.advice.newest().on.isoformat() == "2026-03-16"


def test_a_second_import_stores_nothing_twice(alice, catalogue, file, capsys, at_noon):
    data = as_data(FULL.history)
    call_command("import_history", file(data), "--user", alice.email)
    again = exported(capsys, alice.email)

    call_command("import_history", file(again), "--user", alice.email)

    assert capsys.readouterr().out.startswith("0 entries")
    assert Run.objects.filter(runner=alice).count() == 1


def test_a_refused_file_stores_nothing(alice, catalogue, file, at_noon):
    data = as_data(FULL.history)
    data["check_ins"][3]["score"] = 11

    with pytest.raises(CommandError) as raised:
        call_command("import_history", file(data), "--user", alice.email)

    assert raised.value.returncode == 2
    assert str(raised.value).startswith("check_ins[3].score: ")
    assert not CheckIn.objects.exists()


def test_contradictions_are_told_and_stored_as_they_are(alice, catalogue, file, capsys, at_noon):
    data = as_data(FULL.history)
    data["check_ins"].append({"on": "2026-03-17", "score": 3})
    bridge = {"ladder": "bridge", "exercise": "glute-bridge", "sets": 2, "target": 10.4, "unit": "reps"}
    dog = {
        "ladder": "quadruped",
        "exercise": "bird-dog",
        "sets": 2,
        "target": 8,
        "unit": "reps",
        "hold_s": 2.5,
    }
    data["placements"] += [data["placements"][0] | {"ladder": "handstands"}, bridge, dog]
    data["sessions"][0]["sets"][0]["exercise"] = "handstand"

    call_command("import_history", file(data), "--user", alice.email)

    assert capsys.readouterr().err.splitlines() == [
        "warning: check_ins[14].on: This is later than 2026-03-16.",
        "warning: sessions[0].sets[0].exercise: "
        "“handstand” is no exercise of the catalogue. It takes no part in moves.",
        "warning: placements[1].ladder: "
        "“handstands” is no ladder of the catalogue. It takes no part in moves.",
        "warning: placements[1]: The catalogue does not know this one, so it is left out.",
        "warning: placements[2].target: This is stored as 10.",
        "warning: placements[3].hold_s: This is stored as 2.",
    ]
    assert exported(capsys, alice.email)["sessions"][0]["sets"][0]["exercise"] == "handstand"
    assert CheckIn.objects.filter(on="2026-03-17").exists()


def test_nothing_is_stored_without_consent(catalogue, file, at_noon):
    UserFactory(email="dora@example.org")

    with pytest.raises(CommandError, match="consent"):
        call_command("import_history", file(as_data(FULL.history)), "--user", "dora@example.org")

    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("command", [["export_history"], ["import_history", "none.json", "--user"]])
def test_an_unknown_runner_is_refused(command, db):
    with pytest.raises(CommandError) as raised:
        call_command(*command, "nobody@example.org")

    assert raised.value.returncode == 2


def test_a_warning_sign_of_years_ago_is_not_missed(alice, catalogue, file, at_noon):
    """The account had advice before, and a review looks back no further than it has to."""
    call_command("import_history", file(as_data(planking().history)), "--user", alice.email)
    assert not alice.advice.newest().locks

    flagged = story().screen("2024-03-16", saddle_numbness="yes").history
    call_command("import_history", file(as_data(flagged)), "--user", alice.email)

    assert alice.advice.newest().locks
