import json

import pytest
from django.core.management import CommandError, call_command

from backpain.activity_files import MAX_BYTES


def refusal_of(path):
    with pytest.raises(CommandError) as refusal:
        call_command("read_activity", path)
    assert refusal.value.returncode == 2
    return str(refusal.value)


def test_prints_one_json_object(tmp_path, real_file, capsys):
    path = tmp_path / "run"
    path.write_bytes(real_file("activity-small-fenix2-run.fit"))

    call_command("read_activity", path)

    assert json.loads(capsys.readouterr().out) == {
        "sport": "run",
        "started_at": "2015-08-15T14:45:08Z",
        "distance_m": 9008.2,
        "duration_s": 2832.0,
        "elapsed_s": 2832.0,
        "warnings": [],
    }


def test_prints_warnings_as_sentences(tmp_path, real_file, capsys):
    path = tmp_path / "swim.fit"
    path.write_bytes(real_file("event_timestamp.fit"))

    call_command("read_activity", path)

    assert json.loads(capsys.readouterr().out)["warnings"] == ["This is a swim, so it is not taken as a run."]


def test_refuses_a_missing_file(tmp_path):
    assert refusal_of(tmp_path / "none.fit") == "There is no file of this name that can be opened."


def test_refuses_a_folder(tmp_path):
    assert refusal_of(tmp_path) == "There is no file of this name that can be opened."


def test_refuses_an_empty_file(tmp_path):
    (tmp_path / "empty.gpx").touch()

    assert refusal_of(tmp_path / "empty.gpx") == "This file is empty."


def test_refuses_a_file_that_is_too_large(tmp_path):
    path = tmp_path / "large.fit"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    assert refusal_of(path) == "This file is larger than 20 MB."


def test_refuses_a_file_without_an_activity(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Ran 5 km, back was stiff.")

    assert "holds no activity" in refusal_of(path)
