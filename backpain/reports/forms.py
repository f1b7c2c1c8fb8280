from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.accounts.models import User
from backpain.insights.series import period_of
from backpain.training.fields import DayField
from backpain.training.forms.entry import FIRST_DAY

from .contents import Options

DATES = "dates"
WEEKS = [
    ("4", _("4 weeks")),
    ("12", _("12 weeks")),
    ("26", _("26 weeks")),
    ("52", _("52 weeks")),
    (DATES, _("From a day to a day:")),
]
USUAL_WEEKS = "12"  # the course a physiotherapist usually looks at; the project's choice
LETTER_COUNTRIES = {"US", "CA", "MX", "PH", "CL", "CO"}  # print on Letter (CLDR, paper size)


class Paper:
    A4, LETTER = "a4", "letter"


def paper_of(runner: User) -> str:
    """Return the paper that is usual where the runner lives."""
    return Paper.LETTER if str(runner.country) in LETTER_COUNTRIES else Paper.A4


class ReportForm(forms.Form):
    """The days of a report and what is in it. `days` and `options` after it is valid."""

    weeks = forms.ChoiceField(label=_("Days"), choices=WEEKS, widget=forms.RadioSelect, initial=USUAL_WEEKS)
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)
    with_name = forms.BooleanField(label=_("Show my name"), required=False)
    with_screening = forms.BooleanField(
        label=_("Show my answers to the warning-sign questions"), required=False
    )
    with_notes = forms.BooleanField(label=_("Show my notes, in my own words"), required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_first(self) -> dt.date | None:
        return self._possible("first")

    def clean_last(self) -> dt.date | None:
        return self._possible("last")

    def _possible(self, name: str) -> dt.date | None:
        """Return a day that can be, where days are asked for; else it does not count."""
        if self.cleaned_data.get("weeks") != DATES:
            return None
        day: dt.date | None = self.cleaned_data[name]
        if day is None:
            raise forms.ValidationError(_("Give a date, such as 2026-03-16."), code="required")
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."), code="future")
        if day < FIRST_DAY:
            raise forms.ValidationError(_("Give a day after 1990."), code="past")
        return day

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day cannot come before the first."))
        return self.cleaned_data

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """Return the first and the last day: whole weeks from a Monday to today, or the days given."""
        if self.cleaned_data["weeks"] == DATES:
            return self.cleaned_data["first"], self.cleaned_data["last"]
        period = period_of(int(self.cleaned_data["weeks"]), self.today)
        return period.first, period.last

    @property
    def options(self) -> Options:
        ticked = ("with_name", "with_screening", "with_notes")
        return Options(**{name: self.cleaned_data[name] for name in ticked})


class PdfForm(forms.Form):
    """The paper of a PDF; the report's own form has the rest."""

    paper = forms.ChoiceField(label=_("Paper"), choices=[(Paper.A4, "A4"), (Paper.LETTER, "Letter")])
