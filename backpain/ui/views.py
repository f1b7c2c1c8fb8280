from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def outbox_token(request: HttpRequest) -> HttpResponse:
    """Tell a page that has something to send whose it may send, with a token of this very moment."""
    who = str(request.user.uuid) if request.user.is_authenticated else None
    return JsonResponse({"csrf": get_token(request), "who": who})


@require_safe
@login_not_required
def outbox(request: HttpRequest) -> HttpResponse:
    """List what this phone keeps; the list is the phone's own, so this is the same page for everybody."""
    request.user = AnonymousUser()
    return render(request, "ui/outbox.html", {"offline": True, "csrf_token": ""})


@require_safe
@login_not_required
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Hand out the service worker at the root, so that it answers for every page."""
    return render(request, "ui/sw.js", content_type="text/javascript")


@require_safe
@login_not_required
@cache_control(no_cache=True)
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the app to a phone that puts it on its home screen."""
    described = {
        "id": "/",
        "name": settings.PRODUCT_NAME,
        "short_name": settings.PRODUCT_NAME,
        "description": _("A training log for runners whose back hurts"),
        "lang": get_language(),
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f7f2",
        "theme_color": "#f8f7f2",
        "icons": [
            {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("img/icon-mask.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [
            {"name": _("Log run"), "url": reverse("log_run")},
            {"name": _("Check in"), "url": reverse("log_check_in")},
        ],
    }
    return JsonResponse(described, content_type="application/manifest+json")
