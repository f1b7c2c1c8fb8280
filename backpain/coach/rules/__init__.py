"""The rule table, most urgent first: it reads like rules.md and is the whole of what can fire.

A rule returns its evidence or None, is pure, and knows no other rule. Four scopes:

- `global`: function(facts, thresholds)
- `signs`: function(signs, facts, thresholds), asked for today's signs and for the earlier days
  whose signs still stand; an earlier day counts only where it locks (R-14)
- `ladder`: function(case), asked for each ladder the runner stands on (case.py)
- `running`: function(plan, facts, thresholds), asked for the way back to running, where there is one

A HOLD of `ladder` or `running` is about that one thing and never holds anything else. TIPS carry no
verdict. NOTES never fire: definitions, values and limits, here for the rule book.

Where the rules of rules.md live that are in none of the tables, and those of NOTES:

- A-1, A-2, A-3, R-14: decide.py
- M-1, M-4: how the daily series is made (chronicle.py); M-6: the contract's schema and the forms
- P-1: part of every grade (bouts.py); P-8: Facts.is_chronic, read wherever a bout is graded
- R-0: what `decide` asks for (signs.Screens); R-8b with low_energy_intake: its own verdict keeps the
  cap at 1.00 and every step up away (A-2)
- L-1p, L-8: the caps of decide.py; L-4: nothing computes such a ratio; the stages of L-6: returning.py
- E-1, E-15 at the start: entry.py; E-2: doses.py; E-12: information beside results, no outcome
- Q-1's scores: questionnaires.py; W-5's gentle days: gentle.py; X-2: Reason, again.py and plan/words;
  X-3: plan/words; X-4: notices.py
- Q-2, Q-3 are left out until their terms are clear

Keys of `Value.what` (words are plan/wording.py's):

    pain, week_median, earlier_week_median, usual, recent_mean, old_mean      scores, /10
    episode_days, silent_days, gap_days, rest_days, pain_days, strength_days  days; gap_days may be unknown
    readings, readings_in_week, raised_readings, episodes, stage              counts
    onset, recovered, worse_since, screened, screen_owed                      a date as text, or "never"
    rest_start, rest_end                                                      scores, /10
    run.X, session.X     X = before, during, after, next_morning: a score, or "missing" (M-3);
                         X = sign: limp, sharp, stopped
    affected             stopped, shortened, limp, skipped (dated)
    site                 a site's slug (dated);       bad_bout, bad_session, lost_form, level_up   dated
    answer.ITEM          yes, unsure or not_said to a question (dated)
    sign.MARK            what an entry showed: see signs.Signs (dated)
    condition.NAME       a condition of the profile;  age in years;  birth_year unknown
    load-spike           a moderate or high jump in the last six weeks
    run, longest         m or s;  load_ratio
    lowest_set, last_set, hold_s                                              in the exercise's unit
    session              an exercise's slug (dated)
    missing.X            X = rung, sessions, recent, good, target, lowest_set, sets, form (E-3)
    hours_off            E-6, after two bad sessions in a row;  run_hours_off   L-7, after a bad run
    bad_run              dated (L-7);  run_to_go_by      m, what the next run is a share of (L-7)
    walks_missing        a count (L-5);  last_run, cleared   a date as text, or "never" (L-5)
    stage_done           dated (L-6);  good_at_stage     a count;  runs_from   a date as text (L-6)
    gentle_since         a date as text;  flare_said     dated (W-5)
    programme_since      a date as text;  programme_start   /10;  psfs_gain    points (W-11)
    sessions_at_target, target                                                E-14
    week_total, usual_week       m or s;  week_load, usual_load, week_ratio   L-2, L-3
    progressing_weeks    a count (E-10);  exercises      a count (E-15)
    uneven, movement     an exercise's slug (dated);  weaker_side   left or right;  movement_pain   /10
    side.X               X = left, right: the mean of a side's sets (dated)
    runs_lately, runs_hard   counts (H-1);  sat_long   yes (dated, H-4)
    shoe                 a shoe's name, as the runner gave it (dated);  shoe_distance   m (dated, H-2)
    last_strength        days since, dated;  pause_days   days of the plan without any (H-3)
    form.X               X = peg, psfs: a date as text, or "never" (Q-1)
    locked               the rule that locks (R-14)
    walking              L-9
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backpain.coach.decision import Evidence, Verdict
from backpain.coach.facts import Facts
from backpain.coach.rules import course, data_quality, exercise, load, red_flags, response, tips
from backpain.coach.thresholds import Thresholds


@dataclass(frozen=True)
class Sourced:
    """`cited` are the ids of the sources, as rules.md writes them."""

    id: str
    grade: str  # strong | moderate | limited | article | engineering
    cited: str

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(self.cited.split())


@dataclass(frozen=True)
class Rule(Sourced):
    """`verdict` is the highest the rule can give; its evidence may name a lower one.

    `stops_running`: no running while it fires. `locks`: it stands until R-14 clears it even where it
    gives less than urgent.
    """

    scope: str  # global | signs | ladder | running
    verdict: Verdict
    function: Callable[..., Evidence | None]
    stops_running: bool = False
    locks: bool = False


@dataclass(frozen=True)
class TipRule(Sourced):
    """A rule without a verdict: function(facts, thresholds), asked where the verdict is at most `until`.

    `warns`: where a run alone gives no warning, it makes the running warning "info".
    """

    function: Callable[[Facts, Thresholds], Evidence | None]
    until: Verdict = Verdict.REGRESS
    warns: bool = False


class Note(Sourced):
    """A rule that never fires by itself: a definition, a value or a limit other rules use."""


_EMERGENCY, _URGENT, _PROFESSIONAL = Verdict.EMERGENCY, Verdict.URGENT, Verdict.PROFESSIONAL
_REGRESS, _HOLD, _PROGRESS = Verdict.REGRESS, Verdict.HOLD, Verdict.PROGRESS

RULES: tuple[Rule, ...] = (
    Rule("R-1", "limited", "C38 C39 C40", "signs", _EMERGENCY, red_flags.cauda_equina),
    Rule("R-2", "limited", "C39 C49", "signs", _EMERGENCY, red_flags.nerve_deficit),
    Rule("R-3", "moderate", "C43 C40", "signs", _EMERGENCY, red_flags.major_injury),
    Rule("R-4", "strong", "C42 C40", "signs", _EMERGENCY, red_flags.vessel_or_heart),
    Rule("R-5", "limited", "C38 C40 C49", "signs", _EMERGENCY, red_flags.infection),
    Rule("R-6", "moderate", "C43", "signs", _EMERGENCY, red_flags.cancer_history),
    Rule("R-1u", "engineering", "C39", "signs", _URGENT, red_flags.unsure),
    Rule("R-2b", "limited", "C40 C49", "signs", _URGENT, red_flags.one_leg_nerve),
    Rule("R-2c", "limited", "C40 C49", "signs", _URGENT, red_flags.leg_feeling),
    Rule("R-3b", "moderate", "C43 C40", "signs", _URGENT, red_flags.fragile_bone_injury),
    Rule("R-3c", "moderate", "C43 C40", "signs", _URGENT, red_flags.fragile_bone_episode),
    Rule("R-7", "limited", "C40 C38", "signs", _URGENT, red_flags.systemic),
    Rule("R-8c", "limited", "C45", "signs", _URGENT, red_flags.hip_stress, stops_running=True, locks=True),
    Rule("R-13", "engineering", "", "signs", _URGENT, red_flags.not_the_back),
    Rule("W-6", "limited", "C40 C07", "signs", _URGENT, red_flags.severe_pain),
    Rule("W-6b", "limited", "C40 C07", "signs", _URGENT, red_flags.strong_pain, stops_running=True),
    Rule(
        "R-8", "limited", "C45 C46", "signs", _URGENT, red_flags.bone_stress, stops_running=True, locks=True
    ),
    Rule("R-9", "limited", "C44", "signs", _PROFESSIONAL, red_flags.young_extension, locks=True),
    Rule("R-8b", "limited", "C46", "signs", _PROFESSIONAL, red_flags.periods_absent),
    Rule("R-10", "strong", "C41", "signs", _PROFESSIONAL, red_flags.inflammatory),
    Rule("R-11", "limited", "C48 C40", "global", _PROFESSIONAL, red_flags.age_edges),
    Rule("R-12", "limited", "C40", "signs", _PROFESSIONAL, red_flags.pregnancy),
    Rule("W-3", "article", "D A C01 C02 C03 C55", "global", _PROFESSIONAL, course.sustained_rise),
    Rule("W-3c", "article", "D A", "global", _PROFESSIONAL, course.rise_from_cold),
    Rule("W-4", "article", "D A", "global", _PROFESSIONAL, course.slow_drift),
    Rule("W-2", "article", "D C63", "global", _PROFESSIONAL, course.spoiled_runs),
    Rule("W-1b", "article", "D C33 C34 C01 C02 C03", "global", _PROFESSIONAL, course.more_than_two_weeks),
    Rule("W-1d", "article", "D", "global", _PROFESSIONAL, course.three_weeks_running),
    Rule("W-1c", "strong", "C48 C49", "global", _PROFESSIONAL, course.chronic_unassessed),
    Rule("W-1a", "article", "D", "global", _PROFESSIONAL, course.more_than_a_week),
    Rule("W-7", "article", "A C01 C03", "global", _PROFESSIONAL, course.rest_not_helping),
    Rule("W-8", "article", "C", "global", _PROFESSIONAL, course.spreading),
    Rule("W-9", "article", "E", "global", _PROFESSIONAL, course.bad_bouts),
    Rule("W-11", "article", "E C14 C60", "global", _PROFESSIONAL, course.programme_not_helping),
    Rule("W-10", "moderate", "C34 C52", "global", _PROFESSIONAL, course.keeps_coming_back),
    Rule("P-9", "engineering", "C11", "global", _REGRESS, response.pain_before),
    Rule("P-4", "limited", "C09 C12", "global", _REGRESS, response.latest_bouts),
    Rule("P-5", "limited", "C11", "global", _REGRESS, response.stop_signs),
    Rule("P-3", "limited", "C09 C11 C02 C06", "global", _REGRESS, response.unsettled),
    Rule("P-6", "article", "A D C09", "global", _REGRESS, response.week_to_week),
    Rule("W-5", "moderate", "C36", "global", _REGRESS, course.flare),
    Rule("W-12", "limited", "C35", "global", _REGRESS, course.new_episode),
    Rule("L-7", "engineering", "C31", "global", _REGRESS, load.running_step_down),
    Rule("L-6", "limited", "C13 C31", "running", _REGRESS, load.run_walk),
    Rule("E-6", "engineering", "C11", "ladder", _REGRESS, exercise.step_down),
    Rule("E-9", "moderate", "C29", "ladder", _REGRESS, exercise.gap),
    Rule("M-2", "engineering", "C56", "global", _HOLD, data_quality.stale_or_thin),
    Rule("M-3", "limited", "C09 C10", "global", _HOLD, data_quality.ungraded_bout),
    Rule("M-5", "engineering", "", "global", _HOLD, data_quality.silent_episode),
    Rule("G-1", "limited", "C07", "global", _HOLD, data_quality.background_pain),
    Rule("G-2", "engineering", "", "global", _HOLD, data_quality.recent_high),
    Rule("G-3", "engineering", "C38", "global", _HOLD, data_quality.screen_due),
    Rule("P-2", "limited", "C11", "global", _HOLD, response.rising_in_bout),
    Rule("P-7", "limited", "C32", "global", _HOLD, response.ordinary_soreness),
    Rule("L-1", "moderate", "C15", "global", _HOLD, load.jump_in_one_run),
    Rule("L-5", "limited", "C47 C13", "running", _HOLD, load.walks_first),
    Rule("X-1", "engineering", "C31", "ladder", _HOLD, exercise.one_change_at_a_time),
    Rule("E-16", "engineering", "", "ladder", _HOLD, exercise.impact_gate),
    Rule("E-7", "article", "C D C20 C22", "ladder", _HOLD, exercise.frequency),
    Rule("E-8", "limited", "C28", "ladder", _HOLD, exercise.short_holds),
    Rule("E-3", "limited", "C20 C21", "ladder", _HOLD, exercise.not_yet),
    Rule("E-14", "engineering", "", "ladder", _HOLD, exercise.plateau),
    Rule("E-5", "article", "B C28", "ladder", _PROGRESS, exercise.level_up),
    Rule("E-3f", "limited", "C21", "ladder", _PROGRESS, exercise.two_steps),
    Rule("E-4", "article", "A C D", "ladder", _PROGRESS, exercise.step_up),
)


TIPS: tuple[TipRule, ...] = (
    TipRule("L-2", "limited", "C15 C16 C17", tips.week_total, until=_PROFESSIONAL, warns=True),
    TipRule("L-3", "limited", "C19", tips.harder_week, until=_PROFESSIONAL, warns=True),
    TipRule("L-9", "moderate", "C52", tips.keep_moving),
    TipRule("E-10", "limited", "C30", tips.easier_week),
    TipRule("E-11", "limited", "C26 C27", tips.weaker_side),
    TipRule("E-13", "article", "A B C D", tips.painful_movement, until=_PROFESSIONAL),
    TipRule("E-15", "moderate", "C14", tips.no_legs),
    TipRule("H-3", "article", "C D", tips.no_strength),
    TipRule("H-1", "article", "D", tips.hard_ground),
    TipRule("H-2", "article", "D", tips.worn_shoe),
    TipRule("H-4", "article", "C", tips.much_sitting),
    TipRule("Q-1", "moderate", "C60 C61", tips.questionnaires_due, until=_PROFESSIONAL),
)


NOTES: tuple[Note, ...] = (
    Note("M-1", "engineering", "C33"),
    Note("M-4", "engineering", "C56"),
    Note("M-6", "engineering", ""),
    Note("P-1", "limited", "C09 C10"),
    Note("P-8", "moderate", "C12 C13"),
    Note("R-0", "strong", "C48 C38"),
    Note("L-1p", "moderate", "C15"),
    Note("L-4", "moderate", "C15 C18"),
    Note("L-8", "limited", "C31"),
    Note("E-1", "article", "B"),
    Note("E-2", "article", "A B C D C20"),
    Note("E-12", "limited", "C23 C24 C25 C26 C27"),
    Note("X-2", "moderate", "C53"),
    Note("X-3", "engineering", "C38 C39 C40"),
    Note("X-4", "engineering", ""),
)
