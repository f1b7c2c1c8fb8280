from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Exists,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)

from backpain.coach.ladders import Catalogue
from backpain.exercises.curated import DRAFTS, Curated, State, translated
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
SUCCESSOR_FIELDS = ["state", "merged", "successor__slug"]
RUNG_FIELDS = ["unit", "sets", "start", "step", "cap", "late_from", "late_step", "hold_s"]
LONG_TEXTS = ["purpose", "how_to", "mistakes", "stop_note", "figure", "shipped", "entry"]


@dataclass(frozen=True, kw_only=True)
class Successors:
    """What took the place of exercises that are out of use, by slug.

    `in_plans` is where a runner goes who stands on one: to the next exercise that is in use. `names` is what
    the sets of a merged one count as.
    """

    in_plans: Mapping[str, str]
    names: Mapping[str, str]

    def are_same(self, old: str, new: str) -> bool:
        """Tell whether an exercise out of use is another one under an earlier name."""
        return self.names.get(old) == new


def coach_catalogue() -> Catalogue:
    """Return the catalogue of the database as the coach sees it, in one query: the ladders in use.

    Exercises out of use are on no ladder, but what was done of them still counts as strength or mobility.
    """
    return coach_catalogue_and_successors()[0]


def coach_catalogue_and_successors() -> tuple[Catalogue, Successors]:
    """Return `coach_catalogue` and what took the place of exercises out of use, in the same query."""
    rows = Exercise.objects.order_by("rungs__ladder__position", "rungs__ladder__slug", "rungs__position")
    on_rung = [f"rungs__{name}" for name in RUNG_FIELDS]
    on_ladder = [f"rungs__ladder__{name}" for name in [*COACH_LADDER_FIELDS, "state"]]
    exercises: dict[str, Entry] = {}
    ladders: dict[str, Entry] = {}
    for row in rows.values(*COACH_FIELDS, *SUCCESSOR_FIELDS, *on_rung, *on_ladder):
        exercises[row["slug"]] = row
        if row["rungs__ladder__state"] != State.PUBLISHED:
            continue
        ladder = {name: row[f"rungs__ladder__{name}"] for name in COACH_LADDER_FIELDS} | {"rungs": []}
        rung = {name: row[f"rungs__{name}"] for name in RUNG_FIELDS} | {"exercise": row["slug"]}
        ladders.setdefault(ladder["slug"], ladder)["rungs"].append(rung)
    catalogue = catalogue_from(exercises=exercises.values(), ladders=ladders.values())
    return catalogue, _successors(exercises.values())


def _successors(exercises: Iterable[Entry]) -> Successors:
    in_use = {row["slug"] for row in exercises if row["state"] == State.PUBLISHED}
    out_of_use = [row for row in exercises if row["state"] == State.RETIRED and row["successor__slug"]]
    after = {row["slug"]: row["successor__slug"] for row in out_of_use}
    merged = {row["slug"]: row["successor__slug"] for row in out_of_use if row["merged"]}
    ends = {slug: last_of(slug, after) for slug in after}
    return Successors(
        in_plans={slug: end for slug, end in ends.items() if end in in_use},
        names={slug: last_of(slug, merged) for slug in merged},
    )


def last_of(slug: str, after: Mapping[str, str]) -> str:
    """Return the last of those that came one after the other; in a circle, the one before the first."""
    passed = {slug}
    while (following := after.get(slug)) and following not in passed:
        passed.add(following)
        slug = following
    return slug


def ladders_with(rungs: QuerySet[Rung], ladders: QuerySet[Ladder] | None = None) -> QuerySet[Ladder]:
    """Return ladders, else those in use, in their order, each with those of its rungs, easy to hard."""
    long_texts = [f"exercise__{name}" for name in LONG_TEXTS]
    rungs = rungs.select_related("exercise").defer(*long_texts).annotate(sheet=_sheet_with("exercise__"))
    rungs = rungs.order_by("position")
    return in_order(Ladder.objects.published() if ladders is None else ladders, rungs)


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
    return found.filter(asked).select_related("swap").defer(*LONG_TEXTS).annotate(sheet=_sheet_with())


def known_exercises() -> QuerySet[Exercise]:
    """Return every exercise in use, out of use and new, by name, with what a rung shows of it."""
    known = Exercise.desk.filter(draft_of=None).only("slug", "name", "family", "state").order_by("name")
    return known.annotate(sheet=_sheet_with())


def figures() -> dict[str, Any]:
    """Return the figures of the exercises in use, as data by slug: what is on the sheet of small drawings."""
    drawn = Exercise.objects.published().filter(figure__isnull=False)
    return dict(drawn.order_by("slug").values_list("slug", "figure"))


def with_sheet(rows: QuerySet[Any], *, exercise: str = "") -> QuerySet[Any]:
    """Return exercises, or rows that lead to one, each with the edition of the sheet that shows it."""
    return rows.annotate(sheet=_sheet_with(f"{exercise}__" if exercise else ""))


def with_least_dose(exercises: QuerySet[Any]) -> QuerySet[Any]:
    """Return the exercises, each with the least a source asks in its unit, in how many sets; None without one."""
    doses = Dose.objects.filter(exercise=OuterRef("pk"), unit=OuterRef("unit"), low__isnull=False)
    doses = doses.order_by("low", "source__slug")
    return exercises.annotate(
        least=Subquery(doses.values("low")[:1]), least_sets=Subquery(doses.values("sets_min")[:1])
    )


def _sheet_with(prefix: str = "") -> Case:
    """Return the edition of the sheet that shows an exercise; NULL where it is not on it.

    Editions are counted by what was ever written of the exercises in use: one is never used again.
    """
    written = Exercise.history.exclude(state__in=DRAFTS).order_by()
    edition = Subquery(written.values(edition=Func("pk", function="COUNT", output_field=IntegerField())))
    on_it = {f"{prefix}state": State.PUBLISHED, f"{prefix}figure__isnull": False}
    return Case(When(**on_it, then=edition))


def off_ladders(exercises: QuerySet[Exercise]) -> QuerySet[Exercise]:
    """Return those of the exercises that are on no ladder."""
    return exercises.exclude(Exists(Rung.objects.published().filter(exercise=OuterRef("pk"))))


def equipment_in_use() -> list[Equipment]:
    """Return the equipment that at least one exercise needs."""
    used = set(Exercise.objects.published().values_list("equipment", flat=True))
    return [equipment for equipment in Equipment if equipment in used]


def with_links(articles: QuerySet[Article], exercises: QuerySet[Exercise] | None = None) -> QuerySet[Article]:
    """Return the articles in their order, each with its sources and those of its exercises; else all in use."""
    if exercises is None:
        exercises = Exercise.objects.published().order_by(translated("name"))
    linked = [
        Prefetch("sources", Source.objects.order_by("slug")),
        Prefetch("exercises", exercises.only("slug", "name", "translations")),
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
        "how_to": exercise.how_to.splitlines(),
        "mistakes": exercise.mistakes.splitlines(),
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
        "body": article.body.splitlines(),
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
            return article_entry(with_links(queryset, Exercise.desk.all()).get())
        case _:
            return source_entry(row)


def _fields(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
