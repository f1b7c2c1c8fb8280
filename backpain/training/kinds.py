"""The kinds of entries: for each its word in URLs, its table and its form."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import forms, models


@dataclass(frozen=True)
class Kind:
    word: str  # in URLs, and the name of its page
    owned: str  # runner.<owned> are the rows that stand
    form: type[forms.EntryForm]
    name: Promise
    new: Promise
    save: Promise
    icon: str

    @property
    def table(self) -> type[models.Entry]:
        return self.form.model

    @property
    def fields_template(self) -> str:
        return f"training/_{self.word}_fields.html"


RUN = Kind("run", "runs", forms.RunForm, _("Run"), _("Log run"), _("Save run"), "run")
SESSION = Kind("session", "sessions", forms.SessionForm, _("Session"), _("Log session"), _("Save session"), "exercises")
CHECK_IN = Kind("check_in", "check_ins", forms.CheckInForm, _("Check-in"), _("Check in"), _("Save check-in"), "check")
SKIPPED_RUN = Kind(
    "skipped_run", "skipped_runs", forms.SkippedRunForm, _("Skipped run"), _("Log a skipped run"), _("Save"), "hold"
)
REST = Kind("rest", "rests", forms.RestForm, _("Rest"), _("Log rest days"), _("Save rest days"), "clock")
CARE = Kind("care", "care", forms.CareForm, _("Care"), _("Record care"), _("Save"), "person")
SCREENING = Kind(
    "screening", "screenings", forms.ScreeningForm, _("Screening"), _("Check warning signs"), _("Save answers"), "flag"
)

KINDS: dict[str, Kind] = {
    kind.word: kind for kind in (RUN, SESSION, CHECK_IN, SKIPPED_RUN, REST, CARE, SCREENING)
}
