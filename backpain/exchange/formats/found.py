"""What files of many runs hold: an activity with what else was said of it, or a row that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backpain.activity_files.activity import Activity

_SUFFIXES = re.compile(r"(\.[a-z]{3,4})?(\.gz)?$")


@dataclass(frozen=True, kw_only=True)
class Found:
    """An activity and further columns of a run by name; `shoe` is said as the shoe's name."""

    activity: Activity
    said: Mapping[str, Any] = field(default_factory=dict)
    row: int  # as a spreadsheet counts, or the place in a list, from 1
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class RowRefused:
    row: int
    code: str  # a key of exchange.words.TABLES or of activity_files.SENTENCES


type Row = Found | RowRefused


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What an export says of its activities: of each file by `key_of` its name, and of those without a file."""

    files: Mapping[str, Row]
    manual: tuple[Row, ...]


def kept(text: str, longest: int) -> str:
    """Return a text as a database can keep it, and no more of it than fits."""
    return text.replace("\0", "").encode(errors="replace").decode()[:longest]


def key_of(name: str) -> str:
    """Return what a file of an export is known by: its folder and name without what tells the format."""
    parts = name.replace("\\", "/").casefold().split("/")[-2:]
    return "/".join([*parts[:-1], _SUFFIXES.sub("", parts[-1])])
