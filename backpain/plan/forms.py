"""What a runner answers to advice. Forms clean what was sent and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import NOTE_LENGTH, Because, Hindsight

NOTE = {"rows": 2, "maxlength": NOTE_LENGTH}


class DeclineForm(forms.Form):
    """Why an offered move is declined; one form stands beside each move, so ids carry the ladder."""

    because = forms.ChoiceField(
        label=_("Why not?"),
        choices=Because,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = forms.CharField(
        label=_("Note, if you like"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs=NOTE),
    )

    def __init__(self, *args: Any, ladder: str, **options: Any) -> None:
        super().__init__(*args, auto_id=f"decline-{ladder}-%s", **options)


class HindsightForm(forms.Form):
    """Whether an advice was right, looking back."""

    was_right = forms.ChoiceField(
        label=_("Was this right?"),
        choices=Hindsight,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    note = forms.CharField(
        label=_("Note, if you like"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs=NOTE),
    )
