"""Nothing that can be sent to a form ends in a server error or stores what it should not."""

import uuid
from urllib.parse import quote

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]

ID = "6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11"
FORMS = {
    "/runs/new/": "started_at distance duration effort kind surface shoe stage walk pain_before pain_during "
    "pain_after sites feel signs note fold version",
    "/sessions/new/": "started_at duration effort cat-cow-1 cat-cow-form cat-cow-pain plan sites note",
    "/check-ins/new/": "on score sites feel cannot flare note",
    "/skipped-runs/new/": "on because",
    "/rests/new/": "on to_on pain_at_start pain_at_end",
    "/care/new/": "on who assessed clears note",
    "/screening/": "fever saddle_numbness",
    "/questionnaires/peg/new/": "on pain enjoyment activity",
    "/questionnaires/psfs/new/": "on activity-1 score-1 activity-5 score-5",
    "/start/": "pain_began_on score sites first_ever_episode episodes_last_12_months equipment conditions",
    "/morning/": "on score",
    "/shoes/new/": "name started_on start_m",
    "/settings/": "name birth_year country time_zone units theme skin outfit",
    "/welcome/": "country time_zone units consent",
}
NASTY = [
    "\x00",
    "x" * 10_000,
    "9" * 17,
    "9" * 5000,
    "-1",
    "NaN",
    "1e999999",
    "1e-999999",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "\N{ARABIC-INDIC DIGIT TWO}",
    "[]",
]
LONE_SURROGATE = b"\xed\xa0\x80"


def entries_of(runner) -> int:
    owned = ("runs", "sessions", "sets", "check_ins", "skipped_runs", "rests", "care", "screenings", "advice")
    return sum(getattr(runner, name).count() for name in owned)


@pytest.mark.parametrize("url", FORMS)
def test_nonsense_in_every_field_at_once_is_refused(alice, as_alice, url):
    alice.time_zone = "America/New_York"  # whose last evening of the year 9999 is no instant
    alice.save()
    for nasty in NASTY:
        sent = dict.fromkeys(FORMS[url].split(), nasty) | {"uuid": ID}

        assert as_alice.post(url, sent).status_code == 422, nasty

    assert entries_of(alice) == 0


def test_a_field_sent_many_times_is_no_server_error(as_alice):
    for url, names in FORMS.items():
        sent = {name: ["1", "2", "no"] for name in names.split()} | {"uuid": [ID, "x"]}

        assert as_alice.post(url, sent).status_code == 422, url


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", "application/x-www-form-urlencoded", 422),
        (b'{"score": 3}', "application/json", 422),
        (b"<run/>", "text/xml", 422),
        (b"score=3", "multipart/form-data", 400),
        (b"score=3", "multipart/form-data; boundary=\xff", 400),
        (b"&".join(b"a%d=1" % n for n in range(1001)), "application/x-www-form-urlencoded", 400),
        (b"note=" + b"x" * 3_000_000, "application/x-www-form-urlencoded", 400),
    ],
    ids=["empty", "json", "xml", "no-boundary", "odd-boundary", "1001-fields", "3-MB"],
)
def test_a_body_that_is_no_form_is_refused(as_alice, alice, body, content_type, status):
    for url in FORMS:
        assert as_alice.post(url, body, content_type=content_type).status_code == status, url

    assert entries_of(alice) == 0


def test_a_lone_surrogate_in_a_form_is_stored_as_the_replacement_character(as_alice, alice):
    body = f"uuid={ID}&started_at=2026-03-14T08:00&distance=5&shoe={quote(LONE_SURROGATE)}".encode()

    as_alice.post("/runs/new/", body, content_type="application/x-www-form-urlencoded")

    assert set(alice.runs.get().shoe.name) == {"\N{REPLACEMENT CHARACTER}"}


def test_a_lone_surrogate_in_a_multipart_form_is_stored_as_the_replacement_character(as_alice, alice, a_run):
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (a_run | {"sites": "neck"}).items()
    ).encode()

    body = parts.replace(b"windy", LONE_SURROGATE) + b"--x--\r\n"
    as_alice.post("/runs/new/", body, content_type="multipart/form-data; boundary=x")

    assert set(alice.runs.get().note) == {"\N{REPLACEMENT CHARACTER}"}


@pytest.mark.parametrize(
    "url",
    [
        "/?saved=run." + "9" * 500,
        "/?saved=%00.%00",
        "/?saved=%ED%A0%80",
        "/history/?before=yesterday",
        "/history/?before=2026-02-30",
        "/history/?before=0001-01-01",
        "/history/?before=9999-12-31",
        "/history/?deleted=run",
        "/screening/?kind=%00",
        "/progress/?weeks=-1",
    ],
)
def test_a_nonsense_address_shows_the_page_without_it(as_alice, url):
    assert as_alice.get(url).status_code == 200


@pytest.mark.parametrize(
    ("zone", "typed", "instants"),
    [
        ("Australia/Lord_Howe", "2025-04-06T01:45", ["2025-04-05 14:45", "2025-04-05 15:15"]),
        ("Australia/Lord_Howe", "2025-10-05T02:15", []),
        ("Pacific/Apia", "2011-12-30T12:00", []),
        ("America/New_York", "2025-11-02T01:30", ["2025-11-02 05:30", "2025-11-02 06:30"]),
    ],
)
def test_every_hour_a_clock_skips_or_shows_twice_is_asked_about(
    as_alice, alice, a_run, zone, typed, instants
):
    alice.time_zone = zone
    alice.save()
    sent = a_run | {"started_at": typed}

    asked = as_alice.post("/runs/new/", sent)
    for fold in range(len(instants)):
        as_alice.post("/runs/new/", sent | {"fold": str(fold), "uuid": str(uuid.uuid4())})

    assert asked.status_code == 422
    assert ('name="fold"' in asked.text) == bool(instants)
    assert [f"{run.started_at:%Y-%m-%d %H:%M}" for run in alice.runs.order_by("started_at")] == instants


def test_a_session_names_no_more_of_its_plan_than_can_be(as_alice):
    sent = {"uuid": ID, "started_at": "2026-03-16T07:00", "cat-cow-1": "8"}

    for plan in ("x", "-1", "9" * 30, ",".join(map(str, range(3000)))):
        response = as_alice.post("/sessions/new/", sent | {"plan": plan, "uuid": str(uuid.uuid4())})
        assert response.status_code == 302
