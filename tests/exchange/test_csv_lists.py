"""The lists of FitTrackee's and Endurain's exports."""

import datetime as dt
import json

import pytest

from backpain.activity_files import NotReadable
from backpain.exchange.formats.found import RowRefused
from backpain.exchange.formats.listings import is_list, look_at

NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
AT = dt.datetime(2026, 3, 16, 7, 30, tzinfo=dt.UTC)
WORKOUT = {
    "workout_date": "2026-03-16 07:30:00+00:00",
    "sport_label": "Running",
    "title": "Hill",
    "distance": 8.25,
    "duration": "0:50:01",
    "moving": "0:47:12",
    "description": "windy",
    "notes": "and cold",
    "gpx": None,
}
ACTIVITY = {
    "id": 42,
    "activity_type": 2,
    "start_time": "2026-03-16T07:30:00",
    "name": "Hill",
    "distance": 8250,
    "total_timer_time": "2832.0000000000",
    "total_elapsed_time": "3001.0000000000",
    "description": None,
    "private_notes": "windy",
}


def listing(*rows):
    return look_at(json.dumps(rows).encode(), NOW)


def test_a_workout_of_fittrackee_without_a_file_was_typed_in():
    [found] = listing(WORKOUT).manual

    activity = found.activity
    assert (activity.sport, activity.started_at, activity.distance_m) == ("run", AT, 8250)
    assert (activity.duration_s, activity.elapsed_s) == (2832, 3001)
    assert (found.name, found.said) == ("Hill", {"note": "windy\nand cold"})


def test_what_a_database_cannot_keep_is_left_out_of_a_note():
    [found] = listing(WORKOUT | {"description": "win\0dy \ud800", "notes": "x" * 3000}).manual

    assert found.said["note"].startswith("windy ?\nxxx")
    assert len(found.said["note"]) == 2000


def test_a_workout_of_fittrackee_names_its_file():
    found = listing(WORKOUT | {"gpx": "2026-03-16_07-30_1_ab.gpx"})

    assert (list(found.files), found.manual) == (["gpx/2026-03-16_07-30_1_ab"], ())


def test_an_older_fittrackee_gives_utc_without_saying_so():
    [found] = listing(WORKOUT | {"workout_date": "2026-03-16 07:30:00"}).manual

    assert found.activity.started_at == AT


def test_an_activity_of_endurain_is_known_by_its_id():
    found = listing(ACTIVITY).files["activity_files/42"]

    activity = found.activity
    assert (activity.sport, activity.started_at, activity.distance_m) == ("run", AT, 8250)
    assert (activity.duration_s, activity.elapsed_s) == (2832, 3001)
    assert (found.name, found.said) == ("Hill", {"surface": "trail", "note": "windy"})


@pytest.mark.parametrize(
    ("number", "sport"), [(1, "run"), (11, "walk"), (4, "ride"), (8, "swim"), (14, "other"), (99, "other")]
)
def test_endurain_numbers_its_sports(number, sport):
    assert listing(ACTIVITY | {"activity_type": number}).files["activity_files/42"].activity.sport == sport


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"distance": "far"}, "row_number"),
        ({"distance": 10**400}, "row_number"),
        ({"distance": float("nan")}, "distance_impossible"),
        ({"distance": 201}, "distance_impossible"),
        ({"duration": None, "moving": None}, "row_number"),
        ({"duration": {}, "moving": None}, "row_number"),
        ({"workout_date": "1989-12-31 07:30:00"}, "date_impossible"),
        ({"workout_date": None}, "row_number"),
    ],
)
def test_a_workout_that_cannot_be_read_is_refused_and_the_others_go_on(wrong, code):
    found = listing(WORKOUT | wrong, WORKOUT)

    assert found.manual[0] == RowRefused(row=1, code=code)
    assert found.manual[1].activity.started_at == AT


@pytest.mark.parametrize(
    "wrong",
    [
        *({"activity_type": None}, {"start_time": 5}, {"total_timer_time": "long"}),
        *({"distance": None}, {"distance": 10**400}),
    ],
)
def test_an_activity_that_cannot_be_read_is_refused(wrong):
    assert listing(ACTIVITY | wrong).files["activity_files/42"] == RowRefused(row=1, code="row_number")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[", "damaged"),
        (b"[" * 100_000, "damaged"),
        (b"[]", "not_an_activity"),
        (b"[1]", "not_an_activity"),
        (b'[{"a": 1}]', "not_an_activity"),
    ],
)
def test_other_json_is_no_list(content, code):
    with pytest.raises(NotReadable) as refused:
        look_at(content, NOW)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("user_workouts_data.json", True),
        ("archive/user_workouts_data.json", True),
        ("data/activities.json", True),
        ("data/activity_streams.json", False),
        ("activities.json", False),
        ("my_user_workouts_data.json", False),
    ],
)
def test_of_an_archive_only_the_lists_are_looked_at(name, is_one):
    assert is_list(name) is is_one
