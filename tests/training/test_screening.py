import datetime as dt

import pytest

from backpain.training.models import Profile
from tests.factories import CheckInFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
URL = "/screening/"
ID = {"uuid": "f0d6a1b2-6d7c-4a55-8d0e-0f2f6a9b1c22"}


def test_keeps_a_full_screen(as_alice, alice, all_no):
    response = as_alice.post(URL, ID | all_no)

    kept = alice.screenings.get()
    assert response.status_code == 302
    assert (kept.kind, kept.answers) == ("full", all_no)


def test_asks_for_the_answers_that_are_missing(as_alice, alice, all_no):
    response = as_alice.post(URL, ID | all_no | {"fever": ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["fever"]
    assert response.context["form"]["both_legs"].value() == "no"
    assert not alice.screenings.exists()


def test_takes_a_sign_that_means_hospital_whatever_else_is_unanswered(as_alice, alice):
    response = as_alice.post(URL, ID | {"saddle_numbness": "yes"}, follow=True)

    assert (alice.screenings.get().kind, alice.screenings.get().answers) == ("", {"saddle_numbness": "yes"})
    assert alice.advice.newest().verdict == "emergency"
    assert response.templates[0].name == "training/emergency.html"


def test_an_emergency_stays_on_today_until_care_and_a_full_screen(as_alice, alice, all_no, at_noon):
    as_alice.post(URL, ID | {"bladder_change": "yes"})
    as_alice.post(URL, {"uuid": "1c1a1f80-3f8e-4b5a-9a55-7d2a35a8d000"} | all_no)
    still = alice.advice.newest().verdict
    at_noon.shift(86_400)
    as_alice.post(
        "/care/new/",
        {
            "uuid": "1c1a1f80-3f8e-4b5a-9a55-7d2a35a8d001",
            "on": "2026-03-17",
            "assessed": "on",
            "clears": "on",
        },
    )
    before_screen = alice.advice.newest().verdict
    as_alice.post(URL, {"uuid": "1c1a1f80-3f8e-4b5a-9a55-7d2a35a8d002"} | all_no)

    assert (still, before_screen) == ("emergency", "emergency")
    assert alice.advice.newest().verdict not in {"urgent", "emergency"}


def test_an_emergency_page_has_one_action_and_no_navigation(as_alice, alice):
    alice.country = "GB"
    alice.save()

    page = as_alice.post(URL, ID | {"saddle_numbness": "yes"}, follow=True).text

    assert 'href="tel:999"' in page
    assert "<nav" not in page
    assert "<form" not in page


def test_the_nerve_set_asks_seven_questions(as_alice):
    form = as_alice.get(URL, {"kind": "nerve"}).context["form"]

    assert [question.item for question in form.asked] == [
        "saddle_numbness",
        "bladder_change",
        "bowel_change",
        "sexual_change",
        "both_legs",
        "foot_drop_or_weakness",
        "one_leg_nerve",
    ]


def test_only_sexual_change_may_be_left_unsaid(as_alice, alice, all_no):
    said = as_alice.post(URL, ID | all_no | {"fever": "not_said"})
    unsaid = as_alice.post(URL, ID | all_no | {"sexual_change": "not_said"})

    assert said.status_code == 422
    assert unsaid.status_code == 302
    assert alice.screenings.get().answers["sexual_change"] == "not_said"


def test_a_stranger_finds_nothing(as_alice, as_bob, alice, all_no):
    as_alice.post(URL, ID | all_no)

    assert as_bob.get(f"/screening/{alice.screenings.get().uuid}/").status_code == 404


def test_a_saved_warning_comes_first_and_cannot_be_undone_with_one_tap(as_alice, all_no):
    page = as_alice.post(URL, ID | all_no | {"fever": "yes"}, follow=True).text

    assert "Please get medical advice today" in page
    assert 'class="toast"' not in page
    assert "Say where you stand" not in page


def test_asks_what_the_coach_counts_as_due_in_a_long_episode(as_alice, alice, all_no):
    Profile.objects.create(runner=alice, pain_began_on=dt.date(2025, 11, 1))
    CheckInFactory(runner=alice, on=dt.date(2026, 3, 16), score=4)
    as_alice.get("/")

    asked = [question.item for question in as_alice.get(URL).context["form"].asked]
    as_alice.post(URL, ID | dict.fromkeys(asked, "no"))

    assert "wakes_second_half" in asked
    assert "G-3" not in {reason.rule for reason in alice.advice.newest().decided.reasons}
