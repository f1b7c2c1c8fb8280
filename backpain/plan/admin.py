from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from backpain.coach.thresholds import RULESET, SHIPPED

from . import publishing, tasks
from .draft_form import DraftForm, groups, values_of
from .models import REASON_LENGTH, BenchState, Ruleset
from .rulesets import in_force
from .words.bench import changes, figures
from .words.limits import changed

MAY_PUBLISH = "plan.publish_ruleset"


@admin.register(Ruleset)
class RulesetAdmin(admin.ModelAdmin):
    """Curators draft, try and publish; what is published stays as it is, for ever."""

    form = DraftForm
    actions = None
    list_display = ["name", "state", "count", "bench_state", "published_at", "published_by", "reason"]
    change_form_template = "plan/ruleset.html"
    change_list_template = "plan/rulesets.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ruleset]:
        rulesets = super().get_queryset(request).select_related("drafted_by", "published_by")
        return rulesets.order_by(F("published_at").desc(nulls_first=True), "-pk")

    def get_fieldsets(self, request: HttpRequest, obj: Ruleset | None = None) -> list[Any]:
        if obj is not None and obj.is_published:
            story = ["name", "base", "differences", "reason", "drafted_by", "published_by", "published_at"]
            return [(None, {"fields": story})]
        letters = [(title, {"fields": names, "classes": ["collapse"]}) for title, names in groups()]
        return [(None, {"fields": ["name"]}), *letters]

    def get_readonly_fields(self, request: HttpRequest, obj: Ruleset | None = None) -> list[str]:
        return ["differences"] if obj is not None and obj.is_published else []

    def has_change_permission(self, request: HttpRequest, obj: Ruleset | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj is not None and obj.is_published)

    def has_delete_permission(self, request: HttpRequest, obj: Ruleset | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.is_published)

    def save_model(self, request: HttpRequest, obj: Ruleset, form: Any, change: bool) -> None:
        try:
            publishing.save_draft(ruleset=obj, by=request.user)
        except publishing.NotAllowed as error:
            raise PermissionDenied(str(error)) from error

    def delete_model(self, request: HttpRequest, obj: Ruleset) -> None:
        try:
            publishing.discard(ruleset=obj)
        except publishing.NotAllowed as error:
            raise PermissionDenied(str(error)) from error

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"in_force": in_force().name, **(extra_context or {})})

    @admin.display(description=_("state"))
    def state(self, ruleset: Ruleset) -> str:
        if not ruleset.is_published:
            return _("draft")
        return _("published") if ruleset.base == RULESET else _("ended with an update")

    @admin.display(description=_("changes"))
    def count(self, ruleset: Ruleset) -> int:
        return len(ruleset.changes)

    @admin.display(description=_("differs from the shipped ruleset"))
    def differences(self, ruleset: Ruleset) -> str:
        rows = [(row.name, row.rules, row.before, row.after) for row in changed(SHIPPED, values_of(ruleset))]
        return format_html_join("", "<p>{} ({}): {} → {}</p>", rows) or _("in nothing")

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/bench/", guard(self.bench), name="plan_ruleset_bench"),
            path("<int:pk>/publish/", guard(require_POST(self.publish)), name="plan_ruleset_publish"),
            *super().get_urls(),
        ]

    def bench(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what the bench says of a ruleset and how far it is; a POST asks it."""
        ruleset = get_object_or_404(Ruleset, pk=pk)
        if not self.has_view_permission(request, ruleset):
            raise PermissionDenied
        if request.method != "POST":
            return self._bench_page(request, ruleset)
        if not self.has_change_permission(request, ruleset):
            raise PermissionDenied
        try:
            with transaction.atomic():
                asked = publishing.ask_for_bench(ruleset=ruleset, now=timezone.now())
                tasks.try_on_bench.enqueue(pk, asked.bench_asked_at.isoformat())
        except publishing.NotAllowed as error:
            return self._bench_page(request, ruleset, problem=str(error), status=422)
        return HttpResponseRedirect(reverse("admin:plan_ruleset_bench", args=[pk]))

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put a draft into force, with a reason."""
        ruleset = get_object_or_404(Ruleset, pk=pk)
        if not request.user.has_perm(MAY_PUBLISH):
            raise PermissionDenied
        reason = request.POST.get("reason", "")
        try:
            publishing.publish(ruleset=ruleset, by=request.user, reason=reason, now=timezone.now())
        except publishing.NotAllowed as error:
            return self._bench_page(request, ruleset, problem=str(error), reason=reason, status=422)
        self.log_change(request, ruleset, _("Published: %(reason)s") % {"reason": reason})
        messages.success(request, _("%(name)s is in force.") % {"name": ruleset.name})
        return HttpResponseRedirect(reverse("admin:plan_ruleset_changelist"))

    def _bench_page(
        self, request: HttpRequest, ruleset: Ruleset, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        now, result = in_force(), (ruleset.bench or {}).get("result", {})
        context = {
            **self.admin_site.each_context(request),
            "longest_reason": REASON_LENGTH,
            "title": _("%(name)s on the bench") % {"name": ruleset},
            "opts": self.opts,
            "ruleset": ruleset,
            "in_force": now.name,
            "changes": changed(now.thresholds, values_of(ruleset)),
            "is_tried": publishing.is_tried(ruleset),
            "may_try": self.has_change_permission(request, ruleset),
            "waits": ruleset.bench_state in (BenchState.WAITING, BenchState.RUNNING),
            "result": result,
            "figures": figures(result.get("rows", [])),
            "listed": changes(result.get("changes", [])),
            "may_publish": not ruleset.is_published and request.user.has_perm(MAY_PUBLISH),
            **more,
        }
        return TemplateResponse(request, "plan/bench.html", context, status=status)
