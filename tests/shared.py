"""Real activity files and contract examples, which lie beside the project and are not part of it."""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    """Return a file or folder of ../shared; where the project stands alone, skip what needs it.

    On CI its absence is a failure, so that no green run hides it.
    """
    found = FOLDER / path
    if not found.exists():
        if os.environ.get("CI"):
            pytest.fail(f"../shared/{path} is missing")
        pytest.skip(f"needs ../shared/{path}, which is not part of the project", allow_module_level=True)
    return found
