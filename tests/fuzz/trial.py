"""Reads mutated files of one format and counts what came of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from backpain.activity_files import NotReadable, Readers

from . import seeds
from .mutations import mutated
from .reading import NOW, ZONE, read_activities, read_table, read_zip

FORMATS: dict[str, tuple[Callable[[], list[bytes]], Callable[[bytes], int]]] = {
    "FIT": (seeds.fits, read_activities),
    "GPX": (seeds.gpxes, read_activities),
    "TCX": (seeds.tcxes, read_activities),
    "CSV": (seeds.tables, read_table),
    "ZIP": (seeds.zips, read_zip),
}


FAILED = "unreadable"  # the refusal of a reader that did not foresee it


@dataclass
class Trial:
    """What came of the files: how many were read or refused with which code; failures by the number of the file."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: dict[int, str] = field(default_factory=dict)


def readers(*, children: int | None = None) -> Readers:
    return Readers(now=NOW, zone=ZONE, functions=(read_activities,), children=children)


def tried(name: str, numbers: range, *, seed: str, pool: Readers) -> Trial:
    """Read the mutated files of a format with these numbers; the same seed gives the same files."""
    make_seeds, read = FORMATS[name]
    right = make_seeds()
    trial = Trial()

    def outcome(number: int) -> tuple[str, str]:
        return outcome_of(mutated(right, random.Random(f"{seed} {name} {number}")), read, pool=pool)

    with ThreadPoolExecutor(2) as threads:
        for number, (code, cause) in zip(numbers, threads.map(outcome, numbers), strict=True):
            trial.outcomes[code] += 1
            if code == FAILED:
                trial.failures[number] = cause
    return trial


def outcome_of(content: bytes, read: Callable[[bytes], int], *, pool: Readers) -> tuple[str, str]:
    """Return what came of a file in a word, and where a failure came from."""
    try:
        return ("read" if pool.call(read, content) else "nothing in it"), ""
    except NotReadable as refusal:
        return refusal.code, str(refusal.__cause__)
