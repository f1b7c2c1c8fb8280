"""One exercise of a guided session as turns, each a pause and then one set of one side, in time and in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from backpain.plan.words.values import amount, in_sentence

from .lines import Line

# Seconds. Switch and pace are those of ux.md 5; the sources give no rests, these are the project's choice.
SWITCH_S = 5
REST_S = 30  # between two sets
CHANGE_S = 15  # to another exercise: to see it and to get into position
UP_S = DOWN_S = 2
ROUND_S = 8  # eight to ten rounds (A) then take the one to two minutes of D
OTHER_SIDE = {"left": "right", "right": "left"}


@dataclass(frozen=True, kw_only=True)
class Turn:
    """`set_` counts from 1; `gap` is how the pause before it is spent: ready, switch or rest."""

    field: str
    set_: int
    side: str | None
    gap: str
    gap_s: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Step:
    """One exercise. `amount` is what each set asks; `sheet` the edition of the drawings that shows it, if any.

    `easier` is the rung below, `gentle` says that it adds no load.
    """

    line: Line
    amount: float
    first_side: str | None = None
    sheet: int | None = None
    gentle: bool = False
    easier: Step | None = None

    @property
    def seconds(self) -> float:
        return sum(turn.gap_s + turn.seconds for turn in self.turns())

    @property
    def dose(self) -> str:
        """Return "3 × 25 s each side, the right side first"."""
        line = self.line
        each = amount(self.amount, line.unit)
        words = {"dose": each if line.sets == 1 else f"{line.sets} × {each}"}
        if not self.first_side:
            return words["dose"]
        if self.first_side == "left":
            return _("%(dose)s each side, the left side first") % words
        return _("%(dose)s each side, the right side first") % words

    @property
    def asked(self) -> dict[str, float]:
        """Return what is asked of each set, by the name of its field."""
        return {name: self.amount for name, _side in self.line.marks()}

    def turns(self) -> Iterator[Turn]:
        """Yield the turns in their order: in every set one side, then the other."""
        names = iter(self.line.marks())
        for number in range(1, self.line.sets + 1):
            of_set = {side: name for _one, (name, side) in zip(self.line.sides, names, strict=False)}
            order = [self.first_side, OTHER_SIDE[self.first_side]] if self.first_side else [None]
            for side in order:
                is_switch = side != order[0]
                gap = "switch" if is_switch else "ready" if number == 1 else "rest"
                yield Turn(
                    field=of_set[side],
                    set_=number,
                    side=side,
                    gap=gap,
                    gap_s={"switch": SWITCH_S, "ready": CHANGE_S, "rest": REST_S}[gap],
                    seconds=self.amount * self._each_s,
                )

    @property
    def _each_s(self) -> float:
        """Return how long one of what is counted takes, in seconds."""
        by_unit = {"s": 1, "min": 60, "rounds": ROUND_S}
        return by_unit.get(self.line.unit, UP_S + (self.line.hold_s or 0) + DOWN_S)

    def as_data(self, x: int, of: int, *, easy: bool = False) -> list[dict[str, Any]]:
        """Return the turns as static/js/player.js reads them; the step is the one at `x`, from 0, of so many."""
        about = {"x": x, "title": f"{x + 1} / {of} · {self.line.name}", "exercise": self.line.exercise}
        about |= {"gentle": 1} if self.gentle else {"easy": 1} if easy else {}
        return [about | self._turn_as_data(turn) for turn in self.turns()]

    def _turn_as_data(self, turn: Turn) -> dict[str, Any]:
        data = {
            "field": turn.field,
            "set": turn.set_,
            "gap": turn.gap_s,
            "s": turn.seconds,
            "each": self._each_s,
            "amount": self.amount,
            "before": self._before(turn),
            "text": self._text(turn),
        }
        counts = {"counts": 1} if self.line.unit in {"reps", "rounds"} else {}
        hold = {"hold": self.line.hold_s or 0} if self.line.unit == "reps" else {}
        return data | counts | hold

    def _work(self, turn: Turn) -> str:
        """Return "Hold 25 s, left side"."""
        work = amount(self.amount, self.line.unit)
        if self.line.unit == "s":
            work = _("Hold %(amount)s") % {"amount": work}
        if turn.side is None:
            return work
        return (_("%(work)s, left side") if turn.side == "left" else _("%(work)s, right side")) % {
            "work": work
        }

    def _text(self, turn: Turn) -> str:
        work = self._work(turn)
        if self.line.sets == 1:
            return work
        words = {"work": work, "n": turn.set_, "all": self.line.sets}
        return _("%(work)s. Set %(n)s of %(all)s") % words

    def _before(self, turn: Turn) -> str:
        """Return what stands before the text in the pause."""
        if turn.gap == "ready":
            return _("Get ready: %(exercise)s.") % {"exercise": in_sentence(self.line.name)}
        return _("Switch sides.") if turn.gap == "switch" else _("Rest.")


def minutes_of(seconds: float) -> int:
    """Return whole minutes, rounded up."""
    return math.ceil(seconds / 60)
