from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

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
