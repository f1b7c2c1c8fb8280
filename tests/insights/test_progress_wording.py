import datetime as dt
import uuid

import pytest

from backpain.charts import Week
from backpain.coach.decision import Verdict
from backpain.insights import wording
from backpain.insights.log import MarkRow, PlacementRow, RunRow
from backpain.insights.series import PlanEvent, Stretch

TODAY = dt.date(2026, 3, 16)
PLANK = PlacementRow(1, "Forearm plank", 2, 3, 25, "s", TODAY, None)


def compared(early, late):
    return (
        Stretch(first=dt.date(2026, 1, 5), last=dt.date(2026, 1, 31), runs=9, mean=early),
        Stretch(first=dt.date(2026, 2, 20), last=TODAY, runs=9, mean=late),
    )


@pytest.mark.parametrize(
    ("early", "late", "said"),
    [
        (4.0, 1.2, "Pain after runs went down from 4.0 to 1.2"),
        (1.2, 4.0, "Pain after runs went up from 1.2 to 4.0"),
        (2.0, 1.0, "Pain after runs went down from 2.0 to 1.0"),
        (2.0, 1.1, "Pain after runs is about the same: 2.0 and 1.1"),
        (0.0, 0.0, "Pain after runs is about the same: 0.0 and 0.0"),
    ],
)
def test_the_finding_says_what_changed(early, late, said):
    assert wording.finding(compared(early, late)) == said


def test_the_basis_names_both_periods_and_claims_no_cause():
    said = wording.basis(compared(4.0, 1.2), scored=30)

    assert "the first 9 runs shown (5 Jan 2026 to 31 Jan 2026)" in said
    assert "the latest 9 (20 Feb 2026 to 16 Mar 2026)" in said
    assert "not why" in said


def test_the_finding_says_when_there_are_too_few_runs():
    assert wording.finding(None) == "Too few runs to compare yet"
    assert wording.basis(None, scored=4).startswith(
        "It takes 9 runs with a score after them; these weeks have 4."
    )


def test_distances_are_in_the_runners_units():
    run = RunRow(TODAY, uuid.uuid4(), 16093.44, None, None, None, None)

    assert wording.run_label(run, "mi").startswith("16 Mar 2026, 10 mi")


def test_a_run_is_read_out_with_the_scores_it_has():
    run = RunRow(TODAY, uuid.uuid4(), 6200, 1, None, 2, 0)

    assert wording.run_label(run, "km") == "16 Mar 2026, 6.2 km: before 1, after 2, next morning 0"


def test_a_week_is_read_out_with_what_it_has():
    week = Week(starts_on=TODAY, distance=20.04, longest=8, guard=None, label="")

    assert wording.week_label(week, "km") == "Week of 16 Mar 2026: 20.0 km, longest run 8.0"


@pytest.mark.parametrize(
    ("event", "label"),
    [
        (PlanEvent(on=TODAY, kind="up", placement=PLANK), "Forearm plank, 3 × 25 s"),
        (PlanEvent(on=TODAY, kind="flag", verdict=Verdict.PROFESSIONAL), "See a professional"),
        (PlanEvent(on=TODAY, kind="care", mark=MarkRow(TODAY, "care", "GP")), "Care: GP"),
        (PlanEvent(on=TODAY, kind="care", mark=MarkRow(TODAY, "care", "")), "Care recorded"),
        (PlanEvent(on=TODAY, kind="shoe", mark=MarkRow(TODAY, "shoe", "Red")), "First worn: Red"),
        (PlanEvent(on=TODAY, kind="flag", verdict=Verdict.URGENT), "Medical advice that day"),
        (PlanEvent(on=TODAY, kind="flag", verdict=Verdict.EMERGENCY), "Emergency"),
    ],
)
def test_an_event_is_named(event, label):
    assert wording.event_label(event) == label


def test_events_of_one_day_and_kind_share_an_icon():
    up = PlanEvent(on=TODAY, kind="up", placement=PLANK)
    flag = PlanEvent(on=TODAY, kind="flag", verdict=Verdict.URGENT)

    assert [(event.kind, event.name, event.label) for event in wording.chart_events([up, flag, up])] == [
        ("flag", "Medical advice that day", "Medical advice that day"),
        ("up", "Forearm plank +1", "Forearm plank, 3 × 25 s +1"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "name"), [("care", "GP", "GP"), ("care", "", "Care recorded"), ("shoe", "Red", "Red")]
)
def test_a_mark_is_named_by_what_it_is_about(kind, text, name):
    assert wording.event_name(PlanEvent(on=TODAY, kind=kind, mark=MarkRow(TODAY, kind, text))) == name
