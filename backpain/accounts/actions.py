from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from backpain.accounts.models import CONSENT_VERSION, User


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
    for sign_in in UserSession.objects.filter(user=runner):
        sign_in.end()
    runner.delete()
