"""What a phone has to fetch: every page, compressed as it is sent, and from this host alone."""

import gzip
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.benchmarks.long_log import write_long_log
from tests.conftest import NOON, signed_in
from tests.pages import address, fill_log
from tests.test_access import ROWS

pytestmark = pytest.mark.any_database

KB = 1024
FIRST_PAGE, NEXT_PAGE, LONG_RANGE = 60 * KB, 15 * KB, 60 * KB
SCRIPTLESS = {"shared_report"}
STATIC = settings.BASE_DIR / "static"
# What a browser fetches with a page: not the home screen's icon, nor the letters of other alphabets.
FETCHED = re.compile(
    r'<(?:link rel="(?:preload|stylesheet|icon)"|script|img)[^>]* (?:href|src)="/static/([^"]+)"'
)
ELSEWHERE = re.compile(
    r"""(?:src|srcset|poster|action|<link[^>]* href)=["']?(?:https?:)?//[^"'\s>]*|url\(["']?(?:https?:)?//"""
)


def names(person):
    """Return the pages this person gets, the curators' admin apart."""
    cell = {"nobody": 0, "alice": 1}[person]
    return [name for name, row in ROWS.items() if row[cell] == "200" and not name.startswith("admin")]


@pytest.fixture
def pages(alice, at_noon):
    """Return a function that yields the bodies of a person's pages, as they are sent."""
    fill_log(alice, now=NOON)

    def pages(person):
        client = signed_in(alice) if person == "alice" else Client()
        for name in names(person):
            response = client.get(address(name, alice), headers={"Accept-Encoding": "gzip"})
            if response["Content-Type"].startswith("text/html"):
                yield name, response.content

    return pages


@cache
def sent(path: Path) -> int:
    """Return the size of a static file as it is sent; fonts and pictures are compressed already."""
    content = path.read_bytes()
    return len(gzip.compress(content)) if path.suffix in {".css", ".js", ".svg"} else len(content)


def static_files(html):
    return {STATIC / unquote(found) for found in FETCHED.findall(html)}


@pytest.mark.parametrize("person", ["nobody", "alice"])
def test_a_first_page_weighs_60_kb_with_all_it_needs(pages, person):
    heavy = {}
    for name, body in pages(person):
        files = static_files(gzip.decompress(body).decode())
        assert len(files) >= (3 if name in SCRIPTLESS else 4), name  # style, htmx, our script, a font
        weight = len(body) + sum(map(sent, files))
        if weight > FIRST_PAGE:
            heavy[name] = weight

    assert heavy == {}


@pytest.mark.parametrize("person", ["nobody", "alice"])
def test_a_following_page_weighs_15_kb(pages, person):
    heavy = {name: len(body) for name, body in pages(person) if len(body) > NEXT_PAGE}

    assert heavy == {}


@pytest.mark.parametrize("weeks", ["52", "all"])
def test_three_years_of_progress_weigh_60_kb(alice, as_alice, at_noon, weeks):
    call_command("load_catalogue", verbosity=0)
    write_long_log(runner=alice, runs=600, now=NOON)

    response = as_alice.get(f"/progress/?weeks={weeks}", headers={"Accept-Encoding": "gzip"})

    assert response.status_code == 200
    assert len(response.content) < LONG_RANGE


@pytest.mark.parametrize("person", ["nobody", "alice"])
def test_no_page_names_another_host_for_anything_it_loads(pages, person):
    found = {name: ELSEWHERE.findall(gzip.decompress(body).decode()) for name, body in pages(person)}

    assert {name: urls for name, urls in found.items() if urls} == {}


def test_no_style_or_script_names_another_host():
    for path in [*STATIC.rglob("*.css"), *STATIC.glob("js/*.js")]:
        assert not ELSEWHERE.search(path.read_text()), path
