"""The README keeps up with the code."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
SETTINGS = re.findall(
    r'(?:env_\w+|environ\.get)\("([A-Z_]+)"', (ROOT / "backpain" / "settings.py").read_text()
)
COMMANDS = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DEPENDENCIES = [
    re.split(r"[^a-z0-9-]", line)[0]
    for line in PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
]


@pytest.mark.parametrize("name", sorted(set(SETTINGS)))
def test_names_every_setting(name):
    assert f"| `{name}` |" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_names_every_command(command):
    assert f"`make {command}`" in README


@pytest.mark.parametrize("dependency", DEPENDENCIES)
def test_says_why_there_is_each_dependency(dependency):
    assert f"`{dependency}`" in README
