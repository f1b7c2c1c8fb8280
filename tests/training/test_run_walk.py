import datetime as dt

import pytest

from backpain.coach.decision import Verdict
from backpain.coach.returning import STAGES
from backpain.training.history import history_of
from backpain.training.models import RunWalkPlan
from tests.training.advised import advise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
PAGE = "/returning/"
ID = "6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11"
TODAY = dt.date(2026, 3, 16)


def cells(page):
    """Return the numbers of the table of stages."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [row.split("</tr>")[0] for row in body.split("<tr")[1:]]


def test_shows_the_seven_stages(as_alice):
    rows = cells(as_alice.get(PAGE).text)

    assert len(rows) == 7
    assert "8 min" in rows[4] and "2 min" in rows[4] and "40 min" in rows[4]
    assert "30 min" in rows[6] and "–" in rows[6]


def test_marks_the_stage_of_the_newest_advice(as_alice, alice):
    advise(alice, stage=3)

    page = as_alice.get(PAGE).text

    assert "Stage 3 of 7" in page
    assert ['aria-current="step"' in row for row in cells(page)] == [n == 3 for n in range(1, 8)]
    assert "Walk 5 min. Then 6 times: run 3 min, walk 2 min. Walk 5 min. 40 min in all." in page


def test_today_shows_the_stage_in_force(as_alice, alice):
    advise(alice, stage=2)

    assert "Run-walk plan: stage 2" in as_alice.get("/").text


def test_today_has_no_such_line_without_a_stage(as_alice, alice):
    advise(alice)

    assert "Run-walk plan: stage" not in as_alice.get("/").text


def test_can_be_started_and_stopped(as_alice, alice):
    as_alice.post("/returning/start/")
    started = history_of(alice, on=None).run_walk_since
    as_alice.post("/returning/stop/")

    assert started == TODAY
    assert alice.run_walk_plans.get().ended_on == TODAY
    assert history_of(alice, on=None).run_walk_since is None


def test_starting_puts_the_runner_on_the_first_stage(as_alice, alice):
    page = as_alice.post("/returning/start/", follow=True).text

    assert alice.advice.newest().decided.running.stage == 1
    assert "Stage 1 of 7" in page


def test_a_second_start_keeps_the_first(as_alice, alice, at_noon):
    as_alice.post("/returning/start/")
    at_noon.shift(dt.timedelta(days=3))
    as_alice.post("/returning/start/")

    assert alice.run_walk_plans.get().started_on == TODAY


def test_can_be_started_again_after_a_stop(as_alice, alice):
    for step in ("start", "stop", "start"):
        as_alice.post(f"/returning/{step}/")

    assert sorted(plan.ended_on is None for plan in RunWalkPlan.objects.filter(runner=alice)) == [False, True]


def test_does_not_start_while_running_is_off_and_says_why(as_alice, alice):
    as_alice.post(
        "/check-ins/new/", {"uuid": ID, "on": "2026-03-16", "score": "7"}
    )  # W-6b: no running, and the nerve questions are due

    response = as_alice.post("/returning/start/")

    assert response.status_code == 422
    assert "running is off for the moment" in response.text
    assert 'class="why"' in response.text
    assert not alice.run_walk_plans.exists()


def test_starting_is_not_offered_while_running_is_off(as_alice, alice):
    advise(alice, may_run=False)

    assert "/returning/start/" not in as_alice.get(PAGE).text


@pytest.mark.parametrize("verdict", [Verdict.URGENT, Verdict.EMERGENCY])
def test_has_nothing_to_tap_while_training_is_locked(as_alice, alice, verdict):
    advise(alice, verdict=verdict, may_run=False, stage=1)

    page = as_alice.get(PAGE).text

    assert "/returning/log/" not in page
    assert "Training waits until a professional has looked at your back." in page


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: str(stage.number))
def test_one_tap_logs_the_run_of_a_stage_that_ended_now(as_alice, alice, stage):
    response = as_alice.post("/returning/log/", {"uuid": ID, "what": str(stage.number)})

    run = alice.runs.get()
    assert response.url == f"/runs/{ID}/scores/?saved=run.{ID}"
    assert (run.stage, run.kind, run.activity) == (stage.number, "easy", "")
    assert run.duration_s == 40 * 60
    assert run.started_at == dt.datetime(2026, 3, 16, 11, 20, tzinfo=dt.UTC)
    assert {run.pain_before, run.pain_during, run.pain_after, run.pain_next_morning} == {None}


def test_one_tap_logs_a_brisk_walk(as_alice, alice):
    as_alice.post("/returning/log/", {"uuid": ID, "what": "walk"})

    walk = alice.runs.get()
    assert (walk.activity, walk.duration_s, walk.stage, walk.kind) == ("walk", 1800, None, "")


def test_an_outing_over_midnight_belongs_to_the_day_it_began(as_alice, alice, at_noon):
    at_noon.move_to(dt.datetime(2026, 3, 17, 0, 10, tzinfo=dt.UTC))

    as_alice.post("/returning/log/", {"uuid": ID, "what": "1"})

    assert alice.runs.get().on == TODAY


def test_a_second_tap_logs_nothing_more(as_alice, alice, at_noon):
    as_alice.post("/returning/log/", {"uuid": ID, "what": "1"})
    at_noon.shift(5)
    again = as_alice.post("/returning/log/", {"uuid": ID, "what": "1"})

    assert alice.runs.count() == 1
    assert again.url == f"/runs/{ID}/scores/?saved=run.{ID}"


def test_a_tap_on_an_old_page_does_not_bring_back_what_was_undone(as_alice, alice):
    as_alice.post("/returning/log/", {"uuid": ID, "what": "1"})
    as_alice.post(f"/entries/run/{ID}/delete/")

    again = as_alice.post("/returning/log/", {"uuid": ID, "what": "1"})

    assert again.url == PAGE
    assert not alice.runs.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"what": "8"}, {"what": "walk", "uuid": "7"}, {"uuid": ID, "what": "0"}]
)
def test_an_unknown_outing_is_refused(as_alice, alice, sent):
    assert as_alice.post("/returning/log/", sent).status_code == 400
    assert not alice.runs.exists()


def test_the_scores_are_asked_next_and_change_nothing_else(as_alice, alice):
    as_alice.post("/returning/log/", {"uuid": ID, "what": "walk"})
    page = as_alice.get(f"/runs/{ID}/scores/?saved=run.{ID}")
    before = alice.runs.values("started_at", "duration_s", "activity", "stage").get()

    saved = as_alice.post(f"/runs/{ID}/scores/", {"version": "1", "pain_before": "1", "pain_during": "2"})

    walk = alice.runs.get()
    assert f"/entries/run/{ID}/delete/" in page.text
    assert " checked" not in page.text.replace('value="" id="id_pain', "")
    assert saved.status_code == 302
    assert (walk.pain_before, walk.pain_during, walk.pain_after) == (1, 2, None)
    assert alice.runs.values("started_at", "duration_s", "activity", "stage").get() == before


def test_the_scores_of_a_stranger_are_not_found(as_alice, as_bob):
    as_alice.post("/returning/log/", {"uuid": ID, "what": "1"})

    assert as_bob.get(f"/runs/{ID}/scores/").status_code == 404
    assert as_bob.post(f"/runs/{ID}/scores/", {"version": "1", "pain_during": "9"}).status_code == 404


def test_a_strangers_plan_is_not_the_runners(as_alice, as_bob, alice, bob):
    as_alice.post("/returning/start/")
    as_bob.post("/returning/stop/")

    assert alice.run_walk_plans.get().ended_on is None
    assert not bob.run_walk_plans.exists()


def test_after_a_month_off_walks_come_first(as_alice, alice):
    alice.check_ins.create(on=dt.date(2026, 1, 1), score=1, entered_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    as_alice.get("/")

    page = as_alice.get(PAGE).text

    assert "L-5" in {reason.rule for reason in alice.advice.newest().decided.reasons}
    assert "I just walked briskly for 30 min" in page
    assert "I just did stage" not in page


def test_a_run_of_a_stage_can_be_logged_with_a_day_of_its_own_and_corrected(as_alice, alice):
    form = {"uuid": ID, "started_at": "2026-03-14T08:00", "duration": "40"}
    as_alice.post("/runs/new/", form | {"stage": "2"})
    logged = alice.runs.get().stage
    as_alice.post(f"/runs/{ID}/", form | {"stage": "3", "version": "1"})

    assert (logged, alice.runs.get().stage) == (2, 3)
    assert [(c.field, c.old, c.new) for c in alice.corrections.all()] == [("stage", 2, 3)]


def test_says_why_the_next_run_has_to_wait(as_alice, alice):
    as_alice.post("/returning/start/")
    as_alice.post("/returning/log/", {"uuid": ID, "what": "1"})

    page = as_alice.get(PAGE).text

    assert "No running for now" in page
    assert "18 Mar" in page
    assert "I just did stage" not in page
