"""What the page of an import says before anything is added, and the list of imports."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backpain.activity_files import SENTENCES
from backpain.exchange import queries
from backpain.exchange.models import Import, State
from tests.conftest import NOON
from tests.exchange.imports import MORNING, add, bring, days_before, refusals, run_fit, zipped
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon", "here")]


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


def test_with_htmx_a_tick_changes_the_button_alone(as_alice, alice):
    batch = bring(as_alice, alice, ("walk.fit", run_fit(sport="walking")))
    [pk] = batch.runs.values_list("pk", flat=True)

    answer = as_alice.post(
        f"/import/{batch.uuid}/choose/", {"on_page": pk, "take": pk}, headers={"HX-Request": "true"}
    ).text

    assert "Add 1 run" in answer
    assert "<table" not in answer


def test_where_all_of_it_is_in_the_log_the_page_says_so(as_alice, alice):
    RunFactory(runner=alice, started_at=MORNING, distance_m=8000)

    batch = bring(as_alice, alice, ("morning.fit", run_fit()))
    page = as_alice.get(f"/import/{batch.uuid}/").text

    assert "Nothing new: all of them are in your log already, 1 already in your log" not in page
    assert "All of them are in your log already." in page


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

    assert counts == [10, 10]
    assert statements(as_alice, f"/import/{many.uuid}/") <= 12
    assert statements(as_alice, f"/import/{many.uuid}/undo/") <= 12
    assert statements(as_alice, "/import/") == 4


def statements(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("logged", "is_told"),
    [
        ({"started_at": MORNING - dt.timedelta(minutes=6), "distance_m": 7500, "duration_s": 2400}, True),
        ({"started_at": MORNING + dt.timedelta(minutes=39), "distance_m": 5000, "duration_s": None}, True),
        ({"started_at": MORNING - dt.timedelta(minutes=40), "distance_m": 5000, "duration_s": 2400}, False),
        ({"started_at": MORNING + dt.timedelta(minutes=40), "distance_m": 5000, "duration_s": 2400}, False),
    ],
)
def test_a_run_logged_by_hand_about_then_is_pointed_at_and_left_to_the_runner(
    as_alice, alice, logged, is_told
):
    RunFactory(runner=alice, **logged)

    batch = bring(as_alice, alice, ("morning.fit", run_fit()))
    page = as_alice.get(f"/import/{batch.uuid}/").text

    assert ("Overlaps with a run in your log: " in page) is is_told
    assert "Add 1 run" in page


def test_no_overlap_is_told_of_what_does_not_come_in_or_of_another_runner(as_alice, alice, bob):
    RunFactory(runner=bob, started_at=MORNING + dt.timedelta(minutes=5))
    RunFactory(runner=alice, started_at=MORNING, distance_m=8000, duration_s=2400)

    page = as_alice.get(f"/import/{bring(as_alice, alice, ('morning.fit', run_fit())).uuid}/").text

    assert "Overlaps" not in page


def test_every_reason_is_told_however_many_files_have_the_first(as_alice, alice, monkeypatch):
    monkeypatch.setattr(queries, "MOST_NAMED", 2)
    files = {f"{n}.fit": run_fit()[:40] for n in range(3)} | {"large.gpx": b"<gpx/>", "own.fit": run_fit()}

    batch = bring(as_alice, alice, ("a.zip", zipped(files)))
    page = as_alice.get(f"/import/{batch.uuid}/").text

    assert refusals(batch)["large.gpx"] == "no_track"
    assert "3 files" in page and "and 1 more" in page
    assert str(SENTENCES["no_track"]) in page


def test_what_an_inbox_brought_is_listed_as_long_as_it_can_be_undone(as_alice, alice):
    day = dt.timedelta(days=1)
    made = [
        Import(
            runner=alice,
            made_at=NOON - n * day,
            worked_at=NOON - n * day,
            stored_at=NOON - n * day,
            state=State.STORED,
            stored_count=1,
            from_folder=True,
        )
        for n in range(30)
    ]
    Import.objects.bulk_create(made)

    page = as_alice.get("/import/").text

    assert page.count("/undo/") == 30
