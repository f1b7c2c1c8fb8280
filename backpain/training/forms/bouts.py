"""The forms of runs and sessions, and of the morning after."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, ClassVar

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from backpain.accounts.models import Units
from backpain.coach.history import SetDone
from backpain.coach.returning import STAGES
from backpain.training import choices, models
from backpain.training.fields import (
    DistanceField,
    DurationField,
    MillisecondsField,
    NoteField,
    PainField,
    WallClockField,
    WordsField,
    on_the_clock,
    resolve,
    wall_clock,
)
from backpain.training.habits import Habits
from backpain.training.lines import Line, typed_marks
from backpain.ui.templatetags.ui import day

from .differences import in_words
from .entry import PhoneForm

LONG_S = 3 * 3600  # asked about: more often a slip than such a bout
FASTEST_M_PER_S = 10.5  # over 100 m, by the fastest there are
ALIKE = ("distance", "duration", "shoe", "surface", "kind", "sites")  # what a run may share with another


class BoutForm(PhoneForm):
    """A run or a session: when, how long, how hard, and pain around it."""

    day_field = "started_at"
    columns: ClassVar[dict[str, tuple[str, ...]]] = {
        "started_at": ("started_at", "on"),
        "fold": ("started_at", "on"),
        "duration": ("duration_s",),
        "distance": ("distance_m",),
        "walk": ("activity",),
        "pain_next_morning": ("pain_next_morning", "next_morning_retrospective"),
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
    is_long = forms.BooleanField(label=_("Yes, it took more than three hours"), required=False)
    sites = WordsField(label=_("Where"), choices=choices.Site.choices)
    feel = WordsField(label=_("How it felt"), choices=choices.Feel.choices)
    note = NoteField(label=_("Note"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("started_at", wall_clock(self.now, self.runner.zone))
        self.ask_fold = self.initial.get("fold") is not None
        self.ask_long = False

    def clean_started_at(self) -> dt.datetime:
        wall: dt.datetime = self.cleaned_data["started_at"]
        tomorrow = self.today + dt.timedelta(days=1)  # in some zone it has begun
        self.refuse_impossible(wall.date(), last=tomorrow)
        return wall

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if wall := cleaned.get("started_at"):
            self._find_instant(wall, cleaned.get("zone") or self.runner.zone, cleaned.get("fold"))
        if (cleaned.get("duration") or 0) > LONG_S and "duration" in self.corrected():
            self._ask_whether_long(cleaned["is_long"])
        return cleaned

    def _ask_whether_long(self, is_long: bool) -> None:
        self.ask_long = True
        if not is_long:
            question = _("More than three hours: is that right? Tick this, or correct the time.")
            self.add_error("is_long", question)

    def _find_instant(self, wall: dt.datetime, zone: dt.tzinfo, fold: int | None) -> None:
        instants = resolve(wall, zone)
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
        del values["fold"], values["is_long"]
        values["duration_s"] = values.pop("duration")
        values["on"] = self.runner.day_of(values["started_at"])
        values["next_morning_retrospective"] = self._in_retrospect(values)
        return values

    def _in_retrospect(self, values: dict[str, Any]) -> bool | None:
        """Return whether the next morning is told later than on it; what was told in time stays so."""
        if values.get("pain_next_morning") is None:
            return False if self.entry else None
        if self.entry and self.entry.pain_next_morning is not None:  # type: ignore[attr-defined]
            return self.entry.next_morning_retrospective  # type: ignore[attr-defined]
        return self.today > values["on"] + dt.timedelta(days=1)

    @classmethod
    def initial_of(cls, entry: Any) -> dict[str, Any]:
        wall, fold = on_the_clock(entry.started_at, entry.runner.zone)
        return {
            **super().initial_of(entry),
            "started_at": wall,
            "fold": fold,
            "duration": entry.duration_s,
        }


class RunForm(BoutForm):
    field_order = ("distance", "duration", "started_at")
    distance = DistanceField(label=_("Distance"), required=False)
    units = forms.ChoiceField(  # of the distance; the settings may say something else once this arrives
        label=_("Kilometres or miles"), choices=Units.choices, required=False, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *choices.RunKind.choices], required=False)
    surface = forms.ChoiceField(
        label=_("Surface"), choices=[("", "–"), *choices.Surface.choices], required=False
    )
    shoe = forms.CharField(
        label=_("Shoe"), required=False, max_length=80, widget=forms.TextInput(attrs={"list": "shoes"})
    )
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
    ms_to_save = MillisecondsField(max_value=models.MS_TO_SAVE_AT_MOST)
    shown_sites = forms.CharField(widget=forms.HiddenInput, required=False)  # the places ticked by habit

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.entry:
            del self.fields["ms_to_save"], self.fields["shown_sites"]
        else:
            self.initial["shown_sites"] = ",".join(self.initial.get("sites", []))
        self.initial.setdefault("units", self.runner.units)
        units = self["units"].value()
        self.fields["distance"].units = units if units in Units else self.runner.units  # type: ignore[attr-defined]

    @classmethod
    def usual(cls, habits: Habits, *, zone: dt.tzinfo) -> dict[str, Any]:
        """Return what a form shows of a runner's habits."""
        return {
            "distance": habits.distance_m,
            "started_at": wall_clock(habits.started_at, zone),
            "shoe": habits.shoe.name if habits.shoe else "",
            "sites": habits.sites,
        }

    @classmethod
    def same_as(cls, run: models.Run, *, now: dt.datetime) -> dict[str, Any]:
        """Return what a form shows of a run like another that ends now; never a score."""
        began = now - dt.timedelta(seconds=run.duration_s or 0)
        stored = cls.initial_of(run)
        alike = {name: stored[name] for name in ALIKE}
        if run.shoe and run.shoe.retired_on:
            alike["shoe"] = ""
        return {**alike, "started_at": wall_clock(began, run.runner.zone)}

    def to_fill(self) -> str:
        """Return what "Same as last time" puts into the inputs, for static/js/log.js."""
        names = (*ALIKE, "started_at", "shown_sites")
        return json.dumps({name: self[name].value() or "" for name in names}, cls=DjangoJSONEncoder)

    @property
    def usual_sites(self) -> str:
        """Return the places that are ticked beforehand, in words."""
        sites = [] if self.is_bound else self.initial.get("sites")
        return in_words(self.fields["sites"], sites, self.runner.zone) if sites else ""

    @property
    def usual_start(self) -> str:
        """Return when the run is taken to have begun, in words."""
        if self.is_bound or self.entry:
            return ""
        wall = self.initial["started_at"]
        on = _("Today") if wall.date() == self.today else day(wall.date())
        return f"{on} {date_format(wall, 'TIME_FORMAT')}"

    @property
    def opens_where(self) -> bool:
        """Tell whether somebody said something of the place, or has to mend it."""
        said = (self.entry or self.is_bound) and (self["sites"].value() or self["feel"].value())
        return bool(said or self["sites"].errors or self["feel"].errors)

    @property
    def opens_when(self) -> bool:
        folded = "started_at fold duration is_long effort kind surface shoe stage note".split()
        return bool(self.entry or any(self[name].errors for name in folded))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        metres, seconds = cleaned.get("distance") or 0, cleaned.get("duration")
        if {"distance", "duration"} & self.corrected() and seconds and metres / seconds > FASTEST_M_PER_S:
            self.add_error("duration", _("Nobody runs that far in this time. Check distance and time."))
        return cleaned

    def values(self) -> dict[str, Any]:
        values = super().values()
        del values["units"]
        if not self.entry and self._sites_are_habit(values):  # nobody said that it hurt there
            values["sites"] = []
        values["distance_m"] = values.pop("distance")
        values["activity"] = choices.Activity.WALK if values.pop("walk") else ""
        return values

    def _sites_are_habit(self, values: dict[str, Any]) -> bool:
        """Tell whether nothing hurt this time, and the places are those that were ticked beforehand."""
        by_habit = values.pop("shown_sites") == ",".join(values["sites"])
        return by_habit and not (values["pain_before"] or values["pain_during"] or values["pain_after"])

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
        self.initial["plan"] = ",".join(line.origin for line in lines if line.origin)
        for line in lines:
            self.fields.update(line.fields())
            self.initial.update(line.shown)

    @property
    def has_plan(self) -> bool:
        return any(line.planned for line in self.lines)

    def groups(self) -> list[dict[str, Any]]:
        """Return all exercises with their bound fields, for the template."""
        return [self.group(line) for line in self.lines]

    def planned(self) -> list[dict[str, Any]]:
        """Return the exercises of the plan."""
        return [group for group in self.groups() if group["line"].planned]

    def beside(self) -> list[dict[str, Any]]:
        """Return the exercises that may be added to the plan's."""
        return [group for group in self.groups() if not group["line"].planned]

    def has_beside(self) -> bool:
        """Tell whether anything was said about those."""
        names = (name for line in self.lines if not line.planned for name in line.fields())
        return any(self[name].value() not in (None, "") for name in names)

    def group(self, line: Line) -> dict[str, Any]:
        """Return an exercise with its bound fields: `sets` are pairs of what was done and how it hurt."""
        return {
            "line": line,
            "sets": [(self[name], self[f"{name}-pain"]) for name, _side in line.marks()],
            "good_form": self[f"{line.prefix}-form"],
            "pain": self[f"{line.prefix}-pain"],
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.entry:
            unasked = [name for name in self._set_names() if not self.was_asked(name)]
            cleaned.update({name: self.initial.get(name) for name in unasked})
        if unknown := typed_marks(self.data).keys() - self._set_names():
            words = {"sets": ", ".join(f"{name}: {self.data[name]}" for name in sorted(unknown))}
            gone = _(
                "These sets belong to no exercise any more. Keep them in the note, and save again: %(sets)s"
            )
            raise forms.ValidationError(gone, params=words, code="gone")
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

    def label_of(self, bound: forms.BoundField) -> str:
        line = next((line for line in self.lines if bound.name in line.fields()), None)
        label = super().label_of(bound)
        return f"{line.name}: {label}" if line else label

    def _set_names(self) -> set[str]:
        return {name for line in self.lines for name in line.fields()}


class HurtForm(forms.Form):
    """How much a set hurts, asked in the middle of it; the answer goes into that set's own field."""

    score = PainField(label=_("How much does it hurt?"))


class MorningForm(forms.Form):
    """The morning after a bout: one number for one morning."""

    on = forms.DateField(widget=forms.HiddenInput)
    score = PainField(label=_("How is your back this morning?"))

    def __init__(
        self, *args: Any, on: dt.date | None, today: dt.date, answered: dict[dt.date, int | None]
    ) -> None:
        super().__init__(*args, initial={"on": on})
        self.asked, self.answered = on, answered
        if on and on < today:
            self.fields["score"].label = _("How was your back yesterday morning?")

    def clean(self) -> dict[str, Any]:
        """Refuse another morning than the one asked about, but not the same answer sent twice."""
        cleaned = super().clean() or self.cleaned_data
        if "score" not in self.data:
            self.add_error("score", _("Choose a number from 0 to 10, or Skip."))
        on, score = cleaned.get("on"), cleaned.get("score")
        is_repeated = on in self.answered and self.answered[on] == score
        if on and on != self.asked and not is_repeated:
            self.add_error("on", _("This morning is answered, or too long ago to ask."))
        return cleaned
