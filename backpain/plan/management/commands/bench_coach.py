"""Measure the coach on made-up runners whose truth is known; needs no database. Exit status 1 at a missed target."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from time import process_time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backpain.coach.thresholds import ENGINE, RULESET, SHIPPED
from backpain.exercises.shipped import shipped_catalogue
from backpain.simulation.report import Report

RUNNERS, CASES, SEED = 400, 1_000_000, 4711  # the seed was not used while anything was tuned
QUICK_RUNNERS, QUICK_CASES = 30, 20_000


class Command(BaseCommand):
    help = "Print how the coach does on made-up runners, with targets; exit status 1 when one is missed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--runners", type=int, help=f"of each class; {RUNNERS} where nothing is said")
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--cases", type=int, help=f"with red flags; {CASES} where nothing is said")
        parser.add_argument(
            "--quick", action="store_true", help="a look in a minute, too few for the targets"
        )

    def handle(
        self, *, runners: int | None, seed: int, cases: int | None, quick: bool, **options: Any
    ) -> None:
        runners = runners or (QUICK_RUNNERS if quick else RUNNERS)
        cases = cases if cases is not None else (QUICK_CASES if quick else CASES)
        self._say(f"Ruleset {RULESET}, engine {ENGINE}, {runners} runners of each class, seed {seed}")
        with get_context("spawn").Pool(os.cpu_count()) as pool:

            def each[Item, Result](function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
                return pool.map(function, items, chunksize=max(1, min(20, len(items) // 16)))

            report = Report(
                catalogue=shipped_catalogue(),
                thresholds=SHIPPED,
                each=each,
                runners=runners,
                seed=seed,
                cases=cases,
                say=self._say,
                clock=process_time,
            )
            report.run()
        if report.missed:
            raise CommandError("missed: " + "; ".join(report.missed), returncode=1)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
