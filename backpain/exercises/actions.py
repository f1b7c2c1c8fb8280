"""The writers of the catalogue, apart from the curators' admin."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import F, Q

from backpain.exercises import queries
from backpain.exercises.models import Article, Dose, Exercise, Ladder, Rung, Source
from backpain.exercises.shipped import Entry

ADDED, CHANGED, KEPT, UNCHANGED = "added", "changed", "kept", "unchanged"
CURATORS = "Curators"
PARKED = 1000  # added to a rung's place while others move: two rungs never share one, not even for a moment

type Loaded = dict[str, list[str]]


@transaction.atomic
def load_catalogue(*, entries: dict[str, list[Entry]]) -> Loaded:
    """Bring the database to these entries and return what became of each, by outcome.

    A row that no longer reads as it was loaded was edited by a curator: it is kept as it is. Rows that are in
    no entry stay. What a curator deleted comes back as added; to hide an exercise, take it off its ladder.
    """
    loaded: Loaded = {ADDED: [], CHANGED: [], KEPT: [], UNCHANGED: []}
    for kind, rows, entry_of, write in (
        ("source", Source.objects.all(), queries.source_entry, _write_source),
        ("exercise", queries.with_doses(Exercise.objects.all()), queries.exercise_entry, _write_exercise),
        ("ladder", queries.ladders_with(Rung.objects.all()), queries.ladder_entry, _write_ladder),
        ("article", queries.with_links(Article.objects.all()), queries.article_entry, _write_article),
    ):
        stored = {row.slug: (entry_of(row), row.shipped) for row in rows}
        for entry in entries[f"{kind}s"]:
            outcome = _outcome(entry, *stored.get(entry["slug"], (None, None)))
            if outcome in {ADDED, CHANGED}:
                write(entry)
            loaded[outcome].append(f"{kind} {entry['slug']}")
    written = {*loaded[ADDED], *loaded[CHANGED]}
    _link_swaps([entry for entry in entries["exercises"] if f"exercise {entry['slug']}" in written])
    return loaded


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


def _write_source(entry: Entry) -> None:
    Source.objects.update_or_create(slug=entry["slug"], defaults={**entry, "shipped": entry})


def _write_exercise(entry: Entry) -> None:
    values = {name: entry[name] for name in queries.EXERCISE_FIELDS}
    lines = {name: "\n".join(entry[name]) for name in ("how_to", "mistakes")}
    exercise, _ = Exercise.objects.update_or_create(
        slug=entry["slug"], defaults={**values, **lines, "shipped": entry}
    )
    sources = Source.objects.in_bulk(field_name="slug")
    exercise.doses.all().delete()
    exercise.doses.bulk_create(
        [Dose(exercise=exercise, **{**dose, "source": sources[dose["source"]]}) for dose in entry["doses"]]
    )


def _link_swaps(entries: list[Entry]) -> None:
    """Point exercises at their swaps, which may come later in the file."""
    exercises = Exercise.objects.in_bulk(field_name="slug")
    for entry in entries:
        exercises[entry["slug"]].swap = exercises[entry["swap"]] if entry["swap"] else None
    Exercise.objects.bulk_update([exercises[entry["slug"]] for entry in entries], ["swap"])


def _write_ladder(entry: Entry) -> None:
    values = {name: entry[name] for name in queries.LADDER_FIELDS}
    ladder, _ = Ladder.objects.update_or_create(slug=entry["slug"], defaults={**values, "shipped": entry})
    exercises = Exercise.objects.in_bulk(field_name="slug")
    ladder.rungs.all().delete()
    ladder.rungs.bulk_create(
        [
            Rung(ladder=ladder, position=position, **{**rung, "exercise": exercises[rung["exercise"]]})
            for position, rung in enumerate(entry["rungs"], start=1)
        ]
    )


def _write_article(entry: Entry) -> None:
    values = {name: entry[name] for name in queries.ARTICLE_FIELDS}
    article, _ = Article.objects.update_or_create(
        slug=entry["slug"], defaults={**values, "body": "\n".join(entry["body"]), "shipped": entry}
    )
    sources = Source.objects.in_bulk(entry["sources"], field_name="slug")
    exercises = Exercise.objects.in_bulk(entry["exercises"], field_name="slug")
    article.sources.set([sources[slug] for slug in entry["sources"]])
    article.exercises.set([exercises[slug] for slug in entry["exercises"]])


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
    group.permissions.set(Permission.objects.filter(kept))
