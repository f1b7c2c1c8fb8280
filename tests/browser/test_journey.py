"""A runner's first five weeks, on a phone: with JavaScript and without it, the same story."""

import datetime as dt
import uuid

import pytest
import time_machine
from playwright.sync_api import expect

from backpain.accounts.models import User
from backpain.coach.screening import QUESTIONS
from tests.catalogue import put_catalogue
from tests.conftest import signed_in
from tests.shared import shared

FIRST_DAY = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
FIRST_FOUR = ["superman", "beetle", "single-leg-balance", "knee-plank"]
SESSION_DAYS = {2, 5, 8, 11, 13}
EMAIL = "alice@example.org"


@pytest.fixture
def clock(transactional_db):
    put_catalogue()
    with time_machine.travel(FIRST_DAY, tick=False) as clock:
        yield clock


def on(clock, day):
    """Set every clock to nine o'clock of so many days after the first."""
    clock.move_to(FIRST_DAY + dt.timedelta(days=day))


@pytest.mark.parametrize("page", ["phone", "phone, no JavaScript"], indirect=True)
def test_from_signing_up_to_seeing_a_professional(page, clock):
    sign_up(page)
    consent(page)
    begin(page)
    log_the_run_of_a_watch(page)

    for day in (1, 2, 3):
        on(clock, day)
        log_a_day_by_hand(page, day)
    runner = User.objects.get(email=EMAIL)
    for day in range(4, 15):
        on(clock, day)
        log_a_day(runner, day, score=1)

    hold_the_plank_longer(page)

    on(clock, 19)
    page.goto("/")
    expect_advice(page, "Hold", "Your recent check-ins are too few to go by")

    for day in range(20, 35):
        on(clock, day)
        log_a_day(runner, day, score=4)
    page.goto("/")
    expect(page.get_by_text("Your pain has lasted")).to_have_count(0)
    on(clock, 35)
    log_a_day(runner, 35, score=4)

    page.goto("/")
    expect_advice(page, "See a professional", "Your pain has lasted, and it is not clearly easing")
    expect(page.locator("#advice")).to_contain_text("See a physiotherapist or doctor within")


def sign_up(page):
    page.goto("/")
    page.get_by_role("link", name="Sign up").last.click()
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill("slow-easy-miles")
    page.get_by_label("Year of birth").fill("1990")
    page.get_by_role("button", name="Sign up").click()


def consent(page):
    expect(page.get_by_role("heading", name="What this is for")).to_be_visible()
    page.get_by_label("I agree").check()
    page.get_by_label("Country").select_option("GB")
    page.get_by_label("Time zone").select_option("Europe/London")
    page.get_by_role("button", name="Agree and go on").click()


def begin(page):
    """Answer the start page: hardly any pain, no warning sign, four exercises that went well."""
    expect(page.get_by_role("heading", name="Where you stand")).to_be_visible()
    choose(page, "score", 1)
    for question in page.locator(".screening fieldset").all():
        question.get_by_label("No", exact=True).check()
    for exercise in FIRST_FOUR:
        choose(page, f"try-{exercise}", "yes")
    page.get_by_role("button", name="Make my plan").click()
    expect(page.get_by_role("heading", name="Good morning")).to_be_visible()


def log_the_run_of_a_watch(page):
    page.get_by_role("link", name="Log run").last.click()
    page.get_by_text("Fill in from a watch file").click()
    page.get_by_label("FIT, TCX or GPX file").set_input_files(
        shared("data/activities/activity-small-fenix2-run.fit")
    )
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_label("Distance")).to_have_value("9.01")
    expect(page.get_by_label("Time", exact=True)).to_have_value("47:12")
    assert page.get_by_label("Started").input_value().startswith("2015-08-15")

    page.get_by_text("Pain before the run").first.click()
    choose(page, "pain_before", 1)
    choose(page, "pain_during", 2)
    choose(page, "pain_after", 1)
    page.get_by_role("button", name="Save run").click()
    expect(page.get_by_text("Saved")).to_be_visible()

    page.goto("/history/")
    expect(page.get_by_role("heading", name="Sat 15 Aug 2015")).to_be_visible()
    expect(page.locator("main")).to_contain_text("9.01 km 47 min 12 s")
    expect(page.locator("main")).to_contain_text("1 · 2 · 1 · –")


def log_a_day_by_hand(page, day):
    page.goto("/")
    if day - 1 in SESSION_DAYS:
        morning = page.locator("#morning")
        tap_sends = page.evaluate("Boolean(window.htmx)")
        morning.get_by_label("1", exact=True).click()
        if not tap_sends:
            morning.get_by_role("button", name="Save").click()
        expect(morning).to_have_count(0)
    page.get_by_role("link", name="Check-in", exact=True).click()
    choose(page, "score", 1)
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    if day in SESSION_DAYS:
        log_a_session_by_hand(page)


def log_a_session_by_hand(page):
    """The targets stand in the form already; what is left are form and pain."""
    page.goto("/sessions/new/")
    expect(page.get_by_role("heading", name="Knee plank")).to_be_visible()
    for exercise in FIRST_FOUR:
        choose(page, f"{exercise}-form", "yes")
    for moment in ("pain_before", "pain_during", "pain_after"):
        choose(page, moment, 1)
    page.get_by_role("button", name="Save session").click()
    expect(page.get_by_text("Saved")).to_be_visible()


def log_a_day(runner, day, *, score):
    """Send the same forms without a browser: a quiet morning, a check-in, a session or a screen when due."""
    client = signed_in(runner)
    today = client.get("/").context
    if today["morning"]:
        client.post("/morning/", {"on": today["morning"].isoformat(), "score": "1"})
    send(client, "/check-ins/new/", on=today["today"].isoformat(), score=str(score))
    if day in SESSION_DAYS:
        form = client.get("/sessions/new/").context["form"]
        targets = {name: str(line.target) for line in form.lines if line.planned for name, _ in line.marks()}
        good = {f"{exercise}-form": "yes" for exercise in FIRST_FOUR}
        pain = {"pain_before": "1", "pain_during": "1", "pain_after": "1"}
        send(
            client,
            "/sessions/new/",
            started_at=today["today"].isoformat() + "T08:00",
            **targets,
            **good,
            **pain,
        )
    if any(ask.what == "full_screening" for ask in client.get("/").context["advice"].asks):
        send(client, "/screening/", **{question.item: "no" for question in QUESTIONS})


def send(client, url, **values):
    response = client.post(url, {"uuid": str(uuid.uuid4()), **values})
    assert response.status_code == 302, response.context["form"].errors


def hold_the_plank_longer(page):
    page.goto("/")
    expect_advice(page, "Next step", "You met the target in every set of two good sessions")
    offer = page.locator("#move-front-plank")
    expect(offer).to_contain_text("Hold your knee plank 5 s longer")
    expect(offer).to_contain_text("15 s")
    reason = page.locator("#advice .why > li").filter(has_text="Front plank")
    reason.get_by_text("Why?").click()
    expect(reason.get_by_role("link", name="E-4")).to_be_visible()
    expect(reason).to_contain_text("Every set at 15 or more, in two good sessions in a row")

    offer.get_by_role("button", name="Hold it 20 s from now on").click()

    expect(page.locator("#move-front-plank")).to_contain_text("In your plan")
    page.goto("/plan/")
    expect(page.get_by_role("region", name="Knee plank")).to_contain_text("3 × 20 s")


def expect_advice(page, verdict, why):
    expect(page.locator("#advice .advice__verdict")).to_have_text(verdict)
    expect(page.locator("#advice").get_by_text(why).first).to_be_visible()


def choose(page, name, value):
    """Tap one of the answers, as a thumb does: on its label."""
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()
