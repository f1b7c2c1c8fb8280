import datetime as dt

import pytest

from tests.factories import CheckInFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
URL = "/start/"


@pytest.fixture
def answers(all_no):
    return {
        "uuid": "5d9a4d7e-13a4-4f0f-8a7f-bb0b7cc1a001",
        "pain_began_on": "2026-03-10",
        "score": "2",
        "sites": ["low-back-middle"],
        "first_ever_episode": "false",
        "episodes_last_12_months": "2",
        "equipment": ["weights"],
        "conditions": ["steroids-3-months"],
        **all_no,
    }


def test_keeps_profile_check_in_and_screen_and_reviews_once(as_alice, alice, answers):
    response = as_alice.post(URL, answers)

    profile = alice.profile
    assert response.url == "/"
    assert profile.pain_began_on == dt.date(2026, 3, 10)
    assert (profile.first_ever_episode, profile.episodes_last_12_months) == (False, 2)
    assert (profile.equipment, profile.conditions) == (["weights"], ["steroids-3-months"])
    assert (alice.check_ins.get().score, alice.check_ins.get().sites) == (2, ["low-back-middle"])
    assert alice.screenings.get().kind == "full"
    assert alice.advice.count() == 1


def test_the_first_four_passed_become_the_plan(as_alice, alice, answers):
    candidates = [c.slug for c, _field in as_alice.get(URL).context["form"].trials()]
    passed = {f"try-{slug}": "no" if number == 1 else "yes" for number, slug in enumerate(candidates)}

    as_alice.post(URL, answers | passed)

    placed = alice.placements.in_force().values_list("exercise__slug", flat=True)
    assert len(candidates) >= 8
    assert set(placed) == {candidates[0], candidates[2], candidates[3], candidates[4]}


def test_sent_twice_it_starts_once(as_alice, alice, answers):
    as_alice.post(URL, answers | {"try-superman": "yes"})
    as_alice.post(URL, answers | {"try-superman": "yes"})

    assert (alice.check_ins.count(), alice.screenings.count(), alice.placements.count()) == (1, 1, 1)


def test_the_list_begins_with_the_easiest_of_the_source(as_alice):
    candidates = [c.slug for c, _field in as_alice.get(URL).context["form"].trials()]

    assert candidates[:3] == ["superman", "beetle", "single-leg-balance"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("pain_began_on", "2026-04-01"),
        ("score", ""),
        ("score", "11"),
        ("episodes_last_12_months", "51"),
        ("episodes_last_12_months", "-1"),
        ("conditions", ["flu"]),
        ("fever", ""),
        ("fever", "perhaps"),
    ],
)
def test_says_what_is_missing_and_keeps_what_was_typed(as_alice, alice, answers, field, typed):
    response = as_alice.post(URL, answers | {field: typed})

    form = response.context["form"]
    assert response.status_code == 422
    assert field in form.errors
    assert form["equipment"].value() == ["weights"]
    assert not alice.screenings.exists()
    assert not alice.check_ins.exists()


def test_nothing_is_kept_without_consent(as_alice, alice, answers):
    alice.consents.update(withdrawn_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))

    response = as_alice.post(URL, answers)

    assert response.url == "/welcome/"
    assert not alice.screenings.exists()


def test_corrects_the_check_in_of_today_and_keeps_what_it_said(as_alice, alice, answers):
    CheckInFactory(runner=alice, on=dt.date(2026, 3, 16), score=1)

    as_alice.post(URL, answers | {"score": "5"})

    assert alice.check_ins.get().score == 5
    assert [(c.field, c.old, c.new) for c in alice.corrections.all()][:1] == [("score", 1, 5)]
