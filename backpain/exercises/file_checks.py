"""What is wrong with an entry of a file, by the rules of the tables: those that hold for forms and for the database.

The rows are made as they would be stored, but never stored.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, Model, UniqueConstraint
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backpain.exercises.checks import faults_of
from backpain.exercises.columns import MODELS
from backpain.exercises.models import Dose, Exercise, Rung
from backpain.exercises.shipped import Entry
from backpain.exercises.translations import check_translations

NAMES = {"exercise": "name", "ladder": "name", "article": "title"}

MOST_FIGURES = 200  # in one file; to measure one takes some hundredths of a second

type Found = tuple[str, str]  # a column, and what is wrong there


class Rules:
    """The check constraints of the tables. The database answers, once for the same values."""

    def __init__(self) -> None:
        self._broken: dict[tuple[Any, ...], bool] = {}

    def broken_by(self, row: Model) -> Iterator[str]:
        """Yield what each constraint says that a row breaks."""
        for rule in row._meta.constraints:
            if isinstance(rule, CheckConstraint) and self._is_broken(rule, row):
                yield str(rule.get_violation_error_message())

    def _is_broken(self, rule: CheckConstraint, row: Model) -> bool:
        fields = [row._meta.get_field(name) for name in sorted(rule.condition.referenced_base_fields)]
        key = (rule.name, *(getattr(row, each.attname) for each in fields))
        if key not in self._broken:
            try:
                rule.validate(type(row), row)
            except ValidationError:
                self._broken[key] = True
            else:
                self._broken[key] = False
        return self._broken[key]


class Figures:
    """The figures of a file. Each is measured once, those that are stored already not again."""

    def __init__(self, stored: Iterable[Any]) -> None:
        self._stored = {_key(figure) for figure in stored}
        self._faults: dict[str, list[str]] = {}

    def faults_of(self, figure: Any) -> list[str]:
        key = _key(figure)
        if key in self._stored:
            return []
        if key not in self._faults:
            if len(self._faults) == MOST_FIGURES:
                return [
                    _("There are more than %(most)s new figures. Use several files.") % {"most": MOST_FIGURES}
                ]
            self._faults[key] = faults_of(figure)
        return self._faults[key]


def _key(figure: Any) -> str:
    return json.dumps(figure, sort_keys=True)


@dataclass(frozen=True)
class Known:
    """What an entry may refer to, and who has which name: all of the catalogue, with what the file adds."""

    sources: Collection[str]
    exercises: Collection[str]
    names: Mapping[tuple[str, str], Set[str]]  # slugs by kind and name
    figures: Figures
    rules: Rules = field(default_factory=Rules)


def faults_in(kind: str, entry: Entry, known: Known) -> Iterator[Found]:
    """Yield what is wrong with an entry whose values have the right types."""
    yield from _of_row(kind, entry, known)
    if kind in NAMES and known.names[kind, entry[NAMES[kind]]] - {entry["slug"]}:
        yield NAMES[kind], _taken(MODELS[kind], NAMES[kind])
    match kind:
        case "exercise":
            yield from _of_exercise(entry, known)
        case "ladder":
            yield from _of_ladder(entry, known)
        case "article":
            yield from _of_article(entry, known)


def _of_row(kind: str, entry: Entry, known: Known) -> Iterator[Found]:
    model = MODELS[kind]
    plain = {field.name: field for field in model._meta.fields if not field.is_relation}
    values = {name: _joined(value) for name, value in entry.items() if name in plain}
    if model is Exercise:
        # The constraints ask only whether there is one.
        values["successor_id"] = 0 if entry["successor"] else None
    yield from _of_instance(model(**values), {"swap", "successor"}, known.rules, otherwise="successor")
    if "translations" in entry:
        yield from _of_translations(model, entry["translations"])


def _of_translations(model: type[Model], translations: Any) -> Iterator[Found]:
    try:
        check_translations(model, translations)
    except ValidationError as error:
        yield from (("translations", text) for text in error.messages)


def _joined(value: Any) -> Any:
    return "\n".join(value) if isinstance(value, list) else value


def _of_instance(row: Model, links: Collection[str], rules: Rules, *, otherwise: str) -> Iterator[Found]:
    """Yield what the model says of a row; `otherwise` is the column of what no single field is to blame for."""
    try:
        row.clean_fields(exclude=links)
        row.clean()
    except ValidationError as error:
        for name, errors in error.update_error_dict({}).items():
            column = otherwise if name == NON_FIELD_ERRORS else name
            yield from ((column, _in_words(row, name, each)) for each in errors)
    else:
        yield from ((otherwise, text) for text in rules.broken_by(row))


def _in_words(row: Model, name: str, error: ValidationError) -> str:
    if error.code != "invalid_choice":
        return " ".join(error.messages)
    choices = ", ".join(value for value, _label in row._meta.get_field(name).flatchoices)
    words = {"value": getattr(row, name), "choices": choices}
    return _("“%(value)s” is not one of these: %(choices)s.") % words


def _of_exercise(entry: Entry, known: Known) -> Iterator[Found]:
    for name in ("swap", "successor"):
        yield from _unknown(name, [entry[name]] if entry[name] else [], known.exercises)
        if entry[name] == entry["slug"]:
            yield name, _("This has to be another exercise.")
    if not entry["doses"] and not entry["retire"]:
        yield "doses", _("No source is given.")
    yield from _unknown("doses", [dose["source"] for dose in entry["doses"]], known.sources)
    yield from _of_parts("doses", Dose, "source", entry["doses"], known.rules)
    if entry["figure"] is not None:
        yield from (("figure", text) for text in known.figures.faults_of(entry["figure"]))


def _of_ladder(entry: Entry, known: Known) -> Iterator[Found]:
    if not entry["rungs"] and not entry["retire"]:
        yield "rungs", _("The ladder has no rung.")
    yield from _unknown("rungs", [rung["exercise"] for rung in entry["rungs"]], known.exercises)
    yield from _of_parts("rungs", Rung, "exercise", entry["rungs"], known.rules)


def _of_article(entry: Entry, known: Known) -> Iterator[Found]:
    if not entry["sources"] and not entry["retire"]:
        yield "sources", _("No source is given.")
    yield from _unknown("sources", entry["sources"], known.sources)
    yield from _unknown("exercises", entry["exercises"], known.exercises)


def _unknown(column: str, slugs: Iterable[str], known: Collection[str]) -> Iterator[Found]:
    for slug in dict.fromkeys(slugs):
        if slug not in known:
            yield column, _("“%(name)s” is neither in the catalogue nor in the file.") % {"name": slug}


def _of_parts(column: str, model: type[Model], of: str, parts: list[Entry], rules: Rules) -> Iterator[Found]:
    """Yield what is wrong with doses or rungs, each on its own and beside those before it."""
    links = {field.name for field in model._meta.fields if field.is_relation}
    unique = _unique_with(model, of)
    passed: set[Any] = set()
    for number, part in enumerate(parts, start=1):
        plain = {name: value for name, value in part.items() if name != of}
        for name, text in _of_instance(model(**plain), {*links, "position"}, rules, otherwise=""):
            yield column, _at(number, model, name, text)
        key = tuple(part[name] for name in unique.fields if name in part)
        if key in passed:
            yield column, _at(number, model, "", str(unique.get_violation_error_message()))
        passed.add(key)


def _at(number: int, model: type[Model], name: str, text: str) -> str:
    words = {"part": capfirst(model._meta.verbose_name), "number": number, "text": text}
    if not name:
        return _("%(part)s %(number)s: %(text)s") % words
    return _("%(part)s %(number)s, %(name)s: %(text)s") % {**words, "name": name}


def _unique_with(model: type[Model], name: str) -> UniqueConstraint:
    unique = [each for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
    return next(each for each in unique if name in each.fields)


def _taken(model: type[Model], name: str) -> str:
    return str(_unique_with(model, name).get_violation_error_message())
