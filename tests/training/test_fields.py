import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from backpain.training.fields import DistanceField, DurationField, PainField, WallClockField, resolve

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("typed", "units", "metres"),
    [
        ("8.2", "km", 8200.0),
        ("8,2", "km", 8200.0),
        ("5", "mi", 8046.7),
        ("0", "km", 0.0),
        ("-0", "km", 0.0),
        ("", "km", None),
    ],
)
def test_distance_becomes_metres(typed, units, metres):
    assert DistanceField(units=units, required=False).clean(typed) == metres


@pytest.mark.parametrize(
    "typed",
    ["300", "-1", "8.2 km", "1 000", "9" * 30, "8.123456", "far", "1e999999", "NaN", "Infinity", "200.001"],
)
def test_distance_refuses_nonsense(typed):
    with pytest.raises(ValidationError):
        DistanceField(required=False).clean(typed)


def test_digits_of_other_scripts_are_digits():
    assert DistanceField().clean("\N{FULLWIDTH DIGIT EIGHT}.\N{ARABIC-INDIC DIGIT TWO}") == 8200.0
    assert DurationField().clean("\N{FULLWIDTH DIGIT FOUR}7:12") == 2832.0


def test_distance_shown_and_sent_back_is_no_change():
    field = DistanceField()

    assert field.prepare_value(9008.2) == "9.01"
    assert not field.has_changed(9008.2, "9.01")
    assert field.has_changed(9008.2, "9.02")


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("47:12", 2832.0), ("1:02:30", 3750.0), ("47", 2820.0), ("0", 0.0), ("", None), ("24:00:00", 86400.0)],
)
def test_duration_becomes_seconds(typed, seconds):
    assert DurationField(required=False).clean(typed) == seconds


@pytest.mark.parametrize(
    "typed",
    [
        "-5",
        "-1:00",
        "1 000",
        "1 00:30",
        "47,5",
        "NaN",
        "9" * 30,
        "soon",
        "24:00:01",
        "99999",
        "1e9",
        "1:2:3:4",
    ],
)
def test_duration_refuses_nonsense(typed):
    with pytest.raises(ValidationError):
        DurationField(required=False).clean(typed)


@pytest.mark.parametrize("typed", ["11", "-1", "3.5", "three"])
def test_pain_is_a_whole_number_from_0_to_10(typed):
    with pytest.raises(ValidationError):
        PainField().clean(typed)


def test_pain_skipped_is_none_and_zero_is_zero():
    assert PainField().clean("") is None
    assert PainField().clean("0") == 0


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01T10:00", "2026-02-30T10:00"])
def test_wall_clock_refuses_what_is_no_time(typed):
    with pytest.raises(ValidationError):
        WallClockField().clean(typed)


def test_wall_clock_takes_the_hour_that_comes_twice():
    assert WallClockField().clean("2026-10-25T01:30") == dt.datetime(2026, 10, 25, 1, 30)


def test_an_ordinary_time_is_one_instant():
    assert resolve(dt.datetime(2026, 7, 1, 7, 30), LONDON) == [dt.datetime(2026, 7, 1, 6, 30, tzinfo=dt.UTC)]


def test_the_autumn_hour_is_two_instants():
    assert resolve(dt.datetime(2026, 10, 25, 1, 30), LONDON) == [
        dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC),
    ]


def test_the_spring_hour_is_none():
    assert resolve(dt.datetime(2026, 3, 29, 1, 30), LONDON) == []
