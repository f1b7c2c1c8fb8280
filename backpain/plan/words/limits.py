"""The words for a threshold: its rules, its safe range, and what is wrong with a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backpain.coach.ruleset import DEFINITION, SAFE, Breach
from backpain.coach.thresholds import SHIPPED, Thresholds

from .values import plain

GROUPS = {
    DEFINITION: gettext_lazy("The daily series"),
    "M": gettext_lazy("M: what is known"),
    "P": gettext_lazy("P: how the back answers"),
    "G": gettext_lazy("G: the gate for any step up"),
    "W": gettext_lazy("W: the course of the pain"),
    "R": gettext_lazy("R: warning signs"),
    "L": gettext_lazy("L: running load"),
    "E": gettext_lazy("E: exercises"),
    "H": gettext_lazy("H: habits"),
    "X": gettext_lazy("X: one change, one notice"),
    "Q": gettext_lazy("Q: questionnaires"),
}


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A threshold that two rulesets do not agree on, as a row of a table."""

    name: str
    rules: str
    before: str
    after: str


def label(name: str) -> str:
    """Return "Vascular pain" for vascular_pain."""
    return name.replace("_", " ").capitalize()


def rules_of(name: str) -> str:
    """Return the rules a threshold belongs to: "R-4, R-7"."""
    rules = SAFE[name].rules
    return _("Definition, section %(n)s") % {"n": DEFINITION} if rules == (DEFINITION,) else ", ".join(rules)


def range_of(name: str) -> str:
    """Return what stands beside a threshold: its rules, the shipped value and the safe range."""
    safe, shipped = SAFE[name], number(getattr(SHIPPED, name))
    words = {"rules": rules_of(name), "shipped": shipped, "low": number(safe.low), "high": number(safe.high)}
    if safe.is_fixed:
        return _("%(rules)s. Always %(shipped)s.") % words
    span = _("%(rules)s. Shipped: %(shipped)s. From %(low)s to %(high)s.") % words
    if safe.guards_red_flags:
        return _("%(span)s A warning sign: it can be made stricter, never weaker.") % {"span": span}
    return span


def wrong(breach: Breach) -> str:
    """Return what is wrong with a value."""
    words = {"limit": number(breach.limit), "other": label(breach.beside) if breach.beside else ""}
    if breach.beside:
        return _("Not below %(limit)s, the value of “%(other)s”.") % words
    return (_("At least %(limit)s.") if breach.kind == "low" else _("At most %(limit)s.")) % words


def changed(before: Thresholds, after: Thresholds) -> list[Changed]:
    """Return the thresholds that differ, in the order of the rule table."""
    return [
        Changed(
            name=label(name),
            rules=rules_of(name),
            before=number(getattr(before, name)),
            after=number(getattr(after, name)),
        )
        for name in SAFE
        if getattr(before, name) != getattr(after, name)
    ]


def number(value: Any) -> str:
    """Return a threshold as it is read: a span with a dash."""
    return "–".join(map(plain, value)) if isinstance(value, tuple) else plain(value)
