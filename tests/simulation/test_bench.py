import json
from dataclasses import replace

import pytest

from backpain.coach.thresholds import SHIPPED
from backpain.exercises.shipped import shipped_catalogue
from backpain.simulation.bench import LISTED, compare
from backpain.simulation.scoring import TARGETS
from backpain.simulation.truths import CLASSES

STRICTER = replace(SHIPPED, readings_in_week=8)  # more than a week has: never progress (M-2)
FEW = [cohort for cohort in CLASSES if cohort.name in {"minor", "recover_slow", "worsen_step"}]


@pytest.fixture(scope="module", autouse=True)
def few_classes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("backpain.simulation.bench.CLASSES", FEW)
        yield


def bench(new, **more):
    about = {"runners": 1, "seed": 1, "progress": lambda done, of: None} | more
    return compare(SHIPPED, new, catalogue=shipped_catalogue(), **about)


@pytest.fixture(scope="module")
def stricter():
    return bench(STRICTER, runners=2)


def test_the_same_ruleset_changes_nothing():
    result = bench(SHIPPED)

    assert (result.changed, result.changes) == (0, ())
    assert all(row.before == row.after and row.met_before == row.met_after for row in result.rows)


def test_a_stricter_ruleset_names_who_would_be_told_something_else(stricter):
    assert stricter.changed == len(stricter.changes) > 0
    assert len(stricter.changes) <= LISTED
    assert all(change.before != change.after and change.days >= 1 for change in stricter.changes)
    assert {change.cohort for change in stricter.changes} <= {cohort.name for cohort in FEW}


def test_there_is_a_row_for_every_target_and_for_wrong_pushes(stricter):
    assert [(row.cohort, row.measure) for row in stricter.rows] == [
        *((target.cohort, target.measure) for target in TARGETS),
        ("worsen_gradual", "pushed"),
        ("worsen_step", "pushed"),
    ]
    assert stricter.meets_targets == all(row.met_after for row in stricter.rows)


def test_the_result_is_ready_for_json(stricter):
    data = json.loads(json.dumps(stricter.as_data()))

    assert data["changed"] == stricter.changed
    assert data["meets_targets"] is stricter.meets_targets
    assert data["changes"][0]["on"] == stricter.changes[0].on.isoformat()


def test_only_so_many_changes_are_listed(monkeypatch, stricter):
    monkeypatch.setattr("backpain.simulation.bench.LISTED", 1)
    result = bench(STRICTER, runners=2)

    assert result.changed == stricter.changed > 1
    assert result.changes == stricter.changes[:1]


def test_progress_is_told_runner_by_runner():
    told = []
    bench(SHIPPED, progress=lambda done, of: told.append((done, of)))

    assert told == [(done, 3) for done in (1, 2, 3)]
