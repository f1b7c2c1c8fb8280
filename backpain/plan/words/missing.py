"""What the next step of an exercise still needs, from the values of E-3."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backpain.coach.decision import Dose, Value
from backpain.ui.templatetags.ui import day

from .values import amount

SESSIONS = {
    0: gettext_lazy("Add what the entries below lack; nothing else is missing."),
    1: gettext_lazy("One more good session, with %(sets)s at %(target)s."),
    2: gettext_lazy("Two good sessions in a row, with %(sets)s at %(target)s."),
}
FAULTS = {
    ("missing.good", "okay"): gettext_lazy(
        "%(day)s was a middling session: pain has to stay low and settle by the next morning."
    ),
    ("missing.good", "bad"): gettext_lazy("%(day)s was a bad session."),
    ("missing.good", "unknown"): gettext_lazy("The session of %(day)s lacks a pain score."),
    ("missing.form", "lost"): gettext_lazy("On %(day)s you lost your form."),
    ("missing.form", "not said"): gettext_lazy(
        "The session of %(day)s does not say whether your form was good in every set."
    ),
    "missing.recent": gettext_lazy("The session of %(day)s is too long ago to count."),
    "missing.target": gettext_lazy("On %(day)s you trained at %(amount)s."),
    "missing.lowest_set": gettext_lazy("On %(day)s your lowest set was %(amount)s."),
    "missing.sets": gettext_lazy("On %(day)s you did %(amount)s."),
}
OFF_THE_LADDER = gettext_lazy("This exercise is no longer on its ladder, so no step follows.")
CAN_BE_ADDED = {("missing.good", "unknown"), ("missing.form", "not said")}


@dataclass(frozen=True, kw_only=True)
class Missing:
    """`needed` says it in one sentence, `faults` what the last sessions lacked."""

    needed: str
    faults: tuple[str, ...] = ()


def missing(values: Sequence[Value], dose: Dose, *, newest_on: dt.date | None) -> Missing:
    """Return what E-3 misses, in words; `newest_on` is the day of the latest session of the exercise."""
    if any(value.what == "missing.rung" for value in values):
        return Missing(needed=str(OFF_THE_LADDER))
    faults = [value for value in values if value.on]
    return Missing(
        needed=_needed(_sessions(values, newest_on), dose), faults=tuple(_fault(value) for value in faults)
    )


def from_scratch(dose: Dose) -> Missing:
    """Return what a dose needs that is new: every session it takes."""
    return Missing(needed=_needed(2, dose))


def _needed(sessions: int, dose: Dose) -> str:
    sets = _("its set") if dose.sets == 1 else _("all %(sets)s") % {"sets": amount(dose.sets, "sets")}
    return str(SESSIONS[sessions]) % {"sets": sets, "target": amount(dose.target, dose.unit)}


def _sessions(values: Sequence[Value], newest_on: dt.date | None) -> int:
    """Return how many more sessions it takes: two in a row have to be good."""
    lasting = {value.on for value in values if value.on and (value.what, value.value) not in CAN_BE_ADDED}
    lacking = next((value.value for value in values if value.what == "missing.sessions"), 0)
    if lacking == 2 or (lacking and lasting) or newest_on in lasting:
        return 2
    return 1 if lacking or lasting else 0


def _fault(value: Value) -> str:
    sentence = FAULTS.get((value.what, value.value)) or FAULTS[value.what]
    shown = "" if isinstance(value.value, str) else amount(value.value, value.unit)
    return str(sentence) % {"day": day(value.on), "amount": shown}
