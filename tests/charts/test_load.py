import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backpain.charts import Band, LoadWeek, Words, Zones, load_chart, merged_weeks, weeks_per_load
from backpain.charts.load import BOTTOM, LOAD_DEPTH, MOST_WEEKS, PAIN_DEPTH, TOP

MONDAY = dt.date(2026, 8, 17)
ZONES = Zones(low=2, raised=5)
WEEK = LoadWeek(starts_on=MONDAY, load=300, runs=2, counted=2, after=[2, 4], morning=[1])
NAMES = ("Pain", "Load & more")
FLARE = Band(first=dt.date(2026, 8, 20), last=dt.date(2026, 8, 22), kind="flare", label="Flare & more")
GENTLE = replace(FLARE, kind="gentle", label="Gentle days & more")

scores = st.lists(st.integers(0, 10), max_size=20)
weeks = st.builds(
    LoadWeek,
    starts_on=st.just(MONDAY),
    load=st.floats(0, 20_000),
    runs=st.integers(0, 5),
    counted=st.integers(0, 5),
    after=scores,
    morning=scores,
)
days = st.dates(dt.date(2026, 1, 1), dt.date(2031, 1, 1))
bands = st.builds(
    Band, first=days, last=days, kind=st.sampled_from(["flare", "gentle", "eased"]), label=st.just("<b>")
)


def in_a_row(*found: LoadWeek) -> list[LoadWeek]:
    return [replace(week, starts_on=MONDAY + dt.timedelta(weeks=n)) for n, week in enumerate(found)]


def draw(*found: LoadWeek, words: Words, bands: tuple[Band, ...] = ()) -> str:
    shown = [(bar, f"bar {n}") for n, bar in enumerate(in_a_row(*found))]
    return load_chart(shown, last=MONDAY, zones=ZONES, words=words, names=NAMES, bands=bands)


def test_looks_as_it_was_approved(words: Words, golden: Callable[[str, str], None]) -> None:
    eased = Band(first=dt.date(2026, 8, 31), last=dt.date(2026, 8, 31), kind="eased", label="Plank, 2 × 20 s")
    gentle = replace(GENTLE, first=dt.date(2026, 8, 19), last=dt.date(2026, 8, 26))
    found = [
        WEEK,
        replace(WEEK, load=120, counted=1),
        replace(WEEK, load=0, after=[], morning=[]),
        WEEK,
    ]

    golden("load.svg", draw(*found, words=words, bands=(gentle, FLARE, eased)))


@pytest.mark.parametrize("found", [[], [replace(WEEK, load=0)]], ids=["no week", "no load"])
def test_is_empty_without_a_load(found: list[LoadWeek], words: Words) -> None:
    assert draw(*found, words=words) == ""


def test_a_week_stands_as_high_as_its_load(words: Words) -> None:
    svg = draw(replace(WEEK, load=500), replace(WEEK, load=250), words=words)

    heights = re.findall(r'class="bar[^"]*" x="[^"]+" width="[^"]+" y="[^"]+" height="([\d.]+)"', svg)
    assert [float(height) for height in heights] == [LOAD_DEPTH, LOAD_DEPTH / 2]


def test_marks_stand_at_the_mean_and_reach_up_to_the_worst(words: Words) -> None:
    svg = draw(WEEK, words=words)

    assert f'cy="{TOP + PAIN_DEPTH * 0.7:.1f}"' in svg  # 2 and 4 after
    assert f'y1="{TOP + PAIN_DEPTH * 0.7:.1f}" y2="{TOP + PAIN_DEPTH * 0.6:.1f}"' in svg
    assert f'y="{TOP + PAIN_DEPTH * 0.9:.1f}" overflow' in svg  # 1 the next morning


def test_a_week_without_scores_has_no_marks(words: Words) -> None:
    svg = draw(replace(WEEK, after=[], morning=[]), words=words)

    assert "<circle" not in svg and "am" not in re.findall(r'class="([^"]*)"', svg)


def test_a_week_with_runs_left_out_is_drawn_otherwise(words: Words) -> None:
    svg = draw(replace(WEEK, counted=1), WEEK, WEEK, words=words)

    assert re.findall(r'class="(bar[^"]*)"', svg) == ["bar part", "bar soft", "bar"]


def test_a_week_without_a_known_load_is_a_stub(words: Words) -> None:
    svg = draw(replace(WEEK, load=0, counted=1), replace(WEEK, load=0), WEEK, words=words)

    assert re.findall(r'class="(bar[^"]*)"[^>]* height="([\d.]+)"', svg) == [
        ("bar part", "5.0"),
        ("bar", "100.0"),
    ]


def test_icons_of_bands_close_by_do_not_hide_each_other(words: Words) -> None:
    days = [dt.date(2026, 8, 17) + dt.timedelta(days=2 * n) for n in range(6)]
    flares = tuple(replace(FLARE, first=on, last=on) for on in days)

    svg = draw(*[WEEK] * 40, words=words, bands=flares)

    assert svg.count('class="band flare"') == 6 and svg.count('class="band-i flare"') == 1


def test_a_flare_lies_over_its_days_and_both_plots(words: Words) -> None:
    svg = draw(WEEK, words=words, bands=(FLARE,))

    x, width, y, height = re.findall(
        r'class="band flare" x="([\d.]+)%" width="([\d.]+)%" y="(\d+)" height="(\d+)"', svg
    )[0]
    assert (float(x), float(width)) == (pytest.approx(300 / 7, abs=0.01), pytest.approx(300 / 7, abs=0.01))
    assert (int(y), int(y) + int(height)) == (TOP, BOTTOM)
    assert "Flare &amp; more" in svg


def test_gentle_days_have_a_line_along_their_top_instead_of_an_icon(words: Words) -> None:
    flare, gentle = draw(WEEK, words=words, bands=(FLARE,)), draw(WEEK, words=words, bands=(GENTLE,))

    over, line = re.findall(
        r'<rect class="([^"]*) gentle" x="([\d.]+)%" width="([\d.]+)%" y="(\d+)" height="(\d+)"><title>Gentle',
        gentle,
    )
    assert (over[0], line[0]) == ("band", "band-i")
    assert over[1:3] == line[1:3]
    assert int(line[3]) + int(line[4]) == int(over[3]) == TOP
    assert gentle.count("<path") == flare.count("<path") - 1


def test_a_band_outside_the_weeks_is_not_drawn(words: Words) -> None:
    before = replace(FLARE, first=dt.date(2026, 8, 1), last=dt.date(2026, 8, 16))

    assert "band" not in draw(WEEK, words=words, bands=(before,))


@pytest.mark.parametrize(
    ("weeks", "span", "bars"), [(1, 1, 1), (MOST_WEEKS, 1, 104), (MOST_WEEKS + 1, 2, 53)]
)
def test_weeks_are_merged_when_there_are_too_many(weeks: int, span: int, bars: int) -> None:
    found = in_a_row(*[WEEK] * weeks)

    assert weeks_per_load(found) == span
    assert len(merged_weeks(found)) == bars
    assert sum(bar.weeks for bar in merged_weeks(found)) == weeks


def test_merged_weeks_keep_their_scores_and_the_mean_load() -> None:
    low = replace(WEEK, load=100, counted=1, after=[9], morning=[])

    bar = merged_weeks(in_a_row(*[WEEK, low] * MOST_WEEKS))[0]

    assert (bar.load, bar.runs, bar.counted) == (200, 4, 3)
    assert (bar.after, bar.morning) == ([2, 4, 9], [1])
    assert (bar.starts_on, bar.weeks) == (MONDAY, 2)


@given(st.lists(weeks, max_size=250), st.lists(bands, max_size=5))
def test_stays_inside_its_frame(found: list[LoadWeek], over: list[Band]) -> None:
    words = Words(label="<", tick=lambda on, unit: "<script>")
    bars = [(bar, "<b>") for bar in merged_weeks(in_a_row(*found))]

    svg = load_chart(bars, last=MONDAY, zones=ZONES, words=words, names=NAMES, bands=over)

    assert all(0 <= float(x) <= 100.01 for x in re.findall(r'\b(?:x|x1|x2|cx|width)="([^"]*)%"', svg))
    assert not re.search(r"nan|inf|None|style=|<script|<b>| on\w+=", svg)
