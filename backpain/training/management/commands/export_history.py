import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backpain.accounts.models import User
from backpain.training.history import history_data


class Command(BaseCommand):
    help = "Print everything a runner entered as a history of the contract, in JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **options: Any) -> None:
        runner = User.objects.filter(email=email.lower()).first()
        if runner is None:
            raise CommandError("There is no such runner.", returncode=2)
        self.stdout.write(json.dumps(history_data(runner), ensure_ascii=False, indent=1))
