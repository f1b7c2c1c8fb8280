"""Weekly distance, from rows written by hand."""

import datetime as dt
import uuid

from backpain.insights.log import Log, RunRow
from backpain.insights.parts.distance import chart_of
from backpain.insights.series import WEEK, Period

MONDAY = dt.date(2026, 3, 16)


def run(weeks_ago, km):
    return RunRow(MONDAY - weeks_ago * WEEK, uuid.uuid4(), km * 1000, None, None, None, None)


def chart(*runs, weeks=6):
    period = Period(first=MONDAY - (weeks - 1) * WEEK, last=MONDAY)
    log = Log(runs=list(runs), check_ins=[], placements=[], verdicts=[], running=None, sessions=(0, 0))
    return chart_of(log, period, units="km")


def legend(found):
    return [key.text for key in found.legend]


def test_the_legend_explains_only_what_is_drawn():
    few, more = chart(run(1, 5), run(0, 6)), chart(*[run(n, 5) for n in (4, 3, 2, 1)], run(0, 7))

    assert legend(few) == ["week", "this week so far", "longest run"]
    assert legend(more) == [*legend(few), "guard", "longest run over the guard"]


def test_without_a_guard_it_says_what_one_takes():
    assert chart(run(0, 6)).captions == [
        "No guard is drawn: it takes 3 runs in the 30 days before a run."
    ]  # fmt: skip
    assert "under the dashed guard" in chart(*[run(n, 5) for n in (3, 2, 1, 0)]).captions[0]


def test_a_bar_of_some_weeks_is_not_called_this_week():
    found = chart(*[run(n, 5 + n % 2) for n in range(157, -1, -1)], weeks=158)

    assert legend(found)[:2] == ["mean of some weeks", "longest run"]
    assert 'class="bar"' not in found.svg
    assert "A bar is the mean of 2 weeks, its mark their longest run." in found.captions
    assert "2 weeks from 13 Mar 2023: 5.5 km a week, longest run 6.0" in found.svg


def test_a_single_week_after_some_merged_ones_is_this_week():
    found = chart(*[run(n, 5) for n in range(156, -1, -1)], weeks=157)

    assert "this week so far" in legend(found)
    assert found.svg.count('class="bar"') == 1
    assert "Week of 16 Mar 2026: 5.0 km" in found.svg


def test_without_a_run_it_says_so():
    assert (chart().svg, chart().empty) == ("", "No run of these weeks has a distance.")
