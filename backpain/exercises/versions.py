"""What two versions of a source, exercise, ladder or article do not agree on, in the words of their forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from backpain.exercises.models import Dose, Rung, Unit
from backpain.exercises.shipped import Entry
from backpain.exercises.translations import OF

MOST_WORDS = 1000  # lines that are longer together are marked as a whole
ALIKE = 0.5  # from this share of common words on, single words are marked
IN_UNITS = {"start", "step", "cap", "late_from", "late_step"}
SLUGS = {"swap", "successor", "exercises"}

type Names = Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """Words of a line, to be set apart from the next by a space."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Text:
    """One line of a text; `number` is its place among several, else 0."""

    number: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Change:
    """A line that another one took the place of, or that was added or removed."""

    before: Text | None
    after: Text | None


@dataclass(frozen=True)
class Difference:
    """A field that two versions do not agree on; `before` and `after` are plain lines, "" for nothing."""

    field: str
    label: str
    before: str
    after: str

    @property
    def changes(self) -> list[Change]:
        """Return the lines that differ, with the words that differ marked."""
        return list(_changes(self.before.splitlines(), self.after.splitlines()))


def differences(
    model: type[Model], before: Entry, after: Entry, *, names: Names | None = None
) -> list[Difference]:
    """Return what differs between two entries of a model, in the order of its fields.

    An empty entry is a row that was not there. `names` has the names of exercises by slug; one that is not
    in it is called by its slug.
    """
    found: list[Difference] = []
    for name in _in_order(model, before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        if one == other or not (one or other or (name in before and name in after)):
            continue  # a field that is newer than the one version and still empty in the other is no change
        found += _of_field(model, name, one, other, names or {})
    return found


def _in_order(model: type[Model], names: set[str]) -> list[str]:
    options = model._meta
    order = [each.name for each in (*options.fields, *options.many_to_many, *options.related_objects)]
    places = {name: place for place, name in enumerate(order)}
    return sorted(names, key=lambda name: (places.get(name, len(places)), name))


def _of_field(model: type[Model], name: str, before: Any, after: Any, names: Names) -> Iterator[Difference]:
    match name:
        case "rungs":
            yield from _of_rungs(before or [], after or [], names)
        case "doses":
            yield from _of_doses(before or [], after or [])
        case "translations":
            yield from _of_translations(model, before or {}, after or {})
        case _:
            texts = [_text(model, name, value, names) for value in (before, after)]
            if texts[0] != texts[1]:
                yield Difference(name, _label(model, name), *texts)


def _label(model: type[Model], name: str) -> str:
    field = _field(model, name)
    return capfirst(field.verbose_name) if field else capfirst(name.replace("_", " "))


def _field(model: type[Model], name: str) -> Field[Any, Any] | None:
    options = model._meta
    return next((each for each in (*options.fields, *options.many_to_many) if each.name == name), None)


def _text(model: type[Model], name: str, value: Any, names: Names) -> str:
    """Return a value as a reader has it: choices and exercises by their names, lists by line."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(_text(model, name, each, names) for each in value)
    if isinstance(value, dict):
        return "\n".join(_lines_of_data(value))
    if name in SLUGS:
        return names.get(value, value)
    field = _field(model, name)
    choices = dict(field.flatchoices) if field else {}
    return str(choices.get(value, value))


def _lines_of_data(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for every pose, arrow and setting of a figure."""
    for name, value in sorted(data.items()):
        if isinstance(value, list) and any(isinstance(each, dict) for each in value):
            for number, each in enumerate(value, start=1):
                yield f"{_words(name).removesuffix('s')} {number}: {_flat(each)}"
        else:
            yield f"{_words(name)}: {_flat(value)}"


def _flat(value: Any) -> str:
    match value:
        case dict():
            inner = (
                f"{_words(name)} ({_flat(each)})"
                if isinstance(each, dict)
                else f"{_words(name)} {_flat(each)}"
                for name, each in sorted(value.items())
            )
            return ", ".join(inner)
        case list():
            return "/".join(_flat(each) for each in value)
        case bool():
            return _("yes") if value else _("no")
        case float():
            return f"{value:g}"
    return str(value)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _of_translations(model: type[Model], before: Entry, after: Entry) -> Iterator[Difference]:
    for code in sorted(before.keys() | after.keys()):
        one, other = before.get(code) or {}, after.get(code) or {}
        for name in _in_order(model, (one.keys() | other.keys()) - {OF}):
            texts = [_text(model, name, words.get(name), {}) for words in (one, other)]
            if texts[0] != texts[1]:
                words = {"field": _label(model, name), "language": _language(code)}
                label = _("%(field)s (%(language)s)") % words
                yield Difference(f"translations.{code}.{name}", label, *texts)


def _language(code: str) -> str:
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


def _of_doses(before: list[Entry], after: list[Entry]) -> Iterator[Difference]:
    """Yield what the sources say otherwise, each dose as a whole."""
    one, other = ({dose["source"]: _dose(dose) for dose in doses} for doses in (before, after))
    for source in sorted(one.keys() | other.keys()):
        texts = one.get(source, ""), other.get(source, "")
        if texts[0] != texts[1]:
            yield Difference(f"doses.{source}", _("Dose of source %(source)s") % {"source": source}, *texts)


def _dose(dose: Entry) -> str:
    known = {name: value for name, value in dose.items() if name != "source" and _field(Dose, name)}
    said = [known.get("name"), Dose(**known).amount, known.get("remark")]
    if number := known.get("number"):
        said.insert(1, _("number %(number)s there") % {"number": number})
    return "; ".join(each for each in said if each)


def _of_rungs(before: list[Entry], after: list[Entry], names: Names) -> Iterator[Difference]:
    """Yield rungs that came or went, what changed on the others, and their order."""
    one, other = ({(rung["exercise"], rung["unit"]): rung for rung in rungs} for rungs in (before, after))
    for key in [*other, *(key for key in one if key not in other)]:
        name = names.get(key[0], key[0])
        if key in one and key in other:
            yield from _of_rung(one[key], other[key], name)
            continue
        label = _("Rung %(exercise)s") % {"exercise": name}
        texts = (_rung(rungs, key) for rungs in (one, other))
        yield Difference(f"rungs.{key[0]}", label, *texts)
    stayed = [[key for key in rungs if key in one and key in other] for rungs in (one, other)]
    for exercise, unit in _moved(*stayed):
        places = (str([*rungs].index((exercise, unit)) + 1) for rungs in (one, other))
        words = {"field": _label(Rung, "position"), "exercise": names.get(exercise, exercise)}
        yield Difference(f"rungs.{exercise}.position", _("%(field)s of %(exercise)s") % words, *places)


def _moved(before: list[Any], after: list[Any]) -> list[Any]:
    """Return the fewest things that have to move for one order to become the other."""
    steps = SequenceMatcher(None, before, after, False).get_opcodes()
    return [
        each for what, low, high, _to_low, _to_high in steps if what != "equal" for each in before[low:high]
    ]


def _of_rung(before: Entry, after: Entry, exercise: str) -> Iterator[Difference]:
    for name in _in_order(Rung, before.keys() | after.keys()):
        texts = [_on_rung(rung, name) for rung in (before, after)]
        if texts[0] != texts[1]:
            words = {"field": _label(Rung, name), "exercise": exercise}
            label = _("%(field)s of %(exercise)s") % words
            yield Difference(f"rungs.{after['exercise']}.{name}", label, *texts)


def _rung(rungs: Mapping[Any, Entry], key: Any) -> str:
    """Return "place 2, sets 3, start 15 seconds ..." of a rung, or nothing where there is none."""
    if key not in rungs:
        return ""
    said = [_("place %(place)s") % {"place": [*rungs].index(key) + 1}]
    for name in _in_order(Rung, rungs[key].keys() - {"exercise", "unit"}):
        if text := _on_rung(rungs[key], name):
            field = _field(Rung, name)
            said.append(f"{field.verbose_name if field else name} {text}")
    return ", ".join(said)


def _on_rung(rung: Entry, name: str) -> str:
    text = _text(Rung, name, rung.get(name), {})
    return f"{text} {dict(Unit.choices).get(rung['unit'], '')}".strip() if text and name in IN_UNITS else text


def _changes(before: list[str], after: list[str]) -> Iterator[Change]:
    several = len(before) > 1 or len(after) > 1
    for what, low, high, to_low, to_high in SequenceMatcher(None, before, after, False).get_opcodes():
        if what == "equal":
            continue
        pairs = zip_longest(range(low, high), range(to_low, to_high))
        for one, other in pairs:
            was, now = "" if one is None else before[one], "" if other is None else after[other]
            parts = _marked(was, now)
            yield Change(
                None if one is None else Text(several * (one + 1), parts[0]),
                None if other is None else Text(several * (other + 1), parts[1]),
            )


def _marked(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return two lines with the words that differ marked; lines that have little in common as a whole."""
    one, other = before.split(), after.split()
    matcher = SequenceMatcher(None, one, other, False)
    if len(one) + len(other) > MOST_WORDS or matcher.ratio() < ALIKE:
        return (Part(before, True),), (Part(after, True),)
    steps = matcher.get_opcodes()
    return (
        tuple(Part(" ".join(one[a:b]), what != "equal") for what, a, b, _c, _d in steps if a < b),
        tuple(Part(" ".join(other[c:d]), what != "equal") for what, _a, _b, c, d in steps if c < d),
    )
