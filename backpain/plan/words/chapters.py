"""The rule book as a reader looks things up: rules by subject, and why the sources' disagreements end as they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backpain.coach.thresholds import SHIPPED, Thresholds

from .book import RuleInWords, order_of_rules, rule_book
from .reasons import general_threshold, sources_of
from .references import Reference

ID = re.compile(r"([A-Z]+)-(\d+)(.*)")


@dataclass(frozen=True, kw_only=True)
class Chapter:
    letter: str
    title: str
    rules: tuple[RuleInWords, ...]


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Where sources disagree, and how it is settled (rules.md 1)."""

    title: Promise
    text: Promise
    rules: tuple[str, ...]
    source_ids: tuple[str, ...]

    @property
    def sources(self) -> tuple[Reference, ...]:
        return sources_of(self.source_ids)


TITLES = {
    "A": _("How the rules work together"),
    "R": _("Warning signs"),
    "W": _("Pain that lasts, worsens, spreads or spoils runs"),
    "P": _("How your back takes a run or a session"),
    "G": _("What has to hold before anything is added"),
    "L": _("Running"),
    "E": _("Exercises"),
    "X": _("One change at a time"),
    "M": _("Your log"),
    "Q": _("Questionnaires"),
}
CONFLICTS = (
    Conflict(
        title=_("Why strength work on two or three days a week"),
        text=_(
            "One article says every day, two say two or three days a week. Two or three days hold, as the "
            "American College of Sports Medicine says too. Mobility may be daily."
        ),
        rules=("E-7",),
        source_ids=("C", "D", "E", "C20"),
    ),
    Conflict(
        title=_("Why a bird dog is held for 10 seconds at most"),
        text=_(
            "One article asks for 30 seconds, another for 3 to 5. Holds start at 3 to 5 seconds and stay at 10 or "
            "less; repetitions grow instead. No advice here ever asks for 30 seconds."
        ),
        rules=("E-8",),
        source_ids=("C", "D", "C28"),
    ),
    Conflict(
        title=_("Why no scan is suggested"),
        text=_(
            "One article speaks of an X-ray when stretching does not help. A national guideline says not to do "
            "routine scans outside specialist care. The rules suggest an assessment; what it needs is for the "
            "professional to decide."
        ),
        rules=("W-11", "W-9"),
        source_ids=("E", "C48"),
    ),
    Conflict(
        title=_("Why no rule says “muscle” or “bone”"),
        text=_(
            "One article describes how the two feel. Nobody has shown that such a description tells them apart, so "
            "it is only asked about as a sign, and never given as a name for the pain."
        ),
        rules=("R-8",),
        source_ids=("E", "C45"),
    ),
    Conflict(
        title=_("What is known of weak core muscles"),
        text=_(
            "One article says that runners with a weak core are at much higher risk. The study behind it was a "
            "computer simulation of eight healthy adults: it predicted up to 19 % more shear in the low back, and "
            "counted no injuries."
        ),
        rules=(),
        source_ids=("C", "C51"),
    ),
    Conflict(
        title=_("Why the superman comes first on its ladder"),
        text=_(
            "One article lists it as the easiest exercise. The order is kept, but it loads the back: it is taken up "
            "only where a trial set does not hurt, and not by runners under 20 whose back hurts on leaning back."
        ),
        rules=("E-1", "R-9"),
        source_ids=("B", "C44"),
    ),
    Conflict(
        title=_("What “a week or two” means"),
        text=_(
            "From day 8 on the app says that seeking help is reasonable. After two weeks it says that it is time. "
            "Pain that is clearly easing puts this off to day 28 and no further, and the first notice stays."
        ),
        rules=("W-1a", "W-1b"),
        source_ids=("D", "C33"),
    ),
)


def chapters(thresholds: Thresholds = SHIPPED) -> list[Chapter]:
    """Return the rules by subject, in the order of their ids."""
    rules = sorted(_every_rule(thresholds), key=lambda rule: _place(rule.id))
    grouped = ((letter, tuple(rule for rule in rules if rule.id[0] == letter)) for letter in TITLES)
    return [Chapter(letter=key, title=str(TITLES[key]), rules=group) for key, group in grouped if group]


def _every_rule(thresholds: Thresholds) -> Iterator[RuleInWords]:
    """Yield the rules that can fire, then those that order them or only speak."""
    book = rule_book(thresholds)
    yield from book
    known = {rule.id for rule in book}
    for id_, text in order_of_rules():
        if id_ not in known:
            yield RuleInWords(
                id=id_,
                verdict="",
                verdict_words="",
                text=text,
                threshold=general_threshold(id_, thresholds),
                grade="",
                sources=(),
            )


def _place(id_: str) -> tuple[int, str]:
    found = ID.fullmatch(id_)
    return (int(found[2]), found[3]) if found else (0, id_)
