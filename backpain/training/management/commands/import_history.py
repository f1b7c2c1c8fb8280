import datetime as dt
from argparse import ArgumentParser
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from backpain.accounts.models import User
from backpain.coach.history import History
from backpain.exercises.models import Exercise
from backpain.exercises.queries import coach_catalogue
from backpain.plan.contract import HistoryRefused, content_of, read_history
from backpain.plan.contradictions import warnings
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
        now = timezone.now()
        for line in _warnings(history, now):
            self.stderr.write(f"warning: {line}")
        count = _store(runner, history, now)
        self.stdout.write(f"{count} entries stored for {runner.email}.")


def _warnings(history: History, now: dt.datetime) -> list[str]:
    catalogue, told_on = coach_catalogue(), history.runner.day_of(now)
    exercises = frozenset(Exercise.objects.values_list("slug", flat=True))
    found = warnings(history, catalogue=catalogue, exercises=exercises, told_on=told_on)
    return [*found, *_not_as_told(history, {ladder.slug for ladder in catalogue.ladders}, exercises)]


def _not_as_told(history: History, ladders: Collection[str], exercises: Collection[str]) -> Iterator[str]:
    """Placements that cannot be kept as they are: they point into the catalogue and have whole numbers."""
    for number, placement in enumerate(history.placements):
        if placement.ladder not in ladders or placement.exercise not in exercises:
            yield f"placements[{number}]: The catalogue does not know this one, so it is left out."
        elif placement.target != round(placement.target):
            yield f"placements[{number}].target: This is stored as {round(placement.target)}."
        elif placement.hold_s is not None and placement.hold_s != int(placement.hold_s):
            yield f"placements[{number}].hold_s: This is stored as {int(placement.hold_s)}."


@transaction.atomic
def _store(runner: User, history: History, now: dt.datetime) -> int:
    locked = lock(runner)
    count = store_history(runner=locked, history=history, now=now)
    review(runner=lock(runner), now=now, whole=True)  # read again: the profile may be new
    return count
