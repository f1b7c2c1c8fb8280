"""A row as runners see it, in a frame as wide as a phone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from backpain.exercises import queries
from backpain.exercises.models import Article, Exercise, Ladder, Rung
from backpain.exercises.page import article_page, exercise_page

may_frame = csp_override({**settings.SECURE_CSP, "frame-src": [CSP.SELF]})
may_be_framed = csp_override({**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]})


def _context_of(row: Exercise | Ladder | Article) -> dict[str, Any]:
    """Return what the page of a row shows runners."""
    found = type(row).desk.filter(pk=row.pk)
    match row:
        case Exercise():
            return {"page": exercise_page(queries.with_doses(found).get()), "keeps_log": False}
        case Ladder():
            return {"ladder": queries.ladders_with(Rung.desk.all(), found).get()}
        case _:
            return article_page(queries.with_links(found).get())


class PreviewViews(admin.ModelAdmin):
    """Adds <pk>/preview/, with a frame that shows <pk>/preview/page/."""

    def get_urls(self) -> list[URLPattern]:
        guard, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        page = may_be_framed(xframe_options_sameorigin(require_safe(self.preview_page)))
        return [
            path("<int:pk>/preview/", guard(may_frame(require_safe(self.preview))), name=f"{name}_preview"),
            path("<int:pk>/preview/page/", guard(page), name=f"{name}_preview_page"),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a row on the width of a phone."""
        row = self._viewable(request, pk)
        address = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview of %(name)s") % {"name": row},
            "opts": self.opts,
            "row": row,
            "change_url": reverse(f"{address}_change", args=[pk]),
            "page_url": reverse(f"{address}_preview_page", args=[pk]),
        }
        return TemplateResponse(request, "exercises/desk/preview.html", context)

    def preview_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a row on the page runners know, with what the draft says."""
        row = self._viewable(request, pk)
        return render(request, f"exercises/desk/preview_{self.opts.model_name}.html", _context_of(row))

    def _viewable(self, request: HttpRequest, pk: int) -> Any:
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row
