"""The numbers on top of Progress, each with the period it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backpain.coach.decision import Verdict
from backpain.coach.thresholds import Thresholds
from backpain.plan.words.reasons import VERDICTS
from backpain.ui.templatetags.ui import distance

from . import wording
from .log import Log
from .series import (
    DAY,
    MONTH,
    PLANNED_A_WEEK,
    Kept,
    Period,
    kept,
    longest_run,
    mean_after,
    plan_events,
    verdict_days,
)


@dataclass(frozen=True, kw_only=True)
class Tile:
    title: str
    value: str
    unit: str
    period: str
    note: str


def tiles(log: Log, period: Period, *, thresholds: Thresholds, units: str) -> list[Tile]:
    """Return the numbers for a period that ends today: some are of the last weeks, some of the period."""
    on = period.last
    return [
        _pain_tile(log, on),
        _longest_tile(log, on, thresholds.longest_days, units),
        _plan_tile(log, on),
        _sessions_tile(log, period),
        _advice_tile(verdict_days(log.verdicts, period), period),
    ]


def _pain_tile(log: Log, on: dt.date) -> Tile:
    now = mean_after(log.runs, on - MONTH + DAY, on)
    before = mean_after(log.runs, on - 2 * MONTH + DAY, on - MONTH)
    return Tile(
        title=_("Pain after runs"),
        value="–" if now is None else wording.decimal(now),
        unit="" if now is None else _("of 10"),
        period=_("mean, last 4 weeks") if now is not None else _("no score in the last 4 weeks"),
        note=_("no score in the 4 weeks before")
        if before is None
        else _("%(mean)s in the 4 weeks before") % {"mean": wording.decimal(before)},
    )


def _longest_tile(log: Log, on: dt.date, days: int, units: str) -> Tile:
    run = longest_run(log.runs, on - (days - 1) * DAY, on)
    value, _space, unit = distance(run.distance_m, units).partition(" ") if run else ("–", "", "")
    period = _("last %(days)s days") % {"days": days}
    return Tile(title=_("Longest run"), value=value, unit=unit, period=period, note=_cap(log, on, units))


def _cap(log: Log, on: dt.date, units: str) -> str:
    """Return what the newest advice says about the next run, dated where it is not of today."""
    if log.running is None:
        return _("no advice yet on the next run")
    given_on, running = log.running
    if not running["may_run"]:
        said = _("no running for now, see Today")
    elif running["cap_m"] is None:
        said = _("no cap on the next run yet")
    else:
        said = _("next run: up to %(cap)s") % {"cap": distance(running["cap_m"], units)}
    return (
        said
        if given_on == on
        else _("%(said)s (advice of %(day)s)") % {"said": said, "day": wording.long_day(given_on)}
    )


def _plan_tile(log: Log, on: dt.date) -> Tile:
    standing = sum(placement.ended_on is None for placement in log.placements)
    recent = [event.kind for event in plan_events(log, Period(first=on - MONTH + DAY, last=on))]
    return Tile(
        title=_("Plan"),
        value=number_format(standing),
        unit=ngettext("exercise", "exercises", standing),
        period=_("today"),
        note=_("%(up)s up, %(down)s eased in the last 4 weeks")
        % {"up": recent.count("up"), "down": recent.count("down")},
    )


def _sessions_tile(log: Log, period: Period) -> Tile:
    found, (recent, before) = kept(log, period), log.sessions
    return Tile(
        title=_("Planned exercise days"),
        value=number_format(found.done) if found.due else "–",
        unit=_("of %(due)s") % {"due": found.due} if found.due else "",
        period=_kept_over(found, period),
        note=_("sessions: %(count)s in the last 4 weeks, %(before)s in the 4 weeks before")
        % {"count": recent, "before": before},
    )


def _kept_over(found: Kept, period: Period) -> str:
    if not found.due:
        return _("no whole week with a plan in these weeks")
    return ngettext(
        "%(days)s days a week, %(weeks)s whole week up to %(on)s",
        "%(days)s days a week, %(weeks)s whole weeks up to %(on)s",
        found.weeks,
    ) % {"days": PLANNED_A_WEEK, "weeks": found.weeks, "on": wording.long_day(period.last)}


def _advice_tile(counts: Mapping[Verdict, int], period: Period) -> Tile:
    days = sum(counts.values())
    said = [f"{VERDICTS[verdict]} {number_format(count)}" for verdict, count in counts.items()]
    return Tile(
        title=_("Days with advice"),
        value=number_format(days),
        unit=_("of %(days)s") % {"days": (period.last - period.first).days + 1},
        period=_("since %(day)s") % {"day": wording.long_day(period.first)},
        note=" · ".join(said) or _("no advice in these weeks"),
    )
