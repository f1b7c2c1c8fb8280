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
    form.X               X = peg, psfs: a date as text, or "never" (Q-1)
    locked               the rule that locks (R-14)
    walking              L-9
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backpain.coach.decision import Evidence, Verdict
from backpain.coach.facts import Facts
from backpain.coach.rules import course, data_quality, exercise, load, red_flags, response, tips
from backpain.coach.thresholds import Thresholds


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`verdict` is the highest the rule can give; its evidence may name a lower one.

    `stops_running`: no running while it fires. `locks`: it stands until R-14 clears it even where it
    gives less than urgent.
    """

    id: str
    verdict: Verdict
    scope: str  # global | signs | ladder | running
    grade: str  # strong | moderate | limited | article | engineering
    sources: tuple[str, ...]
    function: Callable[..., Evidence | None]
    stops_running: bool = False
    locks: bool = False


def _rule(
    id_: str,
    verdict: Verdict,
    scope: str,
    grade: str,
    sources: str,
    function: Callable[..., Evidence | None],
    **more: Any,
) -> Rule:
    return Rule(
        id=id_,
        verdict=verdict,
        scope=scope,
        grade=grade,
        sources=tuple(sources.split()),
        function=function,
        **more,
    )


_EMERGENCY, _URGENT, _PROFESSIONAL = Verdict.EMERGENCY, Verdict.URGENT, Verdict.PROFESSIONAL
_REGRESS, _HOLD, _PROGRESS = Verdict.REGRESS, Verdict.HOLD, Verdict.PROGRESS

RULES: tuple[Rule, ...] = (
    _rule("R-1", _EMERGENCY, "signs", "limited", "C38 C39 C40", red_flags.cauda_equina),
    _rule("R-2", _EMERGENCY, "signs", "limited", "C39 C49", red_flags.nerve_deficit),
    _rule("R-3", _EMERGENCY, "signs", "moderate", "C43 C40", red_flags.major_injury),
    _rule("R-4", _EMERGENCY, "signs", "strong", "C42 C40", red_flags.vessel_or_heart),
    _rule("R-5", _EMERGENCY, "signs", "limited", "C38 C40 C49", red_flags.infection),
    _rule("R-6", _EMERGENCY, "signs", "moderate", "C43", red_flags.cancer_history),
    _rule("R-1u", _URGENT, "signs", "engineering", "C39", red_flags.unsure),
    _rule("R-2b", _URGENT, "signs", "limited", "C40 C49", red_flags.one_leg_nerve),
    _rule("R-2c", _URGENT, "signs", "limited", "C40 C49", red_flags.leg_feeling),
    _rule("R-3b", _URGENT, "signs", "moderate", "C43 C40", red_flags.fragile_bone_injury),
    _rule("R-3c", _URGENT, "signs", "moderate", "C43 C40", red_flags.fragile_bone_episode),
    _rule("R-7", _URGENT, "signs", "limited", "C40 C38", red_flags.systemic),
    _rule("R-8c", _URGENT, "signs", "limited", "C45", red_flags.hip_stress, stops_running=True, locks=True),
    _rule("R-13", _URGENT, "signs", "engineering", "", red_flags.not_the_back),
    _rule("W-6", _URGENT, "signs", "limited", "C40 C07", red_flags.severe_pain),
    _rule("W-6b", _URGENT, "signs", "limited", "C40 C07", red_flags.strong_pain, stops_running=True),
    _rule(
        "R-8", _URGENT, "signs", "limited", "C45 C46", red_flags.bone_stress, stops_running=True, locks=True
    ),
    _rule("R-9", _PROFESSIONAL, "signs", "limited", "C44", red_flags.young_extension, locks=True),
    _rule("R-8b", _PROFESSIONAL, "signs", "limited", "C46", red_flags.periods_absent),
    _rule("R-10", _PROFESSIONAL, "signs", "strong", "C41", red_flags.inflammatory),
    _rule("R-11", _PROFESSIONAL, "global", "limited", "C48 C40", red_flags.age_edges),
    _rule("R-12", _PROFESSIONAL, "signs", "limited", "C40", red_flags.pregnancy),
    _rule("W-3", _PROFESSIONAL, "global", "article", "D A C01 C02 C03 C55", course.sustained_rise),
    _rule("W-3c", _PROFESSIONAL, "global", "article", "D A", course.rise_from_cold),
    _rule("W-4", _PROFESSIONAL, "global", "article", "D A", course.slow_drift),
    _rule("W-2", _PROFESSIONAL, "global", "article", "D C63", course.spoiled_runs),
    _rule("W-1b", _PROFESSIONAL, "global", "article", "D C33 C34 C01 C02 C03", course.more_than_two_weeks),
    _rule("W-1d", _PROFESSIONAL, "global", "article", "D", course.three_weeks_running),
    _rule("W-1c", _PROFESSIONAL, "global", "strong", "C48 C49", course.chronic_unassessed),
    _rule("W-1a", _PROFESSIONAL, "global", "article", "D", course.more_than_a_week),
    _rule("W-7", _PROFESSIONAL, "global", "article", "A C01 C03", course.rest_not_helping),
    _rule("W-8", _PROFESSIONAL, "global", "article", "C", course.spreading),
    _rule("W-9", _PROFESSIONAL, "global", "article", "E", course.bad_bouts),
    _rule("W-11", _PROFESSIONAL, "global", "article", "E C14 C60", course.programme_not_helping),
    _rule("W-10", _PROFESSIONAL, "global", "moderate", "C34 C52", course.keeps_coming_back),
    _rule("P-9", _REGRESS, "global", "engineering", "C11", response.pain_before),
    _rule("P-4", _REGRESS, "global", "limited", "C09 C12", response.latest_bouts),
    _rule("P-5", _REGRESS, "global", "limited", "C11", response.stop_signs),
    _rule("P-3", _REGRESS, "global", "limited", "C09 C11 C02 C06", response.unsettled),
    _rule("P-6", _REGRESS, "global", "article", "A D C09", response.week_to_week),
    _rule("W-5", _REGRESS, "global", "moderate", "C36", course.flare),
    _rule("W-12", _REGRESS, "global", "limited", "C35", course.new_episode),
    _rule("L-7", _REGRESS, "global", "engineering", "C31", load.running_step_down),
    _rule("L-6", _REGRESS, "running", "limited", "C13 C31", load.run_walk),
    _rule("E-6", _REGRESS, "ladder", "engineering", "C11", exercise.step_down),
    _rule("E-9", _REGRESS, "ladder", "moderate", "C29", exercise.gap),
    _rule("M-2", _HOLD, "global", "engineering", "C56", data_quality.stale_or_thin),
    _rule("M-3", _HOLD, "global", "limited", "C09 C10", data_quality.ungraded_bout),
    _rule("M-5", _HOLD, "global", "engineering", "", data_quality.silent_episode),
    _rule("G-1", _HOLD, "global", "limited", "C07", data_quality.background_pain),
    _rule("G-2", _HOLD, "global", "engineering", "", data_quality.recent_high),
    _rule("G-3", _HOLD, "global", "engineering", "C38", data_quality.screen_due),
    _rule("P-2", _HOLD, "global", "limited", "C11", response.rising_in_bout),
    _rule("P-7", _HOLD, "global", "limited", "C32", response.ordinary_soreness),
    _rule("L-1", _HOLD, "global", "moderate", "C15", load.jump_in_one_run),
    _rule("L-5", _HOLD, "running", "limited", "C47 C13", load.walks_first),
    _rule("X-1", _HOLD, "ladder", "engineering", "C31", exercise.one_change_at_a_time),
    _rule("E-16", _HOLD, "ladder", "engineering", "", exercise.impact_gate),
    _rule("E-7", _HOLD, "ladder", "article", "C D C20 C22", exercise.frequency),
    _rule("E-8", _HOLD, "ladder", "limited", "C28", exercise.short_holds),
    _rule("E-3", _HOLD, "ladder", "limited", "C20 C21", exercise.not_yet),
    _rule("E-14", _HOLD, "ladder", "engineering", "", exercise.plateau),
    _rule("E-5", _PROGRESS, "ladder", "article", "B C28", exercise.level_up),
    _rule("E-3f", _PROGRESS, "ladder", "limited", "C21", exercise.two_steps),
    _rule("E-4", _PROGRESS, "ladder", "article", "A C D", exercise.step_up),
)


@dataclass(frozen=True, kw_only=True)
class TipRule:
    """A rule without a verdict: function(facts, thresholds), asked where the verdict is at most `until`.

    `warns`: where a run alone gives no warning, it makes the running warning "info".
    """

    id: str
    grade: str
    sources: tuple[str, ...]
    function: Callable[[Facts, Thresholds], Evidence | None]
    until: Verdict = Verdict.REGRESS
    warns: bool = False


def _tip(
    id_: str, grade: str, sources: str, function: Callable[[Facts, Thresholds], Evidence | None], **more: Any
) -> TipRule:
    return TipRule(id=id_, grade=grade, sources=tuple(sources.split()), function=function, **more)


TIPS: tuple[TipRule, ...] = (
    _tip("L-2", "limited", "C15 C16 C17", tips.week_total, until=_PROFESSIONAL, warns=True),
    _tip("L-3", "limited", "C19", tips.harder_week, until=_PROFESSIONAL, warns=True),
    _tip("L-9", "moderate", "C52", tips.keep_moving),
    _tip("E-10", "limited", "C30", tips.easier_week),
    _tip("E-11", "limited", "C26 C27", tips.weaker_side),
    _tip("E-13", "article", "A B C D", tips.painful_movement, until=_PROFESSIONAL),
    _tip("E-15", "moderate", "C14", tips.no_legs),
    _tip("Q-1", "moderate", "C60 C61", tips.questionnaires_due, until=_PROFESSIONAL),
)


@dataclass(frozen=True, kw_only=True)
class Note:
    """A rule that never fires by itself: a definition, a value or a limit other rules use."""

    id: str
    grade: str
    sources: tuple[str, ...]


def _note(id_: str, grade: str, sources: str) -> Note:
    return Note(id=id_, grade=grade, sources=tuple(sources.split()))


NOTES: tuple[Note, ...] = (
    _note("M-1", "engineering", "C33"),
    _note("M-4", "engineering", "C56"),
    _note("M-6", "engineering", ""),
    _note("P-1", "limited", "C09 C10"),
    _note("P-8", "moderate", "C12 C13"),
    _note("R-0", "strong", "C48 C38"),
    _note("L-1p", "moderate", "C15"),
    _note("L-4", "moderate", "C15 C18"),
    _note("L-8", "limited", "C31"),
    _note("E-1", "article", "B"),
    _note("E-2", "article", "A B C D C20"),
    _note("E-12", "limited", "C23 C24 C25 C26 C27"),
    _note("X-2", "moderate", "C53"),
    _note("X-3", "engineering", "C38 C39 C40"),
    _note("X-4", "engineering", ""),
)
