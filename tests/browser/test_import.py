"""From an export of another tracker to runs in the log, and out of it again."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from backpain.exchange import tasks
from backpain.exchange.models import Import, State
from tests.catalogue import put_catalogue
from tests.exchange.imports import run_fit, run_gpx, run_tcx, zipped

pytestmark = pytest.mark.django_db(transaction=True)

NOT_LONG_AGO = dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(days=2)


def days_before(count):
    return NOT_LONG_AGO - dt.timedelta(days=count)


EXPORT = {
    "activities/run.fit": run_fit(NOT_LONG_AGO),
    "activities/run again.gpx": run_gpx(NOT_LONG_AGO),
    "activities/old.tcx": run_tcx(days_before(30)),
    "activities/walk.fit": run_fit(days_before(3), sport="walking"),
    "activities/ride.fit": run_fit(days_before(4), sport="cycling"),
    "activities/half.fit": run_fit(days_before(5))[:40],
    "profile.json": b"{}",
}


@pytest.fixture
def has_script(request):
    return "no JavaScript" not in request.node.callspec.params["page"]


@pytest.mark.parametrize("page", ["phone", "desktop, no JavaScript"], indirect=True)
def test_an_export_is_looked_at_added_and_undone(page, alice, sign_in, axe, has_script):
    put_catalogue()
    sign_in(alice)
    page.goto("/settings/")
    page.get_by_role("link", name="Bring in runs from a watch or tracker").click()
    look = axe if has_script else lambda page: None
    look(page)

    send(page, "export.zip", zipped(EXPORT))
    expect(page.get_by_role("heading", name="Reading your files")).to_be_visible()
    work(page, has_script)

    expect(page.get_by_text("2 new runs, 1 in these files twice, 1 walk (your choice)")).to_be_visible()
    expect(page.get_by_role("button", name="Add 2 runs")).to_be_visible()
    assert alice.runs.count() == 0
    look(page)
    page.get_by_role("checkbox", name="Take Walk").check()
    if not has_script:
        page.get_by_role("button", name="Count again").click()
    expect(page.get_by_role("button", name="Add 3 runs")).to_be_visible()

    page.get_by_role("button", name="Add 3 runs").click()
    expect(page.get_by_role("heading", name="Adding your runs")).to_be_visible()
    work(page, has_script)
    expect(page.get_by_role("heading", name="3 runs came in")).to_be_visible()
    expect(page.get_by_role("link", name="Give pain scores")).to_be_visible()
    look(page)
    assert sorted(alice.runs.values_list("activity", flat=True)) == ["", "", "walk"]

    page.get_by_role("link", name="Undo this import").click()
    look(page)
    page.get_by_role("button", name="Take 3 runs out").click()
    expect(page.get_by_role("heading", name="Import undone")).to_be_visible()
    assert alice.runs.count() == 0


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_files_may_be_dropped(page, alice, sign_in):
    sign_in(alice)
    page.goto("/import/")

    page.locator("form[data-drop]").evaluate(
        """form => {
            const data = new DataTransfer();
            data.items.add(new File(["x"], "dropped.fit"));
            form.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    page.get_by_role("button", name="Read the files").click()

    expect(page.get_by_role("heading", name="Reading your files")).to_be_visible()
    assert alice.imports.get().uploads.get().name == "dropped.fit"


def test_without_a_file_the_error_stands_at_the_field(page, alice, sign_in, axe):
    sign_in(alice)
    page.goto("/import/")

    page.get_by_role("button", name="Read the files").click()

    expect(page.get_by_text("Choose at least one file.")).to_be_visible()
    axe(page)


def send(page, name, content):
    files = page.get_by_label("Files, or a ZIP of them")
    files.set_input_files({"name": name, "mimeType": "application/zip", "buffer": content})
    page.get_by_role("button", name="Read the files").click()


def work(page, has_script):
    """Let the background finish; the page sees it by itself, or when asked."""
    batch = Import.objects.get()
    tasks.get_on_with.call(batch.pk)
    assert Import.objects.get().state in (State.READY, State.STORED)
    if not has_script:
        page.get_by_role("link", name="Look again").click()
