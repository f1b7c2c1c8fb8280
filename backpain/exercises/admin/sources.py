from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from backpain.exercises.admin.desk import CatalogueAdmin
from backpain.exercises.admin.history import HistoryViews
from backpain.exercises.models import Article, Exercise, Source


@admin.register(Source)
class SourceAdmin(HistoryViews, CatalogueAdmin):
    list_display = ["slug", "title", "publisher", "remark"]
    search_fields = ["slug", "title", "publisher"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).order_by("slug")

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        obj._history_user = request.user
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Source) -> None:
        obj._history_user = request.user
        super().delete_model(request, obj)

    def holders(self, objs: Any) -> list[Any]:
        exercises = Exercise.desk.filter(doses__source__in=objs).order_by("name")
        articles = Article.desk.filter(sources__in=objs).order_by("title")
        return [*exercises.distinct(), *articles.distinct()]
