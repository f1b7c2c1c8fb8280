"""Left and right over a period, from rows written by hand."""

import datetime as dt
import re
import uuid

import pytest

from backpain.coach.programme import Sides, SideTest
from backpain.coach.rules import tips
from backpain.coach.thresholds import SHIPPED
from backpain.insights.log import Log, SideRow
from backpain.insights.parts.sides import Both, chart_of
from backpain.insights.series import Period

MONDAY = dt.date(2026, 3, 16)
FOUR_WEEKS = Period(first=dt.date(2026, 2, 23), last=dt.date(2026, 3, 18))
EMPTY = Log(runs=[], check_ins=[], placements=[], verdicts=[], running=None, sessions=(0, 0))


def did(day, left, right, *, exercise="Side plank", unit="s"):
    on, slug = MONDAY + dt.timedelta(days=day), exercise.lower().replace(" ", "-")
    return SideRow(on, uuid.uuid4(), exercise, slug, unit, left, right)


def chart(*rows):
    return chart_of(Log(**{**vars(EMPTY), "sides": list(rows)}), FOUR_WEEKS, units="km")


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def test_an_empty_log_says_so():
    shown = chart()

    assert (shown.svg, shown.tables, shown.captions, shown.legend) == ("", [], [], [])
    assert shown.empty == "No session of these weeks has both sides of an exercise."


def test_one_session_is_said_and_not_drawn():
    shown = chart(did(0, 20, 30))

    assert shown.svg == ""
    assert shown.empty == "Not drawn, with both sides in fewer than 2 sessions: Side plank."
    assert texts(shown.tables[0]) == [["Side plank", "20.0 s", "30.0 s", "too few sessions", "1"]]


def test_two_sessions_are_drawn_with_their_means():
    shown = chart(did(-2, 20, 25), did(0, 21, 25))

    assert "18% apart" in shown.svg
    assert "Side plank: left 20.5 s, right 25.0 s, 18% apart, mean of 2 sessions" in shown.svg
    assert texts(shown.tables[0]) == [["Side plank", "20.5 s", "25.0 s", "18% apart", "2"]]


def test_drawing_and_table_agree_to_the_number():
    bird_dog = [did(day, 7, 8, exercise="Bird dog", unit="reps") for day in (-2, -1, 0)]
    shown = chart(did(-2, 20, 32), did(0, 22, 28), *bird_dog)

    widths = [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)%"', shown.svg)]
    amounts = [[float(cell.split()[0]) for cell in row[1:3]] for row in texts(shown.tables[0])]
    assert amounts == [[7, 8], [21, 30]]
    assert widths[0] / widths[1] == pytest.approx(7 / 8, abs=0.001)
    assert widths[2] / widths[3] == pytest.approx(21 / 30, abs=0.001)
    assert len(shown.tables[1].rows) == 5


@pytest.mark.parametrize(
    ("unit", "left", "right", "uneven"),
    [
        ("s", 30, 36, True),  # 16 % and 6 s
        ("s", 20, 24, False),  # 16 %, but 4 s
        ("s", 60, 66, False),  # 6 s, but 9 %
        ("s", 45, 50, True),  # exactly 10 % and 5 s
        ("reps", 17, 20, True),  # exactly 15 %
        ("reps", 18, 20, False),  # 10 %
        ("reps", 8, 8, False),
    ],
)
def test_sides_are_clearly_apart_where_the_ruleset_says_so(unit, left, right, uneven):
    shown = chart(did(-2, left, right, unit=unit), did(0, left, right, unit=unit))

    assert ("bar uneven" in shown.svg) == uneven
    assert ("(clearly)" in texts(shown.tables[0])[0][3]) == uneven


def is_uneven_by_the_rule(unit, left, right):
    tests = (SideTest(on=MONDAY, left=left, right=right),) * SHIPPED.sides_tests
    return tips._is_uneven(Sides(exercise="side-plank", unit=unit, tests=tests), SHIPPED)


@pytest.mark.parametrize("unit", ["s", "reps", "rounds", "min"])
def test_the_limit_is_that_of_the_rule(unit):
    found = [Both(exercise="x", unit=unit, left=left, right=40, sessions=2) for left in range(60)]

    said = [both.is_uneven(SHIPPED) for both in found]

    assert said == [is_uneven_by_the_rule(unit, both.left, both.right) for both in found]
    assert set(said) == {True, False}


def test_the_percentage_never_reads_as_a_limit_it_does_not_reach():
    shown = chart(did(-2, 17.02, 20, unit="reps"), did(0, 17.02, 20, unit="reps"))

    assert "14% apart" in shown.svg and "uneven" not in shown.svg


def test_weaker_sides_that_change_even_out():
    shown = chart(did(-2, 20, 30), did(0, 30, 20))

    assert "even" in texts(shown.tables[0])[0] and "uneven" not in shown.svg


def test_sessions_without_a_result_on_either_side_are_left_out():
    shown = chart(did(-2, 0, 0), did(-1, 0, 0), did(0, 20, 20))

    assert shown.svg == "" and texts(shown.tables[0])[0][4] == "1"


def test_a_side_of_nought_is_fully_apart():
    shown = chart(did(-2, 0, 20), did(0, 0, 20))

    assert "100% apart" in shown.svg and "nan" not in shown.svg


def test_the_same_exercise_in_another_unit_is_another_row():
    rows = [did(-2, 20, 20), did(-1, 20, 20), did(-1, 8, 8, unit="reps"), did(0, 8, 8, unit="reps")]

    assert len(texts(chart(*rows).tables[0])) == 2


def test_sessions_of_other_weeks_are_left_out():
    assert chart(did(-40, 20, 30), did(0, 20, 30)).svg == ""


def test_every_session_leads_to_its_page():
    row = did(0, 20, 30)

    assert chart(row).tables[1].rows[0][0].href == f"/sessions/{row.session}/"


def test_many_sessions_are_cut_and_said_so():
    shown = chart(*[did(0, 20, 20) for _ in range(51)])

    assert shown.is_shortened and len(shown.tables[1].rows) == 50


def test_a_difference_is_called_no_alarm_with_the_limits_of_the_ruleset():
    (_, said) = chart(did(-1, 20, 30), did(0, 20, 30)).captions

    assert "15% or more, for holds 10% or more and at least 5\xa0s" in said and "no alarm" in said
