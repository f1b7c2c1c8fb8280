"""What the columns of a table mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

SCORES = ("effort", "pain_before", "pain_during", "pain_after", "pain_next_morning")
FIELDS = ("date", "time", "distance", "duration", "sport", *SCORES, "note", "shoe", "surface")
DISTANCE_UNITS = ("km", "mi", "m")
DURATION_UNITS = ("clock", "hm", "min", "s", "h")


@dataclass(frozen=True, kw_only=True)
class ColumnMapping:
    """The place of each field's column, and what its texts leave open."""

    columns: Mapping[str, int] = field(default_factory=dict)
    day_first: bool | None = None  # what 3/4/2026 means; None where no date asks
    distance_unit: str = ""
    duration_unit: str = ""
    every_row: str = ""  # "run" where rows that name no sport are runs

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        return cls(**values)
