"""Every number of the rules. A ruleset is one set of values; rules take it as an argument.

Pain scores are points of 0-10, times are days unless a unit is named. The source of each number is
the rule it is named under (rules.md); where only the project chose it, the comment says so.
"""

from __future__ import annotations

from dataclasses import dataclass

RULESET = "2026.1"
ENGINE = "4"


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    # The daily series (section 2)
    pain_day: int = 2  # C35: one minimal important change
    median_readings: int = 4  # readings a 7-day median needs
    reference_from: int = 41  # ref: median of days t-41 ...
    reference_to: int = 10  # ... to t-10
    reference_readings: int = 10
    recovered_days: int = 28  # C35: a month without pain
    recovered_readings: int = 10
    recovered_pain_days: int = 1
    assessed_days: int = 90  # an assessment counts this long; the project's choice

    # M: data quality
    stale_after: int = 3  # M-2
    readings_in_week: int = 4  # M-2
    silent_episode_after: int = 14  # M-5: EL above this
    silent_days: int = 4  # M-5

    # P: response to bouts (C09-C11)
    zone_acceptable: int = 3  # P-1, lower edge of the raised zone; the stricter of the published ones
    zone_high: int = 6  # P-1, lower edge of the high zone
    rise: int = 2  # P-2, during minus before
    settled_rise: int = 1  # P-3, next morning minus before
    good_before: int = 2  # P-4
    good_during: int = 2  # P-4
    good_morning: int = 2  # P-4
    week_rise_regress: float = 2  # P-6
    week_floor_regress: float = 3  # P-6
    week_rise_hold: float = 1  # P-6
    week_floor_hold: float = 2  # P-6
    soreness_rise: int = 2  # P-7
    soreness_morning: int = 4  # P-7
    chronic_days: int = 42  # P-8, EL
    chronic_during: int = 5  # P-8
    chronic_over_reference: float = 1  # P-8
    before_high: int = 6  # P-9
    before_raised: int = 4  # P-9

    # G: gate for any progression
    gate_median: float = 3  # G-1, mild upper edge (C07)
    gate_high: int = 6  # G-2
    gate_high_days: int = 3  # G-2
    gate_raised: int = 5  # G-2
    gate_raised_count: int = 2  # G-2, in 7 days
    screen_days_episode: int = 7  # G-3
    screen_days: int = 30  # G-3
    screen_jump: int = 3  # R-0, full screen
    nerve_jump: int = 2  # R-0, nerve set
    nerve_pain: int = 6  # R-0, nerve set

    # W: course of the pain
    week_episode: int = 8  # W-1a, EL at least
    pain_day_share: float = 0.75  # W-1a, W-1b, W-3
    persistent_median: float = 2  # W-1a, W-1b
    fortnight_episode: int = 14  # W-1b, EL above
    fortnight_readings: int = 7  # W-1b, of 14 days
    fortnight_median_readings: int = 3  # W-1b
    recent_pain_days: int = 4  # W-1b, a pain day in the last ...
    deferral_ends: int = 28  # W-1b, EL
    deferral_median: float = 3  # W-1b
    relief_points: float = 2  # W-1b, W-7: minimal important change (C01-C03)
    relief_share: float = 0.30  # W-1b, W-7 (C01, C03)
    chronic_unassessed: int = 84  # W-1c, EL
    chronic_pain_days: int = 3  # W-1c
    chronic_window: int = 28  # W-1c
    blocks_episode: int = 21  # W-1d, EL
    block_pain_days: int = 2  # W-1d, in each of three weeks
    block_raised: int = 3  # W-1d, score
    block_raised_count: int = 3  # W-1d
    affected_days: int = 14  # W-2
    affected_runs: int = 2  # W-2
    cusum_slack: float = 1.0  # W-3
    cusum_limit: float = 8  # W-3
    cusum_days: int = 7  # W-3, since the sum left zero
    cusum_reference: float = 1  # W-3 is off below this
    worse_latest: float = 1  # W-3, latest over ref
    worse_median: float = 2  # W-3, median of 8 days over ref
    worse_window: int = 8  # W-3
    worse_released: float = 1  # W-3, med7 over ref at firing
    cold_start_before: float = 1  # W-3c, prev7
    cold_start_now: float = 3  # W-3c, med7
    cold_start_rise: float = 2  # W-3c
    cold_start_apart: tuple[int, int] = (3, 7)  # W-3c, days between the two looks
    drift_days: int = 14  # W-4
    drift_readings: int = 8  # W-4, in these
    drift_old_from: int = 69  # W-4, days t-69 ...
    drift_old_to: int = 42  # W-4, ... to t-42
    drift_old_readings: int = 12  # W-4, in these
    drift_rise: float = 2  # W-4
    drift_old_mean: float = 1  # W-4
    flare_readings: int = 3  # W-5
    flare_span: int = 5  # W-5, W-6: readings within
    flare_rise: float = 2  # W-5, over ref
    flare_floor: int = 5  # W-5 without a reference
    severe: int = 8  # W-6, on two readings
    severe_count: int = 2  # W-6
    high: int = 7  # W-6, on three readings
    high_count: int = 3  # W-6
    newest_days: int = 3  # W-6, W-6b: newest reading at most this old
    strong: int = 6  # W-6b
    strong_unable: int = 8  # W-6b with unable to walk or dress
    rest_days: int = 3  # W-7
    rest_ended: int = 14  # W-7
    rest_relieved: int = 1  # W-7
    spread_days: int = 14  # W-8
    bad_bouts: int = 3  # W-9
    bad_days: int = 14  # W-9
    recurrences: int = 3  # W-10
    recurrence_days: int = 365  # W-10
    recurrence_soon: int = 30  # W-10, after recovery
    programme_days: int = 56  # W-11: 8 weeks, the trial length in runners (C14)
    programme_strength_days: int = 11  # W-11, in these: 70 % of two a week
    new_episode_days: int = 7  # W-12

    # R: red flags (ages in years)
    fragile_age: int = 65  # R-3b
    vascular_age: int = 60
    vascular_onset: int = 14
    vascular_jump: int = 3
    vascular_pain: int = 6
    fragile_pain: int = 6  # R-3c
    mid_back_pain: int = 6
    bone_score: int = 2
    bone_age: int = 20  # R-8, under
    bone_load_days: int = 42  # R-8, after an L-1 moderate or high
    site_days: int = 7  # R-8c
    extension_age: int = 20  # R-9, under
    extension_days: int = 14  # R-9, EL
    extension_during: int = 3  # R-9, no running from here on
    inflammatory_age: int = 45  # R-10, at onset, under
    inflammatory_days: int = 90  # R-10, EL
    inflammatory_items: int = 3
    child_age: int = 16  # R-11, under
    youth_age: int = 18  # R-11 and W-1a, under
    first_ever_age: int = 55

    # L: running load (C15)
    longest_days: int = 30  # L30
    load_runs: int = 3  # L-1, runs L30 needs
    load_small: float = 1.10  # L-1, ratio above
    load_moderate: float = 1.30  # L-1, ratio above
    load_high: float = 2.00  # L-1, ratio above
    load_floor_m: float = 1000  # L-1, metres; the project's choice
    load_days: int = 7  # L-1, HOLD
    cap_good: float = 1.10  # L-1p
    cap_okay: float = 1.00  # L-1p
    cap_bad: float = 0.80  # L-1p, L-7
    cap_bad_again: float = 0.60  # L-1p, L-7
    run_gap: int = 8  # L-8, days since the last run
    run_gap_long: int = 15  # L-8
    cap_gap: float = 0.90  # L-8
    cap_gap_long: float = 0.70  # L-8
    week_distance: float = 1.30  # L-2, ratio above
    week_load: float = 1.50  # L-3, ratio above
    week_load_distance: float = 1.10  # L-3, with a distance ratio at most this
    weeks_with_runs: int = 2  # L-2, L-3: of the three weeks before
    restart_days: int = 30  # L-5: days without a run; days a clearance or a walk counts for it
    restart_log_days: int = 30  # L-5, the log is at least this old
    walks: int = 2  # L-5
    walk_min: float = 30  # L-5, minutes a walk takes at least
    walk_during: int = 2  # L-5
    stage_good: int = 2  # L-6, good runs in a row at a stage
    stages_up: int = 2  # L-6, at most, in ...
    stages_up_days: int = 7  # L-6
    stage_spacing_days: int = 2  # L-6: every other day
    stage_days_off: int = 2  # L-6, whole days after two bad ones in a row
    run_off_hours: int = 48  # L-7, hours after a bad run
    ramp_days: int = 30  # W-5: a flare keeps the cap down this long at most, as L30 does

    # E, X: exercise (C20-C22, C28, C29)
    trial_reps: int = 8  # E-1
    trial_hold_s: int = 10  # E-1, seconds
    trial_pain: int = 2  # E-1
    first_exercises: int = 4  # E-1
    first_families: int = 3  # E-1
    step_days: int = 14  # E-3, both sessions within
    fast_surplus: float = 2  # E-3f, over the target in the last set
    fast_effort: int = 6  # E-3f, session effort 0-10
    sets: int = 3  # E-2, E-4
    spacing_days: int = 2  # E-7
    strength_days_week: int = 3  # E-7, more than this holds
    strength_days_least: int = 2  # E-7, in ...
    strength_days_window: int = 10  # E-7
    hold_longest_s: float = 10  # E-8, seconds
    gap_fewer_sets: int = 8  # E-9
    gap_step: int = 15  # E-9
    gap_two_steps: int = 29  # E-9
    gap_again: int = 57  # E-9
    rest_hours_after_two: int = 72  # E-6, hours off the exercise after two in a row
    impact_quiet_days: int = 14  # E-16, after the run-walk stages
    impact_quiet_days_runner: int = 28  # E-16, never in run-walk
    last_stage: int = 7  # E-16, L-6
    progressing_weeks: int = 5  # E-10
    easier_share: float = 0.5  # E-10, of the sets
    sides_share_reps: float = 0.15  # E-11 (C26, C27)
    sides_share_holds: float = 0.10  # E-11
    sides_holds_s: float = 5  # E-11, seconds
    sides_tests: int = 2  # E-11
    sides_days: int = 14  # E-11, both tests within, as E-3
    mobility_rise: int = 1  # E-13
    mobility_days: int = 14  # E-13, a movement left out longer is asked about no more
    plateau_sessions: int = 6  # E-14
    level_up_days: int = 7
    notice_days: int = 7

    # H: habits. The articles name them without a number: each is the project's choice.
    surface_days: int = 28  # H-1
    surface_runs: int = 4  # H-1, at least so many runs in these days
    surface_share: float = 0.80  # H-1, of them that name a surface
    shoe_km: int = 700  # H-2, kilometres above
    pause_days: int = 10  # H-3, days without strength work
    sitting_days: int = 3  # H-4, in ...
    sitting_window: int = 7  # H-4

    # Q: questionnaires (C60, C61)
    questionnaire_days: int = 28
    peg_share: float = 0.30  # Q-1, change of the mean
    psfs_points: float = 2  # Q-1, W-11: change of the mean
    psfs_item_points: int = 3  # Q-1, change of one activity


SHIPPED = Thresholds()
