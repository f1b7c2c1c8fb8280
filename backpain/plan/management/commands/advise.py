"""Print the coach's advice for a history file on a day as one JSON object; needs no database."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backpain.coach.decide import decide
from backpain.coach.facts import facts_from
from backpain.coach.thresholds import ENGINE
from backpain.exercises.shipped import shipped_catalogue
from backpain.plan.contract import (
    HistoryRefused,
    advice_data,
    content_of,
    day_from,
    read_history,
    ruleset_from,
)


class Command(BaseCommand):
    help = "Print the advice for a history on a day as JSON; exit status 2 when the history is refused."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--on", type=day_from, required=True, metavar="DATE")
        parser.add_argument("--ruleset", type=Path, metavar="FILE")

    def handle(self, *, file: Path, on: dt.date, ruleset: Path | None, **options: Any) -> None:
        try:
            name, thresholds = ruleset_from(ruleset)
            history = read_history(content_of(file))
        except HistoryRefused as error:
            raise CommandError(str(error), returncode=2) from error
        facts = facts_from(history, on, catalogue=shipped_catalogue(), thresholds=thresholds)
        decision = decide(facts, thresholds=thresholds)
        head = {"runner": history.runner.id, "on": on.isoformat(), "ruleset": name, "engine": ENGINE}
        self.stdout.write(json.dumps(head | advice_data(decision, thresholds=thresholds), ensure_ascii=False))
