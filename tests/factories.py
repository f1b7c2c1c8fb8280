import datetime as dt

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from backpain.accounts import models as accounts
from backpain.accounts.actions import appoint, set_up_roles
from backpain.accounts.roles import Role
from backpain.training import models as training

LONG_AGO = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = accounts.User

    email = factory.Sequence(lambda n: f"runner{n}@example.org")
    time_zone = "Europe/London"


def appointed(name: str, role: Role) -> accounts.User:
    """Return somebody with a role in the admin and no other right; load the catalogue before."""
    if not Group.objects.exists():
        set_up_roles()
    user = UserFactory(email=f"{name}@example.org", name=name.capitalize())
    appoint(user=user, role=role)
    return user


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = accounts.Consent

    runner = factory.SubFactory(UserFactory)
    version = accounts.CONSENT_VERSION
    given_at = LONG_AGO


class RunFactory(DjangoModelFactory):
    class Meta:
        model = training.Run

    runner = factory.SubFactory(UserFactory)
    started_at = dt.datetime(2026, 3, 14, 8, 0, tzinfo=dt.UTC)
    on = factory.LazyAttribute(lambda run: run.runner.day_of(run.started_at))
    entered_at = factory.SelfAttribute("started_at")


class SessionFactory(RunFactory):
    class Meta:
        model = training.Session


class CheckInFactory(DjangoModelFactory):
    class Meta:
        model = training.CheckIn

    runner = factory.SubFactory(UserFactory)
    on = dt.date(2026, 3, 14)
    score = 1
    entered_at = LONG_AGO
