"""The coach keeps red_flags.md, line by line: one answer, conditions, ages, what an entry shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backpain.coach.decision import Verdict
from backpain.coach.screening import INFLAMMATORY_ITEMS, QUESTIONS
from tests.coach.red_flag_table import (
    answered,
    began,
    flagged,
    in_episode,
    in_strong_pain,
    quiet,
    rows,
    rung,
    seen,
    words,
)
from tests.coach.stories import planking

ALONE = {row["question"]: row for row in rows("One answer")}
IN_EPISODE = {row["question"]: row for row in rows("One answer in an open episode")}
CONDITIONS = {row["condition"]: row for row in rows("A condition of the profile")}
BESIDE = {(row["condition"], row["question"]): row for row in rows("A condition beside an answer")}
WORDS = ("yes", "unsure", "not_said")


def ids(table):
    return [" ".join(row.values()) for row in table]


def test_the_table_names_every_question_and_condition():
    assert set(ALONE) == {question.item for question in QUESTIONS}
    assert len(CONDITIONS) == 9


@pytest.mark.parametrize("item", ALONE)
def test_one_answer_alone_gives_its_rung(item):
    row = ALONE[item]
    for word in WORDS:
        told = planking().unscreened().screen("03-15", **{item: word})

        assert told.verdict() is rung(row[word])
        assert word != "yes" or row["rule"] == "-" or told.rules()[row["rule"]] is rung(row["yes"])


@pytest.mark.parametrize("item", ALONE)
def test_one_answer_gives_its_rung_in_an_open_episode(item):
    row = IN_EPISODE.get(item, ALONE[item])
    for word in WORDS:
        told = answered(in_episode(), **{item: word})

        assert flagged(told.decide()) is rung(row[word])
        assert word != "yes" or row["rule"] == "-" or told.rules()[row["rule"]] is rung(row["yes"])


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_of_the_profile_gives_its_rung(condition):
    row = CONDITIONS[condition]
    bases = {
        "no episode": quiet(),
        "open episode": in_episode(),
        "strong pain": in_strong_pain(),
        "seen": seen(),
    }
    for column, base in bases.items():
        told = answered(base).runner(conditions=frozenset({condition}))
        wanted = rung(row[column])

        assert flagged(told.decide()) is wanted, column
        assert wanted < Verdict.PROFESSIONAL or told.rules()[row["rule"]] is wanted


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_beside_an_answer_it_can_raise_gives_its_rung(condition):
    for item in sorted({item for _, item in BESIDE}):
        row = BESIDE.get((condition, item), ALONE[item])
        for word in WORDS:
            told = answered(quiet(), **{item: word}).runner(conditions=frozenset({condition}))

            assert flagged(told.decide()) is rung(row[word]), (item, word)


def aged(row):
    told = began(quiet(), row["began"])
    if row["pain"] != "-":
        told = told.pain("03-16", row["pain"], sites=words(row["sites"]))
    birth_year = None if row["born"] == "unknown" else int(row["born"])
    told = told.runner(birth_year=birth_year, first_ever_episode=row["first"] == "yes")
    item, _, word = row["answer"].partition(" ")
    return answered(told) if item == "-" else answered(told, **{item: word})


@pytest.mark.parametrize("row", rows("Age"), ids=ids(rows("Age")))
def test_age_gives_its_rung(row):
    told = aged(row)

    assert flagged(told.decide()) is rung(row["rung"])
    if row["rung"] == "-":
        assert row["rule"] not in told.rules()
    else:
        assert told.rules()[row["rule"]] is rung(row["rung"])


@pytest.mark.parametrize(
    "row", rows("The nine inflammatory items"), ids=ids(rows("The nine inflammatory items"))
)
def test_inflammatory_items_count_in_a_long_episode_that_began_young(row):
    birth_year = None if row["born"] == "unknown" else int(row["born"])
    items = dict.fromkeys(INFLAMMATORY_ITEMS, "no")
    items |= dict.fromkeys(INFLAMMATORY_ITEMS[-int(row["items"]) :], "yes")
    told = answered(began(quiet(), row["began"]), **items).runner(birth_year=birth_year)

    assert flagged(told.decide()) is rung(row["rung"])
    assert ("R-10" in told.rules()) is (row["rung"] == "professional")


@pytest.mark.parametrize("row", rows("What an entry shows"), ids=ids(rows("What an entry shows")))
def test_an_entry_gives_its_rung(row):
    told = quiet().pain(
        "03-16",
        row["pain"],
        sites=words(row["sites"]),
        feel=words(row["feel"]),
        cannot=words(row["cannot"]),
    )
    if row["sign"] != "-":
        told = told.run(f"03-16 5000 m 0/1/0/- {row['sign']}")
    told = answered(told, **dict.fromkeys(words(row["answers yes"]), "yes"))
    # Asked before the entry was made: a nerve set answered after it ends R-2c.
    told = told._with(screenings=tuple(replace(s, at=s.at.replace(day=15)) for s in told.history.screenings))
    told = told.runner(conditions=words(row["conditions"]))

    assert flagged(told.decide()) is rung(row["rung"])
    if row["rung"] != "-":
        assert told.rules()[row["rule"]] is rung(row["rung"])
