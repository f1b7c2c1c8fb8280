from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backpain.exercises.actions import park_rungs, settle_rungs
from backpain.exercises.models import Dose, Exercise, Ladder, Rung, Source


class CatalogueAdmin(admin.ModelAdmin):
    """A slug is for ever: logs, plans and load_catalogue know a row by it."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what the deletion page says; it lists nothing of a runner's."""
        _rows, _counts, permissions, protected = super().get_deleted_objects(objs, request)
        rows = [str(row) for row in objs]
        return rows, {self.opts.verbose_name_plural: len(rows)}, permissions, protected and self.holders(objs)

    def holders(self, objs: Any) -> list[Any]:
        """Return what uses these rows; runners' plans are not looked into."""
        return [_("The plans of runners")]


class DoseInline(admin.TabularInline):
    model = Dose
    extra = 0


@admin.register(Source)
class SourceAdmin(CatalogueAdmin):
    list_display = ["slug", "title", "publisher", "remark"]
    search_fields = ["slug", "title", "publisher"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).order_by("slug")

    def holders(self, objs: Any) -> list[Any]:
        return [*Dose.objects.filter(source__in=objs).select_related("exercise", "source")]


@admin.register(Exercise)
class ExerciseAdmin(CatalogueAdmin):
    list_display = ["name", "slug", "family", "category", "unit", "per_side", "equipment"]
    list_filter = ["category", "family", "equipment", "warm_up", "impact", "doses__source"]
    search_fields = ["name", "slug", "doses__name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [DoseInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Exercise]:
        return super().get_queryset(request).order_by("name")

    def holders(self, objs: Any) -> list[Any]:
        rungs = Rung.objects.filter(exercise__in=objs).select_related("ladder")
        held = [_("%(ladder)s, rung %(place)s") % {"ladder": r.ladder, "place": r.position} for r in rungs]
        return held or super().holders(objs)


class RungForm(forms.ModelForm):
    """The place is no model field here: it is compared with the other new places, not the stored ones."""

    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=99, help_text=_("1 is the easiest."))

    class Meta:
        model = Rung
        exclude = ["position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["place"] = self.instance.position

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.instance.position = cleaned.get("place")
        return cleaned


class RungFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms and form.cleaned_data]
        places = [form.cleaned_data["place"] for form in kept if "place" in form.cleaned_data]
        if len(set(places)) < len(places):
            raise ValidationError(_("Two rungs have the same place."), code="place")


class RungInline(admin.TabularInline):
    model = Rung
    form = RungForm
    formset = RungFormSet
    fields = ["place", "exercise", "unit", "sets", "start", "step", "cap", "late_from", "late_step", "hold_s"]
    ordering = ["position"]
    extra = 0


@admin.register(Ladder)
class LadderAdmin(CatalogueAdmin):
    list_display = ["name", "slug", "family", "legs", "position", "rungs_on_it"]
    list_editable = ["position"]
    list_filter = ["family", "legs"]
    search_fields = ["name", "slug", "rungs__exercise__name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [RungInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ladder]:
        ladders = super().get_queryset(request)
        return ladders.annotate(rung_count=Count("rungs", distinct=True)).order_by("position", "slug")

    @admin.display(description=_("rungs"))
    def rungs_on_it(self, ladder: Ladder) -> int:
        return ladder.rung_count

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        park_rungs(ladder=formset.instance)
        super().save_formset(request, form, formset, change)
        settle_rungs(ladder=formset.instance)
