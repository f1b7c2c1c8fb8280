"""Figures as plain data, so that they can be kept as JSON and edited: `figure_from` and its inverse `data_of`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Literal, get_args, get_type_hints

from backpain.figures.figure import (
    BACK_TO_FRONT,
    LIMBS,
    Arrow,
    Bent,
    Figure,
    Limb,
    Pose,
    Prop,
    Reaching,
    Shares,
)
from backpain.figures.plane import Point

MOST_POSES, MOST_ARROWS, MOST_PROPS = 6, 6, 4
ANGLE, LENGTH, RADIUS = (-360, 540), (-120, 120), (0.5, 60)
SHOWN, TURN = (0.2, 1), (0, 1)

FLOORS = get_args(get_type_hints(Figure)["floor"])
KINDS = get_args(get_type_hints(Prop)["kind"])

Code = Literal[
    "missing",
    "unknown",
    "not_an_object",
    "not_a_list",
    "not_a_number",
    "not_yes_or_no",
    "not_a_choice",
    "out_of_range",
    "too_few",
    "too_many",
]
Read = Callable[[Any, str], Any]


class BadFigure(ValueError):
    """Data that are no figure: `where`, such as "poses.1.near_arm.upper", and a `code` for what is wrong there.

    `allowed` is the least and the most of a number or of how many there may be.
    """

    def __init__(self, where: str, code: Code, allowed: tuple[float, float] | None = None) -> None:
        super().__init__(f"{where or 'figure'}: {code}")
        self.where = where
        self.code = code
        self.allowed = allowed


def figure_from(data: Mapping[str, Any]) -> Figure:
    """Return the figure that data describe; what is left out has its default.

    A far arm or leg that is left out is held like the near one.
    """
    found = _read_fields(
        data,
        "",
        {
            "poses": _list_of(_pose, at_least=1, at_most=MOST_POSES),
            "arrows": _list_of(_arrow, at_most=MOST_ARROWS),
            "props": _list_of(_prop, at_most=MOST_PROPS),
            "floor": _choice(FLOORS),
            "order": _order,
            "ghost": _index,
            "reached": _index,
            "cycle": _flag,
            "on_the_spot": _flag,
        },
        required=("poses",),
    )
    for name in ("ghost", "reached"):
        last = len(found["poses"]) - 1
        if found.get(name, 0) > last:
            raise BadFigure(name, "out_of_range", (0, last))
    return Figure(**found)


def data_of(figure: Figure) -> dict[str, Any]:
    """Return the data of a figure, ready for JSON and without what is the default."""
    return _without_defaults(figure)


def _pose(data: Any, where: str) -> Pose:
    angles = dict.fromkeys(("spine", "neck", "head"), _number(ANGLE))
    found = _read_fields(
        data,
        where,
        {
            "pelvis": _point,
            **angles,
            **dict.fromkeys(LIMBS, _limb),
            "bow": _number(LENGTH),
            "depth": _number(LENGTH),
            "turn": _number(TURN),
            "hips_turn": _number(TURN),
            "airborne": _flag,
        },
        required=("pelvis", *angles, "near_arm", "near_leg"),
    )
    for limb in ("arm", "leg"):
        found.setdefault(f"far_{limb}", found[f"near_{limb}"])
    return Pose(**found)


def _limb(data: Any, where: str) -> Limb:
    ends = {"end": _number(ANGLE), "shown": _shares}
    if isinstance(data, Mapping) and ("x" in data or "y" in data):
        place = dict.fromkeys(("x", "y"), _number(LENGTH))
        return Reaching(**_read_fields(data, where, {**place, **ends}, required=("x", "y")))
    angles = dict.fromkeys(("upper", "lower"), _number(ANGLE))
    return Bent(**_read_fields(data, where, {**angles, **ends}, required=("upper", "lower")))


def _arrow(data: Any, where: str) -> Arrow:
    known = {"start": _point, "end": _point, "bow": _number(LENGTH)}
    return Arrow(**_read_fields(data, where, known, required=("start", "end")))


def _prop(data: Any, where: str) -> Prop:
    place = dict.fromkeys(("x", "y"), _number(LENGTH))
    known = {"kind": _choice(KINDS), **place, "radius": _number(RADIUS)}
    return Prop(**_read_fields(data, where, known, required=tuple(known)))


def _point(data: Any, where: str) -> Point:
    x, y = _list_of(_number(LENGTH), at_least=2, at_most=2)(data, where)
    return x, y


def _shares(data: Any, where: str) -> Shares:
    upper, lower, end = _list_of(_number(SHOWN), at_least=3, at_most=3)(data, where)
    return upper, lower, end


def _order(data: Any, where: str) -> tuple[Any, ...]:
    parts = len(BACK_TO_FRONT)
    order: tuple[Any, ...] = _list_of(_choice(BACK_TO_FRONT), at_least=parts, at_most=parts)(data, where)
    if len(set(order)) < parts:
        raise BadFigure(where, "not_a_choice")
    return order


def _index(data: Any, where: str) -> int:
    if not isinstance(data, int) or isinstance(data, bool):
        raise BadFigure(where, "not_a_number")
    if not 0 <= data < MOST_POSES:
        raise BadFigure(where, "out_of_range", (0, MOST_POSES - 1))
    return data


def _flag(data: Any, where: str) -> bool:
    if not isinstance(data, bool):
        raise BadFigure(where, "not_yes_or_no")
    return data


def _choice(choices: Sequence[str]) -> Read:
    def read(data: Any, where: str) -> Any:
        if not isinstance(data, str) or data not in choices:
            raise BadFigure(where, "not_a_choice")
        return data

    return read


def _number(allowed: tuple[float, float]) -> Read:
    def read(data: Any, where: str) -> float:
        if not isinstance(data, int | float) or isinstance(data, bool):
            raise BadFigure(where, "not_a_number")
        if isinstance(data, float) and not math.isfinite(data):
            raise BadFigure(where, "not_a_number")
        if not allowed[0] <= data <= allowed[1]:
            raise BadFigure(where, "out_of_range", allowed)
        return float(data)

    return read


def _list_of(read: Read, *, at_most: int, at_least: int = 0) -> Read:
    def read_all(data: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(data, list | tuple):
            raise BadFigure(where, "not_a_list")
        if len(data) < at_least:
            raise BadFigure(where, "too_few", (at_least, at_most))
        if len(data) > at_most:
            raise BadFigure(where, "too_many", (at_least, at_most))
        return tuple(read(each, f"{where}.{number}") for number, each in enumerate(data))

    return read_all


def _read_fields(
    data: Any, where: str, known: Mapping[str, Read], *, required: Sequence[str]
) -> dict[str, Any]:
    """Return what an object holds, each field read by the function of its name."""
    if not isinstance(data, Mapping):
        raise BadFigure(where, "not_an_object")
    inside = f"{where}." if where else ""
    for name in data:
        if name not in known:
            raise BadFigure(f"{inside}{name}", "unknown")
    for name in required:
        if name not in data:
            raise BadFigure(f"{inside}{name}", "missing")
    return {name: known[name](value, f"{inside}{name}") for name, value in data.items()}


def _without_defaults(value: Any) -> dict[str, Any]:
    kept = {field.name: (getattr(value, field.name), field.default) for field in fields(value)}
    if isinstance(value, Pose):
        kept["far_arm"] = (value.far_arm, value.near_arm)
        kept["far_leg"] = (value.far_leg, value.near_leg)
    return {name: _plain(held) for name, (held, default) in kept.items() if held != default}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Arrow | Bent | Pose | Prop | Reaching):
        return _without_defaults(value)
    return value
