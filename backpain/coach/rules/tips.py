"""Tips: worth a word, never a verdict (L-2, L-3, L-9, E-10, E-11, E-13, E-15, H-1 to H-4, Q-1)."""

from __future__ import annotations

import datetime as dt

from backpain.coach.chronicle import last_days
from backpain.coach.decision import Evidence, Value
from backpain.coach.facts import Facts
from backpain.coach.programme import Movement, Sides, SideTest
from backpain.coach.thresholds import Thresholds


def week_total(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """L-2: clearly more running this week than in the three before."""
    weeks = facts.ahead.weeks
    if weeks is None or weeks.ratio <= thresholds.week_distance:
        return None
    return Evidence(
        values=(
            Value(what="week_total", value=weeks.amount, unit=weeks.unit, on=facts.on),
            Value(what="usual_week", value=round(weeks.usual, 1), unit=weeks.unit),
            Value(what="week_ratio", value=round(weeks.ratio, 2), on=facts.on),
        ),
        limits=(("week_distance", thresholds.week_distance),),
    )


def harder_week(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """L-3: hardly more running but clearly harder."""
    weeks = facts.ahead.weeks
    ratio = None if weeks is None else weeks.load_ratio
    if weeks is None or ratio is None or ratio <= thresholds.week_load:
        return None
    if weeks.ratio > thresholds.week_load_distance:
        return None
    return Evidence(
        values=(
            Value(what="week_load", value=round(weeks.load or 0), on=facts.on),
            Value(what="usual_load", value=round(weeks.usual_load or 0)),
            Value(what="week_ratio", value=round(ratio, 2), on=facts.on),
        ),
        limits=(("week_load", thresholds.week_load),),
    )


def keep_moving(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """L-9: walking on days without a run, in an open episode."""
    ran_today = facts.last_run is not None and facts.last_run.on == facts.on
    if facts.episode_days is None or ran_today:
        return None
    return Evidence(values=(Value(what="walking", value=facts.episode_days, unit="days", on=facts.onset),))


def easier_week(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """E-10: after weeks of more and more, seven days at half the sets."""
    weeks = facts.ahead.programme.progressing_weeks
    if weeks < thresholds.progressing_weeks:
        return None
    return Evidence(
        values=(Value(what="progressing_weeks", value=weeks),),
        limits=(("progressing_weeks", thresholds.progressing_weeks),),
    )


def weaker_side(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """E-11: one side clearly weaker in two tests gets an extra set; never an alarm."""
    uneven = [sides for sides in facts.ahead.programme.sides if _is_uneven(sides, thresholds)]
    if not uneven:
        return None
    return Evidence(
        values=tuple(value for sides in uneven for value in _side_values(sides)),
        limits=(
            ("sides_share_reps", thresholds.sides_share_reps),
            ("sides_share_holds", thresholds.sides_share_holds),
            ("sides_holds_s", thresholds.sides_holds_s),
        ),
    )


def painful_movement(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """E-13: a mobility exercise that hurts is left out; pain before that is not known counts as none."""
    hurts = [each for each in facts.ahead.programme.movements if _hurts(each, thresholds)]
    if not hurts:
        return None
    return Evidence(
        values=tuple(value for movement in hurts for value in _movement_values(movement)),
        limits=(("mobility_rise", thresholds.mobility_rise),),
    )


def no_legs(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """E-15: at least one hip or knee strength exercise belongs in the programme."""
    if facts.ahead.programme.has_legs is not False:
        return None
    return Evidence(values=(Value(what="exercises", value=len(facts.ladders)),))


def hard_ground(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """H-1: for weeks every run that names a surface was on a hard one, and most of them name one."""
    ground = facts.ahead.habits.surfaces
    if ground.runs < thresholds.surface_runs or ground.hard < ground.named:
        return None
    if ground.named < round(thresholds.surface_share * ground.runs, 6):  # not 11.000000000000002
        return None
    return Evidence(
        values=(
            Value(what="runs_lately", value=ground.runs),
            Value(what="runs_hard", value=ground.hard),
        ),
        limits=(
            ("surface_days", thresholds.surface_days),
            ("surface_runs", thresholds.surface_runs),
            ("surface_share", thresholds.surface_share),
        ),
    )


def worn_shoe(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """H-2: a shoe still run in has gone far, by the runs that name it."""
    limit = 1000 * thresholds.shoe_km
    far = [worn for worn in facts.ahead.habits.worn if worn.metres > limit]
    if not far:
        return None
    values = (
        value
        for worn in far
        for value in (
            Value(what="shoe", value=worn.shoe, on=worn.on),
            Value(what="shoe_distance", value=round(worn.metres), unit="m", on=worn.on),
        )
    )
    return Evidence(values=tuple(values), limits=(("shoe_km", thresholds.shoe_km),))


def no_strength(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """H-3: a plan, and no strength work for days."""
    pause = facts.ahead.habits.pause
    if pause is None or pause.days < thresholds.pause_days:
        return None
    what = "pause_days" if pause.last_on is None else "last_strength"
    return Evidence(
        values=(Value(what=what, value=pause.days, unit="days", on=pause.last_on),),
        limits=(("pause_days", thresholds.pause_days),),
    )


def much_sitting(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """H-4: several days of the week spent sitting, as the runner noted."""
    days = facts.ahead.habits.sat_on
    if len(days) < thresholds.sitting_days:
        return None
    return Evidence(
        values=tuple(Value(what="sat_long", value="yes", on=day) for day in days),
        limits=(
            ("sitting_days", thresholds.sitting_days),
            ("sitting_window", thresholds.sitting_window),
        ),
    )


def questionnaires_due(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """Q-1: PEG and PSFS every four weeks of an episode."""
    if facts.onset is None:
        return None
    forms = facts.ahead.forms
    first = last_days(facts.on, thresholds.questionnaire_days)
    due = [
        (form, on) for form, on in (("peg", forms.peg_on), ("psfs", forms.psfs_on)) if not on or on < first
    ]
    if not due:
        return None
    return Evidence(
        values=tuple(_form(form, on) for form, on in due),
        limits=(("questionnaire_days", thresholds.questionnaire_days),),
    )


def _is_uneven(sides: Sides, thresholds: Thresholds) -> bool:
    tests = sides.tests
    if len(tests) < thresholds.sides_tests or len({test.weaker for test in tests}) > 1:
        return False
    return all(_is_clear(test, sides.unit, thresholds) for test in tests)


def _is_clear(test: SideTest, unit: str, thresholds: Thresholds) -> bool:
    stronger = max(test.left, test.right)
    if unit != "s":
        return test.gap >= thresholds.sides_share_reps * stronger
    return test.gap >= max(thresholds.sides_share_holds * stronger, thresholds.sides_holds_s)


def _side_values(sides: Sides) -> tuple[Value, ...]:
    named = Value(what="uneven", value=sides.exercise, on=sides.tests[0].on)
    weaker = Value(what="weaker_side", value=sides.tests[0].weaker, on=sides.tests[0].on)
    sums = (
        Value(what=f"side.{side}", value=round(result, 1), unit=sides.unit, on=test.on)
        for test in sides.tests
        for side, result in (("left", test.left), ("right", test.right))
    )
    return (named, weaker, *sums)


def _hurts(movement: Movement, thresholds: Thresholds) -> bool:
    return movement.pain > (movement.before or 0) + thresholds.mobility_rise


def _movement_values(movement: Movement) -> tuple[Value, ...]:
    values = (
        Value(what="movement", value=movement.exercise, on=movement.on),
        Value(what="movement_pain", value=movement.pain, unit="/10", on=movement.on),
    )
    if movement.before is None:
        return values
    return (*values, Value(what="session.before", value=movement.before, unit="/10", on=movement.on))


def _form(form: str, on: dt.date | None) -> Value:
    if on is None:
        return Value(what=f"form.{form}", value="never")
    return Value(what=f"form.{form}", value=on.isoformat(), on=on)
