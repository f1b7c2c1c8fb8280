from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backpain.exercises.admin.desk import CatalogueAdmin
from backpain.exercises.models import Dose, Exercise, Rung


class DoseInline(admin.TabularInline):
    model = Dose
    extra = 0


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
