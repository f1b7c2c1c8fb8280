"""The words for changes to a placement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from backpain.coach.decision import Dose, Move

from .values import Names, amount, dose_words, in_sentence


@dataclass(frozen=True, kw_only=True)
class MoveUp:
    """A step on offer. `figure` is that of its exercise, as data; `answered` is what the runner said to it:
    "accepted", "later", "declined" or None; `because` and `note` why it was declined.
    """

    ladder: str
    rule: str
    kind: str
    exercise: str
    figure: Any
    title: str
    before: str
    after: str
    accept: str
    answered: str | None = None
    because: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class MoveInForce:
    ladder: str
    rule: str
    kind: str
    text: str


def move_up(
    move: Move, names: Names, *, answered: str | None = None, because: str = "", note: str = ""
) -> MoveUp:
    """Return an offered move in words, with what the runner said to it."""
    if move.to is None:
        raise ValueError("a move up leads somewhere")
    before, after = _before_and_after(move.from_, move.to, move.kind, names)
    return MoveUp(
        ladder=move.ladder,
        rule=move.rule,
        kind=move.kind,
        exercise=move.to.exercise,
        figure=names.figures.get(move.to.exercise),
        title=_title(move.from_, move.to, move.kind, names),
        before=before,
        after=after,
        accept=_accept(move.to, move.kind),
        answered=answered,
        because=because,
        note=note,
    )


def move_in_force(move: Move, names: Names) -> MoveInForce:
    """Return a move that is in force already in words: "Forearm plank: from 25 s back to 20 s"."""
    return MoveInForce(
        ladder=move.ladder, rule=move.rule, kind=move.kind, text=_eased(move.from_, move.to, move.kind, names)
    )


def _title(before: Dose, after: Dose, kind: str, names: Names) -> str:
    words = {"exercise": in_sentence(names.exercise(after.exercise))}
    if kind == "level_up":
        return _("Move up to the %(exercise)s") % words
    if kind == "more_sets":
        return _("Add a set of the %(exercise)s") % words
    words["more"] = amount(after.target - before.target, after.unit)
    if kind == "longer" and after.unit == "s":
        return _("Hold your %(exercise)s %(more)s longer") % words
    return _("Add %(more)s to each set of the %(exercise)s") % words


def _before_and_after(before: Dose, after: Dose, kind: str, names: Names) -> tuple[str, str]:
    if kind == "level_up":
        return names.exercise(before.exercise), f"{names.exercise(after.exercise)}, {dose_words(after)}"
    if kind == "more_sets":
        return amount(before.sets, "sets"), amount(after.sets, "sets")
    return amount(before.target, before.unit), amount(after.target, after.unit)


def _accept(to: Dose, kind: str) -> str:
    if kind == "level_up":
        return _("Move up from now on")
    dose = amount(to.sets, "sets") if kind == "more_sets" else amount(to.target, to.unit)
    if kind == "longer" and to.unit == "s":
        return _("Hold it %(dose)s from now on") % {"dose": dose}
    return _("Do %(dose)s from now on") % {"dose": dose}


def _eased(before: Dose, after: Dose | None, kind: str, names: Names) -> str:
    exercise = names.exercise(before.exercise)
    if after is None:
        return _("%(exercise)s: left out for now") % {"exercise": exercise}
    if kind == "hold":
        return _("%(exercise)s: only %(sets)s the next time") % {
            "exercise": exercise,
            "sets": amount(after.sets, "sets"),
        }
    if after.exercise != before.exercise:
        return _("From %(exercise)s back to %(easier)s, %(dose)s") % {
            "exercise": in_sentence(exercise),
            "easier": in_sentence(names.exercise(after.exercise)),
            "dose": dose_words(after),
        }
    old, new = (
        (amount(dose.target, dose.unit) for dose in (before, after))
        if after.target != before.target or after.unit != before.unit
        else (amount(dose.sets, "sets") for dose in (before, after))
    )
    return _("%(exercise)s: from %(old)s back to %(new)s") % {"exercise": exercise, "old": old, "new": new}
