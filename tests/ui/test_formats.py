import datetime as dt
import zoneinfo

import pytest
from django.utils import timezone

from backpain.ui.templatetags import ui


@pytest.mark.parametrize(
    ("metres", "units", "shown"),
    [
        (8200, "km", "8.2 km"),
        (9010, "km", "9.01 km"),
        (10000, "km", "10 km"),
        (5290, "km", "5.29 km"),
        (16093.44, "mi", "10 mi"),
        (8046.72, "mi", "5 mi"),
        (0, "km", "0 km"),
        (None, "km", ""),
    ],
)
def test_distance_is_in_the_runners_units(metres, units, shown):
    assert ui.distance(metres, units) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (2832, "47 min 12 s"),
        (3905, "1 h 05 min"),
        (3600, "1 h 00 min"),
        (600, "10 min"),
        (45, "45 s"),
        (59.6, "1 min"),
        (0, "0 s"),
        (None, ""),
    ],
)
def test_duration_is_in_words(seconds, shown):
    assert ui.duration(seconds) == shown


@pytest.mark.parametrize(
    ("metres", "seconds", "units", "shown"),
    [
        (9010, 2832, "km", "5:14 /km"),
        (16093.44, 4800, "mi", "8:00 /mi"),
        (0, 600, "km", ""),
        (5000, None, "km", ""),
    ],
)
def test_pace_needs_distance_and_time(metres, seconds, units, shown):
    assert ui.pace(metres, seconds, units) == shown


def test_day_of_a_date():
    assert ui.day(dt.date(2026, 11, 21)) == "Sat 21 Nov"


def test_day_of_an_instant_is_the_local_one():
    instant = dt.datetime(2026, 11, 21, 23, 30, tzinfo=dt.UTC)

    with timezone.override(zoneinfo.ZoneInfo("Europe/Berlin")):
        assert ui.day(instant) == "Sun 22 Nov"


def test_day_of_nothing_is_nothing():
    assert ui.day(None) == ""


def test_there_is_an_icon_for_every_verdict():
    for verdict in ("progress", "hold", "regress", "professional", "urgent", "emergency"):
        assert ui.icon(verdict).startswith('<svg class="ico l"')
