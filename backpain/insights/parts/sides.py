"""Left and right of every exercise that was done on both, over a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backpain.charts import Pair, sides_chart
from backpain.coach.thresholds import SHIPPED, Thresholds
from backpain.exercises.models import Unit
from backpain.insights import wording
from backpain.insights.chart import Chart, Key, Table, newest, row
from backpain.insights.log import Log, SideRow
from backpain.insights.series import Period

DETAIL_ROWS = 50  # of the sessions one by one; the table of the exercises has them all


@dataclass(frozen=True, kw_only=True)
class Both:
    """An exercise and what a session did of it on each side, a mean over its sessions."""

    exercise: str
    unit: str
    left: float
    right: float
    sessions: int

    @property
    def gap(self) -> float:
        return abs(self.left - self.right)

    @property
    def percent(self) -> int:
        """Return how far apart the sides are in percent of the stronger, rounded down as a limit reads it."""
        return int(round(self.gap / max(self.left, self.right) * 100, 6))

    def is_uneven(self, thresholds: Thresholds) -> bool:
        """Tell whether the gap is one that E-11 counts."""
        stronger = max(self.left, self.right)
        if self.unit != Unit.SECONDS:
            return self.gap >= thresholds.sides_share_reps * stronger
        return self.gap >= max(thresholds.sides_share_holds * stronger, thresholds.sides_holds_s)


def chart_of(log: Log, period: Period, *, units: str) -> Chart:
    """Return the exercises with at least E-11's number of sessions; the others are named."""
    rows = [done for done in log.sides if done.on in period and max(done.left, done.right) > 0]
    found = both_of(rows)
    enough = [both for both in found if both.sessions >= SHIPPED.sides_tests]
    return Chart(
        slug="sides",
        title=_("Left and right"),
        svg=sides_chart(
            [_pair(both) for both in enough],
            left=_("Left"),
            right=_("Right"),
            label=_("Left and right; the tables below have the same numbers"),
        ),
        empty=_empty(found),
        legend=_legend(enough),
        captions=[*_captions(), *_too_few(found)] if enough else [],
        tables=[_table(found), _session_table(rows)] if found else [],
        columns=6,
        is_shortened=len(rows) > DETAIL_ROWS,
    )


def both_of(rows: Iterable[SideRow]) -> list[Both]:
    """Return the exercises, those of most sessions first."""
    by_exercise: dict[tuple[str, str], list[SideRow]] = {}
    for done in rows:
        by_exercise.setdefault((done.slug, done.unit), []).append(done)
    return sorted(map(_both, by_exercise.values()), key=lambda both: (-both.sessions, both.exercise))


def _both(rows: Sequence[SideRow]) -> Both:
    return Both(
        exercise=rows[-1].exercise,
        unit=rows[-1].unit,
        left=fmean(done.left for done in rows),
        right=fmean(done.right for done in rows),
        sessions=len(rows),
    )


def apart(both: Both) -> str:
    return _("%(percent)s%% apart") % {"percent": both.percent} if both.percent else _("even")


def _pair(both: Both) -> Pair:
    return Pair(
        name=both.exercise,
        left=both.left,
        right=both.right,
        words=apart(both),
        is_uneven=both.is_uneven(SHIPPED),
        label=_label(both),
    )


def _label(both: Both) -> str:
    return ngettext(
        "%(exercise)s: left %(left)s, right %(right)s, %(apart)s, mean of %(count)s session",
        "%(exercise)s: left %(left)s, right %(right)s, %(apart)s, mean of %(count)s sessions",
        both.sessions,
    ) % {
        "exercise": both.exercise,
        "left": amount(both.left, both.unit),
        "right": amount(both.right, both.unit),
        "apart": apart(both),
        "count": both.sessions,
    }


def amount(number: float, unit: str) -> str:
    """Return an amount of an exercise: "22.5 s"."""
    return f"{number_format(number, 1)} {'s' if unit == Unit.SECONDS else Unit(unit).label}"


def _empty(found: Sequence[Both]) -> str:
    if found:
        return " ".join(_too_few(found))
    return _("No session of these weeks has both sides of an exercise.")


def _legend(drawn: Sequence[Both]) -> list[Key]:
    bar = '<rect class="{}" x="0" y="3" width="12" height="6" rx="3"/>'
    keys = [Key(bar.format("bar"), _("an average set"))] if drawn else []
    if any(both.is_uneven(SHIPPED) for both in drawn):
        keys.append(Key(bar.format("bar uneven"), _("the lower side, clearly apart")))
    return keys


def _captions() -> list[str]:
    return [
        _("See whether one bar of a pair is clearly shorter; every exercise has its own scale."),
        _(
            "Clearly apart is %(reps)s%% or more, for holds %(holds)s%% or more and at least %(seconds)s\u00a0s. "
            "Sides differ in healthy runners too; a difference is no alarm."
        )
        % {
            "reps": round(SHIPPED.sides_share_reps * 100),
            "holds": round(SHIPPED.sides_share_holds * 100),
            "seconds": number_format(SHIPPED.sides_holds_s, 0),
        },
    ]


def _too_few(found: Sequence[Both]) -> list[str]:
    few = [both.exercise for both in found if both.sessions < SHIPPED.sides_tests]
    if not few:
        return []
    return [
        _("Not drawn, with both sides in fewer than %(least)s sessions: %(exercises)s.")
        % {"least": SHIPPED.sides_tests, "exercises": ", ".join(few)}
    ]


def _table(found: Sequence[Both]) -> Table:
    return Table(
        caption=_("Exercises, an average set over the sessions"),
        head=[_("Exercise"), _("Left"), _("Right"), _("Apart"), _("Sessions")],
        rows=[
            row(
                both.exercise,
                amount(both.left, both.unit),
                amount(both.right, both.unit),
                _apart_cell(both),
                str(both.sessions),
            )
            for both in found
        ],
    )


def _apart_cell(both: Both) -> str:
    if both.sessions < SHIPPED.sides_tests:
        return _("too few sessions")
    return _("%(apart)s (clearly)") % {"apart": apart(both)} if both.is_uneven(SHIPPED) else apart(both)


def _session_table(rows: Sequence[SideRow]) -> Table:
    return Table(
        caption=_("Sessions, an average set of each side"),
        head=[_("Session"), _("Exercise"), _("Left"), _("Right")],
        rows=[
            row(
                wording.long_day(done.on),
                done.exercise,
                amount(done.left, done.unit),
                amount(done.right, done.unit),
                href=reverse("session", args=[done.session]),
            )
            for done in newest(rows, DETAIL_ROWS)
        ],
    )
