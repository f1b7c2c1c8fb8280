"""The rule book as a reader looks things up: rules by subject, and why the sources' disagreements end as they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backpain.coach.thresholds import SHIPPED, Thresholds

from .book import RuleInWords, order_of_rules, rule_book
from .reasons import general_threshold, numbers_of, sources_of
from .references import Reference

ID = re.compile(r"([A-Z]+)-(\d+)(.*)")


@dataclass(frozen=True, kw_only=True)
class Chapter:
    letter: str
    title: str
    rules: tuple[RuleInWords, ...]


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Where sources disagree, and how it is settled (rules.md 1). Placeholders are names of thresholds."""

    heading: Promise
    wording: Promise
    rules: tuple[str, ...]
    source_ids: tuple[str, ...]

    @property
    def title(self) -> str:
        return str(self.heading) % numbers_of(SHIPPED)

    @property
    def text(self) -> str:
        return str(self.wording) % numbers_of(SHIPPED)

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
    "H": _("Habits"),
    "X": _("One change at a time"),
    "M": _("Your log"),
    "Q": _("Questionnaires"),
}
CONFLICTS = (
    Conflict(
        heading=_("Why strength work on two or three days a week"),
        wording=_(
            "One article says every day, two say two or three days a week. Two or three days hold, as the "
            "American College of Sports Medicine says too. Mobility may be daily."
        ),
        rules=("E-7",),
        source_ids=("C", "D", "E", "C20"),
    ),
    Conflict(
        heading=_("Why a bird dog is held for %(hold_longest_s)s seconds at most"),
        wording=_(
            "One article asks for 30 seconds, another for 3 to 5. Holds start at 3 to 5 seconds and stay at "
            "%(hold_longest_s)s or less; repetitions grow instead. No advice here ever asks for 30 seconds."
        ),
        rules=("E-8",),
        source_ids=("C", "D", "C28"),
    ),
    Conflict(
        heading=_("Why no scan is suggested"),
        wording=_(
            "One article speaks of an X-ray when stretching does not help. A national guideline says not to do "
            "routine scans outside specialist care. The rules never suggest a scan: they suggest an assessment, and "
            "whether a scan is needed is for the professional to decide."
        ),
        rules=("W-11", "W-9"),
        source_ids=("E", "C48"),
    ),
    Conflict(
        heading=_("Why no rule says “muscle” or “bone”"),
        wording=_(
            "One article describes how the two feel. Nobody has shown that such a description tells them apart, so "
            "it is only asked about as a sign, and never given as a name for the pain."
        ),
        rules=("R-8",),
        source_ids=("E", "C45"),
    ),
    Conflict(
        heading=_("What is known of weak core muscles"),
        wording=_(
            "One article says that runners with a weak core are at much higher risk. The study behind it was a "
            "computer simulation of eight healthy adults: it predicted up to 19 %% more shear in the low back, and "
            "counted no injuries."
        ),
        rules=(),
        source_ids=("C", "C51"),
    ),
    Conflict(
        heading=_("Why the superman comes first on its ladder"),
        wording=_(
            "One article lists it as the easiest exercise. The order is kept, but it loads the back: it is taken up "
            "only where a trial set does not hurt, and not by young runners whose back hurts on leaning back."
        ),
        rules=("E-1", "R-9"),
        source_ids=("B", "C44"),
    ),
    Conflict(
        heading=_("What “a week or two” means"),
        wording=_(
            "From day %(week_episode)s on the app says that seeking help is reasonable. After day "
            "%(fortnight_episode)s it says that it is time. Pain that is clearly easing puts this off to day "
            "%(deferral_ends)s and no further, and the first notice stays."
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
