"""Distance by the week, with the longest run and the guard on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from backpain.charts import Week, distance_chart, merged_bars
from backpain.coach.thresholds import SHIPPED
from backpain.insights import series, wording
from backpain.insights.chart import MOST_ROWS, Chart, Key, Table, newest, row
from backpain.insights.log import Log
from backpain.insights.series import Period
from backpain.ui.templatetags.ui import METRES_PER_UNIT

from .shapes import key


def chart_of(log: Log, period: Period, *, units: str) -> Chart:
    """Return the chart of weekly distance, in the runner's units; of many weeks a bar is the mean of some."""
    unit = wording.unit_name(units)
    weeks = series.weekly(log.runs, period, metres=METRES_PER_UNIT[units], thresholds=SHIPPED)
    bars = [replace(bar, label=wording.week_label(bar, unit)) for bar in merged_bars(weeks)]
    svg = distance_chart(
        bars, words=wording.words(_("Weekly distance; the table below has the same numbers"))
    )
    return Chart(
        slug="distance",
        title=_("Weekly distance"),
        unit=unit,
        svg=svg,
        empty=_("No run of these weeks has a distance."),
        legend=list(_legend(bars)),
        captions=list(_captions(bars)),
        tables=[_table(newest(weeks), unit)] if svg else [],
        is_shortened=len(weeks) > MOST_ROWS,
    )


def _legend(bars: Sequence[Week]) -> Iterator[Key]:
    bar = '<rect class="{}" x="2" y="1" width="8" height="10" rx="2"/>'
    if len(bars) > 1:
        yield Key(bar.format("bar soft"), _("week") if bars[0].weeks == 1 else _("mean of some weeks"))
    if bars[-1].weeks == 1:
        yield Key(bar.format("bar"), _("this week so far"))
    yield Key('<circle class="lr" cx="6" cy="6" r="4"/>', _("longest run"))
    if any(each.guard is not None for each in bars):
        yield key("guard", "M0 6H12", _("guard"))
    if any(each.is_over for each in bars):
        yield key("lr over", "M6 0L12 6L6 12L0 6Z", _("longest run over the guard"))


def _captions(bars: Sequence[Week]) -> Iterator[str]:
    if any(each.guard is not None for each in bars):
        yield _(
            "See whether the longest run stays under the dashed guard: %(percent)s%% of the longest run of the "
            "%(days)s days before it. A run over the guard raises it only when it went well."
        ) % {"percent": round(SHIPPED.load_small * 100), "days": SHIPPED.longest_days}
    else:
        yield _("No guard is drawn: it takes %(runs)s runs in the %(days)s days before a run.") % {
            "runs": SHIPPED.load_runs,
            "days": SHIPPED.longest_days,
        }
    if (span := bars[0].weeks) > 1:
        yield _("A bar is the mean of %(weeks)s weeks, its mark their longest run.") % {"weeks": span}


def _table(weeks: Sequence[Week], unit: str) -> Table:
    return Table(
        caption=_("Weeks from their Monday, in %(unit)s") % {"unit": unit},
        head=[_("Week"), _("Distance"), _("Longest run"), _("Guard")],
        rows=[
            row(wording.long_day(week.starts_on), _number(week.distance), _longest(week), _number(week.guard))
            for week in weeks
        ],
    )


def _longest(week: Week) -> str:
    said = _number(week.longest)
    return _("%(distance)s (over)") % {"distance": said} if week.is_over else said


def _number(distance: float | None) -> str:
    return "–" if distance is None else wording.decimal(distance)
