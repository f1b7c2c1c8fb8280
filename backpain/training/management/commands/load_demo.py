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
from backpain.plan.actions import accept_move, postpone_move
from backpain.simulation.demo import DemoDay, days_of, demo_history
from backpain.training.day_plans import begin_gentle_days, end_gentle_days
from backpain.training.review import lock, review
from backpain.training.store import store_history

RUNNER = "demo@example.org", "run-tall-demo"
MORNING, EVENING = 6, 21  # hours
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
        _live(runner, now=now)
    for role, (email, password, name) in STAFF.items():
        if not User.objects.filter(email=email).exists():
            appoint(user=_account(email, password, name=name), role=role)


def _live(runner: User, *, now: dt.datetime) -> None:
    """Give a new runner the demo's sixteen weeks, day by day."""
    until = runner.day_of(now)
    history = demo_history(until=until, time_zone=runner.time_zone, seed=1)
    days = list(days_of(history, until=until))
    give_consent(runner=runner, now=_at(runner, days[0].on, MORNING))
    for day in days:
        _live_a_day(runner, day)
    review(runner=lock(runner), now=now)


def _live_a_day(runner: User, day: DemoDay) -> None:
    """Do in the morning what the coach advises, with the steps up that are due, and log the day in the evening."""
    morning = _at(runner, day.on, MORNING)
    see_today = begin_gentle_days if day.is_gentle else end_gentle_days  # which review, too
    advice = see_today(runner=runner, now=morning)
    taken = {placement.ladder for placement in day.entered.placements}
    for move in advice.upward_moves:
        answer = accept_move if move.ladder in taken else postpone_move
        answer(runner=runner, advice=advice, ladder=move.ladder, now=morning)
    store_history(runner=runner, history=day.entered, now=_at(runner, day.on, EVENING))


def _at(runner: User, on: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(hour), runner.zone)


def _account(email: str, password: str, **fields: Any) -> User:
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
