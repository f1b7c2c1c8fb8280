"""The catalogue as a table: one row an entry, and what its columns may hold.

A JSON file has the values themselves; a CSV file has texts (`as_text`), with JSON where a value has parts.
"""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from backpain.exercises.models import Article, Dose, Exercise, Ladder, Rung, Source
from backpain.exercises.queries import (
    ARTICLE_FIELDS,
    DOSE_FIELDS,
    EXERCISE_FIELDS,
    LADDER_FIELDS,
    RUNG_FIELDS,
    SOURCE_FIELDS,
)

KIND = "entry"  # the column that says what a row is; "kind" is what exercises are: held, counted, slow
MOST = 32767  # PositiveSmallIntegerField on every database
MOST_PARTS = 99  # doses, rungs, lines or names in one cell
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # what no database keeps
WORDS = {"true": True, "false": False}  # spreadsheets write them in capitals

MODELS: dict[str, type[models.Model]] = {
    "source": Source,
    "exercise": Exercise,
    "ladder": Ladder,
    "article": Article,
}
FIELDS = {
    "source": SOURCE_FIELDS,
    "exercise": [*EXERCISE_FIELDS, "how_to", "mistakes", "swap", "successor", "doses"],
    "ladder": [*LADDER_FIELDS, "rungs"],
    "article": [*ARTICLE_FIELDS, "body", "sources", "exercises"],
}


def _from_json(text: str) -> Any:
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError as error:
        words = {"line": error.lineno, "column": error.colno}
        raise ValueError(_("This is no JSON from line %(line)s, column %(column)s on.") % words) from error
    except RecursionError as error:
        raise ValueError(_("There are too many brackets inside each other.")) from error


def _no_constant(name: str) -> Any:
    raise ValueError(_("%(name)s is no number.") % {"name": name})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(_("A name is there twice in one object."))
    return found


# Raises ValueError, too, for what JSON does not have: NaN, or a name that is twice in an object.
DECODER = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_once)


class Cell(Widget):
    """What a column holds; `checked` and `from_text` raise ValueError with a sentence."""

    def clean(self, value: Any, row: Any = None, *, as_text: bool = False, **kwargs: Any) -> Any:
        return self.checked(self.from_text(value) if as_text else value)

    def render(self, value: Any, obj: Any = None, *, as_text: bool = False, **kwargs: Any) -> Any:
        return self.to_text(value) if as_text else value

    def from_text(self, text: str) -> Any:
        return text

    def to_text(self, value: Any) -> str:
        return "" if value is None else str(value)

    def checked(self, value: Any) -> Any:
        """Return a value of the right type."""
        raise NotImplementedError


class Text(Cell):
    def checked(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(_("This has to be text."))
        _check_characters(value)
        return value


class Name(Text):
    """The slug of another row, or nothing."""

    def from_text(self, text: str) -> str | None:
        return text.strip() or None

    def checked(self, value: Any) -> Any:
        return None if value is None else super().checked(value)


class YesOrNo(Cell):
    def from_text(self, text: str) -> Any:
        return WORDS.get(text.strip().lower(), text)

    def to_text(self, value: Any) -> str:
        return "" if value is None else str(value).lower()

    def checked(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError(_("This has to be true or false."))
        return value


class Number(Cell):
    def __init__(self, *, may_be_empty: bool) -> None:
        super().__init__()
        self.may_be_empty = may_be_empty

    def from_text(self, text: str) -> Any:
        text = text.strip()
        return int(text) if WHOLE_NUMBER.fullmatch(text) else text or None

    def checked(self, value: Any) -> Any:
        if value is None and self.may_be_empty:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
            raise ValueError(_("This has to be a whole number from 0 to %(most)s.") % {"most": MOST})
        return value


class Lines(Cell):
    """Several lines of text; in a CSV file one below the other."""

    def from_text(self, text: str) -> list[str]:
        return text.splitlines()

    def to_text(self, value: Any) -> str:
        return "\n".join(value or [])

    def checked(self, value: Any) -> list[str]:
        lines = _list(value)
        for number, line in enumerate(lines, start=1):
            Text().checked(line)
            if line.splitlines() not in ([line], []):
                raise ValueError(_("Line %(number)s is more than one line.") % {"number": number})
        if lines and not lines[-1]:
            raise ValueError(_("The last line is empty."))
        return lines


class Names(Cell):
    """The slugs of other rows; in a CSV file with spaces between them."""

    def from_text(self, text: str) -> list[str]:
        return text.split()

    def to_text(self, value: Any) -> str:
        return " ".join(value or [])

    def checked(self, value: Any) -> list[str]:
        names = sorted(Text().checked(each) for each in _list(value))
        if len(set(names)) < len(names):
            raise ValueError(_("A name is there twice."))
        return names


class Data(Cell):
    """An object, or nothing where the table allows it; what is inside is checked with the entry."""

    def __init__(self, *, may_be_empty: bool) -> None:
        super().__init__()
        self.may_be_empty = may_be_empty

    def from_text(self, text: str) -> Any:
        return _from_json(text) if text.strip() else None

    def to_text(self, value: Any) -> str:
        return "" if value is None else json.dumps(value, ensure_ascii=False)

    def checked(self, value: Any) -> Any:
        if value is None and self.may_be_empty:
            return None
        if not isinstance(value, dict):
            raise ValueError(_("This has to be an object in curly brackets."))
        _check_characters(value)
        return value


class Parts(Data):
    """A list of objects that all have the same fields; `order` is the field they are sorted by, if any."""

    def __init__(self, cells: dict[str, Cell], *, order: str = "") -> None:
        super().__init__(may_be_empty=False)
        self.cells = cells
        self.order = order

    def from_text(self, text: str) -> Any:
        return _from_json(text) if text.strip() else []

    def checked(self, value: Any) -> list[dict[str, Any]]:
        parts = [self._part(part, number) for number, part in enumerate(_list(value), start=1)]
        return sorted(parts, key=lambda part: part[self.order]) if self.order else parts

    def _part(self, part: Any, number: int) -> dict[str, Any]:
        if not isinstance(part, dict):
            raise ValueError(_("Number %(number)s has to be an object.") % {"number": number})
        if strange := part.keys() ^ self.cells.keys():
            words = {"number": number, "names": ", ".join(sorted(strange))}
            raise ValueError(
                _("Number %(number)s lacks these fields, or should not have them: %(names)s.") % words
            )
        return {name: self._field(cell, part[name], name, number) for name, cell in self.cells.items()}

    def _field(self, cell: Cell, value: Any, name: str, number: int) -> Any:
        try:
            return cell.checked(value)
        except ValueError as error:
            words = {"number": number, "name": name, "fault": error}
            raise ValueError(_("Number %(number)s, %(name)s: %(fault)s") % words) from error


def _check_characters(value: Any) -> None:
    """Refuse characters that cannot be stored, in a text or anywhere in a list or an object."""
    match value:
        case str():
            if NO_TEXT.search(value):
                raise ValueError(_("There is a character in it that is no text."))
        case list():
            for each in value:
                _check_characters(each)
        case dict():
            _check_characters([*value.keys(), *value.values()])


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(_("This has to be a list."))
    if len(value) > MOST_PARTS:
        raise ValueError(_("There are more than %(most)s in one list.") % {"most": MOST_PARTS})
    return value


def _cell_of(model: type[models.Model], name: str) -> Cell:
    field = model._meta.get_field(name)
    match field:
        case models.BooleanField():
            return YesOrNo()
        case models.IntegerField():
            return Number(may_be_empty=field.null)
        case models.JSONField():
            return Data(may_be_empty=field.null)
    return Text()


def _parts(model: type[models.Model], of: str, names: list[str], *, order: str = "") -> Parts:
    return Parts({of: Text(), **{name: _cell_of(model, name) for name in names}}, order=order)


_WITH_PARTS = {
    KIND: Text(),
    "swap": Name(),
    "successor": Name(),
    "doses": _parts(Dose, "source", DOSE_FIELDS, order="source"),
    "rungs": _parts(Rung, "exercise", RUNG_FIELDS),
    "sources": Names(),
    "exercises": Names(),
    **dict.fromkeys(("how_to", "mistakes", "body"), Lines()),
}
_PLAIN = {
    name: _cell_of(MODELS[kind], name)
    for kind, names in FIELDS.items()
    for name in names
    if name not in _WITH_PARTS
}
CELLS = {
    name: _WITH_PARTS.get(name) or _PLAIN[name] for name in dict.fromkeys([KIND, *chain(*FIELDS.values())])
}
