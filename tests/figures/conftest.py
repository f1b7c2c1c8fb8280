import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares with a drawing looked at by a person; UPDATE_GOLDEN=1 writes it anew, to be looked at again."""

    def compare(name: str, svg: str) -> None:
        path = GOLDEN / name
        text = svg.replace("><", ">\n<") + "\n"  # one element a line, so a difference can be read
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
