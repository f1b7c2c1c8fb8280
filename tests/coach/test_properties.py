"""What must hold for any history. HYPOTHESIS_PROFILE=deep looks fifty times as long (README)."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from backpain.coach.chronicle import Chronicle
from backpain.coach.decide import decide
from backpain.coach.decision import Verdict, decision_from
from backpain.coach.facts import facts_from, facts_from_data
from backpain.coach.history import (
    CheckIn,
    History,
    Screening,
    as_data,
    history_from,
)
from backpain.coach.replay import replay
from backpain.coach.screening import EMERGENCY, QUESTIONS
from tests.coach.conftest import CATALOGUE
from tests.coach.histories import (
    ON,
    ago,
    before,
    extremes,
    far_days,
    histories,
    local,
    long_histories,
    scores,
)
from tests.coach.stories import BASE_ITEMS
from tests.coach.windowed import known

EMERGENCY_ITEMS = [question.item for question in QUESTIONS if question.block == EMERGENCY]


def advise(history: History, on: dt.date = ON):
    return decide(facts_from(history, on, catalogue=CATALOGUE))


# More pain


@given(histories, scores)
def test_a_higher_newest_value_is_never_less_cautious(history, score):
    """Exception: the newest value is also the first day of a rest whose end has a score of its own (W-7)."""
    pain = Chronicle(history).pain_by_day
    assume(pain)
    newest = max(on for on in pain if on <= ON + dt.timedelta(days=1))
    assume(newest <= ON and not any(rest.from_on == newest for rest in history.rests))
    kept = [entry for entry in history.check_ins if entry.on != newest]
    told = next((entry for entry in history.check_ins if entry.on == newest), CheckIn(on=newest, score=0))
    raised = replace(told, score=max(score, pain[newest]))

    assert advise(replace(history, check_ins=(*kept, raised))).verdict >= advise(history).verdict


@given(histories, scores, st.sampled_from(["during", "after"]), st.sampled_from(["runs", "sessions"]))
def test_more_pain_in_the_newest_bout_is_never_less_cautious(history, score, moment, kind):
    """The pain before a bout is what the rest is compared with (P-2, P-3): more of it can excuse the rest."""
    assume(getattr(history, kind))
    newest = max(getattr(history, kind), key=lambda bout: bout.started_at)
    was = getattr(newest.pain, moment)
    assume(was is not None)
    raised = replace(newest, pain=replace(newest.pain, **{moment: max(score, was)}))

    assert advise(exchanged(history, kind, newest, raised)).verdict >= advise(history).verdict


@given(histories, st.lists(scores, min_size=2, max_size=2).map(sorted), st.sampled_from(["runs", "sessions"]))
def test_a_worse_newest_morning_is_never_less_cautious(history, mornings, kind):
    """A morning is the daily value of its day too, so nothing later may have been told; rests as above."""
    assume(getattr(history, kind))
    newest = max(getattr(history, kind), key=lambda bout: bout.started_at)
    morning = history.runner.day_of_bout(newest) + dt.timedelta(days=1)
    history = known(replace(history, rests=()), morning)
    newest = next(bout for bout in getattr(history, kind) if bout.started_at == newest.started_at)
    better, worse = (
        exchanged(history, kind, newest, replace(newest, pain=replace(newest.pain, next_morning=score)))
        for score in mornings
    )

    assert advise(worse).verdict >= advise(better).verdict


@given(histories, scores)
def test_more_pain_in_the_newest_sets_is_never_less_cautious(history, score):
    assume(history.sessions)
    newest = max(history.sessions, key=lambda session: session.started_at)
    sets = tuple(replace(done, pain=max(score, done.pain or 0)) for done in newest.sets)
    assume(all(done.pain is not None for done in newest.sets) or newest.pain.during is not None)

    raised = exchanged(history, "sessions", newest, replace(newest, sets=sets))
    assert advise(raised).verdict >= advise(history).verdict


def exchanged(history: History, kind: str, old, new) -> History:
    return replace(
        history, **{kind: tuple(new if entry is old else entry for entry in getattr(history, kind))}
    )


# Flags


@given(histories, st.sampled_from(EMERGENCY_ITEMS), ago)
def test_an_emergency_stays_until_care_clears_it(history, item, days):
    answers = dict.fromkeys(BASE_ITEMS, "no") | {item: "yes"}
    flag = Screening(at=local(history.runner, before(days), 12), kind="full", answers=answers)
    flagged = replace(
        history,
        screenings=(*history.screenings, flag),
        care=tuple(care for care in history.care if care.on < before(days) or not care.clears),
    )

    decision = advise(flagged)

    assert decision.verdict is Verdict.EMERGENCY
    assert not decision.running.may_run
    assert decision.moves == ()


@given(histories)
def test_there_is_always_a_reason_and_no_move_up_beside_caution(history):
    decision = advise(history)

    assert decision.reasons
    assert decision.verdict is Verdict.PROGRESS or not any(move.goes_up for move in decision.moves)
    assert max(reason.verdict for reason in decision.reasons) >= Verdict.HOLD or decision.moves


# Silence


@given(histories, st.integers(0, 400))
def test_three_days_without_an_entry_never_progress(history, more):
    last = max(Chronicle(history).pain_by_day, default=ON)  # a morning belongs to the day after its bout

    assert advise(history, max(ON, last) + dt.timedelta(days=3 + more)).verdict is not Verdict.PROGRESS


@given(histories, st.sampled_from([0, 1]))
def test_leaving_out_a_quiet_newest_day_earns_no_progress(history, score):
    """Exception: a day that itself warned (pain of 2 and more, a bout, an answer, a site, a rest, a skipped run).

    Nobody can know what was left out; M-2 bounds it to two days.
    """
    without = known(history, before(1))
    with_day = replace(without, check_ins=(*without.check_ins, CheckIn(on=ON, score=score)))

    assume(advise(with_day).verdict is not Verdict.PROGRESS)

    assert advise(without).verdict is not Verdict.PROGRESS


# The same input


@given(long_histories(), st.randoms())
def test_the_order_of_entry_does_not_matter(history, random):
    names = "check_ins runs sessions screenings care rests skipped_runs placements questionnaires".split()
    mixed = {
        name: tuple(random.sample(getattr(history, name), len(getattr(history, name)))) for name in names
    }

    assert advise(replace(history, **mixed)) == advise(history)


@given(histories)
def test_the_same_entries_give_the_same_decision(history):
    again = history_from(json.loads(json.dumps(as_data(history))))
    again = replace(again, run_walk_since=history.run_walk_since, gentle_since=history.gentle_since)

    assert advise(again) == advise(history) == advise(history)


@given(histories)
def test_everything_survives_json(history):
    facts = facts_from(history, ON, catalogue=CATALOGUE)
    decision = decide(facts)

    assert facts_from_data(facts.as_data()) == facts
    assert decide(facts_from_data(facts.as_data())) == decision
    assert decision_from(decision.as_data()) == decision


@given(long_histories(), ago)
def test_a_windowed_history_of_what_was_known_decides_alike(history, days):
    """But for placements without a date: they count on the last day there is, which the window moves."""
    on, dated = before(days), tuple(placed for placed in history.placements if placed.since)
    history = replace(history, placements=dated)

    assert advise(known(history, on), on) == advise(history, on)


@given(long_histories(), st.integers(0, 40))
def test_one_pass_equals_asking_from_scratch(history, days):
    passed = list(replay(history, before(days), ON, catalogue=CATALOGUE))

    for on, verdict, rules in passed:
        scratch = advise(history, on)
        assert (verdict, set(rules)) == (scratch.verdict, {reason.rule for reason in scratch.reasons}), on


@given(histories, st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Etc/UTC"]))
def test_the_same_local_times_in_another_zone_decide_alike(history, zone):
    moved = replace(history.runner, time_zone=zone)

    def there(at: dt.datetime) -> dt.datetime:
        here = at.astimezone(local(history.runner, ON, 12).tzinfo)
        return local(moved, here.date(), here.hour, here.minute)

    abroad = replace(
        history,
        runner=moved,
        runs=tuple(replace(run, started_at=there(run.started_at)) for run in history.runs),
        sessions=tuple(replace(s, started_at=there(s.started_at)) for s in history.sessions),
        screenings=tuple(replace(s, at=there(s.at)) for s in history.screenings),
    )

    assert advise(abroad) == advise(history)


@given(histories, st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago"]))
def test_a_runner_who_moves_keeps_the_days_of_every_bout(history, zone):
    day_of = history.runner.day_of_bout
    kept = replace(
        history,
        screenings=(),
        runs=tuple(replace(run, on=day_of(run)) for run in history.runs),
        sessions=tuple(replace(session, on=day_of(session)) for session in history.sessions),
    )

    assert advise(replace(kept, runner=replace(kept.runner, time_zone=zone))) == advise(kept)


# Anything the contract allows


@given(extremes, far_days)
def test_whatever_the_contract_allows_is_decided(history, on):
    decision = advise(history, on)

    assert decision.reasons
    assert decision_from(decision.as_data()) == decision
