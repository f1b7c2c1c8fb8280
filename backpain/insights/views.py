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

from .effects import effects_of
from .effects_words import shown
from .log import Log
from .page import PARTS, chart_of, others_of, page_of
from .queries import TIMED_LATELY, TIMED_RUNS, log_of, time_to_log
from .series import LOOK_BACK, Period, period_of, period_of_all
from .yours import yours_of

RANGES = {"4": _("4 weeks"), "14": _("14 weeks"), "52": _("1 year"), "all": _("All")}
DEFAULT_RANGE = "14"


@consent_required
@require_safe
def progress(request: RunnerRequest) -> HttpResponse:
    """Show how pain after runs and running went, over a choice of weeks."""
    chosen, period, log = _asked(request)
    page = page_of(log, period, units=request.user.units)
    context = {"page": page, "chosen": chosen, "ranges": RANGES.items()}
    return render(request, "insights/progress.html", context)


@consent_required
@require_safe
def charts(request: RunnerRequest) -> HttpResponse:
    """Show the charts that follow the first; Progress fetches them, with their tables, as a fragment."""
    chosen, period, log = _asked(request)
    charts = others_of(log, period, units=request.user.units)
    context = {"charts": charts, "chosen": chosen, "ranges": RANGES.items(), "is_plain": not request.htmx}
    template = "insights/charts.html"
    return render(request, f"{template}#charts" if request.htmx else template, context)


@consent_required
@require_safe
def chart(request: RunnerRequest, slug: str) -> HttpResponse:
    """Show one chart, over a choice of weeks; Progress fetches another ladder's as a fragment."""
    if slug not in PARTS:
        raise Http404
    chosen, period, log = _asked(request)
    shown = chart_of(slug, log, period, units=request.user.units, ladder=request.GET.get("ladder", ""))
    context = {"chart": shown, "chosen": chosen, "ranges": RANGES.items()}
    return render(request, "insights/_chart.html" if request.htmx else "insights/one_chart.html", context)


@consent_required
@require_safe
def effects(request: RunnerRequest) -> HttpResponse:
    """Show what goes with better or worse mornings, over a choice of weeks."""
    chosen, period, log = _asked(request)
    context = {"effects": shown(effects_of(log, period)), "chosen": chosen, "ranges": RANGES.items()}
    return render(request, "insights/effects.html", context)


def _asked(request: RunnerRequest) -> tuple[str, Period, Log]:
    """Return the choice of weeks, the weeks themselves up to the runner's today, and what was logged."""
    on = request.user.day_of(timezone.now())
    asked = request.GET.get("weeks", "")
    chosen = asked if asked in RANGES else DEFAULT_RANGE
    period = None if chosen == "all" else period_of(int(chosen), on)
    log = log_of(request.user, since=period.first - LOOK_BACK if period else None, on=on)
    return chosen, period or period_of_all(log, on), log


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
