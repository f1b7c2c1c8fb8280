"""Reads mutated files of every format in child processes and prints what came of them: `make fuzz`.

FILES=100 reads so many a format, SEED=... others; the exit status is 1 when a reader failed or took too much.
"""

from __future__ import annotations

import os
import resource
import sys

from .reading import read_activities, read_table
from .seeds import hostile
from .trial import FAILED, FORMATS, Trial, outcome_of, readers, tried

FILES, SEED = 1000, "20261121"
MOST_RESIDENT_MB = 400


def main() -> int:
    count, seed = int(os.environ.get("FILES") or FILES), os.environ.get("SEED") or SEED
    held = True
    with readers() as pool:
        for name in FORMATS:
            trial = tried(name, range(count), seed=seed, pool=pool)
            report(name, trial)
            held = held and not trial.failures
        for name, content in hostile():
            for read in (read_activities, read_table):
                code, cause = outcome_of(content, read, pool=pool)
                print(f"{name}: {code} {cause if code == FAILED else ''}", flush=True)
                held = held and code not in (FAILED, "read")
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    print(f"Most memory of a child: {peak_mb:.0f} MB")
    return 0 if held and peak_mb < MOST_RESIDENT_MB else 1


def report(name: str, trial: Trial) -> None:
    """Print the counts of a format, and every failure with what made it."""
    counts = ", ".join(f"{code} {count}" for code, count in trial.outcomes.most_common())
    print(f"{name}: {trial.outcomes.total()} files, {len(trial.failures)} failures; {counts}", flush=True)
    for number, cause in trial.failures.items():
        print(f"  file {number}: {cause}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
