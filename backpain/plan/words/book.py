"""The rule book: every rule in words, for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from backpain.coach.rules import RULES
from backpain.coach.thresholds import SHIPPED, Thresholds

from .reasons import GRADES, VERDICTS, general, general_threshold, sources_of
from .references import Reference


@dataclass(frozen=True, kw_only=True)
class RuleInWords:
    """A rule as the rule book has it, for everybody."""

    id: str
    verdict: str
    verdict_words: str
    text: str
    threshold: str
    grade: str
    sources: tuple[Reference, ...]


def rule_book(thresholds: Thresholds = SHIPPED) -> list[RuleInWords]:
    """Return every rule of the table in words, most urgent first."""
    return [
        RuleInWords(
            id=rule.id,
            verdict=rule.verdict.name.lower(),
            verdict_words=str(VERDICTS[rule.verdict]),
            text=general(rule.id, thresholds),
            threshold=general_threshold(rule.id, thresholds),
            grade=str(GRADES[rule.grade]),
            sources=sources_of(rule.sources),
        )
        for rule in RULES
    ]


def order_of_rules() -> list[tuple[str, str]]:
    """Return id and sentence of the rules that order the others, and of the tips."""
    return [(id_, general(id_, SHIPPED)) for id_ in ("A-1", "A-2", "A-3", "R-14", "L-9")]
