"""Forms turn what was typed into values; they read nothing but the runner and never save.

Every entry form carries the entry's `uuid` (made when the form is shown, so that the same form sent
twice is one entry) and the `version` an edit started from.
"""

from typing import Any

from .bouts import HurtForm, MorningForm, RunForm, SessionForm
from .days import CareForm, CheckInForm, RestForm, SkippedRunForm
from .entry import EntryForm
from .outings import OutingForm, ScoresForm
from .questionnaires import QuestionnaireForm
from .screenings import ScreeningForm, StartForm

__all__ = [
    "FORMS",
    "EntryForm",
    "HurtForm",
    "MorningForm",
    "OutingForm",
    "RunForm",
    "ScoresForm",
    "SessionForm",
    "StartForm",
]

FORMS: dict[str, Any] = {
    "run": RunForm,
    "session": SessionForm,
    "check_in": CheckInForm,
    "skipped_run": SkippedRunForm,
    "rest": RestForm,
    "care": CareForm,
    "screening": ScreeningForm,
    "questionnaire": QuestionnaireForm,
}
