"""The forms of runs and sessions, and of the morning after."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from backpain.coach.history import SetDone
from backpain.coach.returning import STAGES
from backpain.training import choices, models
from backpain.training.fields import (
    DistanceField,
    DurationField,
    NoteField,
    PainField,
    WallClockField,
    WordsField,
    resolve,
)
from backpain.training.lines import Line

from .entry import EntryForm


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
        choices=[("0", _("The first")), ("1", _("The second"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
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
    note = NoteField(label=_("Note"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        local = self.now.astimezone(self.runner.zone)
        self.initial.setdefault("started_at", local.replace(tzinfo=None, second=0, microsecond=0))
        self.ask_fold = self.initial.get("fold") is not None

    def clean_started_at(self) -> dt.datetime:
        wall: dt.datetime = self.cleaned_data["started_at"]
        self.refuse_impossible(wall.date())
        return wall

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if wall := cleaned.get("started_at"):
            self._find_instant(wall, cleaned.get("fold"))
        return cleaned

    def _find_instant(self, wall: dt.datetime, fold: int | None) -> None:
        instants = resolve(wall, self.runner.zone)
        if not instants:
            self.add_error("started_at", _("The clocks went forward that night: this time did not exist."))
        elif len(instants) == 2 and fold is None:
            self.ask_fold = True
            self.add_error("fold", _("Choose the first or the second."))
        else:
            self.cleaned_data["started_at"] = at = instants[-1] if fold else instants[0]
            if at > self.now:
                self.add_error("started_at", _("This time is still to come."))

    def values(self) -> dict[str, Any]:
        values = super().values()
        del values["fold"]
        values["duration_s"] = values.pop("duration")
        values["on"] = self.runner.day_of(values["started_at"])
        return values

    @classmethod
    def initial_of(cls, entry: Any) -> dict[str, Any]:
        local = entry.started_at.astimezone(entry.runner.zone)
        wall = local.replace(tzinfo=None, fold=0)
        return {
            **super().initial_of(entry),
            "started_at": wall,
            "fold": local.fold if len(resolve(wall, entry.runner.zone)) == 2 else None,
            "duration": entry.duration_s,
        }


class RunForm(BoutForm):
    field_order = ("distance", "duration", "started_at")
    distance = DistanceField(label=_("Distance"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *choices.RunKind.choices], required=False)
    surface = forms.ChoiceField(
        label=_("Surface"), choices=[("", "–"), *choices.Surface.choices], required=False
    )
    shoe = forms.CharField(label=_("Shoe"), required=False, max_length=80)
    stage = forms.TypedChoiceField(
        label=_("Stage of the run-walk plan"),
        choices=[("", "–"), *((str(stage.number), str(stage.number)) for stage in STAGES)],
        coerce=int,
        empty_value=None,
        required=False,
    )
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
    plan = forms.CharField(widget=forms.HiddenInput, required=False)  # see queries.planned_lines

    def __init__(self, *args: Any, lines: list[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["pain_during"].label = _("Worst pain during the exercises")
        self.lines = lines
        self.initial["plan"] = ",".join(str(line.placement) for line in lines if line.placement)
        for line in lines:
            self.fields.update(line.fields())
            self.initial.update(line.shown)

    @property
    def has_plan(self) -> bool:
        return any(line.planned for line in self.lines)

    def planned(self) -> list[dict[str, Any]]:
        """Return the exercises of the plan with their bound fields, for the template."""
        return [self._group(line) for line in self.lines if line.planned]

    def beside(self) -> list[dict[str, Any]]:
        """Return the exercises that may be added to the plan's, for the template."""
        return [self._group(line) for line in self.lines if not line.planned]

    def has_beside(self) -> bool:
        """Tell whether anything was said about those."""
        names = (name for line in self.lines if not line.planned for name in line.fields())
        return any(self[name].value() not in (None, "") for name in names)

    def _group(self, line: Line) -> dict[str, Any]:
        return {
            "line": line,
            "sets": [self[name] for name, _side in line.marks()],
            "good_form": self[f"{line.exercise}-form"],
            "pain": self[f"{line.exercise}-pain"],
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.entry:
            unasked = [name for name in self._set_names() if not self.was_asked(name)]
            cleaned.update({name: self.initial.get(name) for name in unasked})
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
        return self.sets() if self._set_names() & self.corrected() else None

    def _set_names(self) -> set[str]:
        return {name for line in self.lines for name in line.fields()}


class MorningForm(forms.Form):
    """The morning after a bout: one number for one morning."""

    on = forms.DateField(widget=forms.HiddenInput)
    score = PainField(label=_("How is your back this morning?"), required=True)

    def __init__(self, *args: Any, on: dt.date | None, answered: dict[dt.date, int]) -> None:
        super().__init__(*args, initial={"on": on})
        self.asked, self.answered = on, answered

    def clean(self) -> dict[str, Any]:
        """Refuse another morning than the one asked about, but not the same answer sent twice."""
        cleaned = super().clean() or self.cleaned_data
        on, score = cleaned.get("on"), cleaned.get("score")
        if on and on != self.asked and (score is None or self.answered.get(on) != score):
            self.add_error("on", _("This morning is answered, or too long ago to ask."))
        return cleaned
