"""Mornings, sides and load on their own pages, from rows in the database."""

import datetime as dt
import re

import pytest

from tests.factories import RunFactory, SessionFactory

pytestmark = [pytest.mark.usefixtures("at_noon"), pytest.mark.any_database]

SUNDAY = dt.date(2026, 3, 15)


def page(client, slug, weeks="4"):
    response = client.get(f"/progress/{slug}/", {"weeks": weeks})
    assert response.status_code == 200
    return response.content.decode()


def run(alice, *, at=dt.time(8), **columns):
    started_at = dt.datetime.combine(SUNDAY, at, dt.UTC)
    return RunFactory(runner=alice, started_at=started_at, on=SUNDAY, **columns)


def did(alice, on, *sets, exercise="side-plank"):
    """Store a session with sets of (side, seconds, trial)."""
    done = SessionFactory(runner=alice, on=on, started_at=dt.datetime.combine(on, dt.time(18), dt.UTC))
    for position, (side, seconds, trial) in enumerate(sets):
        columns = {"position": position, "exercise": exercise, "unit": "s", "done": seconds}
        done.sets.create(runner=alice, side=side, trial=trial, **columns)
    return done


def test_the_load_of_a_run_late_on_sunday_is_in_the_week_that_ends(as_alice, alice):
    run(alice, at=dt.time(23, 59), duration_s=3600, effort=5, pain_after=3)

    shown = page(as_alice, "load")

    assert "Week of 9 Mar 2026, load 300, after runs 3.0 (worst 3)" in shown


def test_a_score_of_the_morning_leads_to_its_run(as_alice, alice):
    entry = run(alice, distance_m=8000, effort=4, surface="trail", pain_next_morning=2)

    shown = page(as_alice, "mornings")

    assert f'<a href="/runs/{entry.uuid}/"><title>15 Mar 2026, 8 km: next morning 2</title>' in shown
    assert "Effort 4: 1 run with 2 the next morning" in shown
    assert "Surface Trail: 1 run with 2 the next morning" in shown


def test_sides_are_means_of_their_sets_without_trials(as_alice, alice):
    for on in (SUNDAY, SUNDAY - dt.timedelta(days=2)):
        did(alice, on, ("left", 30, False), ("left", 30, False), ("right", 30, False), ("right", 90, True))

    shown = page(as_alice, "sides")

    assert re.search(r"left 30\.0 s, right 30\.0 s, even, mean of 2 sessions", shown)


@pytest.mark.parametrize("slug", ["load", "mornings", "sides"])
def test_a_strangers_entries_are_not_shown(as_bob, alice, slug):
    run(alice, duration_s=3600, effort=5, pain_after=3, pain_next_morning=3)
    did(alice, SUNDAY, ("left", 30, False), ("right", 20, False))

    assert "15 Mar 2026" not in page(as_bob, slug, weeks="all")


@pytest.mark.parametrize("slug", ["load", "mornings", "sides"])
def test_a_range_nobody_offers_is_the_usual_one(as_alice, alice, slug):
    run(alice, duration_s=3600, effort=5, pain_after=3, pain_next_morning=3)

    odd, usual = (page(as_alice, slug, weeks).partition("<section class=")[2] for weeks in ("<b>", "14"))

    assert odd and odd == usual
