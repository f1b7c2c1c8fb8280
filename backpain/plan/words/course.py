"""Pain that lasts, worsens, spreads or spoils runs (W)."""

from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import Verdict

from .rule import ASSESSED, RuleWords

WORDS = {
    "W-1a": RuleWords(
        rule=_(
            "After a week of pain on most days, seeking help is reasonable; with spoiled runs it is time."
        ),
        text=_(
            "Your back has hurt on most days for more than a week, and it spoils your runs (%(facts)s). "
            "That is reason enough to have it looked at."
        ),
        threshold=_(
            "%(week_episode)s days or more, pain on %(pain_day_share_percent)s %% of the logged days of the last "
            "week, middle value %(persistent_median)s or more."
        ),
        changes_if=_("Fewer days with pain this week, or a visit to a professional that you record."),
        at={
            Verdict.HOLD: _(
                "Your back has hurt on most days for more than a week (%(facts)s). "
                "Seeing a physiotherapist or doctor is reasonable from now on."
            )
        },
    ),
    "W-1b": RuleWords(
        rule=_("Pain on most days for more than two weeks should be looked at, unless it is clearly easing."),
        text=_("Your pain has lasted more than two weeks and is not clearly going (%(facts)s)."),
        threshold=_(
            "More than %(fortnight_episode)s days, pain on %(pain_day_share_percent)s %% of the logged days of two "
            "weeks, middle value of each week %(persistent_median)s or more. Clear easing puts it off to day "
            "%(deferral_ends)s."
        ),
        changes_if=ASSESSED,
    ),
    "W-1d": RuleWords(
        rule=_("Pain in each of three weeks should be looked at, however few days were logged."),
        text=_("Your pain has come back in each of the last three weeks (%(facts)s)."),
        threshold=_(
            "%(block_pain_days)s days with pain in each of three weeks, and %(block_raised_count)s readings of "
            "%(block_raised)s or more."
        ),
        changes_if=ASSESSED,
    ),
    "W-1c": RuleWords(
        rule=_("Pain of three months or more should have been assessed within the last three months."),
        text=_("You have had this pain for months and nobody has assessed it lately (%(facts)s)."),
        threshold=_(
            "%(chronic_unassessed)s days or more, with pain on %(chronic_pain_days)s of the last four weeks' days."
        ),
        changes_if=ASSESSED,
    ),
    "W-2": RuleWords(
        rule=_("One run spoiled by the back eases training; two within two weeks should be looked at."),
        text=_("Your back has spoiled more than one run lately (%(facts)s)."),
        threshold=_("%(affected_runs)s spoiled runs in %(affected_days)s days. One alone eases training."),
        changes_if=_("Two weeks without a spoiled run, or a visit to a professional that you record."),
        at={
            Verdict.REGRESS: _(
                "Your back has spoiled a run (%(facts)s). Ease back now; help is reasonable if it happens again."
            )
        },
    ),
    "W-3": RuleWords(
        rule=_("Pain that stays clearly above your usual for more than a week should be looked at."),
        text=_("Your pain is getting worse: it has stayed above your usual for over a week (%(facts)s)."),
        threshold=_(
            "The middle of about a week at least %(worse_median)s points over your usual, and the sum of what lies "
            "above it %(cusum_limit)s or more."
        ),
        changes_if=_(
            "The middle value of a week falls back near your usual, or you record a visit to a professional."
        ),
    ),
    "W-3c": RuleWords(
        rule=_("A clear rise in the first weeks of a log should be looked at."),
        text=_("Your pain has gone up from one week to the next, twice in a row (%(facts)s)."),
        threshold=_(
            "%(cold_start_rise)s points or more, to %(cold_start_now)s or more, seen on two days some days apart."
        ),
        changes_if=_("A quieter week, or a visit to a professional that you record."),
    ),
    "W-4": RuleWords(
        rule=_("Pain that creeps up over weeks should be looked at."),
        text=_("Your pain has crept up over the last weeks (%(facts)s). It is easy to miss from day to day."),
        threshold=_(
            "The mean of two weeks at least %(drift_rise)s points above that of six to ten weeks ago."
        ),
        changes_if=_("A lower mean over two weeks, or a visit to a professional that you record."),
    ),
    "W-7": RuleWords(
        rule=_("A few days of rest that did not help are a reason to have it looked at."),
        text=_("You rested and your pain has hardly eased (%(facts)s)."),
        threshold=_(
            "%(rest_days)s full days or more, and less than %(relief_points)s points or %(relief_share_percent)s %% "
            "of relief."
        ),
        changes_if=_("Real relief at the end of the rest, or a visit to a professional that you record."),
    ),
    "W-8": RuleWords(
        rule=_("Pain that travels away from the low back should be looked at."),
        text=_("Your pain is no longer only in the low back (%(facts)s)."),
        threshold=_(
            "Any other place in the last %(spread_days)s days, unless assessed since it was first logged."
        ),
        changes_if=ASSESSED,
    ),
    "W-9": RuleWords(
        rule=_("Three bad runs or sessions within two weeks mean that the plan does not work: ask for help."),
        text=_("Your back took several runs or sessions badly (%(facts)s). The plan alone is not enough."),
        threshold=_("%(bad_bouts)s bad ones in %(bad_days)s days."),
        changes_if=_("Two weeks with fewer, or a visit to a professional that you record."),
    ),
    "W-11": RuleWords(
        rule=_("Weeks of regular exercises without enough change are a reason to ask a professional."),
        text=_(
            "You have done your exercises for weeks and your pain has hardly changed (%(facts)s). A "
            "physiotherapist can look at what to do differently."
        ),
        threshold=_(
            "%(programme_strength_days)s strength days in %(programme_days)s days, pain down by less than "
            "%(relief_points)s points and less than %(relief_share_percent)s %%, and what you can do up by less "
            "than %(psfs_points)s points."
        ),
        changes_if=_(
            "A clearly lower middle value, a clear gain in what you can do, or a visit to a professional that you "
            "record."
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
            "Three readings well above your usual are a flare: ease back for some days. Your own gentle days, or "
            "your word that it is a flare, hold everything; runs stay short until one has gone well."
        ),
        text=_("Your last readings are well above your usual (%(facts)s). Ease back until they settle."),
        threshold=_(
            "%(flare_readings)s readings in a row, %(flare_rise)s points or more over your usual; without a usual, "
            "%(flare_floor)s or more. The next run at most %(cap_bad_percent)s %% of the shorter of the last good "
            "run and the longest of %(longest_days)s days."
        ),
        changes_if=_("A reading nearer your usual, and the end of your gentle days."),
        at={
            Verdict.HOLD: _(
                "You are taking it gently for now (%(facts)s). Nothing is added, and runs stay short."
            )
        },
    ),
    "W-12": RuleWords(
        rule=_("The first week of new back pain is no time to add load."),
        text=_("Your pain has risen from almost nothing (%(facts)s). Ease back and see how it goes."),
        threshold=_("%(new_episode_days)s days from your own date, or a clear rise from almost none."),
        changes_if=_("The first week is over and your readings are low."),
        at={Verdict.HOLD: _("Your back pain is new (%(facts)s). Nothing is added in its first week.")},
    ),
}
