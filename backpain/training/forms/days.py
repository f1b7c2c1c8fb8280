"""The forms of entries that belong to a day: check-in, skipped run, rest, care."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.training import choices
from backpain.training.fields import DayField, NoteField, PainField, WordsField

from .entry import EntryForm, PhoneForm


class CheckInForm(PhoneForm):
    day_field = "on"
    columns: ClassVar[dict[str, tuple[str, ...]]] = {"on": ("on", "retrospective")}
    on = DayField(label=_("Day"))
    score = PainField(label=_("How bad was your back over the last 24 hours, on average?"), required=True)
    sites = WordsField(label=_("Where"), choices=choices.Site.choices)
    feel = WordsField(label=_("How it felt"), choices=choices.Feel.choices)
    cannot = WordsField(label=_("My back keeps me from"), choices=choices.Cannot.choices)
    flare = forms.BooleanField(label=_("This is a flare: clearly worse than usual"), required=False)
    sat_long = forms.BooleanField(label=_("I sat for most of the day"), required=False)
    note = NoteField(label=_("Note"))

    def values(self) -> dict[str, Any]:
        return {**super().values(), "retrospective": self.cleaned_data["on"] < self.today or None}


class SkippedRunForm(EntryForm):
    on = DayField(label=_("Day"))
    because = forms.ChoiceField(
        label=_("Why"), choices=choices.SkippedBecause.choices, widget=forms.RadioSelect
    )


class RestForm(EntryForm):
    on = DayField(label=_("First full day of rest"))
    to_on = DayField(label=_("Last day so far"))
    pain_at_start = PainField(label=_("Pain on the first day"))
    pain_at_end = PainField(label=_("Pain on the last day"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("to_on", self.today)

    def clean_to_on(self) -> dt.date:
        return self.known_day("to_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("on") and cleaned.get("to_on") and cleaned["to_on"] < cleaned["on"]:
            self.add_error("to_on", _("The last day cannot be before the first."))
        return cleaned


class CareForm(EntryForm):
    on = DayField(label=_("Day"))
    who = forms.CharField(
        label=_("Who"), required=False, max_length=80, help_text=_("For example physiotherapist")
    )
    assessed = forms.BooleanField(label=_("This problem was assessed"), required=False)
    clears = forms.BooleanField(label=_("They said training may go on"), required=False)
    note = NoteField(label=_("What they advised"))
