"""Pain that lasts, worsens, spreads or spoils runs (W)."""

from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import Verdict

from .rule import ASSESSED, RuleWords

WORDS = {
    "W-1a": RuleWords(
        rule=_(
            "From day %(week_episode)s of pain on most days, seeking help is reasonable; with a spoiled run, or "
            "for the young, it is time."
        ),
        text=_(
            "Your back has hurt on most days for a week or more (%(facts)s). That is reason enough to have it "
            "looked at now."
        ),
        threshold=_(
            "%(week_episode)s days or more since it began, pain on %(pain_day_share_percent)s %% of the logged days "
            "of the last week, a middle pain score of %(persistent_median)s or more. It is time with a spoiled run "
            "in that week, or when turning %(youth_age)s this year or younger."
        ),
        changes_if=_("Fewer days with pain this week, or a visit to a professional that you record."),
        at={
            Verdict.HOLD: _(
                "Your back has hurt on most days for a week or more (%(facts)s). Checking in with a physiotherapist "
                "or doctor is a good idea with any back pain, and reasonable from now on."
            )
        },
    ),
    "W-1b": RuleWords(
        rule=_(
            "Pain on most days for more than %(fortnight_episode)s days should be looked at, unless it is clearly "
            "easing."
        ),
        text=_("Your pain has lasted, and it is not clearly easing (%(facts)s). Have it looked at now."),
        threshold=_(
            "More than %(fortnight_episode)s days since it began, pain on %(pain_day_share_percent)s %% of the "
            "logged days of two weeks, a middle pain score of %(persistent_median)s or more in each week. Clear "
            "easing puts it off to day %(deferral_ends)s."
        ),
        changes_if=ASSESSED,
    ),
    "W-1d": RuleWords(
        rule=_("Pain in each of three weeks should be looked at, however few days were logged."),
        text=_("Your pain has come back in each of the last three weeks (%(facts)s). Have it looked at now."),
        threshold=_(
            "Pain on %(block_pain_days)s or more of the days of each of three weeks, and in all "
            "%(block_raised_count)s readings of %(block_raised)s or more."
        ),
        changes_if=ASSESSED,
    ),
    "W-1c": RuleWords(
        rule=_(
            "Pain of %(chronic_unassessed)s days or more should have been assessed within the last "
            "%(assessed_days)s days."
        ),
        text=_(
            "You have had this pain for a long time, and no visit lately is in your log (%(facts)s). Have it "
            "assessed."
        ),
        threshold=_(
            "%(chronic_unassessed)s days or more since it began, with pain on %(chronic_pain_days)s or more of the "
            "last %(chronic_window)s days."
        ),
        changes_if=ASSESSED,
    ),
    "W-2": RuleWords(
        rule=_(
            "A run spoiled by the back eases training; %(affected_runs)s within %(affected_days)s days should be "
            "looked at."
        ),
        text=_("Your back keeps spoiling your runs (%(facts)s). Have it looked at now."),
        threshold=_(
            "Runs stopped, cut short or skipped because of the back, or run with a limp: %(affected_runs)s in "
            "%(affected_days)s days. Fewer ease training."
        ),
        changes_if=_(
            "%(affected_days)s days without a spoiled run, or a visit to a professional that you record."
        ),
        at={
            Verdict.REGRESS: _(
                "Your back has spoiled a run (%(facts)s). Ease back now. Seeing a physiotherapist or doctor is "
                "reasonable, above all if it happens again."
            )
        },
    ),
    "W-3": RuleWords(
        rule=_("Pain that stays clearly above your usual day after day should be looked at."),
        text=_(
            "Your pain is getting worse: day after day it lies above your usual (%(facts)s). Have it looked at now."
        ),
        threshold=_(
            "The middle pain score of %(worse_window)s days at least %(worse_median)s points over your usual. And "
            "what each day lies above your usual by more than %(cusum_slack)s adds up to %(cusum_limit)s or more, "
            "over %(cusum_days)s days or more."
        ),
        changes_if=_(
            "The middle pain score of a week falls back near your usual, or you record a visit to a professional."
        ),
    ),
    "W-3c": RuleWords(
        rule=_("A clear rise in the first weeks of a log should be looked at."),
        text=_(
            "Your pain has clearly gone up from one week to the next, and stays up (%(facts)s). Have it looked at "
            "now."
        ),
        threshold=_(
            "The middle pain score of a week up by %(cold_start_rise)s or more, to %(cold_start_now)s or more, seen "
            "on two days some days apart."
        ),
        changes_if=_("A quieter week, or a visit to a professional that you record."),
    ),
    "W-4": RuleWords(
        rule=_("Pain that creeps up over weeks should be looked at."),
        text=_(
            "Your pain has crept up over the weeks, which is easy to miss from day to day (%(facts)s). Have it "
            "looked at now."
        ),
        threshold=_(
            "The average of the last %(drift_days)s days at least %(drift_rise)s points above that of the time "
            "from %(drift_old_from)s to %(drift_old_to)s days ago."
        ),
        changes_if=_("A lower average, or a visit to a professional that you record."),
    ),
    "W-7": RuleWords(
        rule=_("A few days of rest that did not help are a reason to have it looked at."),
        text=_("You rested, and your pain has hardly eased (%(facts)s). Have it looked at now."),
        threshold=_(
            "%(rest_days)s full days or more, pain down by less than %(relief_points)s points and less than "
            "%(relief_share_percent)s %%, and still above %(rest_relieved)s."
        ),
        changes_if=_("Real relief at the end of the rest, or a visit to a professional that you record."),
    ),
    "W-8": RuleWords(
        rule=_("Pain that travels away from the low back should be looked at."),
        text=_("Your pain is no longer only in the low back (%(facts)s). Have it looked at now."),
        threshold=_(
            "Any other place in the last %(spread_days)s days, unless assessed since it was first logged."
        ),
        changes_if=ASSESSED,
    ),
    "W-9": RuleWords(
        rule=_(
            "%(bad_bouts)s bad runs or sessions within %(bad_days)s days mean that the plan does not work: ask for "
            "help."
        ),
        text=_(
            "Your back took several runs or sessions badly (%(facts)s). The plan alone is not enough: ask a "
            "physiotherapist or doctor."
        ),
        threshold=_("%(bad_bouts)s bad ones in %(bad_days)s days."),
        changes_if=_("%(bad_days)s days with fewer, or a visit to a professional that you record."),
    ),
    "W-11": RuleWords(
        rule=_("Weeks of regular exercises without enough change are a reason to ask a professional."),
        text=_(
            "You have done your exercises for weeks and your pain has hardly changed (%(facts)s). A "
            "physiotherapist can look at what to do differently, and what else to check."
        ),
        threshold=_(
            "%(programme_strength_days)s strength days in %(programme_days)s days, pain down by less than "
            "%(relief_points)s points and less than %(relief_share_percent)s %%, and what you can do up by less "
            "than %(psfs_points)s points."
        ),
        changes_if=_(
            "A clearly lower middle pain score, a clear gain in what you can do, or a visit to a professional that "
            "you record."
        ),
    ),
    "W-10": RuleWords(
        rule=_("Back pain that keeps coming back is worth a plan made with a professional."),
        text=_(
            "Your back pain keeps coming back (%(facts)s). A professional can help you plan against that."
        ),
        threshold=_("%(recurrences)s times in a year, or again within %(recurrence_soon)s days of recovery."),
        changes_if=ASSESSED,
    ),
    "W-5": RuleWords(
        rule=_(
            "Readings well above your usual, %(flare_readings)s in a row, are a flare: ease back for some days. "
            "Your own gentle days, or your word that it is a flare, hold everything; runs stay short until one has "
            "gone well."
        ),
        text=_("Your last readings are well above your usual (%(facts)s). Ease back until they settle."),
        threshold=_(
            "%(flare_readings)s readings in a row, %(flare_rise)s points or more over your usual; without a usual, "
            "%(flare_floor)s or more. The next run at most %(cap_bad_percent)s %% of the shorter of the last good "
            "run and the longest of %(longest_days)s days."
        ),
        changes_if=_("Readings nearer your usual."),
        at={
            Verdict.HOLD: _(
                "You are taking it gently for now (%(facts)s). Nothing is added, and runs stay short."
            )
        },
        changes_at={
            Verdict.HOLD: _("The end of your gentle days, or a check-in that you do not call a flare.")
        },
    ),
    "W-12": RuleWords(
        rule=_("The first %(new_episode_days)s days of new back pain are no time to add load."),
        text=_(
            "Your pain has risen from almost nothing (%(facts)s). Ease back. Checking in with a physiotherapist or "
            "doctor is a good idea with any back pain."
        ),
        threshold=_("%(new_episode_days)s days from your own date, or a clear rise from almost none."),
        changes_if=_("The first %(new_episode_days)s days are over and your readings are low."),
        at={
            Verdict.HOLD: _(
                "Your back pain is new (%(facts)s). Nothing is added in its first days. Checking in with a "
                "physiotherapist or doctor is a good idea with any back pain."
            )
        },
    ),
}
