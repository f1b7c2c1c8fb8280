import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from backpain.accounts.actions import appoint, give_consent
from backpain.accounts.models import User
from backpain.accounts.roles import Role
from backpain.simulation.demo import demo_history
from backpain.training.review import review
from backpain.training.store import store_history

RUNNER = "demo@example.org", "run-tall-demo"
STAFF = {
    Role.CURATOR: ("curator@example.org", "run-tall-curator", "Sam"),
    Role.REVIEWER: ("reviewer@example.org", "run-tall-reviewer", "Robin"),
    Role.OWNER: ("owner@example.org", "run-tall-owner", "Kim"),
}


class Command(BaseCommand):
    help = (
        "Make a demo runner with 16 weeks of history, and somebody in each role. Keeps what is there already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="also where HTTPS=1, in spite of known passwords"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.HTTPS and not options["force"]:
            raise CommandError(
                "The demo's passwords are known to everyone. Use --force if this site is not public."
            )
        call_command("load_catalogue", stdout=self.stdout)
        _load(timezone.now())
        self.stdout.write(f"Runner:   {' / '.join(RUNNER)}")
        for role, (email, password, _name) in STAFF.items():
            self.stdout.write(f"{role.label + ':':<9} {email} / {password}")


@transaction.atomic
def _load(now: dt.datetime) -> None:
    if not User.objects.filter(email=RUNNER[0]).exists():
        runner = _account(*RUNNER, name="Alex", time_zone="Europe/London", country="GB", birth_year=1990)
        give_consent(runner=runner, now=now)
        history = demo_history(until=runner.day_of(now), time_zone=runner.time_zone, seed=1)
        store_history(runner=runner, history=history, now=now)
        review(runner=runner, now=now)
    for role, (email, password, name) in STAFF.items():
        if not User.objects.filter(email=email).exists():
            appoint(user=_account(email, password, name=name), role=role)


def _account(email: str, password: str, **fields: Any) -> User:
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
