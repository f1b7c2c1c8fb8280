import re

import pytest
from django.template.loader import render_to_string

from backpain.insights.effects import Effect
from backpain.insights.effects_words import line, shown


def effect(factor="surface", level="road", verdict="open", difference=0.4, low=-0.1, high=0.9, **more):
    counts = {"runs": 34, "others": 21} | more
    return Effect(
        factor=factor, level=level, verdict=verdict, difference=difference, low=low, high=high, **counts
    )  # fmt: skip


def test_a_comparison_says_its_numbers_and_what_they_allow_to_say():
    assert line(effect()) == (
        "The morning after runs on road: 0.4 higher (between 0.1 lower and 0.9 higher), "
        "34 runs against 21: cannot say yet."
    )


@pytest.mark.parametrize(
    ("difference", "low", "high", "said"),
    [
        (1.64, 0.8, 2.4, "1.6 higher (between 0.8 and 2.4 higher)"),
        (-1.2, -2.0, -0.4, "1.2 lower (between 0.4 and 2.0 lower)"),
        (0.04, -0.5, 0.5, "no higher and no lower (between 0.5 lower and 0.5 higher)"),
        (-0.04, -0.5, 0.0, "no higher and no lower (between 0.0 and 0.5 lower)"),
    ],
)
def test_a_difference_is_said_with_its_direction(difference, low, high, said):
    assert said in line(effect(difference=difference, low=low, high=high))


def test_too_few_runs_have_counts_and_no_difference():
    few = effect(runs=1, others=3, difference=None, low=None, high=None)

    assert line(few) == "The morning after runs on road: 1 run against 3: cannot say yet."


@pytest.mark.parametrize(
    ("factor", "level", "said"),
    [
        ("distance", "", "after your longer runs (the upper half):"),
        ("effort", "", "after your harder runs (the upper half):"),
        ("surface", "treadmill", "after runs on a treadmill:"),
        ("shoe", "Blue <pair> 5%", "after runs in Blue <pair> 5%:"),
        ("session", "", "after runs on the day after exercises:"),
        ("rested", "", "after runs with 3 days or more since the last exercises:"),
        ("morning", "", "after runs before noon:"),
        ("sitting", "", "after runs on days of long sitting:"),
    ],
)
def test_every_factor_has_words(factor, level, said):
    assert said in line(effect(factor, level))


def test_only_a_likely_difference_is_called_one():
    assert line(effect(verdict="likely")).endswith("34 runs against 21: a difference is likely.")
    assert line(effect(verdict="unlikely")).endswith(": a difference of 1.0 or more is unlikely.")


@pytest.mark.parametrize("factor", ["distance", "effort"])
@pytest.mark.parametrize(("low", "high"), [(-2, -1), (-0.4, 0.4)])
def test_longer_and_harder_runs_say_why_nothing_is_said_of_them(factor, low, high):
    lower = effect(factor, "", difference=(low + high) / 2, low=low, high=high)

    assert line(lower).endswith(": cannot say, for such runs are chosen on better days.")
    assert line(effect(factor, "", high=1.0)).endswith(": cannot say yet.")


@pytest.mark.parametrize(
    ("effects", "said"),
    [
        ([], "Too few runs to compare yet"),
        ([effect(difference=None, low=None, high=None, others=7)], "Too few runs to compare yet"),
        ([effect(difference=None, low=None, high=None)], "No comparison stands out in these runs"),
        ([effect(), effect(verdict="unlikely")], "No comparison stands out in these runs"),
        ([effect(verdict="likely"), effect()], "1 thing goes with a difference the morning after a run"),
        (2 * [effect(verdict="likely")], "2 things go with a difference the morning after a run"),
    ],
)
def test_the_finding_counts_likely_differences_only(effects, said):
    assert shown(effects).finding == said


def test_brackets_are_explained_only_where_there_are_some():
    few = effect(difference=None, low=None, high=None, others=7)

    assert [basis[:13] for basis in shown([few]).basis] == ["It takes 8 ru"]
    assert "In brackets" in shown([few, effect()]).basis[0]


def test_the_page_says_findings_before_how_they_were_found():
    page = render_to_string("insights/_effects.html", {"effects": shown([effect(verdict="likely")])})

    assert page.index("0.4 higher") < page.index("A comparison is not a reason")


def test_the_page_shows_findings_open_first_and_escapes_the_name_of_a_shoe():
    effects = [effect("shoe", "<b>pair", "likely"), effect(verdict="unlikely"), effect(level="trail")]

    page = render_to_string("insights/_effects.html", {"effects": shown(effects)})

    finding, *folded = page.split("<details")
    assert "runs in &lt;b&gt;pair: 0.4 higher" in finding
    assert ["on road" in folded[0], "on trail" in folded[1]] == [True, True]
    assert "A comparison is not a reason" in finding


def test_no_sentence_names_a_cause_or_reassures():
    levels = {"surface": "road", "shoe": "Pair"}
    factors = "distance effort surface shoe rested session morning sitting".split()
    effects = [
        effect(factor, levels.get(factor, ""), verdict)
        for factor in factors
        for verdict in ("likely", "unlikely", "open")
    ]

    page = render_to_string("insights/_effects.html", {"effects": shown(effects)})

    assert page.count("<li>") == 24
    assert not re.search(
        r"\b(because|causes?d?|due to|leads? to|helps?|hurts?|fine|safe|good|bad)\b", page, re.I
    )
