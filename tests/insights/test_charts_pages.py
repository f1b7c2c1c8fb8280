"""Each chart of Progress on its own page, and all of them on logs that are odd."""

import datetime as dt
import re

import pytest

from backpain.insights.page import PARTS
from backpain.training.models import Run
from tests.conftest import NOON
from tests.factories import CheckInFactory, RunFactory, SessionFactory
from tests.insights.conftest import TODAY
from tests.insights.test_progress import rows, shown

pytestmark = [pytest.mark.usefixtures("at_noon"), pytest.mark.any_database]

SLUGS = ["pain", "distance", "load", "ladders", "days", "sides", "mornings"]


def alone(client, slug, **query):
    response = client.get(f"/progress/{slug}/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_charts_stand_in_this_order(as_alice, ran):
    ran((1, 5, 1))

    assert list(PARTS) == SLUGS
    assert re.findall(r'<h2 id="([a-z]+)"', shown(as_alice)) == SLUGS


def test_without_javascript_a_link_leads_to_the_charts_that_follow(as_alice, ran):
    ran((1, 5, 1))

    first = as_alice.get("/progress/", {"weeks": "52"}).content.decode()
    others = as_alice.get("/progress/charts/", {"weeks": "52"}).content.decode()

    assert '<a class="btn" href="/progress/charts/?weeks=52">' in first
    assert "<!doctype html>" in others
    assert re.findall(r'<h2 id="([a-z]+)"', first + others) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chart_has_a_page_with_its_name_as_heading(slug, as_alice, ran):
    ran((1, 5, 1))

    page = alone(as_alice, slug, weeks="52")

    assert page.count('<section class="card') == 1
    assert f'<h1 id="{slug}">' in page
    assert '<a href="?weeks=52" aria-current="page">' in page
    assert f'href="/progress/?weeks=52#{slug}"' in page
    assert f'href="/progress/{slug}/?weeks=52"' in shown(as_alice, "52")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chart_of_nothing_says_so(slug, as_alice):
    page = alone(as_alice, slug, weeks="all")

    assert '<svg class="plot"' not in page
    assert '<p class="muted">' in page


def test_a_chart_nobody_knows_is_not_found(as_alice):
    assert as_alice.get("/progress/no-such/").status_code == 404


def test_a_chart_cannot_be_written_to(as_alice):
    assert as_alice.post("/progress/pain/").status_code == 405


def test_a_stranger_sees_only_their_own(as_bob, ran, stood):
    ran((5, 5, 2))
    stood("bridge", (20, "glute-bridge", 3, 10, "reps"))

    assert "/runs/" not in re.sub(r'"/runs/new/[^"]*"', "", alone(as_bob, "pain"))
    assert "Glute bridge" not in alone(as_bob, "ladders")


def test_a_chart_alone_and_among_the_others_has_the_same_table(as_alice, ran):
    ran((9, 5, 2), (4, 6.5, 0))

    assert rows(alone(as_alice, "pain"), "Runs, pain") == rows(shown(as_alice), "Runs, pain")


def test_a_ladder_is_chosen_by_a_link_that_keeps_the_weeks(as_alice, ran, stood):
    ran((1, 5, 1))
    stood("bridge", (20, "glute-bridge", 3, 10, "reps"))
    stood("front-plank", (9, "knee-plank", 3, 15, "s"))

    assert "Ladder: Front plank" in shown(as_alice)
    assert 'hx-get="/progress/ladders/?ladder=bridge&amp;weeks=52"' in shown(as_alice, "52")
    chosen = alone(as_alice, "ladders", weeks="52", ladder="bridge")
    assert "Ladder: Bridge" in chosen
    assert '<a href="?weeks=4&amp;ladder=bridge"' in chosen
    card = as_alice.get("/progress/ladders/?ladder=bridge&weeks=52", headers={"HX-Request": "true"})
    assert card.content.lstrip().startswith(b"<section") and "Ladder: Bridge" in card.content.decode()


def test_care_and_new_shoes_stand_above_the_pain(as_alice, alice, ran):
    ran((20, 5, 2), (3, 5, 1))
    alice.care.create(on=dt.date(2026, 3, 3), who="Physiotherapist", entered_at=NOON)
    alice.shoes.create(name="Blue", started_on=dt.date(2026, 3, 10))

    page = alone(as_alice, "pain")

    assert rows(page, "Changes to the plan") == [
        ["10 Mar 2026", "First worn: Blue", "shoes"],
        ["3 Mar 2026", "Care: Physiotherapist", "care"],
    ]
    assert page.count('class="ev"') == 2
    assert "shoes first worn" in page


def test_sessions_alone_are_drawn(as_alice, alice):
    SessionFactory(runner=alice, started_at=dt.datetime(2026, 3, 14, 18, tzinfo=dt.UTC))

    page = shown(as_alice, "all")

    assert rows(page, "Weeks from their Monday, with") == [
        ["16 Mar 2026", "–", "–"],
        ["9 Mar 2026", "Sat without targets", "–"],
    ]


def one_run(alice):
    RunFactory(runner=alice, on=TODAY, started_at=NOON, pain_after=2)


def one_check_in(alice):
    CheckInFactory(runner=alice, on=TODAY, score=0)


def one_session(alice):
    SessionFactory(runner=alice, started_at=NOON)


def two_runs(alice):
    for days in (3, 1):
        RunFactory(runner=alice, on=TODAY - dt.timedelta(days=days), pain_after=days)


def gaps_of_months(alice):
    for days in (900, 600, 300, 5, 0):
        RunFactory(runner=alice, on=TODAY - dt.timedelta(days=days), pain_after=3, effort=5, duration_s=1800)
        SessionFactory(runner=alice, started_at=NOON - dt.timedelta(days=days))


def all_zeros(alice):
    none = dict.fromkeys(("pain_before", "pain_during", "pain_after", "pain_next_morning"), 0)
    for days in range(30):
        on = TODAY - dt.timedelta(days=days)
        RunFactory(runner=alice, on=on, distance_m=0, duration_s=0, effort=0, **none)
        CheckInFactory(runner=alice, on=on, score=0)


def nothing_said(alice):
    for days in range(12):
        RunFactory(
            runner=alice, on=TODAY - dt.timedelta(days=days), distance_m=None, duration_s=None, effort=None
        )


def twenty_a_day(alice):
    for _ in range(20):
        RunFactory(runner=alice, on=TODAY, pain_after=4, pain_next_morning=3, effort=3, duration_s=900)
        SessionFactory(runner=alice, started_at=NOON)


def at_the_end_of_the_day(alice):
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        alice.time_zone = zone
        alice.save()
        started_at = dt.datetime(2026, 3, 14, 23, 59, tzinfo=alice.zone)
        RunFactory(runner=alice, on=dt.date(2026, 3, 14), started_at=started_at, pain_after=1)


@pytest.mark.parametrize("weeks", ["4", "14", "52", "all"])
@pytest.mark.parametrize(
    "write",
    [
        one_run,
        one_check_in,
        one_session,
        two_runs,
        gaps_of_months,
        all_zeros,
        nothing_said,
        twenty_a_day,
        at_the_end_of_the_day,
    ],
)
def test_an_odd_log_gives_charts_without_holes(write, weeks, as_alice, alice):
    write(alice)

    page = shown(as_alice, weeks)

    assert "Too few runs to compare yet" in page or write in (all_zeros, twenty_a_day)
    for svg in re.findall(r'<svg class="plot".*?</svg></div>', page, re.S):
        assert not re.search(r"\bnan\b|\binf\b|None", svg)
        assert re.search(r"<(circle|path|rect)\b", svg)
    assert '<p class="legend">\n    \n' not in page


def test_two_runs_make_no_trend(as_alice, alice):
    one_run(alice)
    RunFactory(runner=alice, on=TODAY - dt.timedelta(days=40), pain_after=8)

    page = alone(as_alice, "pain", weeks="14")

    assert Run.objects.count() == 2
    assert 'class="trend" fill="none"' not in page
