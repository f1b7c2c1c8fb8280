import datetime as dt
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from backpain.ui.middleware import PrivatePagesMiddleware, TimeZoneMiddleware


def answer_to(request):
    return PrivatePagesMiddleware(lambda request: HttpResponse())(request)


def test_pages_of_signed_in_people_are_kept_nowhere(settings):
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "some key"

    response = answer_to(request)

    assert response["Cache-Control"] == "private, no-store"
    assert response["Vary"] == "Cookie, HX-Request"


def test_what_a_view_calls_immutable_is_kept(settings):
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "some key"
    kept = {"Cache-Control": "private, max-age=60, immutable"}

    response = PrivatePagesMiddleware(lambda request: HttpResponse(headers=kept))(request)

    assert response["Cache-Control"] == kept["Cache-Control"]


def test_pages_of_nobody_say_nothing_about_caches():
    assert not answer_to(RequestFactory().get("/")).has_header("Cache-Control")


@pytest.mark.django_db
def test_signing_out_clears_the_cache_of_the_device(as_alice):
    response = as_alice.post("/accounts/logout/")

    assert response.status_code == 302
    assert response["Clear-Site-Data"] == '"cache"'


@pytest.mark.django_db
def test_looking_at_the_sign_out_page_clears_nothing(as_alice):
    assert "Clear-Site-Data" not in as_alice.get("/accounts/logout/")


def test_times_are_the_runners():
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=True, time_zone="America/New_York")
    instant = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)

    def respond(request):
        return HttpResponse(timezone.localtime(instant).isoformat())

    assert TimeZoneMiddleware(respond)(request).content == b"2026-11-20T22:00:00-05:00"
    assert timezone.get_current_timezone_name() == "UTC"
