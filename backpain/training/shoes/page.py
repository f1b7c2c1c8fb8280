"""What the page of shoes and surfaces shows: how far each pair went, and the ground of the last twelve months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from backpain.accounts.models import User
from backpain.charts import Share, Stack, stacked_chart
from backpain.coach.thresholds import Thresholds
from backpain.plan.rulesets import in_force
from backpain.plan.words.reasons import general, general_threshold
from backpain.plan.words.tips import ARTICLES
from backpain.training.choices import Surface
from backpain.training.models import Shoe
from backpain.ui.templatetags.ui import METRES_PER_UNIT, distance

from .queries import metres_by_month, with_distance

MONTHS = 12
UNNAMED = "unnamed"  # the pattern of runs that name no surface


@dataclass(frozen=True, kw_only=True)
class TipRule:
    """The rule of a tip, with what to read about it."""

    id: str
    text: str
    threshold: str
    article: str
    article_words: Promise


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A shoe with the distances of it, in words. `is_far`: it is still worn and has gone as far as H-2 speaks of."""

    shoe: Shoe
    distance: str
    start: str
    is_far: bool


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month's distance, and of each surface on the page the metres, the distance in words and the percent."""

    on: dt.date
    distance: str
    shares: Sequence[tuple[float, str, int]]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The chart of surfaces, its legend and its table twin, the newest month first."""

    svg: str
    surfaces: Sequence[tuple[str, str]]
    months: Sequence[Month]


@dataclass(frozen=True, kw_only=True)
class Page:
    in_use: Sequence[Pair]
    retired: Sequence[Pair]
    far: str
    ground: Ground
    shoe_rule: TipRule
    surface_rule: TipRule


def page_of(runner: User, *, on: dt.date) -> Page:
    """Return the page, in three queries."""
    thresholds = in_force().thresholds
    far_m = 1000 * thresholds.shoe_km
    pairs = [_pair(shoe, far_m, runner.units) for shoe in with_distance(runner.shoes.all())]
    return Page(
        in_use=[pair for pair in pairs if not pair.shoe.retired_on],
        retired=[pair for pair in pairs if pair.shoe.retired_on],
        far=_in_words(far_m, runner.units, places=0),
        ground=_ground(runner, on),
        shoe_rule=_rule("H-2", thresholds),
        surface_rule=_rule("H-1", thresholds),
    )


def _pair(shoe: Any, far_m: float, units: str) -> Pair:
    return Pair(
        shoe=shoe,
        distance=_in_words(shoe.metres, units),
        start=_in_words(shoe.start_m, units) if shoe.start_m else "",
        is_far=shoe.metres > far_m and not shoe.retired_on,
    )


def _in_words(metres: float, units: str, places: int = 1) -> str:
    """Return a sum of distances; more places than one would claim what no watch knows."""
    unit = METRES_PER_UNIT[units]
    return distance(round(metres / unit, places) * unit, units)


def _rule(id_: str, thresholds: Thresholds) -> TipRule:
    slug, words = ARTICLES[id_]
    return TipRule(
        id=id_,
        text=general(id_, thresholds),
        threshold=general_threshold(id_, thresholds),
        article=reverse("article", args=[slug]),
        article_words=words,
    )


def _ground(runner: User, on: dt.date) -> Ground:
    starts = _last_months(on)
    metres = metres_by_month(runner, since=starts[0])
    present = {surface for _month, surface in metres}
    names = [*Surface.choices, ("", _("Not named"))]
    surfaces = [(surface, str(name)) for surface, name in names if surface in present]
    months = [
        _month(start, [metres.get((start, key), 0) for key, _name in surfaces], runner.units)
        for start in starts
    ]
    stacks = [_stack(month, surfaces, runner.units) for month in months]
    svg = stacked_chart(
        stacks, label=_("Distance by surface and month; the table below has the same numbers")
    )
    return Ground(svg=svg, surfaces=surfaces, months=months[::-1])


def _last_months(on: dt.date) -> list[dt.date]:
    """Return the first days of the months up to this one, oldest first."""
    this = on.year * 12 + on.month - 1
    return [dt.date(n // 12, n % 12 + 1, 1) for n in range(this - MONTHS + 1, this + 1)]


def _month(on: dt.date, metres: Sequence[float], units: str) -> Month:
    total = sum(metres)
    shares = [(each, _in_words(each, units), round(100 * each / total) if total else 0) for each in metres]
    return Month(on=on, distance=_in_words(total, units), shares=shares)


def _stack(month: Month, surfaces: Sequence[tuple[str, str]], units: str) -> Stack:
    name = date_format(month.on, "YEAR_MONTH_FORMAT")
    return Stack(
        tick=date_format(month.on, "M"),
        shares=[
            Share(
                fill=f"url(#{key or UNNAMED})",
                amount=metres / METRES_PER_UNIT[units],
                label=f"{name}, {surface}: {words}, {percent} %",
            )
            for (key, surface), (metres, words, percent) in zip(surfaces, month.shares, strict=True)
        ],
    )
