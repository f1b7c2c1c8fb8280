from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.accounts.models import Units
from backpain.training.fields import DayField, DistanceField
from backpain.training.forms.entry import FIRST_DAY
from backpain.training.models import MOST_START_M, Shoe


class ShoeForm(forms.Form):
    """What a runner tells of a pair of shoes."""

    name = forms.CharField(label=_("Name"), max_length=80)
    started_on = DayField(label=_("First worn on"), required=False)
    start_m = DistanceField(
        label=_("Kilometres on it already"),
        help_text=_("before the first run you log with it"),
        required=False,
        most_m=MOST_START_M,
        error_messages={"max_value": _("That is farther than shoes go. Check the distance.")},
    )

    def __init__(self, *args: Any, units: str, today: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        start = self.fields["start_m"]
        start.units = units  # type: ignore[attr-defined]
        if units == Units.MILES:
            start.label = _("Miles on it already")

    def clean_started_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["started_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day is still to come."), code="future")
        if day and day < FIRST_DAY:
            raise forms.ValidationError(_("Give a day after 1990."), code="past")
        return day

    def clean_start_m(self) -> float:
        return self.cleaned_data["start_m"] or 0.0

    @classmethod
    def initial_of(cls, shoe: Shoe) -> dict[str, Any]:
        return {"name": shoe.name, "started_on": shoe.started_on, "start_m": shoe.start_m or None}
