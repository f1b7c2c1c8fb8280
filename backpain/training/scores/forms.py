from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.training.choices import Activity
from backpain.training.fields import PainField
from backpain.training.models import Run


class VersionForm(forms.Form):
    """Which version of a run the page showed. Many runs stand on it, so the ids of the inputs name theirs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, run: Run) -> None:
        super().__init__(data, auto_id=f"id_{run.uuid}_%s", initial={"version": run.version})


class AfterForm(VersionForm):
    pain_after = PainField(label=_("How was your back after this run?"), required=True)

    def __init__(self, data: Any = None, *, run: Run) -> None:
        super().__init__(data, run=run)
        if run.activity == Activity.WALK:
            self.fields["pain_after"].label = _("How was your back after this walk?")
