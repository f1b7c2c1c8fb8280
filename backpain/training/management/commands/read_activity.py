"""Print what an activity file holds as one JSON object; needs no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from backpain.activity_files import MAX_BYTES, SENTENCES, NotReadable, read_isolated


class Command(BaseCommand):
    help = "Print the activity in a FIT, TCX or GPX file as JSON; exit status 2 when it cannot be read."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            activity = read_isolated(_content(file), now=timezone.now(), zone=settings.TIME_ZONE)
        except NotReadable as error:
            raise CommandError(_(SENTENCES[error.code]), returncode=2) from error
        values = activity.as_json() | {"warnings": [_(SENTENCES[code]) for code in activity.warnings]}
        self.stdout.write(json.dumps(values, ensure_ascii=False))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotReadable("missing") from error
