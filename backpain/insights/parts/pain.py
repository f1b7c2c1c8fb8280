"""Pain over time: what each run did to it, check-ins, and what happened to the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backpain.charts import PainPoint, pain_chart, thinned, trailing_mean, weeks_per_mark
from backpain.charts.pain import EVENT_SHAPES, TREND_GAP, TREND_RUNS, Trend
from backpain.coach.thresholds import SHIPPED
from backpain.insights import series, wording
from backpain.insights.chart import MOST_ROWS, Chart, Key, Table, newest, row
from backpain.insights.log import CheckInRow, Log, RunRow
from backpain.insights.series import Period, PlanEvent
from backpain.ui.templatetags.ui import distance

from .shapes import key, zone_keys

MOST_EVENTS = 40  # more would not be seen apart above the chart


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What a period has to show, oldest first; `points` are those of `runs`, without words."""

    runs: Sequence[RunRow]
    points: Sequence[PainPoint]
    check_ins: Sequence[CheckInRow]
    events: Sequence[PlanEvent]

    @cached_property
    def scored(self) -> list[PainPoint]:
        return [point for point in self.points if point.worst is not None]

    @cached_property
    def trend(self) -> Trend:
        return trailing_mean(self.points)

    @property
    def last_events(self) -> Sequence[PlanEvent]:
        return self.events[-MOST_EVENTS:]


def chart_of(log: Log, period: Period, *, units: str) -> Chart:
    """Return the chart of pain, 0 to 10; a mark is one run, or the worst of some weeks where they are many."""
    shown = _shown(log, period)
    return Chart(
        slug="pain",
        title=_("Pain over time"),
        unit=_("0 to 10"),
        svg=_svg(shown, period, units),
        empty=_("None of these runs has a pain score. Open a run to add its scores.")
        if shown.runs
        else _("There is no run and no check-in in these weeks."),
        legend=list(_legend(shown)),
        captions=list(_captions(shown)),
        tables=list(_tables(shown, units)),
        columns=8,
        is_shortened=max(len(shown.runs), len(shown.check_ins)) > MOST_ROWS
        or len(shown.events) > MOST_EVENTS,
    )


def _shown(log: Log, period: Period) -> _Shown:
    runs = [run for run in log.runs if run.on in period]
    return _Shown(
        runs=runs,
        points=[_point(run) for run in runs],
        check_ins=[each for each in log.check_ins if each.on in period],
        events=series.all_events(log, period),
    )


def _point(run: RunRow) -> PainPoint:
    return PainPoint(
        on=run.on,
        before=run.before,
        during=run.during,
        after=run.after,
        next_morning=run.next_morning,
        href=str(run.uuid),
        label="",
    )


def _svg(shown: _Shown, period: Period, units: str) -> str:
    by_link = {point.href: run for point, run in zip(shown.points, shown.runs, strict=True)}
    return pain_chart(
        [_linked(point, by_link[point.href], units) for point in thinned(shown.scored)],
        first=period.first,
        last=period.last,
        zones=series.zones_of(SHIPPED),
        words=wording.words(_("Pain over time; the table below has the same numbers")),
        trend=shown.trend,
        events=wording.chart_events(shown.last_events),
        daily=[(each.on, each.score) for each in shown.check_ins],
    )


def _linked(point: PainPoint, run: RunRow, units: str) -> PainPoint:
    """Return the point with its words, which only the marks that are drawn need."""
    return replace(point, href=reverse("run", args=[run.uuid]), label=wording.run_label(run, units))


def _legend(shown: _Shown) -> Iterator[Key]:
    if shown.scored:
        yield from _mark_keys(shown.scored)
    if shown.check_ins:
        yield key("daily", "M6 6h0", _("check-in"))
    if shown.trend:
        yield key("trend", "M1 9C4 9 7 4 11 4", _("mean of the last %(runs)s runs") % {"runs": TREND_RUNS})
    kinds = {event.kind for event in shown.last_events}
    for kind, text in _event_words().items():
        if kind in kinds:
            css, path = EVENT_SHAPES[kind]
            yield Key(f'<path class="{css}" transform="translate(6 6) scale(.8)" d="{path}"/>', text)


def _mark_keys(points: Sequence[PainPoint]) -> Iterator[Key]:
    low, *others = zone_keys(series.zones_of(SHIPPED))
    yield replace(low, text=_("after a run, %(zone)s") % {"zone": low.text})
    yield from others
    if any(point.after is None and point.marked is not None for point in points):
        yield Key('<circle class="hollow p-ok" cx="6" cy="6" r="4.5"/>', _("hollow: no score after the run"))
    yield key("span", "M6 1V11", _("from before to the worst"))
    mornings = [point for point in points if point.next_morning is not None]
    if mornings:  # app.css hides them where it hides am-m, in narrow cards
        css = "am am-m" if all(point.marked is not None for point in mornings) else "am"
        yield key(css, "M6 1L11 6L6 11L1 6Z", _("next morning"))


def _event_words() -> dict[str, str]:
    return {
        "up": _("plan up"),
        "down": _("plan eased"),
        "flag": _("advice to get help"),
        "care": _("care"),
        "shoe": _("shoes first worn"),
    }


def _captions(shown: _Shown) -> Iterator[str]:
    if weeks := weeks_per_mark(shown.scored):
        yield ngettext(
            "A mark is the worst run of a week.", "A mark is the worst run of %(weeks)s weeks.", weeks
        ) % {"weeks": weeks}
    elif shown.scored:
        yield _(
            "A mark is one run and opens it. See how high the marks stand, and whether the mornings come back "
            "to where the run began; on a narrow screen the table has the mornings."
        )
    if shown.trend:
        yield _("The line stops where more than %(days)s days have no run.") % {"days": TREND_GAP.days}
    if shown.events:
        yield _("The table names every change to the plan.")


def _tables(shown: _Shown, units: str) -> Iterator[Table]:
    if shown.runs:
        yield _runs(newest(shown.runs), units)
    if shown.check_ins:
        yield Table(
            caption=_("Check-ins, pain of the last 24 hours, 0 to 10"),
            head=[_("Day"), _("Pain")],
            rows=[row(wording.long_day(each.on), str(each.score)) for each in newest(shown.check_ins)],
        )
    if shown.events:
        yield _happened(newest(shown.last_events))


def _runs(runs: Sequence[RunRow], units: str) -> Table:
    heads = [_("Run"), _("Distance"), _("Before"), _("Worst during"), _("After"), _("Next morning")]
    return Table(
        caption=_("Runs, pain 0 to 10"),
        head=heads,
        rows=[
            row(
                wording.long_day(run.on),
                distance(run.distance_m, units) or "–",
                *map(_score, (run.before, run.during, run.after, run.next_morning)),
                href=reverse("run", args=[run.uuid]),
            )
            for run in runs
        ],
    )


def _score(score: int | None) -> str:
    return "–" if score is None else str(score)


def _happened(events: Sequence[PlanEvent]) -> Table:
    return Table(
        caption=_("Changes to the plan, advice to get help, care and shoes"),
        head=[_("Day"), _("What"), _("Kind")],
        rows=[
            row(wording.long_day(event.on), wording.event_label(event), wording.event_kind(event))
            for event in events
        ],
    )
