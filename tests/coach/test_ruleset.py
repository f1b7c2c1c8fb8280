"""How far a ruleset may go: never past what is safe, and never against a warning sign."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backpain.coach import ruleset, screening, signs
from backpain.coach.chronicle import ENTRY_DAYS, SET_DAYS
from backpain.coach.decide import decide
from backpain.coach.decision import Decision, Verdict
from backpain.coach.facts import READING_DAYS, facts_from
from backpain.coach.history import History
from backpain.coach.rules import red_flags
from backpain.coach.ruleset import ORDER, RED_FLAGS, SAFE, Breach, breaches, changes_in, with_changes
from backpain.coach.thresholds import SHIPPED, Thresholds
from tests.coach.conftest import CATALOGUE
from tests.coach.histories import ON, histories
from tests.coach.stories import calm, sore, story

NAMES = [field.name for field in dataclasses.fields(Thresholds)]
OPEN = [name for name, safe in SAFE.items() if not safe.is_fixed]
GUARDING = [name for name, safe in SAFE.items() if safe.guards_red_flags and not safe.is_fixed]


def strictest(name: str) -> float:
    """Return the end of a one-sided range that is not the shipped value."""
    safe = SAFE[name]
    return safe.low if safe.high == getattr(SHIPPED, name) else safe.high


def named_in(module) -> set[str]:
    tree = ast.parse(inspect.getsource(module))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & set(NAMES)


# The table


def test_every_threshold_has_a_range():
    assert set(SAFE) == set(NAMES)


def test_no_threshold_stands_there_twice():
    found = (node for node in ast.walk(ast.parse(inspect.getsource(ruleset))) if isinstance(node, ast.Call))
    calls = [
        call for call in found if getattr(call.func, "id", "") in {"_fixed", "_lower", "_higher", "_between"}
    ]
    told = Counter(keyword.arg for call in calls for keyword in call.keywords)
    told += Counter(word.value for call in calls for word in call.args[1:])

    assert set(told) == set(SAFE)
    assert [name for name, times in told.items() if times > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_value_lies_in_its_range(name):
    assert SAFE[name].low <= getattr(SHIPPED, name) <= SAFE[name].high


def test_the_shipped_ruleset_is_safe():
    assert breaches(SHIPPED) == ()


@pytest.mark.parametrize("module", [red_flags, signs, screening])
def test_what_finds_a_warning_sign_reads_only_thresholds_that_cannot_be_weakened(module):
    assert named_in(module)
    for name in named_in(module):
        assert SAFE[name].guards_red_flags, name
        assert getattr(SHIPPED, name) in (SAFE[name].low, SAFE[name].high), name


@pytest.mark.parametrize("name", GUARDING)
def test_a_threshold_of_a_warning_sign_is_open_to_one_side_only(name):
    assert getattr(SHIPPED, name) in (SAFE[name].low, SAFE[name].high)


@pytest.mark.parametrize(
    ("days", "names"),
    [
        (READING_DAYS, ["chronic_window", "bad_days", "impact_quiet_days", "recent_pain_days"]),
        (SET_DAYS, ["gap_again", "step_days", "strength_days_window", "level_up_days", "sides_days"]),
        (ENTRY_DAYS, ["drift_old_from", "reference_from", "recurrence_days", "bone_load_days"]),
    ],
)
def test_no_window_is_wider_than_what_is_kept(days, names):
    assert {name: SAFE[name].high for name in names if SAFE[name].high > days} == {}


def test_the_old_weeks_of_a_drift_can_always_hold_the_readings_asked_for():
    shortest = SAFE["drift_old_from"].low - SAFE["drift_old_to"].high + 1

    assert shortest >= SAFE["drift_old_readings"].high
    assert SAFE["drift_old_to"].low >= SAFE["drift_days"].high


# Stricter is stricter


def worst_flag(decision: Decision) -> Verdict:
    """Return the highest verdict a warning sign gives."""
    flags = [r.verdict for r in decision.reasons if r.rule.startswith("R-") or r.rule in RED_FLAGS]
    return max(flags, default=Verdict.PROGRESS)


def under(history: History, thresholds: Thresholds) -> Decision:
    return decide(facts_from(history, ON, catalogue=CATALOGUE, thresholds=thresholds), thresholds=thresholds)


@given(histories, st.sampled_from(GUARDING))
def test_the_strict_end_never_lowers_a_warning_sign(history, name):
    shipped, strict = under(history, SHIPPED), under(history, with_changes({name: strictest(name)}))

    assert worst_flag(strict) >= worst_flag(shipped)
    assert strict.running.may_run <= shipped.running.may_run


ENDS = st.dictionaries(st.sampled_from(OPEN), st.sampled_from(["low", "high"]), min_size=1, max_size=40)


@given(histories, ENDS)
def test_no_safe_ruleset_lowers_a_warning_sign(history, ends):
    draft = with_changes({name: getattr(SAFE[name], end) for name, end in ends.items()})
    assume(not breaches(draft))

    assert worst_flag(under(history, draft)) >= worst_flag(under(history, SHIPPED))


@pytest.mark.parametrize(
    ("rule", "name", "told"),
    [
        ("R-3b", "fragile_age", calm().runner(birth_year=1966).screen("03-15", 21, minor_injury="yes")),
        ("R-3c", "fragile_pain", sore(5, "03-12").runner(conditions=frozenset({"osteoporosis"}))),
        (
            "R-4",
            "vascular_age",
            calm().runner(birth_year=1970).pain("03-16", "6", sites=frozenset({"abdomen"})),
        ),
        ("W-6", "severe", story().pain("03-15", "7 7")),
        ("W-6", "high", story().pain("03-14", "6 6 6")),
        ("W-6b", "strong", story().pain("03-16", "5")),
        ("R-9", "extension_age", calm().runner(birth_year=2003).screen("03-15", 21, lean_back_pain="yes")),
        ("R-8", "bone_score", calm().screen("03-15", 21, one_sided_sacral="yes")),
    ],
)
def test_the_strict_end_sees_what_the_shipped_value_lets_pass(rule, name, told):
    stricter = told.under(**{name: strictest(name)})

    assert stricter.rules().get(rule, Verdict.PROGRESS) > told.rules().get(rule, Verdict.PROGRESS)


# What is wrong with a ruleset


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"vascular_pain": 6}, []),
        ({"vascular_pain": 7}, [Breach(name="vascular_pain", kind="high", limit=6)]),
        ({"vascular_pain": 4}, []),
        ({"vascular_pain": 3}, [Breach(name="vascular_pain", kind="low", limit=4)]),
        ({"site_days": 6}, [Breach(name="site_days", kind="low", limit=7)]),
        ({"cusum_limit": 12}, []),
        ({"cusum_limit": 12.5}, [Breach(name="cusum_limit", kind="high", limit=12)]),
        ({"pain_day": 3}, [Breach(name="pain_day", kind="high", limit=2)]),
        ({"readings_in_week": 3}, [Breach(name="readings_in_week", kind="low", limit=4, beside="median_readings")]),
        ({"readings_in_week": 3, "median_readings": 3}, []),
        ({"gate_high": 5, "gate_raised": 5}, []),
        ({"week_rise_hold": 2, "week_rise_regress": 1.5}, [
            Breach(name="week_rise_regress", kind="low", limit=2, beside="week_rise_hold")
        ]),
    ],
)  # fmt: skip
def test_names_what_is_not_safe(changes, expected):
    assert list(breaches(with_changes(changes))) == expected


@pytest.mark.parametrize("chain", ORDER, ids=" ".join)
def test_an_order_turned_round_is_refused(chain):
    lower, upper = chain[0], chain[-1]
    turned = with_changes({lower: getattr(SHIPPED, upper) + 1})

    assert any(breach.beside == lower for breach in breaches(turned))


# Changes


def test_keeps_only_what_differs():
    assert changes_in(SHIPPED) == {}
    assert changes_in(with_changes({"cusum_limit": 9, "pain_day": 2})) == {"cusum_limit": 9}


def test_an_unknown_threshold_is_an_error():
    with pytest.raises(TypeError):
        with_changes({"cusum": 9})
