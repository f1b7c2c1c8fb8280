"""A worker that is killed, or two at once: nothing is lost and nothing doubled."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django_tasks_db.models import DBTaskResult

from backpain.activity_files import NotReadable
from backpain.exchange import actions, claims, noting, tasks, working
from backpain.exchange.models import LATE, State
from tests.conftest import NOON
from tests.exchange.imports import (
    MORNING,
    HereReaders,
    add,
    bring,
    by_file,
    days_before,
    refusals,
    run_fit,
    send,
    work,
    zipped,
)

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
    claimed = claims.claim(ten.pk, now=NOON)

    tasks.get_on_with.call(ten.pk)

    assert claimed.claim
    assert not ten.files.exists()


def test_what_a_worker_writes_that_was_given_up_for_dead_does_not_count(ten, at_noon, monkeypatch):
    slow = claims.claim(ten.pk, now=NOON)
    at_noon.move_to(LATER)
    work(ten)

    with pytest.raises(claims.Superseded):
        working.Work(batch=slow, clock=lambda: LATER, has_time=lambda: True).get_on()

    assert (ten.files.count(), ten.runs.count(), ten.state) == (10, 10, State.READY)


def test_a_killed_storing_goes_on_and_doubles_nothing(ten, as_alice, alice, at_noon, monkeypatch):
    work(ten)
    monkeypatch.setattr(actions, "CHUNK", 3)
    slices_of(1, monkeypatch)
    as_alice.post(f"/import/{ten.uuid}/confirm/")
    tasks.get_on_with.call(ten.pk)
    stored = alice.runs.count()
    claims.claim(ten.pk, now=NOON)  # and this worker is killed
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
    claimed = claims.claim(ten.pk, now=NOON)
    as_alice.post(f"/import/{ten.uuid}/discard/")

    with pytest.raises(claims.Superseded):
        noting.note_read(claimed, [], now=NOON)

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


TABLE = b"Activity Id,Date,Type,Route Name,Distance (km),Duration\n" + b"".join(
    b"%d,2026-02-%02d 07:30:00,Running,,8.25,47:12\n" % (day, day) for day in range(1, 7)
)


@pytest.fixture
def two_tables(as_alice, alice, monkeypatch):
    """An import of two tables of six runs, in slices of two rows."""
    monkeypatch.setattr(working, "ROWS_AT_ONCE", 2)
    later = TABLE.replace(b"2026-02", b"2026-01")
    send(as_alice, ("both.zip", zipped({"first.csv": TABLE, "second.csv": later})))
    return alice.imports.get()


class Failing(HereReaders):
    """Reads four rows of the first table, and fails at the rest of it."""

    def call(self, function, *args):
        if function is working.found_in and args[-2] == 4 and b"2026-02" in args[0]:
            raise NotReadable("too_complex")
        return function(*args)


def test_a_table_that_fails_half_way_gives_nothing_and_the_next_is_read_whole(two_tables, monkeypatch):
    monkeypatch.setattr(working, "Readers", Failing)

    work(two_tables)

    assert refusals(two_tables) == {"first.csv": "too_complex"}
    assert [run.file.name for run in two_tables.runs.select_related("file")] == ["second.csv"] * 6
    assert (two_tables.read_count, two_tables.other_count) == (2, 0)


def test_tables_that_are_gone_half_way_give_nothing_and_the_next_is_read_whole(
    two_tables, as_alice, monkeypatch
):
    slices_of(2, monkeypatch)
    tasks.get_on_with.call(two_tables.pk)
    half = two_tables.runs.count()
    upload = two_tables.uploads.get()
    upload.content.storage.delete(upload.content.name)
    two_tables.uploads.create(runner=upload.runner, number=1, name="own.csv", content=ContentFile(TABLE, "x"))

    work(two_tables)

    assert half == 4
    assert refusals(two_tables) == {"both.zip": "gone"}
    assert [run.file.name for run in two_tables.runs.select_related("file")] == ["own.csv"] * 6


def test_what_was_the_double_of_a_row_is_new_when_the_table_turns_out_to_mean_other_days(as_alice, alice):
    row = TABLE.replace(b"2026-02-01 07:30:00", b"2026-03-10 06:30:00").splitlines(keepends=True)[:2]
    batch = bring(
        as_alice, alice, ("own.csv", b"".join(row)), ("same.fit", run_fit(MORNING, metres=8250, seconds=2832))
    )
    before = by_file(batch)
    table = batch.uploads.get()
    with table.content.storage.open(table.content.name, "wb") as file:
        file.write(b"".join(row).replace(b"2026-03-10", b"2026-03-11"))

    actions.read_again(batch, number=0, now=NOON)
    work(batch)

    assert before == {"own.csv": "new", "same.fit": "repeated"}
    assert by_file(batch) == {"own.csv": "new", "same.fit": "new"}
    assert batch.runs.filter(is_chosen=True).count() == 2


def test_what_a_second_tab_chooses_after_the_first_confirmed_changes_nothing(ten, as_alice, alice):
    work(ten)
    pks = list(ten.runs.values_list("pk", flat=True))
    as_alice.post(f"/import/{ten.uuid}/confirm/")

    as_alice.post(f"/import/{ten.uuid}/choose/", {"on_page": pks})
    as_alice.post(f"/import/{ten.uuid}/discard/")
    work(ten)

    assert (alice.runs.count(), ten.came_in.count()) == (10, 10)


def test_asked_for_twice_a_table_is_read_again_once(as_alice, alice):
    batch = bring(as_alice, alice, ("own.csv", TABLE))

    for _ in range(2):
        actions.read_again(batch, number=0, now=NOON)
    work(batch)

    assert (batch.read_count, batch.runs.count()) == (1, 6)


def test_undone_in_two_tabs_it_is_undone_once(ten, as_alice, alice):
    work(ten)
    add(as_alice, ten)
    first, second = (alice.imports.get() for _ in range(2))

    advices = [actions.undo(tab, now=NOON) for tab in (first, second)]

    assert [advice is None for advice in advices] == [False, True]
    assert alice.runs(manager="with_deleted").filter(version=2).count() == 10
