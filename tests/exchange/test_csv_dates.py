"""Dates as people and programs write them."""

import datetime as dt

import pytest

from backpain.exchange.formats.dates import clock_of, day_order, moment_of

AFTERNOON = dt.datetime(2026, 9, 20, 14, 12, 12)
DAY = dt.datetime(2026, 9, 20)


def read(text, **options):
    moment = moment_of(text, **options)
    return moment and dt.datetime.combine(moment.day, moment.clock or dt.time())


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-20T14:12:12",
        "2026-09-20 14:12:12",
        "2026/09/20 14:12:12",
        "Sep 20, 2026, 2:12:12 PM",
        "Sep 20, 2026, 2:12:12\u202fPM",
        "20 Sept 2026, 14:12:12",
        "20.09.2026, 14:12:12",
        "20.9.26 14:12:12",
        "20 sept. 2026, 14:12:12",
        "20 sept. 2026 à 14:12:12",
        "20 set 2026, 14:12:12",
        "20 de set. de 2026, 14:12:12",
        "20 sep. 2026 14:12:12",
        "20 wrz 2026, 14:12:12",
        "20. syysk. 2026 klo 14.12.12",
        "20 сент. 2026 г., 14:12:12",
        "20 Sep 2026 14.12.12",
        "2026年9月20日 14:12:12",
        "2026年9月20日 下午2:12:12",
        "2026/09/20 午後2:12:12",
        "2026. 9. 20. 오후 2:12:12",
        "Sun, 20 Sep 2026 14:12:12",
    ],
)
def test_reads_a_date_in_every_language_of_the_trackers(text):
    assert read(text) == AFTERNOON


@pytest.mark.parametrize(
    "text", ["2026-09-20", "20260920", "20.09.2026", "20. September 2026", "20-09-2026", "9/20/26"]
)
def test_reads_a_day_without_a_time(text):
    moment = moment_of(text)

    assert (moment.day, moment.clock) == (DAY.date(), None)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2026-09-20T14:12:12Z", 0),
        ("2026-09-20 14:12:12 +0000", 0),
        ("2026-09-20 14:12:12 UTC", 0),
        ("20 Sep 2026 2:12:12 PM GMT", 0),
        ("2026-09-20 14:12:12 +02:00", 2),
        ("20.09.2026 14:12:12 GMT-0700", -7),
    ],
)
def test_keeps_the_offset_a_date_gives(text, hours):
    assert read(text) == AFTERNOON.replace(tzinfo=dt.timezone(dt.timedelta(hours=hours)))


def test_seconds_and_milliseconds_since_1970_are_dates():
    assert read("1789913532") == read("1789913532000") == AFTERNOON.replace(tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["3/4/2026", "03-04-26", "3 / 4 / 2026"])
def test_a_date_that_can_be_read_both_ways_is_none_until_it_is_said(text):
    assert day_order(text) == "either"
    assert moment_of(text) is None
    assert read(text, day_first=True) == dt.datetime(2026, 4, 3)
    assert read(text, day_first=False) == dt.datetime(2026, 3, 4)


def test_a_date_against_what_was_said_is_none():
    assert moment_of("9/20/2026", day_first=True) is None
    assert moment_of("20/9/2026", day_first=False) is None


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("20/9/2026", "day"),
        ("9/20/2026", "month"),
        ("2026/3/4", ""),
        ("3.4.2026", ""),
        ("8.2", ""),
        ("x", ""),
    ],
)
def test_tells_the_order_a_date_proves(text, order):
    assert day_order(text) == order


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8.2",
        "0:47:12",
        "1:02:03",
        "5:30 /km",
        "2026-02-30",
        "2026-13-01",
        "31.04.2026",
        "September 2026",
        "2026",
        "2026-09-20 to 2026-09-22",
        "20.09.2026 25:00",
        "3 mai 2026 9999999999:00",
        "Run 5 km in 30 min",
        "1 mai " + "9" * 5000,
    ],
)
def test_what_is_no_date_is_none(text):
    assert moment_of(text, day_first=True) is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("07:30", dt.time(7, 30)),
        ("7.30", dt.time(7, 30)),
        ("19h30", dt.time(19, 30)),
        ("7:30 PM", dt.time(19, 30)),
        ("12:05 a.m.", dt.time(0, 5)),
        ("7 pm", dt.time(19)),
        ("07:30:15.5", dt.time(7, 30, 15)),
        ("24:30", None),
        ("13 pm", None),
        ("7", None),
        ("early", None),
    ],
)
def test_reads_a_time_of_day_that_stands_alone(text, clock):
    assert clock_of(text) == clock
