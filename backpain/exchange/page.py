"""What the page of an import shows: its summary, some of its activities, and the files that gave none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backpain.accounts.models import User
from backpain.plan.wording import explain
from backpain.training.queries import NO_SCORE, asked_for_score

from .models import ASKED, TAKEN, UNDO, Import, ImportedFile, ImportedRun, Standing
from .queries import Counts, counts_of, files_refused, overlapped, page_of_runs, tables_of
from .words import COLUMNS, SPORTS, STANDINGS, sentence

ALL, NEW, CHOICE, LEFT = "all", "new", "choice", "left"
VIEWS: dict[str, tuple[Promise, tuple[Standing, ...]]] = {
    ALL: (gettext_lazy("All"), tuple(Standing)),
    NEW: (gettext_lazy("New"), (Standing.NEW,)),
    CHOICE: (gettext_lazy("Your choice"), ASKED),
    LEFT: (gettext_lazy("Left out"), (Standing.DUPLICATE, Standing.REPEATED, Standing.NOT_A_RUN)),
}
NAMED = 20  # files of a reason
NO_ACTIVITY = ("not_an_activity", "no_track")  # nothing is wrong with such a file


@dataclass(frozen=True, kw_only=True)
class Row:
    """An activity as the table shows it."""

    run: ImportedRun
    sport: Promise
    standing: Promise
    icon: str
    warnings: Sequence[str]
    can_be_chosen: bool
    overlaps: dt.datetime | None  # the start of a run in the log that may be the same


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why some files gave nothing: how many, and the names of the first."""

    why: str
    count: int
    names: Sequence[str]

    @property
    def more(self) -> int:
        return self.count - len(self.names)


@dataclass(frozen=True, kw_only=True)
class TableRead:
    """A table, its rows that could not be read, and whether it is to be said what its columns mean, or can be."""

    file: ImportedFile
    rows: Sequence[tuple[int, str]]
    is_asked: bool
    can_be_mapped: bool


@dataclass(frozen=True, kw_only=True)
class DryRun:
    batch: Import
    counts: Counts
    summary: str
    shown: str
    views: Sequence[tuple[str, Promise, int]]
    page: Page[ImportedRun]
    rows: Sequence[Row]
    refused: Sequence[Refused]
    tables: Sequence[TableRead]

    @property
    def bulk(self) -> Sequence[tuple[str, int, int]]:
        """Return the sports that can be chosen as a whole: how many there are, and how many are left."""
        asked = ((sport, self.counts.of(*ASKED, sport=sport)) for sport in ("walk", "unknown"))
        return [(sport, count, self.counts.unchosen(sport)) for sport, count in asked if count]


def dry_run(batch: Import, *, shown: str, page: int) -> DryRun:
    """Return what would come in, in eight queries."""
    counts = counts_of(batch)
    shown = shown if shown in VIEWS else ALL
    found = page_of_runs(batch, standings=VIEWS[shown][1], page=page)
    overlaps = overlapped(batch, [run for run in found if run.standing in TAKEN])
    views = [(key, name, counts.of(*standings)) for key, (name, standings) in VIEWS.items()]
    return DryRun(
        batch=batch,
        counts=counts,
        summary=summary(counts, others=batch.other_count),
        shown=shown,
        views=[view for view in views if view[2]],
        page=found,
        rows=[_row(run, overlaps.get(run.pk)) for run in found],
        refused=list(_refused(batch, counts)),
        tables=[_table(file) for file in tables_of(batch)],
    )


def _table(file: ImportedFile) -> TableRead:
    return TableRead(
        file=file,
        rows=[(row["row"], sentence(row["code"])) for row in file.rows_refused],
        is_asked=file.refusal == COLUMNS,
        can_be_mapped=file.table is not None,
    )


def _row(run: ImportedRun, overlaps: dt.datetime | None) -> Row:
    word, icon = STANDINGS[Standing(run.standing)]
    return Row(
        run=run,
        sport=SPORTS[run.sport],
        standing=word,
        icon=icon,
        warnings=[sentence(code) for code in run.warnings if not code.startswith("sport_")],
        can_be_chosen=run.standing in TAKEN,
        overlaps=overlaps,
    )


def _refused(batch: Import, counts: Counts) -> Iterator[Refused]:
    reasons = sorted(counts.files.keys() - {COLUMNS})
    files = files_refused(batch) if reasons else []
    for code in reasons:
        names = [file.name for file in files if file.refusal == code]
        yield Refused(why=sentence(code), count=counts.files[code], names=names[:NAMED])


def summary(counts: Counts, *, others: int) -> str:
    """Return what would come in and what would not, in a sentence."""
    if not counts.runs and not counts.files:
        return _("There is nothing in these files.")
    if {standing for standing, _sport, _chosen in counts.runs} == {Standing.DUPLICATE} and not counts.files:
        return _("All of them are in your log already.")
    return f"{', '.join(words % {'n': count} for count, words in _parts(counts, others) if count)}."


def _parts(counts: Counts, others: int) -> Iterator[tuple[int, str]]:
    """Yield counts with their words."""
    new, logged = counts.of(Standing.NEW), counts.of(Standing.DUPLICATE)
    twice, damaged = counts.of(Standing.REPEATED), counts.of(Standing.DAMAGED)
    walks, unknown = (counts.of(Standing.OFFERED, sport=sport) for sport in ("walk", "unknown"))
    rides, all_left = counts.of(Standing.NOT_A_RUN, sport="ride"), counts.of(Standing.NOT_A_RUN)
    no_activity = sum(counts.files.get(code, 0) for code in NO_ACTIVITY)
    unreadable = sum(counts.files.values()) - no_activity - counts.files.get(COLUMNS, 0)
    no_activity += others
    yield new, ngettext("%(n)s new run", "%(n)s new runs", new)
    yield logged, ngettext("%(n)s already in your log", "%(n)s already in your log", logged)
    yield twice, ngettext("%(n)s in these files twice", "%(n)s in these files twice", twice)
    yield walks, ngettext("%(n)s walk (your choice)", "%(n)s walks (your choice)", walks)
    yield (
        unknown,
        ngettext("%(n)s of unknown sport (your choice)", "%(n)s of unknown sport (your choice)", unknown),
    )
    yield (
        damaged,
        ngettext("%(n)s of a damaged file (your choice)", "%(n)s of damaged files (your choice)", damaged),
    )
    yield rides, ngettext("%(n)s ride left out", "%(n)s rides left out", rides)
    left = all_left - rides
    yield left, ngettext("%(n)s of another sport left out", "%(n)s of other sports left out", left)
    yield unreadable, ngettext("%(n)s file could not be read", "%(n)s files could not be read", unreadable)
    yield no_activity, ngettext("%(n)s other file holds no run", "%(n)s other files hold no run", no_activity)


def stored(batch: Import, *, runner: User, now: dt.datetime) -> dict[str, Any]:
    """Return what is said of runs that came in: how many stand, how many have scores since, how many have none."""
    stands = batch.came_in
    newest = runner.advice.newest()
    return {
        "standing": stands.count(),
        "scored": stands.filter(version__gt=1).exclude(NO_SCORE).count(),
        "to_score": stands.filter(asked_for_score(today=runner.day_of(now))).count(),
        "until": batch.stored_at and batch.stored_at + UNDO,
        "advice": newest and explain(newest),
    }
