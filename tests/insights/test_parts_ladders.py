"""The ladder over time, from rows written by hand."""

import datetime as dt
import re

import pytest

from backpain.charts.ladders import ABOVE, BELOW, GAP, LANE
from backpain.insights.log import Log, PlacementRow, RungRow
from backpain.insights.parts.ladders import chart_of
from backpain.insights.series import Period

PERIOD = Period(first=dt.date(2026, 1, 5), last=dt.date(2026, 3, 16))
RUNGS = [
    RungRow(1, "front-plank", "Front plank", 1, "Knee plank", "s", 15, 30),
    RungRow(1, "front-plank", "Front plank", 2, "Forearm plank", "s", 20, 60),
    RungRow(2, "bridge", "Bridge", 1, "Glute bridge", "reps", 10, 15),
]


def placed(from_on, ended_on=None, *, ladder=1, exercise="Knee plank", rung=1, sets=3, target=15, unit="s"):
    return PlacementRow(ladder, exercise, rung, sets, target, unit, from_on, ended_on)


def chart(*placements, ladder="", rungs=RUNGS):
    log = Log(
        runs=[],
        check_ins=[],
        placements=list(placements),
        verdicts=[],
        running=None,
        sessions=(0, 0),
        rungs=list(rungs),
    )
    return chart_of(log, PERIOD, units="km", ladder=ladder)


def texts(found):
    return [[cell.text for cell in row] for row in found.tables[0].rows]


def marks(found):
    """Return the marks as (what is said, height inside the lane: 0 = at its first target, 1 = at its last)."""
    lanes = found.svg.count('<rect class="lane')
    marks = re.findall(r'cy="([^"]*)"[^>]*><title>([^<]*)', found.svg)
    room = LANE - GAP - ABOVE - BELOW
    assert lanes
    return [(said, 1 - (float(y) % LANE - ABOVE) / room) for y, said in marks]


def lanes(found):
    """Return the names of the lanes, the lowest first."""
    names = re.findall(r'<text x="8" y="(\d+)">([^<]*)', found.svg)
    return [name for y, name in sorted(names, key=lambda name: -int(name[0]))]


FEBRUARY = dt.date(2026, 2, 2)
ONE_LADDER = [
    placed(dt.date(2025, 12, 1), FEBRUARY),
    placed(FEBRUARY, dt.date(2026, 3, 2), target=30),
    placed(dt.date(2026, 3, 2), rung=2, exercise="Forearm plank", sets=2, target=30),
]


def test_the_table_has_the_doses_of_the_marks():
    found = chart(*ONE_LADDER)

    assert texts(found) == [
        ["2 Mar 2026", "2 of 2", "Forearm plank", "2 × 30 s"],
        ["2 Feb 2026", "1 of 2", "Knee plank", "3 × 30 s"],
        ["1 Dec 2025", "1 of 2", "Knee plank", "3 × 15 s"],
    ]
    assert marks(found) == [
        ("2 Feb 2026: Knee plank, 3 × 30 s", pytest.approx(1)),
        ("2 Mar 2026: Forearm plank, 2 × 30 s", pytest.approx(0.25)),
    ]


def test_every_rung_has_a_lane_the_easiest_below():
    assert lanes(chart(*ONE_LADDER)) == ["Knee plank", "Forearm plank"]


def test_two_rungs_of_one_exercise_are_told_apart_by_their_units():
    rungs = [
        RUNGS[2],
        RUNGS[2]._replace(position=2, unit="s"),
        RUNGS[2]._replace(position=3, exercise="Single-leg bridge"),
    ]

    found = chart(placed(FEBRUARY, ladder=2, exercise="Glute bridge", unit="reps"), rungs=rungs)

    assert lanes(found) == ["Glute bridge, repetitions", "Glute bridge, seconds", "Single-leg bridge"]


def test_the_ladder_that_changed_last_is_shown_and_all_can_be_chosen():
    found = chart(*ONE_LADDER, placed(dt.date(2026, 1, 6), ladder=2, exercise="Glute bridge", target=10))

    assert found.title == "Ladder: Front plank"
    assert [(choice.text, choice.query, choice.is_chosen) for choice in found.choices] == [
        ("Front plank", {"ladder": "front-plank"}, True),
        ("Bridge", {"ladder": "bridge"}, False),
    ]


def test_the_ladder_asked_for_is_shown():
    bridge = placed(dt.date(2026, 1, 6), ladder=2, exercise="Glute bridge", target=12, unit="reps")

    found = chart(*ONE_LADDER, bridge, ladder="bridge")

    assert found.title == "Ladder: Bridge"
    assert texts(found) == [["6 Jan 2026", "1 of 1", "Glute bridge", "3 × 12 repetitions"]]


def test_a_ladder_nobody_knows_shows_the_one_that_changed_last():
    assert chart(*ONE_LADDER, ladder="no-such").title == "Ladder: Front plank"


def test_a_ladder_that_was_left_before_cannot_be_chosen():
    left = placed(dt.date(2025, 10, 1), PERIOD.first, ladder=2, exercise="Glute bridge")

    assert [choice.text for choice in chart(*ONE_LADDER, left).choices] == ["Front plank"]


@pytest.mark.parametrize(("from_on", "said"), [(FEBRUARY, True), (dt.date(2025, 12, 1), False)])
def test_the_legend_has_new_targets_where_one_began_in_these_weeks(from_on, said):
    legend = [key.text for key in chart(placed(from_on)).legend]

    assert ("a new target" in legend, legend[-1]) == (said, "the target in force")


def test_without_a_placement_it_says_so():
    found = chart()

    assert (found.svg, found.tables, found.choices) == ("", [], [])
    assert found.empty == "No exercise of a ladder was in your plan in these weeks."


def test_a_rung_the_ladder_has_lost_is_in_the_table_alone():
    found = chart(placed(FEBRUARY, exercise="Lost", rung=None))

    assert found.svg == ""
    assert texts(found) == [["2 Feb 2026", "no longer on the ladder", "Lost", "3 × 15 s"]]


def test_a_rung_of_a_single_target_is_drawn_at_its_top():
    rung = RungRow(1, "front-plank", "Front plank", 1, "Knee plank", "s", 15, 15)

    assert marks(chart(placed(FEBRUARY), rungs=[rung]))[0][1] == pytest.approx(1)
