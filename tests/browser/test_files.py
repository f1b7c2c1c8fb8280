"""The catalogue goes out as a file and comes in again, through the buttons above the list of exercises."""

import json

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from backpain.exercises.models import Exercise
from tests.browser.test_pages import AXE
from tests.catalogue import put_catalogue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_the_list(page, carol, sign_in):
    put_catalogue()
    sign_in(carol)
    page.goto("/admin/exercises/exercise/")


def exported(page):
    page.get_by_role("link", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSON").click()
    return json.loads(download.value.path().read_text(encoding="utf-8"))


def check(page, rows):
    page.goto("/admin/exercises/exercise/")
    page.get_by_role("link", name="Import").click()
    file = {"name": "catalogue.json", "mimeType": "application/json", "buffer": json.dumps(rows).encode()}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()


@pytest.mark.usefixtures("at_the_list")
@pytest.mark.parametrize("page", ["phone, no JavaScript", "desktop"], indirect=True)
def test_a_file_that_was_edited_becomes_a_draft(page):
    rows = exported(page)
    next(row for row in rows if row["slug"] == "yoga")["purpose"] = "Words of a file."

    check(page, rows)
    expect(page.get_by_text("Words of a file.")).to_be_visible()
    assert Exercise.desk.filter(purpose="Words of a file.").count() == 0
    page.get_by_role("button", name="Store 1 row").click()

    expect(page.get_by_text("1 draft was written.")).to_be_visible()
    assert Exercise.desk.get(purpose="Words of a file.").draft_of.slug == "yoga"


@pytest.mark.usefixtures("at_the_list")
@pytest.mark.parametrize("page", ["phone, dark", "desktop"], indirect=True)
def test_the_pages_of_an_import_have_no_fault(page):
    page.context.add_init_script(path=AXE_FILE_PATH)
    rows = exported(page)
    assert page.evaluate(AXE) == []
    next(row for row in rows if row["slug"] == "yoga")["purpose"] = "Words of a file."

    for unit, words in (("reps", "Store 1 row"), ("hours", "The file is refused as a whole.")):
        next(row for row in rows if row["slug"] == "bird-dog")["unit"] = unit
        check(page, rows)
        expect(page.get_by_text(words)).to_be_visible()
        assert page.evaluate(AXE) == []
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
