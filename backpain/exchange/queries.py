"""What is read of imports, and of the log to hold them against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from backpain.accounts.models import User
from backpain.training.models import Run

from .matching import START, Outing
from .models import ASKED, TAKEN, Import, ImportedFile, ImportedRun, Standing, State

PER_PAGE = 50
MOST_NAMED = 500  # files, with the reason why they gave nothing
MOST_LISTED = 100  # imports; an inbox makes some a day, and each can be undone for a month
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


class ToStore(NamedTuple):
    """As much of an activity that was found as becomes a run."""

    pk: int
    run_uuid: UUID
    standing: str
    sport: str
    started_at: dt.datetime
    distance_m: float | None
    duration_s: float | None
    said: dict[str, Any]


def next_to_store(batch: Import, count: int) -> list[ToStore]:
    """Return what is stored next, by its start."""
    rows = batch.found.filter(is_chosen=True, standing__in=TAKEN)
    if last := batch.found.filter(pk=batch.stored_pk).first():
        later = Q(started_at__gt=last.started_at) | Q(started_at=last.started_at, pk__gt=last.pk)
        rows = rows.filter(
            later, started_at__gte=last.started_at
        )  # the latter alone is looked up in the index
    rows = rows.order_by("started_at", "pk").values_list(*ToStore._fields)
    return [ToStore(*row) for row in rows[:count]]


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


def overlapped(batch: Import, found: Iterable[ImportedRun]) -> dict[int, dt.datetime]:
    """Return when the run in the log began that went on at the same time, by the key of the activity."""
    outings = {run.pk: Outing(run.started_at, run.distance_m, run.duration_s) for run in found}
    starts = {outing.started_at.date() for outing in outings.values()}
    days = {day + offset for day in starts for offset in (-DAY, 0 * DAY, DAY)}
    runs = batch.runner.runs.filter(on__in=days).order_by("started_at")
    rows = runs.values_list("started_at", "distance_m", "duration_s")[:READ_AT_ONCE] if days else ()
    logged = [Outing(*row) for row in rows]
    beside = ((pk, other) for pk, outing in outings.items() for other in logged if _overlap(outing, other))
    return {pk: other.started_at for pk, other in beside}


def _overlap(one: Outing, other: Outing) -> bool:
    """Tell whether two go on at the same time; of which it is not said how long, that lasts as long as the other."""
    ends = one.started_at + dt.timedelta(seconds=one.duration_s or other.duration_s or 0)
    other_ends = other.started_at + dt.timedelta(seconds=other.duration_s or one.duration_s or 0)
    return one.started_at < other_ends and other.started_at < ends


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
