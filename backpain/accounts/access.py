from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from backpain.accounts.models import User


class RunnerRequest(HttpRequest):
    """A request of somebody signed in, which every page is that does not say otherwise."""

    user: User
    htmx: HtmxDetails


type View = Callable[..., HttpResponseBase]


def consent_required(view: View) -> View:
    """Send a runner whose consent to keeping health data is missing or withdrawn to the welcome page."""

    @wraps(view)
    def with_consent(request: RunnerRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.consents.in_force().exists():
            return view(request, *args, **kwargs)
        if request.htmx:
            return HttpResponseClientRedirect(reverse("welcome"))
        return redirect("welcome")

    return with_consent
