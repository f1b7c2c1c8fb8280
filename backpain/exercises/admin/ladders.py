from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backpain.exercises.actions import place_rungs
from backpain.exercises.admin.desk import RUNNERS, CuratedAdmin, StateFilter
from backpain.exercises.admin.drafts import DraftFormSet
from backpain.exercises.checks import runners_by_rung
from backpain.exercises.curated import State
from backpain.exercises.models import Exercise, Family, Ladder, Rung, Unit
from backpain.exercises.queries import RUNG_FIELDS, known_exercises

BESIDE = {  # a constraint of a rung, and the field its sentence stands beside
    "rung_sets_are_few": "sets",
    "rung_start_and_step_are_positive": "step",
    "rung_start_is_at_most_the_cap": "start",
    "rung_late_step_begins_on_the_rung": "late_from",
    "rung_cap_is_safe": "cap",
    "rung_hold_is_at_most_ten_seconds": "hold_s",
}
LAST, LONG = 99, 10


class RungForm(forms.ModelForm):
    """A rung as it shall be. The formset gives it the exercises to choose from and who stands where."""

    place = forms.IntegerField(
        label=_("Place"),
        min_value=1,
        max_value=LAST,
        widget=forms.NumberInput(attrs={"autocomplete": "off"}),
    )
    exercise = forms.TypedChoiceField(
        label=_("Exercise"),
        error_messages={"invalid_choice": _("This exercise is out of use. Remove the rung.")},
    )

    class Meta:
        model = Rung
        exclude = ["position"]
        help_texts = {"late_from": ""}

    exercises: dict[int, Exercise]
    runners_by_rung: dict[tuple[int, str], int]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Choose")), *Unit.choices]

    def has_changed(self) -> bool:
        """Tell whether anything was entered; a new rung with nothing but its place is none."""
        return bool(set(self.changed_data) - {"place", "DELETE"})

    def validate_constraints(self) -> None:
        exclude = self._get_validation_exclusions()
        for constraint in Rung._meta.constraints:
            if constraint.name not in BESIDE:
                continue
            try:
                constraint.validate(Rung, self.instance, exclude=exclude)
            except forms.ValidationError as error:
                self.add_error(BESIDE[constraint.name], error)

    @property
    def at(self) -> int:
        """Return the place entered, or the last where it is none."""
        return _number(self["place"].value()) or LAST

    @property
    def shown(self) -> Exercise | None:
        """Return the exercise of the rung, None as long as none is chosen."""
        return self.exercises.get(_number(self["exercise"].value()))

    @property
    def runners(self) -> int:
        """Return how many runners stand on this rung now."""
        return self.runners_by_rung.get((_number(self["exercise"].value()), self["unit"].value()), 0)

    @property
    def dose(self) -> list[forms.BoundField]:
        return [self[name] for name in RUNG_FIELDS]


class RungFormSet(DraftFormSet):
    """The rungs of a ladder, written all anew, so that they change places freely.

    With `new_at` there is an empty one at that place, and those from there on have moved up.
    """

    key = ["exercise", "unit"]

    def __init__(self, *args: Any, new_at: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new_at = None
        if new_at is not None and not self.is_bound:
            self.new_at = max(1, min(new_at, self.initial_form_count() + 1))
            self.extra, self.initial_extra = 1, [{"place": self.new_at}]

    def add_fields(self, form: RungForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.exercises, form.runners_by_rung = self.exercises, self.runners_by_rung
        field = form.fields["exercise"]
        field.choices, field.coerce = self.choices, lambda pk: self.exercises[int(pk)]
        if index is not None and index < self.initial_form_count():
            field.widget = forms.HiddenInput()
        if place := form.instance.position:
            form.initial["place"] = place + (self.new_at is not None and place >= self.new_at)

    def clean(self) -> None:
        """Find what two rungs have in common and must not."""
        places, taken = set(), set()
        for form in self.kept:
            place = form.cleaned_data.get("place")
            rung = form.cleaned_data.get("exercise"), form.cleaned_data.get("unit")
            if place in places:
                form.add_error("place", _("Two rungs have the same place."))
            if rung in taken:
                form.add_error("exercise", _("This ladder already has this exercise in this unit."))
            places |= {place} - {None}
            taken |= {rung} if all(rung) else set()

    def save(self, commit: bool = True) -> list[Rung]:
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        rungs = [form.instance for form in sorted(self.kept, key=lambda form: form.at)]
        place_rungs(ladder=self.instance, rungs=rungs)
        return rungs

    @property
    def kept(self) -> list[RungForm]:
        """Return the forms with a rung that stays or comes."""
        return [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]

    @property
    def in_order(self) -> list[RungForm]:
        return sorted(self.forms, key=lambda form: form.at)

    @property
    def after_last(self) -> int:
        return len(self.forms) + 1

    @cached_property
    def exercises(self) -> dict[int, Exercise]:
        return {exercise.pk: exercise for exercise in known_exercises()}

    @cached_property
    def choices(self) -> list[Any]:
        """Return the exercises to choose from, by family: those in use and new ones."""
        offered = [exercise for exercise in self.exercises.values() if not exercise.is_retired]
        groups = [
            (family.label, [(each.pk, _name(each)) for each in offered if each.family == family])
            for family in Family
        ]
        return [("", _("Choose an exercise")), *((label, group) for label, group in groups if group)]

    @cached_property
    def runners_by_rung(self) -> dict[tuple[int, str], int]:
        return runners_by_rung(self.instance) if self.instance.pk else {}


class RungInline(admin.TabularInline):
    model = Rung
    form = RungForm
    formset = RungFormSet
    fields = ["place", "exercise", *RUNG_FIELDS]
    extra = 0
    template = "exercises/desk/ladder_rungs.html"

    @property
    def media(self) -> forms.Media:
        return forms.Media(css={"all": ["css/rungs.css"]}, js=[Script("js/rungs.js", type="module")])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rung]:
        return super().get_queryset(request).select_related("exercise").order_by("position")

    def _as_the_ladder(self, request: HttpRequest, obj: Any = None) -> bool:
        """A rung is a part of its ladder: who may change the one may change the other."""
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission = _as_the_ladder


@admin.register(Ladder)
class LadderAdmin(CuratedAdmin):
    list_display = [
        "name",
        "slug",
        "family",
        "legs",
        "position",
        "rungs_on_it",
        "state",
        "draft_under_way",
        "reviewed",
        "used_by",
    ]
    list_filter = [StateFilter, "family", "legs"]
    search_fields = ["name", "slug", "rungs__exercise__name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [RungInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "family", "legs", "position"]}),
        (_("Taking it out of use"), {"fields": ["retire"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ladder]:
        return super().get_queryset(request).order_by("position", "slug")

    def listed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return super().listed(rows).annotate(rung_count=Count("rungs", distinct=True), runners=RUNNERS)

    @admin.display(description=_("rungs"))
    def rungs_on_it(self, ladder: Ladder) -> int:
        return ladder.rung_count

    def get_formset_kwargs(self, request: HttpRequest, obj: Ladder, inline: Any, prefix: str) -> Any:
        new_at = _number(request.GET.get("place")) if obj.pk else 1
        return {**super().get_formset_kwargs(request, obj, inline, prefix), "new_at": new_at}


def _name(exercise: Exercise) -> str:
    if exercise.state == State.PUBLISHED:
        return exercise.name
    return f"{exercise.name} ({exercise.get_state_display()})"


def _number(value: Any) -> int | None:
    """Return what was entered as a number, None where it is none."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < LONG else None
