"""The sentences of "what goes with better or worse mornings". They compare; they never name a cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backpain.training.choices import Surface

from .effects import CHOSEN_BY_FEEL, CONFIDENCE, LEAST_RUNS, MOST_RUNS, RESTED_DAYS, Effect, Factor, Verdict
from .series import NOTICEABLE

BY_FACTOR: dict[Factor, str] = {
    "distance": gettext_lazy("The morning after your longer runs (the upper half)"),
    "effort": gettext_lazy("The morning after your harder runs (the upper half)"),
    "rested": gettext_lazy("The morning after runs with %(days)s days or more since the last exercises"),
    "session": gettext_lazy("The morning after runs on the day after exercises"),
    "morning": gettext_lazy("The morning after runs before noon"),
    "sitting": gettext_lazy("The morning after runs on days of long sitting"),
}
BY_SURFACE: dict[str, str] = {
    Surface.ROAD: gettext_lazy("The morning after runs on road"),
    Surface.TRAIL: gettext_lazy("The morning after runs on trail"),
    Surface.TRACK: gettext_lazy("The morning after runs on a track"),
    Surface.TREADMILL: gettext_lazy("The morning after runs on a treadmill"),
    Surface.MIXED: gettext_lazy("The morning after runs on mixed ground"),
}


@dataclass(frozen=True, kw_only=True)
class Group:
    """The comparisons with one verdict, each a sentence. `is_finding`: they stand first and open."""

    title: str
    lines: Sequence[str]
    is_finding: bool


@dataclass(frozen=True, kw_only=True)
class Effects:
    """What the template shows: a sentence for all, what is compared and how, and the groups."""

    finding: str
    basis: Sequence[str]
    groups: Sequence[Group]


def shown(effects: Sequence[Effect]) -> Effects:
    """Return the comparisons in words."""
    return Effects(finding=_finding(effects), basis=list(_basis(effects)), groups=_groups(effects))


def line(effect: Effect) -> str:
    """Return a comparison: "The morning after runs on road: 0.4 higher (...), 34 runs against 21: cannot say yet." """
    words = {"what": _what(effect), "counts": _counts(effect), "verdict": _verdict(effect)}
    if effect.difference is None or effect.low is None or effect.high is None:
        return _("%(what)s: %(counts)s: %(verdict)s.") % words
    words |= {"amount": _amount(effect.difference), "between": _between(effect.low, effect.high)}
    return _("%(what)s: %(amount)s (%(between)s), %(counts)s: %(verdict)s.") % words


def _finding(effects: Sequence[Effect]) -> str:
    likely = sum(effect.verdict == "likely" for effect in effects)
    if likely:
        return ngettext(
            "%(count)s thing goes with a difference the morning after a run",
            "%(count)s things go with a difference the morning after a run",
            likely,
        ) % {"count": likely}
    if any(min(effect.runs, effect.others) >= LEAST_RUNS for effect in effects):
        return _("No comparison stands out in these runs")
    return _("Too few runs to compare yet")


def _basis(effects: Sequence[Effect]) -> Iterator[str]:
    """Yield how it is compared, and what it takes; of brackets only where some are shown."""
    if any(effect.difference is not None for effect in effects):
        yield from _of_differences()
    yield _(
        "It takes %(least)s runs on each side with a score before and on the next morning, one run a day; the "
        "newest %(most)s of these weeks count. The more comparisons there are, the clearer one has to be."
    ) % {"least": LEAST_RUNS, "most": MOST_RUNS}


def _of_differences() -> list[str]:
    return [
        _(
            "Runs that began with about the same pain, after about the same pain in the days before, compared by the "
            "pain on the next morning, 0 to 10. In brackets stands how small or large the difference may be; all "
            "brackets together are right for about %(share)s of 100 runners."
        )
        % {"share": round(CONFIDENCE * 100)},
        _(
            "A comparison is not a reason: much else differs between these runs, and what is not logged cannot be "
            "allowed for. People run further and harder on days they feel better; so of such runs it is never said "
            "that lower pain is likely, or a difference unlikely."
        ),
    ]


def _groups(effects: Sequence[Effect]) -> list[Group]:
    titles: dict[Verdict, str] = {
        "likely": _("A difference is likely"),
        "unlikely": _("A difference one would notice is unlikely"),
        "open": _("Cannot say yet"),
    }
    by_verdict = {verdict: [line(each) for each in effects if each.verdict == verdict] for verdict in titles}
    return [
        Group(title=titles[verdict], lines=lines, is_finding=verdict == "likely")
        for verdict, lines in by_verdict.items()
        if lines
    ]


def _what(effect: Effect) -> str:
    if effect.factor == "shoe":
        return _("The morning after runs in %(shoe)s") % {"shoe": effect.level}
    if effect.factor == "surface":
        return str(BY_SURFACE[effect.level])
    return str(BY_FACTOR[effect.factor]) % {"days": RESTED_DAYS}


def _amount(difference: float) -> str:
    if _decimal(difference) == _decimal(0):
        return _("no higher and no lower")
    words = _("%(points)s higher") if difference > 0 else _("%(points)s lower")
    return words % {"points": _decimal(difference)}


def _between(low: float, high: float) -> str:
    near, far = sorted((low, high), key=abs)
    words = {"near": _decimal(near), "far": _decimal(far), "low": _decimal(low), "high": _decimal(high)}
    if low >= 0:
        return _("between %(near)s and %(far)s higher") % words
    if high <= 0:
        return _("between %(near)s and %(far)s lower") % words
    return _("between %(low)s lower and %(high)s higher") % words


def _counts(effect: Effect) -> str:
    return ngettext("%(runs)s run against %(others)s", "%(runs)s runs against %(others)s", effect.runs) % {
        "runs": effect.runs,
        "others": effect.others,
    }


def _verdict(effect: Effect) -> str:
    if effect.verdict == "unlikely":
        words = _("a difference of %(points)s or more is unlikely")
        return words % {"points": _decimal(NOTICEABLE)}
    if effect.verdict == "likely":
        return _("a difference is likely")
    if effect.factor in CHOSEN_BY_FEEL and effect.high is not None and effect.high < NOTICEABLE:
        return _("cannot say, for such runs are chosen on better days")
    return _("cannot say yet")


def _decimal(number: float) -> str:
    """Return the size of a number to a tenth, without its sign."""
    return number_format(abs(round(number, 1)), 1)
