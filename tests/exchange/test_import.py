"""From files to runs in the log: sent, read, shown, confirmed, undone, brought in again."""

import datetime as dt
import gzip

import pytest
from django_tasks_db.models import DBTaskResult

from backpain.exchange import actions, tasks
from backpain.exchange.formats.csv import Table
from backpain.exchange.mappings import remember, suggested
from backpain.exchange.models import Import, State
from tests.conftest import NOON
from tests.exchange.imports import (
    MORNING,
    add,
    bring,
    by_file,
    days_before,
    refusals,
    run_fit,
    run_gpx,
    send,
    work,
    zipped,
)
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon", "here")]


def test_nothing_of_a_mixed_zip_is_in_the_log_before_it_is_confirmed(as_alice, alice, mixed):
    batch = bring(as_alice, alice, ("export.zip", mixed))

    assert by_file(batch) == {
        "morning.fit": "new",
        "morning.gpx": "repeated",
        "copy of morning.fit": "repeated",
        "logged.tcx": "duplicate",
        "treadmill.fit": "new",
        "walk.fit": "offered",
        "ride.tcx": "not_a_run",
        "nothing said.gpx": "offered",
        "damaged.fit": "damaged",
    }
    assert refusals(batch) == {"damaged.fit": "damaged", "notes.fit": "not_an_activity"}
    assert (batch.state, batch.other_count, alice.runs.count()) == (State.READY, 2, 1)


def test_what_is_confirmed_is_in_the_log_with_one_review(as_alice, alice, mixed):
    batch = bring(as_alice, alice, ("export.zip", mixed))
    as_alice.get("/")
    before = alice.advice.count()

    batch = add(as_alice, batch)

    came_in = alice.runs.filter(entered_at=NOON).order_by("started_at")
    assert [(run.on, run.distance_m, run.duration_s, run.activity) for run in came_in] == [
        (dt.date(2026, 3, 8), None, 2400, ""),
        (dt.date(2026, 3, 10), 8000, 2400, ""),
    ]
    assert [run.pain_after for run in came_in] == [None, None]
    assert (batch.state, batch.stored_count) == (State.STORED, 2)
    assert alice.advice.count() - before <= 1
    page = as_alice.get(f"/import/{batch.uuid}/").text
    assert "2 runs came in" in page
    assert "/runs/scores/" in page


def test_a_walk_that_is_chosen_comes_in_as_a_walk_and_a_run_can_be_left_out(as_alice, alice, mixed):
    batch = bring(as_alice, alice, ("export.zip", mixed))
    rows = {run.file.name: run.pk for run in batch.runs.select_related("file")}
    on_page = [rows[name] for name in ("morning.fit", "walk.fit", "treadmill.fit")]

    as_alice.post(
        f"/import/{batch.uuid}/confirm/",
        {"on_page": on_page, "take": [rows["walk.fit"], rows["treadmill.fit"]]},
    )
    work(batch)

    came_in = alice.runs.filter(entered_at=NOON).order_by("started_at").values_list("on", "activity")
    assert list(came_in) == [(dt.date(2026, 3, 7), "walk"), (dt.date(2026, 3, 8), "")]


def test_what_is_a_ride_or_in_the_log_cannot_be_chosen(as_alice, alice, mixed):
    batch = bring(as_alice, alice, ("export.zip", mixed))
    pks = [run.pk for run in batch.runs.filter(standing__in=["not_a_run", "duplicate", "repeated"])]

    as_alice.post(f"/import/{batch.uuid}/choose/", {"on_page": pks, "take": pks})

    assert not batch.runs.filter(pk__in=pks, is_chosen=True).exists()


def test_all_walks_are_taken_and_left_out_at_once(as_alice, alice):
    walks = {f"{n}.fit": run_fit(days_before(n), sport="walking") for n in range(3)}
    batch = bring(as_alice, alice, ("walks.zip", zipped(walks)))

    taken = as_alice.post(f"/import/{batch.uuid}/choose/", {"all_of": "walk"}, follow=True).text
    left = as_alice.post(f"/import/{batch.uuid}/choose/", {"none_of": "walk"}, follow=True).text

    assert "Add 3 runs" in taken
    assert "Nothing is chosen" in left


def test_old_runs_are_never_asked_for_a_score(as_alice, alice):
    files = {"old.fit": run_fit(days_before(20)), "new.fit": run_fit()}
    add(as_alice, bring(as_alice, alice, ("two.zip", zipped(files))))

    asked = dict(alice.runs.values_list("on", "next_morning_retrospective"))
    assert asked == {dt.date(2026, 2, 18): False, dt.date(2026, 3, 10): None}


def test_the_same_files_again_add_nothing(as_alice, alice, mixed):
    add(as_alice, bring(as_alice, alice, ("export.zip", mixed)))

    batch = bring(as_alice, alice, ("export.zip", mixed))
    as_alice.post(f"/import/{batch.uuid}/confirm/")

    assert not batch.runs.filter(standing="new").exists()
    assert work(batch).state == State.READY
    assert alice.runs.count() == 3


def test_a_run_that_was_corrected_since_is_known_by_its_file(as_alice, alice):
    add(as_alice, bring(as_alice, alice, ("morning.fit", run_fit())))
    alice.runs.update(distance_m=5000)

    again = bring(as_alice, alice, ("other name.fit", run_fit()))

    assert by_file(again) == {"other name.fit": "duplicate"}


def test_a_run_that_was_logged_between_the_dry_run_and_the_tap_does_not_come_in_twice(as_alice, alice):
    files = {"a.fit": run_fit(), "b.fit": run_fit(days_before(1))}
    batch = bring(as_alice, alice, ("two.zip", zipped(files)))
    RunFactory(runner=alice, started_at=MORNING, distance_m=8000)

    batch = add(as_alice, batch)

    assert (alice.runs.count(), batch.stored_count) == (2, 1)
    assert by_file(batch) == {"a.fit": "duplicate", "b.fit": "new"}


def test_confirmed_twice_is_stored_once(as_alice, alice):
    batch = bring(as_alice, alice, ("morning.fit", run_fit()))

    for _ in range(2):
        as_alice.post(f"/import/{batch.uuid}/confirm/")
    work(batch)
    as_alice.post(f"/import/{batch.uuid}/confirm/")

    assert alice.runs.count() == 1


def test_discarded_nothing_is_left(as_alice, alice):
    batch = bring(as_alice, alice, ("morning.fit", run_fit()))

    as_alice.post(f"/import/{batch.uuid}/discard/")

    assert not Import.objects.exists()
    assert as_alice.get(f"/import/{batch.uuid}/").status_code == 404


def test_a_stored_import_is_not_discarded(as_alice, alice):
    batch = add(as_alice, bring(as_alice, alice, ("morning.fit", run_fit())))

    as_alice.post(f"/import/{batch.uuid}/discard/")

    assert alice.imports.get().state == State.STORED


@pytest.mark.parametrize("page", ["", "choose/", "confirm/", "discard/", "undo/"])
def test_a_stranger_finds_no_import(as_bob, as_alice, alice, page):
    batch = bring(as_alice, alice, ("morning.fit", run_fit()))

    found = as_bob.get if page == "" else as_bob.post

    assert found(f"/import/{batch.uuid}/{page}").status_code == 404
    batch.refresh_from_db()
    assert batch.state == State.READY


def test_another_runners_runs_are_no_duplicates(as_alice, alice, bob):
    RunFactory(runner=bob, started_at=MORNING, distance_m=8000)

    assert by_file(bring(as_alice, alice, ("morning.fit", run_fit()))) == {"morning.fit": "new"}


def test_the_background_is_asked_for_and_forgets_what_nobody_confirms(as_alice, alice, at_noon):
    send(as_alice, ("morning.fit", run_fit()))
    asked = list(DBTaskResult.objects.order_by("run_after").values_list("task_path", flat=True))
    batch = work(alice.imports.get())

    assert sorted(asked) == ["backpain.exchange.tasks.get_on_with", "backpain.exchange.tasks.purge"]
    at_noon.shift(dt.timedelta(days=1, minutes=2))
    assert tasks.purge.call() == 1
    assert not Import.objects.filter(pk=batch.pk).exists()


def test_an_export_of_strava_comes_in_with_what_its_list_says(as_alice, alice):
    heading = (
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
        "Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,"
        "Bike Weight,Elapsed Time,Moving Time,Distance"
    )
    rows = [
        '1,"Mar 10, 2026, 6:30:00 AM",Early,Run,windy,2400,8.00,,,false,,Blue,activities/1.fit.gz,,,2400,2400,8000',
        '2,"Mar 9, 2026, 6:30:00 AM",Hill,Hike,,2400,8.00,,,false,,,activities/2.gpx,,,2400,2400,8000',
        '3,"Mar 8, 2026, 6:30:00 AM",Lost,Run,,2400,8.00,,,false,,,activities/3.fit.gz,,,2400,2400,8000',
        '4,"Mar 7, 2026, 6:30:00 AM",Typed,Run,,1800,5.00,,,false,,,,,,1800,1800,5000',
    ]
    export = {
        "activities.csv": "\n".join([heading, *rows]).encode(),
        "activities/1.fit.gz": gzip.compress(run_fit()),
        "activities/2.gpx": run_gpx(days_before(1), kind="running"),
        "profile.csv": b"Athlete ID,Email\n1,a@example.org\n",
        "media/1.jpg": b"\xff\xd8",
    }

    batch = bring(as_alice, alice, ("export.zip", zipped(export)))
    found = {
        run.started_at.date().day: (run.standing, run.sport, run.file.name.split("/")[-1], run.said)
        for run in batch.runs.select_related("file")
    }

    assert found == {
        10: ("new", "run", "1.fit.gz", {"note": "windy", "shoe": "Blue"}),
        9: ("offered", "walk", "2.gpx", {}),
        8: ("new", "run", "activities.csv", {}),
        7: ("new", "run", "activities.csv", {}),
    }
    assert refusals(batch) == {}
    add(as_alice, batch)
    assert alice.runs.get(on=dt.date(2026, 3, 10)).shoe.name == "Blue"


def test_a_table_with_scores_comes_in_with_them(as_alice, alice):
    table = (
        "Date,Time,Distance (km),Duration,Sport,Effort,Pain before,Pain,Pain after,Note,Shoe\n"
        "2026-03-10,06:30,8.2,47:12,Run,4,1,2,0,windy,Blue\n"
        "2026-03-09,06:30,8.2,47:12,Run,4,1,2,11,,\n"
    )
    batch = bring(as_alice, alice, ("log.csv", table.encode()))
    if not batch.runs.exists():
        mapping = suggested(alice, Table.from_json(batch.files.get().table))
        remember(runner=alice, table=Table.from_json(batch.files.get().table), mapping=mapping)
        actions.read_again(batch, number=0, now=NOON)
        work(batch)

    page = as_alice.get(f"/import/{batch.uuid}/").text
    add(as_alice, batch)

    run = alice.runs.get()
    assert "Row 3:" in page
    assert (run.pain_before, run.pain_during, run.pain_after, run.effort) == (1, 2, 0, 4)
    assert (run.note, run.shoe.name, run.distance_m) == ("windy", "Blue", 8200)


def test_an_archive_of_an_account_is_led_to_where_it_is_restored(as_alice, alice):
    history = b'{"format": "backpain-history", "version": 1}'

    answer = send(as_alice, ("history.json", history))

    assert answer.url == f"/restore/{alice.waiting_archives.get().uuid}/"
    assert not alice.imports.exists()


def test_an_archive_comes_alone(as_alice, alice):
    history = b'{"format": "backpain-history", "version": 1}'

    answer = send(as_alice, ("history.json", history), ("a.fit", run_fit()))

    assert answer.status_code == 422
    assert "comes in on its own" in answer.text
