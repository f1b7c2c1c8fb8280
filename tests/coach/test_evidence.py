"""What a reason shows: every value with its day, and the limits it was compared with.

Warning signs: test_red_flag_evidence.py.
"""

from __future__ import annotations

import pytest

from backpain.coach.decision import Verdict
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import calm, day, planking, sore, story
from tests.coach.test_red_flag_evidence import has, jumped, line

PROFESSIONAL, REGRESS, HOLD, PROGRESS = Verdict.PROFESSIONAL, Verdict.REGRESS, Verdict.HOLD, Verdict.PROGRESS


def usual(values: str):
    """Twos, and from 23 February on these values."""
    return story().pain("2026-01-20", "2 " * 34 + values)


def planks(done: str, **more):
    """Two sessions of the forearm plank, 25 s wanted."""
    told = calm().placed("front-plank forearm-plank 3x25 s")
    for on in ("03-11", "03-14"):
        told = told.session(f"{on} forearm-plank s @25 {done} 0/0/0/0", **more)
    return told


def capped(exercise: str = "beetle", ladder: str = "anti-extension", target: int = 12):
    """Two sessions at the cap of a rung, both sides."""
    told = calm().placed(f"{ladder} {exercise} 3x{target} reps")
    for on in ("03-11", "03-14"):
        done = f"{target} {target} {target}"
        told = told.session(f"{on} {exercise} reps @{target} {done} 0/0/0/0", sides=("left", "right"))
    return told


SHOWN = [
    (
        "P-4",
        calm().run("03-12 5000 m 0/6/1/0").session("03-14 superman reps @8 8 8 8 0/1/1/-").pain("03-15", "3"),
        REGRESS,
        "run.before 0/10 03-12; run.during 6/10 03-12; run.after 1/10 03-12; "
        "run.next_morning 0/10 03-13; session.before 0/10 03-14; session.during 1/10 03-14; "
        "session.after 1/10 03-14; session.next_morning 3/10 03-15",
        "zone_high settled_rise",
    ),
    (
        "P-4",
        calm().run("03-14 5000 m 0/3/1/0"),
        HOLD,
        "run.before 0/10 03-14; run.during 3/10 03-14; run.after 1/10 03-14; run.next_morning 0/10 03-15",
        "zone_high settled_rise",
    ),
    (
        "P-2",
        calm().run("03-12 5000 m 0/2/1/0").session("03-14 superman reps @8 8 8 8 1/2/1/1"),
        HOLD,
        "run.before 0/10 03-12; run.during 2/10 03-12; run.after 1/10 03-12; run.next_morning 0/10 03-13",
        "rise",
    ),
    (
        "P-3",
        calm().run("03-14 5000 m 0/1/1/2"),
        REGRESS,
        "run.before 0/10 03-14; run.during 1/10 03-14; run.after 1/10 03-14; run.next_morning 2/10 03-15",
        "settled_rise",
    ),
    (
        "P-5",
        calm().run("03-14 5000 m 0/1/1/0 limp sharp"),
        REGRESS,
        "run.before 0/10 03-14; run.during 1/10 03-14; run.after 1/10 03-14; "
        "run.next_morning 0/10 03-15; run.sign limp 03-14; run.sign sharp 03-14",
        "",
    ),
    (
        "P-7",
        calm().session("03-14 superman reps @8 8 8 8 0/1/1/2", ordinary_soreness=True),
        HOLD,
        "session.before 0/10 03-14; session.during 1/10 03-14; session.after 1/10 03-14; "
        "session.next_morning 2/10 03-15",
        "soreness_rise",
    ),
    (
        "P-9",
        calm().run("03-16 5000 m 4/4/4/-"),
        REGRESS,
        "run.before 4/10 03-16",
        "before_raised before_high",
    ),
    (
        "P-9",
        calm().session("03-16 superman reps @8 8 6/4/4/-"),
        REGRESS,
        "session.before 6/10 03-16",
        "before_raised before_high",
    ),
    (
        "P-6",
        story().pain("03-03", "1 " * 7 + "3 " * 7),
        REGRESS,
        "week_median 3/10 03-16; earlier_week_median 1/10",
        "week_rise_regress",
    ),
    (
        "P-6",
        story().pain("03-03", "1 " * 7 + "2 " * 7),
        HOLD,
        "week_median 2/10 03-16; earlier_week_median 1/10",
        "week_rise_hold",
    ),
    (
        "M-2",
        calm().pain("03-13", "3 . . ."),
        HOLD,
        "pain 3/10 03-13; readings_in_week 4",
        "stale_after readings_in_week",
    ),
    ("M-2", story(), HOLD, "readings_in_week 0", "stale_after readings_in_week"),
    ("M-2", story().pain("03-13", "1 . 1 1"), HOLD, "readings_in_week 3", "stale_after readings_in_week"),
    (
        "M-3",
        calm().run("03-15 5000 m -/1/1/-").session("03-14 superman reps @8 8 8 8 0/-/1/1"),
        HOLD,
        "run.before missing 03-15; run.next_morning missing 03-15; session.during missing 03-14",
        "",
    ),
    (
        "M-5",
        story().pain("02-23", "3 " * 18 + ". . . ."),
        HOLD,
        "pain 3/10 03-12; silent_days 4days",
        "silent_days",
    ),
    ("G-1", sore(4, "03-10"), HOLD, "week_median 4/10 03-16", "gate_median"),
    (
        "G-1",
        sore(4, "01-01").care("02-01", "assessed", "clears").pain("03-12", "6 6 6 6 6"),
        HOLD,
        "week_median 6/10 03-16",
        "gate_median=5",
    ),
    ("G-2", calm().pain("03-14", "6 5"), HOLD, "pain 6/10 03-14", "gate_high gate_raised"),
    ("G-2", calm().pain("03-10", "5 1 5"), HOLD, "pain 5/10 03-10; pain 5/10 03-12", "gate_high gate_raised"),
    ("G-3", calm().unscreened(), HOLD, "screened never", "screen_days"),
    ("G-3", calm().unscreened().screen("02-13"), HOLD, "screened 2026-02-13 02-13", "screen_days"),
    (
        "G-3",
        calm().pain("03-16", "2"),
        HOLD,
        "screened 2026-03-15 03-15; screen_owed 2026-03-16 03-16",
        "screen_days=7",
    ),
    (
        "G-3",
        calm().pain("03-16", "1", sites=has("back-of-thigh-left")),
        HOLD,
        "screened 2026-03-15 03-15; screen_owed 2026-03-16 03-16",
        "screen_days",
    ),
    (
        "L-1",
        jumped(),
        HOLD,
        "run 12000.0m 03-13; longest 8000.0m; load_ratio 1.5 03-13",
        "load_moderate load_high",
    ),
    (
        "W-1a",
        sore(3, "03-08").skipped("03-12").run("03-10 5000 m 2/3/3/3 shortened"),
        PROFESSIONAL,
        "episode_days 8days 03-08; week_median 3/10 03-16; affected shortened 03-10; affected skipped 03-12",
        "week_episode persistent_median",
    ),
    (
        "W-1b",
        sore(3, "03-01"),
        PROFESSIONAL,
        "episode_days 15days 03-01; pain_days 14days; readings 14; week_median 3/10 03-16; "
        "earlier_week_median 3/10 03-09",
        "fortnight_episode persistent_median",
    ),
    (
        "W-1c",
        sore(2, "03-14").runner(pain_began_on=day("2025-12-22")),
        PROFESSIONAL,
        "episode_days 84days 12-22; pain_days 3days",
        "chronic_unassessed",
    ),
    (
        "W-1d",
        story().pain("02-23", "3 . . 3 . . . 3 . . 3 . . . 3 . . 3 . . . 3"),
        PROFESSIONAL,
        "episode_days 21days 02-23; pain_days 6days; raised_readings 6",
        "block_pain_days block_raised_count",
    ),
    (
        "W-2",
        calm().skipped("03-03").run("03-14 5000 m 0/1/0/0 stopped limp"),
        PROFESSIONAL,
        "affected skipped 03-03; affected limp 03-14",
        "affected_runs",
    ),
    (
        "W-3",
        usual("5 5 5 5 5 5 5 5").pain("03-03", "5 " * 14),
        PROFESSIONAL,
        "worse_since 2026-03-02 03-02; usual 2.0/10 03-02; pain 5/10 03-16",
        "cusum_limit worse_median",
    ),
    (
        "W-3c",
        story().pain("03-03", "1 1 1 1 1 1 1 4 4 4 4 4 4 4"),
        PROFESSIONAL,
        "week_median 4/10 03-16; earlier_week_median 1/10 03-09",
        "cold_start_rise",
    ),
    (
        "W-4",
        story().pain("2026-01-06", "1 " * 28 + "2 " * 28 + "3 " * 14),
        PROFESSIONAL,
        "recent_mean 3.0/10 03-16; old_mean 1.0/10 02-02",
        "drift_rise",
    ),
    (
        "W-5",
        calm().pain("03-14", "5 6 5"),
        REGRESS,
        "pain 5/10 03-14; pain 6/10 03-15; pain 5/10 03-16",
        "flare_rise flare_floor",
    ),
    (
        "W-7",
        story().pain("03-10", "5 . 4").rest("03-10", "03-12"),
        PROFESSIONAL,
        "rest_days 3days 03-12; rest_start 5/10 03-10; rest_end 4/10 03-12",
        "rest_days relief_points",
    ),
    (
        "W-8",
        calm()
        .pain("03-05", "1", sites=has("knee-left", "low-back-left"))
        .run("03-10 5000 m 0/0/0/0", sites=has("neck")),
        PROFESSIONAL,
        "site knee-left 03-05; site neck 03-10",
        "spread_days",
    ),
    (
        "W-9",
        calm().run("03-05 5000 m 1/6/2/1").run("03-09 5000 m 1/6/2/1").run("03-13 5000 m 1/6/2/1"),
        PROFESSIONAL,
        "bad_bout yes 03-05; bad_bout yes 03-09; bad_bout yes 03-13",
        "bad_bouts",
    ),
    (
        "W-10",
        sore(3, "03-14").runner(episodes_last_12_months=3),
        PROFESSIONAL,
        "episodes 3; episode_days 2days 03-14",
        "recurrences recurrence_soon",
    ),
    (
        "W-10",
        story().pain("2026-01-29", "4 4 " + "0 " * 30).pain("03-15", "4 4"),
        PROFESSIONAL,
        "episodes 2; recovered 2026-02-26 02-26; episode_days 1days 03-15",
        "recurrences recurrence_soon",
    ),
    ("W-12", calm().runner(pain_began_on=day("03-09")), HOLD, "onset 2026-03-09 03-09", "new_episode_days"),
    (
        "W-12",
        story().pain("2026-01-20", "0 " * 53 + "3 3 4"),
        REGRESS,
        "pain 3/10 03-14; pain 3/10 03-15; pain 4/10 03-16",
        "flare_rise",
    ),
    (
        "E-3",
        planking().placed("back-extension superman 3x8 reps"),
        HOLD,
        "missing.sessions 2",
        "step_days target=8",
    ),
    (
        "E-3",
        calm()
        .placed("front-plank forearm-plank 3x25 s")
        .session("02-27 forearm-plank s @20 20 20 25 0/0/0/0")
        .session("03-14 forearm-plank s @25 24 25 0/3/0/0", good_form=None),
        HOLD,
        "missing.good okay 03-14; missing.lowest_set 24.0s 03-14; missing.sets 2sets 03-14; "
        "missing.form not said 03-14; missing.recent forearm-plank 02-27; missing.target 20.0s 02-27",
        "step_days target=25",
    ),
    (
        "E-3f",
        planks("25 25 27", effort=6),
        PROGRESS,
        "last_set 27.0s 03-14; last_set 27.0s 03-11",
        "fast_surplus fast_effort",
    ),
    ("E-4", planking(), PROGRESS, "lowest_set 25.0s 03-14; lowest_set 25.0s 03-11", "target=25"),
    ("E-5", capped(), PROGRESS, "lowest_set 12.0reps 03-14; lowest_set 12.0reps 03-11", "target=12"),
    (
        "E-6",
        calm()
        .placed("front-plank forearm-plank 3x30 s")
        .session("03-11 forearm-plank s @30 30 30 30 0/6/0/0")
        .session("03-14 forearm-plank s @30 30 30 30 0/6/0/0"),
        REGRESS,
        "bad_session yes 03-14; bad_session yes 03-11; hours_off 72h",
        "",
    ),
    (
        "E-6",
        calm()
        .placed("front-plank forearm-plank 3x30 s")
        .session("03-11 forearm-plank s @30 30 30 30 0/0/0/0", good_form=False)
        .session("03-14 forearm-plank s @30 30 30 30 0/0/0/0", good_form=False),
        REGRESS,
        "lost_form yes 03-14; lost_form yes 03-11",
        "",
    ),
    (
        "E-7",
        planking()
        .session("03-15 superman reps @8 8 8 8 0/0/0/0")
        .session("03-16 superman reps @8 8 8 8 0/0/0/-"),
        HOLD,
        "strength_days 4days",
        "strength_days_week",
    ),
    (
        "E-7",
        calm()
        .placed("front-plank forearm-plank 3x25 s")
        .session("03-14 forearm-plank s @25 25 25 25 0/0/0/0"),
        HOLD,
        "strength_days 1days",
        "strength_days_least",
    ),
    (
        "E-7",
        planking().session("03-15 forearm-plank s @25 25 25 25 0/0/0/0"),
        HOLD,
        "session forearm-plank 03-15; session forearm-plank 03-14",
        "spacing_days",
    ),
    (
        "E-8",
        calm()
        .placed("quadruped bird-dog 3x8 reps")
        .session("03-14 bird-dog reps @8 8 8 8 0/0/0/0", hold_s=11),
        HOLD,
        "hold_s 11s 03-14",
        "hold_longest_s",
    ),
    (
        "E-9",
        calm()
        .placed("front-plank forearm-plank 3x25 s")
        .session("03-08 forearm-plank s @25 25 25 25 0/0/0/0"),
        HOLD,
        "gap_days 8days 03-08",
        "gap_fewer_sets",
    ),
    (
        "E-9",
        calm()
        .placed("front-plank forearm-plank 3x25 s")
        .session("03-01 forearm-plank s @25 25 25 25 0/0/0/0"),
        REGRESS,
        "gap_days 15days 03-01",
        "gap_step",
    ),
    (
        "E-9",
        calm()
        .placed("front-plank forearm-plank 3x25 s")
        .session("01-18 forearm-plank s @25 25 25 25 0/0/0/0"),
        HOLD,
        "gap_days 57days 01-18",
        "gap_again",
    ),
    (
        "X-1",
        capped()
        .session("03-12 glute-bridge reps @10 10 10 10 0/0/0/0")
        .session("03-14 single-leg-bridge reps @8 8 8 0/0/0/0"),
        HOLD,
        "level_up yes 03-14",
        "level_up_days",
    ),
    (
        "E-16",
        capped("single-leg-deadlift", "single-leg", 10)
        .run("03-10 3000 m 0/6/0/0")
        .run("03-14 3000 m 0/0/0/0"),
        HOLD,
        "bad_bout yes 03-10",
        "impact_quiet_days=28",
    ),
]


@pytest.mark.parametrize(("rule", "told", "verdict", "values", "limits"), SHOWN)
def test_a_reason_shows_what_it_saw(rule, told, verdict, values, limits):
    reason = next(reason for reason in told.decide().reasons if reason.rule == rule)
    shown = reason.evidence
    wanted = {}
    for limit in limits.split():
        name, _, own = limit.partition("=")  # "=": the runner's own, not the ruleset's
        wanted[name] = float(own) if own else getattr(SHIPPED, name)

    assert reason.verdict is verdict
    assert [line(value) for value in shown.values] == values.split("; ")
    assert dict(shown.limits) == wanted


def test_an_earned_hold_shows_the_newest_pain():
    (reason,) = calm().decide().reasons

    assert (reason.rule, reason.verdict, reason.grade, reason.sources) == ("A-3", HOLD, "engineering", ())
    assert [line(value) for value in reason.evidence.values] == ["pain 0/10 03-16"]


def test_three_of_four_readings_are_mostly_pain_and_two_are_not():
    began = story().runner(pain_began_on=day("03-08"))

    assert "W-1a" in began.pain("03-13", "1 4 4 4").rules()
    assert "W-1a" not in began.pain("03-13", "0 1 4 4").rules()
