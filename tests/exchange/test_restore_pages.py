"""The pages that bring an archive in: looked at, then confirmed or discarded."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from backpain.exchange import restore, tasks
from backpain.exchange.export import archive_of
from backpain.exchange.models import WaitingArchive
from tests.coach.stories import calm
from tests.exchange.archives import archive_of_a_life, both, exported, told, zipped
from tests.exchange.imports import send

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("catalogue", "at_noon"),
]
A_HISTORY = told(calm().history)


def sent(client, content, name="account.zip"):
    return client.post("/restore/", {"file": SimpleUploadedFile(name, content)})


def test_an_archive_is_shown_and_comes_in_when_it_is_confirmed(alice, bob, as_bob):
    archive = archive_of_a_life(alice)

    page = as_bob.get(sent(as_bob, archive).url)
    look = page.context["look"]
    new = sum(count.new for count in look.counts if count.is_entry)
    assert look.is_empty and look.has_news and "Take over the settings" not in page.text
    assert not bob.runs.exists()
    response = as_bob.post(page.wsgi_request.path, {}, follow=True)

    assert response.redirect_chain == [("/", 302)]
    assert f"{new} entries came in." in response.text
    assert not bob.waiting_archives.exists()
    assert exported(bob) == both(archive)


def test_what_is_there_already_is_counted(as_bob, bob):
    for _time in range(2):
        url = sent(as_bob, A_HISTORY, "history.json").url
        page = as_bob.get(url).text
        response = as_bob.post(url, {}, follow=True)

    assert "Nothing new would come in." in page and "Take over the settings" in page
    assert "0 entries came in. 15 were there already." in response.text


def test_settings_come_in_when_they_are_ticked(alice, as_bob, bob):
    as_bob.post(sent(as_bob, A_HISTORY).url, {})

    as_bob.post(sent(as_bob, archive_of(alice)).url, {"with_settings": "on"})

    bob.refresh_from_db()
    assert bob.name == "Alice"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "Choose a file."),
        (b"", "This file is empty."),
        (b"nothing of the kind", "This is no JSON"),
        (zipped(history={"format": "other"}), "history.json: "),
    ],
)
def test_a_bad_file_is_refused_beside_the_field(as_bob, bob, content, why):
    response = as_bob.post("/restore/", {}) if content is None else sent(as_bob, content)

    assert response.status_code == 422
    assert why in response.text
    assert not bob.waiting_archives.exists() and not bob.advice.exists()


def test_a_second_archive_takes_the_place_of_the_first(as_bob, bob):
    first, second = (sent(as_bob, A_HISTORY).url for _time in range(2))

    assert as_bob.get(first).status_code == 404
    assert as_bob.get(second).status_code == 200


def test_a_discarded_archive_is_gone(as_bob, bob):
    url = sent(as_bob, A_HISTORY).url

    assert as_bob.post(f"{url}discard/").url == "/export/"

    assert as_bob.get(url).status_code == 404
    assert not bob.check_ins.exists()


def test_a_stranger_does_not_find_it(as_alice, as_bob, bob):
    url = sent(as_bob, A_HISTORY).url

    for response in (as_alice.get(url), as_alice.post(url, {}), as_alice.post(f"{url}discard/")):
        assert response.status_code == 404
    assert bob.waiting_archives.count() == 1


def test_an_archive_nobody_answers_for_a_day_is_let_go(as_bob, bob, at_noon):
    sent(as_bob, A_HISTORY)
    at_noon.shift(restore.KEPT - dt.timedelta(minutes=1))
    tasks.forget_archives.call()
    assert bob.waiting_archives.exists()

    at_noon.shift(dt.timedelta(minutes=2))
    tasks.forget_archives.call()

    assert not bob.waiting_archives.exists()


def test_an_archive_among_the_files_of_an_import_leads_here(as_bob, bob):
    response = send(as_bob, ("history.json", A_HISTORY))

    page = as_bob.get(response.url)

    assert response.url.startswith("/restore/")
    assert page.context["look"].has_news


def test_one_that_the_import_let_pass_unread_is_refused_when_it_is_looked_at(as_bob, bob):
    waiting = restore.keep(runner=bob, content=zipped(history={}), now=timezone.now())

    response = as_bob.get(f"/restore/{waiting.uuid}/")

    assert response.status_code == 422
    assert "history.json: " in response.text and "Nothing was stored." in response.text
    assert not WaitingArchive.objects.exists()


def test_what_was_checked_is_read_the_same_without_another_check(alice, bob):
    file = io.BytesIO(archive_of_a_life(alice))

    checked, again = (restore.read(file, runner=bob, is_checked=known) for known in (False, True))

    assert again == checked


def test_nothing_comes_in_without_consent(as_bob, bob):
    url = sent(as_bob, A_HISTORY).url
    bob.consents.update(withdrawn_at=timezone.now())

    assert as_bob.post(url, {}).url == "/welcome/"
    assert not bob.check_ins.exists()
    assert "Read and agree" in as_bob.get("/export/").text
