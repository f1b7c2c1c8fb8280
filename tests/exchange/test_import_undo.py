"""What came in leaves the log again as a whole, for thirty days."""

import datetime as dt

import pytest

from backpain.exchange import actions, tasks
from backpain.exchange.models import State
from backpain.training.models import Run
from tests.conftest import NOON, signed_in
from tests.exchange.imports import add, bring, days_before, run_fit, zipped
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon", "here")]


def test_an_import_is_undone_as_a_whole_and_the_same_files_come_in_again(as_alice, alice, mixed):
    batch = add(as_alice, bring(as_alice, alice, ("export.zip", mixed)))

    asked = as_alice.get(f"/import/{batch.uuid}/undo/").text
    done = as_alice.post(f"/import/{batch.uuid}/undo/", follow=True).text
    batch.refresh_from_db()

    assert "2 runs, brought in on" in asked
    assert "pain scores" not in asked
    assert (batch.state, alice.runs.count()) == (State.UNDONE, 1)
    assert "2 runs were taken out" in done
    assert {run.version for run in Run.with_deleted.filter(runner=alice).exclude(deleted_at=None)} == {2}
    add(as_alice, bring(as_alice, alice, ("export.zip", mixed)))
    assert alice.runs.count() == 3


def test_very_many_runs_are_taken_out_in_parts(as_alice, alice, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    files = {f"{n}.fit": run_fit(days_before(n)) for n in range(5)}
    batch = add(as_alice, bring(as_alice, alice, ("five.zip", zipped(files))))

    as_alice.post(f"/import/{batch.uuid}/undo/")

    assert {run.version for run in Run.with_deleted.filter(runner=alice)} == {2}
    assert alice.runs.count() == 0


def test_undoing_says_how_many_runs_got_scores_since(as_alice, alice):
    batch = add(as_alice, bring(as_alice, alice, ("morning.fit", run_fit())))
    alice.runs.update(pain_after=3, version=2)

    assert "You gave 1 of them pain scores since." in as_alice.get(f"/import/{batch.uuid}/undo/").text
    assert alice.runs.count() == 1


def test_what_the_runner_deleted_since_stays_deleted_and_all_else_stays(as_alice, alice):
    files = {f"{n}.fit": run_fit(days_before(n)) for n in range(3)}
    batch = add(as_alice, bring(as_alice, alice, ("three.zip", zipped(files))))
    own = RunFactory(runner=alice, started_at=days_before(9))
    gone = alice.runs.get(on=dt.date(2026, 3, 10))
    as_alice.post(f"/entries/run/{gone.uuid}/delete/")
    gone.refresh_from_db(from_queryset=Run.with_deleted.all())

    as_alice.post(f"/import/{batch.uuid}/undo/")

    assert alice.runs.get() == own
    assert Run.with_deleted.get(pk=gone.pk).version == gone.version


def test_undo_ends_after_thirty_days(as_alice, alice, at_noon):
    batch = add(as_alice, bring(as_alice, alice, ("morning.fit", run_fit())))
    at_noon.shift(dt.timedelta(days=30))

    later = signed_in(alice)
    later.post(f"/import/{batch.uuid}/undo/")

    assert alice.runs.count() == 1
    assert "Undo" not in later.get(f"/import/{batch.uuid}/").text.split("<main")[1]


def test_advice_given_since_is_marked_and_todays_counts_what_came_in(as_alice, alice, at_noon):
    as_alice.get("/")
    at_noon.shift(dt.timedelta(days=1))
    add(as_alice, bring(as_alice, alice, ("far.fit", run_fit(metres=30_000, seconds=9000))))

    first, newest = alice.advice.get(on=NOON.date()), alice.advice.newest()
    assert first.entry_corrected_at
    assert newest.facts != first.facts


def test_after_thirty_days_only_the_line_in_the_list_is_left(as_alice, alice, at_noon):
    batch = add(as_alice, bring(as_alice, alice, ("morning.fit", run_fit())))
    at_noon.shift(dt.timedelta(days=31))

    tasks.purge.call()

    assert not batch.files.exists()
    assert not batch.runs.exists()
    assert alice.runs.count() == 1
    assert "1 run came in" in signed_in(alice).get("/import/").text
