"""What a reason shows: every value with its day, and the limits it was compared with.

Warning signs: test_red_flag_evidence.py.
"""

from __future__ import annotations

import pytest

from backpain.coach.decision import Evidence, Verdict
from backpain.coach.thresholds import SHIPPED
from tests.coach.stories import calm, day, planking, sore, story
from tests.coach.test_load import WEEKS, jogged, runner, weekly
from tests.coach.test_programme import moved, rising, sided, stuck, trained
from tests.coach.test_red_flag_evidence import has, jumped, line
from tests.coach.test_returning import CLEARED, IDLE, STARTED
from tests.coach.test_tips_of_habits import EVERYTHING, paused

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
        "L-1",
        jogged(30, 30, 30, 70),
        HOLD,
        "run 4200.0s 03-13; longest 1800.0s; load_ratio 2.33 03-13",
        "load_moderate load_high",
    ),
    (
        "L-7",
        runner(9000, 8000, 7000).run("03-15 6000 m 0/6/0/0"),
        REGRESS,
        "bad_run yes 03-15; run_to_go_by 7000.0m; run_hours_off 48h",
        "cap_bad run_off_hours",
    ),
    (
        "L-7",
        runner(8000, 9000).run("03-10 9000 m 0/6/0/0").run("03-13 6400 m 0/6/0/0"),
        REGRESS,
        "bad_run yes 03-13; run_to_go_by 9000.0m",
        "cap_bad_again run_off_hours",
    ),
    ("L-7", calm().run("03-14 - m 0/6/0/0"), REGRESS, "bad_run yes 03-14", "cap_bad run_off_hours"),
    ("L-5", IDLE, HOLD, "walks_missing 2; last_run 2026-02-14 02-14", "walks walk_min"),
    ("L-5", calm().pain("02-14", "0"), HOLD, "walks_missing 2; last_run never", "walks walk_min"),
    (
        "L-5",
        CLEARED.walk("03-12 0/0/0/0"),
        HOLD,
        "walks_missing 1; cleared 2026-03-09 03-09",
        "walks walk_min",
    ),
    ("L-6", STARTED, HOLD, "stage 1", "stage_good"),
    (
        "L-6",
        calm().staged("03-10 3 0/0/0/0", "03-14 3 0/0/0/0"),
        PROGRESS,
        "stage 4; stage_done 3 03-14; good_at_stage 2",
        "stage_good",
    ),
    (
        "L-6",
        calm().staged("03-10 3 0/0/0/0", "03-14 3 0/6/0/0"),
        REGRESS,
        "stage 2; stage_done 3 03-14; good_at_stage 0",
        "stage_good",
    ),
    (
        "L-6",
        calm().staged("03-15 3 0/0/0/0"),
        HOLD,
        "stage 3; stage_done 3 03-15; good_at_stage 1; runs_from 2026-03-17 03-17",
        "stage_good",
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
        story().pain("2026-01-06", "1 " * 27 + "2 " * 29 + "3 " * 13 + "4"),
        PROFESSIONAL,
        "recent_mean 3.1/10 03-16; old_mean 1.0/10 02-02",
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
        "W-5",
        calm().gentle("03-12").pain("03-16", "2", flare=True),
        HOLD,
        "gentle_since 2026-03-12 03-12; flare_said yes 03-16",
        "",
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
    (
        "W-11",
        trained(4, 4)
        .answered("psfs", "01-19", run=4, sit=4, lift=4)
        .answered("psfs", "03-10", run=5, sit=5, lift=6),
        PROFESSIONAL,
        "programme_since 2026-01-19 01-19; strength_days 11days; programme_start 4/10 01-25; "
        "week_median 4/10 03-16; psfs_gain 1.3",
        "programme_strength_days relief_points psfs_points",
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
        planking()
        .placed("back-extension superman 3x8 reps")
        .session("03-12 superman reps @8 8 8 8 0/0/0/0", good_form=False),
        HOLD,
        "missing.sessions 1; missing.form lost 03-12",
        "step_days target=8",
    ),
    (
        "E-3",
        calm().placed("front-plank handstand 3x30 s"),
        HOLD,
        "missing.rung handstand; missing.sessions 2",
        "step_days target=30",
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
        "E-9",
        calm().placed("front-plank forearm-plank 3x30 s", since="2026-01-18"),
        HOLD,
        "gap_days unknown",
        "gap_again",
    ),
    (
        "E-14",
        stuck(7),
        HOLD,
        "sessions_at_target 6 02-28; target 30.0s",
        "plateau_sessions",
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
        "X-1",
        runner(10_000, 10_000, 10_000, 12_345, base=capped()),
        HOLD,
        "load_ratio 1.23 03-13",
        "level_up_days",
    ),
    (
        "X-1",
        runner(
            10_000, 10_000, 10_000, 10_000, base=capped().placed("bridge glute-bridge 3x15 reps", "02-01")
        ).placed("bridge glute-bridge 2x10 s", "03-10"),
        HOLD,
        "level_up yes 03-10",
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
    (
        "E-16",
        capped("single-leg-deadlift", "single-leg", 10)
        .screen("02-20", impact_pain_one_spot="yes")
        .care("03-05", "clears")
        .screen("03-06"),
        HOLD,
        "cleared 2026-03-06 03-06",
        "impact_quiet_days=28",
    ),
    (
        "E-16",
        capped("single-leg-deadlift", "single-leg", 10)
        .screen("02-20", impact_pain_one_spot="yes")
        .care("03-05", "clears")
        .screen("03-06")
        .staged("03-10 7 0/0/0/0", "03-12 6 0/6/0/0"),
        HOLD,
        "bad_bout yes 03-12; stage 6; cleared 2026-03-06 03-06",
        "impact_quiet_days",
    ),
]
TIPS = [
    (
        "L-2",
        weekly(4567, before=WEEKS[:2]),
        "week_total 4567.0m 03-16; usual_week 3333.3m; week_ratio 1.37 03-16",
        "week_distance",
    ),
    (
        "L-2",
        weekly(5000).run("03-15 - m 0/0/0/0", duration_s=600.0),
        "week_total 2400.0s 03-16; usual_week 1800.0s; week_ratio 1.33 03-16",
        "week_distance",
    ),
    (
        "L-3",
        weekly(5500, last_effort=8, minutes=31.4),
        "week_load 240 03-16; usual_load 157; week_ratio 1.53 03-16",
        "week_load",
    ),
    ("L-9", sore(2, "03-12"), "walking 4days 03-12", ""),
    ("E-10", rising(20, 25, 30, 35, 40, 45), "progressing_weeks 5", "progressing_weeks"),
    (
        "E-11",
        sided(10.26, 20),
        "uneven bird-dog 03-14; weaker_side left 03-14; side.left 10.3reps 03-14; side.right 20.0reps 03-14; "
        "side.left 10.3reps 03-11; side.right 20.0reps 03-11",
        "sides_share_reps sides_share_holds sides_holds_s",
    ),
    (
        "E-11",
        sided(50, 40, "s", "side-plank"),
        "uneven side-plank 03-14; weaker_side right 03-14; side.left 50.0s 03-14; side.right 40.0s 03-14; "
        "side.left 50.0s 03-11; side.right 40.0s 03-11",
        "sides_share_reps sides_share_holds sides_holds_s",
    ),
    (
        "E-13",
        moved("1/3/1/1", None),
        "movement cat-cow 03-14; movement_pain 3/10 03-14; session.before 1/10 03-14",
        "mobility_rise",
    ),
    ("E-13", moved("-/1/1/1", 2), "movement cat-cow 03-14; movement_pain 2/10 03-14", "mobility_rise"),
    ("E-15", planking().placed("back-extension superman 3x8 reps"), "exercises 2", ""),
    ("H-1", EVERYTHING["H-1"], "runs_lately 5; runs_hard 5", "surface_days surface_runs surface_share"),
    ("H-2", EVERYTHING["H-2"], "shoe Blue 03-14; shoe_distance 720000m 03-14", "shoe_km"),
    ("H-3", EVERYTHING["H-3"], "last_strength 12days 03-04", "pause_days"),
    ("H-3", paused(None, placed=14), "pause_days 14days", "pause_days"),
    (
        "H-4",
        EVERYTHING["H-4"],
        "sat_long yes 03-14; sat_long yes 03-15; sat_long yes 03-16",
        "sitting_days sitting_window",
    ),
    (
        "Q-1",
        sore(2, "03-12").answered("psfs", "02-16", run=4),
        "form.peg never; form.psfs 2026-02-16 02-16",
        "questionnaire_days",
    ),
]


@pytest.mark.parametrize(("rule", "told", "verdict", "values", "limits"), SHOWN)
def test_a_reason_shows_what_it_saw(rule, told, verdict, values, limits):
    reason = next(reason for reason in told.decide().reasons if reason.rule == rule)

    assert reason.verdict is verdict
    assert lines(reason.evidence) == values.split("; ")
    assert dict(reason.evidence.limits) == named(limits)


@pytest.mark.parametrize(("rule", "told", "values", "limits"), TIPS)
def test_a_tip_shows_what_it_saw(rule, told, values, limits):
    (shown,) = (tip.evidence for tip in told.decide().tips if tip.rule == rule)

    assert lines(shown) == values.split("; ")
    assert dict(shown.limits) == named(limits)


def lines(evidence: Evidence) -> list[str]:
    return [line(value) for value in evidence.values]


def named(limits: str) -> dict[str, float]:
    """Return the ruleset's limits of these names; "=" gives the runner's own."""
    pairs = (limit.partition("=") for limit in limits.split())
    return {name: float(own) if own else getattr(SHIPPED, name) for name, _, own in pairs}


def test_an_earned_hold_shows_the_newest_pain():
    (reason,) = calm().decide().reasons

    assert (reason.rule, reason.verdict, reason.grade, reason.sources) == ("A-3", HOLD, "engineering", ())
    assert [line(value) for value in reason.evidence.values] == ["pain 0/10 03-16"]


def test_three_of_four_readings_are_mostly_pain_and_two_are_not():
    began = story().runner(pain_began_on=day("03-08"))

    assert "W-1a" in began.pain("03-13", "1 4 4 4").rules()
    assert "W-1a" not in began.pain("03-13", "0 1 4 4").rules()
