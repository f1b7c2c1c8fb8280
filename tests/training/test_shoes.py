"""Shoes: how far each pair has gone, what may be changed of it, and the ground of the last twelve months."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backpain.training.history import history_of
from backpain.training.models import Run, Shoe
from backpain.training.shoes.page import page_of
from tests.factories import RunFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "at_noon")]
TODAY = dt.date(2026, 3, 16)


def ran(runner, on, km, *, shoe=None, **columns):
    at = dt.datetime.combine(dt.date.fromisoformat(on), dt.time(8), dt.UTC)
    return RunFactory(runner=runner, started_at=at, distance_m=1000 * km, shoe=shoe, **columns)


def pair(runner, name="Blue", **columns):
    return Shoe.objects.create(runner=runner, name=name, **columns)


def tips(runner):
    return [tip.rule for tip in runner.advice.newest().decided.tips]


@pytest.fixture
def far(alice, as_alice):
    """A pair with 720 km in the runs of the last three weeks, and today's advice."""
    shoe = pair(alice)
    for day in range(1, 13):
        ran(alice, f"2026-03-{day:02}", 60, shoe=shoe, pain_during=0, pain_after=0)
    as_alice.get("/")
    return shoe


# How far


def test_a_pair_has_gone_what_was_on_it_and_all_its_runs(alice):
    shoe = pair(alice, start_m=480_000)
    ran(alice, "2024-01-05", 10, shoe=shoe)  # longer ago than the coach looks
    ran(alice, "2026-03-14", 8.2, shoe=shoe)
    ran(alice, "2026-03-15", 3, shoe=shoe, activity="walk")
    ran(alice, "2026-03-15", 5, shoe=shoe, deleted_at=dt.datetime(2026, 3, 16, tzinfo=dt.UTC))
    ran(alice, "2026-03-15", 7)

    (shown,) = page_of(alice, on=TODAY).in_use

    assert (shown.distance, shown.start) == ("498.2 km", "480 km")
    assert (shown.shoe.run_count, shown.shoe.first_on, shown.shoe.last_on) == (
        2,
        dt.date(2024, 1, 5),
        dt.date(2026, 3, 14),
    )


@pytest.mark.parametrize(("start_m", "is_far"), [(700_000, False), (700_001, True)])
def test_more_than_the_rules_distance_is_far(alice, start_m, is_far):
    pair(alice, start_m=start_m)

    assert [shown.is_far for shown in page_of(alice, on=TODAY).in_use] == [is_far]


def test_a_far_pair_is_pointed_out_with_what_to_read(as_alice, alice):
    alice.units = "mi"
    alice.save()
    pair(alice, start_m=800_000)

    page = as_alice.get("/shoes/").text

    assert "More than 435 mi: have a look at the soles." in page
    assert "497.1 mi" in page
    assert '<a href="/learn/worn-shoes/">Read about worn shoes</a>' in page


def test_both_tips_say_their_rule(as_alice):
    page = as_alice.get("/shoes/").text

    assert '<a class="rule-id" href="/rules/#H-2">H-2</a> A shoe that has gone far is worth a look.' in page
    assert "More than 700 km (435 miles)" in page
    assert '<a class="rule-id" href="/rules/#H-1">H-1</a>' in page
    assert 'href="/learn/hard-surfaces/"' in page


def test_the_newest_worn_comes_first_and_the_never_worn_last(alice):
    for name, day in (("Old", "2026-01-05"), ("New", "2026-03-05")):
        ran(alice, day, 5, shoe=pair(alice, name))
    pair(alice, "Boxed")

    assert [shown.shoe.name for shown in page_of(alice, on=TODAY).in_use] == ["New", "Old", "Boxed"]


# Adding and changing


def test_a_pair_is_added_with_its_start(as_alice, alice):
    sent = {"name": "Blue", "started_on": "2026-02-01", "start_m": "120,5"}

    response = as_alice.post("/shoes/new/", sent)

    shoe = alice.shoes.get()
    assert response.headers["Location"] == "/shoes/"
    assert (shoe.name, shoe.started_on, shoe.start_m, shoe.retired_on) == (
        "Blue",
        dt.date(2026, 2, 1),
        120_500,
        None,
    )


def test_a_start_is_typed_in_the_runners_units(as_alice, alice):
    alice.units = "mi"
    alice.save()

    as_alice.post("/shoes/new/", {"name": "Blue", "start_m": "100"})
    shown = as_alice.get(f"/shoes/{alice.shoes.get().uuid}/").text

    assert alice.shoes.get().start_m == 160_934.4
    assert "Miles on it already" in shown and 'value="100"' in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"started_on": "2026-03-17"}, "This day is still to come."),
        ({"started_on": "1926-03-17"}, "Give a day after 1990."),
        ({"started_on": "yesterday"}, "Give a date, such as 2026-03-16."),
        ({"start_m": "5001"}, "That is farther than shoes go. Check the distance."),
        ({"start_m": "-1"}, "A distance cannot be negative."),
        ({"start_m": "far"}, "Give the distance as a number, such as 8.2."),
        ({"name": "Red"}, "You have another pair of this name."),
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(as_alice, alice, typed, said):
    pair(alice, "Red")
    blue = pair(alice)
    sent = {"name": "Green", "started_on": "2026-03-01", "start_m": "77"} | typed

    for url in ("/shoes/new/", f"/shoes/{blue.uuid}/"):
        response = as_alice.post(url, sent)
        assert response.status_code == 422
        assert said in response.text
        assert all(f'value="{value}"' in response.text for value in sent.values() if value)

    assert sorted(alice.shoes.values_list("name", "start_m")) == [("Blue", 0), ("Red", 0)]


def test_a_renamed_pair_keeps_its_runs_and_its_tip(as_alice, alice, far):
    as_alice.post(f"/shoes/{far.uuid}/", {"name": "Azure", "start_m": ""})

    assert {run.shoe.name for run in alice.runs.select_related("shoe")} == {"Azure"}
    assert "Azure" in as_alice.get("/").text


def test_saving_a_pair_as_it_is_changes_nothing(as_alice, alice):
    shoe = pair(alice, started_on=dt.date(2026, 1, 1), start_m=1000)

    as_alice.post(f"/shoes/{shoe.uuid}/", {"name": "Blue", "started_on": "2026-01-01", "start_m": "1"})

    assert alice.shoes.values_list("name", "started_on", "start_m").get() == (
        "Blue",
        dt.date(2026, 1, 1),
        1000,
    )


# Retiring and deleting


def test_a_retired_pair_ends_its_tip_at_once_and_keeps_its_runs(as_alice, alice, far):
    before = tips(alice)
    as_alice.post(f"/shoes/{far.uuid}/retire/")
    retired = tips(alice)
    as_alice.post(f"/shoes/{far.uuid}/bring-back/")

    assert ("H-2" in before, "H-2" in retired, "H-2" in tips(alice)) == (True, False, True)


def test_a_retired_pair_stays_in_the_runners_own_file(as_alice, alice, far):
    as_alice.post(f"/shoes/{far.uuid}/retire/")

    assert alice.shoes.get().retired_on == TODAY
    assert {run.shoe for run in history_of(alice, on=None).runs} == {"Blue"}
    assert [shown.shoe.name for shown in page_of(alice, on=TODAY).retired] == ["Blue"]


def test_the_run_form_suggests_the_pairs_in_use(as_alice, alice):
    pair(alice, "Red & white")
    old = pair(alice, "Old", retired_on=TODAY)
    ran(alice, "2026-03-14", 5, shoe=old)

    page = as_alice.get("/runs/new/")

    assert '<option value="Red &amp; white">' in page.text
    assert '<option value="Old">' not in page.text
    assert page.context["form"]["shoe"].value() == ""  # no habit either


def test_a_run_may_still_name_a_retired_pair(as_alice, alice, a_run):
    old = pair(alice, "Old", retired_on=TODAY)

    as_alice.post("/runs/new/", a_run | {"shoe": "Old"})

    assert alice.runs.get().shoe == old
    assert alice.shoes.get().retired_on == TODAY


def test_a_pair_without_a_run_can_be_deleted(as_alice, alice):
    shoe = pair(alice)

    page = as_alice.get(f"/shoes/{shoe.uuid}/").text
    as_alice.post(f"/shoes/{shoe.uuid}/delete/")

    assert "Delete this pair" in page
    assert not alice.shoes.exists()


@pytest.mark.parametrize(
    "columns", [{}, {"activity": "walk"}, {"deleted_at": dt.datetime(2026, 3, 16, tzinfo=dt.UTC)}]
)
def test_a_pair_that_is_named_stays_and_says_by_how_many(as_alice, alice, columns):
    shoe = pair(alice)
    ran(alice, "2026-03-14", 5, shoe=shoe, **columns)
    ran(alice, "2026-03-15", 5, shoe=shoe)

    response = as_alice.post(f"/shoes/{shoe.uuid}/delete/")

    assert response.status_code == 422
    assert "Nothing was deleted." in response.text
    assert "2 entries name this pair" in response.text
    assert Run.with_deleted.filter(shoe=shoe).count() == 2


def test_a_pair_of_another_runner_is_not_found_and_not_touched(as_bob, alice):
    shoe = pair(alice, start_m=1)
    url = f"/shoes/{shoe.uuid}/"

    statuses = [
        as_bob.get(url).status_code,
        as_bob.post(url, {"name": "Mine"}).status_code,
        *(as_bob.post(f"{url}{what}/").status_code for what in ("retire", "bring-back", "delete")),
    ]

    assert statuses == [404] * 5
    assert Shoe.objects.values_list("runner", "name", "start_m", "retired_on").get() == (
        alice.pk,
        "Blue",
        1,
        None,
    )


def test_two_runners_may_have_a_pair_of_the_same_name(as_bob, bob, alice):
    pair(alice)

    as_bob.post("/shoes/new/", {"name": "Blue"})

    assert bob.shoes.get().name == "Blue"


# Surfaces


def test_surfaces_share_a_month_by_their_distance(alice):
    for on, km, surface in (
        ("2026-03-01", 6, "road"),
        ("2026-03-14", 3, "trail"),
        ("2026-03-15", 1, ""),
        ("2026-02-28", 4, "road"),
        ("2025-04-01", 5, "track"),
        ("2025-03-31", 9, "mixed"),  # before the twelve months
    ):
        ran(alice, on, km, surface=surface)
    ran(alice, "2026-03-15", 5, surface="trail", activity="walk")

    ground = page_of(alice, on=TODAY).ground

    assert [name for _key, name in ground.surfaces] == ["Road", "Trail", "Track", "Not named"]
    months = {
        month.on: (month.distance, [percent for *_, percent in month.shares]) for month in ground.months
    }
    assert len(months) == 12
    assert months[dt.date(2026, 3, 1)] == ("10 km", [60, 30, 0, 10])
    assert months[dt.date(2026, 2, 1)] == ("4 km", [100, 0, 0, 0])
    assert months[dt.date(2025, 4, 1)] == ("5 km", [0, 0, 100, 0])
    assert "March 2026, Trail: 3 km, 30 %" in ground.svg
    assert ground.svg.count("<rect") == 5


def test_without_a_distance_there_is_no_chart(as_alice, alice):
    RunFactory(runner=alice, surface="road")

    assert "No run of the last twelve months has a distance." in as_alice.get("/shoes/").text


def test_the_page_costs_the_same_for_many_pairs(as_alice, alice):
    counts = []
    for pairs in (1, 30):
        for number in range(pairs):
            ran(alice, "2026-03-14", 5, shoe=pair(alice, f"{pairs}-{number}"), surface="road")
        with CaptureQueriesContext(connection) as captured:
            as_alice.get("/shoes/")
        counts.append(len(captured))

    assert counts[-1] <= 6
