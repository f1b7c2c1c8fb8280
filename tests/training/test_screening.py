import datetime as dt

import pytest

from backpain.training.models import Profile
from tests.conftest import NOON
from tests.factories import CheckInFactory
from tests.pages import address, fill_log, url_names

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


def screened(alice, all_no, *, days):
    """Store a full screen of so many days ago, all no."""
    at = NOON - dt.timedelta(days=days)
    alice.screenings.create(at=at, on=at.date(), kind="full", answers=all_no, entered_at=at)


def checked_in(alice, *scores):
    """Store check-ins up to today, the last of the scores."""
    for ago, score in enumerate(reversed(scores)):
        CheckInFactory(runner=alice, on=NOON.date() - dt.timedelta(days=ago), score=score)


def asked_on_today(client):
    return {ask.what for ask in client.get("/").context["asks"]}


@pytest.mark.parametrize(
    ("scores", "days", "is_asked"),
    [
        ([2] * 10, 7, False),
        ([2] * 10, 8, True),
        ([0] * 30, 30, False),
        ([0] * 30, 31, True),
    ],
    ids=["in an episode, a week", "a day more", "without one, thirty days", "and a day more"],
)
def test_asks_weekly_in_an_episode_and_monthly_otherwise(as_alice, alice, all_no, scores, days, is_asked):
    checked_in(alice, *scores)
    screened(alice, all_no, days=days)

    assert ("full_screening" in asked_on_today(as_alice)) == is_asked


def test_asks_all_questions_when_a_new_episode_begins(as_alice, alice, all_no):
    screened(alice, all_no, days=3)
    checked_in(alice, *[0] * 29)
    calm = asked_on_today(as_alice)
    alice.check_ins.filter(on=NOON.date()).update(score=2)
    alice.advice.all().delete()

    assert "full_screening" not in calm
    assert "full_screening" in asked_on_today(as_alice)


@pytest.mark.parametrize(("jump", "is_asked"), [(1, False), (2, True)])
def test_asks_the_nerve_questions_when_pain_jumps(as_alice, alice, all_no, jump, is_asked):
    checked_in(alice, *[2] * 9, 2 + jump)
    screened(alice, all_no, days=5)

    page = as_alice.get("/")

    assert ("nerve_screening" in {ask.what for ask in page.context["asks"]}) == is_asked
    assert ("/screening/?kind=nerve" in page.text) == is_asked


def test_answering_the_nerve_questions_ends_their_asking(as_alice, alice, all_no):
    screened(alice, all_no, days=5)
    checked_in(alice, *[2] * 9, 4)
    nerve = [question.item for question in as_alice.get(URL, {"kind": "nerve"}).context["form"].asked]

    as_alice.post(URL + "?kind=nerve", ID | dict.fromkeys(nerve, "no"))

    assert alice.screenings.get(kind="nerve").answers == dict.fromkeys(nerve, "no")
    assert "nerve_screening" not in asked_on_today(as_alice)


@pytest.mark.parametrize(
    ("country", "number"),
    [("GB", "999"), ("US", "911"), ("CA", "911"), ("DE", "112"), ("AU", "000"), ("NZ", "111"), ("", "112")],
)
def test_the_emergency_page_calls_the_runners_own_number(as_alice, alice, country, number):
    alice.country = country
    alice.save()

    page = as_alice.post(URL, ID | {"saddle_numbness": "yes"}, follow=True).text

    assert f'href="tel:{number}"' in page
    assert f"Call {number}" in page


@pytest.mark.parametrize(
    ("country", "number", "line"),
    [
        ("GB", "999", "Call 111 or your doctor."),
        ("US", "911", "Call your doctor or an advice line."),
        ("", "112", "Call your doctor or an advice line."),
    ],
)
def test_an_urgent_warning_names_whom_to_call_and_what_would_be_an_emergency(
    as_alice, alice, all_no, country, number, line
):
    alice.country = country
    alice.save()

    page = as_alice.post(URL, ID | all_no | {"fever": "yes"}, follow=True).text

    assert line in page
    assert f'href="tel:{number}"' in page
    assert "pain, numbness or weakness in both legs" in page


WAY_OUT = ("Answer all warning-sign questions again</a>", "that ends the stop")


@pytest.mark.parametrize("item", ["saddle_numbness", "fever"])
def test_after_care_the_way_out_is_shown(as_alice, alice, all_no, at_noon, item):
    """Only all questions anew end the stop, so the page has to lead to them."""
    as_alice.post(URL, ID | all_no | {item: "yes"})
    at_noon.shift(dt.timedelta(days=1))
    before = as_alice.get("/").text
    care = {"uuid": "1c1a1f80-3f8e-4b5a-9a55-7d2a35a8d001", "on": "2026-03-17", "assessed": "on"}
    as_alice.post("/care/new/", care | {"clears": "on"})
    after = as_alice.get("/").text
    as_alice.post(URL, {"uuid": "1c1a1f80-3f8e-4b5a-9a55-7d2a35a8d002"} | all_no)

    assert not any(link in before for link in WAY_OUT)
    assert any(link in after for link in WAY_OUT)
    assert alice.advice.newest().verdict not in {"urgent", "emergency"}


def test_after_care_for_a_sore_spot_today_leads_to_the_questions(as_alice, all_no, at_noon):
    """R-8 locks running though it is less than urgent."""
    as_alice.post(URL, ID | all_no | {"impact_pain_one_spot": "yes"})
    at_noon.shift(dt.timedelta(days=1))
    before = as_alice.get("/").text
    care = {"uuid": "1c1a1f80-3f8e-4b5a-9a55-7d2a35a8d001", "on": "2026-03-17", "assessed": "on"}
    as_alice.post("/care/new/", care | {"clears": "on"})

    assert "that ends the stop" not in before
    assert "that ends the stop" in as_alice.get("/").text


def test_care_that_does_not_clear_leads_nowhere(as_alice, alice, all_no, at_noon):
    as_alice.post(URL, ID | {"saddle_numbness": "yes"})
    at_noon.shift(dt.timedelta(days=1))
    as_alice.post(
        "/care/new/",
        {"uuid": "1c1a1f80-3f8e-4b5a-9a55-7d2a35a8d001", "on": "2026-03-17", "assessed": "on"},
    )

    assert "Answer all warning-sign questions again</a>" not in as_alice.get("/").text


@pytest.mark.any_database
def test_every_page_leads_to_the_questions(as_alice, alice):
    fill_log(alice, now=NOON)

    pages = {name: as_alice.get(address(name, alice)) for name in url_names() if not name.startswith("admin")}
    ours = {
        name: page.text
        for name, page in pages.items()
        if page.status_code == 200 and page["Content-Type"].startswith("text/html")
    }

    assert len(ours) > 20
    lacking = {name for name, text in ours.items() if 'href="/screening/"' not in text}
    assert lacking == {"shared_report"}  # which a professional reads
