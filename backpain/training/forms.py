"""Forms turn what was typed into values; they read nothing but the runner and never save.

Every entry form carries the entry's `uuid` (made when the form is shown, so that the same form sent
twice is one entry) and the `version` an edit started from.
"""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.accounts.models import User
from backpain.coach.history import SetDone
from backpain.coach.screening import EMERGENCY, Question
from backpain.exercises.models import Exercise

from . import choices, models
from .fields import DistanceField, DurationField, PainField, WallClockField, WordsField, resolve
from .lines import Line
from .questions import QUESTIONS

FIRST_DAY = dt.date(1990, 1, 1)  # what is older was typed by mistake


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["invalid"] = _("Give a date, such as 2026-03-16.")


class EntryForm(forms.Form):
    """What every form of the log shares; its `values` are columns of the entry's table."""

    columns: ClassVar[dict[str, tuple[str, ...]]] = {}  # of fields that are not columns of their own name
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        runner: User,
        now: dt.datetime,
        initial: dict[str, Any] | None = None,
        entry: models.Entry | None = None,
    ) -> None:
        self.runner, self.now = runner, now
        self.today = runner.day_of(now)
        shown = self.initial_of(entry) if entry else {"uuid": uuid.uuid4(), "on": self.today}
        super().__init__(data, initial={**shown, **(initial or {})})

    def values(self) -> dict[str, Any]:
        """Return the cleaned values as columns of the entry."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"uuid", "version"}}

    def sets(self) -> list[SetDone]:
        """Return the sets of a session; other entries have none."""
        return []

    def changed_sets(self) -> list[SetDone] | None:
        """Return the sets where any of them was corrected, None where they stay."""
        return None

    def use(self, **values: Any) -> None:
        """Put other values into the hidden fields of a form that is shown again."""
        self.data = self.data.copy()
        self.data.update({name: str(value) for name, value in values.items()})

    def changes(self) -> dict[str, Any]:
        """Return the columns whose fields say something else than the form showed."""
        changed = {column for name in self.changed_data for column in self.columns.get(name, (name,))}
        return {column: value for column, value in self.values().items() if column in changed}

    @classmethod
    def initial_of(cls, entry: Any) -> dict[str, Any]:
        """Return what the form shows of a stored entry."""
        return {name: getattr(entry, name) for name in cls.base_fields if hasattr(entry, name)}

    def clean_on(self) -> dt.date:
        return self.known_day(self.cleaned_data["on"])

    def known_day(self, day: dt.date) -> dt.date:
        """Return the day, unless it is to come or lies before there were such logs."""
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."), code="future")
        if day < FIRST_DAY:
            raise forms.ValidationError(_("Give a day after 1990."), code="past")
        return day


class BoutForm(EntryForm):
    """A run or a session: when, how long, how hard, and pain around it."""

    columns: ClassVar[dict[str, tuple[str, ...]]] = {
        "started_at": ("started_at", "on"),
        "fold": ("started_at", "on"),
        "duration": ("duration_s",),
        "distance": ("distance_m",),
        "walk": ("activity",),
    }
    started_at = WallClockField(label=_("Started"))
    fold = forms.TypedChoiceField(
        label=_("That hour came twice that night. Which one?"),
        choices=[("", ""), ("0", _("The first")), ("1", _("The second"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(choices=[("0", _("The first")), ("1", _("The second"))]),
    )
    pain_before = PainField(label=_("Pain before"))
    pain_during = PainField(label=_("Worst pain while running"))
    pain_after = PainField(label=_("Pain now"))
    effort = forms.TypedChoiceField(
        label=_("Effort"),
        help_text=_("0 = rest, 10 = as hard as you can"),
        choices=[("", "–"), *((str(n), str(n)) for n in range(11))],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choose a number from 0 to 10.")},
    )
    duration = DurationField(label=_("Time"), required=False, max_length=20, help_text=_("47:12 or 1:02:30"))
    sites = WordsField(label=_("Where"), choices=choices.Site.choices)
    feel = WordsField(label=_("How it felt"), choices=choices.Feel.choices)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    ask_fold = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        local = self.now.astimezone(self.runner.zone)
        self.initial.setdefault("started_at", local.replace(tzinfo=None, second=0, microsecond=0))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if wall := cleaned.get("started_at"):
            self._find_instant(wall, cleaned.get("fold"))
        return cleaned

    def _find_instant(self, wall: dt.datetime, fold: int | None) -> None:
        if wall.date() < FIRST_DAY:
            self.add_error("started_at", _("Give a day after 1990."))
            return
        instants = resolve(wall, self.runner.zone)
        if not instants:
            self.add_error("started_at", _("The clocks went forward that night: this time did not exist."))
        elif len(instants) == 2 and fold is None:
            self.ask_fold = True
            self.add_error("fold", _("Choose the first or the second."))
        elif instants[fold if len(instants) == 2 and fold else 0] > self.now:
            self.add_error("started_at", _("This time is still to come."))
        else:
            self.cleaned_data["started_at"] = instants[fold if len(instants) == 2 and fold else 0]

    def values(self) -> dict[str, Any]:
        values = super().values()
        del values["fold"]
        values["duration_s"] = values.pop("duration")
        values["on"] = self.runner.day_of(values["started_at"])
        return values

    @classmethod
    def initial_of(cls, entry: Any) -> dict[str, Any]:
        wall = entry.started_at.astimezone(entry.runner.zone)
        return {
            **super().initial_of(entry),
            "started_at": wall.replace(tzinfo=None, fold=0),
            "fold": wall.fold
            if len(resolve(wall.replace(tzinfo=None, fold=0), entry.runner.zone)) == 2
            else None,
            "duration": entry.duration_s,
        }


class RunForm(BoutForm):
    distance = DistanceField(label=_("Distance"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *choices.RunKind.choices], required=False)
    surface = forms.ChoiceField(
        label=_("Surface"), choices=[("", "–"), *choices.Surface.choices], required=False
    )
    shoe = forms.CharField(label=_("Shoe"), required=False, max_length=80)
    walk = forms.BooleanField(label=_("This was a walk"), required=False)
    signs = WordsField(label=_("My back and this run"), choices=choices.RunSign.choices)
    pain_next_morning = PainField(label=_("Pain the next morning"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["distance"].units = self.runner.units  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        values = super().values()
        values["distance_m"] = values.pop("distance")
        values["activity"] = choices.Activity.WALK if values.pop("walk") else ""
        return values

    @classmethod
    def initial_of(cls, entry: Any) -> dict[str, Any]:
        return {
            **super().initial_of(entry),
            "distance": entry.distance_m,
            "shoe": entry.shoe.name if entry.shoe else "",
            "walk": entry.activity == choices.Activity.WALK,
        }


class SessionForm(BoutForm):
    """A session against the plan: a number for each set and side, form and pain for each exercise."""

    signs = WordsField(label=_("My back and this session"), choices=choices.SessionSign.choices)
    ordinary_soreness = forms.NullBooleanField(
        label=_("The next day's ache is ordinary muscle soreness"), required=False
    )
    pain_next_morning = PainField(label=_("Pain the next morning"))

    def __init__(self, *args: Any, lines: list[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["pain_during"].label = _("Worst pain during the exercises")
        self.lines = lines
        for line in lines:
            self.fields.update(line.fields())
            self.initial.update(line.shown)

    @property
    def has_plan(self) -> bool:
        return any(line.planned for line in self.lines)

    def groups(self) -> list[dict[str, Any]]:
        """Return the exercises with their bound fields, for the template."""
        return [
            {
                "line": line,
                "sets": [self[name] for name, _mark in line.marks()],
                "good_form": self[f"{line.exercise}-form"],
                "pain": self[f"{line.exercise}-pain"],
            }
            for line in self.lines
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.sets():
            raise forms.ValidationError(_("Fill in at least one set, or nothing is logged."), code="empty")
        return cleaned

    def values(self) -> dict[str, Any]:
        columns = {field.name for field in models.Session._meta.fields}
        return {name: value for name, value in super().values().items() if name in columns}

    def sets(self) -> list[SetDone]:
        """Return the sets that were done, in the plan's order."""
        return [done for line in self.lines for done in line.sets_of(self.cleaned_data)]

    def changed_sets(self) -> list[SetDone] | None:
        names = {name for line in self.lines for name in line.fields()}
        return self.sets() if names & set(self.changed_data) else None


class CheckInForm(EntryForm):
    on = DayField(label=_("Day"))
    score = PainField(label=_("How bad was your back over the last 24 hours, on average?"), required=True)
    sites = WordsField(label=_("Where"), choices=choices.Site.choices)
    feel = WordsField(label=_("How it felt"), choices=choices.Feel.choices)
    cannot = WordsField(label=_("My back keeps me from"), choices=choices.Cannot.choices)
    flare = forms.BooleanField(label=_("This is a flare: clearly worse than usual"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def values(self) -> dict[str, Any]:
        return {**super().values(), "retrospective": self.cleaned_data["on"] < self.today or None}


class SkippedRunForm(EntryForm):
    on = DayField(label=_("Day"))
    because = forms.ChoiceField(
        label=_("Why"), choices=choices.SkippedBecause.choices, widget=forms.RadioSelect
    )


class RestForm(EntryForm):
    on = DayField(label=_("First full day of rest"))
    to_on = DayField(label=_("Last day so far"))
    pain_at_start = PainField(label=_("Pain on the first day"))
    pain_at_end = PainField(label=_("Pain on the last day"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("to_on", self.today)

    def clean_to_on(self) -> dt.date:
        return self.known_day(self.cleaned_data["to_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("on") and cleaned.get("to_on") and cleaned["to_on"] < cleaned["on"]:
            self.add_error("to_on", _("The last day cannot be before the first."))
        return cleaned


class CareForm(EntryForm):
    on = DayField(label=_("Day"))
    who = forms.CharField(
        label=_("Who"), required=False, max_length=80, help_text=_("For example physiotherapist")
    )
    assessed = forms.BooleanField(label=_("This problem was assessed"), required=False)
    clears = forms.BooleanField(label=_("They said training may go on"), required=False)
    note = forms.CharField(
        label=_("What they advised"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


ANSWERS = [(answer.value, answer.label) for answer in choices.ScreeningAnswer]


class ScreeningForm(EntryForm):
    """Warning-sign questions. A yes that means hospital is taken at once, whatever else is unanswered."""

    def __init__(self, *args: Any, asked: tuple[Question, ...], screen: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked, self.screen = asked, screen
        for question in asked:
            self.fields[question.item] = forms.ChoiceField(
                label=QUESTIONS[question.item],
                choices=ANSWERS if question.may_decline else ANSWERS[:3],
                required=False,
                widget=forms.RadioSelect,
            )

    def blocks(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the questions in their blocks, for the template."""
        return [
            (block, [self[question.item] for question in questions])
            for block, questions in groupby(self.asked, key=lambda question: question.block)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self._is_emergency(cleaned):
            for item in self._unanswered(cleaned):
                self.add_error(item, _("Choose an answer; Not sure is one."))
        return cleaned

    def _is_emergency(self, cleaned: dict[str, Any]) -> bool:
        return any(
            question.block == EMERGENCY and cleaned.get(question.item) == "yes" for question in self.asked
        )

    def _unanswered(self, cleaned: dict[str, Any]) -> list[str]:
        return [question.item for question in self.asked if not cleaned.get(question.item)]

    def values(self) -> dict[str, Any]:
        answers = {
            question.item: self.cleaned_data[question.item]
            for question in self.asked
            if self.cleaned_data.get(question.item)
        }
        kind = self.screen if len(answers) == len(self.asked) else ""
        return {"at": self.now, "on": self.today, "kind": kind, "answers": answers}

    def changes(self) -> dict[str, Any]:
        """Return the corrected answers; when they were given stays as it is."""
        values = self.values()
        return {"answers": values["answers"], "kind": values["kind"]}

    @classmethod
    def initial_of(cls, entry: Any) -> dict[str, Any]:
        return {**super().initial_of(entry), **entry.answers}


class StartForm(ScreeningForm):
    """Where a runner stands: the episode, the back now, equipment, the full screen and the first four exercises."""

    pain_began_on = DayField(
        label=_("When did this pain begin?"),
        required=False,
        help_text=_("About is good enough. Leave it empty if your back does not hurt."),
    )
    score = PainField(label=_("How bad was your back over the last 24 hours, on average?"), required=True)
    sites = WordsField(label=_("Where"), choices=choices.Site.choices)
    first_ever_episode = forms.NullBooleanField(
        label=_("Is this the first time in your life?"), required=False
    )
    episodes_last_12_months = forms.IntegerField(
        label=_("How many spells of back pain in the last 12 months?"),
        min_value=0,
        max_value=50,
        required=False,
    )
    equipment = WordsField(label=_("What do you have?"), choices=choices.Equipment.choices)
    conditions = WordsField(
        label=_("Does any of this apply to you?"),
        choices=choices.Condition.choices,
        help_text=_("Some warning signs weigh more with these. Leave out what you would rather not say."),
    )

    def __init__(self, *args: Any, candidates: list[Exercise], **options: Any) -> None:
        super().__init__(*args, **options)
        self.candidates = candidates
        for candidate in candidates:
            self.fields[f"try-{candidate.slug}"] = forms.ChoiceField(
                label=_("I can do this slowly, without pain and in good form"),
                choices=[("yes", _("Yes")), ("no", _("No"))],
                required=False,
                widget=forms.RadioSelect,
            )

    def trials(self) -> list[tuple[Exercise, forms.BoundField]]:
        """Return the exercises to try with their fields, for the template."""
        return [(candidate, self[f"try-{candidate.slug}"]) for candidate in self.candidates]

    def clean_pain_began_on(self) -> dt.date | None:
        day = self.cleaned_data["pain_began_on"]
        return self.known_day(day) if day else None

    def told(self) -> dict[str, Any]:
        """Return the answers as `actions.begin` takes them."""
        cleaned = self.cleaned_data
        about = ("pain_began_on", "first_ever_episode", "episodes_last_12_months", "equipment", "conditions")
        return {
            "uuid": cleaned["uuid"],
            "profile": {name: cleaned[name] for name in about},
            "check_in": {"on": self.today, "score": cleaned["score"], "sites": cleaned["sites"]},
            "screening": self.values(),
            "passed": [c.slug for c in self.candidates if cleaned[f"try-{c.slug}"] == "yes"],
        }


FORMS: dict[str, Any] = {
    "run": RunForm,
    "session": SessionForm,
    "check_in": CheckInForm,
    "skipped_run": SkippedRunForm,
    "rest": RestForm,
    "care": CareForm,
    "screening": ScreeningForm,
}


class MorningForm(forms.Form):
    """The morning after a bout: one number for one morning."""

    on = forms.DateField(widget=forms.HiddenInput)
    score = PainField(label=_("How is your back this morning?"), required=True)

    def __init__(self, *args: Any, on: dt.date | None) -> None:
        super().__init__(*args, initial={"on": on})
        self.asked = on

    def clean_on(self) -> dt.date:
        if self.cleaned_data["on"] != self.asked:
            raise forms.ValidationError(_("This morning is answered, or too long ago to ask."), code="stale")
        return self.asked
