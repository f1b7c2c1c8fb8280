from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from backpain.exercises.admin.desk import CatalogueAdmin
from backpain.exercises.models import Dose, Source


@admin.register(Source)
class SourceAdmin(CatalogueAdmin):
    list_display = ["slug", "title", "publisher", "remark"]
    search_fields = ["slug", "title", "publisher"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).order_by("slug")

    def holders(self, objs: Any) -> list[Any]:
        return [*Dose.objects.filter(source__in=objs).select_related("exercise", "source")]
