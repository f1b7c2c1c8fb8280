"""What a runner sees of logging without a connection, and of what the phone cannot send."""

import datetime as dt
import json

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from backpain.coach.decision import Dose
from backpain.plan.actions import change_placements
from backpain.training.models import CheckIn
from tests.browser.conftest import ARGUMENTS, PHONE
from tests.browser.phones import Phone
from tests.catalogue import put_catalogue
from tests.factories import RunFactory

pytestmark = pytest.mark.django_db(transaction=True)
WATCH_SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shifted += value)))
    .observe({ type: "layout-shift", buffered: true });"""

SIZE_OF_IMAGE = """async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    return `${image.naturalWidth}x${image.naturalHeight}`;
}"""


@pytest.fixture(autouse=True)
def catalogue(transactional_db):
    put_catalogue()


def press(phone, name):
    phone.page.get_by_role("button", name=name, exact=True).click()


def choose(phone, field, value):
    phone.page.locator(f'label:has(input[name="{field}"][value="{value}"])').click()


def test_with_a_connection_the_advice_appears_in_place_and_nothing_is_kept(phone, alice):
    phone.save(8.2)

    expect(phone.page.locator("#entry .advice")).to_be_visible()
    expect(phone.page.get_by_role("heading", name="Log run")).to_be_visible()
    expect(phone.chip).to_be_hidden()
    assert (phone.kept, alice.runs.get().distance_m) == ([], 8200)


def test_without_one_the_page_says_so_and_gives_the_advice_once_it_is_sent(phone, alice):
    phone.offline()
    phone.save(8.2, url="/")

    expect(phone.page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    expect(phone.page.locator("#kept")).to_be_focused()
    expect(phone.page.get_by_text("the advice comes then").filter(visible=True).last).to_be_visible()
    expect(phone.chip).to_have_text("1 saved on this phone")
    phone.offline(False)  # which the page notices by itself

    expect(phone.page.locator("#entry .advice")).to_be_visible()
    expect(phone.chip).to_be_hidden()
    assert alice.runs.count() == 1


def test_a_run_saved_on_the_phone_can_be_undone(phone, alice):
    phone.offline()
    phone.save(8.2)
    press(phone, "Undo")

    expect(phone.page.get_by_label("Distance")).to_be_visible()
    expect(phone.page.get_by_label("Distance")).to_have_value("8.2")
    assert phone.kept == []
    press(phone, "Save run")
    expect(phone.chip).to_have_text("1 saved on this phone")


def test_check_in_and_session_are_logged_without_a_connection_too(phone, alice):
    phone.offline()
    phone.goto("/check-ins/new/")
    choose(phone, "score", 2)
    press(phone, "Save check-in")
    expect(phone.chip).to_have_text("1 saved on this phone")
    phone.goto("/sessions/guided/")
    phone.page.locator('[name="cat-cow-1"]').fill("8")
    press(phone, "Save session")
    expect(phone.chip).to_have_text("2 saved on this phone")
    phone.offline(False)

    assert phone.is_empty()
    assert alice.check_ins.get().score == 2
    assert [(done.exercise, done.done) for done in alice.sets.all()] == [("cat-cow", 8)]


def test_the_plan_is_there_without_a_connection_as_it_was_seen_last(new_phone, alice):
    dose = Dose(exercise="forearm-plank", sets=2, target=25, unit="s")
    change_placements(runner=alice, to={"front-plank": dose}, on=dt.date(2026, 3, 16))
    phone = new_phone(alice)
    phone.page.wait_for_function("who => localStorage['plan:' + who]", arg=str(alice.uuid))
    phone.offline()
    phone.goto("/sessions/guided/")

    expect(phone.page.get_by_text("Your plan as this phone saw it last")).to_be_visible()
    phone.page.locator('[name="forearm-plank-1"]').fill("20")
    press(phone, "Save session")
    phone.offline(False)

    assert phone.is_empty()
    assert [(done.target, done.done) for done in alice.sets.order_by("position")] == [(25, 20), (25, 25)]


def test_miles_are_miles(new_phone, alice):
    alice.units = "mi"
    alice.save()
    phone = new_phone(alice)
    phone.offline()
    phone.save(5)
    phone.offline(False)

    assert phone.is_empty()
    assert alice.runs.get().distance_m == 8046.7


def test_other_pages_say_what_can_be_done_without_a_connection(phone):
    phone.offline()
    phone.goto("/plan/")
    expect(phone.page.get_by_role("heading", name="Without a connection")).to_be_visible()
    phone.page.get_by_role("link", name="Check in", exact=True).click()
    expect(phone.page.get_by_role("heading", name="Check in")).to_be_visible()
    phone.page.get_by_role("link", name="New numbness").click()

    expect(phone.page.get_by_role("heading", name="When to get help")).to_be_visible()


def test_a_phone_keeps_no_page_of_anybody(phone, alice):
    phone.save(8.2)
    phone.goto("/plan/")
    kept = phone.page.evaluate(
        """caches.keys().then(async (names) => {
            const pages = {};
            for (const name of names) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    pages[new URL(request.url).pathname] = await (await cache.match(request)).text();
                }
            }
            return pages;
        })"""
    )

    shells = {path for path in kept if not path.startswith("/static/")}
    assert shells == {
        "/offline/run/",
        "/offline/check-in/",
        "/offline/session/",
        "/outbox/",
        "/help/when-to-get-help/",
    }
    for secret in (alice.name, alice.email, str(alice.uuid)):
        assert not [path for path, text in kept.items() if secret in text], secret


def test_an_ended_sign_in_is_asked_for(phone, alice):
    phone.offline()
    phone.save(5)
    phone.context.clear_cookies()
    phone.offline(False)
    phone.goto("/outbox/")

    expect(phone.chip).to_have_text("Sign in to send 1")
    expect(phone.page.get_by_text("Sign in to send it.")).to_be_visible()
    phone.sign_in(alice)
    assert phone.is_empty()


def test_what_another_account_logged_is_named_but_not_shown(phone, alice, bob):
    phone.offline()
    phone.save(5)
    phone.context.clear_cookies()
    phone.offline(False)
    phone.sign_in(bob)
    phone.goto("/outbox/")

    expect(phone.chip).to_have_text("1 of another account")
    expect(phone.page.get_by_text("It was logged with another account.")).to_be_visible()
    expect(phone.page.get_by_role("link", name="Open")).to_be_hidden()
    expect(phone.page.get_by_role("button", name="Delete")).to_be_hidden()


def test_what_cannot_be_stored_is_kept_opened_and_corrected(phone, alice, axe):
    phone.offline()
    phone.save(300)
    phone.offline(False)
    phone.goto("/outbox/")
    expect(phone.chip).to_have_text("To correct: 1")
    axe(phone.page)
    phone.page.get_by_role("link", name="Open").click()

    expect(phone.page.get_by_text("A run of more than 200 km cannot be logged.").first).to_be_visible()
    expect(phone.page.get_by_label("Distance")).to_have_value("300")
    phone.page.get_by_label("Distance").fill("30")
    phone.flush()
    expect(phone.page.get_by_label("Distance")).to_have_value("30")
    press(phone, "Save run")
    expect(phone.page.locator("#entry .advice")).to_be_visible()
    assert (phone.kept, [run.distance_m for run in alice.runs.all()]) == ([], [30_000])


def test_a_phone_three_days_late_is_asked_for_the_day(phone, alice):
    today = timezone.now()
    phone.context.clock.install(time=today - dt.timedelta(days=3))
    phone.offline()
    phone.save(5)
    phone.offline(False)

    expect(phone.page.get_by_text("The clock of your phone is wrong.").first).to_be_visible()
    phone.page.get_by_label("Started").fill(f"{alice.day_of(today)}T00:00")
    press(phone, "Save run")
    expect(phone.page.locator("#entry .advice")).to_be_visible()
    assert (phone.kept, alice.runs.get().on) == ([], alice.day_of(today))


def test_what_is_kept_is_opened_without_a_connection_with_what_was_typed(phone, alice):
    phone.offline()
    phone.fill(5)
    choose(phone, "pain_after", 3)
    press(phone, "Save run")
    expect(phone.chip).to_have_text("1 saved on this phone")
    phone.goto("/outbox/")
    phone.page.get_by_role("link", name="Open").click()

    expect(phone.page.get_by_label("Distance")).to_have_value("5")
    expect(phone.page.locator("[name=pain_after][value='3']")).to_be_checked()
    phone.page.get_by_label("Distance").fill("6")
    press(phone, "Save run")
    expect(phone.page.locator("#kept")).to_be_visible()
    assert len(phone.kept) == 1
    phone.offline(False)
    assert phone.is_empty()
    assert alice.runs.get().distance_m == 6000


def test_sets_of_an_easier_exercise_are_sent_though_the_page_to_correct_them_does_not_ask(phone, alice):
    dose = Dose(exercise="forearm-plank", sets=2, target=25, unit="s")
    change_placements(runner=alice, to={"front-plank": dose}, on=dt.date(2026, 3, 16))
    phone.goto("/sessions/guided/")
    press(phone, "Type it in")
    phone.page.get_by_text("An easier one: Knee plank").click()
    phone.page.locator('[name="easier-knee-plank-1"]').fill("20")
    phone.page.locator('[name="forearm-plank-1"]').fill("9999")
    press(phone, "Save session")
    expect(phone.chip).to_have_text("To correct: 1")
    phone.goto("/outbox/")
    phone.page.get_by_role("link", name="Open").click()
    expect(phone.page.get_by_role("alert")).to_be_visible()
    phone.page.locator('[name="forearm-plank-1"]').fill("5")
    press(phone, "Save session")

    assert phone.is_empty()
    assert ("knee-plank", 20) in alice.sets.values_list("exercise", "done")
    assert ("forearm-plank", 5) in alice.sets.values_list("exercise", "done")


def test_what_is_kept_can_be_deleted_once_that_is_confirmed(phone):
    phone.offline()
    phone.save(5)
    phone.goto("/outbox/")
    phone.page.once("dialog", lambda dialog: dialog.dismiss())
    press(phone, "Delete")
    assert len(phone.kept) == 1
    phone.page.once("dialog", lambda dialog: dialog.accept())
    press(phone, "Delete")

    expect(phone.page.get_by_text("Nothing waits to be sent.")).to_be_visible()
    expect(phone.chip).to_be_hidden()


def test_a_check_in_of_a_day_that_has_one_is_put_in_its_place(phone, alice):
    phone.offline()
    phone.goto("/check-ins/new/")
    choose(phone, "score", 5)
    press(phone, "Save check-in")
    expect(phone.chip).to_have_text("1 saved on this phone")
    on = dict(phone.kept[0]["fields"])["on"]
    CheckIn.objects.create(runner=alice, on=on, score=2, entered_at=f"{on}T00:00Z")
    phone.offline(False)

    expect(phone.page.get_by_text("A day has one check-in.")).to_be_visible()
    press(phone, "Replace it with this one")
    expect(phone.page.locator("#entry .advice")).to_be_visible()
    expect(phone.chip).to_be_hidden()
    assert (phone.kept, alice.check_ins.get().score) == ([], 5)


def test_an_id_that_says_something_else_already_is_told_and_both_may_be_kept(phone, alice):
    phone.offline()
    phone.save(5)
    RunFactory(runner=alice, uuid=phone.kept[0]["id"], distance_m=1000)
    phone.offline(False)

    expect(phone.page.get_by_text("was saved already, with other values")).to_be_visible()
    expect(phone.chip).to_have_text("To correct: 1")
    press(phone, "Save run")
    expect(phone.page.locator("#entry .advice")).to_be_visible()
    assert phone.kept == []
    assert {run.distance_m for run in alice.runs.all()} == {1000, 5000}


def test_an_entry_waits_while_consent_is_asked_for(phone, alice):
    phone.fill(5)
    alice.consents.update(withdrawn_at="2026-03-16T12:00Z")
    press(phone, "Save run")
    phone.page.wait_for_url("**/welcome/")
    assert len(phone.kept) == 1
    alice.consents.update(withdrawn_at=None)
    phone.goto("/plan/")

    assert phone.is_empty()
    assert alice.runs.get().distance_m == 5000


def test_a_guided_session_done_without_a_connection_asks_how_it_went_once_it_is_sent(phone, alice):
    dose = Dose(exercise="forearm-plank", sets=2, target=25, unit="s")
    change_placements(runner=alice, to={"front-plank": dose}, on=dt.date(2026, 3, 16))
    phone.goto("/sessions/guided/")
    phone.offline()
    press(phone, "Done as prescribed")
    expect(phone.page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    assert not alice.sessions.exists()
    phone.offline(False)

    expect(phone.page.get_by_text("How did it go?")).to_be_visible()
    assert "forearm-plank" in {done.exercise for done in alice.sets.all()}


@pytest.fixture
def opened(phone, alice):
    """A run of 8.2 km in its form, where 9 km are typed."""
    run = RunFactory(runner=alice, distance_m=8200)
    phone.fill(9, url=f"/runs/{run.uuid}/")
    return run


def test_a_correction_typed_when_the_sign_in_was_over_is_sent_after_the_next_one(phone, alice, opened):
    Session.objects.all().delete()
    press(phone, "Save changes")

    expect(phone.page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    expect(phone.page.get_by_text("once you are signed in")).to_be_visible()
    assert alice.runs.get().distance_m == 8200
    phone.sign_in(alice)

    assert phone.is_empty()
    assert alice.runs.get().distance_m == 9000


def test_a_correction_given_up_for_what_is_stored_leaves_the_phone(phone, alice, opened):
    alice.runs.update(distance_m=7000, version=2)
    press(phone, "Save changes")
    phone.page.get_by_role("link", name="Keep what is stored").click()

    expect(phone.page.get_by_label("Distance")).to_have_value("7")
    assert phone.is_empty()
    assert alice.runs.get().distance_m == 7000


def test_signing_out_warns_and_leaves_no_form_to_the_next_one(phone):
    phone.save(300)
    phone.goto("/accounts/logout/")
    expect(phone.chip).to_have_text("To correct: 1")
    phone.page.once("dialog", lambda dialog: dialog.dismiss())
    press(phone, "Sign out")
    expect(phone.page.get_by_role("heading", name="Sign out?")).to_be_visible()
    phone.page.once("dialog", lambda dialog: dialog.accept())
    press(phone, "Sign out")
    expect(phone.page.get_by_role("link", name="Sign in").first).to_be_visible()
    phone.offline()
    phone.goto("/runs/new/")

    expect(phone.page.get_by_text("Nobody is signed in on this phone")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Save run")).to_be_hidden()
    assert len(phone.kept) == 1


def test_the_chip_moves_nothing(phone):
    phone.save(300)
    phone.context.add_init_script(WATCH_SHIFTS)
    for url in ("/plan/", "/outbox/"):
        phone.goto(url)
        expect(phone.chip).to_be_visible()
        phone.page.wait_for_function("() => performance.now() > 500")
        assert phone.page.evaluate("shifted") < 0.02

    phone.page.evaluate("document.getElementById('main').prepend(document.createElement('hr'), 'a line')")
    phone.page.wait_for_function("() => shifted > 0.02")  # it would be seen


def test_a_phone_may_install_it(phone):
    """It has what browsers ask of an app: a name, a start, a window of its own, icons of 192 and 512 pixels."""
    manifest = phone.context.new_cdp_session(phone.page).send("Page.getAppManifest")
    app = json.loads(manifest["data"])

    assert manifest["errors"] == []
    assert (app["name"], app["start_url"], app["display"]) == (settings.PRODUCT_NAME, "/", "standalone")
    sizes = [phone.page.evaluate(SIZE_OF_IMAGE, icon["src"]) for icon in app["icons"]]
    assert sizes == [icon["sizes"] for icon in app["icons"]]
    assert {"192x192", "512x512"} <= set(sizes)


def test_over_plain_http_the_form_says_so_and_is_sent_directly(
    browser, chromium, live_server, alice, settings
):
    settings.ALLOWED_HOSTS = ["phone.test"]
    rules = "--host-resolver-rules=MAP phone.test 127.0.0.1"
    other = browser.browser_type.launch(executable_path=chromium, args=[*ARGUMENTS, rules])
    phone = Phone(other.new_context(**PHONE), live_server.url.replace("localhost", "phone.test"))
    phone.sign_in(alice)
    phone.fill(8.2)

    expect(phone.page.get_by_text("Without a connection nothing can be kept here")).to_be_visible()
    shown = phone.page.locator("#log [name=uuid]").input_value()
    press(phone, "Save run")
    expect(phone.page.locator("#entry .advice")).to_be_visible()
    assert str(alice.runs.get().uuid) != shown
    other.close()


@pytest.mark.parametrize(
    "trouble",
    [
        "indexedDB.open = () => { throw new Error('no storage here'); };",
        "navigator.storage.estimate = async () => ({ quota: 1000, usage: 999 });",
    ],
    ids=["none", "full"],
)
def test_without_room_the_form_says_so_and_is_sent_directly(new_phone, alice, trouble):
    phone = new_phone(alice)
    phone.context.add_init_script(trouble)
    phone.fill(8.2)

    expect(phone.page.get_by_text("This browser has no room to keep entries")).to_be_visible()
    press(phone, "Save run")
    expect(phone.page.locator("#entry .advice")).to_be_visible()
    assert alice.runs.count() == 1


def test_room_that_runs_out_while_saving_is_said_and_the_form_sent_directly(phone, alice):
    phone.context.add_init_script(
        """const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (entry) {
            if (entry.id) throw new DOMException("no room", "QuotaExceededError");
            return put.call(this, entry);
        };"""
    )
    phone.save(8.2)

    expect(phone.page.locator("#entry .advice")).to_be_visible()
    assert alice.runs.count() == 1


@pytest.mark.parametrize("page", ["phone, no JavaScript"], indirect=True)
def test_without_javascript_a_run_is_saved(page, sign_in, alice):
    sign_in(alice)
    page.goto("/runs/new/")
    page.get_by_label("Distance").fill("8.2")
    page.get_by_role("button", name="Save run").click()

    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    assert alice.runs.count() == 1


def test_the_forms_without_a_connection_have_no_fault(phone, axe):
    phone.offline()
    for url in ("/runs/new/", "/check-ins/new/", "/sessions/new/", "/outbox/"):
        phone.goto(url)
        phone.page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
        axe(phone.page)
