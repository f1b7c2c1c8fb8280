"""What an account archive keeps of plan and advice, out and in again.

Rows point at an advice by its place in the list of advice: its uuid is an address on one site only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import batched
from typing import Any

from django.db import transaction

from backpain.accounts.models import User
from backpain.coach.decision import decision_from
from backpain.coach.facts import facts_from_data
from backpain.coach.thresholds import ENGINE
from backpain.exercises.models import Exercise, Ladder

from .log import deciding_rules, moved_ladders
from .models import Advice, MoveAnswer, Placement, TipDismissal
from .wording import explain_all

CHUNK = 500  # rows a statement
# What the coach knows of somebody who has logged nothing: what the account says, and that it was not asked.
OF_AN_EMPTY_LOG = {"on", "birth_year", "conditions", "began_on", "signs", "screens"}
OF_AN_EMPTY_LOG |= {"first_ever_episode", "episodes_last_12_months"}

ADVICE = "on given_at facts decision ruleset engine tip entry_corrected_at was_right was_right_note".split()
DOSE = "sets target unit hold_s from_on ended_on".split()
ANSWER = "answer because note answered_at".split()
# What reading something that is no advice can end in.
BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

type Row = dict[str, Any]


class NotAdvice(Exception):
    """What stands at a place of the list cannot be shown here as an advice."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


def plan_data(runner: User) -> dict[str, list[Row]]:
    """Return a runner's plan over time, the advice as it was given, and what the runner said to it."""
    advice = list(runner.advice.order_by("pk").values("pk", *ADVICE))
    places = {row.pop("pk"): place for place, row in enumerate(advice)}
    return {
        "advice": advice,
        "answers": _answers(runner, places),
        "placements": _placements(runner, places),
        "tip_dismissals": list(runner.tip_dismissals.order_by("on", "rule").values("rule", "on")),
    }


def _answers(runner: User, places: Mapping[int, int]) -> list[Row]:
    rows = [
        {"advice": places[advice], "ladder": ladder, **dict(zip(ANSWER, said, strict=True))}
        for advice, ladder, *said in runner.move_answers.values_list("advice_id", "ladder__slug", *ANSWER)
    ]
    return sorted(rows, key=lambda row: (row["advice"], row["ladder"]))


def _placements(runner: User, places: Mapping[int, int]) -> list[Row]:
    columns = ("advice_id", "follows__slug", "ladder__slug", "exercise__slug", *DOSE)
    return [
        {
            "ladder": ladder,
            "exercise": exercise,
            **dict(zip(DOSE, dose, strict=True)),
            "advice": places.get(advice),
            "follows": follows,
        }
        for advice, follows, ladder, exercise, *dose in runner.placements.order_by("pk").values_list(*columns)
    ]


def is_of_an_empty_log(advice: Advice) -> bool:
    """Tell whether an advice was given to somebody who had logged nothing."""
    return set(advice.facts) <= OF_AN_EMPTY_LOG and set(advice.facts["signs"]) <= {"on"}


def standing_advice(runner: User, advice: Sequence[Row]) -> list[int | None]:
    """Return for each piece of advice the key of the row that says the same since the same instant, if any."""
    stands = defaultdict(list)
    if advice:
        for pk, *said in runner.advice.order_by("-pk").values_list("pk", "given_at", "on", "decision"):
            stands[_content(*said)].append(pk)
    keys = (_content(row["given_at"], row["on"], row["decision"]) for row in advice)
    return [stands[key].pop() if stands[key] else None for key in keys]


def _content(given_at: Any, on: Any, decision: Any) -> tuple[Any, Any, str]:
    return given_at, on, json.dumps(decision, sort_keys=True)


def check_advice(runner: User, advice: Sequence[Row]) -> None:
    """Raise NotAdvice where a page could not show an advice: it is none, or of a coach newer than this one."""
    rows = [_advice(runner, place, row) for place, row in enumerate(advice)]
    for first, some in zip(range(0, len(rows), CHUNK), batched(rows, CHUNK), strict=True):
        if not _has_words(some):
            raise NotAdvice(first + next((n for n, row in enumerate(some) if not _has_words([row])), 0))


def _advice(runner: User, place: int, row: Row) -> Advice:
    try:
        decision = decision_from(row["decision"])
        if row["engine"] == ENGINE:
            facts_from_data(row["facts"])
    except BROKEN:
        raise NotAdvice(place) from None
    found = {"decided_by": deciding_rules(decision), "ladders": moved_ladders(decision)}
    return Advice(runner=runner, verdict=decision.verdict.name.lower(), **row, **found)


def _has_words(rows: Sequence[Advice]) -> bool:
    try:
        explain_all(rows)
    except BROKEN:
        return False
    return True


@transaction.atomic
def store_plan(*, runner: User, data: Mapping[str, list[Row]]) -> None:
    """Write what is not there yet of data that `check_advice` let pass; does not review.

    A ladder the runner has a placement on keeps what stands. Ladders and exercises the catalogue does not
    know are left out.
    """
    advice = _store_advice(runner, data["advice"])
    _store_placements(runner, data["placements"], advice)
    _store_answers(runner, data["answers"], advice)
    dismissals = (TipDismissal(runner=runner, **row) for row in data["tip_dismissals"])
    TipDismissal.objects.bulk_create(dismissals, batch_size=CHUNK, ignore_conflicts=True)


def _store_advice(runner: User, advice: Sequence[Row]) -> list[int]:
    """Return the key of each piece of advice, of those written now and of those that stood."""
    stood = standing_advice(runner, advice)
    new = (_advice(runner, place, row) for place, row in enumerate(advice) if stood[place] is None)
    written = iter(Advice.objects.bulk_create(new, batch_size=CHUNK))
    return [next(written).pk if pk is None else pk for pk in stood]


def _store_placements(runner: User, placements: Sequence[Row], advice: Sequence[int]) -> None:
    taken = set(runner.placements.values_list("ladder__slug", flat=True))
    ladders, exercises = _keys(Ladder), _keys(Exercise)
    rows = (
        Placement(
            runner=runner,
            ladder_id=ladders[row["ladder"]],
            exercise_id=exercises[row["exercise"]],
            advice_id=None if row["advice"] is None else advice[row["advice"]],
            follows_id=exercises.get(row["follows"] or ""),
            **{name: row[name] for name in DOSE},
        )
        for row in placements
        if row["ladder"] in ladders.keys() - taken and row["exercise"] in exercises
    )
    Placement.objects.bulk_create(rows, batch_size=CHUNK)


def _store_answers(runner: User, answers: Sequence[Row], advice: Sequence[int]) -> None:
    ladders = _keys(Ladder)
    stand = set(runner.move_answers.values_list("advice_id", "ladder_id"))
    keyed = (
        ((advice[row["advice"]], ladders[row["ladder"]]), row) for row in answers if row["ladder"] in ladders
    )
    rows = (
        MoveAnswer(runner=runner, advice_id=key[0], ladder_id=key[1], **{name: row[name] for name in ANSWER})
        for key, row in keyed
        if key not in stand
    )
    MoveAnswer.objects.bulk_create(rows, batch_size=CHUNK)


def _keys(table: type[Ladder] | type[Exercise]) -> dict[str, int]:
    return dict(table.objects.values_list("slug", "pk"))
