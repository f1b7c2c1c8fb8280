"""How far a ruleset may differ from the shipped one: a safe range for every threshold.

Four kinds of range:

- closed towards the weaker side: red flags (R, W-6, W-6b), what an article binds us to (S-01 ... S-22),
  what a step up is earned with (P-4), and what properties of the coach rest on. Of these only the
  more cautious side is open, as far as a rule still tells runners apart.
- open on both sides: what section 9 tuned on simulated runners, and what the project only chose.
- of one value: definitions, and what pages draw for everybody (zones, guard of the longest run, gap of sides).
- no window is wider than what facts keep of it (28 days of readings, 70 of sets, 400 of entries).

Rules A-1 to A-3 and R-14 have no threshold: no ruleset can touch them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

from backpain.coach.thresholds import SHIPPED, Thresholds

RED_FLAGS = frozenset({"W-6", "W-6b"})  # with every rule whose id begins with R
DEFINITION = "2"  # the section of rules.md

type Number = int | float


@dataclass(frozen=True, kw_only=True)
class Range:
    """What a threshold may be, both ends included. `rules` are the ids in rules.md it belongs to."""

    rules: tuple[str, ...]
    low: Number
    high: Number

    @property
    def is_fixed(self) -> bool:
        return self.low == self.high

    @property
    def guards_red_flags(self) -> bool:
        """Tell whether a rule that finds warning signs, or asks for them, reads this threshold."""
        return any(rule.startswith("R-") or rule in RED_FLAGS for rule in self.rules)


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A threshold outside its range, or out of order: `limit` is what it may be at least or at most.

    `kind` is low or high; `beside` names the threshold whose value the limit is, if it is one's.
    """

    name: str
    kind: str
    limit: Number
    beside: str | None = None


def _fixed(rules: str, *names: str) -> dict[str, Range]:
    shipped = {name: getattr(SHIPPED, name) for name in names}
    return {name: Range(rules=tuple(rules.split()), low=at, high=at) for name, at in shipped.items()}


def _lower(rules: str, **lows: Number) -> dict[str, Range]:
    """The lower, the more cautious: never above the shipped value."""
    ids = tuple(rules.split())
    return {name: Range(rules=ids, low=low, high=getattr(SHIPPED, name)) for name, low in lows.items()}


def _higher(rules: str, **highs: Number) -> dict[str, Range]:
    """The higher, the more cautious: never below the shipped value."""
    ids = tuple(rules.split())
    return {name: Range(rules=ids, low=getattr(SHIPPED, name), high=high) for name, high in highs.items()}


def _between(rules: str, **ends: tuple[Number, Number]) -> dict[str, Range]:
    ids = tuple(rules.split())
    return {name: Range(rules=ids, low=low, high=high) for name, (low, high) in ends.items()}


SAFE: Mapping[str, Range] = {
    # The daily series. What a pain day, an episode and a recovery are decides what every other number
    # means, and no side of them is the cautious one: a longer recovery keeps an episode open but
    # hides that it is new.
    **_fixed(DEFINITION, "pain_day", "recovered_days", "recovered_readings", "recovered_pain_days"),
    **_between(DEFINITION, median_readings=(3, 5)),
    **_between(DEFINITION, reference_from=(34, 55), reference_to=(7, 14), reference_readings=(7, 14)),
    **_lower("R-3c R-5 R-6 W-1b", assessed_days=30),  # an assessment silences; C49: look again
    # M. With no entry in the last three days there is never progress: a property of the coach.
    **_lower("M-2", stale_after=2),
    **_between("M-2", readings_in_week=(3, 6)),
    **_lower("M-5", silent_episode_after=7, silent_days=2),
    # P. Zones are drawn on every page. A step up is earned without pain (S-08), so GOOD gets no easier.
    **_fixed("P-1", "zone_acceptable", "zone_high"),
    **_lower("P-2 P-4", rise=1),
    **_lower("P-3 P-4", settled_rise=0),  # 1 is inside the error of one reading (C02, C06)
    **_lower("P-4", good_before=0, good_during=0, good_morning=0),
    **_between("P-6", week_rise_regress=(1, 3), week_floor_regress=(2, 4)),
    **_between("P-6", week_rise_hold=(0.5, 2), week_floor_hold=(1, 3)),
    **_lower("P-7", soreness_rise=1, soreness_morning=2),
    **_higher("P-8", chronic_days=84),  # chronic is 12 weeks (C06)
    **_lower("P-8", chronic_during=3, chronic_over_reference=0),
    **_lower("P-9", before_high=5, before_raised=3),
    # G. Mild ends at 3 or at 4 (C07); G-2 was found necessary by a flip test (section 3C).
    **_between("G-1", gate_median=(2, 4)),
    **_lower("G-2", gate_high=5, gate_raised=4, gate_raised_count=1),
    **_higher("G-2", gate_high_days=7),
    **_lower("R-0 G-3", screen_days_episode=3, screen_days=14),
    **_lower("R-0", screen_jump=2, nerve_jump=1, nerve_pain=4),
    # W-1, W-2, W-7, W-8, W-9: the articles say "a week or two" (S-01), "interferes with runs" (S-02), "a
    # few days of rest" (S-04), "spreads" (S-05), "if the exercises do not help" (S-06): never later.
    **_lower("W-1a", week_episode=7),
    **_between("W-1a W-1b W-3", pain_day_share=(0.5, 0.9)),
    **_between("W-1a W-1b", persistent_median=(1, 2.5)),
    **_lower("W-1b", fortnight_episode=10),
    **_between("W-1b", fortnight_readings=(5, 9), fortnight_median_readings=(2, 4)),
    **_between("W-1b", recent_pain_days=(3, 7)),
    **_lower("W-1b", deferral_ends=15, deferral_median=2),
    **_higher("W-1b W-7", relief_points=3, relief_share=0.5),  # less is no relief (C01-C03)
    **_lower("W-1c", chronic_unassessed=42, chronic_pain_days=1),
    **_between("W-1c", chronic_window=(14, 28)),
    **_between("W-1d", blocks_episode=(21, 28), block_pain_days=(1, 3)),
    **_between("W-1d", block_raised=(2, 4), block_raised_count=(2, 6)),
    **_higher("W-2", affected_days=28),
    **_lower("W-2", affected_runs=1),
    # W-3, W-3c, W-4, W-5: tuned in section 9; the bench says what a change costs.
    **_between("W-3", cusum_slack=(0.5, 1.5), cusum_limit=(4, 12), cusum_days=(5, 10)),
    **_lower("W-3", cusum_reference=0.5, worse_released=0),  # "off only while ref < 1" (section 3.0)
    **_between("W-3", worse_latest=(0.5, 2), worse_median=(1.5, 3), worse_window=(6, 10)),
    **_between("W-3c", cold_start_before=(0.5, 2), cold_start_now=(2, 4), cold_start_rise=(1.5, 3)),
    **_fixed("W-3c", "cold_start_apart"),
    **_between("W-4", drift_days=(10, 21), drift_readings=(6, 10)),
    **_between("W-4", drift_old_from=(62, 97), drift_old_to=(28, 49), drift_old_readings=(8, 14)),
    **_between("W-4", drift_rise=(1.5, 3), drift_old_mean=(0.5, 2)),
    **_between("W-5", flare_readings=(2, 4), flare_rise=(1.5, 3), flare_floor=(4, 6)),
    # W-6, W-6b. Two readings make it repeated; one would be W-6b.
    **_higher("W-5 W-6", flare_span=7),
    **_fixed("W-6", "severe_count"),
    **_lower("W-6", severe=7, high=6, high_count=2),
    **_higher("W-6 W-6b", newest_days=7),
    **_lower("W-6b", strong=5, strong_unable=6),
    **_lower("W-7", rest_days=2, rest_relieved=0),
    **_higher("W-7", rest_ended=28),
    **_higher("W-8", spread_days=28),
    **_lower("W-9", bad_bouts=2),
    **_higher("W-9", bad_days=28),
    **_lower("W-10", recurrences=2),
    **_fixed("W-10", "recurrence_days"),  # the runner's own count is of twelve months too
    **_higher("W-10", recurrence_soon=60),
    **_fixed("W-11", "programme_days"),  # the length of the trials (C14); sets are kept 70 days
    **_lower("W-11", programme_strength_days=8),
    **_higher("W-12", new_episode_days=14),
    # R
    **_lower("R-3b", fragile_age=50),
    **_lower("R-3c", fragile_pain=4),
    **_lower("R-4", vascular_age=50, vascular_jump=2, vascular_pain=4),
    **_higher("R-4", vascular_onset=28),
    **_lower("R-7", mid_back_pain=4),
    **_lower("R-8", bone_score=1),
    **_higher("R-8", bone_age=25, bone_load_days=84),
    **_higher("R-4 R-7 R-8c", site_days=14),
    **_higher("R-9", extension_age=25),
    **_lower("R-9", extension_days=7, extension_during=1),
    **_higher("R-10", inflammatory_age=50),
    **_lower("R-10", inflammatory_days=84, inflammatory_items=2),  # three months (C41)
    **_higher("R-11", child_age=18),
    **_higher("R-11 W-1a", youth_age=21),
    **_lower("R-11", first_ever_age=50),
    # L. C15 counted injuries at these ratios of the longest run in 30 days, and R-8 counts the jumps: no
    # ruleset calls a larger jump small. The guard is drawn on the page of progress.
    **_fixed("L-1 R-8", "longest_days", "load_runs", "load_small"),
    **_lower("L-1 R-8", load_moderate=1.15),
    **_lower("L-1", load_high=1.5),
    **_lower("L-1", load_floor_m=0),
    **_higher("L-1", load_days=14),
    **_lower("L-1p", cap_good=1, cap_okay=0.8),
    **_lower("L-1p L-7", cap_bad=0.6, cap_bad_again=0.4),
    **_lower("L-8", run_gap=6, run_gap_long=10, cap_gap=0.7, cap_gap_long=0.5),
    **_between("L-2", week_distance=(1.2, 1.5)),
    **_between("L-3", week_load=(1.25, 2), week_load_distance=(1, 1.2)),
    **_between("L-2 L-3", weeks_with_runs=(2, 3)),
    **_lower("L-5", restart_days=21, walk_during=0),
    **_fixed("L-5", "restart_log_days", "walk_min"),  # a younger log cannot show it; told on the page
    **_higher("L-5", walks=4),
    **_higher("L-6", stage_good=4, stages_up_days=14, stage_spacing_days=3, stage_days_off=4),
    **_lower("L-6", stages_up=1),
    **_higher("L-7", run_off_hours=96),
    **_fixed("W-5", "ramp_days"),  # as long as L30 looks back
    # E, X. The articles bind sets, days and the first four (S-07 to S-09); holds stay at ten seconds.
    **_higher("E-1", trial_reps=12, trial_hold_s=15),
    **_lower("E-1", trial_pain=0),
    **_fixed("E-1", "first_exercises", "first_families"),
    **_between("E-3", step_days=(10, 21)),
    **_higher("E-3f", fast_surplus=4),
    **_lower("E-3f", fast_effort=3),
    **_fixed("E-2", "sets"),
    **_higher("E-7", spacing_days=3, strength_days_least=3),
    **_fixed("E-7", "strength_days_week"),
    **_between("E-7", strength_days_window=(7, 14)),
    **_lower("E-8", hold_longest_s=5),
    **_lower("E-9", gap_fewer_sets=6, gap_step=10, gap_two_steps=20, gap_again=43),
    **_higher("E-6", rest_hours_after_two=120),
    **_higher("E-16", impact_quiet_days=28),
    **_fixed("E-16", "impact_quiet_days_runner"),  # as far back as BAD bouts are kept
    **_fixed("E-16 L-6", "last_stage"),  # the length of the table of stages
    **_between("E-10", progressing_weeks=(3, 8), easier_share=(0.3, 0.7)),
    **_fixed("E-11", "sides_share_reps", "sides_share_holds", "sides_holds_s", "sides_tests"),
    **_between("E-11", sides_days=(14, 28)),
    **_lower("E-13", mobility_rise=0),
    **_between("E-13", mobility_days=(7, 28)),
    **_between("E-14", plateau_sessions=(4, 10)),
    **_higher("X-1", level_up_days=14),
    **_lower("X-4", notice_days=3),
    # H. Tips about habits hold nothing back, and no article gives a number.
    **_between("H-1", surface_days=(14, 28), surface_runs=(3, 10), surface_share=(0.5, 1)),
    **_between("H-2", shoe_km=(300, 1500)),
    **_between("H-3", pause_days=(7, 28)),
    **_between("H-4", sitting_days=(2, 7), sitting_window=(7, 14)),
    # Q. What counts as a change is published with each form (C60, C61).
    **_between("Q-1", questionnaire_days=(14, 42)),
    **_fixed("Q-1", "peg_share", "psfs_points", "psfs_item_points"),
}

# Each is at most the next: the reading, the day or the ratio that asks more comes later.
ORDER: tuple[tuple[str, ...], ...] = (
    ("median_readings", "readings_in_week"),  # G-1 must not go blind where M-2 is content
    ("week_rise_hold", "week_rise_regress"),
    ("week_floor_hold", "week_floor_regress"),
    ("before_raised", "before_high"),
    ("gate_raised", "gate_high"),
    ("nerve_jump", "screen_jump"),
    ("worse_latest", "worse_median"),
    ("cold_start_before", "cold_start_now"),
    ("high", "severe"),
    ("strong", "strong_unable"),
    ("load_small", "load_moderate", "load_high"),
    ("cap_bad_again", "cap_bad", "cap_okay", "cap_good"),
    ("cap_gap_long", "cap_gap"),
    ("run_gap", "run_gap_long", "restart_days"),
    ("gap_fewer_sets", "gap_step", "gap_two_steps", "gap_again"),
    ("screen_days_episode", "screen_days"),
)


def breaches(thresholds: Thresholds) -> tuple[Breach, ...]:
    """Return every threshold that is not safe; none for a ruleset that may be published."""
    found = [breach for name in SAFE if (breach := _outside(name, getattr(thresholds, name)))]
    for chain in ORDER:
        for lower, upper in pairwise(chain):
            limit = getattr(thresholds, lower)
            if limit > getattr(thresholds, upper):
                found.append(Breach(name=upper, kind="low", limit=limit, beside=lower))
    return tuple(found)


def _outside(name: str, value: Number) -> Breach | None:
    safe = SAFE[name]
    if value < safe.low:
        return Breach(name=name, kind="low", limit=safe.low)
    return Breach(name=name, kind="high", limit=safe.high) if value > safe.high else None


def changes_in(thresholds: Thresholds) -> dict[str, Number]:
    """Return what differs from the shipped ruleset, by name; `with_changes` is its inverse."""
    names = (field.name for field in fields(Thresholds))
    return {n: getattr(thresholds, n) for n in names if getattr(thresholds, n) != getattr(SHIPPED, n)}


def with_changes(changes: Mapping[str, Any]) -> Thresholds:
    """Return the shipped ruleset with these thresholds changed; raise TypeError for an unknown name."""
    return replace(SHIPPED, **changes)
