from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import NAME_LENGTH, Scope

DAYS = {30: _("30 days"), 90: _("90 days"), 365: _("A year")}


class TokenForm(forms.Form):
    """What a token is for, what it may do and how long it works."""

    name = forms.CharField(
        label=_("What it is for"),
        help_text=_("For example “my watch”. Only you see this, so that you know later which one to end."),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Say what it is for, such as “my watch”.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    expires_in = forms.TypedChoiceField(
        label=_("How long it works"),
        choices=[*DAYS.items(), ("", _("Until I end it"))],
        coerce=int,
        empty_value=None,
        initial=365,
        required=False,
    )

    def what_to_make(self) -> dict[str, Any]:
        """Return what `actions.make_token` takes."""
        return {name: self.cleaned_data[name] for name in ("name", "scopes", "expires_in")}
