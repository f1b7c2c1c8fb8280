from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backpain.accounts.access import RunnerRequest, consent_required

from . import actions
from .forms import TokenForm
from .models import MOST_CALLS
from .queries import tokens_of


@consent_required
@require_http_methods(["GET", "POST"])
@sensitive_variables()
def tokens(request: RunnerRequest) -> HttpResponse:
    """List a runner's tokens and make a new one, which is shown this once."""
    now = timezone.now()
    if request.method == "GET":
        return _tokens_page(request, TokenForm(), now=now)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _tokens_page(request, form, now=now, status=422)
    try:
        made = actions.make_token(runner=request.user, now=now, **form.what_to_make())
    except actions.TooManyOpen:
        form.add_error(None, _("You have %(n)s tokens that work. End one first.") % {"n": actions.MOST_OPEN})
        return _tokens_page(request, form, now=now, status=422)
    return _tokens_page(request, TokenForm(), now=now, made=made, status=201)


@consent_required
@require_POST
def end_token(request: RunnerRequest, uuid: UUID) -> HttpResponse:
    actions.end_token(get_object_or_404(request.user.tokens, uuid=uuid), now=timezone.now())
    messages.success(request, _("The token is ended."))
    return redirect("tokens")


@login_not_required
@require_safe
def api_help(request: HttpRequest) -> HttpResponse:
    """Say how to log by a program: a watch, a phone's shortcut, a script."""
    context = {"base": request.build_absolute_uri("/api/v1/"), "most_calls": MOST_CALLS}
    return render(request, "api/api_help.html", context)


def _tokens_page(
    request: RunnerRequest,
    form: TokenForm,
    *,
    now: dt.datetime,
    made: actions.Made | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "made": made, "tokens": tokens_of(request.user, now=now), "now": now}
    return render(request, "api/tokens.html", context, status=status)
