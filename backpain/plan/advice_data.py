"""Writes a decision as the contract has it: what `advise` prints and the API answers."""

from __future__ import annotations

from typing import Any

from backpain.coach.decision import Decision, Reason
from backpain.coach.thresholds import SHIPPED, Thresholds
from backpain.exercises.shipped import shipped_entries

from .words.reasons import ReasonInWords, reasons_in_words, sentence
from .words.values import Names, said


def advice_data(
    decision: Decision, *, thresholds: Thresholds = SHIPPED, names: Names | None = None
) -> dict[str, Any]:
    """Return a decision as `advise` prints it: the contract's JSON, without names with the shipped catalogue's."""
    names = names or _shipped_names()
    data = decision.as_data()
    reasons = reasons_in_words(decision, names, thresholds=thresholds)
    return {
        "verdict": data["verdict"],
        "reasons": [
            _reason_data(reason, words, names)
            for reason, words in zip(decision.reasons, reasons, strict=True)
        ],
        "suppressed": data.get("suppressed", []),
        "moves": data.get("moves", []),
        "running": {"stage": None} | data["running"],
        "tips": [
            {"rule": tip.rule, "text": sentence(tip.rule, tip.evidence, names, thresholds=thresholds)}
            for tip in decision.tips
        ],
        "asks": data.get("asks", []),
    }


def _reason_data(reason: Reason, words: ReasonInWords, names: Names) -> dict[str, Any]:
    exercise = f"{reason.evidence.move.from_.exercise}, " if reason.evidence.move else ""
    values = [
        {
            "what": f"{exercise}{said(value, names).label}",
            "value": value.value,
            "unit": value.unit,
            "on": value.on.isoformat() if value.on else None,
        }
        for value in reason.evidence.values
    ]
    return {
        "rule": reason.rule,
        "verdict": words.verdict,
        "ladder": reason.ladder,
        "grade": reason.grade,
        "text": words.text,
        "values": values,
        "threshold": words.threshold,
        "sources": list(reason.sources),
        "changes_if": words.changes_if,
    }


def _shipped_names() -> Names:
    entries = shipped_entries()
    return Names(
        exercises={entry["slug"]: entry["name"] for entry in entries["exercises"]},
        ladders={entry["slug"]: entry["name"] for entry in entries["ladders"]},
    )
