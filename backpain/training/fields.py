"""Form fields that turn what a runner types into values of the log."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dateparse import parse_duration
from django.utils.translation import gettext_lazy as _

METRES = {"km": Decimal(1000), "mi": Decimal("1609.344")}


class ScoreField(forms.TypedChoiceField):
    """A whole number from 0 to 10, or None where the runner skips it. Nothing is preselected."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        skip = [] if options["required"] else [("", _("Skip"))]
        scores = [(str(score), str(score)) for score in range(11)]
        super().__init__(choices=[*scores, *skip], coerce=int, empty_value=None, **options)
        self.error_messages["required"] = _("Choose a number from 0 to 10.")
        self.error_messages["invalid_choice"] = _("Choose a number from 0 to 10.")


class PainField(ScoreField):
    """A pain score."""


class WordsField(forms.MultipleChoiceField):
    """Some words of a closed list, in the list's order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return [word for word, _label in self.choices if word in chosen]


def number_input() -> forms.TextInput:
    """Return an input that brings up digits; a number input would lose the text, or the comma, it refuses."""
    return forms.TextInput(attrs={"inputmode": "decimal"})


class NumberField(forms.FloatField):
    """A number; accepts a decimal comma."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=number_input(), **options)

    def to_python(self, value: Any) -> float | None:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored 25.0 as 25."""
        return int(value) if isinstance(value, float) and value.is_integer() else value


class MillisecondsField(forms.IntegerField):
    """How long a device says something took; what cannot be is dropped, so that it stops nobody from saving."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, required=False, **options)

    def clean(self, value: Any) -> int | None:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class DistanceField(forms.DecimalField):
    """A distance in the runner's units; its value is metres. Accepts a decimal comma."""

    def __init__(self, *, units: str = "km", most_m: float = 200_000, **options: Any) -> None:
        super().__init__(min_value=0, max_digits=9, decimal_places=5, widget=number_input(), **options)
        self.units, self.most_m = units, most_m
        not_one = _("Give the distance as a number, such as 8.2.")
        wrong = ("invalid", "max_digits", "max_whole_digits", "max_decimal_places")
        self.error_messages.update(dict.fromkeys(wrong, not_one))
        self.error_messages["min_value"] = _("A distance cannot be negative.")
        self.error_messages.setdefault("max_value", _("A run of more than 200 km cannot be logged."))

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value or "").replace(",", "."))

    def clean(self, value: Any) -> float | None:
        distance = super().clean(value)
        if distance is None:
            return None
        metres = float(round(distance * METRES[self.units], 1)) or 0.0  # not -0.0
        if metres > self.most_m:
            raise forms.ValidationError(self.error_messages["max_value"], code="max_value")
        return metres

    def prepare_value(self, value: Any) -> Any:
        """Show stored metres in the runner's units; what was typed stays as typed."""
        if not isinstance(value, float):
            return value
        return f"{Decimal(value) / METRES[self.units]:.2f}".rstrip("0").rstrip(".")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another distance was typed than the rounded one shown."""
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


class DurationField(forms.CharField):
    """A duration as minutes, mm:ss or h:mm:ss; its value is seconds."""

    def clean(self, value: Any) -> float | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            duration = parse_duration(typed if ":" in typed else f"{typed}:00")
        except OverflowError:
            duration = dt.timedelta.max
        if duration is None or " " in typed:  # a space would count as days
            raise forms.ValidationError(_("Give the time as minutes, 47:12 or 1:02:30."), code="invalid")
        seconds = duration.total_seconds()
        if not 0 <= seconds <= 86_400:
            raise forms.ValidationError(_("A time between 0 and 24 hours can be logged."), code="range")
        return seconds

    def prepare_value(self, value: Any) -> Any:
        """Show stored seconds as h:mm:ss; what was typed stays as typed."""
        if not isinstance(value, float):
            return value
        minutes, seconds = divmod(round(value), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another duration was typed than the rounded one shown."""
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["invalid"] = _("Give a date, such as 2026-03-16.")


class NoteField(forms.CharField):
    """A few lines of the runner's own."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=2000, **options)

    def to_python(self, value: Any) -> str:
        # Browsers count a line's end as one character and send two.
        return super().to_python(value).replace("\r\n", "\n")


class WallClockField(forms.DateTimeField):
    """A date and time as the runner's clock shows it, without a zone; `resolve` finds the instant."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M:%S", attrs={"type": "datetime-local", "step": "any"})

    def __init__(self, **options: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        super().__init__(input_formats=formats, **options)
        self.error_messages["invalid"] = _("Give a date and a time, such as 2026-03-16 07:30.")

    def to_python(self, value: Any) -> dt.datetime | None:
        # Past DateTimeField, which refuses the hour that comes twice in autumn.
        if value in self.empty_values:
            return None
        return forms.fields.BaseTemporalField.to_python(self, value)

    def strptime(self, value: str, format: str) -> dt.datetime:
        return dt.datetime.strptime(value, format)


def wall_clock(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return the minute a wall clock shows at an instant, without a zone."""
    return at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0, fold=0)


def on_the_clock(at: dt.datetime, zone: dt.tzinfo) -> tuple[dt.datetime, int | None]:
    """Return what a wall clock shows at an instant, and which of the two it is in the autumn hour, else None."""
    local = at.astimezone(zone)
    wall = local.replace(tzinfo=None, fold=0)
    return wall, local.fold if len(resolve(wall, zone)) == 2 else None


def resolve(wall: dt.datetime, zone: dt.tzinfo) -> list[dt.datetime]:
    """Return the instants a wall clock showed this: one, two in the autumn hour, none in the spring hour."""
    instants = []
    for fold in (0, 1):
        at = wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC)
        if at.astimezone(zone).replace(tzinfo=None, fold=0) == wall and at not in instants:
            instants.append(at)
    return instants
