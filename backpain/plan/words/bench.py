"""The words for what the bench measured (rules.md 9.2): figures before and after, and whose verdict changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backpain.coach.decision import Verdict

from .reasons import VERDICTS
from .values import plain

MEASURES = {
    "within_14": gettext_lazy("getting worse, found within 14 days"),
    "ever": gettext_lazy("getting worse, ever found"),
    "delay": gettext_lazy("getting worse, middle delay"),
    "p90_delay": gettext_lazy("getting worse, delay of nine in ten"),
    "alarmed": gettext_lazy("a false alarm of getting worse"),
    "lasting_by_7": gettext_lazy("lasting pain, found within 7 days"),
    "lasting_or_severe_by_7": gettext_lazy("lasting or severe pain, found within 7 days"),
    "lasting_delay": gettext_lazy("lasting pain, middle delay"),
    "lasting_flag": gettext_lazy("a false flag of lasting pain"),
    "pushed": gettext_lazy("days with a next step while getting worse"),
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A row of the bench's table. `is_worse`: the target was met before and is missed now."""

    cohort: str
    measure: str
    before: str
    after: str
    target: str
    is_met: bool
    is_worse: bool


def figures(rows: list[Mapping[str, Any]]) -> Iterator[Figure]:
    """Yield the rows of a stored result in words."""
    for row in rows:
        in_days = row["measure"].endswith("delay")
        limit = _figure(row["target"], in_days)
        yield Figure(
            cohort=_cohort(row["cohort"]),
            measure=str(MEASURES[row["measure"]]),
            before=_figure(row["before"], in_days),
            after=_figure(row["after"], in_days),
            target=(_("at least %(limit)s") if row["at_least"] else _("at most %(limit)s"))
            % {"limit": limit},
            is_met=row["met_after"],
            is_worse=row["met_before"] and not row["met_after"],
        )


@dataclass(frozen=True, kw_only=True)
class Told:
    """The first day on which a made-up runner would be told something else, and on how many days."""

    who: str
    on: str
    before: str
    after: str
    days: int


def changes(rows: list[Mapping[str, Any]]) -> list[Told]:
    """Return the changed verdicts of a stored result in words."""
    return [
        Told(
            who=f"{_cohort(row['cohort'])} {row['runner'] + 1}",
            on=row["on"],
            before=str(VERDICTS[Verdict[row["before"].upper()]]),
            after=str(VERDICTS[Verdict[row["after"].upper()]]),
            days=row["days"],
        )
        for row in rows
    ]


def _cohort(name: str) -> str:
    """Return "worsen gradual" for worsen_gradual."""
    return name.replace("_", " ")


def _figure(value: float | None, in_days: bool) -> str:
    """Return "3 days" or "97.5 %"; a dash where nobody could be measured."""
    if value is None:
        return "–"
    if in_days:
        return ngettext("%(days)s day", "%(days)s days", value) % {"days": plain(value)}
    return _("%(percent)s %%") % {"percent": number_format(round(100 * value, 1), 1)}
