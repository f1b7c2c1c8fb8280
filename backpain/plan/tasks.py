from __future__ import annotations

import datetime as dt

from django.tasks import task

from backpain.coach.ruleset import with_changes
from backpain.exercises.shipped import shipped_catalogue
from backpain.simulation.bench import compare

from . import publishing, rulesets
from .models import Ruleset

RUNNERS = 100  # of each class; a share is then known to about 0.05
SEED = 20261  # not one the thresholds were tuned on


@task
def try_on_bench(pk: int, asked_at: str, runners: int = RUNNERS) -> None:
    """Compare a draft with the ruleset in force on simulated runners, and keep what came out.

    `asked_at` says which run this is: one that was asked for again ends without a result.
    """
    asked = dt.datetime.fromisoformat(asked_at)
    try:
        _try(pk, asked, runners)
    except publishing.Superseded:
        return
    except Exception:
        publishing.note_failure(pk=pk, asked_at=asked)
        raise


def _try(pk: int, asked_at: dt.datetime, runners: int) -> None:
    noted = -1

    def progress(done: int, of_all: int) -> None:
        nonlocal noted
        if (percent := 100 * done // of_all) > noted:
            noted = percent
            publishing.note_progress(pk=pk, asked_at=asked_at, percent=percent)

    progress(0, 1)
    changes, beside = Ruleset.objects.get(pk=pk).changes, rulesets.in_force()
    result = compare(
        beside.thresholds,
        with_changes(changes),
        runners=runners,
        seed=SEED,
        catalogue=shipped_catalogue(),
        progress=progress,
    )
    of = publishing.measured_on(changes=changes, beside=beside)
    publishing.keep_result(pk=pk, asked_at=asked_at, of=of, result=result.as_data())
