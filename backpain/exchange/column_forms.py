from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .formats.csv import Table
from .formats.guesses import asks_order, fits
from .formats.mapping import FIELDS, SCORES, ColumnMapping

EVERY_ROW = "run"  # a choice for the sport beside the columns: each row is a run
EXAMPLES_SHOWN = 2
EXAMPLES_LENGTH = 40

LABELS = {
    "date": _("Date"),
    "time": _("Time of day"),
    "distance": _("Distance"),
    "duration": _("How long it took"),
    "sport": _("Sport"),
    "effort": _("Effort, 0 to 10"),
    "pain_before": _("Pain before, 0 to 10"),
    "pain_during": _("Worst pain while running, 0 to 10"),
    "pain_after": _("Pain after, 0 to 10"),
    "pain_next_morning": _("Pain the next morning, 0 to 10"),
    "note": _("Note"),
    "shoe": _("Shoe"),
    "surface": _("Surface"),
}
HELP = {
    "time": _("Leave it empty where the date has it."),
    "sport": _("Walks, and sports we do not know, come in only if you choose so afterwards."),
}
NOT_ONE = {
    "date": _("The first rows of this column hold no dates."),
    "time": _("The first rows of this column hold no times such as 07:30."),
    "distance": _("The first rows of this column hold no distances."),
    "duration": _("The first rows of this column hold no durations."),
    **dict.fromkeys(SCORES, _("The first rows of this column hold no whole numbers from 0 to 10.")),
}
NEEDED = ("date", "time", "distance", "duration", "sport")
BESIDE = {"date": "day_order", "distance": "distance_unit", "duration": "duration_unit"}
FURTHER = tuple(field for field in FIELDS if field not in NEEDED)

DAY_ORDERS = [("day", _("3/4 is 3 April")), ("month", _("3/4 is March 4"))]
DISTANCE_UNITS = [("km", _("Kilometres")), ("mi", _("Miles")), ("m", _("Metres"))]
DURATION_UNITS = [
    ("", _("Choose how it is written")),
    ("clock", _("1:02:30, 47:12 or 47 min")),
    ("hm", _("1:02 is an hour and 2 minutes")),
    ("min", _("Minutes")),
    ("s", _("Seconds")),
    ("h", _("Hours, such as 0.75")),
]


class ColumnsForm(forms.Form):
    """Asks what the columns of a table mean. What a table leaves no doubt about is not asked."""

    date = forms.ChoiceField()
    day_order = forms.ChoiceField(
        label=_("Which number is the day?"), choices=DAY_ORDERS, widget=forms.RadioSelect, required=False
    )
    time = forms.ChoiceField(required=False)
    distance = forms.ChoiceField(required=False)
    distance_unit = forms.ChoiceField(label=_("Distance is in"), choices=DISTANCE_UNITS, required=False)
    duration = forms.ChoiceField(required=False)
    duration_unit = forms.ChoiceField(label=_("It is written as"), choices=DURATION_UNITS, required=False)
    sport = forms.ChoiceField(required=False)
    effort = forms.ChoiceField(required=False)
    pain_before = forms.ChoiceField(required=False)
    pain_during = forms.ChoiceField(required=False)
    pain_after = forms.ChoiceField(required=False)
    pain_next_morning = forms.ChoiceField(required=False)
    note = forms.ChoiceField(required=False)
    shoe = forms.ChoiceField(required=False)
    surface = forms.ChoiceField(required=False)

    def __init__(self, data: Any = None, *, table: Table, suggested: ColumnMapping, units: str) -> None:
        super().__init__(data, initial=_initial(suggested, units))
        self.table = table
        columns = [(str(place), _choice(table, place)) for place in range(len(table.columns))]
        for name in FIELDS:
            field: Any = self.fields[name]
            field.label, field.help_text = LABELS[name], HELP.get(name, "")
            field.choices = [*_without(name), *columns]
        self.fields["date"].error_messages["required"] = _("Choose the column that holds the date.")
        if not any(column.day_order for column in table.columns):
            del self.fields["day_order"]

    def clean(self) -> None:
        chosen = self._places()
        self._refuse_twice(chosen)
        for name, place in chosen.items():
            if name in NOT_ONE and name not in self.errors and not fits(name, self.table.samples(place)):
                self.add_error(name, forms.ValidationError(NOT_ONE[name], code="not_one"))
        if not chosen.keys() & {"distance", "duration"}:
            needed = _("Choose the column of the distance, or that of how long it took.")
            self.add_error("distance", forms.ValidationError(needed, code="required"))
        if "duration" in chosen and not self.cleaned_data.get("duration_unit"):
            self.add_error(
                "duration_unit", forms.ValidationError(_("Choose how it is written."), code="required")
            )
        if "date" in chosen and self._day_order(chosen["date"]) == "either":
            open_ = _("The dates of this table can be read both ways. Choose one.")
            self.add_error("day_order", forms.ValidationError(open_, code="required"))

    def mapping(self) -> ColumnMapping:
        """Return what was said."""
        said, chosen = self.cleaned_data, self._places()
        return ColumnMapping(
            columns=chosen,
            day_first={"day": True, "month": False}.get(self._day_order(chosen["date"])),
            distance_unit=said["distance_unit"] if "distance" in chosen else "",
            duration_unit=said["duration_unit"] if "duration" in chosen else "",
            every_row=EVERY_ROW if said["sport"] == EVERY_ROW else "",
        )

    def needed(self) -> list[forms.BoundField]:
        """Return the fields that make a run, each followed by what else has to be said of it."""
        names = (each for name in NEEDED for each in (name, BESIDE.get(name)))
        return [self[name] for name in names if name in self.fields]

    def further(self) -> list[forms.BoundField]:
        return [self[name] for name in FURTHER]

    def turned(self) -> list[tuple[str, list[str]]]:
        """Return each column as a row: what it is called, and its first values."""
        rows = self.table.rows
        return [
            (_called(self.table, place), [row[place] if place < len(row) else "" for row in rows])
            for place in range(len(self.table.columns))
        ]

    @property
    def opens_further(self) -> bool:
        return any(bound.value() or bound.errors for bound in self.further())

    def _places(self) -> dict[str, int]:
        """Return the columns that were chosen, by field."""
        said = {name: self.cleaned_data.get(name) for name in FIELDS}
        return {name: int(place) for name, place in said.items() if place and place != EVERY_ROW}

    def _refuse_twice(self, chosen: dict[str, int]) -> None:
        first: dict[int, str] = {}
        for name, place in chosen.items():
            if place in first:
                twice = gettext("You chose this column for “%(field)s” too.") % {
                    "field": LABELS[first[place]]
                }
                self.add_error(name, forms.ValidationError(twice, code="twice"))
            first.setdefault(place, name)

    def _day_order(self, place: int) -> str:
        """Return which number of a date is the day: as the dates prove it, else as it was said."""
        if not asks_order(self.table, place):
            return ""
        proved = self.table.columns[place].day_order
        return self.cleaned_data.get("day_order") or proved if proved == "either" else proved


def _initial(mapping: ColumnMapping, units: str) -> dict[str, Any]:
    order = {True: "day", False: "month"}
    return {
        **{name: str(place) for name, place in mapping.columns.items()},
        **({} if "sport" in mapping.columns else {"sport": mapping.every_row or EVERY_ROW}),
        **({} if mapping.day_first is None else {"day_order": order[mapping.day_first]}),
        "distance_unit": mapping.distance_unit or units,
        "duration_unit": mapping.duration_unit,
    }


def _choice(table: Table, place: int) -> str:
    """Return what a column is called, with its first values."""
    name = _called(table, place)
    examples = " · ".join(table.samples(place)[:EXAMPLES_SHOWN])
    return f"{name}: {examples[:EXAMPLES_LENGTH]}" if examples else name


def _called(table: Table, place: int) -> str:
    return table.columns[place].name or gettext("Column %(n)s") % {"n": place + 1}


def _without(name: str) -> list[tuple[str, str | Promise]]:
    """Return the choices of a field beside the columns."""
    if name == "date":
        return [("", _("Choose a column"))]
    if name == "sport":
        return [(EVERY_ROW, _("Every row is a run")), ("", _("I choose afterwards"))]
    return [("", _("Not in my table"))]
