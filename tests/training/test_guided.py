"""The guided session: what is due, in which order, in the time there is, and what of it is logged."""

import datetime as dt
import uuid

import pytest

from backpain.coach.decision import (
    Decision,
    Dose,
    Evidence,
    Move,
    Reason,
    Running,
    Tip,
    Value,
    Verdict,
)
from backpain.plan.actions import change_placements
from backpain.training.guided import Done, guided, weaker_side
from backpain.training.models import SetDone
from tests.conftest import NOON
from tests.factories import RunFactory, SessionFactory
from tests.retiring import copy, retire
from tests.training.advised import advise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
URL = "/sessions/guided/"
LOG = "/sessions/new/"
MOBILITY = ["cat-cow", "hip-flexor-stretch", "lying-figure-4", "supine-twist"]
PLAN = {
    "side-plank": Dose(exercise="side-plank", sets=2, target=20, unit="s"),
    "front-plank": Dose(exercise="forearm-plank", sets=3, target=25, unit="s"),
    "bridge": Dose(exercise="glute-bridge", sets=3, target=12, unit="reps", hold_s=3),
    "hip-abductor": Dose(exercise="side-lying-leg-raise", sets=3, target=14, unit="reps"),
    "quadruped": Dose(exercise="quadruped-limb-raises", sets=3, target=12, unit="reps"),
}
IN_ORDER = ["forearm-plank", "glute-bridge", "side-plank", "quadruped-limb-raises", "side-lying-leg-raise"]


@pytest.fixture
def plan(alice, catalogue):
    change_placements(runner=alice, to=PLAN, on=dt.date(2026, 3, 1))


@pytest.fixture
def today(alice, plan):
    """Return a function for Alice's session of today, under advice that leaves everything as it is."""
    advise(alice)

    def today(minutes=""):
        return guided(alice, alice.advice.newest(), now=NOON, minutes=minutes)

    return today


def train(runner, exercise, *, on, session=None, **columns):
    """Log a session with one set for each amount: done=[...] or left=[...], right=[...]."""
    at = dt.datetime.combine(on, dt.time(9), dt.UTC)
    session = session or SessionFactory(runner=runner, started_at=at)
    sides = {"done": "", "left": "left", "right": "right"}
    sets = [(sides[name], amount) for name, amounts in columns.items() for amount in amounts]
    for position, (side, amount) in enumerate(sets):
        SetDone.objects.create(
            runner=runner,
            session=session,
            position=position,
            exercise=exercise,
            side=side,
            unit="s",
            done=amount,
        )


def decided(runner, *, moves=(), reasons=(), tips=()):
    """Store today's advice with these moves, reasons and tips."""
    advice = advise(runner)
    running = Running(may_run=True, cap_m=None, warning="none")
    reasons = reasons or advice.decided.reasons
    decision = Decision(verdict=Verdict.REGRESS, reasons=reasons, moves=moves, tips=tips, running=running)
    advice.decision = decision.as_data()
    advice.verdict = "regress"
    advice.save()
    return type(advice).objects.get(pk=advice.pk)


def reason(rule, *values, ladder=None):
    return Reason(
        rule=rule,
        verdict=Verdict.REGRESS,
        grade="limited",
        sources=(),
        evidence=Evidence(values=values),
        ladder=ladder,
    )


def exercises(session):
    return [step.line.exercise for step in session.steps]


def reasons_of(session):
    return {one.name: one.why for one in session.left_out}


def shown(response):
    """Return what the form of a page would send as it is shown, without its pain scores."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", [])}


# What is due, and in which order


def test_puts_mobility_before_the_plan_and_the_plan_in_its_order(today):
    assert exercises(today("30")) == MOBILITY + IN_ORDER


def test_is_the_same_every_time_and_in_every_language(today):
    from django.utils.translation import override

    with override("de"):
        german = exercises(today("15"))

    assert exercises(today("15")) == german


def test_asks_what_the_plan_asks_and_of_mobility_the_least_a_source_gives(today):
    asked = today("30").asked

    assert [asked[f"forearm-plank-{n}"] for n in (1, 2, 3)] == [25, 25, 25]
    assert asked["side-plank-2-right"] == 20
    assert (asked["cat-cow-1"], asked["hip-flexor-stretch-2-left"]) == (8, 20)


def test_the_long_one_has_all_and_the_short_one_leaves_out_whole_exercises(today):
    long, short = today("30"), today("15")

    assert long.left_out == ()
    assert short.takes <= 15
    assert set(reasons_of(short).values()) == {"no time for it today"}
    kept = {step.line.exercise: step for step in long.steps}
    assert all(step == kept[step.line.exercise] for step in short.steps)
    assert exercises(short)[0] == "cat-cow"
    assert len(short.steps) + len(short.left_out) == len(long.steps)


def test_in_a_short_one_what_was_trained_longest_ago_has_its_turn(alice, today):
    for exercise in IN_ORDER[:3]:
        train(alice, exercise, on=dt.date(2026, 3, 13), done=[10])

    assert set(IN_ORDER[3:]) <= set(exercises(today("15")))


def test_something_of_the_plan_is_done_even_where_it_takes_longer(alice, catalogue):
    dose = Dose(exercise="quadruped-limb-raises", sets=10, target=30, unit="reps")
    change_placements(runner=alice, to={"quadruped": dose}, on=dt.date(2026, 3, 1))

    session = guided(alice, advise(alice), now=NOON, minutes="15")

    assert exercises(session)[-1] == "quadruped-limb-raises"


def test_suggests_the_short_one_on_the_day_of_a_run(alice, today):
    assert today().minutes == 30
    RunFactory(runner=alice, started_at=dt.datetime(2026, 3, 16, 7, tzinfo=dt.UTC), activity="walk")
    assert today().minutes == 30
    RunFactory(runner=alice, started_at=dt.datetime(2026, 3, 16, 8, tzinfo=dt.UTC))

    assert (today().minutes, today("30").minutes, today("7").minutes) == (15, 30, 15)


def test_leaves_two_days_between_the_same_exercise(alice, today):
    train(alice, "forearm-plank", on=dt.date(2026, 3, 15), done=[25])
    train(alice, "glute-bridge", on=dt.date(2026, 3, 14), done=[12])

    session = today("30")

    assert reasons_of(session) == {"Forearm plank": "done on Sun 15 Mar, due again on Tue 17 Mar"}
    assert "glute-bridge" in exercises(session)


def test_forgets_a_session_that_was_deleted(alice, today):
    train(alice, "forearm-plank", on=dt.date(2026, 3, 15), done=[25])
    alice.sessions.update(deleted_at=NOON)

    assert today("30").left_out == ()


def test_on_a_day_between_only_mobility_is_left(alice, today, as_alice):
    for exercise in IN_ORDER:
        train(alice, exercise, on=dt.date(2026, 3, 15), done=[10])

    assert exercises(today("30")) == MOBILITY
    assert "Nothing of your plan is due today" in as_alice.get(URL).text


def test_leaves_out_what_today_pauses(alice, plan):
    current = PLAN["front-plank"]
    paused = Move(ladder="front-plank", rule="E-6", kind="pause", from_=current, to=None)

    session = guided(alice, decided(alice, moves=(paused,)), now=NOON, minutes="30")

    assert list(reasons_of(session)) == ["Forearm plank"]


@pytest.mark.parametrize(("bad_on", "is_due"), [(14, False), (13, True)])
def test_leaves_out_an_exercise_that_has_hours_off(alice, plan, bad_on, is_due):
    bad = reason(
        "E-6",
        Value(what="bad_session", value="yes", on=dt.date(2026, 3, bad_on)),
        Value(what="hours_off", value=72, unit="h"),
        ladder="bridge",
    )

    session = guided(alice, decided(alice, reasons=(bad,)), now=NOON, minutes="30")

    assert ("glute-bridge" in exercises(session)) is is_due


@pytest.mark.parametrize(("before", "is_gentle"), [(6, True), (5, False)])
def test_loads_nothing_after_a_high_pain_before_training_today(alice, plan, before, is_gentle):
    hurt = reason("P-9", Value(what="run.before", value=before, unit="/10", on=dt.date(2026, 3, 16)))

    session = guided(alice, decided(alice, reasons=(hurt,)), now=NOON, minutes="30")

    assert session.is_gentle is is_gentle


def test_leaves_out_a_movement_that_hurt(alice, plan):
    tip = Tip(rule="E-13", evidence=Evidence(values=(Value(what="movement", value="cat-cow"),)))

    session = guided(alice, decided(alice, tips=(tip,)), now=NOON, minutes="30")

    assert exercises(session)[:3] == MOBILITY[1:]


def test_does_one_set_fewer_where_today_says_so(alice, plan):
    current = PLAN["front-plank"]
    fewer = Dose(exercise="forearm-plank", sets=2, target=25, unit="s")
    move = Move(ladder="front-plank", rule="E-9", kind="hold", from_=current, to=fewer)

    session = guided(alice, decided(alice, moves=(move,)), now=NOON, minutes="30")

    assert [name for name in session.asked if name.startswith("forearm")] == [
        "forearm-plank-1",
        "forearm-plank-2",
    ]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("verdict", [Verdict.URGENT, Verdict.EMERGENCY])
def test_offers_nothing_while_a_warning_stands(as_alice, alice, verdict):
    advise(alice, verdict=verdict, rule="R-1", may_run=False)

    page = as_alice.get(URL)

    assert "Training waits until a professional has looked at your back." in page.text
    assert 'href="/"' in page.text
    assert not page.context["guided"].steps
    assert "player.js" not in page.text
    assert "as_prescribed" not in page.text


def test_says_where_to_begin_without_a_plan(as_alice, alice):
    page = as_alice.get(URL)

    assert 'href="/start/"' in page.text
    assert "player.js" not in page.text


@pytest.mark.usefixtures("plan")
def test_a_stranger_sees_nothing_of_it(as_bob):
    page = as_bob.get(URL)

    assert not page.context["guided"].has_plan
    assert "Forearm plank" not in page.text


# Sides, pauses and words


def sets(*rows):
    """Return sets, newest session first, from rows of session, side, done and pain."""
    return [
        Done("side-plank", side, done, pain, session, dt.date(2026, 3, 14))
        for session, side, done, pain in rows
    ]


@pytest.mark.parametrize(
    ("done", "weaker"),
    [
        (sets(), "left"),
        (sets((9, "left", 20, None), (9, "right", 20, None)), "left"),
        (sets((9, "left", 20, None), (9, "right", 18, None)), "right"),
        (sets((9, "left", 20, 1), (9, "right", 20, 3)), "right"),
        (sets((9, "left", 18, None), (9, "right", 20, 4)), "left"),  # what was done counts first
        (
            sets(
                (9, "left", 20, None), (9, "right", 20, None), (8, "left", 20, None), (8, "right", 15, None)
            ),
            "right",
        ),
        (  # before the last two sessions
            sets(
                *((session, side, 20, None) for session in (9, 8) for side in ("left", "right")),
                (7, "left", 20, None),
                (7, "right", 5, None),
            ),
            "left",
        ),
    ],
)
def test_the_weaker_side_is_the_one_that_did_less_else_that_hurt_more(done, weaker):
    assert weaker_side(done) == weaker


def test_begins_with_the_weaker_side(alice, today):
    train(alice, "side-plank", on=dt.date(2026, 3, 12), left=[20, 20], right=[20, 17])

    step = next(step for step in today("30").steps if step.line.exercise == "side-plank")

    assert [(turn.side, turn.gap, turn.gap_s, turn.seconds) for turn in step.turns()] == [
        ("right", "ready", 15, 20),
        ("left", "switch", 5, 20),
        ("right", "rest", 30, 20),
        ("left", "switch", 5, 20),
    ]
    assert step.dose == "2 × 20 s each side, the right side first"


def test_what_was_done_under_an_earlier_name_counts(alice, today):
    copy("side-plank", to="old-side-plank")
    train(alice, "old-side-plank", on=dt.date(2026, 3, 15), left=[20, 20], right=[20, 17])
    before = today("30")
    retire("old-side-plank", "side-plank", merged=True)

    after = today("30")

    assert "side-plank" in exercises(before)
    assert reasons_of(after)["Side plank"] == "done on Sun 15 Mar, due again on Tue 17 Mar"


def test_takes_time_for_each_repetition_and_its_hold(today):
    bridge = next(step for step in today("30").steps if step.line.exercise == "glute-bridge")
    raises = next(step for step in today("30").steps if step.line.exercise == "side-lying-leg-raise")

    assert {turn.seconds for turn in bridge.turns()} == {12 * (2 + 3 + 2)}
    assert {turn.seconds for turn in raises.turns()} == {14 * (2 + 2)}


def test_says_each_phase_in_a_sentence(today):
    turns = [turn for turn in today("30").as_data()["turns"] if turn["exercise"] == "side-plank"]

    assert [(turn["before"], turn["text"]) for turn in turns[:3]] == [
        ("Get ready: side plank.", "Hold 20 s, left side. Set 1 of 2"),
        ("Switch sides.", "Hold 20 s, right side. Set 1 of 2"),
        ("Rest.", "Hold 20 s, left side. Set 2 of 2"),
    ]


def test_has_the_rung_below_ready_with_its_starting_dose(today):
    session = today("30")
    easier = {step.line.exercise: step.easier for step in session.steps}

    assert (easier["forearm-plank"].line.exercise, easier["forearm-plank"].dose) == ("knee-plank", "3 × 15 s")
    assert easier["side-plank"].line.exercise == "modified-side-plank-lifts"
    assert easier["glute-bridge"] is None  # the lowest of its ladder
    assert easier["cat-cow"] is None


# What is logged


@pytest.fixture
def page(as_alice, today):
    return as_alice.get(f"{URL}?minutes=30")


def test_stands_in_the_form_as_asked_with_nothing_said_about_pain(page):
    values = shown(page)

    assert (values["forearm-plank-3"], values["cat-cow-1"], values["side-plank-1-left"]) == (25, 8, 20)
    assert not [name for name in values if "pain" in name or name.endswith("-form")]
    assert f'action="{LOG}"' in page.text
    assert "data-outbox" in page.text


def test_logs_what_the_list_says_without_javascript(page, as_alice, alice):
    sent = shown(page) | {"forearm-plank-3": "22", "forearm-plank-form": "yes", "pain_during": "2"}

    assert as_alice.post(LOG, sent).status_code == 302
    plank = alice.sets.filter(exercise="forearm-plank").order_by("position")
    assert [(row.done, row.target, row.good_form) for row in plank] == [
        (25, 25, True),
        (25, 25, True),
        (22, 25, True),
    ]
    assert (
        list(alice.sets.filter(exercise="hip-flexor-stretch").values_list("side", flat=True))
        == ["left", "right"] * 2
    )
    assert alice.sessions.get().pain_during == 2


def test_keeps_pain_with_the_set_that_hurt(page, as_alice, alice):
    sent = shown(page) | {"forearm-plank-2": "9", "forearm-plank-2-pain": "6", "forearm-plank-pain": "1"}
    as_alice.post(LOG, sent)

    plank = alice.sets.filter(exercise="forearm-plank").order_by("position")
    assert [(row.done, row.pain) for row in plank] == [(25, 1), (9, 6), (25, 1)]

    url = f"/sessions/{alice.sessions.get().uuid}/"
    edited = shown(as_alice.get(url))
    assert [edited[f"forearm-plank-{n}-pain"] for n in (1, 2, 3)] == [1, 6, 1]
    as_alice.post(url, edited | {"forearm-plank-2-pain": "4", "version": "1"})
    assert [row.pain for row in plank.all()] == [1, 4, 1]
    before = alice.corrections.get(field="sets").old
    assert [one["pain"] for one in before if one["exercise"] == "forearm-plank"] == [1, 6, 1]


@pytest.mark.parametrize("typed", ["11", "-1", "6.5", "much"])
def test_refuses_a_pain_that_cannot_be_and_keeps_what_was_typed(page, as_alice, typed):
    refused = as_alice.post(LOG, shown(page) | {"forearm-plank-2-pain": typed})

    assert refused.status_code == 422
    assert "Give a whole number from 0 to 10." in refused.text
    assert f'value="{typed}"' in refused.text


def test_logs_the_easier_rung_as_what_it_is(page, as_alice, alice):
    sent = {name: value for name, value in shown(page).items() if not name.startswith("forearm")}
    as_alice.post(
        LOG, sent | {"forearm-plank-1": "5", "forearm-plank-1-pain": "4", "easier-knee-plank-1": "15"}
    )

    rows = alice.sets.filter(exercise__endswith="plank", side="").order_by("position")
    assert [(row.exercise, row.done, row.target, row.pain) for row in rows] == [
        ("forearm-plank", 5, 25, 4),
        ("knee-plank", 15, 15, None),
    ]


def test_tells_the_same_exercise_in_another_unit_apart(as_alice, alice, catalogue):
    dose = Dose(exercise="glute-bridge", sets=2, target=15, unit="s")
    change_placements(runner=alice, to={"bridge": dose}, on=dt.date(2026, 3, 1))
    sent = shown(as_alice.get(URL)) | {"easier-glute-bridge-1": "10"}

    as_alice.post(LOG, sent)

    rows = alice.sets.filter(exercise="glute-bridge").order_by("position")
    assert [(row.unit, row.done, row.hold_s) for row in rows] == [
        ("s", 15, None),
        ("s", 15, None),
        ("reps", 10, 3),
    ]


def test_a_refused_form_still_has_what_was_done_of_the_easier_one(page, as_alice):
    refused = as_alice.post(LOG, shown(page) | {"easier-knee-plank-1": "15", "pain_after": "11"})

    assert refused.status_code == 422
    assert 'name="easier-knee-plank-1" value="15"' in refused.text


@pytest.mark.parametrize("plan_sent", ["x.y", ".", "knee-plank.s.9", "knee-plank.min", "." * 300, "9" * 30])
def test_takes_no_notice_of_an_origin_that_is_none(as_alice, alice, today, plan_sent):
    sent = {
        "uuid": str(uuid.uuid4()),
        "started_at": "2026-03-16T07:00",
        "forearm-plank-1": "20",
        "plan": plan_sent,
    }

    assert as_alice.post(LOG, sent).status_code == 302
    assert alice.sets.get().exercise == "forearm-plank"


def test_one_tap_saves_every_target_and_asks_for_the_pain_next(page, as_alice, alice):
    sent = shown(page) | {"as_prescribed": "1"}

    saved = as_alice.post(LOG, sent)
    as_alice.post(LOG, sent)

    session = alice.sessions.get()
    scores = f"/sessions/{session.uuid}/scores/"
    assert saved["Location"] == f"{scores}?saved=session.{session.uuid}"
    assert {row.done for row in alice.sets.filter(exercise="forearm-plank")} == {25}
    assert (session.pain_before, session.pain_during, session.pain_after) == (None, None, None)

    asked = as_alice.get(saved["Location"])
    assert "Saved" in asked.text
    assert 'name="forearm-plank-1"' not in asked.text
    answer = {"uuid": str(session.uuid), "version": "1", "started_at": "2026-03-16T12:00:00"}
    said = {"pain_before": "1", "pain_during": "2", "pain_after": "1", "forearm-plank-form": "yes"}
    assert as_alice.post(scores, answer | said).status_code == 302
    session.refresh_from_db()
    assert (session.pain_before, session.pain_during, session.pain_after) == (1, 2, 1)
    assert {row.good_form for row in alice.sets.filter(exercise="forearm-plank")} == {True}
    assert {row.good_form for row in alice.sets.exclude(exercise="forearm-plank")} == {None}


def test_a_stranger_cannot_answer_for_it(page, as_alice, as_bob, alice):
    as_alice.post(LOG, shown(page))
    url = f"/sessions/{alice.sessions.get().uuid}/scores/"

    assert (as_bob.get(url).status_code, as_bob.post(url, {"pain_after": "9"}).status_code) == (404, 404)


def test_knows_which_sessions_kept_on_a_device_are_saved(page, as_alice, alice):
    as_alice.post(LOG, shown(page))
    session = alice.sessions.get()

    assert f'data-saved="{session.uuid}"' in as_alice.get(URL).text
    assert f'data-runner="{alice.uuid}"' in as_alice.get(URL).text
    as_alice.post(f"/entries/session/{session.uuid}/delete/")
    assert 'data-saved=""' in as_alice.get(URL).text


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("url", ["/", "/plan/", "/sessions/new/"])
def test_is_one_tap_away(as_alice, url):
    assert f'href="{URL}"' in as_alice.get(url).text
