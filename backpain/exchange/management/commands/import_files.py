"""Bring in the runs of a folder: an inbox that a watch, a phone or a mail program writes to."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import ngettext

from backpain.accounts.models import User
from backpain.exchange import actions, claims, tasks
from backpain.exchange.models import TAKEN, Import, ImportedFile
from backpain.exchange.queries import hashes_of
from backpain.exchange.words import SPORTS, STANDINGS, sentence
from backpain.exchange.working import Work
from backpain.exchange.zips import MOST_UNPACKED

MOST_AT_ONCE = 200  # files that are open at a time
NOT_ALL_READ = 1  # exit status


class Command(BaseCommand):
    help = (
        "Bring what is surely a run in the files of a folder into a log, each file once; the files stay. "
        "Exit status 1 when a file could not be read, 2 when nothing could be tried."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--user", required=True, metavar="EMAIL")

    def handle(self, *, folder: Path, user: str, **options: Any) -> None:
        runner = User.objects.filter(email=user.lower()).first()
        if runner is None:
            raise CommandError("There is no such runner.", returncode=2)
        if not runner.consents.in_force().exists():
            raise CommandError("This runner has not consented to keeping health data.", returncode=2)
        if not folder.is_dir():
            raise CommandError("There is no such folder.", returncode=2)
        known, unreadable, count = hashes_of(runner), 0, 0
        not_opened: list[str] = []
        for paths in _in_parts(_new(folder, known, not_opened)):
            batch = _brought_in(runner, folder, paths)
            count += batch.stored_count
            for file in batch.files.order_by("upload_number", "position").prefetch_related("runs"):
                unreadable += bool(file.refusal)
                self.stdout.write(f"{file.name}: {'; '.join(_told(file))}")
        for line in not_opened:
            unreadable += 1
            self.stdout.write(line)
        self.stdout.write(
            ngettext("%(n)s run added for %(who)s.", "%(n)s runs added for %(who)s.", count)
            % {"n": count, "who": runner.email}
        )
        if unreadable:
            raise CommandError(
                ngettext("%(n)s file could not be read.", "%(n)s files could not be read.", unreadable)
                % {"n": unreadable},
                returncode=NOT_ALL_READ,
            )


def _new(folder: Path, known: set[str], not_opened: list[str]) -> Iterator[tuple[Path, str]]:
    """Yield the files that were not looked at before, with their hashes; add a line for one that cannot be opened."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        try:
            with path.open("rb") as file:
                content_hash = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:  # its rights, or it was moved meanwhile: the next look tries again
            not_opened.append(f"{path.relative_to(folder)}: {error.strerror}")
            continue
        if content_hash not in known:
            known.add(content_hash)
            yield path, content_hash


def _in_parts(files: Iterable[tuple[Path, str]]) -> Iterator[dict[Path, str]]:
    """Yield some files at a time, no more than an import may hold."""
    part: dict[Path, str] = {}
    size = 0
    for path, content_hash in files:
        size += path.stat().st_size
        if part and (size > MOST_UNPACKED or len(part) == MOST_AT_ONCE):
            yield part
            part, size = {}, path.stat().st_size
        part[path] = content_hash
    if part:
        yield part


def _brought_in(runner: User, folder: Path, paths: dict[Path, str]) -> Import:
    """Return the import of some files, stored."""
    with ExitStack() as stack:
        sent = [
            actions.Sent(str(path.relative_to(folder)), File(stack.enter_context(path.open("rb")), "file"))
            for path in paths
        ]
        batch = actions.begin_folder(
            runner=runner, sent=sent, hashes=list(paths.values()), now=timezone.now()
        )
    _work(batch)
    if actions.settle(batch, now=timezone.now()):
        _work(batch)
    tasks.purge_stored_later(timezone.now())
    actions.let_go(batch)
    batch.refresh_from_db()
    return batch


def _work(batch: Import) -> None:
    if claimed := claims.claim(batch.pk, now=timezone.now()):
        Work(batch=claimed, clock=timezone.now, has_time=lambda: True).get_on()


def _told(file: ImportedFile) -> Iterator[str]:
    """Yield what became of a file and of each activity in it."""
    if file.refusal:
        yield sentence(file.refusal)
    for run in file.runs.all():
        if run.is_chosen and run.standing in TAKEN:
            yield "added"
        else:
            yield f"{STANDINGS[run.standing][0]} ({SPORTS[run.sport]})"
    for row in file.rows_refused:
        yield f"{row['row']}: {sentence(row['code'])}"
