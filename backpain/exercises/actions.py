"""The writers of the catalogue, apart from the curators' admin."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import F, Q

from backpain.exercises import queries
from backpain.exercises.models import Dose, Exercise, Ladder, Rung, Source
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
    ):
        stored = {row.slug: (entry_of(row), row.shipped) for row in rows}
        for entry in entries[f"{kind}s"]:
            outcome = _outcome(entry, *stored.get(entry["slug"], (None, None)))
            if outcome in {ADDED, CHANGED}:
                write(entry)
            loaded[outcome].append(f"{kind} {entry['slug']}")
    return loaded


def _outcome(entry: Entry, stored: Entry | None, shipped: Entry | None) -> str:
    if stored is None:
        return ADDED
    if stored == entry == shipped:
        return UNCHANGED
    return CHANGED if stored in (entry, shipped) else KEPT


def _write_source(entry: Entry) -> None:
    Source.objects.update_or_create(slug=entry["slug"], defaults={**entry, "shipped": entry})


def _write_exercise(entry: Entry) -> None:
    values = {name: entry[name] for name in queries.EXERCISE_FIELDS}
    exercise, _ = Exercise.objects.update_or_create(
        slug=entry["slug"], defaults={**values, "how_to": "\n".join(entry["how_to"]), "shipped": entry}
    )
    sources = Source.objects.in_bulk(field_name="slug")
    exercise.doses.all().delete()
    exercise.doses.bulk_create(
        [Dose(exercise=exercise, **{**dose, "source": sources[dose["source"]]}) for dose in entry["doses"]]
    )


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
