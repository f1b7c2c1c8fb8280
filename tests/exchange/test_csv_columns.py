"""The page that asks what the columns of a table mean, and what becomes of the table."""

import datetime as dt
import re
from pathlib import Path

import pytest

from backpain.exchange.formats import csv
from backpain.exchange.models import CsvMapping, State
from backpain.exchange.words import sentence
from tests.exchange.imports import add, bring, refusals, run_fit, work, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon", "here")]

LOG = "Day;Distance;Time;Pain;Remark\n10.03.2026;8,25;47:12;2;windy\n12.03.2026;10,5;1:02:03;;\nsomeday;5;30:00;1;\n"
SAID = {
    "date": "0",
    "distance": "1",
    "distance_unit": "km",
    "duration": "2",
    "duration_unit": "clock",
    "sport": "run",
}
RUNKEEPER = (
    "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Notes\n"
    "a1,2026-03-10 07:30:00,Running,,8.25,47:12,5:43,easy\n"
)


def columns_of(batch):
    return f"/import/{batch.uuid}/columns/0/"


def found(batch):
    return list(batch.runs.order_by("started_at").values_list("distance_m", "duration_s", "sport"))


@pytest.fixture
def asked(as_alice, alice):
    """An import of a table that waits for its columns."""
    return bring(as_alice, alice, ("log.csv", LOG.encode()))


def test_a_runners_own_table_waits_until_its_columns_are_known(as_alice, asked):
    page = as_alice.get(f"/import/{asked.uuid}/").text

    assert refusals(asked) == {"log.csv": "columns_unknown"}
    assert columns_of(asked) in page
    assert found(asked) == []


def test_shows_the_first_rows_and_what_their_columns_probably_mean(as_alice, asked):
    response = as_alice.get(columns_of(asked))
    form = response.context["form"]

    assert [form[name].value() for name in ("date", "distance", "duration", "pain_during", "note")] == [
        *"01234"
    ]
    assert [form[name].value() for name in ("distance_unit", "duration_unit", "sport")] == [
        "km",
        "clock",
        "run",
    ]
    assert "log.csv has 3 rows" in response.text
    assert all(text in response.text for text in ("<td>8,25</td>", "Distance: 8,25 · 10,5", "windy"))


def test_a_mapped_table_is_read_and_comes_in(as_alice, alice, asked):
    response = as_alice.post(columns_of(asked), SAID | {"pain_during": "3", "note": "4"})
    batch = work(asked)
    add(as_alice, batch)

    assert response.url == f"/import/{asked.uuid}/"
    assert found(batch) == [(8250, 2832, "run"), (10500, 3723, "run")]
    run = alice.runs.get(on=dt.date(2026, 3, 10))
    assert (run.distance_m, run.pain_during, run.note) == (8250, 2, "windy")


def test_a_row_that_cannot_be_read_is_named_with_its_reason(as_alice, asked):
    as_alice.post(columns_of(asked), SAID)
    page = as_alice.get(f"/import/{work(asked).uuid}/").text

    assert "Row 4: It has no date that can be read." in page


def test_nobody_is_asked_twice_about_the_same_headings(as_alice, alice, asked):
    as_alice.post(columns_of(asked), SAID)
    work(asked)

    later = bring(as_alice, alice, ("later.csv", b"Day;Distance;Time;Pain;Remark\n14.03.2026;5;30:00;;\n"))

    assert (refusals(later), found(later)) == ({}, [(5000, 1800, "run")])


def test_what_was_said_can_be_changed_until_it_comes_in(as_alice, asked):
    as_alice.post(columns_of(asked), SAID)
    work(asked)
    assert columns_of(asked) in as_alice.get(f"/import/{asked.uuid}/").text

    as_alice.post(columns_of(asked), SAID | {"distance_unit": "mi", "sport": ""})
    batch = work(asked)

    assert batch.state == State.READY
    assert found(batch) == [(13277.1, 2832, "unknown"), (16898.1, 3723, "unknown")]
    assert CsvMapping.objects.count() == 1


def test_another_runner_is_asked_for_herself(as_alice, as_bob, bob, asked):
    as_alice.post(columns_of(asked), SAID)

    assert refusals(bring(as_bob, bob, ("log.csv", LOG.encode()))) == {"log.csv": "columns_unknown"}


def test_a_table_of_a_known_tracker_is_not_asked_about(as_alice, alice):
    batch = bring(as_alice, alice, ("cardioActivities.csv", RUNKEEPER.encode()))

    assert (refusals(batch), found(batch)) == ({}, [(8250, 2832, "run")])


def test_a_runner_who_counts_in_miles_is_offered_miles(as_alice, alice, asked):
    alice.units = "mi"
    alice.save()

    assert as_alice.get(columns_of(asked)).context["form"]["distance_unit"].value() == "mi"


WRONG = [
    ({"date": ""}, "date"),
    ({"date": "9"}, "date"),
    ({"date": "4"}, "date"),
    ({"distance": "", "duration": ""}, "distance"),
    ({"distance": "4"}, "distance"),
    ({"duration": "4"}, "duration"),
    ({"duration": "1"}, "duration"),
    ({"duration_unit": ""}, "duration_unit"),
    ({"distance_unit": "furlongs"}, "distance_unit"),
    ({"pain_during": "4"}, "pain_during"),
    ({"time": "4"}, "time"),
    ({"sport": "run "}, "sport"),
]


@pytest.mark.any_database
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_kept(as_alice, asked):
    for changed, field in WRONG:
        response = as_alice.post(columns_of(asked), SAID | changed)

        assert (response.status_code, list(response.context["form"].errors)) == (422, [field]), changed
        assert f'id="id_{field}_error"' in response.text
    assert not CsvMapping.objects.exists()


def test_dates_that_can_be_read_both_ways_are_asked_about(as_alice, alice):
    batch = bring(as_alice, alice, ("log.csv", b"Date,km\n3/4/2025,8\n5/4/2025,10\n"))
    said = {"date": "0", "distance": "1", "distance_unit": "km", "sport": "run"}

    refused = as_alice.post(columns_of(batch), said)
    as_alice.post(columns_of(batch), said | {"day_order": "month"})

    assert list(refused.context["form"].errors) == ["day_order"]
    days = [run.started_at.date() for run in work(batch).runs.order_by("started_at")]
    assert days == [dt.date(2025, 3, 4), dt.date(2025, 5, 4)]


def test_dates_that_prove_their_order_are_read_by_it_whatever_is_said(as_alice, alice):
    batch = bring(as_alice, alice, ("log.csv", b"Date,km\n3/4/2025,8\n16/4/2025,10\n"))

    as_alice.post(
        columns_of(batch),
        {"date": "0", "distance": "1", "distance_unit": "km", "sport": "run", "day_order": "month"},
    )

    days = [run.started_at.date() for run in work(batch).runs.order_by("started_at")]
    assert days == [dt.date(2025, 4, 3), dt.date(2025, 4, 16)]


def test_a_stranger_finds_no_table(as_bob, asked):
    assert as_bob.get(columns_of(asked)).status_code == 404
    assert as_bob.post(columns_of(asked), SAID).status_code == 404


def test_a_file_that_is_no_table_has_no_columns_to_map(as_alice, alice):
    batch = bring(as_alice, alice, ("run.fit", run_fit()))

    assert as_alice.get(columns_of(batch)).url == f"/import/{batch.uuid}/"


def test_what_came_in_is_not_read_again(as_alice, alice, asked):
    as_alice.post(columns_of(asked), SAID)
    add(as_alice, work(asked))

    again = as_alice.post(columns_of(asked), SAID | {"distance_unit": "mi"})

    assert again.url == f"/import/{asked.uuid}/"
    assert [run.distance_m for run in alice.runs.order_by("on")] == [8250, 10500]


def test_of_an_export_in_german_each_file_has_its_row_and_a_missing_one_comes_from_it(as_alice, alice):
    headings = (
        "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,"
        "Distanz,Max. Herzfrequenz,Relative Leistung,Pendeln,Hinweis,Aktivitätsausrüstung,Dateiname,Gewicht,Rad,"
        "Verstrichene Zeit,Bewegungszeit,Distanz"
    )
    rows = [
        f'{id_},"{on}.03.2026, 06:30:00",Lauf,{sport},,2500,"8,25",,,false,,Blau,{file},,,2500.0,2400.0,8000.0'
        for id_, on, sport, file in (
            (181, "10", "Spaziergang", "activities/181.fit"),
            (182, "11", "Lauf", "activities/182.fit.gz"),
            (183, "12", "Lauf", ""),
        )
    ]
    content = zipped(
        {
            "activities.csv": "\n".join([headings, *rows]).encode(),
            "activities/181.fit": run_fit(),
            "profile.csv": b"id,name\n1,Alice\n",
        }
    )

    batch = bring(as_alice, alice, ("export_1.zip", content))

    told = {run.started_at.day: (run.sport, run.said.get("shoe"), run.warnings) for run in batch.runs.all()}
    assert told[10][:2] == ("walk", "Blau")
    assert told[11] == ("run", "Blau", ["file_missing"])
    assert told[12] == ("run", "Blau", [])
    assert refusals(batch) == {}


@pytest.mark.any_database
def test_everything_that_can_be_wrong_with_a_table_is_said_in_a_sentence():
    formats = Path(csv.__file__).parent
    modules = "csv dates rows numbers listings strava fittrackee endurain".split()
    texts = [(formats / f"{name}.py").read_text() for name in modules]
    codes = {code for text in texts for code in re.findall(r'(?:NotReadable\(|code=)"(\w+)"', text)}

    assert len(codes) > 10
    assert all(sentence(code) for code in codes | {"day_only", "no_duration", "text_cut", "file_missing"})
