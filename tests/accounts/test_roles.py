"""Roles: what each may do, that none of them reaches a runner's data, and how somebody gets one."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from backpain.accounts.actions import appoint, set_up_roles
from backpain.accounts.models import User
from backpain.accounts.roles import RIGHTS, Role
from tests.factories import UserFactory, appointed

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def dora():
    """Somebody who has signed up and has no role."""
    return UserFactory(email="dora@example.org")


def fresh(user):
    return User.objects.get(pk=user.pk)


def rights_of(role):
    """Return what a role's group has in the database, as "app.codename", by model."""
    for right in Permission.objects.filter(group__name=role).select_related("content_type"):
        yield right.content_type.model_class(), f"{right.content_type.app_label}.{right.codename}"


@pytest.mark.parametrize("role", Role)
def test_a_role_has_the_rights_of_the_table(role):
    set_up_roles()

    assert sorted(right for _model, right in rights_of(role)) == sorted(RIGHTS[role])


@pytest.mark.parametrize("role", Role)
def test_no_role_reaches_what_is_a_runners(role):
    set_up_roles()

    for model, right in rights_of(role):
        own = {field.name for field in model._meta.get_fields() if not field.auto_created}
        assert "runner" not in own, right
        assert not model._meta.model_name.startswith("historical"), right


def test_there_are_runners_tables_to_keep_from_them():
    """Lest the test above looks for a name nobody uses any more."""
    owned = {model._meta.label for model in apps.get_models() if hasattr(model, "runner")}

    assert {"training.Run", "training.CheckIn", "plan.Advice", "plan.Placement", "accounts.Consent"} <= owned


def test_one_edits_and_another_publishes():
    curator, reviewer = appointed("carol", Role.CURATOR), appointed("rita", Role.REVIEWER)

    assert curator.has_perm("exercises.change_exercise") and not curator.has_perm(
        "exercises.publish_exercise"
    )
    assert reviewer.has_perm("exercises.publish_exercise") and reviewer.has_perm("exercises.view_rung")
    assert not reviewer.has_perm("exercises.change_exercise")
    assert curator.has_perm("plan.publish_ruleset") and reviewer.has_perm("plan.publish_ruleset")
    assert not reviewer.has_perm("plan.change_ruleset")


def test_an_owner_keeps_users_and_no_catalogue():
    owner = appointed("olga", Role.OWNER)

    assert owner.get_all_permissions() == {"accounts.view_user", "accounts.change_user"}


def test_rights_that_came_by_another_way_go():
    set_up_roles()
    group = Group.objects.get(name=Role.CURATOR)
    group.permissions.add(Permission.objects.get(codename="view_run"))

    set_up_roles()

    assert not group.permissions.filter(codename="view_run").exists()


@pytest.mark.parametrize("name", ["curator", "reviewer", "owner", "Owner"])
def test_the_command_appoints(dora, name, capsys):
    call_command("appoint", "Dora@Example.org", name)

    dora = fresh(dora)
    assert dora.roles == [Role[name.upper()]]
    assert dora.is_staff and not dora.is_superuser
    assert capsys.readouterr().out == f"Roles of dora@example.org now: {name.lower()}.\n"


def test_appointing_twice_is_appointing_once(dora, capsys):
    call_command("appoint", "dora@example.org", "curator")
    call_command("appoint", "dora@example.org", "curator")
    call_command("appoint", "dora@example.org", "reviewer")

    assert fresh(dora).roles == [Role.CURATOR, Role.REVIEWER]
    assert capsys.readouterr().out.splitlines()[-1] == "Roles of dora@example.org now: curator, reviewer."


def test_the_command_takes_a_role_back_and_with_the_last_one_the_admin(dora, capsys):
    for role in ("curator", "owner"):
        call_command("appoint", "dora@example.org", role)

    call_command("appoint", "dora@example.org", "curator", "--remove")
    assert fresh(dora).is_staff
    call_command("appoint", "dora@example.org", "owner", "--remove")
    call_command("appoint", "dora@example.org", "owner", "--remove")

    assert fresh(dora).roles == []
    assert not fresh(dora).is_staff
    assert capsys.readouterr().out.splitlines()[-1] == "Roles of dora@example.org now: none."


def test_a_superuser_without_a_role_stays_one(carol, capsys):
    call_command("appoint", "carol@example.org", "curator", "--remove")

    assert fresh(carol).is_staff and fresh(carol).is_superuser


@pytest.mark.parametrize(
    ("email", "role", "sentence"),
    [
        ("nobody@example.org", "curator", "no account with the e-mail address 'nobody@example.org'"),
        ("dora@example.org", "boss", "no role 'boss'. Choose one of: curator, reviewer, owner."),
        ("dora@example.org", "", "no role ''"),
    ],
)
def test_the_command_says_what_is_wrong(dora, email, role, sentence):
    with pytest.raises(CommandError) as refused:
        call_command("appoint", email, role)

    assert sentence in str(refused.value)
    assert not fresh(dora).is_staff


def test_a_role_leaves_other_groups_alone(dora):
    set_up_roles()
    dora.groups.add(Group.objects.create(name="Translators"))

    appoint(user=dora, role=Role.REVIEWER)

    assert {group.name for group in fresh(dora).groups.all()} == {"Translators", "Reviewers"}
