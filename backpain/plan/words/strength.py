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
