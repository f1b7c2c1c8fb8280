"""A worker that is killed, or two at once: nothing is lost and nothing doubled."""

import datetime as dt

import pytest
from django_tasks_db.models import DBTaskResult

from backpain.exchange import actions, tasks, working
from backpain.exchange.models import LATE, State
from tests.conftest import NOON
from tests.exchange.imports import HereReaders, add, bring, days_before, run_fit, send, work, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon", "here")]

LATER = NOON + LATE + dt.timedelta(seconds=1)


class Killed(BaseException):
    """What takes a process with it."""


class DyingReaders(HereReaders):
    """Dies after so many files."""

    after = 3

    def read_all(self, contents):
        for count, reading in enumerate(super().read_all(contents)):
            if count == self.after:
                raise Killed
            yield reading


@pytest.fixture
def ten(as_alice, alice):
    """An import of ten files, one a day, that nobody has read yet."""
    send(as_alice, ("ten.zip", zipped({f"{n}.fit": run_fit(days_before(n)) for n in range(10)})))
    return alice.imports.get()


def asked():
    return DBTaskResult.objects.filter(task_path="backpain.exchange.tasks.get_on_with").count()


def slices_of(count, monkeypatch):
    """Let every slice of work have time for so many files or chunks."""

    class Short(working.Work):
        def get_on(self):
            left = iter(range(count))
            object.__setattr__(self, "has_time", lambda: next(left, None) is not None)
            return super().get_on()

    monkeypatch.setattr(tasks, "Work", Short)


def test_a_killed_dry_run_goes_on_after_the_last_file_that_was_kept(ten, as_alice, at_noon, monkeypatch):
    monkeypatch.setattr(working, "KEPT_EVERY", dt.timedelta(-1))
    monkeypatch.setattr(working, "Readers", DyingReaders)
    with pytest.raises(Killed):
        tasks.get_on_with.call(ten.pk)
    kept = ten.files.count()
    monkeypatch.setattr(working, "Readers", HereReaders)
    at_noon.move_to(LATER)

    as_alice.get(f"/import/{ten.uuid}/")
    work(ten)

    assert kept == 3
    assert (ten.files.count(), ten.runs.count(), ten.read_count) == (10, 10, 10)


def test_a_page_asks_again_once_a_minute_when_nobody_gets_on(ten, as_alice, at_noon):
    before = asked()
    as_alice.get(f"/import/{ten.uuid}/")
    too_early = asked() - before
    at_noon.move_to(LATER)

    for _ in range(3):
        as_alice.get(f"/import/{ten.uuid}/", headers={"HX-Request": "true"})

    assert too_early == 0
    assert asked() - before == 1


def test_long_work_is_done_in_slices_that_ask_for_the_next(ten, monkeypatch):
    slices_of(4, monkeypatch)
    before = asked()

    work(ten)

    assert asked() - before >= 2
    assert (ten.files.count(), ten.runs.count()) == (10, 10)


def test_the_second_of_two_workers_does_nothing(ten):
    claimed = actions.claim(ten.pk, now=NOON)

    tasks.get_on_with.call(ten.pk)

    assert claimed.claim
    assert not ten.files.exists()


def test_what_a_worker_writes_that_was_given_up_for_dead_does_not_count(ten, at_noon, monkeypatch):
    slow = actions.claim(ten.pk, now=NOON)
    at_noon.move_to(LATER)
    work(ten)

    with pytest.raises(actions.Superseded):
        working.Work(batch=slow, clock=lambda: LATER, has_time=lambda: True).get_on()

    assert (ten.files.count(), ten.runs.count(), ten.state) == (10, 10, State.READY)


def test_a_killed_storing_goes_on_and_doubles_nothing(ten, as_alice, alice, at_noon, monkeypatch):
    work(ten)
    monkeypatch.setattr(actions, "CHUNK", 3)
    slices_of(1, monkeypatch)
    as_alice.post(f"/import/{ten.uuid}/confirm/")
    tasks.get_on_with.call(ten.pk)
    stored = alice.runs.count()
    actions.claim(ten.pk, now=NOON)  # and this worker is killed
    at_noon.move_to(LATER)

    page = as_alice.get(f"/import/{ten.uuid}/").text
    work(ten)

    assert stored in (3, 6)
    assert f"{stored} runs are in your log" in page
    assert (alice.runs.count(), ten.stored_count, ten.state) == (10, 10, State.STORED)


def test_two_imports_of_the_same_files_confirmed_at_once_add_them_once(ten, as_alice, alice):
    work(ten)
    other = bring(as_alice, alice, ("9.fit", run_fit(days_before(9))))

    as_alice.post(f"/import/{other.uuid}/confirm/")
    add(as_alice, ten)
    work(other)

    assert (alice.runs.count(), ten.stored_count, other.stored_count) == (10, 10, 0)


def test_a_discarded_import_is_let_go_by_its_worker(ten, as_alice, alice):
    claimed = actions.claim(ten.pk, now=NOON)
    as_alice.post(f"/import/{ten.uuid}/discard/")

    with pytest.raises(actions.Superseded):
        actions.note_read(claimed, [], now=NOON)

    assert not alice.imports.exists()


def test_an_upload_that_is_gone_is_a_line(ten):
    upload = ten.uploads.get()
    upload.content.storage.delete(upload.content.name)

    work(ten)

    assert [file.refusal for file in ten.files.all()] == ["gone"]
    assert ten.state == State.READY


def test_without_consent_nothing_is_read(ten, alice):
    alice.consents.update(withdrawn_at=NOON)

    tasks.get_on_with.call(ten.pk)

    assert not ten.files.exists()
