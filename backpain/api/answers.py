"""Entries and advice as the JSON that goes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from backpain.accounts.models import User
from backpain.coach.codec import to_data
from backpain.coach.thresholds import SHIPPED
from backpain.plan.advice_data import advice_data
from backpain.plan.models import Advice
from backpain.plan.rulesets import thresholds_of
from backpain.plan.wording import Explained, explain, explain_all, names_in
from backpain.training.history import check_ins_in, runs_in, sessions_in


def entries_data(
    runner: User, table: str, entries: QuerySet[Any], *, in_order: Iterable[UUID]
) -> list[dict[str, Any]]:
    """Return entries as the contract has them, those of a table in the order of their ids."""
    read: Mapping[str, Any] = {
        "runs": lambda: runs_in(entries),
        "check_ins": lambda: check_ins_in(entries),
        "sessions": lambda: sessions_in(runner, entries, with_sets=entries),
    }
    by_id = {value.id: to_data(value) for value in read[table]()}
    return [by_id[str(id_)] for id_ in in_order if str(id_) in by_id]


def advice_briefly(advice: Advice) -> dict[str, Any]:
    """Return what the coach says, to be shown or spoken."""
    return _briefly(explain(advice))


def advice_list(advices: Sequence[Advice]) -> list[dict[str, Any]]:
    return [_briefly(explained) for explained in explain_all(advices)]


def advice_in_full(advice: Advice) -> dict[str, Any]:
    """Return what the coach says with every reason, as the contract has it."""
    decision = advice.decided
    thresholds = thresholds_of({advice.ruleset}).get(advice.ruleset, SHIPPED)
    names = names_in(decision, units=advice.runner.units)
    said = {"ruleset": advice.ruleset, "engine": advice.engine}
    return advice_briefly(advice) | said | advice_data(decision, thresholds=thresholds, names=names)


def _briefly(explained: Explained) -> dict[str, Any]:
    return {
        "id": str(explained.uuid),
        "on": explained.on.isoformat(),
        "verdict": explained.verdict,
        "headline": explained.headline,
        "text": f"{explained.headline}. {explained.lead}",
    }
