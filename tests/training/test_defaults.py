"""The run form begins with what the runner usually does, and never with a score."""

import datetime as dt
import json
import uuid
from zoneinfo import ZoneInfo

import pytest

from backpain.training.habits import habits_of
from backpain.training.models import Run, Shoe
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
URL = "/runs/new/"
LONDON = ZoneInfo("Europe/London")
NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)  # a Monday
MONDAY, THURSDAY, SATURDAY = dt.date(2026, 3, 9), dt.date(2026, 3, 12), dt.date(2026, 3, 14)


def run_on(runner, on, **columns):
    return RunFactory(runner=runner, started_at=dt.datetime.combine(on, dt.time(7), dt.UTC), **columns)


def shown(client, url=URL):
    """Return what the form shows, by field."""
    return {bound.html_name: bound.value() for bound in client.get(url).context["form"]}


def habits(*runs, now=NOON):
    """Return the habits of unsaved runs, newest first: (day, kilometres, minutes)."""
    rows = [
        Run(on=on, distance_m=km and km * 1000.0, duration_s=minutes and minutes * 60.0)
        for on, km, minutes in runs
    ]
    return habits_of(rows, now=now, zone=LONDON)


def test_the_first_log_begins_empty(as_alice):
    form = shown(as_alice)

    assert (form["distance"], form["shoe"], form["sites"], form["duration"]) == (None, "", [], None)
    assert form["started_at"] == dt.datetime(2026, 3, 16, 12, 0)
    assert "Same as last time" not in as_alice.get(URL).text


def test_no_score_and_no_effort_is_ever_filled_in(as_alice, alice):
    scores = dict.fromkeys(("pain_before", "pain_during", "pain_after", "effort"), 4)
    run = run_on(alice, MONDAY, pain_next_morning=4, **scores)

    for url in (URL, f"{URL}?like={run.uuid}"):
        form = shown(as_alice, url)
        assert [form[name] for name in (*scores, "pain_next_morning")] == [None] * 5
        assert not set(scores) & json.loads(as_alice.get(url).context["as_last"]).keys()


@pytest.mark.parametrize(
    ("runs", "metres"),
    [
        ([(SATURDAY, 14, 80), (MONDAY, 8, 45)], 8000.0),
        ([(SATURDAY, 14, 80), (MONDAY, 8, 45), (MONDAY - dt.timedelta(days=7), 9, 50)], 8000.0),
        ([(SATURDAY, 14, 80), (THURSDAY, 6, 33)], 14000.0),
        ([(SATURDAY, None, 80), (THURSDAY, 6, 33)], 6000.0),
        ([(SATURDAY, None, None)], None),
    ],
    ids=["weekday", "last of the weekday", "else the last", "with a distance", "none"],
)
def test_the_distance_is_that_of_the_weekday(runs, metres):
    assert habits(*runs).distance_m == metres


@pytest.mark.parametrize(
    ("runs", "minutes"),
    [
        ([(MONDAY, 8, 45)], 45),
        ([(MONDAY, 8, None), (THURSDAY, 8.3, 50), (SATURDAY, 20, 130)], 50),
        ([(MONDAY, 8, None), (THURSDAY, 5, 30), (SATURDAY, 20, 120)], 48),
        ([(MONDAY, 8, None)], 0),
        ([(SATURDAY, None, 80)], 0),
    ],
    ids=["as last time", "as runs like it", "at the usual pace", "no time known", "no distance known"],
)
def test_the_start_is_now_less_what_the_distance_takes(runs, minutes):
    assert habits(*runs).started_at == NOON - dt.timedelta(minutes=minutes)


def test_the_weekday_and_the_clock_are_the_runners_own(as_alice, alice, at_noon):
    at_noon.move_to(dt.datetime(2026, 3, 15, 23, 30, tzinfo=dt.UTC))  # Monday in Berlin
    alice.time_zone = "Europe/Berlin"
    alice.save()
    run_on(alice, SATURDAY, distance_m=14_000.0)
    run_on(alice, MONDAY, distance_m=8_000.0, duration_s=2700.0)

    form = shown(as_alice)

    assert (form["distance"], form["started_at"]) == ("8", dt.datetime(2026, 3, 15, 23, 45))


def test_the_shoe_is_the_last_one(as_alice, alice):
    old, new = (Shoe.objects.create(runner=alice, name=name) for name in ("Old", "New"))
    run_on(alice, MONDAY, shoe=old)
    run_on(alice, THURSDAY, shoe=new)
    run_on(alice, SATURDAY)

    assert shown(as_alice)["shoe"] == "New"


def test_a_retired_shoe_is_left_in_the_cupboard(as_alice, alice):
    old = Shoe.objects.create(runner=alice, name="Old")
    retired = Shoe.objects.create(runner=alice, name="Worn", retired_on=SATURDAY)
    run_on(alice, MONDAY, shoe=old)
    last = run_on(alice, SATURDAY, shoe=retired)

    assert shown(as_alice)["shoe"] == "Old"
    assert shown(as_alice, f"{URL}?like={last.uuid}")["shoe"] == ""


def test_the_places_are_those_of_the_last_run_that_hurt(as_alice, alice):
    run_on(alice, MONDAY, pain_during=5, sites=["groin-left"])
    run_on(alice, THURSDAY, pain_after=2, sites=["low-back-left"])
    run_on(alice, SATURDAY, pain_during=0, pain_after=0)

    page = as_alice.get(URL)

    assert page.context["form"]["sites"].value() == ["low-back-left"]
    assert "Low back, left, as last time" in page.text


def test_a_place_that_hurt_over_a_month_ago_is_forgotten(as_alice, alice):
    run_on(alice, dt.date(2026, 2, 15), pain_during=5, sites=["groin-left"])

    assert shown(as_alice)["sites"] == []


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"pain_during": "0", "pain_after": "0"}, []),
        ({}, []),
        ({"pain_during": "1", "pain_after": "0"}, ["low-back-left"]),
        ({"pain_during": "0", "sites": ["low-back-left", "hip-left"]}, ["low-back-left", "hip-left"]),
        ({"pain_during": "0", "shown_sites": "", "sites": ["low-back-left"]}, ["low-back-left"]),
    ],
    ids=["no pain", "nothing said", "pain", "another place", "ticked by hand"],
)
def test_a_place_ticked_by_habit_counts_only_where_it_hurt(as_alice, alice, typed, stored):
    sent = {"started_at": "2026-03-16T07:00", "sites": ["low-back-left"], "shown_sites": "low-back-left"}

    as_alice.post(URL, sent | {"uuid": str(uuid.uuid4())} | typed)

    assert alice.runs.get().sites == stored


def test_a_walk_and_a_deleted_run_are_no_habits(as_alice, alice):
    run_on(alice, MONDAY, distance_m=8_000.0)
    run_on(alice, THURSDAY, distance_m=3_000.0, activity="walk")
    run_on(alice, SATURDAY, distance_m=2_000.0, deleted_at=NOON)

    page = as_alice.get(URL)

    assert page.context["form"]["distance"].value() == "8"
    assert page.context["last"].on == MONDAY


def test_same_as_last_time_fills_in_the_last_run_without_javascript(as_alice, alice):
    shoe = Shoe.objects.create(runner=alice, name="Blue ones")
    run_on(alice, MONDAY, distance_m=8_000.0)
    last = run_on(
        alice,
        SATURDAY,
        distance_m=14_230.0,
        duration_s=4830.0,
        shoe=shoe,
        surface="trail",
        kind="long",
        sites=["hip-left"],
        feel=["sharp"],
        signs=["limp"],
        note="windy",
    )

    page = as_alice.get(URL)
    form = shown(as_alice, f"{URL}?like={last.uuid}")

    assert f'href="?like={last.uuid}"' in page.text
    assert (form["distance"], form["duration"], form["shoe"]) == ("14.23", "1:20:30", "Blue ones")
    assert (form["surface"], form["kind"], form["sites"]) == ("trail", "long", ["hip-left"])
    assert form["started_at"] == dt.datetime(2026, 3, 16, 10, 39)
    assert not (form["feel"] or form["signs"] or form["note"])
    filled = json.loads(page.context["as_last"])
    assert filled == {name: form[name] for name in filled} | {"started_at": "2026-03-16T10:39:00"}


@pytest.mark.parametrize("like", ["7", "x", "\x00", "6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11"])
def test_a_run_that_is_not_there_cannot_be_copied(as_alice, like):
    assert as_alice.get(URL, {"like": like}).status_code == 404


def test_a_strangers_run_cannot_be_copied(as_bob, alice):
    run = run_on(alice, MONDAY, distance_m=8_000.0)

    assert as_bob.get(f"{URL}?like={run.uuid}").status_code == 404


def test_the_time_it_took_is_kept_and_is_no_part_of_the_history(as_alice, alice, a_run):
    as_alice.post(URL, a_run | {"ms_to_save": "8123"})

    assert alice.runs.get().ms_to_save == 8123
    assert "8123" not in as_alice.get("/export/history.json").text


@pytest.mark.parametrize("ms", ["", "-1", "3600001", "9" * 5000, "soon", "1.5", "NaN"])
def test_a_time_that_cannot_be_stops_nobody_from_saving(as_alice, alice, a_run, ms):
    response = as_alice.post(URL, a_run | {"ms_to_save": ms})

    assert response.status_code == 302
    assert alice.runs.get().ms_to_save is None


def test_sending_it_again_more_slowly_is_the_same_run(as_alice, alice, a_run):
    as_alice.post(URL, a_run | {"ms_to_save": "8123"})

    assert as_alice.post(URL, a_run | {"ms_to_save": "9500"}).status_code == 302
    assert alice.runs.get().ms_to_save == 8123


def test_an_edit_changes_neither_the_time_it_took_nor_asks_for_it(as_alice, alice, a_run):
    as_alice.post(URL, a_run | {"ms_to_save": "8123"})
    url = f"{URL.removesuffix('new/')}{a_run['uuid']}/"

    as_alice.post(url, a_run | {"ms_to_save": "1", "shown_sites": "", "note": "calm", "version": "1"})

    run = alice.runs.get()
    assert (run.note, run.ms_to_save) == ("calm", 8123)
    assert "ms_to_save" not in as_alice.get(url).text
