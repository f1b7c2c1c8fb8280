from __future__ import annotations

import pytest

from backpain.coach.decision import Decision, Evidence, Reason, Running, Suppressed, Verdict
from backpain.plan.words.stopped import stopped_by
from backpain.plan.words.values import Names
from tests.coach.stories import planking

NAMES = Names(exercises={}, ladders={"front-plank": "Front plank", "bridge": "Bridge"})
STEP = "a step up: Front plank (E-4)"


def reason(rule, verdict, ladder=None):
    return Reason(
        rule=rule, verdict=verdict, grade="limited", sources=(), evidence=Evidence(values=()), ladder=ladder
    )


def stopped(by, *others, rule="E-4", because="A-2", ladder="front-plank"):
    decision = Decision(
        verdict=max(one.verdict for one in (by, *others)),
        reasons=(by, *others),
        suppressed=(Suppressed(rule=rule, because=because, ladder=ladder),),
        running=Running(may_run=True, cap_m=None, warning="none"),
    )
    return stopped_by(by, decision, NAMES)


EARNED = reason("E-4", Verdict.PROGRESS, "front-plank")
EASED = reason("E-6", Verdict.REGRESS, "front-plank")


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (reason("G-1", Verdict.HOLD), (STEP,)),
        (reason("W-1b", Verdict.PROFESSIONAL), (STEP,)),
        (reason("E-6", Verdict.REGRESS, "bridge"), (STEP,)),
        (reason("E-3", Verdict.HOLD, "bridge"), ()),
        (EARNED, ()),
    ],
)
def test_a_2_is_every_reason_that_holds_all_steps(by, said):
    assert stopped(by, EARNED) == said


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (reason("R-2b", Verdict.URGENT), ("a step down: Front plank (E-6)",)),
        (reason("W-1b", Verdict.PROFESSIONAL), ()),
    ],
)
def test_only_what_stops_training_stops_a_step_down(by, said):
    assert stopped(by, EASED, rule="E-6") == said


@pytest.mark.parametrize(
    ("by", "because", "said"),
    [
        (reason("E-7", Verdict.HOLD, "front-plank"), "E-7", (STEP,)),
        (reason("E-7", Verdict.HOLD, "bridge"), "E-7", ()),
        (reason("E-8", Verdict.HOLD, "front-plank"), "E-7", ()),
        (reason("R-11", Verdict.PROFESSIONAL), "R-11", (STEP,)),
    ],
)
def test_a_rule_that_names_itself_stops_its_own_ladder(by, because, said):
    assert stopped(by, EARNED, because=because) == said


def test_a_step_of_a_rule_without_a_name_is_called_by_its_id():
    assert stopped(reason("G-1", Verdict.HOLD), rule="E-99") == ("E-99",)


def test_running_has_no_ladder():
    assert stopped(reason("G-1", Verdict.HOLD), rule="L-6", ladder=None) == ("the next run-walk stage (L-6)",)


def test_every_dropped_step_of_a_story_is_claimed_by_a_reason():
    decision = planking().pain("03-15", "6 6").decide()

    claimed = [said for one in decision.reasons for said in stopped_by(one, decision, NAMES)]

    assert set(claimed) == {STEP}
