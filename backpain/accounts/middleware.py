from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

RENEW_AFTER = timedelta(days=1)


class RenewSessionMiddleware:
    """Keeps a sign-in alive for SESSION_COOKIE_AGE after its last use, writing its row once a day at most."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            if now - request.session.get("renewed_at", 0) > RENEW_AFTER.total_seconds():
                request.session["renewed_at"] = now
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends whoever is signed out to sign in, and back; not into the part of a page that htmx asked for."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponse]
    ) -> HttpResponse:
        if request.htmx and request.method == "GET":
            back = request.htmx.current_url_abs_path or "/"
            return HttpResponseClientRedirect(redirect_to_login(back, self.get_login_url(view_func)).url)
        return super().handle_no_permission(request, view_func)
