"""Print the coach's advice for a history file on a day as one JSON object; needs no database."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from backpain.coach.chronicle import Chronicle
from backpain.coach.decide import decide
from backpain.coach.facts import facts_from
from backpain.coach.history import History
from backpain.coach.thresholds import ENGINE
from backpain.exercises.shipped import shipped_catalogue, shipped_exercises
from backpain.plan.advice_data import advice_data
from backpain.plan.contract import (
    HistoryRefused,
    content_of,
    day_from,
    read_history,
    ruleset_from,
)
from backpain.plan.contradictions import warnings


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
        catalogue = shipped_catalogue()
        told_on = _told_on(history, on)
        for line in warnings(history, catalogue=catalogue, exercises=shipped_exercises(), told_on=told_on):
            self.stderr.write(_("warning: %(line)s") % {"line": line})
        facts = facts_from(history, on, catalogue=catalogue, thresholds=thresholds)
        decision = decide(facts, thresholds=thresholds)
        head = {"runner": history.runner.id, "on": on.isoformat(), "ruleset": name, "engine": ENGINE}
        self.stdout.write(json.dumps(head | advice_data(decision, thresholds=thresholds), ensure_ascii=False))


def _told_on(history: History, on: dt.date) -> dt.date | None:
    """Return the day, unless later entries show that the history was told later."""
    last_day = Chronicle(history).last_day
    return None if last_day is not None and last_day > on else on
