"""One tap for an outing of the run-walk plan, and the pain scores asked after it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.coach.returning import STAGES
from backpain.training import choices
from backpain.training.fields import PainField, WordsField
from backpain.training.returning import WALK

from .entry import EntryForm


class OutingForm(forms.Form):
    """Which outing it was: a stage, or a walk. The id makes a second tap the same entry."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        choices=[(str(stage.number), str(stage.number)) for stage in STAGES] + [(WALK, WALK)]
    )


class ScoresForm(EntryForm):
    """The pain around an outing that is logged already; everything else about it stays."""

    pain_before = PainField(label=_("Pain before"))
    pain_during = PainField(label=_("Worst pain on the way"))
    pain_after = PainField(label=_("Pain now"))
    signs = WordsField(label=_("My back and this outing"), choices=choices.RunSign.choices)
