import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from backpain.charts import TickUnit, Words

GOLDEN = Path(__file__).parent / "golden"


def tick(on: dt.date, unit: TickUnit) -> str:
    return f"{on:%Y}" if unit == "year" else f"{on:%b}" if unit == "month" else f"{on.day} {on:%b}"


@pytest.fixture(scope="session")
def words() -> Words:
    return Words(label="Pain & distance", tick=tick)


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares with a file looked at by a person; UPDATE_GOLDEN=1 writes it anew, to be looked at again."""

    def compare(name: str, svg: str) -> None:
        path = GOLDEN / name
        text = svg.replace("><", ">\n<") + "\n"  # one element a line, so a difference can be read
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
