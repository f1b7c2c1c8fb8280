"""What two versions do not agree on, in words."""

import copy

import pytest

from backpain.exercises.models import Article, Exercise, Ladder, Source
from backpain.exercises.shipped import shipped_entries
from backpain.exercises.versions import Difference, differences

NAMES = {"knee-plank": "Knee plank", "forearm-plank": "Forearm plank", "yoga": "Yoga"}


def entry(kind, slug):
    return copy.deepcopy(next(each for each in shipped_entries()[kind] if each["slug"] == slug))


def changed(model, before, **values):
    """Return the differences of an entry from the same with other values, as (label, before, after)."""
    found = differences(model, before, {**before, **values}, names=NAMES)
    return [(each.label, each.before, each.after) for each in found]


def marked(difference):
    """Return the lines of a difference as (before, after), each "place|words" with [removed] and {added} ones."""
    return [(_marked(each.before, "[]"), _marked(each.after, "{}")) for each in difference.changes]


def _marked(text, signs):
    if text is None:
        return None
    words = (signs[0] + part.text + signs[1] if part.changed else part.text for part in text.parts)
    return f"{text.number}|{' '.join(words)}"


def test_nothing_differs_from_itself():
    kinds = {"sources": Source, "exercises": Exercise, "ladders": Ladder, "articles": Article}
    for kind, entries in shipped_entries().items():
        for each in entries:
            assert differences(kinds[kind], each, copy.deepcopy(each)) == []


def test_plain_fields_have_the_words_of_their_forms():
    plank = entry("exercises", "forearm-plank")

    assert changed(
        Exercise, plank, equipment="weights", unit="reps", per_side=True, retire=True, successor="yoga"
    ) == [
        ("Take out of use", "no", "yes"),
        ("Counted in", "seconds", "repetitions"),
        ("Each side in turn", "no", "yes"),
        ("Needs", "", "Weights"),
        ("Successor", "", "Yoga"),
    ]


def test_a_field_that_is_newer_is_a_change_only_where_it_says_something():
    plank = entry("exercises", "forearm-plank")
    older = {
        name: value for name, value in plank.items() if name not in {"merged", "translations", "muscles"}
    }

    assert [each.label for each in differences(Exercise, older, plank)] == ["Muscles"]


def test_rungs_are_called_by_their_exercise():
    ladder = entry("ladders", "front-plank")
    rungs = copy.deepcopy(ladder["rungs"])
    rungs[0]["cap"] += 10
    rungs[0]["hold_s"] = 5

    assert changed(Ladder, ladder, rungs=rungs) == [
        ("Cap of Knee plank", "30 seconds", "40 seconds"),
        ("Held (s) of Knee plank", "", "5"),
    ]


def test_a_rung_that_moves_is_one_change():
    ladder = entry("ladders", "back-extension")
    first, *others = ladder["rungs"]

    assert changed(Ladder, ladder, rungs=[*others, first]) == [
        ("Place of superman", "1", str(len(others) + 1))
    ]


def test_rungs_come_and_go_without_the_others_changing():
    ladder = entry("ladders", "front-plank")
    others = ladder["rungs"][1:]
    new = {"exercise": "yoga", "unit": "min", "sets": 1, "start": 5, "step": 5, "cap": 20}

    assert changed(Ladder, ladder, rungs=[new, *others]) == [
        ("Rung Yoga", "", "place 1, sets 1, start 5 minutes, step 5 minutes, cap 20 minutes"),
        ("Rung Knee plank", "place 1, sets 3, start 15 seconds, step 5 seconds, cap 30 seconds", ""),
    ]


def test_doses_are_called_by_their_source():
    dog = entry("exercises", "bird-dog")
    dose = {**dog["doses"][0], "sets_min": 2, "sets_max": 3, "remark": ""}
    new = {"source": "Z", "name": "pointer", "number": 4}

    found = changed(Exercise, dog, doses=[dose, *dog["doses"][1:], new])

    assert found[0][0] == "Dose of source C"
    assert found[0][2] == "bird dog; 2–3 × 30 seconds"
    assert found[1] == ("Dose of source Z", "", "pointer; number 4 there")


def test_translations_are_told_apart_by_language():
    dog = entry("exercises", "bird-dog")
    german = {"de": {"name": "Vierfüßler", "purpose": "Gut."}, "xx": {"name": "?"}}

    assert changed(Exercise, dog, translations=german) == [
        ("Name (German)", "", "Vierfüßler"),
        ("Why it helps (German)", "", "Gut."),
        ("Name (xx)", "", "?"),
    ]


def test_a_figure_is_told_by_pose():
    dog = entry("exercises", "bird-dog")
    figure = copy.deepcopy(dog["figure"])
    figure["poses"][1]["spine"] = 12

    (found,) = differences(Exercise, dog, {**dog, "figure": figure})

    ((before, after),) = marked(found)
    assert before.startswith("4|pose 2: ") and before.endswith("spine [9]")
    assert after.endswith("spine {12}")


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ("Hold it for 30 s.", "Hold it for 40 s.", [("0|Hold it for [30] s.", "0|Hold it for {40} s.")]),
        ("Kneel.\nHold.", "Breathe.\nKneel.\nHold.", [(None, "1|{Breathe.}")]),
        ("Kneel.\nHold.\nRest.", "Kneel.\nRest.", [("2|[Hold.]", None)]),
        ("Kneel down.\nHold.", "Stand up.\nHold.", [("1|[Kneel down.]", "1|{Stand up.}")]),
        ("", "Yoga", [(None, "0|{Yoga}")]),
    ],
)
def test_marks_the_words_and_lines_that_differ(before, after, seen):
    assert marked(Difference("how_to", "How to do it", before, after)) == seen


def test_says_all_there_is_of_a_row_that_was_not_there():
    source = entry("sources", "C")

    found = differences(Source, {}, source)

    assert {each.field for each in found} == {name for name, value in source.items() if value}
    assert all(each.before == "" for each in found)
