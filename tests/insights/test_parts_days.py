"""The calendar of exercise days, from rows written by hand."""

import datetime as dt
import re
import uuid

import pytest

from backpain.charts.days import CELL, ROW
from backpain.insights.log import Log, RunRow, SessionRow
from backpain.insights.parts.days import chart_of
from backpain.insights.series import Period, period_of

TODAY = dt.date(2026, 3, 18)  # a Wednesday
PERIOD = period_of(4, TODAY)  # from 23 February
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def session(on, share=None):
    return SessionRow(on, uuid.uuid4(), None, None, None, None, share)


def run(on):
    return RunRow(on, uuid.uuid4(), 5000, None, None, None, None)


def chart(*rows, period=PERIOD):
    log = Log(
        runs=[row for row in rows if isinstance(row, RunRow)],
        check_ins=[],
        placements=[],
        verdicts=[],
        running=None,
        sessions=(0, 0),
        session_rows=[row for row in rows if isinstance(row, SessionRow)],
    )
    return chart_of(log, period, units="km")


def texts(found):
    return [[cell.text for cell in row] for row in found.tables[0].rows]


def filled(svg):
    """Return the cells as (column, weekday, percent filled); open ones are None."""
    cells = re.findall(
        r'<rect class="day (full|part|open)" x="([\d.]+)%"[^>]* y="([\d.]+)" height="([\d.]+)"', svg
    )
    return [
        (
            round(float(x) / 100 * 14),
            WEEKDAYS[int(float(y) // ROW)],
            None if css == "open" else round(float(height) / CELL * 100),
        )
        for css, x, y, height in cells
    ]


def test_the_table_has_the_days_and_shares_of_the_cells():
    found = chart(
        session(dt.date(2026, 2, 24), 1.0),
        session(dt.date(2026, 3, 5), 0.5),
        run(dt.date(2026, 3, 5)),
        session(dt.date(2026, 3, 8)),
        run(dt.date(2026, 3, 18)),
    )

    assert texts(found) == [
        ["16 Mar 2026", "–", "Wed"],
        ["9 Mar 2026", "–", "–"],
        ["2 Mar 2026", "Thu 50%, Sun without targets", "Thu"],
        ["23 Feb 2026", "Tue 100%", "–"],
    ]
    assert filled(found.svg) == [(0, "Tue", 100), (1, "Thu", 50), (1, "Sun", None)]
    assert found.svg.count('class="ran"') == 2
    assert "5 Mar 2026: exercises, 50% of the targets, run" in found.svg


def test_a_day_leads_to_its_session():
    row = session(dt.date(2026, 3, 5), 0.5)

    assert f'<a href="/sessions/{row.uuid}/">' in chart(row).svg


def test_many_sessions_on_a_day_are_one_day_with_their_mean():
    found = chart(*[session(dt.date(2026, 3, 5), share) for share in [1.0, 0.0, None] * 7])

    assert filled(found.svg) == [(1, "Thu", 50)]
    assert found.captions[0].endswith("1 day with exercises in these weeks.")


def test_what_falls_short_of_all_targets_is_never_rounded_up_to_all():
    assert texts(chart(session(dt.date(2026, 3, 5), 0.998)))[2][1] == "Thu 99%"
    assert texts(chart(session(dt.date(2026, 3, 5), 0.29)))[2][1] == "Thu 29%"


def test_runs_alone_are_not_explained_as_exercise_days():
    found = chart(run(TODAY))

    assert [key.text for key in found.legend] == ["run"]
    assert found.captions == ["There is no session of exercises in these weeks, so only the runs are shown."]


def test_the_legend_has_targets_where_there_were_some():
    assert [key.text for key in chart(session(TODAY)).legend] == ["no targets set"]
    assert [key.text for key in chart(session(TODAY, 0.5)).legend] == [
        "all targets reached",
        "part of them, as far as filled",
    ]


def test_entries_outside_the_weeks_are_left_out():
    found = chart(session(dt.date(2026, 2, 22), 1.0), run(dt.date(2026, 2, 22)))

    assert (found.svg, found.tables) == ("", [])
    assert found.empty == "There is no session of exercises and no run in these weeks."


@pytest.mark.parametrize("rows", [[run(TODAY)], [session(TODAY, 0.0)], [run(TODAY), session(TODAY)]])
def test_one_entry_is_drawn(rows):
    assert "nan" not in chart(*rows).svg.lower()
    assert len(texts(chart(*rows))) == 4


def test_more_than_a_year_is_drawn_as_days_a_week():
    period = Period(first=dt.date(2023, 3, 20), last=TODAY)  # 157 weeks
    days = [period.first + dt.timedelta(days=n) for n in (0, 2, 7, 1092)]

    found = chart(*map(session, days), period=period)

    assert found.svg.count('class="bar"') == 2
    assert "A bar is the mean of 2 weeks." in found.captions
    assert found.is_shortened
    assert len(texts(found)) == 100
