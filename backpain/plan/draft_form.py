"""The form a curator drafts a ruleset with: a field for every threshold, and only the differences kept."""

from __future__ import annotations

import typing
from typing import Any

from django import forms

from backpain.coach.ruleset import SAFE, breaches, changes_in, with_changes
from backpain.coach.thresholds import Thresholds

from .models import Ruleset
from .words.limits import GROUPS, label, number, range_of, wrong

OPEN = tuple(name for name, safe in SAFE.items() if not safe.is_fixed)
TYPES = typing.get_type_hints(Thresholds)  # evaluates every annotation of it


def _field(name: str) -> forms.Field:
    safe, shown = SAFE[name], {"label": label(name), "help_text": range_of(name), "required": False}
    if safe.is_fixed:
        return forms.CharField(disabled=True, **shown)
    ends = {"min": safe.low, "max": safe.high}
    if TYPES[name] is int:
        return forms.IntegerField(widget=forms.NumberInput(attrs=ends), **shown)
    return forms.FloatField(widget=forms.NumberInput(attrs={**ends, "step": "any"}), **shown)


class _Base(forms.ModelForm):
    class Meta:
        model = Ruleset
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = vars(values_of(self.instance))
        self.initial |= {
            name: number(values[name]) if safe.is_fixed else values[name] for name, safe in SAFE.items()
        }

    def clean(self) -> dict[str, Any]:
        """Check every threshold beside the others; a field left empty is as shipped."""
        cleaned = super().clean()
        entered = {name: cleaned[name] for name in OPEN if cleaned.get(name) is not None}
        thresholds = with_changes(entered)
        for breach in breaches(thresholds):
            if breach.name not in self.errors:
                self.add_error(breach.name, wrong(breach))
        self.instance.changes = changes_in(thresholds)
        return cleaned


DraftForm: type[_Base] = type("DraftForm", (_Base,), {name: _field(name) for name in SAFE})


def groups() -> list[tuple[str, list[str]]]:
    """Return the fields by the letter of the first rule each belongs to."""
    fields: dict[str, list[str]] = {letter: [] for letter in GROUPS}
    for name, safe in SAFE.items():
        fields[safe.rules[0][0]].append(name)
    return [(str(GROUPS[letter]), names) for letter, names in fields.items()]


def values_of(ruleset: Ruleset) -> Thresholds:
    """Return the thresholds of a row, whatever it was drafted beside."""
    return with_changes({name: value for name, value in ruleset.changes.items() if name in SAFE})
