"""The catalogue as it is shipped: catalogue.json and articles.json, read without a database.

An *entry* is a source, an exercise with its doses, a ladder with its rungs or an article, as a file has it.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backpain.coach.ladders import Catalogue, Ladder, Rung
from backpain.figures.shipped import PATH as FIGURES_PATH

type Entry = dict[str, Any]

PATH = Path(__file__).parent / "catalogue.json"
ARTICLES_PATH = Path(__file__).parent / "articles.json"


# What the files leave out, being the same for all that is shipped.
IN_USE: Entry = {"retire": False, "translations": {}}
NO_SUCCESSOR: Entry = {"successor": None, "merged": False}


def shipped_entries() -> dict[str, list[Entry]]:
    """Return the entries of the files: "sources", "exercises" (with their figures), "ladders" and "articles"."""
    catalogue, learn, figures = _read(PATH), _read(ARTICLES_PATH), _read(FIGURES_PATH)
    return {
        "sources": [*catalogue["sources"], *learn["sources"]],
        "exercises": [
            {**entry, "figure": figures.get(entry["slug"]), **IN_USE, **NO_SUCCESSOR}
            for entry in catalogue["exercises"]
        ],
        "ladders": [{**entry, **IN_USE} for entry in catalogue["ladders"]],
        "articles": [{**entry, **IN_USE} for entry in learn["articles"]],
    }


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def shipped_exercises() -> frozenset[str]:
    """Return the slugs of the exercises in the file, those on no ladder too."""
    return frozenset(entry["slug"] for entry in shipped_entries()["exercises"])


def shipped_catalogue() -> Catalogue:
    """Return the shipped catalogue as the coach sees it."""
    entries = shipped_entries()
    return catalogue_from(exercises=entries["exercises"], ladders=entries["ladders"])


def catalogue_from(*, exercises: Iterable[Entry], ladders: Iterable[Entry]) -> Catalogue:
    """Return entries as the coach sees them; of an exercise it needs no words and no doses."""
    by_slug = {exercise["slug"]: exercise for exercise in exercises}
    return Catalogue(
        ladders=tuple(
            Ladder(
                slug=ladder["slug"],
                family=ladder["family"],
                legs=ladder["legs"],
                rungs=tuple(_rung(rung, by_slug[rung["exercise"]]) for rung in ladder["rungs"]),
            )
            for ladder in ladders
        ),
        strength=_slugs(by_slug, "strength"),
        mobility=_slugs(by_slug, "mobility"),
    )


def _rung(rung: Entry, exercise: Entry) -> Rung:
    return Rung(
        **rung,
        per_side=exercise["per_side"],
        equipment=exercise["equipment"] or None,
        impact=exercise["impact"],
    )


def _slugs(exercises: dict[str, Entry], category: str) -> frozenset[str]:
    return frozenset(slug for slug, exercise in exercises.items() if exercise["category"] == category)
