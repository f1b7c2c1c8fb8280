from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backpain.exercises.actions import park_rungs, settle_rungs
from backpain.exercises.admin.desk import CatalogueAdmin
from backpain.exercises.models import Ladder, Rung


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
