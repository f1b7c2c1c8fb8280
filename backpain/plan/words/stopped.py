"""What a reason keeps from being offered: the dropped moves of a decision, with the reason that dropped them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backpain.coach.decision import Decision, Reason, Suppressed, Verdict

from .values import Names

STEPS = {
    "E-3f": gettext_lazy("two steps at once"),
    "E-4": gettext_lazy("a step up"),
    "E-5": gettext_lazy("the next exercise"),
    "E-6": gettext_lazy("a step down"),
    "E-9": gettext_lazy("an easier start after a break"),
    "L-6": gettext_lazy("the next run-walk stage"),
}


def stopped_by(reason: Reason, decision: Decision, names: Names) -> tuple[str, ...]:
    """Return what this reason keeps from being offered, in words: "a step up on the plank ladder (E-4)"."""
    stopped = (dropped for dropped in decision.suppressed if _stops(reason, dropped, decision))
    return tuple(_words(dropped, names) for dropped in stopped)


def _stops(reason: Reason, dropped: Suppressed, decision: Decision) -> bool:
    if dropped.because == "A-2":
        return _holds(reason, dropped, decision)
    return dropped.because == reason.rule and reason.ladder in {None, dropped.ladder}


def _holds(reason: Reason, dropped: Suppressed, decision: Decision) -> bool:
    """A-2 names no reason: all that hold everything do it, and those that stop training stop steps down too."""
    own = (one for one in decision.reasons if (one.rule, one.ladder) == (dropped.rule, dropped.ladder))
    if any(one.verdict is not Verdict.PROGRESS for one in own):
        return reason.verdict >= Verdict.URGENT
    return reason.verdict >= (Verdict.REGRESS if reason.ladder else Verdict.HOLD)


def _words(dropped: Suppressed, names: Names) -> str:
    what = STEPS.get(dropped.rule, "")
    words = {"what": what, "ladder": names.ladder(dropped.ladder), "rule": dropped.rule}
    if not what:
        return dropped.rule
    if not dropped.ladder:
        return _("%(what)s (%(rule)s)") % words
    return _("%(what)s: %(ladder)s (%(rule)s)") % words
