from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backpain.exercises.admin.desk import RUNNERS, CuratedAdmin, PlainChoices, StateFilter
from backpain.exercises.admin.drafts import DraftForm, DraftFormSet
from backpain.exercises.admin.figures import FigureViews
from backpain.exercises.admin.files import FileViews
from backpain.exercises.curated import State
from backpain.exercises.models import Dose, Exercise, Ladder, Source


class ExerciseForm(DraftForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        itself = self.instance.draft_of_id or self.instance.pk
        for name in {"swap", "successor"} & self.fields.keys():
            offered = Q(state=State.PUBLISHED) & ~Q(pk=itself) | Q(pk=self.initial.get(name))
            self.fields[name].queryset = Exercise.desk.filter(offered).order_by("name")


class DoseFormSet(DraftFormSet):
    key = ["source"]


class DoseInline(PlainChoices, admin.StackedInline):
    model = Dose
    formset = DoseFormSet
    extra = 0
    fields = [
        ("source", "name", "number"),
        ("low", "high", "unit"),
        ("sets_min", "sets_max", "hold_s_min", "hold_s_max"),
        "remark",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dose]:
        return super().get_queryset(request).select_related("source").order_by("source__slug")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "source":
            kwargs["queryset"] = Source.objects.order_by("slug")
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Exercise)
class ExerciseAdmin(FigureViews, FileViews, CuratedAdmin):
    form = ExerciseForm
    list_display = ["name", "state", "draft_under_way", "reviewed", "used_by", "family", "category", "slug"]
    list_filter = [
        StateFilter,
        "category",
        "family",
        "equipment",
        "warm_up",
        "impact",
        ("doses__source", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["name", "slug", "doses__name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [DoseInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "slug"),
                    ("family", "category"),
                    ("kind", "unit"),
                    ("per_side", "impact", "warm_up"),
                    ("equipment", "swap"),
                ]
            },
        ),
        (_("What runners read"), {"fields": ["purpose", "how_to", "mistakes", "stop_note", "muscles"]}),
        (_("Taking it out of use"), {"fields": ["retire", "successor", "merged"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Exercise]:
        return super().get_queryset(request).order_by("name")

    def listed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return super().listed(rows).annotate(runners=RUNNERS)

    def place_of(self, row: Any, field: str) -> str:
        return self.address(row, "figure") if field == "figure" else super().place_of(row, field)

    def needs_a_look(self, row: Any) -> bool:
        return row.is_draft and row.figure is not None and not row.figure_reviewed

    def holders(self, objs: Any) -> list[Any]:
        """Return the drafts that would lose a rung or a successor."""
        ladders = Ladder.desk.filter(rungs__exercise__in=objs).distinct().order_by("name")
        others = Exercise.desk.filter(successor__in=objs).order_by("name")
        return [*(_("Ladder: %(name)s") % {"name": each} for each in ladders), *others]
