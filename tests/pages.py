"""Every URL there is, with addresses of things that exist: one runner's entries and the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from backpain.accounts.models import User
from backpain.accounts.tokens import hash_of
from backpain.coach.thresholds import RULESET
from backpain.exchange.formats.csv import table_of
from backpain.exercises.models import Article, Exercise, Ladder, Source
from backpain.plan.models import Ruleset
from backpain.reports.models import CalendarFeed
from backpain.simulation.demo import demo_history
from backpain.training.models import Rest
from backpain.training.review import lock, review
from backpain.training.store import store_history
from tests.catalogue import put_catalogue

ADMIN_OBJECT = {
    "history",
    "delete",
    "change",
    "bench",
    "publish",
    "restore",
    "translate",
    "edit",
    "review",
    "preview",
    "page",
    "figure",
    "draw",
}

AN_ARCHIVE = b'{"format": "backpain-history", "version": 1, "runner": {"id": "a", "time_zone": "UTC"}}'
IMPORT = ("import", "choose_imported", "confirm_import", "discard_import")
SHOE = ("shoe", "retire_shoe", "bring_back_shoe", "delete_shoe")


def fill_log(runner: User, *, now: dt.datetime) -> None:
    """Load the catalogue and give a runner sixteen weeks with every kind of entry, reviewed."""
    put_catalogue()
    today = runner.day_of(now)
    history = demo_history(until=today, time_zone=runner.time_zone, seed=1)
    store_history(runner=runner, history=history, now=now)
    Rest.objects.create(
        runner=runner, on=today - dt.timedelta(days=60), to_on=today - dt.timedelta(days=58), entered_at=now
    )
    runner.questionnaires.create(
        form="psfs", on=today, answers={"Put on socks": 3, "Run 5 km": 5}, entered_at=now
    )
    review(runner=lock(runner), now=now)
    runner.shares.create(
        token_hash=hash_of("a-token"),
        first=today - dt.timedelta(days=27),
        last=today,
        made_at=now,
        expires_at=now + dt.timedelta(days=14),
    )
    runner.tokens.create(name="my watch", token_hash=hash_of("a-token"), scopes=["log"], made_at=now)
    runner.pdfs.create(asked_at=now, content=b"%PDF-1.7")
    runner.waiting_archives.create(content=AN_ARCHIVE, made_at=now)
    CalendarFeed.objects.create(runner=runner, token_hash=hash_of("a-token"), language="en", made_at=now)
    batch = runner.imports.create(state="ready", made_at=now, worked_at=now)
    table = table_of(b"Date;km\n3/4/2026;8,2\n").as_json()
    file = batch.files.create(runner=runner, upload_number=0, position=0, name="log.csv", table=table)
    batch.runs.create(
        runner=runner, file=file, position=1, standing="new", is_chosen=True, sport="run", started_at=now
    )
    runner.imports.create(state="stored", made_at=now, worked_at=now, stored_at=now, stored_count=1)
    Ruleset.objects.create(name="calmer", base=RULESET, changes={"cusum_limit": 9})


def url_names() -> set[str]:
    """Return the name of every URL, with its namespace; its route where it has no name."""
    return set(_names(get_resolver(), route="", namespace=""))


def _names(resolver: URLResolver, *, route: str, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}" if pattern.name else here
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern, route=here, namespace=inner)


def address(name: str, runner: User) -> str:
    """Return a URL of this name, of an entry of the runner where it takes one."""
    if name.startswith("admin/"):
        return _unnamed(name)
    return reverse(name, args=_arguments(name, runner))


def _unnamed(route: str) -> str:
    """Return an address for one of the admin's redirects."""
    return "/" + route.replace("<path:object_id>", "1").replace("(?P<url>.*)$", "nothing")


def _arguments(name: str, runner: User) -> list[Any]:
    entries = {
        "run": runner.runs,
        "session": runner.sessions,
        "check_in": runner.check_ins,
        "skipped_run": runner.skipped_runs,
        "rest": runner.rests,
        "care": runner.care,
        "screening": runner.screenings,
        "questionnaire": runner.questionnaires,
    }
    if (entry := name.removeprefix("api_")) in entries:
        return [entries[entry].order_by("-on").first().uuid]
    if name.startswith("admin:"):
        return _admin_arguments(name)
    return {
        "delete_entry": lambda: ["run", *_arguments("run", runner)],
        "restore_entry": lambda: ["run", *_arguments("run", runner)],
        "accept_move": lambda: [runner.advice.newest().uuid, "front-plank"],
        "postpone_move": lambda: [runner.advice.newest().uuid, "front-plank"],
        "decline_move": lambda: [runner.advice.newest().uuid, "front-plank"],
        "advice": lambda: [runner.advice.newest().uuid],
        "put_off_tip": lambda: [runner.advice.newest().uuid],
        "bring_back_tip": lambda: [runner.advice.newest().uuid],
        "look_back": lambda: [runner.advice.newest().uuid],
        **dict.fromkeys(("run_scores", "score_after", "ask_again"), lambda: _arguments("run", runner)),
        "session_scores": lambda: _arguments("session", runner),
        **dict.fromkeys(SHOE, lambda: [runner.shoes.first().uuid]),
        "log_questionnaire": lambda: ["psfs"],
        "end_token": lambda: [runner.tokens.first().uuid],
        "revoke_share": lambda: [runner.shares.first().uuid],
        **dict.fromkeys(("shared_report", "calendar_feed"), lambda: ["a-token"]),
        **dict.fromkeys(("report_pdf", "report_pdf_file"), lambda: [runner.pdfs.first().uuid]),
        **dict.fromkeys(("restore", "discard_restore"), lambda: [runner.waiting_archives.first().uuid]),
        "export_table": lambda: ["runs"],
        "api_advice_of_day": lambda: [runner.advice.newest().on.isoformat()],
        **dict.fromkeys(IMPORT, lambda: [runner.imports.get(state="ready").uuid]),
        "undo_import": lambda: [runner.imports.get(state="stored").uuid],
        "map_columns": lambda: [runner.imports.filter(files__table__isnull=False).get().uuid, 0],
        "chart": lambda: ["ladders"],
        "exercise": lambda: ["forearm-plank"],
        "yours": lambda: ["forearm-plank"],
        "article": lambda: ["weak-deep-core"],
        "missing_translations": lambda: ["de"],
        "account_confirm_email": lambda: ["a-key"],
        "account_reset_password_from_key": lambda: ["1", "a-key"],
    }.get(name, list)()


def _admin_arguments(name: str) -> list[Any]:
    if name == "admin:app_list":
        return ["exercises"]
    if name == "admin:view_on_site":
        return [1, 1]
    if name.rpartition("_")[2] not in ADMIN_OBJECT or name.startswith("admin:password"):
        return []
    tables = {
        "article": Article,
        "source": Source,
        "exercise": Exercise,
        "ladder": Ladder,
        "user": User,
        "group": Group,
        "ruleset": Ruleset,
    }
    table = tables.get(name.split("_")[1])
    row = table.objects.order_by("pk").first() if table else None
    if name.endswith("_restore"):
        return [row.pk, row.history.first().pk]
    if name.endswith("_translate"):
        return [row.pk, "de"]
    return [row.pk if row else 1]
