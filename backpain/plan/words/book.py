"""The rule book: every rule in words, for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from backpain.coach.rules import NOTES, RULES, TIPS, Note, Rule, TipRule
from backpain.coach.thresholds import SHIPPED, Thresholds

from .notes import NOTES as NOTE_WORDS
from .reasons import GRADES, VERDICTS, general, general_threshold, numbers_of, sources_of
from .references import Reference


@dataclass(frozen=True, kw_only=True)
class RuleInWords:
    """A rule as the rule book has it, for everybody. A tip or a definition has no verdict."""

    id: str
    verdict: str
    verdict_words: str
    text: str
    threshold: str
    grade: str
    sources: tuple[Reference, ...]


def rule_book(thresholds: Thresholds = SHIPPED) -> list[RuleInWords]:
    """Return every rule in words: those with a verdict, most urgent first, then tips, then definitions."""
    ruling = (
        _in_words(
            rule,
            general(rule.id, thresholds),
            general_threshold(rule.id, thresholds),
            verdict=rule.verdict.name.lower(),
            verdict_words=str(VERDICTS[rule.verdict]),
        )
        for rule in RULES
    )
    tips = (
        _in_words(tip, general(tip.id, thresholds), general_threshold(tip.id, thresholds)) for tip in TIPS
    )
    numbers = numbers_of(thresholds)
    notes = (
        _in_words(note, str(NOTE_WORDS[note.id].rule) % numbers, str(NOTE_WORDS[note.id].threshold) % numbers)
        for note in NOTES
    )
    return [*ruling, *tips, *notes]


def _in_words(
    rule: Rule | TipRule | Note, text: str, threshold: str, *, verdict: str = "", verdict_words: str = ""
) -> RuleInWords:
    return RuleInWords(
        id=rule.id,
        verdict=verdict,
        verdict_words=verdict_words,
        text=text,
        threshold=threshold,
        grade=str(GRADES[rule.grade]),
        sources=sources_of(rule.sources),
    )


def order_of_rules() -> list[tuple[str, str]]:
    """Return id and sentence of the rules that order the others."""
    return [(id_, general(id_, SHIPPED)) for id_ in ("A-1", "A-2", "A-3", "R-14")]
