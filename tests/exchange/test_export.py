"""Everything of an account as files: what is in them, what is not, and who gets them."""

import csv
import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from backpain.exchange.export import archive_of
from backpain.exchange.formats.tables import TABLES
from backpain.reports.models import CalendarFeed
from tests.conftest import NOON
from tests.exchange.archives import A_RUN, exported, files_of, lived
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DOWNLOADS = ["export_archive", "export_history", "export_fhir", "export_calendar"]


@pytest.fixture
def files(alice):
    lived(alice)
    return files_of(archive_of(alice))


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_the_zip_has_both_formats_the_tables_and_what_they_are(files):
    assert set(files) == {
        "README.txt",
        "history.json",
        "account.json",
        *(f"csv/{name}.csv" for name in TABLES),
    }
    assert all(f"{name}.csv: " in files["README.txt"].decode() for name in TABLES)


def test_it_is_the_same_whenever_and_wherever_it_is_made(alice, at_noon):
    lived(alice)
    archive = archive_of(alice)
    at_noon.shift(dt.timedelta(days=3))

    assert archive_of(alice) == archive


def test_the_history_is_what_the_command_prints(alice, files, capsys):
    capsys.readouterr()
    call_command("export_history", alice.email)

    assert capsys.readouterr().out == files["history.json"].decode()


def test_nothing_in_it_opens_anything_or_names_the_account(alice):
    alice.set_password("a-password-of-alice")
    alice.save()
    lived(alice)
    alice.shares.create(
        token_hash="hash-of-a-share",
        pin="hash-of-a-pin",
        label="whom it is for",
        first=NOON.date(),
        last=NOON.date(),
        made_at=NOON,
        expires_at=NOON + dt.timedelta(days=1),
    )
    CalendarFeed.objects.create(runner=alice, token_hash="hash-of-a-feed", language="en", made_at=NOON)
    secret = [alice.email, alice.password, str(alice.uuid), "hash-of", "whom it is for"]
    secret += [str(row.uuid) for row in (*alice.advice.all(), *alice.shoes.all())]

    everything = "".join(content.decode() for content in files_of(archive_of(alice)).values())

    assert [words for words in secret if words in everything] == []


def test_what_was_deleted_is_not_in_it(alice):
    lived(alice)
    gone = alice.runs(manager="with_deleted").exclude(deleted_at=None).get()
    assert alice.corrections.filter(entry=gone.uuid).exists()

    assert not [text for text in exported(alice).values() if str(gone.uuid) in text]


def test_every_row_of_the_account_has_a_line_of_its_own(files):
    lines = files["account.json"].decode().splitlines()

    assert sum(line.startswith('{"decision":') for line in lines) == len(rows(files["csv/advice.csv"]))
    assert json.loads(files["account.json"])["format"] == "backpain-account"


def test_the_tables_say_what_the_log_says(alice, files):
    owned = {
        name: getattr(alice, name).count() for name in ("check_ins", "runs", "sessions", "shoes", "care")
    }
    owned |= {name: getattr(alice, name).count() for name in ("advice", "placements", "consents", "rests")}
    owned["sets"] = alice.sets.filter(session__deleted_at=None).count()
    assert {name: len(rows(files[f"csv/{name}.csv"])) for name in owned} == owned

    run = next(row for row in rows(files["csv/runs.csv"]) if row["id"] == str(A_RUN))
    assert run["distance_m"] == "5000" and run["pain_during"] == "3" and run["pain_before"] == ""
    assert (run["sites"], run["shoe"], run["on"]) == ("low-back-left;neck", "Road shoes", "2026-03-16")
    assert run["started_at"] == "2026-03-16T07:00:00+00:00"
    advice = rows(files["csv/advice.csv"])[0]
    assert advice["verdict"] == alice.advice.order_by("pk").first().verdict and advice["was_right"] == "no"
    answers = rows(files["csv/questionnaires.csv"])
    assert {row["item"]: row["answer"] for row in answers} == {"Run 5 km": "5", "Put on socks": "3"}


def test_a_text_that_a_spreadsheet_would_calculate_gets_an_apostrophe(alice, as_alice):
    texts = ["=1+1", "+1", "-1", "@a", "\t=1", "＝1", "a=1", " =1", 'with "quotes", and\nlines', ""]  # noqa: RUF001
    for n, text in enumerate(texts):
        alice.care.create(on=NOON.date() - dt.timedelta(days=n), note=text, who="", entered_at=NOON)

    notes = [row["note"] for row in rows(as_alice.get("/export/tables/care.csv").content)]

    assert notes == [f"'{text}" if n < 6 else text for n, text in enumerate(texts)][::-1]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_an_empty_account_has_its_headings(name, as_bob):
    response = as_bob.get(reverse("export_table", args=[name]))

    header = response.content.decode().splitlines()[0]
    assert header.split(",") == TABLES[name].columns
    assert response["Content-Disposition"] == f'attachment; filename="{name}.csv"'


def test_there_is_no_other_table(as_alice):
    assert as_alice.get("/export/tables/passwords.csv").status_code == 404


def test_the_page_leads_to_everything(as_alice):
    page = as_alice.get("/export/").text

    addresses = [reverse(name) for name in (*DOWNLOADS, "restore_file", "calendar", "report_options")]
    addresses += [reverse("export_table", args=[name]) for name in TABLES]
    assert [address for address in addresses if f'"{address}"' not in page] == []


def test_a_stranger_gets_nothing_of_it(alice, as_bob):
    lived(alice)
    private = [str(A_RUN), "windy", "Road shoes", "Put on socks", "It rained", "Alice"]

    for url in [*map(reverse, DOWNLOADS), *(reverse("export_table", args=[name]) for name in TABLES)]:
        content = as_bob.get(url, {"with_notes": "on"}).content
        text = (
            "".join(map(bytes.decode, files_of(content).values()))
            if url.endswith("zip")
            else content.decode()
        )
        assert [words for words in private if words in text] == [], url


@pytest.mark.parametrize("name", DOWNLOADS)
def test_it_can_be_had_without_consent_and_is_kept_by_nobody_on_the_way(name, alice, as_alice):
    alice.consents.update(withdrawn_at=NOON)

    response = as_alice.get(reverse(name))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment; ")


def test_the_command_writes_the_same_zip(alice, tmp_path, capsys):
    call_command("export_account", "Alice@example.org", str(tmp_path / "alice.zip"))

    assert (tmp_path / "alice.zip").read_bytes() == archive_of(alice)
    assert (tmp_path / "alice.zip").stat().st_mode & 0o077 == 0


def test_the_command_refuses_who_is_not_there_and_where_it_cannot_write(alice, tmp_path):
    for arguments in (("nobody@example.org", "a.zip"), (alice.email, str(tmp_path / "no" / "a.zip"))):
        with pytest.raises(CommandError) as refused:
            call_command("export_account", *arguments)
        assert refused.value.returncode == 2


def test_a_new_account_can_be_taken_along_too(db):
    dora = UserFactory(email="dora@example.org")

    assert json.loads(exported(dora)["history.json"]) == {
        "format": "backpain-history",
        "version": 1,
        "runner": {"id": "runner", "time_zone": "Europe/London"},
    }
