"""Print the verdict of every day of every history in a file, one JSON object a line; needs no database."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from backpain.coach.chronicle import Chronicle
from backpain.coach.history import History
from backpain.coach.replay import replay
from backpain.coach.thresholds import Thresholds
from backpain.exercises.shipped import shipped_catalogue, shipped_exercises
from backpain.plan.contract import HistoryRefused, day_from, read_history, ruleset_from
from backpain.plan.contradictions import warnings


class Command(BaseCommand):
    help = (
        "Print the verdict of every day of every history as JSON lines; exit status 2 at the first refused."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--from", type=day_from, dest="first", metavar="DATE")
        parser.add_argument("--to", type=day_from, dest="last", metavar="DATE")
        parser.add_argument("--ruleset", type=Path, metavar="FILE")

    def handle(self, *, file: Path, ruleset: Path | None, **options: Any) -> None:
        try:
            _name, thresholds = ruleset_from(ruleset)
            lines = file.open("rb")
        except HistoryRefused as error:
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": file}, returncode=2) from error
        with lines:
            try:
                self._replay(lines, thresholds, options["first"], options["last"])
            except BrokenPipeError:  # the reader, such as head, has seen enough
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the last flush fails

    def _replay(
        self, lines: Iterable[bytes], thresholds: Thresholds, first: dt.date | None, last: dt.date | None
    ) -> None:
        catalogue, exercises = shipped_catalogue(), shipped_exercises()
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            history = _read(line, number)
            for why in warnings(history, catalogue=catalogue, exercises=exercises):
                self.stderr.write(_("warning: line %(n)s: %(why)s") % {"n": number, "why": why})
            begin, end = _range(history, first, last)
            if begin is None or end is None:
                continue
            for on, verdict, rules in replay(history, begin, end, catalogue=catalogue, thresholds=thresholds):
                self._print(history, on, verdict.name.lower(), rules)
            self.stdout.flush()

    def _print(self, history: History, on: dt.date, verdict: str, rules: tuple[str, ...]) -> None:
        day = {"runner": history.runner.id, "on": on.isoformat(), "verdict": verdict, "rules": rules}
        self.stdout.write(json.dumps(day, ensure_ascii=False))


def _read(line: bytes, number: int) -> History:
    try:
        return read_history(line.strip())
    except HistoryRefused as error:
        raise CommandError(_("line %(n)s: %(why)s") % {"n": number, "why": error}, returncode=2) from error


def _range(
    history: History, first: dt.date | None, last: dt.date | None
) -> tuple[dt.date | None, dt.date | None]:
    """Return the days to replay: from the first entry to the last where nothing else is asked."""
    chronicle = Chronicle(history)
    return first or chronicle.first_day, last or chronicle.last_day
