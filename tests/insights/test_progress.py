import datetime as dt
import gzip
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from backpain.training.models import CheckIn, Run
from tests.conftest import NOON
from tests.factories import CheckInFactory, RunFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.usefixtures("at_noon")

PAGE = "/progress/"
THREE_A_WEEK = [days for days in range(1, 120) if days % 7 in (1, 3, 5)]
# session, user, consent; runs, check-ins, placements, rungs, advice, sessions, sides, care and shoes, questionnaires
QUERIES = 12


def shown(client, weeks=None):
    """Return Progress with the charts it fetches, as a browser has it in the end."""
    response = client.get(PAGE, {"weeks": weeks} if weeks else {})
    assert response.status_code == 200
    page = response.content.decode()
    if more := re.search(r'hx-get="([^"]+)" hx-trigger="load"', page):
        response = client.get(more[1], headers={"HX-Request": "true"})
        assert response.status_code == 200
        page += response.content.decode()
    return page


def rows(page, caption):
    """Return the cells of the table with this caption, as text."""
    table = next(table for table in re.findall(r"<table>.*?</table>", page, re.S) if caption in table)
    body = table.partition("<tbody>")[2]
    return [
        [
            re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", cell))).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)
        ]
        for row in re.findall(r"<tr>.*?</tr>", body, re.S)
    ]


def test_shows_the_finding_with_its_basis(as_alice, ran):
    ran(*[(90 - 5 * n, 5, score) for n, score in enumerate([4, 4, 4, 3, 3, 3, 1, 1, 1])])

    page = shown(as_alice)

    assert "<h1>Pain after runs went down from 4.0 to 1.0</h1>" in page
    assert "the first 3 runs shown (16 Dec 2025 to 26 Dec 2025) and the latest 3" in page


def test_says_when_there_are_too_few_runs(as_alice, ran):
    ran((5, 5, 2), (3, 5, None))

    page = shown(as_alice)

    assert "<h1>Too few runs to compare yet</h1>" in page
    assert "these weeks have 1" in page


@pytest.mark.parametrize("weeks", [None, "all"])
def test_without_an_entry_says_what_to_do(weeks, as_alice):
    page = shown(as_alice, weeks)

    assert "this page fills up" in page
    assert f'href="{reverse("log_run")}"' in page
    assert ("Show all weeks" in page) is (weeks != "all")
    assert '<svg class="plot"' not in page


def test_weeks_without_an_entry_lead_to_all_weeks(as_alice, ran):
    ran((200, 5, 2))

    page = shown(as_alice, "4")

    assert "There is no run, no session and no check-in in these weeks." in page
    assert '<a class="btn ghost" href="?weeks=all">' in page


def test_check_ins_alone_are_drawn(as_alice, alice):
    CheckInFactory(runner=alice, on=dt.date(2026, 3, 14), score=3)

    page = shown(as_alice)

    assert 'class="daily"' in page
    assert rows(page, "Check-ins") == [["14 Mar 2026", "3"]]
    assert "No run of these weeks has a distance." in page


def test_tiles_compare_four_weeks_with_the_four_before(as_alice, alice, ran, advised):
    ran((40, 7, 4), (30, 9.5, 3), (27, 6, 1), (1, 8, 2))
    for days in (0, 27, 28, 55, 56):
        at = dt.datetime(2026, 3, 16, 8, tzinfo=dt.UTC) - dt.timedelta(days=days)
        SessionFactory(runner=alice, started_at=at)
    advised((3, "hold"), (0, "progress"), running={"may_run": True, "cap_m": 8800, "warning": "none"})

    page = re.sub(r"<[^>]+>|\s+", " ", shown(as_alice, "4"))
    page = re.sub(r" +", " ", page)

    assert "Pain after runs 1.5 of 10 mean, last 4 weeks 3.5 in the 4 weeks before" in page
    assert "Longest run 8 km last 30 days next run: up to 8.8 km" in page
    assert "2 in the last 4 weeks, 2 in the 4 weeks before" in page


def test_the_table_has_the_numbers_and_links_of_the_chart(as_alice, alice, ran):
    ran((9, 5, 2), (4, 6.5, 0), (2, 7, None))

    page = shown(as_alice)

    assert rows(page, "Runs, pain") == [
        ["14 Mar 2026", "7 km", "–", "–", "–", "–"],
        ["12 Mar 2026", "6.5 km", "1", "1", "0", "0"],
        ["7 Mar 2026", "5 km", "1", "2", "2", "0"],
    ]
    plot = page[page.index('<svg class="plot"') : page.index('<details class="tbl"')]
    drawn = set(re.findall(r'<a href="(/runs/[^"]*)"><title>', plot))
    assert drawn == {reverse("run", args=[run.uuid]) for run in alice.runs.exclude(pain_after=None)}
    assert drawn < set(re.findall(r'<th scope="row"><a href="(/runs/[^"]*)"', page))
    assert "12 Mar 2026, 6.5 km: before 1, worst during 1, after 0, next morning 0" in plot


def test_the_weekly_table_has_the_numbers_of_the_bars(as_alice, ran):
    ran((20, 5, 1), (18, 5, 1), (16, 6, 1), (6, 4, 1), (5, 7.5, 1), (0, 3, 1))

    page = shown(as_alice, "4")

    assert rows(page, "Weeks from their Monday, in km") == [
        ["16 Mar 2026", "3.0", "3.0", "8.3"],
        ["9 Mar 2026", "11.5", "7.5 (over)", "6.6"],
        ["2 Mar 2026", "0.0", "–", "6.6"],
        ["23 Feb 2026", "16.0", "6.0", "–"],
    ]
    assert "Week of 9 Mar 2026: 11.5 km, longest run 7.5, guard 6.6" in page
    assert page.count('class="lr over" d="M0') == 1


def test_distances_are_in_the_runners_miles(as_alice, alice, ran):
    alice.units = "mi"
    alice.save()
    ran((1, 16.09344, 1))

    page = shown(as_alice)

    assert rows(page, "Runs, pain")[0][1] == "10 mi"
    assert rows(page, "Weeks from their Monday, in mi")[1][1:3] == ["10.0", "10.0"]
    assert "km" not in re.sub(r"<[^>]+>", "", page)


def test_plan_changes_and_advice_to_get_help_are_drawn_and_listed(as_alice, ran, stood, advised):
    ran((5, 5, 1))
    stood(
        "front-plank",
        (60, "forearm-plank", 2, 20, "s"),
        (20, "forearm-plank", 3, 20, "s"),
        (6, "forearm-plank", 3, 15, "s"),
    )
    advised((8, "hold"), (7, "professional"), (6, "professional"))

    page = shown(as_alice)

    assert rows(page, "Changes to the plan") == [
        ["10 Mar 2026", "Forearm plank, 3 × 15 s", "eased"],
        ["9 Mar 2026", "See a professional", "help"],
        ["24 Feb 2026", "Forearm plank, 3 × 20 s", "up"],
    ]
    assert page.count('class="ev"') == 3
    assert "1 up, 1 eased in the last 4 weeks" in page


@pytest.mark.parametrize("weeks", ["4", "14", "52", "all"])
def test_marks_the_weeks_that_are_shown(weeks, as_alice, ran):
    ran((1, 5, 1))

    assert f'<a href="?weeks={weeks}" aria-current="page">' in shown(as_alice, weeks)


@pytest.mark.parametrize(
    "weeks", ["", "0", "-4", "15", "fourteen", "14 ", "\ud800".encode("utf-8", "surrogatepass")]
)
def test_a_choice_it_does_not_know_shows_fourteen_weeks(weeks, as_alice, ran):
    ran((1, 5, 1))

    assert '<a href="?weeks=14" aria-current="page">' in shown(as_alice, weeks)


def test_a_walk_is_no_run(as_alice, alice):
    RunFactory(runner=alice, activity="walk", distance_m=9000, pain_after=1)

    assert "this page fills up" in shown(as_alice)


def test_a_deleted_run_is_gone(as_alice, alice, ran):
    ran((1, 5, 1))
    alice.runs.update(deleted_at=dt.datetime(2026, 3, 16, tzinfo=dt.UTC))

    assert "this page fills up" in shown(as_alice)


def test_a_long_table_ends_with_the_way_to_all_entries(as_alice, ran):
    ran(*[(days, 5, 1) for days in range(1, 120)])

    page = shown(as_alice, "all")

    assert len(rows(page, "Runs, pain")) == 100
    assert f'href="{reverse("history")}">All entries' in page


def test_a_stranger_sees_only_their_own(as_bob, ran):
    ran(*[(days, 5, 1) for days in THREE_A_WEEK])

    page = shown(as_bob, "all")

    assert "this page fills up" in page
    assert "/runs/" not in page.replace(reverse("log_run"), "")


def test_nobody_is_sent_to_sign_in(db):
    assert Client().get(PAGE)["Location"].startswith("/accounts/login/")


def test_without_consent_leads_to_the_welcome_page(db):
    client = Client()
    client.force_login(UserFactory())

    assert client.get(PAGE)["Location"] == reverse("welcome")


def test_writing_to_it_is_refused(as_alice):
    assert as_alice.post(PAGE).status_code == 405


def many(alice, count):
    """Write `count` runs, 200 a year up to yesterday, and 14 weeks of check-ins on two days of three."""
    days = [1 + round(n * 365 / 200) for n in range(count)]
    Run.objects.bulk_create(
        (
            Run(
                runner=alice,
                started_at=dt.datetime(2026, 3, 16, 7, tzinfo=dt.UTC) - dt.timedelta(days=n),
                on=dt.date(2026, 3, 16) - dt.timedelta(days=n),
                entered_at=NOON,
                distance_m=5000 + 1000 * (n % 5),
                pain_before=n % 3,
                pain_during=n % 4,
                pain_after=n % 5,
                pain_next_morning=n % 2,
            )
            for n in days
        ),
        batch_size=500,
    )
    CheckIn.objects.bulk_create(
        CheckIn(runner=alice, on=dt.date(2026, 3, 16) - dt.timedelta(days=n), score=n % 4, entered_at=NOON)
        for n in range(1, 98)
        if n % 3
    )


@pytest.mark.any_database
@pytest.mark.parametrize("count", [0, 600])
def test_asks_the_database_as_often_however_long_the_log_is(
    count, as_alice, alice, django_assert_num_queries
):
    many(alice, count)
    as_alice.get(PAGE)  # the session is renewed once a day

    for path in (PAGE, "/progress/charts/", "/progress/mornings/"):
        for weeks in ("14", "all"):
            with django_assert_num_queries(QUERIES, info=f"{path} {weeks}"):
                as_alice.get(path, {"weeks": weeks})


@pytest.mark.any_database
def test_is_light_to_transfer(as_alice, alice, stood, advised):
    many(alice, 6000)
    doses = [(2, target) for target in range(20, 60, 5)] + [(3, target) for target in range(20, 60, 5)]
    stood("front-plank", *[(90 - 5 * n, "forearm-plank", *dose, "s") for n, dose in enumerate(doses)])
    advised((50, "professional"), (20, "hold"), (10, "professional"))

    kilobytes = {
        weeks: len(gzip.compress(shown(as_alice, weeks).encode())) / 1024 for weeks in ("14", "52", "all")
    }

    assert kilobytes["14"] <= 15
    assert max(kilobytes.values()) <= 60


def test_shows_the_scores_of_questionnaires_against_the_first(as_alice, answered):
    answered(60, "peg", {"pain": 6, "enjoyment": 6, "activity": 6})
    answered(32, "peg", {"pain": 5, "enjoyment": 5, "activity": 5})
    answered(4, "peg", {"pain": 4, "enjoyment": 4, "activity": 4})
    answered(60, "psfs", {"Socks": 2, "Run 5 km": 4})
    answered(4, "psfs", {"Socks": 5, "Run 5 km": 5})

    page = shown(as_alice)

    assert [row[1:] for row in rows(page, "lower is better")] == [
        ["4.0", "33% lower, a change that counts"],
        ["5.0", "17% lower"],
        ["6.0", "the first"],
    ]
    assert [row[1:] for row in rows(page, "higher is better")] == [
        ["5.0", "2.0 higher, a change that counts"],
        ["3.0", "the first"],
    ]


def test_leaves_a_questionnaire_out_that_is_deleted_or_incomplete(as_alice, answered):
    answered(32, "peg", {"pain": 5, "enjoyment": 5, "activity": 5}, deleted_at=NOON)
    answered(4, "peg", {"pain": 4})

    assert "lower is better" not in shown(as_alice)


def test_a_strangers_questionnaires_are_not_shown(as_bob, answered):
    answered(4, "peg", {"pain": 4, "enjoyment": 4, "activity": 4})

    assert "lower is better" not in shown(as_bob)
