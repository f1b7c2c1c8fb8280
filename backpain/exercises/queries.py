from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet

from backpain.coach.ladders import Catalogue
from backpain.exercises.curated import Curated, State
from backpain.exercises.models import (
    Article,
    Dose,
    Equipment,
    Exercise,
    Ladder,
    Rung,
    Source,
    Topic,
)
from backpain.exercises.purposes import PURPOSES
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
    "muscles",
    "figure",
    "retire",
    "merged",
    "translations",
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
ARTICLE_FIELDS = [
    "slug",
    "title",
    "topic",
    "summary",
    "grade",
    "limits",
    "position",
    "retire",
    "translations",
]
LADDER_FIELDS = ["slug", "name", "family", "legs", "position", "retire", "translations"]
COACH_LADDER_FIELDS = ["slug", "family", "legs"]
COACH_FIELDS = ["slug", "category", "per_side", "equipment", "impact"]
RUNG_FIELDS = ["unit", "sets", "start", "step", "cap", "late_from", "late_step", "hold_s"]
LONG_TEXTS = ["purpose", "how_to", "mistakes", "stop_note", "shipped", "entry"]


def coach_catalogue() -> Catalogue:
    """Return the catalogue of the database as the coach sees it, in one query: the ladders in use.

    Exercises out of use are on no ladder, but what was done of them still counts as strength or mobility.
    """
    rows = Exercise.objects.order_by("rungs__ladder__position", "rungs__ladder__slug", "rungs__position")
    on_rung = [f"rungs__{name}" for name in RUNG_FIELDS]
    on_ladder = [f"rungs__ladder__{name}" for name in [*COACH_LADDER_FIELDS, "state"]]
    exercises: dict[str, Entry] = {}
    ladders: dict[str, Entry] = {}
    for row in rows.values(*COACH_FIELDS, *on_rung, *on_ladder):
        exercises[row["slug"]] = row
        if row["rungs__ladder__state"] != State.PUBLISHED:
            continue
        ladder = {name: row[f"rungs__ladder__{name}"] for name in COACH_LADDER_FIELDS} | {"rungs": []}
        rung = {name: row[f"rungs__{name}"] for name in RUNG_FIELDS} | {"exercise": row["slug"]}
        ladders.setdefault(ladder["slug"], ladder)["rungs"].append(rung)
    return catalogue_from(exercises=exercises.values(), ladders=ladders.values())


def ladders_with(rungs: QuerySet[Rung]) -> QuerySet[Ladder]:
    """Return the ladders in use in their order, each with those of its rungs, easy to hard."""
    long_texts = [f"exercise__{name}" for name in LONG_TEXTS]
    rungs = rungs.select_related("exercise").defer(*long_texts).order_by("position")
    return in_order(Ladder.objects.published(), rungs)


def in_order(ladders: QuerySet[Ladder], rungs: QuerySet[Rung] | None = None) -> QuerySet[Ladder]:
    """Return ladders in their order, each with its rungs, easy to hard."""
    if rungs is None:
        rungs = Rung.desk.select_related("exercise").order_by("position")
    return ladders.order_by("position", "slug").prefetch_related(Prefetch("rungs", rungs))


def with_doses(exercises: QuerySet[Exercise]) -> QuerySet[Exercise]:
    """Return the exercises, each with its swap, its successor and its doses by source."""
    doses = Dose.objects.select_related("source").order_by("source__slug")
    return exercises.select_related("swap", "successor").prefetch_related(Prefetch("doses", doses))


def chosen(*, words: str, purpose: str, equipment: str) -> QuerySet[Exercise]:
    """Return the exercises that fit every choice; a purpose or equipment we do not know chooses nothing."""
    found = Exercise.objects.published().needing(equipment).matching(words)
    asked = next((each.condition for each in PURPOSES if each.slug == purpose), Q())
    return found.filter(asked).select_related("swap").defer(*LONG_TEXTS)


def off_ladders(exercises: QuerySet[Exercise]) -> QuerySet[Exercise]:
    """Return those of the exercises that are on no ladder."""
    return exercises.exclude(Exists(Rung.objects.published().filter(exercise=OuterRef("pk"))))


def equipment_in_use() -> list[Equipment]:
    """Return the equipment that at least one exercise needs."""
    used = set(Exercise.objects.published().values_list("equipment", flat=True))
    return [equipment for equipment in Equipment if equipment in used]


def with_links(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Return the articles in their order, each with its sources and exercises."""
    linked = [
        Prefetch("sources", Source.objects.order_by("slug")),
        Prefetch("exercises", Exercise.objects.published().only("slug", "name").order_by("name")),
    ]
    return articles.order_by("position", "slug").prefetch_related(*linked)


def articles_by_topic() -> list[tuple[Topic, list[Article]]]:
    """Return the articles without their texts, by topic; a topic without any is left out."""
    articles = list(
        Article.objects.published().defer("body", "limits", "shipped", "entry").order_by("position", "slug")
    )
    groups = [(topic, [each for each in articles if each.topic == topic]) for topic in Topic]
    return [(topic, members) for topic, members in groups if members]


def source_entry(source: Source) -> Entry:
    """Return a source as catalogue.json would have it."""
    return _fields(source, SOURCE_FIELDS)


def exercise_entry(exercise: Exercise) -> Entry:
    """Return an exercise with its doses as catalogue.json would have it."""
    return {
        **_fields(exercise, EXERCISE_FIELDS),
        "how_to": exercise.steps,
        "mistakes": exercise.common_mistakes,
        "swap": exercise.swap.slug if exercise.swap else None,
        "successor": exercise.successor.slug if exercise.successor else None,
        "doses": [
            {"source": dose.source.slug, **_fields(dose, DOSE_FIELDS)} for dose in exercise.doses.all()
        ],
    }


def article_entry(article: Article) -> Entry:
    """Return an article as articles.json would have it."""
    return {
        **_fields(article, ARTICLE_FIELDS),
        "body": article.paragraphs,
        "sources": sorted(source.slug for source in article.sources.all()),
        "exercises": sorted(exercise.slug for exercise in article.exercises.all()),
    }


def ladder_entry(ladder: Ladder) -> Entry:
    """Return a ladder with its rungs as catalogue.json would have it."""
    rungs = [{"exercise": rung.exercise.slug, **_fields(rung, RUNG_FIELDS)} for rung in ladder.rungs.all()]
    return {**_fields(ladder, LADDER_FIELDS), "rungs": rungs}


def entry_of(row: Curated | Source) -> Entry:
    """Return a row with all that belongs to it as a file would have it."""
    queryset = type(row)._default_manager.filter(pk=row.pk)
    match row:
        case Exercise():
            return exercise_entry(with_doses(queryset).get())
        case Ladder():
            return ladder_entry(in_order(queryset).get())
        case Article():
            return article_entry(with_links(queryset).get())
        case _:
            return source_entry(row)


def _fields(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
