"""What is guessed of the columns of a table, and whose tables leave nothing to ask."""

import pytest

from backpain.exchange.formats.csv import table_of
from backpain.exchange.formats.guesses import guess, known, left_open

RUNKEEPER = (
    "Activity Id,Date,Type,Route Name,Distance (mi),Duration,Average Pace,Average Speed (mph),Calories Burned,"
    "Climb (ft),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File\n"
    "a1,2026-03-16 16:35:09,Running,,3.10,28:30,9:11,6.53,350,120,,,easy,2026-03-16-163509.gpx\n"
)
POLAR = (
    "Name,Sport,Date,Start time,Duration,Total distance (km),Average heart rate (bpm)\n"
    "Alice,RUNNING,03-04-2026,07:30:00,00:58:12,10.2,112\n"
)
OURS = (
    "id,on,started_at,duration_s,effort,distance_m,kind,surface,shoe,activity,stage,pain_before,pain_during\n"
    "a1,2026-03-16,2026-03-16T07:30:00Z,2832,4,8200,easy,road,Blue,,,1,2\n"
)
GARMIN = {
    "en": "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR",
    "de": "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø HF",
    "fr": "Type d'activité,Date,Favori,Titre,Distance,Calories,Durée,Fréquence cardiaque moyenne",
    "nl": "Activiteittype,Datum,Favoriet,Titel,Afstand,Calorieën,Tijd,Gem. HS",
    "pt": "Tipo de atividade,Data,Favorito,Título,Distância,Calorias,Tempo total,FC Média",
    "pl": "Typ aktywności,Data,Ulubiony,Tytuł,Dystans,Suma kalorii,Czas,Średnie tętno",
    "ja": "アクティビティタイプ,日付,お気に入り,タイトル,距離,カロリー,タイム,平均心拍数",
    "unheard of": "A,B,C,D,E,F,G,H",
}


def table(*lines):
    return table_of("\n".join(lines).encode())


@pytest.mark.parametrize("language", GARMIN)
def test_knows_the_columns_of_garmin_connect_in_every_language_but_not_the_unit(language):
    read = table(
        GARMIN[language], 'Running,2026-03-16 07:30:00,false,"Leeds","8.20","1,020",00:47:12,148', ""
    )

    mapping = guess(read)

    assert mapping.columns == {"sport": 0, "date": 1, "distance": 4, "duration": 6}
    assert (mapping.duration_unit, left_open(read, mapping)) == ("clock", {"distance_unit"})
    assert known(read) is None


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        (RUNKEEPER, {"date": 1, "sport": 2, "distance": 4, "duration": 5, "note": 12}),
        (POLAR, {"sport": 1, "date": 2, "time": 3, "duration": 4, "distance": 5}),
    ],
)
def test_some_trackers_leave_nothing_to_ask(content, columns):
    mapping = known(table_of(content.encode()))

    assert mapping.columns == columns


def test_polars_days_come_before_its_months():
    assert known(table_of(POLAR.encode())).day_first is True


def test_our_own_table_of_runs_leaves_nothing_to_ask():
    mapping = known(table_of(OURS.encode()))

    assert mapping.columns.keys() >= {"date", "distance", "duration", "effort", "shoe", "surface", "sport"}
    assert (mapping.distance_unit, mapping.duration_unit, mapping.every_row) == ("m", "s", "run")


def test_a_table_of_ones_own_is_asked_about():
    assert known(table("Date,Distance (km),Duration", "2026-03-16,8.2,47:12")) is None


def test_a_runners_own_headings_are_understood():
    read = table(
        "Datum;Uhrzeit;Strecke [km];Zeit;Sportart;Schmerz vorher;Schmerz;Schmerz danach;Notiz;Schuh;Untergrund",
        "16.03.2026;07:30;8,25;47:12;Lauf;1;2;0;gut;Blau;Wald",
    )

    mapping = guess(read)

    assert mapping.columns == {
        "date": 0,
        "time": 1,
        "distance": 2,
        "duration": 3,
        "sport": 4,
        "pain_before": 5,
        "pain_during": 6,
        "pain_after": 7,
        "note": 8,
        "shoe": 9,
        "surface": 10,
    }
    assert left_open(read, mapping) == set()


@pytest.mark.parametrize(
    ("heading", "value", "unit"),
    [
        ("Distance (km)", "8.2", "km"),
        ("Distance [mi]", "5.1", "mi"),
        ("distance_m", "8200", "m"),
        ("Kilometer", "8,2", "km"),
        ("Miles", "5.1", "mi"),
        ("Distance", "8.2 km", "km"),
        ("Distance", "8200", "m"),
        ("Distance", "8.2", ""),
    ],
)
def test_finds_the_unit_of_a_distance_or_leaves_it_open(heading, value, unit):
    assert guess(table(f"Date;{heading}", f"2026-03-16;{value}")).distance_unit == unit


@pytest.mark.parametrize(
    ("heading", "value", "unit"),
    [
        ("duration_s", "2832", "s"),
        ("Duration (min)", "47", "min"),
        ("Dauer [h]", "0,75", "h"),
        ("Time", "0:47:12", "clock"),
        ("Time", "47 min", "clock"),
        ("Time", "2832", "s"),
        ("Time", "47", ""),
    ],
)
def test_finds_how_a_duration_is_written_or_leaves_it_open(heading, value, unit):
    assert guess(table(f"Date;{heading}", f"2026-03-16;{value}")).duration_unit == unit


@pytest.mark.parametrize(
    ("days", "day_first", "is_open"),
    [
        (["3/4/2026", "5/4/2026"], None, True),
        (["3/4/2026", "16/4/2026"], True, False),
        (["3/4/2026", "4/16/2026"], False, False),
        (["2026-03-04", "2026-03-05"], None, False),
        (["3.4.2026", "5.4.2026"], None, False),
    ],
)
def test_which_number_is_the_day_is_proved_by_any_row_or_left_open(days, day_first, is_open):
    read = table("Date,km", *(f"{day},8" for day in days))

    mapping = guess(read)

    assert mapping.day_first is day_first
    assert ("day_first" in left_open(read, mapping)) is is_open


def test_a_day_far_down_proves_the_order_too():
    assert guess(table("Date,km", *["3/4/2026,8"] * 500, "4/16/2026,8")).day_first is False


def test_moving_time_counts_before_elapsed_time():
    mapping = guess(table("Date,Elapsed Time,Moving Time", "2026-03-16,50:00,47:12"))

    assert mapping.columns["duration"] == 2


def test_a_time_beside_a_duration_is_the_time_of_day():
    mapping = guess(table("Date,Time,Duration", "2026-03-16,07:30,47:12"))

    assert mapping.columns == {"date": 0, "time": 1, "duration": 2}


def test_without_headings_the_date_is_found():
    mapping = guess(table("8.2,2026-03-16", "5,2026-03-17"))

    assert mapping.columns == {"date": 1}
    assert left_open(table("8.2,2026-03-16"), mapping) == {"distance"}


def test_a_column_whose_values_are_nothing_like_its_heading_is_left_out():
    mapping = guess(table("Date,Distance,Pain", "2026-03-16,far,mild"))

    assert mapping.columns == {"date": 0}
