"""Frozen dataclasses to JSON-ready data and back, driven by their type hints.

A field at its default is left out, so what was absent stays absent. A field whose JSON name is no
Python name says so with `named("from")`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import functools
import types
import typing
from collections.abc import Callable
from typing import Any

type Decoder = Callable[[Any], Any]

LEFT_OUT = {"left_out": True}  # metadata of a field that is not in JSON


def named(name: str) -> dict[str, str]:
    """Return the metadata of a field that is called `name` in JSON."""
    return {"name": name}


def to_data(value: Any) -> Any:
    """Return `value` as JSON-ready data."""
    if dataclasses.is_dataclass(value):
        kind: Any = type(value)
        return {
            name: to_data(getattr(value, attribute))
            for name, attribute, default in _encoded_fields(kind)
            if getattr(value, attribute) != default
        }
    if isinstance(value, enum.Enum):
        return value.name.lower()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [to_data(item) for item in value]
    if isinstance(value, dict):
        return {key: to_data(item) for key, item in value.items()}
    return value


def from_data[T](kind: type[T], data: Any) -> T:
    """Return the value of type `kind` that `to_data` turned into `data`."""
    hint: Any = kind
    return typing.cast(T, _decoder(hint)(data))


@functools.cache
def _encoded_fields(kind: Any) -> tuple[tuple[str, str, Any], ...]:
    return tuple((_json_name(f), f.name, _default_of(f)) for f in _fields_in_json(kind))


def _fields_in_json(kind: Any) -> list[dataclasses.Field[Any]]:
    return [field for field in dataclasses.fields(kind) if "left_out" not in field.metadata]


def _json_name(field: dataclasses.Field[Any]) -> str:
    return str(field.metadata.get("name", field.name))


def _default_of(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


@functools.cache
def _decoder(kind: Any) -> Decoder:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _union_decoder(arguments)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin is frozenset:
        return lambda data: frozenset(data)
    if dataclasses.is_dataclass(kind):
        return _dataclass_decoder(kind)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return lambda data: kind[data.upper()]
    if kind in (dt.date, dt.datetime):
        return lambda data: kind.fromisoformat(data.upper())  # "z" is an offset too (RFC 3339)
    return lambda data: data


def _union_decoder(arguments: tuple[Any, ...]) -> Decoder:
    """A union is `X | None`, or plain numbers and text that JSON already tells apart."""
    (present, *others) = [argument for argument in arguments if argument is not type(None)]
    if others:
        return lambda data: data
    decode = _decoder(present)
    return lambda data: None if data is None else decode(data)


def _tuple_decoder(arguments: tuple[Any, ...]) -> Decoder:
    if arguments[-1] is Ellipsis:
        decode = _decoder(arguments[0])
        return lambda data: tuple(decode(item) for item in data)
    decoders = [_decoder(argument) for argument in arguments]
    return lambda data: tuple(decode(item) for decode, item in zip(decoders, data, strict=True))


def _dataclass_decoder(kind: Any) -> Decoder:
    hints = typing.get_type_hints(kind)
    fields = [(_json_name(f), f.name, hints[f.name]) for f in _fields_in_json(kind)]

    def decode(data: dict[str, Any]) -> Any:
        return kind(
            **{attribute: _decoder(hint)(data[name]) for name, attribute, hint in fields if name in data}
        )

    return decode
