"""The sentences of the report. They report what was logged and advised; they neither judge nor name a cause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backpain.insights.log import PlacementRow
from backpain.insights.series import PLANNED_A_WEEK, Kept
from backpain.insights.wording import long_day
from backpain.plan.words.values import amount
from backpain.training.choices import RunSign, ScreeningAnswer, Site
from backpain.training.questions import QUESTIONS

LONGEST_NOTE = 140  # characters; about a line of a page

KINDS = {
    "run": gettext_lazy("Run"),
    "walk": gettext_lazy("Walk"),
    "session": gettext_lazy("Session"),
    "check_in": gettext_lazy("Check-in"),
    "care": gettext_lazy("Care"),
}
SCORES = {
    "before": gettext_lazy("Before runs"),
    "during": gettext_lazy("Worst during runs"),
    "after": gettext_lazy("After runs"),
    "next_morning": gettext_lazy("Morning after runs"),
    "sessions": gettext_lazy("Worst around sessions of exercises"),
    "check_ins": gettext_lazy("Check-ins, average of 24 hours"),
}
SIGNS = {
    RunSign.STOPPED: gettext_lazy("stopped because of the back"),
    RunSign.SHORTENED: gettext_lazy("cut short because of the back"),
    RunSign.LIMP: gettext_lazy("limped or ran differently"),
    RunSign.SHARP: gettext_lazy("an ache turned sharp"),
}
LEFT_OUT = gettext_lazy("A warning-sign answer; the runner left the answers out of this report.")


def decimal(number: float) -> str:
    return number_format(number, 1)


def place(site: str) -> str:
    """Return "Low back, left"; a place we do not know, from a file, as it was written."""
    return str(Site(site).label) if site in Site.values else site


def dose(placement: PlacementRow) -> str:
    """Return "Forearm plank, 3 × 25 s"."""
    return f"{placement.exercise}, {placement.sets} × {amount(placement.target, placement.unit)}"


def steps(up: int, eased: int) -> str:
    """Return "3 up, 1 eased"."""
    said = [_("%(n)s up") % {"n": up}] if up else []
    said += [_("%(n)s eased") % {"n": eased}] if eased else []
    return ", ".join(said) or _("no change")


def kept(found: Kept) -> str:
    """Return "9 of 12 planned exercise days (2 a week, in 6 whole weeks with a plan)"; empty without any planned."""
    if not found.due:
        return ""
    return ngettext(
        "%(done)s of %(due)s planned exercise days (%(days)s a week, in %(weeks)s whole week with a plan)",
        "%(done)s of %(due)s planned exercise days (%(days)s a week, in %(weeks)s whole weeks with a plan)",
        found.weeks,
    ) % {"done": found.done, "due": found.due, "days": PLANNED_A_WEEK, "weeks": found.weeks}


def chart_label(runs: int, check_ins: int) -> str:
    """Return what the pain graph is, for who cannot see it; the table of scores sums it up."""
    return _(
        "Pain from 0 to 10 over time, from %(runs)s runs with a score and %(check_ins)s check-ins; "
        "the table of scores sums it up."
    ) % {"runs": runs, "check_ins": check_ins}


def distance_label(unit: str) -> str:
    return _("Distance of every week, in %(unit)s; the numbers beside it sum it up.") % {"unit": unit}


def period(first: dt.date, last: dt.date) -> str:
    return _("%(first)s to %(last)s") % {"first": long_day(first), "last": long_day(last)}


def spell(since: dt.date, until: dt.date | None, *, first: dt.date, last: dt.date) -> str:
    """Return the days some advice stood: until it was followed by a lesser one, or to the end of the period."""
    began = _("before %(day)s") % {"day": long_day(first)} if since < first else long_day(since)
    if until is None:
        return _("%(began)s, still in force on %(day)s") % {"began": began, "day": long_day(last)}
    if until == since:
        return began
    return _("%(began)s to %(day)s") % {"began": began, "day": long_day(until)}


def told(reason: str, on: dt.date) -> str:
    """Return a reason with the day it was given: it counts days from there."""
    return _("%(reason)s (%(day)s)") % {"reason": reason, "day": long_day(on)}


def question(item: str) -> str:
    return str(QUESTIONS.get(item, item))


def answers(worrying: tuple[dt.date, str], newest: tuple[dt.date, str]) -> str:
    """Return "Yes on 3 Mar 2026; No on 10 Mar 2026"."""
    pairs = [worrying] if worrying == newest else [worrying, newest]
    return "; ".join(
        _("%(answer)s on %(day)s") % {"answer": _answer(a), "day": long_day(on)} for on, a in pairs
    )


def _answer(answer: str) -> str:
    return str(ScreeningAnswer(answer).label) if answer in ScreeningAnswer.values else answer


def seen(who: str, *, assessed: bool, clears: bool) -> str:
    """Return whom the runner saw, and what the runner says came of it."""
    said = [who or _("a health professional")]
    said += [_("looked at the back")] if assessed else []
    said += [_("cleared for training, says the runner")] if clears else []
    return ", ".join(said)


def signs_of(counts: dict[str, int]) -> str:
    """Return "limped or ran differently 2 times, ..."; empty without any."""
    return ", ".join(
        ngettext("%(sign)s %(n)s time", "%(sign)s %(n)s times", n) % {"sign": SIGNS[sign], "n": n}
        for sign in RunSign
        if (n := counts.get(sign, 0))
    )


def shortened(note: str) -> str:
    """Return a note on one line, cut where it is too long for the page."""
    line = " ".join(note.split())
    return line if len(line) <= LONGEST_NOTE else f"{line[:LONGEST_NOTE].rstrip()} …"


def rulesets(names: Sequence[str]) -> str:
    return ", ".join(names)
