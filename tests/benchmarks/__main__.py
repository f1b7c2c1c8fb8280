"""Prints what pages cost in CPU, how that grows with a log, and Today beside a bare view: `make bench`."""

from __future__ import annotations

import os
import tempfile
import time
import uuid
from collections.abc import Callable
from statistics import median
from typing import Any

RUNS = (600, 6000)
ROUNDS = 150
PAGES = {"A bare view": "/bare/", "Today": "/", "Progress": "/progress/", "Its charts": "/progress/charts/"}
GROWTH_TARGET, BARE_TARGET = 0.10, 5


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="backpain-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "backpain.settings",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DATA_DIR": folder,
            "DEBUG": "0",
            "HTTPS": "0",
            "LOG_LEVEL": "ERROR",
        }
        os.mkdir(f"{folder}/static")
        prepare()
        report(measure())


def prepare() -> None:
    """Make a database with the catalogue and one runner for each length of log."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ROOT_URLCONF = "tests.benchmarks.bare"
    settings.ALLOWED_HOSTS = ["testserver"]
    # Addresses without hashes: nothing was collected for them, and looking them up costs the same.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_catalogue", stdout=nowhere)


def measure() -> dict[str, dict[int, float]]:
    """Return the median CPU time of each request in milliseconds, by length of log."""
    runners = {runs: Runner(runs) for runs in RUNS}
    times: dict[str, dict[int, list[float]]] = {
        name: {runs: [] for runs in RUNS} for name in (*PAGES, "Saving a run")
    }
    for _ in range(ROUNDS):
        for runs, runner in runners.items():  # in turn, so that both meet the same weather
            for name, url in PAGES.items():
                times[name][runs].append(cpu_ms(runner.get, url))
            run = a_run(runner.now)
            times["Saving a run"][runs].append(cpu_ms(runner.post, "/runs/new/", run))
            runner.forget(run)
    return {name: {runs: median(found) for runs, found in by.items()} for name, by in times.items()}


class Runner:
    """A signed-in runner with a log of so many runs."""

    def __init__(self, runs: int) -> None:
        from django.test import Client
        from django.utils import timezone

        from backpain.accounts.actions import give_consent
        from backpain.accounts.models import User
        from tests.benchmarks.long_log import write_long_log

        self.now = timezone.now()
        self.user = User.objects.create_user(f"runner-{runs}@example.org", "unused", birth_year=1990)
        give_consent(runner=self.user, now=self.now)
        write_long_log(runner=self.user, runs=runs, now=self.now)
        self.client = Client(headers={"Accept-Encoding": "gzip"})
        self.client.force_login(self.user)
        for url in PAGES.values():
            self.get(url)
        self.first_advice = self.user.advice.newest()

    def get(self, url: str) -> None:
        assert self.client.get(url).status_code == 200

    def post(self, url: str, values: dict[str, Any]) -> None:
        assert self.client.post(url, values).status_code == 302

    def forget(self, run: dict[str, Any]) -> None:
        """Take a run back, so that every round begins with the same log."""
        self.user.runs.filter(uuid=run["uuid"]).delete()
        self.user.advice.filter(pk__gt=self.first_advice.pk).delete()


def a_run(now: Any) -> dict[str, Any]:
    return {
        "uuid": str(uuid.uuid4()),
        "started_at": f"{now:%Y-%m-%dT00:00}",
        "distance": "7.4",
        "duration": "43:10",
        "effort": "4",
        "kind": "easy",
        "shoe": "Road shoes",
        "pain_before": "0",
        "pain_during": "1",
        "pain_after": "1",
    }


def cpu_ms(do: Callable[..., None], *arguments: Any) -> float:
    begun = time.process_time()
    do(*arguments)
    return (time.process_time() - begun) * 1000


def report(found: dict[str, dict[int, float]]) -> None:
    few, many = RUNS
    print(f"Median CPU of {ROUNDS} requests, in milliseconds\n")
    print(f"{'':14}{few:>6} runs{many:>8} runs  growth")
    for name, by in found.items():
        print(f"{name:14}{by[few]:11.2f}{by[many]:13.2f}{by[many] / by[few] - 1:+8.1%}")
    print(f"\nTarget for growth: under {GROWTH_TARGET:.0%}")
    for runs in RUNS:
        ratio = found["Today"][runs] / found["A bare view"][runs]
        print(f"Today at {runs} runs costs {ratio:.1f} times a bare view; target: at most {BARE_TARGET}")


if __name__ == "__main__":
    main()
