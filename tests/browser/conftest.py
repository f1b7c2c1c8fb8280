"""A page of a phone or a desktop that fails its test when the browser has anything to complain about."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

from tests.browser.phones import Phone

ROOT = Path(__file__).resolve().parent.parent.parent
ARGUMENTS = [
    "--no-sandbox",  # root in a container has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Reduced motion: colours that fade over would be looked at half-way.
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "reduced_motion": "reduce"}
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
# Choose with @pytest.mark.parametrize("page", ["phone", "phone, dark"], indirect=True).
SCREENS: dict[str, dict[str, Any]] = {
    "phone": PHONE,
    "phone, dark": PHONE | {"color_scheme": "dark"},
    "phone, no JavaScript": PHONE | {"java_script_enabled": False},
    "desktop": DESKTOP,
    "desktop, no JavaScript": DESKTOP | {"java_script_enabled": False},
    "desktop, dark": DESKTOP | {"color_scheme": "dark"},
}
PAGE_PARTS = {"stylesheet", "script", "image", "font", "manifest"}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program."""
    found = subprocess.run([sys.executable, ROOT / "scripts" / "chromium"], stdout=subprocess.PIPE, text=True)
    assert found.returncode == 0, "there is no browser"
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def plain_http(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser complained about; anything left in it at the end fails the test."""
    complaints: list[str] = []
    yield complaints
    assert complaints == []


@pytest.fixture
def page(
    request: pytest.FixtureRequest, browser: Browser, complaints: list[str], live_server
) -> Iterator[Page]:
    """A page whose addresses start at the test's own server."""
    screen = SCREENS[getattr(request, "param", "phone")]
    context = browser.new_context(
        base_url=live_server.url,
        locale="en-GB",
        timezone_id="Europe/London",
        service_workers="block",  # only test_offline.py wants one
        **screen,
    )
    listen(context, live_server.url, complaints)
    yield context.new_page()
    context.close()


def listen(context: BrowserContext, own_url: str, complaints: list[str]) -> None:
    """Collect what must not happen on any page: policy violations, script errors, other hosts, missing parts."""
    own_host = urlsplit(own_url).netloc

    def on_console(message: ConsoleMessage) -> None:
        # A refused form (422) is logged as "Failed to load resource" too; on_response tells those apart.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != own_host:
            complaints.append(f"another host: {request.url}")

    def on_response(response: Response) -> None:
        part = response.request.resource_type in PAGE_PARTS
        if response.status >= 500 or (part and response.status >= 400):
            complaints.append(f"{response.status}: {response.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on("request", on_request)
    context.on("response", on_response)


@pytest.fixture
def sign_in(page: Page, live_server) -> Callable[[Any], None]:
    """Return a function that signs a user in without walking through the form."""

    def sign_in(user: Any) -> None:
        client = Client()
        client.force_login(user)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return sign_in


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a function that fails when axe finds anything on the page as it is now."""

    def axe(page: Page) -> None:
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()

    return axe


@pytest.fixture
def new_phone(browser, complaints, live_server):
    """Return a function that makes a phone with storage of its own, on which somebody has signed in."""
    contexts = []

    def new_phone(user):
        screen = PHONE | {"base_url": live_server.url, "locale": "en-GB", "timezone_id": "Europe/London"}
        contexts.append(browser.new_context(**screen))
        listen(contexts[-1], live_server.url, complaints)
        phone = Phone(contexts[-1], live_server.url)
        phone.sign_in(user)
        phone.wait_until_pages_are_kept()
        return phone

    yield new_phone
    for context in contexts:
        context.close()


@pytest.fixture
def phone(new_phone, alice):
    return new_phone(alice)
