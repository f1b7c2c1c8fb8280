"""The writers of the catalogue, apart from the curators' admin."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext

from backpain.accounts.models import User
from backpain.exercises import queries
from backpain.exercises.curated import Curated, State
from backpain.exercises.models import Article, Dose, Exercise, Ladder, Rung, Source
from backpain.exercises.shipped import Entry

ADDED, CHANGED, KEPT, UNCHANGED = "added", "changed", "kept", "unchanged"

type Loaded = dict[str, list[str]]


@transaction.atomic
def load_catalogue(*, entries: dict[str, list[Entry]]) -> Loaded:
    """Bring the database to these entries and return what became of each, by outcome.

    A row that no longer reads as it was loaded was edited by a curator: it is kept as it is, and so is a draft
    with its slug. Rows that are in no entry stay, and so do translations.
    """
    loaded: Loaded = {ADDED: [], CHANGED: [], KEPT: [], UNCHANGED: []}
    for kind, model, rows, entry_of in (
        ("source", Source, Source.objects.all(), queries.source_entry),
        ("exercise", Exercise, queries.with_doses(_originals(Exercise)), queries.exercise_entry),
        ("ladder", Ladder, queries.in_order(_originals(Ladder)), queries.ladder_entry),
        (
            "article",
            Article,
            queries.with_links(_originals(Article), _originals(Exercise)),
            queries.article_entry,
        ),
    ):
        stored = {row.slug: (entry_of(row), row) for row in rows}
        for entry in sorted(entries[f"{kind}s"], key=_names_another):
            found, row = stored.get(entry["slug"], (None, model()))
            entry = _with_own_words(entry, found)
            outcome = _outcome(entry, found, row.shipped and _with_own_words(row.shipped, found))
            if outcome in {ADDED, CHANGED}:
                _load(row, entry)
            loaded[outcome].append(f"{kind} {entry['slug']}")
    return loaded


def _originals(model: type[Curated]) -> QuerySet[Any]:
    return model.desk.filter(draft_of=None)


def _names_another(entry: Entry) -> bool:
    """Tell whether an exercise's entry names another exercise, which has to be there first."""
    return bool(entry.get("swap") or entry.get("successor"))


def _with_own_words(entry: Entry, stored: Entry | None) -> Entry:
    """Return an entry with the translations of this site, which leave its other texts to the product."""
    if stored is None or "translations" not in stored:
        return entry
    return {**entry, "translations": {**entry.get("translations", {}), **stored["translations"]}}


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
    rungs = [Rung(**{**rung, "exercise": exercises[rung["exercise"]]}) for rung in entry["rungs"]]
    place_rungs(ladder=ladder, rungs=rungs)


@transaction.atomic
def place_rungs(*, ladder: Ladder, rungs: Sequence[Rung]) -> None:
    """Give a ladder these rungs instead of its own, the easiest first, numbered without a gap."""
    ladder.rungs.all().delete()
    for position, rung in enumerate(rungs, start=1):
        rung.ladder, rung.position = ladder, position
    ladder.rungs.bulk_create(rungs)


def _write_article(article: Article, entry: Entry, values: Entry) -> None:
    plain = {name: entry[name] for name in queries.ARTICLE_FIELDS}
    _save(article, {**plain, "body": "\n".join(entry["body"]), **values, "entry": entry})
    sources = _by_slug(Source.objects.all(), entry["sources"])
    exercises = _by_slug(_originals(Exercise), entry["exercises"])
    article.sources.set([sources[slug] for slug in entry["sources"]])
    article.exercises.set([exercises[slug] for slug in entry["exercises"]])


def _by_slug(rows: QuerySet[Any], slugs: Iterable[str | None]) -> dict[str, Any]:
    return {row.slug: row for row in rows.filter(slug__in=[slug for slug in slugs if slug])}
