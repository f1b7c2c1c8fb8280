"""One ladder over time: the rung the runner stood on, and how far its target came."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backpain.charts import Step, ladder_chart
from backpain.charts.ladders import MOST_DOTS
from backpain.exercises.models import Unit
from backpain.insights import wording
from backpain.insights.chart import MOST_ROWS, Chart, Choice, Key, Table, newest, row
from backpain.insights.log import Log, PlacementRow, RungRow
from backpain.insights.series import DAY, Period


@dataclass(frozen=True, kw_only=True)
class _Ladder:
    """A ladder with its rungs, the easiest first, and the placements of a period, oldest first."""

    slug: str
    name: str
    rungs: Sequence[RungRow]
    stood: Sequence[PlacementRow]


def chart_of(log: Log, period: Period, *, units: str, ladder: str = "") -> Chart:
    """Return the chart of the ladder with this slug, else of the one that changed last; `units` play no part."""
    ladders = _ladders(log, period)
    chosen = next((each for each in ladders if each.slug == ladder), None) or _changed_last(ladders)
    return Chart(
        slug="ladders",
        title=_("Ladder: %(name)s") % {"name": chosen.name} if chosen else _("Ladders"),
        svg=_svg(chosen, period) if chosen else "",
        empty=_("No exercise of a ladder was in your plan in these weeks."),
        legend=list(_legend(chosen, period)) if chosen else [],
        captions=[
            _(
                "A lane is a step of the ladder, the easiest below. Inside a lane the line rises from the "
                "step's first target to its last; the table has the sets too."
            )
        ],
        choices=[Choice(each.name, {"ladder": each.slug}, each is chosen) for each in ladders],
        tables=[_table(chosen)] if chosen else [],
        is_shortened=bool(chosen) and len(chosen.stood) > MOST_ROWS,
    )


def _ladders(log: Log, period: Period) -> list[_Ladder]:
    """Return the ladders the runner stood on in a period, in the catalogue's order."""
    rungs: dict[int, list[RungRow]] = {}
    for rung in log.rungs:
        rungs.setdefault(rung.ladder, []).append(rung)
    found = (
        _Ladder(
            slug=of[0].slug,
            name=of[0].name,
            rungs=of,
            stood=[each for each in log.placements if each.ladder == ladder and _stood_in(each, period)],
        )
        for ladder, of in rungs.items()
    )
    return [each for each in found if each.stood]


def _stood_in(placement: PlacementRow, period: Period) -> bool:
    return placement.from_on <= period.last and _last(placement, period) >= period.first


def _last(placement: PlacementRow, period: Period) -> dt.date:
    """Return the last day on which it held."""
    return placement.ended_on - DAY if placement.ended_on else period.last


def _changed_last(ladders: Sequence[_Ladder]) -> _Ladder | None:
    return max(ladders, key=lambda ladder: ladder.stood[-1].from_on, default=None)


def _svg(ladder: _Ladder, period: Period) -> str:
    by_place = {rung.position: (lane, rung) for lane, rung in enumerate(ladder.rungs)}
    steps = [
        _step(placement, *by_place[placement.rung], period)
        for placement in ladder.stood
        if placement.rung in by_place
    ]
    said = _("%(ladder)s over time; the table below has the same numbers") % {"ladder": ladder.name}
    return ladder_chart(
        _lane_names(ladder.rungs),
        steps,
        first=period.first,
        last=period.last,
        words=wording.words(said),
    )


def _lane_names(rungs: Sequence[RungRow]) -> list[str]:
    """Return the exercises of the rungs, those that stand on two rungs with their unit."""
    rungs_of = Counter(rung.exercise for rung in rungs)
    return [
        rung.exercise
        if rungs_of[rung.exercise] == 1
        else _("%(exercise)s, %(unit)s") % {"exercise": rung.exercise, "unit": Unit(rung.unit).label}
        for rung in rungs
    ]


def _step(placement: PlacementRow, lane: int, rung: RungRow, period: Period) -> Step:
    room = rung.cap - rung.start
    return Step(
        first=placement.from_on,
        last=_last(placement, period),
        lane=lane,
        height=(placement.target - rung.start) / room if room else 1,
        label=f"{wording.long_day(placement.from_on)}: {wording.placement_label(placement)}",
    )


def _legend(ladder: _Ladder, period: Period) -> Iterator[Key]:
    if 0 < sum(each.from_on >= period.first for each in ladder.stood) <= MOST_DOTS:
        yield Key('<circle class="lr st" cx="6" cy="6" r="4"/>', _("a new target"))
    yield Key('<path class="trend step" d="M0 9H6V3H12"/>', _("the target in force"))


def _table(ladder: _Ladder) -> Table:
    return Table(
        caption=_("%(ladder)s, from the day a target began") % {"ladder": ladder.name},
        head=[_("From"), _("Step"), _("Exercise"), _("Target")],
        rows=[
            row(
                wording.long_day(each.from_on),
                _place(each, ladder),
                each.exercise,
                wording.dose(each),
            )
            for each in newest(ladder.stood)
        ],
    )


def _place(placement: PlacementRow, ladder: _Ladder) -> str:
    if placement.rung is None:
        return _("no longer on the ladder")
    return _("%(n)s of %(all)s") % {"n": placement.rung, "all": len(ladder.rungs)}
