"""Pain over time, from rows written by hand."""

import datetime as dt
import uuid

import pytest

from backpain.insights.log import CheckInRow, Log, RunRow
from backpain.insights.parts.pain import chart_of
from backpain.insights.series import DAY, Period

TODAY = dt.date(2026, 3, 16)
PERIOD = Period(first=dt.date(2026, 2, 23), last=TODAY)
ZONES = ["after a run, 0–2 low", "3–5 raised", "6–10 high"]
RISE, MORNING, TREND = "from before to the worst", "next morning", "mean of the last 7 runs"


def run(days_ago, after=2, *, before=1, during=2, next_morning=None, metres=5000):
    return RunRow(TODAY - days_ago * DAY, uuid.uuid4(), metres, before, during, after, next_morning)


def chart(*runs, check_ins=()):
    log = Log(
        runs=list(runs), check_ins=list(check_ins), placements=[], verdicts=[], running=None, sessions=(0, 0)
    )
    return chart_of(log, PERIOD, units="km")


def legend(found):
    return [key.text for key in found.legend]


def test_the_legend_explains_only_what_is_drawn():
    assert legend(chart(run(3))) == [*ZONES, RISE]
    assert legend(chart(run(5), run(3, next_morning=0), run(1))) == [*ZONES, RISE, MORNING, TREND]


def test_a_hollow_mark_is_explained():
    assert "hollow: no score after the run" in legend(chart(run(3, after=None), run(1)))


def test_check_ins_alone_are_not_called_runs():
    found = chart(check_ins=[CheckInRow(TODAY, 3)])

    assert "<svg" in found.svg
    assert (legend(found), found.captions) == (["check-in"], [])


@pytest.mark.parametrize("days", [(15, 1), (3, 1)])
def test_two_runs_have_no_line_to_explain(days):
    found = chart(*map(run, days))

    assert 'class="trend"' not in found.svg
    assert TREND not in legend(found)
    assert not any("The line stops" in caption for caption in found.captions)


def test_mornings_that_a_narrow_card_hides_are_hidden_in_its_legend():
    def css(found):
        return next(key.shape for key in found.legend if key.text == MORNING)

    assert 'class="am am-m"' in css(chart(run(1, next_morning=2)))
    alone = run(2, after=None, before=None, during=None, next_morning=2)
    assert 'class="am"' in css(chart(alone, run(1, next_morning=2)))


def test_a_run_without_a_distance_has_a_dash():
    (row,) = chart(run(1, metres=None)).tables[0].rows

    assert [cell.text for cell in row] == ["15 Mar 2026", "–", "1", "2", "2", "–"]


def test_says_whether_runs_or_their_scores_are_missing():
    unscored = chart(run(1, after=None, before=None, during=None))

    assert chart().empty == "There is no run and no check-in in these weeks."
    assert (unscored.svg, unscored.empty[:18]) == ("", "None of these runs")
