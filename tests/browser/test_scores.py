"""Runs that came without a pain score, answered with one tap each."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.catalogue import put_catalogue
from tests.conftest import NOON
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def runs(alice, sign_in):
    """Alice, signed in, with three runs that came without scores, newest first."""
    put_catalogue()
    runs = [
        RunFactory(runner=alice, started_at=NOON - dt.timedelta(days=days), distance_m=5000.0 + days)
        for days in (4, 6, 9)
    ]
    sign_in(alice)
    return runs


def card(page, run):
    return page.locator(f"#run-{run.uuid}")


def score(page, run, value):
    card(page, run).locator(f'label:has(input[value="{value}"][type=radio])').click()


def test_each_is_answered_with_one_tap_taken_back_or_forgotten(page, runs, axe):
    page.goto("/")
    page.get_by_role("link", name="Say how your back was").tap()

    score(page, runs[0], 3)
    expect(card(page, runs[0])).to_contain_text("Noted: pain 3 after it, in the raised range.")
    card(page, runs[0]).get_by_role("button", name="Undo").tap()
    expect(card(page, runs[0]).get_by_role("group")).to_be_visible()
    score(page, runs[0], 2)
    expect(card(page, runs[0])).to_contain_text("Noted: pain 2 after it, in the low range.")
    page.get_by_role("button", name="I do not remember any of them").tap()
    expect(card(page, runs[2])).to_contain_text("Noted: pain not recorded.")
    expect(page.get_by_text("That was the last one.")).to_be_visible()
    axe(page)
    page.locator("#rest").get_by_role("link", name="Today").tap()

    expect(page.get_by_role("heading", name="no pain score yet")).to_have_count(0)
    for run in runs:
        run.refresh_from_db()
    assert [run.pain_after for run in runs] == [2, None, None]
    assert [run.next_morning_retrospective for run in runs] == [None, False, False]


@pytest.mark.parametrize("page", ["phone, no JavaScript"], indirect=True)
def test_without_javascript_a_button_saves(page, runs):
    page.goto("/runs/scores/")

    score(page, runs[1], 4)
    card(page, runs[1]).get_by_role("button", name="Save").click()
    expect(card(page, runs[1])).to_contain_text("Noted: pain 4 after it, in the raised range.")
    card(page, runs[0]).get_by_role("button", name="I do not remember").click()
    expect(card(page, runs[0])).to_contain_text("Noted: pain not recorded.")

    for run in runs:
        run.refresh_from_db()
    assert [run.pain_after for run in runs] == [None, 4, None]
    assert [run.next_morning_retrospective for run in runs] == [False, None, None]
