"""The form that takes files: limits while they arrive, errors beside the field, nothing left behind."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.http import UnreadablePostError
from django.test import Client

from backpain.exchange import actions, storage, upload
from backpain.exchange.models import Import
from tests.exchange.imports import add, bring, by_file, days_before, refusals, run_fit, send, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("at_noon", "here")]


@pytest.fixture(autouse=True)
def uploads(tmp_path, settings):
    """Keep what is sent in a folder of the test's own, and return it."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "uploads", "file_permissions_mode": 0o600},
        }
    }
    return tmp_path / "uploads"


@pytest.fixture
def strict(alice):
    """Alice, with a browser that has no token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    return client


def kept(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def refused(response, words):
    assert response.status_code == 422
    page = response.text
    assert words in page
    assert page.index(words) < page.index('id="id_files"')  # beside the field
    assert 'aria-invalid="true"' in page
    assert not Import.objects.exists()
    return True


def test_without_a_file_it_says_so(as_alice):
    assert refused(as_alice.post("/import/"), "Choose at least one file.")


def test_the_field_takes_many_files_without_javascript(as_alice):
    page = as_alice.get("/import/").text

    assert '<input type="file" name="files"' in page
    assert " multiple" in page
    assert 'accept=".fit,.tcx,.gpx,.gz,.csv,.zip,.json"' in page
    assert 'enctype="multipart/form-data"' in page


def test_a_file_of_more_than_twenty_megabytes_is_let_go_while_it_arrives(as_alice, uploads, monkeypatch):
    monkeypatch.setattr(upload, "MAX_BYTES", 1000)

    assert refused(send(as_alice, ("large.fit", b"x" * 1001)), "This file is larger than 20 MB.")
    assert kept(uploads) == []


def test_one_that_is_too_large_stops_no_other(as_alice, alice, monkeypatch):
    monkeypatch.setattr(upload, "MAX_BYTES", 1000)

    batch = bring(as_alice, alice, ("large.fit", b"x" * 1001), ("good.fit", run_fit()))

    assert refusals(batch) == {"large.fit": "too_large"}
    assert by_file(batch) == {"good.fit": "new"}


def test_a_zip_may_be_larger_than_a_file(as_alice, alice, monkeypatch):
    monkeypatch.setattr(upload, "MAX_BYTES", 100)

    assert by_file(bring(as_alice, alice, ("a.zip", zipped({"a.fit": run_fit()})))) == {"a.fit": "new"}


def test_more_than_all_may_have_together_is_refused(as_alice, uploads, monkeypatch):
    monkeypatch.setattr(upload, "MOST_BYTES", 1000)

    answer = send(as_alice, ("a.fit", b"x" * 600), ("b.fit", b"x" * 600), ("c.fit", b"x" * 600))

    assert refused(answer, "more than 500 MB together")
    assert kept(uploads) == []


def test_far_more_is_not_even_read(strict, monkeypatch):
    monkeypatch.setattr(upload, "MOST_DRAINED", 500)
    monkeypatch.setattr(upload.Receiver, "new_file", None)

    assert refused(send(strict, ("a.fit", b"x" * 600)), "more than 500 MB together")


def test_files_that_do_not_arrive_to_their_end_are_let_go(strict, uploads, monkeypatch):
    def breaks_off(*_):
        raise UnreadablePostError

    monkeypatch.setattr(upload.Receiver, "receive_data_chunk", breaks_off)

    assert refused(send(strict, ("a.fit", run_fit())), "did not arrive completely")
    assert kept(uploads) == []


def test_more_than_five_hundred_files_are_asked_for_as_a_zip(strict, uploads):
    answer = send(strict, *((f"{n}.fit", b"x") for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)))

    assert refused(answer, "Put them into a ZIP")
    assert kept(uploads) == []


def test_files_lie_under_names_of_our_own_until_they_are_read(as_alice, alice, uploads):
    send(as_alice, ("..%2F..%2Fetc.fit", run_fit()), ("a\x00b.fit", run_fit(days_before(1))))
    batch = alice.imports.get()
    before = kept(uploads)

    assert before == [f"imports/{batch.uuid}/0", f"imports/{batch.uuid}/1"]
    assert {(uploads / name).stat().st_mode & 0o777 for name in before} == {0o600}


def test_what_was_read_is_deleted(as_alice, alice, uploads):
    bring(as_alice, alice, ("a.fit", run_fit()), ("b.zip", zipped({"c.zip": zipped({"d.fit": run_fit()})})))

    assert kept(uploads) == []


def test_discarded_files_are_deleted_before_they_are_read(as_alice, alice, uploads):
    send(as_alice, ("a.fit", run_fit()))

    as_alice.post(f"/import/{alice.imports.get().uuid}/discard/")

    assert kept(uploads) == []


def test_a_table_is_kept_until_the_import_is_stored_as_its_columns_may_be_named_again(
    as_alice, alice, uploads
):
    table = b"when,how far\n2026-03-10,8.2\n2026-03-09,5.1\n"

    batch = bring(as_alice, alice, ("own.csv", table))
    page = as_alice.get(f"/import/{batch.uuid}/").text

    assert kept(uploads) == [f"imports/{batch.uuid}/0"]
    assert f"/import/{batch.uuid}/columns/0/" in page
    assert "could not be read" not in page


def test_once_it_is_stored_a_table_is_deleted(as_alice, alice, uploads, catalogue):
    table = b"Activity Id,Date,Type,Route Name,Distance (km),Duration\na,2026-03-10 07:30:00,Running,,8.25,47:12\n"

    batch = add(as_alice, bring(as_alice, alice, ("runs.csv", table)))

    assert (batch.stored_count, kept(uploads), batch.uploads.count()) == (1, [], 0)


def test_of_an_erased_account_the_files_go_too(as_alice, alice, uploads, at_noon):
    send(as_alice, ("a.fit", run_fit()))
    alice.delete()
    left = kept(uploads)

    actions.purge(unconfirmed_before=_in_a_day(uploads), stored_before=_in_a_day(uploads))

    assert len(left) == 1
    assert kept(uploads) == []


def test_what_a_killed_server_left_half_is_swept_but_not_what_just_arrives(uploads):
    uploads.mkdir(parents=True)
    (uploads / f"half{storage.PART}").touch()

    storage.sweep(known=set(), before=_in_a_day(uploads, days=-1))
    arriving = kept(uploads)
    storage.sweep(known=set(), before=_in_a_day(uploads))

    assert arriving == [f"half{storage.PART}"]
    assert kept(uploads) == []


def _in_a_day(folder, days=1):
    """Return a day from when a folder was written to: files know the real time."""
    return default_storage.get_modified_time(str(folder)) + dt.timedelta(days=days)


def test_only_three_may_wait(as_alice, alice):
    for n in range(3):
        bring(as_alice, alice, ("a.fit", run_fit(days_before(n))))

    answer = send(as_alice, ("one more.fit", run_fit(days_before(5))))

    assert answer.status_code == 422
    assert "Add or discard one of them first" in answer.text
    assert alice.imports.count() == 3


def test_a_form_from_elsewhere_is_refused(strict):
    assert send(strict, ("a.fit", run_fit())).status_code == 403
    assert not Import.objects.exists()


def test_whoever_is_signed_out_sends_nothing_to_the_disk(uploads):
    assert send(Client(), ("a.fit", run_fit())).status_code == 302
    assert kept(uploads) == []


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"\xff\xfe<\0g\0p\0x\0", b"PK", b"[]", b"{}", b"a,b", b"\x1f\x8b"]
)
def test_nonsense_is_a_line_each(as_alice, alice, content):
    batch = bring(as_alice, alice, ("nonsense", content), ("good.fit", run_fit()))

    assert "nonsense" in refusals(batch)
    assert by_file(batch) == {"good.fit": "new"}
    assert as_alice.get(f"/import/{batch.uuid}/").status_code == 200


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=99", "?show=nothing", "?show=left&page=-1"])
def test_a_page_that_is_not_there_is_one_that_is(as_alice, alice, query):
    batch = bring(as_alice, alice, ("good.fit", run_fit()))

    assert as_alice.get(f"/import/{batch.uuid}/{query}").status_code == 200


@pytest.mark.parametrize(
    "data", [{"on_page": "x"}, {"take": "9" * 30}, {"all_of": "ride"}, {"page": "x"}, {"go": "x"}]
)
def test_nonsense_chosen_changes_nothing(as_alice, alice, data):
    batch = bring(as_alice, alice, ("good.fit", run_fit()))

    assert as_alice.post(f"/import/{batch.uuid}/choose/", data).status_code == 302
    assert batch.runs.get().is_chosen
