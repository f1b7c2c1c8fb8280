"""The pages of a row's history: what each version changed, two of them compared, and one brought back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from backpain.exercises.admin.records import (
    Comparison,
    History,
    Version,
    bring_back,
    compare,
    history_of,
    names_of_exercises,
)
from backpain.exercises.curated import Curated
from backpain.exercises.publishing import NotAllowed

ON_A_PAGE = 25
WRONG = {"invalid_choice": gettext_lazy("This version is not there.")}


class CompareForm(forms.Form):
    """Two versions of one history."""

    before = forms.TypedChoiceField(label=gettext_lazy("From"), coerce=int, error_messages=WRONG)
    after = forms.TypedChoiceField(label=gettext_lazy("To"), coerce=int, error_messages=WRONG)

    def __init__(self, *args: Any, versions: list[Version], **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.choices = [(version.pk, str(version)) for version in versions]
        self.initial |= {"before": versions[1].pk} if len(versions) > 1 else {}

    def compared(self, history: History) -> Comparison | None:
        """Return what differs, or nothing where one of the two was not kept whole."""
        chosen = [self.cleaned_data["before"], self.cleaned_data["after"]]
        entries = history.entries(version for version in history.versions if version.pk in chosen)
        before, after = (entries[pk] for pk in chosen)
        return compare(type(history.row), before, after, names_of_exercises()) if before and after else None


class HistoryViews(admin.ModelAdmin):
    """Full history with diff and revert, in place of the stock page, which only lists who saved when."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(require_POST(self.restore))
        return [path("<path:object_id>/history/<int:version>/restore/", view, name=name), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show all versions of a row, and the two that were asked for beside each other."""
        row = self._row(request, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return self._history_page(request, row, history_of(row), **(extra_context or {}))

    def restore(self, request: HttpRequest, object_id: str, version: int) -> HttpResponse:
        """Bring a version back, as a draft; ask first where that would replace one under way."""
        row = self._row(request, object_id)
        if not self.has_change_permission(request):
            raise PermissionDenied
        history = history_of(row)
        chosen = next((each for each in history.versions if each.pk == version), None)
        if chosen is None:
            raise Http404
        if _replaces(history) and request.POST.get("replace") != str(history.draft.version):
            return self._replace_page(request, history, chosen)
        try:
            back = bring_back(history=history, version=chosen, by=request.user, now=timezone.now())
        except NotAllowed as error:
            return self._history_page(request, row, history, problem=str(error), status=422)
        self.log_change(request, back, _("Brought back the version of %(when)s.") % {"when": chosen.when})
        messages.success(request, _said(back, chosen))
        return HttpResponseRedirect(self._address("change", back.pk))

    def _row(self, request: HttpRequest, object_id: str) -> Any:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row

    def _address(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def _history_page(
        self, request: HttpRequest, row: Any, history: History, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        page = Paginator(history.versions, ON_A_PAGE).get_page(request.GET.get(PAGE_VAR))
        asked = request.GET if "before" in request.GET or "after" in request.GET else None
        form = CompareForm(asked, versions=history.versions)
        context = {
            **self._context(request, history),
            "title": _("Versions of %(name)s") % {"name": history.row},
            "page": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "steps": history.steps(page.object_list),
            "form": form,
            "may_change": self.has_change_permission(request),
            **more,
        }
        if form.is_bound and form.is_valid():
            context["compared"] = form.compared(history)
        elif form.is_bound:
            status = 422
        return TemplateResponse(request, "exercises/desk/history.html", context, status=status)

    def _replace_page(self, request: HttpRequest, history: History, version: Version) -> HttpResponse:
        draft, entry = history.draft, history.entries([version])[version.pk]
        model, names = type(history.row), names_of_exercises()
        context = {
            **self._context(request, history),
            "title": _("Replace the draft of %(name)s?") % {"name": history.row},
            "draft": draft,
            "edited_by": draft.edited_by and (draft.edited_by.name or draft.edited_by.email),
            "version": version,
            "compared": compare(model, draft.entry, entry, names) if draft.entry and entry else None,
        }
        return TemplateResponse(request, "exercises/desk/history_replace.html", context, status=409)

    def _context(self, request: HttpRequest, history: History) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "plural": capfirst(self.opts.verbose_name_plural),
            "row": history.row,
            "list_url": self._address("changelist"),
            "row_url": self._address("change", history.row.pk),
            "history_url": self._address("history", history.row.pk),
        }


def _replaces(history: History) -> bool:
    """Tell whether bringing a version back would overwrite a draft of a row in use."""
    return history.draft is not None and history.draft != history.row


def _said(back: Any, version: Version) -> str:
    words = {"name": back, "when": version.when}
    if not isinstance(back, Curated):
        return _("%(name)s reads as on %(when)s again.") % words
    return (
        _(
            "%(name)s is a draft now that reads as on %(when)s. Somebody who has not edited it has to review and "
            "publish it before runners see it."
        )
        % words
    )
