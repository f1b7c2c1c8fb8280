"""What all pages of the curators' desk have in common."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError, transaction
from django.db.models import Count, ProtectedError, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backpain.exercises import publishing
from backpain.exercises.admin.drafts import DraftForm, differences
from backpain.exercises.admin.history import HistoryViews
from backpain.exercises.admin.preview import PreviewViews
from backpain.exercises.admin.records import Comparison, compare, names_of_exercises
from backpain.exercises.admin.steps import StepViews
from backpain.exercises.admin.translating import TranslationViews
from backpain.exercises.checks import problems_of
from backpain.exercises.curated import Curated, State
from backpain.exercises.publishing import NotAllowed
from backpain.exercises.queries import entry_of

type Link = tuple[str, Any]  # address, words

UNTYPED = re.compile(r"^_|^seen$|^csrfmiddlewaretoken$|_FORMS$|-id$")
RUNNERS = Count("placements__runner", filter=Q(placements__ended_on=None), distinct=True)


class PlainChoices(BaseModelAdmin):
    """Fields choose among other rows without the admin's buttons that open those in small windows."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class CatalogueAdmin(PlainChoices, admin.ModelAdmin):
    """A slug is for ever: logs, plans and load_catalogue know a row by it."""

    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what the deletion page says; it lists nothing of a runner's."""
        return [str(row) for row in objs], {}, set(), self.holders(objs)

    def holders(self, objs: Any) -> list[Any]:
        """Return what keeps these rows from being deleted."""
        return []


class DeskList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        return self.model_admin.listed(super().get_queryset(request, exclude_parameters))


class StateFilter(admin.SimpleListFilter):
    """What is in a state, or has a draft that is."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return State.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(Q(state=self.value()) | Q(draft__state=self.value()))


class CuratedAdmin(HistoryViews, PreviewViews, StepViews, TranslationViews, CatalogueAdmin):
    """The rows in use, which are only read, and their drafts, which are edited, reviewed and published.

    Models add to `links` (buttons), `listed` (what the columns of the list show), `holders` and `needs_a_look`.
    Inlines take DraftFormSet with a `key`.
    """

    form = DraftForm
    change_form_template = "exercises/desk/change_form.html"
    delete_confirmation_template = "exercises/desk/throw_away.html"
    show_full_result_count = False

    # What is shown

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        people = ["edited_by", "reviewed_by", "published_by"]
        return super().get_queryset(request).select_related("draft_of", "draft", *people)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskList

    def listed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of the list: what is in use or retired, and what is new."""
        return rows.filter(draft_of=None)

    @admin.display(description=_("draft"))
    def draft_under_way(self, row: Any) -> Any:
        draft = row if row.is_draft else getattr(row, "draft", None)
        return draft and format_html('<a href="{}">{}</a>', self.address(draft), draft.get_state_display())

    @admin.display(description=_("reviewed"))
    def reviewed(self, row: Any) -> Any:
        if row.reviewed_at is None:
            return None
        who, on = row.reviewed_by, timezone.localtime(row.reviewed_at)
        words = {"name": (who.name or who.email) if who else _("somebody"), "date": date_format(on, "j F Y")}
        return _("%(name)s, %(date)s") % words

    @admin.display(description=_("used by"))
    def used_by(self, row: Any) -> str | None:
        return runners_in_words(row.runners) if row.runners else None

    def links(self, request: HttpRequest, row: Any) -> list[Link]:
        """Return the buttons of a row that lead elsewhere."""
        in_use = [(self.address(row.draft_of), _("What is in use now"))] if row.draft_of else []
        return [
            (self.address(row, "preview"), _("Preview")),
            (self.address(row, "history"), _("Versions")),
            *self.translation_links(row),
            *in_use,
        ]

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        form, sets = context["adminform"].form, context["inline_admin_formsets"]
        context |= dict.fromkeys(
            ["show_save_and_continue", "show_save_and_add_another", "show_delete"], False
        )
        if obj is not None:
            context["desk"] = self._desk(request, obj)
        if form.is_overtaken:
            context["differences"] = differences(form, [each.formset for each in sets])
            context["overtaken_by"] = obj.history.select_related("history_user").first()
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def _desk(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Return what the box above a form shows."""
        draft = None if row.is_draft else getattr(row, "draft", None)
        return {
            "row": row,
            "links": self.links(request, row),
            "missing": self._missing(row, may_edit=self.has_change_permission(request, row)),
            "changes": _changes(row),
            "needs_a_look": self.needs_a_look(row),
            "may_edit": self.has_change_permission(request),
            "may_publish": row.is_draft and self.may_publish(request),
            "may_throw_away": self.has_delete_permission(request, row),
            "used_by": self._used_by(row.draft_of or row),
            "draft": draft,
            "draft_url": draft and self.address(draft),
            **{f"{page}_url": self.address(row, page) for page in ("edit", "review", "publish", "delete")},
        }

    def _missing(self, row: Any, *, may_edit: bool) -> list[tuple[str, Any, str]]:
        """Return a draft's problems: where each can be mended, "" for nowhere, the field's name, and the text."""
        if not row.is_draft:
            return []
        return [
            (
                self.place_of(row, problem.field) if may_edit else "",
                self._name_of(problem.field),
                problem.text,
            )
            for problem in problems_of(row)
        ]

    def place_of(self, row: Any, field: str) -> str:
        """Return the address where a field of a draft is edited, on the page of the draft or another."""
        if not field:
            return ""
        return f"#{field}-group" if self.opts.get_field(field).one_to_many else f"#id_{field}"

    def _name_of(self, field: str) -> Any:
        if not field:
            return ""
        found = self.opts.get_field(field)
        return found.related_model._meta.verbose_name_plural if found.one_to_many else found.verbose_name

    def _used_by(self, row: Any) -> str:
        if not hasattr(row, "placements"):
            return ""
        counted = self.model.desk.filter(pk=row.pk).aggregate(runners=RUNNERS)
        return runners_in_words(counted["runners"])

    def needs_a_look(self, row: Any) -> bool:
        """Tell whether a reviewer has to look at a drawing before this draft is reviewed."""
        return False

    # Who may what

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and obj.is_draft

    # Saving

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            return self._saved(request, object_id, form_url, extra_context)
        except IntegrityError:  # somebody stored the same at the same moment; now the form says what
            return self._saved(request, object_id, form_url, extra_context)

    @transaction.atomic
    def _saved(self, request: HttpRequest, object_id: str | None, *more: Any) -> HttpResponse:
        if object_id is not None and self.has_change_permission(request):
            found = self.get_object(request, unquote(object_id))
            row = found and self._locked(found.pk)
            if row is None or not row.is_draft:
                return self._too_late(request)
        return super().changeform_view(request, object_id, *more)

    def _too_late(self, request: HttpRequest) -> HttpResponse:
        """Give back what was typed into a draft that was published or thrown away meanwhile."""
        typed = [(name, values) for name, values in request.POST.lists() if not UNTYPED.search(name)]
        context = {
            **self.admin_site.each_context(request),
            "title": _("This draft is no more"),
            "opts": self.opts,
            "typed": [(name, value) for name, values in typed for value in values if value],
        }
        return TemplateResponse(request, "exercises/desk/too_late.html", context, status=422)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.skip_history_when_saving = True  # publishing writes the one record of this saving
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        publishing.save_draft(draft=form.instance, by=request.user, now=timezone.now())

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return HttpResponseRedirect(self.address(obj))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return HttpResponseRedirect(self.address(obj))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        publishing.discard(draft=obj, by=request.user)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(
                request, object_id, {"title": _("Throw away"), **(extra_context or {})}
            )
        except (NotAllowed, ProtectedError) as error:
            messages.error(request, str(error.args[0]))
            return HttpResponseRedirect(self._list_url())

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        messages.success(request, _("The draft of %(name)s was thrown away.") % {"name": obj_display})
        return HttpResponseRedirect(self._list_url())

    def _list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


def _changes(draft: Curated) -> Comparison | None:
    """Return what a draft changes of what is in use."""
    if not draft.draft_of:
        return None
    return compare(type(draft), entry_of(draft.draft_of), entry_of(draft), names_of_exercises())


def runners_in_words(count: int) -> str:
    """Return "3 runners"; nothing else about them is known here."""
    return ngettext("%(count)s runner", "%(count)s runners", count) % {"count": count}
