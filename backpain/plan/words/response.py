"""How the back answers training (P, L), what is known (M), the gate for any step up (G)."""

from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import Verdict

from .rule import RuleWords

WORDS = {
    "P-9": RuleWords(
        rule=_("Starting with raised pain leaves no margin: do less that day, or only walk and move gently."),
        text=_(
            "You began with raised pain (%(facts)s). Do one step less for the rest of the day; from a pain of "
            "%(before_high)s on, only walk and move gently."
        ),
        threshold=_(
            "%(before_raised)s of 10 or more at the start; from %(before_high)s on no run and no strength work."
        ),
        changes_if=_("A run or session begun with less pain."),
    ),
    "P-4": RuleWords(
        rule=_("A bad run or session means a step back, a middling one means repeating."),
        text=_(
            "Your latest run or session was hard on your back (%(facts)s). The next one should be easier."
        ),
        threshold=_(
            "Bad: pain of %(zone_high)s or more, not settled the next morning, a limp, an ache that turned sharp or "
            "a stop because of the back. "
            "Good: at most %(good_during)s, hardly rising, settled."
        ),
        changes_if=_("One good run or session with its next-morning score."),
        at={
            Verdict.HOLD: _(
                "Your latest run or session was neither good nor bad (%(facts)s). Repeat it before you add anything."
            )
        },
    ),
    "P-5": RuleWords(
        rule=_("A limp, an ache that turns sharp, or stopping for pain is a reason to ease back."),
        text=_("Your body gave a stop sign (%(facts)s). Ease back, and stop as soon as it happens again."),
        threshold=_("Any one of the signs."),
        changes_if=_("A run or session without such a sign."),
    ),
    "P-3": RuleWords(
        rule=_("Pain has to settle by the next morning."),
        text=_("Your back had not settled by the next morning (%(facts)s). Do less next time."),
        threshold=_(
            "The next morning above the score before by more than %(settled_rise)s, or %(zone_high)s and over."
        ),
        changes_if=_("A run or session after which the next morning is no worse than the start."),
    ),
    "P-6": RuleWords(
        rule=_("Pain should not rise from one week to the next."),
        text=_("Your pain is clearly higher than the week before (%(facts)s). Ease back."),
        threshold=_(
            "The middle pain score of a week up by %(week_rise_hold)s or more and now %(week_floor_hold)s or more: "
            "hold. Up by %(week_rise_regress)s or more and now %(week_floor_regress)s or more: ease back."
        ),
        changes_if=_("A week with a lower middle pain score."),
        at={
            Verdict.HOLD: _(
                "Your pain is a little higher than the week before (%(facts)s). Nothing is added."
            )
        },
    ),
    "P-2": RuleWords(
        rule=_("Pain that rises during a run or session means: no step up."),
        text=_("Your pain rose while you moved (%(facts)s). Cut back or stop when that happens."),
        threshold=_("A rise of %(rise)s or more from before to worst."),
        changes_if=_("A run or session in which it rises less."),
    ),
    "P-7": RuleWords(
        rule=_("Ordinary soreness after something new holds the plan instead of easing it, once."),
        text=_(
            "You felt ordinary soreness after something new (%(facts)s). Repeat the same dose once it has gone."
        ),
        threshold=_(
            "A rise of at most %(soreness_rise)s by the next morning, to no more than %(soreness_morning)s."
        ),
        changes_if=_("The next session, with its next-morning score."),
    ),
    "L-1": RuleWords(
        rule=_("A run much longer than your longest lately holds every step up for %(load_days)s days."),
        text=_(
            "One run was much longer than what your body was used to (%(facts)s). Nothing is added for "
            "%(load_days)s days."
        ),
        threshold=_(
            "More than %(load_moderate)s times the longest run of the %(longest_days)s days before; "
            "over %(load_high)s times is a high jump."
        ),
        changes_if=_("%(load_days)s days without another such run."),
    ),
    "L-7": RuleWords(
        rule=_(
            "After a bad run the next one waits %(run_off_hours)s hours and is shorter; after two in a row it is "
            "shorter still, or run-walk."
        ),
        text=_(
            "Your last run was hard on your back (%(facts)s). Make the next one shorter and easy, or take it as "
            "run-walk."
        ),
        threshold=_(
            "The next run at %(cap_bad_percent)s %% of the shorter of the last good run and the longest of "
            "%(longest_days)s days, after two bad ones in a row at %(cap_bad_again_percent)s %%."
        ),
        changes_if=_("One good run with its next-morning score."),
    ),
    "L-6": RuleWords(
        rule=_(
            "Run-walk goes up a stage after %(stage_good)s good runs at one, is repeated after a middling one and "
            "goes back after a bad one."
        ),
        text=_("Your last run-walk was hard on your back (%(facts)s). Go back and build up again."),
        threshold=_(
            "%(stage_good)s good runs in a row at a stage, stages up in %(stages_up_days)s days: "
            "%(stages_up)s at most, a run every %(stage_spacing_days)s days at most. After a bad one back a stage; "
            "after two in a row back two, and %(stage_days_off)s days off."
        ),
        changes_if=_("Good runs at this stage, each with its next-morning score."),
        changes_at={Verdict.PROGRESS: _("A run that is not good, or a reason to wait.")},
        at={
            Verdict.HOLD: _(
                "Your run-walk stays at this stage for now (%(facts)s). It moves on when your back takes it well."
            ),
            Verdict.PROGRESS: _(
                "Your back took this run-walk stage well (%(facts)s). That earns the next stage."
            ),
        },
    ),
    "L-5": RuleWords(
        rule=_(
            "%(walks)s brisk walks of %(walk_min)s minutes come before the first run after a long break, or after "
            "a warning sign that stopped your running was cleared."
        ),
        text=_(
            "Before you run again, do %(walks)s brisk walks of %(walk_min)s minutes that your back takes well "
            "(%(facts)s). Run-walk follows."
        ),
        threshold=_(
            "No run in %(restart_days)s days in a log of %(restart_log_days)s days or more, or cleared that lately. "
            "A walk counts with pain of at most %(walk_during)s that has settled by the next morning."
        ),
        changes_if=_("The walks, logged with pain before, at worst and the next morning."),
    ),
    "L-2": RuleWords(
        rule=_("A week of clearly more running than the weeks before is worth knowing."),
        text=_(
            "You ran clearly more in the last week than in the weeks before (%(facts)s). This is for your "
            "information."
        ),
        threshold=_(
            "More than %(week_distance)s times the average of the three weeks before, where at least "
            "%(weeks_with_runs)s of them had runs. Information only: studies disagree."
        ),
        changes_if=_("A week nearer to what you ran before."),
    ),
    "L-3": RuleWords(
        rule=_("A week of clearly harder running that is hardly longer is worth knowing."),
        text=_(
            "Your running was clearly harder in the last week, though hardly longer (%(facts)s). Your back feels "
            "speed and hills as well as distance."
        ),
        threshold=_(
            "Effort times minutes more than %(week_load)s times the average of the three weeks before, distance at "
            "most %(week_load_distance)s times."
        ),
        changes_if=_("A week with less effort."),
    ),
    "L-9": RuleWords(
        rule=_("Walking on days without a run keeps a hurting back moving."),
        text=_(
            "On days without a run, walk as far as is comfortable for you. In a large trial people who walked "
            "regularly went longer without new back pain."
        ),
        threshold=_("An episode that is not over, and nothing that needs help first."),
        changes_if=_("The episode is over."),
    ),
    "M-2": RuleWords(
        rule=_("Without recent check-ins nothing moves up: silence is not the same as no pain."),
        text=_(
            "Your recent check-ins are too few to go by (%(facts)s). Check in today: nothing moves up without them."
        ),
        threshold=_("A reading within %(stale_after)s days, and %(readings_in_week)s in the last week."),
        changes_if=_("Check in today, and on most days of a week."),
    ),
    "M-3": RuleWords(
        rule=_("A run or session counts only with its scores before, at worst and the next morning."),
        text=_(
            "Your latest run or session lacks a score (%(facts)s). Add it once you know it: it shows how your back "
            "took it."
        ),
        threshold=_("Pain before, worst during and the next morning."),
        changes_if=_("Add the missing score, or log the next one with all of them."),
    ),
    "M-5": RuleWords(
        rule=_("Silence after painful days does not count as better."),
        text=_("Your last reading was painful and nothing has followed (%(facts)s). Say how it is now."),
        threshold=_("%(silent_days)s days of silence or more after pain that has lasted."),
        changes_if=_("Check in today."),
    ),
    "G-1": RuleWords(
        rule=_("Nothing moves up while pain from day to day is more than mild."),
        text=_("Your pain from day to day is too high to add anything (%(facts)s)."),
        threshold=_("The middle pain score of a week at %(gate_median)s or less."),
        changes_if=_("A middle pain score of %(gate_median)s or less over a week."),
    ),
    "G-2": RuleWords(
        rule=_("Nothing moves up right after a high reading."),
        text=_("You had high readings lately (%(facts)s). Let a few quieter days pass first."),
        threshold=_(
            "None of %(gate_high)s or more in %(gate_high_days)s days, and fewer than %(gate_raised_count)s of "
            "%(gate_raised)s or more in a week."
        ),
        changes_if=_("Quieter days: it clears by itself."),
    ),
    "G-3": RuleWords(
        rule=_("Nothing moves up until the warning-sign questions are answered recently enough."),
        text=_("The warning-sign questions are due (%(facts)s). Answer them now: it does not take you long."),
        threshold=_(
            "A complete set within %(screen_days)s days, and after anything that calls for a new one."
        ),
        changes_if=_("Answer the warning-sign questions."),
    ),
    "Q-1": RuleWords(
        rule=_("Two short questionnaires every %(questionnaire_days)s days show what single days hide."),
        text=_("Short questions on how you are doing are due (%(facts)s). They show what single days hide."),
        threshold=_(
            "None in %(questionnaire_days)s days of an episode. A change counts from %(peg_share_percent)s %% for "
            "pain, and from %(psfs_points)s points for what you can do (%(psfs_item_points)s for one activity)."
        ),
        changes_if=_("Answer the questions."),
    ),
    "A-1": RuleWords(
        rule=_("The most serious rule wins."),
        text=_("The most serious of your reasons decides."),
        threshold=_("The order is: step up, hold, ease back, see a professional, advice today, emergency."),
        changes_if=_("The most serious reason ends."),
    ),
    "A-2": RuleWords(
        rule=_("Nothing that adds load is offered beside a reason to wait."),
        text=_("Your step up waits, because another reason comes first."),
        threshold=_("Any reason to hold or more."),
        changes_if=_("The reason that comes first ends."),
    ),
    "A-3": RuleWords(
        rule=_("Where no rule asks for a change, the plan stays as it is: steps up are earned."),
        text=_("Nothing in your entries asks for a change. Repeat your plan as it is."),
        threshold=_("No rule applies."),
        changes_if=_("Two good sessions of an exercise in a row, all sets at their target, earn a step."),
    ),
}
