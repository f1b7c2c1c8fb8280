"""What a session asks for: one line an exercise, with a field for each set and side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.coach.history import SetDone

from .choices import Unit
from .fields import PainField

SIDES = {"left": _("left"), "right": _("right"), None: ""}
FORM_CHOICES = [("yes", _("Yes")), ("no", _("No"))]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One exercise of a session. `planned` is False for what may be added beside the plan."""

    exercise: str
    name: str
    unit: str
    sets: int
    target: float | None
    per_side: bool
    hold_s: float | None = None
    planned: bool = True
    trial: bool = False
    shown: dict[str, Any] = field(default_factory=dict)  # what a stored session's fields show

    def marks(self) -> Iterator[tuple[str, tuple[int, str | None]]]:
        """Yield each set's field name with its number and side."""
        for number in range(1, self.sets + 1):
            for side in ("left", "right") if self.per_side else (None,):
                yield f"{self.exercise}-{number}{f'-{side}' if side else ''}", (number, side)

    @property
    def words(self) -> str:
        """Return the dose, such as "3 x 25 s each side, held 5 s"."""
        if self.target is None:
            return ""
        dose = f"{self.sets} x {self.target:g} {dict(Unit.choices)[self.unit]}"
        if self.per_side:
            dose = _("%(dose)s each side") % {"dose": dose}
        return (
            _("%(dose)s, each held %(hold)g s") % {"dose": dose, "hold": self.hold_s} if self.hold_s else dose
        )

    def fields(self) -> dict[str, forms.Field]:
        """Return the form fields of this line."""
        numbers = {name: self._number(number, side) for name, (number, side) in self.marks()}
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
        return forms.FloatField(
            label=_("Set %(number)s %(side)s") % {"number": number, "side": SIDES[side]},
            min_value=0,
            max_value=most,
            required=False,
            initial=self.target if self.planned else None,
            widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
            error_messages={"max_value": _("At most %(most)s.") % {"most": most}},
        )

    def sets_of(self, cleaned: dict[str, Any]) -> Iterator[SetDone]:
        """Yield the sets that were filled in."""
        good_form = {"yes": True, "no": False}.get(cleaned.get(f"{self.exercise}-form", ""))
        for name, (_number, side) in self.marks():
            if cleaned.get(name) is not None:
                yield SetDone(
                    exercise=self.exercise,
                    unit=self.unit,
                    side=side,
                    target=self.target if self.planned else None,
                    done=cleaned[name],
                    pain=cleaned.get(f"{self.exercise}-pain"),
                    good_form=good_form,
                    hold_s=self.hold_s,
                    trial=self.trial or None,
                )


def line_of(exercise: str, name: str, sets: list[SetDone]) -> Line:
    """Return the line that shows the stored sets of one exercise."""
    first = sets[0]
    numbers: dict[str | None, int] = {}
    shown: dict[str, Any] = {}
    for done in sets:
        number = numbers[done.side] = numbers.get(done.side, 0) + 1
        shown[f"{exercise}-{number}{f'-{done.side}' if done.side else ''}"] = done.done
    forms_ = {done.good_form for done in sets}
    shown[f"{exercise}-form"] = "no" if False in forms_ else "yes" if forms_ == {True} else ""
    shown[f"{exercise}-pain"] = max((done.pain for done in sets if done.pain is not None), default=None)
    return Line(
        exercise=exercise,
        name=name,
        unit=first.unit,
        sets=max(numbers.values()),
        target=first.target,
        per_side=any(numbers.keys()),
        hold_s=first.hold_s,
        planned=first.target is not None,
        trial=bool(first.trial),
        shown=shown,
    )
