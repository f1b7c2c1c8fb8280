"""The texts of the catalogue in other languages: which can be translated, what is missing, what is older.

A row's `translations` are {"de": {"name": "...", "of": {"name": "..."}}}; `of` has a mark of the English text
that each was made from, so that a later change of it is noticed.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from backpain.exercises.curated import OF, Curated, State, mark_of
from backpain.exercises.models import Article, Exercise, Ladder

TEXTS: dict[type[Model], tuple[str, ...]] = {
    Exercise: ("name", "purpose", "how_to", "mistakes", "stop_note", "muscles"),
    Ladder: ("name",),
    Article: ("title", "summary", "body", "limits"),
}
BY_LINE = {"how_to", "mistakes", "body"}  # each line is a step, a mistake or a paragraph of its own


class Standing(enum.Enum):
    """How a translation stands to the English text. OLDER: made from another one, or from who knows which."""

    MISSING = "missing"
    OLDER = "older"
    DONE = "done"


def languages() -> dict[str, str]:
    """Return the languages to translate into, by code."""
    return {code: str(name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}


def name_of(row: Curated) -> str:
    """Return the English name or title of a row."""
    return getattr(row, TEXTS[type(row)][0])


def standings(row: Curated, language: str) -> dict[str, Standing]:
    """Return how each text of a row stands in a language; what is empty in English needs no translation."""
    words = row.translations.get(language, {})
    return {
        name: _standing(getattr(row, name), name, words) for name in TEXTS[type(row)] if getattr(row, name)
    }


def _standing(english: str, name: str, words: Mapping[str, Any]) -> Standing:
    if not words.get(name):
        return Standing.MISSING
    return Standing.DONE if words.get(OF, {}).get(name) == mark_of(english) else Standing.OLDER


def with_words(
    row: Curated, language: str, texts: Mapping[str, str], *, looked_at: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return a row's translations with these in one language.

    A text that is new counts as made from today's English; one that stays, only where it was `looked_at`.
    """
    before = row.translations.get(language, {})
    kept = {name: text for name, text in texts.items() if text}
    marks = {name: before.get(OF, {}).get(name) for name in kept}
    fresh = {name for name, text in kept.items() if text != before.get(name)}.union(looked_at)
    marks |= {name: mark_of(getattr(row, name)) for name in kept if name in fresh}
    others = {code: words for code, words in row.translations.items() if code != language}
    if not kept:
        return others
    return others | {language: kept | {OF: {name: mark for name, mark in marks.items() if mark}}}


def in_work(model: type[Curated]) -> list[Curated]:
    """Return what can be translated, each as its draft reads where there is one, in the order of their names."""
    first, *others = TEXTS[model]
    rows = list(
        model.desk.exclude(state=State.RETIRED)
        .only("slug", first, *others, "translations", "state", "draft_of")
        .order_by(first)
    )
    drafted = {row.draft_of_id for row in rows}
    return [row for row in rows if row.pk not in drafted]


def check_translations(model: type[Model], translations: Any) -> None:
    """Raise ValidationError for translations that no form would let through, such as those of a file."""
    for code, words in _object(translations).items():
        if "name" not in LANG_INFO.get(code, {}) or code == settings.LANGUAGE_CODE:
            raise ValidationError(_("%(code)s is no language to translate into.") % {"code": code})
        texts = _object(words)
        if strange := texts.keys() - {*TEXTS[model], OF}:
            raise ValidationError(
                _("%(names)s cannot be translated.") % {"names": ", ".join(sorted(strange))}
            )
        for name, text in texts.items():
            if name == OF:
                _check_marks(model, text)
            else:
                check_text(model._meta.get_field(name), text)


def check_text(field: Field[Any, Any], text: Any) -> None:
    """Raise ValidationError for a translation that breaks the limits of its English text."""
    if not isinstance(text, str):
        raise ValidationError(_("A translation has to be text."))
    field.run_validators(text)


def _check_marks(model: type[Model], marks: Any) -> None:
    if _object(marks).keys() - set(TEXTS[model]) or not all(isinstance(mark, str) for mark in marks.values()):
        raise ValidationError(_("“of” has a mark for each text."))


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValidationError(_("Translations have to be objects in curly brackets."))
    return value
