"""Typical runners, told once and asked on several days: what the rules say as their weeks go by."""

from __future__ import annotations

import datetime as dt

import pytest

from backpain.coach.decision import Verdict
from backpain.coach.history import Pain, Run
from tests.coach.stories import calm, day, planking, sore, story

HOLD, REGRESS, PROFESSIONAL = Verdict.HOLD, Verdict.REGRESS, Verdict.PROFESSIONAL
URGENT, EMERGENCY, PROGRESS = Verdict.URGENT, Verdict.EMERGENCY, Verdict.PROGRESS

USUALLY_ONE = story().pain("2026-01-20", "1 " * 53).screen("03-12")  # up to 13 March
UNABLE = frozenset({"sleep"})
LOCKED = calm().screen("03-16", hour=6, saddle_numbness="yes")

RUNNERS = {
    "recovers in two weeks": (
        story().pain("03-01", "6 5 5 4 4 3 3 2 2 2 1 1 1 0 1 0").screen("03-02").screen("03-09"),
        {"03-01": REGRESS, "03-09": HOLD, "03-16": HOLD},
    ),
    "stays at four and is assessed on day 15": (
        story().pain("03-01", "4 " * 18).screen("03-02").screen("03-09").care("03-17", "assessed"),
        {"03-08": HOLD, "03-15": HOLD, "03-16": PROFESSIONAL, "03-17": HOLD},
    ),
    "flares for one day": (USUALLY_ONE.pain("03-14", "4 1 1"), {"03-14": HOLD, "03-16": HOLD}),
    "flares for three days": (
        USUALLY_ONE.pain("03-14", "4 4 4"),
        {"03-14": HOLD, "03-15": HOLD, "03-16": REGRESS},
    ),
    "has severe pain twice": (calm().pain("03-15", "8 8"), {"03-15": REGRESS, "03-16": PROFESSIONAL}),
    "cannot sleep for severe pain": (calm().pain("03-15", "8 8", cannot=UNABLE), {"03-16": URGENT}),
    "stops logging": (planking(), {"03-16": PROGRESS, "03-18": PROGRESS, "03-19": HOLD, "04-30": REGRESS}),
    "feels the hip on one run": (
        calm().pain("03-17", "1 " * 14).run("03-16 4000 m 0/1/0/0", sites=frozenset({"hip-left"})),
        {"03-15": HOLD, "03-16": PROFESSIONAL, "03-29": PROFESSIONAL, "03-30": HOLD},
    ),
    "is locked, cleared, and screened again": (
        LOCKED.pain("03-17", "1 1 1 1").care("03-18", "assessed", "clears").screen("03-19"),
        {"03-15": HOLD, "03-16": EMERGENCY, "03-18": EMERGENCY, "03-19": HOLD},
    ),
    "says no a day later": (LOCKED.screen("03-17"), {"03-17": EMERGENCY}),
    "logged nothing at all": (story(), {"01-01": HOLD, "03-16": HOLD}),
    "is asked about a day before the first entry": (sore(8, "03-10"), {"03-09": HOLD}),
    "told of something only later": (
        calm().run("03-17 9000 m 9/9/9/9 limp").screen("03-17", saddle_numbness="yes"),
        {"03-16": HOLD, "03-17": EMERGENCY},
    ),
}


@pytest.mark.parametrize("name", RUNNERS)
def test_a_runner_is_told(name):
    told, expected = RUNNERS[name]

    assert {on: told.verdict(on) for on in expected} == expected


@pytest.mark.parametrize(
    ("zone", "started_at", "on"),
    [
        ("Europe/London", "2026-03-28T23:30:00+00:00", "03-28"),
        ("Europe/London", "2026-03-29T23:30:00+00:00", "03-30"),  # summer time began that morning
        ("Europe/London", "2026-10-25T00:30:00+00:00", "10-25"),  # half past one, for the first time
        ("Pacific/Kiritimati", "2026-03-15T12:00:00+00:00", "03-16"),
        ("Pacific/Pago_Pago", "2026-03-16T10:30:00+00:00", "03-15"),
        ("Asia/Kathmandu", "2026-03-16T00:00:00+14:00", "03-15"),
    ],
)
def test_a_run_belongs_to_the_runners_own_day(zone, started_at, on):
    hurt = Run(started_at=dt.datetime.fromisoformat(started_at), pain=Pain(before=0, during=7))
    told = story().runner(time_zone=zone)._with(runs=(hurt,))
    day_before = day(on) - dt.timedelta(days=1)

    assert told.rules(on)["P-4"] is REGRESS
    assert "P-4" not in told.rules(day_before.isoformat())
