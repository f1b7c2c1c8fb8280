"""What the coach knows on a day, and that it is small, storable and the same from any window."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest

from backpain.coach.decide import decide
from backpain.coach.facts import facts_from, facts_from_data
from backpain.coach.history import CheckIn
from tests.coach.conftest import CATALOGUE, LADDERS
from tests.coach.stories import calm, day, planking, story
from tests.coach.windowed import known


def values(told, on="03-16"):
    return {reading.on.isoformat()[5:]: reading.value for reading in told.facts(on).readings}


def test_a_check_in_comes_before_a_morning_and_a_morning_before_a_bout():
    bout = story().run("03-10 5000 m 3/9/9/5").run("03-11 5000 m 2/9/9/-")

    assert values(bout) == {"03-10": 3, "03-11": 5}
    assert values(bout.pain("03-11", "1")) == {"03-10": 3, "03-11": 1}


def test_only_the_first_bout_of_a_day_gives_its_pain_before():
    assert values(story().session("03-10 superman reps @8 8 1/1/1/-").run("03-10 5000 m 4/4/4/-")) == {
        "03-10": 1
    }
    assert values(story().session("03-10 superman reps @8 8 -/1/1/-").run("03-10 5000 m 4/4/4/-")) == {}


def test_the_higher_of_two_check_ins_counts():
    twice = story()._with(check_ins=(CheckIn(on=day("03-10"), score=3), CheckIn(on=day("03-10"), score=1)))

    assert values(twice) == {"03-10": 3}


def test_a_day_is_the_runners_own():
    late = story().run("03-10 5000 m 2/2/2/-")

    assert values(late.runner(time_zone="Asia/Tokyo")) == {"03-11": 2}


def test_nothing_dated_later_is_known():
    told = planking().runner(pain_began_on=day("03-10"))
    later = told.pain("03-17", "9 9 9").run("03-18 9000 m 9/9/9/9 limp").screen("03-18", fever="yes")
    later = later.care("03-18", "assessed", "clears").rest("03-17", "03-20", 9, 9).skipped("03-17")
    dated = told._with(placements=()).placed("front-plank forearm-plank 3x25 s", since="03-01")
    later = later._with(placements=dated.history.placements).placed(
        "front-plank forearm-plank 3x30 s", since="03-17"
    )

    assert later.facts("03-16") == dated.facts("03-16")


def test_a_window_and_the_whole_history_decide_alike():
    told = (
        planking().run("2024-06-01 9000 m 9/9/9/9").pain("2024-06-01", "9 9 9").pain("2025-06-01", "4 " * 20)
    )
    told = told.session("2025-11-01 superman reps @8 8 8 8 0/6/0/0")
    history = told.history
    windowed = known(history, day("03-16"))

    assert len(windowed.check_ins) < len(history.check_ins)
    assert windowed.sessions[-1].sets == ()
    assert facts_from(windowed, day("03-16"), catalogue=CATALOGUE) == told.facts()


def test_the_order_of_entry_does_not_matter():
    told = planking().run("03-12 5000 m 0/1/1/1").run("03-15 5000 m 0/1/1/1")
    names = ("check_ins", "runs", "sessions", "screenings")
    backwards = told._with(**{name: getattr(told.history, name)[::-1] for name in names})

    assert backwards.facts() == told.facts()


def busy():
    """Nine ladders, a full log, three months."""
    told = story().pain("2025-12-17", "3 2 4 " * 30).screen("03-15").care("01-10", "assessed", "clears")
    for ladder in LADDERS:
        rung = ladder.rungs[0]
        told = told.placed(f"{ladder.slug} {rung.exercise} {rung.sets}x{rung.start:g} {rung.unit}")
        for on in ("03-10", "03-13", "03-15"):
            sets = f"{rung.start:g} " * rung.sets
            told = told.session(f"{on} {rung.exercise} {rung.unit} @{rung.start:g} {sets}2/2/2/2", effort=5)
    for on in range(1, 15):
        told = told.run(f"03-{on:02d} 9000 m 2/3/2/2 shortened", sites=frozenset({"hip-left"}))
    return told


@pytest.mark.parametrize(
    "told", [story(), calm(), planking(), busy()], ids=["empty", "calm", "planking", "busy"]
)
def test_facts_survive_storage_and_decide_the_same(told):
    facts = told.facts()

    stored = facts_from_data(json.loads(json.dumps(facts.as_data())))

    assert stored == facts
    assert decide(stored) == decide(facts)


def test_facts_are_small():
    assert len(json.dumps(planking().facts().as_data())) < 4000
    assert len(json.dumps(busy().facts().as_data())) < 16_000


def test_facts_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        calm().facts().on = dt.date(2026, 1, 1)
