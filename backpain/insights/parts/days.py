"""The days of exercise and of running, as a calendar."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import fmean

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backpain.charts import Day, days_chart, weeks_per_column
from backpain.insights import wording
from backpain.insights.chart import MOST_ROWS, Cell, Chart, Key, Table, newest, row
from backpain.insights.log import Log, SessionRow
from backpain.insights.series import DAY, Period

CELL = '<rect class="day{}" x="0" y="{}" width="12" height="{}" rx="2"/>'
RING = '<circle class="ran" cx="6" cy="6" r="4"/>'


def chart_of(log: Log, period: Period, *, units: str) -> Chart:
    """Return the calendar, a column a week; of more than a year the days a week. `units` play no part."""
    days = days_of(log, period)
    span = weeks_per_column(period.first, period.last)
    return Chart(
        slug="days",
        title=_("Exercise days"),
        svg=_svg(days, period, with_words=not span),
        empty=_("There is no session of exercises and no run in these weeks."),
        legend=list(_bar_legend(days) if span else _legend(days)),
        captions=list(_captions(days, span)),
        tables=[_table(days, period)] if days else [],
        columns=6,
        is_shortened=len(period.mondays) > MOST_ROWS,
    )


def days_of(log: Log, period: Period) -> list[Day]:
    """Return the days of a period with a session or a run, oldest first, without words."""
    sessions: dict[dt.date, list[SessionRow]] = defaultdict(list)
    for session in log.session_rows:
        if session.on in period:
            sessions[session.on].append(session)
    ran = {run.on for run in log.runs if run.on in period}
    return [_day(on, sessions.get(on, []), on in ran) for on in sorted(ran | sessions.keys())]


def _day(on: dt.date, sessions: Sequence[SessionRow], ran: bool) -> Day:
    """Return a day; several sessions count with the mean of their shares."""
    shares = [session.share for session in sessions if session.share is not None]
    return Day(
        on=on,
        trained=bool(sessions),
        ran=ran,
        share=fmean(shares) if shares else None,
        href=str(sessions[0].uuid) if sessions else "",
    )


def _svg(days: Sequence[Day], period: Period, *, with_words: bool) -> str:
    return days_chart(
        [_worded(day) for day in days] if with_words else days,
        first=period.first,
        last=period.last,
        weekdays=_weekdays(period.first),
        words=wording.words(_("Exercise days; the table below has the same numbers")),
    )


def _worded(day: Day) -> Day:
    said = [_did(day)] if day.trained else []
    said += [_("run")] if day.ran else []
    href = reverse("session", args=[day.href]) if day.href else ""
    label = f"{wording.long_day(day.on)}: {', '.join(said)}"
    return Day(on=day.on, trained=day.trained, ran=day.ran, share=day.share, href=href, label=label)


def _did(day: Day) -> str:
    if day.share is None:
        return _("exercises without targets")
    return _("exercises, %(percent)s of the targets") % {"percent": _percent(day.share)}


def _percent(share: float) -> str:
    """Return "98%"; what falls short of all is never rounded up to it."""
    return f"{int(share * 100 + 0.1)}%"


def _weekdays(monday: dt.date) -> list[str]:
    return [date_format(monday + n * DAY, "D") for n in range(7)]


def _legend(days: Sequence[Day]) -> Iterator[Key]:
    if any(day.share is not None for day in days):
        blank = CELL.format("", 0, 12)
        yield Key(CELL.format(" full", 0, 12), _("all targets reached"))
        yield Key(blank + CELL.format(" part", 6, 6), _("part of them, as far as filled"))
    if any(day.trained and day.share is None for day in days):
        yield Key(CELL.format(" open", 0, 12), _("no targets set"))
    if any(day.ran for day in days):
        yield Key(RING, _("run"))


def _bar_legend(days: Sequence[Day]) -> Iterator[Key]:
    if any(day.trained for day in days):
        yield Key('<rect class="bar" x="3" y="1" width="6" height="10"/>', _("exercise days a week"))
    if any(day.ran for day in days):
        yield Key(RING, _("days with a run a week"))


def _captions(days: Sequence[Day], span: int) -> Iterator[str]:
    if trained := sum(day.trained for day in days):
        yield ngettext(
            "See how the exercise days lie between the runs: %(days)s day with exercises in these weeks.",
            "See how the exercise days lie between the runs: %(days)s days with exercises in these weeks.",
            trained,
        ) % {"days": trained}
    else:
        yield _("There is no session of exercises in these weeks, so only the runs are shown.")
    if span:
        yield ngettext("A bar is a week.", "A bar is the mean of %(weeks)s weeks.", span) % {"weeks": span}


def _table(days: Sequence[Day], period: Period) -> Table:
    names = _weekdays(period.first)
    weeks: dict[dt.date, list[Day]] = defaultdict(list)
    for day in days:
        weeks[day.on - day.on.weekday() * DAY].append(day)
    return Table(
        caption=_("Weeks from their Monday, with what was done of the targets"),
        head=[_("Week"), _("Exercise days"), _("Days with a run")],
        rows=[_week(monday, weeks.get(monday, []), names) for monday in newest(period.mondays)],
    )


def _week(monday: dt.date, days: Sequence[Day], names: Sequence[str]) -> list[Cell]:
    return row(
        wording.long_day(monday),
        ", ".join(f"{names[day.on.weekday()]} {_short(day)}" for day in days if day.trained) or "–",
        ", ".join(names[day.on.weekday()] for day in days if day.ran) or "–",
    )


def _short(day: Day) -> str:
    return _("without targets") if day.share is None else _percent(day.share)
