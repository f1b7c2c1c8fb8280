"""An account is taken along through its page, and becomes the same account elsewhere."""

import io
import json
import zipfile

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from tests.browser.test_pages import AXE
from tests.conftest import NOON
from tests.pages import fill_log

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]


def downloaded(page):
    page.goto("/settings/")
    page.get_by_role("link", name="Take everything with you").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the ZIP").click()
    assert download.value.suggested_filename == "account.zip"
    return download.value.path().read_bytes()


def files_of(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def look_into(page, name, content):
    page.goto("/export/")
    page.get_by_label("Archive", exact=True).set_input_files(
        {"name": name, "mimeType": "", "buffer": content}
    )
    page.get_by_role("button", name="Look into it").click()


@pytest.mark.parametrize("page", ["phone, no JavaScript", "desktop"], indirect=True)
def test_an_account_becomes_the_same_in_another(page, alice, bob, sign_in):
    fill_log(alice, now=NOON)
    sign_in(alice)
    archive = downloaded(page)
    sign_in(bob)
    page.goto("/")  # so that there is advice on nothing

    look_into(page, "account.zip", archive)
    expect(page.get_by_role("heading", name="What the archive would bring")).to_be_visible()
    assert not bob.runs.exists()
    page.get_by_role("button", name="Bring it in").click()

    expect(page.get_by_text("entries came in.")).to_be_visible()
    assert files_of(downloaded(page)) == files_of(archive)


@pytest.mark.parametrize("page", ["phone, dark", "desktop"], indirect=True)
def test_a_file_that_cannot_come_in_says_why(page, bob, sign_in):
    page.context.add_init_script(path=AXE_FILE_PATH)
    sign_in(bob)
    history = {"format": "backpain-history", "version": 1, "runner": {"id": "a", "time_zone": "UTC"}}
    wrong = history | {"check_ins": [{"on": "2026-03-01", "score": 11}]}

    look_into(page, "history.json", json.dumps(wrong).encode())

    expect(page.get_by_text("history.json: check_ins[0].score: This is too large.")).to_be_visible()
    assert page.evaluate(AXE) == []
    assert not bob.check_ins.exists()
