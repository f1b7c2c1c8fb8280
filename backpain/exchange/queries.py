"""What is read of imports, and of the log to hold them against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from backpain.accounts.models import User
from backpain.training.models import Run

from .matching import START, Outing
from .models import ASKED, TAKEN, Import, ImportedFile, ImportedRun, Standing, State

PER_PAGE = 50
MOST_NAMED = 500  # files, with the reason why they gave nothing
MOST_LISTED = 20  # imports
READ_AT_ONCE = 2000  # rows; a log may have some hundred thousand
DAY = dt.timedelta(days=1)  # a runner's own day begins that much off at most


def logged_between(runner: User, first: dt.datetime, last: dt.datetime) -> Iterator[Outing]:
    """Return the runs of the log that began between two instants, and about then, by their start."""
    days = ((first - 2 * DAY).date(), (last + 2 * DAY).date())  # the index leads with them
    runs = runner.runs.filter(on__range=days, started_at__range=(first - START, last + START))
    rows = runs.order_by("started_at").values_list("started_at", "distance_m", "duration_s")
    return map(Outing._make, rows.iterator(READ_AT_ONCE))


def logged_around(batch: Import) -> Iterator[Outing]:
    """Return the runs of the log that an import may repeat."""
    span = batch.found.aggregate(first=Min("started_at"), last=Max("started_at"))
    return logged_between(batch.runner, span["first"], span["last"]) if span["first"] else iter(())


def to_match(batch: Import) -> Iterator[tuple[int, Outing, Standing]]:
    """Return what was found and is no duplicate as far as known, by its start."""
    rows = batch.found.exclude(standing__in=(Standing.DUPLICATE, Standing.REPEATED))
    columns = ("pk", "started_at", "distance_m", "duration_s", "standing")
    for pk, *outing, standing in (
        rows.order_by("started_at", "pk").values_list(*columns).iterator(READ_AT_ONCE)
    ):
        yield pk, Outing(*outing), Standing(standing)


def known_by_file(batch: Import) -> Iterator[int]:
    """Return what came in before from the very same file and stands in the log, however it was corrected."""
    stands = Run.objects.filter(runner=batch.runner, uuid=OuterRef("run_uuid"))
    before = ImportedRun.objects.filter(
        Exists(stands),
        runner=batch.runner,
        batch__state=State.STORED,
        is_chosen=True,
        standing__in=TAKEN,
        file__content_hash__in=batch.files.exclude(content_hash="").values("content_hash"),
    )
    known = set(before.values_list("file__content_hash", "position"))
    rows = batch.found.values_list("pk", "file__content_hash", "position") if known else batch.found.none()
    for pk, content_hash, position in rows.iterator(READ_AT_ONCE):
        if (content_hash, position) in known:
            yield pk


def next_to_store(batch: Import, count: int) -> list[ImportedRun]:
    """Return what is stored next, by its start."""
    rows = batch.found.filter(is_chosen=True, standing__in=TAKEN)
    if last := batch.found.filter(pk=batch.stored_pk).first():
        later = Q(started_at__gt=last.started_at) | Q(started_at=last.started_at, pk__gt=last.pk)
        rows = rows.filter(
            later, started_at__gte=last.started_at
        )  # the latter alone is looked up in the index
    return list(rows.order_by("started_at", "pk")[:count])


@dataclass(frozen=True)
class Counts:
    """How many activities of an import are of each standing, sport and choice, and how many files of each refusal."""

    runs: dict[tuple[str, str, bool], int]
    files: dict[str, int]

    def of(self, *standings: str, sport: str = "") -> int:
        return sum(
            count
            for (standing, its_sport, _chosen), count in self.runs.items()
            if standing in standings and sport in ("", its_sport)
        )

    @property
    def chosen(self) -> int:
        """Return how many come in when the import is confirmed."""
        return sum(
            count for (standing, _, chosen), count in self.runs.items() if chosen and standing in TAKEN
        )

    def unchosen(self, sport: str) -> int:
        """Return how many of a sport are left to be chosen."""
        return sum(
            count
            for (standing, its_sport, chosen), count in self.runs.items()
            if standing in ASKED and its_sport == sport and not chosen
        )


def counts_of(batch: Import) -> Counts:
    """Return what an import holds, in two queries."""
    runs = batch.found.values_list("standing", "sport", "is_chosen").annotate(Count("pk")).order_by()
    refused = batch.files.exclude(refusal="").filter(runs=None)
    files = refused.values_list("refusal").annotate(Count("pk")).order_by()
    return Counts({(*key,): count for *key, count in runs}, dict(files))


def page_of_runs(batch: Import, *, standings: Iterable[str], page: int) -> Page[ImportedRun]:
    """Return some of the activities, newest first; a page that is not there is the nearest."""
    rows = batch.found.filter(standing__in=standings).select_related("file").order_by("-started_at", "-pk")
    return Paginator(rows, PER_PAGE).get_page(page)


def files_refused(batch: Import) -> list[ImportedFile]:
    """Return files that gave nothing, by their refusal; of very many the first."""
    refused = batch.files.exclude(refusal="").filter(runs=None)
    return list(refused.order_by("refusal", "upload_number", "position")[:MOST_NAMED])


def tables_of(batch: Import) -> list[ImportedFile]:
    """Return the tables whose columns may be named, and those with rows that could not be read."""
    rows = batch.files.filter(~Q(rows_refused=[]) | Q(table__isnull=False))
    return list(rows.order_by("upload_number", "position")[:PER_PAGE])


def hashes_of(runner: User) -> set[str]:
    """Return the files of folders that were looked at before, whatever became of their runs since."""
    over = runner.imports.filter(from_folder=True, state__in=(State.STORED, State.UNDONE))
    return {one for hashes in over.values_list("hashes", flat=True) for one in hashes}


def imports_of(runner: User) -> list[Import]:
    """Return the imports of a runner, newest first; the command's are left out where nothing came of them."""
    empty = Q(from_folder=True, stored_count=0)
    return list(runner.imports.exclude(empty).order_by("-made_at", "-pk")[:MOST_LISTED])
