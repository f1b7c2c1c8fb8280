"""Pain of the next morning by distance, effort, surface and days since the last session of exercises."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from backpain.charts import (
    MOST_LINKED,
    Counted,
    Dot,
    Group,
    counted,
    counted_chart,
    groups_chart,
    panels,
    scatter_chart,
)
from backpain.coach.thresholds import SHIPPED
from backpain.insights import series, wording
from backpain.insights.chart import Cell, Chart, Key, Table, newest, row
from backpain.insights.log import Log, RunRow
from backpain.insights.series import Period
from backpain.training.choices import Surface
from backpain.ui.templatetags.ui import METRES_PER_UNIT, distance

from .shapes import key, zone_keys

LEAST_FOR_MEAN = 3  # runs; the project's choice, as one score can be off by a point (rules.md P-3)
LONGEST_GAP = 4  # days since a session, counted as this many or more; E-7 spaces them by 2
SURFACES = tuple(Surface.values)
DETAIL_ROWS = 50  # of the runs one by one; the tables of the groups have them all

Value = int | str


class Morning(NamedTuple):
    """A run with a score of the next morning. `since` is how many days before it the last session of
    exercises was, LONGEST_GAP or more at most; None where the log has no session at all.
    """

    run: RunRow
    score: int
    since: int | None


@dataclass(frozen=True, kw_only=True)
class Factor:
    """Something the runs are grouped by: `of` is what a run has, None where it does not say."""

    title: str
    head: str
    unsaid: str
    of: Callable[[Morning], Value | None]
    name: Callable[[Value], str]


class Gathered(NamedTuple):
    """A group of a factor and its runs, oldest first."""

    value: Value
    name: str
    scores: list[int]

    @property
    def mean(self) -> float | None:
        return fmean(self.scores) if len(self.scores) >= LEAST_FOR_MEAN else None


Grouped = Sequence[tuple[Factor, list[Gathered]]]


def chart_of(log: Log, period: Period, *, units: str) -> Chart:
    """Return the four drawings of a period, each of the runs that say what it is about."""
    runs = [run for run in log.runs if run.on in period]
    mornings = mornings_of(log, runs)
    grouped = [(factor, gathered(factor, mornings)) for factor in _factors()]
    drawn = [_distance_panel(mornings, units), *(_panel(*each) for each in grouped)]
    svg = panels([(title, svg) for title, svg in drawn if svg])
    return Chart(
        slug="mornings",
        title=_("Next-morning pain"),
        unit=_("0 to 10"),
        svg=svg,
        empty=_empty(runs, mornings),
        legend=_legend(mornings, grouped),
        captions=[*_captions(mornings), *_left_out(runs, mornings, grouped)] if svg else [],
        tables=_tables(mornings, grouped, units) if mornings else [],
        columns=12,
        is_shortened=len(mornings) > DETAIL_ROWS,
    )


def mornings_of(log: Log, runs: Sequence[RunRow]) -> list[Morning]:
    """Return the runs with a score of the next morning."""
    days = sorted(session.on for session in log.session_rows)
    return [Morning(run, run.next_morning, _since(days, run)) for run in runs if run.next_morning is not None]


def gathered(factor: Factor, mornings: Sequence[Morning]) -> list[Gathered]:
    """Return the groups of a factor in the order of its values."""
    scores: dict[Value, list[int]] = {}
    for morning in mornings:
        if (value := factor.of(morning)) is not None:
            scores.setdefault(value, []).append(morning.score)
    return [Gathered(value, factor.name(value), scores[value]) for value in sorted(scores, key=_order)]


def _since(days: Sequence[object], run: RunRow) -> int | None:
    if not days:
        return None
    at = bisect_right(days, run.on)
    return min((run.on - days[at - 1]).days, LONGEST_GAP) if at else LONGEST_GAP


def _order(value: Value) -> int:
    return SURFACES.index(value) if isinstance(value, str) else int(value)


def _factors() -> list[Factor]:
    return [
        Factor(
            title=_("By effort, 0 to 10"),
            head=_("Effort"),
            unsaid=_("without an effort: %(count)s"),
            of=lambda morning: morning.run.effort,
            name=str,
        ),
        Factor(
            title=_("By surface"),
            head=_("Surface"),
            unsaid=_("without a surface: %(count)s"),
            of=lambda morning: morning.run.surface if morning.run.surface in SURFACES else None,
            name=lambda value: str(Surface(value).label),
        ),
        Factor(
            title=_("By days since the last session of exercises"),
            head=_("Days since a session"),
            unsaid=_("without any session in the log: %(count)s"),
            of=lambda morning: morning.since,
            name=since_name,
        ),
    ]


def since_name(days: Value) -> str:
    if days == 0:
        return _("same day")
    return _("%(days)s or more") % {"days": days} if days == LONGEST_GAP else str(days)


def _distance_panel(mornings: Sequence[Morning], units: str) -> tuple[str, str]:
    measured = [morning for morning in mornings if morning.run.distance_m]
    label = _("Next-morning pain by distance; the tables below have the same numbers")
    title = _("By distance, %(unit)s") % {"unit": wording.unit_name(units)}
    zones = series.zones_of(SHIPPED)
    if len(measured) > MOST_LINKED:
        return title, counted_chart(_stretches(measured, units), zones=zones, label=label)
    return title, scatter_chart([_dot(morning, units) for morning in measured], zones=zones, label=label)


def _dot(morning: Morning, units: str) -> Dot:
    run = morning.run
    said = _("%(day)s, %(distance)s: next morning %(score)s") % {
        "day": wording.long_day(run.on),
        "distance": distance(run.distance_m, units),
        "score": morning.score,
    }
    return Dot(
        amount=(run.distance_m or 0) / METRES_PER_UNIT[units],
        score=morning.score,
        href=reverse("run", args=[run.uuid]),
        label=said,
    )


def _stretches(mornings: Sequence[Morning], units: str) -> list[tuple[Counted, str]]:
    found = counted(_amounts(mornings, units))
    return [(each, _said(_stretch(each, units), each.score, each.count)) for each in found]


def _amounts(mornings: Sequence[Morning], units: str) -> list[tuple[float, int]]:
    return [((each.run.distance_m or 0) / METRES_PER_UNIT[units], each.score) for each in mornings]


def _stretch(found: Counted, units: str) -> str:
    return _("%(low)s to %(high)s %(unit)s") % {
        "low": _decimal(found.low),
        "high": _decimal(found.high),
        "unit": wording.unit_name(units),
    }


def _panel(factor: Factor, groups: Sequence[Gathered]) -> tuple[str, str]:
    shown = [_group(factor.head, group) for group in groups]
    label = _("Next-morning pain: %(what)s; the tables below have the same numbers") % {"what": factor.title}
    # Translators: before counts of runs, as short as it gets.
    counts = pgettext("count", "n")
    return factor.title, groups_chart(shown, zones=series.zones_of(SHIPPED), label=label, counts=counts)


def _group(head: str, group: Gathered) -> Group:
    scores = group.scores
    where = _("%(what)s %(which)s") % {"what": head, "which": group.name}
    return Group(
        name=group.name,
        count=str(len(scores)),
        scores=scores,
        mean=group.mean,
        labels={score: _said(where, score, scores.count(score)) for score in set(scores)},
    )


def _said(where: str, score: int, count: int) -> str:
    return ngettext(
        "%(where)s: %(count)s run with %(score)s the next morning",
        "%(where)s: %(count)s runs with %(score)s the next morning",
        count,
    ) % {"where": where, "score": score, "count": count}


def _empty(runs: Sequence[RunRow], mornings: Sequence[Morning]) -> str:
    if mornings:
        return _("No run with a score of the next morning says its distance, effort or surface.")
    if runs:
        return _("None of these runs has a pain score of the next morning.")
    return _("There is no run in these weeks.")


def _legend(mornings: Sequence[Morning], grouped: Grouped) -> list[Key]:
    measured = sum(bool(morning.run.distance_m) for morning in mornings)
    keys = zone_keys(series.zones_of(SHIPPED)) if 0 < measured <= MOST_LINKED else []
    if measured > MOST_LINKED or any(groups for _factor, groups in grouped):
        many = '<circle class="many" cx="6" cy="6" r="5"/>'
        keys.append(Key(many, _("runs with that score, larger for more")))
    if any(group.mean is not None for _factor, groups in grouped for group in groups):
        keys.append(key("mean", "M0 6H12", _("mean of a group")))
    return keys


def _captions(mornings: Sequence[Morning]) -> list[str]:
    if not mornings:
        return []
    return [
        _(
            "See whether the mornings stand higher on one side of a drawing. It shows what went together in "
            "these runs, not why, and a small difference can be chance."
        ),
        _("A group of fewer than %(least)s runs has no mean; n is how many runs it has.")
        % {"least": LEAST_FOR_MEAN},
        *([_far_back()] if any(morning.since == LONGEST_GAP for morning in mornings) else []),
    ]


def _far_back() -> str:
    return _("“%(days)s or more” days also has runs with no session before them.") % {"days": LONGEST_GAP}


def _left_out(runs: Sequence[RunRow], mornings: Sequence[Morning], grouped: Grouped) -> list[str]:
    """Return how many runs are missing, as a sentence each."""
    said, missing = [], len(runs) - len(mornings)
    if missing:
        said.append(
            ngettext(
                "%(count)s run has no score of the next morning and is left out.",
                "%(count)s runs have no score of the next morning and are left out.",
                missing,
            )
            % {"count": missing}
        )
    if unsaid := _unsaid(mornings, grouped):
        said.append(_("Left out of a drawing, runs %(parts)s.") % {"parts": "; ".join(unsaid)})
    return said


def _unsaid(mornings: Sequence[Morning], grouped: Grouped) -> list[str]:
    counts = [(_("without a distance: %(count)s"), sum(not each.run.distance_m for each in mornings))]
    for factor, groups in grouped:
        counts.append((factor.unsaid, len(mornings) - sum(len(group.scores) for group in groups)))
    return [words % {"count": count} for words, count in counts if count]


def _tables(mornings: Sequence[Morning], grouped: Grouped, units: str) -> list[Table]:
    title = _("By distance, %(unit)s") % {"unit": wording.unit_name(units)}
    stretches = _by_stretch(mornings, units)
    tables = [_group_table(factor.title, factor.head, groups) for factor, groups in grouped if groups]
    if stretches:
        tables.insert(0, _group_table(title, _("Distance"), stretches))
    return [_table(mornings, units), *tables]


def _by_stretch(mornings: Sequence[Morning], units: str) -> list[Gathered]:
    """Return the stretches of distance whose runs share marks; none where every run has its own."""
    measured = [morning for morning in mornings if morning.run.distance_m]
    if len(measured) <= MOST_LINKED:
        return []
    scores: dict[str, list[int]] = {}
    for found in counted(_amounts(measured, units)):
        scores.setdefault(_stretch(found, units), []).extend([found.score] * found.count)
    return [Gathered(name, name, each) for name, each in scores.items()]


def _table(mornings: Sequence[Morning], units: str) -> Table:
    return Table(
        caption=_("Runs with a score of the next morning, 0 to 10"),
        head=[
            _("Run"),
            _("Distance"),
            _("Effort"),
            _("Surface"),
            _("Days since a session"),
            _("Next morning"),
        ],
        rows=[_row(morning, units) for morning in newest(mornings, DETAIL_ROWS)],
    )


def _row(morning: Morning, units: str) -> list[Cell]:
    run = morning.run
    return row(
        wording.long_day(run.on),
        distance(run.distance_m, units) or "–",
        "–" if run.effort is None else str(run.effort),
        str(Surface(run.surface).label) if run.surface in SURFACES else "–",
        "–" if morning.since is None else since_name(morning.since),
        str(morning.score),
        href=reverse("run", args=[run.uuid]),
    )


def _group_table(title: str, head: str, groups: Sequence[Gathered]) -> Table:
    return Table(
        caption=_("Next morning, 0 to 10: %(what)s") % {"what": title},
        head=[head, _("Runs"), _("Mean"), _("Lowest"), _("Highest")],
        rows=[
            row(
                group.name,
                str(len(group.scores)),
                "–" if group.mean is None else _decimal(group.mean),
                str(min(group.scores)),
                str(max(group.scores)),
            )
            for group in groups
        ],
    )


def _decimal(number: float) -> str:
    return number_format(number, 1)
