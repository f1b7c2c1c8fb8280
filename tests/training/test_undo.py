import datetime as dt

import pytest

from backpain.training import actions
from backpain.training.models import Correction, Run
from tests.factories import CheckInFactory, RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
NOON = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)


def test_a_deleted_run_leaves_the_log_and_can_come_back(as_alice, alice):
    run = RunFactory(runner=alice)

    deleted = as_alice.post(f"/entries/run/{run.uuid}/delete/", follow=True)
    gone = alice.runs.count()
    restored = as_alice.post(f"/entries/run/{run.uuid}/restore/")

    assert f"/entries/run/{run.uuid}/restore/" in deleted.text
    assert gone == 0
    assert restored.url == f"/runs/{run.uuid}/"
    assert alice.runs.get() == run


def test_a_deleted_entry_is_followed_by_a_review(as_alice, alice):
    run = RunFactory(runner=alice, pain_during=8, pain_after=8)
    as_alice.get("/")
    before = alice.advice.newest()

    as_alice.post(f"/entries/run/{run.uuid}/delete/")

    assert alice.advice.newest().facts != before.facts


def test_a_check_in_does_not_come_back_over_another_of_its_day(as_alice, alice):
    first = CheckInFactory(runner=alice, on=dt.date(2026, 3, 14), score=2)
    as_alice.post(f"/entries/check_in/{first.uuid}/delete/")
    second = CheckInFactory(runner=alice, on=dt.date(2026, 3, 14), score=5)

    response = as_alice.post(f"/entries/check_in/{first.uuid}/restore/")

    assert response.url == f"/check-ins/{second.uuid}/"
    assert alice.check_ins.get() == second


def test_a_page_cannot_be_made_to_undo_somebody_elses_entry(as_bob, alice):
    run = RunFactory(runner=alice)

    assert "toast" not in as_bob.get(f"/?saved=run.{run.uuid}").text


@pytest.mark.parametrize(
    "named", ["run", "run.7", "shoe.6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11", "..", "run.\x00"]
)
def test_a_nonsense_name_shows_no_undo(as_alice, named):
    response = as_alice.get("/", {"saved": named})

    assert response.status_code == 200
    assert "toast" not in response.text


def test_an_unknown_kind_is_not_found(as_alice):
    assert as_alice.post("/entries/user/6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11/delete/").status_code == 404


def test_purges_what_was_deleted_a_month_ago_and_nothing_else(alice):
    old = RunFactory(runner=alice, deleted_at=NOON - dt.timedelta(days=31))
    Correction.objects.create(runner=alice, entry=old.uuid, field="effort", old=1, new=2, at=NOON)
    recent = RunFactory(runner=alice, deleted_at=NOON - dt.timedelta(days=29))
    kept = RunFactory(runner=alice)

    count = actions.purge(before=NOON - dt.timedelta(days=30))

    assert count == 1
    assert set(Run.with_deleted.all()) == {recent, kept}
    assert not Correction.objects.exists()
