"""Weekly load with pain, from rows written by hand."""

import datetime as dt
import re
import uuid

import pytest

from backpain.charts.load import LOAD_DEPTH
from backpain.insights.log import CheckInRow, GentleRow, Log, PlacementRow, RunRow
from backpain.insights.parts.load import chart_of, flares_of, weeks_of
from backpain.insights.series import Period

MONDAY = dt.date(2026, 3, 16)
FOUR_WEEKS = Period(first=dt.date(2026, 2, 23), last=dt.date(2026, 3, 18))
EMPTY = Log(runs=[], check_ins=[], placements=[], verdicts=[], running=None, sessions=(0, 0))


def on(day):
    return MONDAY + dt.timedelta(days=day)


def run(day, effort=5, minutes=60, *, after=None, morning=None):
    return RunRow(
        on=on(day),
        uuid=uuid.uuid4(),
        distance_m=None,
        before=None,
        during=None,
        after=after,
        next_morning=morning,
        duration_s=None if minutes is None else minutes * 60,
        effort=effort,
    )


def placed(day, target):
    return PlacementRow(1, "Plank", 1, 2, target, "s", on(day), None)


def chart(*runs, period=FOUR_WEEKS, **rows):
    return chart_of(Log(**{**vars(EMPTY), "runs": list(runs), **rows}), period, units="km")


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def test_an_empty_log_has_nothing_to_draw():
    shown = chart()

    assert (shown.svg, shown.tables) == ("", [])
    assert shown.empty == "There is no run in these weeks."


def test_pain_from_check_ins_alone_draws_no_axes():
    shown = chart(check_ins=[CheckInRow(on(0), 5, None, True)])

    assert (shown.svg, shown.tables) == ("", [])


def test_runs_without_effort_or_duration_are_named_and_not_guessed():
    shown = chart(run(0, effort=None, after=3), run(1, minutes=None))

    assert shown.svg == ""
    assert shown.empty == "No run of these weeks has both an effort and a duration, which make its load."
    assert texts(shown.tables[0])[0] == ["16 Mar 2026", "not known", "0 of 2", "3.0 (worst 3)", "–"]


def test_efforts_of_nought_are_not_called_missing():
    assert chart(run(0, effort=0)).empty.startswith("The load of every run in these weeks is 0")


def test_load_is_effort_times_minutes_of_the_week():
    shown = chart(run(-1, 3, 40), run(0, 5, 60, after=2, morning=1), run(2, 4, 30, after=5))

    assert texts(shown.tables[0])[:2] == [
        ["16 Mar 2026", "420", "2 of 2", "3.5 (worst 5)", "1.0 (worst 1)"],
        ["9 Mar 2026", "120", "1 of 1", "–", "–"],
    ]
    assert "Week of 16 Mar 2026, load 420, after runs 3.5 (worst 5), next morning 1.0 (worst 1)" in shown.svg


def test_a_week_with_a_run_left_out_is_only_a_least():
    shown = chart(run(0), run(1, effort=None), run(-7))

    assert texts(shown.tables[0])[0][1:3] == ["300 or more", "1 of 2"]
    assert "load 300 or more" in shown.svg and "bar part" in shown.svg
    assert shown.captions[-1].startswith("1 run lacks an effort or a duration")
    assert "some runs not counted" in [key.text for key in shown.legend]


def test_a_week_of_which_no_load_is_known_is_drawn_as_such():
    shown = chart(run(-7, effort=None, after=2), run(0))

    assert "Week of 9 Mar 2026, load not known, after runs 2.0 (worst 2)" in shown.svg
    assert texts(shown.tables[0])[1][1] == "not known"


def legend(shown):
    return [key.text for key in shown.legend]


def test_the_legend_explains_only_what_is_drawn():
    assert legend(chart(run(0))) == ["this week so far"]
    assert legend(chart(run(-7, after=2))) == ["pain after runs, mean", "load of a week"]
    assert legend(chart(run(-7, after=2), run(-6, morning=3), run(-5, after=4))) == [
        "pain after runs, mean",
        "next morning, mean",
        "up to the worst",
        "load of a week",
    ]
    assert legend(chart(run(0), run(1, effort=None))) == ["some runs not counted"]
    assert legend(chart()) == []


def test_drawing_and_table_agree_to_the_number():
    shown = chart(*[run(day, 4, 30 + day) for day in (-20, -13, -6, 0, 1)])

    heights = re.findall(r'class="bar[^"]*" x="[^"]+" width="[^"]+" y="[^"]+" height="([\d.]+)"', shown.svg)
    loads = [float(row[1]) for row in reversed(texts(shown.tables[0]))]
    assert loads == [40, 68, 96, 244]
    drawn = [float(height) / float(heights[-1]) for height in heights]
    assert drawn == pytest.approx([load / 244 for load in loads], abs=0.002)
    assert float(heights[-1]) <= LOAD_DEPTH


def test_every_week_has_a_row_those_without_a_run_too():
    shown = chart(run(-20), run(0))

    assert [row[1] for row in texts(shown.tables[0])] == ["300", "0", "0", "300"]


def test_days_of_a_flare_in_a_row_are_one_band():
    rows = [
        CheckInRow(on(day), 6, None, flare)
        for day, flare in [(-9, True), (-8, True), (-7, False), (-5, True)]
    ]

    bands = flares_of(rows, FOUR_WEEKS)

    assert [(band.first, band.last) for band in bands] == [(on(-9), on(-8)), (on(-5), on(-5))]
    assert [band.label for band in bands] == ["Flare, 7 Mar 2026 to 8 Mar 2026", "Flare, 11 Mar 2026"]


def test_flares_and_steps_back_are_bands_and_rows():
    shown = chart(
        run(0),
        check_ins=[CheckInRow(on(-9), 6, None, True)],
        placements=[placed(-30, 30), placed(-5, 20), placed(-1, 25)],
    )

    assert re.findall(r'class="band (\w+)"', shown.svg) == ["flare", "eased"]
    assert texts(shown.tables[1]) == [
        ["11 Mar 2026", "Plan eased, 11 Mar 2026: Plank, 2 × 20 s"],
        ["7 Mar 2026", "Flare, 7 Mar 2026"],
    ]
    assert {"flare, as you said", "plan eased"} <= {key.text for key in shown.legend}


def test_gentle_days_are_a_band_a_row_and_a_key():
    shown = chart(
        run(0), gentle=[GentleRow(on(-9), on(-4)), GentleRow(on(-3), on(-2)), GentleRow(on(1), None)]
    )

    assert shown.svg.count('class="band gentle"') == shown.svg.count('class="band-i gentle"') == 3
    assert texts(shown.tables[1]) == [
        ["17 Mar 2026", "Gentle days since 17 Mar 2026"],
        ["13 Mar 2026", "Gentle day, 13 Mar 2026"],
        ["7 Mar 2026", "Gentle days, 7 Mar 2026 to 11 Mar 2026"],
    ]
    assert shown.tables[1].caption == "Flares, gentle days and steps back"
    assert "gentle days" in [key.text for key in shown.legend]


def test_gentle_days_that_go_on_reach_to_today():
    x, width = re.findall(
        r'class="band gentle" x="([\d.]+)%" width="([\d.]+)%"',
        chart(run(0), gentle=[GentleRow(on(0), None)]).svg,
    )[0]

    assert float(x) == pytest.approx(100 * 21 / 28, abs=0.01)
    assert float(width) == pytest.approx(100 * 3 / 28, abs=0.01)


def test_gentle_days_over_before_the_first_week_are_left_out():
    first = FOUR_WEEKS.first
    over = GentleRow(first - dt.timedelta(days=9), first)

    assert len(chart(run(0), gentle=[over]).tables) == 1
    assert len(chart(run(0), gentle=[over._replace(ended_on=first + dt.timedelta(days=1))]).tables) == 2


def test_three_years_are_merged_and_said_so():
    period = Period(first=MONDAY - dt.timedelta(weeks=155), last=on(2))
    runs = [run(7 * week, 5, 60, after=2, morning=1) for week in range(-155, 1)]

    shown = chart(*runs, period=period)

    assert shown.svg.count('class="bar soft"') == 78
    assert "A bar is the mean load of 2 weeks, its marks the scores of their runs." in shown.captions
    assert "2 weeks from 9 Mar 2026, by the week, load 300" in shown.svg
    assert "this week so far" not in legend(shown)
    assert len(shown.tables[0].rows) == 78
    assert texts(shown.tables[0])[0] == ["9 Mar 2026", "300", "2 of 2", "2.0 (worst 2)", "1.0 (worst 1)"]
    assert shown.tables[0].caption.startswith("2 weeks each, from their first Monday: load a week in")


def test_twenty_runs_a_day_without_pain_are_summed():
    (week,) = weeks_of(
        [run(0, 1, 3, after=0, morning=0) for _ in range(20)], Period(first=MONDAY, last=on(2))
    )

    assert (week.load, week.counted, set(week.after)) == (60, 20, {0})


def test_a_sunday_belongs_to_the_week_of_its_monday():
    assert [week.counted for week in weeks_of([run(-1), run(0)], FOUR_WEEKS)] == [0, 0, 1, 1]


def test_months_without_a_run_are_bars_of_nothing():
    period = Period(first=MONDAY - dt.timedelta(weeks=40), last=on(2))

    shown = chart(run(-280), run(0), period=period)

    assert len(re.findall(r'class="bar[^"]*"', shown.svg)) == 2 and "nan" not in shown.svg


def test_what_is_said_names_no_cause():
    assert "not why" in chart(run(0)).captions[0]
