"""Reads mutated files of every format in child processes and prints what came of them: `make fuzz`.

FILES=100 reads so many a format, SEED=... others; the exit status is 1 when a reader failed or took too long.
"""

from __future__ import annotations

import os
import sys

from .reading import read_activities
from .seeds import hostile
from .trial import FAILED, FORMATS, Trial, outcome_of, readers, tried

FILES, SEED = 1000, "20261121"


def main() -> int:
    count, seed = int(os.environ.get("FILES") or FILES), os.environ.get("SEED") or SEED
    held = True
    with readers() as pool:
        for name in FORMATS:
            trial = tried(name, range(count), seed=seed, pool=pool)
            report(name, trial)
            held = held and not trial.failures
        for name, content in hostile().items():
            code, cause = outcome_of(content, read_activities, pool=pool)
            print(f"{name}: {code} {cause if code == FAILED else ''}", flush=True)
            held = held and code not in (FAILED, "read")
    return 0 if held else 1


def report(name: str, trial: Trial) -> None:
    """Print the counts of a format, and every failure with what made it."""
    counts = ", ".join(f"{code} {count}" for code, count in trial.outcomes.most_common())
    print(f"{name}: {trial.outcomes.total()} files, {len(trial.failures)} failures; {counts}", flush=True)
    for number, cause in trial.failures.items():
        print(f"  file {number}: {cause}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
