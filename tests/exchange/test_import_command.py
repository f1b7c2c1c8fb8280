"""manage.py import_files: a folder that is looked through again and again."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from backpain.exchange import tasks
from tests.exchange.imports import MORNING, days_before, run_fit, run_gpx, run_tcx, zipped
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon", "here")]


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    (folder / "watch").mkdir(parents=True)
    (folder / "watch" / "run.fit").write_bytes(run_fit())
    (folder / "walk.tcx").write_bytes(run_tcx(days_before(1), sport="Walking"))
    (folder / "two.zip").write_bytes(
        zipped({"a.fit": run_fit(days_before(2)), "b.gpx": run_gpx(days_before(3))})
    )
    (folder / ".hidden").write_bytes(b"x")
    return folder


def look_through(folder, capsys, user="alice@example.org"):
    """Run the command; return what it printed and its exit status."""
    capsys.readouterr()
    try:
        call_command("import_files", str(folder), user=user)
    except CommandError as error:
        return capsys.readouterr().out, error.returncode
    return capsys.readouterr().out, 0


def test_what_is_surely_a_run_comes_in_with_a_line_a_file(alice, inbox, capsys):
    printed, status = look_through(inbox, capsys)

    assert printed.splitlines() == [
        "a.fit: added",
        "b.gpx: added",
        "walk.tcx: Your choice (Walk)",
        "watch/run.fit: added",
        "3 runs added for alice@example.org.",
    ]
    assert status == 0
    assert alice.runs.count() == 3
    assert {path.name for path in inbox.rglob("*")} == {"watch", "run.fit", "walk.tcx", "two.zip", ".hidden"}


def test_the_second_time_adds_and_reads_nothing(alice, inbox, capsys):
    look_through(inbox, capsys)

    assert look_through(inbox, capsys) == ("0 runs added for alice@example.org.\n", 0)
    assert alice.imports.count() == 1


def test_a_new_file_comes_in_beside_the_known_ones(alice, inbox, capsys):
    look_through(inbox, capsys)
    (inbox / "late.fit").write_bytes(run_fit(days_before(5)))

    assert look_through(inbox, capsys)[0].splitlines()[0] == "late.fit: added"
    assert alice.runs.count() == 4


def test_what_was_deleted_or_undone_does_not_come_back_with_the_next_look(as_alice, alice, inbox, capsys):
    look_through(inbox, capsys)
    batch = alice.imports.get()
    as_alice.post(f"/entries/run/{alice.runs.first().uuid}/delete/")
    look_through(inbox, capsys)
    after_deleting = alice.runs.count()

    as_alice.post(f"/import/{batch.uuid}/undo/")
    look_through(inbox, capsys)

    assert after_deleting == 2
    assert alice.runs.count() == 0


def test_a_run_in_the_log_is_not_added(alice, inbox, capsys):
    RunFactory(runner=alice, started_at=MORNING, distance_m=8000)

    assert "watch/run.fit: In your log (Run)" in look_through(inbox, capsys)[0]


def test_an_unreadable_file_is_named_once_with_exit_status_one(alice, inbox, capsys):
    (inbox / "broken.fit").write_bytes(run_fit(days_before(9))[:30])

    printed, status = look_through(inbox, capsys)

    assert "broken.fit: This file is damaged or incomplete." in printed
    assert status == 1
    assert look_through(inbox, capsys)[1] == 0


def test_a_file_that_cannot_be_opened_stops_no_other_and_is_tried_again(alice, inbox, capsys, monkeypatch):
    opened = Path.open

    def refused(path, *args):
        if path.name == "run.fit":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refused)
        printed, status = look_through(inbox, capsys)

    assert printed.splitlines()[-2:] == [
        "watch/run.fit: Permission denied",
        "2 runs added for alice@example.org.",
    ]
    assert status == 1
    assert "watch/run.fit: added" in look_through(inbox, capsys)[0]


@pytest.mark.parametrize("wrong", [{"user": "nobody@example.org"}, {"folder": "nowhere"}])
def test_without_runner_or_folder_nothing_is_tried(alice, inbox, capsys, wrong):
    folder = inbox / wrong.get("folder", "")

    assert look_through(folder, capsys, user=wrong.get("user", "alice@example.org")) == ("", 2)


def test_without_consent_nothing_is_tried(alice, inbox, capsys):
    alice.consents.update(withdrawn_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))

    assert look_through(inbox, capsys) == ("", 2)


def test_the_import_is_listed_with_the_others(as_alice, alice, inbox, capsys):
    look_through(inbox, capsys)

    assert "3 runs came in, from the inbox" in as_alice.get("/import/").text


def test_after_thirty_days_only_the_line_in_the_list_is_left(alice, inbox, capsys, at_noon):
    look_through(inbox, capsys)
    asked = DBTaskResult.objects.get(task_path="backpain.exchange.tasks.purge")
    at_noon.move_to(asked.run_after)

    tasks.purge.call()
    again = look_through(inbox, capsys)

    assert not alice.imported_files.exists() and not alice.imported_runs.exists()
    assert (alice.imports.count(), alice.runs.count()) == (1, 3)
    assert again == ("0 runs added for alice@example.org.\n", 0)


def test_a_folder_without_anything_new_leaves_no_trace_in_the_list(as_alice, alice, tmp_path, capsys):
    (tmp_path / "note.txt").write_text("nothing")

    look_through(tmp_path, capsys)

    assert "Your imports" not in as_alice.get("/import/").text
