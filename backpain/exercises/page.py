"""What the pages of the catalogue show: groups of exercises, and all there is to say about one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backpain.coach.thresholds import SHIPPED
from backpain.exercises import queries
from backpain.exercises.curated import translated
from backpain.exercises.models import (
    NO_EQUIPMENT,
    PROJECT,
    Article,
    Category,
    Dose,
    Equipment,
    Exercise,
    Ladder,
    Rung,
    Source,
    Unit,
)
from backpain.exercises.purposes import PURPOSES

WAYS = {"ladder": _("By ladder"), "purpose": _("By purpose"), "equipment": _("By equipment")}
MOST_LETTERS = 60  # of what is searched for
RULE = re.compile(r"\b([A-Z]-\d+[a-z]?)\b")
UNFOLDED = 8  # a longer group is folded where nothing was chosen

type Piece = tuple[str, bool]  # words, and whether they are the id of a rule


@dataclass(frozen=True, kw_only=True)
class Look:
    """How somebody looks at the catalogue. "" = everything; what we do not know counts as that."""

    by: str
    words: str
    purpose: str
    equipment: str

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.purpose or self.equipment)


@dataclass(frozen=True, kw_only=True)
class Group:
    slug: str
    name: str | Promise
    exercises: list[Exercise]
    text: str | Promise = ""
    sources: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.exercises) > UNFOLDED


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Ladders with those of their rungs that fit, then groups."""

    ladders: list[Ladder]
    groups: list[Group]

    @property
    def count(self) -> int:
        on_ladders = {rung.exercise_id for ladder in self.ladders for rung in ladder.rungs.all()}
        return len(on_ladders.union(each.pk for group in self.groups for each in group.exercises))


@dataclass(frozen=True, kw_only=True)
class ExercisePage:
    """`in_use` is the primary key that ladders and articles know; a draft has that of what it replaces."""

    exercise: Exercise
    in_use: int
    ladders: list[Ladder]
    articles: list[Article]

    @property
    def doses(self) -> list[Dose]:
        return list(self.exercise.doses.all())

    @property
    def rungs(self) -> list[Rung]:
        """Return the rungs that are this exercise: what plans here ask of it."""
        rungs = (rung for ladder in self.ladders for rung in ladder.rungs.all())
        return [rung for rung in rungs if rung.exercise_id == self.in_use]

    @property
    def sources(self) -> list[Source]:
        return [dose.source for dose in self.doses]

    @property
    def sources_differ(self) -> bool:
        """Tell whether two articles give different numbers; one that gives none does not differ."""
        return len({dose.amount for dose in self._published if dose.amount}) > 1

    @property
    def longest_hold(self) -> float | None:
        """Return the longest hold of a repetition here where a source gives more (E-8), in seconds."""
        most = SHIPPED.hold_longest_s
        is_short = any(rung.hold_s for rung in self.rungs)
        return most if is_short and any(_seconds(dose) > most for dose in self._published) else None

    @property
    def _published(self) -> list[Dose]:
        return [dose for dose in self.doses if dose.source.slug != PROJECT]


def exercise_page(exercise: Exercise) -> ExercisePage:
    """Return the page of an exercise, which came with its doses."""
    in_use = exercise.draft_of_id or exercise.pk
    on = Rung.objects.filter(exercise=in_use).values("ladder")
    ladders = queries.ladders_with(Rung.objects.all()).filter(pk__in=on)
    articles = (
        Article.objects.published()
        .filter(exercises=in_use)
        .order_by("position", "slug")
        .only("slug", "title", "summary", "translations")
    )
    return ExercisePage(exercise=exercise, in_use=in_use, ladders=list(ladders), articles=list(articles))


def article_page(article: Article) -> dict[str, Any]:
    """Return what the page of an article shows; paragraphs that name rules say what the app does."""
    return {
        "article": article,
        "told": [text for text in article.paragraphs if not RULE.search(text)],
        "done": [_pieces(text) for text in article.paragraphs if RULE.search(text)],
    }


def _pieces(text: str) -> list[Piece]:
    """Cut a paragraph at the ids of rules, which become links."""
    return [(piece, RULE.fullmatch(piece) is not None) for piece in RULE.split(text)]


def look_of(asked: Any) -> Look:
    """Return how a query string wants to look at the catalogue."""
    by, purpose, equipment = (asked.get(name, "") for name in ("by", "purpose", "equipment"))
    return Look(
        by=by if by in WAYS else "ladder",
        words=" ".join(asked.get("q", "")[:MOST_LETTERS].replace("\x00", " ").split()),
        purpose=purpose if purpose in {each.slug for each in PURPOSES} else "",
        equipment=equipment if equipment in {NO_EQUIPMENT, *Equipment.values} else "",
    )


def catalogue_page(look: Look) -> Catalogue:
    """Return what fits, in the order and the groups of the look."""
    fitting = queries.chosen(words=look.words, purpose=look.purpose, equipment=look.equipment)
    if look.by == "ladder":
        ladders = queries.ladders_with(Rung.objects.filter(exercise__in=fitting.order_by()))
        others = _by_category(queries.off_ladders(fitting).order_by(translated("name")))
        return Catalogue(ladders=[each for each in ladders if each.rungs.all()], groups=others)
    group = _by_purpose if look.by == "purpose" else _by_equipment
    groups = group(list(fitting.order_by(translated("name"))))
    asked = look.purpose if look.by == "purpose" else look.equipment
    return Catalogue(ladders=[], groups=[each for each in groups if not asked or each.slug == asked])


def _by_category(exercises: Iterable[Exercise]) -> list[Group]:
    members = list(exercises)
    return _filled(
        Group(slug=each, name=each.label, exercises=[one for one in members if one.category == each])
        for each in Category
    )


def _by_purpose(exercises: list[Exercise]) -> list[Group]:
    return _filled(
        Group(
            slug=each.slug,
            name=each.name,
            text=each.text,
            sources=each.sources,
            exercises=[one for one in exercises if each.has(one)],
        )
        for each in PURPOSES
    )


def _by_equipment(exercises: list[Exercise]) -> list[Group]:
    kinds = [*((each.value, each.label) for each in Equipment), ("", _("Nothing needed"))]
    return _filled(
        Group(
            slug=value or NO_EQUIPMENT,
            name=name,
            exercises=[one for one in exercises if one.equipment == value],
        )
        for value, name in kinds
    )


def _filled(groups: Iterable[Group]) -> list[Group]:
    return [group for group in groups if group.exercises]


def _seconds(dose: Dose) -> float:
    """Return how long a source holds a position at most, in seconds."""
    return max(dose.hold_s_max or 0, dose.high or 0 if dose.unit == Unit.SECONDS else 0)
