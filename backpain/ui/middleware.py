from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from backpain.ui import outbox

Respond = Callable[[HttpRequest], HttpResponse]


class Utf8Middleware:
    """Read every form as UTF-8, whatever charset it claims: Django decodes with any codec Python has."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        return self.get_response(request)


class PrivatePagesMiddleware:
    """Keep pages of signed-in people out of every cache, also after they signed out on a shared phone.

    Looks at the cookie, not at the user, so that it costs no query. What a view calls immutable is nobody's own.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        may_be_kept = "immutable" in response.get("Cache-Control", "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not may_be_kept:
            patch_cache_control(response, private=True, no_store=True)
            patch_vary_headers(response, ["Cookie", "HX-Request"])
        if request.method == "POST" and request.path == reverse("account_logout"):
            response["Clear-Site-Data"] = '"cache"'
        return response


class TimeZoneMiddleware:
    """Show times in the signed-in person's time zone."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = request.user.time_zone if request.user.is_authenticated else None
        with timezone.override(zone):
            return self.get_response(request)


class OutboxMiddleware:
    """Store nothing a phone sends for one account while another, or none, is signed in; the phone keeps it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not outbox.from_outbox(request):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        if not outbox.is_owner(request, request.user.uuid):
            return HttpResponse(status=403)
        return self.get_response(request)
