"""What a warning sign's reason shows: every value with its day, and the limits it was compared with."""

from __future__ import annotations

import pytest

from backpain.coach.decision import Value, Verdict
from backpain.coach.thresholds import SHIPPED
from tests.coach.red_flag_table import began, in_episode, in_strong_pain, quiet
from tests.coach.stories import calm

EMERGENCY, URGENT, PROFESSIONAL = Verdict.EMERGENCY, Verdict.URGENT, Verdict.PROFESSIONAL
REGRESS, HOLD = Verdict.REGRESS, Verdict.HOLD


def has(*names: str) -> frozenset[str]:
    return frozenset(names)


def jumped():
    """The last of four runs was half as long again."""
    told = calm()
    for on, metres in (("03-04", 8000), ("03-07", 8000), ("03-10", 8000), ("03-13", 12_000)):
        told = told.run(f"{on} {metres} m 0/0/0/0")
    return told


def line(value: Value) -> str:
    """ "pain 6/10 03-16": the key, the value with its unit, the day."""
    words = [value.what, f"{value.value}{value.unit}", value.on.strftime("%m-%d") if value.on else ""]
    return " ".join(words).strip()


SHOWN = [
    (
        "R-1",
        calm().screen("03-16", bowel_change="yes", saddle_numbness="yes", bladder_change="unsure"),
        EMERGENCY,
        "answer.bowel_change yes 03-16; answer.saddle_numbness yes 03-16",
        "",
    ),
    (
        "R-2",
        calm().screen("03-14", foot_drop_or_weakness="yes"),
        EMERGENCY,
        "answer.foot_drop_or_weakness yes 03-14",
        "",
    ),
    ("R-3", calm().screen("03-16", major_injury="yes"), EMERGENCY, "answer.major_injury yes 03-16", ""),
    (
        "R-4",
        calm().screen("03-16", chest_or_tearing_pain="yes"),
        EMERGENCY,
        "answer.chest_or_tearing_pain yes 03-16",
        "",
    ),
    (
        "R-4",
        in_episode().runner(conditions=has("known-aneurysm")).pain("03-16", "5", sites=has("abdomen")),
        EMERGENCY,
        "condition.known-aneurysm yes; sign.abdomen yes 03-16; sign.fresh yes 03-16; sign.jump yes 03-16",
        "",
    ),
    (
        "R-4",
        calm().pain("03-16", "6", sites=has("abdomen")).runner(birth_year=1966),
        URGENT,
        "sign.abdomen yes 03-16; pain 6/10 03-16",
        "vascular_age vascular_pain",
    ),
    (
        "R-5",
        calm()
        .screen("03-16", fever="yes", very_unwell="yes")
        .runner(conditions=has("immunosuppressed", "osteoporosis", "injecting-drugs")),
        EMERGENCY,
        "answer.fever yes 03-16; answer.very_unwell yes 03-16; condition.immunosuppressed yes; "
        "condition.injecting-drugs yes",
        "",
    ),
    ("R-5", calm().screen("03-16", fever="yes"), URGENT, "answer.fever yes 03-16", ""),
    ("R-5", calm().screen("03-16", very_unwell="yes"), URGENT, "answer.very_unwell yes 03-16", ""),
    (
        "R-5",
        in_episode().screen("03-16").runner(conditions=has("immunosuppressed")),
        PROFESSIONAL,
        "condition.immunosuppressed yes; onset 2026-03-12 03-12",
        "",
    ),
    (
        "R-6",
        in_episode().screen("03-16", cancer_ever="yes").runner(conditions=has("cancer-ever")),
        URGENT,
        "answer.cancer_ever yes 03-16; condition.cancer-ever yes; onset 2026-03-12 03-12",
        "",
    ),
    (
        "R-6",
        calm().screen("03-16", cancer_ever="yes", band_pain="yes", one_leg_nerve="yes"),
        EMERGENCY,
        "answer.cancer_ever yes 03-16; answer.band_pain yes 03-16; answer.one_leg_nerve yes 03-16",
        "",
    ),
    (
        "R-1u",
        calm().screen(
            "03-16", major_injury="unsure", both_legs="not_said", fever="unsure", saddle_numbness="yes"
        ),
        URGENT,
        "answer.both_legs not_said 03-16; answer.major_injury unsure 03-16",
        "",
    ),
    ("R-2b", calm().screen("03-16", one_leg_nerve="yes"), URGENT, "answer.one_leg_nerve yes 03-16", ""),
    (
        "R-2c",
        calm().pain("03-16", "1", sites=has("below-knee-left", "below-knee-right"), feel=has("numb")),
        URGENT,
        "sign.both-legs yes 03-16; sign.numb-leg yes 03-16",
        "",
    ),
    (
        "R-3b",
        calm()
        .screen("03-16", minor_injury="yes")
        .runner(birth_year=1961, conditions=has("osteoporosis", "steroids-3-months", "cancer-ever")),
        URGENT,
        "answer.minor_injury yes 03-16; age 65years; condition.osteoporosis yes; "
        "condition.steroids-3-months yes",
        "fragile_age",
    ),
    (
        "R-3c",
        in_episode().runner(conditions=has("osteoporosis", "steroids-3-months")),
        PROFESSIONAL,
        "condition.osteoporosis yes; condition.steroids-3-months yes; onset 2026-03-12 03-12",
        "fragile_pain",
    ),
    (
        "R-3c",
        in_strong_pain().runner(conditions=has("osteoporosis")),
        URGENT,
        "condition.osteoporosis yes; onset 2026-03-12 03-12; pain 6/10 03-16",
        "fragile_pain",
    ),
    (
        "R-7",
        calm().screen("03-16", weight_loss="yes", band_pain="yes"),
        URGENT,
        "answer.band_pain yes 03-16; answer.weight_loss yes 03-16",
        "",
    ),
    (
        "R-7",
        calm().pain("03-16", "6", sites=has("mid-back")),
        URGENT,
        "sign.mid-back yes 03-16; pain 6/10 03-16",
        "mid_back_pain",
    ),
    (
        "R-8",
        calm()
        .screen(
            "03-16",
            impact_pain_one_spot="yes",
            bone_pain_at_rest="yes",
            periods_absent="yes",
            past_stress_fracture="yes",
            low_energy_intake="yes",
        )
        .runner(conditions=has("past-stress-fracture"), birth_year=2006)
        .pain("03-16", "1", cannot=has("walk")),
        URGENT,
        "answer.impact_pain_one_spot yes 03-16; answer.bone_pain_at_rest yes 03-16; "
        "answer.low_energy_intake yes 03-16; answer.past_stress_fracture yes 03-16; "
        "answer.periods_absent yes 03-16; age 20years; sign.cannot-walk yes 03-16",
        "bone_score",
    ),
    (
        "R-8",
        calm().screen("03-16", one_sided_sacral="yes").runner(conditions=has("past-stress-fracture")),
        PROFESSIONAL,
        "answer.one_sided_sacral yes 03-16; condition.past-stress-fracture yes",
        "bone_score",
    ),
    (
        "R-8b",
        calm().screen("03-16", periods_absent="yes", low_energy_intake="yes"),
        PROFESSIONAL,
        "answer.periods_absent yes 03-16; answer.low_energy_intake yes 03-16",
        "",
    ),
    (
        "R-8c",
        calm()
        .screen("03-16", impact_pain_one_spot="yes")
        .pain("03-16", "1", cannot=has("walk"), sites=has("hip-left"))
        .run("03-16 5000 m 0/0/0/- limp"),
        URGENT,
        "sign.cannot-walk yes 03-16; sign.groin-or-hip yes 03-16; sign.limp yes 03-16; "
        "answer.impact_pain_one_spot yes 03-16",
        "site_days",
    ),
    (
        "R-9",
        in_episode()
        .runner(birth_year=2006)
        .screen("03-16", lean_back_pain="yes")
        .placed("back-extension superman 3x8 reps")
        .placed("front-plank forearm-plank 3x25 s"),
        REGRESS,
        "answer.lean_back_pain yes 03-16; age 20years; onset 2026-03-12 03-12",
        "extension_age extension_days",
    ),
    (
        "R-10",
        began(quiet(), "2025-12-01").screen(
            "03-16", onset_before_35="yes", buttock_pain="yes", psoriasis="yes"
        ),
        PROFESSIONAL,
        "answer.buttock_pain yes 03-16; answer.onset_before_35 yes 03-16; answer.psoriasis yes 03-16",
        "inflammatory_items",
    ),
    ("R-11", calm().runner(birth_year=None), HOLD, "birth_year unknown", ""),
    ("R-11", calm().runner(birth_year=2012), PROFESSIONAL, "age 14years", "child_age"),
    (
        "R-11",
        in_episode().runner(birth_year=1970, first_ever_episode=True),
        PROFESSIONAL,
        "age 56years; onset 2026-03-12 03-12",
        "first_ever_age",
    ),
    (
        "R-12",
        in_episode()
        .screen("03-16", pregnant_or_postpartum="yes")
        .runner(conditions=has("pregnant-or-6-months-postpartum")),
        PROFESSIONAL,
        "answer.pregnant_or_postpartum yes 03-16; condition.pregnant-or-6-months-postpartum yes; "
        "onset 2026-03-12 03-12",
        "",
    ),
    (
        "R-12",
        in_episode().screen("03-16", pregnant_or_postpartum="yes"),
        PROFESSIONAL,
        "answer.pregnant_or_postpartum yes 03-16; onset 2026-03-12 03-12",
        "",
    ),
    ("R-13", calm().screen("03-16", flank_or_urine="yes"), URGENT, "answer.flank_or_urine yes 03-16", ""),
    (
        "W-6",
        calm().pain("03-15", "8 9", cannot=has("sleep", "walk")),
        URGENT,
        "pain 9/10 03-16; sign.cannot-sleep yes 03-16; sign.cannot-walk yes 03-16",
        "severe high",
    ),
    ("W-6", calm().pain("03-14", "7 7 7"), PROFESSIONAL, "pain 7/10 03-16", "severe high"),
    (
        "W-6b",
        calm().pain("03-16", "8", cannot=has("dress")),
        URGENT,
        "pain 8/10 03-16; sign.unable-today yes 03-16",
        "strong strong_unable",
    ),
    (
        "W-6b",
        calm().pain("03-16", "6", cannot=has("dress")),
        REGRESS,
        "pain 6/10 03-16",
        "strong strong_unable",
    ),
    (
        "R-8",
        jumped().screen("03-16", one_sided_sacral="yes"),
        PROFESSIONAL,
        "answer.one_sided_sacral yes 03-16; load-spike yes 03-16",
        "bone_score",
    ),
]


@pytest.mark.parametrize(("rule", "told", "verdict", "values", "limits"), SHOWN)
def test_a_reason_shows_what_it_saw(rule, told, verdict, values, limits):
    (reason,) = [reason for reason in told.decide().reasons if reason.rule == rule]
    shown = reason.evidence

    assert reason.verdict is verdict
    assert [line(value) for value in shown.values] == values.split("; ")
    assert dict(shown.limits) == {name: getattr(SHIPPED, name) for name in limits.split()}
