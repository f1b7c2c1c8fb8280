import re
from collections.abc import Callable

from backpain.charts import Share, Stack, stacked_chart
from backpain.charts.stacked import GAP


def stack(tick: str, road: float, trail: float) -> Stack:
    shares = [
        Share(fill="url(#road)", amount=road, label=f"{tick}, road & path: {road}"),
        Share(fill="url(#trail)", amount=trail, label=f"{tick}, trail: {trail}"),
    ]
    return Stack(tick=tick, shares=shares)


def heights(svg: str) -> list[tuple[float, float]]:
    return [
        (float(y), float(height)) for y, height in re.findall(r'<rect [^>]*y="([^"]+)" height="([^"]+)"', svg)
    ]


def test_looks_as_it_was_approved(golden: Callable[[str, str], None]) -> None:
    months = [stack("Jan", 42, 8), stack("Feb", 0, 0), stack("Mar", 20, 20.5)]

    golden("stacked.svg", stacked_chart(months, label="Ground & distance"))


def test_is_empty_when_nothing_was_run() -> None:
    assert stacked_chart([], label="x") == ""
    assert stacked_chart([stack("Jan", 0, 0)], label="x") == ""


def test_a_share_stands_on_the_one_before() -> None:
    (low_top, low_height), (high_top, high_height) = heights(stacked_chart([stack("Jan", 30, 10)], label="x"))

    assert low_top + low_height == 178  # px, where the plot ends
    assert abs(high_top + high_height + GAP - low_top) < 0.11


def test_a_share_of_nothing_is_not_drawn() -> None:
    svg = stacked_chart([stack("Jan", 30, 0)], label="x")

    assert svg.count("<rect") == 1
    assert "road &amp; path" in svg
