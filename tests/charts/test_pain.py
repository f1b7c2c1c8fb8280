import datetime as dt
import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backpain.charts import (
    MOST_MARKS,
    Event,
    PainPoint,
    Words,
    Zones,
    pain_chart,
    thinned,
    trailing_mean,
    weeks_per_mark,
)
from backpain.charts.pain import EVENT_ROWS, HALF_ICON, NARROWEST_WITH_LABELS, Box, label_places

FIRST, LAST = dt.date(2026, 8, 17), dt.date(2026, 11, 22)
ZONES = Zones(low=2, raised=5)
RUN = PainPoint(
    on=dt.date(2026, 9, 1), before=1, during=3, after=2, next_morning=0, href="/runs/1/", label="1 Sep"
)
UNSCORED = replace(RUN, before=None, during=None, after=None, next_morning=None)

scores = st.none() | st.integers(0, 10)
points = st.builds(
    PainPoint,
    on=st.dates(FIRST - dt.timedelta(days=20), LAST + dt.timedelta(days=20)),
    before=scores,
    during=scores,
    after=scores,
    next_morning=scores,
    href=st.text(),
    label=st.text(),
)
events = st.builds(
    Event,
    on=st.dates(FIRST, LAST),
    kind=st.sampled_from(["up", "down", "flag", "care", "shoe"]),
    name=st.text(),
    label=st.text(),
)


def draw(*runs: PainPoint, words: Words, **more: object) -> str:
    return pain_chart(runs, first=FIRST, last=LAST, zones=ZONES, words=words, **more)  # type: ignore[arg-type]


def days_later(days: int, **scores: int | None) -> PainPoint:
    return replace(RUN, on=FIRST + dt.timedelta(days=days), **scores)  # type: ignore[arg-type]


def percents(svg: str) -> list[float]:
    return [float(x) for x in re.findall(r'\b(?:x|x1|x2|cx)="([^"]*)%"', svg)]


def test_looks_as_it_was_approved(words: Words, golden: Callable[[str, str], None]) -> None:
    runs = [
        RUN,
        days_later(18, during=5, after=4, next_morning=4),
        days_later(21, during=8, after=7, next_morning=3),
        days_later(40, during=3, after=None, next_morning=None),
        days_later(43, before=None, during=None, after=1),
    ]
    plan = [
        Event(on=dt.date(2026, 9, 8), kind="down", name="Eased back", label="Eased back, 2 × 10 s"),
        Event(on=dt.date(2026, 9, 9), kind="flag", name="Leg pain check", label="Leg pain check"),
        Event(on=dt.date(2026, 10, 1), kind="care", name="GP", label="Care: GP"),
        Event(on=dt.date(2026, 11, 20), kind="up", name="Front plank", label="Front plank, 2 × 20 s"),
    ]
    daily = [(dt.date(2026, 9, 2), 2), (dt.date(2026, 10, 5), 3)]

    golden("pain.svg", draw(*runs, words=words, trend=trailing_mean(runs), events=plan, daily=daily))


def test_draws_one_run(words: Words, golden: Callable[[str, str], None]) -> None:
    golden("pain_one_run.svg", draw(RUN, words=words))


@pytest.mark.parametrize(
    "runs",
    [(), (UNSCORED, UNSCORED), (days_later(-1),), (days_later(98),)],
    ids=["none", "unscored", "early", "late"],
)
def test_is_empty_without_a_score_in_range(runs: tuple[PainPoint, ...], words: Words) -> None:
    assert draw(*runs, words=words) == ""


def test_draws_days_without_runs(words: Words) -> None:
    svg = draw(words=words, daily=[(FIRST, 3), (LAST, 1), (LAST + dt.timedelta(days=1), 9)])

    assert (
        '<path class="daily" fill="none" vector-effect="non-scaling-stroke" d="M5.1 700h0M994.9 900h0"/>'
        in svg
    )


@pytest.mark.parametrize(
    ("after", "css"), [(0, "p-ok"), (2, "p-ok"), (3, "p-care"), (5, "p-care"), (6, "p-stop"), (10, "p-stop")]
)
def test_marks_the_zone_of_the_pain_after(after: int, css: str, words: Words) -> None:
    assert f'class="pt {css}"' in draw(replace(RUN, after=after), words=words)


def test_takes_the_zones_as_given(words: Words) -> None:
    svg = pain_chart([RUN], first=FIRST, last=LAST, zones=Zones(low=1, raised=3), words=words)

    assert 'class="pt p-care"' in svg


def test_gives_each_zone_its_shape(words: Words) -> None:
    low, raised, high = (draw(replace(RUN, after=after), words=words) for after in (1, 4, 8))

    assert '<circle class="pt p-ok"' in low
    assert re.search(r'<path class="pt p-care" d="M[^"]*L[^"]*H[^"]*Z"', raised)
    assert re.search(r'<path class="pt p-stop" d="M[^"]*H[^"]*V[^"]*H[^"]*Z"', high)


@pytest.mark.parametrize(("during", "css"), [(6, "pt p-stop hollow"), (None, "pt p-ok hollow")])
def test_hollows_the_mark_when_pain_after_is_not_known(during: int | None, css: str, words: Words) -> None:
    assert css in draw(replace(RUN, after=None, during=during), words=words)


def test_never_draws_a_missing_score_as_zero(words: Words) -> None:
    svg = draw(replace(UNSCORED, next_morning=4), words=words)

    assert "pt p-" not in svg
    assert 'class="span"' not in svg
    assert svg.count('class="am"') == 1


def test_draws_a_rise_only_between_two_different_scores(words: Words) -> None:
    assert 'class="span"' in draw(replace(RUN, before=1, during=4), words=words)
    assert 'class="span"' not in draw(replace(RUN, before=2, during=2, after=2), words=words)
    assert 'class="span"' not in draw(replace(RUN, before=None), words=words)


def test_links_every_run_and_says_what_it_was(words: Words) -> None:
    svg = draw(RUN, days_later(3, after=6), words=words)

    assert svg.count('<a href="/runs/1/"><title>1 Sep</title>') == 2
    assert 'role="group" aria-label="Pain &amp; distance"' in svg


def test_draws_runs_of_one_day_and_a_range_of_one_day(words: Words) -> None:
    svg = pain_chart(
        [RUN, RUN], first=RUN.on, last=RUN.on, zones=ZONES, words=words, trend=trailing_mean([RUN, RUN])
    )

    assert svg.count('cx="50.00%"') == 2


def test_escapes_what_it_is_given(words: Words) -> None:
    bad = '"><script>x</script>'
    svg = draw(
        replace(RUN, label=bad, href=bad),
        words=replace(words, label=bad, tick=lambda on, unit: bad),
        events=[Event(on=RUN.on, kind="up", name=bad, label=bad)],
    )

    assert "<script" not in svg
    assert ElementTree.fromstring(svg).find(".//a").get("href") == bad  # type: ignore[union-attr]


@given(
    st.lists(points, max_size=30),
    st.lists(events, max_size=8),
    st.lists(st.tuples(st.dates(FIRST, LAST), st.integers(0, 10))),
)
def test_stays_inside_its_frame(
    runs: list[PainPoint], plan: list[Event], daily: list[tuple[dt.date, int]]
) -> None:
    runs.sort(key=lambda run: run.on)
    plan.sort(key=lambda event: event.on)
    quiet = [replace(run, href="", label="") for run in runs]

    svg = pain_chart(
        quiet,
        first=FIRST,
        last=LAST,
        zones=ZONES,
        words=Words(label="", tick=lambda on, unit: ""),
        trend=trailing_mean(quiet),
        events=[replace(event, name="x" * len(event.name), label="") for event in plan],
        daily=daily,
    )

    assert all(0 <= x <= 100 for x in percents(svg))
    assert not re.search(r"nan|inf|None|style=|<script| on\w+=", svg)
    assert (svg == "") == (
        not daily and not [r for r in runs if r.worst is not None and FIRST <= r.on <= LAST]
    )


def test_averages_the_last_seven_runs() -> None:
    runs = [days_later(day, after=after) for day, after in enumerate([7, 0, 0, 0, 0, 0, 0, 0])]

    (stretch,) = trailing_mean(runs)

    assert [round(mean, 2) for _, mean in stretch] == [7, 3.5, 2.33, 1.75, 1.4, 1.17, 1, 0]


def test_averages_past_a_run_without_a_score() -> None:
    runs = [days_later(day, after=after) for day, after in enumerate([4, None, 2, 3])]

    assert [mean for _, mean in trailing_mean(runs)[0]] == [4, 3, 3]


def test_starts_the_average_anew_after_more_than_ten_days() -> None:
    runs = [
        days_later(day, after=after) for day, after in ((0, 6), (10, 4), (20, 5), (31, 1), (34, 1), (35, 1))
    ]

    assert [[mean for _, mean in stretch] for stretch in trailing_mean(runs)] == [[6, 5, 5], [1, 1, 1]]


@pytest.mark.parametrize("days", [(0,), (0, 2), (0, 2, 13, 15), (4, 4, 4)])
def test_a_run_or_two_or_a_single_day_make_no_trend(days: tuple[int, ...]) -> None:
    assert trailing_mean([days_later(day, after=3) for day in days]) == []


def test_breaks_the_trend_line_where_the_average_breaks(words: Words) -> None:
    runs = [days_later(day, after=2) for day in (0, 3, 6, 30, 33, 36)]

    assert draw(*runs, words=words, trend=trailing_mean(runs)).count('class="trend"') == 2


def test_thins_only_when_there_are_too_many_runs() -> None:
    runs = [replace(RUN, on=FIRST + dt.timedelta(days=day)) for day in range(MOST_MARKS)]

    assert weeks_per_mark(runs) == 0
    assert thinned(runs) == runs


def test_keeps_the_worst_run_of_each_period() -> None:
    runs = [days_later(day, during=day % 7) for day in range(MOST_MARKS * 7 + 1)]

    kept = thinned(runs)

    assert weeks_per_mark(runs) == 2
    assert len(kept) <= MOST_MARKS
    assert {run.during for run in kept[:-1]} == {6}
    assert thinned(kept) == kept


def test_draws_the_worst_days_of_a_long_range(words: Words) -> None:
    daily = [(dt.date(2022, 1, 1) + dt.timedelta(days=day), 9 if day == 700 else 1) for day in range(1200)]

    svg = pain_chart([], first=daily[0][0], last=daily[-1][0], zones=ZONES, words=words, daily=daily)

    assert svg.count("h0") <= MOST_MARKS + 1
    assert " 100h0" in svg


LOWER, UPPER = EVENT_ROWS


def places(*boxes: tuple[float, float], ranks: dict[int, int] | None = None) -> list[tuple[int, str]]:
    """Place boxes of (position, width); those not in `ranks` have the last rank."""
    return label_places([Box(*box, (ranks or {}).get(n, 9)) for n, box in enumerate(boxes)])


def test_puts_a_label_that_would_collide_in_the_other_row() -> None:
    assert places((50, 60), (80, 60)) == [(UPPER, "start"), (LOWER, "start")]


def test_turns_a_label_round_at_the_right_edge() -> None:
    assert places((NARROWEST_WITH_LABELS - 10, 60)) == [(LOWER, "end")]


def test_leaves_out_the_labels_that_have_no_room() -> None:
    dense = [(at, 60.0) for at in range(20, 170, 10)]

    assert 0 < sum(bool(side) for _, side in places(*dense)) < 5


@pytest.mark.parametrize("chosen", range(14))
def test_among_many_the_most_important_has_its_label(chosen: int) -> None:
    many = [(15 + 30.0 * n, 100.0) for n in range(14)]

    found = places(*many, ranks={chosen: 0})

    assert found[chosen][1]
    assert sum(bool(side) for _, side in found) >= 2


def test_two_of_one_day_have_a_row_each_and_their_labels() -> None:
    assert {row for row, _ in places((200, 60), (200, 60))} == {LOWER, UPPER}
    assert all(side for _, side in places((200, 60), (200, 60)))


@given(st.lists(st.tuples(st.floats(0, NARROWEST_WITH_LABELS), st.floats(0, 150)), max_size=12), st.data())
def test_no_label_lies_over_another_or_over_an_icon(
    boxes: list[tuple[float, float]], data: st.DataObject
) -> None:
    boxes.sort()
    found = places(*boxes, ranks={n: data.draw(st.integers(0, 4)) for n in range(len(boxes))})

    taken: dict[int, list[tuple[float, float]]] = {LOWER: [], UPPER: []}
    for (at, width), (row, side) in zip(boxes, found, strict=True):
        if side:
            label = (
                (at + HALF_ICON, at + HALF_ICON + width)
                if side == "start"
                else (at - HALF_ICON - width, at - HALF_ICON)
            )
            assert label[0] >= -HALF_ICON and label[1] <= NARROWEST_WITH_LABELS + HALF_ICON
            taken[row].append(label)
    for (at, _), (row, _) in zip(boxes, found, strict=True):
        assert not any(left < at < right for left, right in taken[row])
        assert not (row == UPPER and any(left < at < right for left, right in taken[LOWER]))
    for labels in taken.values():
        labels.sort()
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(labels))
