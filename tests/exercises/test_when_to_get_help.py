import re

import pytest

from tests.conftest import signed_in
from tests.factories import UserFactory

pytestmark = pytest.mark.any_database

ADDRESS = "/help/when-to-get-help/"
SAFETY_RULES = {
    "s1": ("any back pain", "A"),
    "s2": ("gets worse", "A, D"),
    "s3": ("few days of rest", "A"),
    "s4": ("one to two weeks", "D"),
    "s5": ("in the way of your runs", "D"),
    "s6": ("hips or knees, or spreads", "C"),
    "s7": ("On one side or the other", "E"),
    "s8": ("back roller", "E"),
    "s9": ("ask a professional whether imaging is needed", "E"),
    "s10": ("physiotherapy is the next step", "E"),
    "s11": ("the head is held", "B"),
}
EMERGENCY_SIGNS = [
    "between your legs",
    "passing urine",
    "your bowels",
    "sexual function",
    "both legs",
    "slaps or drops",
    "a fall, a crash or a hard blow",
    "chest pain, fainting, or a tearing or pulsing pain",
    "38 °C",
]


def _page(client):
    return client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("rule", SAFETY_RULES)
def test_has_each_safety_rule_with_its_source(client, catalogue, rule):
    words, sources = SAFETY_RULES[rule]

    item = re.search(rf'<li id="{rule}">(.*?)</li>', _page(client), re.DOTALL).group(1)

    assert words in item
    assert re.search(rf"Sources?: {sources}</span>", item)


def test_lists_every_emergency_sign_first(client, db):
    first_list = _page(client).split("<ul>")[1].split("</ul>")[0]

    assert first_list.count("<li>") == len(EMERGENCY_SIGNS)
    assert all(sign in first_list for sign in EMERGENCY_SIGNS)


def test_names_the_five_articles(client, catalogue):
    page = _page(client)

    assert page.count("<dt>") == 5
    assert "Endurance Unleashed" in page


def test_is_open_to_visitors_and_gives_them_all_numbers(client, db):
    page = _page(client)

    assert re.findall(r"tel:(\d+)", page) == ["112", "999", "911", "111"]
    assert "warning-sign questions" not in page


@pytest.mark.parametrize(
    ("country", "numbers"),
    [
        ("GB", ["999", "111"]),
        ("IE", ["112"]),
        ("DE", ["112"]),
        ("US", ["911"]),
        ("CA", ["911"]),
        ("BR", ["112", "999", "911", "111"]),
        ("", ["112", "999", "911", "111"]),
    ],
)
def test_gives_a_runner_the_numbers_of_the_country(db, country, numbers):
    page = _page(signed_in(UserFactory(country=country)))

    assert re.findall(r"tel:(\d+)", page) == numbers
    assert "warning-sign questions" in page


def test_reassures_nobody_and_names_no_disease(client, catalogue):
    page = _page(client).lower()

    for word in (
        "you are fine",
        "nothing serious",
        "cauda",
        "fracture",
        "infection",
        "cancer",
        "slipped",
        "disc ",
    ):
        assert word not in page


def test_takes_one_query_for_a_visitor(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(ADDRESS)
