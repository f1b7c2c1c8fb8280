"""Weekly running load with the pain after the runs and the morning after, flares, gentle days and steps back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backpain.charts import Band, LoadWeek, load_chart, merged_weeks
from backpain.coach.thresholds import SHIPPED
from backpain.insights import series, wording
from backpain.insights.chart import MOST_ROWS, Cell, Chart, Key, Table, newest, row
from backpain.insights.log import CheckInRow, GentleRow, Log, RunRow
from backpain.insights.series import DAY, Period

from .shapes import key

GENTLE = "".join(
    f'<rect class="{css} gentle" x="1" y="{y}" width="10" height="{height}"/>'
    for css, y, height in (("band-i", 0, 4), ("band", 4, 8))
)


class Said(NamedTuple):
    """A bar in words, for its mark and its row alike; "" where it has no such score."""

    bar: LoadWeek
    when: str
    load: str
    after: str
    morning: str

    @property
    def label(self) -> str:
        """Return what a reader hears of the bar."""
        parts = [self.when, _("load %(load)s") % {"load": self.load}]
        if self.after:
            parts.append(_("after runs %(scores)s") % {"scores": self.after})
        if self.morning:
            parts.append(_("next morning %(scores)s") % {"scores": self.morning})
        return ", ".join(parts)


def chart_of(log: Log, period: Period, *, units: str) -> Chart:
    """Return the weeks of a period, without the load of the runs that lack an effort or a duration."""
    bars = [said_of(bar) for bar in merged_weeks(weeks_of(log.runs, period))]
    bands = [
        *_gentle_days(log.gentle, period),
        *flares_of(log.check_ins, period),
        *_eased(log, period),
    ]
    svg = _drawing(bars, period, bands)
    return Chart(
        slug="load",
        title=_("Pain and running load"),
        unit=_("by week"),
        svg=svg,
        empty=_empty(bars),
        legend=_legend(svg),
        captions=_captions(bars),
        tables=_tables(bars, bands),
        columns=8,
        is_shortened=len(bars) > MOST_ROWS,
    )


def weeks_of(runs: Sequence[RunRow], period: Period) -> list[LoadWeek]:
    """Return every week of a period, those without a run too."""
    by_week: dict[dt.date, list[RunRow]] = {monday: [] for monday in period.mondays}
    for run in runs:
        if run.on in period:
            by_week[run.on - run.on.weekday() * DAY].append(run)
    return [_week(monday, found) for monday, found in by_week.items()]


def load_of(run: RunRow) -> float | None:
    """Return effort times minutes (C19), None where the run lacks one."""
    return None if run.effort is None or run.duration_s is None else run.effort * run.duration_s / 60


def flares_of(check_ins: Sequence[CheckInRow], period: Period) -> list[Band]:
    """Return the days in a row whose check-in says it is a flare; a day without one is not guessed."""
    days = sorted({row.on for row in check_ins if row.flare and row.on in period})
    spans: list[tuple[dt.date, dt.date]] = []
    for on in days:
        if spans and on - spans[-1][1] == DAY:
            spans[-1] = spans[-1][0], on
        else:
            spans.append((on, on))
    return [Band(first=first, last=last, kind="flare", label=_flare(first, last)) for first, last in spans]


def _gentle_days(rows: Sequence[GentleRow], period: Period) -> list[Band]:
    """Return the gentle days that reach into a period, up to its end while they go on."""
    bands = [
        Band(
            first=row.from_on,
            last=row.ended_on - DAY if row.ended_on else period.last,
            kind="gentle",
            label=_gentle(row),
        )
        for row in rows
    ]
    return [band for band in bands if band.last >= period.first]


def _gentle(row: GentleRow) -> str:
    if row.ended_on is None:
        return _("Gentle days since %(day)s") % {"day": wording.long_day(row.from_on)}
    if row.ended_on - row.from_on == DAY:
        return _("Gentle day, %(day)s") % {"day": wording.long_day(row.from_on)}
    return _("Gentle days, %(first)s to %(last)s") % {
        "first": wording.long_day(row.from_on),
        "last": wording.long_day(row.ended_on - DAY),
    }


def _week(monday: dt.date, runs: Sequence[RunRow]) -> LoadWeek:
    loads = [load for load in map(load_of, runs) if load is not None]
    return LoadWeek(
        starts_on=monday,
        load=sum(loads),
        runs=len(runs),
        counted=len(loads),
        after=[run.after for run in runs if run.after is not None],
        morning=[run.next_morning for run in runs if run.next_morning is not None],
    )


def _flare(first: dt.date, last: dt.date) -> str:
    if first == last:
        return _("Flare, %(day)s") % {"day": wording.long_day(first)}
    return _("Flare, %(first)s to %(last)s") % {
        "first": wording.long_day(first),
        "last": wording.long_day(last),
    }


def _eased(log: Log, period: Period) -> list[Band]:
    events = [event for event in series.plan_events(log, period) if event.kind == "down"]
    return [
        Band(first=event.on, last=event.on, kind="eased", label=_step_back(event.on, event.label))
        for event in wording.chart_events(events)
    ]


def _step_back(on: dt.date, label: str) -> str:
    return _("Plan eased, %(day)s: %(what)s") % {"day": wording.long_day(on), "what": label}


def _drawing(bars: Sequence[Said], period: Period, bands: Sequence[Band]) -> str:
    return load_chart(
        [(said.bar, said.label) for said in bars],
        last=period.last,
        zones=series.zones_of(SHIPPED),
        words=wording.words(_("Pain and running load by week; the tables below have the same numbers")),
        names=(_("Pain, 0 to 10"), _("Load, effort × minutes")),
        bands=bands,
    )


def said_of(bar: LoadWeek) -> Said:
    return Said(bar, _when(bar), _load(bar), _scores(bar.after), _scores(bar.morning))


def _when(bar: LoadWeek) -> str:
    if bar.weeks == 1:
        return _("Week of %(day)s") % {"day": wording.long_day(bar.starts_on)}
    return _("%(weeks)s weeks from %(day)s, by the week") % {
        "weeks": bar.weeks,
        "day": wording.long_day(bar.starts_on),
    }


def _load(bar: LoadWeek) -> str:
    """Return a load; of weeks with runs left out it is only the least it was."""
    number = number_format(bar.load, 0)
    if not bar.is_partial:
        return number
    return _("%(load)s or more") % {"load": number} if bar.load else _("not known")


def _scores(scores: Sequence[int]) -> str:
    """Return the mean and the worst: "2.3 (worst 4)"."""
    if not scores:
        return ""
    return _("%(mean)s (worst %(worst)s)") % {
        "mean": number_format(fmean(scores), 1),
        "worst": max(scores),
    }


def _empty(bars: Sequence[Said]) -> str:
    if any(said.bar.counted for said in bars):
        return _("The load of every run in these weeks is 0, so there is nothing to draw.")
    if any(said.bar.runs for said in bars):
        return _("No run of these weeks has both an effort and a duration, which make its load.")
    return _("There is no run in these weeks.")


def _legend(svg: str) -> list[Key]:
    bar = '<rect class="{}" x="2" y="1" width="8" height="10" rx="2"/>'
    keys = {
        "lr": Key('<circle class="lr" cx="6" cy="6" r="4"/>', _("pain after runs, mean")),
        "am": key("am", "M6 1L11 6L6 11L1 6Z", _("next morning, mean")),
        "span": key("span", "M6 1V11", _("up to the worst")),
        "bar soft": Key(bar.format("bar soft"), _("load of a week")),
        "bar": Key(bar.format("bar"), _("this week so far")),
        "bar part": Key(bar.format("bar part"), _("some runs not counted")),
        "band-i flare": key("band-i flare", "M2 2L10 10M10 2L2 10", _("flare, as you said")),
        "band gentle": Key(GENTLE, _("gentle days")),
        "band-i eased": key("band-i eased", "M6 11L11 2H1Z", _("plan eased")),
    }
    return [key for css, key in keys.items() if f'class="{css}"' in svg]


def _captions(bars: Sequence[Said]) -> list[str]:
    said = [
        _(
            "See whether pain is higher in the weeks of more load or in those after them. The log shows what "
            "came together, not why."
        )
    ]
    span = bars[0].bar.weeks
    if span > 1:
        said.append(
            _("A bar is the mean load of %(weeks)s weeks, its marks the scores of their runs.")
            % {"weeks": span}
        )
    return said + _not_counted(bars)


def _not_counted(bars: Sequence[Said]) -> list[str]:
    missing = sum(said.bar.runs - said.bar.counted for said in bars)
    if not missing:
        return []
    return [
        ngettext(
            "%(count)s run lacks an effort or a duration and is not in the load: its week may have had more.",
            "%(count)s runs lack an effort or a duration and are not in the load: their weeks may have had more.",
            missing,
        )
        % {"count": missing}
    ]


def _tables(bars: Sequence[Said], bands: Sequence[Band]) -> list[Table]:
    if not any(said.bar.runs for said in bars):
        return []
    tables = [
        Table(
            caption=_caption(bars[0].bar.weeks),
            head=[_("Week"), _("Load"), _("Runs counted"), _("After"), _("Next morning")],
            rows=[_row(said) for said in newest(bars)],
        )
    ]
    if bands:
        in_order = sorted(bands, key=lambda band: (band.first, band.kind))
        rows = [row(wording.long_day(band.first), band.label) for band in newest(in_order)]
        caption = _("Flares, gentle days and steps back")
        tables.append(Table(caption=caption, head=[_("Day"), _("What")], rows=rows))
    return tables


def _caption(weeks: int) -> str:
    """Return what a row is, for rows of so many weeks."""
    if weeks == 1:
        return _("Weeks from their Monday: load in effort × minutes, pain 0 to 10 as mean and worst")
    return _(
        "%(weeks)s weeks each, from their first Monday: load a week in effort × minutes, pain 0 to 10 as mean and worst"
    ) % {"weeks": weeks}


def _row(said: Said) -> list[Cell]:
    bar = said.bar
    return row(
        wording.long_day(bar.starts_on),
        said.load,
        _("%(counted)s of %(runs)s") % {"counted": bar.counted, "runs": bar.runs},
        said.after or "–",
        said.morning or "–",
    )
