from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

RUNNER = SimpleNamespace(is_authenticated=True, theme="dark", skin="4", outfit="2")


def page(user, *, view_name: str = "plan") -> str:
    request = RequestFactory().get("/")
    request.user = user
    request.resolver_match = SimpleNamespace(view_name=view_name)
    return render_to_string("base.html", {"user": user}, request=request)


def test_marks_the_page_that_is_shown_in_both_navigations():
    html = page(RUNNER, view_name="plan")

    assert html.count('href="/plan/" aria-current="page"') == 2
    assert html.count("aria-current") == 2


def test_leads_everywhere_from_a_phone():
    html = page(RUNNER)
    tabs = html[html.index('<nav class="tabs"') :]
    more = html[html.index('<details class="more"') : html.index("</details>")]

    assert all(f'href="{url}"' in tabs for url in ("/", "/plan/", "/runs/new/", "/exercises/", "/progress/"))
    assert all(f'href="{url}"' in more for url in ("/history/", "/settings/", "/help/when-to-get-help/"))


def test_signs_out_by_post():
    html = page(RUNNER)

    assert '<form method="post" action="/accounts/logout/">' in html
    assert 'href="/accounts/logout/"' not in html


def test_offers_sign_in_and_sign_up_to_nobody():
    html = page(AnonymousUser())

    assert 'href="/accounts/login/"' in html
    assert 'href="/accounts/signup/"' in html
    assert 'class="tabs"' not in html
    assert "/accounts/logout/" not in html


def test_uses_the_colours_the_runner_chose():
    assert 'data-theme="dark"' in page(RUNNER)
    assert 'data-theme="auto"' in page(AnonymousUser())


def test_draws_the_figures_as_the_runner_chose():
    assert 'data-skin="4" data-outfit="2"' in page(RUNNER)
    assert "data-skin" not in page(AnonymousUser())


def test_names_the_product(settings):
    settings.PRODUCT_NAME = "Even Keel"

    html = page(AnonymousUser())

    assert 'aria-label="Even Keel"' in html
    assert " · Even Keel</title>" in html


def test_sends_the_form_token_with_htmx_requests():
    # htmx 4 drops a header on <body> unless it is marked as inherited.
    assert 'hx-headers:inherited=\'{"X-CSRFToken": "' in page(RUNNER)


def test_has_nothing_inline():
    html = page(RUNNER)

    assert " style=" not in html
    assert "<style" not in html
    assert " onclick" not in html
    assert all("src=" in part[: part.index(">")] for part in html.split("<script")[1:])
