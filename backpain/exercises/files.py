"""The whole catalogue as one file: out, and in again as drafts.

What a file would change is found out without writing anything (`dry_run`); `write` does the same once more under
lock and stores it, provided that it comes to what was shown.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import RowResult
from tablib import Dataset

from backpain.accounts.models import User
from backpain.exercises import publishing, queries
from backpain.exercises.actions import write_entry
from backpain.exercises.columns import CELLS, FIELDS, KIND, MODELS
from backpain.exercises.curated import Curated
from backpain.exercises.file_checks import NAMES, Figures, Known, faults_in
from backpain.exercises.formats import FORMATS, MISSING, NUMBER, Fault
from backpain.exercises.models import Article, Exercise, Ladder, Source
from backpain.exercises.shipped import Entry
from backpain.exercises.versions import Difference, differences

type Key = tuple[str, str]  # kind and slug


class Outcome(models.TextChoices):
    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("changed")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    REFUSED = "refused", gettext_lazy("refused")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a row of a file would do; `before` is what it is compared with, empty where there is nothing yet."""

    row: int
    kind: str
    slug: str
    name: str
    outcome: Outcome
    before: Entry
    after: Entry
    in_use: Any = None
    draft: Any = None  # of the same curator, which this would write over
    names: dict[str, str]

    @property
    def label(self) -> str:
        return f"{capfirst(MODELS[self.kind]._meta.verbose_name)}: {self.name}"

    @property
    def differences(self) -> list[Difference]:
        return differences(MODELS[self.kind], self.before, self.after, names=self.names)


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """What a file would do to the catalogue as it is now. A file with faults is refused as a whole."""

    changes: list[Change]
    faults: list[Fault]

    @property
    def to_write(self) -> list[Change]:
        return [each for each in self.changes if each.outcome in {Outcome.NEW, Outcome.CHANGED}]

    @property
    def unchanged(self) -> list[Change]:
        return [each for each in self.changes if each.outcome == Outcome.UNCHANGED]

    @property
    def digest(self) -> str:
        """Return what is the same for two dry runs only if they come to the same."""
        said = [
            (
                each.kind,
                each.outcome,
                each.before,
                each.after,
                each.draft and (each.draft.pk, each.draft.version),
            )
            for each in self.to_write
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


class Overtaken(Exception):
    """The catalogue is not what it was when the dry run was shown; `now` is what the file would do now."""

    def __init__(self, now: DryRun) -> None:
        super().__init__()
        self.now = now


@dataclass(frozen=True)
class Stored:
    row: Any
    entry: Entry

    @property
    def is_draft(self) -> bool:
        return isinstance(self.row, Curated) and self.row.is_draft


class Catalogue:
    """All that is stored, drafts too, in eight queries."""

    def __init__(self, *, lock: bool = False) -> None:
        self.in_use: dict[Key, Stored] = {}
        self.drafts: dict[Key, Stored] = {}
        for kind, rows, entry_of in _everything():
            for row in rows.select_for_update(of=("self",)) if lock else rows:
                stored = Stored(row, entry_of(row))
                (self.drafts if stored.is_draft else self.in_use)[kind, row.slug] = stored

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the names of the exercises by slug."""
        exercises = [*self.drafts.items(), *self.in_use.items()]
        return {slug: stored.row.name for (kind, slug), stored in exercises if kind == "exercise"}


def _everything() -> Iterator[tuple[str, Any, Any]]:
    yield "source", Source.objects.order_by("slug"), queries.source_entry
    exercises = queries.with_doses(Exercise.desk.order_by("slug"))
    yield "exercise", exercises.select_related("swap", "successor", "edited_by"), queries.exercise_entry
    yield "ladder", queries.in_order(Ladder.desk.select_related("edited_by")), queries.ladder_entry
    articles = queries.with_links(Article.desk.select_related("edited_by"), Exercise.desk.all())
    yield "article", articles, queries.article_entry


class CatalogueResource(Resource):
    """Entries as rows of a table and back. Importing compares and checks, and writes nothing."""

    class Meta:
        instance_loader_class = BaseInstanceLoader
        skip_diff = True
        store_instance = True
        store_row_values = True
        use_transactions = False  # nothing to roll back; a savepoint a row would cost two queries

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.fields = {
            name: Field(attribute=name, column_name=name, widget=cell) for name, cell in CELLS.items()
        }

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        stored = {**self.catalogue.drafts, **self.catalogue.in_use}  # each as others know it
        self.rows: dict[Key, list[int]] = defaultdict(list)
        names: dict[Key, set[str]] = defaultdict(set)
        for (kind, slug), found in stored.items():
            if kind in NAMES:
                names[kind, found.entry[NAMES[kind]]].add(slug)
        for row in dataset.dict:
            kind, slug = _text(row[KIND]), _text(row["slug"])
            if kind in MODELS:
                self.rows[kind, slug].append(row[NUMBER])
            if kind in NAMES:
                names[kind, _text(row[NAMES[kind]])].add(slug)
        self.known = Known(
            sources={slug for kind, slug in (*stored, *self.rows) if kind == "source"},
            exercises={slug for kind, slug in (*stored, *self.rows) if kind == "exercise"},
            names=names,
            figures=Figures(found.entry.get("figure") for found in stored.values()),
        )

    def handle_import_error(self, result: Any, error: Exception, raise_errors: bool = False) -> None:
        raise error

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        if not isinstance(row[KIND], str) or row[KIND] not in MODELS:
            kinds = ", ".join(MODELS)
            raise ValidationError({KIND: _("This has to be one of %(kinds)s.") % {"kinds": kinds}})

    def get_instance(self, instance_loader: Any, row: Any) -> None:
        return None

    def init_instance(self, row: Any = None) -> SimpleNamespace:
        return SimpleNamespace()

    def import_field(
        self, field: Field, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any
    ) -> None:
        name, value = field.column_name, row[field.column_name]
        if name == KIND or name in FIELDS[row[KIND]]:
            if value is MISSING:
                raise ValueError(_("This is missing."))
            super().import_field(field, instance, row, is_m2m, **kwargs)
        elif value not in (MISSING, None, ""):
            raise ValueError(_("An entry of this kind does not have this."))

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, **kwargs: Any) -> None:
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        entry = dict(vars(instance))
        kind = entry.pop(KIND)
        found: dict[str, list[str]] = defaultdict(list)
        if len(rows := self.rows[kind, entry["slug"]]) > 1:
            text = _("There is more than one such entry, in rows %(rows)s.")
            found["slug"].append(text % {"rows": ", ".join(map(str, rows))})
        if not _stands(self.catalogue, kind, entry):
            for column, text in faults_in(kind, entry, self.known):
                found[column].append(text)
        if found:
            raise ValidationError(found)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Write nothing; `write` does, when all rows are known to be right."""


def exported(suffix: str) -> bytes:
    """Return the catalogue as it is in use, as a file of this kind."""
    catalogue = Catalogue()
    entries = [{KIND: kind, **stored.entry} for (kind, _slug), stored in catalogue.in_use.items()]
    file_format = FORMATS[suffix]()
    dataset = CatalogueResource(catalogue).export(entries, as_text=file_format.as_text)
    return file_format.export_data(dataset)


def dry_run(data: bytes, suffix: str, *, by: User, lock: bool = False) -> DryRun:
    """Return what a file would do. Raise NotReadable where no rows can be taken from it."""
    file_format = FORMATS[suffix]()
    dataset = file_format.create_dataset(data)
    catalogue = Catalogue(lock=lock)
    result = CatalogueResource(catalogue).import_data(dataset, as_text=file_format.as_text)
    faults: list[Fault] = []
    changes: list[Change] = []
    for row in result.rows:
        found = list(_faults_of(row, catalogue, by))
        faults += found
        changes.append(_change(row, catalogue, is_refused=bool(found)))
    faults += _circles(changes)
    return DryRun(changes=changes, faults=faults)


@transaction.atomic
def write(data: bytes, suffix: str, *, by: User, now: dt.datetime, seen: str) -> DryRun:
    """Store what a file changes as drafts, sources at once, and return what that was.

    `seen` is the digest of the dry run that was agreed to. Raise Overtaken where it would come to something else.
    """
    run = dry_run(data, suffix, by=by, lock=True)
    if run.faults or run.digest != seen:
        raise Overtaken(run)
    for change in _in_order(run.to_write):
        _write(change, by, now)
    return run


def _write(change: Change, by: User, now: dt.datetime) -> None:
    reason, entry = _("From a file."), change.after
    if change.kind == "source":
        write_entry(change.in_use or Source(), entry, reason=reason, by=by)
    elif change.in_use:
        publishing.start_draft(of=change.in_use, entry=entry, by=by, now=now, reason=reason)
    else:
        draft = change.draft or MODELS[change.kind]()
        publishing.write_new(draft=draft, entry=entry, by=by, now=now, reason=reason)


def _faults_of(row: RowResult, catalogue: Catalogue, by: User) -> Iterator[Fault]:
    for error in row.errors:
        raise error.error
    number, slug = row.row_values[NUMBER], _text(row.row_values["slug"])
    if row.validation_error:
        for column, texts in row.validation_error.message_dict.items():
            yield from (Fault(number, column, text, slug) for text in texts)
        return
    kind = getattr(row.instance, KIND)
    draft = catalogue.drafts.get((kind, slug))
    if draft and draft.row.edited_by != by and not _stands(catalogue, kind, _entry(row)):
        text = _("There is a draft of it by %(editor)s, which this would write over.")
        editor = draft.row.edited_by and (draft.row.edited_by.name or draft.row.edited_by.email)
        yield Fault(number, "slug", text % {"editor": editor or _("somebody else")}, slug)


def _text(value: Any) -> str:
    """Return a value that may be anything, if it is text."""
    return value if isinstance(value, str) else ""


def _entry(row: RowResult) -> Entry:
    return {name: value for name, value in vars(row.instance).items() if name != KIND}


def _stands(catalogue: Catalogue, kind: str, entry: Entry) -> bool:
    """Tell whether an entry is in use like this, or a draft of it reads so already."""
    stored = [each.get((kind, entry["slug"])) for each in (catalogue.in_use, catalogue.drafts)]
    return entry in [each.entry for each in stored if each]


def _change(row: RowResult, catalogue: Catalogue, *, is_refused: bool) -> Change:
    values = row.row_values
    kind, slug = _text(values[KIND]), _text(values["slug"])
    in_use, draft = catalogue.in_use.get((kind, slug)), catalogue.drafts.get((kind, slug))
    after = {} if is_refused else _entry(row)
    before = in_use or draft
    if is_refused:
        outcome = Outcome.REFUSED
    elif _stands(catalogue, kind, after):
        outcome = Outcome.UNCHANGED
    else:
        outcome = Outcome.CHANGED if before else Outcome.NEW
    return Change(
        row=values[NUMBER],
        kind=kind,
        slug=slug,
        name=_text(values["title" if kind in {"source", "article"} else "name"]),
        outcome=outcome,
        before=before.entry if before else {},
        after=after,
        in_use=in_use and in_use.row,
        draft=draft and draft.row,
        names=catalogue.names,
    )


def _circles(changes: list[Change]) -> list[Fault]:
    """Return the fault of new exercises that name each other, so that none can be the first to be stored."""
    try:
        _in_order([each for each in changes if each.outcome != Outcome.REFUSED])
    except CycleError as error:
        slugs = error.args[1]
        row = next(each.row for each in changes if each.kind == "exercise" and each.slug == slugs[0])
        text = _("These name each other in a circle: %(names)s.") % {"names": ", ".join(slugs)}
        return [Fault(row, "swap", text, slugs[0])]
    return []


def _in_order(changes: list[Change]) -> list[Change]:
    """Return changes in an order in which each names only what is stored by then."""
    new = {each.slug for each in changes if each.kind == "exercise" and each.outcome == Outcome.NEW}
    named = {
        each.slug: {each.after["swap"], each.after["successor"]} & new
        for each in changes
        if each.kind == "exercise" and each.after
    }
    places = {slug: place for place, slug in enumerate(TopologicalSorter(named).static_order())}
    kinds = list(MODELS)
    return sorted(changes, key=lambda each: (kinds.index(each.kind), places.get(each.slug, 0)))
