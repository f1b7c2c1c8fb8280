"""Pain of the next morning beside what the runs say of themselves, from rows written by hand."""

import datetime as dt
import re
import uuid

import pytest

from backpain.insights.log import Log, RunRow, SessionRow
from backpain.insights.parts.mornings import chart_of
from backpain.insights.series import Period

MONDAY = dt.date(2026, 3, 16)
FOUR_WEEKS = Period(first=dt.date(2026, 2, 23), last=dt.date(2026, 3, 18))
EMPTY = Log(runs=[], check_ins=[], placements=[], verdicts=[], running=None, sessions=(0, 0))


def run(on, morning, *, km=5.0, effort=None, surface=""):
    return RunRow(
        on=on,
        uuid=uuid.uuid4(),
        distance_m=None if km is None else km * 1000,
        before=1,
        during=2,
        after=2,
        next_morning=morning,
        effort=effort,
        surface=surface,
    )


def on(day):
    return MONDAY + dt.timedelta(days=day)


def session(day):
    return SessionRow(on(day), uuid.uuid4(), None, None, None, None)


def chart(*runs, sessions=(), units="km"):
    return chart_of(
        Log(**{**vars(EMPTY), "runs": list(runs), "session_rows": list(sessions)}), FOUR_WEEKS, units=units
    )


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def drawings(shown):
    return re.findall(r"<figcaption>([^<]*)", shown.svg)


def test_nothing_is_drawn_without_a_score_of_a_morning():
    shown = chart(run(on(0), None), run(on(1), None))

    assert (shown.svg, shown.tables, shown.legend, shown.captions) == ("", [], [], [])
    assert shown.empty == "None of these runs has a pain score of the next morning."


def test_an_empty_log_says_so_and_counts_nothing():
    shown = chart()

    assert (shown.svg, shown.captions, shown.empty) == ("", [], "There is no run in these weeks.")


@pytest.mark.parametrize(("missing", "said"), [(1, "1 run has no score"), (12, "12 runs have no score")])
def test_runs_without_a_score_of_the_morning_are_counted(missing, said):
    shown = chart(run(on(0), 2), *[run(on(-1), None)] * missing)

    assert any(caption.startswith(said) for caption in shown.captions)
    assert len(shown.tables[0].rows) == 1


def test_scores_without_anything_else_are_not_called_missing():
    shown = chart(run(on(0), 2, km=None))

    assert shown.svg == ""
    assert shown.empty == "No run with a score of the next morning says its distance, effort or surface."
    assert texts(shown.tables[0]) == [["16 Mar 2026", "–", "–", "–", "–", "2"]]


def test_one_run_is_one_mark_and_no_mean():
    shown = chart(run(on(0), 2, effort=4, surface="road"))

    assert drawings(shown) == ["By distance, km", "By effort, 0 to 10", "By surface"]
    assert shown.svg.count("<circle") == 3 and 'class="mean"' not in shown.svg
    assert texts(shown.tables[1]) == [["4", "1", "–", "2", "2"]]


def test_each_mark_of_the_distance_opens_its_run():
    runs = [run(on(0), 2), run(on(1), 4, km=10)]

    shown = chart(*runs)

    links = re.findall(r'<a href="([^"]+)"><title>([^<]+)', shown.svg)
    assert links == [
        (f"/runs/{runs[0].uuid}/", "16 Mar 2026, 5 km: next morning 2"),
        (f"/runs/{runs[1].uuid}/", "17 Mar 2026, 10 km: next morning 4"),
    ]


def test_distances_are_in_the_runners_unit():
    shown = chart(run(on(0), 2, km=1.609344), units="mi")

    assert "By distance, mi" in shown.svg and "1 mi: next morning 2" in shown.svg


def test_a_mean_takes_three_runs_and_stands_in_the_table_as_drawn():
    runs = [run(on(n), score, surface="trail") for n, score in enumerate([1, 2, 6])]
    few = [run(on(-n), 9, surface="road") for n in (1, 2)]

    shown = chart(*few, *runs)

    (y,) = re.findall(r'class="mean"[^>]* y1="([\d.]+)"', shown.svg)
    assert 10 * (168 - float(y)) / 160 == pytest.approx(3)  # px: the plot is 160 high and ends at 168
    assert texts(shown.tables[1]) == [["Road", "2", "–", "9", "9"], ["Trail", "3", "3.0", "1", "6"]]


def test_drawn_runs_and_table_agree_to_the_number():
    runs = [run(on(-n), n % 4, effort=3 + n % 2) for n in range(20)]

    shown = chart(*runs)

    counts = {}
    for effort, count in re.findall(r"<title>Effort (\d+): (\d+) runs? with", shown.svg):
        counts[effort] = counts.get(effort, 0) + int(count)
    assert counts == {row[0]: int(row[1]) for row in texts(shown.tables[1])} == {"3": 10, "4": 10}
    assert len(texts(shown.tables[0])) == shown.svg.count("<a href") == 20


def test_days_are_counted_from_the_last_session_before_the_run():
    runs = [run(on(day), 1) for day in (-8, 0, 1, 2)]

    shown = chart(*runs, sessions=[session(-3), session(0), session(5)])

    since = [row[4] for row in texts(shown.tables[0])]
    assert since == ["2", "1", "same day", "4 or more"]
    assert "“4 or more” days also has runs with no session before them." in shown.captions


def test_without_any_session_there_is_no_drawing_of_days_since():
    shown = chart(run(on(0), 1))

    assert drawings(shown) == ["By distance, km"]
    assert "Left out of a drawing, runs without an effort: 1; without a surface: 1" in shown.captions[-1]


def test_efforts_are_in_the_order_of_numbers():
    shown = chart(run(on(0), 1, effort=10), run(on(1), 1, effort=9), run(on(2), 1, effort=0))

    assert [row[0] for row in texts(shown.tables[1])] == ["0", "9", "10"]


def test_a_surface_nobody_knows_any_more_is_left_out():
    shown = chart(run(on(0), 1, surface="lava"))

    assert drawings(shown) == ["By distance, km"]


def test_runs_of_other_weeks_are_left_out():
    assert len(texts(chart(run(on(-30), 9), run(on(0), 1)).tables[0])) == 1


def test_many_runs_share_marks_that_keep_their_number():
    runs = [run(on(-(n % 20)), n % 3, km=3 + n % 7) for n in range(600)]

    shown = chart(*runs)

    counts = re.findall(r" km: (\d+) runs? with \d+ the next morning", shown.svg)
    assert sum(map(int, counts)) == 600
    assert "<a href" not in shown.svg
    assert shown.is_shortened and len(shown.tables[0].rows) == 50
    assert sum(int(row[1]) for row in texts(shown.tables[1])) == 600
    assert sorted({(row[3], row[4]) for row in texts(shown.tables[1])}) == [("0", "2")]


@pytest.mark.parametrize("units", ["km", "mi"])
def test_twenty_runs_a_day_without_pain_are_all_drawn_at_nought(units):
    shown = chart(*[run(on(0), 0, effort=0, surface="road") for _ in range(20)], units=units)

    assert "nan" not in shown.svg
    assert texts(shown.tables[1]) == [["0", "20", "0.0", "0", "0"]]


def test_what_is_said_names_no_cause():
    shown = chart(*[run(on(-n), n, effort=n) for n in range(5)])

    assert "not why" in shown.captions[0] and "chance" in shown.captions[0]
