"""The words of the warning-sign questions; which are asked, and what an answer means, is the coach's."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "saddle_numbness": _(
        "Numbness, tingling or an altered feeling between your legs, around the genitals or back passage, "
        "or when wiping - new, or changed since a professional last checked it?"
    ),
    "bladder_change": _(
        "A new change in passing urine: hard to start, a weak or missing feeling, cannot stop, or leaking?"
    ),
    "bowel_change": _("A new loss of bowel control, or of the feeling when you open your bowels?"),
    "sexual_change": _(
        "A new change in sexual function or genital feeling? This can go with pressure on the nerves at the "
        "bottom of the spine and needs a hospital the same day."
    ),
    "both_legs": _("Pain, numbness or weakness in both legs?"),
    "foot_drop_or_weakness": _(
        "A foot that slaps or drops, a leg that is getting weaker, or new unsteadiness or clumsiness?"
    ),
    "one_leg_nerve": _("New or changed numbness, tingling or weakness in one leg?"),
    "major_injury": _("Did it start with a fall from a height, a crash or a hard blow?"),
    "minor_injury": _("Did it start with a small slip or a lift?"),
    "chest_or_tearing_pain": _("Chest pain, fainting, or a tearing or pulsing pain in belly and back?"),
    "fever": _("A temperature of 38 °C (100.4 °F) or more, or shivering chills?"),
    "very_unwell": _("Do you feel very unwell?"),
    "cancer_ever": _("Have you ever had cancer, other than non-melanoma skin cancer?"),
    "weight_loss": _("Weight loss you cannot explain?"),
    "unrelenting_night_pain": _("Pain at night that no position eases?"),
    "band_pain": _("A band of pain round the chest, or pain between the shoulder blades?"),
    "lump_or_deformity": _("A new lump, or a new change in the shape of your back?"),
    "impact_pain_one_spot": _(
        "Does each footstrike, or a single hop, hurt in one spot you can point to with a finger?"
    ),
    "one_sided_sacral": _("Is the pain to one side at the very bottom of the spine, or in one buttock?"),
    "bone_pain_at_rest": _("Does that one spot hurt at rest or at night, or is it hard to put weight on it?"),
    "past_stress_fracture": _("Have you ever had a stress fracture?"),
    "periods_absent": _("Three months or more without a period when one was expected?"),
    "low_energy_intake": _("Have you been eating less than your training needs?"),
    "lean_back_pain": _("Does leaning back hurt?"),
    "flank_or_urine": _(
        "Pain in one flank together with fever or burning when passing urine, or blood in the urine?"
    ),
    "pregnant_or_postpartum": _("Are you pregnant, or did you give birth in the last 6 months?"),
    "onset_before_35": _("Did your back pain first begin before you were 35?"),
    "wakes_second_half": _("Does it wake you in the second half of the night?"),
    "buttock_pain": _("Do you have pain in the buttocks?"),
    "better_with_movement": _("Does it get better when you move?"),
    "better_with_nsaid": _("Does it get better within 48 hours of an anti-inflammatory painkiller?"),
    "relative_with_spa": _(
        "Does a parent, brother, sister or child of yours have an inflammatory disease of the spine?"
    ),
    "arthritis": _("Have you, now or before, had swollen, painful joints that a doctor called inflamed?"),
    "enthesitis": _(
        "Have you, now or before, had an inflamed heel or another spot where a tendon meets bone?"
    ),
    "psoriasis": _("Have you, now or before, had psoriasis?"),
}
