"""An account goes into an empty one: all of it or nothing."""

import datetime as dt
import json

import pytest
from django.apps import apps

from backpain.accounts.archive import SETTINGS
from backpain.accounts.forms import SettingsForm
from backpain.accounts.models import CONSENT_VERSION, Consent, User
from backpain.coach.history import history_from
from backpain.exchange.export import archive_of
from backpain.exchange.formats.archives import in_json
from backpain.exchange.restore import Refused
from backpain.exercises.models import Exercise
from backpain.plan.models import Advice, MoveAnswer, Placement, TipDismissal
from backpain.training import actions
from backpain.training.archive import ENTRIES
from backpain.training.models import Run, SetDone, Shoe
from backpain.training.review import lock, review, todays_advice
from backpain.training.store import store_history
from tests.conftest import NOON
from tests.exchange.archives import (
    A_RUN,
    DAY,
    account,
    both,
    bring_in,
    exported,
    history,
    lived,
    zipped,
)
from tests.factories import UserFactory
from tests.shared import shared
from tests.training.test_store import EVERYTHING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TODAY = NOON.date()


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
