"""The writers of the catalogue, apart from the curators' admin."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext

from backpain.accounts.models import User
from backpain.exercises import queries
from backpain.exercises.curated import Curated, State
from backpain.exercises.models import Article, Dose, Exercise, Ladder, Rung, Source
from backpain.exercises.shipped import Entry

ADDED, CHANGED, KEPT, UNCHANGED = "added", "changed", "kept", "unchanged"
CURATORS = "Curators"
PARKED = 1000  # added to a rung's place while others move: two rungs never share one, not even for a moment

type Loaded = dict[str, list[str]]


@transaction.atomic
def load_catalogue(*, entries: dict[str, list[Entry]]) -> Loaded:
    """Bring the database to these entries and return what became of each, by outcome.

    A row that no longer reads as it was loaded was edited by a curator: it is kept as it is, and so is a draft
    with its slug. Rows that are in no entry stay.
    """
    loaded: Loaded = {ADDED: [], CHANGED: [], KEPT: [], UNCHANGED: []}
    for kind, model, rows, entry_of in (
        ("source", Source, Source.objects.all(), queries.source_entry),
        ("exercise", Exercise, queries.with_doses(_originals(Exercise)), queries.exercise_entry),
        ("ladder", Ladder, queries.in_order(_originals(Ladder)), queries.ladder_entry),
        ("article", Article, queries.with_links(_originals(Article)), queries.article_entry),
    ):
        stored = {row.slug: (entry_of(row), row) for row in rows}
        for entry in sorted(entries[f"{kind}s"], key=_names_another):
            found, row = stored.get(entry["slug"], (None, model()))
            outcome = _outcome(entry, found, row.shipped)
            if outcome in {ADDED, CHANGED}:
                _load(row, entry)
            loaded[outcome].append(f"{kind} {entry['slug']}")
    return loaded


def _originals(model: type[Curated]) -> QuerySet[Any]:
    return model.desk.filter(draft_of=None)


def _names_another(entry: Entry) -> bool:
    """Tell whether an exercise's entry names another exercise, which has to be there first."""
    return bool(entry.get("swap") or entry.get("successor"))


def _outcome(entry: Entry, stored: Entry | None, shipped: Entry | None) -> str:
    if stored is None:
        return ADDED
    if stored == entry == shipped:
        return UNCHANGED
    return CHANGED if stored == entry or _is_as_loaded(stored, shipped) else KEPT


def _is_as_loaded(stored: Entry, shipped: Entry | None) -> bool:
    """Tell whether nobody edited a row since; a field that is newer than its loading is still empty then."""
    if shipped is None:
        return False
    return all(value == shipped[name] if name in shipped else not value for name, value in stored.items())


def _load(row: Model, entry: Entry) -> None:
    """Write a shipped entry; what comes with the product was reviewed before."""
    values = {"shipped": entry}
    if isinstance(row, Curated):
        values["state"] = State.PUBLISHED
    if isinstance(row, Exercise):
        values["figure_reviewed"] = True
    write_entry(row, entry, reason=gettext("Came with the product."), **values)


@transaction.atomic
def write_entry(row: Any, entry: Entry, *, reason: str, by: User | None = None, **values: Any) -> None:
    """Store an entry in a row with all that belongs to it, and other values beside; the history keeps both.

    Exercises that the entry names may be drafts. Raise KeyError where a source or exercise is nowhere.
    """
    row._change_reason, row._history_user = reason, by
    match row:
        case Exercise():
            _write_exercise(row, entry, values)
        case Ladder():
            _write_ladder(row, entry, values)
        case Article():
            _write_article(row, entry, values)
        case _:
            _save(row, {**entry, **values})


def _save(row: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _write_exercise(exercise: Exercise, entry: Entry, values: Entry) -> None:
    plain = {name: entry[name] for name in queries.EXERCISE_FIELDS}
    lines = {name: "\n".join(entry[name]) for name in ("how_to", "mistakes")}
    others = _by_slug(_originals(Exercise), [entry["swap"], entry["successor"]])
    named = {name: others[entry[name]] if entry[name] else None for name in ("swap", "successor")}
    _save(exercise, {**plain, **lines, **named, **values, "entry": entry})
    sources = _by_slug(Source.objects.all(), [dose["source"] for dose in entry["doses"]])
    exercise.doses.all().delete()
    exercise.doses.bulk_create(
        [Dose(exercise=exercise, **{**dose, "source": sources[dose["source"]]}) for dose in entry["doses"]]
    )


def _write_ladder(ladder: Ladder, entry: Entry, values: Entry) -> None:
    plain = {name: entry[name] for name in queries.LADDER_FIELDS}
    _save(ladder, {**plain, **values, "entry": entry})
    exercises = _by_slug(_originals(Exercise), [rung["exercise"] for rung in entry["rungs"]])
    ladder.rungs.all().delete()
    ladder.rungs.bulk_create(
        [
            Rung(ladder=ladder, position=position, **{**rung, "exercise": exercises[rung["exercise"]]})
            for position, rung in enumerate(entry["rungs"], start=1)
        ]
    )


def _write_article(article: Article, entry: Entry, values: Entry) -> None:
    plain = {name: entry[name] for name in queries.ARTICLE_FIELDS}
    _save(article, {**plain, "body": "\n".join(entry["body"]), **values, "entry": entry})
    sources = _by_slug(Source.objects.all(), entry["sources"])
    exercises = _by_slug(_originals(Exercise), entry["exercises"])
    article.sources.set([sources[slug] for slug in entry["sources"]])
    article.exercises.set([exercises[slug] for slug in entry["exercises"]])


def _by_slug(rows: QuerySet[Any], slugs: Iterable[str | None]) -> dict[str, Any]:
    return {row.slug: row for row in rows.filter(slug__in=[slug for slug in slugs if slug])}


def park_rungs(*, ladder: Ladder) -> None:
    """Move all rungs of a ladder out of the way, so that they can change places."""
    ladder.rungs.update(position=F("position") + PARKED)


def settle_rungs(*, ladder: Ladder) -> None:
    """Number the rungs of a ladder from 1 without gaps; one still parked counts from its old place."""
    ladder.rungs.filter(position__gte=PARKED).update(position=F("position") - PARKED)
    for position, rung in enumerate(ladder.rungs.order_by("position"), start=1):
        if rung.position != position:
            ladder.rungs.filter(pk=rung.pk).update(position=position)


def appoint_curators() -> None:
    """Give the curators' group every right on the catalogue and the rulesets, and none elsewhere."""
    group, _ = Group.objects.get_or_create(name=CURATORS)
    kept = Q(content_type__app_label="exercises") | Q(
        content_type__app_label="plan", content_type__model="ruleset"
    )
    of_histories = Q(content_type__model__startswith="historical")
    group.permissions.set(Permission.objects.filter(kept).exclude(of_histories))
