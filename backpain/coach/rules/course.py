"""Pain that lasts, worsens, spreads or spoils runs (W)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from backpain.coach.chronicle import days_before
from backpain.coach.decision import Evidence, Value, Verdict
from backpain.coach.facts import Facts
from backpain.coach.series import Reading, is_flare, pain_days, window
from backpain.coach.thresholds import Thresholds


def more_than_a_week(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-1a: a notice; professional when runs are affected, or under 18."""
    week = facts.weeks[0]
    now = facts.week_median(at_least=thresholds.median_readings)
    days = facts.episode_days
    if days is None or days < thresholds.week_episode or facts.assessed_on is not None:
        return None
    if now is None or now < thresholds.persistent_median or not _mostly_pain(week, thresholds):
        return None
    affected = [run for run in facts.affected if run.on > days_before(facts.on, 7)]
    return Evidence(
        values=(
            _episode(facts, days),
            _week_median(now, facts.on),
            *(Value(what="affected", value=run.how, on=run.on) for run in affected),
        ),
        limits=(
            ("week_episode", thresholds.week_episode),
            ("persistent_median", thresholds.persistent_median),
        ),
        verdict=Verdict.PROFESSIONAL if affected or facts.is_under(thresholds.youth_age) else Verdict.HOLD,
    )


def more_than_two_weeks(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-1b; put off to day 28 while the pain is mild and clearly falling."""
    days = facts.episode_days
    fortnight = facts.weeks[1] + facts.weeks[0]
    if days is None or days <= thresholds.fortnight_episode or facts.assessed_on is not None:
        return None
    if len(fortnight) < thresholds.fortnight_readings or not _mostly_pain(fortnight, thresholds):
        return None
    if not pain_days(window(facts.readings, facts.on, thresholds.recent_pain_days), thresholds):
        return None
    now = facts.week_median(at_least=thresholds.fortnight_median_readings)
    before = facts.earlier_week_median(at_least=thresholds.fortnight_median_readings)
    if now is None or before is None or min(now, before) < thresholds.persistent_median:
        return None
    easing = now <= thresholds.deferral_median and _is_relief(before, now, thresholds)
    if days < thresholds.deferral_ends and easing:
        return None
    return Evidence(
        values=(
            _episode(facts, days),
            Value(what="pain_days", value=pain_days(fortnight, thresholds), unit="days"),
            Value(what="readings", value=len(fortnight)),
            _week_median(now, facts.on),
            Value(what="earlier_week_median", value=before, unit="/10", on=days_before(facts.on, 7)),
        ),
        limits=(
            ("fortnight_episode", thresholds.fortnight_episode),
            ("persistent_median", thresholds.persistent_median),
        ),
    )


def chronic_unassessed(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-1c."""
    days = facts.episode_days
    if days is None or days < thresholds.chronic_unassessed or facts.assessed_on is not None:
        return None
    count = pain_days(window(facts.readings, facts.on, thresholds.chronic_window), thresholds)
    if count < thresholds.chronic_pain_days:
        return None
    return Evidence(
        values=(_episode(facts, days), Value(what="pain_days", value=count, unit="days")),
        limits=(("chronic_unassessed", thresholds.chronic_unassessed),),
    )


def three_weeks_running(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-1d: pain days in each of the last three weeks, however few readings there are."""
    days = facts.episode_days
    if days is None or days < thresholds.blocks_episode or facts.assessed_on is not None:
        return None
    blocks = facts.weeks[:3]
    counts = [pain_days(block, thresholds) for block in blocks]
    raised = sum(reading.value >= thresholds.block_raised for block in blocks for reading in block)
    if min(counts) < thresholds.block_pain_days or raised < thresholds.block_raised_count:
        return None
    return Evidence(
        values=(
            _episode(facts, days),
            Value(what="pain_days", value=sum(counts), unit="days"),
            Value(what="raised_readings", value=raised),
        ),
        limits=(
            ("block_pain_days", thresholds.block_pain_days),
            ("block_raised_count", thresholds.block_raised_count),
        ),
    )


def spoiled_runs(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-2: only runs after the latest assessment count."""
    runs = [run for run in facts.affected if facts.assessed_on is None or run.on > facts.assessed_on]
    if not runs:
        return None
    return Evidence(
        values=tuple(Value(what="affected", value=run.how, on=run.on) for run in runs),
        limits=(("affected_runs", thresholds.affected_runs),),
        verdict=Verdict.PROFESSIONAL if len(runs) >= thresholds.affected_runs else Verdict.REGRESS,
    )


def sustained_rise(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-3: fired, and neither assessed nor eased since."""
    if facts.worse_since is None or facts.usual_at_firing is None:
        return None
    return Evidence(
        values=(
            Value(what="worse_since", value=facts.worse_since.isoformat(), on=facts.worse_since),
            Value(what="usual", value=facts.usual_at_firing, unit="/10", on=facts.worse_since),
            *_newest(facts),
        ),
        limits=(("cusum_limit", thresholds.cusum_limit), ("worse_median", thresholds.worse_median)),
    )


def rise_from_cold(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-3c."""
    now = facts.week_median(at_least=thresholds.median_readings)
    before = facts.earlier_week_median(at_least=thresholds.median_readings)
    if now is None or before is None or not facts.rises_from_cold(thresholds):
        return None
    return Evidence(
        values=(
            _week_median(now, facts.on),
            Value(what="earlier_week_median", value=before, unit="/10", on=days_before(facts.on, 7)),
        ),
        limits=(("cold_start_rise", thresholds.cold_start_rise),),
    )


def slow_drift(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-4."""
    if facts.drift is None or not facts.drifts(thresholds):
        return None
    return Evidence(
        values=(
            Value(what="recent_mean", value=round(facts.drift.recent_mean, 1), unit="/10", on=facts.on),
            Value(
                what="old_mean",
                value=round(facts.drift.old_mean, 1),
                unit="/10",
                on=days_before(facts.on, 42),
            ),
        ),
        limits=(("drift_rise", thresholds.drift_rise),),
    )


def flare(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-5: one reading must not act; three do. The runner's own word, or gentle days, hold."""
    if not _is_fresh(facts, thresholds) or not is_flare(facts.readings, facts.usual, thresholds):
        return _gentle_days(facts)
    return Evidence(
        values=_last_readings(facts, thresholds.flare_readings),
        limits=(("flare_rise", thresholds.flare_rise), ("flare_floor", thresholds.flare_floor)),
    )


def _gentle_days(facts: Facts) -> Evidence | None:
    gentle = facts.ahead.gentle
    values = []
    if gentle.since is not None:
        values.append(Value(what="gentle_since", value=gentle.since.isoformat(), on=gentle.since))
    if gentle.said_on is not None:
        values.append(Value(what="flare_said", value="yes", on=gentle.said_on))
    return Evidence(values=tuple(values), verdict=Verdict.HOLD) if values else None


def programme_not_helping(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-11: eight weeks of most of the sessions, and neither the pain nor the PSFS has moved enough.

    Silent after an assessment that is later than the eight weeks. Below a pain day there is little to ask
    a professional for.
    """
    trial = facts.ahead.programme.trial
    now = facts.week_median(at_least=thresholds.median_readings)
    if trial is None or trial.start is None or now is None or now < thresholds.persistent_median:
        return None
    judged_on = days_before(trial.began_on, -thresholds.programme_days)
    if facts.assessed_on is not None and facts.assessed_on >= judged_on:
        return None
    gained = trial.psfs_gain is not None and trial.psfs_gain >= thresholds.psfs_points
    if trial.strength_days < thresholds.programme_strength_days:
        return None
    if gained or _is_relief(trial.start, now, thresholds):
        return None
    began_on = trial.began_on
    gain = () if trial.psfs_gain is None else (Value(what="psfs_gain", value=round(trial.psfs_gain, 1)),)
    return Evidence(
        values=(
            Value(what="programme_since", value=began_on.isoformat(), on=began_on),
            Value(what="strength_days", value=trial.strength_days, unit="days"),
            Value(what="programme_start", value=trial.start, unit="/10", on=days_before(began_on, -6)),
            _week_median(now, facts.on),
            *gain,
        ),
        limits=(
            ("programme_strength_days", thresholds.programme_strength_days),
            ("relief_points", thresholds.relief_points),
            ("psfs_points", thresholds.psfs_points),
        ),
    )


def rest_not_helping(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-7: relief is two points, 30 per cent, or hardly any pain left."""
    rested = facts.rested
    if rested is None or rested.start is None or rested.end is None:
        return None
    if rested.end <= thresholds.rest_relieved or _is_relief(rested.start, rested.end, thresholds):
        return None
    return Evidence(
        values=(
            Value(what="rest_days", value=rested.days, unit="days", on=rested.last),
            Value(what="rest_start", value=rested.start, unit="/10", on=rested.first),
            Value(what="rest_end", value=rested.end, unit="/10", on=rested.last),
        ),
        limits=(("rest_days", thresholds.rest_days), ("relief_points", thresholds.relief_points)),
    )


def spreading(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-8: a site away from the low back, unless assessed on or after its first report."""
    new = [site for site in facts.spread if facts.assessed_on is None or facts.assessed_on < site.first_on]
    if not new:
        return None
    return Evidence(
        values=tuple(Value(what="site", value=site.site, on=site.last_on) for site in new),
        limits=(("spread_days", thresholds.spread_days),),
    )


def bad_bouts(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-9; silent for 90 days after an assessment later than the last of them."""
    first = days_before(facts.on, thresholds.bad_days - 1)
    days = [day for day in facts.bad_days if day >= first]
    if len(days) < thresholds.bad_bouts or (facts.assessed_on is not None and facts.assessed_on >= days[-1]):
        return None
    return Evidence(
        values=tuple(Value(what="bad_bout", value="yes", on=day) for day in days),
        limits=(("bad_bouts", thresholds.bad_bouts),),
    )


def keeps_coming_back(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-10: needs an earlier episode that recovered, or the runner's own count."""
    if facts.onset is None or facts.assessed_on is not None:
        return None
    recovered = facts.recovered_on
    soon = recovered is not None and (facts.onset - recovered).days <= thresholds.recurrence_soon
    recorded = len(facts.earlier_onsets) + 1
    count = max(recorded, facts.episodes_last_12_months or recorded)
    if not soon and count < thresholds.recurrences:
        return None
    before = (
        () if recovered is None else (Value(what="recovered", value=recovered.isoformat(), on=recovered),)
    )
    return Evidence(
        values=(Value(what="episodes", value=count), *before, _episode(facts, (facts.on - facts.onset).days)),
        limits=(("recurrences", thresholds.recurrences), ("recurrence_soon", thresholds.recurrence_soon)),
    )


def new_episode(facts: Facts, thresholds: Thresholds) -> Evidence | None:
    """W-12: the first days after the runner's own date, or a clear rise from almost nothing."""
    usual = facts.usual
    low = usual is not None and usual < thresholds.cusum_reference
    if low and _is_fresh(facts, thresholds) and is_flare(facts.readings, usual, thresholds):
        return Evidence(
            values=_last_readings(facts, thresholds.flare_readings),
            limits=(("flare_rise", thresholds.flare_rise),),
        )
    began_on = facts.began_on
    if began_on is None or (facts.on - began_on).days > thresholds.new_episode_days:
        return None
    return Evidence(
        values=(Value(what="onset", value=began_on.isoformat(), on=began_on),),
        limits=(("new_episode_days", thresholds.new_episode_days),),
        verdict=Verdict.HOLD,
    )


def _mostly_pain(readings: Sequence[Reading], thresholds: Thresholds) -> bool:
    return pain_days(readings, thresholds) >= thresholds.pain_day_share * len(readings)


def _is_relief(before: float, now: float, thresholds: Thresholds) -> bool:
    return before - now >= min(thresholds.relief_points, thresholds.relief_share * before)


def _is_fresh(facts: Facts, thresholds: Thresholds) -> bool:
    return facts.newest is not None and (facts.on - facts.newest.on).days <= thresholds.newest_days


def _episode(facts: Facts, days: int) -> Value:
    return Value(what="episode_days", value=days, unit="days", on=facts.onset)


def _week_median(value: float, on: dt.date) -> Value:
    return Value(what="week_median", value=value, unit="/10", on=on)


def _newest(facts: Facts) -> Iterable[Value]:
    return _pain([facts.newest]) if facts.newest is not None else ()


def _last_readings(facts: Facts, count: int) -> tuple[Value, ...]:
    return tuple(_pain(facts.readings[-count:]))


def _pain(readings: Iterable[Reading]) -> Iterable[Value]:
    return (Value(what="pain", value=reading.value, unit="/10", on=reading.on) for reading in readings)
