"""activities.csv of Strava's bulk export, in the languages and forms it has had."""

import datetime as dt

import pytest

from backpain.exchange.formats.csv import table_of
from backpain.exchange.formats.found import RowRefused, key_of
from backpain.exchange.formats.listings import look_at
from backpain.exchange.formats.strava import is_activities

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
AT = dt.datetime(2026, 9, 20, 14, 12, 12, tzinfo=dt.UTC)

# As Strava wrote them in 2025 and 2026, up to the second distance and one more.
HEADINGS = {
    "en": "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
    "Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,"
    "Elapsed Time,Moving Time,Distance,Max Speed",
    "de": "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,"
    "Distanz,Max. Herzfrequenz,Relative Leistung,Pendeln,Hinweis zur Privatsphäre für Aktivitäten,"
    "Aktivitätsausrüstung,Dateiname,Sportlergewicht,Fahrradgewicht,Verstrichene Zeit,Bewegungszeit,Distanz,"
    "Höchstgeschw.",
    "fr": "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Description de l'activité,"
    "Temps écoulé,Distance,Fréquence cardiaque max.,Effort relatif,Déplacement-transport,Note privée sur les activités,"
    "Matériel utilisé pour l'activité,Nom du fichier,Poids de l'athlète,Poids du vélo,Temps écoulé,"
    "Durée de déplacement,Distance,Vitesse max.",
    "unheard of": "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,f,p,g,q",
}
DATES = {
    "en": ('"Sep 20, 2026, 2:12:12 PM"', "Run"),
    "de": ('"20.09.2026, 14:12:12"', "Lauf"),
    "fr": ('"20 sept. 2026, 14:12:12"', "Course à pied"),
    "unheard of": ("2026/09/20 14:12:12", "ランニング"),
}
OLD = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Commute,"
    "Activity Gear,Filename"
)
OLDEST = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename"


def row(
    language,
    *,
    id_="183",
    km='"8,25"',
    file="activities/183.fit.gz",
    moving="2832.0",
    metres="8251.3",
    note="",
):
    date, sport = DATES[language]
    first = f"{id_},{date},Up the hill,{sport},{note},3001,{km},150,,false,,Blue,{file}"
    return f"{first},70.0,,3001.0,{moving},{metres},4.2"


def listing(*lines):
    return look_at("\n".join((*lines, "")).encode(), NOW)


@pytest.mark.parametrize("language", HEADINGS)
def test_reads_the_list_in_any_language_by_the_order_of_its_columns(language):
    found = listing(HEADINGS[language], row(language))

    assert list(found.files) == ["activities/183"]
    activity = found.files["activities/183"].activity
    assert (activity.sport, activity.started_at) == ("run", AT)
    assert (activity.distance_m, activity.duration_s, activity.elapsed_s) == (8251.3, 2832, 3001)


@pytest.mark.parametrize(
    ("date", "sport"),
    [
        ('"20 de set. de 2026, 14:12:12"', "Corrida"),
        ('"20 sep. 2026, 14:12:12"', "Hardloopsessie"),
        ('"20 sept 2026, 14:12:12"', "Carrera"),
        ('"20 set 2026, 14:12:12"', "Corsa"),
    ],
)
def test_reads_dates_and_runs_as_other_languages_write_them(date, sport):
    written = row("unheard of").replace("2026/09/20 14:12:12", date).replace("ランニング", sport)

    activity = listing(HEADINGS["unheard of"], written).files["activities/183"].activity

    assert (activity.sport, activity.started_at) == ("run", AT)


def test_says_what_the_athlete_said_of_an_activity():
    found = listing(HEADINGS["en"], row("en", note='"windy,\nand cold"')).files["activities/183"]

    assert (found.name, found.said) == ("Up the hill", {"note": "windy,\nand cold", "shoe": "Blue"})


def test_an_activity_without_a_file_was_typed_in():
    found = listing(HEADINGS["de"], row("de", file=""), row("de", id_="184", file="activities/184.gpx"))

    assert [each.activity.distance_m for each in found.manual] == [8251.3]
    assert list(found.files) == ["activities/184"]


def test_a_list_of_nothing_but_typed_activities_is_known_by_its_headings():
    assert [each.row for each in listing(HEADINGS["fr"], row("fr", file="")).manual] == [2]


def test_without_a_moving_time_the_elapsed_time_counts():
    [found] = listing(HEADINGS["en"], row("en", file="", moving="")).manual

    assert found.activity.duration_s == 3001


@pytest.mark.parametrize(
    ("headings", "distance", "metres"),
    [(OLD, "8.25", 8250), (OLD, '"8,25"', 8250), (OLDEST, "8251.3", 8251.3)],
)
def test_older_exports_have_one_distance(headings, distance, metres):
    line = f'183,"Sep 20, 2019, 2:12:12 PM",Hill,Run,,2832,{distance},false,Blue,activities/183.gpx'

    found = listing(headings, line).files["activities/183"]

    assert (found.activity.distance_m, found.activity.duration_s) == (metres, 2832)
    assert found.said == {"shoe": "Blue"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"metres": "far"}, "row_number"),
        ({"metres": "200001"}, "distance_impossible"),
        ({"moving": "86401"}, "duration_impossible"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_and_the_others_go_on(changed, code):
    found = listing(HEADINGS["en"], row("en", **changed), row("en", id_="184", file="activities/184.fit.gz"))

    assert found.files["activities/183"] == RowRefused(row=2, code=code)
    assert found.files["activities/184"].activity.sport == "run"


def test_a_date_that_is_none_is_refused():
    found = listing(HEADINGS["en"], row("en").replace("Sep 20, 2026, 2:12:12 PM", "yesterday"))

    assert found.files["activities/183"].code == "row_date"


@pytest.mark.parametrize(
    "lines",
    [
        ("Date,km", "2026-09-20,8"),
        ("Activity ID,Date", "183,2026-09-20"),
        ("a,b,c,d,e,f,g,h,i,j", "1,2,3,4,5,6,7,8,9,10"),
    ],
)
def test_other_tables_are_no_lists_of_strava(lines):
    assert not is_activities(table_of("\n".join(lines).encode()))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("activities/183.fit.gz", "activities/183"),
        ("export_1/activities/183.GPX", "activities/183"),
        ("activities\\183.tcx.gz", "activities/183"),
        ("gpx/2026-09-20_run.1.gpx", "gpx/2026-09-20_run.1"),
        ("183.fit", "183"),
    ],
)
def test_a_file_is_known_by_its_folder_and_name(name, key):
    assert key_of(name) == key
