"""Warning signs (R) and severe pain (W-6, W-6b)."""

from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import Verdict

from .rule import ASSESSED, CLEARED, RuleWords

ANY_YES = _("Any yes, however old, until a professional has cleared it.")

WORDS = {
    "R-1": RuleWords(
        rule=_(
            "A change of feeling between the legs, of bladder, bowel or sexual function, or trouble in both "
            "legs needs a hospital at once."
        ),
        text=_(
            "You answered yes (%(facts)s). Signs like this need a hospital today: waiting can do lasting harm."
        ),
        threshold=ANY_YES,
        changes_if=CLEARED,
    ),
    "R-2": RuleWords(
        rule=_("A foot that drops, a leg getting weaker or new unsteadiness needs a hospital at once."),
        text=_(
            "You answered yes (%(facts)s). The strength of your legs has to be checked in a hospital today."
        ),
        threshold=ANY_YES,
        changes_if=CLEARED,
    ),
    "R-3": RuleWords(
        rule=_("Back pain after a fall from a height, a crash or a hard blow needs a hospital at once."),
        text=_(
            "You said that it began with a hard knock (%(facts)s). That has to be checked in a hospital today."
        ),
        threshold=ANY_YES,
        changes_if=CLEARED,
    ),
    "R-4": RuleWords(
        rule=_(
            "Chest pain, fainting or a tearing or pulsing pain in belly and back needs a hospital at once; "
            "so does fresh back pain with a known weak spot in the main blood vessel."
        ),
        text=_("Your entries show signs that have to be checked in a hospital now (%(facts)s)."),
        threshold=_(
            "Any yes. Or a known weak vessel with pain that is new, has jumped or is in the belly. "
            "Or, from %(vascular_age)s years on, belly pain of %(vascular_pain)s or more."
        ),
        changes_if=CLEARED,
        at={
            Verdict.URGENT: _(
                "Your entries show signs that a doctor has to check today, before anything else (%(facts)s)."
            )
        },
    ),
    "R-5": RuleWords(
        rule=_(
            "Fever, or feeling very unwell, together with back pain needs a doctor the same day. Some "
            "illnesses and treatments make that more pressing."
        ),
        text=_("With your health history, a doctor should see your back soon (%(facts)s)."),
        threshold=_(
            "Fever or feeling very unwell. Or a weakened immune system, injected drugs or a recent operation or "
            "injection in the spine, with pain nobody has assessed. Fever beside any of these is an emergency."
        ),
        changes_if=CLEARED,
        at={
            Verdict.URGENT: _("A doctor should hear today about what you told us (%(facts)s)."),
            Verdict.EMERGENCY: _("What you told us has to be checked in a hospital today (%(facts)s)."),
        },
    ),
    "R-6": RuleWords(
        rule=_("New back pain after cancer at any time should be checked by a doctor the same day."),
        text=_("With your history, a doctor should hear about this pain today (%(facts)s)."),
        threshold=_(
            "Cancer at any time, other than non-melanoma skin cancer, and pain not assessed since it began. "
            "With a nerve sign in a leg or a band of pain round the chest it is an emergency."
        ),
        changes_if=CLEARED,
        at={
            Verdict.EMERGENCY: _(
                "With your history, signs like this have to be checked in a hospital today (%(facts)s)."
            )
        },
    ),
    "R-1u": RuleWords(
        rule=_("A “not sure” to a warning sign counts as nearly a yes."),
        text=_(
            "You were not sure, or did not answer (%(facts)s). A maybe is taken seriously until it is settled: "
            "answer again as soon as you know."
        ),
        threshold=_("One step below what a yes would mean."),
        changes_if=_("Answer the warning-sign questions again as soon as you can say yes or no."),
        at={
            Verdict.PROFESSIONAL: _(
                "You were not sure, or did not answer (%(facts)s). A yes would need medical advice the same day. "
                "Ask a professional, and answer again as soon as you know."
            ),
            Verdict.URGENT: _(
                "You were not sure, or did not answer (%(facts)s). A yes would need a hospital, "
                "so ask for advice today."
            ),
        },
        changes_at={Verdict.URGENT: CLEARED},
    ),
    "R-2b": RuleWords(
        rule=_("New numbness, tingling or weakness in one leg needs medical advice the same day."),
        text=_(
            "You answered yes (%(facts)s). Ask today for somebody to test strength and feeling in that leg."
        ),
        threshold=ANY_YES,
        changes_if=CLEARED,
    ),
    "R-2c": RuleWords(
        rule=_(
            "An entry that tells of a numb or weak leg, or of both legs, counts until the nerve questions are all no."
        ),
        text=_(
            "You logged a sign in your legs (%(facts)s). Answer the short questions on legs and nerves now, and "
            "ask for advice today."
        ),
        threshold=_(
            "Numb, weak or pins and needles in the buttock, groin or leg, or the same place in both legs."
        ),
        changes_if=_(
            "It ends when you answer all nerve questions with no, or once a professional has cleared you."
        ),
    ),
    "R-3b": RuleWords(
        rule=_(
            "Back pain after a small slip or lift needs medical advice the same day where bones may be fragile."
        ),
        text=_(
            "Your pain began with a slip or a lift, and some bones bear that less well (%(facts)s). "
            "Ask for advice today."
        ),
        threshold=_(
            "A small injury, and %(fragile_age)s years or more, thin bones or long steroid treatment."
        ),
        changes_if=CLEARED,
    ),
    "R-3c": RuleWords(
        rule=_("New back pain with thin bones or long steroid treatment needs an assessment within a week."),
        text=_("With what you told us about your bones, new back pain should be assessed soon (%(facts)s)."),
        threshold=_("Pain not assessed since it began; the same day from a pain of %(fragile_pain)s on."),
        changes_if=ASSESSED,
        at={
            Verdict.URGENT: _(
                "With what you told us about your bones, a doctor should hear about this pain today (%(facts)s)."
            )
        },
        changes_at={Verdict.URGENT: CLEARED},
    ),
    "R-7": RuleWords(
        rule=_(
            "Unexplained weight loss, night pain that no position eases, a band of pain round the chest or a new "
            "lump needs medical advice the same day."
        ),
        text=_(
            "You told us about a sign that a doctor should hear about today (%(facts)s). A phone call is the right "
            "start."
        ),
        threshold=_("Any yes, or pain of %(mid_back_pain)s or more in the mid back."),
        changes_if=CLEARED,
    ),
    "R-8c": RuleWords(
        rule=_(
            "Groin or hip pain with a limp, pain in one spot or trouble walking: stop running, same-day advice."
        ),
        text=_(
            "Your groin or hip hurts in a way that running can make worse (%(facts)s). Stop running, and ask for "
            "advice today."
        ),
        threshold=_("Groin or hip in the last %(site_days)s days, with one of the signs beside it."),
        changes_if=CLEARED,
    ),
    "R-13": RuleWords(
        rule=_(
            "Pain in the side with fever or burning, or blood in the urine, needs medical advice the same day."
        ),
        text=_(
            "You answered yes to a sign that may have nothing to do with your back (%(facts)s). Ask a doctor today."
        ),
        threshold=ANY_YES,
        changes_if=CLEARED,
    ),
    "W-6": RuleWords(
        rule=_(
            "Severe pain that repeats needs help within days, or today when it stops you sleeping, walking or dressing."
        ),
        text=_("Your pain has been severe more than once (%(facts)s). Get help with it within days."),
        threshold=_(
            "%(severe)s of 10 on %(severe_count)s readings in a row, or %(high)s on %(high_count)s, "
            "the newest at most %(newest_days)s days old."
        ),
        changes_if=_("Newer readings below that, or the visit of a professional who cleared you."),
        at={
            Verdict.URGENT: _(
                "Your pain has been severe more than once, and it keeps you from everyday things (%(facts)s). Ask "
                "for advice today."
            )
        },
        changes_at={Verdict.URGENT: CLEARED},
    ),
    "W-6b": RuleWords(
        rule=_("A newest reading that is high stops running and eases training."),
        text=_(
            "Your newest reading is high (%(facts)s). Do not run for now. Answer the questions on legs and nerves "
            "if they are due."
        ),
        threshold=_(
            "%(strong)s of 10 or more; the same day from %(strong_unable)s on when you cannot walk or dress."
        ),
        changes_if=_("A newer reading below %(strong)s."),
        at={
            Verdict.URGENT: _(
                "Your newest reading is very high and it keeps you from everyday things (%(facts)s). "
                "Ask for advice today."
            )
        },
        changes_at={Verdict.URGENT: CLEARED},
    ),
    "R-8": RuleWords(
        rule=_("Pain in one spot with every footstrike: stop running and have it checked."),
        text=_(
            "Your answers have to be checked before you run again (%(facts)s). Stop running now: running on can "
            "make this worse."
        ),
        threshold=_(
            "A score of %(bone_score)s or more, with pain on impact or one-sided pain among them. Pain in one spot on "
            "impact counts double. These count once: pain to one side at the bottom of the spine, an earlier "
            "stress fracture, absent periods, eating too little, a big jump in running in the %(bone_load_days)s "
            "days before, and turning %(bone_age)s this year or younger. Or pain in that spot at rest."
        ),
        changes_if=CLEARED,
        at={
            Verdict.URGENT: _(
                "Your answers have to be checked before you run again (%(facts)s). Stop running now, and ask for "
                "advice today."
            )
        },
    ),
    "R-9": RuleWords(
        rule=_(
            "In a young runner, back pain on leaning back stops exercises that bend backwards, and from day "
            "%(extension_days)s on running too."
        ),
        text=_(
            "Leaning back hurts, it has lasted, and you are young (%(facts)s). Stop running, and leave out "
            "exercises that bend you backwards, until a professional has looked."
        ),
        threshold=_(
            "Turning %(extension_age)s this year or younger, and %(extension_days)s days or more since it began. "
            "Before that, no running after a run or session with a pain of %(extension_during)s or more."
        ),
        changes_if=CLEARED,
        at={
            Verdict.REGRESS: _(
                "Leaning back hurts, and you are young (%(facts)s). Leave out exercises that bend you backwards "
                "for now, and do not run through the pain."
            )
        },
        changes_at={
            Verdict.REGRESS: _("Answer the warning-sign questions again once leaning back no longer hurts.")
        },
    ),
    "R-8b": RuleWords(
        rule=_("Three months without an expected period should be talked over with a doctor."),
        text=_(
            "You told us something a doctor should know (%(facts)s). It can matter for bones and for training."
        ),
        threshold=_("A yes, when neither pregnant nor just after a birth."),
        changes_if=ASSESSED,
    ),
    "R-10": RuleWords(
        rule=_(
            "A certain pattern in pain of %(inflammatory_days)s days or more should be shown to a doctor."
        ),
        text=_(
            "Several of your answers belong to one pattern (%(facts)s). Show a doctor this list; they decide "
            "whether it needs tests or a specialist."
        ),
        threshold=_(
            "%(inflammatory_items)s yes answers or more, %(inflammatory_days)s days or more of pain that began "
            "before or in the year of turning %(inflammatory_age)s."
        ),
        changes_if=ASSESSED,
    ),
    "R-11": RuleWords(
        rule=_(
            "This log is not enough for children. From %(first_ever_age)s years on, the first back pain ever "
            "should be assessed."
        ),
        text=_("At your age, a professional should look at back pain first (%(facts)s)."),
        threshold=_(
            "Turning %(child_age)s this year or younger. Or turning %(first_ever_age)s this year or older, with "
            "the first back pain ever."
        ),
        changes_if=ASSESSED,
        at={
            Verdict.HOLD: _(
                "We do not know the year you were born. Some warning signs depend on age, so nothing moves up "
                "until you tell us."
            )
        },
        changes_at={Verdict.HOLD: _("Give your year of birth under Settings.")},
    ),
    "R-12": RuleWords(
        rule=_("Back pain in pregnancy or in the six months after a birth should be seen by a professional."),
        text=_(
            "You are pregnant or gave birth lately, and your back hurts (%(facts)s). A midwife, a doctor or a "
            "specialised physiotherapist can adapt training to that."
        ),
        threshold=_("A yes, with pain that is not over."),
        changes_if=ASSESSED,
    ),
    "R-14": RuleWords(
        rule=_(
            "A warning sign stays until a professional has cleared you and all questions are answered again."
        ),
        text=_(
            "An earlier warning sign of yours still stands (%(facts)s). Training stays stopped until a "
            "professional has cleared you."
        ),
        threshold=_("A visit that clears, on or after that day, and then a complete set of answers."),
        changes_if=CLEARED,
        at={
            Verdict.PROFESSIONAL: _(
                "An earlier warning sign of yours still stands (%(facts)s). Running stays stopped until a "
                "professional has cleared you."
            )
        },
    ),
}
