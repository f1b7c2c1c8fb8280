"""The records kept of a row: its versions in use and those of the draft under way, and how one comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DataError, IntegrityError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from backpain.accounts.models import User
from backpain.exercises.actions import write_entry
from backpain.exercises.curated import DRAFTS, Curated, State
from backpain.exercises.models import Exercise, Source
from backpain.exercises.publishing import NotAllowed, start_draft
from backpain.exercises.queries import DOSE_FIELDS, RUNG_FIELDS, SOURCE_FIELDS, entry_of
from backpain.exercises.shipped import Entry
from backpain.exercises.versions import Difference, differences

COLUMNS = ["id", "history_date", "history_change_reason", "history_user__name", "history_user__email"]
INNER = {"doses": ["source", *DOSE_FIELDS], "rungs": ["exercise", *RUNG_FIELDS]}


@dataclass(frozen=True, kw_only=True)
class Version:
    """A row as it was saved once; `is_newest` of its kind, in use or draft."""

    pk: int
    row: int
    at: dt.datetime
    who: str
    why: str
    state: State | None
    is_newest: bool

    def __str__(self) -> str:
        said = [self.when, self.who, self.why, _("draft") if self.is_draft else ""]
        return " · ".join(each for each in said if each)

    @property
    def is_draft(self) -> bool:
        return self.state in DRAFTS

    @property
    def when(self) -> str:
        return date_format(timezone.localtime(self.at), "j F Y, H:i")


@dataclass(frozen=True, kw_only=True)
class Drawings:
    """A figure that changed: both as data, and the numbers that differ."""

    before: Entry | None
    after: Entry | None
    numbers: list[Difference]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    words: list[Difference]
    drawings: Drawings | None

    @property
    def is_empty(self) -> bool:
        return not self.words and self.drawings is None


@dataclass(frozen=True, kw_only=True)
class Step:
    """A version beside the one before it; without `compared` one of them was not kept whole."""

    version: Version
    before: Version | None
    compared: Comparison | None
    comes_back: bool


@dataclass(frozen=True, kw_only=True)
class History:
    """A row in use or never published, the draft that would replace it, and all versions, newest first."""

    row: Curated | Source
    draft: Curated | None
    versions: list[Version]

    def steps(self, shown: Iterable[Version]) -> list[Step]:
        """Return versions with what each changed; however many, it takes two queries."""
        pairs = [(version, self._before(version)) for version in shown]
        entries = self.entries(each for pair in pairs for each in pair if each)
        names = names_of_exercises()
        steps = []
        for version, before in pairs:
            one, other = before and entries[before.pk], entries[version.pk]
            compared = compare(type(self.row), one, other, names) if one and other else None
            comes_back = bool(other) and not version.is_newest
            steps.append(Step(version=version, before=before, compared=compared, comes_back=comes_back))
        return steps

    def entries(self, versions: Iterable[Version]) -> dict[int, Entry | None]:
        """Return what versions said, by their key; None where that was not kept."""
        records = type(self.row).history.filter(pk__in={version.pk for version in versions})
        if isinstance(self.row, Source):
            return {each.pop("history_id"): each for each in records.values("history_id", *SOURCE_FIELDS)}
        return dict(records.values_list("history_id", "entry"))

    def _before(self, version: Version) -> Version | None:
        """Return what a version took the place of; of the first of a draft, what was in use then."""
        older = self.versions[self.versions.index(version) + 1 :]
        own = (each for each in older if each.row == version.row)
        return next(own, next(iter(older), None))


def history_of(row: Curated | Source) -> History:
    """Return the history of a row; a draft has that of what it is a draft of."""
    if isinstance(row, Source):
        return History(row=row, draft=None, versions=_versions(row, {row.pk}))
    original = row.draft_of or row
    draft = original.draft_under_way
    rows = {each.pk for each in (original, draft) if each}
    return History(row=original, draft=draft, versions=_versions(original, rows))


def _versions(row: Curated | Source, rows: set[int]) -> list[Version]:
    columns = COLUMNS if isinstance(row, Source) else [*COLUMNS, "state"]
    records = type(row).history.filter(id__in=rows).exclude(history_type="-")
    found, seen = [], set()
    for record in (
        records.select_related("history_user").only(*columns).order_by("-history_date", "-history_id")
    ):
        user, why = record.history_user, record.history_change_reason or ""
        found.append(
            Version(
                pk=record.pk,
                row=record.id,
                at=record.history_date,
                who=(user.name or user.email) if user else "",
                why=why if why or user else _("It is not known who saved it."),
                state=None if isinstance(row, Source) else State(record.state),
                is_newest=record.id not in seen,
            )
        )
        seen.add(record.id)
    return found


def names_of_exercises() -> dict[str, str]:
    return dict(Exercise.desk.filter(draft_of=None).values_list("slug", "name"))


def compare(model: type[Any], before: Entry, after: Entry, names: dict[str, str]) -> Comparison:
    """Return what differs, the figure apart from the words."""
    found = differences(model, before, after, names=names)
    numbers = [each for each in found if each.field == "figure"]
    drawings = Drawings(before=before.get("figure"), after=after.get("figure"), numbers=numbers)
    words = [each for each in found if each.field != "figure"]
    return Comparison(words=words, drawings=drawings if numbers else None)


def bring_back(*, history: History, version: Version, by: User, now: dt.datetime) -> Curated | Source:
    """Return the draft that reads like a version; a source reads like it at once.

    Raise NotAllowed where it names what is gone, or is not what the catalogue allows today.
    """
    row, entry = history.row, history.entries([version])[version.pk]
    if entry is None:
        raise NotAllowed(_("What this version said was not kept."))
    if gone := _gone(entry):
        words = {"gone": ", ".join(gone)}
        raise NotAllowed(
            _("This version names what is not here any more: %(gone)s. It was left as it is.") % words
        )
    entry = _as_of_today(entry, entry_of(row))
    try:
        if isinstance(row, Curated):
            return start_draft(of=row, by=by, now=now, entry=entry)
        write_entry(row, entry, reason=_("An earlier version was brought back."), by=by)
    except (DataError, IntegrityError) as error:
        text = _("This version is not what the catalogue allows today. It was left as it is.")
        raise NotAllowed(text) from error
    return row


def _gone(entry: Entry) -> list[str]:
    """Return the sources and exercises that an entry names and nobody knows any more."""
    sources = {*entry.get("sources", []), *(dose["source"] for dose in entry.get("doses", []))}
    exercises = {*entry.get("exercises", []), *(rung["exercise"] for rung in entry.get("rungs", []))}
    exercises |= {entry[name] for name in ("swap", "successor") if entry.get(name)}
    gone = sources.difference(Source.objects.values_list("slug", flat=True)) if sources else set()
    said = [_("source %(source)s") % {"source": slug} for slug in sorted(gone)]
    if exercises:
        gone = exercises.difference(names_of_exercises())
        said += [_("exercise %(exercise)s") % {"exercise": slug} for slug in sorted(gone)]
    return said


def _as_of_today(entry: Entry, now: Entry) -> Entry:
    """Return an entry with the fields of today: newer ones as they are stored, former ones left out."""
    whole = {name: entry.get(name, value) for name, value in now.items()} | {"slug": now["slug"]}
    for name, known in INNER.items():
        if name in whole:
            whole[name] = [{key: each[key] for key in known if key in each} for each in whole[name]]
    return whole
