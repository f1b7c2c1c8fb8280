from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from backpain.accounts.models import User

from . import restore


class FhirForm(forms.Form):
    with_snomed = forms.BooleanField(
        label=_("Name places on the body with SNOMED CT codes too"),
        help_text=_("Clinics in many countries have a licence for them; whoever has none must not use them."),
        required=False,
    )


class DoneForm(forms.Form):
    with_notes = forms.BooleanField(
        label=_("Put my notes into the events"),
        help_text=_("Whoever keeps or shares your calendar can then read them."),
        required=False,
    )


class ArchiveForm(forms.Form):
    """An account archive, or a history; `file` is read to its end before it is taken."""

    file = forms.FileField(
        label=_("Archive"),
        help_text=_("The ZIP of an account as it was downloaded, or a history.json. 20 MB at most."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".zip,.json"}),
    )

    def __init__(self, *args: Any, runner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.runner = runner

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            restore.read(file, runner=self.runner)
        except restore.Refused as refused:
            raise ValidationError(str(refused), code="refused") from refused
        file.seek(0)
        return file


class RestoreForm(forms.Form):
    with_settings = forms.BooleanField(
        label=_("Take over the settings too"),
        help_text=_(
            "Your name, country, time zone, units, colours and year of birth, and what you told about your "
            "back and your equipment, in place of what is set here."
        ),
        required=False,
    )
