from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backpain.exercises.admin.desk import CuratedAdmin, StateFilter
from backpain.exercises.models import Article, Exercise, Source


@admin.register(Article)
class ArticleAdmin(CuratedAdmin):
    list_display = ["title", "state", "draft_under_way", "reviewed", "topic", "grade", "position", "slug"]
    list_filter = [StateFilter, "topic", "grade", "sources"]
    search_fields = ["title", "slug", "summary", "body"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", "slug", "topic", "position"]}),
        (_("What runners read"), {"fields": ["summary", "body", "limits", "exercises"]}),
        (_("Evidence"), {"fields": ["grade", "sources"]}),
        (_("Taking it out of use"), {"fields": ["retire"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).order_by("position", "slug")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        offered = {
            "sources": Source.objects.order_by("slug"),
            "exercises": Exercise.objects.published().order_by("name"),
        }
        kwargs |= {"queryset": offered[db_field.name], "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)
