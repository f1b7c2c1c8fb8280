"""What is logged without a connection is neither lost nor doubled, and nobody else gets it.

Each promise is a function that tells whether it is kept. The controls take a protection out of the scripts and
see the promise broken.
"""

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import threading
import time

import pytest
from django.contrib.staticfiles.finders import get_finder
from playwright.sync_api import TimeoutError

from backpain.training import entry_page
from tests.browser.conftest import ARGUMENTS, ROOT, listen
from tests.browser.phones import Phone
from tests.catalogue import put_catalogue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def catalogue(transactional_db):
    put_catalogue()


@pytest.fixture
def cut(monkeypatch):
    """While this is set, connections are cut once what they brought is stored, before the answer."""
    answer, is_cut = entry_page._saved, threading.Event()

    def answer_or_cut(request, *arguments):
        if is_cut.is_set():
            request.environ["wsgi.input"]._read.__self__.raw._sock.shutdown(socket.SHUT_RDWR)
        return answer(request, *arguments)

    monkeypatch.setattr(entry_page, "_saved", answer_or_cut)
    return is_cut


@pytest.fixture
def without(settings, tmp_path):
    """Return a function that takes something out of outbox.js."""

    def without(*changes):
        folder = tmp_path / "static"
        shutil.copytree(ROOT / "static", folder)
        script = folder / "js" / "outbox.js"
        text = script.read_text()
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        script.write_text(text)
        settings.STATICFILES_DIRS = [folder]
        get_finder.cache_clear()

    yield without
    get_finder.cache_clear()


def distances(runner):
    return sorted(metres / 1000 for metres in runner.runs.values_list("distance_m", flat=True))


# The promises


def is_one_run_each(phone, alice, **_others):
    """Three runs logged without a connection, from pages the phone had, are three entries and then three runs."""
    phone.offline()
    for distance in (1, 2, 3):
        phone.save(distance)
    kept = len(phone.kept)
    phone.offline(False)
    phone.flush()
    return kept == 3 and distances(alice) == [1, 2, 3] and not phone.kept


def is_not_doubled(phone, alice, cut, **_others):
    """An answer is lost after the run was stored: sent again it is the same run."""
    cut.set()
    phone.save(4)
    waited = len(phone.kept)
    cut.clear()
    phone.flush()
    return waited == 1 and distances(alice) == [4] and not phone.kept


def is_sent_with_a_new_token(phone, alice, **_others):
    """The token of the page is worth nothing any more when the run is sent."""
    phone.save(1)
    phone.goto("/runs/new/")
    phone.flush()
    phone.page.get_by_label("Distance").fill("2")
    phone.context.clear_cookies(name="csrftoken")
    phone.page.get_by_role("button", name="Save run").click()
    phone.page.locator("#kept, #entry .toast").filter(visible=True).first.wait_for()
    return distances(alice) == [1, 2] and not phone.kept


def is_delivered_to_nobody_else(phone, alice, bob, **_others):
    """The owner's sign-in ends, another account signs in on this phone, then the owner does again."""
    phone.offline()
    phone.save(5)
    phone.context.clear_cookies()
    phone.offline(False)
    phone.sign_in(bob)
    phone.goto("/outbox/")
    phone.flush()
    waits = len(phone.kept) == 1 and not bob.runs.exists()
    phone.sign_in(alice)
    return waits and phone.is_empty() and distances(alice) == [5] and not bob.runs.exists()


def is_sent_by_one_page(phone, alice, **_others):
    """Two pages notice the connection at the same moment."""
    phone.offline()
    for distance in (1, 2, 3, 4, 5):
        phone.save(distance)
    other = phone.context.new_page()
    other.goto("/outbox/")
    posts = []
    phone.context.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    phone.offline(False)
    for page in (phone.page, other):
        page.evaluate("setTimeout(() => dispatchEvent(new Event('online')))")
    return phone.is_empty() and distances(alice) == [1, 2, 3, 4, 5] and len(posts) == 5


PROMISES = [
    is_one_run_each,
    is_not_doubled,
    is_sent_with_a_new_token,
    is_delivered_to_nobody_else,
    is_sent_by_one_page,
]


@pytest.mark.parametrize("promise", PROMISES)
def test_an_entry(promise, phone, alice, bob, cut):
    assert promise(phone, alice=alice, bob=bob, cut=cut)


CONTROLS = {
    "kept before it is sent": (is_one_run_each, [("entries.put(entry);", "")]),
    "an id of its own": (is_one_run_each, [("?? newId()", "?? target.elements.uuid.value")]),
    "the same id every time": (is_not_doubled, [('["uuid", id]', '["uuid", newId()]')]),
    "a new token": (
        is_sent_with_a_new_token,
        [("const token = await", "const token = window.token ??= await"), ("if (due.length) {", "{")],
    ),
    "bound to its account": (
        is_delivered_to_nobody_else,
        [("if (entry.who === token.who) ", ""), (' "X-Outbox-User": who,', "")],
    ),
    "one page at a time": (is_sent_by_one_page, [('navigator.locks?.request("outbox", act)', "act()")]),
}


@pytest.mark.parametrize("protection", CONTROLS)
def test_control_without(protection, without, new_phone, alice, bob, cut):
    promise, changes = CONTROLS[protection]
    without(*changes)
    phone = new_phone(alice)
    phone.context.set_default_timeout(5000)

    with contextlib.suppress(TimeoutError):  # it was never said that a run is kept
        assert not promise(phone, alice=alice, bob=bob, cut=cut)


def test_an_entry_is_refused_to_another_account_by_the_server_too(without, new_phone, alice, bob):
    without(("if (entry.who === token.who) ", ""))

    assert is_delivered_to_nobody_else(new_phone(alice), alice=alice, bob=bob)


@pytest.fixture
def start_browser(browser, chromium, complaints, live_server, tmp_path):
    """Return a function that starts a browser, always with the same storage, and returns it with its process."""
    port, processes = tmp_path / "DevToolsActivePort", []

    def start_browser(user):
        port.unlink(missing_ok=True)
        options = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={tmp_path}"]
        command = [chromium, *ARGUMENTS, *options]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        processes.append(subprocess.Popen(command, start_new_session=True, **quiet))
        while not port.exists() or "/" not in port.read_text():
            assert processes[-1].poll() is None
            time.sleep(0.05)
        address = f"http://127.0.0.1:{port.read_text().split()[0]}"
        context = browser.browser_type.connect_over_cdp(address).contexts[0]
        listen(context, live_server.url, complaints)
        phone = Phone(context, live_server.url)
        phone.sign_in(user)
        phone.wait_until_pages_are_kept()
        return phone, processes[-1]

    yield start_browser
    for process in processes:
        kill(process)


def kill(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_browser_killed_in_the_middle_of_sending_goes_on_where_it_was(start_browser, alice, monkeypatch):
    answer, count = entry_page._saved, itertools.count(1)
    second_is_stored, is_killed = threading.Event(), threading.Event()

    def answer_late(*arguments):
        if next(count) == 2:
            second_is_stored.set()
            is_killed.wait(20)
        return answer(*arguments)

    phone, process = start_browser(alice)
    phone.offline()
    for distance in (1, 2, 3, 4):
        phone.save(distance)
    monkeypatch.setattr(entry_page, "_saved", answer_late)
    phone.offline(False)
    phone.page.evaluate("setTimeout(() => dispatchEvent(new Event('online')))")
    assert second_is_stored.wait(10)
    kill(process)
    is_killed.set()
    assert distances(alice) == [1, 2]

    phone, _process = start_browser(alice)

    assert phone.is_empty()
    assert distances(alice) == [1, 2, 3, 4]
