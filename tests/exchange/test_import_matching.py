"""The same run twice, whatever wrote it down."""

import datetime as dt

import pytest

from backpain.exchange.matching import MOST_AT_ONCE, Outing, is_same, standings
from backpain.exchange.models import Standing

START = dt.datetime(2026, 3, 14, 8, tzinfo=dt.UTC)
NEW, OFFERED, DAMAGED, NOT_A_RUN = Standing.NEW, Standing.OFFERED, Standing.DAMAGED, Standing.NOT_A_RUN


def outing(after=0.0, metres=10_000.0, seconds=3000.0):
    return Outing(START + dt.timedelta(seconds=after), metres, seconds)


def become(*found, logged=()):
    """Return the standings of activities, given as (outing, standing)."""
    numbered = [(pk, one, standing) for pk, (one, standing) in enumerate(found)]
    final = dict(standings(numbered, logged))
    return [str(final[pk]) for pk in range(len(found))]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (outing(), outing(), True),
        (outing(), outing(2), True),
        (outing(), outing(2.1), False),
        (outing(), outing(0, 10_100), True),
        (outing(), outing(0, 10_102), False),
        (outing(), outing(0, 10_000, 1), True),  # pauses are counted in different ways
        (outing(0, None), outing(0, 10_000), True),
        (outing(0, None), outing(0, None, 3030), True),
        (outing(0, None), outing(0, None, 3031), False),
        (outing(0, 0.0), outing(0, None, 3031), False),
        (outing(0, None, None), outing(), True),
        (outing(0, None, 60), outing(0, 10_000, None), True),
    ],
)
def test_start_and_distance_tell_and_where_there_is_none_the_time(one, other, same):
    assert is_same(one, other) is is_same(other, one) is same


def test_what_is_logged_around_the_start_makes_a_duplicate():
    assert become((outing(), NEW), logged=[outing(-2)]) == ["duplicate"]
    assert become((outing(), NEW), logged=[outing(2)]) == ["duplicate"]
    assert become((outing(), NEW), logged=[outing(-3), outing(3)]) == ["new"]
    assert become((outing(), NEW), (outing(1), OFFERED), logged=[outing(1)]) == ["duplicate", "duplicate"]


def test_of_two_that_are_the_same_the_surer_one_stays():
    assert become((outing(), NEW), (outing(1), NEW)) == ["new", "repeated"]
    assert become((outing(), OFFERED), (outing(1), NEW)) == ["repeated", "new"]
    assert become((outing(), DAMAGED), (outing(), OFFERED), (outing(), NEW)) == [
        "repeated",
        "repeated",
        "new",
    ]


def test_what_another_file_calls_a_ride_is_not_offered_as_a_run():
    assert become((outing(), OFFERED), (outing(1), NOT_A_RUN)) == ["repeated", "not_a_run"]


def test_two_runs_of_a_day_without_times_are_two():
    assert become((outing(0, 5000), NEW), (outing(0, 8000), NEW)) == ["new", "new"]


def test_a_table_with_one_start_for_all_takes_no_longer_a_row():
    many = [(outing(0, 100.0 * 1.02**n), NEW) for n in range(3 * MOST_AT_ONCE)]

    assert become(*many).count("new") == MOST_AT_ONCE


def test_each_is_held_against_its_neighbours_alone():
    """A log of 200,000 runs is looked through once."""
    count = 20_000
    days = [dt.timedelta(hours=n) for n in range(count)]
    looked_at = iter(days)
    logged = (Outing(START + day, 10_000, 3000) for day in looked_at)
    found = ((n, Outing(START + day, 10_000, 3000), NEW) for n, day in enumerate(days))

    assert {standing for _pk, standing in standings(found, logged)} == {Standing.DUPLICATE}
