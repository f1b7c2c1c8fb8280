"""An account goes into another one: all of it into an empty one, and what is missing into any other."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.apps import apps

from backpain.accounts.archive import SETTINGS
from backpain.accounts.forms import SettingsForm
from backpain.accounts.models import CONSENT_VERSION, Consent, User
from backpain.coach.history import SkippedRun, history_from
from backpain.exchange.export import archive_of
from backpain.exchange.formats.archives import in_json
from backpain.exchange.restore import Refused
from backpain.exercises.models import Exercise
from backpain.plan.models import Advice, MoveAnswer, Placement, TipDismissal
from backpain.training import actions
from backpain.training.archive import ENTRIES
from backpain.training.models import Profile, Run, SetDone, Shoe
from backpain.training.review import lock, review, todays_advice
from backpain.training.store import store_history
from tests.coach.stories import calm, story
from tests.conftest import NOON
from tests.exchange.archives import (
    A_RUN,
    DAY,
    account,
    archive_of_a_life,
    both,
    bring_in,
    exported,
    history,
    lived,
    told,
    zipped,
)
from tests.factories import LONG_AGO, UserFactory
from tests.shared import shared
from tests.training.test_store import EVERYTHING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TODAY = NOON.date()
TWO_YEARS_AGO = "2024-03-16"


@pytest.fixture
def archive(alice):
    return archive_of_a_life(alice)


@pytest.fixture
def settled(bob):
    """Bob, who has a log, settings and a plan of his own."""
    bring_in(told(calm().placed("bridge glute-bridge 2x9 reps").history), bob)
    Profile.objects.filter(runner=bob).update(conditions=["cancer-ever"])
    User.objects.filter(pk=bob.pk).update(birth_year=1985)
    bob.refresh_from_db()
    return bob


# Into an empty account


def test_an_empty_account_becomes_the_same(alice, bob):
    lived(alice)
    before = archive_of(alice)

    bring_in(before, bob)

    assert exported(bob) == exported(alice) == both(before)


def test_so_does_one_that_has_looked_at_today_and_nothing_else(archive, bob):
    todays_advice(runner=bob, now=NOON)

    bring_in(archive, bob)

    assert exported(bob) == both(archive)


def test_nothing_is_lost_on_the_way_in_which_a_history_has_no_place_for(archive, bob):
    bring_in(archive, bob)

    data = account(bob)
    run = next(row for row in data["entries"]["runs"] if row["id"] == str(A_RUN))
    assert (run["version"], run["ms_to_save"], run["payload_hash"]) == (2, 9000, "r" * 64)
    assert {row["sat_long"] for row in data["entries"]["check_ins"]} == {None, True}
    assert [row["field"] for row in data["corrections"]] == ["pain_during", "shoe"]
    assert [row["start_m"] for row in data["shoes"]] == [0, 120_000]
    assert [row["version"] for row in data["consents"]] == [CONSENT_VERSION, "2025-01"]
    assert all(data[name] for name in ("run_walk_plans", "flare_plans", "answers", "tip_dismissals"))
    assert {row["was_right"] for row in data["advice"]} == {"", "no"}
    assert {row["advice"] is None for row in data["placements"]} == {True, False}
    assert {row["ended_on"] is None for row in data["placements"]} == {True, False}


OWNED = [*apps.get_app_config("training").get_models(), Advice, MoveAnswer, Placement, TipDismissal, Consent]
SEEN_AS = {"shoe": "shoe__name", "session": "session__uuid", "advice": "advice__given_at"}
MADE_ANEW = {"id", "runner", "deleted_at"}


def columns(table):
    fields = {field.name for field in table._meta.fields} - MADE_ANEW
    fields -= {"uuid"} if table in (Advice, Shoe) else set()  # addresses
    return sorted(SEEN_AS.get(field, field) for field in fields)


def is_told(table, name, value):
    """Tell whether a value of a column is another one than no value at all."""
    is_optional = table._meta.get_field(name.partition("__")[0]).null
    return value is not None if is_optional else bool(value)


def said(table, runner):
    rows = table.objects.filter(runner=runner)
    rows = rows.filter(session__deleted_at=None) if table is SetDone else rows
    return sorted(rows.values(*columns(table)), key=in_json)


def test_every_column_of_a_runners_tables_comes_along(alice, bob):
    """A new one has to be put into the archive, and into the life it is tried with."""
    lived(alice)
    actions.purge(before=NOON + DAY)
    alice.check_ins.filter(on__lt=TODAY).delete()
    store_history(runner=alice, history=history_from(EVERYTHING), now=NOON)
    alice.placements.filter(ended_on=None).update(follows=Exercise.objects.first())
    alice.sessions.update(ordinary_soreness=True)
    for table, _own in ENTRIES.values():
        table.objects.filter(runner=alice, payload_hash="").update(payload_hash="p" * 64)
    review(runner=lock(alice), now=NOON, whole=True)

    bring_in(archive_of(User.objects.get(pk=alice.pk)), bob)

    for table in OWNED:
        rows = said(table, alice)
        assert said(table, bob) == rows, table
        tried = {name for name in columns(table) for row in rows if is_told(table, name, row[name])}
        assert tried == set(columns(table)), table


def test_an_archive_makes_any_number_of_accounts(archive, alice, bob):
    for runner in (bob, UserFactory()):
        bring_in(archive, runner)

        assert exported(runner)["history.json"] == both(archive)["history.json"]


def test_what_a_phone_sent_before_is_not_stored_again(archive, bob):
    bring_in(archive, bob)
    run = {"started_at": NOON, "on": TODAY, "note": "as it was first sent"}

    again = actions.log(Run, runner=bob, uuid=A_RUN, values=run, payload_hash="r" * 64, now=NOON)

    assert again.entry.note == "windy"
    assert bob.runs.filter(uuid=A_RUN).count() == 1


def test_settings_are_those_of_the_archive(alice, bob):
    alice.units, alice.country, alice.theme = "mi", "DE", "dark"
    alice.save()

    bring_in(archive_of(alice), bob)

    bob.refresh_from_db()
    assert (bob.name, bob.units, bob.country, bob.theme, bob.birth_year) == (
        "Alice",
        "mi",
        "DE",
        "dark",
        1990,
    )
    assert bob.email == "bob@example.org"


def test_every_setting_comes_along():
    assert set(SETTINGS) == set(SettingsForm.base_fields)


def test_settings_this_site_does_not_have_stay(alice, bob):
    data = account(alice)
    data["settings"] |= {"time_zone": "Europe/Atlantis", "birth_year": NOON.year - 5, "units": "mi"}

    bring_in(zipped(history=history(alice), account=data), bob)

    bob.refresh_from_db()
    assert (bob.time_zone, bob.birth_year, bob.units) == ("Europe/London", 1985, "mi")


def test_a_history_alone_makes_the_same_history(archive, bob):
    told = both(archive)["history.json"]

    bring_in(told.encode(), bob)

    assert exported(bob)["history.json"] == told


def test_the_day_of_a_run_stays_where_the_runner_was(alice, bob):
    """Logged in Auckland, exported from London."""
    run = Run.objects.create(runner=alice, started_at=NOON, on=TODAY + DAY, entered_at=NOON)

    bring_in(archive_of(alice), bob)

    assert bob.runs.get().on == run.on != bob.day_of(NOON)


@pytest.mark.parametrize("name", ["V01", "V06", "V08", "V10", "V16"])
def test_the_contracts_examples_come_in_go_out_and_come_in_again(name, alice, bob):
    case = json.loads(shared(f"contract/examples/{name}.json").read_text())
    now = dt.datetime.combine(dt.date.fromisoformat(case["on"]), dt.time(12), dt.UTC)

    bring_in(json.dumps(case["history"]).encode(), alice, now=now)
    bring_in(archive_of(User.objects.get(pk=alice.pk)), bob, now=now)

    assert exported(bob) == exported(alice)
    given, out = case["history"], history(bob)
    for kind in ("check_ins", "runs", "sessions", "screenings", "rests", "care", "skipped_runs"):
        assert len(out.get(kind, ())) == len(given.get(kind, ())), kind
    again = bring_in(json.dumps(case["history"]).encode(), bob, now=now)
    assert {new for new, _known in again.values()} == {0}


# Into an account that has something


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


# Into no account


def test_a_failure_at_the_end_stores_nothing(archive, bob, monkeypatch):
    monkeypatch.setattr("backpain.exchange.restore.review", lambda **options: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        bring_in(archive, bob)

    assert not bob.runs.exists() and not bob.advice.exists() and not bob.shoes.exists()
    assert User.objects.get(pk=bob.pk).name == "Bob"


@pytest.mark.parametrize("name", ["placements", "flare_plans", "answers", "consents"])
def test_an_account_that_contradicts_itself_is_refused_as_a_whole(name, archive, bob):
    """Two that go on on one ladder, two gentle days that go on, two answers to one move, two consents in force."""
    data = {file: json.loads(text) for file, text in both(archive).items()}
    rows = data["account.json"][name]
    open_one = next(row for row in rows if row.get("ended_on") is None and row.get("withdrawn_at") is None)
    twin = open_one | ({"version": "2024-01"} if name == "consents" else {})
    rows += [twin, twin | ({"given_at": "2024-02-01T00:00:00Z"} if name == "consents" else {})]

    with pytest.raises(Refused, match="contradicts itself"):
        bring_in(zipped(history=data["history.json"], account=data["account.json"]), bob)

    assert not bob.runs.exists() and not bob.placements.exists() and not bob.advice.exists()
