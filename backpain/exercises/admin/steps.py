"""From draft to use: begin one, say that it was read, put it into use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from backpain.exercises import publishing
from backpain.exercises.curated import Curated
from backpain.exercises.publishing import NotAllowed


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=100,
        required=False,
        error_messages={"max_length": _("Say it in at most %(limit_value)d letters.")},
    )


class StepViews(admin.ModelAdmin):
    """Adds <pk>/edit/, <pk>/review/ and <pk>/publish/, each a POST of its own."""

    def get_urls(self) -> list[URLPattern]:
        guard, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<int:pk>/edit/", guard(require_POST(self.edit)), name=f"{name}_edit"),
            path("<int:pk>/review/", guard(require_POST(self.review)), name=f"{name}_review"),
            path("<int:pk>/publish/", guard(require_POST(self.publish)), name=f"{name}_publish"),
            *super().get_urls(),
        ]

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def address(self, row: Any, page: str = "change") -> str:
        """Return where a row has its change page, or another page of the desk."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[row.pk])

    def _locked(self, pk: Any) -> Any:
        return self.model.desk.select_for_update().filter(pk=pk).first()

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin a draft of a row in use, or go on with the one under way."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = get_object_or_404(self.model.desk, pk=pk)
        draft = publishing.start_draft(of=row, by=request.user, now=timezone.now())
        return HttpResponseRedirect(self.address(draft))

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that a draft was read by somebody who has not edited it."""
        looked_at = "figure_looked_at" in request.POST

        def act(draft: Curated) -> Curated:
            publishing.mark_reviewed(
                draft=draft, by=request.user, now=timezone.now(), figure_looked_at=looked_at
            )
            return draft

        return self._decided(request, pk, act, _("%(name)s is reviewed. It can be published now."))

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put a reviewed draft into use."""
        form = ReasonForm(request.POST)

        def act(draft: Curated) -> Curated:
            if not form.is_valid():
                raise NotAllowed(form.errors["reason"][0])
            reason = form.cleaned_data["reason"]
            return publishing.publish(draft=draft, by=request.user, now=timezone.now(), reason=reason)

        return self._decided(request, pk, act, _("%(name)s is published."))

    def _decided(
        self, request: HttpRequest, pk: int, act: Callable[[Curated], Curated], done: Any
    ) -> HttpResponse:
        if not self.may_publish(request):
            raise PermissionDenied
        draft = get_object_or_404(self.model.desk, pk=pk)
        try:
            with transaction.atomic():
                self._refuse_unseen(request, pk)
                row = act(draft)
        except NotAllowed as error:
            return self._refused(request, pk, error)
        except IntegrityError:
            return self._refused(request, pk, NotAllowed(_("Somebody stored the same just now. Look again.")))
        words = done % {"name": row}
        self.log_change(request, row, words)
        messages.success(request, words)
        return HttpResponseRedirect(self.address(row))

    def _refuse_unseen(self, request: HttpRequest, pk: int) -> None:
        """Nobody passes what was saved after they opened the page."""
        row = self._locked(pk)
        if row is None:
            raise Http404
        if str(row.version) != request.POST.get("seen"):
            raise NotAllowed(_("It was saved since you opened this page. Read it again first."))

    def _refused(self, request: HttpRequest, pk: int, error: NotAllowed) -> HttpResponse:
        """Show the page of a draft again, with why it cannot be done."""
        request.method = "GET"
        refused = {"text": str(error), "reason": request.POST.get("reason", "")}
        response = self.changeform_view(request, str(pk), extra_context={"refused": refused})
        response.status_code = 422
        return response
