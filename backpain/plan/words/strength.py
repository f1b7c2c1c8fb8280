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
            "You had a bad session of this exercise, or lost its form (%(facts)s). Take a step down and rebuild."
        ),
        threshold=_("One bad session, or form lost in two."),
        changes_if=_("Two good sessions at the easier dose."),
    ),
    "E-9": RuleWords(
        rule=_("After a break an exercise starts again lower: the longer the break, the lower."),
        text=_("You have been away from this exercise (%(facts)s). Start again a step lower."),
        threshold=_(
            "From %(gap_fewer_sets)s days on one set fewer, from %(gap_step)s one step down, from "
            "%(gap_two_steps)s two steps, from %(gap_again)s the first test again."
        ),
        changes_if=_("A session of this exercise."),
        at={
            Verdict.HOLD: _(
                "You have been away from this exercise (%(facts)s). Come back gently before anything is added."
            )
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
        text=_("Your next exercise has jumps, and your back is not ready for landings yet (%(facts)s)."),
        threshold=_("%(impact_quiet_days)s days without a bad one, and the run-walk stages done."),
        changes_if=_("A quiet stretch of %(impact_quiet_days)s days."),
    ),
    "E-7": RuleWords(
        rule=_("Strength work on two or three days a week, the same exercise not on two days running."),
        text=_("Your strength days are too many, too few or too close together (%(facts)s)."),
        threshold=_(
            "At most %(strength_days_week)s days a week, at least %(strength_days_least)s in "
            "%(strength_days_window)s days, %(spacing_days)s days apart."
        ),
        changes_if=_("Two or three strength days a week, with a day between."),
    ),
    "E-8": RuleWords(
        rule=_("Where each repetition is held, holds stay short; repetitions grow instead."),
        text=_(
            "You held each repetition longer than planned (%(facts)s). Keep holds short and add repetitions."
        ),
        threshold=_("At most %(hold_longest_s)s s a hold."),
        changes_if=_("A session with shorter holds."),
    ),
    "E-3": RuleWords(
        rule=_(
            "A step up needs two good sessions in a row: every set at its target, form kept, pain settled."
        ),
        text=_("What your next step still needs: %(facts)s."),
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
            "You added something in every one of the last weeks (%(facts)s). If you like, do only "
            "%(easier_share_percent)s %% of the sets for a week, at the same targets."
        ),
        threshold=_("%(progressing_weeks)s weeks in a row with a higher target or a new exercise."),
        changes_if=_("A week in which nothing is added."),
    ),
    "E-11": RuleWords(
        rule=_("A clearly weaker side gets one set more; the dose follows that side."),
        text=_(
            "One of your sides did less in your last sessions (%(facts)s). Sides differ in most people. Do one set "
            "more on the weaker side, if you like."
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
        threshold=_("Pain during it more than %(mobility_rise)s point above the pain before."),
        changes_if=_("The same movement later, in a smaller range, without more pain."),
    ),
    "E-15": RuleWords(
        rule=_("At least one exercise trains hip or knee strength."),
        text=_(
            "None of your exercises trains hip or knee strength (%(facts)s). In runners with lasting back pain "
            "such work helped running more than back exercises alone."
        ),
        threshold=_("None on a ladder for hip or knee."),
        changes_if=_("An exercise for hip or knee in your plan."),
    ),
    "E-5": RuleWords(
        rule=_("Two good sessions at the top of an exercise open the next one on its ladder."),
        text=_("You did every set at the top of this exercise in two good sessions (%(facts)s)."),
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
