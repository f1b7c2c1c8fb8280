"""How the back answered the latest bouts (P)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from backpain.coach.bouts import Bout, Grade, grade, is_ordinary_soreness, is_unsettled
from backpain.coach.decision import Evidence, Value, Verdict
from backpain.coach.facts import Facts
from backpain.coach.thresholds import Thresholds


def latest_bouts(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """P-4: the latest graded run and session; the worse counts. P-1, P-2, P-3 and P-5 are its parts."""
    chronic = facts.is_chronic
    bouts = [bout for bout in (facts.graded_run, facts.graded_session) if bout is not None]
    grades = [(bout, grade(bout, thresholds, chronic=chronic)) for bout in bouts]
    bad = [bout for bout, mark in grades if mark is Grade.BAD]
    okay = [bout for bout, mark in grades if mark is Grade.OKAY]
    if not bad and not okay:
        return None
    return Evidence(
        values=tuple(value for bout in bad or okay for value in bout_values(bout)),
        limits=(("zone_high", thresholds.zone_high), ("settled_rise", thresholds.settled_rise)),
        verdict=Verdict.REGRESS if bad else Verdict.HOLD,
    )


def rising_in_bout(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """P-2: pain that rose within a bout; at best OKAY."""
    return _about(facts, lambda bout: _rises(bout, thresholds), ("rise", thresholds.rise))


def unsettled(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """P-3: not settled by the next morning."""
    return _about(
        facts,
        lambda bout: is_unsettled(bout, thresholds) and not is_ordinary_soreness(bout, thresholds),
        ("settled_rise", thresholds.settled_rise),
    )


def stop_signs(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """P-5: a limp, an ache turning sharp, stopped for pain."""
    return _about(facts, lambda bout: bool(bout.signs), None)


def ordinary_soreness(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """P-7: holds instead of easing; never after a run."""
    bout = facts.graded_session
    if bout is None or not (is_unsettled(bout, thresholds) and is_ordinary_soreness(bout, thresholds)):
        return None
    return Evidence(values=bout_values(bout), limits=(("soreness_rise", thresholds.soreness_rise),))


def pain_before(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """P-9: pain before a bout of today; it eases the whole day."""
    bout = facts.bout_today
    if bout is None or bout.before is None or bout.before < thresholds.before_raised:
        return None
    if bout.before < thresholds.before_high and facts.is_chronic:
        return None
    return Evidence(
        values=(Value(what=f"{_kind(bout)}.before", value=bout.before, unit="/10", on=bout.on),),
        limits=(("before_raised", thresholds.before_raised), ("before_high", thresholds.before_high)),
    )


def week_to_week(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """P-6: not worse than the week before."""
    now = facts.week_median(at_least=thresholds.median_readings)
    before = facts.earlier_week_median(at_least=thresholds.median_readings)
    if now is None or before is None:
        return None
    rise = now - before
    if rise >= thresholds.week_rise_regress and now >= thresholds.week_floor_regress:
        verdict, limit = Verdict.REGRESS, ("week_rise_regress", thresholds.week_rise_regress)
    elif rise >= thresholds.week_rise_hold and now >= thresholds.week_floor_hold:
        verdict, limit = Verdict.HOLD, ("week_rise_hold", thresholds.week_rise_hold)
    else:
        return None
    return Evidence(
        values=(
            Value(what="week_median", value=now, unit="/10", on=facts.on),
            Value(what="earlier_week_median", value=before, unit="/10"),
        ),
        limits=(limit,),
        verdict=verdict,
    )


def bout_values(bout: Bout) -> tuple[Value, ...]:
    """Return the scores of a bout that are known, with their days."""
    kind = _kind(bout)
    scores = {"before": bout.before, "during": bout.during, "after": bout.after}
    values = [
        Value(what=f"{kind}.{name}", value=score, unit="/10", on=bout.on)
        for name, score in scores.items()
        if score is not None
    ]
    morning = bout.next_morning if bout.next_morning is not None else bout.next_day
    if morning is not None:
        values.append(
            Value(what=f"{kind}.next_morning", value=morning, unit="/10", on=bout.on + dt.timedelta(days=1))
        )
    return (*values, *(Value(what=f"{kind}.sign", value=sign, on=bout.on) for sign in bout.signs))


def _about(
    facts: Facts,
    is_so: Callable[[Bout], bool],
    limit: tuple[str, float] | None,
) -> Evidence | None:
    bouts = [bout for bout in (facts.graded_run, facts.graded_session) if bout is not None and is_so(bout)]
    values = tuple(value for bout in bouts for value in bout_values(bout))
    return Evidence(values=values, limits=(limit,) if limit else ()) if bouts else None


def _rises(bout: Bout, thresholds: Thresholds) -> bool:
    if bout.before is None or bout.during is None:
        return False
    return bout.during - bout.before >= thresholds.rise


def _kind(bout: Bout) -> str:
    return "run" if bout.is_run else "session"
