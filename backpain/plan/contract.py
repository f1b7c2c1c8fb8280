"""Reads the history contract's histories and rulesets, and refuses what breaks it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import math
import re
import typing
import uuid
import zoneinfo
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from backpain.coach.history import History, history_from
from backpain.coach.ruleset import SAFE
from backpain.coach.thresholds import RULESET, SHIPPED, Thresholds

SCHEMA = Path(__file__).with_name("history.schema.json")
YEARS = range(1900, 2101)  # as the schema's years of birth
LONGEST_HOLD_S = 600  # M-6
MOST = 10_000  # of any threshold: more days, metres or points than a rule can tell apart

SENTENCES = {
    "type": gettext_lazy("This is of the wrong type."),
    "enum": gettext_lazy("This is none of the words allowed here."),
    "const": gettext_lazy("This is no history of version 1."),
    "required": gettext_lazy("This is missing."),
    "additionalProperties": gettext_lazy("There is no such field."),
    "minimum": gettext_lazy("This is too small."),
    "maximum": gettext_lazy("This is too large."),
    "exclusiveMinimum": gettext_lazy("This is too small."),
    "minLength": gettext_lazy("This is too short."),
    "maxLength": gettext_lazy("This is too long."),
    "minItems": gettext_lazy("This is too short."),
    "maxItems": gettext_lazy("This is too long."),
    "pattern": gettext_lazy("This is not written as it should be."),
    "format": gettext_lazy("This is no date, or no time with an offset."),
    "uuid": gettext_lazy("This is no UUID, such as 6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11."),
    "uniqueItems": gettext_lazy("The same stands here twice."),
}
OTHERWISE = gettext_lazy("This breaks the format.")
TWICE_A_DAY = gettext_lazy("There is another check-in on this day.")
TWICE_SINCE = gettext_lazy("There is another placement of this ladder since this day.")

NO_TEXT = re.compile("[\0\ud800-\udfff]")
DAYS = {"on", "from", "to", "since", "pain_began_on"}
INSTANTS = {"started_at", "at"}

type Steps = tuple[str | int, ...]


class HistoryRefused(Exception):
    """The history breaks the contract at `path`, such as "check_ins[3].score"."""

    def __init__(self, path: str, sentence: str) -> None:
        self.path = path
        self.sentence = sentence
        super().__init__(f"{path}: {sentence}" if path else sentence)


def read_history(text: str | bytes) -> History:
    """Return the history in `text`; raise HistoryRefused when anything in it breaks the contract."""
    try:
        data = _parsed(text)
        _check(data)
        return history_from(data)
    except RecursionError:
        raise HistoryRefused("", _("This is nested too deeply.")) from None


def read_checked(text: str | bytes, schema: Path) -> Any:
    """Return the JSON data in `text`; raise HistoryRefused when it breaks the schema."""
    try:
        data = _parsed(text)
        _check_schema(data, schema)
    except RecursionError:
        raise HistoryRefused("", _("This is nested too deeply.")) from None
    return data


def read_json(text: str | bytes) -> Any:
    """Return the data in `text`; raise HistoryRefused where it is no JSON."""
    try:
        return _parsed(text)
    except RecursionError:
        raise HistoryRefused("", _("This is nested too deeply.")) from None


@functools.cache
def history_schema() -> dict[str, Any]:
    """Return the contract's schema; nobody changes it."""
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return schema


def mistakes_in(entry: Any, schema: Mapping[str, Any], *, zone: dt.tzinfo) -> dict[str, str]:
    """Return what in one entry breaks a schema or is no text, day or instant, as sentences by their path."""
    try:
        _check_text(entry)
        refusals = [_refusal(error) for error in _strict(schema).iter_errors(entry)]
        if not refusals:
            _check_days(entry)
            _check_instants(entry, zone)
    except RecursionError:
        return {"": _("This is nested too deeply.")}
    except HistoryRefused as refused:
        refusals = [refused]
    return {refused.path: refused.sentence for refused in refusals}


def ruleset_from(file: Path | None) -> tuple[str, Thresholds]:
    """Return name and thresholds of the ruleset in a file; without a file, of the shipped one."""
    return read_ruleset(content_of(file)) if file else (RULESET, SHIPPED)


def content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise HistoryRefused("", _("%(file)s cannot be read.") % {"file": file}) from error


def day_from(text: str) -> dt.date:
    """Return the day a command was given; raise ArgumentTypeError for anything else."""
    try:
        on = dt.date.fromisoformat(text)
    except ValueError:
        on = dt.date.min
    if on.year not in YEARS:
        raise ArgumentTypeError(_("“%(text)s” is no date such as 2026-03-16.") % {"text": text})
    return on


def read_ruleset(text: str | bytes) -> tuple[str, Thresholds]:
    """Return name and thresholds of a ruleset; what it does not name is as shipped."""
    try:
        data = _parsed(text)
    except RecursionError:
        raise HistoryRefused("", _("This is nested too deeply.")) from None
    if not isinstance(data, dict) or not isinstance(data.get("ruleset"), str) or not data["ruleset"]:
        raise HistoryRefused("ruleset", str(SENTENCES["required"]))
    name = data.pop("ruleset")
    return name, dataclasses.replace(SHIPPED, **dict(_threshold(*item) for item in data.items()))


def _threshold(name: str, number: Any) -> tuple[str, Any]:
    kind = _kinds().get(name)
    if kind is None:
        raise HistoryRefused(name, _("There is no such threshold."))
    if kind in (int, float):
        return name, _bounded(name, number, {int, kind}, least=min(1, SAFE[name].low) if kind is int else 0)
    wanted = len(typing.get_args(kind))
    if not isinstance(number, list) or len(number) != wanted:
        raise HistoryRefused(name, _("This has to be a list of %(n)s whole numbers.") % {"n": wanted})
    return name, tuple(_bounded(f"{name}[{place}]", each, {int}) for place, each in enumerate(number))


def _bounded(path: str, number: Any, kinds: set[type], *, least: float = 0) -> Any:
    """A ruleset to try may leave the safe range, but no count that has to be one or more becomes zero."""
    if type(number) not in kinds:
        raise HistoryRefused(path, str(SENTENCES["type"]))
    if not least <= number <= MOST:
        raise HistoryRefused(path, str(SENTENCES["minimum" if number < least else "maximum"]))
    return number


@functools.cache
def _kinds() -> dict[str, Any]:
    return typing.get_type_hints(Thresholds)


def _parsed(text: str | bytes) -> Any:
    try:
        return json.loads(
            text, parse_constant=_no_number, parse_float=_finite, object_pairs_hook=_without_twins
        )
    except ValueError as error:
        raise HistoryRefused("", _("This is no JSON: %(why)s.") % {"why": _why(error)}) from error


def _why(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return _("wrong at line %(line)s, character %(column)s") % {
            "line": error.lineno,
            "column": error.colno,
        }
    return str(error)


def _no_number(name: str) -> float:
    raise ValueError(_("%(name)s is no number") % {"name": name})


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError(_("a field stands there twice"))
    return data


def _check(data: Any) -> None:
    _check_schema(data, SCHEMA)
    _check_time_zone(data["runner"]["time_zone"])
    _check_days(data)
    _check_instants(data, zoneinfo.ZoneInfo(data["runner"]["time_zone"]))
    _check_holds(data.get("sessions", []))
    _check_rests(data.get("rests", []))
    _check_twins(data, "check_ins", ("on",), TWICE_A_DAY)
    placements = [each | {"since": each.get("since")} for each in data.get("placements", [])]
    _check_twins({"placements": placements}, "placements", ("ladder", "since"), TWICE_SINCE)
    _check_ids(data)


def _check_schema(data: Any, schema: Path) -> None:
    _check_text(data)
    errors = sorted(_validator(schema).iter_errors(data), key=lambda error: tuple(error.absolute_path))
    if errors:
        raise _refusal(errors[0])


@functools.cache
def _validator(file: Path) -> Draft202012Validator:
    return _strict(json.loads(file.read_text(encoding="utf-8")))


def _pattern(validator: Any, pattern: str, text: Any, schema: Any) -> Iterator[ValidationError]:
    """As jsonschema does, but a `$` is the very end: Python's also stands before a last line break."""
    if isinstance(text, str) and not re.search(re.sub(r"\$\Z", r"\\Z", pattern), text):
        yield ValidationError(f"{text!r} does not match {pattern!r}")


STRICT = extend(Draft202012Validator, {"pattern": _pattern})


def _strict(schema: Mapping[str, Any]) -> Draft202012Validator:
    return STRICT(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _refusal(error: ValidationError) -> HistoryRefused:
    path, kind = tuple(error.absolute_path), str(error.validator)
    if "propertyNames" in error.absolute_schema_path:
        path, kind = (*path, error.instance), "additionalProperties"
    elif kind == "required":
        path += (next(name for name in error.validator_value if name not in error.instance),)
    elif kind == "additionalProperties":
        path += (min(set(error.instance) - set(error.schema.get("properties", {}))),)
    elif kind == "anyOf":
        kind = next(
            (str(inner.validator) for inner in error.context or () if inner.validator != "type"), "type"
        )
    elif kind == "format" and error.validator_value in SENTENCES:
        kind = error.validator_value
    return HistoryRefused(_written(path), str(SENTENCES.get(kind, OTHERWISE)))


def _written(path: Iterable[str | int]) -> str:
    written = ""
    for step in path:
        written += f"[{step}]" if isinstance(step, int) else f".{step}" if written else step
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in written)


def _leaves(path: Steps, data: Any) -> Iterator[tuple[Steps, Any]]:
    if isinstance(data, dict):
        for name, item in data.items():
            yield from _leaves((*path, name), item)
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _leaves((*path, number), item)
    else:
        yield path, data


def _check_text(data: Any, at: Steps = ()) -> None:
    """Refuse text no database can keep: lone halves of a pair, and NUL."""
    if isinstance(data, dict):
        for name, item in data.items():
            _check_text(name, (*at, name))
            _check_text(item, (*at, name))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            _check_text(item, (*at, number))
    elif isinstance(data, str) and NO_TEXT.search(data):
        raise HistoryRefused(_written(at), _("This has characters that are no text."))


def _check_time_zone(name: str) -> None:
    if name not in _zone_names():
        raise HistoryRefused("runner.time_zone", _("There is no such time zone."))


@functools.cache  # zoneinfo opens every file of the zone database to answer
def _zone_names() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones() - {"localtime"})  # that one is this machine's


def _check_days(data: Any) -> None:
    for at, leaf in _leaves((), data):
        if at and at[-1] in DAYS and isinstance(leaf, str) and dt.date.fromisoformat(leaf).year not in YEARS:
            raise HistoryRefused(_written(at), _("This is too far away in time."))


def _check_instants(data: Any, zone: dt.tzinfo) -> None:
    for at, leaf in _leaves((), data):
        if not at or at[-1] not in INSTANTS or not isinstance(leaf, str):
            continue  # an activity of a questionnaire may be called "at"
        try:
            year = dt.datetime.fromisoformat(leaf.upper()).astimezone(zone).year
        except (ValueError, OverflowError):
            raise HistoryRefused(_written(at), str(SENTENCES["format"])) from None
        if year not in YEARS:
            raise HistoryRefused(_written(at), _("This is too far away in time."))


def _check_holds(sessions: list[dict[str, Any]]) -> None:
    for number, session in enumerate(sessions):
        for place, done in enumerate(session["sets"]):
            if done["unit"] == "s" and done["done"] > LONGEST_HOLD_S:
                raise HistoryRefused(f"sessions[{number}].sets[{place}].done", str(SENTENCES["maximum"]))


def _check_rests(rests: list[dict[str, Any]]) -> None:
    for number, rest in enumerate(rests):
        if rest["to"] < rest["from"]:
            raise HistoryRefused(f"rests[{number}].to", _("This is before the first day of the rest."))


def _check_twins(data: dict[str, Any], collection: str, fields: tuple[str, ...], sentence: Any) -> None:
    seen = set()
    for number, entry in enumerate(data.get(collection, [])):
        key = tuple(entry[field] for field in fields)
        if key in seen:
            raise HistoryRefused(f"{collection}[{number}].{fields[-1]}", str(sentence))
        seen.add(key)


def _check_ids(data: dict[str, Any]) -> None:
    for collection, entries in data.items():
        if not isinstance(entries, list):
            continue
        seen = set()
        for number, entry in enumerate(entries):
            if not entry.get("id"):
                continue
            id_ = _same_id(entry["id"])
            if id_ in seen:
                raise HistoryRefused(f"{collection}[{number}].id", _("Another entry has this id."))
            seen.add(id_)


def _same_id(written: str) -> str:
    """Return one writing for all writings of a uuid."""
    try:
        return str(uuid.UUID(written))
    except ValueError:
        return written
