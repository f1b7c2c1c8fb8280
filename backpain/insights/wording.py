"""The sentences of Progress. They report, with the period named; they neither judge nor name a cause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from backpain.charts import Event, TickUnit, Week, Words
from backpain.coach.decision import Verdict
from backpain.coach.questionnaires import PEG
from backpain.exercises.models import Unit
from backpain.ui.templatetags.ui import distance

from .log import MarkRow, PlacementRow, RunRow
from .series import NOTICEABLE, RUNS_TO_COMPARE, PlanEvent, Score, Stretch


def long_day(on: dt.date) -> str:
    """Return "16 Mar 2026" in the reader's language."""
    return _long_day(on, get_language())


@lru_cache(maxsize=4096)  # a long log names a thousand days on one page
def _long_day(on: dt.date, language: str | None) -> str:
    # Translators: day, month, year, in Django's date letters.
    return date_format(on, pgettext("date format", "j M Y"))


def finding(compared: tuple[Stretch, Stretch] | None) -> str:
    """Return the page's title: how pain after runs changed."""
    if compared is None:
        return _("Too few runs to compare yet")
    early, late = (stretch.mean for stretch in compared)
    means = {"early": decimal(early), "late": decimal(late)}
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
    amount = f"{abs(change) * 100:.0f}%" if peg else decimal(abs(change))
    return (_("%(amount)s lower") if change < 0 else _("%(amount)s higher")) % {"amount": amount}


def unit_name(units: str) -> str:
    return pgettext("miles", "mi") if units == "mi" else pgettext("kilometres", "km")


def words(label: str) -> Words:
    return Words(label=label, tick=_tick)


def _tick(on: dt.date, unit: TickUnit) -> str:
    if unit == "month" and on.month == 1:
        unit = "year"  # where one begins
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
    """Return what a reader hears of a week's bar, or of the mean of some."""
    words = (
        _("Week of %(day)s: %(distance)s %(unit)s")
        if week.weeks == 1
        else _("%(weeks)s weeks from %(day)s: %(distance)s %(unit)s a week")
    )
    said = words % {
        "weeks": week.weeks,
        "day": long_day(week.starts_on),
        "distance": decimal(week.distance),
        "unit": unit,
    }
    if week.longest is not None:
        said += _(", longest run %(distance)s") % {"distance": decimal(week.longest)}
    if week.guard is not None:
        said += _(", guard %(distance)s") % {"distance": decimal(week.guard)}
    return said


def chart_events(events: Iterable[PlanEvent]) -> list[Event]:
    """Return one event a day and kind, named after its first: icons on one spot hide each other."""
    same = groupby(sorted(events, key=attrgetter("on", "kind")), key=attrgetter("on", "kind"))
    return [_chart_event(list(group)) for _spot, group in same]


def _chart_event(group: list[PlanEvent]) -> Event:
    first, more = group[0], len(group) - 1
    others = f" +{more}" if more else ""
    return Event(
        on=first.on, kind=first.kind, name=event_name(first) + others, label=event_label(first) + others
    )


def event_name(event: PlanEvent) -> str:
    """Return what an event is about, as short as it gets: its shape tells its kind."""
    if event.placement is not None:
        return event.placement.exercise
    if event.mark is not None and event.mark.text:
        return event.mark.text
    return event_label(event)


def event_label(event: PlanEvent) -> str:
    """Return the new dose of a placement, what the advice asked for, who was seen or what was worn."""
    if event.mark is not None:
        return _mark_label(event.mark)
    if event.placement is not None:
        return placement_label(event.placement)
    return {
        Verdict.PROFESSIONAL: _("See a professional"),
        Verdict.URGENT: _("Medical advice that day"),
        Verdict.EMERGENCY: _("Emergency"),
    }[event.verdict or Verdict.PROFESSIONAL]


def _mark_label(mark: MarkRow) -> str:
    if mark.kind == "care":
        return _("Care: %(who)s") % {"who": mark.text} if mark.text else _("Care recorded")
    return _("First worn: %(shoe)s") % {"shoe": mark.text}


def event_kind(event: PlanEvent) -> str:
    """Return the word for an event's shape."""
    return {
        "up": _("up"),
        "down": _("eased"),
        "flag": _("help"),
        "care": _("care"),
        "shoe": _("shoes"),
    }[event.kind]


def placement_label(placement: PlacementRow) -> str:
    """Return "Forearm plank, 3 × 25 s"."""
    return f"{placement.exercise}, {dose(placement)}"


def dose(placement: PlacementRow) -> str:
    unit = "s" if placement.unit == Unit.SECONDS else Unit(placement.unit).label
    return f"{placement.sets} × {placement.target} {unit}"


def decimal(number: float) -> str:
    """Return a number with one decimal, a half rounded up, as templates do."""
    return _decimal(number, get_language())


@lru_cache(maxsize=4096)
def _decimal(number: float, language: str | None) -> str:
    return str(floatformat(number, 1))
