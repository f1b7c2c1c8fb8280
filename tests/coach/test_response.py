"""How bouts are graded and what follows."""

from __future__ import annotations

import pytest

from backpain.coach.bouts import Bout, Grade, grade
from backpain.coach.decision import Verdict
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import calm, day, sore, story

REGRESS, HOLD = Verdict.REGRESS, Verdict.HOLD


@pytest.mark.parametrize(
    ("before", "during", "after", "morning", "signs", "expected"),
    [
        (0, 0, 0, 0, "", Grade.GOOD),
        (1, 2, 2, 2, "", Grade.GOOD),
        (2, 2, 2, 2, "", Grade.GOOD),
        (0, 1, 5, 1, "", Grade.GOOD),
        (0, 2, 0, 0, "", Grade.OKAY),  # rose by two
        (1, 3, 1, 1, "", Grade.OKAY),
        (3, 2, 2, 2, "", Grade.OKAY),  # began above two
        (2, 2, 2, 3, "", Grade.OKAY),
        (0, 5, 5, 1, "", Grade.OKAY),
        (0, 6, 0, 0, "", Grade.BAD),
        (0, 0, 6, 0, "", Grade.BAD),
        (0, 0, 0, 2, "", Grade.BAD),  # not settled
        (5, 5, 5, 6, "", Grade.BAD),
        (4, 4, 4, 5, "", Grade.OKAY),
        (0, 0, 0, 0, "limp", Grade.BAD),
        (0, 0, 0, 0, "sharp", Grade.BAD),
        (0, 0, 0, 0, "stopped", Grade.BAD),
        (None, 0, 0, 0, "", Grade.UNKNOWN),
        (0, None, 0, 0, "", Grade.UNKNOWN),
        (0, 0, 0, None, "", Grade.UNKNOWN),
        (0, 0, None, 0, "", Grade.GOOD),
        (None, None, 6, None, "", Grade.BAD),
        (None, None, None, 6, "", Grade.BAD),
        (0, 6, 0, None, "", Grade.BAD),  # bad comes before unknown
    ],
)
def test_a_bout_gets_its_grade(before, during, after, morning, signs, expected):
    bout = Bout(
        on=day("03-15"),
        is_run=True,
        before=before,
        during=during,
        after=after,
        next_morning=morning,
        signs=tuple(signs.split()),
    )

    assert grade(bout, SHIPPED) is expected


def test_the_worse_of_the_latest_run_and_session_counts():
    bad_run = calm().run("03-12 5000 m 0/6/1/0")

    assert bad_run.rules()["P-4"] is REGRESS
    assert bad_run.session("03-14 superman reps @8 8 8 8 0/0/0/0").rules()["P-4"] is REGRESS
    assert "P-4" not in bad_run.run("03-14 5000 m 0/1/1/0").rules()


def test_an_okay_bout_holds():
    assert calm().run("03-14 5000 m 0/3/1/0").rules()["P-4"] is HOLD
    assert calm().run("03-14 5000 m 0/3/1/0").rules()["P-2"] is HOLD
    assert "P-2" not in calm().run("03-14 5000 m -/6/1/0").rules()


def test_a_bout_without_its_morning_holds_and_asks_but_hides_no_bad_one():
    ungraded = calm().run("03-12 5000 m 0/6/1/0").run("03-15 5000 m 0/1/1/-").pain("03-16", "1")

    assert ungraded.rules()["M-3"] is HOLD
    assert ungraded.rules()["P-4"] is REGRESS
    assert ("next_morning", day("03-16")) in [(ask.what, ask.for_) for ask in ungraded.decide().asks]


def test_the_next_days_value_can_make_a_bout_bad_but_never_better():
    run = calm().run("03-15 5000 m 1/1/1/-")

    assert run.pain("03-16", "3").rules()["P-4"] is REGRESS
    assert "M-3" in run.pain("03-16", "0").rules()


def test_the_morning_is_unknown_on_the_day_of_the_bout():
    run = calm().run("03-15 5000 m 0/1/1/4")

    assert "P-4" not in run.rules("03-15")
    assert "M-3" in run.rules("03-15")
    assert run.rules("03-16")["P-3"] is REGRESS


def test_the_highest_pain_of_the_sets_counts():
    session = calm().session("03-14 superman reps @8 8 8 8 0/1/1/0", set_pain=6)

    assert session.rules()["P-4"] is REGRESS


def test_a_stop_sign_eases():
    assert calm().run("03-14 5000 m 0/1/1/0 limp").rules()["P-5"] is REGRESS
    assert "P-5" not in calm().run("03-14 5000 m 0/1/1/0 shortened").rules()


def test_a_walk_is_not_graded():
    assert "P-4" not in calm().run("03-14 3000 m 0/7/7/0", activity="walk").rules()


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [("1", "3", REGRESS), ("1", "2", HOLD), ("0", "1", None), ("2", "2", None), ("0", "2", HOLD)],
)
def test_worse_than_the_week_before_holds_or_eases(before, now, expected):
    weeks = story().pain("03-03", f"{before} " * 7 + f"{now} " * 7)

    assert weeks.rules().get("P-6") is expected


def test_ordinary_soreness_after_something_new_holds_instead_of_easing():
    sore_after = calm().session("03-14 superman reps @8 8 8 8 0/1/1/2", ordinary_soreness=True)

    assert sore_after.rules()["P-7"] is HOLD
    assert sore_after.rules()["P-4"] is HOLD
    known = calm().session("03-10 superman reps @8 8 8 8 0/0/0/0")
    again = known.session("03-14 superman reps @8 8 8 8 0/1/1/2", ordinary_soreness=True)
    raised = known.session("03-14 superman reps @10 10 10 10 0/1/1/2", ordinary_soreness=True)
    assert again.rules()["P-4"] is REGRESS
    assert raised.rules()["P-4"] is HOLD


@pytest.mark.parametrize(
    ("known_on", "verdict"), [("03-13", REGRESS), ("01-31", REGRESS), ("01-30", HOLD), ("03-15", HOLD)]
)
def test_an_exercise_is_new_that_was_not_done_in_the_six_weeks_before(known_on, verdict):
    known = calm().session(f"{known_on} superman reps @8 8 8 8 0/0/0/-")
    told = known.session("03-14 superman reps @8 8 8 8 0/1/1/2", ordinary_soreness=True)

    assert told.rules()["P-4"] is verdict


@pytest.mark.parametrize(
    ("earlier", "now", "verdict"),
    [
        (("@10", "@8"), "@10", REGRESS),
        (("@10", "@8"), "@12", HOLD),
        (("@-",), "@8", REGRESS),  # nothing to be above of
        (("@8",), "@-", REGRESS),
    ],
)
def test_a_target_is_raised_above_all_the_earlier_ones(earlier, now, verdict):
    told = calm()
    for number, target in enumerate(earlier):
        told = told.session(f"03-{8 + number:02d} superman reps {target} 8 8 8 0/0/0/0")
    told = told.session(f"03-14 superman reps {now} 8 8 8 0/1/1/2", ordinary_soreness=True)

    assert told.rules()["P-4"] is verdict


def test_soreness_excuses_neither_high_pain_nor_a_spread():
    new = "03-14 superman reps @8 8 8 8"

    assert calm().session(f"{new} 0/6/1/2", ordinary_soreness=True).rules()["P-4"] is REGRESS
    assert calm().session(f"{new} 0/1/1/3", ordinary_soreness=True).rules()["P-4"] is REGRESS
    spread = calm().session(f"{new} 0/1/1/2", ordinary_soreness=True, sites=frozenset({"hip-left"}))
    assert spread.rules()["P-4"] is REGRESS

    said = calm().session(f"{new} 0/1/1/2", ordinary_soreness=True)
    next_day, later = (said.pain(on, "2", sites=frozenset({"buttock-left"})) for on in ("03-15", "03-16"))
    assert next_day.rules()["P-4"] is REGRESS
    assert later.rules()["P-4"] is HOLD


def test_someone_assessed_with_steady_pain_may_have_more_of_it():
    steady = sore(3, "01-01").care("02-01", "assessed", "clears").run("03-14 5000 m 3/4/3/3")

    assert "P-4" not in steady.rules()
    assert steady.facts().is_chronic
    assert sore(3, "01-01").care("02-01", "assessed").run("03-14 5000 m 3/4/3/3").rules()["P-4"] is HOLD


def test_pain_of_four_before_a_bout_eases_for_the_day():
    before = calm().run("03-16 5000 m 4/4/4/-")

    assert before.rules()["P-9"] is REGRESS
    assert "P-9" not in before.rules("03-17")
    assert "P-9" not in calm().run("03-16 5000 m 3/3/3/-").rules()


def test_in_assessed_chronic_mode_only_pain_of_six_before_a_bout_eases():
    chronic = sore(3, "01-01").care("02-01", "assessed", "clears")

    assert "P-9" not in chronic.run("03-16 5000 m 5/5/5/-").rules()
    assert chronic.run("03-16 5000 m 6/6/6/-").rules()["P-9"] is REGRESS


def test_pain_of_six_before_a_bout_stops_running_for_the_day():
    assert not calm().run("03-16 5000 m 6/6/6/-").decide().running.may_run
    assert calm().run("03-16 5000 m 5/5/5/-").decide().running.may_run


def test_an_earlier_bout_of_the_day_counts_as_much_as_the_latest():
    later = calm().session("03-16 forearm-plank s @20 20 20 6/5/5/-").run("03-16 3000 m 0/0/0/-")

    assert later.rules()["P-9"] is Verdict.REGRESS
    assert not later.decide().running.may_run
