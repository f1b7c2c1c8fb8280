"""Rulesets: drafted within safe limits, tried on the bench, published with a reason, kept for ever."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult

from backpain.accounts.roles import Role
from backpain.coach.ruleset import SAFE
from backpain.coach.thresholds import ENGINE, RULESET
from backpain.plan import publishing, tasks
from backpain.plan.models import BenchState, Ruleset
from backpain.plan.rulesets import in_force
from tests.conftest import NOON, signed_in
from tests.factories import UserFactory, appointed
from tests.plan.published import published, tried

ADD, LIST = "/admin/plan/ruleset/add/", "/admin/plan/ruleset/"


@pytest.fixture
def curator(catalogue):
    """Carol with a curator's rights and no others."""
    return appointed("carol", Role.CURATOR)


@pytest.fixture
def as_curator(curator):
    return signed_in(curator)


@pytest.fixture
def draft(db):
    return Ruleset.objects.create(name="calmer", base=RULESET, changes={"cusum_limit": 9})


def change(ruleset):
    return f"/admin/plan/ruleset/{ruleset.pk}/change/"


def bench(ruleset):
    return f"/admin/plan/ruleset/{ruleset.pk}/bench/"


def publish(ruleset):
    return f"/admin/plan/ruleset/{ruleset.pk}/publish/"


# Drafting


def test_a_draft_keeps_only_what_differs(as_curator, curator):
    page = as_curator.post(ADD, {"name": "calmer", "cusum_limit": "9", "gate_median": "3", "severe": ""})

    row = Ruleset.objects.get()
    assert page.status_code == 302
    assert (row.name, row.base, row.changes) == ("calmer", RULESET, {"cusum_limit": 9})
    assert (row.drafted_by, row.is_published) == (curator, False)


def test_the_form_shows_every_threshold_with_its_rule_its_range_and_the_shipped_value(as_curator):
    html = as_curator.get(ADD).content.decode()

    for name in SAFE:
        assert f'name="{name}"' in html
    assert "R-4. Shipped: 6. From 4 to 6. A warning sign: it can be made stricter, never weaker." in html
    assert "Definition, section 2. Always 2." in html


def test_the_form_shows_a_draft_as_it_was_kept(as_curator, draft):
    form = as_curator.get(change(draft)).context["adminform"].form

    assert (form["cusum_limit"].value(), form["gate_median"].value()) == (9, 3)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("vascular_pain", "7", "At most 6."),
        ("vascular_pain", "3", "At least 4."),
        ("site_days", "6", "At least 7."),
        ("readings_in_week", "3", "Not below 4, the value of “Median readings”."),
        ("cusum_limit", "nan", "Enter a number."),
        ("cusum_limit", "1e400", "Enter a number."),
        ("cusum_days", "5.5", "Enter a whole number."),
        ("name", "2026.1", "Begin with a letter; then a-z, 0-9, - and ."),
        ("name", "a" * 21, "Ensure this value has at most 20 characters (it has 21)."),
    ],
)
def test_a_value_that_is_not_safe_is_refused_beside_its_field(as_curator, field, value, sentence):
    page = as_curator.post(ADD, {"name": "calmer", field: value})

    assert page.status_code == 200
    assert page.context["adminform"].form.errors == {field: [sentence]}
    assert not Ruleset.objects.exists()


def test_a_fixed_threshold_cannot_be_posted(as_curator):
    as_curator.post(ADD, {"name": "calmer", "pain_day": "5"})

    assert Ruleset.objects.get().changes == {}


def test_two_rulesets_never_share_a_name(as_curator, draft):
    page = as_curator.post(ADD, {"name": "calmer"})

    assert list(page.context["adminform"].form.errors) == ["name"]


def test_saving_a_draft_leaves_what_the_bench_writes_meanwhile(asked, curator):
    opened = Ruleset.objects.get()
    publishing.note_progress(pk=asked.pk, asked_at=NOON, percent=42)

    publishing.save_draft(ruleset=opened, by=curator)

    assert Ruleset.objects.get().bench_percent == 42


def test_a_draft_is_changed_and_deleted(as_curator, draft):
    as_curator.post(change(draft), {"name": "calm", "cusum_limit": "10"})
    assert Ruleset.objects.get().changes == {"cusum_limit": 10}

    as_curator.post(f"/admin/plan/ruleset/{draft.pk}/delete/", {"post": "yes"})
    assert not Ruleset.objects.exists()


def test_a_curator_sees_nothing_of_runners_in_the_list(as_curator, draft):
    html = as_curator.get(LIST).content.decode()

    assert "In force now: 2026.1" in html
    assert "calmer" in html


def test_staff_without_the_right_are_kept_out(draft, catalogue):
    dora = signed_in(UserFactory(email="dora@example.org", is_staff=True))

    assert {dora.get(url).status_code for url in (ADD, LIST, change(draft), bench(draft))} == {403}
    assert {dora.post(url).status_code for url in (bench(draft), publish(draft))} == {403}


# Published


def test_a_published_ruleset_is_only_read(as_curator):
    row = published(cusum_limit=9)

    page = as_curator.get(change(row))
    posted = as_curator.post(change(row), {"name": "calmer", "cusum_limit": "10"})

    assert "Cusum limit (W-3): 8 → 9" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert posted.status_code == 403
    assert Ruleset.objects.get().changes == {"cusum_limit": 9}


def test_a_published_ruleset_is_never_deleted(as_curator):
    row = published()

    assert as_curator.post(f"/admin/plan/ruleset/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    as_curator.post(LIST, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert Ruleset.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("step", ["save_draft", "discard", "ask_for_bench", "publish"])
def test_one_published_meanwhile_takes_no_step_any_more(curator, step):
    row = tried(published())
    more = {
        "save_draft": {"by": curator},
        "ask_for_bench": {"now": NOON},
        "publish": {"by": curator, "reason": "Again.", "now": NOON},
    }

    with pytest.raises(publishing.NotAllowed, match="calmer is published and cannot be changed any more"):
        getattr(publishing, step)(ruleset=row, **more.get(step, {}))


def test_the_database_asks_for_a_reason_too(db):
    with pytest.raises(IntegrityError):
        Ruleset.objects.create(name="calmer", base=RULESET, published_at=NOON)


# The bench


def test_asking_queues_one_run(as_curator, draft, at_noon):
    page = as_curator.post(bench(draft))

    draft.refresh_from_db()
    assert (page.status_code, page["Location"]) == (302, bench(draft))
    assert (draft.bench_state, draft.bench_asked_at) == (BenchState.WAITING, NOON)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [draft.pk, NOON.isoformat()]


@pytest.fixture
def asked(draft):
    return publishing.ask_for_bench(ruleset=draft, now=NOON)


def run(ruleset):
    tasks.try_on_bench.func(ruleset.pk, ruleset.bench_asked_at.isoformat(), runners=1)
    ruleset.refresh_from_db()


def test_a_run_keeps_what_it_measured_and_of_what(asked, as_curator):
    run(asked)

    assert (asked.bench_state, asked.bench_percent) == (BenchState.DONE, 100)
    assert asked.bench["of"] == {
        "changes": {"cusum_limit": 9}, "base": RULESET, "engine": ENGINE, "beside": RULESET
    }  # fmt: skip
    html = as_curator.get(bench(asked)).content.decode()
    assert "getting worse, found within 14 days" in html
    assert "Cusum limit" in html
    assert 'name="reason"' in html


def test_the_page_shows_how_far_a_run_is(asked, as_curator):
    publishing.note_progress(pk=asked.pk, asked_at=NOON, percent=42)

    html = as_curator.get(bench(asked)).content.decode()

    assert '<progress max="100" value="42">' in html
    assert 'hx-trigger="every 3s"' in html
    assert 'name="reason"' not in html


def test_nothing_is_polled_once_it_is_done(as_curator, draft):
    assert "hx-trigger" not in as_curator.get(bench(tried(draft))).content.decode()


def test_the_page_names_whose_verdict_changes(as_curator, draft):
    tried(draft)
    changed = {
        "cohort": "worsen_gradual", "runner": 6, "on": "2026-02-03", "before": "professional", "after": "hold",
        "days": 3,
    }  # fmt: skip
    row = {
        "cohort": "worsen_gradual", "measure": "within_14", "before": 0.95, "after": 0.9, "target": 0.92,
        "at_least": True, "met_before": True, "met_after": False,
    }  # fmt: skip
    draft.bench["result"] = {"runners": 100, "seed": 5, "rows": [row], "changed": 201, "changes": [changed]}
    draft.save()

    html = as_curator.get(bench(draft)).content.decode()

    assert "201 runners would be told something else" in html
    assert "worsen gradual 7" in html
    for cell in (
        "2026-02-03",
        "See a professional",
        "Hold",
        "95.0 %",
        "90.0 %",
        "at least 92.0 %",
        "no longer",
    ):
        assert cell in html


def test_a_run_that_breaks_off_says_so(asked, as_curator, monkeypatch):
    def breaks(*rulesets, **more):
        raise ArithmeticError("no")

    monkeypatch.setattr(tasks, "compare", breaks)

    with pytest.raises(ArithmeticError):
        run(asked)

    assert "The bench broke off." in as_curator.get(bench(asked)).content.decode()


def test_a_run_nobody_waits_for_ends_unheard(asked, draft):
    publishing.ask_for_bench(ruleset=draft, now=NOON + dt.timedelta(seconds=1))

    run(asked)

    assert (asked.bench, asked.bench_state) == (None, BenchState.WAITING)


def test_a_run_of_a_deleted_draft_ends_unheard(asked):
    pk = asked.pk
    asked.delete()

    tasks.try_on_bench.func(pk, NOON.isoformat(), runners=1)


def test_a_draft_of_an_older_release_has_to_be_saved_again_first(as_curator, draft):
    Ruleset.objects.update(base="2025.1")

    page = as_curator.post(bench(draft))

    assert page.status_code == 422
    assert "It was drafted beside the ruleset 2025.1. Save it again first." in page.content.decode()
    as_curator.post(change(draft), {"name": "calmer", "cusum_limit": "9"})
    assert as_curator.post(bench(draft)).status_code == 302


# Publishing


def test_a_tried_draft_is_published_with_a_reason(as_curator, curator, draft, at_noon):
    page = as_curator.post(publish(tried(draft)), {"reason": " Fewer false alarms. "})

    draft.refresh_from_db()
    assert (page.status_code, page["Location"]) == (302, LIST)
    assert (draft.reason, draft.published_by, draft.published_at) == ("Fewer false alarms.", curator, NOON)
    assert in_force().name == "calmer"
    assert (
        "Fewer false alarms." in as_curator.get(f"/admin/plan/ruleset/{draft.pk}/history/").content.decode()
    )


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda row: Ruleset.objects.update(bench=None), "Try exactly these thresholds on the bench first"),
        (lambda row: Ruleset.objects.update(changes={"cusum_limit": 10}), "Try exactly these thresholds"),
        (lambda row: published("other", cusum_limit=10), "beside the ruleset now in force"),
        (lambda row: Ruleset.objects.update(base="2025.1"), "It was drafted beside the ruleset 2025.1."),
        (
            lambda row: Ruleset.objects.update(changes={"site_days": 1}),
            "A threshold is outside its safe range.",
        ),
    ],
)
def test_what_was_not_tried_is_not_published(as_curator, draft, spoil, sentence):
    tried(draft)
    spoil(draft)

    page = as_curator.post(publish(draft), {"reason": "Fewer false alarms."})

    draft.refresh_from_db()
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not draft.is_published


def test_what_another_engine_measured_does_not_count(as_curator, draft):
    tried(draft)
    draft.bench["of"]["engine"] = "0"
    draft.save()

    assert as_curator.post(publish(draft), {"reason": "Fewer."}).status_code == 422


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_a_reason_of_some_length_is_needed(as_curator, draft, reason):
    page = as_curator.post(publish(tried(draft)), {"reason": reason})

    assert page.status_code == 422
    assert "Say why it is published, in at most 2000 characters." in page.content.decode()
    assert not Ruleset.objects.exclude(published_at=None).exists()


def test_publishing_is_a_right_of_its_own(draft, curator, as_curator):
    group = Group.objects.get(name=Role.CURATOR)
    group.permissions.remove(group.permissions.get(codename="publish_ruleset"))

    assert as_curator.post(publish(tried(draft)), {"reason": "Fewer."}).status_code == 403
    assert 'name="reason"' not in as_curator.get(bench(draft)).content.decode()
