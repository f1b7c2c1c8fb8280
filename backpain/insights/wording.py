"""The sentences of Progress. They report, with the period named; they neither judge nor name a cause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from backpain.charts import Event, TickUnit, Week, Words
from backpain.coach.decision import Verdict
from backpain.coach.questionnaires import PEG
from backpain.exercises.models import Unit
from backpain.ui.templatetags.ui import distance

from .log import Log, PlacementRow, RunRow
from .series import (
    DAY,
    MONTH,
    NOTICEABLE,
    RUNS_TO_COMPARE,
    Period,
    PlanEvent,
    Score,
    Stretch,
    longest_run,
    mean_after,
    plan_events,
)


@dataclass(frozen=True, kw_only=True)
class Tile:
    title: str
    value: str
    unit: str
    period: str
    note: str


def long_day(on: dt.date) -> str:
    # Translators: day, month, year, in Django's date letters.
    return date_format(on, pgettext("date format", "j M Y"))


def finding(compared: tuple[Stretch, Stretch] | None) -> str:
    """Return the page's title: how pain after runs changed."""
    if compared is None:
        return _("Too few runs to compare yet")
    early, late = (stretch.mean for stretch in compared)
    means = {"early": _decimal(early), "late": _decimal(late)}
    if abs(late - early) < NOTICEABLE:
        return _("Pain after runs is about the same: %(early)s and %(late)s") % means
    if late < early:
        return _("Pain after runs went down from %(early)s to %(late)s") % means
    return _("Pain after runs went up from %(early)s to %(late)s") % means


def basis(compared: tuple[Stretch, Stretch] | None, *, scored: int) -> str:
    """Return what the finding compares."""
    if compared is None:
        return ngettext(
            "It takes %(needed)s runs with a score after them; these weeks have %(count)s.",
            "It takes %(needed)s runs with a score after them; these weeks have %(count)s.",
            scored,
        ) % {"needed": RUNS_TO_COMPARE, "count": scored}
    early, late = compared
    return _(
        "Means, 0 to 10, of the first %(count)s runs shown (%(first)s to %(second)s) and the latest "
        "%(count)s (%(third)s to %(fourth)s). The log shows what changed, not why."
    ) % {
        "count": late.runs,
        "first": long_day(early.first),
        "second": long_day(early.last),
        "third": long_day(late.first),
        "fourth": long_day(late.last),
    }


def tiles(log: Log, *, on: dt.date, longest_days: int, units: str) -> list[Tile]:
    """Return the four numbers on top, each with its period."""
    return [
        _pain_tile(log, on),
        _longest_tile(log, on, longest_days, units),
        _plan_tile(log, on),
        _sessions_tile(log),
    ]


def _pain_tile(log: Log, on: dt.date) -> Tile:
    now = mean_after(log.runs, on - MONTH + DAY, on)
    before = mean_after(log.runs, on - 2 * MONTH + DAY, on - MONTH)
    return Tile(
        title=_("Pain after runs"),
        value="–" if now is None else _decimal(now),
        unit="" if now is None else _("of 10"),
        period=_("mean, last 4 weeks") if now is not None else _("no score in the last 4 weeks"),
        note=_("no score in the 4 weeks before")
        if before is None
        else _("%(mean)s in the 4 weeks before") % {"mean": _decimal(before)},
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
        else _("%(said)s (advice of %(day)s)") % {"said": said, "day": long_day(given_on)}
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


def _sessions_tile(log: Log) -> Tile:
    recent, before = log.sessions
    return Tile(
        title=_("Sessions of exercises"),
        value=number_format(recent),
        unit="",
        period=_("last 4 weeks"),
        note=_("%(count)s in the 4 weeks before") % {"count": before},
    )


def score_change(compared: Score) -> str:
    """Return how a score of a questionnaire stands to the first one: "33% lower, a change that counts"."""
    if compared.is_first:
        return _("the first")
    if compared.change is None:
        return _("the first was 0") if compared.row.form == PEG else _("other activities than the first")
    if not compared.change:
        return _("the same")
    said = _amount(compared)
    return _("%(change)s, a change that counts") % {"change": said} if compared.counts else said


def _amount(compared: Score) -> str:
    change = compared.change or 0
    peg = compared.row.form == PEG
    amount = f"{abs(change) * 100:.0f}%" if peg else _decimal(abs(change))
    return (_("%(amount)s lower") if change < 0 else _("%(amount)s higher")) % {"amount": amount}


def unit_name(units: str) -> str:
    return pgettext("miles", "mi") if units == "mi" else pgettext("kilometres", "km")


def words(label: str) -> Words:
    return Words(label=label, tick=_tick)


def _tick(on: dt.date, unit: TickUnit) -> str:
    # Translators: day and month, month, year, in Django's date letters.
    letters = {"week": pgettext("date format", "j M"), "month": pgettext("date format", "M"), "year": "Y"}
    return date_format(on, letters[unit])


def run_label(run: RunRow, units: str) -> str:
    """Return what a reader hears of a run's mark: "3 Oct 2026, 6.2 km: before 1, worst 3, after 2"."""
    scores = [
        (_("before %(score)s"), run.before),
        (_("worst during %(score)s"), run.during),
        (_("after %(score)s"), run.after),
        (_("next morning %(score)s"), run.next_morning),
    ]
    said = ", ".join(words % {"score": score} for words, score in scores if score is not None)
    where = f"{long_day(run.on)}, {distance(run.distance_m, units)}" if run.distance_m else long_day(run.on)
    return f"{where}: {said}"


def week_label(week: Week, unit: str) -> str:
    """Return what a reader hears of a week's bar."""
    said = _("Week of %(day)s: %(distance)s %(unit)s") % {
        "day": long_day(week.starts_on),
        "distance": _decimal(week.distance),
        "unit": unit,
    }
    if week.longest is not None:
        said += _(", longest run %(distance)s") % {"distance": _decimal(week.longest)}
    if week.guard is not None:
        said += _(", guard %(distance)s") % {"distance": _decimal(week.guard)}
    return said


def chart_events(events: Iterable[PlanEvent]) -> list[Event]:
    """Return one event a day and kind, named after its first: icons on one spot hide each other."""
    same = groupby(sorted(events, key=attrgetter("on", "kind")), key=attrgetter("on", "kind"))
    return [_chart_event(list(group)) for _spot, group in same]


def _chart_event(group: list[PlanEvent]) -> Event:
    first, more = group[0], len(group) - 1
    label = event_label(first) + (f" +{more}" if more else "")
    return Event(on=first.on, kind=first.kind, label=label)


def event_label(event: PlanEvent) -> str:
    """Return the new dose of a placement, or what the advice asked for."""
    if event.placement is not None:
        return f"{event.placement.exercise}, {_dose(event.placement)}"
    return {
        Verdict.PROFESSIONAL: _("See a professional"),
        Verdict.URGENT: _("Medical advice that day"),
        Verdict.EMERGENCY: _("Emergency"),
    }[event.verdict or Verdict.PROFESSIONAL]


def _dose(placement: PlacementRow) -> str:
    unit = "s" if placement.unit == Unit.SECONDS else Unit(placement.unit).label
    return f"{placement.sets} × {placement.target} {unit}"


def _decimal(number: float) -> str:
    return number_format(number, 1)
