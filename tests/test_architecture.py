"""What import-linter cannot see of architecture.md: foreign keys by name, templates, open doors, bare rooms."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.urls import get_resolver
from django.utils.module_loading import import_string

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
ROOMS, INSIDE_APPS = CONTRACTS[0], CONTRACTS[1]
OUR_APPS = [app for app in apps.get_app_configs() if app.name.startswith("backpain.")]

STANDARD_LIBRARY_ONLY = ("coach", "charts", "figures")
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/json\"))|<style\b|\s(?:style|on[a-z]+)\s*=|javascript:",
    re.IGNORECASE,
)
# Whoever opens a page to everybody adds it here.
OFFLINE = {"offline_run", "offline_check_in", "offline_session"}  # pages of nobody, for phones to keep
OUTBOX = {"outbox", "outbox_token", "manifest", "service_worker"}
SECRET = {"shared_report", "calendar_feed"}  # whoever knows the address
API = {  # whoever has a token; a cookie opens nothing there
    *("api_runs", "api_run", "api_check_ins", "api_check_in", "api_sessions", "api_session"),
    *("api_advice", "api_advice_log", "api_advice_of_day", "api_openapi", "api_nowhere", "api_help"),
}
PUBLIC = {
    "today",
    "healthz",
    "readyz",
    "when_to_get_help",
    "account_signup",
    *OFFLINE,
    *OUTBOX,
    *SECRET,
    *API,
}


def heights() -> dict[str, int]:
    """Return how high each room stands; a room knows only lower ones."""
    layers = [re.findall(r"\w+", layer) for layer in ROOMS["layers"]]
    return {room: -depth for depth, layer in enumerate(layers) for room in layer}


def our_models():
    return [model for app in OUR_APPS for model in app.get_models(include_auto_created=True)]


def our_views():
    """Return name and function of every page that is ours: allauth and the admin guard theirs themselves."""
    for pattern in _flat(get_resolver().url_patterns):
        if pattern.callback.__module__.startswith("backpain."):
            yield pattern.name, pattern.callback


def _flat(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _flat(pattern.url_patterns)
        else:
            yield pattern


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_a_table_points_only_at_rooms_its_own_may_know(model):
    height = heights()
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and field.related_model:
            target = field.related_model._meta.app_config
            if target in OUR_APPS and target != model._meta.app_config:
                assert height[target.label] < height[model._meta.app_label], f"{model.__name__}.{field.name}"


def test_every_app_of_ours_is_layered_inside():
    assert sorted(INSIDE_APPS["containers"]) == sorted(app.name for app in OUR_APPS)


@pytest.mark.parametrize("room", STANDARD_LIBRARY_ONLY)
def test_a_bare_room_imports_nothing_but_the_standard_library(room):
    for path in (ROOT / "backpain" / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            for name in _imported(node):
                own = name == f"backpain.{room}" or name.startswith(f"backpain.{room}.")
                assert own or name.partition(".")[0] in sys.stdlib_module_names, f"{path}: {name}"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module or ""]
    return []


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "templates").rglob("*.html")),
    ids=lambda path: str(path.relative_to(ROOT / "templates")),
)
def test_a_template_has_nothing_inline(path):
    assert INLINE.findall(path.read_text()) == []


def test_every_page_asks_who_is_there_unless_it_is_public_on_purpose():
    public = {name for name, view in our_views() if not getattr(view, "login_required", True)}

    installed = [import_string(path) for path in settings.MIDDLEWARE]
    assert any(isinstance(each, type) and issubclass(each, LoginRequiredMiddleware) for each in installed)
    assert public == PUBLIC
