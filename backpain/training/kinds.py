"""The kinds of entries: for each its word in URLs, its table and its words."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import models


@dataclass(frozen=True)
class Kind:
    word: str  # in URLs, and the name of its page
    owned: str  # runner.<owned> are the rows that stand
    table: type[models.Entry]
    name: Promise
    new: Promise
    save: Promise
    icon: str
    is_kept_by_phones: bool = False  # until there is a connection

    @property
    def log_url(self) -> str:
        """Return where a new one is sent."""
        return reverse(f"log_{self.word}")

    @property
    def fields_template(self) -> str:
        return f"training/_{self.word}_fields.html"


RUN = Kind(
    "run",
    "runs",
    models.Run,
    _("Run"),
    _("Log run"),
    _("Save run"),
    "run",
    is_kept_by_phones=True,
)
SESSION = Kind(
    "session",
    "sessions",
    models.Session,
    _("Session"),
    _("Log session"),
    _("Save session"),
    "exercises",
    is_kept_by_phones=True,
)
CHECK_IN = Kind(
    "check_in",
    "check_ins",
    models.CheckIn,
    _("Check-in"),
    _("Check in"),
    _("Save check-in"),
    "check",
    is_kept_by_phones=True,
)
SKIPPED_RUN = Kind(
    "skipped_run",
    "skipped_runs",
    models.SkippedRun,
    _("Skipped run"),
    _("Log a skipped run"),
    _("Save"),
    "hold",
)
REST = Kind("rest", "rests", models.Rest, _("Rest"), _("Log rest days"), _("Save rest days"), "clock")
CARE = Kind("care", "care", models.Care, _("Care"), _("Record care"), _("Save"), "person")
SCREENING = Kind(
    "screening",
    "screenings",
    models.Screening,
    _("Screening"),
    _("Check warning signs"),
    _("Save answers"),
    "flag",
)
QUESTIONNAIRE = Kind(
    "questionnaire",
    "questionnaires",
    models.Questionnaire,
    _("Questionnaire"),
    _("Answer a questionnaire"),
    _("Save answers"),
    "plan",
)

KINDS: dict[str, Kind] = {
    kind.word: kind for kind in (RUN, SESSION, CHECK_IN, SKIPPED_RUN, REST, CARE, SCREENING, QUESTIONNAIRE)
}
