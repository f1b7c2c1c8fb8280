import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from backpain.accounts.models import User
from backpain.coach.history import History
from backpain.plan.contract import HistoryRefused, content_of, read_history
from backpain.training.review import lock, review
from backpain.training.store import store_history


class Command(BaseCommand):
    help = "Store the entries of a history file for a runner: all of them, or none where the file is refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--user", required=True, metavar="EMAIL")

    def handle(self, *, file: Path, user: str, **options: Any) -> None:
        runner = User.objects.filter(email=user.lower()).first()
        if runner is None:
            raise CommandError("There is no such runner.", returncode=2)
        if not runner.consents.in_force().exists():
            raise CommandError("This runner has not consented to keeping health data.", returncode=2)
        try:
            history = read_history(content_of(file))
        except HistoryRefused as error:
            raise CommandError(str(error), returncode=2) from error
        count = _store(runner, history, timezone.now())
        self.stdout.write(f"{count} entries stored for {runner.email}.")


@transaction.atomic
def _store(runner: User, history: History, now: dt.datetime) -> int:
    locked = lock(runner)
    count = store_history(runner=locked, history=history, now=now)
    review(runner=lock(runner), now=now)  # read again: the profile may be new
    return count
