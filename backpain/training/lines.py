"""What a session asks for: one line an exercise, with a field for each set and side."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.coach.history import SetDone

from .choices import Unit
from .fields import NumberField, PainField

SIDES = {"left": _("left"), "right": _("right"), None: ""}
FORM_CHOICES = [("yes", _("Yes")), ("no", _("No"))]
GOOD_FORM = {"yes": True, "no": False}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One exercise of a session. `planned` is False for what may be added beside the plan."""

    exercise: str
    name: str
    unit: str
    sets: int
    target: float | None
    sides: tuple[str | None, ...]
    hold_s: float | None = None
    planned: bool = True
    placement: int | None = None  # the key of the placement it was made from
    stored: dict[str, SetDone] | None = None  # by field name; None in a session that is not stored yet

    def marks(self) -> Iterator[tuple[str, str | None]]:
        """Yield each set's field name with its side."""
        for number in range(1, self.sets + 1):
            for side in self.sides:
                yield _mark(self.exercise, number, side), side

    @property
    def words(self) -> str:
        """Return the dose, such as "3 × 25 s each side, held 5 s"."""
        if self.target is None:
            return ""
        dose = f"{self.sets} × {self.target:g} {dict(Unit.choices)[self.unit]}"
        if "left" in self.sides:
            dose = _("%(dose)s each side") % {"dose": dose}
        return (
            _("%(dose)s, each held %(hold)g s") % {"dose": dose, "hold": self.hold_s} if self.hold_s else dose
        )

    def fields(self) -> dict[str, forms.Field]:
        """Return the form fields of this line."""
        numbers = {
            name: self._number(1 + place // len(self.sides), side)
            for place, (name, side) in enumerate(self.marks())
        }
        return {
            **numbers,
            f"{self.exercise}-form": forms.ChoiceField(
                label=_("Good form in every set?"),
                choices=FORM_CHOICES,
                required=False,
                widget=forms.RadioSelect,
            ),
            f"{self.exercise}-pain": PainField(label=_("Worst pain in this exercise")),
        }

    def _number(self, number: int, side: str | None) -> forms.Field:
        most = 600 if self.unit == "s" else 3600
        return NumberField(
            label=_("Set %(number)s %(side)s") % {"number": number, "side": SIDES[side]},
            min_value=0,
            max_value=most,
            required=False,
            error_messages={
                "invalid": _("Give a number, such as 25."),
                "min_value": _("This cannot be negative."),
                "max_value": _("At most %(most)s.") % {"most": most},
            },
        )

    @property
    def shown(self) -> dict[str, Any]:
        """Return what the fields show: the plan's numbers, or what a stored session says."""
        if self.stored is None:
            return {name: self.target for name, _side in self.marks()} if self.planned else {}
        good_form = {True: "yes", False: "no", None: ""}[self._good_form]
        numbers = {name: done.done for name, done in self.stored.items()}
        return {**numbers, f"{self.exercise}-form": good_form, f"{self.exercise}-pain": self._pain}

    @property
    def _good_form(self) -> bool | None:
        said = {done.good_form for done in (self.stored or {}).values()}
        return False if False in said else True if said == {True} else None

    @property
    def _pain(self) -> int | None:
        pains = (done.pain for done in (self.stored or {}).values())
        return max((pain for pain in pains if pain is not None), default=None)

    def sets_of(self, cleaned: dict[str, Any]) -> Iterator[SetDone]:
        """Yield the sets that were filled in; what a stored set says besides stays."""
        pain = cleaned.get(f"{self.exercise}-pain")
        good_form = GOOD_FORM.get(cleaned.get(f"{self.exercise}-form", ""))
        new = {"pain": pain, "good_form": good_form}
        corrected = {name: said for name, said in new.items() if said != getattr(self, f"_{name}")}
        for name, side in self.marks():
            done, stored = cleaned.get(name), (self.stored or {}).get(name)
            if done is None:
                continue
            if stored:
                yield dataclasses.replace(stored, done=done, **corrected)
            else:
                yield SetDone(
                    exercise=self.exercise,
                    unit=self.unit,
                    side=side,
                    target=self.target if self.planned else None,
                    done=done,
                    hold_s=self.hold_s,
                    **new,
                )


def stored_line(exercise: str, name: str, sets: list[SetDone], *, room: int = 0) -> Line:
    """Return the line that shows the stored sets of one exercise, with room for as many as were planned."""
    first = sets[0]
    numbers: dict[str | None, int] = {}
    stored = {}
    for done in sets:
        numbers[done.side] = numbers.get(done.side, 0) + 1
        stored[_mark(exercise, numbers[done.side], done.side)] = done
    one_sided = numbers.keys() & {"left", "right"}
    return Line(
        exercise=exercise,
        name=name,
        unit=first.unit,
        sets=max(room, *numbers.values()),
        target=first.target,
        sides=(*([None] if None in numbers else []), *(("left", "right") if one_sided else ())),
        hold_s=first.hold_s,
        planned=first.target is not None,
        stored=stored,
    )


def _mark(exercise: str, number: int, side: str | None) -> str:
    return f"{exercise}-{number}-{side}" if side else f"{exercise}-{number}"
