import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from backpain.accounts.models import User
from backpain.plan.models import Answer
from backpain.training.management.commands import load_demo
from tests.conftest import signed_in

pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("db", "at_noon")]


@pytest.fixture
def over_http(settings):
    settings.HTTPS = False


@pytest.fixture
def without_a_log(monkeypatch):
    """The demo's accounts alone, which takes no seconds."""
    monkeypatch.setattr(load_demo, "_live", lambda _runner, now: None)


def trains_by_what_was_advised(runner):
    """Tell whether the plan moved by advice alone, and every set of exercises was that of the plan."""
    placements = runner.placements.select_related("exercise", "advice").order_by("from_on", "pk")
    moved = placements.exclude(advice=None)
    accepted = runner.move_answers.filter(answer=Answer.ACCEPTED).count()
    stood = {(row.exercise.slug, row.from_on, row.ended_on): row.target for row in placements}
    return (
        moved.count() == placements.count() - 4 > accepted > 0  # what eases is in force without an answer
        and all(row.from_on == row.advice.on for row in moved)
        and all(
            done.target == target
            for done in runner.sets.select_related("session")
            for (exercise, first, ended_on), target in stood.items()
            if exercise == done.exercise
            and first <= done.session.on
            and not (ended_on and ended_on <= done.session.on)
        )
    )


def shows_a_finding_and_every_chart(demo):
    page, others = (demo.get(f"/progress/{path}").content.decode() for path in ("", "charts/"))

    assert "<h1>Pain after runs went down from" in page
    assert (page.count('<svg class="plot"'), others.count('<section class="card')) == (2, 5)
    assert '<p class="muted">' not in others.partition("<main")[2]  # which says why there is nothing to draw


def test_refuses_where_the_site_may_be_public(settings):
    settings.HTTPS = True

    with pytest.raises(CommandError, match="--force"):
        call_command("load_demo")

    assert not User.objects.exists()


def test_can_be_forced(settings, without_a_log, capsys):
    settings.HTTPS = True

    call_command("load_demo", "--force")

    assert User.objects.count() == 4


def test_prints_sign_ins_that_work(over_http, without_a_log, capsys, client):
    call_command("load_demo")

    printed = capsys.readouterr().out
    for name in ("demo", "curator", "reviewer", "owner"):
        assert f"{name}@example.org / run-tall-{name}" in printed
        assert client.login(email=f"{name}@example.org", password=f"run-tall-{name}")
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == 4


def test_gives_the_runner_a_log_with_advice_that_ends_today_and_every_chart(over_http, capsys):
    call_command("load_demo")

    runner = User.objects.get(email="demo@example.org")
    assert runner.consents.in_force().exists()
    assert runner.runs.count() == 47
    assert runner.runs.order_by("-on").first().on == dt.date(2026, 3, 15)
    assert runner.placements.in_force().count() == 4
    assert runner.advice.newest().verdict == "progress"
    assert {runner.day_of(advice.given_at) - advice.on for advice in runner.advice.all()} == {dt.timedelta(0)}
    assert len(set(runner.advice.values_list("on", flat=True))) == 16 * 7
    assert runner.flare_plans.exclude(ended_on=None).count() == 1
    assert trains_by_what_was_advised(runner)
    shows_a_finding_and_every_chart(signed_in(runner))


def test_gives_each_role_to_one_and_none_of_them_a_log(over_http, without_a_log, capsys):
    call_command("load_demo")

    staff = User.objects.exclude(email="demo@example.org")
    roles = {user.email.partition("@")[0]: [role.name.lower() for role in user.roles] for user in staff}
    assert roles == {"curator": ["curator"], "reviewer": ["reviewer"], "owner": ["owner"]}
    for user in staff:
        assert user.is_staff and not user.is_superuser
        assert not user.consents.exists()


def test_keeps_everything_the_second_time(over_http, without_a_log, monkeypatch, capsys):
    call_command("load_demo")
    User.objects.filter(email="demo@example.org").update(name="Robin")
    monkeypatch.delattr(load_demo, "_live")

    call_command("load_demo")

    assert User.objects.count() == 4
    assert User.objects.get(email="demo@example.org").name == "Robin"
    assert capsys.readouterr().out.count("demo@example.org / run-tall-demo") == 2
