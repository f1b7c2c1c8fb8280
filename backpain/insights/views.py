from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from backpain.accounts.access import RunnerRequest, consent_required
from backpain.exercises.models import Exercise
from backpain.plan.site_settings import MAY_SEE

from .page import page_of
from .queries import TIMED_LATELY, TIMED_RUNS, log_of, time_to_log
from .series import LOOK_BACK, period_of, period_of_all
from .yours import yours_of

RANGES = {"4": _("4 weeks"), "14": _("14 weeks"), "52": _("1 year"), "all": _("All")}
DEFAULT_RANGE = "14"


@consent_required
@require_safe
def progress(request: RunnerRequest) -> HttpResponse:
    """Show how pain after runs and running went, over a choice of weeks."""
    runner, on = request.user, request.user.day_of(timezone.now())
    asked = request.GET.get("weeks", "")
    chosen = asked if asked in RANGES else DEFAULT_RANGE
    period = None if chosen == "all" else period_of(int(chosen), on)
    log = log_of(runner, since=period.first - LOOK_BACK if period else None, on=on)
    page = page_of(log, period or period_of_all(log, on), units=runner.units)
    context = {"page": page, "chosen": chosen, "ranges": RANGES.items()}
    return render(request, "insights/progress.html", context)


@consent_required
@require_safe
def yours(request: RunnerRequest, slug: str) -> HttpResponse:
    """Show the runner's own part of an exercise; its page fetches it as a fragment."""
    try:
        yours = yours_of(request.user, slug)
    except Exercise.DoesNotExist:
        raise Http404 from None
    context = {"exercise": yours.exercise, "yours": yours}
    template = "insights/yours.html"
    return render(request, f"{template}#yours" if request.htmx else template, context)


@require_safe
def logging_time(request: HttpRequest) -> HttpResponse:
    """Show owners how long logging a run takes, over all runners together."""
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": gettext("How long logging a run takes"),
        "took": time_to_log(now=timezone.now()),
        "days": TIMED_LATELY.days,
        "least": TIMED_RUNS,
    }
    return render(request, "insights/logging_time.html", context)
