"""Red flags (R) and severe pain (W-6, W-6b), read from one day's signs, so an earlier day can still lock.

A rule here must never be blinded by one sign more: no combination of answers lowers the rung.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from backpain.coach.decision import Evidence, Move, Value, Verdict
from backpain.coach.facts import Facts
from backpain.coach.screening import INFLAMMATORY_ITEMS, verdict_if_unsure
from backpain.coach.signs import Answer, Signs
from backpain.coach.thresholds import Thresholds

SADDLE_ITEMS = ("saddle_numbness", "bladder_change", "bowel_change", "sexual_change", "both_legs")
SYSTEMIC_ITEMS = ("weight_loss", "unrelenting_night_pain", "band_pain", "lump_or_deformity")
BONE_SIGNS = ("impact_pain_one_spot", "one_sided_sacral")
BONE_RISKS = ("past_stress_fracture", "periods_absent", "low_energy_intake")
INFECTION_RISKS = frozenset({"immunosuppressed", "injecting-drugs", "recent-spinal-procedure"})
CANCER_BESIDE = ("one_leg_nerve", "band_pain")
BLOOD_BORNE = frozenset({"injecting-drugs", "recent-spinal-procedure"})
FRAGILE = frozenset({"osteoporosis", "steroids-3-months"})
EXTENSION_LADDER = "back-extension"
PREGNANT = "pregnant-or-6-months-postpartum"


def cauda_equina(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-1: any yes, however old."""
    return _said(signs, SADDLE_ITEMS)


def nerve_deficit(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-2: a dropping foot, a leg getting weaker, new unsteadiness."""
    return _said(signs, ("foot_drop_or_weakness",))


def major_injury(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-3."""
    return _said(signs, ("major_injury",))


def vessel_or_heart(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-4: chest or tearing pain; sooner with a known aneurysm or from 60 on."""
    if said := signs.said("yes", "chest_or_tearing_pain"):
        return Evidence(values=_values(said))
    raised = signs.marks & {"fresh", "abdomen", "jump"}
    if "known-aneurysm" in facts.conditions and raised:
        return Evidence(values=(_condition("known-aneurysm"), *_marks(signs, raised)))
    old = facts.birth_year is not None and signs.on.year - facts.birth_year >= thresholds.vascular_age
    pain = _pain_from(signs, thresholds.vascular_pain)
    if old and "abdomen" in signs.marks and pain:
        return Evidence(
            values=(*_marks(signs, {"abdomen"}), *pain),
            limits=(("vascular_age", thresholds.vascular_age), ("vascular_pain", thresholds.vascular_pain)),
            verdict=Verdict.URGENT,
        )
    return None


def infection(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-5: fever, or feeling very unwell; fever is missing in nearly half of spinal infections."""
    fever, unwell = signs.said("yes", "fever"), signs.said("yes", "very_unwell")
    risks = facts.conditions & INFECTION_RISKS
    if fever:
        worse = bool(unwell or risks)
        values = (*_values(fever + unwell), *map(_condition, sorted(risks)))
        return Evidence(values=values, verdict=Verdict.EMERGENCY if worse else Verdict.URGENT)
    if unwell:
        return Evidence(values=_values(unwell), verdict=Verdict.URGENT)
    if risks and "unassessed" in signs.marks:
        urgent = risks & BLOOD_BORNE
        return Evidence(
            values=(*map(_condition, sorted(risks)), *_onset(signs)),
            verdict=Verdict.URGENT if urgent else Verdict.PROFESSIONAL,
        )
    return None


def cancer_history(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-6: with an open episode nobody has assessed; beside a nerve sign or band of pain, always."""
    cancer, beside = _cancer(signs, facts), signs.said("yes", *CANCER_BESIDE)
    if not cancer or not (beside or "unassessed" in signs.marks):
        return None
    return Evidence(
        values=(*cancer, *_values(beside), *_onset(signs)),
        verdict=Verdict.EMERGENCY if beside else Verdict.URGENT,
    )


def _cancer(signs: Signs, facts: Facts) -> tuple[Value, ...]:
    profile = (_condition("cancer-ever"),) if "cancer-ever" in facts.conditions else ()
    return (*_values(signs.said("yes", "cancer_ever")), *profile)


def unsure(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-1u: a vague answer must not be lost."""
    verdicts = {
        answer: _unsure_verdict(answer.item, signs, facts, thresholds)
        for answer in signs.answers
        if answer.answer != "yes"
    }
    if not verdicts:
        return None
    worst = max(verdicts.values())
    kept = (answer for answer, verdict in verdicts.items() if verdict is worst)
    return Evidence(values=_values(kept), verdict=worst)


def _unsure_verdict(item: str, signs: Signs, facts: Facts, thresholds: Thresholds) -> Verdict:
    """Return one rung below what a yes would mean for this runner."""
    if item == "cancer_ever" and "unassessed" not in signs.marks:
        return Verdict.HOLD  # a yes would have no rung of its own either
    if item == "fever" and facts.conditions & INFECTION_RISKS:
        return Verdict.URGENT
    if item in CANCER_BESIDE and _cancer(signs, facts):
        return Verdict.URGENT
    if item == "minor_injury" and _fragile(signs, facts, thresholds):
        return Verdict.PROFESSIONAL
    return verdict_if_unsure(item)


def one_leg_nerve(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-2b."""
    return _said(signs, ("one_leg_nerve",))


def leg_feeling(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-2c: an entry that tells of numbness or of both legs, until the nerve questions are all no."""
    told = signs.marks & {"numb-leg", "both-legs"}
    answered = facts.screens.nerve_clear_on
    if not told or (answered is not None and answered >= signs.on):
        return None
    return Evidence(values=_marks(signs, told))


def fragile_bone_injury(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-3b: a small slip or lift, and bones that may not bear it."""
    said, fragile = signs.said("yes", "minor_injury"), _fragile(signs, facts, thresholds)
    if not said or not fragile:
        return None
    return Evidence(values=(*_values(said), *fragile), limits=(("fragile_age", thresholds.fragile_age),))


def _fragile(signs: Signs, facts: Facts, thresholds: Thresholds) -> tuple[Value, ...]:
    old = facts.birth_year is not None and signs.on.year - facts.birth_year >= thresholds.fragile_age
    age = (_age(signs, facts),) if old else ()
    return (*age, *map(_condition, sorted(facts.conditions & FRAGILE)))


def fragile_bone_episode(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-3c: a new episode without injury, not assessed."""
    fragile = facts.conditions & FRAGILE
    if not fragile or "unassessed" not in signs.marks:
        return None
    pain = _pain_from(signs, thresholds.fragile_pain)
    return Evidence(
        values=(*map(_condition, sorted(fragile)), *_onset(signs), *pain),
        limits=(("fragile_pain", thresholds.fragile_pain),),
        verdict=Verdict.URGENT if pain else Verdict.PROFESSIONAL,
    )


def systemic(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-7; the mid-back counts here only with night pain or high pain."""
    if said := signs.said("yes", *SYSTEMIC_ITEMS):
        return Evidence(values=_values(said))
    pain = _pain_from(signs, thresholds.mid_back_pain)
    if "mid-back" in signs.marks and pain:
        return Evidence(
            values=(*_marks(signs, {"mid-back"}), *pain),
            limits=(("mid_back_pain", thresholds.mid_back_pain),),
        )
    return None


def bone_stress(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-8: signs and risks added up; pain at rest needs no sum."""
    said, rest = signs.said("yes", *BONE_SIGNS), signs.said("yes", "bone_pain_at_rest")
    risks = _bone_risks(signs, facts, thresholds)
    score = len(said) + len(risks) + bool(signs.said("yes", "impact_pain_one_spot"))
    fires = bool(said) and score >= thresholds.bone_score
    if not fires and not rest:
        return None
    urgent = bool(rest and said) or "cannot-walk" in signs.marks
    unable = _marks(signs, signs.marks & {"cannot-walk"})
    return Evidence(
        values=(*_values(said + rest), *risks, *unable),
        limits=(("bone_score", thresholds.bone_score),),
        verdict=Verdict.URGENT if urgent else Verdict.PROFESSIONAL,
    )


def _bone_risks(signs: Signs, facts: Facts, thresholds: Thresholds) -> tuple[Value, ...]:
    risks = list(_values(signs.said("yes", *BONE_RISKS)))
    if "past-stress-fracture" in facts.conditions and not signs.said("yes", "past_stress_fracture"):
        risks.append(_condition("past-stress-fracture"))
    if "load-spike" in signs.marks:
        risks.append(Value(what="load-spike", value="yes", on=signs.on))
    if facts.birth_year is not None and signs.on.year - facts.birth_year - 1 < thresholds.bone_age:
        risks.append(_age(signs, facts))
    return tuple(risks)


def periods_absent(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-8b; eating too little beside it also stops any rise of load.

    Only the profile's pregnancy explains it: an answer never lowers what another one raises.
    """
    said = signs.said("yes", "periods_absent")
    if not said or PREGNANT in facts.conditions:
        return None
    return Evidence(values=_values(said + signs.said("yes", "low_energy_intake")))


def hip_stress(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-8c: groin or hip, with a limp, impact pain in one spot, or unable to walk."""
    impact, beside = signs.said("yes", "impact_pain_one_spot"), signs.marks & {"limp", "cannot-walk"}
    if "groin-or-hip" not in signs.marks or not (impact or beside):
        return None
    return Evidence(
        values=(*_marks(signs, beside | {"groin-or-hip"}), *_values(impact)),
        limits=(("site_days", thresholds.site_days),),
    )


def young_extension(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-9: under 20 and leaning back hurts; from two weeks on no running until seen."""
    said = signs.said("yes", "lean_back_pain")
    young = facts.birth_year is not None and signs.on.year - facts.birth_year - 1 < thresholds.extension_age
    if not said or not young:
        return None
    days = None if signs.onset is None else (signs.on - signs.onset).days
    lasting = days is not None and days >= thresholds.extension_days
    return Evidence(
        values=(*_values(said), _age(signs, facts), *_onset(signs)),
        move=_pause_extension(facts),
        limits=(("extension_age", thresholds.extension_age), ("extension_days", thresholds.extension_days)),
        verdict=Verdict.PROFESSIONAL if lasting else Verdict.REGRESS,
    )


def _pause_extension(facts: Facts) -> Move | None:
    current = next((ladder.current for ladder in facts.ladders if ladder.slug == EXTENSION_LADDER), None)
    if current is None:
        return None
    return Move(ladder=EXTENSION_LADDER, rule="R-9", kind="pause", from_=current, to=None)


def inflammatory(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-10: three or more of the nine items in a long episode that began before 45."""
    if facts.onset is None or (facts.on - facts.onset).days < thresholds.inflammatory_days:
        return None
    if facts.birth_year is None or facts.onset.year - facts.birth_year - 1 >= thresholds.inflammatory_age:
        return None
    said = signs.said("yes", *INFLAMMATORY_ITEMS)
    if len(said) < thresholds.inflammatory_items or _assessed_since(facts, max(a.on for a in said)):
        return None
    return Evidence(values=_values(said), limits=(("inflammatory_items", thresholds.inflammatory_items),))


def age_edges(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-11: under 16, or 55 and over with the first back pain ever; an unknown birth year holds."""
    if facts.years is None:
        return Evidence(values=(Value(what="birth_year", value="unknown"),), verdict=Verdict.HOLD)
    age = Value(what="age", value=facts.years, unit="years")
    if facts.is_under(thresholds.child_age):
        return Evidence(values=(age,), limits=(("child_age", thresholds.child_age),))
    if facts.onset is None or not facts.first_ever_episode or facts.assessed_on is not None:
        return None
    if facts.years < thresholds.first_ever_age:
        return None
    onset = Value(what="onset", value=facts.onset.isoformat(), on=facts.onset)
    return Evidence(values=(age, onset), limits=(("first_ever_age", thresholds.first_ever_age),))


def pregnancy(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-12: only with an open episode."""
    said = signs.said("yes", "pregnant_or_postpartum")
    condition = PREGNANT in facts.conditions
    if facts.onset is None or not (said or condition):
        return None
    trigger = max([facts.onset, *(answer.on for answer in said)])
    if _assessed_since(facts, trigger):
        return None
    return Evidence(values=(*_values(said), *((_condition(PREGNANT),) if condition else ()), *_onset(signs)))


def not_the_back(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """R-13: the question itself asks for flank pain with fever or burning, or blood in the urine."""
    return _said(signs, ("flank_or_urine",))


def severe_pain(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-6: severe and repeated; urgent when sleeping, walking or dressing is impossible."""
    if "severe" not in signs.marks:
        return None
    unable = signs.marks & {"cannot-sleep", "cannot-walk", "cannot-dress"}
    return Evidence(
        values=(*_pain_from(signs, thresholds.high), *_marks(signs, unable)),
        limits=(("severe", thresholds.severe), ("high", thresholds.high)),
        verdict=Verdict.URGENT if unable else Verdict.PROFESSIONAL,
    )


def strong_pain(signs: Signs, facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-6b: the newest reading is high."""
    pain = _pain_from(signs, thresholds.strong)
    if not pain:
        return None
    unable = (
        _marks(signs, signs.marks & {"unable-today"}) if _pain_from(signs, thresholds.strong_unable) else ()
    )
    return Evidence(
        values=(*pain, *unable),
        limits=(("strong", thresholds.strong), ("strong_unable", thresholds.strong_unable)),
        verdict=Verdict.URGENT if unable else Verdict.REGRESS,
    )


def _said(signs: Signs, items: Iterable[str]) -> Evidence | None:
    said = signs.said("yes", *items)
    return Evidence(values=_values(said)) if said else None


def _values(answers: Iterable[Answer]) -> tuple[Value, ...]:
    return tuple(Value(what=f"answer.{a.item}", value=a.answer, on=a.on) for a in answers)


def _marks(signs: Signs, marks: Iterable[str]) -> tuple[Value, ...]:
    return tuple(Value(what=f"sign.{mark}", value="yes", on=signs.on) for mark in sorted(marks))


def _condition(name: str) -> Value:
    return Value(what=f"condition.{name}", value="yes")


def _pain_from(signs: Signs, score: int) -> tuple[Value, ...]:
    """Return the pain where it is at least `score`."""
    if signs.pain is None or signs.pain < score:
        return ()
    return (Value(what="pain", value=signs.pain, unit="/10", on=signs.pain_on),)


def _onset(signs: Signs) -> tuple[Value, ...]:
    if signs.onset is None:
        return ()
    return (Value(what="onset", value=signs.onset.isoformat(), on=signs.onset),)


def _age(signs: Signs, facts: Facts) -> Value:
    return Value(what="age", value=signs.on.year - (facts.birth_year or signs.on.year), unit="years")


def _assessed_since(facts: Facts, trigger: dt.date) -> bool:
    return facts.assessed_on is not None and facts.assessed_on >= trigger
