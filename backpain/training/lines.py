"""What a session asks for: one line an exercise, with fields for each set and side."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.coach.history import SetDone

from .choices import Unit
from .fields import NumberField, PainField, number_input

SIDES = {"left": _("left"), "right": _("right"), None: ""}
FORM_CHOICES = [("yes", _("Yes")), ("no", _("No"))]
GOOD_FORM = {"yes": True, "no": False}
EASIER = "easier-"
MOST_SETS = 20  # of one exercise in one session; more was not typed into a page of ours
_MARK = re.compile(r"(?P<prefix>[a-z].*?)-(?P<number>[1-9]\d{0,8})(?:-left|-right)?")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One exercise of a session. `planned` is False for what may be added beside the plan.

    `easier` marks the rung below one of the plan's, for the day on which that one hurts.
    """

    exercise: str
    name: str
    unit: str
    sets: int
    target: float | None
    sides: tuple[str | None, ...]
    hold_s: float | None = None
    planned: bool = True
    easier: bool = False
    placement: int | None = None  # the key of the placement it was made from
    stored: dict[str, SetDone] | None = None  # by field name; None in a session that is not stored yet

    def marks(self) -> Iterator[tuple[str, str | None]]:
        """Yield each set's field name with its side."""
        for number in range(1, self.sets + 1):
            for side in self.sides:
                yield _mark(self.prefix, number, side), side

    @property
    def prefix(self) -> str:
        """Return what the names of its fields begin with; the easier rung may be the same exercise."""
        return f"{EASIER}{self.exercise}" if self.easier else self.exercise

    @property
    def origin(self) -> str:
        """Return what `queries.planned_lines` finds it by again."""
        return f"{self.exercise}.{self.unit}" if self.easier else str(self.placement or "")

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
        of_sets: dict[str, forms.Field] = {}
        for place, (name, side) in enumerate(self.marks()):
            number = 1 + place // len(self.sides)
            of_sets |= {name: self._number(number, side), f"{name}-pain": self._hurt(number, side)}
        return {
            **of_sets,
            f"{self.prefix}-form": forms.ChoiceField(
                label=_("Good form in every set?"),
                choices=FORM_CHOICES,
                required=False,
                widget=forms.RadioSelect,
            ),
            f"{self.prefix}-pain": PainField(label=_("Worst pain in this exercise")),
        }

    def _number(self, number: int, side: str | None) -> forms.Field:
        return done_field(self.unit, _("Set %(number)s %(side)s") % {"number": number, "side": SIDES[side]})

    def _hurt(self, number: int, side: str | None) -> forms.Field:
        wrong = _("Give a whole number from 0 to 10.")
        return forms.IntegerField(
            label=_("Pain (0–10) in set %(number)s %(side)s") % {"number": number, "side": SIDES[side]},
            min_value=0,
            max_value=10,
            required=False,
            widget=number_input(),
            error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        )

    @property
    def shown(self) -> dict[str, Any]:
        """Return what the fields show: the plan's numbers, or what a stored session says."""
        if self.stored is None:
            return {name: self.target for name, _side in self.marks()} if self.planned else {}
        good_form = {True: "yes", False: "no", None: ""}[self._good_form]
        numbers = {name: done.done for name, done in self.stored.items()}
        pains = {f"{name}-pain": done.pain for name, done in self.stored.items()}
        if len(set(pains.values())) == 1:
            pains = {f"{self.prefix}-pain": pains.popitem()[1]}
        return {**numbers, **pains, f"{self.prefix}-form": good_form}

    @property
    def _good_form(self) -> bool | None:
        said = {done.good_form for done in (self.stored or {}).values()}
        return False if False in said else True if said == {True} else None

    def sets_of(self, cleaned: dict[str, Any]) -> Iterator[SetDone]:
        """Yield the sets that were filled in; what a stored set says besides stays.

        The pain of the whole exercise is that of its sets that have none of their own.
        """
        whole = cleaned.get(f"{self.prefix}-pain")
        good_form = GOOD_FORM.get(cleaned.get(f"{self.prefix}-form", ""))
        corrected = {"good_form": good_form} if good_form != self._good_form else {}
        for name, side in self.marks():
            done, stored = cleaned.get(name), (self.stored or {}).get(name)
            if done is None:
                continue
            own = cleaned.get(f"{name}-pain")
            pain = whole if own is None else own
            if stored:
                yield dataclasses.replace(stored, done=done, pain=pain, **corrected)
            else:
                yield SetDone(
                    exercise=self.exercise,
                    unit=self.unit,
                    side=side,
                    target=self.target if self.planned or self.easier else None,
                    done=done,
                    hold_s=self.hold_s,
                    pain=pain,
                    good_form=good_form,
                )


def done_field(unit: str, label: str = "") -> forms.Field:
    """Return the field of what was done in a set; minutes and seconds end sooner than repetitions."""
    most = 600 if unit in {"s", "min"} else 3600
    return NumberField(
        label=label,
        min_value=0,
        max_value=most,
        required=False,
        error_messages={
            "invalid": _("Give a number, such as 25."),
            "min_value": _("This cannot be negative."),
            "max_value": _("At most %(most)s.") % {"most": most},
        },
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


def typed_marks(data: Mapping[str, str]) -> dict[str, re.Match[str]]:
    """Return the fields of sets that were filled in, by their names, whether a form knows them or not."""
    marks = {name: _MARK.fullmatch(name) for name, typed in data.items() if typed.strip()}
    return {name: mark for name, mark in marks.items() if mark}


def sets_typed(data: Mapping[str, str]) -> dict[str, int]:
    """Return how many sets were filled in at most, by what the names of an exercise's fields begin with."""
    sets: dict[str, int] = {}
    for mark in typed_marks(data).values():
        number = int(mark["number"])
        if number <= MOST_SETS:
            sets[mark["prefix"]] = max(number, sets.get(mark["prefix"], 0))
    return sets


def _mark(prefix: str, number: int, side: str | None) -> str:
    return f"{prefix}-{number}-{side}" if side else f"{prefix}-{number}"
