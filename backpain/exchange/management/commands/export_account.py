from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backpain.accounts.models import User
from backpain.exchange.export import archive_of


class Command(BaseCommand):
    help = "Write an account as a ZIP, which its owner can bring in again here or on another site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("file", type=Path)

    def handle(self, *, email: str, file: Path, **options: Any) -> None:
        runner = User.objects.filter(email=email.lower()).first()
        if runner is None:
            raise CommandError("There is no such runner.", returncode=2)
        content = archive_of(runner)
        try:
            file.touch(mode=0o600)
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.", returncode=2) from error
        self.stdout.write(f"{file} has the account of {runner.email}.")
