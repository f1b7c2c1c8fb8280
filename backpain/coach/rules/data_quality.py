"""Too little is known (M) and the gate for any progression (G)."""

from __future__ import annotations

from backpain.coach.bouts import Bout, Grade, grade
from backpain.coach.chronicle import last_days
from backpain.coach.decision import Evidence, Value
from backpain.coach.facts import Facts
from backpain.coach.series import window
from backpain.coach.thresholds import Thresholds


def stale_or_thin(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """M-2: absence of data is not absence of pain.

    "Older than 3 days" is read as outside the last 3 days, so that silence of 3 days never progresses.
    """
    count = len(facts.weeks[0])
    limits = (("stale_after", thresholds.stale_after), ("readings_in_week", thresholds.readings_in_week))
    newest = facts.newest
    if newest is None or newest.on < last_days(facts.on, thresholds.stale_after):
        last = () if newest is None else (Value(what="pain", value=newest.value, unit="/10", on=newest.on),)
        return Evidence(values=(*last, Value(what="readings_in_week", value=count)), limits=limits)
    if count < thresholds.readings_in_week:
        return Evidence(values=(Value(what="readings_in_week", value=count),), limits=limits)
    return None


def ungraded_bout(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """M-3: without its morning score a bout is not graded."""
    ungraded = [
        bout for bout in (facts.last_run, facts.last_session) if bout and _is_ungraded(bout, thresholds)
    ]
    if not ungraded:
        return None
    return Evidence(values=tuple(value for bout in ungraded for value in _missing(bout)))


def silent_episode(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """M-5: silence in an open episode fails safe."""
    newest, days = facts.newest, facts.episode_days
    if newest is None or days is None or days <= thresholds.silent_episode_after:
        return None
    silent = (facts.on - newest.on).days
    if newest.value < thresholds.pain_day or silent < thresholds.silent_days:
        return None
    return Evidence(
        values=(
            Value(what="pain", value=newest.value, unit="/10", on=newest.on),
            Value(what="silent_days", value=silent, unit="days"),
        ),
        limits=(("silent_days", thresholds.silent_days),),
    )


def background_pain(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """G-1; in assessed-chronic mode (P-8) the limit is the runner's own usual."""
    now = facts.week_median(at_least=thresholds.median_readings)
    if now is None:
        return None
    limit = thresholds.gate_median
    if facts.is_chronic and facts.usual is not None:
        limit = facts.usual + thresholds.chronic_over_reference
    if now <= limit:
        return None
    return Evidence(
        values=(Value(what="week_median", value=now, unit="/10", on=facts.on),),
        limits=(("gate_median", limit),),
    )


def recent_high(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """G-2."""
    last = window(facts.readings, facts.on, thresholds.gate_high_days)
    high = [reading for reading in last if reading.value >= thresholds.gate_high]
    week = facts.weeks[0]
    raised = [reading for reading in week if reading.value >= thresholds.gate_raised]
    if not high and len(raised) < thresholds.gate_raised_count:
        return None
    return Evidence(
        values=tuple(Value(what="pain", value=r.value, unit="/10", on=r.on) for r in high or raised),
        limits=(("gate_high", thresholds.gate_high), ("gate_raised", thresholds.gate_raised)),
    )


def screen_due(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """G-3: a complete full screen, young enough and not older than what calls for one (R-0)."""
    screens = facts.screens
    days = thresholds.screen_days_episode if facts.onset is not None else thresholds.screen_days
    limits = (("screen_days", days),)
    if screens.full_on is None:
        return Evidence(values=(Value(what="screened", value="never"),), limits=limits)
    screened = Value(what="screened", value=screens.full_on.isoformat(), on=screens.full_on)
    if (facts.on - screens.full_on).days > days:
        return Evidence(values=(screened,), limits=limits)
    if screens.full_owed_since is not None and screens.full_on < screens.full_owed_since:
        owed = Value(
            what="screen_owed", value=screens.full_owed_since.isoformat(), on=screens.full_owed_since
        )
        return Evidence(values=(screened, owed), limits=limits)
    if screens.nerve_is_owed:
        since = screens.nerve_owed_since
        owed = Value(what="screen_owed", value=str(since), on=since)
        return Evidence(values=(screened, owed), limits=limits)
    return None


def _is_ungraded(bout: Bout, thresholds: Thresholds) -> bool:
    return grade(bout, thresholds) is Grade.UNKNOWN


def _missing(bout: Bout) -> tuple[Value, ...]:
    kind = "run" if bout.is_run else "session"
    scores = {"before": bout.before, "during": bout.during, "next_morning": bout.next_morning}
    return tuple(
        Value(what=f"{kind}.{name}", value="missing", on=bout.on)
        for name, score in scores.items()
        if score is None
    )
