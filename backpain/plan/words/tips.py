"""Tips in words: what is said, the rule behind it and where to read more."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backpain.coach.decision import Tip
from backpain.coach.thresholds import Thresholds

from .reasons import sentence
from .values import Names

# The article of Learn that a tip leads to, and the words of the link. A tip without one has its rule only.
ARTICLES: dict[str, tuple[str, Promise]] = {
    "L-2": ("sudden-increases", _("Read about doing too much, too soon")),
    "L-3": ("sudden-increases", _("Read about doing too much, too soon")),
    "E-10": ("how-often", _("Read how often to train")),
    "E-11": ("uneven-sides", _("Read about uneven sides")),
    "E-13": ("tight-hips", _("Read about gentle stretches")),
    "E-15": ("weak-hips", _("Read about hips and legs")),
    "H-1": ("hard-surfaces", _("Read about hard surfaces")),
    "H-2": ("worn-shoes", _("Read about worn shoes")),
    "H-3": ("no-strength-work", _("Read about strength work")),
    "H-4": ("sitting", _("Read about sitting")),
}


@dataclass(frozen=True, kw_only=True)
class TipInWords:
    """`article` is the address of what to read about it, with the link's words; both empty without one."""

    rule: str
    text: str
    article: str = ""
    article_words: str = ""


def tip_in_words(tip: Tip, names: Names, thresholds: Thresholds) -> TipInWords:
    """Return a tip with the runner's values."""
    text = sentence(tip.rule, tip.evidence, names, thresholds=thresholds)
    if tip.rule not in ARTICLES:
        return TipInWords(rule=tip.rule, text=text)
    slug, words = ARTICLES[tip.rule]
    return TipInWords(
        rule=tip.rule, text=text, article=reverse("article", args=[slug]), article_words=str(words)
    )
