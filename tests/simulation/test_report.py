import io
import itertools

import pytest
from django.core.management import CommandError, call_command

from backpain.coach.thresholds import SHIPPED
from backpain.exercises.shipped import shipped_catalogue
from backpain.simulation.report import Report
from backpain.simulation.truths import CLASSES


def each(function, items):
    return [function(item) for item in items]


def report(lines):
    return Report(
        catalogue=shipped_catalogue(),
        thresholds=SHIPPED,
        each=each,
        runners=1,
        seed=1,
        cases=100,
        say=lines.append,
        clock=itertools.count().__next__,
    )


@pytest.fixture(scope="module")
def printed():
    lines = []
    whole = report(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("backpain.simulation.report.MISSING", (0.25, 0.40))
        patch.setattr("backpain.simulation.speed.ROUNDS", 1)  # this clock says the same of each
        whole.run()
    return "\n".join(lines), whole.missed


@pytest.mark.parametrize(
    "text",
    [
        "worsen_gradual: within_14",
        "slow_drift: any_ever",
        "early_step",
        "21 days",
        "ours: W-3",
        "With runs and sessions",
        "Stretch",
        "mid_episode",
        "Progress said on a day whose truth is worsening",
        "emergencies missed                           0 of 11 met",
        "facts_from and decide on three years, median ms  2000.00 MISSED",
        "progress past an open flag                   0 of 100 met",
    ],
)
def test_prints(printed, text):
    assert text in printed[0]


def test_what_is_missed_is_named_once_and_only_where_a_target_binds(printed):
    text, missed = printed
    without_bouts = text.split("With runs and sessions")[0]

    assert len(missed) == len(set(missed))
    assert all("at 25%" in line or "at 40%" in line for line in missed if ":" in line)
    assert len(missed) <= without_bouts.count("MISSED")


def test_a_missed_check_is_remembered():
    lines = []
    some = report(lines)
    some._none("emergencies missed", 2, 10)

    assert some.missed == ["emergencies missed: 2 of 10"]
    assert "MISSED" in lines[0]


def test_the_command_ends_well_when_nothing_is_missed(monkeypatch):
    monkeypatch.setattr(Report, "run", lambda report: report.say(f"{report.runners} {report.cases}"))
    out = io.StringIO()
    call_command("bench_coach", quick=True, seed=7, stdout=out)

    assert out.getvalue().endswith("30 runners of each class, seed 7\n30 20000\n")


def test_the_command_ends_with_status_one_when_a_target_is_missed(monkeypatch):
    monkeypatch.setattr(Report, "run", lambda report: report.missed.append("minor: alarmed"))
    out = io.StringIO()
    with pytest.raises(CommandError, match="missed: minor: alarmed") as refused:
        call_command("bench_coach", runners=1, cases=10, stdout=out)

    assert refused.value.returncode == 1


def test_every_class_is_in_the_table(printed):
    assert all(cohort.name in printed[0] for cohort in CLASSES)
