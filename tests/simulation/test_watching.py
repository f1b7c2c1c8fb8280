import pytest

from backpain.coach.decide import decide
from backpain.coach.decision import Verdict
from backpain.coach.facts import facts_from
from backpain.coach.thresholds import SHIPPED
from backpain.exercises.shipped import shipped_catalogue
from backpain.simulation import watching
from backpain.simulation.diaries import Order, make, on
from backpain.simulation.watching import changed_when_retold, flips, misses_emergency, watch

KNOWN = {"catalogue": shipped_catalogue(), "thresholds": SHIPPED}


def order(cohort, number=0, **more):
    return Order(cohort=cohort, number=number, seed=1, **more)


def test_a_runner_is_asked_about_on_every_day():
    told = order("worsen_step", diary=True)
    seen = watch(told, **KNOWN)
    history = make(told, catalogue=KNOWN["catalogue"]).history

    assert seen.days == len(seen.verdicts) == 84
    for day in (0, 30, 83):
        asked = decide(facts_from(history, on(day), **KNOWN), thresholds=SHIPPED)
        assert seen.verdicts[day] is asked.verdict
    assert seen.first_of(("W-3",)) is not None
    assert seen.first_of(("W-3", "W-99")) == seen.first_of(("W-3",))
    assert seen.first_of(("W-99",)) is None
    assert seen.alarms >= 1 and seen.alerts >= 1


def test_a_quiet_back_raises_no_alarm():
    seen = watch(order("minor"), **KNOWN)

    assert (seen.alarms, seen.worse_from, seen.first_of(("W-3", "W-4"))) == (0, None, None)


def test_an_isolated_flare_counts_from_its_first_day():
    seen = watch(order("flare_21_days"), **KNOWN)

    assert seen.days == 84 - 50
    assert min(seen.first.values()) >= 50


@pytest.mark.parametrize("cohort", ["always_three", "nought_or_six"])
def test_an_adversarial_pattern_is_never_told_to_progress(cohort):
    assert Verdict.PROGRESS not in watch(order(cohort, diary=True), **KNOWN).verdicts


def test_no_emergency_is_missed():
    orders = [order(cohort, number) for cohort in ("minor", "stable_mild") for number in range(5)]

    assert not any(misses_emergency(each, **KNOWN) for each in orders)


def test_a_missed_emergency_would_be_noticed(monkeypatch):
    monkeypatch.setattr(watching, "_verdict", lambda *about: Verdict.URGENT)

    assert misses_emergency(order("minor"), **KNOWN)


def test_entries_told_late_and_elsewhere_change_no_day():
    assert changed_when_retold(order("flare_recover", diary=True), **KNOWN) == 0


def test_a_day_that_moves_would_be_noticed(monkeypatch):
    def one_fewer(history, **_):
        return type(history)(runner=history.runner, check_ins=history.check_ins[:-20])

    monkeypatch.setattr(watching, "retold", one_fewer)

    assert changed_when_retold(order("persist_severe"), **KNOWN) > 0


def test_some_verdicts_flip_with_a_reading_and_most_do_not():
    found = [flips(order("fluctuating", number), **KNOWN) for number in range(40)]

    assert 0 < sum(found) < 20
