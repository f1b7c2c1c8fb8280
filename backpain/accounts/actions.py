from collections.abc import Collection
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from backpain.accounts.models import CONSENT_VERSION, User
from backpain.accounts.roles import RIGHTS, Role


@transaction.atomic
def welcome_runner(*, runner: User, now: datetime, **settings: Any) -> None:
    """Keep a runner's consent together with the settings asked on the same page."""
    give_consent(runner=runner, now=now)
    change_settings(runner=runner, **settings)


@transaction.atomic
def give_consent(*, runner: User, now: datetime) -> None:
    """Keep that a runner agrees to today's words; agreeing twice keeps the first instant."""
    runner.consents.get_or_create(version=CONSENT_VERSION, withdrawn_at=None, defaults={"given_at": now})


@transaction.atomic
def withdraw_consent(*, runner: User, now: datetime) -> None:
    """Take back every consent of a runner. Does not erase what was logged."""
    runner.consents.filter(withdrawn_at=None).update(withdrawn_at=now)


@transaction.atomic
def change_settings(*, runner: User, **settings: Any) -> None:
    """Change a runner's settings. Days already logged stay where they are when the time zone changes."""
    for field, value in settings.items():
        setattr(runner, field, value)
    runner.save(update_fields=list(settings))


@transaction.atomic
def erase_account(*, runner: User) -> None:
    """End every sign-in of a runner and delete the account with all its entries, for good."""
    _sign_out(runner)
    runner.delete()


@transaction.atomic
def set_up_roles() -> None:
    """Give the group of each role its rights, and none elsewhere."""
    named = Permission.objects.annotate(right=Concat(F("content_type__app_label"), Value("."), F("codename")))
    for role, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(named.filter(right__in=rights))


@transaction.atomic
def appoint(*, user: User, role: Role) -> None:
    """Give somebody a role beside those they have."""
    _set_roles(user, {*user.roles, role})


@transaction.atomic
def dismiss(*, user: User, role: Role) -> None:
    """Take a role back."""
    _set_roles(user, {*user.roles} - {role})


@transaction.atomic
def change_account(*, user: User, roles: Collection[Role], is_active: bool) -> None:
    """Give somebody exactly these roles, and let them sign in or not; who may not is signed out at once."""
    _set_roles(user, roles)
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    if not is_active:
        _sign_out(user)


def _set_roles(user: User, roles: Collection[Role]) -> None:
    """Whoever has a role may enter the admin, and nobody else but superusers."""
    groups = Group.objects.filter(name__in=Role.values)
    user.groups.remove(*groups.exclude(name__in=roles))
    user.groups.add(*groups.filter(name__in=roles))
    user.is_staff = user.is_superuser or bool(roles)
    user.save(update_fields=["is_staff"])


def _sign_out(user: User) -> None:
    for sign_in in UserSession.objects.filter(user=user):
        sign_in.end()
