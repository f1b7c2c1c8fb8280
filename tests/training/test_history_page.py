import datetime as dt

import pytest

from tests.factories import CheckInFactory, RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
URL = "/history/"
SATURDAY = dt.datetime(2026, 3, 14, 8, 0, tzinfo=dt.UTC)


def walk(client):
    """Return the uuids of all pages, as often as they are shown."""
    shown, before = [], None
    while True:
        context = client.get(URL, {"before": before} if before else {}).context
        shown += [row["entry"].uuid for rows in context["days"].values() for row in rows]
        if not context["earlier"]:
            return shown
        before = context["earlier"].isoformat()


def test_says_what_to_do_when_nothing_is_logged(as_alice):
    assert "Nothing is logged yet." in as_alice.get(URL).text


def test_shows_each_entry_once_over_its_pages(as_alice, alice):
    check_ins = [CheckInFactory(runner=alice, on=SATURDAY.date() - dt.timedelta(days=n)) for n in range(120)]
    runs = [RunFactory(runner=alice, started_at=SATURDAY - dt.timedelta(days=3 * n)) for n in range(40)]

    shown = walk(as_alice)

    assert len(shown) == 160
    assert set(shown) == {entry.uuid for entry in (*check_ins, *runs)}


def test_a_day_with_more_runs_than_a_page_is_whole(as_alice, alice):
    for n in range(60):
        RunFactory(runner=alice, started_at=SATURDAY + dt.timedelta(minutes=n))
    RunFactory(runner=alice, started_at=SATURDAY - dt.timedelta(days=1))
    CheckInFactory(runner=alice, on=SATURDAY.date())

    shown = walk(as_alice)

    assert len(shown) == len(set(shown)) == 62


@pytest.mark.parametrize("before", ["", "soon", "2026-02-30", "0001-01-01", "\x00"])
def test_a_nonsense_day_is_no_error(as_alice, before):
    assert as_alice.get(URL, {"before": before}).status_code == 200


def test_shows_nobody_elses_entries(as_bob, alice):
    RunFactory(runner=alice)

    assert "Nothing is logged yet." in as_bob.get(URL).text
