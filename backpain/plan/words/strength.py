"""Strength work, one ladder at a time (E, X-1)."""

from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import Verdict

from .rule import RuleWords

WORDS = {
    "E-6": RuleWords(
        rule=_(
            "A bad session of an exercise, or form lost twice, means one step down; two in a row mean two."
        ),
        text=_(
            "You had a bad session of this exercise, or lost its form (%(facts)s). Work a step lower, and build up "
            "from there."
        ),
        threshold=_("One bad session, or form lost in two."),
        changes_if=_("Two good sessions at the easier dose."),
    ),
    "E-9": RuleWords(
        rule=_("After a break an exercise starts again lower: the longer the break, the lower."),
        text=_("You have been away from this exercise (%(facts)s). Start again lower."),
        threshold=_(
            "From %(gap_fewer_sets)s days on one set fewer, from %(gap_step)s one step down, from "
            "%(gap_two_steps)s two steps, from %(gap_again)s the first test again."
        ),
        changes_if=_("A session of this exercise."),
        at={
            Verdict.HOLD: _(
                "You have been away from this exercise (%(facts)s). Come back with fewer sets before anything is "
                "added."
            ),
            "gap_again": _(
                "You have been away from this exercise for long (%(facts)s). Test it first with one slow set, as at "
                "the start. Stop if it hurts more than before."
            ),
        },
    ),
    "X-1": RuleWords(
        rule=_("One big change at a time: if pain rises, the cause has to be clear."),
        text=_(
            "You made another big change lately (%(facts)s). The next exercise waits until the effect is clear."
        ),
        threshold=_(
            "One change of exercise in %(level_up_days)s days, and none beside a big jump in running."
        ),
        changes_if=_("%(level_up_days)s days without another big change."),
    ),
    "E-16": RuleWords(
        rule=_("Jumps come last: only after weeks without a bad run or session."),
        text=_(
            "Your next exercise has jumps, so it waits for a longer time without a bad run or session (%(facts)s)."
        ),
        threshold=_(
            "%(impact_quiet_days)s days without a bad run or session, and the run-walk stages done where you are "
            "in them."
        ),
        changes_if=_(
            "%(impact_quiet_days)s days without a bad run or session, and the run-walk stages done."
        ),
    ),
    "E-7": RuleWords(
        rule=_("Strength work on two or three days a week, the same exercise not on two days running."),
        text=_("You did this exercise on days close together (%(facts)s). Leave a day between."),
        threshold=_(
            "At most %(strength_days_week)s days a week, at least %(strength_days_least)s in "
            "%(strength_days_window)s days; the same exercise again after %(spacing_days)s days at the earliest."
        ),
        changes_if=_("Two or three strength days a week, with a day between."),
        at={
            "strength_days_week": _(
                "Your strength days are many for one week (%(facts)s). Leave a few days free before anything is "
                "added."
            ),
            "strength_days_least": _(
                "Your strength days are few lately (%(facts)s). Nothing is added until they are regular."
            ),
        },
    ),
    "E-8": RuleWords(
        rule=_("Where each repetition is held, holds stay short; repetitions grow instead."),
        text=_("You held each repetition for long (%(facts)s). Keep each hold short."),
        threshold=_("At most %(hold_longest_s)s s a hold."),
        changes_if=_("A session with shorter holds."),
    ),
    "E-3": RuleWords(
        rule=_(
            "A step up needs two good sessions in a row: every set at its target, form kept, pain settled."
        ),
        text=_("Your next step waits for two good sessions (%(facts)s)."),
        threshold=_(
            "Two good sessions within %(step_days)s days, every set at %(target)s or more, form kept."
        ),
        changes_if=_("The next good sessions, with all sets, form and next-morning scores logged."),
    ),
    "E-14": RuleWords(
        rule=_(
            "%(plateau_sessions)s sessions at one target without a step call for a smaller step or a swap."
        ),
        text=_(
            "You have stayed at one target for a while (%(facts)s). A smaller step, or the exercise below it for a "
            "time, may suit you better."
        ),
        threshold=_(
            "%(plateau_sessions)s sessions in a row at one target, none of them bad, and no step earned."
        ),
        changes_if=_("Two good sessions in a row with every set at the target."),
    ),
    "E-10": RuleWords(
        rule=_("After weeks of adding, an easier week is on offer."),
        text=_(
            "You have added something week after week (%(facts)s). If you like, do only "
            "%(easier_share_percent)s %% of the sets for a week, at the same targets."
        ),
        threshold=_("%(progressing_weeks)s weeks in a row with a higher target or a new exercise."),
        changes_if=_("A week in which nothing is added."),
    ),
    "E-11": RuleWords(
        rule=_("A clearly weaker side gets one set more; the dose follows that side."),
        text=_(
            "One of your sides did less in your last sessions (%(facts)s). Sides differ in most people. When your "
            "plan allows more, give the weaker side one set more first."
        ),
        threshold=_(
            "A difference of %(sides_share_reps_percent)s %% or more in repetitions, or of "
            "%(sides_share_holds_percent)s %% and %(sides_holds_s)s s or more in holds, in %(sides_tests)s sessions."
        ),
        changes_if=_("A session in which both sides do about the same."),
    ),
    "E-13": RuleWords(
        rule=_("Gentle movement may be daily; a movement that hurts more than before it is left out."),
        text=_(
            "A gentle movement hurt you more than before you began (%(facts)s). Leave it out for now, and pick "
            "another one."
        ),
        threshold=_("Pain during it above the pain before by more than %(mobility_rise)s."),
        changes_if=_("The same movement later, in a smaller range, without more pain."),
    ),
    "E-15": RuleWords(
        rule=_("At least one exercise trains hip or knee strength."),
        text=_(
            "None of your exercises trains hip or knee strength (%(facts)s). In runners with lasting back pain "
            "such work helped running more than back exercises alone. Make your next new exercise one of these."
        ),
        threshold=_("None on a ladder for hip or knee."),
        changes_if=_("An exercise for hip or knee in your plan."),
    ),
    "E-5": RuleWords(
        rule=_("Two good sessions at the highest target of an exercise open the next one on its ladder."),
        text=_("You met the highest target of this exercise in every set of two good sessions (%(facts)s)."),
        threshold=_("Every set at %(target)s or more, in two good sessions in a row."),
        changes_if=_("A session below the target, or a reason to wait."),
    ),
    "E-3f": RuleWords(
        rule=_("Clearly more than asked, and easily, earns two steps at once."),
        text=_("You did clearly more than asked, and it felt easy (%(facts)s)."),
        threshold=_(
            "The last set %(fast_surplus)s over the target in two good sessions, effort at most %(fast_effort)s of 10."
        ),
        changes_if=_("A harder session: then it is one step at a time."),
    ),
    "E-4": RuleWords(
        rule=_("Two good sessions in a row at the target earn one step."),
        text=_("You met the target in every set of two good sessions (%(facts)s)."),
        threshold=_("Every set at %(target)s or more, in two good sessions in a row."),
        changes_if=_("A session below the target, or a reason to wait."),
    ),
}
