"""The form of a questionnaire, made from its instrument."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.training.fields import DayField, ScoreField
from backpain.training.questionnaires import Instrument

from .entry import EntryForm

ACTIVITY_LENGTH = 80  # characters


class QuestionnaireForm(EntryForm):
    """A score for each question, or for each activity the runner names. `named` are those of last time."""

    on = DayField(label=_("Day"))

    def __init__(
        self, *args: Any, instrument: Instrument, named: list[str] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.instrument = instrument
        for item in instrument.items:
            self.fields[item.key] = ScoreField(label=item.words, required=True)
            if self.entry:
                self.initial[item.key] = self.entry.answers.get(item.key)
        if instrument.own:
            stored = self.entry.answers if self.entry else dict.fromkeys(named or [])
            self._ask_for_activities({name: stored[name] for name in sorted(stored, key=str.casefold)})

    def _ask_for_activities(self, answers: dict[str, int | None]) -> None:
        """Make a row for each activity, and empty ones up to the most there may be."""
        rows = [*answers.items(), *[("", None)] * self.instrument.own]
        self.rows = range(1, max(self.instrument.own, len(answers)) + 1)
        for row, (activity, score) in zip(self.rows, rows, strict=False):
            label = _("Activity %(number)s") % {"number": row}
            self.fields[_activity(row)] = forms.CharField(
                label=label, required=False, max_length=max(ACTIVITY_LENGTH, len(activity))
            )
            self.fields[_score(row)] = ScoreField(label=_("How well can you do it today?"))
            self.initial |= {_activity(row): activity, _score(row): score}

    def questions(self) -> list[tuple[forms.BoundField, Any]]:
        """Return the instrument's questions with their scales, for the template."""
        return [(self[item.key], item.scale) for item in self.instrument.items]

    def activities(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the rows for the activities that stand open, for the template."""
        return self._pairs()[: self.instrument.own_shown]

    def more_activities(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the rows that may stay folded."""
        return self._pairs()[self.instrument.own_shown :]

    def has_more(self) -> bool:
        """Tell whether anything stands in those, or is wrong with them."""
        return any(
            bound.value() not in (None, "") or bound.errors
            for pair in self.more_activities()
            for bound in pair
        )

    def _pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[_activity(row)], self[_score(row)]) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instrument.own:
            self._check_activities(cleaned)
        return cleaned

    def _check_activities(self, cleaned: dict[str, Any]) -> None:
        """Ask for the half of a row that is missing, for names that differ, and for one row at least."""
        times = Counter(_key(cleaned.get(_activity(row))) for row in self.rows)
        for row in self.rows:
            activity, score = cleaned.get(_activity(row)), cleaned.get(_score(row))
            if activity and times[_key(activity)] > 1:
                self.add_error(_activity(row), _("This activity stands here twice."))
            if activity and score is None and _score(row) not in self.errors:
                self.add_error(_score(row), _("Choose a number from 0 to 10."))
            if score is not None and not activity and _activity(row) not in self.errors:
                self.add_error(_activity(row), _("Name the activity this number is for."))
        if not self.errors and not self._answers():
            raise forms.ValidationError(_("Name at least one activity, or nothing is logged."), code="empty")

    def _answers(self) -> dict[str, int]:
        cleaned = self.cleaned_data
        if self.instrument.own:
            return {cleaned[_activity(n)]: cleaned[_score(n)] for n in self.rows if cleaned[_activity(n)]}
        return {item.key: cleaned[item.key] for item in self.instrument.items}

    def values(self) -> dict[str, Any]:
        return {"form": self.instrument.form, "on": self.cleaned_data["on"], "answers": self._answers()}

    def changes(self) -> dict[str, Any]:
        """Return the day and the answers where they were corrected; what was never asked stays."""
        corrected = self.corrected()
        changes = {"on": self.cleaned_data["on"]} if "on" in corrected else {}
        if corrected - {"on", "uuid", "version"}:
            asked = {item.key for item in self.instrument.items}
            stored = {} if self.instrument.own else self.entry.answers
            unasked = {key: score for key, score in stored.items() if key not in asked}
            changes["answers"] = unasked | self._answers()
        return changes


def _activity(row: int) -> str:
    return f"activity-{row}"


def _score(row: int) -> str:
    return f"score-{row}"


def _key(activity: str | None) -> str:
    return (activity or "").casefold()
