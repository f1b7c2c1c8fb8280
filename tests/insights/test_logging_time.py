"""Owners see how long logging a run takes, over everybody, and nothing of anybody."""

import datetime as dt

import pytest

from backpain.accounts.roles import Role
from backpain.insights.queries import time_to_log
from tests.conftest import NOON, signed_in
from tests.factories import RunFactory, appointed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
URL = "/admin/logging-time/"


def log(runner, *seconds, at=NOON):
    for each in seconds:
        RunFactory(runner=runner, entered_at=at, ms_to_save=each and each * 1000)


def test_says_what_half_and_nine_in_ten_of_the_runs_took(alice, bob):
    log(alice, 9, 12, 7, 40, 10)
    log(bob, 8, 11, 25, 13, 14)

    assert time_to_log(now=NOON) == (10, 11.0, 25.0)


def test_leaves_out_old_runs_deleted_ones_and_those_that_were_not_timed(alice):
    log(alice, *range(1, 11), None)
    log(alice, 500, 500, at=NOON - dt.timedelta(days=91))
    RunFactory(runner=alice, entered_at=NOON, ms_to_save=500_000, deleted_at=NOON)

    assert time_to_log(now=NOON) == (10, 5.0, 9.0)


def test_says_nothing_of_fewer_than_ten(alice):
    log(alice, *range(1, 10))

    assert time_to_log(now=NOON) == (9, None, None)


def test_is_shown_to_owners_from_their_settings(alice):
    as_owner = signed_in(appointed("olga", Role.OWNER))
    log(alice, *range(1, 10))
    few = as_owner.get(URL).text
    log(alice, 10)
    enough = as_owner.get(URL).text

    assert URL in as_owner.get("/admin/settings/").text
    assert "9 runs were timed: not enough yet." in few
    assert "5.0 s" in enough
    assert "9.0 s" in enough
    assert alice.email not in enough


@pytest.mark.parametrize("role", [Role.CURATOR, Role.REVIEWER])
def test_is_shown_to_nobody_else(role):
    assert signed_in(appointed("rita", role)).get(URL).status_code == 403
