from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from backpain.coach.ladders import Catalogue
from backpain.exercises.models import Category, Dose, Equipment, Exercise, Ladder, Rung, Source
from backpain.exercises.shipped import Entry, catalogue_from

SOURCE_FIELDS = ["slug", "title", "publisher", "remark", "url"]
EXERCISE_FIELDS = [
    "slug",
    "name",
    "family",
    "category",
    "kind",
    "unit",
    "per_side",
    "impact",
    "warm_up",
    "equipment",
    "purpose",
    "stop_note",
]
DOSE_FIELDS = [
    "name",
    "number",
    "sets_min",
    "sets_max",
    "low",
    "high",
    "unit",
    "hold_s_min",
    "hold_s_max",
    "remark",
]
LADDER_FIELDS = ["slug", "name", "family", "legs", "position"]
COACH_FIELDS = ["slug", "category", "per_side", "equipment", "impact"]
RUNG_FIELDS = ["unit", "sets", "start", "step", "cap", "late_from", "late_step", "hold_s"]
LONG_TEXTS = ["exercise__purpose", "exercise__how_to", "exercise__stop_note", "exercise__shipped"]


def coach_catalogue() -> Catalogue:
    """Return the catalogue of the database as the coach sees it, in one query."""
    rows = Exercise.objects.order_by("rungs__ladder__position", "rungs__ladder__slug", "rungs__position")
    on_rung = [f"rungs__{name}" for name in RUNG_FIELDS]
    on_ladder = [f"rungs__ladder__{name}" for name in LADDER_FIELDS]
    exercises: dict[str, Entry] = {}
    ladders: dict[str, Entry] = {}
    for row in rows.values(*COACH_FIELDS, *on_rung, *on_ladder):
        exercises[row["slug"]] = row
        if row["rungs__ladder__slug"] is None:  # on no ladder
            continue
        ladder = {name: row[f"rungs__ladder__{name}"] for name in LADDER_FIELDS} | {"rungs": []}
        rung = {name: row[f"rungs__{name}"] for name in RUNG_FIELDS} | {"exercise": row["slug"]}
        ladders.setdefault(ladder["slug"], ladder)["rungs"].append(rung)
    return catalogue_from(exercises=exercises.values(), ladders=ladders.values())


def ladders_with(rungs: QuerySet[Rung]) -> QuerySet[Ladder]:
    """Return the ladders in their order, each with those of its rungs, easy to hard."""
    rungs = rungs.select_related("exercise").defer(*LONG_TEXTS).order_by("position")
    return Ladder.objects.order_by("position", "slug").prefetch_related(Prefetch("rungs", rungs))


def with_doses(exercises: QuerySet[Exercise]) -> QuerySet[Exercise]:
    """Return the exercises, each with its doses by source."""
    doses = Dose.objects.select_related("source").order_by("source__slug")
    return exercises.prefetch_related(Prefetch("doses", doses))


def outside_ladders(exercises: QuerySet[Exercise]) -> list[tuple[Category, list[Exercise]]]:
    """Return those of the exercises that are on no ladder, by category."""
    others = list(exercises.filter(rungs=None).order_by("name"))
    groups = [(category, [each for each in others if each.category == category]) for category in Category]
    return [(category, members) for category, members in groups if members]


def equipment_in_use() -> list[Equipment]:
    """Return the equipment that at least one exercise needs."""
    used = set(Exercise.objects.values_list("equipment", flat=True))
    return [equipment for equipment in Equipment if equipment in used]


def source_entry(source: Source) -> Entry:
    """Return a source as catalogue.json would have it."""
    return _fields(source, SOURCE_FIELDS)


def exercise_entry(exercise: Exercise) -> Entry:
    """Return an exercise with its doses as catalogue.json would have it."""
    doses = [{"source": dose.source.slug, **_fields(dose, DOSE_FIELDS)} for dose in exercise.doses.all()]
    return {**_fields(exercise, EXERCISE_FIELDS), "how_to": exercise.steps, "doses": doses}


def ladder_entry(ladder: Ladder) -> Entry:
    """Return a ladder with its rungs as catalogue.json would have it."""
    rungs = [{"exercise": rung.exercise.slug, **_fields(rung, RUNG_FIELDS)} for rung in ladder.rungs.all()]
    return {**_fields(ladder, LADDER_FIELDS), "rungs": rungs}


def _fields(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
