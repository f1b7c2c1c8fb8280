from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from . import actions, restore
from .models import Import
from .words import FORMS

ACCEPTED = ".fit,.tcx,.gpx,.gz,.csv,.zip,.json"


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what is in them is told later, file by file."""

    widget = FilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Sequence[UploadedFile] | None, initial: Any = None) -> list[UploadedFile]:
        return list(data or ())


class ImportForm(forms.Form):
    """What somebody brings in; `too_large` are the names of files that were let go."""

    files = FilesField(
        label=_("Files, or a ZIP of them"),
        help_text=_(
            "FIT, TCX, GPX and CSV files, and exports of other trackers as the ZIP they come in. "
            "A file up to 20 MB, all together up to 500 MB, up to 500 files at a time."
        ),
    )

    def __init__(self, data: Any = None, files: Any = None, *, too_large: Sequence[str] = ()) -> None:
        super().__init__(data, files)
        self._too_large = too_large
        self.archive: UploadedFile | None = None

    def clean_files(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["files"]
        if not files:
            refusal = "too_large" if self._too_large else "none"
            raise forms.ValidationError(FORMS[refusal], code=refusal)
        self.archive = next((file for file in files if restore.is_archive(file)), None)
        if self.archive and len(files) > 1:
            raise forms.ValidationError(FORMS["archive_alone"], code="archive_alone")
        if self.archive and (self.archive.size or 0) > restore.MOST_BYTES:
            raise forms.ValidationError(FORMS["archive_too_large"], code="archive_too_large")
        return files

    def refuse(self, refusal: str) -> None:
        """Say why what was sent is not taken, in place of anything else."""
        self._errors = forms.utils.ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
        self.add_error("files", forms.ValidationError(FORMS[refusal], code=refusal))


class ChoiceForm(forms.Form):
    """Which of the activities shown are to come in, and which page to show next; nonsense means the first."""

    on_page = forms.TypedMultipleChoiceField(required=False, coerce=int)
    take = forms.TypedMultipleChoiceField(required=False, coerce=int)
    all_of = forms.ChoiceField(required=False, choices=[("walk", ""), ("unknown", "")])
    none_of = forms.ChoiceField(required=False, choices=[("walk", ""), ("unknown", "")])
    show = forms.CharField(required=False)
    go = forms.CharField(required=False)  # what to show next, from its first page
    page = forms.IntegerField(required=False, min_value=1)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for name in ("on_page", "take"):
            self.fields[name].valid_value = _is_key  # type: ignore[attr-defined]
        self.is_valid()

    def keep(self, batch: Import) -> None:
        """Store what was chosen."""
        said = self.cleaned_data
        actions.choose(batch, shown=said.get("on_page", []), chosen=said.get("take", []))
        for name, is_chosen in (("all_of", True), ("none_of", False)):
            if sport := said.get(name):
                actions.choose_all(batch, sport=sport, is_chosen=is_chosen)

    def shown_page(self) -> dict[str, Any]:
        """Return which activities to show, and which page of them."""
        said = self.cleaned_data
        if go := said.get("go"):
            return {"shown": go, "page": 1}
        return {"shown": said.get("show", ""), "page": said.get("page") or 1}


def _is_key(value: Any) -> bool:
    return str(value).isdecimal() and len(str(value)) < 19
