"""The warning-sign questions, alone and as part of the start page."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.coach.screening import EMERGENCY, Question
from backpain.exercises.models import Equipment, Exercise
from backpain.training import choices
from backpain.training.fields import DayField, PainField, WordsField
from backpain.training.questions import QUESTIONS

from .entry import EntryForm

ANSWERS = [(answer.value, answer.label) for answer in choices.ScreeningAnswer]


class ScreeningForm(EntryForm):
    """Warning-sign questions. A yes that means hospital is taken at once, whatever else is unanswered."""

    def __init__(self, *args: Any, asked: tuple[Question, ...], screen: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked, self.screen = asked, screen
        for question in asked:
            self.fields[question.item] = forms.ChoiceField(
                label=QUESTIONS[question.item],
                choices=ANSWERS if question.may_decline else ANSWERS[:3],
                required=False,
                widget=forms.RadioSelect,
            )

    def blocks(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the questions in their blocks, for the template."""
        return [
            (block, [self[question.item] for question in questions])
            for block, questions in groupby(self.asked, key=lambda question: question.block)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self._is_emergency(cleaned):
            for item in self._unanswered(cleaned):
                self.add_error(item, _("Choose an answer; Not sure is one."))
        return cleaned

    def _is_emergency(self, cleaned: dict[str, Any]) -> bool:
        return any(
            question.block == EMERGENCY and cleaned.get(question.item) == "yes" for question in self.asked
        )

    def _unanswered(self, cleaned: dict[str, Any]) -> list[str]:
        return [question.item for question in self.asked if not cleaned.get(question.item)]

    def values(self) -> dict[str, Any]:
        answers = {
            question.item: self.cleaned_data[question.item]
            for question in self.asked
            if self.cleaned_data.get(question.item)
        }
        kind = self.screen if len(answers) == len(self.asked) else ""
        return {"at": self.now, "on": self.today, "kind": kind, "answers": answers}

    def changes(self) -> dict[str, Any]:
        """Return the corrected answers beside those not asked for now; when they were given stays as it is."""
        values, stored = self.values(), self.entry.answers
        unasked = {item: answer for item, answer in stored.items() if item not in self.fields}
        return {"answers": unasked | values["answers"], "kind": values["kind"]}

    @classmethod
    def initial_of(cls, entry: Any) -> dict[str, Any]:
        return {**super().initial_of(entry), **entry.answers}


class StartForm(ScreeningForm):
    """Where a runner stands: the episode, the back now, equipment, the full screen and the first four exercises."""

    pain_began_on = DayField(
        label=_("When did this pain begin?"),
        required=False,
        help_text=_("About is good enough. Leave it empty if your back does not hurt."),
    )
    score = PainField(label=_("How bad was your back over the last 24 hours, on average?"), required=True)
    sites = WordsField(label=_("Where"), choices=choices.Site.choices)
    first_ever_episode = forms.NullBooleanField(
        label=_("Is this the first time in your life?"), required=False
    )
    episodes_last_12_months = forms.IntegerField(
        label=_("How many spells of back pain in the last 12 months?"),
        min_value=0,
        max_value=50,
        required=False,
    )
    equipment = WordsField(label=_("What do you have?"), choices=Equipment.choices)
    conditions = WordsField(
        label=_("Does any of this apply to you?"),
        choices=choices.Condition.choices,
        help_text=_("Some warning signs weigh more with these. Leave out what you would rather not say."),
    )

    def __init__(self, *args: Any, candidates: list[Exercise], **options: Any) -> None:
        super().__init__(*args, **options)
        self.candidates = candidates
        for candidate in candidates:
            self.fields[f"try-{candidate.slug}"] = forms.ChoiceField(
                label=_("I can do this slowly, without pain and in good form"),
                choices=[("yes", _("Yes")), ("no", _("No"))],
                required=False,
                widget=forms.RadioSelect,
            )

    def trials(self) -> list[tuple[Exercise, forms.BoundField]]:
        """Return the exercises to try with their fields, for the template."""
        return [(candidate, self[f"try-{candidate.slug}"]) for candidate in self.candidates]

    def clean_pain_began_on(self) -> dt.date | None:
        return self.known_day("pain_began_on") if self.cleaned_data["pain_began_on"] else None

    def told(self) -> dict[str, Any]:
        """Return the answers as `actions.begin` takes them."""
        cleaned = self.cleaned_data
        about = ("pain_began_on", "first_ever_episode", "episodes_last_12_months", "equipment", "conditions")
        return {
            "uuid": cleaned["uuid"],
            "profile": {name: cleaned[name] for name in about},
            "check_in": {"on": self.today, "score": cleaned["score"], "sites": cleaned["sites"]},
            "screening": self.values(),
            "passed": [c.slug for c in self.candidates if cleaned[f"try-{c.slug}"] == "yes"],
        }
