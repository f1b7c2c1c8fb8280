"""From files to runs in the log: sent, read, shown, confirmed, undone, brought in again."""

import datetime as dt
import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from backpain.exchange import actions, tasks
from backpain.exchange.formats.csv import Table
from backpain.exchange.mappings import remember, suggested
from backpain.exchange.models import Import, State
from backpain.training.models import Run
from tests.conftest import NOON, signed_in
from tests.exchange.imports import (
    MORNING,
    add,
    bring,
    by_file,
    days_before,
    refusals,
    run_fit,
    run_gpx,
    run_tcx,
    send,
    work,
    zipped,
)
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon", "here")]


@pytest.fixture
def mixed(alice):
    """A ZIP as people have them: runs in three formats, one twice, one logged, and much else."""
    RunFactory(runner=alice, started_at=days_before(1), distance_m=8050)
    return zipped(
        {
            "morning.fit": run_fit(),
            "morning.gpx": run_gpx(MORNING + dt.timedelta(seconds=1)),
            "copy of morning.fit": run_fit(),
            "logged.tcx": run_tcx(days_before(1)),
            "treadmill.fit": run_fit(days_before(2), metres=None),
            "walk.fit": run_fit(days_before(3), sport="walking"),
            "ride.tcx": run_tcx(days_before(4), sport="Biking"),
            "nothing said.gpx": run_gpx(days_before(5), kind=""),
            "damaged.fit": run_fit(days_before(20))[:-2],
            "notes.fit": b"not a watch file",
            "photo.jpg": b"\xff\xd8",
            "profile.json": b"{}",
            "__MACOSX/._morning.fit": b"\0",
            "folder/": b"",
        }
    )


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


def test_the_page_says_what_would_come_in_and_why_the_rest_would_not(as_alice, alice, mixed):
    batch = bring(as_alice, alice, ("export.zip", mixed))

    page = as_alice.get(f"/import/{batch.uuid}/").text

    assert "2 new runs, 1 already in your log, 2 in these files twice, 1 walk (your choice)" in page
    assert "1 ride left out" in page
    assert "3 other files hold no run" in page
    assert page.count('name="take"') == 5
    assert page.count(" checked") == 2
    assert "This file gives no distance." in page
    assert "notes.fit" in page
    assert "Add 2 runs" in page


def test_a_files_name_is_shown_as_text(as_alice, alice):
    batch = bring(as_alice, alice, ("a.zip", zipped({"<b>&.fit": run_fit(), "<i>.gpx": b"<gpx"})))

    page = as_alice.get(f"/import/{batch.uuid}/").text

    assert "&lt;b&gt;&amp;.fit" in page
    assert "&lt;i&gt;.gpx" in page
    assert "<b>&" not in page


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


def test_with_htmx_a_tick_changes_the_button_alone(as_alice, alice):
    batch = bring(as_alice, alice, ("walk.fit", run_fit(sport="walking")))
    [pk] = batch.runs.values_list("pk", flat=True)

    answer = as_alice.post(
        f"/import/{batch.uuid}/choose/", {"on_page": pk, "take": pk}, headers={"HX-Request": "true"}
    ).text

    assert "Add 1 run" in answer
    assert "<table" not in answer


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


def test_where_all_of_it_is_in_the_log_the_page_says_so(as_alice, alice):
    RunFactory(runner=alice, started_at=MORNING, distance_m=8000)

    batch = bring(as_alice, alice, ("morning.fit", run_fit()))
    page = as_alice.get(f"/import/{batch.uuid}/").text

    assert "Nothing new: all of them are in your log already, 1 already in your log" not in page
    assert "All of them are in your log already." in page


def test_a_run_that_was_corrected_since_is_known_by_its_file(as_alice, alice):
    add(as_alice, bring(as_alice, alice, ("morning.fit", run_fit())))
    alice.runs.update(distance_m=5000)

    again = bring(as_alice, alice, ("other name.fit", run_fit()))

    assert by_file(again) == {"other name.fit": "duplicate"}


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


def test_imports_are_listed_with_their_state_and_undo(as_alice, alice):
    stored = add(as_alice, bring(as_alice, alice, ("a.fit", run_fit())))
    bring(as_alice, alice, ("b.fit", run_fit(days_before(1))))

    page = as_alice.get("/import/").text

    assert "1 run came in" in page
    assert "waits for you" in page
    assert f"/import/{stored.uuid}/undo/" in page


def test_fifty_are_shown_a_page_and_ticks_are_kept_when_paging(as_alice, alice):
    files = {f"{n:02}.fit": run_fit(days_before(n)) for n in range(60)}
    batch = bring(as_alice, alice, ("sixty.zip", zipped(files)))
    first = [run.pk for run in batch.runs.order_by("-started_at")[:50]]

    moved = as_alice.post(
        f"/import/{batch.uuid}/choose/", {"on_page": first, "take": first[1:], "page": ["1", "2"]}
    )
    page = as_alice.get(moved.url).text

    assert "page=2" in moved.url
    assert page.count('name="take"') == 10
    assert "Add 59 runs" in page


def test_many_runs_cost_no_more_statements_than_few(as_alice, alice):
    few = bring(as_alice, alice, ("few.zip", zipped({f"{n}.fit": run_fit(days_before(n)) for n in range(2)})))
    many = bring(
        as_alice, alice, ("many.zip", zipped({f"{n}.fit": run_fit(days_before(n)) for n in range(99)}))
    )
    as_alice.get("/import/")

    counts = [statements(as_alice, f"/import/{batch.uuid}/") for batch in (few, many)]
    add(as_alice, many)

    assert counts == [9, 9]
    assert statements(as_alice, f"/import/{many.uuid}/") <= 12
    assert statements(as_alice, f"/import/{many.uuid}/undo/") <= 12
    assert statements(as_alice, "/import/") == 4


def statements(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_background_is_asked_for_and_forgets_what_nobody_confirms(as_alice, alice, at_noon):
    send(as_alice, ("morning.fit", run_fit()))
    asked = list(DBTaskResult.objects.order_by("run_after").values_list("task_path", flat=True))
    batch = work(alice.imports.get())

    assert sorted(asked) == ["backpain.exchange.tasks.get_on_with", "backpain.exchange.tasks.purge"]
    at_noon.shift(dt.timedelta(days=1, minutes=2))
    assert tasks.purge.call() == 1
    assert not Import.objects.filter(pk=batch.pk).exists()


def test_after_thirty_days_only_the_line_in_the_list_is_left(as_alice, alice, at_noon):
    batch = add(as_alice, bring(as_alice, alice, ("morning.fit", run_fit())))
    at_noon.shift(dt.timedelta(days=31))

    tasks.purge.call()

    assert not batch.files.exists()
    assert not batch.runs.exists()
    assert alice.runs.count() == 1
    assert "1 run came in" in signed_in(alice).get("/import/").text


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
        actions.read_again(batch.uploads.get(), now=NOON)
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
