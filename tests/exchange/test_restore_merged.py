"""An account goes into one that has something: what is missing there comes in, and what stands stays."""

import datetime as dt
from dataclasses import replace

import pytest

from backpain.accounts.models import CONSENT_VERSION, User
from backpain.coach.history import SkippedRun
from backpain.exchange.export import archive_of
from backpain.training import actions
from backpain.training.models import Profile
from backpain.training.review import todays_advice
from tests.coach.stories import calm, story
from tests.conftest import NOON
from tests.exchange.archives import (
    A_RUN,
    DAY,
    bring_in,
    exported,
    told,
)
from tests.factories import LONG_AGO, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TODAY = NOON.date()
TWO_YEARS_AGO = "2024-03-16"


@pytest.fixture
def settled(bob):
    """Bob, who has a log, settings and a plan of his own."""
    bring_in(told(calm().placed("bridge glute-bridge 2x9 reps").history), bob)
    Profile.objects.filter(runner=bob).update(conditions=["cancer-ever"])
    User.objects.filter(pk=bob.pk).update(birth_year=1985)
    bob.refresh_from_db()
    return bob


def test_a_second_time_adds_nothing(archive, bob):
    bring_in(archive, bob)
    before = exported(bob)

    counts = bring_in(archive, bob)

    assert {new for new, _known in counts.values()} == {0}
    assert exported(bob) == before


def test_entries_of_another_account_are_known_by_what_they_say(alice, bob):
    """The same file went into both before, where its entries got ids of their own."""
    one = told(calm().run("03-10 5000 m 0/1/1/0").skipped("03-12").rest("03-07", "03-09", 4, 2).history)
    for runner in (alice, bob):
        bring_in(one, runner)

    counts = bring_in(archive_of(alice), bob)

    assert {kind: new for kind, (new, _known) in counts.items() if new} == {}


def test_a_run_of_two_watches_is_one(bob):
    bring_in(told(story().run("03-10 5000 m 0/1/1/0").history), bob)
    twin = told_run(story().run("03-10 5030 m 1/1/1/1"), seconds=2)
    longer = told_run(story().run("03-10 5300 m 1/1/1/1"), seconds=1)
    later = told_run(story().run("03-10 5000 m 1/1/1/1"), seconds=3)

    assert bring_in(twin, bob)["Runs and walks"] == (0, 1)
    assert bring_in(longer, bob)["Runs and walks"] == (1, 0)
    assert bring_in(later, bob)["Runs and walks"] == (1, 0)


def told_run(told_story, *, seconds):
    run = told_story.history.runs[0]
    moved = replace(run, started_at=run.started_at + dt.timedelta(seconds=seconds))
    return told(replace(told_story.history, runs=(moved,)))


def test_two_alike_in_one_file_are_two(bob):
    skipped = SkippedRun(on=TODAY, because="other")
    twice = told(replace(story().history, skipped_runs=(skipped, skipped)))

    assert bring_in(twice, bob)["Skipped runs"] == (2, 0)
    assert bring_in(twice, bob)["Skipped runs"] == (0, 2)


def test_what_stands_stays_as_it_is(archive, settled):
    settled.check_ins.filter(on=TODAY - DAY).update(note="mine")
    settled.shoes.create(name="Trail", start_m=5)

    bring_in(archive, settled)

    settled.refresh_from_db()
    assert settled.check_ins.get(on=TODAY - DAY).note == "mine"
    assert settled.shoes.get(name="Trail").start_m == 5
    assert (settled.name, settled.birth_year) == ("Bob", 1985)
    assert settled.profile.conditions == ["cancer-ever"]
    assert [row.target for row in settled.placements.filter(ladder__slug="bridge")] == [9]
    assert settled.placements.filter(ladder__slug="quadruped").exists()


def test_settings_come_in_where_they_are_asked_for(archive, settled):
    bring_in(archive, settled, with_settings=True)

    settled.refresh_from_db()
    assert (settled.name, settled.birth_year) == ("Alice", 1990)
    assert settled.profile.conditions == []


def test_what_was_deleted_here_does_not_come_back(archive, bob):
    bring_in(archive, bob)
    actions.delete(bob.runs.get(uuid=A_RUN), now=NOON)

    assert bring_in(archive, bob)["Runs and walks"][0] == 0
    assert not bob.runs.filter(uuid=A_RUN).exists()


def test_what_one_of_two_alike_accounts_deletes_for_good_takes_nothing_from_the_other(archive, alice, bob):
    dora = UserFactory()
    for runner in (bob, dora):
        bring_in(archive, runner)
    before = exported(dora)

    actions.delete(bob.runs.get(uuid=A_RUN), now=NOON)
    actions.purge(before=NOON + DAY)

    assert not bob.corrections.exists()
    assert exported(dora) == before


def test_the_earlier_day_of_the_same_consent_stays_and_past_ones_are_added(alice, bob):
    alice.consents.update(given_at=LONG_AGO - DAY)
    alice.consents.create(version="2025-01", given_at=LONG_AGO, withdrawn_at=NOON)
    archive = archive_of(alice)

    for _time in range(2):
        bring_in(archive, bob)

    assert list(bob.consents.order_by("given_at").values_list("version", "given_at", "withdrawn_at")) == [
        (CONSENT_VERSION, LONG_AGO - DAY, None),
        ("2025-01", LONG_AGO, NOON),
    ]


def test_a_later_day_of_the_same_consent_changes_nothing(alice, bob):
    alice.consents.update(given_at=NOON)

    bring_in(archive_of(alice), bob)

    assert bob.consents.get().given_at == LONG_AGO


def test_advice_that_was_given_before_stands_before_ones_own_in_the_log(archive, settled, as_bob, at_noon):
    own = todays_advice(runner=settled, now=NOON)

    bring_in(archive, settled)

    assert settled.advice.newest().given_at == NOON
    assert own.given_at == NOON
    page = as_bob.get("/advice/").text
    addresses = [page.index(str(row.uuid)) for row in settled.advice.order_by("-given_at", "-pk")]
    assert addresses == sorted(addresses)


def test_own_advice_of_later_days_is_marked_as_of_an_entry_corrected_since(settled):
    todays_advice(runner=settled, now=NOON - DAY)

    bring_in(told(story().run("03-10 5000 m 0/1/1/0").history), settled)

    assert settled.advice.get(on=TODAY - DAY).entry_corrected_at == NOON


def test_a_warning_sign_that_still_stands_is_not_forgotten(bob, alice):
    """However old it is, and whatever was advised in the account that came in."""
    flagged = calm().screen(TWO_YEARS_AGO, saddle_numbness="yes")
    bring_in(told(flagged.history), bob)
    assert bob.advice.newest().locks
    bring_in(told(calm().history), alice)

    bring_in(archive_of(alice), bob)

    assert bob.advice.newest().locks


def test_it_is_reviewed_once_for_today(archive, bob):
    bring_in(archive, bob, now=NOON + 2 * DAY)

    assert bob.advice.filter(on__gt=TODAY).count() == 1
    assert bob.advice.newest().on == TODAY + 2 * DAY


def test_another_runner_has_nothing_of_it(archive, bob):
    dora = UserFactory()

    bring_in(archive, bob)

    assert not dora.runs.exists() and not dora.advice.exists() and not dora.shoes.exists()
