"""Secret links: what their runner sees of them, and what somebody sees who was given one."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.defaults import page_not_found

from backpain.accounts.access import RunnerRequest, consent_required

from . import feed, sharing, tasks
from .contents import Options, Report
from .forms import ReportForm
from .models import MOST_WRONG_PINS, Share
from .report import report_of
from .sharing_forms import CalendarForm, PinForm, ShareForm

SECRET_HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",  # the address is the key
    "Cache-Control": "private, no-store",
}

type View = Callable[..., HttpResponse]


def secret(view: View) -> View:
    """Keep the address of a page from other sites, and the page out of caches and search machines."""

    @wraps(view)
    def with_headers(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in SECRET_HEADERS.items():
            response.setdefault(name, value)
        return response

    return with_headers


@consent_required
@require_http_methods(["GET", "POST"])
def shares(request: RunnerRequest) -> HttpResponse:
    """List a runner's links and make a new one, which is shown this once."""
    now = timezone.now()
    today = request.user.day_of(now)
    if request.method == "GET":
        return _shares_page(request, ShareForm(today=today, initial=_asked(request)), now=now)
    form = ShareForm(request.POST, today=today)
    if not form.is_valid():
        return _shares_page(request, form, now=now, status=422)
    try:
        made = sharing.share_report(runner=request.user, now=now, **form.what_to_share())
    except sharing.TooManyOpen:
        form.add_error(None, _("You have %(n)s links that work. End one first.") % {"n": sharing.MOST_OPEN})
        return _shares_page(request, form, now=now, status=422)
    tasks.purge_shares_after(made.share.expires_at)
    return _shares_page(request, ShareForm(today=today), now=now, made=made, status=201)


@consent_required
@require_POST
def revoke_share(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    now = timezone.now()
    sharing.revoke_share(get_object_or_404(request.user.shares, uuid=uuid), now=now)
    tasks.purge_shares_after(now)
    messages.success(request, _("The link is ended."))
    return redirect("shares")


# Without a check of its form: the address itself is the right to post, no cookie is, and browsers that are
# told to send no referrer send no origin either, which the check would refuse.
@csrf_exempt
@login_not_required
@secret
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("pin")
@sensitive_variables("token")
def shared_report(request: RunnerRequest, token: str) -> HttpResponse:
    """Show a report to whoever was given its link; every link that does not work is answered alike."""
    now = timezone.now()
    share = sharing.open_share(token, now=now)
    if share is None:
        return _no_such_page(request)
    if share.pin:
        form = PinForm(request.POST if request.method == "POST" else None)
        is_right = sharing.accepts_pin(share, form.cleaned_data["pin"], now=now) if form.is_valid() else False
        if is_right is None:
            tasks.purge_shares_after(now)
            return _no_such_page(request)
        if not is_right:
            return _pin_page(share, form)
    sharing.record_visit(share, now=now, by_runner=request.user.pk == share.runner_id)
    return HttpResponse(_report_page(share, now=now))


@consent_required
@require_http_methods(["GET", "POST"])
def calendar(request: RunnerRequest) -> HttpResponse:
    """Say what the calendar has, and make an address for it, which is shown this once."""
    form = CalendarForm(request.POST if request.method == "POST" else None)
    url = ""
    if form.is_valid():
        token = feed.make_feed(runner=request.user, now=timezone.now(), **form.cleaned_data)
        url = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    context = {
        "form": form,
        "url": url,
        "subscribe": f"webcal{url.removeprefix('https').removeprefix('http')}" if url else "",
        "feed": feed.CalendarFeed.objects.filter(runner=request.user).first(),
        "days": feed.AHEAD_DAYS,
    }
    return render(request, "reports/calendar.html", context, status=201 if url else 200)


@consent_required
@require_POST
def remove_calendar(request: RunnerRequest) -> HttpResponse:
    feed.remove_feed(runner=request.user)
    messages.success(request, _("The calendar address no longer works."))
    return redirect("calendar")


@login_not_required
@secret
@require_safe
@sensitive_variables("token")
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar with what is planned, and briefly where it has that already."""
    found = feed.open_feed(token)
    if found is None:
        return _no_such_page(request)
    runner = found.runner
    on = runner.day_of(timezone.now())
    with translation.override(found.language):
        events = feed.planned(runner, on=on, with_details=found.with_details)
        stamp = dt.datetime.combine(on, dt.time(), runner.zone)
        body = feed.icalendar_of(events, runner=runner.uuid, stamp=stamp)
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    fresh = HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"ETag": etag, "Cache-Control": "private, no-cache"},
    )
    return get_conditional_response(request, etag=etag, response=fresh)


def _no_such_page(request: HttpRequest) -> HttpResponse:
    """Answer as to an address that was never there."""
    return page_not_found(request, Http404())


def _asked(request: RunnerRequest) -> dict[str, Any]:
    """Return what a link to the form says of the period and of what is in the report."""
    return {name: request.GET[name] for name in ReportForm.base_fields if name in request.GET}


def _shares_page(
    request: RunnerRequest,
    form: ShareForm,
    *,
    now: dt.datetime,
    made: sharing.Made | None = None,
    status: int = 200,
) -> HttpResponse:
    url = request.build_absolute_uri(reverse("shared_report", args=[made.token])) if made else ""
    context = {
        "form": form,
        "made": made,
        "url": url,
        "shares": sharing.shares_of(request.user, now=now),
        "tries": MOST_WRONG_PINS,
        "kept_days": sharing.KEPT_DAYS,
        "now": now,
    }
    return render(request, "reports/shares.html", context, status=status)


def _pin_page(share: Share, form: PinForm) -> HttpResponse:
    """Ask for the PIN. Rendered without the request, so that nothing of who looks is on the page."""
    if form.is_bound and form.is_valid():
        form.add_error("pin", _("That is not the PIN of this link."))
    context = {
        "form": form,
        "tries_left": MOST_WRONG_PINS - share.wrong_pins,
        "product_name": settings.PRODUCT_NAME,
    }
    page = render_to_string("reports/shared_pin.html", context)
    return HttpResponse(page, status=422 if form.is_bound else 200)


def _report_page(share: Share, *, now: dt.datetime) -> str:
    """Return the report as it is today, in the runner's days; nothing of who looks is on the page."""
    runner = share.runner
    today = runner.day_of(now)
    with timezone.override(runner.zone):
        context = {
            "report": _report_of(share, today=today),
            "share": share,
            "made_on": today,
            "product_name": settings.PRODUCT_NAME,
        }
        return render_to_string("reports/shared.html", context)


def _report_of(share: Share, *, today: dt.date) -> Report:
    options = Options(
        with_name=share.with_name, with_screening=share.with_screening, with_notes=share.with_notes
    )
    return report_of(share.runner, first=share.first, last=share.last, options=options, today=today)
