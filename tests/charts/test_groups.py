import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backpain.charts import Dot, Group, Zones, counted, counted_chart, groups_chart, panels, scatter_chart
from backpain.charts.groups import BINS, DEPTH, EDGE, LARGEST, TOP

ZONES = Zones(low=2, raised=5)
DOT = Dot(amount=8, score=1, href="/runs/1/", label="3 Oct, 8 km: next morning 1")
LABELS = {score: f"<{score}>" for score in range(11)}
ROAD = Group(name="Road", count="4", scores=[1, 1, 1, 5], mean=2, labels=LABELS)

scores = st.integers(0, 10)
dots = st.builds(
    Dot,
    amount=st.floats(0, 500),
    score=scores,
    href=st.text(st.characters(categories=["P", "S"])),  # without letters, which could say "None"
    label=st.just("<b>"),
)
groups = st.builds(
    Group,
    name=st.just("<b>"),
    count=st.just("1"),
    scores=st.lists(scores, max_size=40),
    mean=st.none() | st.floats(0, 10),
    labels=st.just(LABELS),
)


def scatter(*found: Dot) -> str:
    return scatter_chart(found, zones=ZONES, label="Mornings & distance")


def grouped(*found: Group) -> str:
    return groups_chart(found, zones=ZONES, label="Mornings & ground", counts="n")


def is_sound(svg: str) -> bool:
    ElementTree.fromstring(f"<p>{svg}</p>")
    inside = all(0 <= float(x) <= 100 for x in re.findall(r'\b(?:x|x1|x2|cx|width)="([^"]*)%"', svg))
    return inside and not re.search(r"nan|inf|None|style=|<script|<b>", svg)


def test_scatter_looks_as_it_was_approved(golden: Callable[[str, str], None]) -> None:
    golden("scatter.svg", scatter(DOT, replace(DOT, amount=12, score=4), replace(DOT, amount=17.5, score=8)))


def test_groups_look_as_they_were_approved(golden: Callable[[str, str], None]) -> None:
    golden("groups.svg", grouped(ROAD, replace(ROAD, name="Trail", count="2", scores=[0, 3], mean=None)))


def test_are_empty_without_a_run() -> None:
    assert scatter() == grouped() == grouped(replace(ROAD, scores=[], mean=None)) == ""
    assert counted_chart([], zones=ZONES, label="x") == panels([]) == ""


def test_a_mark_opens_its_run() -> None:
    svg = scatter(DOT, replace(DOT, href="/runs/2/"))

    assert re.findall(r'<a href="([^"]+)"', svg) == ["/runs/1/", "/runs/2/"]
    assert 'role="group"' in svg


@pytest.mark.parametrize(
    ("score", "drawn"), [(2, "circle"), (3, "p-care"), (5, "p-care"), (6, "p-stop"), (10, "p-stop")]
)
def test_a_mark_has_the_shape_of_its_zone(score: int, drawn: str) -> None:
    svg = scatter(replace(DOT, score=score))

    assert drawn in svg and ("<circle" in svg) == (score <= 2)


def test_a_mark_stands_at_its_distance_and_score() -> None:
    svg = scatter(replace(DOT, amount=5, score=0), replace(DOT, amount=10, score=0))

    middle, end = (float(x) for x in re.findall(r'cx="([\d.]+)%"', svg))
    assert (middle, end) == (50, 100 - EDGE)
    assert f'cy="{TOP + DEPTH:.1f}"' in svg


@pytest.mark.parametrize("amount", [0, 0.4])
def test_a_short_run_has_an_axis(amount: float) -> None:
    assert is_sound(scatter(replace(DOT, amount=amount)))


def test_a_group_has_its_mean_and_its_number() -> None:
    svg = grouped(ROAD)

    (y,) = re.findall(r'class="mean"[^>]* y1="([\d.]+)"', svg)
    assert float(y) == TOP + DEPTH * 0.8
    assert svg.count(">n</text>") == svg.count(">4</text>") == 1


def test_a_group_without_a_mean_has_no_line() -> None:
    assert "mean" not in grouped(replace(ROAD, mean=None))


def test_a_score_of_more_runs_is_larger_by_area() -> None:
    svg = grouped(replace(ROAD, scores=[1] * 16 + [5] * 4))

    assert re.findall(r' r="([\d.]+)"', svg) == [f"{LARGEST:.1f}", f"{LARGEST / 2:.1f}"]


def test_counting_keeps_every_run() -> None:
    found = counted([(0.0, 1), (0.2, 1), (9.9, 1), (10.0, 1), (10.0, 3)])

    assert [(each.score, each.count) for each in found] == [(1, 2), (1, 2), (3, 1)]
    assert found[0].low == 0 and found[-1].high == pytest.approx(10)


@given(st.lists(st.tuples(st.floats(0, 500), scores), max_size=60))
def test_counted_runs_are_drawn_once(amounts: list[tuple[float, int]]) -> None:
    found = counted(amounts)
    svg = counted_chart([(each, "<b>") for each in found], zones=ZONES, label="<")

    assert sum(each.count for each in found) == len(amounts)
    assert len(found) <= BINS * 11 and svg.count("<circle") == len(found)
    assert is_sound(svg)


@given(st.lists(dots, max_size=30), st.lists(groups, max_size=11))
def test_stay_inside_their_frames(some: list[Dot], more: list[Group]) -> None:
    assert is_sound(scatter(*some))
    assert is_sound(grouped(*more))


def test_panels_have_a_heading_each() -> None:
    assert panels([("A & B", "<svg/>")]) == (
        '<div class="panels"><figure><figcaption>A &amp; B</figcaption><svg/></figure></div>'
    )
